"""Whose report it is, of what kind, on which period: from its first pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from audit.model import Box, Document, Passage, PassageKind, Period, Unit
from audit.normalise import periods, units
from audit.normalise.numbers import plain
from audit.normalise.organisations import boards, independents, municipalities

FIRST_PAGES = 3
# Kinds that no other thing is called by, and words that a heading alone says of its report.
_KINDS = (
    ("delårsrapport", re.compile(r"delårs(?:rapport|bokslut)|tertial", re.I)),
    ("månadsuppföljning", re.compile(r"månads(?:uppföljning|rapport)", re.I)),
    ("verksamhetsberättelse", re.compile(r"verksamhetsberättelse", re.I)),
    ("årsredovisning", re.compile(r"årsredovisning|årsbokslut", re.I)),
)
_LOOSE_KINDS = (
    ("uppföljning", re.compile(r"uppföljning", re.I)),
    ("bokslut", re.compile(r"bokslut", re.I)),
    ("budget", re.compile(r"\bbudget\b", re.I)),
)
_YEARLY = ("årsredovisning", "verksamhetsberättelse", "bokslut", "budget", "")
LONGEST_TITLE = 120  # characters; longer passages are running text


@dataclass(frozen=True, slots=True)
class Identity:
    organisation: str
    kind: str
    period: Period | None


def identity(document: Document) -> Identity:
    """Organisation ("Kommunstyrelsen, Linköpings kommun"), kind and period of the report; what
    the first pages do not say is empty or None."""
    early = _early(document)
    kind = _kind(early)
    return Identity(_organisation(early, document), kind, _period(early, kind))


def _kind(early: Sequence[Passage]) -> str:
    """What the headings call the report, else its short lines, else its running text, which
    speaks of a budget or a follow-up whatever the report is."""
    headings = [p.text for p in early if p.kind is PassageKind.HEADING]
    titles = [p.text for p in early if len(p.text) < LONGEST_TITLE]
    texts = [p.text for p in early]
    tried = (
        (headings[:1], (*_KINDS, *_LOOSE_KINDS)),
        (headings, _KINDS),
        (titles, _KINDS),
        (headings, _LOOSE_KINDS),
        (titles, _LOOSE_KINDS),
        (texts, _KINDS),
    )
    return next(
        (
            kind
            for candidates, kinds in tried
            for text in candidates
            for kind, pattern in kinds
            if pattern.search(text)
        ),
        "",
    )


def first_page(document: Document) -> int:
    """The first page that anything is printed on."""
    return min((p.box.page for p in document.passages), default=1)


def _early(document: Document) -> list[Passage]:
    """Headings of the first pages by size, then their other text."""
    first = first_page(document)
    near = _joined([p for p in document.passages if p.box.page < first + FIRST_PAGES])
    headings = [p for p in near if p.kind is PassageKind.HEADING]
    headings.sort(key=lambda p: (p.box.page, -p.style.size))
    return headings + [p for p in near if p.kind is not PassageKind.HEADING]


def _joined(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, with titles on several lines whole: what stands right below a heading in its
    own large size goes on with it ("Delårsrapport januari–augusti / 2025")."""
    sizes = Counter[int]()
    for passage in passages:
        sizes[round(passage.style.size)] += len(passage.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    joined: list[Passage] = []
    for passage in passages:
        above = joined[-1] if joined else None
        if (
            above is not None
            and above.kind is PassageKind.HEADING
            and body < round(above.style.size) == round(passage.style.size)
            and above.box.page == passage.box.page
            and 0 <= passage.box.top - above.box.bottom < above.style.size
        ):
            box = Box.around((above.box, passage.box))
            joined[-1] = replace(above, text=f"{above.text} {passage.text}", box=box)
        else:
            joined.append(passage)
    return joined


def _organisation(early: Sequence[Passage], document: Document) -> str:
    """A board with its municipality; else a company or an association where the front calls itself
    one in no smaller print than a municipality, which may be its owner."""
    furniture = [p for p in document.passages if p.kind in (PassageKind.HEADER, PassageKind.FOOTER)]
    first = first_page(document)
    titles = [
        p
        for p in early
        if p.kind is PassageKind.HEADING or (p.box.page == first and len(p.text) < 200)
    ]
    front = [p for p in titles if p.box.page == first] + furniture
    board = _likeliest(boards, front)
    board = board or _likeliest(boards, [p for p in titles if p.kind is PassageKind.HEADING])
    everywhere = [*early, *furniture]
    if not board:
        own = _likeliest(independents, front)
        if own and _print(own, front) >= _print(_likeliest(municipalities, front), front):
            return own
    place = _likeliest(municipalities, everywhere)
    if not board and not place:
        return _likeliest(independents, everywhere)
    return ", ".join(part for part in (board[:1].upper() + board[1:], place) if part)


def _likeliest(named: Callable[[str], Iterable[str]], passages: Sequence[Passage]) -> str:
    """The name that large print and repetition speak for."""
    score: Counter[str] = Counter()
    for passage in passages:
        for name in sorted(set(named(plain(passage.text)))):
            score[name] += _weight(passage)
    return score.most_common(1)[0][0] if score else ""


def _weight(passage: Passage) -> int:
    return max(1, round(passage.style.size)) * (3 if passage.kind is PassageKind.HEADING else 1)


def _print(name: str, passages: Sequence[Passage]) -> int:
    """How large the name is printed at its largest; 0 for "" and where it is not."""
    return max((_weight(p) for p in passages if name and name in plain(p.text)), default=0)


def _period(early: Sequence[Passage], kind: str) -> Period | None:
    """The period in the title, else the first one that the early text names with a year."""
    for passage in early:
        words = plain(passage.text)
        titled = any(pattern.search(words) for _, pattern in (*_KINDS, *_LOOSE_KINDS))
        if not titled and passage.kind is not PassageKind.HEADING:
            continue
        if (found := _whole_title(words, kind)) is not None:
            return found
    for passage in early:
        words = plain(passage.text)
        if len(words) < LONGEST_TITLE and (found := _whole_title(words, kind)) is not None:
            return found
    return None


def _whole_title(words: str, kind: str) -> Period | None:
    if not re.search(r"(?:19|20)\d\d", words):
        return None
    found = periods.stated(words, None)
    if found is None:
        return None
    one_month = found.start.day == 1 and found.start.month == found.end.month
    if found.start == found.end or one_month:  # "per den 31 augusti 2021", "april 2026"
        return periods.months(found.end.year, 1, found.end.month)
    if periods.whole(found) and kind not in _YEARLY:
        return None  # "Delårsrapport 2021" does not say how far
    return found


# Whose report it is not a whole municipality's: a board's, a department's, a company's.
_PART = re.compile(
    r"nämnd|styrelse|förvaltning(?:en)?\b|kontor(?:et)?\b|avdelning|utskott|bolag|\bAB\b|förbund|"
    r"stiftelse|förening|\bsektor|verksamhetsområde|stadsdel|\bVA\b",
    re.I,
)
# What a whole municipality or region reports on, and hardly any part of it.
_WHOLE = (
    re.compile(r"skatteintäkt|skatteunderlag|slutavräkning", re.I),
    re.compile(r"(?:kommun|region)?koncern|sammanställda räkenskaper", re.I),
    re.compile(r"balanskrav|resultatutjämningsreserv|resultatreserv", re.I),
    re.compile(r"god ekonomisk hushållning", re.I),
    re.compile(r"generella statsbidrag|kommunal(?:ekonomisk)?\w* utjämning", re.I),
)
_ANY_BOARD = re.compile(r"\b[A-ZÅÄÖ][\w-]*(?:nämnden|styrelsen)\b")
BOARDS = 3  # a report that speaks of so many boards is hardly one of them
SIGNS = 2  # of a whole municipality, at least


def is_municipality(document: Document) -> bool:
    """Whether the report is beyond doubt that of a whole municipality or region: the title and
    the running headers name one, and no part of one, and the text speaks of what only the whole
    has."""
    first = first_page(document)
    front = [
        plain(p.text)
        for p in document.passages
        if p.kind in (PassageKind.HEADER, PassageKind.FOOTER)
        or (p.box.page == first and len(p.text) < 200)
    ]
    if any(map(_PART.search, front)) or not any(map(municipalities, front)):
        return False
    cells = (cell.text for table in document.tables for cell in table.cells if cell.column == 0)
    words = " ".join([*(p.text for p in document.passages), *cells])
    boards = len(set(_ANY_BOARD.findall(words))) >= BOARDS
    return boards + sum(1 for sign in _WHOLE if sign.search(words)) >= SIGNS


_SAID = re.compile(r"\bbelopp\w*\b[^.]{0,60}", re.I)


def general_unit(document: Document) -> Unit | None:
    """The unit of money that the text states for all amounts, where it states one."""
    said = {
        unit
        for passage in document.passages
        for match in _SAID.findall(passage.text)
        if (unit := units.money(match)) is not None
    }
    # Where a table says another one, the text spoke of something else: a chart, a paragraph.
    tables = {found for table in document.tables if (found := units.money(table.unit)) is not None}
    return said.pop() if len(said) == 1 and tables <= said else None

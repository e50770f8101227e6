"""Who reports: one body by whatever spelling, order and genitive a report calls it.

"Socialnämnden, Alingsås kommun", "Alingsås kommuns socialnämnd" and "Alingsås kommun,
socialnämnden" are one body; "Norra" and "Södra stadsdelsnämnden" are two, a company is not the
municipality that owns it, and an association of municipalities is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model import Document, PassageKind, Report, Succession
from audit.normalise.numbers import plain

_NAME = r"[A-ZÅÄÖ][\w-]+"
_WHERE = r"(?:(?:norra|södra|östra|västra|centrala|inre|yttre)\s)?"
_AREA = r"(?:[Ss]tadsdels|[Kk]ommundels|[Oo]mrådes|[Dd]istrikts)nämnd(?:en)?"
# "Vård- och omsorgsnämnden", "Norra stadsdelsnämnden", "Tekniska nämnden", "Nämnden för teknik",
# "Stadsdelsnämnden Nyhem"; ``{end}`` is the ending of the definite form.
_BOARD = (
    rf"(?-i:{_AREA}\s{_NAME}(?:\s{_NAME})?)|"
    rf"{_WHERE}(?:[\w-]+-(?:,|\soch|\s&|\so)\s)*[\w-]*\w(?:nämnd{{end}}|styrelse{{end_n}})(?=s?\b)|"
    rf"\w+a\snämnd{{end}}(?=s?\b)|nämnd{{end}}\sför\s(?:[\w-]+-(?:,|\soch|\s&)\s)*[\w-]+"
)
BOARD = _BOARD.format(end="en", end_n="n")
_ANY_FORM = _BOARD.format(end="(?:en)?", end_n="n?")
_DEFINITE = re.compile(rf"(?<![\w-])({BOARD})", re.IGNORECASE)
_PLACED = re.compile(  # "Alingsås kommuns socialnämnd"
    rf"\b(?:kommuns|[Ss]tads|Region {_NAME}s)\s((?i:{_ANY_FORM}))(?!\w)"
)
# Words in front of a municipality's name that are none of it ("Årsredovisning Borås stad").
_OTHER = (
    r"(?![\w-]*(?:nämnd|styrels|förvaltning|rapport|redovisning|bokslut|berättelse|uppföljning))"
)
_MUNICIPALITY = re.compile(
    rf"\b(Region {_NAME}(?: {_NAME})?|{_OTHER}{_NAME}(?: {_NAME})? (?:kommun|[Ss]tad))(?=s?\b)"
)
_COMPANY = re.compile(
    rf"\b({_NAME}(?: [\w&-]+){{0,4}} (?:AB|Aktiebolag)|(?:AB|Aktiebolaget) {_NAME}(?: {_NAME})*)\b"
)
_FEDERATION = re.compile(
    r"\b((?:[Kk]ommunalförbundet|[Rr]äddningstjänsten|[A-ZÅÄÖa-zåäö]\w+förbundet)"
    rf" {_NAME}(?: {_NAME})*|{_NAME}(?: [\w&-]+){{0,3}} (?:kommunal|[a-zåäö]+s?)förbund)\b"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Who reports, as what two names have in common whatever they look like: ``part`` a board, a
    company, an association, and "" for a municipality or region itself; ``place`` whose board it
    is, and "" where the name does not say."""

    part: str
    place: str


def boards(text: str) -> list[str]:
    """The boards that ``text`` names, each in its definite form without genitive."""
    found = {match.start(1): match[1] for match in _DEFINITE.finditer(text)}
    found |= {match.start(1): _definite(match[1]) for match in _PLACED.finditer(text)}
    return [found[at] for at in sorted(found)]


def municipalities(text: str) -> list[str]:
    """The municipalities and regions that ``text`` names, without genitive."""
    return [match[1] for match in _MUNICIPALITY.finditer(text)]


def independents(text: str) -> list[str]:
    """The companies and associations that ``text`` names."""
    return [match[1] for pattern in (_FEDERATION, _COMPANY) for match in pattern.finditer(text)]


def _definite(board: str) -> str:
    """ "socialnämnd" as "socialnämnden"."""
    if re.search(r"nämnd(?= för|$)", board):
        return re.sub(r"nämnd(?= för|$)", "nämnden", board, count=1)
    return f"{board}n" if board.endswith("styrelse") else board


def body(name: str) -> Body:
    """The body that ``name`` means; Body("", "") for a name without words."""
    text = plain(name)
    for pattern in (_FEDERATION, _COMPANY):
        if found := pattern.search(text):
            return Body(_independent(found[1]), "")
    board = re.search(rf"(?<![\w-])({_ANY_FORM})(?!\w\w)", text, re.IGNORECASE)
    rest = text if board is None else f"{text[: board.start()]}, {text[board.end() :]}"
    places = municipalities(rest)
    if board is None and not places:
        return Body(" ".join(_words(text)), "")
    return Body(_part(board[1]) if board else "", _place(places[0]) if places else "")


def same(one: Body, other: Body) -> bool | None:
    """Whether two names mean one body; None where they do as far as they go, but one of them does
    not say whose board it is."""
    if one.part != other.part or one == Body("", ""):
        return False if one.part != other.part else None
    if one.place == other.place:
        return True
    return None if "" in (one.place, other.place) else False


def _part(board: str) -> str:
    words = [word for word in _words(board) if word not in ("och", "o")]
    return " ".join(re.sub(r"(nämnd|styrelse)(?:en|n)?s?$", r"\1", word) for word in words)


def _place(name: str) -> str:
    """ "alingså" for Alingsås kommun: what stands before "kommun" may be a genitive or not."""
    words = _words(name)
    region = "region " if words[0] == "region" else ""
    kept = [word for word in words if word not in ("kommun", "stad", "region")]
    return region + " ".join(kept).removesuffix("s")


def _independent(name: str) -> str:
    """The words of a company's or an association's name, in no order."""
    legal = {"ab": "ab", "aktiebolag": "ab", "aktiebolaget": "ab"}
    words = (legal.get(word, word) for word in _words(name))
    return " ".join(
        sorted(re.sub(r"(förbund)et$", r"\1", word).removesuffix("s") for word in words)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("&", " och ").replace("\N{SOFT HYPHEN}", ""))


# --- what reports say of names ------------------------------------------------------------------

_B = rf"((?:{BOARD}))"
_NOW = r"(?:från\soch\smed|fr\.?\s?o\.?\s?m\.?|sedan|numera|nu)\b"
_FORMER_FIRST = tuple(  # the old name, then the new one
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bheter\s(?:numera\s|nu\s)?{_B}\s{_B}",
        rf"{_B}\sheter\s{_NOW}[^.]{{0,40}}?\s{_B}",
        rf"{_B}[^.]{{0,40}}?\b(?:bytt|bytte|byter|ändrat|ändrade|ändrar)\b[^.]{{0,40}}?"
        rf"\bnamn\still\s{_B}",
        rf"{_B}\s(?:har\s)?(?:ersatts|ersattes|ersätts)\b[^.]{{0,40}}?\bav\s{_B}",
    )
)
_NEW_FIRST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_B},?\s\(?(?:tidigare|före\sdetta|f\.?\s?d\.?)\s{_B}",
        rf"{_B}\s(?:ersätter|ersatte|har\sersatt)\s(?:den\stidigare\s)?{_B}",
        rf"({BOARD}|nämnden|styrelsen)\shette\s[^.]{{0,40}}?{_B}",
    )
)
_MERGED = re.compile(
    rf"{_B}\soch\s{_B}[^.]{{0,40}}?\b(?:samman|ihop)\b[^.]{{0,40}}?\s{_B}", re.IGNORECASE
)
_ITSELF = ("nämnden", "styrelsen")
# One of these stands in all that they match, and in few passages: the patterns are slow to try.
_TELLING = (
    *("heter", "hette", "namn till", "ersatt", "ersätt", "samman", "ihop"),
    *("tidigare", "före detta", "fd", "f d", "f.d", "f. d"),
)


def successions(document: Document, organisation: str) -> tuple[Succession, ...]:
    """The former names of the body called ``organisation`` that its report tells of, each once,
    with the first words that do."""
    own = body(organisation)
    found: dict[str, Succession] = {}
    for passage in document.passages:
        if passage.kind in (PassageKind.HEADER, PassageKind.FOOTER):
            continue
        text = plain(passage.text)
        for former, new, start, end in _told(text):
            part = body(former).part
            itself = new.casefold() in _ITSELF or body(new).part == own.part
            if own.part and itself and part != own.part and part not in found:
                words = _sentence(text, start, end)
                found[part] = Succession(former, words, passage.around(start, end))
    return tuple(found.values())


def _told(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Each (former name, new name), and where it is said."""
    folded = text.casefold()
    if not any(word in folded for word in _TELLING):
        return
    for pattern in _FORMER_FIRST:
        for match in pattern.finditer(text):
            yield match[1], match[2], *match.span()
    for pattern in _NEW_FIRST:
        for match in pattern.finditer(text):
            yield match[2], match[1], *match.span()
    for match in _MERGED.finditer(text):
        yield match[1], match[3], *match.span()
        yield match[2], match[3], *match.span()


def _sentence(text: str, start: int, end: int) -> str:
    first = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    last = text.find(". ", end)
    return text[first:].strip() if last < 0 else text[first : last + 1].strip()


def rows_of(report: Report, organisation: str) -> frozenset[tuple[str, int]]:
    """The rows of ``report``, as (table, row), whose label is the name of the body called
    ``organisation`` and nothing else."""
    part = body(organisation).part
    if not part:
        return frozenset()
    return frozenset(
        (grid.table.id, row.index)
        for grid in report.grids
        for row in grid.rows
        if row.label and part in (_part(row.label), _independent(row.label))
    )

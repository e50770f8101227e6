"""Lines outside tables to passages: headings with their level, paragraphs, list items, footnotes
and the running headers and footers, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from audit.extract.chunks import Line
from audit.extract.flowing import flowing, flowing_from
from audit.model import Box, Passage, PassageKind, Style

LARGER = 1.08  # of the body's size: what is larger is a heading
SMALLER = 0.93  # of the body's size: what is smaller and begins with a mark is a footnote
LEADING = 1.8  # ems from line to line of one paragraph, at most
LOOSER = 0.22  # ems; a gap so much wider than the usual one parts paragraphs
INDENT = 0.8  # ems; a first line stands in by more
SHORT = 0.75  # of the measure: a sentence that ends before that ends its paragraph
FULL = 0.85  # of the measure: a line that reaches so far may go on in the next column
LONGEST_HEADING = 200  # characters
LONGEST_BOLD = 120  # characters of a line that is a heading by its weight alone

_ITEM = re.compile(
    r"^(?:[•●▪◦‣·○■□➢➤►✓–—-]|[\uf000-\uf0ff]|o(?=\s)|\d{1,2}[.)]|[a-zåäö]\))\s+\S", re.I
)
_NOTE = re.compile(r"^(?:\*{1,3}|\d{1,2}\)?|[a-z]\)|[¹²³⁴-⁹]+)\s*\S")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÅÄÖ]")
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_CLOSE_MARK = re.compile(r"^(\*{1,3}|\d{1,2}|[¹²³⁴-⁹]+)(?=[^\W\d])")
_PARTS = (PassageKind.PARAGRAPH, PassageKind.ITEM)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as prose needs it: without its chunks and words."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    trust: float

    @classmethod
    def of(cls, line: Line) -> TextLine:
        return cls(
            line.text,
            line.x0,
            line.top,
            line.x1,
            line.bottom,
            line.base,
            line.size,
            all(part.bold for part in line.chunks),
            all(part.italic for part in line.chunks),
            min((word.trust for part in line.chunks for word in part.words), default=1.0),
        )


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page: its running header, its zones in the order of reading, its footer."""

    header: Sequence[TextLine]
    zones: Sequence[Sequence[TextLine]]
    footer: Sequence[TextLine]


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage on its way, and whether its last line fills the measure."""

    passage: Passage
    full: bool


def passages(pages: Mapping[int, PageText]) -> tuple[Passage, ...]:
    """The passages of all pages: header, text, footer of each.

    A paragraph that goes on in the next column or on the next page is one passage; its box is
    that of its first part.
    """
    look = _Look.of(zone for page in pages.values() for zone in page.zones)
    found: list[_Part] = []
    for number, page in pages.items():
        found += [_single(line, number, PassageKind.HEADER) for line in page.header]
        for zone in page.zones:
            for part in _parts(zone, number, look):
                last = _unfinished(found)
                if last is not None and _continues(found[last], part):
                    found[last] = _together(found[last], part)
                else:
                    found.append(part)
        found += [_single(line, number, PassageKind.FOOTER) for line in page.footer]
    return tuple(part.passage for part in found)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a document's text is set: the size of its body, and those of its headings, the largest
    first."""

    body: float
    larger: tuple[float, ...]

    @classmethod
    def of(cls, zones: Iterable[Sequence[TextLine]]) -> _Look:
        count: Counter[float] = Counter()
        for zone in zones:
            for line in zone:
                count[_size(line)] += len(line.text)
        body = count.most_common(1)[0][0] if count else 0.0
        return cls(body, tuple(sorted((s for s in count if s > LARGER * body), reverse=True)))

    def heads(self, line: TextLine) -> bool:
        return _size(line) > LARGER * self.body or (line.bold and len(line.text) < LONGEST_BOLD)

    def notes(self, line: TextLine) -> bool:
        small = line.size < SMALLER * self.body or line.text.startswith("*")
        return small and _NOTE.match(line.text) is not None and any(map(str.isalpha, line.text))

    def level(self, line: TextLine) -> int:
        return 1 + sum(1 for size in self.larger if size > _size(line))


def _size(line: TextLine) -> float:
    return round(line.size * 2) / 2


def _parts(zone: Sequence[TextLine], number: int, look: _Look) -> Iterator[_Part]:
    measure = max((line.x1 for line in zone), default=0.0)
    gaps = [
        below.base - above.base
        for above, below in pairwise(zone)
        if 0 < below.base - above.base <= LEADING * below.size
    ]
    usual = median(gaps) if gaps else 0.0
    group: list[TextLine] = []
    for line in zone:
        if group and not _goes_on(group, line, measure, usual, look):
            yield _part(group, number, measure, look)
            group = []
        group.append(line)
    if group:
        yield _part(group, number, measure, look)


def _goes_on(
    group: Sequence[TextLine], line: TextLine, measure: float, usual: float, look: _Look
) -> bool:
    above = group[-1]
    gap = line.base - above.base
    if not 0 < gap <= min(LEADING * max(line.size, above.size), usual + LOOSER * line.size):
        return False
    if abs(line.size - above.size) >= 0.08 * above.size or look.heads(above) != look.heads(line):
        return False
    if min(line.x1, above.x1) <= max(line.x0, above.x0):
        return False
    if _ITEM.match(line.text) or look.notes(line):
        return False
    if not _ENDED.search(above.text):
        return True
    left = min(member.x0 for member in group)
    indented = line.x0 - left > INDENT * line.size and not _ITEM.match(group[0].text)
    short = above.x1 - left < SHORT * (measure - left)
    return not (indented or (short and line.text[:1].isupper()))


def _part(group: Sequence[TextLine], number: int, measure: float, look: _Look) -> _Part:
    first, last = group[0], group[-1]
    text, starts = flowing_from(line.text for line in group)
    lines = tuple((at, _box([line], number)) for at, line in zip(starts, group, strict=True))
    kind, level = PassageKind.PARAGRAPH, 0
    if _is_heading(first, text, look):
        kind, level = PassageKind.HEADING, look.level(first)
    elif look.notes(first):
        kind, text = PassageKind.FOOTNOTE, _CLOSE_MARK.sub(r"\1 ", text)
    elif _ITEM.match(text):
        kind = PassageKind.ITEM
    style = Style(first.size, first.bold, first.italic)
    full = last.x1 - first.x0 >= FULL * (measure - first.x0)
    trust = min(line.trust for line in group)
    return _Part(Passage(text, _box(group, number), kind, style, level, lines, trust), full)


def _is_heading(first: TextLine, text: str, look: _Look) -> bool:
    if len(text) >= LONGEST_HEADING or not any(c.isalpha() for c in text):
        return False
    if look.heads(first):
        return not (text.endswith(".") and _size(first) <= LARGER * look.body and " " in text)
    alone = len(text) < LONGEST_BOLD and not _ENDED.search(text)
    return alone and (_NUMBERED.match(text) is not None or (text.isupper() and len(text) > 3))


def _unfinished(found: Sequence[_Part]) -> int | None:
    """The place of the last paragraph or item, if nothing but notes and furniture follows."""
    aside = (PassageKind.HEADER, PassageKind.FOOTER, PassageKind.FOOTNOTE)
    for index in range(len(found) - 1, -1, -1):
        kind = found[index].passage.kind
        if kind not in aside:
            return index if kind in _PARTS else None
    return None


def _continues(before: _Part, after: _Part) -> bool:
    """Whether a paragraph goes on in the next zone: it has not ended, and what follows is set
    like it and begins in the middle of a sentence."""
    one, other = before.passage, after.passage
    if other.kind is not PassageKind.PARAGRAPH or abs(one.style.size - other.style.size) >= 0.5:
        return False
    elsewhere = one.box.page != other.box.page or other.box.top < one.box.bottom
    if not elsewhere or one.style.bold != other.style.bold or _ENDED.search(one.text):
        return False
    begins = other.text[:1]
    return begins.islower() or (before.full and (begins.isalnum() or begins in "(−–-"))


def _together(before: _Part, after: _Part) -> _Part:
    one, other = before.passage, after.passage
    text = flowing((one.text, other.text))
    shift = len(text) - len(other.text)
    lines = (*one.lines, *((shift + at, box) for at, box in other.lines))
    trust = min(one.trust, other.trust)
    return _Part(replace(one, text=text, lines=lines, trust=trust), after.full)


def _single(line: TextLine, number: int, kind: PassageKind) -> _Part:
    style = Style(line.size, line.bold, line.italic)
    box = _box([line], number)
    return _Part(Passage(line.text, box, kind, style, trust=line.trust), full=False)


def _box(group: Sequence[TextLine], number: int) -> Box:
    return Box(
        number,
        min(line.x0 for line in group),
        min(line.top for line in group),
        max(line.x1 for line in group),
        max(line.bottom for line in group),
    )

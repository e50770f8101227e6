"""Running text as sentences, each with the headings that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from audit.model import Amount, Document, Figure, Passage, PassageKind
from audit.normalise.numbers import plain

_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\d–-])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:ca|cirka|kl|nr|inkl|exkl|resp|jfr|tex|dvs|osv|mkt|st|s|f|u)|\b\w\.\w(?:\.\w)?)\.$",
    re.I,
)
_BULLET = re.compile(
    r"^(?:[•●▪◦‣·○■□➢➤►✓–—]|[\uf000-\uf0ff]|-(?=\s)|\d{1,2}[.)](?=\s)|[a-zåäö]\))\s*"
)
TEXT = (PassageKind.PARAGRAPH, PassageKind.ITEM)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``passage`` is the place of its passage in the document, ``offset`` that of its first
    character there. ``headings`` are those it stands under, the nearest first."""

    text: str
    passage: int
    offset: int
    page: int
    headings: tuple[str, ...]

    def source(self, passage: Passage, start: int, end: int) -> Passage:
        """Its passage narrowed to the sentence, with the box of the lines that hold the
        characters from ``start`` to ``end`` of it."""
        box = passage.around(self.offset + start, self.offset + end)
        return replace(passage, text=self.text, box=box, lines=())

    def figure(self, document: Document, start: int, end: int, amount: Amount) -> Figure:
        """The number from ``start`` to ``end`` of it, of which nothing is known but where it
        stands: its row is the passage and its column the character there."""
        return Figure(
            amount=amount,
            label=self.headings[0] if self.headings else "",
            path=(),
            measure=None,
            period=None,
            aspect=None,
            qualifier=self.text[start:end],
            source=self.source(document.passages[self.passage], start, end),
            table="",
            row=self.passage,
            column=self.offset + start,
        )


def sentences(passages: Sequence[Passage]) -> Iterator[Sentence]:
    """The sentences of paragraphs and list items, in their order. An item without a bullet."""
    over: list[Passage] = []  # headings, the nearest last
    headings: tuple[str, ...] = ()
    for index, passage in enumerate(passages):
        if passage.kind is PassageKind.HEADING:
            over = below(over, passage)
            headings = texts(over)
        elif passage.kind in TEXT:
            text = plain(passage.text)
            start = len(match[0]) if (match := _BULLET.match(text)) else 0
            for offset, words in _split(text, start):
                yield Sentence(words, index, offset, passage.box.page, headings)


def below(over: Sequence[Passage], heading: Passage) -> list[Passage]:
    """The headings that hold below ``heading``: those of higher levels, and itself."""
    return [*takewhile(lambda one: one.level < heading.level, over), heading]


def texts(over: Sequence[Passage]) -> tuple[str, ...]:
    """What headings say, the nearest first."""
    return tuple(plain(one.text) for one in reversed(over))


def _split(text: str, start: int) -> Iterator[tuple[int, str]]:
    begin = start
    for match in _END.finditer(text, start):
        if not _ABBREVIATED.search(text, begin, match.start()):
            yield begin, text[begin : match.start()]
            begin = match.end()
    if text[begin:].strip():
        yield begin, text[begin:]

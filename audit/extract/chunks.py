"""Chunks and lines.

A chunk is what a reader takes for one thing on a line: a label, a whole number with its spaces and
sign, a header word; chunks become cells.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audit.extract.words import SPACED_GAP, WORD_GAP, Word

MINUS = "\u2212\u2013\u2010\u2011\u2012-"
_SIGNS = re.escape(MINUS)
CURRENCIES = "$€£"
_NUMBER = re.compile(
    rf"^[({_SIGNS}+<>≥≤±]*\s?(?:[{CURRENCIES}]\s?[({_SIGNS}]*)?"
    rf"\d[\d .,\u00a0\u2009\u202f]*[)%{_SIGNS}]?\s?%?\)?$"
)
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_END = re.compile(r"(?<=[^⁰¹²³⁴-⁹])(?<!\b[kcdm]m)(?<!\bm)[⁰¹²³⁴-⁹]+$")


class Chunk(NamedTuple):
    """Words that belong together. ``mark`` is a raised footnote mark that followed them."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    mark: str
    words: tuple[Word, ...]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def numeric(self) -> bool:
        """Whether the chunk is a number as printed, its sign and percent mark included."""
        return is_number(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """Chunks on one baseline, from left to right."""

    chunks: tuple[Chunk, ...]
    base: float
    top: float
    bottom: float
    size: float

    @classmethod
    def of(cls, chunks: Sequence[Chunk]) -> Line:
        """Chunks of one baseline, in order, of which there is at least one."""
        return cls(
            tuple(chunks),
            chunks[0].base,
            min(chunk.top for chunk in chunks),
            max(chunk.bottom for chunk in chunks),
            max(chunk.size for chunk in chunks),
        )

    @property
    def x0(self) -> float:
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        return max(chunk.x1 for chunk in self.chunks)

    @property
    def text(self) -> str:
        """The words as printed, footnote marks raised."""
        return " ".join(chunk.text + chunk.mark.translate(RAISED_DIGITS) for chunk in self.chunks)


def is_number(text: str) -> bool:
    return _NUMBER.match(text) is not None


def chunk(group: Sequence[Word], mark: str) -> Chunk:
    """Words as one chunk; also for a part of a chunk that columns divide."""
    raised = _RAISED_END.search(group[-1].text)
    if raised:
        last = group[-1]._replace(text=group[-1].text[: raised.start()])
        digits = raised.group().translate(_PLAIN_DIGITS)
        return chunk([*group[:-1], last], digits + mark)
    if len(group) == 1:
        text, x0, top, x1, bottom, base, size, bold, italic, *_ = group[0]
        return Chunk(text, x0, top, x1, bottom, base, size, bold, italic, mark, tuple(group))
    weight = sum(len(word.text) for word in group)
    return Chunk(
        _text(group),
        group[0].x0,
        min(word.top for word in group),
        max(word.x1 for word in group),
        max(word.bottom for word in group),
        group[0].base,
        max(word.size for word in group),
        sum(len(word.text) for word in group if word.bold) * 2 > weight,
        sum(len(word.text) for word in group if word.italic) * 2 > weight,
        mark,
        tuple(group),
    )


def bounds(parts: Sequence[Chunk]) -> tuple[float, float, float, float]:
    """The box (x0, top, x1, bottom) around ``parts``, of which there is at least one."""
    if len(parts) == 1:
        return (parts[0].x0, parts[0].top, parts[0].x1, parts[0].bottom)
    return (
        min(part.x0 for part in parts),
        min(part.top for part in parts),
        max(part.x1 for part in parts),
        max(part.bottom for part in parts),
    )


def _text(group: Sequence[Word]) -> str:
    text = group[0].text
    for left, right in itertools.pairwise(group):
        text += between(left, right) + right.text
    return text


def between(left: Word, right: Word) -> str:
    """A space where one is seen or said between two words of a chunk."""
    gap = right.x0 - left.x1
    apart = SPACED_GAP if right.spaced else WORD_GAP
    return " " if gap >= apart * max(left.size, right.size) else ""

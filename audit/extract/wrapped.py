"""Numbers too wide for their cells, which go on in the line below: "−4 701" over "044"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.extract.chunks import MINUS, Chunk, Line, is_number
from audit.extract.columns import Columns
from audit.extract.pieces import LEADING, goes_on
from audit.extract.rows import has_numbers

_BEGUN = re.compile(rf"[({re.escape(MINUS)}+]?\s?\d{{1,3}}(?: \d{{3}})*")
_LAST_GROUP = re.compile(r"\d{3}(?:,\d+)?\)?")
_SPACE = 0.2  # ems; no typeface has a narrower one
_NEAR = 0.3  # ems by which the sides of lines in one cell may differ
TIGHT = 0.85  # lines of one row are so much nearer to each other than rows are


@dataclass(frozen=True, slots=True)
class Wrapped:
    """``ends``: ids of the lines that hold the ends of the numbers above them, ``doubtful``: of
    the lines whose numbers may be whole or not."""

    ends: frozenset[int]
    doubtful: frozenset[int]

    @classmethod
    def of(cls, lines: Sequence[Line], cols: Columns, seps: Sequence[float]) -> Wrapped:
        """Among body ``lines``; rules and shading part rows at the heights ``seps``.

        Nothing but last groups of digits, each under a number that would not fit its column
        whole, are ends; beside words they may be a row ("varav intäkter"). It is sure where a
        group begins with 0, or where several stand together as rows of this table do not.
        """
        numbered = [line for line in lines if has_numbers(line, cols)]
        widest = _widest(numbered, cols)
        pairs = list(pairwise(numbered))
        wrapping = [pair for pair in pairs if _may_go_on(*pair, cols, widest)]
        rows = [pair for pair in pairs if pair not in wrapping]
        ends: set[int] = set()
        doubtful: set[int] = set()
        for above, below in wrapping:
            groups = _numbers(below, cols).values()
            zero = any(part.text.startswith("0") for part in groups)
            sure = zero or (len(groups) > 1 and _together(above, below, rows, seps))
            if not sure:
                doubtful |= {id(above), id(below)}
            if sure or len(groups) == len(below.chunks):
                ends.add(id(below))
        return cls(frozenset(ends), frozenset(doubtful))

    def rows(self, groups: Sequence[Sequence[Line]]) -> list[list[Line]]:
        """``groups`` of the lines of a row each, with the ends of its numbers in it."""
        rows: list[list[Line]] = []
        for group in groups:
            if rows and any(id(line) in self.ends for line in group):
                rows[-1] += group
            else:
                rows.append(list(group))
        return rows


def fits_beside(stack: Sequence[Sequence[Chunk]], room: float) -> bool:
    """Whether numbers stand under each other in a cell whose width, ``room``, holds them beside
    each other: two numbers, rather than one that wraps."""
    return any(
        begun.numeric and end.numeric and _whole(begun, end) + end.size < room
        for above, below in pairwise(stack)
        for begun, end in ((above[-1], below[0]),)
    )


def _numbers(line: Line, cols: Columns) -> dict[int, Chunk]:
    """What stands in each column of numbers."""
    return {
        column: part
        for part in line.chunks
        for column in cols.at(part)[:1]
        if cols.numeric[column] and not any(sign.isalpha() for sign in part.text)
    }


def _widest(lines: Sequence[Line], cols: Columns) -> dict[int, float]:
    """The width of the widest number in each column."""
    widest: dict[int, float] = {}
    for line in lines:
        for column, part in _numbers(line, cols).items():
            if is_number(part.text):
                widest[column] = max(widest.get(column, 0.0), part.x1 - part.x0)
    return widest


def _may_go_on(above: Line, below: Line, cols: Columns, widest: Mapping[int, float]) -> bool:
    size = below.size
    if below.base - above.base > LEADING * size or abs(above.size - size) > 0.12 * size:
        return False
    begun, ends = _numbers(above, cols), _numbers(below, cols)
    words = [part for part in below.chunks if part not in ends.values()]
    first = above.chunks[0]
    if words and (
        len(words) > 1 or first in begun.values() or not goes_on(first.text, words[0].text)
    ):
        return False
    return bool(ends) and all(
        column in begun and _one_number(begun[column], end, widest[column])
        for column, end in ends.items()
    )


def _one_number(begun: Chunk, end: Chunk, widest: float) -> bool:
    """Whether ``end`` may be the last group of the number ``begun`` above it in a column that has
    no number as wide as the whole."""
    near = _NEAR * end.size
    level = min(abs(begun.x0 - end.x0), abs(begun.x1 - end.x1), abs(begun.centre - end.centre))
    return (
        _BEGUN.fullmatch(begun.text) is not None
        and _LAST_GROUP.fullmatch(end.text) is not None
        and level < near
        and _whole(begun, end) > widest
    )


def _whole(begun: Chunk, end: Chunk) -> float:
    """The least width of both on one line."""
    return begun.x1 - begun.x0 + _SPACE * end.size + end.x1 - end.x0


def _together(
    above: Line, below: Line, rows: Sequence[tuple[Line, Line]], seps: Sequence[float]
) -> bool:
    """Whether two lines stand together as no ``rows`` above each other do: nearer, or with no
    rule or edge of shading between them."""
    if len(rows) < 2:
        return False
    pitch = min(lower.base - upper.base for upper, lower in rows)
    parted = all(_parted(upper, lower, seps) for upper, lower in rows)
    return below.base - above.base < TIGHT * pitch or (parted and not _parted(above, below, seps))


def _parted(above: Line, below: Line, seps: Sequence[float]) -> bool:
    one, other = ((line.top + line.bottom) / 2 for line in (above, below))
    return bisect_right(seps, one) != bisect_right(seps, other)

"""Columns of a region: where its numbers stand under each other, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.extract.chunks import CURRENCIES, MINUS, Chunk, Line, chunk, is_number
from audit.extract.geometry import merged
from audit.extract.regions import is_value
from audit.extract.words import Word


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a region as x-intervals, from left to right. ``numeric`` says which hold
    numbers."""

    spans: tuple[tuple[float, float], ...]
    numeric: tuple[bool, ...]

    def at(self, part: Chunk | Word) -> tuple[int, int]:
        """First and last column that ``part`` stands in: those it overlaps, else the nearest."""
        touched = [
            index
            for index, (x0, x1) in enumerate(self.spans)
            if min(part.x1, x1) - max(part.x0, x0) > min(1.5, 0.3 * (part.x1 - part.x0))
        ]
        if touched:
            return touched[0], touched[-1]
        centre = (part.x0 + part.x1) / 2
        nearest = min(
            range(len(self.spans)),
            key=lambda i: max(self.spans[i][0] - centre, centre - self.spans[i][1]),
        )
        return nearest, nearest


def columns(lines: Sequence[Line], verticals: Sequence[float], head: Sequence[Line]) -> Columns:
    """The columns that the chunks of body ``lines`` below the lines of the ``head`` agree on.

    Numbers are narrow and never span, so their overlaps give the columns of numbers; what words
    stand left of, between and right of them is divided at gutters that (nearly) no line crosses.
    """
    parts = _parted([part for line in lines for part in line.chunks])
    numbers = [part for part in parts if is_number(part.text)]
    values = [part for part in parts if is_value(part)]
    before = signs(lines)
    spans = merged([(part.x0, part.x1) for part in numbers])
    worded = [part for part in parts if not is_number(part.text)]
    over = [part for line in head for part in line.chunks]
    spans = [
        span
        for span in spans
        if _carried(span, values, len(lines)) or _headed(span, spans, over, worded)
    ]
    words = [
        part
        for part in parts
        if id(part) not in before
        and not any(min(part.x1, x1) - max(part.x0, x0) > 0 for x0, x1 in spans)
    ]
    edges = [float("-inf"), *(edge for span in spans for edge in span), float("inf")]
    found = [(span, True) for span in spans]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        inside = [part for part in words if part.x0 >= low and part.x1 <= high]
        found += [(span, False) for span in _gutters(inside, verticals)]
    found.sort()
    return Columns(tuple(span for span, _ in found), tuple(number for _, number in found))


def signs(lines: Sequence[Line]) -> dict[int, Chunk]:
    """Minus and currency signs that stand alone before a number, at the other side of its cell:
    their ids, with that number. A dash before most numbers of a column is another column's."""
    numbers = [part for line in lines for part in line.chunks if is_number(part.text)]
    found = [
        (sign, number)
        for line in lines
        for sign, number in pairwise(line.chunks)
        if (sign.text in MINUS or sign.text in CURRENCIES) and is_number(number.text)
    ]

    def rare(number: Chunk) -> bool:
        near = 0.3 * number.size
        below = sum(1 for part in numbers if abs(part.x1 - number.x1) < near)
        signed = sum(1 for _, part in found if abs(part.x1 - number.x1) < near)
        return signed < 0.7 * below

    return {
        id(sign): number
        for sign, number in found
        if sign.text in CURRENCIES or (rare(number) and not _over(sign, numbers, number))
    }


def _over(sign: Chunk, numbers: Sequence[Chunk], own: Chunk) -> bool:
    """Whether ``sign`` stands in a column of numbers other than that of ``own``."""
    return any(
        part.x0 < sign.x1 and sign.x0 < part.x1 and part.x1 < own.x0 - 0.1 * own.size
        for part in numbers
    )


def _parted(parts: Sequence[Chunk]) -> list[Chunk]:
    """``parts``, and where numbers touch a column of words ("130,0 Delår"), both alone: words that
    begin at one place whatever number comes before them are more than its unit."""
    begun: dict[int, list[tuple[Chunk, int]]] = {}
    for part in parts:
        end = _number_end(part)
        if 0 < end < len(part.words):
            begun.setdefault(round(part.words[end].x0), []).append((part, end))
    cut: dict[int, int] = {}
    for x, found in begun.items():
        beside = [*found, *begun.get(x + 1, ())]
        said = {part.words[end].text for part, end in beside}
        if len(said) >= 3:
            cut |= {id(part): end for part, end in beside}
    return [
        piece
        for part in parts
        for piece in (
            (chunk(part.words[: cut[id(part)]], ""), chunk(part.words[cut[id(part)] :], part.mark))
            if id(part) in cut
            else (part,)
        )
    ]


def _number_end(part: Chunk) -> int:
    """How many of the first words of ``part`` are a number, 0 when none are or all."""
    if is_number(part.text):
        return 0
    return next(
        (
            end
            for end in range(len(part.words) - 1, 0, -1)
            if is_number(chunk(part.words[:end], "").text)
        ),
        0,
    )


def _carried(span: tuple[float, float], values: Sequence[Chunk], rows: int) -> bool:
    """A lone number inside a column of words ("Ålder 16") makes no column of its own."""
    held = sum(1 for part in values if part.x0 < span[1] and part.x1 > span[0])
    return held >= 2 or rows <= 3


def _headed(
    span: tuple[float, float],
    spans: Sequence[tuple[float, float]],
    over: Sequence[Chunk],
    words: Sequence[Chunk],
) -> bool:
    """A lone number has a column where words of the head stand over it and no other, and no label
    runs into it: the only note that rows refer to."""
    if any(part.x0 < span[1] and part.x1 > span[0] for part in words):
        return False
    own = [part for part in over if part.x0 < span[1] and part.x1 > span[0]]
    return any(sum(part.x0 < x1 and part.x1 > x0 for x0, x1 in spans) == 1 for part in own)


def _gutters(parts: Sequence[Chunk], verticals: Sequence[float]) -> list[tuple[float, float]]:
    """Intervals of text divided where white space or a vertical rule runs down."""
    if not parts:
        return []
    tolerated = len(parts) // 12  # a heading may run across
    edges = sorted({part.x0 for part in parts})
    spans: list[tuple[float, float]] = []
    start = edges[0]
    for edge in edges[1:]:
        crossing = sum(1 for part in parts if part.x0 < edge - 0.5 and part.x1 > edge + 0.5)
        left = [
            part.x1 for part in parts if start <= part.x0 < edge - 0.5 and part.x1 <= edge + 0.5
        ]
        size = parts[0].size
        starting = sum(1 for part in parts if abs(part.x0 - edge) < 0.5)
        ruled = any(max(left, default=edge) - 2 <= x <= edge + 2 for x in verticals)
        if (
            left
            and crossing <= tolerated
            and (ruled or (edge - max(left) > 0.8 * size and starting >= 2 and len(left) >= 2))
        ):
            spans.append((start, max(left)))
            start = edge
    held = [part.x1 for part in parts if part.x0 >= start]
    spans.append((start, max(held, default=start)))
    return spans

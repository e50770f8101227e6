"""Tables of words: rows between rules across, in which words begin at the same places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from audit.extract.chunks import Chunk, Line
from audit.extract.drawing import Stroke
from audit.extract.pieces import Piece, compact, stacked
from audit.extract.ruling import Drawn

ROWS = 3  # between rules, at least
FLUSH = 3.0  # points by which rules of one table may begin or end apart
HIGHEST = 12.0  # ems of a row's height, at most
EDGE = 0.5  # ems by which words of one column may begin apart
COMMON = 0.75  # of the rows; a column begins in so many


def worded(lines: Sequence[Line], drawn: Drawn) -> Iterator[tuple[list[Piece], list[Line]]]:
    """The pieces of each table of words among ``lines`` (from the top), and the lines that stand
    in it."""
    if not lines:
        return
    within = drawn.rules(lines[0].top - lines[0].size, lines[-1].bottom + lines[-1].size)
    size = max(line.size for line in lines)
    for rules in _stacks(sorted(within, key=lambda rule: rule.top), HIGHEST * size):
        first = bisect_left(lines, rules[0].top, key=lambda line: line.base)
        beyond = bisect_right(lines, rules[-1].top, key=lambda line: line.base)
        there = [line for line in lines[first:beyond] if _between(line, rules[0], rules[-1])]
        bands = _bands(there, [rule.top for rule in rules])
        starts = _starts(bands)
        if len(bands) >= ROWS and len(starts) >= 2 and len(bands) >= len(rules) - 1:
            yield _pieces(bands, starts), there


def _stacks(rules: Sequence[Stroke], farthest: float) -> Iterator[list[Stroke]]:
    """Rules that begin and end alike and follow each other down the page."""
    places: dict[tuple[int, int], list[Stroke]] = {}
    for rule in rules:
        places.setdefault((round(rule.x0 / FLUSH), round(rule.x1 / FLUSH)), []).append(rule)
    for stack in places.values():
        run = stack[:1]
        for above, below in pairwise(stack):
            if below.top - above.top > farthest:
                if len(run) > ROWS:
                    yield run
                run = []
            run.append(below)
        if len(run) > ROWS:
            yield run


def _bands(lines: Sequence[Line], tops: Sequence[float]) -> list[list[Line]]:
    return [list(band) for _, band in groupby(lines, lambda line: bisect_left(tops, line.base))]


def _between(line: Line, first: Stroke, last: Stroke) -> bool:
    middle = (line.top + line.bottom) / 2
    across = first.x0 - FLUSH <= line.x0 and line.x1 <= first.x1 + FLUSH
    return across and first.top < middle < last.top


def _starts(bands: Sequence[Sequence[Line]]) -> list[float]:
    """Where columns begin: the same place in most rows, and white before it in all."""
    if not bands or not all(bands):
        return []
    em = bands[0][0].size
    near = EDGE * em
    count: Counter[float] = Counter()
    for band in bands:
        count.update({round(part.x0 / near) * near for line in band for part in line.chunks})
    common: list[float] = []
    for place in sorted(count):
        if count[place] >= COMMON * len(bands) and not (common and place - common[-1] < 2 * em):
            common.append(place)
    parts = [part for band in bands for line in band for part in line.chunks]
    free = [x for x in common if not any(part.x0 < x - near < part.x1 for part in parts)]
    within = all(any(abs(part.x0 - x) <= 2 * near for x in free) for part in parts)
    return free if within else []


def _pieces(bands: Sequence[Sequence[Line]], starts: Sequence[float]) -> list[Piece]:
    held: dict[tuple[int, int], list[tuple[float, Chunk]]] = {}
    for row, band in enumerate(bands):
        for line in band:
            for part in line.chunks:
                column = max(0, bisect_right(starts, part.x0 + line.size) - 1)
                held.setdefault((row, column), []).append((line.base, part))
    return compact(
        [Piece(row, column, 1, 1, stacked(parts)) for (row, column), parts in held.items()]
    )

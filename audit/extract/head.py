"""The head of a table: which columns its words stand over."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extract.columns import Columns
from audit.extract.pieces import Piece, stacked
from audit.extract.text import Chunk, Line, chunk
from audit.extract.words import Word

Ground = tuple[float, float, float, float]  # x0, top, x1, bottom of what one cell stands on


def head_pieces(lines: Sequence[Line], cols: Columns, grounds: Sequence[Ground]) -> list[Piece]:
    """Header cells: spanning ones in rows of their own, what stands under them in one row."""
    placed: list[tuple[float, Chunk, int, int]] = []
    for index, line in enumerate(lines):
        parts = [pair for part in line.chunks for pair in _divided(part, cols)]
        if index + 1 < len(lines):
            parts = _centred(_grounded(parts, cols, grounds), cols)
        placed += [(line.base, part, first, last) for part, (first, last) in parts]
    spanning = sorted({base for base, _, first, last in placed if last > first})
    levels: dict[float, int] = {}
    for line in lines:
        levels[line.base] = sum(1 for base in spanning if base < line.base - 0.1)
    depth = len(spanning)
    if depth and not any(
        last == first and levels[base] == depth for base, _, first, last in placed
    ):
        depth -= 1
    held: dict[tuple[int, int, int], list[tuple[float, Chunk]]] = {}
    for base, part, first, last in placed:
        level = min(levels[base], depth)
        if first == last and not _covered(first, base, placed):
            level = depth  # nothing spans this column: its lines are one cell at the bottom
        held.setdefault((level, first, last), []).append((base, part))
    return [
        Piece(level, first, 1, last - first + 1, stacked(parts))
        for (level, first, last), parts in held.items()
    ]


def _grounded(
    parts: list[tuple[Chunk, tuple[int, int]]], cols: Columns, grounds: Sequence[Ground]
) -> list[tuple[Chunk, tuple[int, int]]]:
    """Words whose own ground reaches under several columns span these."""
    return [(part, _under(part, grounds, cols) or place) for part, place in parts]


def _under(part: Chunk, grounds: Sequence[Ground], cols: Columns) -> tuple[int, int] | None:
    middle = (part.top + part.bottom) / 2
    around = [
        ground
        for ground in grounds
        if ground[0] - 1 <= part.x0
        and part.x1 <= ground[2] + 1
        and ground[1] <= middle <= ground[3]
    ]
    if not around:
        return None
    ground = min(around, key=lambda one: one[2] - one[0])
    held = [
        index
        for index, (x0, x1) in enumerate(cols.spans)
        if ground[0] <= (x0 + x1) / 2 <= ground[2]
    ]
    return (held[0], held[-1]) if len(held) > 1 else None


def _centred(
    parts: list[tuple[Chunk, tuple[int, int]]], cols: Columns
) -> list[tuple[Chunk, tuple[int, int]]]:
    """Words of the head that stand over the middle of several columns of numbers span them."""
    taken = {column for _, (first, last) in parts for column in range(first, last + 1)}
    return [
        (part, _spanned(part, place, taken, cols) if cols.numeric[place[0]] else place)
        for part, place in parts
    ]


def _spanned(
    part: Chunk, place: tuple[int, int], taken: set[int], cols: Columns
) -> tuple[int, int]:
    """The widest run of free columns round ``place`` that ``part`` is centred over; ``place``
    itself where it is set flush with its column."""
    own = cols.spans[place[0]]
    flush = min(abs(part.x1 - own[1]), abs(part.x0 - own[0])) < 0.3 * part.size
    if place[0] != place[1] or flush:
        return place

    def free(column: int) -> bool:
        return cols.numeric[column] and (column == place[0] or column not in taken)

    first = last = place[0]
    while first > 0 and free(first - 1):
        first -= 1
    while last + 1 < len(cols.spans) and free(last + 1):
        last += 1
    runs = [
        (left, right)
        for left in range(first, place[0] + 1)
        for right in range(place[0], last + 1)
        if right > left and _over_middle(part, cols.spans[left][0], cols.spans[right][1])
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=place)


def _over_middle(part: Chunk, x0: float, x1: float) -> bool:
    return abs(part.centre - (x0 + x1) / 2) <= max(0.8 * part.size, 0.05 * (x1 - x0))


def _covered(column: int, base: float, placed: Sequence[tuple[float, Chunk, int, int]]) -> bool:
    return any(
        first <= column <= last and first < last and other != base
        for other, _, first, last in placed
    )


def _divided(part: Chunk, cols: Columns) -> list[tuple[Chunk, tuple[int, int]]]:
    """As for the body, but crowded headers ("stöd Stöd o service omsorg") are cut too where
    each part fits the column it would fall in."""
    first, last = cols.at(part)
    if first == last or len(part.words) < 2:
        return [(part, (first, last))]
    for assigned in (_by_right_edge(part, cols, first, last), _by_centre(part, cols, first, last)):
        groups: dict[int, list[Word]] = {}
        for word, column in zip(part.words, assigned, strict=True):
            groups.setdefault(column, []).append(word)
        if len(groups) == last - first + 1 and all(
            _fits(words, cols.spans[column], part.size) for column, words in groups.items()
        ):
            return [
                (chunk(words, part.mark if index == last else ""), (index, index))
                for index, words in sorted(groups.items())
            ]
    return [(part, (first, last))]


def _by_right_edge(part: Chunk, cols: Columns, first: int, last: int) -> list[int]:
    return [
        next((i for i in range(first, last) if word.x1 <= cols.spans[i][1] + 0.6 * part.size), last)
        for word in part.words
    ]


def _by_centre(part: Chunk, cols: Columns, first: int, last: int) -> list[int]:
    def distance(index: int, centre: float) -> float:
        return max(cols.spans[index][0] - centre, centre - cols.spans[index][1], 0.0)

    return [
        min(range(first, last + 1), key=lambda i: distance(i, (word.x0 + word.x1) / 2))
        for word in part.words
    ]


def _fits(words: Sequence[Word], span: tuple[float, float], size: float) -> bool:
    """Whether words are set flush left, flush right or centred over a column."""
    x0, x1 = words[0].x0, words[-1].x1
    offsets = (x0 - span[0], x1 - span[1], (x0 + x1 - span[0] - span[1]) / 2)
    return any(abs(offset) < 0.6 * size for offset in offsets)

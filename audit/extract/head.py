"""The head of a table: which columns its words stand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audit.extract.chunks import Chunk, Line, chunk
from audit.extract.columns import Columns
from audit.extract.crowded import apart, cut
from audit.extract.pieces import LEADING, Piece, stacked
from audit.extract.words import Word

Ground = tuple[float, float, float, float]  # x0, top, x1, bottom of what one cell stands on
Place = tuple[int, int]  # first and last column

FLUSH = 0.3  # ems; words this near a column's side may be set flush with it
PADDING = 0.8  # ems; from the end of a number to that of its cell, at most
CLOSE = 0.05  # and so near, they are no others that happen to end there


@dataclass(frozen=True, slots=True)
class _Over:
    """Words of the head on one baseline, over the columns ``first`` to ``last``."""

    base: float
    part: Chunk
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Spanning:
    """Lines of one text over several columns."""

    lines: tuple[_Over, ...]

    @property
    def place(self) -> Place:
        return (self.lines[0].first, self.lines[0].last)

    @property
    def top(self) -> float:
        return self.lines[0].base

    @property
    def bottom(self) -> float:
        return self.lines[-1].base


def head_pieces(lines: Sequence[Line], cols: Columns, grounds: Sequence[Ground]) -> list[Piece]:
    """Header cells: spanning ones in rows of their own, what stands under them in one row.

    A cell that nothing spans is in the last row, and in those above it that its text reaches.
    """
    over = _placed(lines, cols, grounds)
    spanning = _spanning([one for one in over if one.last > one.first])
    levels = _levels(spanning)
    single = [one for one in over if one.last == one.first]
    depth = len(levels)
    cells: dict[tuple[int, Place], list[_Over]] = {}
    for text in spanning:
        level = next(i for i, texts in enumerate(levels) if text in texts)
        cells.setdefault((level, text.place), []).extend(text.lines)
    for one in single:
        mine = [text for text in spanning if text.place[0] <= one.first <= text.place[1]]
        over_others = any(text.top > one.base for text in mine)
        level = _reached(one.base, levels) if over_others else depth
        cells.setdefault((level, (one.first, one.last)), []).append(one)
    if depth and not any(level == depth for level, _ in cells):
        depth -= 1
    tops = _tops(levels, single)
    pieces = []
    for (level, place), parts in cells.items():
        row, rows = min(level, depth), 1
        if level == depth and place[0] == place[1]:
            above = [i for i, texts in enumerate(levels) if _cover(texts, place[0])]
            reached = sum(1 for top in tops if top < parts[0].base + 0.15 * parts[0].part.size) - 1
            row = min(depth, max(reached, 0, *(i + 1 for i in above)))
            rows = depth - row + 1
        stack = stacked((one.base, one.part) for one in parts)
        pieces.append(Piece(row, place[0], rows, place[1] - place[0] + 1, stack))
    return pieces


def _tops(levels: Sequence[Sequence[_Spanning]], single: Sequence[_Over]) -> list[float]:
    """The first baseline of each row of the head: of the levels, and of what stands below."""
    tops = [min(text.top for text in texts) for texts in levels]
    below = [
        one.base
        for one in single
        if any(_cover(texts, one.first) for texts in levels) and one.base > tops[-1]
    ]
    return [*tops, min(below)] if below else tops


def _cover(texts: Sequence[_Spanning], column: int) -> bool:
    return any(text.place[0] <= column <= text.place[1] for text in texts)


def _reached(base: float, levels: Sequence[Sequence[_Spanning]]) -> int:
    """The first level whose text ends no higher than ``base``."""
    return sum(1 for texts in levels if max(text.bottom for text in texts) < base - 0.1)


def _placed(lines: Sequence[Line], cols: Columns, grounds: Sequence[Ground]) -> list[_Over]:
    """The words of the head over their columns. Read from the last line up, since what stands
    in a column of the head shows how wide it is."""
    wide = cols
    found: list[_Over] = []
    for index in range(len(lines) - 1, -1, -1):
        parts = [pair for part in lines[index].chunks for pair in _divided(part, wide)]
        if index + 1 < len(lines):
            near = _near(lines, index, cols)
            parts = _centred(_grounded(parts, wide, grounds), found, near, wide)
        over = [_Over(lines[index].base, part, first, last) for part, (first, last) in parts]
        found = over + found
        wide = _widened(wide, over)
    return found


def _widened(cols: Columns, over: Sequence[_Over]) -> Columns:
    """The columns with the words that stand over one of them alone."""
    spans = list(cols.spans)
    for one in over:
        if one.first == one.last:
            x0, x1 = spans[one.first]
            spans[one.first] = (min(x0, one.part.x0), max(x1, one.part.x1))
    return replace(cols, spans=tuple(spans))


def _spanning(over: Sequence[_Over]) -> list[_Spanning]:
    """Spanning words from the top, the lines of one text together."""
    texts: list[_Spanning] = []
    for one in over:
        for index, text in enumerate(texts):
            near = 0.3 * one.part.size < one.base - text.bottom <= LEADING * one.part.size
            if near and text.place == (one.first, one.last):
                texts[index] = _Spanning((*text.lines, one))
                break
        else:
            texts.append(_Spanning((one,)))
    return texts


def _levels(texts: Sequence[_Spanning]) -> list[list[_Spanning]]:
    """Spanning texts beside each other together, from the top."""
    levels: list[list[_Spanning]] = []
    for text in sorted(texts, key=lambda text: (text.top, text.place)):
        if levels and text.top <= max(other.bottom for other in levels[-1]) + 0.1:
            levels[-1].append(text)
        else:
            levels.append([text])
    return levels


def _grounded(
    parts: list[tuple[Chunk, Place]], cols: Columns, grounds: Sequence[Ground]
) -> list[tuple[Chunk, Place]]:
    """Words whose own ground reaches under several columns span these."""
    own = [_ground(part, grounds) for part, _ in parts]
    return [
        (part, (_under(ground, cols) if ground and own.count(ground) == 1 else None) or place)
        for (part, place), ground in zip(parts, own, strict=True)
    ]


def _ground(part: Chunk, grounds: Sequence[Ground]) -> Ground | None:
    middle = (part.top + part.bottom) / 2
    around = [
        ground
        for ground in grounds
        if ground[0] - 1 <= part.x0
        and part.x1 <= ground[2] + 1
        and ground[1] <= middle <= ground[3]
    ]
    return min(around, key=lambda one: one[2] - one[0], default=None)


def _under(ground: Ground, cols: Columns) -> Place | None:
    held = [
        index
        for index, (x0, x1) in enumerate(cols.spans)
        if ground[0] <= (x0 + x1) / 2 <= ground[2]
    ]
    return (held[0], held[-1]) if len(held) > 1 else None


def _centred(
    parts: list[tuple[Chunk, Place]], under: Sequence[_Over], near: set[int], cols: Columns
) -> list[tuple[Chunk, Place]]:
    """Words of the head that stand over the middle of several columns of numbers span them: as
    far as these have no words ``near`` beside them, and unless the words ``under`` them go on in
    the same column, which they do not where others of the same line span several."""

    taken = near | {column for _, (first, last) in parts for column in range(first, last + 1)}

    def spread(*, wrapped: bool) -> list[tuple[Chunk, Place]]:
        result = []
        for part, place in parts:
            below = next((one for one in under if one.first == one.last == place[0]), None)
            goes_on = wrapped and below is not None and _one_text(part, below)
            widen = cols.numeric[place[0]] and not goes_on
            fit = FLUSH if wrapped else CLOSE
            result.append((part, _spanned(part, place, taken, cols, fit) if widen else place))
        return result

    found = spread(wrapped=True)
    among_others = any(first < last for _, (first, last) in found)
    return spread(wrapped=False) if among_others else found


def _near(lines: Sequence[Line], index: int, cols: Columns) -> set[int]:
    """The columns that words hold on lines half a line above or below that of ``index``."""
    line = lines[index]
    return {
        column
        for other in lines
        if other is not line and abs(other.base - line.base) < 0.8 * line.size
        for part in other.chunks
        for column in range(cols.at(part)[0], cols.at(part)[1] + 1)
    }


def _one_text(part: Chunk, below: _Over) -> bool:
    """Whether ``part`` and the words below it are set as lines of one text."""
    other = below.part
    offsets = (part.x0 - other.x0, part.x1 - other.x1, part.centre - other.centre)
    near = below.base - part.base <= LEADING * part.size
    return near and min(map(abs, offsets)) < 0.25 * part.size


def _spanned(part: Chunk, place: Place, taken: set[int], cols: Columns, fit: float) -> Place:
    """The run of free columns round ``place`` whose middle is nearest that of ``part``, the
    widest of several; ``place`` itself where it is set flush (within ``fit`` ems) with its
    column, or over the middle of its columns."""
    x0, x1 = cols.spans[place[0]][0], cols.spans[place[1]][1]
    flush = min(abs(part.x1 - x1), abs(part.x0 - x0)) < fit * part.size
    amid = place[0] < place[1] and _aside(part, cols, *place) <= _slack(part, cols, *place)
    if flush or amid:
        return place

    def free(column: int) -> bool:
        own = place[0] <= column <= place[1]
        return cols.numeric[column] and (own or column not in taken)

    first, last = place
    while first > 0 and free(first - 1):
        first -= 1
    while last + 1 < len(cols.spans) and free(last + 1):
        last += 1
    runs = [
        (left, right)
        for left in range(first, place[0] + 1)
        for right in range(place[1], last + 1)
        if right > left and _aside(part, cols, left, right) <= _slack(part, cols, left, right)
    ]
    nearest = min((_aside(part, cols, *run) for run in runs), default=0.0)
    return max(
        (run for run in runs if _aside(part, cols, *run) <= nearest + 0.2 * part.size),
        key=lambda run: run[1] - run[0],
        default=place,
    )


def _aside(part: Chunk, cols: Columns, first: int, last: int) -> float:
    """How far ``part`` is from the middle of the columns: of what stands in them, or of their
    cells, which begin as far before numbers set flush right as the next ones end after them."""
    (x0, x1), right = cols.spans[first], cols.spans[last][1]
    aside = abs(part.centre - (x0 + right) / 2)
    if first < last:
        after = part.centre - (2 * x1 - cols.spans[first + 1][1] + right) / 2
        if -FLUSH * part.size < after < PADDING * part.size:
            return min(aside, abs(after))
    return aside


def _slack(part: Chunk, cols: Columns, first: int, last: int) -> float:
    return max(0.8 * part.size, 0.05 * (cols.spans[last][1] - cols.spans[first][0]))


def _divided(part: Chunk, cols: Columns) -> list[tuple[Chunk, Place]]:
    """As for the body, but crowded headers ("stöd Stöd o service omsorg") are cut too where
    each part fits the column it would fall in."""
    first, last = cols.at(part)
    if first == last or len(part.words) < 2:
        return [(part, (first, last))]
    for assigned in (
        _by_right_edge(part, cols, first, last),
        _by_centre(part, cols, first, last),
        _by_white(part, first, last),
    ):
        groups: dict[int, list[Word]] = {}
        for word, column in zip(part.words, assigned, strict=True):
            groups.setdefault(column, []).append(word)
        if (
            len(groups) == last - first + 1
            and (
                apart(part.words, assigned)
                or _exact(part.words, assigned, cols)
                or _flush(groups, cols)
            )
            and all(_fits(words, cols.spans[column], part.size) for column, words in groups.items())
        ):
            return [
                (chunk(words, part.mark if index == last else ""), (index, index))
                for index, words in sorted(groups.items())
            ]
    return [(part, (first, last))]


def _exact(words: Sequence[Word], assigned: Sequence[int], cols: Columns) -> bool:
    """Whether words of different columns end and begin just where these do."""
    return all(
        abs(left.x1 - cols.spans[one][1]) < 0.15 * left.size
        and abs(right.x0 - cols.spans[other][0]) < 0.15 * right.size
        for (left, right), (one, other) in zip(pairwise(words), pairwise(assigned), strict=True)
        if one != other
    )


def _flush(groups: Mapping[int, Sequence[Word]], cols: Columns) -> bool:
    """Whether the words over each of several columns end just where its numbers do: over two that
    could be chance."""
    return len(groups) > 2 and all(
        abs(words[-1].x1 - cols.spans[column][1]) < 0.15 * words[-1].size
        for column, words in groups.items()
    )


def _by_right_edge(part: Chunk, cols: Columns, first: int, last: int) -> list[int]:
    return [
        next((i for i in range(first, last) if word.x1 <= cols.spans[i][1] + 0.6 * part.size), last)
        for word in part.words
    ]


def _by_white(part: Chunk, first: int, last: int) -> list[int]:
    groups = cut(part.words, last - first + 1)
    assigned = [first + index for index, words in enumerate(groups) for _ in words]
    return assigned or [first] * len(part.words)


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

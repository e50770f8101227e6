"""Rules and shading of a page, made into separators and grids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from audit.extract.drawing import Fill, Stroke

SNAP = 2.2  # rules this near are one (double edges, cell-by-cell drawing), in points
BAND = 20.0  # points of a page's height that are looked up together
JOIN = 3.5  # a rule goes on over a gap this wide


_Placed = TypeVar("_Placed", Stroke, Fill)


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled grid: ``xs`` and ``ys`` are its lines. ``cells`` are (row, column, rows, columns)
    with spans where no rule divides. ``open_left``: its last row has no side on the left."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    open_left: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(frozen=True, slots=True)
class Drawn:
    """The horizontal rules and shaded areas of a page, to be asked for by height."""

    across: Sequence[Stroke]
    fills: Sequence[Fill]
    _rules: Mapping[int, Sequence[Stroke]]
    _fills: Mapping[int, Sequence[Fill]]

    @classmethod
    def of(cls, across: Sequence[Stroke], fills: Sequence[Fill]) -> Drawn:
        return cls(across, fills, _by_band(across), _by_band(fills))

    def rules(self, top: float, bottom: float) -> set[Stroke]:
        """The rules from ``top`` to ``bottom``, both included."""
        return {
            rule
            for band in _bands(top, bottom)
            for rule in self._rules.get(band, ())
            if top <= rule.top <= bottom
        }

    def grounds(self, top: float, bottom: float) -> set[Fill]:
        """The shaded areas that reach in between ``top`` and ``bottom``."""
        return {
            fill
            for band in _bands(top, bottom)
            for fill in self._fills.get(band, ())
            if fill.top < bottom and fill.bottom > top
        }


def _bands(top: float, bottom: float) -> range:
    return range(int(top // BAND), int(bottom // BAND) + 1)


def _by_band(items: Iterable[_Placed]) -> dict[int, list[_Placed]]:
    bands: dict[int, list[_Placed]] = {}
    for item in items:
        for band in _bands(item.top, item.bottom):
            bands.setdefault(band, []).append(item)
    return bands


def horizontals(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Horizontal rules, pieces on one line joined, from the top."""
    turned = [Stroke(s.top, s.x0, s.bottom, s.x1) for s in strokes]
    return [Stroke(s.top, s.x0, s.bottom, s.x1) for s in verticals(turned)]


def verticals(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Vertical rules, pieces on one line joined, from the left."""
    columns: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if columns and stroke.x0 - columns[-1][0].x0 <= SNAP:
            columns[-1].append(stroke)
        else:
            columns.append([stroke])
    joined: list[Stroke] = []
    for column in columns:
        x = sum(stroke.x0 for stroke in column) / len(column)
        run: list[float] = []
        for stroke in sorted(column, key=lambda stroke: stroke.top):
            if run and stroke.top <= run[1] + JOIN:
                run[1] = max(run[1], stroke.bottom)
            else:
                if run:
                    joined.append(Stroke(x, run[0], x, run[1]))
                run = [stroke.top, stroke.bottom]
        joined.append(Stroke(x, run[0], x, run[1]))
    return joined


def lattices(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[Lattice]:
    """Grids of at least two cells in rules that touch each other; outer sides may be open."""
    found = []
    for group_across, group_down in _components(across, down):
        lattice = _lattice(group_across, group_down)
        if lattice is not None:
            found.append(lattice)
    return found


def _components(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    from_left = sorted(range(len(down)), key=lambda j: down[j].x0)
    xs = [down[j].x0 for j in from_left]
    for i, h in enumerate(across):
        for j in from_left[bisect_left(xs, h.x0 - JOIN) : bisect_right(xs, h.x1 + JOIN)]:
            if down[j].top - JOIN <= h.top <= down[j].bottom + JOIN:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return list(groups.values())


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP * 1.5:
            kept.append(value)
    return kept


def _lattice(across: Sequence[Stroke], down: Sequence[Stroke]) -> Lattice | None:
    if not across or not down:
        return None
    xs = _distinct([v.x0 for v in down] + [min(h.x0 for h in across), max(h.x1 for h in across)])
    ys = _distinct(
        [h.top for h in across] + [min(v.top for v in down), max(v.bottom for v in down)]
    )
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2:
        return None

    walls = _drawn(xs, [(v.x0, v.top, v.bottom) for v in down])
    floors = _drawn(ys, [(h.top, h.x0, h.x1) for h in across])

    def wall(column: int, row: int) -> bool:
        middle = (ys[row] + ys[row + 1]) / 2
        return any(start <= middle <= end for start, end in walls[column])

    def floor(row: int, column: int) -> bool:
        middle = (xs[column] + xs[column + 1]) / 2
        return any(start <= middle <= end for start, end in floors[row])

    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and not wall(column + wide, row):
                wide += 1
            high = 1
            while row + high < rows and not any(
                floor(row + high, c) for c in range(column, column + wide)
            ):
                high += 1
            for r in range(row, row + high):
                taken.update((r, c) for c in range(column, column + wide))
            cells.append((row, column, high, wide))
    return Lattice(tuple(xs), tuple(ys), tuple(cells), open_left=not wall(0, rows - 1))


def _drawn(
    lines: Sequence[float], rules: Iterable[tuple[float, float, float]]
) -> list[list[tuple[float, float]]]:
    """From where to where each of a grid's ``lines`` is drawn by ``rules`` (place, start, end)."""
    found: list[list[tuple[float, float]]] = [[] for _ in lines]
    for place, start, end in rules:
        near = bisect_left(lines, place - SNAP * 1.5), bisect_right(lines, place + SNAP * 1.5)
        for index in range(*near):
            found[index].append((start, end))
    return found


def walled(lattice: Lattice) -> Lattice:
    """The same lattice with every column divided from the next in every row."""
    tops = sorted({(row, high) for row, _, high, _ in lattice.cells})
    rows = dict(tops)
    cells = tuple(
        (row, column, high, 1)
        for row, high in rows.items()
        for column in range(len(lattice.xs) - 1)
    )
    return replace(lattice, cells=cells)


def shading(fills: Iterable[Fill], width: float, height: float) -> list[Fill]:
    """Coloured areas that can be the ground of cells: neither white nor the page's own."""
    return [
        fill
        for fill in fills
        if min(fill.colour) < 250
        and not (fill.x1 - fill.x0 > 0.9 * width and fill.bottom - fill.top > 0.5 * height)
    ]


def shared_edges(fills: Sequence[Fill]) -> list[Stroke]:
    """The sides at which shaded cells of one row meet: as good as a vertical rule."""
    columns: dict[int, list[Fill]] = {}  # fills that begin within a SNAP, from the top
    for fill in sorted(fills, key=lambda fill: fill.top):
        columns.setdefault(int(fill.x0 // SNAP), []).append(fill)
    tallest = {
        place: max(fill.bottom - fill.top for fill in column) for place, column in columns.items()
    }
    edges = []
    for left in fills:
        place = int(left.x1 // SNAP)
        for near in (place - 1, place, place + 1):
            column = columns.get(near, ())
            highest = left.top - tallest.get(near, 0.0)
            first = bisect_left(column, highest, key=lambda fill: fill.top)
            for right in islice(column, first, None):
                if right.top >= left.bottom:
                    break
                top, bottom = max(left.top, right.top), min(left.bottom, right.bottom)
                if abs(right.x0 - left.x1) <= SNAP and bottom - top > SNAP:
                    edges.append(Stroke(left.x1, top, left.x1, bottom))
    return edges


def separators(
    across: Iterable[Stroke], fills: Iterable[Fill], x0: float, x1: float
) -> list[float]:
    """The heights at which a rule or the edge of a shaded band crosses most of x0-x1."""
    enough = 0.6 * (x1 - x0)
    heights = [rule.top for rule in across if min(rule.x1, x1) - max(rule.x0, x0) >= enough]
    covered: dict[tuple[int, int, tuple[int, int, int]], float] = {}
    for fill in fills:
        key = (round(fill.top), round(fill.bottom), fill.colour)
        width = max(0.0, min(fill.x1, x1) - max(fill.x0, x0))
        covered[key] = covered.get(key, 0.0) + width
    bands: list[tuple[int, int, tuple[int, int, int]]] = []
    for top, bottom, colour in sorted(key for key, width in covered.items() if width >= enough):
        if bands and bands[-1][2] == colour and top <= bands[-1][1] + 1:
            # one ground drawn line by line
            bands[-1] = (bands[-1][0], max(bottom, bands[-1][1]), colour)
        else:
            bands.append((top, bottom, colour))
    heights += [float(edge) for top, bottom, _ in bands for edge in (top, bottom)]
    return _distinct(heights)

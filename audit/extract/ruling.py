"""Rules and shading of a page, made into separators and grids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from audit.extract.drawing import Fill, Stroke

SNAP = 2.2  # rules this near are one (double edges, cell-by-cell drawing), in points
JOIN = 3.5  # a rule goes on over a gap this wide


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled grid: ``xs`` and ``ys`` are its lines. ``cells`` are (row, column, rows, columns)
    with spans where no rule divides."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


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

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            meets_x = h.x0 - JOIN <= v.x0 <= h.x1 + JOIN
            meets_y = v.top - JOIN <= h.top <= v.bottom + JOIN
            if meets_x and meets_y:
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

    def wall(x: float, top: float, bottom: float) -> bool:
        middle = (top + bottom) / 2
        return any(abs(v.x0 - x) <= SNAP * 1.5 and v.top <= middle <= v.bottom for v in down)

    def floor(y: float, x0: float, x1: float) -> bool:
        middle = (x0 + x1) / 2
        return any(abs(h.top - y) <= SNAP * 1.5 and h.x0 <= middle <= h.x1 for h in across)

    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and not wall(xs[column + wide], ys[row], ys[row + 1]):
                wide += 1
            high = 1
            while row + high < rows and not any(
                floor(ys[row + high], xs[c], xs[c + 1]) for c in range(column, column + wide)
            ):
                high += 1
            for r in range(row, row + high):
                taken.update((r, c) for c in range(column, column + wide))
            cells.append((row, column, high, wide))
    return Lattice(tuple(xs), tuple(ys), tuple(cells))


def walled(lattice: Lattice) -> Lattice:
    """The same lattice with every column divided from the next in every row."""
    tops = sorted({(row, high) for row, _, high, _ in lattice.cells})
    rows = dict(tops)
    cells = tuple(
        (row, column, high, 1)
        for row, high in rows.items()
        for column in range(len(lattice.xs) - 1)
    )
    return Lattice(lattice.xs, lattice.ys, cells)


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
    across: Sequence[Stroke], fills: Sequence[Fill], x0: float, x1: float
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

"""Where the tables of a page are, and what stands in their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.extract import grid, ruling
from audit.extract.drawing import Fill, Stroke
from audit.extract.grid import YEAR, Columns, Piece
from audit.extract.pdfium import Sheet
from audit.extract.text import Chunk, Line, is_number

LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
LONE_LABELS = 6  # so many lines of labels may stand between a head and the first numbers
PROSE = 60  # characters: a lone chunk longer than this is running text, not a label


@dataclass(frozen=True, slots=True)
class Found:
    """A table on one page before it has a name: its pieces, head and place."""

    pieces: tuple[Piece, ...]
    header_rows: int
    box: tuple[float, float, float, float]
    spans: tuple[tuple[float, float], ...]
    confidence: float


def tables(sheet: Sheet, lines: Sequence[Line]) -> tuple[list[Found], list[Line]]:
    """The tables of a page from the top, and the lines that stand in none."""
    across = ruling.horizontals(sheet.horizontals)
    fills = ruling.shading(sheet.fills, sheet.width, sheet.height)
    drawn = ruling.verticals(sheet.verticals)
    down = ruling.verticals([*sheet.verticals, *ruling.shared_edges(fills)])
    found: list[Found] = []
    rest = list(lines)
    for lattice in ruling.lattices(across, down):
        inside, outside = _held(lattice.box, rest)
        whole = _completed(lattice, inside, drawn)
        table = _from_lattice(whole, inside) if whole else None
        if table is not None:
            found.append(table)
            rest = outside
    for region in _regions(rest, across, fills):
        table = _from_region(region, across, down, fills)
        if table is not None:
            found.append(table)
            taken = {id(line) for line in region.lines}
            rest = [line for line in rest if id(line) not in taken]
    found.sort(key=lambda table: (table.box[1], table.box[0]))
    return found, rest


def _completed(
    lattice: ruling.Lattice, lines: Sequence[Line], drawn: Sequence[Stroke]
) -> ruling.Lattice | None:
    """The lattice if rules divide its columns; if only the shading of its head does so, the
    same with walls all the way down where no text stands in their way; else None."""
    inner = lattice.xs[1:-1]
    top, bottom = lattice.ys[0] - 2, lattice.ys[-1] + 2
    standing = [rule for rule in drawn if rule.top < bottom and rule.bottom > top]
    ruled = sum(1 for x in inner if any(abs(rule.x0 - x) < 3 for rule in standing))
    if ruled * 2 >= len(inner):
        return lattice if inner or len(lattice.ys) > 2 else None
    crossed = any(
        part.x0 < x - 2 and part.x1 > x + 2 for x in inner for line in lines for part in line.chunks
    )
    return ruling.walled(lattice) if standing and not crossed else None


def _held(
    box: tuple[float, float, float, float], lines: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """Lines inside ``box`` and outside; a line that crosses its side is divided."""
    x0, top, x1, bottom = box
    inside: list[Line] = []
    outside: list[Line] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        within = (
            [part for part in line.chunks if x0 - 2 <= part.centre <= x1 + 2]
            if top - 1 <= middle <= bottom + 1
            else []
        )
        if not within:
            outside.append(line)
            continue
        inside.append(_part(line, within))
        beyond = [part for part in line.chunks if part not in within]
        if beyond:
            outside.append(_part(line, beyond))
    return inside, outside


def _part(line: Line, chunks: Sequence[Chunk]) -> Line:
    return Line(
        tuple(chunks),
        line.base,
        min(part.top for part in chunks),
        max(part.bottom for part in chunks),
        max(part.size for part in chunks),
    )


def _from_lattice(lattice: ruling.Lattice, lines: Sequence[Line]) -> Found | None:
    """A fully ruled table, or None where the rules are no grid of cells (a frame, a chart, rules
    that leave rows undivided)."""
    pieces = grid.ruled(lattice, lines) if lines else []
    rows = 1 + max((piece.row for piece in pieces), default=-1)
    wide = 1 + max((piece.column for piece in pieces), default=-1)
    if rows < 2 or wide < 2 or len(pieces) < 4 or not _worded(pieces):
        return None
    numbers = sum(_numbers_in(piece) for piece in pieces)
    crowded = sum(_numbers_in(piece) for piece in pieces if _undivided(piece))
    if crowded >= 4 and crowded * 5 > numbers:
        return None
    filled = len(pieces) / (rows * wide)
    spans = tuple(zip(lattice.xs, lattice.xs[1:], strict=False))
    header = header_rows(pieces, True)
    box = _box([part for piece in pieces for part in piece.chunks])
    return Found(tuple(pieces), header, box, spans, round(min(1.0, 0.9 + filled / 10), 2))


def _worded(pieces: Sequence[Piece]) -> bool:
    """Words in the first row or column: a grid of bare numbers is a chart."""
    return any(
        any(c.isalpha() for c in piece.text) for piece in pieces if 0 in (piece.row, piece.column)
    )


def _numbers_in(piece: Piece) -> int:
    return sum(1 for part in piece.chunks if is_number(part.text))


def _undivided(piece: Piece) -> bool:
    """Several numbers beside or under each other in one cell: no rule parts what is apart."""
    beside = any(
        sum(1 for part in line if is_number(part.text)) > 1
        and (piece.columns > 1 or all(is_number(part.text) for part in line))
        for line in piece.lines
    )
    stacked = sum(1 for line in piece.lines if all(is_number(part.text) for part in line))
    return beside or stacked > 1


def _box(parts: Sequence[Chunk]) -> tuple[float, float, float, float]:
    return (
        min(part.x0 for part in parts),
        min(part.top for part in parts),
        max(part.x1 for part in parts),
        max(part.bottom for part in parts),
    )


# --- tables without a grid ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Region:
    lines: tuple[Line, ...]
    header: int  # so many of them are the head


def _body(line: Line) -> bool:
    """A line of a table's body: something and a number beside it."""
    if len(line.chunks) < 2 or LEADER.search(line.text):
        return False
    return any(_value(part) for part in line.chunks[1:]) and not _years(line)


_PLACEHOLDER = re.compile(r"^(?:[-–—−.]|I\.?U\.?|i\.?u\.?|\*|x|e/t)$")


def _value(part: Chunk) -> bool:
    return is_number(part.text) or _PLACEHOLDER.match(part.text) is not None


def _regions(
    lines: Sequence[Line], across: Sequence[Stroke], fills: Sequence[Fill]
) -> list[_Region]:
    """Runs of lines that line up as tables, each with its head."""
    regions: list[_Region] = []
    index = 0
    floor = 0  # lines before this one are taken
    while index < len(lines):
        if not _body(lines[index]):
            index += 1
            continue
        end = _run(lines, index, across, fills)
        start = _head(lines, index, floor, lines[index : end + 1], across, fills)
        run = [
            line
            for line in lines[start : end + 1]
            if line.size <= 1.1 * lines[index].size or not _beside(line, lines[index])
        ]
        regions.append(_Region(tuple(run), _head_lines(run, across, fills)))
        floor = end + 1
        index = end + 1
    return regions


def _head_lines(run: Sequence[Line], across: Sequence[Stroke], fills: Sequence[Fill]) -> int:
    """How many of a run's first lines are its head: those that have words over the numbers, and
    a label that shares the head's ground. Lone labels under the head are headings of rows."""
    first = next((i for i, line in enumerate(run) if _body(line)), len(run))
    held = [span for line in run if _body(line) for span in _numbers(line)]
    left = min(x0 for x0, _ in held)
    over = [i for i in range(first) if any(part.x1 > left for part in run[i].chunks)]
    head = over[-1] + 1 if over else 0
    while 0 < head < first and (
        run[head].base - run[head - 1].base < 0.9 * run[head].size
        or _same_ground(run[head - 1], run[head], fills)
        or _same_band(run[head - 1], run[head], run[head + 1], across)
    ):
        head += 1
    return head


def _same_band(above: Line, line: Line, below: Line, across: Sequence[Stroke]) -> bool:
    """Whether a rule closes the head under ``line``, and none parts it from ``above``."""

    def between(upper: Line, lower: Line) -> bool:
        return any(
            upper.base < rule.top < lower.base and rule.x0 <= line.x0 + 2 and rule.x1 >= line.x1
            for rule in across
        )

    near = line.base - above.base <= grid.LEADING * line.size
    return near and not between(above, line) and between(line, below)


def _same_ground(above: Line, below: Line, fills: Sequence[Fill]) -> bool:
    return any(
        fill.top <= above.top + 2
        and below.bottom - 2 <= fill.bottom
        and fill.x0 - 2 <= below.x0
        and fill.x1 >= below.x0
        for fill in fills
    )


def _years(line: Line) -> bool:
    """A line of column heads: every number on it is a year or a month."""
    numbers = [part for part in line.chunks if is_number(part.text)]
    return (
        bool(numbers)
        and all(YEAR.match(part.text) for part in numbers)
        and (len(numbers) > 1 or not is_number(line.chunks[0].text))
    )


def _numbers(line: Line) -> list[tuple[float, float]]:
    return [(part.x0, part.x1) for part in line.chunks[1:] if _value(part)]


def _aligned(held: Sequence[tuple[float, float]], line: Line) -> bool:
    mine = _numbers(line)
    hits = sum(1 for x0, x1 in mine if any(min(x1, b) - max(x0, a) > 0 for a, b in held))
    return hits * 2 >= len(mine)


def _run(lines: Sequence[Line], start: int, across: Sequence[Stroke], fills: Sequence[Fill]) -> int:
    """The last line of the table whose first line of numbers is ``start``."""
    held = list(_numbers(lines[start]))
    last = start
    above = lines[start]
    size = above.size
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _beside(line, above) and line.size > 1.1 * size:
            continue
        gap = line.top - above.bottom
        bridged = _bridged(above, line, across, fills)
        if line.size > 1.25 * size or gap > (6.0 if bridged else 2.6) * size:
            break
        if _years(line) and len(_numbers(line)) >= 2:
            break  # a new head: another table
        if _body(line):
            if not _aligned(held, line):
                break
            held += _numbers(line)
            last = index
        elif _prose(line, held, size) and not bridged:
            break
        elif len(line.chunks) >= 2 and not _inside(line, across, fills):
            if index - last > 2:
                break
        elif _wrapped(above, line, size) and index - 1 == last:
            last = index
        above = line
    return last


def _beside(line: Line, other: Line) -> bool:
    """A line of other text, wholly left or right."""
    return line.x1 < other.x0 - other.size or line.x0 > other.x1 + other.size


def _wrapped(above: Line, line: Line, size: float) -> bool:
    """A label's last line, under the last row of numbers."""
    return (
        len(line.chunks) == 1
        and line.base - above.base <= grid.LEADING * size
        and abs(line.x0 - above.x0) < 2 * size
        and (line.text[:1].islower() or line.text[:1] == "(")
        and abs(line.size - size) < 0.1 * size
        and len(line.text) < PROSE
    )


def _prose(line: Line, held: Sequence[tuple[float, float]], size: float) -> bool:
    """Running text: a chunk that goes on under the numbers as if they were not there."""
    first = min(x0 for x0, _ in held)
    longest = max(line.chunks, key=lambda part: len(part.text))
    return len(longest.text) > PROSE and longest.x1 > first + 2 * size


def _inside(line: Line, across: Sequence[Stroke], fills: Sequence[Fill]) -> bool:
    middle = (line.top + line.bottom) / 2
    return any(
        fill.top <= middle <= fill.bottom and fill.x0 - 2 <= line.x0 and line.x1 <= fill.x1 + 2
        for fill in fills
    )


def _bridged(above: Line, below: Line, across: Sequence[Stroke], fills: Sequence[Fill]) -> bool:
    """Whether shading or a rule runs on in the gap between two lines."""
    top, bottom = above.bottom - 1, below.top + 1
    x0, x1 = min(above.x0, below.x0), max(above.x1, below.x1)
    drawn = [(fill.x0, fill.x1) for fill in fills if fill.top < bottom and fill.bottom > top]
    drawn += [(rule.x0, rule.x1) for rule in across if top <= rule.top <= bottom]
    covered = sum(max(0.0, min(b, x1) - max(a, x0)) for a, b in drawn)
    return covered > 0.5 * (x1 - x0)


def _head(
    lines: Sequence[Line],
    first: int,
    floor: int,
    body: Sequence[Line],
    across: Sequence[Stroke],
    fills: Sequence[Fill],
) -> int:
    """The first line of the head over the body that begins at ``first``."""
    held = [span for line in body if _body(line) for span in _numbers(line)]
    left = min(x0 for x0, _ in held)
    size = lines[first].size
    start = below = first
    for index in range(first - 1, floor - 1, -1):
        line = lines[index]
        if _beside(line, lines[first]) and line.size > 1.1 * size:
            continue
        gap = lines[below].base - line.base
        bridged = _bridged(line, lines[below], across, fills)
        over = [part for part in line.chunks if part.x1 > left]
        larger = 1.3 if len(over) > 1 else 1.2
        if line.size > larger * size or gap > (5.0 if bridged else 2.4) * size:
            break
        if LEADER.search(line.text) or any(len(part.text) > PROSE for part in line.chunks):
            break
        below = index
        crosses = len(line.chunks) == 1 and line.chunks[0].x0 < left
        if over and (not crosses or _inside(line, across, fills)):
            start = index
        elif first - index > LONE_LABELS:
            break
    return start if start < first else _headings_above(lines, first, floor, across, fills)


def _headings_above(
    lines: Sequence[Line],
    first: int,
    floor: int,
    across: Sequence[Stroke],
    fills: Sequence[Fill],
) -> int:
    """The first of the lone labels above a headless body that rules or shading tie to it."""
    start = first
    for index in range(first - 1, floor - 1, -1):
        line, below = lines[index], lines[start]
        tied = _bridged(line, below, across, fills) and below.base - line.base <= 2.4 * line.size
        if not tied or len(line.text) > PROSE or line.size > 1.1 * lines[first].size:
            break
        start = index
    return start


def _from_region(
    region: _Region,
    across: Sequence[Stroke],
    down: Sequence[Stroke],
    fills: Sequence[Fill],
) -> Found | None:
    body = [line for line in region.lines[region.header :] if _body(line)]
    if not body:
        return None
    x0 = min(line.x0 for line in region.lines)
    x1 = max(line.x1 for line in region.lines)
    top, bottom = region.lines[0].top, region.lines[-1].bottom
    rules = [v.x0 for v in down if v.top < bottom and v.bottom > top and x0 < v.x0 < x1]
    cols = grid.columns(region.lines[region.header :], rules)
    if not _tabular(region, body, cols):
        return None
    seps = ruling.separators(across, fills, x0, x1)
    grounds = _grounds(region, across, fills)
    pieces = grid.compact(grid.open_rows(region.lines, cols, seps, region.header, grounds))
    header = header_rows(pieces, region.header > 0)
    box = _box([part for line in region.lines for part in line.chunks])
    return Found(tuple(pieces), header, box, cols.spans, _confidence(pieces, cols))


def _grounds(region: _Region, across: Sequence[Stroke], fills: Sequence[Fill]) -> list[grid.Ground]:
    """What single cells of the head stand on: shaded boxes, and the space over short rules."""
    x0 = min(line.x0 for line in region.lines)
    wide = max(line.x1 for line in region.lines) - x0
    size = region.lines[0].size
    found = [(fill.x0, fill.top, fill.x1, fill.bottom) for fill in fills]
    found += [(rule.x0, rule.top - 1.6 * size, rule.x1, rule.top) for rule in across]
    return [ground for ground in found if ground[2] - ground[0] < 0.8 * wide]


def _tabular(region: _Region, body: Sequence[Line], cols: Columns) -> bool:
    """Enough numbers under each other to be a table, and not a contents page or a chart's axis."""
    numeric = sum(cols.numeric)
    if len(cols.spans) < 2 or numeric < 1:
        return False
    labelled = sum(1 for line in body if any(c.isalpha() for c in line.chunks[0].text))
    if len(body) < 2:
        return region.header > 0 and numeric >= 2 and labelled == 1
    if numeric == 1 and region.header == 0:
        return False
    years = sum(1 for line in body if YEAR.match(line.chunks[0].text))
    if max(labelled, years) * 2 >= len(body):
        return True
    regular = len({len(line.chunks) for line in body}) == 1
    head = max((len(line.chunks) for line in region.lines[: region.header]), default=0)
    return len(body) >= 3 and regular and head >= len(cols.spans) - 1


def _confidence(pieces: Sequence[Piece], cols: Columns) -> float:
    """The share of cells under columns of numbers that hold one number or a placeholder."""
    body = [piece for piece in pieces if cols.numeric[min(piece.column, len(cols.numeric) - 1)]]
    if not body:
        return 0.5
    clean = sum(1 for piece in body if piece.columns == 1 and len(piece.chunks) == 1)
    return round(0.5 + 0.45 * clean / len(body), 2)


def header_rows(pieces: Sequence[Piece], headed: bool) -> int:
    """How many rows stand above the first row that holds a number (a year is none)."""
    last = max(piece.row for piece in pieces)
    for row in range(last + 1):
        held = [piece for piece in pieces if piece.row == row]
        data = [
            piece
            for piece in held
            if piece.column > 0 and piece.numeric and not YEAR.match(piece.text)
        ]
        if data:
            return row
        filled = {piece.column for piece in held}
        if row > 0 and filled == {0}:
            return row
    return 1 if headed else 0

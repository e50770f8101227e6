"""Where the tables of a page are, and what stands in their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.extract import grid, ruling
from audit.extract.cells import cells
from audit.extract.chunks import Line, bounds, is_number
from audit.extract.columns import Columns, columns
from audit.extract.drawing import Stroke
from audit.extract.head import Ground
from audit.extract.lists import leads_to_pages
from audit.extract.pdfium import Sheet
from audit.extract.pieces import LEADING, YEAR, Piece, compact
from audit.extract.regions import Region, is_axis, is_body, is_value, regions
from audit.extract.worded import worded
from audit.extract.zones import zones
from audit.model import Cell

READER = "pdfium"
LEVEL = 6.0  # points by which tables beside each other may begin apart
SLANTS = 3  # lines aslant make a chart; one or two may strike out a cell
FEWEST_BARS = 3  # numbers on them
AXIS_BELOW = 4.0  # ems; a chart's axis runs at most this far below its last numbers


@dataclass(frozen=True, slots=True)
class Found:
    """A table on one page before it has a name. ``spans`` are its columns from left to right,
    ``marks`` the footnote marks that stand in it."""

    reader: str
    cells: tuple[Cell, ...]
    header_rows: int
    box: tuple[float, float, float, float]
    spans: tuple[tuple[float, float], ...]
    marks: frozenset[str]
    confidence: float

    @classmethod
    def of(
        cls,
        pieces: Sequence[Piece],
        sheet: Sheet,
        header: int,
        spans: Sequence[tuple[float, float]],
        confidence: float,
    ) -> Found:
        parts = [part for piece in pieces for part in piece.chunks]
        made = cells(pieces, sheet.frame.number, header)
        pictured = sheet.engine and any(cell.trust < 1 for cell in made)
        return cls(
            sheet.engine if pictured else READER,
            made,
            header,
            bounds(parts),
            tuple(spans),
            frozenset(part.mark for part in parts if part.mark),
            confidence,
        )


def tables(sheet: Sheet, lines: Sequence[Line]) -> tuple[list[Found], list[list[Line]]]:
    """The tables of a page from the top, and the lines that stand in none: zones in the order of
    reading, each from the top."""
    across = ruling.horizontals(sheet.horizontals)
    fills = ruling.shading(sheet.fills, sheet.frame.width, sheet.frame.height)
    drawn = ruling.Drawn.of(across, fills)
    standing = ruling.verticals(sheet.verticals)
    down = ruling.verticals([*sheet.verticals, *ruling.shared_edges(fills)])
    found: list[Found] = []
    rest = list(lines)
    for lattice in ruling.lattices(across, down):
        if _is_chart(lattice.box, sheet, ()):
            continue
        inside, outside = _held(lattice.box, rest)
        whole = _completed(lattice, inside, standing)
        table = _from_lattice(whole, inside, sheet) if whole else None
        if table is not None:
            found.append(table)
            rest = outside
    left_over: list[list[Line]] = []
    for zone in zones(rest, drawn):
        taken: set[int] = set()
        axes = [line for line in zone if is_axis(line)]
        for region in regions(zone, drawn):
            table = _from_region(region, drawn, down, sheet)
            if table is not None and not _is_chart(table.box, sheet, axes):
                found.append(table)
                taken.update(id(line) for line in region.lines)
        free = [line for line in zone if id(line) not in taken]
        for pieces, there in worded(free, drawn):
            if not leads_to_pages(pieces, 0):
                found.append(_from_words(pieces, sheet))
                taken.update(map(id, there))
        left_over.append([line for line in free if id(line) not in taken])
    return _in_order(found), left_over


def _in_order(found: Sequence[Found]) -> list[Found]:
    """From the top, and what begins at one height from the left."""
    ordered: list[Found] = []
    height = 0.0
    level: list[Found] = []
    for table in sorted(found, key=lambda table: table.box[1]):
        if table.box[1] - height > LEVEL:
            ordered += sorted(level, key=lambda table: table.box[0])
            level, height = [], table.box[1]
        level.append(table)
    return ordered + sorted(level, key=lambda table: table.box[0])


def _is_chart(box: tuple[float, float, float, float], sheet: Sheet, axes: Sequence[Line]) -> bool:
    """Whether lines run aslant in what looks like a table, or an axis runs along its foot."""
    x0, top, x1, bottom = box
    aslant = sum(1 for a, b, c, d in sheet.slants if a < x1 and c > x0 and b < bottom and d > top)
    return aslant >= SLANTS or any(
        top < axis.base < bottom + AXIS_BELOW * axis.size and axis.x0 < x1 and axis.x1 > x0
        for axis in axes
    )


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
        inside.append(Line.of(within))
        beyond = [part for part in line.chunks if part not in within]
        if beyond:
            outside.append(Line.of(beyond))
    return inside, outside


def _from_lattice(lattice: ruling.Lattice, lines: Sequence[Line], sheet: Sheet) -> Found | None:
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
    header = header_rows(pieces, True)
    if leads_to_pages(pieces, header):
        return None
    filled = len(pieces) / (rows * wide)
    spans = list(pairwise(lattice.xs))
    return Found.of(pieces, sheet, header, spans, round(min(1.0, 0.9 + filled / 10), 2))


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


def _from_region(
    region: Region,
    drawn: ruling.Drawn,
    down: Sequence[Stroke],
    sheet: Sheet,
) -> Found | None:
    body = [line for line in region.lines[region.header :] if is_body(line)]
    if not body:
        return None
    x0 = min(line.x0 for line in region.lines)
    x1 = max(line.x1 for line in region.lines)
    top, bottom = region.lines[0].top, region.lines[-1].bottom
    rules = [v.x0 for v in down if v.top < bottom and v.bottom > top and x0 < v.x0 < x1]
    cols = columns(region.lines[region.header :], rules, region.lines[: region.header])
    seps = ruling.separators(drawn.rules(top, bottom), drawn.grounds(top, bottom), x0, x1)
    if not _tabular(region, body, cols, seps) or _on_bars(body, cols, drawn):
        return None
    grounds = _grounds(region, drawn)
    pieces = compact(grid.open_rows(region.lines, cols, seps, region.header, grounds))
    header = header_rows(pieces, region.header > 0)
    if leads_to_pages(pieces, header):
        return None
    return Found.of(pieces, sheet, header, cols.spans, _confidence(pieces, cols))


def _from_words(pieces: Sequence[Piece], sheet: Sheet) -> Found:
    wide = 1 + max(piece.column for piece in pieces)
    held = [
        [part for p in pieces if p.column == column for part in p.chunks] for column in range(wide)
    ]
    spans = [(min(part.x0 for part in parts), max(part.x1 for part in parts)) for parts in held]
    filled = len(pieces) / (wide * (1 + max(piece.row for piece in pieces)))
    return Found.of(pieces, sheet, 1, spans, round(0.5 + 0.45 * filled, 2))


def _grounds(region: Region, drawn: ruling.Drawn) -> list[Ground]:
    """What single cells of the head stand on: shaded boxes, and the space over short rules."""
    head = region.lines[: region.header]
    if not head:
        return []
    wide = max(line.x1 for line in region.lines) - min(line.x0 for line in region.lines)
    size = head[0].size
    top, bottom = head[0].top - size, head[-1].bottom + size
    found = [(fill.x0, fill.top, fill.x1, fill.bottom) for fill in drawn.grounds(top, bottom)]
    over = drawn.rules(top, bottom)
    found += [(rule.x0, rule.top - 1.6 * size, rule.x1, rule.top) for rule in over]
    return sorted(ground for ground in found if ground[2] - ground[0] < 0.8 * wide)


def _tabular(region: Region, body: Sequence[Line], cols: Columns, seps: Sequence[float]) -> bool:
    """Enough numbers under each other to be a table, and not a chart's axis. ``seps`` are the
    heights at which rules or shading part lines."""
    years = sum(1 for line in body if YEAR.match(line.chunks[0].text))
    named = cols.numeric[0] and years == len(body)  # by a year each row
    numeric = sum(cols.numeric) - named or _columns_without(body, cols)
    if len(cols.spans) < 2 or numeric < 1:
        return False
    labelled = sum(1 for line in body if _labelled(line, region.lines))
    if len(body) < 2:
        return region.header > 0 and numeric >= 2 and labelled == 1
    if numeric == 1 and region.header == 0 and not _parted(body, seps):
        return False
    if region.header == 0 and sum(_number_count(line) for line in body) <= numeric:
        return False
    if max(labelled, years) * 2 >= len(body):
        return True
    regular = len({len(line.chunks) for line in body}) == 1
    head = max((len(line.chunks) for line in region.lines[: region.header]), default=0)
    return len(body) >= 3 and regular and head >= len(cols.spans) - 1


def _on_bars(body: Sequence[Line], cols: Columns, drawn: ruling.Drawn) -> bool:
    """Whether the numbers stand on areas of their own that begin and end anywhere: the bars of a
    chart. The grounds of a table's cells line up."""
    numbers = [part for line in body for part in line.chunks if is_number(part.text)]
    bars = []
    for part in numbers:
        grounds = drawn.grounds(part.top, part.bottom)
        under = [fill for fill in grounds if fill.x0 <= part.centre <= fill.x1]
        if under:
            bars.append(min(under, key=lambda fill: fill.x1 - fill.x0))
    places = {(round(bar.x0), round(bar.x1)) for bar in bars}
    several = len(bars) >= FEWEST_BARS and len(bars) * 2 >= len(numbers)
    colours = {bar.colour for bar in bars}
    return (
        several and len(colours) > 1 and len(places) > max(0.7 * len(bars), sum(cols.numeric) / 2)
    )


def _columns_without(body: Sequence[Line], cols: Columns) -> int:
    """How many columns hold in every row what is printed where there is no number ("I.U.")."""
    held = Counter(cols.at(part) for line in body for part in line.chunks[1:] if is_value(part))
    return sum(1 for count in held.values() if count == len(body))


def _parted(body: Sequence[Line], seps: Sequence[float]) -> bool:
    """Whether each row of numbers stands between rules or on shading of its own."""
    bands = {bisect_right(seps, (line.top + line.bottom) / 2) for line in body}
    return len(body) >= 3 and len(bands) == len(body)


def _number_count(line: Line) -> int:
    return sum(1 for part in line.chunks[1:] if is_value(part))


def _labelled(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line of numbers begins with words, or stands amid those of a label."""
    if any(c.isalpha() for c in line.chunks[0].text):
        return True
    reach = LEADING * line.size
    first = bisect_right(lines, line.base - reach, key=lambda other: other.base)
    beyond = bisect_left(lines, line.base + reach, key=lambda other: other.base)
    return any(
        len(other.chunks) == 1 and other.x1 < line.x0 and any(c.isalpha() for c in other.text)
        for other in lines[first:beyond]
    )


def _confidence(pieces: Sequence[Piece], cols: Columns) -> float:
    """The share of cells under columns of numbers that hold one number or a placeholder."""
    body = [piece for piece in pieces if cols.numeric[min(piece.column, len(cols.numeric) - 1)]]
    if not body:
        return 0.5
    clean = sum(1 for piece in body if piece.columns == 1 and len(piece.chunks) == 1)
    return round(0.5 + 0.45 * clean / len(body), 2)


def header_rows(pieces: Sequence[Piece], headed: bool) -> int:
    """How many rows stand above the first row that holds a number (a year is none), nothing but
    what stands in place of numbers, or only the labels of what follows."""
    last = max(piece.row for piece in pieces)
    values = min((piece.column for piece in pieces if _counts(piece)), default=1)
    headed_so_far = False
    for row in range(last + 1):
        data = [p for p in pieces if p.row == row and p.column > 0 and not YEAR.match(p.text)]
        over = any(
            piece.row <= row < piece.row + piece.rows and piece.column + piece.columns > values
            for piece in pieces
        )
        if any(piece.numeric for piece in data) or (data and all(map(is_value, data))):
            return row if headed_so_far else 0
        if headed_so_far and not over:
            return row
        headed_so_far = headed_so_far or over
    return 1 if headed else 0


def _counts(piece: Piece) -> bool:
    return piece.column > 0 and piece.numeric and not YEAR.match(piece.text)

"""A table laid out on its grid, for outputs that have cells of their own: each place filled once,
with what stands there and what part it plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from audit.model import AuditedReport, Cell, Fate, Figure, Grid, Table

LONGEST_PLACEHOLDER = 6  # letters of what stands where a number is missing


class Part(StrEnum):
    """What a cell is in its table."""

    HEADER = "header"
    LABEL = "label"
    NUMBER = "number"
    TEXT = "text"  # words where a number could stand: "I.U.", "Pågår", "-"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the grid. ``rows`` and ``columns`` are the cell's spans, cut where they would
    cover another cell; ``cell`` is None where nothing stands, ``figure`` where no number does.
    ``level`` counts the indents of a label; ``fate`` is what the figure is marked with."""

    row: int
    column: int
    part: Part
    cell: Cell | None = None
    figure: Figure | None = None
    rows: int = 1
    columns: int = 1
    level: int = 0
    fate: Fate | None = None

    @property
    def worded(self) -> bool:
        """Whether it holds words, rather than a number or what stands in its place."""
        said = self.cell.text if self.cell else ""
        return self.part is not Part.NUMBER and len(said) > LONGEST_PLACEHOLDER


@dataclass(frozen=True, slots=True)
class Spread:
    """``rows`` holds the spots of each row from the left, without those that a span covers. The
    first ``head`` rows are header rows; the first ``labels`` columns name the rows, and most of
    what stands in ``numeric`` columns is numbers."""

    rows: tuple[tuple[Spot, ...], ...]
    head: int
    labels: int
    width: int
    numeric: frozenset[int]

    def at_right(self, spot: Spot) -> bool:
        """Whether the spot is set against the right side, as numbers, what stands for them and
        what stands over them are."""
        return spot.columns == 1 and (spot.part is Part.NUMBER or spot.column in self.numeric)


def spread(table: Table, grid: Grid | None, fates: Mapping[tuple[str, int, int], Fate]) -> Spread:
    """``table`` on its grid, with what ``grid`` knows of its rows and numbers, and what became of
    the numbers that ``fates`` has by (table, row, column)."""
    height = 1 + max((cell.row for cell in table.cells), default=-1)
    width = 1 + max((cell.column + cell.columns - 1 for cell in table.cells), default=-1)
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    levels = {row.index: row.level for row in grid.rows} if grid else {}
    head, labels = _head(table, height), label_columns(grid)
    taken: set[tuple[int, int]] = set()
    rows = []
    for row in range(height):
        spots = []
        for column in range(width):
            if (row, column) in taken:
                continue
            cell = cells.get((row, column))
            if cell is None:
                spots.append(Spot(row, column, Part.HEADER if row < head else Part.TEXT))
                continue
            end = head if row < head else height  # no span leaves the head: HTML has it apart
            down, right = _spans(cell, cells, taken, end)
            taken |= {(row + i, column + j) for i in range(down) for j in range(right)}
            kind = part(cell, grid)
            named = kind is Part.LABEL and column == labels - 1
            level = levels.get(row, 0) if named else 0
            figure = grid.figures.get((row, column)) if grid else None
            fate = fates.get((table.id, row, column))
            spots.append(Spot(row, column, kind, cell, figure, down, right, level, fate))
        rows.append(tuple(spots))
    return Spread(tuple(rows), head, labels, width, _numeric(rows))


def part(cell: Cell, grid: Grid | None) -> Part:
    """What ``cell`` is in its table."""
    if cell.header:
        return Part.HEADER
    if grid is None:
        return Part.LABEL if cell.column == 0 else Part.TEXT
    if (cell.row, cell.column) in grid.figures:
        return Part.NUMBER
    return Part.LABEL if cell.column < label_columns(grid) else Part.TEXT


def share(audited: AuditedReport, table: Table) -> Decimal:
    """How surely ``table`` was read (0-1)."""
    found = audited.confidence.get(table.id)
    return found.share if found else Decimal(str(round(table.confidence, 2)))


def grids(audited: AuditedReport) -> Mapping[str, Grid]:
    """The report's grids by the id of their table."""
    return {grid.table.id: grid for grid in audited.report.grids} if audited.report else {}


def tables(audited: AuditedReport) -> Sequence[Table]:
    """The report's tables; none of a report that could not be read."""
    return audited.report.document.tables if audited.report else ()


def _numeric(rows: Sequence[Sequence[Spot]]) -> frozenset[int]:
    """The columns in which more cells hold numbers than words; "I.U." and "-" are neither."""
    balance: dict[int, int] = {}
    for spot in (spot for row in rows for spot in row):
        if spot.cell and spot.columns == 1 and spot.part in {Part.NUMBER, Part.TEXT}:
            weight = 1 if spot.part is Part.NUMBER else -1 if spot.worded else 0
            balance[spot.column] = balance.get(spot.column, 0) + weight
    return frozenset(column for column, more in balance.items() if more > 0)


def _head(table: Table, height: int) -> int:
    """The rows from the top that hold header cells and no others."""
    body = [cell.row for cell in table.cells if not cell.header]
    return min(body, default=height)


def label_columns(grid: Grid | None) -> int:
    """How many columns stand before the first that holds values; one where none does."""
    return min((column.index for column in grid.columns), default=1) if grid else 1


def _spans(
    cell: Cell,
    cells: Mapping[tuple[int, int], Cell],
    taken: set[tuple[int, int]],
    end: int,
) -> tuple[int, int]:
    """The cell's spans as far as they cover nothing else and end before row ``end``."""

    def free(row: int, column: int) -> bool:
        return (row, column) not in cells and (row, column) not in taken

    columns = 1
    while columns < cell.columns and free(cell.row, cell.column + columns):
        columns += 1
    across = range(cell.column, cell.column + columns)
    rows = 1
    while (
        rows < cell.rows
        and cell.row + rows < end
        and all(free(cell.row + rows, column) for column in across)
    ):
        rows += 1
    return rows, columns

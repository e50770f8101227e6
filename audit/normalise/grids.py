"""Tables to grids: which columns hold what, and every number with its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.model import (
    Amount,
    Cell,
    Column,
    Figure,
    Grid,
    Measure,
    Period,
    Row,
    Table,
    Unit,
    UnitKind,
)
from audit.normalise import units
from audit.normalise.concepts import statement, with_concepts
from audit.normalise.headers import columns, headers, label_columns, measure
from audit.normalise.numbers import Printed, decimal_mark, parse
from audit.normalise.rows import is_part, rows
from audit.normalise.years import by_time


def grid(table: Table, report: Period | None, default: Unit | None, general: str) -> Grid:
    """``table`` understood, in a report on the period ``report`` whose amounts are in
    ``default`` and whose decimals follow the mark ``general`` where nothing nearer says so."""
    body = [cell for cell in table.cells if not cell.header]
    mark = decimal_mark(cell.text for cell in body) or general
    numbers = [(cell, parse(cell.text, mark)) for cell in body]
    over = headers(table)
    labels = label_columns(_numeric_columns(over, numbers))
    found = columns(table, over, report, labels)
    filled = frozenset(cell.row for cell in body if cell.column not in labels)
    unit = _table_unit(table) or default or units.UNKNOWN
    labelled = {row.index: row for row in rows(table, labels, filled)}
    lines, found = by_time(labelled, found, report)
    by_index = {column.index: column for column in found}
    in_rows = _row_units(lines.values())
    figures: dict[tuple[int, int], Figure] = {}
    texts: dict[tuple[int, int], str] = {}
    minus = _brackets_are_minus([number for _, number in numbers if number])
    for cell, number in numbers:
        column = by_index.get(cell.column)
        if column is None:
            continue
        printed = _printed(number, column, minus)
        if printed is None:
            texts[cell.row, cell.column] = cell.text
        else:
            row = lines[cell.row]
            own = _unit(printed, in_rows.get(cell.row), column, unit)
            figures[cell.row, cell.column] = _figure(table, cell, row, column, printed, own)
    meant = with_concepts(tuple(lines.values()), table.title, {row for row, _ in figures})
    return Grid(table, unit, found, meant, figures, texts, statement(table.title, meant))


def _numeric_columns(
    over: Mapping[int, str], numbers: Sequence[tuple[Cell, Printed | None]]
) -> frozenset[int]:
    """The columns under the head in which most of what stands is a number."""
    notes = {index for index, header in over.items() if measure(header) is Measure.NOTE}
    held: dict[int, list[bool]] = {}
    for cell, number in numbers:
        if any(c.isalnum() for c in cell.text):
            held.setdefault(cell.column, []).append(number is not None)
    most = {index for index, numbers in held.items() if sum(numbers) * 2 >= len(numbers)}
    return frozenset(most | notes)


def _table_unit(table: Table) -> Unit | None:
    """The unit said for the whole table, money before shares and counts."""
    corner = " ".join(cell.text for cell in table.cells if cell.header and cell.column == 0)
    for words in (table.unit, corner, table.title):
        if found := units.money(words):
            return found
    return units.unit(corner)


def _brackets_are_minus(numbers: Sequence[Printed]) -> bool:
    """Parentheses mean minus in a table that has no minus of its own."""
    return any(printed.bracketed for printed in numbers) and not any(
        printed.value < 0 for printed in numbers
    )


def _printed(printed: Printed | None, column: Column, minus: bool) -> Printed | None:
    if column.measure is Measure.NOTE:
        return None
    if printed is None or not printed.bracketed:
        return printed
    if not minus:
        return None  # a figure in brackets beside the others: an earlier one, or a remark
    return Printed(-printed.value, printed.step, printed.unit, printed.qualifier, True)


def _figure(
    table: Table, cell: Cell, row: Row, column: Column, printed: Printed, unit: Unit
) -> Figure:
    return Figure(
        amount=Amount(
            printed.value.scaleb(unit.exponent), printed.step.scaleb(unit.exponent), unit
        ),
        label=row.label,
        path=row.path,
        measure=column.measure or row.measure,
        period=column.period or row.period,
        aspect=row.aspect or column.aspect,
        qualifier=printed.qualifier,
        source=cell,
        table=table.id,
        row=cell.row,
        column=cell.column,
        header=column.header,
    )


def _row_units(rows: Iterable[Row]) -> dict[int, Unit]:
    """The units that labels name; of-which rows, women and men have that of what they divide."""
    found: dict[int, Unit] = {}
    above: Unit | None = None
    for row in rows:
        own = units.unit(row.label)
        above = own or (above if is_part(row) else None)
        if above:
            found[row.index] = above
    return found


def _unit(printed: Printed, in_row: Unit | None, column: Column, unit: Unit) -> Unit:
    """The unit said nearest to the number: in its cell, its row, its column, its table."""
    if printed.unit and (own := units.unit(printed.unit)):
        return own
    if in_row and (in_row.kind is not UnitKind.MONEY or unit.kind is not UnitKind.MONEY):
        return in_row
    return column.unit or in_row or unit

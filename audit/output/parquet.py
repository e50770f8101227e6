"""Tables as Parquet, in long form: one row for each cell of a table's body that is no row label.

The columns are those of ``report.figures()`` with the report's path before them; what is printed
and no number ("I.U.", "Pågår") has a row too, with no value. ``coverage`` says what became of a
number, ``rules`` by which rules.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.model import AuditedReport, Cell, Column, Figure, Grid, Row
from audit.output.plain import clean

if TYPE_CHECKING:
    import pyarrow as pa

DIGITS = 38  # that a Parquet decimal has, and every reader knows
DECIMALS = 18  # of them, at most, after the decimal mark


def tables_parquet(audits: Iterable[AuditedReport]) -> bytes:
    """The file. ``value`` is a decimal with as many decimals as the number that has most, null
    where a cell holds no number, or one with more than 20 digits before the mark or 18 after it;
    ``text`` is as printed.

    Raises ImportError where pyarrow is not installed.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra
    from pyarrow.parquet import write_table  # noqa: PLC0415

    rows = list(_rows(audits))
    values = (row["value"] for row in rows)
    scale = max((_decimals(value) for value in values if value is not None), default=0)
    out = io.BytesIO()
    write_table(pa.Table.from_pylist(rows, schema=_schema(scale)), out)
    return out.getvalue()


def _schema(scale: int) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra

    words, count, length, day = pa.string(), pa.int32(), pa.float64(), pa.date32()
    return pa.schema(
        {
            "report": words, "table": words, "title": words, "page": count,
            "x0": length, "top": length, "x1": length, "bottom": length,
            "row": count, "column": count, "label": words, "path": words, "header": words,
            "measure": words, "period_start": day, "period_end": day, "aspect": words,
            "unit": words, "value": pa.decimal128(DIGITS, scale), "qualifier": words,
            "text": words, "mark": words, "coverage": words, "rules": words,
        }.items()
    )  # fmt: skip


def _rows(audits: Iterable[AuditedReport]) -> Iterator[dict[str, Any]]:
    for audited in audits:
        for grid in audited.report.grids if audited.report else ():
            columns = {column.index: column for column in grid.columns}
            rows = {row.index: row for row in grid.rows}
            for cell in grid.table.cells:
                if not cell.header and cell.column in columns and cell.row in rows:
                    yield _row(audited, grid, cell, rows[cell.row], columns[cell.column])


def _row(
    audited: AuditedReport, grid: Grid, cell: Cell, row: Row, column: Column
) -> dict[str, Any]:
    fate = audited.fates.get((grid.table.id, cell.row, cell.column))
    figure = grid.figures.get((cell.row, cell.column))
    period = figure.period if figure else column.period
    measure = figure.measure if figure else column.measure
    aspect = figure.aspect if figure else row.aspect or column.aspect
    return {
        "report": clean(audited.path),
        "table": grid.table.id,
        "title": clean(grid.table.title),
        "page": cell.box.page,
        "x0": cell.box.x0,
        "top": cell.box.top,
        "x1": cell.box.x1,
        "bottom": cell.box.bottom,
        "row": cell.row,
        "column": cell.column,
        "label": clean(row.label),
        "path": " / ".join(map(clean, row.path)),
        "header": clean(column.header),
        "measure": measure.value if measure else None,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "aspect": aspect.value if aspect else None,
        "unit": figure.amount.unit.symbol if figure else None,
        "value": _value(figure) if figure else None,
        "qualifier": figure.qualifier if figure else None,
        "text": clean(cell.text),
        "mark": clean(cell.mark) or None,
        "coverage": fate.tested.value if fate else None,
        "rules": " ".join(fate.rules) if fate else None,
    }


def _value(figure: Figure) -> Decimal | None:
    """The number in the unit printed, where the file's column can hold it."""
    value = figure.amount.printed
    fits = _decimals(value) <= DECIMALS and value.adjusted() < DIGITS - DECIMALS
    return value if fits else None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0

"""``duplicate-rows``, ``changing-unit`` and ``decimals-of-total``: how a table is set out.

No settings, any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.language import message
from audit.model import Figure, Grid, Observation, Report, Role, Row, Rule, UnitKind

TWICE = message("The row {row} stands twice with the same figures.")
OTHER_UNIT = message("The table is in {unit}, but {row} is in {other}.")
OTHER_DECIMALS = message("{row} has {total} decimals in the column {column}, its parts {parts}.")
FEWEST = 2  # figures that two rows share before they are one row twice; parts that tell decimals
SMALLEST_UNIT = 3  # an amount in kronor stands beside thousands for what it is of: per head


def duplicate_rows(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name rows that stand twice, one right below the other: the same words under the same
    heading, the same figures. Further apart they belong to different blocks."""
    for grid in report.grids:
        for above, row in pairwise(grid.rows):
            there = [f for f in _figures(grid, row) if f.amount.value]
            if row.role is not Role.ITEM or len(there) < FEWEST or _pictured(there):
                continue
            worded = any(letter.isalpha() for letter in row.label)
            if worded and _looks(grid, above) == _looks(grid, row):
                yield _observation(rule, TWICE, grid, there, row, row=row.label)


def _looks(grid: Grid, row: Row) -> tuple[object, ...]:
    """All that is printed of a row, and how."""
    figures = tuple((f.column, f.amount.value) for f in _figures(grid, row))
    texts = tuple(text for place, text in grid.texts.items() if place[0] == row.index)
    return (row.role, row.path, row.label, row.level, row.bold, row.italic, texts, figures)


def changing_unit(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name rows of money in another unit than their table says for itself."""
    for grid in report.grids:
        if grid.unit.kind is not UnitKind.MONEY or grid.unit.exponent < SMALLEST_UNIT:
            continue
        headed = {column.index for column in grid.columns if column.unit}
        for row in grid.rows:
            other = [
                figure
                for figure in _figures(grid, row)
                if figure.column not in headed
                and figure.amount.unit.kind is UnitKind.MONEY
                and figure.amount.unit.exponent >= SMALLEST_UNIT
                and figure.amount.unit != grid.unit
            ]
            if other and not _pictured(other):
                units = {"unit": grid.unit.symbol, "other": other[0].amount.unit.symbol}
                yield _observation(rule, OTHER_UNIT, grid, other, row, row=row.label, **units)


def decimals_of_total(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name totals that are printed with more or fewer decimals than all of their parts."""
    for grid in report.grids:
        parts: list[Row] = []
        for row in grid.rows:
            if row.role is Role.ITEM:
                parts.append(row)
            elif row.role is Role.TOTAL:
                yield from _decimals(grid, rule, row, parts)
                parts = []


def _decimals(grid: Grid, rule: Rule, total: Row, parts: Sequence[Row]) -> Iterator[Observation]:
    for stated in _figures(grid, total):
        column = [
            figure
            for part in parts
            if (figure := grid.figures.get((part.index, stated.column))) is not None
            and figure.amount.value
            and figure.amount.unit == stated.amount.unit
        ]
        steps = {figure.amount.step for figure in column}
        plain = stated.amount.unit.kind is not UnitKind.PERCENT and stated.amount.value
        if not plain or len(column) < FEWEST or len(steps) != 1 or _pictured([stated, *column]):
            continue
        if steps != {stated.amount.step} and _adds_up(stated, column):
            yield _observation(
                rule,
                OTHER_DECIMALS,
                grid,
                [stated],
                total,
                row=total.label,
                column=stated.header,
                total=_places(stated),
                parts=_places(column[0]),
            )
            return  # one for the row


def _adds_up(stated: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the total is the sum of its parts, as they are printed, and no mean of them."""
    amounts = [part.amount for part in parts]
    room = stated.amount.slack + sum((one.slack for one in amounts), Decimal(0))
    return abs(sum((one.value for one in amounts), Decimal(0)) - stated.amount.value) <= room


def _places(figure: Figure) -> str:
    """How many decimals the number is printed with."""
    exponent = (
        figure.amount.step.scaleb(-figure.amount.unit.exponent).normalize().as_tuple().exponent
    )
    return str(max(-exponent, 0) if isinstance(exponent, int) else 0)


def _figures(grid: Grid, row: Row) -> list[Figure]:
    figures = (grid.figures.get((row.index, column.index)) for column in grid.columns)
    return [figure for figure in figures if figure is not None]


def _pictured(figures: Sequence[Figure]) -> bool:
    return any(figure.trust < 1 for figure in figures)


def _observation(
    rule: Rule, says: str, grid: Grid, figures: Sequence[Figure], line: Row, **details: str
) -> Observation:
    evidence = "  ".join((line.label, *(figure.source.text for figure in figures)))
    return Observation(rule.code, says, details, evidence, figures[0].source.box, grid.table.id)

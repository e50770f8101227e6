"""``bridge``: from the net cost of the operations to that of the income statement, or back.

No settings. The operations by board count internal items, capital costs and pensions in other ways
than the income statement; a table from one net cost to the other names the differences (LKBR 10
kap., RKR R14). It is the sum of its rows, and the operations' end of it is a total that the
operations print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.checks.lines import ONE, Line, equation, row_lines
from audit.checks.statements.identity import Identity, Row, compare, proved, statement_rows
from audit.checks.statements.sheets import CLOSED
from audit.model import (
    Basis,
    Column,
    Comparison,
    Concept,
    Figure,
    Grid,
    Report,
    Rule,
    Statement,
    Term,
    Verdict,
)

ENDS = frozenset({Concept.OPERATIONS_NET, Concept.NET_COST})
TELLING = 100  # printed steps that a figure must have, for agreement to be no chance


def bridge(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare where a bridge ends with where it begins and the rows between, and its end at the
    operations with theirs."""
    for grid in report.grids:
        found = _bridge(statement_rows(grid))
        if found is None:
            continue
        opening, between, closing = found
        identity = Identity(closing, (opening, *between), opening)
        yield from compare(proved(identity, grid), rule, grid)
        end = opening if opening.concept is Concept.OPERATIONS_NET else closing
        yield from _operations(end, grid, report.grids, rule)


def _bridge(rows: Sequence[Row]) -> tuple[Row, tuple[Row, ...], Row] | None:
    """The two ends, if there is one of each, and what stands between."""
    ends = [at for at, row in enumerate(rows) if row.concept in ENDS]
    if len(ends) != 2 or {rows[at].concept for at in ends} != ENDS or ends[1] - ends[0] < 2:
        return None
    first, last = ends
    return rows[first], tuple(rows[first + 1 : last]), rows[last]


def _operations(end: Row, grid: Grid, grids: Sequence[Grid], rule: Rule) -> Iterator[Comparison]:
    """The bridge's end against the total of the operations that it most often is, if it is that in
    one column at least, and in half of them."""
    readings = [
        list(_pairs(end.line, grid, line, other, rule))
        for other in grids
        if other is not grid and other.statement is Statement.OPERATIONS
        for line in row_lines(other).values()
        if line.worded
    ]
    best = max(readings, key=lambda reading: sum(map(_agrees, reading)), default=[])
    agreeing = sum(map(_agrees, best))
    if agreeing and 2 * agreeing >= len(best):
        for one in best:
            yield replace(one, basis=Basis(True, agreeing, len(best)))


def _pairs(end: Line, grid: Grid, total: Line, other: Grid, rule: Rule) -> Iterator[Comparison]:
    theirs = _by_time(other, total.figures)
    for time, stated in _by_time(grid, end.figures).items():
        if time in theirs:
            figure = theirs[time]
            terms = [Term(ONE, figure, figure.label)]
            group = f"{grid.table.id}-{other.table.id}:{stated.row}"
            yield equation(rule, stated, terms, Basis(True, 0, 0), group=group)


def _by_time(grid: Grid, figures: Mapping[int, Figure]) -> dict[tuple[object, ...], Figure]:
    """The figures of the columns that alone show closed accounts of their time."""
    times = [(column.index, _time(column)) for column in grid.columns if column.index in figures]
    every = [time for _, time in times]
    return {time: figures[at] for at, time in times if time and every.count(time) == 1}


def _time(column: Column) -> tuple[object, ...]:
    """When and whose; empty for budgets, forecasts, differences and what has no time."""
    if column.period is None or column.measure not in CLOSED or column.previous or column.aspect:
        return ()
    return column.period, column.scope


def _agrees(comparison: Comparison) -> bool:
    amount = comparison.stated.amount
    return comparison.verdict is not Verdict.DIFFERS and abs(amount.value) >= TELLING * amount.step

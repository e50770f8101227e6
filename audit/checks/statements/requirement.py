"""``balance-requirement``: the year's result adjusted to the result of the balance requirement.

No settings. Kommunallagen (2017:725) 11 kap. 10-14 §§, LKBR 11 kap. 10 §: gains on sales go out,
unless excepted; unrealised changes of securities' value come back; what is set aside for, or used
from, a reserve for levelling results (resultatutjämningsreserv, resultatreserv) moves the result.
Amounts to be deducted are printed with or without a minus.

Below it stands what is left to restore: the result, deficits of earlier years and those that there
are special reasons (12-13 §§) not to restore. What one year leaves, the next one brings forward. A
year that leaves nothing is not tested, for its result may be more than was to be restored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.checks.lines import ONE, equation
from audit.checks.statements.identity import (
    UNPROVEN,
    Identity,
    Row,
    by_concept,
    compare,
    proved,
    statement_rows,
)
from audit.model import Basis, Column, Comparison, Concept, Grid, Report, Rule, Term, Verdict

C = Concept
STEPS = (C.YEAR_RESULT, C.ADJUSTED_RESULT, C.BALANCE_RESULT)
ITEMS = frozenset(
    {
        C.CAPITAL_GAINS,
        C.CAPITAL_GAINS_EXCEPTED,
        C.CAPITAL_LOSSES_EXCEPTED,
        C.UNREALISED_SECURITIES,
        C.RESERVE_SET_ASIDE,
        C.RESERVE_USED,
        C.SPECIAL_REASONS,
    }
)
DIGITS = 3.0  # that agree over two steps, before the result between them is no chance
DEFICITS = frozenset({C.SPECIAL_REASONS, C.DEFICIT_BROUGHT})


def balance_requirement(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each result of the reckoning with the one before and the rows between, and deficits
    with those of the year before."""
    for grid in report.grids:
        concepts = {row.concept for row in grid.rows}
        if concepts >= {C.YEAR_RESULT, C.BALANCE_RESULT}:
            steps = list(_steps(grid))
            sure = _sure(steps, grid)
            for identity in steps:
                found = proved(identity, grid)
                if identity.known or found.fit.agreeing:
                    for one in compare(found, rule, grid):
                        certain = one.undecided == UNPROVEN and one.stated.column in sure
                        yield replace(one, undecided="") if certain else one
            yield from _brought_forward(grid, rule)


def _steps(grid: Grid) -> Iterator[Identity]:
    before: Row | None = None
    between: list[Row] = []
    for row in statement_rows(grid):
        if row.concept is C.DEFICIT_LEFT and before is not None:
            yield from _left(before, between, row)
            return
        if row.concept not in STEPS:
            between.append(row)
            continue
        if row.concept is not C.YEAR_RESULT and before is not None:
            known = all(part.concept in ITEMS for part in between)
            yield Identity(row, (before, *between), before, known)
        before, between = row, []


def _sure(steps: Sequence[Identity], grid: Grid) -> frozenset[int]:
    """The columns where the last result follows from the first and all rows between: if a step on
    the way fails there, it is the result in the middle that is wrong, whatever others print."""
    first, last = (
        next((one for one in steps if one.known and one.target.concept is concept), None)
        for concept in (C.ADJUSTED_RESULT, C.BALANCE_RESULT)
    )
    if first is None or last is None or last.carried is not first.target:
        return frozenset()
    whole = Identity(last.target, (*first.parts, *last.parts[1:]), first.carried)
    return frozenset(
        outcome.place
        for outcome in proved(whole, grid).fit.outcomes
        if outcome.holds and outcome.nonzero > 1 and outcome.digits >= DIGITS
    )


def _left(result: Row, between: Sequence[Row], left: Row) -> Iterator[Identity]:
    """What is left to restore, in the columns in which that is anything."""
    figures = {at: figure for at, figure in left.line.figures.items() if figure.amount.value}
    if result.concept is C.BALANCE_RESULT and figures:
        concepts = {part.concept for part in between}
        known = C.DEFICIT_BROUGHT in concepts <= DEFICITS
        target = replace(left, line=replace(left.line, figures=figures))
        yield Identity(target, (result, *between), result, known)


def _brought_forward(grid: Grid, rule: Rule) -> Iterator[Comparison]:
    """What a column brings forward is what that of the year before leaves, in either sign; another
    year must show it before one is wrong."""
    rows = by_concept(statement_rows(grid))
    if not {C.DEFICIT_BROUGHT, C.DEFICIT_LEFT} <= rows.keys():
        return
    brought, left = (rows[one].line.figures for one in (C.DEFICIT_BROUGHT, C.DEFICIT_LEFT))
    pairs = [
        (brought[column.index], left[before.index])
        for column in grid.columns
        if (before := _before(column, grid)) is not None
        and column.index in brought
        and before.index in left
    ]
    group = f"{grid.table.id}:row{rows[C.DEFICIT_BROUGHT].line.key}"
    readings = [
        [
            equation(rule, stated, [Term(sign, other, other.label)], Basis(True, 0, 0), group=group)
            for stated, other in pairs
        ]
        for sign in (ONE, -ONE)
    ]
    best = max(readings, key=lambda reading: sum(map(_agrees, reading)))
    agreeing = sum(map(_agrees, best))
    for one in best:
        holds = one.verdict is not Verdict.DIFFERS
        yield replace(
            one,
            basis=Basis(True, agreeing, len(best)),
            undecided="" if holds or agreeing else UNPROVEN,
        )


def _before(column: Column, grid: Grid) -> Column | None:
    """The one column that ends the day before ``column`` begins."""
    if column.period is None:
        return None
    last = column.period.start - dt.timedelta(days=1)
    found = [one for one in grid.columns if one.period is not None and one.period.end == last]
    return found[0] if len(found) == 1 else None


def _agrees(comparison: Comparison) -> bool:
    """Whether it holds, of more than noughts."""
    return comparison.verdict is not Verdict.DIFFERS and bool(comparison.stated.amount.value)

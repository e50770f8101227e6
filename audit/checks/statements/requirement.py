"""``balance-requirement``: the year's result adjusted to the result of the balance requirement.

No settings. Kommunallagen (2017:725) 11 kap. 10-14 §§, LKBR 11 kap. 10 §: gains on sales go out,
unless excepted; unrealised changes of securities' value come back; what is set aside for, or used
from, a reserve for levelling results (resultatutjämningsreserv, resultatreserv) moves the result.
Amounts to be deducted are printed with or without a minus.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.statements.identity import Identity, Row, compare, proved, statement_rows
from audit.model import Comparison, Concept, Grid, Report, Rule

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


def balance_requirement(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each result of the reckoning with the one before and the rows between."""
    for grid in report.grids:
        concepts = {row.concept for row in grid.rows}
        if concepts >= {C.YEAR_RESULT, C.BALANCE_RESULT}:
            for identity in _steps(grid):
                found = proved(identity, grid)
                if identity.known or found.fit.agreeing:
                    yield from compare(found, rule, grid)


def _steps(grid: Grid) -> Iterator[Identity]:
    before: Row | None = None
    between: list[Row] = []
    for row in statement_rows(grid):
        if row.concept not in STEPS:
            between.append(row)
            continue
        if row.concept is not C.YEAR_RESULT and before is not None:
            known = all(part.concept in ITEMS for part in between)
            yield Identity(row, (before, *between), before, known)
        before, between = row, []

"""``of-which-pair``: the two of-which rows below a row, its costs and its income, give its net.

No settings.

Signs differ from report to report, and within one report between blocks of rows: costs less
income, or their sum where one of them is printed with a minus. Each pair's sign is the one that
most of its columns satisfy, or else, where half of them do, that of all other pairs in the table;
a column of deviations may have its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.fitting import Factors, Fit, Node, fit
from audit.checks.lines import DIFFERENCES, Line, equation, row_lines
from audit.checks.structure import of_which_groups
from audit.language import message
from audit.model import Aspect, Basis, Comparison, Grid, Report, Rule

NO_SIGN = message("too few columns agree on the signs of costs and income")

FEW = 2  # so many other pairs make a table's usual signs
SIGNS: tuple[Factors, ...] = ((1, -1), (1, 1), (-1, 1), (-1, -1))


def of_which_pair(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each row that has one of-which row of costs and one of income with the two."""
    for grid in report.grids:
        loose = frozenset(c.index for c in grid.columns if c.measure in DIFFERENCES)
        pairs = list(_pairs(grid))
        readings = [_best(*pair, loose) for pair in pairs]
        sure = [reading.factors for reading in readings if _sure(reading)]
        usual = sure[0] if len(sure) >= FEW and len(set(sure)) == 1 else None
        for pair, own in zip(pairs, readings, strict=True):
            led = _read(*pair, usual, loose) if usual and not _sure(own) else None
            if led is not None and 2 * led.agreeing >= led.siblings > 0:
                yield from _compare(grid, rule, led, sure=True)
            else:
                yield from _compare(grid, rule, own, sure=_sure(own))


def _pairs(grid: Grid) -> Iterator[tuple[Line, Line, Line]]:
    lines = row_lines(grid)
    for parent, rows in of_which_groups(grid).items():
        parts = [lines[row] for row in rows if row in lines]
        costs = [part for part in parts if part.aspect is Aspect.COST]
        income = [part for part in parts if part.aspect is Aspect.INCOME]
        if parent in lines and len(costs) == len(income) == 1 and len(parts) == 2:
            yield lines[parent], costs[0], income[0]


def _sure(reading: Fit) -> bool:
    return reading.agreeing >= 2 and 2 * reading.agreeing > reading.siblings


def _compare(grid: Grid, rule: Rule, reading: Fit, *, sure: bool) -> Iterator[Comparison]:
    basis = Basis(True, reading.agreeing, reading.siblings)
    for outcome in reading.outcomes:
        if len(outcome.terms) == 2:
            reason = "" if outcome.holds or sure else NO_SIGN
            yield equation(
                rule,
                outcome.stated,
                outcome.terms,
                basis,
                undecided=reason,
                group=f"{grid.table.id}:pair{reading.target.key}:{outcome.place}",
            )


def _best(net: Line, costs: Line, income: Line, loose: frozenset[int]) -> Fit:
    readings = [_read(net, costs, income, signs, loose) for signs in SIGNS]
    return max(readings, key=lambda reading: reading.agreeing)


def _read(net: Line, costs: Line, income: Line, signs: Factors, loose: frozenset[int]) -> Fit:
    return fit(net, (Node(costs, costs.key), Node(income, income.key)), signs, loose)

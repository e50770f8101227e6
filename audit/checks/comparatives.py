"""``comparatives``: the same figure printed in two tables is the same.

No settings.

The same is: the same label (that no other row of its table has), path, measure, period and side,
in money, and no of-which row. Departments have rows with the same names, so two tables are held to
speak of the same thing only when at least three of their common figures, and three in four, agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from audit.checks.lines import ONE, equation
from audit.checks.years import labelled_figures
from audit.model import Basis, Column, Comparison, Figure, Grid, Report, Rule, Term


def comparatives(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the figures that two tables of a report have in common."""
    for first, second in combinations(report.grids, 2):
        pairs = [
            pair
            for one in first.columns
            for other in second.columns
            if _same_column(one, other)
            for pair in _pairs(first, one, second, other)
        ]
        counted = [pair for pair in pairs if pair[0].amount.value or pair[1].amount.value]
        agreeing = sum(_equal(*pair) for pair in counted)
        if agreeing >= 3 and 4 * agreeing >= 3 * len(counted):
            basis = Basis(False, agreeing, len(counted))
            for earlier, later in pairs:
                term = Term(ONE, earlier, earlier.header)
                yield equation(
                    rule,
                    later,
                    (term,),
                    basis,
                    group=f"{first.table.id}-{second.table.id}",
                )


def _same_column(one: Column, other: Column) -> bool:
    return (
        one.measure is not None
        and one.period is not None
        and (one.measure, one.period, one.aspect, one.previous)
        == (other.measure, other.period, other.aspect, other.previous)
    )


def _pairs(
    first: Grid, one: Column, second: Grid, other: Column
) -> Iterator[tuple[Figure, Figure]]:
    ours, theirs = labelled_figures(first, one), labelled_figures(second, other)
    for label, figure in ours.items():
        if label in theirs and theirs[label].path == figure.path:
            yield figure, theirs[label]


def _equal(one: Figure, other: Figure) -> bool:
    slack = one.amount.slack + other.amount.slack
    return abs(one.amount.value - other.amount.value) <= slack

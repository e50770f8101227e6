"""``ties`` and ``tie-scope``: the same figure elsewhere in the report.

A figure stands again wherever a row of the same meaning meets a column of the same measure, period
and side: in a summary and its detail, in a statement and the key figures over the years, in a
balance and its note. ``ties`` compares them, within what both were rounded to and whatever sign a
row or a column has throughout. It doubts a figure only where the two tables agree in several others
and name and place leave no other reading.

``ties`` takes one setting, ``period``: ``"all"``; ``"earlier"`` for figures of a period that ended
before the report's began, the comparatives; ``"own"`` for the others.

``tie-scope`` yields, for each row that differs throughout, the rows that the one figure counts and
the other does not, with a remark of kind ``"scope"``. No settings.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.lines import ONE, choice, equation
from audit.checks.ties.pairs import TablePair, Tie, table_pairs
from audit.checks.ties.verdicts import Verdict, verdicts
from audit.language import message
from audit.model import Basis, Comparison, Figure, Measure, Remark, Report, Rule, Term

UNCLEAR = message("the two tables may mean different things by this row")

Place = tuple[str, int, int]


def ties(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the figures that two tables of a report have in common."""
    periods = choice(rule, "period", ("all", "earlier", "own"))
    year = _year(report)
    joined = _Joined()
    for pair in table_pairs(report):
        found, basis = verdicts(pair)
        for verdict in found:
            tie = verdict.tie
            if periods != "all" and _earlier(tie, year) != (periods == "earlier"):
                continue
            plain = verdict.scope is None and not verdict.open and tie.holds(verdict.sign)
            if not plain or joined.join(tie.first, tie.second):
                yield _comparison(rule, pair, verdict, basis)


def tie_scope(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Say of each row that two tables print differently which rows make the difference."""
    for pair in table_pairs(report):
        found, basis = verdicts(pair)
        told = set()
        for verdict in found:
            if verdict.scope is not None and id(verdict.tie.rows) not in told:
                told.add(id(verdict.tie.rows))
                yield equation(
                    rule,
                    verdict.scope.stated(verdict.tie),
                    verdict.scope.terms(verdict.tie),
                    basis,
                    remark=Remark("scope"),
                    group=f"{_group(pair)}:row{verdict.tie.first.row}",
                )


def _comparison(rule: Rule, pair: TablePair, verdict: Verdict, basis: Basis) -> Comparison:
    tie = verdict.tie
    if verdict.scope is not None:
        stated, terms = verdict.scope.stated(tie), verdict.scope.terms(tie)
        return equation(rule, stated, terms, basis, group=_group(pair))
    title = pair.first.grid.table.title
    name = f"{title}: {tie.first.header}" if title else tie.first.header
    term = Term(verdict.sign * ONE / tie.scale, tie.first, name)
    undecided = UNCLEAR if verdict.open else ""
    group = f"{_group(pair)}:{verdict.cluster}" if verdict.cluster else _group(pair)
    return equation(rule, tie.second, (term,), basis, undecided=undecided, group=group)


def _group(pair: TablePair) -> str:
    return f"{pair.first.grid.table.id}-{pair.second.grid.table.id}"


class _Joined:
    """Which figures are known to be one. A figure that stands in six tables is tied by five
    comparisons, not by fifteen."""

    def __init__(self) -> None:
        self._over: dict[Place, Place] = {}

    def join(self, one: Figure, other: Figure) -> bool:
        """Whether the two were not known to be one until now."""
        first, second = self._root(one), self._root(other)
        self._over[first] = second
        return first != second

    def _root(self, figure: Figure) -> Place:
        place = (figure.table, figure.row, figure.column)
        while self._over.get(place, place) != place:
            place = self._over[place]
        return place


def _year(report: Report) -> int | None:
    """The year that the report is about: its own, else the last one with an outturn."""
    if report.period is not None:
        return report.period.end.year
    return max(
        (
            column.period.end.year
            for grid in report.grids
            for column in grid.columns
            if column.period and column.measure in (Measure.OUTTURN, Measure.ACCOUNTS)
        ),
        default=None,
    )


def _earlier(tie: Tie, year: int | None) -> bool:
    periods = [slot.period for slot in tie.columns if slot.period is not None]
    return year is not None and bool(periods) and periods[0].end.year < year

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

from collections import defaultdict
from collections.abc import Iterator

from audit.checks.lines import ONE, choice, equation
from audit.checks.ties.copies import Copies
from audit.checks.ties.doubts import Doubt, comparable
from audit.checks.ties.notes import note_ties
from audit.checks.ties.pairs import TablePair, Tie, table_pairs
from audit.checks.ties.scope import told
from audit.checks.ties.signs import slipped
from audit.checks.ties.verdicts import Held, verdicts
from audit.language import message
from audit.model import Basis, Comparison, Measure, Remark, Report, Rule, Term

__all__ = ["note_ties", "tie_scope", "ties"]

UNCLEAR = message("the two tables may mean different things by this row")


def ties(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the figures that two tables of a report have in common."""
    periods = choice(rule, "period", ("all", "earlier", "own"))
    year = _year(report)
    copies = Copies()
    doubted: list[tuple[TablePair, Doubt]] = []
    for pair in table_pairs(report):
        held, doubts = verdicts(pair)
        doubted += [(pair, doubt) for doubt in doubts if _wanted(doubt.tie, periods, year)]
        for one in held:
            if not _wanted(one.tie, periods, year):
                continue
            if one.scope is not None:
                yield _explained(rule, pair, one)
            elif copies.join(one.tie.first, one.tie.second):
                yield _compared(rule, pair, one.tie, one.sign, one.basis, _group(one.tie))
    for pair, doubt in doubted:
        yield from _doubted(rule, pair, doubt, copies)


def _doubted(rule: Rule, pair: TablePair, doubt: Doubt, copies: Copies) -> Iterator[Comparison]:
    """A difference that the two tables, or most tables, speak for; else, where the two tables
    agree otherwise, that it was not decided."""
    tie = doubt.tie
    others = max(copies.count(tie.first), copies.count(tie.second)) - 1
    accused = doubt.earned or (doubt.likely and others > 0)
    basis = doubt.basis
    if not accused and not doubt.company:
        return
    if not doubt.company:
        agreeing = len(doubt.across) + len(doubt.down) + others
        basis = Basis(tie.rows.exact, agreeing, agreeing + 1)
    undecided = "" if accused and comparable(pair, doubt) else UNCLEAR
    group = f"{_group(doubt.tie)}:{doubt.cluster}"
    yield _compared(rule, pair, tie, doubt.sign, basis, group, undecided)


def tie_scope(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Say of each row that two tables print differently which rows make the difference."""
    for pair in table_pairs(report):
        explained: dict[int, list[Held]] = defaultdict(list)
        for one in verdicts(pair)[0]:
            if one.scope is not None and not one.spoilt:
                explained[id(one.tie.rows)].append(one)
        for row in explained.values():
            if row[0].scope and not told(pair, row[0].scope, [one.tie for one in row]):
                yield _explained(rule, pair, row[0], Remark("scope"))


def _explained(rule: Rule, pair: TablePair, held: Held, remark: Remark | None = None) -> Comparison:
    assert held.scope is not None
    stated, terms = held.scope.stated(held.tie), held.scope.terms(held.tie)
    group = f"{_group(held.tie)}:row{held.tie.first.row}"
    return equation(rule, stated, terms, held.basis, remark=remark, group=group)


def _compared(
    rule: Rule,
    pair: TablePair,
    tie: Tie,
    sign: int,
    basis: Basis,
    group: str,
    undecided: str = "",
) -> Comparison:
    """The later figure against the earlier; one that has slipped its sign against the other."""
    stated, other, scale, sheet = tie.second, tie.first, sign * ONE / tie.scale, pair.first
    if tie.holds(-sign) and not tie.holds(sign) and slipped(tie) is tie.first:
        stated, other, scale, sheet = tie.first, tie.second, sign * tie.scale, pair.second
    title = sheet.grid.table.title
    term = Term(scale, other, f"{title}, {other.header}" if title else other.header)
    return equation(rule, stated, (term,), basis, undecided=undecided, group=group)


def _wanted(tie: Tie, periods: str, year: int | None) -> bool:
    if periods == "all":
        return True
    own = [slot.period for slot in tie.columns if slot.period is not None]
    earlier = year is not None and bool(own) and own[0].end.year < year
    return earlier == (periods == "earlier")


def _group(tie: Tie) -> str:
    return f"{tie.first.table}-{tie.second.table}"


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

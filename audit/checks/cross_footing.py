"""``cross-footing``: a column is the sum, or the difference, of columns beside it, row by row.

Settings of a rule page:

- ``total_words``: patterns of the words in a column's header that mark a total; default
  ``["summa*", "total*", "delsumma*", "s:a*"]``.

Only columns of one measure and one period, or of one month each, are added to each other; what
stands between budget and outturn is ``deviation``'s. Signs come from the figures: income and costs
may be printed with signs (added) or without (costs taken from income, or income from costs). A
relation that no word marks is believed when nearly every row satisfies it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from audit.checks.fitting import Fit, Node, exchanged, fit, may_fit, promising, signings
from audit.checks.footing import UNREAD_PART
from audit.checks.lines import DIFFERENCES, TOTAL_WORDS, Line, column_lines, equation, words
from audit.checks.structure import ACCUSING, BELIEVED
from audit.language import message
from audit.model import Aspect, Basis, Column, Comparison, Grid, Report, Rule

FEW_ROWS = message("too few rows satisfy what the column heads say")

# The longest run of columns that one column is held against.
WIDEST = 60


def cross_footing(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every column that is made of its neighbours with them, in each row."""
    total_words = words(rule, "total_words", TOTAL_WORDS)
    for grid in report.grids:
        for reading in readings(grid, total_words):
            yield from _compare(reading, rule, grid)


def _compare(reading: Fit, rule: Rule, grid: Grid) -> Iterator[Comparison]:
    target = reading.target
    basis = Basis(labelled(reading), reading.agreeing, reading.siblings)
    for outcome in reading.outcomes:
        reason = ""
        if not outcome.holds:
            reason = UNREAD_PART if outcome.unread else "" if accusing(reading) else FEW_ROWS
        terms = sorted(outcome.terms, key=lambda term: term.figure.column)
        yield equation(
            rule,
            outcome.stated,
            terms,
            basis,
            undecided=reason,
            group=f"{grid.table.id}:column{target.key}",
        )


def readings(grid: Grid, total_words: tuple[str, ...]) -> Iterator[Fit]:
    """The believed readings, one for each set of columns: that net is income less costs says the
    same as that income is net and costs, and the heads say which of them is meant."""
    same: dict[frozenset[int], Fit] = {}
    for reading in _by_column(grid, total_words):
        held = frozenset({reading.target.key, *(node.line.key for node in reading.nodes)})
        if held not in same or _meant(reading) > _meant(same[held]):
            same[held] = reading
    yield from same.values()


def _meant(reading: Fit) -> tuple[bool, bool, tuple[int, float]]:
    return labelled(reading), reading.target.worded, reading.rank


def _by_column(grid: Grid, total_words: tuple[str, ...]) -> Iterator[Fit]:
    """The believed reading of each column that has one."""
    lines = column_lines(grid, total_words)
    columns = [column for column in grid.columns if column.index in lines]
    columns.sort(key=lambda column: column.index)
    for at, column in enumerate(columns):
        best: Fit | None = None
        before = _alike(column, reversed(columns[:at]))
        after = _alike(column, columns[at + 1 :])
        for beside in (before, after):
            nodes = [Node(lines[other.index], other.index) for other in beside]
            for candidate in _candidates(lines[column.index], nodes):
                if believed(candidate) and (best is None or candidate.rank > best.rank):
                    best = candidate
        if best is not None:
            yield best


def _alike(target: Column, others: Iterable[Column]) -> list[Column]:
    """The neighbours, nearest first, that may be added up with ``target``: until one differs."""
    measures = {target.measure} - {None}
    found: list[Column] = []
    for column in others:
        measures |= {column.measure} - {None}
        together = _of_one_time(target, [*found, column])
        if len(measures) > 1 or not together or column.previous != target.previous:
            break
        if measures & DIFFERENCES and column.measure is not target.measure:
            break
        found.append(column)
    return found


def _of_one_time(target: Column, others: Sequence[Column]) -> bool:
    """Whether columns are of one period, or of one month after the other and ``target`` of none."""
    periods = {column.period for column in (target, *others)} - {None}
    if len(periods) <= 1:
        return True
    ends = [column.period.end for column in others if column.period]
    steps = {12 * (b.year - a.year) + b.month - a.month for a, b in pairwise(ends)}
    return target.period is None and len(ends) == len(others) and steps in ({1}, {-1})


def _candidates(target: Line, nodes: Sequence[Node]) -> Iterator[Fit]:
    sizes = dict.fromkeys(promising(target, nodes, WIDEST))
    if target.worded:
        sizes |= dict.fromkeys(range(2, min(len(nodes), 4) + 1))
        sizes |= {len(nodes): None}
    for size in sizes:
        if size >= 2:
            for factors in signings(target, nodes[:size]):
                if may_fit(target, nodes[:size], factors):
                    yield fit(target, nodes[:size], factors, tried=min(len(nodes), WIDEST))


def labelled(reading: Fit) -> bool:
    """Whether the heads say it: a total of its parts, women and men, or a net of two sides."""
    aspects = {node.line.aspect for node in reading.nodes}
    sides = {Aspect.COST, Aspect.INCOME} <= aspects
    return reading.target.total or (reading.target.result and sides)


def believed(reading: Fit) -> bool:
    if not reading.agreeing:
        return False
    if labelled(reading) and 2 * reading.agreeing >= reading.siblings:
        return reading.proof >= BELIEVED - 1
    return (
        accusing(reading)
        if not reading.exact
        else (reading.strong >= 2 and reading.proof >= BELIEVED)
    )


def accusing(reading: Fit) -> bool:
    """Whether a row that does not fit is to be called wrong."""
    said = labelled(reading)
    several = reading.strong >= 2 or (said and len(reading.distinct) >= 3)
    most = 3 * reading.agreeing >= 2 * reading.siblings or (said and exchanged(reading))
    return several and most and reading.proof >= (BELIEVED if said else ACCUSING)

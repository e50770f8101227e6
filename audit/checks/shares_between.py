"""``shares-between``: the figure for all lies between those for women and for men.

No settings.

Holds for shares, averages and indices, in rows (a total with its two groups below or beside it)
and in columns. Where the figures are counts that add up, ``footing`` and ``cross-footing`` test
them instead; which of the two they are is read from the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from audit.checks.lines import ONE, TOTAL_WORDS, figures_by_row, is_total
from audit.language import message
from audit.model import (
    Aspect,
    Basis,
    Column,
    Comparison,
    Figure,
    Grid,
    Report,
    Row,
    Rule,
    Term,
    UnitKind,
)

NO_SHARES = message("the figures may be counts, which need not lie between each other")

# How many rows from its groups a total is looked for.
NEAR = 4


@dataclass(frozen=True, slots=True)
class Triple:
    total: Figure
    women: Figure
    men: Figure
    names: tuple[str, str]

    @property
    def comparable(self) -> bool:
        """Whether all three are in one unit: a share is not held against money."""
        return len({f.amount.unit for f in (self.total, self.women, self.men)}) == 1

    @property
    def between(self) -> bool:
        values = (self.women.amount.value, self.men.amount.value)
        slack = self.total.amount.slack + max(self.women.amount.slack, self.men.amount.slack)
        return min(values) - slack <= self.total.amount.value <= max(values) + slack

    @property
    def adds_up(self) -> bool:
        slack = sum(f.amount.slack for f in (self.total, self.women, self.men))
        both = self.women.amount.value + self.men.amount.value
        return abs(both - self.total.amount.value) <= slack

    @property
    def percent(self) -> bool:
        return self.total.amount.unit.kind is UnitKind.PERCENT


def shares_between(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each total of shares with the lower and the higher of its two groups."""
    for grid in report.grids:
        triples = [t for t in (*_in_rows(grid), *_in_columns(grid)) if t.comparable]
        # Where one figure adds up the line holds counts; small shares can do so by chance.
        shares = [t for t in triples if t.percent or t.between or not t.adds_up]
        agreeing = sum(triple.between for triple in shares)
        if 2 * sum(t.between for t in triples) <= len(triples):
            continue
        sure = agreeing >= 2 and 3 * agreeing >= 2 * len(shares)
        basis = Basis(True, agreeing, len(shares))
        for triple in shares:
            yield _comparison(rule, triple, basis, sure)


def _comparison(rule: Rule, triple: Triple, basis: Basis, sure: bool) -> Comparison:
    values = (triple.women.amount.value, triple.men.amount.value)
    return Comparison(
        rule.code,
        triple.total,
        min(values),
        max(values),
        max(triple.women.amount.slack, triple.men.amount.slack),
        (Term(ONE, triple.women, triple.names[0]), Term(ONE, triple.men, triple.names[1])),
        basis,
        "" if triple.between or sure else NO_SHARES,
    )


def _in_rows(grid: Grid) -> Iterator[Triple]:
    numbers = figures_by_row(grid)
    rows = sorted(grid.rows, key=lambda row: row.index)
    for at, (first, second) in enumerate(pairwise(rows)):
        if {first.aspect, second.aspect} != {Aspect.WOMEN, Aspect.MEN}:
            continue
        total = _total_near(rows, at)
        if total is None:
            continue
        women, men = (first, second) if first.aspect is Aspect.WOMEN else (second, first)
        for column, figure in numbers.get(total.index, {}).items():
            sides = [numbers.get(row.index, {}).get(column) for row in (women, men)]
            if sides[0] is not None and sides[1] is not None:
                yield Triple(figure, sides[0], sides[1], (women.label, men.label))


def _total_near(rows: list[Row], at: int) -> Row | None:
    """The row that the groups at ``at`` and ``at + 1`` divide: one that is called a total, or,
    when the groups are named by a single word, the row just above."""
    groups = {Aspect.WOMEN, Aspect.MEN}
    for row in [*reversed(rows[max(0, at - NEAR) : at]), *rows[at + 2 : at + 3]]:
        if row.aspect in groups:
            break
        if is_total(row, TOTAL_WORDS):
            return row
    bare = all(len(row.label.split()) == 1 for row in rows[at : at + 2])
    if bare and at and rows[at - 1].aspect not in groups:
        return rows[at - 1]
    return None


def _in_columns(grid: Grid) -> Iterator[Triple]:
    columns = sorted(grid.columns, key=lambda column: column.index)
    for total in columns:
        if total.aspect is Aspect.TOTAL:
            sides = (_sibling(columns, total, Aspect.WOMEN), _sibling(columns, total, Aspect.MEN))
            if sides[0] and sides[1]:
                yield from _row_triples(grid, total, sides[0], sides[1])


def _sibling(columns: list[Column], total: Column, aspect: Aspect) -> Column | None:
    found = [
        column
        for column in columns
        if column.aspect is aspect
        and (column.measure, column.period) == (total.measure, total.period)
    ]
    return min(found, key=lambda column: abs(column.index - total.index), default=None)


def _row_triples(grid: Grid, total: Column, women: Column, men: Column) -> Iterator[Triple]:
    for row in grid.rows:
        figures = [grid.figures.get((row.index, c.index)) for c in (total, women, men)]
        if figures[0] and figures[1] and figures[2]:
            yield Triple(figures[0], figures[1], figures[2], (women.header, men.header))

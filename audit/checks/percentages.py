"""``percentages``: a printed change or share in percent, reckoned again from the table's figures.

Settings of a rule page:

- ``kind``: ``"change"`` (default) takes what is reckoned as the difference of two columns in
  percent of one of them ("Förändring %", "Kasvu %"), ``"share"`` what is one figure in percent of
  another ("Utfall i % av budget") or of the total of its column ("Andel").

Which figures a column of percentages is made of follows from what most of its rows agree on. A base
that is nought, or negative where the sign is in doubt, decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from audit.checks.lines import NO_ADDENDS, ONE, choice, share
from audit.language import message
from audit.model import (
    Basis,
    Column,
    Comparison,
    Figure,
    Grid,
    Measure,
    Report,
    Role,
    Rule,
    Term,
    UnitKind,
)

CHANGE, SHARE = "change", "share"
KINDS = (CHANGE, SHARE)
FEWEST = 2  # rows that must bear a formula out, by more than noughts
WHOLE = 100  # percent

NEGATIVE = message("a share of something negative may be meant either way")
RIVAL = message("other figures of the table make this percentage, and may be meant")

Made = tuple[Figure, tuple[Term, ...]]  # a percentage and what it may be made of


@dataclass(frozen=True, slots=True)
class Formula:
    """A way to reckon a column of percentages: for each row the terms that it is made of.
    ``likeness`` is how well the heads of the columns say so."""

    kind: str
    rows: tuple[Made, ...]
    likeness: int

    @property
    def holding(self) -> frozenset[int]:
        return frozenset(stated.row for stated, terms in self.rows if _holds(stated, terms))

    @property
    def proving(self) -> int:
        """Rows that hold and would not if the figures were others."""
        return sum(
            stated.row in self.holding and abs(stated.amount.value) > stated.amount.step
            for stated, _ in self.rows
        )


def percentages(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every column of percentages with what most of its rows show it to be made of."""
    kind = choice(rule, "kind", KINDS)
    for grid in report.grids:
        for column in grid.columns:
            if _in_percent(column):
                yield from _column(grid, column, rule, kind)


def _column(grid: Grid, column: Column, rule: Rule, kind: str) -> Iterator[Comparison]:
    stated = _figures(grid, column)
    formulas = sorted(_formulas(grid, column, stated), key=_rank, reverse=True)
    if not formulas or formulas[0].kind != kind or not _believed(formulas[0]):
        return
    best, *others = formulas
    rivals = [one for one in others if 2 * len(one.holding) > len(one.rows)]
    elsewhere = {row for one in rivals for row in one.holding}
    basis = Basis(best.likeness > 0, len(best.holding), len(best.rows))
    for figure, terms in best.rows:
        doubt = ""
        if figure.row not in best.holding:
            doubt = RIVAL if figure.row in elsewhere else NEGATIVE if _negative(terms) else ""
        yield share(
            rule,
            figure,
            terms,
            basis,
            undecided=doubt,
            group=f"{grid.table.id}:column{column.index}",
        )


def _in_percent(column: Column) -> bool:
    in_percent = column.unit is not None and column.unit.kind is UnitKind.PERCENT
    return in_percent and column.measure not in (Measure.TARGET, Measure.NOTE)


def _figures(grid: Grid, column: Column) -> dict[int, Figure]:
    return {
        row: figure
        for (row, index), figure in grid.figures.items()
        if index == column.index and not figure.qualifier
    }


# --- what a column may be made of ---------------------------------------------------------------


def _formulas(grid: Grid, column: Column, stated: Mapping[int, Figure]) -> Iterator[Formula]:
    columns = {
        other: _figures(grid, other)
        for other in grid.columns
        if other is not column
        and not _in_percent(other)
        and (other.measure not in NO_ADDENDS or other.measure is Measure.SHARE)
    }
    for (first, one), (second, other) in permutations(columns.items(), 2):
        yield _change(stated, (first, one), (second, other), 1)
        yield _change(stated, (first, one), (second, other), -1)
        yield _ratio(stated, (first, one), (second, other))
    for part, figures in columns.items():
        for total in _totals(grid, stated):
            if total in figures:
                yield _of_total(stated, part, figures, total)


Held = tuple[Column, Mapping[int, Figure]]


def _change(stated: Mapping[int, Figure], one: Held, base: Held, sign: int) -> Formula:
    """The difference in percent of the second column; the other way round with ``sign`` -1."""
    (column, figures), (under, bases) = one, base
    rows = tuple(
        (
            figure,
            (
                Term(sign * ONE, figures[row], column.header),
                Term(-sign * ONE, bases[row], under.header),
                Term(ONE, bases[row], under.header, below=True),
            ),
        )
        for row, figure in stated.items()
        if row in figures and row in bases and _divides(bases[row])
    )
    later = bool(column.period and under.period and under.period.end < column.period.end)
    budget = under.measure is Measure.BUDGET and column.measure is not Measure.BUDGET
    return Formula(CHANGE, rows, int(sign > 0 and later) + int(budget))


def _ratio(stated: Mapping[int, Figure], one: Held, base: Held) -> Formula:
    (column, figures), (under, bases) = one, base
    rows = tuple(
        (
            figure,
            (
                Term(ONE, figures[row], column.header),
                Term(ONE, bases[row], under.header, below=True),
            ),
        )
        for row, figure in stated.items()
        if row in figures and row in bases and _divides(bases[row])
    )
    return Formula(SHARE, rows, int(under.measure is Measure.BUDGET))


def _totals(grid: Grid, stated: Mapping[int, Figure]) -> list[int]:
    """The rows that the others may be shares of: totals, and what is called 100 %."""
    return [
        row.index
        for row in grid.rows
        if row.role is Role.TOTAL
        or (row.index in stated and stated[row.index].amount.value == WHOLE)
    ]


def _of_total(
    stated: Mapping[int, Figure], part: Column, figures: Mapping[int, Figure], total: int
) -> Formula:
    whole = figures[total]
    rows = tuple(
        (
            figure,
            (
                Term(ONE, figures[row], figures[row].label),
                Term(ONE, whole, whole.label, below=True),
            ),
        )
        for row, figure in stated.items()
        if row in figures and row != total and _divides(whole)
    )
    return Formula(SHARE, rows, int(part.measure is not Measure.BUDGET))


# --- which of them it is --------------------------------------------------------------------------


def _rank(one: Formula) -> tuple[int, int, int]:
    return len(one.holding), one.likeness, -len(one.rows)


def _believed(best: Formula) -> bool:
    """Two rows in three, and enough of them that it is no chance."""
    return best.proving >= FEWEST and 3 * len(best.holding) >= 2 * len(best.rows)


def _divides(figure: Figure) -> bool:
    """Whether a figure is more than its own rounding, so that something can be a share of it."""
    return abs(figure.amount.value) > figure.amount.slack


def _negative(terms: Iterable[Term]) -> bool:
    return any(term.below and term.figure.amount.value < 0 for term in terms)


def _holds(stated: Figure, terms: Sequence[Term]) -> bool:
    """As ``share`` tests it, but in floating point: only to find the formula."""
    above = sum(float(t.factor * t.figure.amount.value) for t in terms if not t.below)
    base = next(t.figure.amount for t in terms if t.below)
    whole = abs(float(base.value))
    value = WHOLE * above / float(base.value)
    rounding = sum(float(t.figure.amount.slack) for t in terms if not t.below)
    slack = (WHOLE * rounding + abs(value) * float(base.slack)) / whole
    off = abs(float(stated.amount.value) - value)
    return off <= slack + float(stated.amount.slack) * 1.1

"""What a column of percentages may be made of: other columns, or the total of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from audit.checks.lines import DIFFERENCES, NO_ADDENDS, ONE
from audit.checks.percentages.formulas import CHANGE, FEWEST, SHARE, WHOLE, Formula, Made, divides
from audit.model import Column, Figure, Grid, Measure, Role, Term, UnitKind

CLOSED = frozenset({None, Measure.OUTTURN, Measure.ACCOUNTS})
# A header that says no more than that it is a change in percent from one time to another.
PLAIN = re.compile(
    r"(?:(?:förändring(?:en)?|förändr|ökning|minskning|utveckling|årlig|tillväxt|kasvu|muutos|i"
    r"|procent|proc|från|till|mellan|åren?|föregående|jfr|mot|jan|aug|utfall|bokslut"
    r"|[\d%/,.()–-])\s*)+",
    re.I,
)

Held = tuple[Column, Mapping[int, Figure]]


def in_percent(column: Column) -> bool:
    percent = column.unit is not None and column.unit.kind is UnitKind.PERCENT
    return percent and column.measure not in (Measure.TARGET, Measure.NOTE)


def figures(grid: Grid, column: Column) -> dict[int, Figure]:
    """The column's figures by row."""
    return {
        row: figure
        for (row, index), figure in grid.figures.items()
        if index == column.index and not figure.qualifier
    }


def column_formulas(grid: Grid, column: Column) -> Iterator[Formula]:
    stated = figures(grid, column)
    columns = [
        (other, figures(grid, other))
        for other in grid.columns
        if other is not column
        and not in_percent(other)
        and (other.measure not in NO_ADDENDS or other.measure is Measure.SHARE)
    ]
    said = _said(column, [other for other, _ in columns])
    for one, base in permutations(columns, 2):
        if (one[0].measure in DIFFERENCES) != (base[0].measure in DIFFERENCES):
            yield _ratio(stated, one, base)  # nobody reckons from a budget to a deviation from it
            continue
        pair = (one[0].index, base[0].index) == said
        yield _change(stated, one, base, 1, said=pair)
        yield _change(stated, one, base, -1)
        of_size = _change(stated, one, base, 1, absolute=True)
        if of_size.on_negative >= FEWEST:  # else one row's chance, or its fault, would choose it
            yield of_size
        yield _ratio(stated, one, base)
    for part, values in columns:
        for total in _totals(grid, stated):
            if total in values:
                yield _of_total(stated, part, values, total)


def _said(column: Column, others: Sequence[Column]) -> tuple[int, int] | None:
    """The one pair of columns, of a time and of the year before it, that the change must be
    between."""
    if column.measure is not Measure.CHANGE or not PLAIN.fullmatch(column.header):
        return None
    pairs = [(one.index, base.index) for one, base in permutations(others, 2) if _apart(one, base)]
    return pairs[0] if len(pairs) == 1 else None


def _apart(one: Column, base: Column) -> bool:
    """Whether the two show the same of two years, the second that of the earlier one."""
    if one.period is None or base.period is None or {one.measure, base.measure} - CLOSED:
        return False
    same = (one.period.months, one.aspect, one.scope) == (
        base.period.months, base.aspect, base.scope,
    )  # fmt: skip
    return same and base.period.end < one.period.end


def _change(
    stated: Mapping[int, Figure],
    one: Held,
    base: Held,
    sign: int,
    *,
    said: bool = False,
    absolute: bool = False,
) -> Formula:
    """The difference in percent of the second column, or of its size where ``absolute``; the other
    way round with ``sign`` -1."""
    (column, values), (under, bases) = one, base

    def made(row: int, figure: Figure) -> Made:
        size = -ONE if absolute and bases[row].amount.value < 0 else ONE
        return figure, (
            Term(sign * ONE, values[row], column.header),
            Term(-sign * ONE, bases[row], under.header),
            Term(size, bases[row], under.header, below=True),
        )

    rows = tuple(
        made(row, figure)
        for row, figure in stated.items()
        if row in values and row in bases and divides(bases[row])
    )
    later = bool(column.period and under.period and under.period.end < column.period.end)
    budget = under.measure is Measure.BUDGET and column.measure is not Measure.BUDGET
    return Formula(CHANGE, rows, int(sign > 0 and later) + int(budget), said)


def _ratio(stated: Mapping[int, Figure], one: Held, base: Held) -> Formula:
    (column, values), (under, bases) = one, base
    rows = tuple(
        (
            figure,
            (
                Term(ONE, values[row], column.header),
                Term(ONE, bases[row], under.header, below=True),
            ),
        )
        for row, figure in stated.items()
        if row in values and row in bases and divides(bases[row])
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
    stated: Mapping[int, Figure], part: Column, values: Mapping[int, Figure], total: int
) -> Formula:
    whole = values[total]
    rows = tuple(
        (
            figure,
            (
                Term(ONE, values[row], values[row].label),
                Term(ONE, whole, whole.label, below=True),
            ),
        )
        for row, figure in stated.items()
        if row in values and row != total and divides(whole)
    )
    return Formula(SHARE, rows, int(part.measure is not Measure.BUDGET))

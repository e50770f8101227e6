"""What the rows of tables may say: their figures, and the differences of any two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.checks.lines import DIFFERENCES, ONE
from audit.model import (
    Aspect,
    Column,
    Concept,
    Figure,
    Grid,
    Meaning,
    Measure,
    Mention,
    Period,
    Term,
    UnitKind,
    percentage,
)

RESULTS = frozenset(
    {
        Concept.OPERATING_RESULT,
        Concept.RESULT_AFTER_FINANCIAL,
        Concept.RESULT_BEFORE_TAX,
        Concept.YEAR_RESULT,
        Concept.SURPLUS,
        Concept.BALANCE_RESULT,
        Concept.ADJUSTED_RESULT,
    }
)
FLOWS = (Measure.OUTTURN, Measure.FORECAST, Measure.ACCOUNTS, None)
BESIDE = (Measure.NOTE,)
WHOLE = 100  # percent


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a row of a table gives, and what it is made of, the base of a quotient last.
    ``claim`` says what it is; ``period`` of when, ``measure`` of what kind."""

    terms: tuple[Term, ...]
    meaning: Meaning
    measure: Measure | None
    period: Period | None
    result: bool = False

    @property
    def quotient(self) -> bool:
        return self.terms[-1].below

    @property
    def value(self) -> Decimal:
        if self.quotient:
            return percentage(self.terms, lambda figure: figure.amount.value)
        return sum((term.factor * term.figure.amount.value for term in self.terms), Decimal(0))

    @property
    def slack(self) -> Decimal:
        if self.quotient:
            *above, base = self.terms
            moved = WHOLE * sum((term.figure.amount.slack for term in above), Decimal(0))
            under = base.figure.amount
            return (moved + abs(self.value) * under.slack) / abs(under.value)
        return sum((term.figure.amount.slack for term in self.terms), Decimal(0))


Rows = Mapping[tuple[str, int], Sequence[Candidate]]  # by table and row, what the row may say


def candidates(mention: Mention, rows: Rows) -> list[Candidate]:
    """Of all rows that the words name, in their order."""
    kind = mention.figure.amount.unit.kind
    share = mention.meaning is Meaning.SHARE
    every = [
        (table, one)
        for table, row in mention.rows
        for one in rows[table, row]
        if (one.meaning is Meaning.SHARE) == share
    ]
    return [
        one
        for table, plain in every
        for one in [_relative(mention, plain)]
        if one.quotient
        or (_comparable(kind, one.terms[0].figure.amount.unit.kind) and _sided(mention, one))
        if not mention.columns
        or all((table, term.figure.column) in mention.columns for term in one.terms)
    ]


def _relative(mention: Mention, one: Candidate) -> Candidate:
    """A difference in percent of what it is from, where the words say "3 procent högre än"."""
    figure = mention.figure
    percent = figure.amount.unit.kind is UnitKind.PERCENT and "enhet" not in figure.qualifier
    told = mention.meaning in (Meaning.DEVIATION, Meaning.CHANGE)
    if not percent or len(one.terms) != 2 or not told:
        return one
    base = one.terms[1]
    if base.figure.amount.unit.kind is UnitKind.PERCENT or not base.figure.amount.value:
        return one
    return replace(one, terms=(*one.terms, replace(base, factor=ONE, below=True)))


def _sided(mention: Mention, one: Candidate) -> bool:
    """Whether a figure may be of the side that the words speak of: no income is a cost."""
    gross = (Aspect.INCOME, Aspect.COST)
    aspects = {term.figure.aspect for term in one.terms}
    return mention.side not in gross or not aspects & {*gross, Aspect.NET} - {mention.side}


def _comparable(said: UnitKind, printed: UnitKind) -> bool:
    """Whether the units allow comparing; a table that names none may mean any but money."""
    return said is printed or (
        UnitKind.MONEY not in (said, printed) or UnitKind.UNKNOWN is printed is said
    )


def row_of(grid: Grid, row: int) -> list[Candidate]:
    """The row's figures, and the differences of any two that could be asked for."""
    result = grid.row(row).concept in RESULTS
    held = [
        (column, figure)
        for column in grid.columns
        if (figure := grid.figures.get((row, column.index))) and column.measure not in BESIDE
    ]
    single = [
        Candidate(
            (Term(ONE, figure, column.header),),
            Meaning.DEVIATION
            if column.measure is Measure.DEVIATION
            else Meaning.CHANGE
            if column.measure is Measure.CHANGE
            else Meaning.VALUE,
            column.measure,
            column.period or _around(grid, column),
            result,
        )
        for column, figure in held
    ]
    plain = [pair for pair in held if pair[0].measure not in (*DIFFERENCES, Measure.TARGET)]
    pairs = [
        _difference(one, other)
        for one in plain
        for other in plain
        if one is not other and one[1].amount.unit.kind is other[1].amount.unit.kind
    ]
    made = [pair for pair in pairs if pair is not None]
    return [_timed(one, made) for one in single] + made + list(_shares(held))


def _shares(held: Sequence[tuple[Column, Figure]]) -> Iterator[Candidate]:
    """The outturns in percent of each budget of the row; the budget's time is the share's."""
    for base, budget in held:
        if base.measure is not Measure.BUDGET or not budget.amount.value:
            continue
        for column, figure in held:
            money = figure.amount.unit.kind is budget.amount.unit.kind is UnitKind.MONEY
            if money and column.measure is Measure.OUTTURN and not column.previous:
                terms = (Term(ONE, figure, column.header), Term(ONE, budget, base.header, True))
                yield Candidate(terms, Meaning.SHARE, column.measure, base.period)


def _timed(one: Candidate, made: Sequence[Candidate]) -> Candidate:
    """A deviation whose column says of no time is of that whose figures make it."""
    if one.meaning is not Meaning.DEVIATION or one.period is not None:
        return one
    periods = {
        pair.period
        for pair in made
        if pair.meaning is Meaning.DEVIATION
        and abs(abs(pair.value) - abs(one.value)) <= pair.slack + one.slack
    }
    return replace(one, period=periods.pop()) if len(periods) == 1 else one


def _difference(one: tuple[Column, Figure], other: tuple[Column, Figure]) -> Candidate | None:
    """What ``one`` is more than ``other``: the outturn or forecast than the budget, the later
    time than the earlier one."""
    (column, figure), (base, against) = one, other
    terms = (Term(ONE, figure, column.header), Term(-ONE, against, base.header))
    if base.measure is Measure.BUDGET and column.measure in FLOWS:
        if column.period and base.period and column.period != base.period:
            return None
        return Candidate(terms, Meaning.DEVIATION, column.measure, column.period)
    alike = column.measure is base.measure or {column.measure, base.measure} <= {*FLOWS}
    if alike and column.period and base.period and base.period.end < column.period.end:
        return Candidate(terms, Meaning.CHANGE, column.measure, base.period)
    return None


def _around(grid: Grid, column: Column) -> Period | None:
    """The period of the table's other columns, if they have one: a deviation is of theirs."""
    if column.measure not in DIFFERENCES:
        return None
    periods = {
        other.period
        for other in grid.columns
        if other.period and other.measure in (Measure.BUDGET, Measure.FORECAST)
    }
    return periods.pop() if len(periods) == 1 else None

"""Which figure of a table a number of running text is, and which one its words mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.checks.lines import ONE
from audit.model import (
    Column,
    Concept,
    Figure,
    Grid,
    Meaning,
    Measure,
    Mention,
    Period,
    Report,
    Sense,
    Term,
    UnitKind,
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
DIFFERENCES = (Measure.DEVIATION, Measure.CHANGE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a row of a table gives, and what it is made of. ``claim`` says what it is;
    ``period`` of when, ``measure`` of what kind."""

    terms: tuple[Term, ...]
    meaning: Meaning
    measure: Measure | None
    period: Period | None
    result: bool = False

    @property
    def value(self) -> Decimal:
        return sum((term.factor * term.figure.amount.value for term in self.terms), Decimal(0))

    @property
    def slack(self) -> Decimal:
        return sum((term.figure.amount.slack for term in self.terms), Decimal(0))


@dataclass(frozen=True, slots=True)
class Tie:
    """A mention and the candidate that it is, or the one that it should be."""

    mention: Mention
    candidate: Candidate
    agrees: bool


def ties(report: Report) -> Iterator[Tie]:
    """Every mention that is tied to a figure: those that some figure bears out, and those that
    the one figure that their words mean contradicts."""
    grids = {grid.table.id: grid for grid in report.grids}
    for mention in report.mentions:
        if not mention.rows:
            continue
        if mention.since is not None:
            yield from _from_to(mention, mention.since, grids, report)
        elif tie := _one(mention, grids, report):
            yield tie


def _one(mention: Mention, grids: Mapping[str, Grid], report: Report) -> Tie | None:
    every = _candidates(mention, grids)
    agreeing = [one for one in every if _may_be(mention, one) and _agrees(mention, one)]
    meant = _meant(mention, every, report)
    fitting = [one for one in agreeing if one in meant]
    # A figure of another time bears nothing out where the words insist on now.
    if fitting or (agreeing and not (mention.current and meant)):
        return Tie(mention, (fitting or agreeing)[0], agrees=True)
    if mention.sure and not mention.hedged and len({abs(one.value) for one in meant}) == 1:
        return Tie(mention, meant[0], agrees=False)
    return None


def _from_to(
    mention: Mention, since: Figure, grids: Mapping[str, Grid], report: Report
) -> Iterator[Tie]:
    """ "Från A till B": both in one row. Where only A is, the row's figure of now is B's."""
    for table, index in mention.rows:
        row = [one for one in _row(grids[table], index) if one.meaning is Meaning.VALUE]
        ends = [one for one in row if _prints(mention.figure, one)]
        begins = [one for one in row if _prints(since, one) and one not in ends[:1]]
        now = [one for one in row if _current(one, report)]
        if begins and ends:
            yield Tie(mention, ends[0], agrees=True)
            yield Tie(_earlier(mention, since), begins[0], agrees=True)
            return
        if ends and mention.sure and not mention.hedged:
            then = [one for one in row if _before(one, ends[0])]
            if len(then) == 1:
                yield Tie(mention, ends[0], agrees=True)
                yield Tie(_earlier(mention, since), then[0], agrees=False)
            return
        if begins and mention.sure and not mention.hedged and len(now) == 1:
            if now[0] not in begins:
                yield Tie(mention, now[0], agrees=False)
            return


def _before(one: Candidate, last: Candidate) -> bool:
    """Whether a figure is that of the same days a year before."""
    if one.period is None or last.period is None or one.measure not in FLOWS:
        return False
    return one.period == shifted(last.period)


def shifted(period: Period) -> Period:
    """The same days a year before; 29 February is then the 28th."""

    def back(day: dt.date) -> dt.date:
        return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)

    return Period(back(period.start), back(period.end))


def _earlier(mention: Mention, since: Figure) -> Mention:
    value, slack = abs(since.amount.value), since.amount.slack
    return replace(mention, figure=since, since=None, low=value - slack, high=value + slack)


# --- what a row may say -----------------------------------------------------------------------


def _candidates(mention: Mention, grids: Mapping[str, Grid]) -> list[Candidate]:
    """Of all rows that the words name, those of the nearest table first."""
    page = mention.figure.source.box.page

    def far(place: tuple[str, int]) -> tuple[int, str]:
        return min(abs(page - other) for other in grids[place[0]].table.pages), place[0]

    kind = mention.figure.amount.unit.kind
    return [
        one
        for table, row in sorted(mention.rows, key=far)
        for one in _row(grids[table], row)
        if _comparable(kind, one.terms[0].figure.amount.unit.kind)
    ]


def _comparable(said: UnitKind, printed: UnitKind) -> bool:
    """Whether the units allow comparing; a table that names none may mean any but money."""
    return said is printed or (
        UnitKind.MONEY not in (said, printed) or UnitKind.UNKNOWN is printed is said
    )


def _row(grid: Grid, row: int) -> list[Candidate]:
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
    return single + [pair for pair in pairs if pair is not None]


def _difference(one: tuple[Column, Figure], other: tuple[Column, Figure]) -> Candidate | None:
    """What ``one`` is more than ``other``: the outturn or forecast than the budget, the later
    time than the earlier one."""
    (column, figure), (base, against) = one, other
    terms = (Term(ONE, figure, column.header), Term(-ONE, against, base.header))
    if base.measure is Measure.BUDGET and column.measure in FLOWS:
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


# --- which of them the words mean -------------------------------------------------------------


def _meant(mention: Mention, every: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The candidates that the words mean, of the nearest table that has any."""
    for table in dict.fromkeys(one.terms[0].figure.table for one in every):
        here = [one for one in every if one.terms[0].figure.table == table]
        if found := _meant_in(mention, here, report):
            return found
    return []


def _meant_in(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    match mention.meaning:
        case Meaning.DEVIATION:
            return _deviations(mention, here, report)
        case Meaning.CHANGE:
            return _changes(mention, here, report)
        case Meaning.VALUE:
            return _values(mention, here, report)


def _values(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    figure = mention.figure
    percent = figure.amount.unit.kind is UnitKind.PERCENT
    if not percent and figure.measure is None and not any(one.result for one in here):
        return []  # "Leanlink fick 8,5 mnkr" is no figure of a row called Leanlink
    values = [
        one for one in here if one.meaning is Meaning.VALUE and one.measure is not Measure.TARGET
    ]
    if figure.measure is not None and any(one.measure is figure.measure for one in values):
        values = [one for one in values if one.measure is figure.measure]
    if figure.period is not None:
        return [one for one in values if _same_time(one.period, figure.period)]
    return [one for one in values if _current(one, report)] or (values if len(values) == 1 else [])


def _same_time(one: Period | None, other: Period | None) -> bool:
    """A balance of a day is that of the year or period which it ends."""
    if one is None or other is None:
        return False
    return one == other or (one.end == other.end and one.start in (one.end, other.start))


def _deviations(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    period, percent = mention.figure.period, mention.figure.amount.unit.kind is UnitKind.PERCENT

    def fits(one: Candidate) -> bool:
        return _same_time(one.period, period) if period and one.period else True

    if percent:  # an indicator of deviation is a row of its own
        return [one for one in here if one.meaning is Meaning.VALUE and _current(one, report)]
    if mention.sense is Sense.WORTH and not mention.budgeted:
        results = [one for one in here if one.result]
        if results:  # of a result, a surplus is the figure itself
            return _values(mention, results, report)
    stated = [one for one in here if one.meaning is Meaning.DEVIATION and len(one.terms) == 1]
    made = [one for one in here if one.meaning is Meaning.DEVIATION and len(one.terms) == 2]
    if mention.figure.measure in (Measure.FORECAST, Measure.OUTTURN):
        made = [one for one in made if one.measure is mention.figure.measure] or made
    return [one for one in stated if fits(one)] or [one for one in made if fits(one)]


def _changes(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The change to the report's own time, from the latest earlier one that the row has."""
    made = [one for one in here if one.meaning is Meaning.CHANGE and len(one.terms) == 2]
    now = [one for one in made if one.terms[0].figure.period == _of_now(made, report)]
    if not now:
        return []
    latest = max(one.period.end for one in now if one.period)
    return [one for one in now if one.period and one.period.end == latest]


def _of_now(made: Iterable[Candidate], report: Report) -> Period | None:
    ends = {one.terms[0].figure.period for one in made}
    return next((p for p in ends if p and report.period and p.end == report.period.end), None)


def _current(one: Candidate, report: Report) -> bool:
    return (
        one.measure in FLOWS
        and one.period is not None
        and report.period is not None
        and one.period.end == report.period.end
    )


def _may_be(mention: Mention, one: Candidate) -> bool:
    """Whether the words could mean it at all: no goal is an outcome, no figure a change, and
    where the row is not sure, only what is of the very kind that they say."""
    if mention.meaning is Meaning.CHANGE:
        return one.meaning is not Meaning.VALUE
    if not mention.sure and one.meaning is not mention.meaning and not one.result:
        return False
    return mention.hedged or one.measure is not Measure.TARGET


# --- comparing --------------------------------------------------------------------------------


def _agrees(mention: Mention, one: Candidate) -> bool:
    value = abs(one.value)
    return mention.low - one.slack <= value <= mention.high + one.slack


def _prints(figure: Figure, one: Candidate) -> bool:
    amount = figure.amount
    return abs(abs(amount.value) - abs(one.value)) <= amount.slack + one.slack

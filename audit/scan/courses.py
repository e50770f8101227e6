"""What runs through the years of one body: the courses of its main concepts, and how far its
forecasts of the full year were from its accounts.

Figures are joined only where the reports leave no doubt that they are the same thing: of several
rows of one report that could be meant, those that print the same amount count as one, and of others
only the first and largest, which is the whole of what follows it. What stays in doubt is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.model import (
    Amount,
    Aspect,
    Concept,
    Course,
    Entry,
    ForecastError,
    Measure,
    Period,
    Point,
    Printed,
    Role,
    Scope,
    Statement,
    UnitKind,
)
from audit.normalise.concepts import simplified
from audit.normalise.periods import whole

C = Concept

MOST_COURSES = 12  # of one body
MOST_FORECASTS = 3  # concepts of one body whose forecasts are shown; of boards in it, all
MOST_SOURCES = 4  # reports that are shown to print one thing differently

FOLLOWED = (Measure.OUTTURN, Measure.BUDGET, Measure.FORECAST)

# What a reader asks for first; other concepts follow in the order of their statements.
MAIN = (
    C.NET_COST, C.YEAR_RESULT, C.OPERATING_INCOME, C.OPERATING_COSTS, C.PERSONNEL_COSTS,
    C.BALANCE_RESULT, C.TAX_AND_GRANTS, C.INVESTMENT_NET, C.EQUITY, C.ASSETS, C.CASH, C.SOLIDITY,
)  # fmt: skip
FORETOLD = (C.NET_COST, C.YEAR_RESULT, C.BALANCE_RESULT, C.INVESTMENT_NET, C.OPERATIONS_NET)
RESULTS = frozenset(
    {
        C.YEAR_RESULT, C.BALANCE_RESULT, C.OPERATING_RESULT, C.RESULT_AFTER_FINANCIAL,
        C.RESULT_BEFORE_TAX, C.ADJUSTED_RESULT, C.ANNUAL_MARGIN, C.SURPLUS,
    }
)  # fmt: skip
COSTS = frozenset(
    {
        C.NET_COST, C.OPERATIONS_NET, C.OPERATING_COSTS, C.PERSONNEL_COSTS, C.INVESTMENT_NET,
        C.INVESTMENT_EXPENDITURE,
    }
)  # fmt: skip
TURNOVER = (C.TAX_AND_GRANTS, C.OPERATING_INCOME, C.NET_SALES, C.OPERATING_COSTS, C.NET_COST)

# What a title says of time and measure only, so that a table is the same one year after year.
_TIMES = re.compile(
    r"\d+|\b(?:per|den|för|t\.?o\.?m\.?|till och med|jan\w*|feb\w*|mars?|apr\w*|maj|jun\w*|jul\w*"
    r"|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*|tertial|helår\w*|år|utfall|prognos|budget|bokslut"
    r"|redovisat|resultat efter)\b|[^\w ]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about, however its report words it: a concept, or else a label below a
    heading in a table."""

    concept: Concept | None
    words: tuple[str, ...]
    aspect: Aspect | None
    scope: Scope | None
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Said:
    """What one report prints of one subject for one period."""

    subject: Subject
    measure: Measure
    period: Period
    printed: Printed
    entry: Entry


Figures = Callable[[Sequence[str]], Iterable[Printed]]
Bodies = Iterable[tuple[str, Sequence[Entry]]]


def through_years(
    bodies: Bodies, figures: Figures
) -> tuple[tuple[Course, ...], tuple[ForecastError, ...]]:
    """The courses and forecasts of each body, in the order of ``bodies``: (its name, its reports).

    ``figures`` reads the figures of reports, by their SHA-256; those of one body at a time are in
    memory.
    """
    courses: list[Course] = []
    forecasts: list[ForecastError] = []
    for name, entries in bodies:
        dated = {one.sha256: one for one in sorted(entries, key=_age) if one.period}
        printed = list(figures(list(dated))) if dated else []
        said = list(_unambiguous(_said(printed, dated)))
        courses += _courses(name, said)
        forecasts += _forecasts(name, said, printed)
    return tuple(courses), tuple(forecasts)


def _age(entry: Entry) -> tuple[str, str]:
    return (entry.period.end.isoformat() if entry.period else "", entry.sha256)


def _said(printed: Iterable[Printed], entries: Mapping[str, Entry]) -> Iterator[Said]:
    """The figures that say an outturn, a budget or a forecast of something, for some time."""
    every = tuple(printed)
    shared = _shared(every)
    for one in every:
        entry = entries[one.report]
        measure = _measure(one, entry)
        if one.period is None or measure is None or one.previous:
            continue
        if one.amount.unit.kind is not UnitKind.UNKNOWN:
            yield Said(_subject(one, shared), measure, one.period, one, entry)


def _measure(one: Printed, entry: Entry) -> Measure | None:
    """Outturn, also of closed years, budget or forecast; else None. A column that is a time and
    nothing else shows the outturn, where that time is over when the report ends."""
    if one.measure is Measure.ACCOUNTS:
        return Measure.OUTTURN
    if one.measure is not None:
        return one.measure if one.measure in FOLLOWED else None
    over = one.period and entry.period and one.period.end <= entry.period.end
    return Measure.OUTTURN if over else None


def _subject(one: Printed, shared: Collection[tuple[str, ...]]) -> Subject:
    """What the figure is of. What a row stands under is part of that where it says of what it is
    a part, or where several rows of a table have its label."""
    kind = one.amount.unit.kind
    if one.concept is not None:
        return Subject(one.concept, (), None, one.scope, kind)
    words = _called(one)
    if one.role is Role.OF_WHICH or words in shared:
        words = (*words, *(simplified(part) for part in one.path[-1:]))
    return Subject(None, words, one.aspect, one.scope, kind)


def _called(one: Printed) -> tuple[str, ...]:
    """The title of the table, without times, and the label."""
    title = " ".join(_TIMES.sub(" ", simplified(one.title)).split())
    return (title, simplified(one.label))


def _shared(printed: Iterable[Printed]) -> set[tuple[str, ...]]:
    """What several rows of some table are called."""
    rows: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
    for one in printed:
        if one.concept is None:
            rows[one.report, one.table, _called(one)].add(one.row)
    return {words for (_, _, words), found in rows.items() if len(found) > 1}


def _unambiguous(said: Iterable[Said]) -> Iterator[Said]:
    """For each report, subject, measure and period the one figure that is meant, if that is
    clear, in the order of reports."""
    together: dict[tuple[str, Subject, Measure, Period], list[Said]] = defaultdict(list)
    for one in said:
        together[one.printed.report, one.subject, one.measure, one.period].append(one)
    order = sorted(together, key=lambda key: _age(together[key][0].entry))
    for key in order:
        if (meant := _meant(together[key])) is not None:
            yield meant


def _meant(candidates: Sequence[Said]) -> Said | None:
    """The most exact of figures that agree; or the first, where it is larger than each other one:
    a whole stands before its parts."""
    first = min(candidates, key=lambda one: (one.printed.box.page, one.printed.box.top))
    amount = first.printed.amount
    if all(_alike(amount, one.printed.amount) for one in candidates):
        return min(candidates, key=lambda one: (one.printed.amount.step, not _verified(one)))
    others = [one for one in candidates if not _alike(amount, one.printed.amount)]
    apart = all(one.printed.table != first.printed.table for one in others)
    largest = all(abs(amount.value) > abs(one.printed.amount.value) for one in others)
    return first if apart and largest else None


def _alike(one: Amount, other: Amount) -> bool:
    """Whether both may be roundings of one number."""
    return abs(one.value - other.value) <= one.slack + other.slack


def _verified(one: Said) -> bool:
    return _point(one).sure


def _point(said: Said) -> Point:
    one = said.printed
    return Point(
        one.report, one.box, said.measure, said.period, one.amount, one.tested, one.pictured
    )


# --- courses --------------------------------------------------------------------------------


def _courses(body: str, said: Iterable[Said]) -> list[Course]:
    """The courses of most interest that have an outturn, and not nothing, in at least two years."""
    subjects: dict[Subject, list[Said]] = defaultdict(list)
    for one in said:
        subjects[one.subject].append(one)
    lasting = [
        (subject, found)
        for subject, found in subjects.items()
        if len({one.period.end.year for one in found if _spent(one)}) > 1
    ]
    lasting.sort(key=lambda pair: _interest(*pair))
    courses: list[Course] = []
    told: list[set[tuple[Measure, Period, Decimal]]] = []
    for _, found in lasting:
        says = {(one.measure, one.period, one.printed.amount.value) for one in found}
        total = found[-1].printed.role is Role.TOTAL
        if not (total and any(says <= other for other in told)):  # the net by another name
            courses.append(_course(body, found))
        told.append(says)
    return courses[:MOST_COURSES]


def _spent(one: Said) -> bool:
    return one.measure is Measure.OUTTURN and bool(one.printed.amount.value)


def _interest(subject: Subject, found: Sequence[Said]) -> tuple[int, int, int, tuple[str, ...]]:
    """Sorts concepts before totals before the rest, those of most years first."""
    years = len({one.period.end.year for one in found})
    if subject.concept in MAIN:
        return (0, MAIN.index(subject.concept), -years, ())
    if subject.concept is not None:
        return (1, list(Concept).index(subject.concept), -years, ())
    total = any(one.printed.role is Role.TOTAL for one in found)
    return (2 if total else 3, -years, 0, subject.words)


def _course(body: str, found: Sequence[Said]) -> Course:
    newest = found[-1].printed
    times: dict[tuple[Period, Measure], list[Said]] = defaultdict(list)
    for one in found:
        times[one.period, one.measure].append(one)
    order = sorted(times, key=lambda key: (key[0].end, key[0].start, FOLLOWED.index(key[1])))
    points = [_point(one) for key in order for one in _sources(times[key])]
    return Course(body, _label(found[-1]), newest.title, tuple(points))


def _label(said: Said) -> str:
    """The label as it is printed, with what it stands under where that is part of it."""
    one = said.printed
    return f"{one.path[-1]}: {one.label}" if one.path and len(said.subject.words) > 2 else one.label


def _sources(found: Sequence[Said]) -> list[Said]:
    """The report that printed the figure first, and those that print another."""
    kept = [found[0]]
    for one in found[1:]:
        if not any(_alike(one.printed.amount, other.printed.amount) for other in kept):
            kept.append(one)
    return kept[:MOST_SOURCES]


# --- forecasts ------------------------------------------------------------------------------


def _forecasts(
    body: str, said: Sequence[Said], printed: Sequence[Printed]
) -> Iterator[ForecastError]:
    """Each forecast of a full year, made within it, against what the accounts came to."""
    tables: dict[tuple[str, str], list[Printed]] = defaultdict(list)
    for one in printed:
        tables[one.report, one.table].append(one)
    closed = _closed(said)
    budgets = {
        (one.printed.report, one.subject, one.period): one.printed.amount.value
        for one in said
        if one.measure is Measure.BUDGET
    }
    found: dict[Subject, list[ForecastError]] = defaultdict(list)
    for made in filter(_foretells, said):
        accounts = closed.get((made.subject, made.period.end.year))
        rising = _same_way(made, accounts, tables) if accounts else None
        if accounts is None or rising is None or made.entry.period is None:
            continue
        found[made.subject].append(
            ForecastError(
                body,
                _label(made),
                made.period.end.year,
                made.entry.period.months,
                rising,
                _size(made, accounts, budgets, printed),
                _point(made),
                _point(accounts),
            )
        )
    boards = {made.subject for made in said if _board(made)}
    own = list(_once(found, sorted(found.keys() - boards, key=_foretold)))
    for subject in (*own[:MOST_FORECASTS], *(subject for subject in found if subject in boards)):
        yield from found[subject]


def _once(
    found: Mapping[Subject, Sequence[ForecastError]], subjects: Iterable[Subject]
) -> Iterator[Subject]:
    """Those that are not an earlier one by another name: a total that is the net."""
    told: list[set[tuple[int, int, Decimal, Decimal]]] = []
    for subject in subjects:
        says = {(one.year, one.months, one.forecast, one.outturn) for one in found[subject]}
        if not any(says <= other for other in told):
            told.append(says)
            yield subject


def _foretells(made: Said) -> bool:
    """Whether this is a forecast of the full year, in money, made in a report of part of it."""
    period = made.entry.period
    return (
        made.measure is Measure.FORECAST
        and made.subject.kind is UnitKind.MONEY
        and whole(made.period)
        and period is not None
        and period.end.year == made.period.end.year
        and period.start.month == 1
        and period.months < 12
        and (made.subject.concept in FORETOLD or made.printed.role is Role.TOTAL or _board(made))
    )


def _board(made: Said) -> bool:
    """Whether the row is a board's in what a municipality's operations come to."""
    return made.entry.municipality and made.printed.statement is Statement.OPERATIONS


def _foretold(subject: Subject) -> tuple[int, tuple[str, ...]]:
    known = subject.concept in FORETOLD
    return (FORETOLD.index(subject.concept) if known and subject.concept else len(FORETOLD),
            subject.words)  # fmt: skip


def _closed(said: Iterable[Said]) -> dict[tuple[Subject, int], Said]:
    """The outturn of each full year: that of the year's own accounts, else what the first later
    report prints."""
    found: dict[tuple[Subject, int], Said] = {}
    for one in said:
        if one.measure is not Measure.OUTTURN or not whole(one.period):
            continue
        if one.entry.period and one.entry.period.end >= one.period.end:
            found.setdefault((one.subject, one.period.end.year), one)
    return found


def _same_way(
    made: Said, accounts: Said, tables: Mapping[tuple[str, str], Sequence[Printed]]
) -> int | None:
    """1 where a higher number is better in both reports, -1 where it is worse, 0 where nothing
    tells; None where they count, or may count, the other way round."""
    ways = [_rising(one, tables[one.printed.report, one.printed.table]) for one in (made, accounts)]
    if all(ways):
        return ways[0] if ways[0] == ways[1] else None
    flipped = made.printed.amount.value * accounts.printed.amount.value < 0
    return None if flipped else ways[0] or ways[1]


def _rising(said: Said, table: Iterable[Printed]) -> int:
    """1 where a higher number is better, -1 where it is worse, 0 where nothing tells.

    A net tells by its costs and income; any row by its printed deviation, in which, but for odd
    tables, a surplus counts as plus; else a cost by its sign.
    """
    one, concept = said.printed, said.subject.concept
    if concept in RESULTS:
        return 1
    here = [other for other in table if not other.previous]
    column = [other for other in here if (other.measure, other.period) == (one.measure, one.period)]
    if way := _net_way(one, column) or _deviation_way(one, here):
        return way
    if concept in COSTS or one.aspect is Aspect.COST:
        return -1 if one.amount.value > 0 else 1 if one.amount.value < 0 else 0
    return 0


def _net_way(net: Printed, column: Iterable[Printed]) -> int:
    """-1 where the number is costs less income, 1 where it is income less costs."""
    sides: dict[Concept | Aspect, Amount] = {}
    for other in column:
        side = other.concept if net.concept is C.NET_COST else other.aspect
        of = net.concept is C.NET_COST or other.path[-1:] == (net.label,)
        if side is not None and of:
            sides.setdefault(side, other.amount)
    costs = sides.get(C.OPERATING_COSTS) or sides.get(Aspect.COST)
    income = sides.get(C.OPERATING_INCOME) or sides.get(Aspect.INCOME)
    if costs is None or income is None:
        return 0
    spent = abs(costs.value) - abs(income.value)
    slack = costs.slack + income.slack + net.amount.slack
    if abs(spent) <= slack:
        return 0
    if abs(net.amount.value - spent) <= slack:
        return -1
    return 1 if abs(net.amount.value + spent) <= slack else 0


def _deviation_way(one: Printed, table: Iterable[Printed]) -> int:
    """-1 where what is below budget counts as plus, 1 where what is above it does and the number
    itself is below zero (costs that are printed so)."""
    row = [other for other in table if other.row == one.row]
    budget = _only(other for other in row if _budgets(other, one))
    deviation = _only(other for other in row if other.measure is Measure.DEVIATION)
    if budget is None or deviation is None:
        return 0
    value, saved = one.amount.value, budget.value - one.amount.value
    slack = one.amount.slack + budget.slack + deviation.slack
    if abs(deviation.value) <= slack:
        return 0
    if value > 0 and abs(deviation.value - saved) <= slack:
        return -1
    return 1 if value < 0 and abs(deviation.value + saved) <= slack else 0


def _budgets(other: Printed, one: Printed) -> bool:
    return other.measure is Measure.BUDGET and other.period == one.period


def _only(printed: Iterable[Printed]) -> Amount | None:
    found = [one.amount for one in printed]
    return found[0] if len(found) == 1 else None


def _size(
    made: Said,
    accounts: Said,
    budgets: Mapping[tuple[str, Subject, Period], Decimal],
    printed: Iterable[Printed],
) -> Decimal | None:
    """What a deviation is a share of: the year's budget of the same thing, or the turnover where
    that is a result or nothing."""
    if made.subject.concept not in RESULTS:
        for report in (made.printed.report, accounts.printed.report):
            if budget := budgets.get((report, made.subject, made.period)):
                return budget
    turned = {
        one.concept: one.amount.value
        for one in printed
        if one.report == made.printed.report
        and one.concept in TURNOVER
        and one.scope == made.printed.scope
        and one.period == made.period
        and one.measure in {Measure.BUDGET, Measure.FORECAST}
    }
    return next((value for concept in TURNOVER if (value := turned.get(concept))), None)

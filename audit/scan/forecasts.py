"""How far a body's forecasts of the full year were from its accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from audit.model import (
    Amount,
    Aspect,
    Concept,
    ForecastError,
    Measure,
    Period,
    Printed,
    Role,
    Statement,
    UnitKind,
)
from audit.normalise.periods import whole
from audit.scan.subjects import Said, Subject

C = Concept

MOST_FORECASTS = 3  # concepts of one body whose forecasts are shown; of boards in it, all

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


def forecasts(
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
                made.label,
                made.period.end.year,
                made.entry.period.months,
                rising,
                _size(made, accounts, budgets, printed),
                made.point,
                accounts.point,
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

"""``prose-direction``: which way a number is said to go, against its figures.

Which sign of a deviation column is a surplus is for the column to say: it follows from what most
sentences say of it. Which of two times is higher needs no convention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from audit.checks.lines import ONE, ZERO
from audit.checks.prose.candidates import FLOWS, RESULTS
from audit.checks.prose.ties import Tie, ties
from audit.model import (
    Aspect,
    Basis,
    Comparison,
    Figure,
    Grid,
    Meaning,
    Measure,
    Mention,
    Report,
    Rule,
    Sense,
    Term,
)

MOSTLY = Decimal("0.8")  # of a table's budgets have one sign, if that is the sign of its costs
FEWEST = 3  # sentences that agree on what a column's sign means

Column = tuple[str, int]


def prose_direction(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the direction that words give a number with that of its figures."""
    told = {mention.sentence for mention in report.mentions if mention.direction}
    every = list(ties(report, (one for one in report.mentions if one.sentence in told)))
    wrong = {tie.mention.sentence for tie in every if not tie.agrees}
    for mention in report.mentions:
        if mention.sentence in wrong or not mention.direction or mention.sense is not Sense.SIZE:
            continue
        if mention.since is not None:
            yield _bound(mention, mention.since, rule)
    grids = {grid.table.id: grid for grid in report.grids}
    found = [tie for tie in every if tie.agrees and tie.mention.direction]
    votes = Counter(
        (column, way) for tie in found if (column := _signed(tie)) for way in [_way(tie)]
    )
    for tie in found:
        column = _signed(tie)
        known = _known(tie, grids)
        if known:
            yield _comparison(tie, rule, _way(tie) == known, 1, 1)
        elif column is not None:
            for_it, against = votes[column, _way(tie)], votes[column, -_way(tie)]
            if for_it >= FEWEST and not against:
                yield _comparison(tie, rule, True, for_it, for_it)
            elif for_it == 1 and against >= FEWEST:
                yield _comparison(tie, rule, False, against, against + 1)
        elif _of_times(tie):
            now, then = (term.figure for term in tie.candidate.terms)
            if way := _larger(now, then, tie):
                yield _comparison(tie, rule, tie.mention.direction == way, 1, 1)


def _bound(mention: Mention, since: Figure, rule: Rule) -> Comparison:
    """ "Ökat från A till B": B is at least A, "minskat" at most."""
    start, infinite = since.amount.value, Decimal("Infinity")
    low, high = (start, infinite) if mention.direction > 0 else (-infinite, start)
    return Comparison(
        rule=rule.code,
        stated=mention.figure,
        low=low,
        high=high,
        slack=since.amount.slack,
        terms=(Term(ONE, since, since.qualifier),),
        basis=Basis(labelled=True, agreeing=1, siblings=1),
        group=f"sentence{mention.sentence}",
    )


def _signed(tie: Tie) -> Column | None:
    """The column whose sign is good or bad, where the words say one of these."""
    terms = tie.candidate.terms
    worth = tie.mention.sense is Sense.WORTH and tie.candidate.meaning is Meaning.DEVIATION
    if not worth or len(terms) != 1 or not tie.candidate.value:
        return None
    return terms[0].figure.table, terms[0].figure.column


def _known(tie: Tie, grids: Mapping[str, Grid]) -> int:
    """What plus means where the table itself leaves no doubt: 1 good, -1 bad, 0 unknown. A result
    above nought is a surplus. A deviation reckoned as budget less outturn, of costs without a
    sign, is one too, and so is outturn less budget of costs with a minus."""
    (term, *more), mention = tie.candidate.terms, tie.mention
    if mention.sense is Sense.SIZE and mention.meaning is Meaning.DEVIATION and mention.sure:
        return _higher(tie, grids[term.figure.table])
    if more or mention.sense is not Sense.WORTH or not mention.sure:
        return 0
    if tie.candidate.result and tie.candidate.meaning is Meaning.VALUE:
        return 1
    if tie.candidate.meaning is not Meaning.DEVIATION:
        return 0
    return _of_costs(term.figure, grids[term.figure.table])


def _higher(tie: Tie, grid: Grid) -> int:
    """Whether plus means that the outturn or forecast is larger than the budget: -1 if the
    budget is, 0 unknown. It is larger in size: costs may have a minus."""
    row, found = tie.candidate.terms[0].figure.row, tie.candidate
    held = [
        (column.measure, figure)
        for column in grid.columns
        if (figure := grid.figures.get((row, column.index)))
    ]
    budgets = [figure for measure, figure in held if measure is Measure.BUDGET]
    outcomes = [figure for measure, figure in held if measure in FLOWS and measure is not None]
    ways = {
        _larger(outcome, budget, tie)
        for budget, outcome in product(budgets, outcomes)
        if abs(abs(outcome.amount.value - budget.amount.value) - abs(found.value))
        <= outcome.amount.slack + budget.amount.slack + found.slack
    }
    return ways.pop() * (1 if found.value > 0 else -1) if len(ways) == 1 else 0


def _larger(one: Figure, other: Figure, tie: Tie) -> int:
    """1 if ``one`` is the larger, -1 if ``other`` is: by sign for results, by size for all else;
    0 where two signs or rounding leave it open."""
    first, second = one.amount.value, other.amount.value
    if not tie.candidate.result:
        if first * second < 0:
            return 0
        first, second = abs(first), abs(second)
    if abs(first - second) <= one.amount.slack + other.amount.slack:
        return 0
    return 1 if first > second else -1


def _of_costs(deviation: Figure, grid: Grid) -> int:
    row = grid.row(deviation.row)
    if row.aspect is Aspect.INCOME or row.concept in RESULTS:
        return 0
    held = [
        (column.measure, figure.amount)
        for column in grid.columns
        if (figure := grid.figures.get((deviation.row, column.index)))
    ]
    budgets = [amount for measure, amount in held if measure is Measure.BUDGET]
    outcomes = [amount for measure, amount in held if measure in FLOWS and measure is not None]
    costs = _usual_sign(grid)
    for budget, outcome in product(budgets, outcomes):
        less = budget.value - outcome.value
        slack = budget.slack + outcome.slack + deviation.amount.slack
        saved = abs(deviation.amount.value - less) <= slack < abs(less)
        spent = abs(deviation.amount.value + less) <= slack < abs(less)
        if saved and costs > 0:
            return 1
        if costs < 0 and (saved or spent):
            return 1 if spent else -1
    return 0


def _usual_sign(grid: Grid) -> int:
    """The sign that nearly all budgets of the table have, but those of income: that of costs."""
    columns = {column.index for column in grid.columns if column.measure is Measure.BUDGET}
    income = {row.index for row in grid.rows if row.aspect is Aspect.INCOME}
    budgets = [
        figure.amount.value
        for (row, column), figure in grid.figures.items()
        if figure.amount.value and column in columns and row not in income
    ]
    plus = sum(value > 0 for value in budgets)
    if not budgets or MOSTLY * len(budgets) > max(plus, len(budgets) - plus):
        return 0
    return 1 if 2 * plus > len(budgets) else -1


def _way(tie: Tie) -> int:
    """1 where plus is good, -1 where minus is."""
    return tie.mention.direction * (1 if tie.candidate.value > 0 else -1)


def _of_times(tie: Tie) -> bool:
    """A change between two times, both of one sign and surely those of the row."""
    terms = tie.candidate.terms
    return (
        tie.mention.sure
        and tie.mention.sense is Sense.SIZE
        and tie.candidate.meaning is Meaning.CHANGE
        and len(terms) == 2
        and terms[0].figure.amount.value * terms[1].figure.amount.value >= 0
        and tie.candidate.value != 0
    )


def _comparison(tie: Tie, rule: Rule, right: bool, agreeing: int, siblings: int) -> Comparison:
    """The number as it is told beside what the figures make of it: the same, or the same with the
    other sign where the words tell the other direction."""
    mention, found = tie.mention, tie.candidate
    amount = mention.figure.amount
    expected = abs(found.value) * (1 if (amount.value >= 0) == right else -1)
    factor = ONE if (expected >= 0) == (found.value >= 0) else -ONE
    room = max(mention.high - abs(amount.value), ZERO)
    return Comparison(
        rule=rule.code,
        stated=mention.figure,
        low=expected,
        high=expected,
        slack=found.slack + room,
        terms=tuple(replace(term, factor=factor * term.factor) for term in found.terms),
        basis=Basis(labelled=siblings == 1, agreeing=agreeing, siblings=siblings),
        group=f"sentence{mention.sentence}",
    )

"""Slips that prove an identity by explaining its failure to the digit: a sign turned in one column,
a row's figures exchanged between two columns, a figure a thousandfold.

That such a slip fits by chance is as unlikely as that the identity holds by chance, so that few
columns, or none, need bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from audit.checks.fitting import FEWEST, Fit, Outcome
from audit.checks.lines import ZERO, Line

CLEAR = 100  # times rounding that a slip must move a figure to be no chance
THOUSAND = Decimal(1000)


def explained(reading: Fit, outcome: Outcome, lines: Sequence[Line], known: bool) -> bool:
    """Whether one slip makes a failing column fit. ``lines`` are the target's and the parts';
    ``known`` says that the norm promises the identity."""
    if outcome.unread:
        return False
    if reading.agreeing and _turned(outcome, lines):
        return True
    if not known:
        return False
    return _exchanged(reading, outcome) or (not reading.agreeing and _scaled(outcome))


def _turned(outcome: Outcome, lines: Iterable[Line]) -> bool:
    """One part's sign, where the other columns print its row with the other one."""
    rows = {line.key: line for line in lines}
    for row, value in _parts(outcome).items():
        turned = _fits(outcome, {row: -value})
        if turned and _clear(outcome, value) and _unusual(rows[row], outcome.place):
            return True
    return False


def _unusual(line: Line, place: int) -> bool:
    """Whether most other columns print the row with the other sign."""
    others = [f.amount.value for at, f in line.figures.items() if at != place and f.amount.value]
    against = sum((value < 0) != (line.figures[place].amount.value < 0) for value in others)
    return 2 * against > len(others)


def _exchanged(reading: Fit, outcome: Outcome) -> bool:
    """A row's figures in this column and in another one that does not fit either."""
    here = _values(outcome)
    for other in reading.outcomes:
        if other.place != outcome.place and not other.holds and other.nontrivial:
            there = _values(other)
            for row in here.keys() & there.keys():
                moved = abs(here[row] - there[row])
                exactly = not _clear(outcome, moved)  # what is no clear slip must fit to the digit
                both = _fits(outcome, {row: there[row]}, exactly=exactly) and _fits(
                    other, {row: here[row]}, exactly=exactly
                )
                if both and moved >= FEWEST * outcome.stated.amount.step:
                    return True
    return False


def _scaled(outcome: Outcome) -> bool:
    """A figure that should be a thousandth, or a thousand times as much."""
    return any(
        _clear(outcome, value - right) and _fits(outcome, {row: right})
        for row, value in _values(outcome).items()
        for right in _scales(value)
    )


def _scales(value: Decimal) -> Iterator[Decimal]:
    yield value / THOUSAND
    yield value * THOUSAND


def _parts(outcome: Outcome) -> dict[int, Decimal]:
    return {term.figure.row: term.figure.amount.value for term in outcome.terms}


def _values(outcome: Outcome) -> dict[int, Decimal]:
    """Every figure of the equation by its row."""
    return {**_parts(outcome), outcome.stated.row: outcome.stated.amount.value}


def _fits(outcome: Outcome, changed: Mapping[int, Decimal], *, exactly: bool = False) -> bool:
    """Whether the equation holds with some rows' figures replaced, within rounding or exactly."""
    values = {**_values(outcome), **changed}
    total = sum((term.factor * values[term.figure.row] for term in outcome.terms), ZERO)
    return abs(values[outcome.stated.row] - total) <= (ZERO if exactly else _tolerance(outcome))


def _tolerance(outcome: Outcome) -> Decimal:
    parts = sum((term.figure.amount.slack for term in outcome.terms), ZERO)
    return outcome.stated.amount.slack + parts


def _clear(outcome: Outcome, moved: Decimal) -> bool:
    return abs(moved) > CLEAR * _tolerance(outcome)

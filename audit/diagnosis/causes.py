"""What may have gone wrong in one relation: every cause that would explain its difference.

They are only thought of here; which one is believed is decided in the light of the report's other
relations.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, combinations

from audit.diagnosis.digits import significant, slip, strokes, telling
from audit.diagnosis.relations import Relations, Surroundings, key, solved
from audit.model import Comparison, Diagnosis, Figure, Measure

SCALES = (Decimal(1000), Decimal(100), Decimal(10))
FAR = 3  # digits, last zeros apart, that a number of another table must share to be the same


def causes(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Iterator[Diagnosis]:
    """Every cause that might explain a failing equation. Some leave a remainder that rounding
    would explain."""
    if not comparison.quotient:
        yield from _exchanged_within(comparison)
    for figure, right in _proposals(comparison):
        yield from _causes_at(figure, right, comparison, around)
    if comparison.quotient:
        yield from _slips_below_a_share(comparison)
    if (turned := relations.turned(comparison)) is not None:
        for figure, right in _proposals(turned):
            if figure is not turned.stated:
                yield from _causes_at(figure, right, turned, around)
    if not comparison.quotient:
        yield from _wrong_sum(comparison, relations)
    if abs(comparison.difference) <= 2 * comparison.tolerance:
        yield Diagnosis("rounding", comparison.stated, comparison.expected)


def _proposals(comparison: Comparison) -> Iterator[tuple[Figure, Decimal]]:
    """Each figure with the value at which the relation would hold to the last digit. A rounded
    percentage does not say so of the figures that it is made of."""
    yield comparison.stated, comparison.expected
    if comparison.quotient:
        return
    for term in comparison.terms:
        if term.factor:
            yield term.figure, term.figure.amount.value + comparison.difference / term.factor


def _slips_below_a_share(share: Comparison) -> Iterator[Diagnosis]:
    """Slips in what a share is made of: it does not say to the digit what that should be, so that
    only one slip may give what rounding allows."""
    for figure in {key(term.figure): term.figure for term in share.terms}.values():
        if (meant := solved(share, figure)) is not None:
            right, room = meant
            slips = [
                *strokes(figure.amount),
                ("sign-flipped", -figure.amount.value),
                *(("scale", figure.amount.value / scale) for scale in SCALES),
                *(("scale", figure.amount.value * scale) for scale in SCALES),
            ]
            near = {value: kind for kind, value in slips if abs(value - right) <= room}
            if len(near) == 1:
                ((value, kind),) = near.items()
                yield Diagnosis(kind, figure, value)


def _causes_at(
    figure: Figure, right: Decimal, comparison: Comparison, around: Surroundings
) -> Iterator[Diagnosis]:
    yield from _exchanged_beside(figure, right, comparison.tolerance, around)
    yield from _one_cell(figure, right, comparison, around)


def _one_cell(
    figure: Figure, right: Decimal, comparison: Comparison, around: Surroundings
) -> Iterator[Diagnosis]:
    amount, tolerance = figure.amount, comparison.tolerance
    copied = [other for other in around.row(figure) if other.amount.value == amount.value]
    if copied and telling(amount):
        nearest = min(copied, key=lambda other: abs(other.column - figure.column))
        yield Diagnosis("copied-neighbour", figure, right, (nearest,))
    if stale := _of_another_period(figure, around):
        yield Diagnosis("another-period", figure, right, (stale[0],))
    if amount.value and abs(amount.value + right) <= tolerance:
        yield Diagnosis("sign-flipped", figure, -amount.value)
    if found := slip(amount, right, tolerance):
        yield Diagnosis(found[0], figure, found[1])
    yield from _out_of_scale(figure, right, tolerance)
    yield Diagnosis("unknown", figure, right)


def _of_another_period(figure: Figure, around: Surroundings) -> list[Figure]:
    """What other tables print, in a row of the figure's name, for the same measure of another
    time, and that is the same number, its sign apart."""
    if figure.period is None or significant(figure.amount) < FAR:
        return []
    value, slack = abs(figure.amount.value), figure.amount.slack
    return [
        other
        for other in around.elsewhere(figure)
        if other.period not in (None, figure.period)
        if _kind(other) == _kind(figure) and other.amount.unit.kind is figure.amount.unit.kind
        if abs(abs(other.amount.value) - value) <= slack + other.amount.slack
        if significant(other.amount) >= FAR
    ]


def _kind(figure: Figure) -> Measure | None:
    """The measure, with one name for the outturn of a year and its accounts."""
    return Measure.OUTTURN if figure.measure is Measure.ACCOUNTS else figure.measure


def _out_of_scale(figure: Figure, right: Decimal, tolerance: Decimal) -> Iterator[Diagnosis]:
    """Zeros too many, where what is left without them can be printed, or too few."""
    value, step = figure.amount.value, figure.amount.step
    for scale in SCALES:
        meant = value / scale
        if _near(value * scale, right, tolerance):
            yield Diagnosis("scale", figure, right)
            continue
        printable = meant and not (step and meant % step)
        if printable and clear(value, tolerance) and abs(meant - right) <= tolerance:
            yield Diagnosis("scale", figure, meant)


def _exchanged_within(comparison: Comparison) -> Iterator[Diagnosis]:
    """Two figures of the relation that count against each other, the stated one among them."""
    stated = (comparison.stated, Decimal(-1))
    sides = [stated, *((term.figure, term.factor) for term in comparison.terms)]
    for (first, one), (second, other) in combinations(sides, 2):
        if one != other and first.amount.value != second.amount.value:
            yield Diagnosis(_exchange(first, second), first, second.amount.value, (second,))


def _near(one: Decimal, other: Decimal, tolerance: Decimal) -> bool:
    """Whether two numbers are alike within a tolerance that both are clear of."""
    return abs(one - other) <= tolerance and clear(min(abs(one), abs(other)), tolerance)


def _exchanged_beside(
    figure: Figure, right: Decimal, tolerance: Decimal, around: Surroundings
) -> Iterator[Diagnosis]:
    """A figure of the row or column, outside the relation or in it, that prints the right value."""
    for other in (*around.column(figure), *around.row(figure)):
        value = other.amount.value
        alike = value == right or _near(value, right, tolerance)
        either = telling(figure.amount) or telling(other.amount)
        if alike and either and value != figure.amount.value:
            yield Diagnosis(_exchange(figure, other), figure, value, (other,))


def _exchange(one: Figure, other: Figure) -> str:
    return "rows-exchanged" if one.column == other.column else "columns-exchanged"


def _wrong_sum(comparison: Comparison, relations: Relations) -> Iterator[Diagnosis]:
    """A column's sum that lacks a row, has one twice, or was made before the last rows came. Where
    two rows would do, neither is named."""
    terms = comparison.terms
    if len(terms) < 2 or len({figure.column for figure in comparison.figures}) != 1:
        return
    stated, difference, right = comparison.stated, comparison.difference, comparison.expected

    def matches(value: Decimal) -> bool:
        return _explains(value, difference, comparison.tolerance)

    counted = [(term.figure, term.factor * term.figure.amount.value) for term in terms]
    again = [figure for figure, value in counted if matches(value)]
    again += [
        figure
        for figure in _counted_elsewhere(comparison, relations)
        if matches(figure.amount.value)
    ]
    left_out = [figure for figure, value in counted if matches(-value)]
    if len(again) == 1:
        yield Diagnosis("row-counted-twice", stated, right, tuple(again))
    if len(left_out) == 1:
        yield Diagnosis("row-left-out", stated, right, tuple(left_out))
    from_below = sorted(counted, key=lambda pair: -pair[0].row)
    sums = list(accumulate(value for _, value in from_below))
    for many in range(2, len(terms) - 1):
        if matches(-sums[many - 1]):
            later = tuple(figure for figure, _ in reversed(from_below[:many]))
            yield Diagnosis("stale-total", stated, right, later)


def _counted_elsewhere(comparison: Comparison, relations: Relations) -> list[Figure]:
    """Figures whose worth the sum has already by other rows: subtotals of its parts, and the
    of-which rows of one part."""
    parts = {key(term.figure): term.figure for term in comparison.terms}
    found: dict[tuple[str, int, int], Figure] = {}
    for part in parts.values():
        for other in relations.around(part):
            inside = [key(term.figure) in parts for term in other.terms]
            if key(other.stated) in parts and not any(inside):
                found |= {key(term.figure): term.figure for term in other.terms}
            elif all(inside) and other.stated.column == comparison.stated.column:
                found[key(other.stated)] = other.stated
    found.pop(key(comparison.stated), None)
    return list(found.values())


def _explains(value: Decimal, difference: Decimal, tolerance: Decimal) -> bool:
    """Whether a difference is ``value``: to the digit, or so large that rounding hides little."""
    if not value:
        return False
    return value == difference or (clear(value, tolerance) and abs(value - difference) <= tolerance)


def clear(difference: Decimal, tolerance: Decimal) -> bool:
    """Whether a difference is so far beyond rounding that likeness within rounding is no chance:
    an order of magnitude."""
    return abs(difference) > 10 * tolerance

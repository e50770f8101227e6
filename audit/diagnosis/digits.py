"""Slips of the hand: what one wrong stroke makes of a number's digits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.model import Amount

TRANSPOSED = "transposed-digits"
MISTYPED = "mistyped-digit"
LEAST = 2  # digits that a number needs before a likeness of digits says anything
NEAR = 40  # so many last digits around the sum of rounded parts are looked at, no more


def slip(printed: Amount, right: Decimal, tolerance: Decimal) -> tuple[str, Decimal] | None:
    """The kind of slip that made ``printed`` of ``right``, and the number that was meant: within
    ``tolerance`` of ``right``, nearest first, for rounded parts do not give it to the digit. All
    are in base units. None where no slip explains it."""
    step = printed.step
    if not step:
        return None  # a count, which no printing rounds
    meant = [value for value in _around(right, step, tolerance) if value * printed.value > 0]
    one = digits(printed.value, step)
    for kind, test in ((TRANSPOSED, transposed), (MISTYPED, mistyped)):
        for value in meant:
            if test(one, digits(value, step)):
                return kind, value
    return None


def strokes(printed: Amount) -> Iterator[tuple[str, Decimal]]:
    """Every number, in base units, that one slip would turn into ``printed``, with its kind."""
    if not printed.step:
        return
    one = digits(printed.value, printed.step)
    sign = -1 if printed.value < 0 else 1
    for at in range(len(one)):
        near = [(TRANSPOSED, one[:at] + one[at : at + 2][::-1] + one[at + 2 :])]
        near += [(MISTYPED, one[:at] + other + one[at + 1 :]) for other in "0123456789"]
        for kind, meant in near:
            slipped = transposed if kind == TRANSPOSED else mistyped
            if not meant.startswith("0") and slipped(one, meant):
                yield kind, sign * int(meant) * printed.step


def _around(right: Decimal, step: Decimal, tolerance: Decimal) -> Iterator[Decimal]:
    """The printable numbers within ``tolerance`` of ``right``, nearest first."""
    middle = (right / step).to_integral_value() * step
    most = min(int(tolerance / step), NEAR)
    for away in sorted(range(-most, most + 1), key=abs):
        if abs(middle + away * step - right) <= tolerance:
            yield middle + away * step


def digits(value: Decimal, step: Decimal) -> str:
    """The digits of a number that is printed in units of ``step``, without sign."""
    return str(abs(int(value / step)))


def telling(printed: Amount) -> bool:
    """Whether a number has digits enough that another like it is no chance."""
    if not printed.step:
        return False
    return len(digits(printed.value, printed.step)) >= LEAST


def significant(printed: Amount) -> int:
    """How many digits a printed number has, last zeros apart; 0 for a count."""
    return len(digits(printed.value, printed.step).strip("0")) if printed.step else 0


def transposed(one: str, other: str) -> bool:
    """Whether two neighbouring digits have changed places, and nothing else."""
    if len(one) != len(other) or one == other:
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    i, j = places
    return one[i] == other[j] and one[j] == other[i]


def mistyped(one: str, other: str) -> bool:
    """Whether one digit differs, in numbers of at least two."""
    if len(one) != len(other) or len(one) < LEAST:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1

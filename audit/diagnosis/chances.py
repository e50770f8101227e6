"""How likely a slip is to print exactly this: what causes are weighed by.

The weights have no unit; only their ratios count. Each is the chance that the slip, made in this
cell, turns the right number into the printed one.
"""

from __future__ import annotations

from decimal import Decimal

from audit.diagnosis.digits import digits, telling
from audit.diagnosis.relations import Surroundings, folded
from audit.model import Comparison, Diagnosis, Figure

WITNESS = 1000.0  # how seldom a wrong cause mends another relation
PART = 0.3  # a number that was worked out goes stale more often than one that was entered
UNLIKE = 0.05  # how little a number goes with a row that knows no other of its sign or size
MAGNITUDES = 10  # any other number: one in so many is of the right size, however large


def chance(cause: Diagnosis, comparison: Comparison, around: Surroundings) -> float:
    """The weight of a cause of a failing equation, by its kind alone, not by what it mends."""
    suspect, proposed = cause.suspect, cause.proposed
    if suspect is None or proposed is None:
        return 0.0
    step = suspect.amount.step or Decimal(1)
    rivals = 2 * int(comparison.tolerance / step) + 1  # right numbers that rounding would allow
    length = max(2, len(digits(suspect.amount.value, step)))
    moved = max(Decimal(1), abs(suspect.amount.value - proposed) / step)
    any_other = 1 / (2 * MAGNITUDES * float(moved))
    origin = 1 if suspect is comparison.stated else PART
    match cause.kind:
        case "transposed-digits":
            return 1 / ((length - 1) * rivals)
        case "mistyped-digit":
            return 1 / (9 * length * rivals)
        case "sign-flipped":
            return 0.5 / rivals * _likelier(suspect, proposed, around)
        case "scale":
            return 0.2 / rivals
        case "copied-neighbour" | "another-period":
            # The right number is another year's, say, and seldom within a hundredth of the copy.
            apart = float(max(moved, abs(suspect.amount.value) / step / 100))
            often = _alike(suspect, cause.others[0], around)
            return origin / (2 * MAGNITUDES * apart) / 2 / often
        case "rows-exchanged" | "columns-exchanged":
            places = len(around.row(suspect)) + len(around.column(suspect))
            fits = _likelier(suspect, proposed, around)
            for other in cause.others:
                fits *= _likelier(other, suspect.amount.value, around)
            return fits / (max(1, places) * rivals)
        case "row-left-out" | "row-counted-twice" | "stale-total":
            return 1 / (len(comparison.terms) * rivals)
        case "rounding":
            return 0.5
        case _:
            return any_other * origin


def _likelier(figure: Figure, proposed: Decimal, around: Surroundings) -> float:
    """How much better another number goes with the row: by its sign and size."""
    beside = [other.amount.value for other in around.row(figure) if other.amount.value]

    def goes(value: Decimal) -> float:
        near = (
            float(min(abs(value), abs(other)) / max(abs(value), abs(other)))
            for other in beside
            if value * other > 0
        )
        return max(UNLIKE, *near, UNLIKE)

    return goes(proposed) / goes(figure.amount.value) if beside else 1.0


def _alike(one: Figure, other: Figure, around: Surroundings) -> float:
    """How often the columns of two figures of a row, or of a row in two tables, print the same
    number in other rows, where that is no matter of few digits."""
    same = seen = 0

    def row(figure: Figure) -> int | str:
        return figure.row if one.table == other.table else folded(figure.label)

    beside = {row(figure): figure for figure in around.column(other)}
    for figure in around.column(one):
        neighbour = beside.get(row(figure))
        if neighbour is not None and telling(figure.amount) and telling(neighbour.amount):
            seen += 1
            same += figure.amount.value == neighbour.amount.value
    short = 10.0 ** (1 - len(digits(one.amount.value, one.amount.step or Decimal(1))))
    return min(1.0, (same + 0.1) / (seen + 2) + short / 2)

"""Values as plain text: amounts exact and in the unit they were printed in, words without any
character that could steer a terminal or turn the direction of writing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from audit.language import Words
from audit.model import Amount, Cell, Figure, Unit, UnitKind


def clean(text: str) -> str:
    """``text`` on one line: control and format characters are gone, line breaks are spaces."""
    if text.isprintable():  # most is, and an archive has millions of cells
        return text
    spaced = text.translate({ord(mark): " " for mark in "\t\n\r\v\f"})
    return "".join(
        letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
    )


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def marked(cell: Cell) -> str:
    """The cell's text with its footnote mark raised, so that 48 with mark 4 is not read as 484."""
    return clean(cell.text + cell.mark.translate(RAISED))


def in_unit(value: Decimal, unit: Unit, step: Decimal) -> Decimal:
    """``value``, which is in base units, in ``unit``: exact, and with at least the decimals of
    ``step``, what the last printed digit is worth."""
    scaled = value.scaleb(-unit.exponent)
    decimals = max(_decimals(scaled), _decimals(step.scaleb(-unit.exponent)))
    return scaled.quantize(Decimal(1).scaleb(-decimals))


def exact(value: Decimal, unit: Unit, step: Decimal) -> str:
    """``in_unit`` as digits for a machine: "-1777", "8.10"."""
    return f"{in_unit(value, unit, step):f}"


def digits(amount: Amount) -> str:
    """A printed amount as digits for a machine, in the unit it was printed in."""
    return exact(amount.value, amount.unit, amount.step)


def number(words: Words, value: Decimal, like: Amount) -> str:
    """``value``, in base units, as a reader would print it beside the amount ``like``."""
    return words.number(in_unit(value, like.unit, like.step))


def with_unit(text: str, unit: Unit) -> str:
    """ "12 842 tkr"; no unit word is added where none is known."""
    symbol = unit.symbol or ("%" if unit.kind is UnitKind.PERCENT else "")
    return f"{text}\N{NO-BREAK SPACE}{symbol}" if symbol else text


def page(figure: Figure) -> int:
    return figure.source.box.page


def unique(figures: Iterable[Figure | None]) -> tuple[Figure, ...]:
    """Each figure once, by where it stands, in the order given."""
    kept: list[Figure] = []
    for figure in figures:
        if figure and not any(same(figure, other) for other in kept):
            kept.append(figure)
    return tuple(kept)


def same(one: Figure, other: Figure) -> bool:
    """Whether both stand in the same place."""
    return (one.source, one.amount) == (other.source, other.amount)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0

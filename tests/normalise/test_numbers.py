"""Printed numbers, as they occur in Swedish reports."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.normalise.numbers import decimal_mark, parse, plain

SPACES = " \u00a0\u2007\u2008\u2009\u200a\u202f"
MINUSES = "-\u2212\u2010\u2011\u2013"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1 234", "1234"),
        ("1\u202f234\u2009567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
        ("- 3 950", "-3950"),
        ("123-", "-123"),
        ("\u22122,7 %", "-2.7"),
        ("+315", "315"),
        ("0,2 mnkr", "0.2"),
        ("4,75 mnkr", "4.75"),
        ("40mnkr", "40"),
    ],
)
def test_a_number(text: str, value: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert printed.value == Decimal(value)
    decimals = -Decimal(value).as_tuple().exponent
    assert printed.step == Decimal(1).scaleb(-decimals)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "\u2013", "x", "I.U.", "IU", "\u00d6ka", "Of\u00f6r\u00e4ndrat"),
        *("12 34", "1 2345", "545 107 12 842", "45,3 (44,1)", "98-100", "20\u201330"),
        *("1.234", "2021-08-31", "10:30", "3 av 5", "1 (26)", "+5-", "(12", "12)"),
        *("1" * 25, "0," + "1" * 24),  # more digits than sums of them keep
        *("I.U. Genomf\u00f6rs under h\u00f6sten 2021.", "Halv\u00e5r 1 2026", "0123"),
    ],
)
def test_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("36%", "36", "%", ""),
        ("36 %", "36", "%", ""),
        ("\u226512%", "12", "%", "\u2265"),
        ("<6%", "6", "%", "<"),
        ("1 940 (per den 1 april)", "1940", "", "per den 1 april"),
        ("2018: 74%", "74", "%", "2018"),
        ("Mindre \u00e4n 23", "23", "", "Mindre \u00e4n"),
    ],
)
def test_what_stands_beside_a_number(text: str, value: str, unit: str, qualifier: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.value, printed.unit, printed.qualifier) == (Decimal(value), unit, qualifier)


@pytest.mark.parametrize("text", ["48\u2074", "67,5 \u2076", "1 234*"])
def test_a_footnote_mark_is_no_digit(text: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert str(printed.value) in {"48", "67.5", "1234"}


def test_brackets_are_told_and_not_judged() -> None:
    printed = parse("(1 234)")
    assert printed is not None
    assert (printed.value, printed.bracketed) == (Decimal(1234), True)


@given(
    value=st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=2),
    decimals=st.integers(0, 2),
    space=st.sampled_from(SPACES),
    minus=st.sampled_from(MINUSES),
    gap=st.booleans(),
)
def test_printing_and_parsing_are_inverse(
    value: Decimal, decimals: int, space: str, minus: str, gap: bool
) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-decimals))
    printed = parse(_print(rounded, space, minus + (" " if gap else "")))
    assert printed is not None
    assert printed.value == rounded
    assert printed.step == Decimal(1).scaleb(-decimals)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    parse(text)
    assert plain(plain(text)) == plain(text)


def _print(value: Decimal, space: str, minus: str) -> str:
    whole, _, decimals = f"{abs(value):f}".partition(".")
    digits = f"{int(whole):,}".replace(",", space) + ("," + decimals if decimals else "")
    return (minus if value < 0 else "") + digits


@pytest.mark.parametrize(
    ("texts", "text", "value"),
    [
        (["3,5", "12,25"], "1.234", "1234"),
        (["0.9", "12.5"], "1,538", "1538"),
        (["3,5"], "1,538", "1.538"),
    ],
)
def test_the_table_says_what_stands_before_decimals(
    texts: list[str], text: str, value: str
) -> None:
    printed = parse(text, decimal_mark(texts))
    assert printed is not None
    assert printed.value == Decimal(value)

"""One kind of minus and of space, whoever read the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.confirm.numerals import numerals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u2212 1\u00a0633,7", ("-1633,7",)),
        ("\u20131\u2009633", ("-1633",)),
        ("(45 170)", ("(45170",)),
        ("1 940 (per den 1 april)", ("1940", "1")),
        ("98-100", ("98", "-100")),
        ("300\t250", ("300", "250")),
        ("2024 100", ("2024", "100")),
        ("48⁴", ("48",)),
        ("I.U.", ()),
    ],
)
def test_numbers_as_printed(text: str, expected: tuple[str, ...]) -> None:
    assert numerals(text) == expected


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f"]),
    st.sampled_from(["-", "\u2212", "\u2013"]),
)
def test_a_number_is_the_same_in_every_setting(value: int, blank: str, dash: str) -> None:
    printed = f"{value:,}".replace(",", blank).replace("-", dash)
    assert numerals(printed) == (str(value),)

"""Causes: which slip explains a difference, and in which cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import judge, rulebook
from audit.diagnosis.digits import mistyped, transposed
from audit.model import Finding
from audit.normalise import normalise
from audit.pipeline import compare
from tests.tables import document, table

RULES = rulebook.load([])


def findings(text: str, unit: str = "tkr") -> tuple[Finding, ...]:
    report = normalise(document(table(text, unit=unit)))
    by_code = {rule.code: rule for rule in RULES}
    return judge.judge(report, compare(report, RULES), by_code, {})


def cause(finding: Finding) -> tuple[str, str, str, str]:
    """The kind, the suspect's row and column, and what it should print."""
    found = finding.diagnosis
    assert found is not None
    assert found.suspect is not None
    assert found.proposed is not None
    right = found.proposed.scaleb(-found.suspect.amount.unit.exponent).normalize()
    return (found.kind, found.suspect.label, found.suspect.header, f"{right:f}")


SUM = """
| Verksamhet | Utfall 2021 | Budget 2021 | Utfall 2020 |
| Förskola   | 41 210      | 42 000      | 40 118      |
| Grundskola | 88 345      | 87 500      | 85 902      |
| Fritidshem | 12 407      | 12 900      | 12 266      |
| Summa      | {total}     | 142 400     | 138 286     |
"""


@pytest.mark.parametrize(
    ("total", "kind"),
    [
        ("-141 962", "sign-flipped"),
        ("141 692", "transposed-digits"),
        ("941 962", "mistyped-digit"),
        ("129 555", "row-left-out"),
        ("154 369", "row-counted-twice"),
    ],
)
def test_a_total_that_is_off(total: str, kind: str) -> None:
    (finding,) = findings(SUM.format(total=total))
    assert cause(finding) == (kind, "Summa", "Utfall 2021", "141962")


def test_a_slip_that_the_total_or_a_part_may_hold_names_neither() -> None:
    (finding,) = findings(SUM.format(total="142 962"))
    assert finding.diagnosis is None


def test_a_forecast_copied_to_the_deviation() -> None:
    (finding,) = findings(
        """
        | Verksamhet     | Prognos 2021 | Budget 2021 | Avvikelse |
        | Förskola       | 41 210       | 42 000      | 790       |
        | Grundskola     | 88 345       | 87 500      | -845      |
        | Fritidshem     | 12 407       | 12 900      | 12 407    |
        | Gymnasieskola  | 35 118       | 36 250      | 1 132     |
        | Vuxenutbildning | 9 640       | 9 210       | -430      |
        """
    )
    assert cause(finding) == ("copied-neighbour", "Fritidshem", "Avvikelse", "493")


def test_costs_and_income_that_have_changed_places() -> None:
    (finding,) = findings(
        """
        | Verksamhet      | Prognos 2021 | Budget 2021 | Bokslut 2020 |
        | Nettokostnader  | 532 265      | 545 107     | 449 379      |
        | varav kostnader | 622 265      | 625 933     | 156 362      |
        | varav intäkter  | 90 000       | 80 826      | 605 741      |
        """
    )
    assert cause(finding) == ("rows-exchanged", "varav kostnader", "Bokslut 2020", "605741")


@given(st.integers(10, 10**9), st.integers(0, 8))
def test_neighbouring_digits_that_change_places(number: int, at: int) -> None:
    text = str(number)
    at %= len(text) - 1
    turned = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert transposed(text, turned) == (text != turned)
    assert transposed(turned, text) == transposed(text, turned)


@given(st.integers(10, 10**9), st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_digit_that_is_wrong(number: int, at: int, digit: str) -> None:
    text = str(number)
    at %= len(text)
    wrong = text[:at] + digit + text[at + 1 :]
    assert mistyped(text, wrong) == (text != wrong)
    assert not (mistyped(text, wrong) and transposed(text, wrong))

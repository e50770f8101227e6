"""Sentences of findings: formulas, bounds, causes."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from audit.checks.lines import share
from audit.language import NO_BREAK_SPACE, translation
from audit.model import (
    Amount,
    Basis,
    Confirmation,
    Diagnosis,
    Figure,
    Finding,
    Reading,
    Term,
    Unit,
    UnitKind,
)
from audit.output import excerpt, sentences
from audit.output.mending import mended
from audit.output.plain import clean, digits, exact
from tests import reports

SV, EN = translation("sv"), translation("en")
GRID = reports.grid("p1t1", 1, "Tabell", reports.FORECAST)
AT = GRID.figures


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ")


def finding(*terms: tuple[int, Figure, str], diagnosis: Diagnosis | None = None) -> Finding:
    comparison = reports.equation("SUM101", AT[10, 1], *terms)
    return Finding(
        reports.DEV201, reports.DEV201.severity, comparison, diagnosis, Reading.SINGLE, "f"
    )


def test_a_difference_is_told_with_its_numbers() -> None:
    said = sentences.calculation(SV, reports.deviation(GRID, 14))
    assert plain(said) == (
        "Prognos helår − Budget 2021: 354 881 − 356 658 = −1 777, "
        "men 354 881 är tryckt (skiljer 356 658 tkr)"
    )


def test_a_relation_that_holds_is_told_without_complaint() -> None:
    said = sentences.calculation(EN, reports.deviation(GRID, 13))
    assert plain(said) == "Prognos helår − Budget 2021: (−8 245) − 0 = −8 245"


def test_a_long_sum_names_its_ends_and_counts_its_parts() -> None:
    terms = [(1, AT[row, 1], AT[row, 1].label) for row in range(1, 9)]
    comparison = finding(*terms).comparison
    assert sentences.formula(comparison) == (
        "Kommunstyrelsen + Kommunledningsstaben + … + Kommunikationsstaben"
    )
    assert plain(sentences.calculation(EN, comparison)) == (
        "The 8 parts give 513 115, but 532 265 is printed (off by 19 150 tkr)"
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("-Infinity", "100000", "532 265 is printed, but at most 100 is possible (whole)"),
        ("900000000", "Infinity", "532 265 is printed, but at least 900 000 is possible (whole)"),
        ("1000", "2000", "532 265 is printed, but must lie between 1 and 2 (whole)"),
    ],
)
def test_bounds(low: str, high: str, said: str) -> None:
    comparison = dataclasses.replace(
        finding((1, AT[1, 1], "whole")).comparison, low=Decimal(low), high=Decimal(high)
    )
    assert plain(sentences.calculation(EN, comparison)) == said


def test_a_term_in_another_unit_bears_its_unit() -> None:
    millions = dataclasses.replace(reports.TKR, symbol="mnkr", exponent=6)
    other = dataclasses.replace(AT[1, 1], amount=reports.amount("1,5", millions))
    said = sentences.calculation(EN, finding((1, other, "A"), (1, AT[2, 1], "B")).comparison)
    assert plain(said).startswith("A + B: 1.5 mnkr + 180 065 = 181 565,")


@pytest.mark.parametrize("kind", [*sentences.CAUSES, "copied-neighbour"])
@pytest.mark.parametrize("others", [0, 1, 2])
@pytest.mark.parametrize("words", [SV, EN], ids=["sv", "en"])
def test_every_cause_is_a_sentence(kind: str, others: int, words: object) -> None:
    diagnosis = Diagnosis(kind, AT[1, 1], Decimal(1000), (AT[2, 1], AT[2, 2])[:others])
    assert words in {SV, EN}
    said = sentences.cause(SV if words == SV else EN, finding(diagnosis=diagnosis))
    assert said.endswith(".")
    assert "{" not in said


def test_an_unknown_cause_is_passed_over() -> None:
    assert sentences.cause(EN, finding(diagnosis=Diagnosis("sunspots"))) == ""
    assert sentences.cause(EN, finding()) == ""


def test_copied_from_another_row_or_column() -> None:
    across = finding(diagnosis=Diagnosis("copied-neighbour", AT[1, 3], None, (AT[1, 1],)))
    along = finding(diagnosis=Diagnosis("copied-neighbour", AT[1, 3], None, (AT[2, 3],)))
    assert "column Prognos helår has been copied to the column Avvikelse" in sentences.cause(
        EN, across
    )
    assert "row Kommunledningsstaben has been copied to the row Kommunstyrelsen" in sentences.cause(
        EN, along
    )


def test_what_the_second_reader_saw() -> None:
    seen = {AT[10, 1].source.box: "532 266"}
    confirmation = Confirmation(Reading.MISREAD, "camelot", seen)
    said = sentences.second_reader(EN, dataclasses.replace(finding(), confirmation=confirmation))
    assert said == "The readers disagree: “532 265” or “532 266”."


def test_what_else_holds_with_every_proposal_in_place() -> None:
    audited = reports.linkoping()
    costs = audited.findings[0]
    (other,) = mended(audited, costs)
    assert (other.rule, other.stated.row) == ("SUM104", 13)


@pytest.mark.parametrize("printed", ["-1777", "0", "8.10", "-0.5", "1234567"])
def test_amounts_are_exact_in_the_unit_printed(printed: str) -> None:
    assert digits(reports.amount(printed)) == printed


def test_more_digits_than_printed_are_kept() -> None:
    assert exact(Decimal("1500"), reports.TKR, Decimal(1000)) == "1.5"


def test_words_cannot_steer_a_terminal() -> None:
    assert (
        clean("a\x1b[31mb\u202ec\u200bd\n e\N{NO-BREAK SPACE}f") == "a[31mbcd  e\N{NO-BREAK SPACE}f"
    )


def test_a_share_is_told_as_a_quotient_and_is_off_by_points() -> None:
    percent = Unit("%", 0, UnitKind.PERCENT)
    stated = dataclasses.replace(
        AT[1, 3], amount=Amount(Decimal(34), Decimal(1), percent), label="Andel"
    )
    of, whole = AT[1, 1], AT[10, 1]
    terms = (Term(Decimal(1), of, "Del"), Term(Decimal(1), whole, "Helhet", below=True))
    compared = share(reports.DEV201, stated, terms, Basis(True, 1, 2))
    assert sentences.formula(compared) == "Del / Helhet"
    said = plain(sentences.calculation(SV, compared))
    assert said.startswith("Del / Helhet: ")
    assert said.endswith("men 34 är tryckt (skiljer 28,6 procentenheter)"), said


def test_two_cells_that_nothing_tells_apart() -> None:
    either = finding(diagnosis=Diagnosis("either", others=(AT[1, 1], AT[2, 1])))
    for words in (SV, EN):
        said = sentences.cause(words, either)
        assert AT[1, 1].label in said
        assert AT[2, 1].label in said
    assert excerpt.suspects(either) == (AT[1, 1], AT[2, 1])

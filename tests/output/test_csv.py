"""CSV: what a spreadsheet gets."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.language import translation
from audit.output.csv import FINDINGS, NUMBER, TABLES, findings_csv, safe, tables_csv
from tests import reports


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_findings() -> None:
    found = rows(findings_csv([reports.linkoping(), reports.clean()], translation("en")))
    assert tuple(found[0]) == FINDINGS
    assert len(found) == 5
    keys = ("rule", "actual", "expected", "difference", "unit", "suspect_column", "proposed")
    assert [found[0][key] for key in keys] == [
        "DEV201", "354881", "-1777", "356658", "tkr", "Avvikelse", "-1777"
    ]  # fmt: skip


def test_tables() -> None:
    cells = rows(tables_csv([reports.linkoping(), reports.unreadable()]))
    assert tuple(cells[0]) == TABLES
    assert {cell["table"] for cell in cells} == {"p4t1", "p5t1"}
    (cell,) = [cell for cell in cells if cell["text"] == "-11 236"]
    assert (cell["value"], cell["unit"], cell["mark"]) == ("-11236", "tkr", "")
    assert (cell["label"], cell["column_header"]) == ("Verksamhetsstöd och service", "Utfall")


@pytest.mark.parametrize("text", ["-1777", "+5", "-11 236", "−9 601", "-13,6 %", "Summa", "12"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "-1+1", "@SUM(A1)", "+A1", "-", " =1", "\t=1", "=HYPERLINK(1)", "-2+3|cmd"]
)
def test_formulas_are_made_harmless(text: str) -> None:
    assert safe(text).startswith("'")


@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    written = safe(text).lstrip()
    assert not written.startswith(("=", "@")) or not written
    if written.startswith(("+", "-")):
        assert NUMBER.fullmatch(written.strip())


def test_what_became_of_figures() -> None:
    cells = rows(tables_csv([reports.marked()]))
    assert [(cell["coverage"], cell["rules"]) for cell in cells if cell["value"]] == [
        ("uncovered", ""), ("verified", "DEV201 SUM101"), ("contradicted", "SUM101")
    ]  # fmt: skip

"""The sample on real figures: what the script sets, what is read, what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import audit
from audit.extract import read
from audit.model import AuditedReport, Cell, Document, Finding, Observation, Severity, Table
from samples.build import build, page_texts, truth, written
from tests.extract.pages import texts

SAMPLE = Path(__file__).parents[2] / "samples" / "linkoping-ks-2021-08"
PDF = SAMPLE / "report.pdf"
SOURCE = SAMPLE / "report.typ"
TRUTH = json.loads((SAMPLE / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def document() -> Document:
    return read(PDF)


@pytest.fixture(scope="module")
def audited() -> AuditedReport:
    return audit.check(PDF)


# --- what the script makes -----------------------------------------------------------------


def test_the_script_sets_the_committed_report() -> None:
    assert page_texts(build(SOURCE)) == page_texts(PDF.read_bytes())


def test_the_truth_is_what_the_script_says() -> None:
    assert written(truth(SOURCE, PDF.read_bytes())) == (SAMPLE / "truth.json").read_text("utf-8")


def test_errors_stand_in_the_tables_as_printed() -> None:
    for error in TRUTH["errors"]:
        table = _true(error["table"])
        column = table["rows"][table["header_rows"] - 1].index(error["column"])
        assert error["printed"] in {
            _spaced(row[column]) for row in table["rows"] if row[0] == error["row"]
        }


def test_the_report_is_small() -> None:
    assert PDF.stat().st_size < 300_000


# --- what is read --------------------------------------------------------------------------


def test_every_table_is_read_and_nothing_else(document: Document) -> None:
    assert [(table.title, list(table.pages)) for table in document.tables] == [
        (table["title"], table["pages"]) for table in TRUTH["tables"]
    ]


@pytest.mark.parametrize("title", [table["title"] for table in TRUTH["tables"]])
def test_every_cell_is_read_as_printed(document: Document, title: str) -> None:
    true, table = _true(title), _named(document, title)
    assert _texts(texts(table)) == _texts(true["rows"])
    assert table.header_rows == true["header_rows"]
    assert _spans(table) == true["spans"]
    assert _marks(table) == true["marks"]


def _true(title: str) -> dict[str, Any]:
    (table,) = [table for table in TRUTH["tables"] if table["title"] == title]
    found: dict[str, Any] = table
    return found


def _named(document: Document, title: str) -> Table:
    (table,) = [table for table in document.tables if table.title == title]
    return table


def _texts(rows: list[list[str]]) -> list[list[str]]:
    """Which space stands between thousands is lost in reading, and no matter."""
    return [[_spaced(text) for text in row] for row in rows]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _spans(table: Table) -> list[list[int]]:
    return sorted(
        [cell.row, cell.column, cell.rows, cell.columns]
        for cell in table.cells
        if cell.rows > 1 or cell.columns > 1
    )


def _marks(table: Table) -> list[list[object]]:
    return [[cell.row, cell.column, cell.mark] for cell in table.cells if cell.mark]


def test_footnotes_belong_to_their_tables(document: Document) -> None:
    for table in document.tables:
        marks = {mark for _, _, mark in _true(table.title)["marks"]}
        starred = any("*" in cell.text for cell in table.cells)
        assert {note.mark for note in table.footnotes} == marks | ({"*"} if starred else set())


def test_whose_report_it_is(audited: AuditedReport) -> None:
    report = audited.report
    assert report is not None
    assert report.organisation == "Kommunstyrelsen, Linköpings kommun"
    assert report.kind == "delårsrapport"
    assert report.period is not None
    assert (str(report.period.start), str(report.period.end)) == ("2021-01-01", "2021-08-31")


def test_units(audited: AuditedReport) -> None:
    assert audited.report is not None
    for grid in audited.report.grids:
        assert grid.unit.symbol in _true(grid.table.title)["unit"]


# --- what is found -------------------------------------------------------------------------


def _errors(audited: AuditedReport) -> list[Finding]:
    """The errors in tables."""
    errors = [finding for finding in audited.findings if finding.severity is Severity.ERROR]
    return [finding for finding in errors if finding.subject.table]


def _suspect(finding: Finding) -> tuple[str, int, str, str, str]:
    """The suspected cell as truth.json names it."""
    assert finding.diagnosis is not None
    suspect = finding.diagnosis.suspect
    assert suspect is not None
    assert isinstance(suspect.source, Cell)
    page = suspect.source.box.page
    return (
        finding.rule.code[:3],
        page,
        suspect.label,
        suspect.header,
        _spaced(suspect.source.text),
    )


def test_every_error_with_its_cell_and_no_other(audited: AuditedReport) -> None:
    assert sorted(map(_suspect, _errors(audited))) == sorted(
        (one["family"], one["page"], one["row"], one["column"], one["printed"])
        for one in TRUTH["errors"]
    )


def test_the_figure_that_would_be_right(audited: AuditedReport) -> None:
    proposed = {
        _suspect(finding)[-1]: finding.diagnosis.proposed.scaleb(-3).normalize()
        for finding in _errors(audited)
        if finding.diagnosis and finding.diagnosis.proposed
    }
    right = {one["printed"]: one["expected"].replace(" ", "") for one in TRUTH["errors"]}
    assert {printed: f"{value:f}" for printed, value in proposed.items()} == right


def test_every_claim_of_the_text_that_a_table_contradicts_and_no_other(
    audited: AuditedReport,
) -> None:
    found = [one.comparison for one in audited.findings if one.rule.code.startswith("TXT")]
    claims = [(one, words, right) for one in TRUTH["prose"] for words, right in _claims(one)]
    assert len(found) == len(claims)
    for comparison, (claim, words, right) in zip(found, claims, strict=True):
        assert comparison.stated.label == claim["heading"]
        assert comparison.stated.source.box.page == claim["page"]
        assert words.startswith(comparison.stated.qualifier)
        assert {term.figure.label for term in comparison.terms} == {claim["row"]}
        assert f"{abs(comparison.expected):f}".replace(".", ",") == right.split(" ")[0]


def _claims(one: dict[str, Any]) -> list[tuple[str, str]]:
    return list(zip(one["claimed"], one["expected"], strict=True))


def test_the_starred_convention_is_a_note_with_its_footnote(audited: AuditedReport) -> None:
    notes = [finding for finding in audited.findings if finding.rule.code == "DEV202"]
    assert len(notes) == len(TRUTH["notes"])
    for note in notes:
        assert note.severity is Severity.NOTE
        assert note.comparison.remark is not None
        assert "minustecken" in note.comparison.remark.text


def test_what_is_wrong_with_its_dates_and_no_other_warning(audited: AuditedReport) -> None:
    warnings = [one.subject for one in audited.findings if one.severity is Severity.WARNING]
    shown = [one.evidence for one in warnings if isinstance(one, Observation)]
    assert len(shown) == len(warnings) == len(TRUTH["presentation"])
    for claim in TRUTH["presentation"]:
        assert any(claim["words"] in evidence for evidence in shown)

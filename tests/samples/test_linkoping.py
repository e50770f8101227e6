"""The sample on real figures: what the script sets, what is read, what is found."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import audit
from audit.extract import read
from audit.model import AuditedReport, Cell, Document, Finding, Severity, Table
from samples.build import build
from tests.extract.pages import texts

SAMPLE = Path(__file__).parents[2] / "samples" / "linkoping-ks-2021-08"
SOURCE: dict[str, dict[str, Any]] = tomllib.loads((SAMPLE / "tables.toml").read_text("utf-8"))
TRUTH = json.loads((SAMPLE / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def document() -> Document:
    return read(SAMPLE / "report.pdf")


@pytest.fixture(scope="module")
def audited() -> AuditedReport:
    return audit.check(SAMPLE / "report.pdf")


def _page_texts(pdf: bytes | Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def test_the_script_sets_the_committed_report() -> None:
    assert _page_texts(build(SAMPLE / "report.typ")) == _page_texts(SAMPLE / "report.pdf")


def _printed(source: dict[str, Any]) -> list[list[str]]:
    """The body that a table of tables.toml prints, footnote marks left out."""
    rows = []
    for line in source["rows"].strip("\n").split("\n"):
        cells = [cell.strip(" ").lstrip("_!") for cell in line.split("|")]
        rows.append([_set(re.sub(r"\^\d", "", cell), source) for cell in cells])
    return rows


def _set(cell: str, source: dict[str, Any]) -> str:
    """How reading gives a cell: one kind of space, the minus that the table sets."""
    return re.sub(r"^-(?=\d)", source["minus"], cell)


@pytest.mark.parametrize("name", SOURCE)
def test_every_cell_is_read_as_printed(document: Document, name: str) -> None:
    table = _named(document, SOURCE[name]["title"])
    body = [[_spaced(text) for text in row] for row in texts(table)[table.header_rows :]]
    assert body == _printed(SOURCE[name])


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _named(document: Document, title: str) -> Table:
    (table,) = [table for table in document.tables if table.title == title]
    return table


def test_nothing_else_is_a_table(document: Document) -> None:
    assert [table.title for table in document.tables] == [one["title"] for one in SOURCE.values()]


def test_whose_report_it_is(audited: AuditedReport) -> None:
    report = audited.report
    assert report is not None
    assert report.organisation == "Kommunstyrelsen, Linköpings kommun"
    assert report.kind == "delårsrapport"
    assert report.period is not None
    assert (str(report.period.start), str(report.period.end)) == ("2021-01-01", "2021-08-31")


def _suspect(finding: Finding) -> tuple[str, str, str]:
    assert finding.diagnosis is not None
    suspect = finding.diagnosis.suspect
    assert suspect is not None
    assert isinstance(suspect.source, Cell)
    return (suspect.label, suspect.header, _spaced(suspect.source.text))


def test_every_error_with_its_cell_and_no_other(audited: AuditedReport) -> None:
    errors = [finding for finding in audited.findings if finding.severity is Severity.ERROR]
    found = sorted(_suspect(finding) for finding in errors)
    assert found == sorted((one["row"], one["column"], one["printed"]) for one in TRUTH["errors"])


def test_the_figure_that_would_be_right(audited: AuditedReport) -> None:
    proposed = {
        _suspect(finding)[2]: finding.diagnosis.proposed.scaleb(-3).normalize()
        for finding in audited.findings
        if finding.severity is Severity.ERROR and finding.diagnosis and finding.diagnosis.proposed
    }
    right = {one["printed"]: one["right"].replace(" ", "") for one in TRUTH["errors"]}
    assert {printed: f"{value:f}" for printed, value in proposed.items()} == right


def test_the_starred_convention_is_a_note_with_its_footnote(audited: AuditedReport) -> None:
    notes = [finding for finding in audited.findings if finding.rule.code == "DEV202"]
    assert len(notes) == len(TRUTH["notes"])
    for note in notes:
        assert note.severity is Severity.NOTE
        assert note.comparison.remark is not None
        assert "minustecken" in note.comparison.remark.text


def test_no_warning(audited: AuditedReport) -> None:
    assert not [one for one in audited.findings if one.severity is Severity.WARNING]

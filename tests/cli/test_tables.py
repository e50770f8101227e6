"""``granska tables``: what it writes where, what it refuses, and its exit codes."""

from __future__ import annotations

import csv
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from audit.cli import auditing
from tests import reports
from tests.cli.conftest import Granska

SAMPLE = Path(__file__).parents[2] / "samples" / "linkoping-ks-2021-08" / "report.pdf"

Gives = Callable[..., None]


def test_every_output_of_a_real_report(granska: Granska, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    files = [tmp_path / f"t{suffix}" for suffix in (".json", ".csv", ".html", ".xlsx", ".parquet")]
    wanted = [part for path in files for part in ("-o", path)]
    drawing = tmp_path / "t.pdf"
    result = granska(
        "tables", SAMPLE, *wanted, "--debug-pdf", drawing, "--pages", "4-7", "--table", "p5t2"
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("\np5t2  Prognos för helår 2021")
    assert {path.suffix for path in tmp_path.iterdir()} == {path.suffix for path in files} | {
        ".pdf"
    }
    document = pypdfium2.PdfDocument(drawing)
    try:
        assert len(document) == 2  # the pages that the table stands on
    finally:
        document.close()


def test_json_has_cells_as_printed_regions_and_confidence(
    granska: Granska, gives: Gives, pdf: Path
) -> None:
    gives(reports.linkoping())
    (report,) = json.loads(granska("tables", pdf, "--format", "json").stdout)["reports"]
    table = report["tables"][1]
    assert table["cells"][1] == {
        "row": 0, "column": 1, "rows": 1, "columns": 1, "text": "Prognos helår", "mark": None,
        "picture": False, "header": True, "page": 5, "box": table["cells"][1]["box"],
    }  # fmt: skip
    assert [region["page"] for region in table["regions"]] == [5]
    assert table["confidence"] == 0.98


@pytest.mark.parametrize("arguments", [["--table", "p5t1"], ["--table", "p9t9,p5t1"]])
def test_one_table(granska: Granska, gives: Gives, pdf: Path, arguments: list[str]) -> None:
    gives(reports.linkoping())
    result = granska("tables", pdf, *arguments, "--format", "json")
    if "p9t9" in arguments[1]:
        assert result.exit_code == 2
        assert "There is no table p9t9. Those that were read: p4t1, p5t1." in result.stderr
        assert result.stdout == ""
    else:
        (report,) = json.loads(result.stdout)["reports"]
        assert [table["id"] for table in report["tables"]] == ["p5t1"]


def test_tables_of_several_reports_by_name(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping(), reports.clean())
    result = granska("tables", pdf, pdf, "--table", "p5t1", "--table", "p2t1", "--format", "csv")
    found = {row["table"] for row in csv.DictReader(result.stdout.splitlines())}
    assert found == {"p5t1", "p2t1"}


def test_no_table_is_missed_in_a_report_that_could_not_be_read(
    granska: Granska, gives: Gives, pdf: Path
) -> None:
    gives(reports.unreadable())
    result = granska("tables", pdf, "--table", "p1t1")
    assert result.exit_code == 2
    assert "password" in result.stderr
    assert "There is no table" not in result.stderr


def test_several_reports_in_one_workbook(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.linkoping(), reports.linkoping(), reports.unreadable())
    result = granska("tables", pdf, pdf, pdf, "-o", tmp_path / "t.xlsx", "--lang", "sv")
    assert result.exit_code == 2
    assert load_workbook(tmp_path / "t.xlsx").sheetnames == [
        "Tabeller",
        "p4t1 Resultat 31 augusti 2021",
        "p5t1 Prognos för helår 2021",
        "p4t1 Resultat 31 augusti 20 (2)",
        "p5t1 Prognos för helår 2021 (2)",
    ]


def test_a_report_is_never_overwritten(granska: Granska, pdf: Path, tmp_path: Path) -> None:
    there = pdf.read_bytes()
    link = tmp_path / "link.pdf"
    link.symlink_to(pdf)
    for output in (pdf, link, tmp_path / "folder" / ".." / pdf.name):
        result = granska("tables", pdf, "--debug-pdf", output)
        assert result.exit_code == 2
        assert "is a report to read" in result.stderr
    assert pdf.read_bytes() == there


@pytest.mark.parametrize("command", ["tables", "check"])
def test_a_report_of_any_name_is_never_overwritten(
    granska: Granska, tmp_path: Path, command: str
) -> None:
    report = tmp_path / "report.csv"
    report.write_bytes(b"%PDF-1.7\n")
    hard = tmp_path / "same.csv"
    hard.hardlink_to(report)
    for output in (report, hard):
        result = granska(command, report, "-o", output)
        assert result.exit_code == 2
        assert "is a report to read" in result.stderr
    assert report.read_bytes() == b"%PDF-1.7\n"


def test_a_link_that_leads_nowhere_makes_way_for_the_file(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.linkoping())
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    assert granska("tables", pdf, "-o", loop).exit_code == 0
    assert loop.is_file()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_kept(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.linkoping())
    path = tmp_path / "kept.csv"
    path.write_text("old")
    path.chmod(0o400)
    assert granska("tables", pdf, "-o", path).exit_code == 2
    assert path.read_text() == "old"


@pytest.mark.parametrize("suffix", [".xls", ".txt", ""])
def test_an_unknown_suffix_lists_those_there_are(
    granska: Granska, pdf: Path, tmp_path: Path, suffix: str
) -> None:
    result = granska("tables", pdf, "-o", tmp_path / f"x{suffix}")
    assert result.exit_code == 2
    assert ".json, .csv, .html, .xlsx, .parquet" in result.stderr
    drawing = granska("tables", pdf, "--debug-pdf", tmp_path / f"x{suffix}")
    assert "must be one of .pdf" in drawing.stderr


def test_parquet_without_pyarrow_says_what_to_install(
    granska: Granska, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "find_spec", lambda name: None)
    result = granska("tables", pdf, "-o", tmp_path / "x.parquet")
    assert result.exit_code == 2
    assert "pip install 'granska[parquet]'" in result.stderr
    assert not (tmp_path / "x.parquet").exists()


@pytest.mark.parametrize("suffix", [".json", ".html", ".xlsx"])
def test_what_cannot_be_written_is_said(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path, suffix: str
) -> None:
    gives(reports.clean())
    result = granska("tables", pdf, "-o", tmp_path / "no" / f"x{suffix}")
    assert result.exit_code == 2
    assert "could not be written" in result.stderr
    assert "Driftredovisning" in result.stdout


def test_pages_that_cannot_be_drawn_on_are_said(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.clean())  # its file is not there
    result = granska("tables", pdf, "--debug-pdf", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert "the pages could not be drawn on" in result.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_nothing_is_left_half_written(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gives(reports.clean())
    earlier = tmp_path / "t.csv"
    earlier.write_text("earlier")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = granska("tables", pdf, "-o", earlier)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert earlier.read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv", pdf.name}


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_a_file_keeps_its_permissions_and_a_link_its_target(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.clean())
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("earlier")
    target.chmod(0o640)
    link.symlink_to(target)
    assert granska("tables", pdf, "-o", link, "-o", tmp_path / "new.csv").exit_code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("path,")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) & 0o111 == 0


def test_a_drawing_without_pages_is_not_written(granska: Granska, tmp_path: Path) -> None:
    path = tmp_path / "drawn.pdf"
    result = granska("tables", SAMPLE, "--pages", "99", "--debug-pdf", path)
    assert result.exit_code == 2
    assert "there is no page to draw on" in result.stderr
    assert not path.exists()


def test_figures_are_marked_only_when_asked_for(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.marked())
    assert "✗" not in granska("tables", pdf).stdout
    assert "✗" in granska("tables", pdf, "--coverage").stdout
    assert "contradicted,SUM101" in granska("tables", pdf, "--format", "csv").stdout

"""The files that ``granska scan`` writes, of an archive with two reports in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

import audit
from tests.cli.conftest import Granska

SAMPLES = Path(audit.__file__).parents[1] / "samples" / "archive" / "2021"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arkiv")
    for name in sorted(SAMPLES.glob("fritidsnamnden*.pdf")):
        shutil.copy(name, folder)
    return folder


def test_a_scan_writes_what_it_is_asked_for(granska: Granska, place: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"archive{suffix}" for suffix in (".html", ".xlsx", ".json")]
    outputs = [part for file in files for part in ("-o", file)]
    done = granska("scan", place, "--jobs", "1", "--lang", "sv", *outputs)
    assert done.exit_code == 0, done.output
    assert "2 rapporter" in done.stdout.replace("\xa0", " ")
    page, book, said = files
    assert "Fritidsnämnden" in page.read_text("utf-8")
    assert load_workbook(book)["Rapporter"].max_row == 3
    document = json.loads(said.read_text("utf-8"))
    assert [one["status"] for one in document["reports"]] == ["audited", "audited"]
    assert document["courses"]


def test_a_file_that_cannot_be_written_is_said(
    granska: Granska, place: Path, tmp_path: Path
) -> None:
    done = granska("scan", place, "--jobs", "1", "-o", tmp_path / "no" / "archive.html")
    assert done.exit_code == 2
    assert "could not be written" in done.stderr


def test_another_suffix_is_refused(granska: Granska, place: Path) -> None:
    done = granska("scan", place, "-o", "archive.docx")
    assert done.exit_code == 2
    assert ".html .xlsx .json" in done.stderr.replace(",", "")

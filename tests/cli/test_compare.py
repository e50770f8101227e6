"""``granska compare``: two reports beside each other, and pairs that are none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from samples.archive.build import place
from tests.cli.conftest import Granska

MISPRINT = (place("socialnamnden-2021-12"), place("socialnamnden-2022-12"))


def test_a_comparative_that_contradicts_names_both_reports(granska: Granska) -> None:
    result = granska("compare", *MISPRINT, "--lang", "sv")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "Jämförd med årsredovisning 2021" in said
    assert "✗ ARC701 Ett jämförelsetal säger emot den tidigare rapporten" in said
    assert (
        "Bokslut 2021 (årsredovisning 2021, sida 1): −24 758, men −24 578 är tryckt"
        in said.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "Trolig orsak: två siffror har bytt plats" in said
    assert result.stderr == ""


def test_a_board_in_the_municipality_s_report(granska: Granska) -> None:
    pair = (place("utbildningsnamnden-2023-12"), place("kommunen-2023-12"))
    result = granska("compare", *pair, "--quiet", "--lang", "en")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert "✗ ARC706 Utbildningsnämnden, Bokslut 2023" in line
    assert "annual report 2023, page 1" in line


def test_json_says_where_the_other_figure_stands(granska: Granska, tmp_path: Path) -> None:
    result = granska("compare", *MISPRINT, "--format", "json", "-o", tmp_path / "a.csv")
    (report,) = json.loads(result.stdout)["reports"]
    assert report["path"].endswith("socialnamnden-2022-12.pdf")
    assert report["against"]["period"] == {"start": "2021-01-01", "end": "2021-12-31"}
    (finding,) = report["findings"]
    assert finding["against"]["sha256"] == report["against"]["sha256"] != report["sha256"]
    stated, earlier = finding["cells"]
    assert "report" not in stated
    assert (earlier["report"], earlier["page"]) == (report["against"]["sha256"], 1)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")))
    assert (row["rule"], row["expected"]) == ("ARC701", "-24758")


def test_reports_that_agree(granska: Granska) -> None:
    result = granska("compare", place("fritidsnamnden-2021-12"), place("fritidsnamnden-2022-12"))
    assert result.exit_code == 0
    assert "no findings" in result.stdout


@pytest.mark.parametrize(
    ("older", "newer", "said"),
    [
        ("socialnamnden-2022-12", "socialnamnden-2021-12", "The first report is the newer one."),
        ("socialnamnden-2022-12", "socialnamnden-2022-12", "Both files hold the same report."),
        ("socialnamnden-2021-12", "fritidsnamnden-2022-12", "The reports are of different bodies:"),
        ("kommunen-2021-12", "socialnamnden-2021-12", "Name the report of the board"),
        ("kommunen-2021-12", "socialnamnden-2022-12", "not on the same period as the other."),
        ("socialnamnden-2022-12", "kommunen-2021-12", "not on the same period as the other."),
    ],
)
def test_pairs_that_are_none(granska: Granska, older: str, newer: str, said: str) -> None:
    result = granska("compare", place(older), place(newer), "--lang", "en")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_file_that_cannot_be_read(granska: Granska, pdf: Path) -> None:
    result = granska("compare", pdf, MISPRINT[1])
    assert result.exit_code == 2
    assert str(pdf) in result.stderr


def test_two_reports_are_needed(granska: Granska) -> None:
    assert granska("compare", MISPRINT[0]).exit_code == 2

"""``granska check``: what it prints where, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.model import Status
from tests import reports
from tests.cli.conftest import Granska

Gives = Callable[..., None]


def test_findings_on_standard_output(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    result = granska("check", pdf, "--lang", "sv")
    assert result.exit_code == 1
    assert "✗ DEV201  Avvikelsen stämmer inte" in result.stdout
    assert "utgång 1" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_the_language_of_the_locale(
    granska: Granska, gives: Gives, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gives(reports.clean())
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    assert "inga fynd" in granska("check", pdf).stdout
    assert "no findings" in granska("check", pdf, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)]
)
def test_fail_on(granska: Granska, gives: Gives, pdf: Path, fail_on: str, code: int) -> None:
    audited = reports.linkoping()
    warnings = reports.with_findings(audited, audited.findings[3:])
    gives(warnings)
    assert granska("check", pdf, "--fail-on", fail_on).exit_code == code


def test_errors_fail_by_default_and_never_on_request(
    granska: Granska, gives: Gives, pdf: Path
) -> None:
    gives(reports.linkoping())
    assert granska("check", pdf).exit_code == 1
    assert granska("check", pdf, "--fail-on", "never").exit_code == 0


def test_json_alone_on_standard_output(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    result = granska("check", pdf, "--format", "json")
    assert json.loads(result.stdout)["reports"][0]["status"] == "audited"
    assert result.exit_code == 1


def test_files_are_written_by_their_suffix(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.linkoping())
    result = granska("check", pdf, "-o", tmp_path / "a.json", "-o", tmp_path / "B.CSV")
    assert result.exit_code == 1
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["granska"]["schema"] == 1
    with (tmp_path / "B.CSV").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 5


@pytest.mark.parametrize("suffix", [".html", ".txt", ""])
def test_an_unknown_suffix_is_wrong_usage(
    granska: Granska, pdf: Path, tmp_path: Path, suffix: str
) -> None:
    result = granska("check", pdf, "-o", tmp_path / f"x{suffix}")
    assert result.exit_code == 2
    assert ".json, .csv" in result.stderr


def test_an_unwritable_file_is_said_and_the_result_still_printed(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.clean())
    result = granska("check", pdf, "-o", tmp_path / "no" / "such" / "x.json")
    assert result.exit_code == 2
    assert "could not be written" in result.stderr
    assert "no findings" in result.stdout


def test_what_cannot_be_read(granska: Granska, tmp_path: Path) -> None:
    words = tmp_path / "words.pdf"
    words.write_text("no PDF at all")
    for path, said in (
        (tmp_path / "missing.pdf", "There is no such file."),
        (tmp_path, "This is a folder."),
        (words, "The file is no PDF."),
    ):
        result = granska("check", path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{path}: {said}")
        assert len(result.stderr.splitlines()) == 1
        assert result.stdout == ""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(granska: Granska, pdf: Path) -> None:
    pdf.chmod(0)
    assert "may not be read" in granska("check", pdf).stderr


def test_the_other_reports_are_still_audited(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.linkoping(), reports.unreadable(Status.ENCRYPTED))
    result = granska("check", pdf, tmp_path / "missing.pdf", pdf, "--format", "json")
    assert result.exit_code == 2
    audits = json.loads(result.stdout)["reports"]
    assert [audited["status"] for audited in audits] == ["audited", "failed", "encrypted"]
    assert audits[1]["reason"].startswith("There is no such file")
    assert len(result.stderr.splitlines()) == 2


def test_several_reports_on_the_terminal(
    granska: Granska, gives: Gives, pdf: Path, tmp_path: Path
) -> None:
    gives(reports.clean(), reports.linkoping())
    result = granska("check", pdf, pdf, tmp_path / "missing.pdf")
    assert result.exit_code == 2
    heads = [line[:3] for line in result.stdout.splitlines()]
    assert [head for head in heads if head in {" ? ", " ✗ ", " ✓ "}][:3] == [" ? ", " ✗ ", " ✓ "]
    assert "There is no such file" in result.stdout


def test_no_tables_is_visible_and_no_failure(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.without_tables())
    result = granska("check", pdf)
    assert result.exit_code == 0
    assert "No table with figures was found" in result.stdout


def test_quiet(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    result = granska("check", pdf, "--quiet")
    assert len(result.stdout.splitlines()) == 5
    assert result.exit_code == 1


def test_verbose(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    assert "Tested by rule" in granska("check", pdf, "--verbose").stdout


def test_csv_on_standard_output(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    result = granska("check", pdf, "--format", "csv")
    assert len(list(csv.reader(io.StringIO(result.stdout)))) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        ["--pages", "9-6"],
        ["--pages", "0"],
        ["--pages", "x"],
        ["--pages", "1,,2"],
        ["--select", "sum 1"],
        ["--jobs", "0"],
        ["--timeout", "0"],
        ["--lang", "de"],
        ["--rules", "nowhere"],
        ["--quiet", "--verbose"],
        ["--format", "xml"],
    ],
)
def test_wrong_usage(granska: Granska, pdf: Path, wrong: list[str]) -> None:
    result = granska("check", pdf, *wrong)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_options_reach_the_runner(
    granska: Granska, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def run(*arguments: object) -> list[object]:
        seen.extend(arguments)
        return [reports.clean()]

    monkeypatch.setattr("audit.runner.run", run)
    arguments = ["--pages", "6-9,12", "--jobs", "4", "--timeout", "1.5", "--select", "sum,DEV201"]
    assert granska("check", pdf, *arguments).exit_code == 0
    paths, rules, pages, jobs, timeout = seen
    assert (paths, pages, jobs, timeout) == ([pdf], {6, 7, 8, 9, 12}, 1, 1.5)
    assert isinstance(rules, tuple)
    assert {rule.code[:3] for rule in rules} == {"SUM", "DEV"}

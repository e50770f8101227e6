"""The other commands, and the command line as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import reports
from tests.cli.conftest import Granska

Gives = Callable[..., None]

HEAVY = {
    "babel", "camelot", "cv2", "numpy", "pandas", "pdfplumber", "pdfminer", "pypdfium2", "rich",
    "audit.model", "audit.extract", "audit.normalise", "audit.checks", "audit.output",
}  # fmt: skip


def process(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "audit", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more},
    )


def test_tables_as_text(granska: Granska, gives: Gives, pdf: Path) -> None:
    gives(reports.linkoping())
    result = granska("tables", pdf)
    assert result.exit_code == 0
    assert "p5t1  Prognos för helår 2021" in result.stdout
    assert "Verksamhetsstöd och service" in result.stdout


def test_tables_as_json_and_csv(granska: Granska, gives: Gives, pdf: Path, tmp_path: Path) -> None:
    gives(reports.linkoping())
    result = granska("tables", pdf, "--format", "json", "-o", tmp_path / "t.csv")
    (report,) = json.loads(result.stdout)["reports"]
    assert [table["id"] for table in report["tables"]] == ["p4t1", "p5t1"]
    assert (tmp_path / "t.csv").read_text("utf-8").startswith("path,table,page,row,column")


def test_tables_of_a_missing_file(granska: Granska, tmp_path: Path) -> None:
    result = granska("tables", tmp_path / "missing.pdf")
    assert result.exit_code == 2
    assert "There is no such file" in result.stderr


def test_rules_lists_every_code_in_both_languages(granska: Granska) -> None:
    swedish, english = granska("rules", "--lang", "sv"), granska("rules", "--lang", "en")
    assert swedish.exit_code == english.exit_code == 0
    assert "DEV201" in swedish.stdout
    assert swedish.stdout != english.stdout


def test_explain(granska: Granska) -> None:
    result = granska("explain", "dev201", "--lang", "sv")
    assert result.exit_code == 0
    assert result.stdout.startswith("DEV201  ")


def test_own_rules_of_the_working_folder_are_listed_and_explained(
    granska: Granska, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "rules" / "sum" / "SUM101.md").read_text("utf-8")
    (tmp_path / "own").mkdir()
    own = page.replace("# SUM101 ", "# SUM190 ", 1)
    (tmp_path / "own" / "SUM190.md").write_text(own, "utf-8")
    (tmp_path / "granska.toml").write_text('rules = ["own"]\nlang = "sv"\n', "utf-8")
    below = tmp_path / "2026"
    below.mkdir()
    monkeypatch.chdir(below)
    assert "SUM190" in granska("rules").stdout
    result = granska("explain", "SUM190")
    assert result.exit_code == 0
    assert "Summan stämmer inte med sina delar" in result.stdout
    (tmp_path / "granska.toml").write_text('rule = ["own"]\n', "utf-8")
    result = granska("rules")
    assert result.exit_code == 2
    assert "granska.toml:1: unknown key rule" in result.stderr


def test_explain_an_unknown_code(granska: Granska) -> None:
    result = granska("explain", "DEV2O1")
    assert result.exit_code == 2
    assert "There is no rule DEV2O1. Did you mean " in result.stderr
    assert "DEV201" in result.stderr
    assert "granska rules" in granska("explain", "nonsense").stderr


@pytest.mark.parametrize("command", [[], ["check"], ["tables"], ["rules"], ["explain"]])
def test_help_does_not_hang_on_the_terminal(granska: Granska, command: list[str]) -> None:
    result = granska(*command, "--help")
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= 100
    narrow = process(*command, "--help", COLUMNS="40", LANG="sv_SE.UTF-8")
    assert narrow.stdout == result.stdout.replace("Usage: main", "Usage: granska")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom audit.cli import main\n"
        "try: main(['check', '--help'])\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert not HEAVY & set(ran.stderr.split())


def test_version() -> None:
    assert process("--version").stdout.startswith("granska ")


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m audit rules | head -n 1"
    ran = subprocess.run(command, shell=True, capture_output=True, check=True, encoding="utf-8")
    assert ran.stdout
    assert ran.stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_standard_output_will_do(encoding: str) -> None:
    ran = process("rules", "--lang", "sv", PYTHONIOENCODING=encoding)
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr


def test_a_bad_path_ends_without_a_traceback(tmp_path: Path) -> None:
    ran = process("check", tmp_path / "missing.pdf", "x\udcffy.pdf", LANG="sv_SE.UTF-8")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "Filen finns inte" in ran.stdout + ran.stderr

"""``granska accept`` and ``granska.toml``, as they are run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

SAMPLE = Path(__file__).parents[2] / "samples" / "linkoping-ks-2021-08" / "report.pdf"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "report.pdf"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def findings(report: Path, *more: str) -> list[dict[str, object]]:
    told = json.loads(run("check", report, "--format", "json", *more).stdout)
    found: list[dict[str, object]] = told["reports"][0]["findings"]
    return found


def test_an_accepted_finding_is_shown_and_does_not_fail(report: Path) -> None:
    marks = [str(one["fingerprint"]) for one in findings(report, "--select", "SUM,DEV201")]
    done = run("accept", *marks, "--reason", "Känt", "--by", "revisor", "--report", report)
    assert done.exit_code == 0, done.output
    told = run("check", report, "--select", "SUM,DEV201", "--lang", "en")
    assert told.exit_code == 0
    assert "Accepted by revisor on" in told.stdout
    accepted = [one["accepted"] for one in findings(report, "--select", "SUM,DEV201")]
    assert accepted
    assert all(isinstance(one, dict) and one["by"] == "revisor" for one in accepted)


def test_without_a_report_those_of_the_folder_are_meant(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = str(findings(report, "--select", "SUM")[0]["fingerprint"])
    monkeypatch.chdir(report.parent)
    assert run("accept", mark[:6], "--reason", "Känt").exit_code == 0
    assert mark in (report.parent / "granska-accepted.toml").read_text("utf-8")
    report.unlink()
    told = run("accept", mark, "--reason", "Känt")
    assert told.exit_code == 2
    assert "no PDF" in told.output


def test_a_fingerprint_that_is_nobody_s(report: Path) -> None:
    done = run("accept", "zzzz", "--reason", "x", "--report", report)
    assert done.exit_code == 2
    assert "No finding" in done.output
    assert not (report.parent / "granska-accepted.toml").exists()


def test_settings_count_until_the_command_line_speaks(report: Path) -> None:
    settings = report.parent / "granska.toml"
    settings.write_text('select = ["YOY"]\nfail-on = "never"\n', "utf-8")
    assert {str(one["rule"])[:3] for one in findings(report)} == {"YOY"}
    assert run("check", report).exit_code == 0
    assert {str(one["rule"])[:3] for one in findings(report, "--select", "DEV201")} == {"DEV"}
    settings.write_text("colour = true\n", "utf-8")
    told = run("check", report)
    assert told.exit_code == 2
    assert "unknown key colour" in told.output

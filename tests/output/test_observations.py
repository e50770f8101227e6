"""Findings that are no arithmetic, in every output: words, and no figure."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console

from audit import judge
from audit.language import NO_BREAK_SPACE, translation
from audit.model import AuditedReport, Box, Observation, Rule, Severity
from audit.output.brief import brief
from audit.output.csv import findings_csv
from audit.output.json import audited_json
from audit.output.terminal import render
from tests import reports

EN = translation("en")
RULE = Rule("PRS901", "dates", Severity.WARNING, {"en": "No such date"}, {}, {}, "", (), "", "test")
DATE = Observation(
    "PRS901", "{date} is no date.", {"date": "31 juni"}, "till och med 31 juni", Box(3, 1, 2, 9, 8)
)
MISSING = Observation("PRS901", "The income statement is missing.")


def audited(*seen: Observation) -> AuditedReport:
    clean = reports.clean()
    assert clean.report is not None
    found = judge.observed(clean.report, seen, {"PRS901": RULE})
    return reports.with_findings(clean, found)


def test_on_a_terminal() -> None:
    out = io.StringIO()
    Console(file=out, width=80).print(render(audited(MISSING, DATE), EN, 80))
    said = [line.strip() for line in out.getvalue().replace(NO_BREAK_SPACE, " ").splitlines()]
    at = next(n for n, line in enumerate(said) if line.startswith("Running text, page 3"))
    shown = [line for line in said[at:] if line]
    assert shown[1].startswith("! PRS901  No such date")
    assert shown[1].endswith("page 3")
    assert "till och med 31 juni" in shown[2]
    assert shown[3] == "31 juni is no date."
    assert shown[4].startswith("The report as a whole")
    assert shown[5:7] == ["! PRS901  No such date", "The income statement is missing."]


def test_in_one_line() -> None:
    assert brief(audited(MISSING, DATE), EN) == [
        "clean.pdf:3: ! PRS901 31 juni is no date.",
        "clean.pdf: ! PRS901 The income statement is missing.",
    ]


def test_as_json() -> None:
    found = json.loads(audited_json([audited(MISSING, DATE)], EN))["reports"][0]["findings"]
    nothing = ("formula", "expected", "actual", "difference", "unit", "table", "diagnosis")
    assert all(one[key] is None for one in found for key in nothing)
    assert [(one["page"], one["cells"]) for one in found] == [(3, []), (None, [])]
    said = {"text": "till och med 31 juni", "box": [1, 2, 9, 8]}
    assert [one["evidence"] for one in found] == [said, None]


def test_as_csv() -> None:
    (found,) = csv.DictReader(io.StringIO(findings_csv([audited(DATE)], EN)))
    assert (found["page"], found["message"]) == ("3", "31 juni is no date.")
    assert (found["actual"], found["reading"]) == ("", "single")


def test_the_same_words_on_every_page_are_one_finding() -> None:
    again = Observation(DATE.rule, DATE.says, DATE.details, DATE.evidence, Box(4, 1, 2, 9, 8))
    (finding,) = audited(again, DATE, again).findings
    assert finding.page == 4  # where it came first
    assert len(finding.fingerprint) == 12


def test_it_compares_nothing() -> None:
    (finding,) = audited(DATE).findings
    with pytest.raises(TypeError):
        _ = finding.comparison
    report = reports.clean().report
    assert report is not None
    (fate,) = judge.coverage(report, judge.fates(report, (), [finding])).values()
    assert (fate.verified, fate.contradicted) == (0, 0)

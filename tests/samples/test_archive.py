"""The sample archive: what its script sets, and what is found across its reports."""

from __future__ import annotations

import json

import pytest

from audit import judge, rulebook
from audit.model import AuditedReport, Comparison, Finding, Kinship, Memory, Observation
from audit.pipeline import across
from audit.runner import run
from audit.scan.kin import pairs
from samples.archive import build
from samples.build import page_texts
from tests.archives import entry

RULES = rulebook.load(())
TRUTH = json.loads((build.HERE / "truth.json").read_text("utf-8"))
REPORTS = {one.name: one for one in build.reports()}


@pytest.mark.parametrize("name", REPORTS)
def test_the_script_sets_the_committed_reports(name: str) -> None:
    committed = build.place(name).read_bytes()
    assert page_texts(build.build(REPORTS[name])) == page_texts(committed)
    assert len(committed) < 30_000


def test_the_truth_is_what_the_script_says() -> None:
    assert build.truth(list(REPORTS.values())) == TRUTH
    assert {path.stem for path in build.HERE.glob("*/*.pdf")} == set(REPORTS)


def test_every_contradiction_is_of_two_reports_of_the_archive() -> None:
    for said in TRUTH["contradictions"]:
        assert {said["report"], said["older"], *said.get("also", ())} <= set(REPORTS)


# --- what is found across its reports --------------------------------------------------------

Told = tuple[str, str, str, str]  # newer report, older, rule, severity


@pytest.fixture(scope="module")
def audits() -> dict[str, AuditedReport]:
    """Every report of the archive by its name."""
    paths = [build.place(name) for name in REPORTS]
    return dict(zip(REPORTS, run(paths, RULES, None, 2, 300), strict=True))


@pytest.fixture(scope="module")
def found(audits: dict[str, AuditedReport]) -> dict[Told, Finding]:
    """What stands across the reports that an archive would pair."""
    names = {one.report.document.sha256: name for name, one in audits.items() if one.report}
    every: dict[Told, Finding] = {}
    for pair in pairs(map(entry, audits.values())):
        older, newer = names[pair.older], names[pair.newer]
        memories = (Memory.of(audits[older]), Memory.of(audits[newer]))
        for finding in across(*memories, pair.kinship, RULES)[1]:
            told = (newer, older, finding.rule.code, finding.severity.value)
            assert told not in every
            every[told] = finding
    return every


def expected() -> set[Told]:
    every: set[Told] = set()
    for said in TRUTH["contradictions"]:
        for name in (said["report"], *said.get("also", ())):
            board, year, months = name.split("-")
            before = f"{board}-{int(year) - 1}-{months}"
            older = said["older"] if name == said["report"] else before
            every |= {(name, older, rule, severity) for rule, severity in said["finds"]}
    return every


def test_every_contradiction_is_found_and_nothing_else(found: dict[Told, Finding]) -> None:
    assert set(found) == expected()


def test_no_report_contradicts_itself_but_where_the_truth_says_so(
    audits: dict[str, AuditedReport],
) -> None:
    within = {
        said["report"]: said["within"] for said in TRUTH["contradictions"] if "within" in said
    }
    assert {
        name: [one.rule.code for one in audited.findings]
        for name, audited in audits.items()
        if audited.findings
    } == within


def test_the_figures_of_the_contradictions(found: dict[Told, Finding]) -> None:
    figures = {
        said["name"]: one.comparison.stated
        for said in TRUTH["contradictions"]
        for (newer, _, rule, _), one in found.items()
        if newer == said["report"] and rule == said["finds"][0][0]
        if isinstance(one.subject, Comparison)
    }
    printed = {name: (one.label, one.header, one.source.text) for name, one in figures.items()}
    assert printed["misprinted-comparative"] == ("Lokalkostnader", "Bokslut 2021", "−24 578")
    assert printed["exchanged-comparatives"][0] in ("Vuxenutbildning", "Ledning och stab")
    assert printed["changed-opening-balance"][:2] == ("Ingående eget kapital", "2024")
    assert printed["other-figure-in-the-whole"][:2] == ("Utbildningsnämnden", "Bokslut 2023")


def test_causes_and_evidence(found: dict[Told, Finding]) -> None:
    by_rule = {(newer, rule): one for (newer, _, rule, _), one in found.items()}
    misprint = by_rule["socialnamnden-2022-12", "ARC701"]
    exchange = by_rule["utbildningsnamnden-2024-08", "ARC701"]
    announced = by_rule["utbildningsnamnden-2023-12", "ARC703"]
    renamed = by_rule["fritidsnamnden-2023-04", "ARC708"]
    assert misprint.diagnosis is not None
    assert misprint.diagnosis.kind == "transposed-digits"
    assert exchange.diagnosis is not None
    assert exchange.diagnosis.kind == "rows-exchanged"
    assert announced.comparison.remark is not None
    assert announced.comparison.remark.text.startswith("Jämförelsetalen för 2022 är omräknade")
    assert isinstance(renamed.subject, Observation)
    assert renamed.subject.evidence.startswith("Från och med 2023 heter")


def test_most_comparatives_are_found_where_they_were_printed(
    audits: dict[str, AuditedReport],
) -> None:
    older, newer = audits["socialnamnden-2021-12"], audits["socialnamnden-2022-12"]
    tested, _ = across(Memory.of(older), Memory.of(newer), Kinship.YEAR_BEFORE, RULES)
    assert judge.tally(tested).tested >= 10
    assert all(one.against and one.against.kind == "årsredovisning" for one in tested)

"""Every example of every rule page, through tables, meaning, checks and judgement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audit import judge, rulebook
from audit.model import (
    Cell,
    Comparison,
    Example,
    Finding,
    Kinship,
    Memory,
    Observation,
    Passage,
    Report,
    Rule,
    Table,
)
from audit.normalise import normalise
from audit.pipeline import across, examine, judged
from tests.tables import document, table

RULES = rulebook.load(())
CASES = [(rule, example) for rule in RULES for example in rule.examples]
_WORDS = re.compile(r"(title|unit|note): ([^;]+)", re.IGNORECASE)


@pytest.mark.parametrize(
    ("rule", "example"), CASES, ids=[f"{rule.code}-{n}" for n, (rule, _) in enumerate(CASES)]
)
def test_the_example_gives_its_finding(rule: Rule, example: Example) -> None:
    report = normalise(document(*_tables(rule, example), passages=example.text))
    if example.earlier:
        _expect_across(rule, example, report)
        return
    by_code = {rule.code: rule}
    tested = examine(report, [rule])
    comparisons = [one for one in tested if isinstance(one, Comparison)]
    observed = [one for one in tested if isinstance(one, Observation)]
    seen = judge.observed(report, observed, by_code)
    _expect((*seen, *judge.judge(report, comparisons, by_code, {})), example)


def _expect(findings: Iterable[Finding], example: Example) -> None:
    every = list(findings)
    seen = [one for one in every if isinstance(one.subject, Observation)]
    if seen:
        assert len(seen) == len(example.observed)
        for finding, words in zip(seen, example.observed, strict=True):
            assert words in _evidence(finding)
        return
    told = [_place(one) for one in every if isinstance(one.comparison.stated.source, Cell)]
    said = [_said(one) for one in every if isinstance(one.comparison.stated.source, Passage)]
    assert sorted(told) == sorted(example.suspects)
    assert sorted(said) == sorted(example.observed)


def _expect_across(rule: Rule, example: Example, newer: Report) -> None:
    """The earlier report is made of its own lines of the page, and both are judged by all rules."""
    lines = list(example.earlier)
    earlier = normalise(document(*_tables_of(lines), passages=rulebook.quoted(lines)))
    earlier = replace(earlier, document=replace(earlier.document, sha256="e" * 64))
    kinship = Kinship.PART if rule.check == "parts" else Kinship.PRECEDING
    both = [
        Memory.of(judged("", one, RULES, lambda report, comparisons: {}))
        for one in (earlier, newer)
    ]
    _expect(across(*both, kinship, [rule])[1], example)


def _tables(rule: Rule, example: Example) -> list[Table]:
    """The tables that stand in the example's part of the page, each after its line of words."""
    lines = rule.source.splitlines()[example.line :]
    end = next((n for n, line in enumerate(lines) if line.startswith("Finds:")), len(lines))
    start = lines.index(rulebook.NEWER) if example.earlier else 0
    return _tables_of(lines[start:end])


def _tables_of(lines: Sequence[str]) -> list[Table]:
    blocks = re.split(r"\n(?=Title:)", "\n".join(lines))
    return [
        _table(block, number) for number, block in enumerate((b for b in blocks if "|" in b), 1)
    ]


def _table(block: str, number: int) -> Table:
    words = {key.lower(): value.strip() for key, value in _WORDS.findall(block)}
    note = words.get("note", "")
    rows = "\n".join(line for line in block.splitlines() if line.startswith("|"))
    return table(
        rows,
        title=words.get("title", ""),
        unit=words.get("unit", ""),
        footnotes=[(note.split(" ")[0], note.partition(" ")[2])] if note else (),
        page=number,
    )


def _place(finding: Finding) -> tuple[str, str]:
    cause = finding.diagnosis
    figure = cause.suspect if cause and cause.suspect else finding.comparison.stated
    return figure.label, figure.header


def _evidence(finding: Finding) -> str:
    assert isinstance(finding.subject, Observation)
    return finding.subject.evidence


def _said(finding: Finding) -> str:
    return finding.comparison.stated.qualifier


def test_the_index_is_made_from_the_pages() -> None:
    written = (Path(__file__).parents[1] / "rules" / "README.md").read_text("utf-8")
    assert written == rulebook.index(RULES)


def test_every_page_speaks_both_languages() -> None:
    for rule in RULES:
        assert all(rule.title[language] and rule.why[language] for language in ("sv", "en"))

"""The sample archive: what its script sets, and what is found across its reports."""

from __future__ import annotations

import json

import pytest

from samples.archive import build
from samples.build import page_texts

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

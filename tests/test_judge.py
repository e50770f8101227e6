"""From comparisons to findings: verdicts, severity, one finding for each cause, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from audit import judge, rulebook
from audit.model import (
    Basis,
    Cell,
    Comparison,
    Confirmation,
    Ending,
    Finding,
    Passage,
    Reading,
    Report,
    Severity,
    Verdict,
)
from audit.normalise import normalise
from audit.pipeline import compare
from tests.tables import document, table

RULES = rulebook.load([])
BY_CODE = {rule.code: rule for rule in RULES}

SUM = """
| Verksamhet | Utfall 2021 | Budget 2021 | Utfall 2020 |
| Förskola   | 41,2        | 42,0        | 40,1        |
| Grundskola | 88,3        | 87,5        | 85,9        |
| Fritidshem | 12,4        | 12,9        | 12,3        |
| Summa      | {total}     | 142,4       | 138,3       |
"""
WRONG_CELL = """
| Verksamhet    | Utfall 2021 | Budget 2021 | Avvikelse |
| Förskola      | 41 210      | 42 000      | 790       |
| Grundskola    | 88 345      | 87 500      | -485      |
| Fritidshem    | 12 407      | 12 900      | 493       |
| Gymnasieskola | 35 118      | 36 250      | 1 132     |
| Summa         | 177 080     | 178 650     | 1 570     |
"""


def read(text: str, unit: str = "mnkr") -> tuple[Report, list[Comparison]]:
    report = normalise(document(table(text, unit=unit)))
    return report, compare(report, RULES)


def differing(comparisons: list[Comparison]) -> dict[int, Comparison]:
    return {index: one for index, one in enumerate(comparisons) if one.verdict is Verdict.DIFFERS}


def judged(
    report: Report, comparisons: list[Comparison], seen: Mapping[int, Confirmation]
) -> tuple[Finding, ...]:
    return judge.judge(report, comparisons, BY_CODE, seen)


def all_as(reading: Reading, comparisons: list[Comparison]) -> dict[int, Confirmation]:
    return {
        index: Confirmation(reading, "another", {one.stated.source.box: "1"})
        for index, one in differing(comparisons).items()
    }


def test_rounding_is_no_finding() -> None:
    report, comparisons = read(SUM.format(total="142,0"))
    assert {one.verdict for one in comparisons} == {Verdict.AGREES, Verdict.ROUNDING}
    assert judged(report, comparisons, {}) == ()
    assert judge.tally(comparisons).rounding == 1


def test_what_could_not_be_decided_is_never_agreement() -> None:
    _, comparisons = read(SUM.format(total="141,9"))
    open_ones = [replace(one, undecided="a part could not be read") for one in comparisons]
    assert judge.tally(open_ones).undecided == len(comparisons)
    assert judge.tally(open_ones).tested == 0


def test_a_total_beyond_rounding_is_an_error() -> None:
    report, comparisons = read(SUM.format(total="152,9"))
    (finding,) = judged(report, comparisons, {})
    assert (finding.rule.code, finding.severity) == ("SUM101", Severity.ERROR)


def test_digits_that_nobody_confirms_are_a_warning() -> None:
    report, comparisons = read(SUM.format(total="152,9"))
    (finding,) = judged(report, comparisons, all_as(Reading.UNCONFIRMED, comparisons))
    assert (finding.severity, finding.reading) == (Severity.WARNING, Reading.UNCONFIRMED)


def test_a_misreading_is_not_held_against_the_report() -> None:
    report, comparisons = read(SUM.format(total="152,9"))
    seen = all_as(Reading.MISREAD, comparisons)
    settled = judge.settled(comparisons, seen)
    (finding,) = judged(report, settled, seen)
    assert (finding.rule.code, finding.severity) == ("EXT001", Severity.NOTE)
    assert judge.tally(settled).differs == 0
    assert judge.tally(settled).undecided == 1


def test_what_no_word_says_and_little_shows_is_no_error() -> None:
    report, comparisons = read(SUM.format(total="152,9"))
    thin = [replace(one, basis=Basis(False, 2, 3)) for one in comparisons]
    (finding,) = judged(report, thin, {})
    assert finding.severity is Severity.WARNING


def test_a_wrong_cell_in_its_row_and_its_column_is_one_finding() -> None:
    report, comparisons = read(WRONG_CELL, "tkr")
    assert len(differing(comparisons)) == 2
    (finding,) = judged(report, comparisons, {})
    assert finding.diagnosis is not None
    assert finding.diagnosis.suspect is not None
    assert (finding.diagnosis.suspect.label, finding.diagnosis.confirmed_by) == ("Grundskola", 1)
    assert len(finding.also) == 1


def test_every_figure_is_accounted_for() -> None:
    report, comparisons = read(WRONG_CELL, "tkr")
    known = judge.fates(report, comparisons, judged(report, comparisons, {}))
    fates = judge.coverage(report, known)
    (fate,) = fates.values()
    assert fate.figures == len(report.grids[0].figures)
    (wrong,) = (one for one in known.values() if one.tested is Ending.CONTRADICTED)
    assert wrong.rules == ("DEV201",)
    assert all(one.rules for one in known.values() if one.tested is Ending.VERIFIED)
    assert fate.by_rule["DEV201"] >= fate.contradicted
    assert (fate.contradicted, fate.uncovered) == (1, 0)


def test_a_fingerprint_does_not_depend_on_the_page() -> None:
    report, comparisons = read(SUM.format(total="152,9"))
    (finding,) = judged(report, comparisons, {})
    moved = [replace(one, stated=replace(one.stated, source=_moved(one))) for one in comparisons]
    (again,) = judged(report, moved, {})
    assert again.fingerprint == finding.fingerprint
    assert len(finding.fingerprint) == 12


def _moved(comparison: Comparison) -> Cell | Passage:
    source = comparison.stated.source
    return replace(source, box=replace(source.box, page=9))


def pictured(text: str, trust: float) -> tuple[Report, list[Comparison]]:
    """The same, read from a picture."""
    plain = table(text, unit="mnkr")
    cells = tuple(replace(cell, trust=trust) for cell in plain.cells)
    report = normalise(document(replace(plain, cells=cells)))
    return report, compare(report, RULES)


def test_digits_of_a_picture_warn_until_a_relation_bears_them_out() -> None:
    report, comparisons = pictured(SUM.format(total="141,0"), 0.9)
    (finding,) = judged(report, comparisons, all_as(Reading.UNCONFIRMED, comparisons))
    assert finding.pictured
    assert finding.severity is Severity.WARNING
    report, comparisons = pictured(WRONG_CELL, 0.9)
    borne_out = [
        one
        for one in judged(report, comparisons, all_as(Reading.UNCONFIRMED, comparisons))
        if one.severity is Severity.ERROR
    ]
    assert borne_out == []  # the total that is wrong stands in no relation that holds


def test_a_picture_s_digits_that_sums_bear_out_may_be_an_error() -> None:
    cancelling = """
| Verksamhet    | Utfall | Budget | Avvikelse |
| Förskola      | 40     | 42     | 9         |
| Grundskola    | 80     | 85     | -2        |
| Fritidshem    | 10     | 13     | 3         |
| Gymnasieskola | 55     | 57     | 2         |
| Kulturskola   | 21     | 20     | -1        |
| Summa         | 206    | 217    | 11        |
"""
    report, comparisons = pictured(cancelling, 0.9)
    findings = judged(report, comparisons, all_as(Reading.UNCONFIRMED, comparisons))
    told = {(one.comparison.stated.label, one.severity) for one in findings}
    assert told == {("Förskola", Severity.ERROR), ("Grundskola", Severity.ERROR)}

    lone = cancelling.replace("| 206    | 217    | 11        |", "| 206    | 217    | 19        |")
    report, comparisons = pictured(lone, 0.9)
    findings = judged(report, comparisons, all_as(Reading.UNCONFIRMED, comparisons))
    assert {one.severity for one in findings} == {Severity.WARNING}


def test_digits_that_can_hardly_be_read_accuse_nobody() -> None:
    report, comparisons = pictured(SUM.format(total="141,0"), 0.5)
    settled = judge.settled(comparisons, {})
    assert judged(report, settled, {}) == ()
    assert judge.tally(settled).undecided > 0

"""The way through: a PDF in, an audited report out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from audit import beside, judge, rulebook
from audit.confidence import confidence
from audit.confirm import confirm
from audit.extract import read, reads_pictures
from audit.model import (
    Across,
    AuditedReport,
    Comparison,
    Confirmation,
    Finding,
    Kinship,
    Memory,
    Observation,
    Origin,
    Report,
    Rule,
    Status,
    UnreadableError,
)
from audit.normalise import normalise, organisations

Confirmer = Callable[[Report, Sequence[Comparison]], Mapping[int, Confirmation]]


def audit(path: Path, rules: Sequence[Rule], pages: Collection[int] | None) -> AuditedReport:
    """Audit the report at ``path`` by ``rules``; only ``pages`` (from 1) unless that is None.

    Never raises for what a file may hold: a report that cannot be read comes back with the
    status that says why.
    """
    try:
        report = normalise(read(path, pages))
    except UnreadableError as error:
        return AuditedReport(str(path), error.status, None, detail=error.detail)
    return judged(str(path), report, rules, partial(confirm, path))


def judged(path: str, report: Report, rules: Sequence[Rule], confirmer: Confirmer) -> AuditedReport:
    """What ``rules`` find in a report that has been read. ``confirmer`` tells what second readers
    see, or once saw, of the comparisons that differ, by their place."""
    tested = examine(report, rules)
    comparisons = [one for one in tested if isinstance(one, Comparison)]
    observations = [one for one in tested if isinstance(one, Observation)]
    confirmations = confirmer(report, comparisons)
    comparisons = judge.settled(comparisons, confirmations)
    by_code: Mapping[str, Rule] = {rule.code: rule for rule in rules}
    findings = judge.in_order(
        (
            *judge.judge(report, comparisons, by_code, confirmations),
            *judge.observed(report, observations, by_code),
        )
    )
    fates = judge.fates(report, comparisons, findings)
    return AuditedReport(
        path=path,
        status=_status(report),
        report=report,
        comparisons=tuple(comparisons),
        findings=findings,
        tally=judge.tally(comparisons),
        coverage=judge.coverage(report, fates),
        fates=fates,
        confidence=confidence(report, comparisons, confirmations),
        confirmations=confirmations,
    )


def across(
    older: Memory, newer: Memory, kinship: Kinship, rules: Sequence[Rule]
) -> tuple[tuple[Comparison, ...], tuple[Finding, ...]]:
    """What ``rules`` compare between two reports that were judged before, and what they find in the
    newer one."""
    both = _beside(older.report, newer.report, kinship)
    tested = [
        subject
        for rule in rules
        if (check := rulebook.across(rule.check)) is not None
        for subject in check(both, rule)
    ]
    comparisons = [one for one in tested if isinstance(one, Comparison)]
    observations = [one for one in tested if isinstance(one, Observation)]
    by_code: Mapping[str, Rule] = {rule.code: rule for rule in rules}
    comparisons = beside.settled(older, comparisons)
    findings = (
        *beside.judge(older, newer, comparisons, by_code),
        *judge.observed(newer.report, observations, by_code),
    )
    return tuple(comparisons), judge.in_order(findings)


def compared(
    older: AuditedReport, newer: AuditedReport, kinship: Kinship, rules: Sequence[Rule]
) -> AuditedReport:
    """The newer of two reports that were read, with only what ``rules`` say of it beside the older:
    which of its figures stand there, and which contradict it.

    Raises ValueError for a report that was not read.
    """
    both = Memory.of(older), Memory.of(newer)
    comparisons, findings = across(*both, kinship, rules)
    fates = judge.fates(both[1].report, comparisons, findings)
    return replace(
        newer,
        comparisons=comparisons,
        findings=findings,
        tally=judge.tally(comparisons),
        coverage=judge.coverage(both[1].report, fates),
        fates=fates,
        confirmations={},
        against=Origin.of(both[0].report),
    )


def _beside(older: Report, newer: Report, kinship: Kinship) -> Across:
    was = organisations.body(older.organisation).part
    told = (one for one in newer.successions if organisations.body(one.former).part == was)
    return Across(
        beside.set_apart(older),
        newer,
        kinship,
        organisations.rows_of(newer, older.organisation),
        next(told, None),
    )


def _status(report: Report) -> Status:
    """A report without tables may have them in pictures that nothing here can read."""
    if report.grids:
        return Status.AUDITED
    pictures = any(page.unread for page in report.document.pages)
    return Status.NEEDS_OCR if pictures and not reads_pictures() else Status.NO_TABLES


def examine(report: Report, rules: Sequence[Rule]) -> list[Comparison | Observation]:
    """All that the checks of ``rules`` compare and observe in ``report``, in the rules' order."""
    return [
        subject
        for rule in rules
        if (check := rulebook.check(rule.check)) is not None
        for subject in check(report, rule)
    ]


def compare(report: Report, rules: Sequence[Rule]) -> list[Comparison]:
    """Only the comparisons among them."""
    return [one for one in examine(report, rules) if isinstance(one, Comparison)]

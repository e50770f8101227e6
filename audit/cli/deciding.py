"""What auditors have accepted, for the commands that show or add it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from audit.accepted import FILE, AcceptedError, Lapsed, carried, load
from audit.language import Words, message
from audit.model import AuditedReport, Decision

CHANGED = message("{concept} was accepted with other figures ({fingerprint}); it is shown again.")
GONE = message("{concept} was accepted ({fingerprint}) and is found no more.")

Decisions = Mapping[Path, tuple[Decision, ...]]


def place(report: Path, given: Path | None) -> Path:
    """The file of accepted findings for a report: the one that is named, else that beside it."""
    return given or report.absolute().parent / FILE


def accepted_by(reports: Iterable[Path], given: Path | None) -> Decisions:
    """The decisions of each file that the reports' findings may stand in.

    Raises click.UsageError where one cannot be used.
    """
    try:
        return {path: load(path) for path in {place(report, given) for report in reports}}
    except AcceptedError as error:
        raise click.UsageError(str(error)) from error


def marked(
    audits: Sequence[AuditedReport], decisions: Decisions, words: Words, whole: bool
) -> list[AuditedReport]:
    """The reports with accepted findings marked; what was accepted and is found no more is said on
    standard error, where ``whole`` reports were audited by all rules."""
    found: list[AuditedReport] = []
    left = {path: set(known) for path, known in decisions.items()}
    changed: dict[Decision, bool] = {}
    for audited in audits:
        beside = Path(audited.path).absolute().parent / FILE
        path = beside if beside in decisions else next(iter(decisions), None)
        known = decisions[path] if path else ()
        one, lapsed = carried(audited, known)
        found.append(one)
        if path:
            left[path] &= {each.decision for each in lapsed}
        for each in lapsed:
            changed[each.decision] = changed.get(each.decision, False) or each.changed
    if whole and all(audited.report for audited in audits):
        for decision in sorted({one for some in left.values() for one in some}, key=str):
            _say(Lapsed(decision, changed[decision]), words)
    return found


def _say(lapsed: Lapsed, words: Words) -> None:
    decision = lapsed.decision
    said = words.say(
        CHANGED if lapsed.changed else GONE,
        concept=decision.concept,
        fingerprint=decision.fingerprint,
    )
    click.echo(said, err=True)

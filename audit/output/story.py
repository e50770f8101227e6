"""Findings on a terminal: those of a table together, each with the cells it is about."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.text import Text

from audit.language import Words
from audit.model import (
    AuditedReport,
    Decision,
    Figure,
    Finding,
    Observation,
    Reading,
    Report,
    Severity,
)
from audit.output import sentences
from audit.output.excerpt import Quote, excerpts
from audit.output.layout import ERROR, GOOD, NOTE, WARNING, excerpt, heading, line, paragraph, quote
from audit.output.mending import mended, proposals
from audit.output.plain import clean, number, with_unit

SYMBOLS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
STYLES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.NOTE: NOTE}
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
INDENT = " " * 5


def order(finding: Finding) -> tuple[int, int, int, str]:
    """Sorts findings by severity, then as they stand in the report."""
    row = -1 if isinstance(finding.subject, Observation) else finding.subject.stated.row
    return (RANK[finding.severity], finding.page or sys.maxsize, row, finding.rule.code)


def by_table(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each table, tables as they stand in the report; then those of running text,
    and last what stands nowhere."""
    tables: dict[tuple[bool, str], list[Finding]] = {}
    for finding in sorted(findings, key=order):
        nowhere = finding.page is None
        tables.setdefault((nowhere, finding.subject.table), []).append(finding)

    def standing(group: list[Finding]) -> tuple[bool, bool, int, float]:
        box, table = group[0].subject.box, group[0].subject.table
        return (box is None, not table, box.page if box else 0, box.top if box else 0)

    return sorted(tables.values(), key=standing)


def counts(findings: Sequence[Finding], words: Words) -> str:
    """ "4 errors · 1 note · 2 accepted"; "" when there are none."""
    found = [finding.severity for finding in findings if not finding.accepted]
    said = [
        sentences.counted(words, severity, found.count(severity))
        for severity in Severity
        if severity in found
    ]
    if accepted := len(findings) - len(found):
        said.append(words.count("{n} accepted", "{n} accepted", accepted))
    return " · ".join(said)


def table_lines(
    findings: Sequence[Finding],
    audited: AuditedReport,
    report: Report,
    words: Words,
    width: int,
) -> list[Text]:
    """The heading of a table and its findings, each with its cells and what is to be said."""
    name = findings[0].subject.table
    grid = next((grid for grid in report.grids if grid.table.id == name), None)
    pages = tuple(dict.fromkeys(one.page for one in findings if one.page))
    loose = words.say("Running text") if pages else words.say("The report as a whole")
    title = clean(grid.table.title) or words.say("Table") if grid else loose
    if grid and grid.unit.symbol and grid.unit.symbol not in title:
        title += f" ({grid.unit.symbol})"
    if pages := grid.table.pages if grid else pages:
        title += ", " + words.count(
            "page {pages}", "pages {pages}", len(pages), pages=", ".join(map(str, pages))
        )
    lines = heading(("", ""), title, counts(findings, words), width)
    for finding in findings:
        lines += [line(), *_finding_lines(finding, audited, report, words, width)]
    return lines


def _finding_lines(
    finding: Finding, audited: AuditedReport, report: Report, words: Words, width: int
) -> list[Text]:
    lead = (f" {SYMBOLS[finding.severity]} {finding.rule.code}  ", STYLES[finding.severity])
    if finding.accepted:
        lead = (f" ✓ {finding.rule.code}  ", GOOD)
    shown = excerpts(finding, report)
    pages = sorted({part.page for part in shown} or {page for page in (finding.page,) if page})
    where = ", ".join(words.say("page {page}", page=page) for page in pages)
    lines = heading(lead, clean(words.pick(finding.rule.title)), where, width)
    for part in shown:
        if isinstance(part, Quote):
            lines += quote(words, part, width, INDENT)
            continue
        if len(shown) > 1:
            place = ", ".join((part.title, words.say("page {page}", page=part.page)))
            lines += paragraph(place, width, INDENT, "italic")
        lines += excerpt(words, part, width, INDENT)
    for said, style in _story(finding, audited, words):
        lines += paragraph(said, width, INDENT, style)
    if finding.accepted:
        lines += paragraph(_accepted(finding.accepted, words), width, INDENT, "bold")
    return lines


def _accepted(decision: Decision, words: Words) -> str:
    return words.say(
        "Accepted by {by} on {at}: {reason}",
        by=clean(decision.by),
        at=decision.at.isoformat(),
        reason=clean(decision.reason),
    )


def _story(finding: Finding, audited: AuditedReport, words: Words) -> list[tuple[str, str]]:
    """What is to be said below the cells, as (text, style)."""
    if isinstance(finding.subject, Observation):
        return [(sentences.observation(words, finding.subject), "")]
    comparison = finding.subject
    explained = sentences.remark(words, finding)
    told = "" if finding.reading is Reading.MISREAD else sentences.conclusion(words, comparison)
    said = [(told, ""), (explained, "")]
    if cause := sentences.cause(words, finding):
        said.append((words.say("Likely cause: {cause}", cause=cause), ""))
    said.append((_proposal(finding, audited, words), "bold"))
    if finding.also:
        n = len(finding.also)
        said.append(
            (
                words.count(
                    "The same cause explains {n} further difference.",
                    "The same cause explains {n} further differences.",
                    n,
                ),
                "",
            )
        )
    said.append((sentences.second_reader(words, finding), ""))
    if finding.pictured:
        said.append((words.say("Read from a picture: look at the digits on the page."), "italic"))
    elif finding.reading is Reading.UNCONFIRMED:
        said.append(
            (words.say("No second reader could confirm the digits; look at the page."), "italic")
        )
    return [(text, style) for text, style in said if text]


def _proposal(finding: Finding, audited: AuditedReport, words: Words) -> str:
    """What the suspect should be, and what else holds then."""
    diagnosis = finding.diagnosis
    suspect, proposed = (diagnosis.suspect, diagnosis.proposed) if diagnosis else (None, None)
    if diagnosis is None or suspect is None or proposed is None:
        return ""
    right = number(words, proposed, suspect.amount)
    if diagnosis.kind.endswith("-exchanged") and len(diagnosis.others) == 1:
        right = _exchanged(words, suspect, right, diagnosis.others[0])
    right = with_unit(right, suspect.amount.unit)
    said = words.say("Should be: {right}", right=right)
    others = mended(audited, finding)
    if len(others) == 1:
        relation = sentences.equation(words, others[0], proposals(audited))
        return said + " · " + words.say("then this holds too: {relation}", relation=relation)
    n = max(len(others), diagnosis.confirmed_by)
    if n:
        said += " · " + words.count(
            "then {n} other relation holds too", "then {n} other relations hold too", n
        )
    return said


def _exchanged(words: Words, suspect: Figure, right: str, other: Figure) -> str:
    """The right values of two figures that changed places, each with what it is called."""
    by_row = suspect.row != other.row
    names = [clean(one.label if by_row else one.header) for one in (suspect, other)]
    return f"{names[0]} {right}, {names[1]} {number(words, suspect.amount.value, other.amount)}"

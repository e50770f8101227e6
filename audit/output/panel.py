"""The panel above a report's findings: who reports, what was read, how much of it was tested."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from audit.language import NO_BREAK_SPACE, Words
from audit.model import (
    AuditedReport,
    Comparison,
    Coverage,
    Reading,
    Report,
    Severity,
    Status,
    Verdict,
)
from audit.output import sentences
from audit.output.fates import of_figures, total
from audit.output.layout import ERROR, GOOD, WARNING, WIDEST_PROSE, bar, line, paragraph
from audit.output.plain import clean
from audit.output.status import reason
from audit.output.story import counts


def panel(audited: AuditedReport, report: Report, words: Words, width: int) -> RenderableType:
    """Who reports, what was read, and how much of it was tested."""
    edge = min(width, WIDEST_PROSE)
    inner = edge - 4
    organisation = clean(report.organisation) or Path(audited.path).name
    lines: list[RenderableType] = [*paragraph(organisation, inner, style="bold")]
    lines += paragraph(_subtitle(audited, report, words), inner)
    if audited.against:
        said = words.say("Compared with {report}", report=sentences.title(words, audited.against))
        lines += paragraph(said, inner)
    lines.append(line())
    if audited.status is not Status.AUDITED:
        lines += paragraph(reason(audited, words), inner, style=WARNING)
    else:
        lines += [*_summary(audited, words, inner)]
    return Panel(Group(*lines), width=edge, padding=(0, 1), border_style=_border(audited))


def _subtitle(audited: AuditedReport, report: Report, words: Words) -> str:
    kind = sentences.kind(words, report)
    period = words.period(report.period) if report.period else ""
    title = clean(f"{kind} {period}".strip())
    figures = sum(len(grid.figures) for grid in report.grids)
    said = len(report.mentions)
    tables = report.document.tables
    name = Path(clean(audited.path)).name if report.organisation else ""
    sizes = (
        words.count("{n} page", "{n} pages", len(report.document.pages)),
        words.count("{n} table", "{n} tables", len(tables)),
        words.count("{n} figure", "{n} figures", figures),
        words.count("{n} in text", "{n} in text", said) if said else "",
    )
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in sizes]
    parts = (title[:1].upper() + title[1:], name, *whole)
    return f"{NO_BREAK_SPACE}· ".join(part for part in parts if part)


def _summary(audited: AuditedReport, words: Words, width: int) -> list[Text]:
    rows: list[tuple[str, Sequence[str | tuple[str, str]]]] = [
        (words.say("Tested"), _tally(audited, words))
    ]
    if audited.findings:
        rows.append((words.say("Findings"), [counts(audited.findings, words)]))
        rows += [("", said)] if (said := _about(audited, words)) else []
    coverage = total(audited.coverage.values())
    if coverage.figures:
        rows.append((words.say("Coverage"), _covered(coverage, words, width)))
    if said := _reading(audited, words):
        rows.append((words.say("Reading"), said))
    label = max(len(name) for name, _ in rows) + 2
    lines: list[Text] = []
    for name, parts in rows:
        lines += _labelled(name, label, parts, width)
    return lines


def _labelled(
    name: str, label: int, parts: Sequence[str | tuple[str, str]], width: int
) -> list[Text]:
    """``parts`` after a name in a column of its own, going on below where they do not fit."""
    lines = []
    row, used = [(name.ljust(label), "bold")], label
    for part in parts:
        said, style = (part, "") if isinstance(part, str) else part
        if used + len(said.rstrip()) > width and said.strip() != "·":
            lines.append(line(*row))
            row, used = [(" " * label, "")], label
        row.append((said, style))
        used += len(said)
    return [*lines, line(*row)]


def _tally(audited: AuditedReport, words: Words) -> list[str | tuple[str, str]]:
    tally = audited.tally
    counts = {
        Verdict.AGREES: tally.agrees,
        Verdict.ROUNDING: tally.rounding,
        Verdict.DIFFERS: tally.differs,
        Verdict.UNDECIDED: tally.undecided,
    }
    style = {Verdict.AGREES: GOOD, Verdict.DIFFERS: ERROR}
    parts: list[str | tuple[str, str]] = [
        words.count("{n} relation", "{n} relations", tally.tested) + "  "
    ]
    shown = [(key, n) for key, n in counts.items() if n or key is Verdict.AGREES]
    for position, (key, n) in enumerate(shown):
        said = sentences.outcome(words, key, n).replace(" ", NO_BREAK_SPACE)
        parts.append((said, style.get(key, "") if n else ""))
        parts += [" · "] if position < len(shown) - 1 else []
    return parts


def _about(audited: AuditedReport, words: Words) -> list[str]:
    """How the findings come from the relations that differ: one cause may explain several of them,
    and some findings are about other things. Nothing where each finding is one such relation."""
    differ = audited.tally.differs
    compared = [one.subject for one in audited.findings if isinstance(one.subject, Comparison)]
    causes = sum(one.verdict is Verdict.DIFFERS and one.remark is None for one in compared)
    others = len(audited.findings) - causes
    said = []
    if causes and causes != differ:
        said.append(
            words.count(
                "{n} on the {differ} that differ (a cause may explain several)",
                "{n} on the {differ} that differ (a cause may explain several)",
                causes,
                differ=words.number(Decimal(differ)),
            )
        )
    elif causes and others:
        said.append(words.count("{n} on what differs", "{n} on what differs", causes))
    if causes and others:
        said.append(words.count("{n} on other things", "{n} on other things", others))
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in said]
    return [f"{part} · " for part in whole[:-1]] + whole[-1:]


def _covered(coverage: Coverage, words: Words, width: int) -> list[str | tuple[str, str]]:
    tested = coverage.verified + coverage.contradicted
    share = Decimal(tested) / coverage.figures
    said = of_figures(coverage, words)
    good = Decimal(coverage.verified) / coverage.figures
    wrong = Decimal(coverage.contradicted) / coverage.figures
    room = min(max(width - len(said) - 22, 10), 30)
    return [words.percent(share).ljust(7), *bar(good, wrong, room), f"  {said}"]


def _reading(audited: AuditedReport, words: Words) -> list[str]:
    """What independent readers say of the figures in the findings."""
    compared = (one for one in audited.findings if isinstance(one.subject, Comparison))
    readings = [finding.reading for finding in compared]
    if not readings:
        agree = audited.tally.tested > 0 and not audited.tally.differs
        return [words.say("the sums agree, and so bear out the reading")] if agree else []
    if all(reading is Reading.CONFIRMED for reading in readings):
        return [words.say("two readers agree on every figure in the findings")]
    said = []
    if n := readings.count(Reading.CONFIRMED):
        said.append(
            words.count(
                "{n} finding confirmed by a second reader",
                "{n} findings confirmed by a second reader",
                n,
            )
        )
    if n := readings.count(Reading.UNCONFIRMED):
        said.append(words.count("{n} not confirmed", "{n} not confirmed", n))
    if n := readings.count(Reading.SINGLE):
        said.append(words.count("{n} seen by one reader", "{n} seen by one reader", n))
    if n := readings.count(Reading.MISREAD):
        said.append(words.count("{n} misread", "{n} misread", n))
    return [f"{part} · " for part in said[:-1]] + said[-1:]


def _border(audited: AuditedReport) -> str:
    severities = {finding.severity for finding in audited.findings if not finding.accepted}
    if Severity.ERROR in severities:
        return "red"
    clean_bill = audited.status is Status.AUDITED and Severity.WARNING not in severities
    return GOOD if clean_bill else "dark_orange3"

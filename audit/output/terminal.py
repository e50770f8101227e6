"""Audited reports on a terminal: a panel with what was tested, then the findings by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from audit.language import Words
from audit.model import AuditedReport, Comparison, Finding, Severity, Status, Verdict
from audit.output import sentences
from audit.output.brief import none_differs
from audit.output.layout import GOOD, QUIET, WARNING, heading, line, paragraph
from audit.output.panel import panel
from audit.output.plain import clean
from audit.output.status import pictures, reason
from audit.output.story import STYLES, SYMBOLS, by_table, counts, order, table_lines

MOST_UNCOVERED = 4
INDENT = "  "


def render(
    audited: AuditedReport, words: Words, width: int, verbose: bool = False
) -> RenderableType:
    """One report: panel, findings, and what was not covered. ``width`` is in characters."""
    if audited.report is None:
        return Group(*unreadable(audited, words, width))
    parts: list[RenderableType] = [panel(audited, audited.report, words, width)]
    for findings in by_table(audited.findings):
        parts += [line(), *table_lines(findings, audited, audited.report, words, width)]
    if verbose:
        parts += _verbose(audited, words, width)
    return Group(
        *parts, *_uncovered(audited, words, width, verbose), *_hint(audited.findings, words)
    )


def render_all(
    audits: Sequence[AuditedReport], words: Words, width: int, verbose: bool = False
) -> RenderableType:
    """Several reports: one line each, worst first, then those with findings in full."""
    ordered = sorted(audits, key=_badness)
    lines: list[RenderableType] = []
    for audited in ordered:
        lines += _overview(audited, words, width)
    for audited in ordered:
        if audited.findings or (verbose and audited.report):
            lines += [line(), line((clean(audited.path), "bold"))]
            lines.append(render(audited, words, width, verbose))
    return Group(*lines)


def closing(audits: Iterable[AuditedReport], code: int, words: Words) -> Text:
    """The last line: what was found, and the exit code."""
    findings = [finding for audited in audits for finding in audited.findings]
    found = counts(findings, words) or words.say("no findings")
    return line((f"{found} · " + words.say("exit {code}", code=code), "bold"))


def unreadable(audited: AuditedReport, words: Words, width: int) -> list[Text]:
    """One sentence that says why a report was not read and what to do."""
    return paragraph(f"{clean(audited.path)}: {reason(audited, words)}", width, hang="  ")


def _badness(audited: AuditedReport) -> tuple[int, ...]:
    """Sorts reports worst first: unread ones, then by errors, warnings and notes, then those that
    held nothing to test."""
    found = Counter(one.severity for one in audited.findings if not one.accepted)
    worst = (-found[severity] for severity in Severity)
    return (audited.report is not None, *worst, audited.status is Status.AUDITED)


def _overview(audited: AuditedReport, words: Words, width: int) -> list[Text]:
    path = clean(audited.path)
    if audited.status is not Status.AUDITED:
        lead = (" ? ", WARNING)
        return [line(lead, (path, "bold")), *paragraph(reason(audited, words), width, "   ")]
    worst = min(audited.findings, key=order, default=None)
    lead = (f" {SYMBOLS[worst.severity]} ", STYLES[worst.severity]) if worst else (" ✓ ", GOOD)
    return heading(
        lead, path, counts(audited.findings, words) or none_differs(audited, words), width
    )


def _uncovered(audited: AuditedReport, words: Words, width: int, verbose: bool) -> list[Text]:
    """What no comparison covered, most first, and pictures that nobody has read."""
    if audited.report is None:
        return []
    titles = {grid.table.id: clean(grid.table.title) for grid in audited.report.grids}
    left = sorted(
        ((fate.uncovered, table) for table, fate in audited.coverage.items() if fate.uncovered),
        reverse=True,
    )
    shown = left if verbose else left[:MOST_UNCOVERED]
    named = [f"{titles.get(table) or table}: {words.number(Decimal(n))}" for n, table in shown]
    if rest := left[len(shown) :]:
        named.append(words.count("{n} more table", "{n} more tables", len(rest)))
    lines: list[Text] = []
    if left:
        total = sum(n for n, _ in left)
        said = words.count("Not covered: {n} figure", "Not covered: {n} figures", total)
        lines += paragraph(f"{said} ({'; '.join(named)})", width, hang=INDENT)
    if said := pictures(audited.report, words):
        lines += paragraph(said, width, hang=INDENT, style=WARNING)
    return [line(), *lines] if lines else []


def _hint(findings: Sequence[Finding], words: Words) -> list[Text]:
    if not findings:
        return []
    code = min(findings, key=order).rule.code
    said = words.say("granska explain {code} explains a rule", code=code)
    return [line((said, QUIET))]


def _verbose(audited: AuditedReport, words: Words, width: int) -> list[Text]:
    """The comparisons that are no findings: by rule, within rounding, and undecided."""
    lines = _fingerprints(audited, words, width)
    lines += [line(), line((words.say("Tested by rule"), "bold"))]
    by_rule: dict[str, Counter[Verdict]] = {}
    for comparison in (one for one in audited.comparisons if one.remark is None):
        by_rule.setdefault(comparison.rule, Counter())[comparison.verdict] += 1
    for code, found in sorted(by_rule.items()):
        said = " · ".join(
            sentences.outcome(words, one, found[one]) for one in Verdict if found[one]
        )
        lines.append(line(INDENT, (code, "bold"), f"  {said}"))
    lines += _relations(audited, Verdict.ROUNDING, words, width)
    return lines + _relations(audited, Verdict.UNDECIDED, words, width)


def _fingerprints(audited: AuditedReport, words: Words, width: int) -> list[Text]:
    """What `granska accept` knows the findings by."""
    if not audited.findings:
        return []
    lines = [line(), line((words.say("Fingerprints, for granska accept"), "bold"))]
    for finding in sorted(audited.findings, key=order):
        said = f"{finding.fingerprint}  {clean(finding.concept)}"
        lines += paragraph(said, width, INDENT, hang=INDENT)
    return lines


def _relations(audited: AuditedReport, wanted: Verdict, words: Words, width: int) -> list[Text]:
    found = [one for one in audited.comparisons if one.verdict is wanted]
    if not found:
        return []
    titles = {
        Verdict.ROUNDING: words.say("Within rounding"),
        Verdict.UNDECIDED: words.say("Undecided"),
    }
    lines = [line(), line((titles[wanted], "bold"))]
    for comparison in found:
        lines += paragraph(_relation(words, comparison), width, INDENT, hang=INDENT)
    return lines


def _relation(words: Words, comparison: Comparison) -> str:
    where = sentences.place(comparison.stated)
    at = words.say("page {page}", page=comparison.stated.source.box.page)
    said = sentences.conclusion(words, comparison)
    return f"{comparison.rule} {where} ({at}): {said}"

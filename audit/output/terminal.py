"""Audited reports on a terminal: a panel with what was tested, then the findings by table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from audit.language import NO_BREAK_SPACE, Words
from audit.model import AuditedReport, Comparison, Finding, Severity, Status, Verdict
from audit.output import sentences
from audit.output.brief import none_differs
from audit.output.layout import GOOD, QUIET, WARNING, heading, line, paragraph
from audit.output.panel import panel
from audit.output.plain import clean
from audit.output.status import pictures, reason
from audit.output.story import STYLES, SYMBOLS, by_table, counts, order, table_lines

MOST_UNCOVERED = 4
PREFIX = re.compile(r":\s+|\s+[-–]\s+")
INDENT = "  "

Titled = tuple[str, int]  # a table's title and how many of its figures are meant


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
    """What no comparison covered, most first, and pictures that nobody has read; nothing beside
    another report, which has few of the figures."""
    if audited.report is None or audited.against:
        return []
    titles = {grid.table.id: clean(grid.table.title) for grid in audited.report.grids}
    left = [
        (titles.get(table) or table, known.uncovered)
        for table, known in audited.coverage.items()
        if known.uncovered
    ]
    groups = _together(left)
    shown = groups if verbose else groups[:MOST_UNCOVERED]
    named = [_named(group, words, verbose) for group in shown]
    if rest := groups[len(shown) :]:
        number = sum(map(len, rest))
        named.append(words.count("{n} more table", "{n} more tables", number))
    lines: list[Text] = []
    if groups:
        total = sum(n for _, n in left)
        said = words.count("Not covered: {n} figure", "Not covered: {n} figures", total)
        between = "; " if verbose else ", "
        lines += paragraph(f"{said} ({between.join(named)})", width, hang=INDENT)
    if said := pictures(audited.report, words):
        lines += paragraph(said, width, hang=INDENT, style=WARNING)
    return [line(), *lines] if lines else []


def _together(left: Iterable[Titled]) -> list[list[Titled]]:
    """Tables whose titles begin alike before a colon or dash ("Mål: Hållbar ekonomi", "Mål:
    Attraktiv arbetsgivare") in one group; most figures first, in groups and among them."""
    groups: dict[str, list[Titled]] = {}
    for title, n in left:
        groups.setdefault(PREFIX.split(title, maxsplit=1)[0], []).append((title, n))
    return sorted(
        (sorted(group, key=lambda one: -one[1]) for group in groups.values()),
        key=lambda group: -sum(n for _, n in group),
    )


def _named(group: Sequence[Titled], words: Words, verbose: bool) -> str:
    """ "Personal 9"; with each table "Mål 20: Hållbar ekonomi 12, Attraktiv arbetsgivare 8"."""

    def numbered(name: str, n: int) -> str:
        apart = ":" if name[-1:].isdigit() else ""  # "Resultat 2021: 9", for 20 219 is a number
        return f"{name}{apart}{NO_BREAK_SPACE}{words.number(Decimal(n))}"

    if len(group) == 1:
        return numbered(*group[0])
    begin = PREFIX.split(group[0][0], maxsplit=1)[0]
    whole = numbered(begin, sum(n for _, n in group))
    if not verbose:
        return whole
    each = (numbered(PREFIX.split(title, maxsplit=1)[-1], n) for title, n in group)
    return f"{whole}: {', '.join(each)}"


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

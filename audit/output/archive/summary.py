"""The summary that a scan ends with: what became of the reports, and where to look first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from audit.language import NO_BREAK_SPACE, Words
from audit.model import Archive, Entry, Severity, Status, Verdict
from audit.output import sentences
from audit.output.archive.counts import (
    Counted,
    counted,
    first_to_see,
    found_words,
    of_report,
    severities,
    span,
    standing,
    tallied,
)
from audit.output.archive.names import Shown, by_reason, file
from audit.output.fates import of_figures, total
from audit.output.layout import (
    GOOD,
    QUIET,
    WARNING,
    WIDEST_PROSE,
    bar,
    heading,
    line,
    paragraph,
)
from audit.output.plain import clean
from audit.output.story import STYLES, SYMBOLS

FIRST = 10  # reports that are named as those to look at first
MOST_FILES = 5  # that are named for each reason why reports were not read
MOST_RULES = 3  # that are named for each report

INDENT = " " * 5


def render(archive: Archive, words: Words, width: int) -> RenderableType:
    """The whole summary, for a terminal ``width`` characters wide."""
    found = counted(archive.findings)
    return Group(
        _panel(archive, words, width),
        *_first(archive, found, words, width),
        *_rules(found, words, width),
        *_unread(archive, words, width),
    )


def _panel(archive: Archive, words: Words, width: int) -> RenderableType:
    entries = archive.entries
    edge = min(width, WIDEST_PROSE)
    inner = edge - 4
    bodies = Shown(archive, words).bodies()
    sizes = (
        words.count("{n} report", "{n} reports", len(entries)),
        words.count("{n} body", "{n} bodies", len(bodies)) if bodies else "",
        span(entries),
    )
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in sizes if part]
    rows = [
        (words.say("Reports"), _read(entries, words)),
        (words.say("Tested"), _tested(entries, words)),
        (words.say("Findings"), _found(entries, words)),
    ]
    label = max(len(said) for said, _ in rows) + 2
    lines: list[RenderableType] = [
        *paragraph(clean(archive.title) or words.say("Archive"), inner, style="bold"),
        *paragraph(f"{NO_BREAK_SPACE}· ".join(whole), inner),
        line(),
    ]
    for said, text in rows:
        lines += _labelled(said, text, label, inner)
    coverage = total(one.coverage for one in entries)
    if coverage.figures:
        covered = of_figures(coverage, words)
        good, wrong = (
            Decimal(n) / coverage.figures for n in (coverage.verified, coverage.contradicted)
        )
        room = min(max(inner - label - len(covered) - 10, 10), 30)
        share = words.percent(good + wrong).ljust(7)
        name_ = (words.say("Coverage").ljust(label), "bold")
        lines.append(line(name_, share, *bar(good, wrong, room), f"  {covered}"))
    worst = any(one.errors for one in entries)
    quiet = not worst and not any(one.warnings for one in entries)
    return Panel(
        Group(*lines),
        width=edge,
        padding=(0, 1),
        border_style="red" if worst else GOOD if quiet else "dark_orange3",
    )


def _labelled(name_: str, text: str, label: int, width: int) -> list[Text]:
    lines = paragraph(text, width, indent=" " * label)
    first = lines[0].plain[label:]
    return [line((name_.ljust(label), "bold"), first), *lines[1:]]


def _read(entries: Sequence[Entry], words: Words) -> str:
    """ "66 audited · 2 without tables · 1 locked"."""
    found = Counter(one.status for one in entries)
    said = [standing(words, status, found[status]) for status in Status if found[status]]
    return " · ".join(part.replace(" ", NO_BREAK_SPACE) for part in said)


def _tested(entries: Iterable[Entry], words: Words) -> str:
    ended = tallied(entries)
    tested = sum(ended.values()) - ended[Verdict.UNDECIDED]
    said = [
        sentences.outcome(words, verdict, ended[verdict])
        for verdict in Verdict
        if ended[verdict] or verdict is Verdict.AGREES
    ]
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in said]
    return words.count("{n} relation", "{n} relations", tested) + ": " + " · ".join(whole)


def _found(entries: Sequence[Entry], words: Words) -> str:
    accepted = sum(one.accepted for one in entries)
    return found_words(severities(entries), accepted, words) or words.say("no findings")


def _first(archive: Archive, found: Counted, words: Words, width: int) -> list[Text]:
    """The reports that need eyes first: what each is, where, and which rules say so."""
    worst = first_to_see(archive.entries)
    if not worst:
        return []
    lines = [line(), *heading(("", ""), words.say("Look at these first"), "", width)]
    shown = Shown(archive, words)
    titles = {one.rule.code: clean(words.pick(one.rule.title)) for one in found.rules}
    order = {one.rule.code: place for place, one in reversed(list(enumerate(found.rules)))}
    for entry in worst[:FIRST]:
        severity = Severity.ERROR if entry.errors else Severity.WARNING
        lead = (f" {SYMBOLS[severity]} ", STYLES[severity])
        lines += heading(lead, shown.name(entry), of_report(entry, words), width)
        if shown.name(entry) != file(entry):
            lines += paragraph(file(entry), width, INDENT, QUIET)
        rules = sorted(
            found.by_report.get(entry.sha256, Counter()).items(), key=lambda one: order[one[0]]
        )
        for code, n in rules[:MOST_RULES]:
            times = f" ({n})" if n > 1 else ""
            lines += paragraph(f"{code} {titles[code]}{times}", width, INDENT, hang=" " * 7)
        if rest := len(rules[MOST_RULES:]):
            said = words.count("{n} further rule", "{n} further rules", rest)
            lines.append(line(INDENT, (f"… {said}", QUIET)))
    if rest := len(worst[FIRST:]):
        said = words.count(
            "{n} further report with errors or warnings",
            "{n} further reports with errors or warnings",
            rest,
        )
        lines.append(line("   ", (f"… {said}", QUIET)))
    return lines


def _rules(found: Counted, words: Words, width: int) -> list[Text]:
    if not found.rules:
        return []
    lines = [line(), line((words.say("Findings by rule"), "bold"))]
    for one in found.rules:
        lead = (f" {SYMBOLS[one.severity]} {one.rule.code}  ", STYLES[one.severity])
        where = words.count("in {n} report", "in {n} reports", len(one.reports))
        right = f"{words.number(Decimal(one.findings))} {where}"
        lines += _plain_heading(lead, clean(words.pick(one.rule.title)), right, width)
    return lines


def _plain_heading(lead: tuple[str, str], title: str, right: str, width: int) -> list[Text]:
    """As a heading, but in the weight of running text."""
    lines = heading(lead, title, right, width)
    for one in lines:
        one.stylize("not bold", len(lead[0]))
    return lines


def _unread(archive: Archive, words: Words, width: int) -> list[Text]:
    reasons = by_reason(archive.entries, words)
    if not reasons:
        return []
    lines = [line(), line((words.say("Not audited"), "bold"))]
    for said, entries in reasons.items():
        n = words.count("{n} report", "{n} reports", len(entries))
        first, *more = paragraph(f"{n}: {said}", width, indent="   ")
        lines += [line((" ? ", WARNING), first.plain[3:]), *more]
        for entry in entries[:MOST_FILES]:
            lines += paragraph(file(entry), width, INDENT, QUIET)
        if rest := len(entries[MOST_FILES:]):
            left = words.count("{n} further report", "{n} further reports", rest)
            lines.append(line(INDENT, (f"… {left}", QUIET)))
    return lines

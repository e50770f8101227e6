"""What there is to count in an archive, for whatever shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit.language import NO_BREAK_SPACE, Words
from audit.model import Entry, Finding, Rule, Severity, Status, Verdict
from audit.output import sentences
from audit.output.story import RANK


@dataclass(slots=True)
class RuleCount:
    """How often a rule found something that nobody has accepted, and in how many reports."""

    rule: Rule
    severity: Severity
    findings: int = 0
    reports: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Counted:
    """The findings of an archive that nobody has accepted: by rule, most severe and most frequent
    first, and by the SHA-256 of the report how many of which rule."""

    rules: tuple[RuleCount, ...]
    by_report: dict[str, Counter[str]]


def counted(findings: Iterable[tuple[str, Finding]]) -> Counted:
    """Counts findings as they come; none is kept."""
    rules: dict[tuple[str, Severity], RuleCount] = {}
    by_report: dict[str, Counter[str]] = {}
    for report, finding in findings:
        if finding.accepted:
            continue
        key = (finding.rule.code, finding.severity)
        found = rules.setdefault(key, RuleCount(finding.rule, finding.severity))
        found.findings += 1
        found.reports.add(report)
        by_report.setdefault(report, Counter())[finding.rule.code] += 1
    order = sorted(
        rules.values(), key=lambda one: (RANK[one.severity], -one.findings, one.rule.code)
    )
    return Counted(tuple(order), by_report)


def first_to_see(entries: Iterable[Entry]) -> list[Entry]:
    """The reports with errors or warnings, worst first."""
    found = [one for one in entries if one.errors or one.warnings]
    return sorted(found, key=lambda one: (-one.errors, -one.warnings, -one.notes, one.names))


def span(entries: Iterable[Entry]) -> str:
    """ "2019–2024": the years that the reports are about."""
    years = {one.period.end.year for one in entries if one.period}
    return "–".join(map(str, sorted({min(years), max(years)}))) if years else ""


def tallied(entries: Iterable[Entry]) -> Counter[Verdict]:
    """How all the relations of all reports ended."""
    ended: Counter[Verdict] = Counter()
    for one in entries:
        tally = one.tally
        ended[Verdict.AGREES] += tally.agrees
        ended[Verdict.ROUNDING] += tally.rounding
        ended[Verdict.DIFFERS] += tally.differs
        ended[Verdict.UNDECIDED] += tally.undecided
    return ended


def severities(entries: Iterable[Entry]) -> dict[Severity, int]:
    """How many findings of each severity nobody has accepted."""
    every = tuple(entries)
    return {
        Severity.ERROR: sum(one.errors for one in every),
        Severity.WARNING: sum(one.warnings for one in every),
        Severity.NOTE: sum(one.notes for one in every),
    }


def found_words(counts: dict[Severity, int], accepted: int, words: Words) -> str:
    """ "4 errors · 1 note · 2 accepted", or that there is nothing."""
    said = [sentences.counted(words, severity, n) for severity, n in counts.items() if n]
    if accepted:
        said.append(words.count("{n} accepted", "{n} accepted", accepted))
    return " · ".join(part.replace(" ", NO_BREAK_SPACE) for part in said)


def of_report(entry: Entry, words: Words) -> str:
    return found_words(severities([entry]), entry.accepted, words)


def standing(words: Words, status: Status, n: int) -> str:
    """ "2 without tables"."""
    match status:
        case Status.AUDITED:
            return words.count("{n} audited", "{n} audited", n)
        case Status.NO_TABLES:
            return words.count("{n} without tables", "{n} without tables", n)
        case Status.NEEDS_OCR:
            return words.count("{n} of pictures", "{n} of pictures", n)
        case Status.ENCRYPTED:
            return words.count("{n} locked", "{n} locked", n)
        case Status.DAMAGED:
            return words.count("{n} damaged", "{n} damaged", n)
        case Status.TIMEOUT:
            return words.count("{n} took too long", "{n} took too long", n)
        case Status.TOO_LARGE:
            return words.count("{n} too large", "{n} too large", n)
        case Status.FAILED:
            return words.count("{n} failed", "{n} failed", n)

"""Comparisons and observations to findings. The program's only tolerance is that of the printed
numbers themselves."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.diagnosis import (
    Key,
    Relations,
    Surroundings,
    borne_out,
    bounded_with,
    changes,
    diagnose,
    exchanged,
    key,
    same_relation,
)
from audit.language import message
from audit.model import (
    Comparison,
    Confirmation,
    Coverage,
    Diagnosis,
    Ending,
    Fate,
    Figure,
    Finding,
    Observation,
    Reading,
    Report,
    Rule,
    Severity,
    Tally,
    Verdict,
)

MISREAD = "EXT001"
IDENTITIES = "BAL"  # the family of rules that name what the norm says of a row
DISAGREE = message("two readers see different digits here")
BLURRED = message("digits could not be read surely")
SURE = 0.6  # digits of a picture or a broken number that are trusted less accuse nobody
FEW = 3  # an unlabelled relation needs so many agreeing siblings before it may be an error


def settled(
    comparisons: Sequence[Comparison], confirmations: Mapping[int, Confirmation]
) -> list[Comparison]:
    """The comparisons in their places; what the second reader read otherwise, and digits that
    could hardly be read in a picture, decide nothing about the report."""
    proven = _proven(comparisons)

    def settle(comparison: Comparison, seen: Confirmation | None) -> Comparison:
        if _misread(seen):
            return replace(comparison, undecided=DISAGREE)
        trusts = [figure.trust for figure in _pictured(comparison, proven)]
        if comparison.verdict is Verdict.DIFFERS and min(trusts, default=1.0) < SURE:
            return replace(comparison, undecided=BLURRED)
        return comparison

    return [settle(one, confirmations.get(index)) for index, one in enumerate(comparisons)]


def _proven(comparisons: Iterable[Comparison]) -> frozenset[Key]:
    """The figures whose digits an equation bears out: arithmetic is the checksum of reading."""
    return frozenset(
        key(figure)
        for comparison in comparisons
        if comparison.remark is None and comparison.low == comparison.high
        if comparison.verdict in (Verdict.AGREES, Verdict.ROUNDING)
        for figure in borne_out(comparison)
    )


def _pictured(comparison: Comparison, proven: Container[Key]) -> list[Figure]:
    """The figures whose digits were read from a picture and that nothing else bears out."""
    return [
        figure for figure in comparison.figures if figure.trust < 1 and key(figure) not in proven
    ]


def _misread(seen: Confirmation | None) -> bool:
    return seen is not None and seen.reading is Reading.MISREAD


def tally(comparisons: Iterable[Comparison]) -> Tally:
    """How many comparisons ended in each verdict; a remark on a convention tests nothing."""
    ends = Counter(one.verdict for one in comparisons if one.remark is None)
    return Tally(
        agrees=ends[Verdict.AGREES],
        rounding=ends[Verdict.ROUNDING],
        differs=ends[Verdict.DIFFERS],
        undecided=ends[Verdict.UNDECIDED],
    )


def judge(
    report: Report,
    comparisons: Sequence[Comparison],
    rules: Mapping[str, Rule],
    confirmations: Mapping[int, Confirmation],
) -> tuple[Finding, ...]:
    """The findings, one for each cause, in the order of the report.

    ``comparisons`` are settled; ``confirmations`` are what second readers saw, by place in them.
    """
    around = Surroundings.of(f for grid in report.grids for f in grid.figures.values())
    relations = Relations.of(comparisons)
    titles = {grid.table.id: grid.table.title for grid in report.grids}
    proven = _proven(comparisons)
    found: list[Finding] = []
    for index, comparison in enumerate(comparisons):
        rule, seen = rules[comparison.rule], confirmations.get(index)
        if comparison.remark is not None:
            found.append(finding_of(rule, Severity.NOTE, comparison, None, None, titles))
        elif _misread(seen):
            if (reading := rules.get(MISREAD)) is not None:
                found.append(finding_of(reading, reading.severity, comparison, None, seen, titles))
        elif comparison.verdict is Verdict.DIFFERS:
            swapped = rule.check == "exchanged-rows"
            cause = exchanged(comparison) if swapped else diagnose(comparison, relations, around)
            severity = _severity(rule, comparison, seen, proven)
            found.append(finding_of(rule, severity, comparison, cause, seen, titles))
    return in_order(_merged(_informed(found)))


def observed(
    report: Report, observations: Iterable[Observation], rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """The findings about what is no arithmetic, each at its first place: the same words at the
    foot of every page are one finding."""
    titles = {grid.table.id: grid.table.title for grid in report.grids}
    found: dict[str, Finding] = {}
    for one in observations:
        rule = rules[one.rule]
        concept = (one.says, *(f"{name}={said}" for name, said in sorted(one.details.items())))
        mark = _digest(rule, titles.get(one.table, ""), (*concept, one.evidence))
        finding = Finding(rule, rule.severity, one, None, Reading.SINGLE, mark)
        found.setdefault(mark, finding)
    return in_order(found.values())


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As they stand in the report; what stands nowhere comes last."""
    return tuple(sorted(findings, key=_order))


def _severity(
    rule: Rule, comparison: Comparison, seen: Confirmation | None, proven: Container[Key]
) -> Severity:
    """The rule's own, but no error on a relation that little speaks for or that only one reader
    has seen. No second reader sees a picture: there another relation must bear out the digits."""
    basis = comparison.basis
    doubtful = not basis.labelled and basis.agreeing < FEW
    if any(figure.trust < 1 for figure in comparison.figures):
        unseen = bool(_pictured(comparison, proven))
    else:
        unseen = seen is not None and seen.reading is Reading.UNCONFIRMED
    if rule.severity is Severity.ERROR and (doubtful or unseen):
        return Severity.WARNING
    return rule.severity


def finding_of(
    rule: Rule,
    severity: Severity,
    comparison: Comparison,
    cause: Diagnosis | None,
    seen: Confirmation | None,
    titles: Mapping[str, str],
) -> Finding:
    """The finding that a comparison gives. ``titles`` are those of the tables, by id."""
    return Finding(
        rule=rule,
        severity=severity,
        subject=comparison,
        diagnosis=cause,
        reading=seen.reading if seen else Reading.SINGLE,
        fingerprint=_fingerprint(rule, comparison, titles.get(comparison.stated.table, "")),
        confirmation=seen,
    )


def _fingerprint(rule: Rule, comparison: Comparison, title: str) -> str:
    """Twelve hexadecimal digits from concept, period and figures, not from page or place: a new
    version of the report keeps them."""
    words: list[str] = []
    for figure in comparison.figures:
        period = f"{figure.period.start}/{figure.period.end}" if figure.period else ""
        label = "/".join((*figure.path, figure.label))
        words += [label, figure.header, period, f"{figure.amount.value.normalize():f}"]
    return _digest(rule, title, words)


def _digest(rule: Rule, title: str, words: Iterable[str]) -> str:
    said = "\n".join((rule.code, " ".join(title.casefold().split()), *words))
    return hashlib.sha256(said.casefold().encode()).hexdigest()[:12]


def _informed(found: Sequence[Finding]) -> list[Finding]:
    """The findings, each error of which nothing tells the cause with that of a warning that mends
    it: the two are one, and the louder tells it."""
    tellers: dict[Key, list[Finding]] = {}
    for finding in found:
        for place in _changes(finding):
            tellers.setdefault(place, []).append(finding)

    def informed(finding: Finding) -> Finding:
        if finding.diagnosis is not None or finding.severity is not Severity.ERROR:
            return finding
        near = (
            one for figure in finding.comparison.figures for one in tellers.get(key(figure), ())
        )
        told = [one for one in near if one.severity is Severity.WARNING and _mends(one, finding)]
        if not told:
            return finding
        return replace(finding, diagnosis=max(told, key=_strength).diagnosis)

    return [informed(finding) for finding in found]


def _merged(found: Sequence[Finding]) -> list[Finding]:
    """One finding for each cause: those that the proposal of another one mends join it."""
    kept: list[Finding] = []
    hosts: dict[object, list[int]] = {}  # by the cells that a finding would change, and group
    for finding in sorted(found, key=_strength, reverse=True):
        touched = [key(figure) for figure in finding.comparison.figures]
        near = {i for place in (*touched, finding.comparison.group) for i in hosts.get(place, ())}
        host = next((i for i in sorted(near) if _explains(kept[i], finding)), None)
        if host is not None:
            kept[host] = replace(kept[host], also=(*kept[host].also, finding.comparison))
            continue
        own: tuple[object, ...] = (key(finding.comparison.stated), finding.comparison.group)
        for place in dict.fromkeys((*_changes(finding), *own)):
            hosts.setdefault(place, []).append(len(kept))
        kept.append(finding)
    return kept


def _changes(finding: Finding) -> dict[Key, Decimal]:
    """The values that the finding's cause would put right."""
    return changes(finding.diagnosis) if finding.diagnosis else {}


def _strength(finding: Finding) -> tuple[int, int, bool, Decimal, int]:
    """Which finding tells the story best: one with a cause that mends most, and of two that do
    the one that calls it by its name in the accounts."""
    cause = finding.diagnosis
    severity = [Severity.NOTE, Severity.WARNING, Severity.ERROR].index(finding.severity)
    exact = -finding.comparison.tolerance  # the fewer parts, the closer to the true figure
    named = finding.rule.code.startswith(IDENTITIES)
    if cause is None:
        return severity, 0, named, exact, 0
    stated = int(cause.suspect is finding.comparison.stated)
    return severity, 1 + cause.confirmed_by, named, exact, stated


def _explains(host: Finding, other: Finding) -> bool:
    """Whether the cell that ``host`` suspects, put right, mends the other's relation too, or
    both say that the same two cells are exchanged."""
    if other.comparison.remark is not None or host.comparison.remark is not None:
        return False
    if host.comparison.group and host.comparison.group == other.comparison.group:
        shared = {key(figure) for figure in host.comparison.figures} & {
            key(figure) for figure in other.comparison.figures
        }
        if shared and host.rule.code[:3] == other.rule.code[:3] == "YOY":
            return True
        if host.rule.check == other.rule.check == "ties":
            return True
    if same_relation(host.comparison, other.comparison):
        return True
    return not other.comparison.undecided and _mends(host, other)


def _mends(host: Finding, other: Finding) -> bool:
    """Whether the cell that ``host`` suspects, put right, mends the other's relation."""
    right = _changes(host)
    relation = other.comparison
    if not any(key(figure) in right for figure in relation.figures):
        return False
    if relation.low != relation.high:
        return bounded_with(relation, right)
    return Relations.of([relation]).effect(right, host.comparison)[0] == 1


def _order(finding: Finding) -> tuple[int, float, str]:
    box = finding.subject.box
    return (box.page, box.top, finding.rule.code) if box else (sys.maxsize, 0, finding.rule.code)


def fates(
    report: Report, comparisons: Iterable[Comparison], findings: Iterable[Finding]
) -> dict[Key, Fate]:
    """What became of each figure of the tables: contradicted where a finding would change it,
    verified where an equation bears it out, with the rules that say so."""
    verified: dict[Key, dict[str, None]] = {}
    contradicted: dict[Key, dict[str, None]] = {}
    for comparison in comparisons:
        if comparison.remark is not None or comparison.low != comparison.high:
            continue
        if comparison.holds:
            for figure in borne_out(comparison):
                verified.setdefault(key(figure), {})[comparison.rule] = None
    for finding in findings:
        if finding.severity is not Severity.NOTE and isinstance(finding.subject, Comparison):
            for place in _changes(finding) or {key(finding.comparison.stated)}:
                contradicted.setdefault(place, {})[finding.rule.code] = None

    def fate(place: Key) -> Fate:
        if place in contradicted:
            return Fate(Ending.CONTRADICTED, tuple(contradicted[place]))
        if place in verified:
            return Fate(Ending.VERIFIED, tuple(verified[place]))
        return Fate(Ending.UNCOVERED)

    every = (figure for grid in report.grids for figure in grid.figures.values())
    return {place: fate(place) for place in map(key, every)}


def coverage(report: Report, known: Mapping[Key, Fate]) -> dict[str, Coverage]:
    """For each table how many of its figures came to what, and by which rules."""
    ends: dict[str, list[Fate]] = {grid.table.id: [] for grid in report.grids}
    for (table, _, _), fate in known.items():
        ends[table].append(fate)
    return {table: _covered(fates) for table, fates in ends.items()}


def _covered(ends: Sequence[Fate]) -> Coverage:
    count = Counter(fate.tested for fate in ends)
    by_rule = Counter(rule for fate in ends for rule in fate.rules)
    return Coverage(
        count[Ending.VERIFIED],
        count[Ending.CONTRADICTED],
        count[Ending.UNCOVERED],
        dict(sorted(by_rule.items())),
    )

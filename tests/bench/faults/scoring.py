"""Findings against what was planted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit import judge, pipeline
from audit.model import (
    AuditedReport,
    Cell,
    Comparison,
    Figure,
    Finding,
    Observation,
    Passage,
    Report,
    Rule,
    Severity,
    Status,
)
from audit.normalise import normalise
from tests.bench.faults.ledger import Line, Place, Sheet, Story
from tests.bench.faults.planting import CANCELLING, Fault
from tests.bench.faults.setting import compiled, look, paragraphs, perfect

LOUD = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``found`` is the loudest severity of a finding that involves the planted figure, None when
    there is none; ``unread`` says that reading lost the planted figure; ``strays`` are loud
    findings about anything else."""

    fault: Fault
    found: Severity | None
    pinpointed: bool
    unread: bool
    hits: tuple[Finding, ...]
    strays: tuple[Finding, ...]

    @property
    def rules(self) -> set[str]:
        return {finding.rule.code for finding in self.hits}


def audited(story: Story, rules: Sequence[Rule], *, paper: bool) -> AuditedReport:
    """The story, set and read; or, without ``paper``, as a perfect reader would see it."""
    if paper:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.pdf"
            path.write_bytes(compiled(story))
            return pipeline.audit(path, rules, None)
    report = normalise(perfect(story))
    by_code = {rule.code: rule for rule in rules}
    tested = pipeline.examine(report, rules)
    comparisons = [one for one in tested if isinstance(one, Comparison)]
    seen = [one for one in tested if isinstance(one, Observation)]
    found = (
        *judge.judge(report, comparisons, by_code, {}),
        *judge.observed(report, seen, by_code),
    )
    return AuditedReport(
        "",
        Status.AUDITED,
        report,
        tuple(comparisons),
        found,
        coverage=judge.coverage(report, judge.fates(report, comparisons, found)),
    )


def loud(audited: AuditedReport) -> list[Finding]:
    return [finding for finding in audited.findings if finding.severity in LOUD]


def scored(fault: Fault, audited: AuditedReport) -> Outcome:
    finder = Finder(fault.story, audited.report)
    planted = [finder.figure(place) for place in fault.planted]
    known = [figure for figure in planted if figure is not None]
    related = [
        [figure for place in relation.places if (figure := finder.figure(place)) is not None]
        for relation in fault.broken
    ]
    hits: list[Finding] = []
    strays: list[Finding] = []
    for finding in loud(audited):
        involved = _involves(finding, known, related) or _tells(finding, fault.mention)
        (hits if involved else strays).append(finding)
    severity = min((finding.severity for finding in hits), key=LOUD.index, default=None)
    if fault.kind in CANCELLING:  # each of them a fault of its own
        broken = {place for relation in fault.broken for place in relation.places}
        wanted = [finder.figure(place) for place in fault.planted if place in broken]
        blamed = set().union(*(_blamed(finding) for finding in hits))
        pinpointed = all(figure is not None and _key(figure) in blamed for figure in wanted)
    else:
        pinpointed = any(_pinpoints(finding, fault, known) for finding in hits)
    return Outcome(
        fault,
        severity,
        pinpointed,
        len(known) < len(planted),
        tuple(hits),
        tuple(strays),
    )


def _involves(
    finding: Finding, planted: Sequence[Figure], related: Iterable[Sequence[Figure]]
) -> bool:
    """Whether the planted figure, or two figures of a relation that it breaks, are in it."""
    inside = {_key(figure) for figure in _figures(finding)}
    return any(_key(figure) in inside for figure in planted) or any(
        len({_key(figure) for figure in some} & inside) > 1 for some in related
    )


def _tells(finding: Finding, words: str) -> bool:
    """Whether the finding is about the planted words."""
    subject = finding.subject
    return bool(words) and isinstance(subject, Observation) and words in subject.evidence


def _pinpoints(finding: Finding, fault: Fault, planted: Sequence[Figure]) -> bool:
    if isinstance(finding.subject, Observation):
        return _tells(finding, fault.mention)
    cause = finding.diagnosis
    blamed = _blamed(finding)
    if cause is not None and cause.suspect is not None and len(planted) == 1:
        blamed = {_key(cause.suspect)}
    wanted = {_key(figure) for figure in planted}
    if fault.kind in ("tie", "cash"):  # no arithmetic tells which of the two tables is right
        return bool(wanted & {_key(figure) for figure in _figures(finding)})
    return blamed >= wanted if len(wanted) > 1 else blamed == wanted


def _blamed(finding: Finding) -> set[tuple[object, ...]]:
    """The figures that the finding says are wrong."""
    if isinstance(finding.subject, Observation):
        return set()
    cause = finding.diagnosis
    if cause is None or cause.suspect is None:
        return {_key(finding.comparison.stated)}
    return {_key(figure) for figure in (cause.suspect, *cause.others)}


def _figures(finding: Finding) -> Iterator[Figure]:
    if isinstance(finding.subject, Observation):
        return
    for comparison in (finding.comparison, *finding.also):
        yield from comparison.figures
    if finding.diagnosis is not None:
        if finding.diagnosis.suspect is not None:
            yield finding.diagnosis.suspect
        yield from finding.diagnosis.others


def _key(figure: Figure) -> tuple[object, ...]:
    box = figure.source.box
    if isinstance(figure.source, Cell):
        return (figure.table, figure.row, figure.column)
    return (box.page, round(box.top), figure.source.text, figure.amount.value)


# --- where a place is in what was read ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finder:
    """Places of a story in what was read of it."""

    story: Story
    report: Report | None

    def figure(self, place: Place) -> Figure | None:
        """The figure that was read at ``place``; None where it was lost."""
        if self.report is None:
            return None
        return self._mention(place) if place.sheet == "prose" else self._cell(place)

    def _mention(self, place: Place) -> Figure | None:
        """The number in its sentence; any number of it for a word that speaks of none printed."""
        assert self.report is not None
        value = abs(self.story.printed(place))
        at = look(self.story.seed)
        said = [
            (f"{{{place.line}}}" in text, told)
            for sheet in self.story.sheets
            for text, told in zip(
                self.story.prose.get(sheet.name, ()),
                paragraphs(self.story, sheet, at),
                strict=True,
            )
            if f"{{{place.line}}}" in text or f"{{?{place.line}:" in text
        ]
        return next(
            (
                figure
                for mention in self.report.mentions
                for figure in (mention.figure, mention.since)
                if figure is not None and isinstance(figure.source, Passage)
                if any(
                    (not shown or abs(figure.amount.value) == value)
                    and _alike(figure.source.text, sentence)
                    for shown, sentence in said
                )
            ),
            None,
        )

    def _cell(self, place: Place) -> Figure | None:
        assert self.report is not None
        sheet = self.story.sheet(place.sheet)
        line = next(line for line in sheet.lines if line.key == place.line)
        head = next(head for head in sheet.heads if head.key == place.column)
        # Three blanks of a wrapped head are no blanks.
        wanted = "".join(head.text.split())
        for grid in self.report.grids:
            title = "".join(grid.table.title.split())
            if "".join(sheet.title.split()) not in title:
                continue
            rows = [row for row in grid.rows if row.label == line.label]
            nth = _nth(sheet, line)
            columns = [c for c in grid.columns if "".join(c.header.split()) == wanted]
            if nth < len(rows) and columns:
                return grid.figures.get((rows[nth].index, columns[0].index))
        return None


def _nth(sheet: Sheet, line: Line) -> int:
    """How many lines above have the same label ("varav kostnader")."""
    alike = [other.key for other in sheet.lines if other.label == line.label]
    return alike.index(line.key)


def _alike(passage: str, sentence: str) -> bool:
    one, other = "".join(passage.split()), "".join(sentence.split())
    return one in other or other in one

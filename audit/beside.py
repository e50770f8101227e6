"""One report beside another: what may be held against it, and how surely.

An error needs figures that were read surely on both sides: each is borne out by the arithmetic of
its own report, or seen by a second reader too. A figure that its own report contradicts tells
nothing of another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.diagnosis import Surroundings, key, misprint
from audit.judge import finding_of, in_order
from audit.language import message
from audit.model import (
    Comparison,
    Ending,
    Figure,
    Finding,
    Grid,
    Kinship,
    Memory,
    Reading,
    Report,
    Rule,
    Severity,
    Verdict,
)
from audit.normalise.organisations import body, rows_of, same

SPOILT = message("the earlier report's own figures contradict the one that this is held against")

TWICE = message("Both files hold the same report. Name an earlier and a newer one.")
WRONG_ORDER = message("The first report is the newer one. Name the earlier report first.")
WHOLE_FIRST = message(
    "The first report is the municipality's. Name the report of the board or company first."
)
SAME_PERIOD = message("Both reports are on the same period. Name an earlier and a newer one.")
OTHER_PERIOD = message("The municipality's report is not on the same period as the other.")
OTHER_BODY = message("The reports are of different bodies: {older}, and {newer}.")

APART = "@"  # between a table's name and the report that it is of
DIGITS = 8  # of its SHA-256


class IncomparableError(Exception):
    """Two reports that have nothing that must agree. ``says`` is a message of the catalogue, which
    ``details`` fill."""

    def __init__(self, says: str, **details: str) -> None:
        super().__init__(says, details)
        self.says = says
        self.details = details


def kinship(older: Report, newer: Report) -> Kinship:
    """Why the newer report must agree with the older: it speaks of the same body's past, or its
    tables name the older's body on the same period. What a report does not say of itself is
    taken for granted.

    Raises IncomparableError for two reports that are no such pair.
    """
    if older.document.sha256 == newer.document.sha256:
        raise IncomparableError(TWICE)
    one, other = body(older.organisation), body(newer.organisation)
    told = {body(succession.former).part for succession in newer.successions}
    if same(one, other) is not False or one.part in told:
        if _ends(older) > _ends(newer) and newer.period:
            raise IncomparableError(WRONG_ORDER)
        if older.period == newer.period and older.period:
            raise IncomparableError(SAME_PERIOD)
        return Kinship.PRECEDING
    part = not other.part and rows_of(newer, older.organisation)
    whole = not one.part and rows_of(older, newer.organisation)
    if (part or whole) and older.period and newer.period and older.period != newer.period:
        raise IncomparableError(OTHER_PERIOD)
    if part:
        return Kinship.PART
    if whole:
        raise IncomparableError(WHOLE_FIRST)
    if older.organisation and newer.organisation:
        names = {"older": older.organisation, "newer": newer.organisation}
        raise IncomparableError(OTHER_BODY, **names)
    return Kinship.PRECEDING


def _ends(report: Report) -> dt.date:
    return report.period.end if report.period else dt.date.min


def set_apart(report: Report) -> Report:
    """The report with names of tables that no other report's have, "p4t1@" and the beginning of
    its SHA-256: figures are known by table, row and column."""
    mark = APART + report.document.sha256[:DIGITS]
    return replace(report, grids=tuple(_renamed(grid, mark) for grid in report.grids))


def _renamed(grid: Grid, mark: str) -> Grid:
    table = replace(grid.table, id=grid.table.id + mark)
    figures = {place: replace(figure, table=table.id) for place, figure in grid.figures.items()}
    return replace(grid, table=table, figures=figures)


def settled(older: Memory, comparisons: Iterable[Comparison]) -> list[Comparison]:
    """The comparisons; those that differ from a figure that is contradicted where it stands decide
    nothing."""
    return [
        replace(one, undecided=SPOILT)
        if one.verdict is Verdict.DIFFERS and any(_spoilt(older, term.figure) for term in one.terms)
        else one
        for one in comparisons
    ]


def _spoilt(memory: Memory, figure: Figure) -> bool:
    return _fate(memory, figure) is Ending.CONTRADICTED


def _fate(memory: Memory, figure: Figure) -> Ending:
    table, row, column = key(figure)
    fate = memory.fates.get((table.partition(APART)[0], row, column))
    return fate.tested if fate else Ending.UNCOVERED


def judge(
    older: Memory, newer: Memory, comparisons: Sequence[Comparison], rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """The findings in the newer report, one for each cause: the comparisons of one rule and group,
    told by the one that differs most. ``comparisons`` are settled."""
    report = newer.report
    around = Surroundings.of(f for grid in report.grids for f in grid.figures.values())
    titles = {grid.table.id: grid.table.title for grid in report.grids}
    groups: dict[object, list[Comparison]] = {}
    for number, one in enumerate(comparisons):
        if one.remark is not None or one.verdict is Verdict.DIFFERS:
            groups.setdefault((one.rule, one.group or number), []).append(one)
    found = []
    for group in groups.values():
        host = max(group, key=lambda one: abs(one.difference))
        rule, reading = rules[host.rule], _reading(older, newer, group)
        cause = misprint(host, around) if rule.severity is Severity.ERROR else None
        severity = Severity.NOTE if host.remark is not None else rule.severity
        doubtful = reading is Reading.UNCONFIRMED or not host.basis.labelled
        if severity is Severity.ERROR and doubtful:
            severity = Severity.WARNING
        made = finding_of(rule, severity, host, cause, None, titles)
        also = tuple(one for one in group if one is not host)
        found.append(replace(made, also=also, reading=reading))
    return in_order(found)


def _reading(older: Memory, newer: Memory, comparisons: Iterable[Comparison]) -> Reading:
    """CONFIRMED where second readers saw all the figures, SINGLE where arithmetic bears out those
    that they did not, else UNCONFIRMED."""
    figures = [(newer, one.stated) for one in comparisons]
    figures += [(older, term.figure) for one in comparisons for term in one.terms]
    unseen = [(memory, one) for memory, one in figures if not _seen(memory, one)]
    if not unseen:
        return Reading.CONFIRMED
    borne_out = all(_fate(memory, one) is Ending.VERIFIED for memory, one in unseen)
    return Reading.SINGLE if borne_out else Reading.UNCONFIRMED


def _seen(memory: Memory, figure: Figure) -> bool:
    return any(
        figure.source.box in boxes and sight.reading is Reading.CONFIRMED
        for boxes, sight in memory.sights.items()
    )

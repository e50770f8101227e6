"""``openings``: what a year opens with against what the one before closed with: equity, cash, and
any row "Ingående …" against "Utgående …" of the same table. No settings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.checks.across.meetings import held, title
from audit.checks.across.restated import announced
from audit.checks.lines import figures_by_row
from audit.checks.ties.names import name
from audit.checks.ties.slots import Slot, slots
from audit.language import message
from audit.model import (
    Across,
    Basis,
    Comparison,
    Concept,
    Figure,
    Grid,
    Kinship,
    Period,
    Report,
    Row,
    Rule,
    UnitKind,
)

SEVERAL = message("the earlier report closes with several figures that could be meant")
LOOSE = message("a balance sheet's cash need not be all that a cash flow statement counts")

_OPENING = re.compile(r"^(?:ingående|ing\.?|ib)\b\s*")
_CLOSING = re.compile(r"^(?:utgående|utg\.?|ub)\b\s*")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}\b|\b(?:19|20)\d\d\b")
OPENS = {
    Concept.EQUITY_OPENING: (Concept.EQUITY_CLOSING, Concept.EQUITY),
    Concept.CASH_OPENING: (Concept.CASH_CLOSING, Concept.CASH),
}


What = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """An opening or a closing figure: ``day`` is the last one before it. ``what`` are the names by
    which its like is known in another report. ``loose``: a balance sheet's cash, which need not be
    all that a cash flow statement counts."""

    figure: Figure
    grid: Grid
    slot: Slot
    day: dt.date
    what: frozenset[What]
    loose: bool = False


def openings(across: Across, rule: Rule) -> Iterator[Comparison]:
    """Compare each opening balance with the closing one of the evening before."""
    if across.kinship is Kinship.PART:
        return
    closing = list(_closing(across.older))
    for one in _opening(across.newer):
        there = [
            other
            for other in closing
            if other.day == one.day
            and other.slot.group == one.slot.group
            and other.what & one.what
            and other.figure.amount.unit.kind is one.figure.amount.unit.kind
        ]
        if there:
            yield _compared(across, rule, one, there)


def _compared(across: Across, rule: Rule, one: Balance, there: list[Balance]) -> Comparison:
    """Against a closing balance that agrees, else against the only amount that there is."""
    amount = one.figure.amount
    agreeing = [
        other
        for other in there
        if abs(other.figure.amount.value - amount.value) <= other.figure.amount.slack + amount.slack
    ]
    other = min(agreeing or there, key=lambda each: each.loose)
    undecided = ""
    if not agreeing and len({each.figure.amount.value for each in there}) > 1:
        undecided = SEVERAL
    elif not agreeing and other.loose:
        undecided = LOOSE
    return held(
        across,
        rule,
        one.figure,
        other.figure,
        Basis(True, 1, 1),
        undecided=undecided,
        remark=None if agreeing else announced(across.newer, one.grid, one.slot),
        named=other.figure.label,
        group=f"{one.figure.table}:{one.figure.row}:{one.figure.column}",
    )


def _opening(report: Report) -> Iterator[Balance]:
    for grid, row, slot, figure, period in _dated(report):
        label = name(row.label)
        what: set[What] = {(concept,) for concept in OPENS if row.concept is concept}
        if _OPENING.match(label):
            what |= _named(grid, row, slot, _OPENING.sub("", label))
        if what and period.start < period.end:
            day = period.start - dt.timedelta(days=1)
            yield Balance(figure, grid, slot, day, frozenset(what))


def _closing(report: Report) -> Iterator[Balance]:
    for grid, row, slot, figure, period in _dated(report):
        label = name(row.label)
        what: set[What] = {(opens,) for opens, closes in OPENS.items() if row.concept in closes}
        if _CLOSING.match(label):
            what |= _named(grid, row, slot, _CLOSING.sub("", label))
        if what:
            loose = row.concept is Concept.CASH
            yield Balance(figure, grid, slot, period.end, frozenset(what), loose)


def _named(grid: Grid, row: Row, slot: Slot, words: str) -> set[What]:
    """What the row says apart from its date, in a table of one title, below one heading."""
    words = " ".join(_DATE.sub(" ", words).split())
    above = tuple(name(label) for label in row.path[-1:])
    return {(title(grid), above, words, slot.words)} if title(grid) else set()


def _dated(report: Report) -> Iterator[tuple[Grid, Row, Slot, Figure, Period]]:
    """The money of the columns whose time is known."""
    for grid in report.grids:
        numbers = figures_by_row(grid)
        for slot in slots(grid):
            if slot.period is None or slot.kind not in ("", "outcome") or slot.column.previous:
                continue
            for row in grid.rows:
                figure = numbers.get(row.index, {}).get(slot.column.index)
                if figure is not None and figure.amount.unit.kind is UnitKind.MONEY:
                    yield grid, row, slot, figure, slot.period

"""What a column shows: measure, period, side, and the words that set it apart from others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audit.model import Aspect, Column, Grid, Measure, Period, Scope

_KINDS = {
    Measure.OUTTURN: "outcome",
    Measure.ACCOUNTS: "outcome",
    Measure.BUDGET: "budget",
    Measure.FORECAST: "forecast",
    Measure.TARGET: "target",
    Measure.DEVIATION: "deviation",
}
_SIDES = frozenset({Aspect.COST, Aspect.INCOME, Aspect.WOMEN, Aspect.MEN})

# Words of a header that say nothing beyond measure, period, side and unit.
_PLAIN = re.compile(
    r"(?:utfall|redovis|bokslut|årsbokslut|budget|ram|investeringsram|prognos|avvik|diff|helår|år|"
    r"period|tkr|mnkr|mkr|kr|belopp|netto|brutto|utgift|inkomst|kostnad|intäkt|resultat|mån)\w*|"
    r"i|per|för|av|och|mot|den|jmf|avv"
)
_DATED = re.compile(r"(?:samma|föregående|ack)\w*|fg|tom|t|o|m")  # as long as a period says when
_EDITION = re.compile(r"(?<![a-zåäö\d])(?:[a-z]{1,2} ?)?\d(?!\d)")  # "Prognos 2", "T1", "UR 2"
_TITLED = re.compile(r"(?:prognos|tertial|uppföljning|delår\w*) \d(?!\d)")
_EARLIER = re.compile(r"föreg|\bfg\b|samma")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*")


@dataclass(frozen=True, slots=True)
class Slot:
    """``kind`` is "" for a column that no measure is known of; ``group`` says that it shows a whole
    group's accounts; ``words`` are what else its header and its table's title say. ``lone`` is
    false where the table has another column like it."""

    column: Column
    kind: str
    period: Period | None
    side: Aspect | None
    group: bool
    words: frozenset[str]
    lone: bool

    @property
    def known(self) -> bool:
        return bool(self.kind)


def slots(grid: Grid) -> tuple[Slot, ...]:
    """The columns that may be tied to those of other tables, from the left."""
    columns = sorted(grid.columns, key=lambda column: column.index)
    found = [_slot(grid, column, columns) for column in columns if _usable(column)]
    alike = Counter(_likeness(slot) for slot in found)
    return tuple(
        Slot(
            slot.column,
            slot.kind,
            slot.period,
            slot.side,
            slot.group,
            slot.words,
            alike[_likeness(slot)] == 1,
        )
        for slot in found
    )


def _usable(column: Column) -> bool:
    return column.measure not in (Measure.NOTE, Measure.CHANGE, Measure.SHARE)


def _likeness(slot: Slot) -> tuple[object, ...]:
    return slot.kind, slot.period, slot.side, slot.group, slot.column.previous


def _slot(grid: Grid, column: Column, columns: Sequence[Column]) -> Slot:
    kind = _KINDS[column.measure] if column.measure else ""
    period = column.period
    if column.measure is Measure.DEVIATION:
        of = _compared(column, columns)
        if of is not None and of.measure is not None:
            kind, period = f"deviation of {_KINDS[of.measure]}", of.period
    elif not kind and period is None and column.header:
        kind = " ".join(re.findall(r"\w+", column.header.casefold()))
    return Slot(
        column=column,
        kind=kind,
        period=period,
        side=column.aspect if column.aspect in _SIDES else None,
        group=column.scope is Scope.GROUP,
        words=_words(column, kind, grid.table.title),
        lone=True,
    )


def _compared(deviation: Column, columns: Sequence[Column]) -> Column | None:
    """The outcome or forecast that a deviation is of: what its header names, or the nearest on
    its left, else on its right."""
    of = [
        column
        for column in columns
        if column.measure in (Measure.OUTTURN, Measure.ACCOUNTS, Measure.FORECAST)
        and not column.previous
    ]
    if "prognos" in deviation.header.casefold():
        of = [column for column in of if column.measure is Measure.FORECAST]
    left = [column for column in of if column.index < deviation.index]
    return left[-1] if left else of[0] if of else None


def _words(column: Column, kind: str, title: str) -> frozenset[str]:
    """The words that set the column apart. The month or the number of a forecast does; an outcome's
    month is its period."""
    header = column.header.casefold()
    words = set(re.findall(r"[a-zåäö]+", header))
    said = {word for word in words if not _PLAIN.fullmatch(word) and not _MONTH.fullmatch(word)}
    part_year = column.period is not None and column.period.months < 12
    if kind == "outcome" and (part_year or _EARLIER.search(header)):
        said = {word for word in said if not _DATED.fullmatch(word)}
    if "forecast" in kind or "budget" in kind:
        said |= _editions(header, _EDITION) or _editions(title.casefold(), _TITLED)
    if column.period is None:
        said |= set(re.findall(r"\b(?:19|20)\d\d\b", title))
    return frozenset(said)


def _editions(words: str, numbered: re.Pattern[str]) -> set[str]:
    """Which forecast it is: its months and its number."""
    return {month[:3] for month in re.findall(r"[a-zåäö]+", words) if _MONTH.fullmatch(month)} | {
        number[-1] for number in numbered.findall(words)
    }


def alike(one: Slot, other: Slot) -> bool | None:
    """Whether two columns show the same: True and False are sure, None is for the figures to
    say."""
    if one.group != other.group or one.column.previous != other.column.previous:
        return False
    if one.known and other.known and one.kind != other.kind:
        return None if _of_something(one, other) and one.side == other.side else False
    if one.side != other.side:
        return None if _gross(one, other) and one.kind == other.kind != "" else False
    if not _same_period(one.period, other.period):
        return None if None in (one.period, other.period) else False
    return True if one.known and other.known and one.lone and other.lone else None


def _of_something(one: Slot, other: Slot) -> bool:
    """A deviation that its own table says nothing of may be that of the other."""
    kinds = {one.kind, other.kind}
    return "deviation" in kinds and all(kind.startswith("deviation") for kind in kinds)


def _gross(one: Slot, other: Slot) -> bool:
    """A column without a side may be of one, where the other side is nothing."""
    return None in (one.side, other.side) and {one.side, other.side} <= {
        None,
        Aspect.COST,
        Aspect.INCOME,
    }


def _same_period(one: Period | None, other: Period | None) -> bool:
    """Whether both end on one day and begin on one; a balance has only its day."""
    if one is None or other is None:
        return one is other
    day = one.start == one.end or other.start == other.end
    return one.end == other.end and (day or one.start == other.start)

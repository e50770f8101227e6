"""Rows and columns that two tables have in common, and the figures where they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations

from audit.checks.lines import ONE
from audit.checks.ties.details import alone, details
from audit.checks.ties.sheets import RowPair, Sheet, row_pairs, sheet
from audit.checks.ties.slots import Slot, alike
from audit.model import Figure, Report, UnitKind

MOST = 3  # figures must agree for each that differs
DIGITS = 8  # that must agree before a printed unit is doubted


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures that may be the same. ``sure`` when the columns' words say so. ``scale`` brings
    the second to the first's unit where one of them has none."""

    rows: RowPair
    columns: tuple[Slot, Slot]
    first: Figure
    second: Figure
    sure: bool
    scale: Decimal

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        return self.first.amount.value, self.second.amount.value * self.scale

    @property
    def tolerance(self) -> Decimal:
        return self.first.amount.slack + self.second.amount.slack * self.scale

    def gap(self, sign: int) -> Decimal:
        """How far the two are apart where one of them is written with ``sign``."""
        one, other = self.values
        return abs(one - sign * other)

    def holds(self, sign: int) -> bool:
        return self.gap(sign) <= self.tolerance

    @property
    def digits(self) -> int:
        """The digits of the coarser figure: the more, the less is likeness chance."""
        return min(
            len(str(abs(int(figure.amount.value / figure.amount.step))).lstrip("0"))
            for figure in (self.first, self.second)
        )

    @property
    def of_deviation(self) -> bool:
        return any(slot.kind.startswith("deviation") for slot in self.columns)

    @property
    def counts(self) -> bool:
        """Whether there is anything to compare: two nothings are alike anywhere."""
        return any(value for value in self.values)


@dataclass(frozen=True, slots=True)
class TablePair:
    first: Sheet
    second: Sheet
    rows: tuple[RowPair, ...]
    ties: tuple[Tie, ...]


def table_pairs(report: Report) -> Iterator[TablePair]:
    """The tables, two at a time in the order of the report, that share a row and a column; then
    each with the totals of its details, of one form or alone."""
    sheets = [one for grid in report.grids if (one := sheet(grid)).lines]
    summaries = ((one, totals) for totals in details(report, sheets) for one in sheets)
    for first, second in chain(combinations(sheets, 2), summaries, alone(report, sheets)):
        if first.by_core.keys().isdisjoint(second.by_core):
            continue
        rows = tuple(row_pairs(first, second))
        ties = tuple(ties_where(rows, first.slots, second.slots))
        if ties:
            yield TablePair(first, second, rows, ties)


def ties_where(
    rows: Sequence[RowPair], ours: Sequence[Slot], theirs: Sequence[Slot]
) -> Iterator[Tie]:
    """The figures at sure pairs of columns, and at those that the figures themselves bear out.

    What bears out one pair of columns bears out those like it: when the year 2020 shows the
    outcome, so does 2021.
    """
    matches = [(one, other, alike(one, other)) for one in ours for other in theirs]
    scale = _thousandfold(rows, matches)
    taken: tuple[set[int], set[int]] = (set(), set())
    for one, other, same in matches:
        if same:
            _take(taken, one, other)
            yield from meeting(rows, one, other, scale, sure=True)
    likely: dict[Hashable, list[tuple[Slot, Slot]]] = defaultdict(list)
    for one, other, same in matches:
        if same is None:
            by_period = one.period is not None and other.period is not None and one.lone
            by_period = by_period and other.lone
            place = None if by_period else (one.column.index, other.column.index)
            likely[one.kind, other.kind, one.side, other.side, place].append((one, other))
    found = [
        (pairs, [tie for pair in pairs for tie in meeting(rows, *pair, scale, sure=False)])
        for pairs in likely.values()
    ]
    for pairs, ties in sorted(found, key=lambda match: -weight(match[1])):
        free = [pair for pair in pairs if not _is_taken(taken, *pair)]
        if free and _borne_out(pairs[0], ties):
            for one, other in free:
                _take(taken, one, other)
            yield from (tie for tie in ties if tie.columns in free)


def _take(taken: tuple[set[int], set[int]], one: Slot, other: Slot) -> None:
    taken[0].add(one.column.index)
    taken[1].add(other.column.index)


def _is_taken(taken: tuple[set[int], set[int]], one: Slot, other: Slot) -> bool:
    return one.column.index in taken[0] or other.column.index in taken[1]


def _borne_out(columns: tuple[Slot, Slot], ties: Sequence[Tie]) -> bool:
    """Whether the figures say what the words of two columns do not: that they show the same."""
    held = [tie for tie in ties if tie.counts]
    if columns[0].side != columns[1].side:
        same = [tie for tie in held if tie.holds(1)]
        return len(same) >= 2 and len(same) == len(held)
    same = _alike(held)
    against = len(held) - len(same)
    if weight([tie for tie in same if tie.rows.exact]) >= 4 and against <= 1:
        return True
    return weight(same) >= 3 and len(same) >= MOST * against


def weight(ties: Sequence[Tie]) -> int:
    """How many digits agree."""
    return sum(tie.digits for tie in _alike(ties))


def _alike(ties: Sequence[Tie]) -> list[Tie]:
    return [tie for tie in ties if tie.counts and (tie.holds(1) or tie.holds(-1))]


def meeting(
    rows: Sequence[RowPair], one: Slot, other: Slot, thousandfold: Decimal, *, sure: bool
) -> Iterator[Tie]:
    for pair in rows:
        first = pair.first.figures.get(one.column.index)
        second = pair.second.figures.get(other.column.index)
        if first is None or second is None or first.table == second.table:
            continue
        if first.qualifier != second.qualifier:
            continue
        scale = _scale(first, second)
        if scale is not None:
            yield Tie(pair, (one, other), first, second, sure, scale * thousandfold)


def _scale(first: Figure, second: Figure) -> Decimal | None:
    """1 for figures of one kind; what a figure without a unit must be taken times; None for
    kinds that cannot be compared."""
    ours, theirs = first.amount.unit, second.amount.unit
    if ours.kind is theirs.kind:
        return ONE
    if UnitKind.UNKNOWN in (ours.kind, theirs.kind):
        return ONE.scaleb(ours.exponent - theirs.exponent)
    return None


def _thousandfold(
    rows: Sequence[RowPair], matches: Sequence[tuple[Slot, Slot, bool | None]]
) -> Decimal:
    """What the second table must be taken times where all its digits are the first one's and only
    the unit said near one of them is another; else 1."""
    units = [_exponent(rows, first) for first in (True, False)]
    if None in units or units[0] == units[1] or not rows:
        return ONE
    scale = ONE.scaleb((units[0] or 0) - (units[1] or 0))
    columns = [(one, other) for one, other, same in matches if same is not False]

    def held(times: Decimal) -> int:
        return max(
            (weight(tuple(meeting(rows, one, other, times, sure=False))) for one, other in columns),
            default=0,
        )

    return scale if held(ONE) < 3 and held(scale) >= DIGITS else ONE


def _exponent(rows: Sequence[RowPair], first: bool) -> int | None:
    """The power of ten of the money in the rows of one table; None when it is not one."""
    found = {
        figure.amount.unit.exponent
        for pair in rows
        for figure in (pair.first if first else pair.second).figures.values()
        if figure.amount.unit.kind is UnitKind.MONEY
    }
    return found.pop() if len(found) == 1 else None

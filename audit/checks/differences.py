"""Which column is the difference of which two others.

A deviation column is budget less outturn in one report and outturn less budget in the next, and the
sign may turn within it (``signs``). So the two columns are found by size alone: the pair whose
difference the column is in most rows, or in fewer if the totals bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from audit.checks.lines import DIFFERENCES, NO_ADDENDS, RESULT_WORDS, TOTAL_WORDS, addable
from audit.checks.signs import Difference, Entry, settled, signed, slack_of
from audit.checks.structure import layout, sums
from audit.model import Column, Figure, Grid, Measure, Row

OUTCOMES = frozenset({Measure.OUTTURN, Measure.FORECAST, Measure.ACCOUNTS})
FEW = 2  # a row and its total
PROOF = 5  # digits that agree where the heads do not say enough
BORNE = 3  # where they do, and totals bear them out


def differences(grid: Grid) -> Iterator[Difference]:
    """Every column of the grid that is the difference of two others in most rows."""
    columns = [
        column
        for column in sorted(grid.columns, key=lambda column: column.index)
        if column.measure not in NO_ADDENDS
    ]
    found = [
        _best_pair(grid, column, columns)
        for column in columns
        if column.measure in DIFFERENCES or column.measure is None
    ]
    yield from settled(grid, _sole(difference for difference in found if difference is not None))


def _sole(found: Iterable[Difference]) -> list[Difference]:
    """The differences without those that another column fits better: nobody prints the difference
    of two columns twice, and the second is that of others, which reading may have missed."""
    best: dict[frozenset[int], Difference] = {}
    for one in found:
        pair = frozenset({one.first.index, one.second.index})
        if pair not in best or _fitting(one) > _fitting(best[pair]):
            best[pair] = one
    return list(best.values())


def _fitting(difference: Difference) -> int:
    return sum(entry.sign is not None for entry in difference.entries)


def turned_rows(grid: Grid) -> dict[int, frozenset[int]]:
    """By deviation column, the rows that count the other way than the table does."""
    return {
        found.column.index: frozenset(
            row for row, sign in found.signs.items() if sign != found.sign
        )
        for found in differences(grid)
    }


def stated_deviations(grid: Grid) -> Iterator[tuple[Column, list[Figure]]]:
    """The columns whose heads say that they are deviations, with their figures."""
    for column in grid.columns:
        if column.measure is Measure.DEVIATION:
            figures = [
                figure
                for (_, index), figure in sorted(grid.figures.items(), key=lambda item: item[0])
                if index == column.index and addable(figure)
            ]
            if figures:
                yield column, figures


def _best_pair(grid: Grid, column: Column, columns: Sequence[Column]) -> Difference | None:
    others = [o for o in columns if o is not column and _operand(o, column)]
    said = column.measure is not None
    pairs = [
        _Pair(first, second, _likeness(column, first, second), entries)
        for first, second in combinations(others, 2)
        # A column that nobody calls a deviation is one only of a budget and what came of it.
        if said or _likeness(column, first, second) >= 2
        for entries in [tuple(_entries(grid, column, first, second))]
    ]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: pair.rank(column))
    if not _believed(best.entries, said and bool(best.likeness)):
        carried = [pair for pair in pairs if said and _carried(grid, column, pair)]
        if len(carried) != 1:
            return None
        best = carried[0]
    rivals = [pair for pair in pairs if pair is not best and pair.plausible]
    fitting = {row for pair in rivals for row in pair.rows}
    entries = tuple(replace(entry, elsewhere=entry.row.index in fitting) for entry in best.entries)
    labelled = said and bool(best.likeness)
    return signed(grid, column, best.first, best.second, entries, labelled)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two columns that a third may be the difference of."""

    first: Column
    second: Column
    likeness: int
    entries: tuple[Entry, ...]

    @property
    def counted(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.whole and not entry.trivial]

    @property
    def rows(self) -> set[int]:
        """The rows in which the difference fits."""
        return {entry.row.index for entry in self.counted if entry.sign is not None}

    @property
    def plausible(self) -> bool:
        return self.likeness > 0 and 2 * len(self.rows) > len(self.counted)

    def rank(self, column: Column) -> tuple[int, int, int]:
        return (len(self.rows), self.likeness, -abs(self.first.index - column.index))


def _operand(other: Column, column: Column) -> bool:
    """Whether ``column`` may be the difference of ``other`` and a third: what a deviation has
    changed by is a difference of deviations."""
    changes = column.measure is Measure.CHANGE
    return other.measure not in DIFFERENCES or (changes and other.measure is Measure.DEVIATION)


def _likeness(column: Column, first: Column, second: Column) -> int:
    """How well the heads of two columns say that ``column`` is their difference."""
    measures = {first.measure, second.measure}
    if column.measure is Measure.CHANGE:
        if len(measures) > 1:
            return 0
        return 2 if first.previous != second.previous else int(first.period != second.period)
    if Measure.BUDGET in measures and measures & OUTCOMES:
        same = first.period is None or second.period is None or first.period == second.period
        return 2 + same
    return 0


def _believed(entries: Sequence[Entry], labelled: bool) -> bool:
    counted = [entry for entry in entries if entry.whole and not entry.trivial]
    fitting = [entry for entry in counted if entry.sign is not None]
    if not fitting:
        # Nothing but zeros, or a single row that does not fit: nothing to believe.
        return labelled and not counted
    proof = sum(entry.digits for entry in fitting)
    if labelled:
        return 2 * len(fitting) > len(counted)
    return len(fitting) >= 3 and 4 * len(fitting) >= 3 * len(counted) and proof >= PROOF


def _carried(grid: Grid, column: Column, pair: _Pair) -> bool:
    """Whether the totals bear out a pair that most rows fail: what fails lies below totals that
    fit, in columns that all foot, so that the failures cancel to the last digit. By chance, or
    against a column that is not printed, they do not."""
    fitting = [entry for entry in pair.counted if entry.sign is not None]
    enough = len(fitting) >= FEW and 3 * len(fitting) >= len(pair.counted)
    if pair.likeness < 2 or not enough or sum(entry.digits for entry in fitting) < BORNE:
        return False
    fits = pair.rows
    borne: set[int] = set()
    for found in sums(layout(grid, TOTAL_WORDS, RESULT_WORDS)):
        outcomes = {outcome.place: outcome for outcome in found.fit.outcomes}
        places = [outcomes.get(c.index) for c in (column, pair.first, pair.second)]
        if found.fit.target.key in fits and all(o is not None and o.holds for o in places):
            borne |= {node.line.key for node in found.fit.nodes}
    return all(entry.row.index in fits | borne for entry in pair.counted)


def _entries(grid: Grid, column: Column, first: Column, second: Column) -> Iterator[Entry]:
    for row in sorted(grid.rows, key=lambda row: row.index):
        stated = grid.figures.get((row.index, column.index))
        one = grid.figures.get((row.index, first.index))
        other = grid.figures.get((row.index, second.index))
        if stated is None or (one is None and other is None):
            continue
        if any(figure is not None and not addable(figure) for figure in (stated, one, other)):
            continue
        yield _entry(row, stated, one, other)


def _entry(row: Row, stated: Figure, first: Figure | None, second: Figure | None) -> Entry:
    difference = _value(first) - _value(second)
    slack = slack_of((stated, first, second))
    fits = [sign for sign in (1, -1) if abs(stated.amount.value - sign * difference) <= slack]
    sign = None if not fits else 0 if len(fits) == 2 else fits[0]
    return Entry(row, stated, first, second, sign)


def _value(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None else figure.amount.value

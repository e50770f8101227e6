"""Which column is the difference of which two others, and with what sign in which rows.

A deviation column is budget less outturn in one report and outturn less budget in the next; within
a report the sign may turn for income, or for a block of rows that a footnote speaks of. So the two
columns are found by size alone, and the sign row by row; rows that follow each other with the same
sign are a block. A turned sign needs a reason: a block of at least two rows, a footnote, the other
side of the accounts, or a column that foots with it. Else it is the sign that is wrong.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from audit.checks.lines import (
    DIFFERENCES,
    NO_ADDENDS,
    RESULT_WORDS,
    TOTAL_WORDS,
    addable,
)
from audit.checks.structure import layout, of_which_groups, sums
from audit.model import Aspect, Column, Figure, Footnote, Grid, Measure, Role, Row

OUTCOMES = frozenset({Measure.OUTTURN, Measure.FORECAST, Measure.ACCOUNTS})
MOST = 3  # so many times as many rows say more about a sign than the others
RESULTS = frozenset({Aspect.INCOME, Aspect.NET})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a difference: its figure and the two that it is the difference of, of which one
    may be blank. ``sign`` is 1 when it is the first less the second, -1 when the other way round,
    0 when both signs fit and None when neither does. ``elsewhere`` says that two other columns,
    whose difference the column might be as well, fit here."""

    row: Row
    stated: Figure
    first: Figure | None
    second: Figure | None
    sign: int | None
    elsewhere: bool = False

    @property
    def whole(self) -> bool:
        return self.first is not None and self.second is not None

    @property
    def trivial(self) -> bool:
        return not any(
            figure is not None and figure.amount.value
            for figure in (self.stated, self.first, self.second)
        )

    @property
    def digits(self) -> float:
        """What it proves that the sizes agree."""
        size = abs(self.stated.amount.value)
        return max(0.0, math.log10(size / (_slack(self) or Decimal(1)))) if size else 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in which the difference has one sign, against the rest of the table."""

    entries: tuple[Entry, ...]
    footnote: Footnote | None


@dataclass(frozen=True, slots=True)
class Difference:
    """``column`` is ``first`` less ``second``, times ``sign``. ``signs`` has the sign of each
    entry's row, ``turned`` the blocks that differ from the table's."""

    column: Column
    first: Column
    second: Column
    sign: int
    entries: tuple[Entry, ...]
    signs: Mapping[int, int]
    turned: tuple[Block, ...]
    labelled: bool

    @property
    def siblings(self) -> int:
        return sum(entry.whole and not entry.trivial for entry in self.entries)

    @property
    def agreeing(self) -> int:
        return sum(
            entry.whole
            and not entry.trivial
            and entry.sign is not None
            and entry.sign in (0, self.signs[entry.row.index])
            for entry in self.entries
        )


def differences(grid: Grid) -> Iterator[Difference]:
    """Every column of the grid that is the difference of two others in most rows."""
    columns = [
        column
        for column in sorted(grid.columns, key=lambda column: column.index)
        if column.measure not in NO_ADDENDS
    ]
    for column in columns:
        if column.measure in DIFFERENCES or column.measure is None:
            found = _best_pair(grid, column, columns)
            if found is not None:
                yield found


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
    others = [o for o in columns if o.measure not in DIFFERENCES and o is not column]
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
        return None
    rivals = [pair for pair in pairs if pair is not best and pair.plausible]
    fitting = {row for pair in rivals for row in pair.rows}
    entries = tuple(replace(entry, elsewhere=entry.row.index in fitting) for entry in best.entries)
    return _signed(grid, column, best.first, best.second, entries)


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


def _likeness(column: Column, first: Column, second: Column) -> int:
    """How well the heads of two columns say that ``column`` is their difference."""
    measures = {first.measure, second.measure}
    if column.measure is Measure.CHANGE:
        return int(len(measures) == 1 and first.period != second.period)
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
    return len(fitting) >= 3 and 4 * len(fitting) >= 3 * len(counted) and proof >= 5


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
    draft = Entry(row, stated, first, second, None)
    difference = _value(first) - _value(second)
    fits = [
        sign for sign in (1, -1) if abs(stated.amount.value - sign * difference) <= _slack(draft)
    ]
    sign = None if not fits else 0 if len(fits) == 2 else fits[0]
    return Entry(row, stated, first, second, sign)


def _value(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None else figure.amount.value


def _slack(entry: Entry) -> Decimal:
    figures = (entry.stated, entry.first, entry.second)
    return sum((f.amount.slack for f in figures if f is not None), Decimal(0))


# --- signs -------------------------------------------------------------------------------------


def _signed(
    grid: Grid, column: Column, first: Column, second: Column, entries: tuple[Entry, ...]
) -> Difference:
    decided = [entry for entry in entries if entry.sign]
    sign = _usual_sign(_unmarked(grid, decided) or decided)
    signs = {entry.row.index: sign for entry in entries}
    blocks: list[Block] = []
    for run in _runs(grid, decided):
        if run[0].sign != sign:
            footnote = _footnote(grid, run, decided, sign)
            if len(run) >= 2 or footnote is not None:
                reach = _reach(grid, run, entries)
                signs |= {entry.row.index: -sign for entry in reach}
                if not _opposite_side(run, decided, sign):
                    blocks.append(Block(tuple(reach), footnote))
    for section in _sections(decided, sign):
        known = {entry.row.index for block in blocks for entry in block.entries}
        signs |= {entry.row.index: -sign for entry in section}
        if not known & {entry.row.index for entry in section} and not _opposite_side(
            section, decided, sign
        ):
            blocks.append(Block(tuple(section), None))
    odd = [entry for entry in decided if entry.sign != signs[entry.row.index]]
    astray = _led_astray(decided, sign, signs)
    deliberate = _footed_rows(grid, column) if odd or astray else frozenset()
    for entry in odd:
        if _opposite_side([entry], decided, sign) or entry.row.index in deliberate:
            signs[entry.row.index] = -signs[entry.row.index]
    signs |= {e.row.index: -sign for e in astray if e.row.index not in deliberate}
    labelled = column.measure is not None and bool(_likeness(column, first, second))
    return Difference(column, first, second, sign, entries, signs, tuple(blocks), labelled)


def _usual_sign(decided: Sequence[Entry]) -> int:
    balance = sum(entry.sign or 0 for entry in decided)
    if balance:
        return 1 if balance > 0 else -1
    return next((entry.sign for entry in decided if entry.sign), 1)


def _unmarked(grid: Grid, decided: Sequence[Entry]) -> list[Entry]:
    """The rows that no footnote sets apart, and no of-which rows: they say what is usual."""
    noted = {footnote.mark for footnote in grid.table.footnotes}
    return [
        entry
        for entry in decided
        if entry.row.role is not Role.OF_WHICH and not noted & set(entry.row.marks)
    ]


def _runs(grid: Grid, decided: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Rows that follow each other with one sign. Of-which rows at the end of one block are not
    the beginning of the next, though their sign be the same."""
    parents = {row: parent for parent, rows in of_which_groups(grid).items() for row in rows}
    run: list[Entry] = []
    for entry in decided:
        index = entry.row.index
        stray = bool(run) and run[0].row.index in parents and index not in parents
        if run and (entry.sign != run[-1].sign or stray):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _sections(decided: Sequence[Entry], sign: int) -> Iterator[list[Entry]]:
    """The rows under one heading of which two in three have the sign that is not the table's."""
    under: dict[tuple[str, ...], list[Entry]] = {}
    for entry in decided:
        if entry.row.path:
            under.setdefault(entry.row.path, []).append(entry)
    for section in under.values():
        turned = sum(entry.sign != sign for entry in section)
        if len(section) >= MOST and 3 * turned >= 2 * len(section):
            yield section


def _reach(grid: Grid, run: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """All rows of a block: those between its first and last, and the of-which rows of its last."""
    groups = of_which_groups(grid)
    last = run[-1].row.index
    end = max([last, *groups.get(last, ())])
    return [entry for entry in entries if run[0].row.index <= entry.row.index <= end]


def _footnote(
    grid: Grid, run: Sequence[Entry], decided: Sequence[Entry], sign: int
) -> Footnote | None:
    """The note whose mark the run bears and that no more rows of the usual sign do."""
    notes = {footnote.mark: footnote for footnote in grid.table.footnotes}
    for mark in sorted({mark for entry in run for mark in entry.row.marks} & notes.keys()):
        marked = [entry for entry in decided if mark in entry.row.marks]
        if 2 * sum(entry.sign != sign for entry in marked) >= len(marked):
            return notes[mark]
    return None


def _led_astray(decided: Sequence[Entry], sign: int, signs: Mapping[int, int]) -> list[Entry]:
    """Rows of income (or of costs) that have the table's usual sign where nearly all others of
    their side have the other one."""
    return [
        entry
        for entry in decided
        if entry.sign == sign == signs[entry.row.index]
        and entry.row.aspect in (Aspect.INCOME, Aspect.COST)
        and _opposite_side([entry], decided, sign)
    ]


def _opposite_side(run: Iterable[Entry], decided: Sequence[Entry], sign: int) -> bool:
    """Whether the rows are income among costs (or results and income beside costs): there, more
    is better, and the deviation counts the other way."""
    odd = {entry.row.aspect for entry in run}
    usual = _usual_aspects(decided, sign)
    if odd <= {Aspect.INCOME}:
        return Aspect.INCOME not in usual
    if odd <= {Aspect.COST}:
        return Aspect.COST not in usual and bool(usual & RESULTS)
    if odd <= RESULTS and Aspect.INCOME in odd:
        return not usual & RESULTS
    return False


def _footed_rows(grid: Grid, column: Column) -> frozenset[int]:
    """Rows whose figure in ``column`` belongs to a sum that holds there with it: their sign is
    meant, or the column would not foot."""
    plan = layout(grid, TOTAL_WORDS, RESULT_WORDS)
    rows: set[int] = set()
    for found in sums(plan):
        for outcome in found.fit.outcomes:
            if outcome.place == column.index and outcome.holds and outcome.nonzero >= 2:
                rows.add(outcome.stated.row)
                rows |= {term.figure.row for term in outcome.terms}
    return frozenset(rows)


def _usual_aspects(decided: Sequence[Entry], sign: int) -> set[Aspect | None]:
    """The sides whose rows have the table's usual sign: some do, and no overwhelming majority has
    the other one."""
    usual = Counter(entry.row.aspect for entry in decided if entry.sign == sign)
    other = Counter(entry.row.aspect for entry in decided if entry.sign != sign)
    return {aspect for aspect, count in usual.items() if other[aspect] < MOST * count}

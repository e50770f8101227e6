"""With what sign, in which rows, a column is the difference of two others.

A deviation column is budget less outturn in one report and outturn less budget in the next; within
a report the sign may turn for income, or for a block of rows that a footnote speaks of. Rows that
follow each other with the same sign are a block. A turned sign needs a reason: a block of at least
two rows, a footnote, the other side of the accounts, another column that turns it in the same row,
or a column that foots with it. Without one it is the sign that is wrong, unless the row may stand
on another side than the others: then nobody can tell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.checks.fitting import Outcome
from audit.checks.lines import RESULT_WORDS, TOTAL_WORDS, earns
from audit.checks.structure import layout, of_which_groups, sums
from audit.model import Aspect, Column, Figure, Footnote, Grid, Role, Row

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
        return (
            max(
                0.0,
                math.log10(size / (slack_of((self.stated, self.first, self.second)) or Decimal(1))),
            )
            if size
            else 0.0
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in which the difference has one sign, against the rest of the table."""

    entries: tuple[Entry, ...]
    footnote: Footnote | None


@dataclass(frozen=True, slots=True)
class Difference:
    """``column`` is ``first`` less ``second``, times ``sign``. ``signs`` has the sign of each
    entry's row, ``turned`` the blocks that differ from the table's, ``doubtful`` the rows whose
    sign is another than that and may be meant."""

    column: Column
    first: Column
    second: Column
    sign: int
    entries: tuple[Entry, ...]
    signs: Mapping[int, int]
    turned: tuple[Block, ...]
    labelled: bool
    doubtful: frozenset[int] = frozenset()

    @property
    def decided(self) -> list[Entry]:
        """The entries that tell a sign."""
        return [entry for entry in self.entries if entry.sign]

    @property
    def odd(self) -> list[Entry]:
        """The entries whose sign is another than their row should have."""
        return [entry for entry in self.decided if entry.sign != self.signs[entry.row.index]]

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


def slack_of(figures: Iterable[Figure | None]) -> Decimal:
    """The rounding of all figures together."""
    return sum((f.amount.step for f in figures if f is not None), Decimal(0)) / 2


def signed(
    grid: Grid,
    column: Column,
    first: Column,
    second: Column,
    entries: tuple[Entry, ...],
    labelled: bool,
) -> Difference:
    """The sign of each row of a difference, by what this column alone shows."""
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
    asked = {entry.row.index for entry in (*odd, *astray)}
    deliberate = _footed_rows(grid, column, asked) if asked else frozenset()
    for entry in odd:
        if _opposite_side([entry], decided, sign) or entry.row.index in deliberate:
            signs[entry.row.index] = -signs[entry.row.index]
    signs |= {e.row.index: -sign for e in astray if e.row.index not in deliberate}
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
        turned = [entry for entry in section if entry.sign != sign]
        usual = [entry for entry in section if entry.sign == sign]
        if len(section) >= MOST and 3 * len(turned) >= 2 * len(section):
            earning = all(map(_negative, turned)) and not any(map(_negative, usual))
            if not (usual and earning):  # else each has the sign of its own side
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


def _footed_rows(grid: Grid, column: Column, asked: Set[int]) -> frozenset[int]:
    """Those of the rows ``asked`` for whose figure in ``column`` belongs to a sum that holds there
    with its sign only: it is meant, or the column would not foot."""
    plan = layout(grid, TOTAL_WORDS, RESULT_WORDS)
    rows: set[int] = set()
    for found in sums(plan):
        for outcome in found.fit.outcomes:
            if outcome.place == column.index and outcome.holds and outcome.nonzero >= 2:
                own = {outcome.stated.row, *(term.figure.row for term in outcome.terms)}
                rows |= {row for row in own & asked if not _foots(outcome, frozenset({row}))}
    return frozenset(rows)


def _usual_aspects(decided: Sequence[Entry], sign: int) -> set[Aspect | None]:
    """The sides whose rows have the table's usual sign: some do, and no overwhelming majority has
    the other one."""
    usual = Counter(entry.row.aspect for entry in decided if entry.sign == sign)
    other = Counter(entry.row.aspect for entry in decided if entry.sign != sign)
    return {aspect for aspect, count in usual.items() if other[aspect] < MOST * count}


# --- rows that stand alone ------------------------------------------------------------------------


def settled(grid: Grid, found: Sequence[Difference]) -> Iterator[Difference]:
    """``found`` with what its columns say together of rows whose sign turns alone: where several
    columns turn it, or all rows that earn do, or the row is below zero and no other column has it
    as usual, it is meant; where the column foots once it is turned back it is wrong; else the row
    may stand on another side than those around it."""
    for difference in found:
        meant = _turned_everywhere(difference, found)
        meant += [
            entry
            for entry in difference.odd
            if entry not in meant
            and _below_zero(entry, difference)
            and not _usual_elsewhere(entry, difference, found)
        ]
        blocks = [Block((e,), None) for e in meant if _side(e) is not Aspect.INCOME]
        meant += _earning_alike(difference)
        meant += _over_blocks(grid, difference)
        signs = {**difference.signs, **{entry.row.index: entry.sign or 0 for entry in meant}}
        left = [entry for entry in difference.odd if entry not in meant]
        wrong = _refuted(grid, difference.column, left) if left else frozenset()
        doubtful = frozenset(
            entry.row.index
            for entry in left
            if entry.row.index not in wrong and _stands_apart(entry, difference)
        )
        turned = (*difference.turned, *blocks)
        yield replace(difference, signs=signs, turned=turned, doubtful=doubtful)


def _turned_everywhere(difference: Difference, found: Sequence[Difference]) -> list[Entry]:
    """The rows whose sign turns in this column and in every other that tells one, at least one."""
    others = [other for other in found if other is not difference]
    odd = Counter(entry.row.index for other in others for entry in other.odd)
    told = Counter(entry.row.index for other in others for entry in other.decided)
    return [
        entry
        for entry in difference.odd
        if odd[entry.row.index] and odd[entry.row.index] == told[entry.row.index]
    ]


def _usual_elsewhere(entry: Entry, difference: Difference, found: Sequence[Difference]) -> bool:
    """Whether the row, below zero there too, has the usual sign in another column: then it does
    not count for itself."""
    return any(
        told.row.index == entry.row.index and told.sign == other.sign and _negative(told)
        for other in found
        if other is not difference
        for told in other.decided
    )


def _earning_alike(difference: Difference) -> list[Entry]:
    """The rows that earn, if there are several among rows that do not and all turn the sign."""
    earning = [entry for entry in difference.decided if _side(entry) is Aspect.INCOME]
    alike = all(entry.sign == -difference.sign for entry in earning)
    if len(earning) >= 2 and alike and len(earning) < len(difference.decided):
        return [entry for entry in earning if entry in difference.odd]
    return []


def _over_blocks(grid: Grid, difference: Difference) -> list[Entry]:
    """The totals of blocks with the table's sign and of blocks without it: theirs may be either."""
    blocks = [block for block in difference.turned if len(block.entries) >= 2]
    turned = {entry.row.index for block in blocks for entry in block.entries}
    if not turned or not difference.odd:
        return []
    over = set()
    for found in sums(layout(grid, TOTAL_WORDS, RESULT_WORDS)):
        parts = {node.line.key for node in found.fit.nodes}
        if parts & turned and parts - turned:
            over.add(found.fit.target.key)
    return [entry for entry in difference.odd if entry.row.index in over]


def _stands_apart(entry: Entry, difference: Difference) -> bool:
    """Whether the row turns the table's sign, and is by its words or by its amounts of another
    side than most rows that do not; or whether no sign is that of most rows."""
    if not sum(other.sign or 0 for other in difference.decided):
        return True
    if entry.sign == difference.sign:
        return False
    usual = [other for other in difference.decided if other.sign == difference.sign]
    sides = Counter(_side(other) for other in usual)
    return (
        not usual
        or _side(entry) is not sides.most_common(1)[0][0]
        or _negative(entry) is not _mostly_negative(usual)
    )


def _below_zero(entry: Entry, difference: Difference) -> bool:
    """Whether the row turns the table's sign and nets income among rows that net costs."""
    usual = [other for other in difference.decided if other.sign == difference.sign]
    turns = bool(usual) and entry.sign != difference.sign
    return turns and _negative(entry) and not _mostly_negative(usual)


def _mostly_negative(entries: Sequence[Entry]) -> bool:
    return 2 * sum(_negative(entry) for entry in entries) > len(entries)


def _side(entry: Entry) -> Aspect | None:
    """Income and results apart from everything else."""
    if entry.row.aspect is Aspect.NET:
        return Aspect.NET
    return Aspect.INCOME if earns(entry.row) else None


def _negative(entry: Entry) -> bool:
    return sum(f.amount.value for f in (entry.first, entry.second) if f is not None) < 0


def _refuted(grid: Grid, column: Column, odd: Sequence[Entry]) -> frozenset[int]:
    """The rows with which the column does not foot, and would with the other sign."""
    rows = [entry.row.index for entry in odd]
    flips = [frozenset({row}) for row in rows]
    if len(rows) > 1:
        flips.append(frozenset(rows))
    wrong: set[int] = set()
    for found in sums(layout(grid, TOTAL_WORDS, RESULT_WORDS)):
        for outcome in found.fit.outcomes:
            if outcome.place == column.index and not outcome.holds:
                wrong |= next((flip for flip in flips if _foots(outcome, flip)), frozenset())
    return frozenset(wrong)


def _foots(outcome: Outcome, flipped: frozenset[int]) -> bool:
    """Whether a sum holds once the figures of the ``flipped`` rows, of which it has some, change
    their sign."""
    figures = [outcome.stated, *(term.figure for term in outcome.terms)]
    if not flipped <= {figure.row for figure in figures}:
        return False

    def value(figure: Figure) -> Decimal:
        return -figure.amount.value if figure.row in flipped else figure.amount.value

    slack = sum((figure.amount.slack for figure in figures), Decimal(0))
    plain = sum((value(term.figure) for term in outcome.terms), Decimal(0))
    given = sum((term.factor * value(term.figure) for term in outcome.terms), Decimal(0))
    return any(abs(value(outcome.stated) - total) <= slack for total in (plain, given))

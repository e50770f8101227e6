"""Where two reports print the same: the columns that a table of the one and a table of the other
have in common, and the figures that stand there in both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from audit.checks.lines import ONE, equation
from audit.checks.ties.pairs import MOST, TablePair, Tie, ties_where, weight
from audit.checks.ties.sheets import Line, Sheet, row_pairs, sheet
from audit.checks.ties.signs import signs
from audit.checks.ties.slots import Slot
from audit.checks.ties.verdicts import COMPANY
from audit.model import (
    Across,
    Basis,
    Comparison,
    Figure,
    Grid,
    Origin,
    Remark,
    Role,
    Rule,
    Term,
)

ROWS = 3  # of one name make two tables of one title the same

# What a title says of time and measure only: the table is the same one year after year.
_TIMES = re.compile(
    r"\d+|\b(?:per|den|för|t\.?o\.?m\.?|till och med|januari|jan|februari|feb|mars|april|apr|maj"
    r"|juni|jun|juli|jul|augusti|aug|september|sep|sept|oktober|okt|november|nov|december|dec"
    r"|tertial|helår|år|utfall|prognos|budget|bokslut|belopp|i|tkr|mnkr|mkr|kkr|kr)\b|[^\w ]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A column of an earlier table and one of a newer one that show the same thing and period:
    the ties of the rows that they share, each read by its sign. ``same`` hold; ``apart`` do not,
    though name and place of their rows leave no other reading; ``unclear`` is where they do."""

    pair: TablePair
    columns: tuple[Slot, Slot]
    same: tuple[Tie, ...]
    apart: tuple[Tie, ...]
    unclear: tuple[Tie, ...]
    read: dict[int, int]

    @property
    def earlier(self) -> Sheet:
        return self.pair.first

    @property
    def newer(self) -> Sheet:
        return self.pair.second

    @property
    def counted(self) -> tuple[Tie, ...]:
        """What agrees by no chance: not two nothings, nor a single digit."""
        return tuple(tie for tie in self.same if tie.counts and tie.digits > 1)

    @property
    def basis(self) -> Basis:
        return Basis(True, len(self.counted), len(self.counted) + len(self.apart))

    def sign(self, tie: Tie) -> int:
        return self.read.get(id(tie), 1)


def meetings(across: Across, wanted: Callable[[Slot], bool]) -> Iterator[Meeting]:
    """For each column of the newer report that is ``wanted``, the one of the earlier report that it
    repeats; none where several could be meant that do not print the same."""
    pairs = list(same_tables(across))
    for newer in {id(pair.second): pair.second for pair in pairs}.values():
        mine = [pair for pair in pairs if pair.second is newer]
        for slot in filter(wanted, newer.slots):
            found = [one for pair in mine for one in _meetings(pair, slot)]
            best = max(found, key=_standing, default=None)
            if best is not None and not any(_rivals(best, other) for other in found):
                yield best


def same_tables(across: Across) -> Iterator[TablePair]:
    """The tables of the two reports that are the same one, a time later: title or statement say so
    and most rows are the same, or the figures do."""
    earlier = [one for grid in across.older.grids if (one := sheet(grid)).lines]
    newer = [one for grid in across.newer.grids if (one := sheet(grid)).lines]
    for second in newer:
        for first in earlier:
            if first.by_core.keys().isdisjoint(second.by_core):
                continue
            rows = tuple(row_pairs(first, second))
            ties = tuple(ties_where(rows, first.slots, second.slots))
            pair = TablePair(first, second, rows, ties)
            if _named_alike(pair) or _company(pair):
                yield pair


def _named_alike(pair: TablePair) -> bool:
    one, other = pair.first.grid, pair.second.grid
    alike = one.statement is not None and one.statement is other.statement
    alike = alike or (bool(title(one)) and title(one) == title(other))
    least = min(len(pair.first.lines), len(pair.second.lines))
    exact = sum(rows.exact for rows in pair.rows)
    return alike and exact >= min(ROWS, least) and 2 * exact >= least


def _company(pair: TablePair) -> bool:
    """Whether so many figures agree that the two tables must be one."""
    read = signs(pair.ties)
    told = [tie for tie in pair.ties if tie.sure and tie.counts and tie.rows.exact]
    same = [tie for tie in told if tie.holds(read.get(id(tie), 1))]
    many = len({id(tie.rows) for tie in same}) >= ROWS and weight(same) >= COMPANY
    return many and len(same) >= MOST * (len(told) - len(same))


def title(grid: Grid) -> str:
    return _title(grid.table.title)


@lru_cache(maxsize=4096)
def _title(words: str) -> str:
    return " ".join(_TIMES.sub(" ", words.casefold()).split())


def _meetings(pair: TablePair, newer: Slot) -> Iterator[Meeting]:
    read = signs(pair.ties)
    columns: dict[int, list[Tie]] = defaultdict(list)
    for tie in pair.ties:
        if tie.columns[1] is newer and _plain(tie):
            columns[tie.first.column].append(tie)
    for ties in columns.values():
        same, apart, unclear = [], [], []
        for tie in ties:
            if tie.holds(read.get(id(tie), 1)):
                same.append(tie)
            elif tie.rows.exact and id(tie) in read and _words_alike(tie):
                apart.append(tie)
            elif tie.rows.exact:
                unclear.append(tie)
        yield Meeting(pair, ties[0].columns, tuple(same), tuple(apart), tuple(unclear), read)


def _plain(tie: Tie) -> bool:
    """Whether the columns show one period, of one measure where they say which."""
    one, other = tie.columns
    if one.period is None or other.period is None:
        return False
    return tie.sure or (not one.kind and not other.kind and one.lone and other.lone)


def _words_alike(tie: Tie) -> bool:
    """Whether headers and footnote marks say nothing different of the two figures."""
    one, other = tie.columns
    return one.words == other.words and tie.rows.first.row.marks == tie.rows.second.row.marks


def _standing(meeting: Meeting) -> tuple[bool, int, int]:
    return _named_alike(meeting.pair), weight(meeting.same), -len(meeting.apart)


def _rivals(best: Meeting, other: Meeting) -> bool:
    """Whether another column might be meant as well: it has as good a claim, and prints something
    else where the best one differs."""
    if other is best or _standing(other)[0] < _standing(best)[0]:
        return False
    printed = {tie.second.row: tie for tie in (*other.same, *other.apart, *other.unclear)}
    for tie in best.apart:
        there = printed.get(tie.second.row)
        if there is not None and there in other.same:
            return True
    return weight(other.same) == weight(best.same) and bool(best.apart)


def total(line: Line) -> bool:
    return line.total or line.row.role is Role.TOTAL


def held(
    across: Across,
    rule: Rule,
    stated: Figure,
    earlier: Figure,
    basis: Basis,
    *,
    sign: int = 1,
    tie: Tie | None = None,
    undecided: str = "",
    remark: Remark | None = None,
    group: str = "",
    named: str = "",
) -> Comparison:
    """The newer report's figure against the earlier one's, ``named`` by its column where no other
    name says more."""
    factor = ONE * sign / (tie.scale if tie is not None else ONE)
    term = Term(factor, earlier, named or earlier.header or earlier.label)
    made = equation(rule, stated, (term,), basis, undecided=undecided, remark=remark, group=group)
    return replace(made, against=Origin.of(across.older))

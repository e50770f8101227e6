"""Rows that one figure counts and the other does not: why two figures of one name may differ."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from audit.checks.lines import ONE, ZERO
from audit.checks.ties.names import whole_name
from audit.checks.ties.pairs import TablePair, Tie
from audit.checks.ties.sheets import Line
from audit.model import Figure, Term

Gap = tuple[int, Decimal, Decimal]  # a column, what is missing there, how far rounding may go

MOST_CHOICES = 400  # ways to take all rows but one: with more, some fit by chance
TELLING = 6  # digits that the explained differences need together, in two columns or more


@dataclass(frozen=True, slots=True)
class Scope:
    """``stated`` is ``whole`` with ``lines`` taken off (``sign`` -1) or put to it, for each tie.
    ``turned`` is -1 where the two rows have opposite signs."""

    lines: tuple[Line, ...]
    sign: int
    turned: int
    by_first: bool  # whether the first table's figure is the stated one

    @property
    def rows(self) -> tuple[bool, frozenset[int]]:
        return self.by_first, frozenset(line.row.index for line in self.lines)

    def whole(self, tie: Tie) -> bool:
        """Whether each of the rows has a figure in the tie's column."""
        column = (tie.second if self.by_first else tie.first).column
        return all(column in line.figures for line in self.lines)

    def turns(self, tie: Tie) -> bool:
        """Whether the rows account for the tie's difference with the other sign before them all."""
        stated, terms = self.stated(tie).amount, self.terms(tie)
        together = sum((term.factor * term.figure.amount.value for term in terms), ZERO)
        slack = sum((term.figure.amount.slack for term in terms), stated.slack)
        return abs(stated.value + together) <= slack

    def stated(self, tie: Tie) -> Figure:
        return tie.first if self.by_first else tie.second

    def terms(self, tie: Tie) -> list[Term]:
        whole = tie.second if self.by_first else tie.first
        return [
            Term(self.turned * ONE, whole, whole.label),
            *(
                Term(self.turned * self.sign * ONE, figure, whole_name(figure.label))
                for line in sorted(self.lines, key=lambda line: line.row.index)
                if (figure := line.figures.get(whole.column)) is not None
            ),
        ]


def scope(
    pair: TablePair,
    ties: Sequence[Tie],
    *,
    signs: Sequence[int] = (-1, 1),
    only_missing: bool = False,
    most: int = 3,
) -> Scope | None:
    """The fewest rows, at most ``most``, that account for the differences of ``ties``, which are of
    one pair of rows, in every column; None where there are none or several would do.

    ``signs`` says whether rows may be taken off (-1) and put to (1); ``only_missing`` takes rows
    that the other table does not have.
    """
    if any(tie.scale != ONE for tie in ties):
        return None  # no unit, no sum
    sides = [
        (by_first, turned, _gaps(ties, by_first, turned), lines)
        for by_first in (True, False)
        for lines in [_candidates(pair, ties, by_first, only_missing)]
        for turned in (1, -1)
    ]
    for many in range(1, most + 1):
        found = [
            Scope(chosen, sign, turned, by_first)
            for by_first, turned, gaps, lines in sides
            for sign in signs
            for chosen in _accounts(lines, gaps, sign, many)
        ]
        if found:
            return found[0] if _one(found, ties) else None
    return None


def _one(found: Sequence[Scope], ties: Sequence[Tie]) -> bool:
    """Whether all that was found says the same: the same rows, or a sum instead of its only
    part."""
    worth = {
        (
            scope.by_first,
            *(
                sum((_value(line, column) for line in scope.lines), ZERO)
                for column in _columns(ties, scope.by_first)
            ),
        )
        for scope in found
    }
    single = all(len(scope.lines) == 1 for scope in found)
    return len({one.rows for one in found}) == 1 or (single and len(worth) == 1)


def _columns(ties: Sequence[Tie], by_first: bool) -> list[int]:
    return [(tie.second if by_first else tie.first).column for tie in ties]


def told(pair: TablePair, scope: Scope, ties: Sequence[Tie]) -> bool:
    """Whether the table whose rows make the difference has a row of its own that is the stated
    figure ("Summa kostnader", then "Totala kostnader"): then it says so itself."""
    sheet = pair.second if scope.by_first else pair.first

    def shows(line: Line, tie: Tie) -> bool:
        figure = line.figures.get((tie.second if scope.by_first else tie.first).column)
        stated = scope.stated(tie).amount
        return figure is not None and (
            abs(abs(figure.amount.value) - abs(stated.value)) <= figure.amount.slack + stated.slack
        )

    return any(all(shows(line, tie) for tie in ties) for line in sheet.lines)


def telling(ties: Sequence[Tie], least: int = TELLING) -> bool:
    """Whether differences are so many and so long, ``least`` digits together, that rows explain
    them by no chance."""
    if any(tie.counts and not all(tie.values) for tie in ties):
        return False  # nothing against something: no figure with a row more or less
    digits = [
        len(str(int(abs(abs(one) - abs(other)) / tie.first.amount.step)).lstrip("0"))
        for tie in ties
        for one, other in [tie.values]
    ]
    return sum(one > 0 for one in digits) >= 2 and sum(digits) >= least


def _candidates(
    pair: TablePair, ties: Sequence[Tie], by_first: bool, only_missing: bool
) -> list[Line]:
    """The rows that the whole may count too much or too few, from the whole's table."""
    sheet = pair.second if by_first else pair.first
    own = ties[0].rows.second if by_first else ties[0].rows.first
    matched = (
        {(rows.second if by_first else rows.first).row.index for rows in pair.rows}
        if only_missing
        else set()
    )
    columns = _columns(ties, by_first)
    return [
        line
        for line in sheet.lines
        if line is not own
        and line.row.index not in matched
        and any(column in line.figures and line.figures[column].amount.value for column in columns)
    ]


def _gaps(ties: Sequence[Tie], by_first: bool, turned: int) -> list[Gap]:
    """What each column's whole has too little, the largest first."""
    gaps = []
    for tie in ties:
        stated, whole = (tie.first, tie.second) if by_first else (tie.second, tie.first)
        gaps.append(
            (whole.column, turned * stated.amount.value - whole.amount.value, tie.tolerance)
        )
    return sorted(gaps, key=lambda gap: -abs(gap[1]))


def _accounts(
    lines: Sequence[Line], gaps: Sequence[Gap], sign: int, many: int
) -> Iterator[tuple[Line, ...]]:
    """Sets of ``many`` lines that make up the gap of each column."""
    if comb(len(lines), many - 1) <= MOST_CHOICES:
        for chosen in _sums(lines, gaps[0], sign, many):
            if all(_makes_up(chosen, gap, sign) for gap in gaps):
                yield chosen


def _sums(lines: Sequence[Line], gap: Gap, sign: int, many: int) -> Iterator[tuple[Line, ...]]:
    """The sets of lines whose figures in the gap's column may make it up: all but the last are
    tried, the last is looked up."""
    column, wanted, tolerance = gap
    ordered = sorted(lines, key=lambda line: _value(line, column))
    values = [_value(line, column) for line in ordered]
    slack = (
        tolerance
        + sum(
            (line.figures[column].amount.slack for line in lines[:1] if column in line.figures),
            ZERO,
        )
        * many
    )
    for places in combinations(range(len(ordered)), many - 1):
        rest = sign * wanted - sum((values[place] for place in places), ZERO)
        start = max(bisect_left(values, rest - slack), places[-1] + 1 if places else 0)
        for place in range(start, bisect_right(values, rest + slack)):
            yield (*(ordered[one] for one in places), ordered[place])


def _makes_up(chosen: Sequence[Line], gap: Gap, sign: int) -> bool:
    column, wanted, tolerance = gap
    slack = sum(
        (line.figures[column].amount.slack for line in chosen if column in line.figures), ZERO
    )
    together = sum((_value(line, column) for line in chosen), ZERO)
    return abs(sign * together - wanted) <= tolerance + slack


def _value(line: Line, column: int) -> Decimal:
    figure = line.figures.get(column)
    return figure.amount.value if figure is not None else ZERO

"""``parts``: what a municipality's report prints in a board's row against the board's own report of
the same period. No settings.

Which row of the board's report is meant the figures tell: the one with which the municipality's row
agrees in other columns. It alone is held against it; nothing is doubted where none agrees. A budget
or a forecast may be the municipality's own: a difference is surely wrong only in what has been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.checks.across.meetings import held, total
from audit.checks.lines import ONE
from audit.checks.ties.pairs import Tie, meeting, weight
from audit.checks.ties.sheets import Line, RowPair, Sheet, sheet
from audit.checks.ties.slots import alike
from audit.language import message
from audit.model import Across, Basis, Comparison, Kinship, Rule

UNCLEAR = message("several rows of the board's own report could be meant")

DIGITS = 3  # that must agree before two rows may be one
SURE = 6  # and before one of them is doubted


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of the board's report that the municipality's row may repeat, with the sign that suits
    it best."""

    rows: RowPair
    sign: int
    same: tuple[Tie, ...]
    apart: tuple[Tie, ...]


def parts(across: Across, rule: Rule) -> Iterator[Comparison]:
    """Compare the figures of a board's row in the municipality's report with the board's own."""
    if across.kinship is not Kinship.PART:
        return
    own = [one for grid in across.older.grids if (one := sheet(grid)).lines]
    for grid in across.newer.grids:
        whole = sheet(grid)
        for line in whole.lines:
            if (grid.table.id, line.row.index) in across.named:
                yield from _compared(across, rule, whole, line, own)


def _compared(
    across: Across, rule: Rule, whole: Sheet, line: Line, own: Sequence[Sheet]
) -> Iterator[Comparison]:
    readings = [
        reading
        for one in own
        for other in one.lines
        if total(other) or other.concept is not None
        if (reading := _reading(one, other, whole, line)) is not None
    ]
    told = [one for one in readings if weight(one.same) >= DIGITS]
    if not told:
        return
    best = max(told, key=lambda one: (weight(one.same), -len(one.apart)))
    agreed = {tie.second.column for one in told for tie in one.same}
    basis = Basis(True, len(best.same), len(best.same) + len(best.apart))
    for tie in best.same:
        yield held(across, rule, tie.second, tie.first, basis, sign=best.sign, tie=tie)
    for tie in best.apart if weight(best.same) >= SURE else ():
        if tie.second.column in agreed or not _of_own_year(across, tie):
            continue  # another row of the board's report agrees, or an earlier report has said so
        printed = {_printed(one, tie) for one in told if weight(one.same) == weight(best.same)}
        yield held(
            across,
            rule,
            tie.second,
            tie.first,
            replace(basis, labelled=tie.columns[1].kind == "outcome"),
            sign=best.sign,
            tie=tie,
            named=f"{tie.first.label}, {tie.first.header}",
            undecided="" if len(printed - {None}) == 1 else UNCLEAR,
            group=f"{tie.second.table}:{tie.second.row}:{tie.gap(best.sign)}",
        )


def _of_own_year(across: Across, tie: Tie) -> bool:
    own, period = across.newer.period, tie.columns[1].period
    return own is None or period is None or period.end.year == own.end.year


def _printed(reading: Reading, like: Tie) -> object:
    """What another reading says that the figure should be; None where it says nothing of it."""
    values = (
        reading.sign * tie.first.amount.value
        for tie in reading.apart
        if tie.second.column == like.second.column
    )
    return next(values, None)


def _reading(one: Sheet, other: Line, whole: Sheet, line: Line) -> Reading | None:
    """The figures that meet where the columns' words say that they are of one measure and time."""
    rows = RowPair(other, line, exact=True)
    found: dict[int, list[Tie]] = defaultdict(list)
    for left in one.slots:
        for right in whole.slots:
            if alike(left, right):
                for tie in meeting([rows], left, right, ONE, sure=True):
                    found[tie.second.column].append(tie)
    ties = [some[0] for some in found.values() if len(some) == 1 and some[0].counts]
    if not ties:
        return None
    sign = max((1, -1), key=lambda sign: sum(tie.holds(sign) for tie in ties))
    same = tuple(tie for tie in ties if tie.holds(sign))
    return Reading(rows, sign, same, tuple(tie for tie in ties if tie not in same))

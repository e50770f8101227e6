"""With which sign each figure of one table is to be held against the other's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit.checks.ties.pairs import Tie
from audit.checks.ties.sheets import Line
from audit.model import Figure, UnitKind

MANY = 3  # figures of one sign among which a lone other sign says nothing


def signs(ties: Sequence[Tie]) -> dict[int, int]:
    """The sign by which each tie is to be read; none for those of a row whose signs are mixed
    without a rule.

    A row has one sign throughout, and so has a column; a deviation may be counted either way, and
    a percentage turns with neither or with both.
    """
    rows: dict[int, list[Tie]] = defaultdict(list)
    columns: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        columns[tie.first.column, tie.second.column].append(tie)
        rows[id(tie.rows)].append(tie)
    turned = {place: _turned(column) for place, column in columns.items()}
    plainly = dict.fromkeys(columns, 1)
    if _mixed(rows.values(), plainly) < _mixed(rows.values(), turned):
        turned = plainly  # costs without their minus outnumber the other rows of one column
    found: dict[int, int] = {}
    for row in rows.values():
        plain = [t for t in row if t.counts and not t.of_deviation and not _in_percent(t)]
        same = [t for t in plain if t.holds(turned[t.first.column, t.second.column])]
        other = [t for t in plain if t.holds(-turned[t.first.column, t.second.column])]
        lone = len(other) == 1 and not same
        alone = lone and _lone_in_column(other[0], columns, turned)
        if same and other and max(len(same), len(other)) < 2 * min(len(same), len(other)):
            slips = [tie for tie in plain if slipped(tie)]
            if len(slips) != 1:
                continue
            sign = 1 if slips[0] in other else -1
        else:
            sign = -1 if len(other) > len(same) and not alone else 1
        for tie in row:
            usual = sign * turned[tie.first.column, tie.second.column]
            if _in_percent(tie) and not tie.holds(-1):
                usual = 1  # a share is the same whatever the signs of its two sides
            free = tie.of_deviation and tie.holds(-usual) and not tie.holds(usual)
            if not (alone and tie is other[0]):
                found[id(tie)] = -usual if free else usual
    return found


def _in_percent(tie: Tie) -> bool:
    return tie.first.amount.unit.kind is UnitKind.PERCENT


def _mixed(rows: Iterable[Sequence[Tie]], turned: Mapping[tuple[int, int], int]) -> int:
    """How many rows would have one sign in one column and another in the next."""
    read = [
        {
            sign
            for tie in row
            for sign in (1, -1)
            if tie.counts and not tie.of_deviation
            if tie.holds(sign * turned[tie.first.column, tie.second.column])
        }
        for row in rows
    ]
    return sum(len(signs) > 1 for signs in read)


def slipped(tie: Tie) -> Figure | None:
    """The figure of the two whose sign is another than that of all others in its row, where the
    other table's row has one sign throughout."""
    rows = tie.rows
    for figure, own, others in (
        (tie.first, rows.first, rows.second),
        (tie.second, rows.second, rows.first),
    ):
        mine, theirs = _signs(own), _signs(others)
        odd = mine.count(figure.amount.value > 0) == 1
        if odd and len(mine) > MANY and len(set(theirs)) == 1:
            return figure
    return None


def _signs(line: Line) -> list[bool]:
    """Which of the row's figures are more than nothing, of those that are not nothing."""
    values = [figure.amount.value for figure in line.figures.values()]
    return [value > 0 for value in values if value]


def _turned(column: Sequence[Tie]) -> int:
    same = sum(tie.counts and tie.holds(1) for tie in column)
    other = sum(tie.counts and tie.holds(-1) for tie in column)
    return -1 if other >= 2 and other > 2 * same else 1


def _lone_in_column(
    tie: Tie,
    columns: dict[tuple[int, int], list[Tie]],
    turned: dict[tuple[int, int], int],
) -> bool:
    """Whether a figure alone among many has another sign than in the other table: a convention,
    or a slip, and nothing says which."""
    place = tie.first.column, tie.second.column
    held = [other for other in columns[place] if other.counts]
    same = sum(other.holds(turned[place]) for other in held)
    return same >= MANY and sum(other.holds(-turned[place]) for other in held) == 1

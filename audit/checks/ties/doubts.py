"""Ties that do not hold and that nothing explains, and what speaks for taking them seriously."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from audit.checks.ties.pairs import TablePair, Tie, weight
from audit.checks.ties.scope import scope
from audit.checks.ties.sheets import Line, Sheet
from audit.model import Basis, Figure

FEW = 3  # so many agreeing figures earn two tables the right to be compared
MOST = 3  # and so many for each that differs
SAME_ROW = 3  # digits that must agree for two rows of one name to be one
SEVERAL = 2  # rows of its own make a table another division of the same
SURE_ROW = 6  # and for the row to accuse by itself, in two columns


@dataclass(frozen=True, slots=True)
class Doubt:
    """``cluster`` numbers the differences of two tables that have one cause: a figure, its total,
    its deviation. ``earned`` says that the two tables agree in so much that they accuse by
    themselves; ``likely``, that they do when a third table agrees with one of them; ``company``,
    that they agree in all but a few. ``across`` is what agrees in the same two rows, ``down`` what
    agrees in the same two columns."""

    tie: Tie
    sign: int
    basis: Basis
    cluster: int
    earned: bool
    likely: bool
    company: bool
    across: tuple[Tie, ...]
    down: tuple[Tie, ...]


def doubts(
    against: Sequence[Tie], agreeing: Sequence[Tie], signs: Mapping[int, int]
) -> tuple[list[Doubt], Basis]:
    """The doubts of two tables, and what their ties rest on: how many figures agree."""
    clusters = _clusters([tie for tie in against if tie.rows.exact], signs)
    counted = sum(tie.counts and tie.digits > 1 for tie in agreeing)
    basis = Basis(False, counted, counted + len(clusters))
    company = counted >= FEW and counted >= MOST * len(clusters)
    found = []
    for number, cluster in enumerate(clusters, 1):
        for tie in sorted(cluster, key=lambda tie: tie.rows.first.total):
            across = [one for one in agreeing if one.rows is tie.rows and one.counts]
            down = [one for one in agreeing if one.columns == tie.columns and one.counts]
            clear = id(tie) in signs and _clear(tie, cluster, against) and not _moved(tie, cluster)
            earned = clear and (
                (company and _has_company(tie, across, down))
                or (len(across) >= 2 and weight(across) >= SURE_ROW)
            )
            likely = clear and (
                (counted >= len(clusters) and weight(across) >= SAME_ROW)
                or (counted >= 2 * len(clusters) and weight(down) >= SURE_ROW)
            )
            sign = signs.get(id(tie), 1)
            found.append(
                Doubt(tie, sign, basis, number, earned, likely, company, tuple(across), tuple(down))
            )
    return found, basis


def _has_company(tie: Tie, across: Sequence[Tie], down: Sequence[Tie]) -> bool:
    """Whether other figures of the two columns, or rows, agree: the more, the less their headers
    say."""
    if not tie.sure:
        return len(down) >= 2 and len(down) + len(across) >= FEW
    return bool(down) or len(across) >= 2


def _clear(tie: Tie, cluster: Sequence[Tie], against: Sequence[Tie]) -> bool:
    """Whether headers and footnotes say nothing different, and the row differs by this amount
    alone, in a figure and its deviation. One that differs in all years is another row."""
    one, other = tie.columns
    if tie.rows.first.row.marks != tie.rows.second.row.marks:
        return False
    alike = {id(inside) for inside in cluster}
    beside = [row for row in against if row.rows is tie.rows and row is not tie]
    return one.words == other.words and all(
        id(row) in alike and tie.of_deviation != row.of_deviation for row in beside
    )


def _moved(tie: Tie, cluster: Sequence[Tie]) -> bool:
    """Whether another row of the column has too much what this one has too little: something was
    moved between the rows, which are not simply exchanged."""
    one, other = tie.values
    for counterpart in cluster:
        first, second = counterpart.values
        if counterpart.columns != tie.columns or (one > other) == (first > second):
            continue
        exchanged = abs(one - second) <= tie.tolerance and abs(first - other) <= tie.tolerance
        if not exchanged and not counterpart.rows.first.total and not tie.rows.first.total:
            return True
    return False


def comparable(pair: TablePair, doubt: Doubt) -> bool:
    """Whether no rows can account for the difference: any rows, where the row agrees in other
    columns, else those that only one of the tables has. A total of other rows is no other table's
    total, what is called the rest depends on what is listed, and two tables that divide one result
    by rows of their own may count gross and net."""
    tie, rows = doubt.tie, doubt.tie.rows
    if any(_divided_otherwise(pair, tie, one) for one in doubt.down):
        return tie.holds(-doubt.sign)
    if doubt.across:
        return scope(pair, [tie, *doubt.across], most=2) is None
    if rows.first.total or rows.second.total or rows.first.rest:
        return not any(_own_rows(pair, tie))
    return scope(pair, [tie], only_missing=True) is None


def _divided_otherwise(pair: TablePair, tie: Tie, result: Tie) -> bool:
    """Whether ``result`` is the bottom line of both tables, which agrees, and each makes it of
    several rows of its own."""
    lines = (result.rows.first, result.rows.second)
    ours = (tie.rows.first, tie.rows.second)
    below = all(a.row.index > b.row.index for a, b in zip(lines, ours, strict=True))
    total = lines[0].total or lines[1].total
    return below and total and min(_own_rows(pair, tie, lines)) >= SEVERAL


def _own_rows(
    pair: TablePair, tie: Tie, results: tuple[Line, Line] | None = None
) -> tuple[int, int]:
    """How many rows with figures in the tie's column each table has that the other has not, above
    ``results`` if that is given."""
    first = {rows.first.row.index for rows in pair.rows}
    second = {rows.second.row.index for rows in pair.rows}
    above = (results[0].row.index, results[1].row.index) if results else (None, None)
    return (
        _alone(pair.first, tie.first, first, above[0]),
        _alone(pair.second, tie.second, second, above[1]),
    )


def _alone(sheet: Sheet, figure: Figure, paired: Container[int], above: int | None) -> int:
    kind = figure.amount.unit.kind
    return sum(
        not line.total and line.figures[figure.column].amount.unit.kind is kind
        for line in sheet.lines
        if line.row.index not in paired and figure.column in line.figures
        if above is None or line.row.index < above
    )


def _clusters(against: Sequence[Tie], signs: Mapping[int, int]) -> list[list[Tie]]:
    """Differences that are one: of the same size in a figure, its total and its deviation."""
    gaps = {id(tie): tie.gap(signs.get(id(tie), 1)) for tie in against}
    found: list[list[Tie]] = []
    for tie in against:
        for cluster in found:
            apart = abs(gaps[id(tie)] - gaps[id(cluster[0])])
            if apart <= tie.tolerance + cluster[0].tolerance:
                cluster.append(tie)
                break
        else:
            found.append([tie])
    return found

"""Ties that do not hold and that nothing explains, and what speaks for taking them seriously."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.checks.ties.pairs import TablePair, Tie, weight
from audit.checks.ties.scope import scope
from audit.model import Basis

FEW = 3  # so many agreeing figures earn two tables the right to be compared
MOST = 3  # and so many for each that differs
SAME_ROW = 3  # digits that must agree for two rows of one name to be one
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
            clear = id(tie) in signs and _clear(tie, cluster, against)
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


def comparable(pair: TablePair, doubt: Doubt) -> bool:
    """Whether no rows can account for the difference: any rows, where the row agrees in other
    columns, else those that only one of the tables has. A total of other rows is no other table's
    total, and what is called the rest depends on what is listed."""
    rows = doubt.tie.rows
    if doubt.across:
        return scope(pair, [doubt.tie, *doubt.across], most=2) is None
    if rows.first.total or rows.second.total or rows.first.rest:
        return not _has_others(pair, doubt.tie)
    return scope(pair, [doubt.tie], only_missing=True) is None


def _has_others(pair: TablePair, tie: Tie) -> bool:
    """Whether one of the tables has rows in the tie's column that the other has not."""
    matched = (
        {rows.first.row.index for rows in pair.rows},
        {rows.second.row.index for rows in pair.rows},
    )
    return any(
        line.row.index not in taken and not line.total and slot.column.index in line.figures
        for sheet, taken, slot in zip((pair.first, pair.second), matched, tie.columns, strict=True)
        for line in sheet.lines
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

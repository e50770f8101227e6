"""What the ties of two tables amount to: which hold, which are explained, which accuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.checks.ties.pairs import TablePair, Tie, weight
from audit.checks.ties.scope import Scope, scope, telling
from audit.model import Basis

COMPANY = 6  # digits that agree by no chance
FEW = 3  # so many agreeing figures earn two tables the right to be compared
MOST = 3  # and so many for each that differs


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sign`` is -1 where the two tables write the row, or the column, with opposite signs.
    ``cluster`` numbers the differences that have one cause: a figure, its total, its deviation."""

    tie: Tie
    sign: int = 1
    scope: Scope | None = None
    open: bool = False  # the tables do not say enough to decide
    cluster: int = 0


def verdicts(pair: TablePair) -> tuple[list[Verdict], Basis]:
    """Every tie that says something, and what the ties of the two tables rest on."""
    signs = _signs(pair.ties)
    agreeing = [tie for tie in pair.ties if tie.holds(signs.get(id(tie), 1))]
    against = [tie for tie in pair.ties if not tie.holds(signs.get(id(tie), 1))]
    found = [
        Verdict(tie, signs[id(tie)])
        for tie in _trusted(agreeing, against, pair)
        if id(tie) in signs
    ]
    explained = list(_explained(pair, agreeing, against))
    named = {id(verdict.tie.rows) for verdict in explained}
    open_ties = [tie for tie in against if id(tie.rows) not in named]
    clusters = _clusters(open_ties)
    counted = sum(tie.counts and tie.digits > 1 for tie in agreeing)
    basis = Basis(False, counted, counted + len(clusters))
    if counted >= FEW and counted >= MOST * len(clusters):
        for number, cluster in enumerate(clusters, 1):
            found += _accused(pair, cluster, agreeing, signs, number)
    return found + explained, basis


def _signs(ties: Sequence[Tie]) -> dict[int, int]:
    """The sign by which each tie is to be read; none for those of a row whose signs are mixed
    without a rule.

    A row has one sign throughout, and so has a column; a deviation may be counted either way.
    """
    rows: dict[int, list[Tie]] = defaultdict(list)
    columns: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        columns[tie.first.column, tie.second.column].append(tie)
        rows[id(tie.rows)].append(tie)
    turned = {place: _turned(column) for place, column in columns.items()}
    found: dict[int, int] = {}
    for row in rows.values():
        plain = [t for t in row if t.counts and not _of_deviation(t)]
        same = [t for t in plain if t.holds(turned[t.first.column, t.second.column])]
        other = [t for t in plain if t.holds(-turned[t.first.column, t.second.column])]
        lone = len(other) == 1 and not same
        if same and other and len(same) < 2 * len(other):
            continue
        alone = lone and _lone_in_column(other[0], columns, turned)
        sign = -1 if len(other) > len(same) and not alone else 1
        for tie in row:
            usual = sign * turned[tie.first.column, tie.second.column]
            free = _of_deviation(tie) and tie.holds(-usual) and not tie.holds(usual)
            if not (alone and tie is other[0]):
                found[id(tie)] = -usual if free else usual
    return found


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
    return same >= FEW and sum(other.holds(-turned[place]) for other in held) == 1


def _of_deviation(tie: Tie) -> bool:
    return any("deviation" in slot.kind for slot in tie.columns)


def _trusted(agreeing: Sequence[Tie], against: Sequence[Tie], pair: TablePair) -> Iterator[Tie]:
    """Those that agree by no chance: three digits of an exact name, or company."""
    by_row = _by_row(agreeing)
    broken = _by_row(tie for tie in against if tie.counts)
    rows = len({id(tie.rows) for tie in pair.ties if tie.counts})
    held = sum(any(tie.counts for tie in row) for row in by_row.values())
    company = weight(agreeing) >= COMPANY and held >= 2 and 4 * held >= 3 * rows
    for place, row in by_row.items():
        strong = weight(row) >= (3 if row[0].rows.exact else 5) and place not in broken
        if strong or company:
            yield from row


def _by_row(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[id(tie.rows)].append(tie)
    return found


def _explained(
    pair: TablePair, agreeing: Sequence[Tie], against: Sequence[Tie]
) -> Iterator[Verdict]:
    """Rows that differ, by other rows of one of the tables.

    Where a row agrees in some columns only rows that the other table lacks can explain the rest.
    Tables that agree in nothing else must differ in this one row alone, a total, and only rows
    that the total counts explain it.
    """
    held = _by_row(tie for tie in agreeing if tie.counts)
    company = weight(agreeing) >= COMPANY and len(held) >= 2
    rows = _by_row(against)
    for place, row in rows.items():
        lone = len(rows) == 1 and (row[0].rows.first.total or row[0].rows.second.total)
        if not (company or lone) or not all(tie.sure for tie in row) or not telling(row):
            continue
        signs = (-1, 1) if company else (-1,)
        whole = [*row, *held.get(place, ())]
        if (found := scope(pair, whole, signs=signs, only_missing=place in held)) is not None:
            for tie in row:
                yield Verdict(tie, found.turned, found)


def _clusters(against: Iterable[Tie]) -> list[list[Tie]]:
    """Differences that are one: of the same size in a figure, its total and its deviation."""
    found: list[list[Tie]] = []
    for tie in against:
        if not tie.rows.exact:
            continue
        home = next((cluster for cluster in found if _same_size(tie, cluster[0])), None)
        if home is None:
            found.append([tie])
        else:
            home.append(tie)
    return found


def _gap(tie: Tie) -> Decimal:
    one, other = tie.values
    return abs(one - other)


def _same_size(one: Tie, other: Tie) -> bool:
    return abs(_gap(one) - _gap(other)) <= one.tolerance + other.tolerance


def _accused(
    pair: TablePair,
    cluster: Sequence[Tie],
    agreeing: Sequence[Tie],
    signs: dict[int, int],
    number: int,
) -> Iterator[Verdict]:
    for tie in sorted(cluster, key=lambda tie: tie.rows.first.total):
        across = [one for one in agreeing if one.rows is tie.rows and one.counts]
        down = [
            one
            for one in agreeing
            if one.columns == tie.columns and one.counts and one.rows is not tie.rows
        ]
        clear = (
            id(tie) in signs
            and tie.rows.exact
            and tie.columns[0].words == tie.columns[1].words
            and (tie.sure or len(down) >= FEW)
            and (down or len(across) >= 2)
            and not _elsewhere(tie, cluster, pair)
            and _comparable(pair, tie, across)
        )
        yield Verdict(tie, signs.get(id(tie), 1), None, not clear, number)


def _elsewhere(tie: Tie, cluster: Sequence[Tie], pair: TablePair) -> bool:
    """Whether the row differs in other columns too, by other amounts: it is another row then."""
    inside = {id(one) for one in cluster}
    row = [one for one in pair.ties if one.rows is tie.rows and one.counts]
    return any(id(one) not in inside and not one.holds(1) and not one.holds(-1) for one in row)


def _comparable(pair: TablePair, tie: Tie, across: Sequence[Tie]) -> bool:
    """Whether no row that only one of the tables has can account for the difference. A total of
    other rows is no other table's total, unless it agrees in other columns."""
    if not (tie.rows.first.total or tie.rows.second.total):
        row = [one for one in pair.ties if one.rows is tie.rows]
        return scope(pair, row, only_missing=True) is None
    matched = [
        {rows.first.row.index for rows in pair.rows},
        {rows.second.row.index for rows in pair.rows},
    ]
    return bool(across) or not any(
        line.row.index not in taken and not line.total and slot.column.index in line.figures
        for sheet, taken, slot in zip((pair.first, pair.second), matched, tie.columns, strict=True)
        for line in sheet.lines
    )

"""What the ties of two tables amount to: which hold, which are explained, which are doubted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.checks.ties.doubts import Doubt, doubts
from audit.checks.ties.pairs import TablePair, Tie, weight
from audit.checks.ties.scope import Scope, scope, telling
from audit.checks.ties.signs import signs
from audit.model import Basis

COMPANY = 6  # digits that agree by no chance


@dataclass(frozen=True, slots=True)
class Held:
    """A tie that holds, ``sign`` -1 where the tables write the row, or the column, with opposite
    signs; with ``scope``, it holds once those rows are counted."""

    tie: Tie
    sign: int
    basis: Basis
    scope: Scope | None = None


def verdicts(pair: TablePair) -> tuple[list[Held], list[Doubt]]:
    """What two tables say of each figure that they have in common."""
    read = signs(pair.ties)
    agreeing = [tie for tie in pair.ties if tie.holds(read.get(id(tie), 1))]
    against = [tie for tie in pair.ties if not tie.holds(read.get(id(tie), 1))]
    explained = list(_explained(pair, agreeing, against))
    named = {id(row[0].rows) for row, _ in explained}
    doubtful = [tie for tie in against if id(tie.rows) not in named]
    found, basis = doubts(doubtful, agreeing, read)
    held = [
        Held(tie, read[id(tie)], basis)
        for tie in _trusted(agreeing, against, pair)
        if id(tie) in read
    ]
    held += [Held(tie, rows.turned, basis, rows) for row, rows in explained for tie in row]
    return held, found


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
) -> Iterator[tuple[list[Tie], Scope]]:
    """Rows that differ, by other rows of one of the tables.

    Rows that the other table lacks come first; where a row agrees in some columns, only they can
    explain the rest.
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
        taken = (-1, 1) if company else (-1,)
        whole = [*row, *held.get(place, ())]
        found = scope(pair, whole, signs=taken, only_missing=True)
        if found is None and place not in held:
            found = scope(pair, whole, signs=taken)
        if found is not None:
            yield row, found

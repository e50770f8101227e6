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
ACCUSING = 8  # digits of the other columns' differences before rows that explain them accuse one


@dataclass(frozen=True, slots=True)
class Held:
    """A tie that holds, ``sign`` -1 where the tables write the row, or the column, with opposite
    signs; with ``scope``, it holds once those rows are counted. A ``spoilt`` one should: those rows
    explain all other columns of its row to the digit, and not this one."""

    tie: Tie
    sign: int
    basis: Basis
    scope: Scope | None = None
    spoilt: bool = False


def verdicts(pair: TablePair) -> tuple[list[Held], list[Doubt]]:
    """What two tables say of each figure that they have in common."""
    read = signs(pair.ties)
    agreeing = [tie for tie in pair.ties if tie.holds(read.get(id(tie), 1))]
    against = [tie for tie in pair.ties if not tie.holds(read.get(id(tie), 1))]
    explained = list(_explained(pair, agreeing, against))
    spoilt = list(_spoilt(pair, agreeing, against))
    named = {id(row[0].rows) for row, _ in (*explained, *spoilt)}
    doubtful = [tie for tie in against if id(tie.rows) not in named]
    found, basis = doubts(doubtful, agreeing, read)
    held = [
        Held(tie, read[id(tie)], basis)
        for tie in _trusted(agreeing, against, pair)
        if id(tie) in read
    ]
    held += [Held(tie, rows.turned, basis, rows) for row, rows in explained for tie in row]
    for row, rows in spoilt:
        *sound, wrong = row
        held += [Held(tie, rows.turned, basis, rows) for tie in sound]
        held.append(Held(wrong, rows.turned, Basis(False, len(sound), len(row)), rows, spoilt=True))
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
    for place, row, taken in _explainable(agreeing, against):
        if not telling(row):
            continue
        whole = [*row, *held.get(place, ())]
        found = scope(pair, whole, signs=taken, only_missing=True)
        if found is None and place not in held:
            found = scope(pair, whole, signs=taken)
        if found is not None:
            yield row, found


def _spoilt(
    pair: TablePair, agreeing: Sequence[Tie], against: Sequence[Tie]
) -> Iterator[tuple[list[Tie], Scope]]:
    """Rows that differ by other rows in all columns but one, which comes last: rows of which one
    or two account for the others, and that fit once only, whichever column is left out. A column
    that only counts the other way, as deviations do, is none."""
    held = _by_row(tie for tie in agreeing if tie.counts)
    for place, row, taken in _explainable(agreeing, against):
        if place in held or scope(pair, row, signs=taken) is not None:
            continue
        found = []
        for wrong in row:
            sound = [tie for tie in row if tie is not wrong]
            if telling(sound, ACCUSING):
                rows = scope(pair, sound, signs=taken, most=2)
                if rows is not None and rows.whole(wrong) and not rows.turns(wrong):
                    found.append(([*sound, wrong], rows))
        if len(found) == 1:
            yield found[0]


def _explainable(
    agreeing: Sequence[Tie], against: Sequence[Tie]
) -> Iterator[tuple[int, list[Tie], tuple[int, ...]]]:
    """The rows that differ and that other rows may explain, and whether these may be taken off
    (-1) and put to (1): tables that agree in nothing else must differ in this one row alone."""
    held = _by_row(tie for tie in agreeing if tie.counts)
    company = weight(agreeing) >= COMPANY and len(held) >= 2
    rows = _by_row(against)
    for place, row in rows.items():
        lone = len(rows) == 1 and (row[0].rows.first.total or row[0].rows.second.total)
        if (company or lone) and all(tie.sure for tie in row):
            yield place, row, (-1, 1) if company else (-1,)

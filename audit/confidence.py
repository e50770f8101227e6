"""How surely each table was read: what lines up, what two readers agree on, what adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from audit.diagnosis import Key, borne_out, key
from audit.model import Comparison, Confidence, Confirmation, Grid, Reading, Report

CENT = Decimal("0.01")
UNPROVEN = Decimal("0.99")  # what only lines up is never quite certain
EVEN = Decimal("0.5")  # the report or its reading is wrong, and nothing says which


def confidence(
    report: Report, comparisons: Sequence[Comparison], confirmations: Mapping[int, Confirmation]
) -> dict[str, Confidence]:
    """The confidence of each table, by its id.

    It is the mean over the table's figures of what speaks for each of them:

    - 0 where a second reader saw other digits;
    - 1 where an equation bears the figure out (arithmetic is the checksum of reading), or a
      second reader saw the same digits in the same place;
    - one half where an equation fails and no second reader could tell;
    - the reader's own alignment, at most 0.99, for all the others and for a table without figures.

    ``comparisons`` are settled, and ``confirmations`` are by place in them. The mean is rounded
    down, so that 1 means that every figure is borne out.
    """
    agreement = _agreement(comparisons, confirmations)
    arithmetic = _arithmetic(comparisons)
    return {grid.table.id: _table(grid, agreement, arithmetic) for grid in report.grids}


@dataclass(frozen=True, slots=True)
class _Agreement:
    """The figures that a second reader was asked about, saw alike, and saw otherwise."""

    asked: frozenset[Key]
    alike: frozenset[Key]
    otherwise: frozenset[Key]


@dataclass(frozen=True, slots=True)
class _Arithmetic:
    """The figures that equations bear out, those of equations that fail, and for each table how
    its equations end."""

    proven: frozenset[Key]
    failing: frozenset[Key]
    ends: Mapping[str, Sequence[bool]]


def _agreement(
    comparisons: Sequence[Comparison], confirmations: Mapping[int, Confirmation]
) -> _Agreement:
    asked: set[Key] = set()
    alike: set[Key] = set()
    otherwise: set[Key] = set()
    for index, seen in confirmations.items():
        every = comparisons[index].figures
        asked.update(key(figure) for figure in every)
        if seen.reading is Reading.CONFIRMED:
            alike.update(key(figure) for figure in every)
        otherwise.update(key(figure) for figure in every if figure.source.box in seen.seen)
    return _Agreement(frozenset(asked), frozenset(alike - otherwise), frozenset(otherwise))


def _arithmetic(comparisons: Sequence[Comparison]) -> _Arithmetic:
    proven: set[Key] = set()
    failing: set[Key] = set()
    ends: dict[str, list[bool]] = {}
    for comparison in comparisons:
        equation = comparison.remark is None and comparison.low == comparison.high
        if equation and not comparison.undecided:
            if comparison.holds:
                proven.update(map(key, borne_out(comparison)))
            else:
                failing.update(map(key, comparison.figures))
            ends.setdefault(comparison.stated.table, []).append(comparison.holds)
    return _Arithmetic(frozenset(proven), frozenset(failing), ends)


def _table(grid: Grid, agreement: _Agreement, arithmetic: _Arithmetic) -> Confidence:
    places = {key(figure) for figure in grid.figures.values()}
    alignment = min(Decimal(str(grid.table.confidence)), UNPROVEN)
    wrong = places & agreement.otherwise
    sure = places & (agreement.alike | arithmetic.proven) - wrong
    even = places & arithmetic.failing - sure - wrong
    rest = len(places) - len(wrong) - len(sure) - len(even)
    right = len(sure) + EVEN * len(even) + alignment * rest
    ends = arithmetic.ends.get(grid.table.id, ())
    return Confidence(
        share=(right / len(places) if places else alignment).quantize(CENT, ROUND_DOWN),
        alignment=grid.table.confidence,
        asked=len(places & agreement.asked),
        agreed=len(places & agreement.alike),
        tested=len(ends),
        held=sum(ends),
    )

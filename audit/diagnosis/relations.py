"""Which figures stand in which relations, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.model import Comparison, Figure, Passage

Key = tuple[str, int, int]  # table, row, column


def key(figure: Figure) -> Key:
    """Where a figure stands; its identity among the figures of tables."""
    return (figure.table, figure.row, figure.column)


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    """The stated figure and then the terms'."""
    return (comparison.stated, *(term.figure for term in comparison.terms))


def borne_out(comparison: Comparison) -> tuple[Figure, ...]:
    """The figures whose digits an equation that holds bears out: of a percentage only itself."""
    return (comparison.stated,) if comparison.quotient else figures(comparison)


def remainder(comparison: Comparison, changes: Mapping[Key, Decimal]) -> Decimal:
    """How far an equation's sides are apart with the figures at ``changes`` replaced, in base
    units and without sign."""
    return comparison.remainder(lambda figure: changes.get(key(figure), figure.amount.value))


def holds_with(comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
    """Whether an equation holds with the figures at ``changes`` replaced."""
    return remainder(comparison, changes) <= comparison.tolerance


def parties(comparison: Comparison) -> frozenset[Key]:
    """Where the figures stand that make the equation, those that are zero left out."""
    return frozenset(key(figure) for figure in figures(comparison) if figure.amount.value)


def same_relation(one: Comparison, other: Comparison) -> bool:
    """Whether two equations say the same: they tie the same figures to each other."""
    equations = one.low == one.high and other.low == other.high
    return equations and parties(one) == parties(other)


@dataclass(frozen=True, slots=True)
class Relations:
    """All equations of a report, by the figures that stand in them."""

    by_figure: Mapping[Key, Sequence[Comparison]]
    stated_right: Mapping[Key, Decimal]  # what each failing equation says its figure should be

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> Relations:
        held: dict[Key, list[Comparison]] = {}
        right: dict[Key, Decimal] = {}
        for comparison in comparisons:
            if comparison.undecided or comparison.remark or comparison.low != comparison.high:
                continue
            if isinstance(comparison.stated.source, Passage):
                continue  # text that quotes a table proves nothing of its cells
            for figure in figures(comparison):
                held.setdefault(key(figure), []).append(comparison)
            if not comparison.holds:
                right[key(comparison.stated)] = comparison.expected
        return cls(held, right)

    def around(self, figure: Figure) -> Sequence[Comparison]:
        return self.by_figure.get(key(figure), ())

    def effect(self, changes: Mapping[Key, Decimal], but: Comparison) -> tuple[int, int]:
        """How many other relations the changed values mend, and how many they break. What holds
        again once the other failing figures are put right too is not broken: two copied figures
        may agree with each other. What several rules say of the same figures counts once."""
        touched = {
            parties(comparison): comparison
            for place in changes
            for comparison in self.by_figure.get(place, ())
        }
        touched.pop(parties(but), None)
        mended = broken = 0
        for comparison in touched.values():
            holds = holds_with(comparison, changes)
            mended += holds and not comparison.holds
            broken += (
                comparison.holds
                and not holds
                and not holds_with(comparison, {**self.stated_right, **changes})
            )
        return mended, broken


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The figures of a report by their row and by their column."""

    rows: Mapping[tuple[str, int], Sequence[Figure]]
    columns: Mapping[tuple[str, int], Sequence[Figure]]

    @classmethod
    def of(cls, every: Iterable[Figure]) -> Surroundings:
        rows: dict[tuple[str, int], list[Figure]] = {}
        columns: dict[tuple[str, int], list[Figure]] = {}
        for figure in every:
            rows.setdefault((figure.table, figure.row), []).append(figure)
            columns.setdefault((figure.table, figure.column), []).append(figure)
        return cls(rows, columns)

    def row(self, figure: Figure) -> list[Figure]:
        """The other figures of its row."""
        held = self.rows.get((figure.table, figure.row), ())
        return [other for other in held if key(other) != key(figure)]

    def column(self, figure: Figure) -> list[Figure]:
        """The other figures of its column."""
        held = self.columns.get((figure.table, figure.column), ())
        return [other for other in held if key(other) != key(figure)]

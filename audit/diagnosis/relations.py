"""Which figures stand in which relations, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.model import Comparison, Figure, Passage

Key = tuple[str, int, int]  # table, row, column


def key(figure: Figure) -> Key:
    """Where a figure stands; its identity among the figures of tables."""
    return (figure.table, figure.row, figure.column)


def borne_out(comparison: Comparison) -> tuple[Figure, ...]:
    """The figures whose digits an equation that holds bears out: of a percentage only itself."""
    return (comparison.stated,) if comparison.quotient else comparison.figures


def remainder(comparison: Comparison, changes: Mapping[Key, Decimal]) -> Decimal:
    """How far an equation's sides are apart with the figures at ``changes`` replaced, in base
    units and without sign."""
    return comparison.remainder(lambda figure: changes.get(key(figure), figure.amount.value))


def holds_with(comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
    """Whether an equation holds with the figures at ``changes`` replaced."""
    return remainder(comparison, changes) <= comparison.tolerance


def solved(share: Comparison, figure: Figure) -> tuple[Decimal, Decimal] | None:
    """What a figure that a share in percent is made of must be for it to be what is printed, and
    how far from that rounding lets it be, in base units; None where the figure does not matter."""
    # With x for the figure the share is 100 (ax + b) / (cx + d).
    zero, percent = Decimal(0), share.stated.amount.value
    mine = [term for term in share.terms if key(term.figure) == key(figure)]
    others = [term for term in share.terms if key(term.figure) != key(figure)]
    a, c = (sum((t.factor for t in mine if t.below is below), zero) for below in (False, True))
    b, d = (
        sum((t.factor * t.figure.amount.value for t in others if t.below is below), zero)
        for below in (False, True)
    )
    slope, divisor = 100 * (a * d - b * c), 100 * a - percent * c
    if not slope or not divisor:
        return None
    value = (percent * d - 100 * b) / divisor
    return value, share.tolerance * (c * value + d) ** 2 / abs(slope)


def bounded_with(comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
    """Whether a figure keeps to the bound that one other figure is, with those at ``changes``
    replaced; never for bounds that several figures make."""
    if len(comparison.terms) != 1:
        return False
    stated, (term,) = comparison.stated, comparison.terms
    value = changes.get(key(stated), stated.amount.value)
    bound = changes.get(key(term.figure), term.figure.amount.value)
    shift = term.factor * (bound - term.figure.amount.value)
    nearest = min(max(value, comparison.low + shift), comparison.high + shift)
    return abs(value - nearest) <= comparison.tolerance


def parties(comparison: Comparison) -> frozenset[Key]:
    """Where the figures stand that make the equation, those that are zero left out."""
    return frozenset(key(figure) for figure in comparison.figures if figure.amount.value)


def same_relation(one: Comparison, other: Comparison) -> bool:
    """Whether two equations say the same: they tie the same figures to each other."""
    equations = one.low == one.high and other.low == other.high
    return equations and parties(one) == parties(other)


def turned(comparison: Comparison) -> Comparison:
    """The same difference taken the other way round."""
    terms = tuple(replace(term, factor=-term.factor) for term in comparison.terms)
    return replace(comparison, low=-comparison.high, high=-comparison.low, terms=terms)


def _direction(comparison: Comparison) -> frozenset[tuple[Decimal, int]]:
    """Which column counts plus in a difference of two columns, empty for what is none."""
    signs = [(term.factor, term.figure.column) for term in comparison.terms]
    if len(signs) != 2 or signs[0][0] != -signs[1][0] or not comparison.group:
        return frozenset()
    return frozenset(signs)


def _only_turned(comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
    """Whether both sides of a difference have changed places: its sign was read from them."""
    both = bool(_direction(comparison)) and all(key(t.figure) in changes for t in comparison.terms)
    return both and holds_with(turned(comparison), changes)


@dataclass(frozen=True, slots=True)
class Relations:
    """All equations of a report, by the figures that stand in them."""

    by_figure: Mapping[Key, Sequence[Comparison]]
    stated_right: Mapping[Key, Decimal]  # what each failing equation says its figure should be
    hints: Mapping[Key, Sequence[Comparison]]  # what can bear out, but not refute
    both_ways: frozenset[
        str
    ]  # groups of differences, taken in some rows one way, in some the other

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> Relations:
        """Text that quotes a table proves nothing of its cells, and what is not decided nothing of
        what stands in it. But where they hold with another number, that speaks for it."""
        held: dict[Key, list[Comparison]] = {}
        hints: dict[Key, list[Comparison]] = {}
        right: dict[Key, Decimal] = {}
        directions: dict[str, set[frozenset[tuple[Decimal, int]]]] = {}
        for comparison in comparisons:
            if comparison.remark or comparison.low != comparison.high or not comparison.terms:
                continue
            quoted = isinstance(comparison.stated.source, Passage)
            hint = quoted or bool(comparison.undecided)
            if hint and abs(comparison.difference) <= comparison.tolerance:
                continue
            for figure in comparison.figures:
                (hints if hint else held).setdefault(key(figure), []).append(comparison)
            if hint:
                continue
            if not comparison.holds:
                right[key(comparison.stated)] = comparison.expected
            elif comparison.stated.amount.value and (direction := _direction(comparison)):
                directions.setdefault(comparison.group, set()).add(direction)
        both = frozenset(group for group, shown in directions.items() if len(shown) > 1)
        return cls(held, right, hints, both)

    def around(self, figure: Figure) -> Sequence[Comparison]:
        return self.by_figure.get(key(figure), ())

    def turned(self, comparison: Comparison) -> Comparison | None:
        """A difference taken the other way round, where its column knows both ways: the way of a
        row is read from its figures, and a wrong one misleads. None where that is settled: it
        holds one of the ways with what is printed."""
        if comparison.group not in self.both_ways or not _direction(comparison):
            return None
        other = turned(comparison)
        return None if not comparison.holds and other.holds else other

    def holds_with(self, comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
        """Whether an equation holds with the changed values, in either way that it may be meant."""
        if holds_with(comparison, changes):
            return True
        other = self.turned(comparison)
        return other is not None and holds_with(other, changes)

    def effect(self, changes: Mapping[Key, Decimal], but: Comparison) -> tuple[int, int]:
        """How many other relations the changed values mend, and how many they break. What holds
        again once the other failing figures are put right too is not broken: two copied figures
        may agree with each other. What several rules say of the same figures counts once."""
        touched = self._touched(self.by_figure, changes, but)
        mended = broken = 0
        for comparison in touched.values():
            holds = self.holds_with(comparison, changes)
            mended += holds and not comparison.holds
            broken += (
                comparison.holds
                and not holds
                and not holds_with(comparison, {**self.stated_right, **changes})
                and not _only_turned(comparison, changes)
            )
        hinted = self._touched(self.hints, changes, but)
        for place, comparison in hinted.items():
            mended += place not in touched and holds_with(comparison, changes)
        return mended, broken

    @staticmethod
    def _touched(
        held: Mapping[Key, Sequence[Comparison]], changes: Iterable[Key], but: Comparison
    ) -> dict[frozenset[Key], Comparison]:
        touched = {
            parties(comparison): comparison
            for place in changes
            for comparison in held.get(place, ())
        }
        touched.pop(parties(but), None)
        return touched


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The figures of a report by their row, by their column and by what their row is called."""

    rows: Mapping[tuple[str, int], Sequence[Figure]]
    columns: Mapping[tuple[str, int], Sequence[Figure]]
    labels: Mapping[str, Sequence[Figure]]

    @classmethod
    def of(cls, every: Iterable[Figure]) -> Surroundings:
        rows: dict[tuple[str, int], list[Figure]] = {}
        columns: dict[tuple[str, int], list[Figure]] = {}
        labels: dict[str, list[Figure]] = {}
        for figure in every:
            rows.setdefault((figure.table, figure.row), []).append(figure)
            columns.setdefault((figure.table, figure.column), []).append(figure)
            labels.setdefault(folded(figure.label), []).append(figure)
        return cls(rows, columns, labels)

    def row(self, figure: Figure) -> list[Figure]:
        """The other figures of its row."""
        held = self.rows.get((figure.table, figure.row), ())
        return [other for other in held if key(other) != key(figure)]

    def column(self, figure: Figure) -> list[Figure]:
        """The other figures of its column."""
        held = self.columns.get((figure.table, figure.column), ())
        return [other for other in held if key(other) != key(figure)]

    def elsewhere(self, figure: Figure) -> list[Figure]:
        """The figures of rows of its name in other tables; none for a row without a name."""
        held = self.labels.get(folded(figure.label), ()) if figure.label else ()
        return [other for other in held if other.table != figure.table]


def folded(label: str) -> str:
    return " ".join(label.casefold().split())

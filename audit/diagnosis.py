"""The likeliest cause of a difference: hypotheses that explain it exactly, ranked.

Kinds, permanent words: ``copied-neighbour`` (the suspect prints the figure of another column of
its row; ``others`` holds it), ``sign-flipped``, ``rows-exchanged`` and ``columns-exchanged``
(``others`` holds the figure exchanged with), ``transposed-digits``, ``mistyped-digit``, ``scale``
(ten-, hundred- or thousand-fold), ``row-left-out`` and ``row-counted-twice`` (``others`` holds
the row's figure), ``unknown`` (only the cell is known: it is where failing relations cross).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.model import Comparison, Diagnosis, Figure

Key = tuple[str, int, int]  # table, row, column

RANK = (
    "sign-flipped",
    "copied-neighbour",
    "transposed-digits",
    "mistyped-digit",
    "scale",
    "unknown",
)
SLIPS = frozenset({"transposed-digits", "mistyped-digit"})
SCALES = (Decimal(1000), Decimal(100), Decimal(10))


def key(figure: Figure) -> Key:
    """Where a figure stands; its identity among the figures of tables."""
    return (figure.table, figure.row, figure.column)


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    return (comparison.stated, *(term.figure for term in comparison.terms))


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
        may agree with each other."""
        touched = {
            id(comparison): comparison
            for place in changes
            for comparison in self.by_figure.get(place, ())
            if comparison is not but
        }
        mended = broken = 0
        for comparison in touched.values():
            holds = _holds(comparison, changes)
            mended += holds and not comparison.holds
            broken += (
                comparison.holds
                and not holds
                and not _holds(comparison, {**self.stated_right, **changes})
            )
        return mended, broken


def _holds(comparison: Comparison, changes: Mapping[Key, Decimal]) -> bool:
    """Whether an equation holds with the figures at ``changes`` replaced."""

    def change(figure: Figure) -> Decimal:
        return changes.get(key(figure), figure.amount.value) - figure.amount.value

    shift = sum((term.factor * change(term.figure) for term in comparison.terms), Decimal(0))
    value = comparison.stated.amount.value + change(comparison.stated)
    return abs(value - comparison.low - shift) <= comparison.tolerance


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


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    kind: str
    suspect: Figure
    proposed: Decimal
    others: tuple[Figure, ...]
    mended: int
    broken: int


def diagnose(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Diagnosis | None:
    """The likeliest cause of a relation's failing, or None where nothing explains it.

    A slip of the hand in a part is believed only where another relation bears it out or no other
    cell could hold such a slip.
    """
    if comparison.low != comparison.high:
        return _exchanged(comparison, relations)
    found = [
        *_exchanges(comparison, relations, around),
        *_cells(comparison, relations, around),
    ]
    sound = [one for one in found if not one.broken]
    stated = comparison.stated
    # That two years print the same figure is common: a part is called copied only with proof.
    sound = [
        one
        for one in sound
        if one.mended or one.kind != "copied-neighbour" or one.suspect is stated
    ]
    slips = [one for one in sound if one.kind in SLIPS and not one.mended]
    if len(slips) > 1:
        sound = [one for one in sound if one not in slips or one.suspect is stated]
    sound = [one for one in sound if one.mended or one.kind != "unknown"]
    if not sound:
        return _counted(comparison, around)
    best = max(
        sound,
        key=lambda one: (
            one.mended,
            one.kind != "unknown",
            -_order(one.kind),
            one.suspect is stated,
        ),
    )
    return Diagnosis(best.kind, best.suspect, best.proposed, best.others, best.mended)


def _exchanged(comparison: Comparison, relations: Relations) -> Diagnosis | None:
    """For a bound that fails: the row that another relation of the same group says it has changed
    places with."""
    stated = comparison.stated
    for other in relations.around(stated):
        names_it = any(key(term.figure) == key(stated) for term in other.terms)
        if names_it and other.group and other.group == comparison.group and not other.holds:
            return Diagnosis(
                "rows-exchanged", stated, other.stated.amount.value, (other.stated,), 1
            )
    return None


def _order(kind: str) -> int:
    return RANK.index(kind) if kind in RANK else -1


def _cells(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Iterator[_Hypothesis]:
    """One wrong cell: each figure of the relation with the value that would mend it."""
    for figure, proposed in _proposals(comparison):
        mended, broken = relations.effect({key(figure): proposed}, comparison)
        for kind, others in _kinds(figure, proposed, comparison, around):
            yield _Hypothesis(kind, figure, proposed, others, mended, broken)


def _proposals(comparison: Comparison) -> Iterator[tuple[Figure, Decimal]]:
    yield comparison.stated, comparison.expected
    for term in comparison.terms:
        yield term.figure, term.figure.amount.value + term.factor * comparison.difference


def _kinds(
    figure: Figure, proposed: Decimal, comparison: Comparison, around: Surroundings
) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    printed = figure.amount.value
    copied = [other for other in around.row(figure) if other.amount.value == printed != 0]
    if copied:
        yield "copied-neighbour", (min(copied, key=lambda o: abs(o.column - figure.column)),)
    if printed and abs(printed + proposed) <= comparison.tolerance:
        yield "sign-flipped", ()
    yield from ((kind, ()) for kind in _digit_slips(figure, proposed))
    yield "unknown", ()


def _digit_slips(figure: Figure, proposed: Decimal) -> Iterator[str]:
    """What slip of the hand makes the printed digits of the proposed ones."""
    step = figure.amount.step
    if proposed % step or (figure.amount.value < 0) != (proposed < 0):
        return
    one, other = (str(abs(int(value / step))) for value in (figure.amount.value, proposed))
    if transposed(one, other):
        yield "transposed-digits"
    elif mistyped(one, other):
        yield "mistyped-digit"
    if figure.amount.value in [proposed * scale for scale in SCALES] or proposed in [
        figure.amount.value * scale for scale in SCALES
    ]:
        yield "scale"


def transposed(one: str, other: str) -> bool:
    """Whether two neighbouring digits have changed places, and nothing else."""
    if len(one) != len(other) or one == other:
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    i, j = places
    return one[i] == other[j] and one[j] == other[i]


def mistyped(one: str, other: str) -> bool:
    """Whether one digit differs, in numbers of at least two."""
    if len(one) != len(other) or len(one) < 2:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _exchanges(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Iterator[_Hypothesis]:
    """Two cells of one column (or row) that have changed places: both in the relation, or one
    in it and one beside it."""
    terms = comparison.terms
    pairs = [
        (one.figure, other.figure)
        for i, one in enumerate(terms)
        for other in terms[i + 1 :]
        if one.factor != other.factor
    ]
    for one, other in pairs:
        changes = {key(one): other.amount.value, key(other): one.amount.value}
        if one.amount.value == other.amount.value or not _holds(comparison, changes):
            continue
        kind = "rows-exchanged" if one.column == other.column else "columns-exchanged"
        mended, broken = relations.effect(changes, comparison)
        yield _Hypothesis(kind, one, other.amount.value, (other,), mended, broken)
    for figure, proposed in _proposals(comparison):
        for other in _holders(proposed, figure, around):
            changes = {key(figure): proposed, key(other): figure.amount.value}
            mended, broken = relations.effect(changes, comparison)
            if mended:
                kind = "rows-exchanged" if figure.column == other.column else "columns-exchanged"
                yield _Hypothesis(kind, figure, proposed, (other,), mended, broken)


def _holders(value: Decimal, figure: Figure, around: Surroundings) -> Iterator[Figure]:
    """Other cells of the figure's row or column that print ``value``."""
    for other in (*around.column(figure), *around.row(figure)):
        if other.amount.value == value != 0:
            yield other


def _counted(comparison: Comparison, around: Surroundings) -> Diagnosis | None:
    """A row left out of a sum or counted twice in it: the difference is its figure."""
    stated, difference = comparison.stated, comparison.difference
    inside = {key(figure) for figure in figures(comparison)}
    columns = {figure.column for figure in figures(comparison)}
    if len(comparison.terms) < 2 or len(columns) != 1:
        return None
    for other in around.column(stated):
        value = other.amount.value
        if not value or abs(abs(value) - abs(difference)) > comparison.tolerance:
            continue
        left_out = key(other) in inside and (difference < 0) == (value > 0)
        kind = "row-left-out" if left_out else "row-counted-twice"
        return Diagnosis(kind, stated, comparison.expected, (other,))
    return None

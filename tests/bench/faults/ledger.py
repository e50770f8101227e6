"""Exact numbers, where they are printed, and what must hold between them.

Amounts are kronor, counts or percent: base units, exact. What is printed is each number rounded
for itself to its ``step``, as real reports do; so totals of printed figures may be a little off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
HALF = Decimal("0.5")
UNITS = {"tkr": 3, "mnkr": 6, "antal": 0, "%": 0}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a number stands: sheet, line and column, or "prose", key and nothing."""

    sheet: str
    line: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number and what its last printed digit is worth."""

    exact: Decimal
    step: Decimal

    @property
    def printed(self) -> Decimal:
        return (self.exact / self.step).quantize(Decimal(1), ROUND_HALF_UP) * self.step


@dataclass(frozen=True, slots=True)
class Line:
    """A row. ``formula`` has the factors of the lines that it sums; ``look`` is "total",
    "of-which", "heading" or nothing. In a ``turned`` line differences of columns count the other
    way: more income than budgeted is a surplus, where more cost is a deficit."""

    key: str
    label: str
    formula: tuple[tuple[int, str], ...] = ()
    look: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column. ``formula`` has the factors of the columns that it is the sum of."""

    key: str
    text: str
    formula: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be printed."""

    name: str
    title: str
    unit: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    decimals: int = 0

    @property
    def step(self) -> Decimal:
        return Decimal(1).scaleb(UNITS[self.unit] - self.decimals)

    def place(self, line: str, column: str) -> Place:
        return Place(self.name, line, column)


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold: ``terms`` (factor, place) add up to zero; or, for a ``quotient``, the first
    place is 100 times the second by the third, less 100 if it is a ``growth``; or, ``between``, the
    first lies between the others."""

    kind: str
    terms: tuple[tuple[int, Place], ...]
    quotient: bool = False
    growth: bool = False
    between: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for _, place in self.terms)


@dataclass(frozen=True, slots=True)
class Story:
    """A whole report. ``prose`` has the paragraphs after each sheet, in which ``signs`` says which
    word of ``{?key:plus|minus}`` is true; ``spoilt`` overrules what is printed at a place,
    ``turned`` has the keys whose word is the wrong one, and ``date`` stands for ``{date}``."""

    seed: int
    organisation: str
    title: str
    sheets: tuple[Sheet, ...]
    quantities: Mapping[Place, Quantity]
    relations: tuple[Relation, ...]
    prose: Mapping[str, tuple[str, ...]]
    decimals: Mapping[str, int]
    signs: Mapping[str, bool]
    date: str
    spoilt: Mapping[Place, Decimal] = field(default_factory=dict)
    turned: frozenset[str] = frozenset()

    def printed(self, place: Place) -> Decimal:
        spoilt = self.spoilt.get(place)
        return self.quantities[place].printed if spoilt is None else spoilt

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def with_spoilt(self, changes: Mapping[Place, Decimal]) -> Story:
        return replace(self, spoilt={**self.spoilt, **changes})

    def holds(self, relation: Relation) -> bool:
        """Whether what is printed may be rounded from numbers that obey ``relation``."""
        low, high = self.margin(relation)
        return low <= 0 <= high

    def margin(self, relation: Relation) -> tuple[Decimal, Decimal]:
        """Between what bounds stated less expected lies, for all that rounding may have hidden."""
        if relation.quotient:
            return self._quotient(relation)
        if relation.between:
            return self._between(relation)
        middle = sum((factor * self.printed(place) for factor, place in relation.terms), ZERO)
        slack = sum(
            (abs(factor) * self.quantities[place].step for factor, place in relation.terms), ZERO
        )
        return middle - slack / 2, middle + slack / 2

    def _quotient(self, relation: Relation) -> tuple[Decimal, Decimal]:
        (_, stated), (sign, part), (_, whole) = relation.terms
        corners = [
            100 * sign * one / other - (100 if relation.growth else 0)
            for one in self._bounds(part)
            for other in self._bounds(whole)
            if other
        ]
        low, high = self._bounds(stated)
        return low - max(corners), high - min(corners)

    def _between(self, relation: Relation) -> tuple[Decimal, Decimal]:
        low, high = self._bounds(relation.terms[0][1])
        others = [bound for _, place in relation.terms[1:] for bound in self._bounds(place)]
        return low - max(others), high - min(others)

    def _bounds(self, place: Place) -> tuple[Decimal, Decimal]:
        half = self.quantities[place].step * HALF
        return self.printed(place) - half, self.printed(place) + half

    def broken(self) -> list[Relation]:
        return [relation for relation in self.relations if not self.holds(relation)]

    def about(self, place: Place) -> list[Relation]:
        return [relation for relation in self.relations if place in relation.places]


# --- writing sheets down ----------------------------------------------------------------------

_TERM = re.compile(r"([+-]?)\s*([\w.]+)")


def lines(template: str) -> tuple[Line, ...]:
    """Lines of ``key | label | formula``: a label in ``**`` is a total, with ``# `` a heading, with
    ``> `` an of-which row."""
    return tuple(_line(text) for text in template.strip().splitlines())


def _line(text: str) -> Line:
    key, label, *rest = (part.strip() for part in text.split("|"))
    formula = parsed(rest[0]) if rest else ()
    if label.startswith("**"):
        return Line(key, label.strip("*"), formula, "total")
    if label.startswith("# "):
        return Line(key, label[2:], look="heading")
    if label.startswith("> "):
        return Line(key, label[2:], formula, "of-which")
    return Line(key, label, formula)


def heads(template: str, **words: object) -> tuple[Head, ...]:
    """Columns ``key = head``, or ``key = head : formula``, one a line; ``words`` fill it in."""
    found = []
    for text in template.strip().splitlines():
        key, _, rest = (part.strip() for part in text.partition("="))
        head, _, formula = (part.strip() for part in rest.partition(" : "))
        found.append(Head(key, head.format(**words), parsed(formula)))
    return tuple(found)


def parsed(formula: str) -> tuple[tuple[int, str], ...]:
    return tuple((-1 if sign == "-" else 1, key) for sign, key in _TERM.findall(formula))


# --- adding up --------------------------------------------------------------------------------


@dataclass(slots=True)
class Ledger:
    """A report in the making."""

    quantities: dict[Place, Quantity] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    def exact(self, place: Place) -> Decimal:
        return self.quantities[place].exact

    def add(self, sheet: Sheet, leaf: Callable[[str, str], Decimal | None]) -> Sheet:
        """Fill ``sheet``: leaves as ``leaf`` (line, column) says, None for a blank; the rest by the
        formulas of its lines and columns, which become relations."""
        for head in sheet.heads:
            for line in sheet.lines:
                if line.look != "heading":
                    self._fill(sheet, line, head, leaf)
        for line in sheet.lines:
            for head in sheet.heads:
                self._relate(sheet, line, head)
        self.sheets.append(sheet)
        return sheet

    def _fill(
        self, sheet: Sheet, line: Line, head: Head, leaf: Callable[[str, str], Decimal | None]
    ) -> None:
        place = sheet.place(line.key, head.key)
        value: Decimal | None
        if head.formula:
            way = -1 if line.turned else 1
            parts = [(way * factor, sheet.place(line.key, key)) for factor, key in head.formula]
            value = self._sum(parts)
        elif line.formula:
            # Lines may sum lines below them (a heading with an amount).
            value = self._line(sheet, line, head, leaf)
        else:
            value = leaf(line.key, head.key)
        if value is not None:
            self.quantities[place] = Quantity(value, sheet.step)

    def _line(
        self, sheet: Sheet, line: Line, head: Head, leaf: Callable[[str, str], Decimal | None]
    ) -> Decimal:
        by_key = {other.key: other for other in sheet.lines}
        total = ZERO
        for factor, key in line.formula:
            other = by_key[key]
            value = self._line(sheet, other, head, leaf) if other.formula else leaf(key, head.key)
            total += factor * (value or ZERO)
        return total

    def _sum(self, parts: Iterable[tuple[int, Place]]) -> Decimal | None:
        known = [(factor, self.exact(p)) for factor, p in parts if p in self.quantities]
        return sum((factor * value for factor, value in known), ZERO) if known else None

    def _relate(self, sheet: Sheet, line: Line, head: Head) -> None:
        here = sheet.place(line.key, head.key)
        if here not in self.quantities:
            return
        if line.formula:
            turned = {other.key for other in sheet.lines if other.turned and head.formula}
            parts = [
                (factor if key in turned else -factor, sheet.place(key, head.key))
                for factor, key in line.formula
            ]
            keys = {key for _, key in line.formula}
            varav = [other.look == "of-which" for other in sheet.lines if other.key in keys]
            self.relate("of-which" if all(varav) else "sum", here, parts)
        if head.formula:
            way = 1 if line.turned else -1
            parts = [(way * factor, sheet.place(line.key, key)) for factor, key in head.formula]
            self.relate("across", here, parts)

    def relate(self, kind: str, stated: Place, parts: Iterable[tuple[int, Place]]) -> None:
        known = tuple((factor, place) for factor, place in parts if place in self.quantities)
        if known:
            self.relations.append(Relation(kind, ((1, stated), *known)))

    def tie(self, one: Place, other: Place, sign: int = 1, kind: str = "tie") -> None:
        self.relate(kind, one, [(-sign, other)])

    def quotient(self, stated: Place, part: Place, whole: Place, **more: bool) -> None:
        sign = -1 if (self.exact(part) < 0) != (self.exact(whole) < 0) else 1
        terms = ((1, stated), (sign, part), (1, whole))
        self.relations.append(Relation("share", terms, quotient=True, **more))


def shape(sheet: Sheet) -> Iterator[tuple[Line, list[Place]]]:
    """The lines of a sheet with their places."""
    for line in sheet.lines:
        yield line, [sheet.place(line.key, head.key) for head in sheet.heads]

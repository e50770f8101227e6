"""How well a reading ("this line is the sum of those") fits what is printed.

A relation holds at a place when stated and expected are within the rounding of all printed
figures. How much that proves is counted in *digits*: a four-digit figure that agrees to the last
digit would do so by chance once in ten thousand. Places where everything is zero prove nothing,
and a figure that merely repeats one other figure proves less than a sum does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from audit.checks.lines import ONE, ZERO, Line
from audit.model import Aspect, Figure, Term

Factors = tuple[int, ...]
FEWEST = 10  # last digits that a difference must have for its match to mean anything
CLEAR = 100  # a difference of so many tolerances has two digits that rounding does not touch


@dataclass(frozen=True, slots=True)
class Node:
    """A line on its way into a sum. ``start`` is the position of the first line that it covers,
    ``repaired`` has, for places where its own sum does not hold, the parts to use instead: a
    wrong subtotal must not accuse the grand total."""

    line: Line
    start: int
    repaired: Mapping[int, tuple[Term, ...]] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One place of a fit. ``nontrivial`` is true when any figure in it is not zero, ``nonzero``
    counts the parts that are not, ``digits`` what agreement proves, where there is any."""

    place: int
    stated: Figure
    terms: tuple[Term, ...]
    holds: bool
    nontrivial: bool
    nonzero: int
    digits: float
    unread: bool

    @property
    def identity(self) -> tuple[Decimal, ...]:
        return (
            self.stated.amount.value,
            *(term.figure.amount.value * term.factor for term in self.terms),
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A reading and how it fits. ``nodes`` are nearest first; ``tried`` is how many readings it
    was chosen among."""

    target: Line
    nodes: tuple[Node, ...]
    factors: Factors
    outcomes: tuple[Outcome, ...]
    tried: int = 1

    @property
    def siblings(self) -> int:
        return sum(outcome.nontrivial for outcome in self.outcomes)

    @property
    def agreeing(self) -> int:
        return sum(outcome.nontrivial and outcome.holds for outcome in self.outcomes)

    @property
    def distinct(self) -> tuple[Outcome, ...]:
        """The agreeing nontrivial outcomes, those with equal figures once."""
        seen = {o.identity: o for o in self.outcomes if o.nontrivial and o.holds}
        return tuple(seen.values())

    @property
    def strong(self) -> int:
        """Distinct agreeing places where at least two parts count and something is proved."""
        return sum(outcome.nonzero >= 2 and outcome.digits > 0.5 for outcome in self.distinct)

    @property
    def proof(self) -> float:
        """Digits that agree, less those that choosing among readings could have found."""
        return sum(outcome.digits for outcome in self.distinct) - math.log10(max(1, self.tried))

    @property
    def exact(self) -> bool:
        return self.agreeing == self.siblings

    @property
    def rank(self) -> tuple[int, float]:
        return (self.agreeing, self.proof)


def may_fit(
    target: Line,
    nodes: Sequence[Node],
    factors: Factors,
    loose: frozenset[int] = frozenset(),
) -> bool:
    """Whether a reading may hold at some place where not all is zero, or has no such place: what
    else is tried is never believed. The same sums as ``fit``, and most that is tried goes no
    further."""
    nothing = True
    for place, stated in target.figures.items():
        lack = plain = stated.amount.value
        steps = stated.amount.step
        held, counts = False, bool(lack)
        for node, factor in zip(nodes, factors, strict=True):
            if place in node.repaired:
                return True
            if (figure := node.line.figures.get(place)) is not None:
                value = figure.amount.value
                lack -= factor * value
                plain -= value
                steps += figure.amount.step
                held, counts = True, counts or bool(value)
        if held and counts:
            nothing = False
            if 2 * abs(lack) <= steps or (place in loose and 2 * abs(plain) <= steps):
                return True
    return nothing


def fit(
    target: Line,
    nodes: Sequence[Node],
    factors: Factors,
    loose: frozenset[int] = frozenset(),
    tried: int = 1,
) -> Fit:
    """Hold ``target`` against the sum of ``nodes``. At ``loose`` places (deviations, where a cost
    over budget counts minus) a plain sum is as good as the factors."""
    outcomes = []
    plainly = (1,) * len(nodes)
    unread = frozenset[int]().union(*(node.line.unread for node in nodes))
    repaired = frozenset[int]().union(*(node.repaired for node in nodes))
    for place, stated in target.figures.items():
        terms = terms_at(nodes, factors, place)
        if not terms:
            continue
        holds = agree(stated, terms)
        if not holds and place in loose and factors != plainly:
            plain = terms_at(nodes, plainly, place)
            if agree(stated, plain):
                terms, holds = plain, True
        if not holds and place in repaired:
            mended = _mended(nodes, factors, place)
            if agree(stated, mended):
                terms, holds = mended, True
        outcomes.append(_outcome(target, place, terms, holds, place in unread))
    return Fit(target, tuple(nodes), factors, tuple(outcomes), tried)


def _outcome(
    target: Line, place: int, terms: tuple[Term, ...], holds: bool, unread: bool
) -> Outcome:
    stated = target.figures[place]
    values = [abs(value) for term in terms if (value := term.figure.amount.value)]
    largest = max(*values, abs(stated.amount.value), ZERO)
    nonzero = len(values)
    digits = 0.0
    # That a row of zeros equals a sum that happens to cancel proves nothing without words for it.
    if holds and largest and (stated.amount.value or target.worded):
        digits = max(0.0, math.log10(largest / _precision(stated, terms)))
        if nonzero < 2:
            digits /= 2
    return Outcome(place, stated, terms, holds, bool(largest), nonzero, digits, unread)


def terms_at(nodes: Sequence[Node], factors: Factors, place: int) -> tuple[Term, ...]:
    """The printed addends at a place; a blank contributes nothing."""
    return tuple(
        [
            Term(ONE * factor, figure, node.line.name)
            for node, factor in zip(nodes, factors, strict=True)
            if (figure := node.line.figures.get(place)) is not None
        ]
    )


def _mended(nodes: Sequence[Node], factors: Factors, place: int) -> tuple[Term, ...]:
    """The addends where a part's own sum does not hold: the parts of that instead."""
    terms: list[Term] = []
    for node, factor in zip(nodes, factors, strict=True):
        if place in node.repaired:
            terms += [
                Term(term.factor * factor, term.figure, term.name) for term in node.repaired[place]
            ]
        elif place in node.line.figures:
            terms.append(Term(ONE * factor, node.line.figures[place], node.line.name))
    return tuple(terms)


def _compared(stated: Figure, terms: Iterable[Term]) -> tuple[Decimal, Decimal]:
    """What the terms lack of the stated figure, and the rounding of all of them."""
    lack, steps = stated.amount.value, stated.amount.step
    for term in terms:
        amount = term.figure.amount
        lack -= term.factor * amount.value
        steps += amount.step
    return lack, steps / 2


def _precision(stated: Figure, terms: Sequence[Term]) -> Decimal:
    """How near chance must come to look like agreement: within the rounding of all figures, or,
    where they agree to the last digit, within that digit."""
    lack, tolerance = _compared(stated, terms)
    if stated.amount.step and not lack:
        return min(stated.amount.step, tolerance)
    return tolerance or ONE


def agree(stated: Figure, terms: Iterable[Term]) -> bool:
    """Whether the terms add up to what is stated, within the rounding of all of them."""
    lack, tolerance = _compared(stated, terms)
    return abs(lack) <= tolerance


def signings(target: Line, nodes: Sequence[Node]) -> tuple[Factors, ...]:
    """The signs worth trying for parts given nearest first: plain addition always; when words say
    that the target is a result, also revenue less what follows and costs less revenue: what is
    called so, what may be so by its label, or the last row."""
    size = len(nodes)
    found = [(1,) * size]
    if size >= 2 and target.worded:
        found.append((-1,) * (size - 1) + (1,))
        found.append((1, -1) if size == 2 else (-1,) + (1,) * (size - 1))
        costs = tuple(-1 if node.line.aspect is Aspect.COST else 1 for node in nodes)
        earnings = tuple(-1 if node.line.earns else 1 for node in nodes)
        for sides in (costs, earnings):
            if size <= 40 and len(set(sides)) == 2:
                found += [sides, tuple(-factor for factor in sides)]
    return tuple(dict.fromkeys(found))


def promising(target: Line, nodes: Sequence[Node], limit: int) -> list[int]:
    """How many of ``nodes`` (nearest first) to add so that the plain sum fits at some place: the
    sizes with the most agreeing places, at most eight. One walk over the nodes."""
    lacks = {place: figure.amount.value for place, figure in target.figures.items()}
    steps = {place: figure.amount.step for place, figure in target.figures.items()}
    found: list[tuple[int, int]] = []
    for size, node in enumerate(nodes[:limit], start=1):
        for place, figure in node.line.figures.items():
            if place in lacks:
                lacks[place] -= figure.amount.value
                steps[place] += figure.amount.step
        hits = sum([2 * abs(lack) <= steps[place] for place, lack in lacks.items()])
        if hits:
            found.append((hits, size))
    found.sort(key=lambda item: (-item[0], item[1]))
    return [size for _, size in found[:8]]


def exchanged(reading: Fit) -> bool:
    """Whether the only two places that do not hold do so once the figures of one line change
    places there. By chance, differences of several digits never match like that; smaller ones
    must match to the last digit."""
    wrong = [outcome for outcome in reading.outcomes if not outcome.holds]
    if len(wrong) != 2 or any(outcome.unread for outcome in wrong):
        return False
    one, other = wrong
    lack, tolerance = _compared(one.stated, one.terms)
    other_lack, other_tolerance = _compared(other.stated, other.terms)
    tolerance = max(tolerance, other_tolerance)
    if abs(lack) < CLEAR * tolerance:
        tolerance = ZERO
    if abs(lack + other_lack) > 2 * tolerance or abs(lack) < FEWEST * one.stated.amount.step:
        return False
    lines = [(-1, reading.target)]
    lines += [(f, node.line) for f, node in zip(reading.factors, reading.nodes, strict=True)]
    steps = (
        factor * (line.figures[other.place].amount.value - line.figures[one.place].amount.value)
        for factor, line in lines
        if {one.place, other.place} <= line.figures.keys()
    )
    return any(abs(step - lack) <= tolerance for step in steps)

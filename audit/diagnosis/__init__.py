"""The likeliest cause of a difference: hypotheses that explain it, judged by the other relations.

Kinds are permanent words. In each, ``suspect`` is the cell thought wrong, ``proposed`` its right
value, ``confirmed_by`` the number of other failing relations that would then hold too.

``rows-exchanged``, ``columns-exchanged``
    two figures of a column (a row) have changed places; ``others`` holds the second one, which
    should print what the suspect prints
``sign-flipped``
    the right number with the wrong sign
``copied-neighbour``
    the figure of another column of the same row; ``others`` holds it
``another-period``
    the figure of another time, as another table prints it in a row of the same name; ``others``
    holds it
``transposed-digits``
    two neighbouring digits have changed places
``row-left-out``, ``row-counted-twice``
    a sum lacks, or has twice, the row whose figure is in ``others``
``stale-total``
    a sum of the first rows only: those in ``others`` came later
``scale``
    ten-, hundred- or thousand-fold, or that part
``rounding``
    no more than twice what the printed digits allow
``mistyped-digit``
    one digit is another
``another-figure``
    a number of running text that is another figure of the row it speaks of: ``others``
``unknown``
    only the cell is known: it is where failing relations cross
``either``
    one of the two figures in ``others``, and nothing tells which: no suspect
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.diagnosis.causes import causes, clear
from audit.diagnosis.chances import WITNESS, chance
from audit.diagnosis.digits import telling
from audit.diagnosis.relations import (
    Key,
    Relations,
    Surroundings,
    borne_out,
    bounded_with,
    holds_with,
    key,
    remainder,
    same_relation,
)
from audit.model import Comparison, Diagnosis, Passage

__all__ = [
    "Key",
    "Relations",
    "Surroundings",
    "borne_out",
    "bounded_with",
    "changes",
    "diagnose",
    "exchanged",
    "holds_with",
    "key",
    "misprint",
    "same_relation",
]

MOST = 0.75  # the share of all weight that an explanation must hold to be named


def diagnose(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Diagnosis | None:
    """The likeliest cause of a relation's failing, or None where nothing explains it or more than
    two cells are about as likely.

    Each cause is weighed by how likely it is to print exactly this, and by the relations that it
    mends; one that would break a relation that holds is none.
    """
    if comparison.low != comparison.high:
        return _exchanged(comparison, relations)
    if isinstance(comparison.stated.source, Passage):
        return _another(comparison, around)
    weighed: dict[frozenset[Key], list[tuple[float, Diagnosis]]] = {}
    for cause in causes(comparison, relations, around):
        changed = changes(cause)
        if _left(comparison, changed, relations) > comparison.tolerance:
            continue
        mended, broken = relations.effect(changed, comparison)
        if not broken and (mended or _stands_alone(cause, comparison, relations)):
            weight = chance(cause, comparison, around) * WITNESS**mended
            told = (weight, replace(cause, confirmed_by=mended))
            weighed.setdefault(frozenset(changed), []).append(told)
    return _named(weighed)


def _named(weighed: Mapping[frozenset[Key], Sequence[tuple[float, Diagnosis]]]) -> Diagnosis | None:
    """What holds most of the weight: one explanation, or two cells that share it."""
    sums = {cells: sum(weight for weight, _ in told) for cells, told in weighed.items()}
    enough = MOST * sum(sums.values())
    likeliest = sorted(sums, key=lambda cells: -sums[cells])[:2]
    best = [max(weighed[cells], key=lambda told: told[0])[1] for cells in likeliest]
    if best and sums[likeliest[0]] >= enough:
        return best[0]
    both = tuple(cause.suspect for cause in best if cause.suspect is not None)
    single = len(both) == 2 and all(len(cells) == 1 for cells in likeliest)
    if single and sum(sums[cells] for cells in likeliest) >= enough:
        return Diagnosis("either", others=both)
    return None


def misprint(comparison: Comparison, around: Surroundings) -> Diagnosis | None:
    """The likeliest cause where what the stated figure is held against stands in another report,
    beyond doubt: only the stated figure may be wrong."""
    elsewhere = [key(term.figure) for term in comparison.terms]
    thought = [
        cause
        for cause in causes(comparison, Relations.of([comparison]), around)
        if cause.suspect is comparison.stated and cause.kind != "unknown"
        if not any(key(other) in elsewhere for other in cause.others)
    ]
    return max(thought, key=lambda cause: chance(cause, comparison, around), default=None)


def exchanged(comparison: Comparison) -> Diagnosis:
    """For a check that looks for rows that have changed places: what it says of the two."""
    (other,) = (term.figure for term in comparison.terms)
    return Diagnosis("rows-exchanged", comparison.stated, comparison.expected, (other,))


def _another(comparison: Comparison, around: Surroundings) -> Diagnosis | None:
    """For a number of running text: the other figure of the row that it is, another year's or
    another column's. The text is suspected, whatever the table says."""
    stated = comparison.stated
    value, slack = abs(stated.amount.value), stated.amount.slack
    terms = [term.figure for term in comparison.terms]
    if len(terms) != 1 or not telling(stated.amount):
        return None
    alike = [
        other
        for other in around.row(terms[0])
        if abs(abs(other.amount.value) - value) <= slack + other.amount.slack
    ]
    if len(alike) != 1:
        return None
    return Diagnosis("another-figure", stated, comparison.expected, (alike[0],))


def changes(cause: Diagnosis) -> dict[Key, Decimal]:
    """The values, in base units, that would put right what the cause made wrong."""
    if cause.suspect is None or cause.proposed is None:
        return {}
    right = {key(cause.suspect): cause.proposed}
    if cause.kind.endswith("-exchanged"):
        right |= {key(other): cause.suspect.amount.value for other in cause.others}
    return right


def _left(comparison: Comparison, changed: Mapping[Key, Decimal], relations: Relations) -> Decimal:
    """How far the relation's sides are apart then, in the way that suits the change best."""
    ways = (comparison, relations.turned(comparison))
    return min(remainder(way, changed) for way in ways if way is not None)


def _stands_alone(cause: Diagnosis, comparison: Comparison, relations: Relations) -> bool:
    """Whether a cause that no other relation bears out is to be weighed. It must leave nothing,
    or explain what is too large to be chance; a figure elsewhere is not blamed, nor a share whose
    parts may be, nor what a share is made of."""
    changed = changes(cause)
    if comparison.quotient and cause.suspect is not comparison.stated:
        return False
    inside = {key(figure) for figure in comparison.figures}
    if not set(changed) <= inside or (cause.kind == "unknown" and comparison.quotient):
        return False
    left = _left(comparison, changed, relations)
    return not left or clear(comparison.difference, comparison.tolerance)


def _exchanged(comparison: Comparison, relations: Relations) -> Diagnosis | None:
    """For a bound that fails: the row that another relation of the same group says it has changed
    places with."""
    stated = comparison.stated
    for other in relations.around(stated):
        names_it = any(key(term.figure) == key(stated) for term in other.terms)
        if names_it and other.group and other.group == comparison.group and not other.holds:
            right = other.stated.amount.value
            return Diagnosis("rows-exchanged", stated, right, (other.stated,), 1)
    return None

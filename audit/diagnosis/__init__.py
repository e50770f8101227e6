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
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.diagnosis.causes import causes, clear
from audit.diagnosis.digits import telling
from audit.diagnosis.relations import (
    Key,
    Relations,
    Surroundings,
    borne_out,
    figures,
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
    "changes",
    "diagnose",
    "exchanged",
    "figures",
    "holds_with",
    "key",
    "same_relation",
]

RANK = (
    "rows-exchanged",
    "sign-flipped",
    "columns-exchanged",
    "copied-neighbour",
    "transposed-digits",
    "row-left-out",
    "row-counted-twice",
    "scale",
    "rounding",
    "mistyped-digit",
    "stale-total",
    "unknown",
)
SLIPS = frozenset({"transposed-digits", "mistyped-digit"})


def diagnose(
    comparison: Comparison, relations: Relations, around: Surroundings
) -> Diagnosis | None:
    """The likeliest cause of a relation's failing, or None where nothing explains it.

    A cause that would break a relation that holds is no cause. Most counts what other failing
    relations a cause mends, then how seldom it looks so by chance.
    """
    if comparison.low != comparison.high:
        return _exchanged(comparison, relations)
    if isinstance(comparison.stated.source, Passage):
        return _another(comparison, around)
    sound = []
    for cause in causes(comparison, relations, around):
        changed = changes(cause)
        if _fits(comparison, changed):
            mended, broken = relations.effect(changed, comparison)
            if not broken:
                sound.append(replace(cause, confirmed_by=mended))
    likely = [cause for cause in sound if _believable(cause, comparison, sound)]

    def weight(cause: Diagnosis) -> tuple[int, bool, int, bool]:
        known = cause.kind != "unknown"
        return cause.confirmed_by, known, -RANK.index(cause.kind), _is_stated(cause, comparison)

    return max(likely, key=weight, default=None)


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


def _fits(comparison: Comparison, changed: Mapping[Key, Decimal]) -> bool:
    """Whether the relation then holds: to the digit, or within rounding where the difference is
    too large for that to be chance."""
    left = remainder(comparison, changed)
    return not left or (
        left <= comparison.tolerance and clear(comparison.difference, comparison.tolerance)
    )


def _believable(cause: Diagnosis, comparison: Comparison, sound: Sequence[Diagnosis]) -> bool:
    """Whether a cause may be named. What another relation bears out may; what is common by chance
    needs that, or that no other cell could be the one."""
    if cause.confirmed_by:
        return True
    if cause.kind == "unknown" or _is_outsider(cause, comparison):
        return False
    if cause.kind in SLIPS:
        return sum(other.kind in SLIPS for other in sound) == 1
    # That two years print the same figure is common: a part is called copied only with proof.
    return cause.kind != "copied-neighbour" or _is_stated(cause, comparison)


def _is_stated(cause: Diagnosis, comparison: Comparison) -> bool:
    return cause.suspect is comparison.stated


def _is_outsider(cause: Diagnosis, comparison: Comparison) -> bool:
    """Whether a figure is said to be exchanged with one outside the relation."""
    inside = {key(term.figure) for term in comparison.terms}
    exchanged = cause.kind.endswith("-exchanged")
    return exchanged and not set(changes(cause)) <= inside


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

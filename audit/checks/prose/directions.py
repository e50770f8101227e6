"""``prose-direction``: which way a number is said to go, against its figures.

Which sign of a deviation column is a surplus is for the column to say: it follows from what most
sentences say of it. Which of two times is higher needs no convention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audit.checks.lines import ONE, ZERO
from audit.checks.prose.ties import Tie, ties
from audit.model import (
    Basis,
    Comparison,
    Figure,
    Meaning,
    Mention,
    Report,
    Rule,
    Sense,
    Term,
)

FEWEST = 3  # sentences that agree on what a column's sign means

Column = tuple[str, int]


def prose_direction(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the direction that words give a number with that of its figures."""
    for mention in report.mentions:
        if mention.since is not None and mention.direction and mention.sense is Sense.SIZE:
            yield _bound(mention, mention.since, rule)
    found = [tie for tie in ties(report) if tie.agrees and tie.mention.direction]
    votes = Counter(
        (column, way) for tie in found if (column := _signed(tie)) for way in [_way(tie)]
    )
    for tie in found:
        column = _signed(tie)
        if column is not None:
            for_it, against = votes[column, _way(tie)], votes[column, -_way(tie)]
            if for_it >= FEWEST and not against:
                yield _comparison(tie, rule, ONE, for_it, for_it)
            elif for_it == 1 and against >= FEWEST:
                yield _comparison(tie, rule, -ONE, against, against + 1)
        elif _of_times(tie):
            yield _comparison(tie, rule, ONE, 1, 1)


def _bound(mention: Mention, since: Figure, rule: Rule) -> Comparison:
    """ "Ökat från A till B": B is at least A, "minskat" at most."""
    start, infinite = since.amount.value, Decimal("Infinity")
    low, high = (start, infinite) if mention.direction > 0 else (-infinite, start)
    return Comparison(
        rule=rule.code,
        stated=mention.figure,
        low=low,
        high=high,
        slack=since.amount.slack,
        terms=(Term(ONE, since, since.qualifier),),
        basis=Basis(labelled=True, agreeing=1, siblings=1),
        group=f"sentence{mention.sentence}",
    )


def _signed(tie: Tie) -> Column | None:
    """The column whose sign is good or bad, where the words say one of these."""
    terms = tie.candidate.terms
    worth = tie.mention.sense is Sense.WORTH and tie.candidate.meaning is Meaning.DEVIATION
    if not worth or len(terms) != 1 or not tie.candidate.value:
        return None
    return terms[0].figure.table, terms[0].figure.column


def _way(tie: Tie) -> int:
    """1 where plus is good, -1 where minus is."""
    return tie.mention.direction * (1 if tie.candidate.value > 0 else -1)


def _of_times(tie: Tie) -> bool:
    """A change between two times, both positive and surely those of the row."""
    terms = tie.candidate.terms
    return (
        tie.mention.sure
        and tie.mention.sense is Sense.SIZE
        and tie.candidate.meaning is Meaning.CHANGE
        and len(terms) == 2
        and all(term.figure.amount.value >= 0 for term in terms)
        and tie.candidate.value != 0
    )


def _comparison(tie: Tie, rule: Rule, way: object, agreeing: int, siblings: int) -> Comparison:
    mention = _turned(tie.mention)
    sign = _way(tie) if tie.candidate.meaning is Meaning.DEVIATION else 1
    factor = ONE * sign * (1 if way is ONE else -1)
    terms = tuple(replace(term, factor=factor * term.factor) for term in tie.candidate.terms)
    expected = factor * tie.candidate.value
    room = max(mention.high - abs(mention.figure.amount.value), ZERO)
    return Comparison(
        rule=rule.code,
        stated=mention.figure,
        low=expected,
        high=expected,
        slack=tie.candidate.slack + room,
        terms=terms,
        basis=Basis(labelled=siblings == 1, agreeing=agreeing, siblings=siblings),
        group=f"sentence{mention.sentence}",
    )


def _turned(mention: Mention) -> Mention:
    """The mention with the sign that its words give it."""
    amount = mention.figure.amount
    value = abs(amount.value) * mention.direction
    return replace(mention, figure=replace(mention.figure, amount=replace(amount, value=value)))

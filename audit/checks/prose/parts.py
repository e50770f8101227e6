"""``prose-parts``: what running text reckons up by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.checks.lines import ONE, ZERO
from audit.model import (
    Basis,
    Comparison,
    Enumeration,
    Figure,
    Judgement,
    Meaning,
    Mention,
    Report,
    Rule,
    Standing,
    Term,
)

SURE = Basis(labelled=True, agreeing=1, siblings=1)


def prose_parts(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare told changes with their ends, parts with their whole, and counted goals with what
    is said of each."""
    for change, ends in pairwise(report.mentions):
        yield from _change(change, ends, rule)
        yield from _change(ends, change, rule)
    for counted in report.enumerations:
        yield from _enumeration(counted, report.judgements, rule)


def _change(change: Mention, ends: Mention, rule: Rule) -> Iterator[Comparison]:
    """ "Ökat med fyra procentenheter, från 44 % till 48 %"."""
    since, told, last = ends.since, change.figure, ends.figure
    if since is None or change.since is not None or change.sentence != ends.sentence:
        return
    if (
        change.meaning is not Meaning.CHANGE
        or told.amount.unit != last.amount.unit
        or change.hedged
    ):
        return
    up = last.amount.value > since.amount.value
    first, second = (last, since) if up else (since, last)
    terms = (Term(ONE, first, first.qualifier), Term(-ONE, second, second.qualifier))
    yield _comparison(told, terms, rule, f"sentence{change.sentence}")


def _enumeration(
    counted: Enumeration, judgements: Sequence[Judgement], rule: Rule
) -> Iterator[Comparison]:
    whole, parts = counted.whole, [figure for _, figure in counted.parts]
    terms = tuple(Term(ONE, part, part.qualifier) for part in parts)
    if sum(part.amount.value for part in parts) >= whole.amount.value:
        yield _comparison(whole, terms, rule, f"passage{whole.row}")
    if len(judgements) != whole.amount.value:
        return  # not all of them are judged in the text, or others are
    for standing in (Standing.MET, Standing.PARTLY, Standing.UNMET):
        said = [figure for one, figure in counted.parts if one is standing]
        found = [one.figure for one in judgements if one.standing is standing]
        if len(said) == 1:
            alike = tuple(Term(ONE, figure, figure.label) for figure in found)
            yield _comparison(said[0], alike, rule, f"passage{whole.row}")


def _comparison(stated: Figure, terms: tuple[Term, ...], rule: Rule, group: str) -> Comparison:
    expected = sum((term.factor * term.figure.amount.value for term in terms), ZERO)
    slack = sum((term.figure.amount.slack for term in terms), Decimal(0))
    return Comparison(
        rule=rule.code,
        stated=stated,
        low=expected,
        high=expected,
        slack=slack,
        terms=terms,
        basis=SURE,
        group=group,
    )

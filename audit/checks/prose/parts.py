"""``prose-parts``: what running text reckons up by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from audit.checks.lines import ONE, ZERO, share
from audit.checks.prose.slips import slipped
from audit.model import (
    Basis,
    Comparison,
    Enumeration,
    Figure,
    Judgement,
    Link,
    Meaning,
    Mention,
    Reckoning,
    Report,
    Rule,
    Standing,
    Term,
    UnitKind,
)

SURE = Basis(labelled=True, agreeing=1, siblings=1)
DOUBTFUL = Basis(labelled=False, agreeing=1, siblings=2)
SCALE = {Standing.MET, Standing.PARTLY, Standing.UNMET}
MANY = 4  # parts that hardly leave any out
MOST = 10  # parts of a sum; some of more would make nearly any number


def prose_parts(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare told changes with their ends, parts with their whole, and counted goals with what
    is said of each."""
    for change, ends in pairwise(report.mentions):
        yield from _change(change, ends, rule)
        yield from _change(ends, change, rule)
    for counted in report.enumerations:
        yield from _enumeration(counted, report.judgements, rule)
    for reckoned in report.reckonings:
        yield from _reckoning(reckoned, rule)


def _change(change: Mention, ends: Mention, rule: Rule) -> Iterator[Comparison]:
    """ "Ökat med fyra procentenheter, från 44 % till 48 %"."""
    since, told, last = ends.since, change.figure, ends.figure
    if since is None or change.since is not None or change.sentence != ends.sentence:
        return
    if ends.meaning is not Meaning.CHANGE:  # "ökade till 48 %, jämfört med 44 %"
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
    one = _comparison(told, terms, rule, f"sentence{change.sentence}")
    relative = told.amount.unit.kind is UnitKind.PERCENT and "enhet" not in told.qualifier.lower()
    if one.holds or not relative:  # "från 20 till 25 procent, en ökning med 25 procent"
        yield one


def _enumeration(
    counted: Enumeration, judgements: Sequence[Judgement], rule: Rule
) -> Iterator[Comparison]:
    group = f"passage{counted.parts[0][1].row}"
    if counted.whole is not None:
        yield from _whole(counted.whole, counted.parts, rule, group)
    best: list[Comparison] = []
    fitting = 0
    for judged in _judged(counted, judgements):
        fitting += 1
        found = list(_standings(counted, judged, rule, group))
        if fitting == 1 or all(one.holds for one in found):
            best = found
    # Where two lists of goals are as long, the text may mean either.
    if fitting == 1 or all(one.holds for one in best):
        yield from best


def _whole(
    whole: Figure, parts: Sequence[tuple[Standing, Figure]], rule: Rule, group: str
) -> Iterator[Comparison]:
    terms = tuple(Term(ONE, part, part.qualifier) for _, part in parts)
    short = whole.amount.value - sum(part.amount.value for _, part in parts)
    if short < 0 or (short == 0 and len(parts) > 1):
        yield _comparison(whole, terms, rule, group)
    elif {standing for standing, _ in parts} >= SCALE or (
        len(parts) >= MANY
        and any(slipped(part.amount, part.amount.value + short) for _, part in parts)
    ):  # all that can become of a goal is told, or all but a digit
        yield _comparison(whole, terms, rule, group, DOUBTFUL)


def _judged(counted: Enumeration, judgements: Sequence[Judgement]) -> Iterator[Sequence[Judgement]]:
    """The lists of goals that may be meant: those of the text, and each table's, if as long."""
    for table in dict.fromkeys(one.figure.table for one in judgements):
        alike = [one for one in judgements if one.figure.table == table]
        if counted.whole is None:
            total = sum(part.amount.value for _, part in counted.parts)
            if table in counted.tables and len(alike) == total:
                yield alike
        elif len(alike) == counted.whole.amount.value:
            yield alike


def _standings(
    counted: Enumeration, judged: Sequence[Judgement], rule: Rule, group: str
) -> Iterator[Comparison]:
    """As many are said to have come so far as are judged so. One number of the whole is a weaker
    word than a full list: "fyra av fem mål" may regard another day."""
    for standing in (Standing.MET, Standing.PARTLY, Standing.UNMET):
        said = [figure for one, figure in counted.parts if one is standing]
        found = [one.figure for one in judged if one.standing is standing]
        if len(said) == 1:
            alike = tuple(Term(ONE, figure, figure.label) for figure in found)
            basis = SURE if len(counted.parts) > 1 else DOUBTFUL
            yield _comparison(said[0], alike, rule, group, basis)


def _reckoning(told: Reckoning, rule: Rule) -> Iterator[Comparison]:
    group, stated = f"passage{told.stated.row}", told.stated
    terms = tuple(Term(ONE, part, part.qualifier) for part in told.parts)
    match told.link:
        case Link.GROWTH:
            if told.parts[0].amount.value:
                yield share(rule, stated, _growth(*told.parts), SURE, group=group)
        case Link.APART:
            first, second = sorted(terms, key=lambda term: -abs(term.figure.amount.value))
            far = (first, Term(-ONE, second.figure, second.name))
            yield _comparison(stated, far, rule, group)
        case Link.WITHIN:
            one = _comparison(stated, terms, rule, group)
            # What is more than all by itself may be of another list.
            others = [part.amount.value for part in told.parts[1:]]
            listed = told.sure and all(other <= stated.amount.value for other in others)
            if one.holds or (one.difference < 0 and listed):
                yield one
        case Link.SUM:
            one = _comparison(stated, terms, rule, group, SURE if told.sure else DOUBTFUL)
            meant = (
                told.sure
                and len(terms) <= MOST
                and not any(
                    _comparison(stated, some, rule, group).holds
                    for many in range(2, len(terms))
                    for some in combinations(terms, many)
                )
            )  # it may be the sum of some of them
            if one.holds or meant or (not told.sure and _restored(one)):
                yield one


def _growth(since: Figure, last: Figure) -> tuple[Term, ...]:
    """How far the two are apart in percent of the earlier one."""
    up = last.amount.value > since.amount.value
    first, second = (last, since) if up else (since, last)
    return (
        Term(ONE, first, first.qualifier),
        Term(-ONE, second, second.qualifier),
        Term(ONE, since, since.qualifier, below=True),
    )


def _restored(one: Comparison) -> bool:
    """Whether one mistyped digit, or two exchanged, explain a sum that fails."""
    meant = [
        (one.stated.amount, one.expected),
        *(
            (part.amount, part.amount.value + one.difference)
            for part in (term.figure for term in one.terms)
        ),
    ]
    return any(right >= 0 and slipped(printed, right) for printed, right in meant)


def _comparison(
    stated: Figure, terms: tuple[Term, ...], rule: Rule, group: str, basis: Basis = SURE
) -> Comparison:
    expected = sum((term.factor * term.figure.amount.value for term in terms), ZERO)
    slack = sum((term.figure.amount.slack for term in terms), Decimal(0))
    return Comparison(
        rule=rule.code,
        stated=stated,
        low=expected,
        high=expected,
        slack=slack,
        terms=terms,
        basis=basis,
        group=group,
    )

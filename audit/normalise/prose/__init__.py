"""The numbers of running text: what each is said to be, and which rows of tables it is said of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model import (
    Amount,
    Document,
    Figure,
    Grid,
    Meaning,
    Measure,
    Mention,
    Period,
    Sense,
    UnitKind,
)
from audit.normalise.prose.claims import (
    Said,
    beside_it,
    bracketed_is_earlier,
    from_earlier,
    said,
    went,
)
from audit.normalise.prose.clauses import goes_back
from audit.normalise.prose.counted import CountRows
from audit.normalise.prose.quantities import Quantity, beside
from audit.normalise.prose.sections import Place
from audit.normalise.prose.sentences import Sentence, sentences
from audit.normalise.prose.standings import enumerations, judgements
from audit.normalise.prose.subjects import Named, Subjects
from audit.normalise.prose.sums import reckonings
from audit.normalise.prose.told import Told

__all__ = ["Told", "enumerations", "judgements", "mentions", "reckonings", "sentences"]


def mentions(
    document: Document,
    told: Sequence[Told],
    grids: Sequence[Grid],
    report: Period | None,
    organisation: str,
) -> tuple[Mention, ...]:
    """Every amount and share of the running text that has a unit, every "från A till B", and the
    numbers without a unit that are surely counts of a table. ``report`` and ``organisation`` are
    whose report it is, and on which time."""
    subjects = Subjects.of(document, grids, organisation)
    counted = CountRows.of(grids, organisation)
    stated = any(bracketed_is_earlier(one.sentence.text) for one in told)
    found: list[Mention] = []
    topic = Named()
    passage = -1
    with_numbers = {one.sentence.passage for one in told if one.united}
    for index, one in enumerate(told):
        sentence, numbers = one.sentence, one.united
        if sentence.passage != passage:
            topic = Named()
        passage = sentence.passage
        if not numbers and passage in with_numbers:
            topic = subjects.named(sentence, 0, len(sentence.text), UnitKind.MONEY, topic)
        for number, words, rows in _of(sentence, numbers, subjects, topic, report, stated):
            own = Named() if words.part else subjects.nearest_first(rows, sentence)
            found.append(_mention(number, words, own, sentence, document, index))
            topic = topic if words.part else rows
        for count in counted.said(one, report):
            words = said(sentence.text, count.begins, count.number, count.ends, report, None)
            rows = subjects.nearest_first(Named(count.rows, sure=True), sentence)
            found.append(
                _mention(count.number, words, rows, sentence, document, index, count.columns)
            )
    return tuple(found)


def _of(
    sentence: Sentence,
    numbers: Sequence[Quantity],
    subjects: Subjects,
    topic: Named,
    report: Period | None,
    stated: bool,
) -> Iterator[tuple[Quantity, Said, Named]]:
    """Each number with what is said of it and the rows that its clause names, or that the clause
    before it does; and what stands in parentheses behind it. ``stated``: the report says that this
    is the year before."""
    begins = 0
    former: Said | None = None
    rows, text = topic, sentence.text
    for one, following in zip(numbers, [*numbers, None][1:], strict=True):
        until = following.start if following else len(text)
        words = said(text, begins, one, until, report, former)
        if not words.part and not (goes_back(text) and not begins):
            rows = _named(sentence, begins, one, words, subjects, rows)
        found = beside(text, one)
        behind = beside_it(*found, words, report) if found else None
        way = went(text[begins : one.start])
        earlier = following if following and from_earlier(text, one, following) else None
        if found and behind and behind.measure is not Measure.BUDGET:
            earlier = found[0]
        if way and earlier and _exactly(one, words, earlier):
            told = replace(words, direction=way, sense=Sense.SIZE)
            yield replace(one, since=earlier), told, rows
        else:
            yield one, words, rows
        if found and behind:
            yield found[0], replace(behind, aside=behind.aside and not way and not stated), rows
        begins = one.end
        former = words


def _exactly(one: Quantity, words: Said, other: Quantity) -> bool:
    """Whether two numbers of one unit can be held against each other: neither is hedged, and no
    minus leaves open what "more" is."""
    signed = one.signed or other.signed
    return one.unit == other.unit and not (one.points or words.hedged or signed)


def _named(
    sentence: Sentence,
    begins: int,
    number: Quantity,
    words: Said,
    subjects: Subjects,
    topic: Named,
) -> Named:
    """The rows that a clause names; "3 procent högre" may be said of amounts as of shares."""
    if words.meaning is Meaning.SHARE:
        return subjects.named(sentence, begins, number.start, UnitKind.MONEY, topic)
    found = subjects.named(sentence, begins, number.start, number.unit.kind, topic)
    relative = number.unit.kind is UnitKind.PERCENT and not number.points
    if found.rows or not relative or words.meaning is Meaning.VALUE:
        return found
    return subjects.named(sentence, begins, number.start, UnitKind.MONEY, topic)


def _mention(
    number: Quantity,
    words: Said,
    rows: Named,
    sentence: Sentence,
    document: Document,
    index: int,
    columns: tuple[Place, ...] = (),
) -> Mention:
    figure = _figure(number, words, sentence, document)
    since = _figure(number.since, words, sentence, document) if number.since else None
    return Mention(
        figure=figure,
        meaning=words.meaning,
        low=words.low,
        high=words.high,
        hedged=words.hedged,
        target=words.target,
        direction=words.direction,
        sense=words.sense,
        rows=rows.rows,
        columns=columns,
        sure=rows.sure
        and not words.unsaid
        and not words.target
        and (not rows.headed or words.sense is Sense.WORTH),
        bare=rows.bare,
        side=rows.side,
        budgeted=words.budgeted,
        current=words.current,
        aside=words.aside,
        since=since if words.meaning is not Meaning.DEVIATION else None,
        sentence=index,
    )


def _figure(number: Quantity, words: Said, sentence: Sentence, document: Document) -> Figure:
    amount = Amount(number.value, number.step, number.unit)
    found = sentence.figure(document, number.start, number.end, amount)
    return replace(found, measure=words.measure, period=words.period)

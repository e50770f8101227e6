"""Which of the figures that a row gives the words around a number mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit.checks.prose.candidates import FLOWS, Candidate
from audit.model import Meaning, Measure, Mention, Period, Report, Sense, UnitKind


def meant(mention: Mention, every: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The candidates that the words mean, of the nearest table that has any."""
    for table in dict.fromkeys(one.terms[0].figure.table for one in every):
        here = [one for one in every if one.terms[0].figure.table == table]
        if found := _meant_in(mention, here, report):
            return found
    return []


def _meant_in(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    match mention.meaning:
        case Meaning.DEVIATION:
            return _deviations(mention, here, report)
        case Meaning.CHANGE:
            return _changes(mention, here, report)
        case Meaning.VALUE:
            return _values(mention, here, report)


def _values(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    figure = mention.figure
    percent = figure.amount.unit.kind is UnitKind.PERCENT
    if not percent and figure.measure is None and not any(one.result for one in here):
        return []  # "Leanlink fick 8,5 mnkr" is no figure of a row called Leanlink
    values = [
        one for one in here if one.meaning is Meaning.VALUE and one.measure is not Measure.TARGET
    ]
    if figure.measure is not None and any(one.measure is figure.measure for one in values):
        values = [one for one in values if one.measure is figure.measure]
    if figure.period is not None:
        return [one for one in values if _same_time(one.period, figure.period)]
    timeless = values if len(values) == 1 and values[0].period is None else []
    return [one for one in values if current(one, report)] or timeless


def _same_time(one: Period | None, other: Period | None) -> bool:
    """A balance of a day is that of the year or period which it ends."""
    if one is None or other is None:
        return False
    return one == other or (one.end == other.end and one.start in (one.end, other.start))


def _deviations(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    period, percent = mention.figure.period, mention.figure.amount.unit.kind is UnitKind.PERCENT

    def fits(one: Candidate) -> bool:
        return _same_time(one.period, period) if period and one.period else True

    if percent:  # an indicator of deviation is a row of its own
        return [one for one in here if one.meaning is Meaning.VALUE and current(one, report)]
    if mention.sense is Sense.WORTH and not mention.budgeted:
        results = [one for one in here if one.result]
        if results:  # of a result, a surplus is the figure itself
            return _values(mention, results, report)
    stated = [one for one in here if one.meaning is Meaning.DEVIATION and len(one.terms) == 1]
    made = [one for one in here if one.meaning is Meaning.DEVIATION and len(one.terms) == 2]
    if mention.figure.measure in (Measure.FORECAST, Measure.OUTTURN):
        made = [one for one in made if one.measure is mention.figure.measure] or made
    return [one for one in stated if fits(one)] or [one for one in made if fits(one)]


def _changes(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The change to the report's own time, from the latest earlier one that the row has."""
    made = [one for one in here if one.meaning is Meaning.CHANGE and len(one.terms) == 2]
    now = [one for one in made if one.terms[0].figure.period == _of_now(made, report)]
    if not now:
        return []
    latest = max(one.period.end for one in now if one.period)
    return [one for one in now if one.period and one.period.end == latest]


def _of_now(made: Iterable[Candidate], report: Report) -> Period | None:
    ends = {one.terms[0].figure.period for one in made}
    return next((p for p in ends if p and report.period and p.end == report.period.end), None)


def current(one: Candidate, report: Report) -> bool:
    return (
        one.measure in FLOWS
        and one.period is not None
        and report.period is not None
        and one.period.end == report.period.end
    )


def may_be(mention: Mention, one: Candidate) -> bool:
    """Whether the words could mean it at all: no goal is an outcome, no figure a change, and
    where the row is not sure, only what is of the very kind that they say."""
    if mention.meaning is Meaning.CHANGE:
        return one.meaning is not Meaning.VALUE
    if not mention.sure and one.meaning is not mention.meaning and not one.result:
        return False
    return mention.hedged or one.measure is not Measure.TARGET

"""Which of the figures that a row gives the words around a number mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from audit.checks.prose.candidates import FLOWS, Candidate
from audit.model import Figure, Meaning, Measure, Mention, Period, Report, Sense, UnitKind


def meant(mention: Mention, every: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The candidates that the words mean, of the nearest table that has any; of all tables where
    no word says of when."""
    tables = dict.fromkeys(one.terms[0].figure.table for one in every)
    found = [
        _meant_in(mention, [one for one in every if one.terms[0].figure.table == table], report)
        for table in tables
    ]
    unsaid = mention.figure.period is None and report.period is not None
    if mention.bare or (unsaid and mention.meaning is Meaning.DEVIATION):
        return [one for here in found for one in here]
    return next((here for here in found if here), [])


def _meant_in(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    match mention.meaning:
        case Meaning.DEVIATION:
            return _deviations(mention, here, report)
        case Meaning.CHANGE:
            return _changes(mention, here, report)
        case Meaning.VALUE:
            return _values(mention, here, report)
        case Meaning.SHARE:
            return _shares(mention, here, report)


def _shares(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    """What is spent so far of the budget of the time that is told, of the year's where none is."""
    if mention.figure.measure is not Measure.OUTTURN or report.period is None:
        return []
    last = report.period.end
    year = Period(dt.date(last.year, 1, 1), dt.date(last.year, 12, 31))
    when = mention.figure.period or year
    return [
        one
        for one in here
        if one.period == when
        if (spent := one.terms[0].figure.period) and spent.end == last
    ]


def _values(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    figure = mention.figure
    if mention.target:
        return [one for one in here if one.measure is Measure.TARGET]
    if figure.amount.unit.kind is UnitKind.COUNT:
        return _counts(figure, here, report)
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
    timeless = values if len(values) == 1 and not any(_timed(one) for one in here) else []
    return [one for one in values if current(one, report)] or timeless


def _timed(one: Candidate) -> bool:
    """Whether a figure is of some time, even one that its column does not quite say."""
    return one.period is not None or any(
        character.isdigit() for term in one.terms for character in term.name
    )


def _counts(figure: Figure, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The count of that time; of a column that names no more than the year, that of its year: a
    report on eight months may head its day's count so. No forecast unless the words say so."""
    if figure.measure not in FLOWS:
        return []
    forecast = figure.measure is Measure.FORECAST
    values = [
        one
        for one in here
        if one.meaning is Meaning.VALUE
        and one.measure in FLOWS
        and (one.measure is Measure.FORECAST) == forecast
    ]
    when = figure.period or report.period
    if when is None:
        return values if len(values) == 1 else []
    exact = [one for one in values if _same_time(one.period, when)]
    if exact or when.end != (report.period or when).end:
        return exact
    whole = Period(dt.date(when.end.year, 1, 1), dt.date(when.end.year, 12, 31))
    return [one for one in values if one.period == whole]


def _same_time(one: Period | None, other: Period | None) -> bool:
    """A balance of a day is that of the year or period which it ends."""
    if one is None or other is None:
        return False
    return one == other or (one.end == other.end and one.start in (one.end, other.start))


def _deviations(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    period, percent = mention.figure.period, mention.figure.amount.unit.kind is UnitKind.PERCENT

    def fits(one: Candidate) -> bool:
        return _same_time(one.period, period) if period and one.period else True

    if shares := [one for one in here if one.quotient and one.meaning is Meaning.DEVIATION]:
        return [one for one in shares if fits(one)]
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
    timed = [one for one in stated if period and _same_time(one.period, period)]
    return timed or [one for one in stated if fits(one)] or [one for one in made if fits(one)]


def _changes(mention: Mention, here: Sequence[Candidate], report: Report) -> list[Candidate]:
    """The change to the report's own time, from the latest earlier one that the row has."""
    made = [one for one in here if one.meaning is Meaning.CHANGE and len(one.terms) >= 2]
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


def alike(mention: Mention, one: Candidate) -> bool:
    """Whether a number could, with some licence, be the candidate's: no figure is a change, and
    no goal an outcome."""
    if mention.meaning is Meaning.CHANGE:
        return one.meaning is not Meaning.VALUE
    return mention.target or one.measure is not Measure.TARGET


def may_be(mention: Mention, one: Candidate) -> bool:
    """Whether the words could mean it at all: no goal is an outcome, no figure a change. A number
    with a sign of its own may be a deviation without being called so ("Avfall -9,3 mnkr")."""
    if mention.target or one.measure is Measure.TARGET:
        return mention.target and one.measure is Measure.TARGET
    if mention.meaning is one.meaning:
        return True
    signed = mention.meaning is Meaning.VALUE and mention.figure.qualifier[0] in "+-"
    return one.result or (signed and one.meaning is Meaning.DEVIATION)

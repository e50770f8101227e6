"""Which figure of a table a number of running text is, or should be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audit.checks.lines import ZERO
from audit.checks.prose.candidates import FLOWS, Candidate, Rows, candidates, row_of
from audit.checks.prose.meant import alike, current, may_be, meant
from audit.checks.prose.slips import slipped
from audit.model import Aspect, Figure, Meaning, Mention, Period, Report

ANOTHER = 5  # times as large or small: what is that far off is said of something else
THOUSAND = 1000
FEWEST_DIGITS = 3  # of a number that is another but for one of them, and not by chance


@dataclass(frozen=True, slots=True)
class Tie:
    """A mention and the candidate that it is, or the one that it should be."""

    mention: Mention
    candidate: Candidate
    agrees: bool


def ties(report: Report, mentions: Iterable[Mention]) -> Iterator[Tie]:
    """Those of the report's ``mentions`` that are tied to a figure: that some figure bears out,
    and that the one figure that their words mean contradicts."""
    grids = {grid.table.id: grid for grid in report.grids}
    tied = [mention for mention in mentions if mention.rows]
    named = dict.fromkeys(place for mention in tied for place in mention.rows)
    rows = {(table, row): row_of(grids[table], row) for table, row in named}
    for mention in tied:
        if mention.since is not None and mention.meaning is Meaning.CHANGE:
            yield from _from_to(mention, mention.since, rows, report)
        elif tie := _one(mention, rows, report):
            yield tie


def _one(mention: Mention, rows: Rows, report: Report) -> Tie | None:
    every = candidates(mention, rows)
    agreeing = [one for one in every if alike(mention, one) and _agrees(mention, one)]
    wanted = meant(mention, every, report)
    fitting = [one for one in agreeing if one in wanted]
    if fitting:
        return Tie(mention, fitting[0], agrees=True)
    if agreeing and not (mention.current and wanted):
        # What is not meant for certain bears nothing out, and is nothing to accuse.
        likely = [one for one in agreeing if may_be(mention, one)]
        said = mention.sure and not wanted and not mention.hedged
        return Tie(mention, likely[0], agrees=True) if likely and said else None
    if not all(_of_side(mention, one) for one in wanted):
        return None
    if not wanted or not mention.sure:
        return None
    relative = wanted[0].quotient and mention.meaning is not Meaning.SHARE
    if relative and not (mention.budgeted or mention.figure.period):
        return None  # "ökade med 3 procent" does not say since when
    tables = {one.terms[0].figure.table for one in wanted}
    either = mention.bare or len(tables) > 1 or mention.meaning is Meaning.SHARE
    if either and len({abs(one.value) for one in wanted}) > 1:
        return None
    told = abs(mention.figure.amount.value)
    nearest = min(wanted, key=lambda one: abs(abs(one.value) - told))
    return Tie(mention, nearest, agrees=False) if _far(mention, nearest) else None


def _of_side(mention: Mention, one: Candidate) -> bool:
    """Whether a figure is said to be of costs or income in its table, where the words speak of
    these."""
    if mention.side not in (Aspect.INCOME, Aspect.COST):
        return True
    return all(term.figure.aspect is mention.side for term in one.terms)


def _far(mention: Mention, one: Candidate) -> bool:
    """Whether a number is off by what no hedge allows, and yet not by so much that it must be
    said of something else. A thousandfold is a slip of units."""
    value, room = abs(one.value), mention.high - mention.low if mention.hedged else ZERO
    if mention.low - 2 * room <= value <= mention.high + 2 * room:
        return False
    told = abs(mention.figure.amount.value)
    if mention.meaning is not Meaning.VALUE and not mention.hedged and not mention.bare:
        return True
    if not value or not told:
        return False
    times = max(told / value, value / told)
    typed = not mention.hedged and slipped(mention.figure.amount, value, FEWEST_DIGITS)
    return times <= ANOTHER or round(times, 0) == THOUSAND or typed


def _from_to(mention: Mention, since: Figure, rows: Rows, report: Report) -> Iterator[Tie]:
    """ "Från A till B": both in one row. Where only A is, the row's figure of now is B's."""
    for place in mention.rows:
        row = [one for one in rows[place] if one.meaning is Meaning.VALUE]
        ends = [one for one in row if _prints(mention.figure, one)]
        begins = [one for one in row if _prints(since, one) and one not in ends[:1]]
        now = [one for one in row if current(one, report)]
        if begins and ends:
            yield Tie(mention, ends[0], agrees=True)
            yield Tie(_earlier(mention, since), begins[0], agrees=True)
            return
        if ends and mention.sure and not mention.hedged:
            then = [one for one in row if _before(one, ends[0])]
            if len(then) == 1:
                yield Tie(mention, ends[0], agrees=True)
                yield Tie(_earlier(mention, since), then[0], agrees=False)
            return
        if begins and mention.sure and not mention.hedged and len(now) == 1:
            if now[0] not in begins:
                yield Tie(mention, now[0], agrees=False)
            return


def _before(one: Candidate, last: Candidate) -> bool:
    """Whether a figure is that of the same days a year before."""
    if one.period is None or last.period is None or one.measure not in FLOWS:
        return False
    return one.period == shifted(last.period)


def shifted(period: Period) -> Period:
    """The same days a year before; 29 February is then the 28th."""

    def back(day: dt.date) -> dt.date:
        return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)

    return Period(back(period.start), back(period.end))


def _earlier(mention: Mention, since: Figure) -> Mention:
    value, slack = abs(since.amount.value), since.amount.slack
    return replace(mention, figure=since, since=None, low=value - slack, high=value + slack)


def _agrees(mention: Mention, one: Candidate) -> bool:
    value, slack = abs(one.value), one.slack
    return mention.low - slack <= value <= mention.high + slack


def _prints(figure: Figure, one: Candidate) -> bool:
    amount = figure.amount
    return abs(abs(amount.value) - abs(one.value)) <= amount.slack + one.slack

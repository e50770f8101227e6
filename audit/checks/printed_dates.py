"""``impossible-date`` and ``stale-period``: dates that no calendar has, and words that say of the
report what was true of an earlier one.

No settings, either of them.

A date claims something of the report only in words that leave no other reading (see
``audit.model.Claim``); and they are held against the report's period only where its title, read
for itself, says the same period.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from audit.language import message
from audit.model import Claim, Observation, Passage, PassageKind, Period, PrintedDate, Report, Rule

NO_SUCH_DATE = message("There is no such date: {date}.")
OTHER_PERIOD = message(
    "These words say that the report is about another period: {date}. Its title says {title}."
)
OTHER_DAY = message("The outturn is said to be that of {date}, in a report titled {title}.")
LEAP_YEAR = 2020  # where the year is not printed, February may have 29 days


def impossible_date(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name every date that does not exist."""
    for date in report.dates:
        if date.month is None or date.day is None or date.claim:
            continue  # a claim's date comes once more by itself
        if not _exists(date.year or LEAP_YEAR, date.month, date.day):
            yield _observation(rule, NO_SUCH_DATE, date)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def stale_period(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name the words that claim another period for the report than its title does."""
    if report.period is None:
        return
    anchor = next((date for date in report.dates if _titles(date, report.period)), None)
    if anchor is None:
        return
    for date in report.dates:
        if date.claim is Claim.REPORT and not _heading(date) and _parts(date, report.period):
            yield _observation(rule, OTHER_PERIOD, date, title=anchor.sentence)
        elif _left(date, report.period):
            yield _observation(rule, OTHER_DAY, date, title=anchor.sentence)


def _left(date: PrintedDate, period: Period) -> bool:
    """Whether the outturn is said to be that of a day which an earlier report ended with."""
    if date.claim is Claim.OUTTURN:
        return _earlier(date, period)
    return date.claim is Claim.COUNTED and _passed(date, period)


def _titles(date: PrintedDate, period: Period) -> bool:
    """Whether a heading claims the period that the report was found to be about."""
    if date.claim is not Claim.REPORT or not _heading(date) or _parts(date, period):
        return False
    whole_year = period.end.month == 12
    return date.year is not None and (date.month is not None or whole_year)


def _heading(date: PrintedDate) -> bool:
    return isinstance(date.source, Passage) and date.source.kind is PassageKind.HEADING


def _parts(date: PrintedDate, period: Period) -> bool:
    """Whether anything that is printed of the date is not that of the period's last day."""
    end = period.end
    printed = ((date.year, end.year), (date.month, end.month), (date.day, end.day))
    return any(said is not None and said != right for said, right in printed)


def _earlier(date: PrintedDate, period: Period) -> bool:
    """Whether the day ends an earlier month of the report's own year."""
    year = date.year or period.end.year
    if date.month is None or date.day is None or year != period.end.year:
        return False
    return date.month < period.end.month and _ends_month(year, date.month, date.day)


def _passed(date: PrintedDate, period: Period) -> bool:
    """Whether the day ends an earlier month, and is not what a report compares with: its own day a
    year before, or the last day of a year."""
    if date.year is None or date.month is None or date.day is None:
        return False
    compared = date.month in (period.end.month, 12) and date.year < period.end.year
    earlier = (date.year, date.month) < (period.end.year, period.end.month)
    return earlier and _ends_month(date.year, date.month, date.day) and not compared


def _ends_month(year: int, month: int, day: int) -> bool:
    """Whether the day is the last of its month; no day of a month that there is none of is."""
    return 1 <= month <= 12 and day == calendar.monthrange(year, month)[1]


def _observation(rule: Rule, says: str, date: PrintedDate, **details: str) -> Observation:
    return Observation(
        rule.code,
        says,
        {"date": date.text, **details},
        date.sentence,
        date.source.box,
        date.table,
    )

"""Periods from the words of headers and headings."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from audit.model import Measure, Period
from audit.normalise.numbers import plain

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NAMES = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
)
_MONTH = (
    r"(jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|jun(?:i)?|jul(?:i)?|aug(?:usti)?|"
    r"sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?![\d-])")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_ISO_RANGE = re.compile(
    r"[^0-9]*([0-9]{4}-[0-9]{2}-[0-9]{2} ?- ?[0-9]{4}-[0-9]{2}-[0-9]{2})[^0-9]*"
)
_TO = r"\s*(?:[-–—]{1,2}|till(?: och med)?|t\.?o\.?m\.?)\s*"
_DATES = re.compile(rf"{_ISO.pattern}{_TO}{_ISO.pattern}")
_DAYS = re.compile(
    rf"(?<!\d)(\d{{1,2}}) {_MONTH}(?: ((?:19|20)\d\d))?{_TO}"
    rf"(\d{{1,2}}) {_MONTH}(?: ((?:19|20)\d\d))?(?![a-zåäö])",
    re.I,
)
_RANGE = re.compile(rf"\b{_MONTH}\s*(?:[-–—]|till|t\.?o\.?m\.?)\s*{_MONTH}(?![a-zåäö])", re.I)
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) {_MONTH}(?![a-zåäö])", re.I)
_ONE_MONTH = re.compile(rf"\b{_MONTH}(?![a-zåäö])", re.I)
_TERTIAL = re.compile(r"\b(?:t|tertial(?:rapport)? ?|delår(?:srapport)? ?)([12])\b", re.I)
_QUARTER = re.compile(
    r"\b(?:kvartal ?([1-4])|q([1-4])|(första|andra|tredje|fjärde) kvartalet)(?!\w)", re.I
)
_WHOLE = re.compile(r"\b(?:helår\w*|årsprognos\w*|årsbudget\w*|årsbokslut\w*|bokslut\w*)\b", re.I)
_EARLIER = re.compile(r"\b(?:föreg(?:\.|ående)?|fg\.?|förra|fjol\w*) ?år(?:et|ets)?\b", re.I)
_SAME = re.compile(
    r"\b(?:period(?:en)?|perioden?s|ack(?:\.|umulerat)?|hittills|samma period)\b", re.I
)


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31))


def months(number: int, first: int, last: int) -> Period:
    end = calendar.monthrange(number, last)[1]
    return Period(dt.date(number, first, 1), dt.date(number, last, end))


def shifted(period: Period, years: int) -> Period:
    """The same days so many years later; 29 February becomes the 28th."""

    def move(day: dt.date) -> dt.date:
        last = calendar.monthrange(day.year + years, day.month)[1]
        return day.replace(year=day.year + years, day=min(day.day, last))

    return Period(move(period.start), move(period.end))


def whole(period: Period) -> bool:
    """Whether the period is a calendar year."""
    return period == year(period.start.year)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def stated(words: str, default_year: int | None) -> Period | None:
    """The period that ``words`` name; ``default_year`` where they name months but no year."""
    if match := _DATES.search(words):
        first_day, last_day = match.groups()[:3], match.groups()[3:]
        return _days(_dated(*map(int, first_day)), _dated(*map(int, last_day)))
    if match := _ISO.search(words):
        return _dated(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_MONTH.search(words):
        return months(int(match[1]), 1, int(match[2]))
    found = _YEAR.search(words)
    number = int(found[1]) if found else default_year
    if number is None:
        return None
    if match := _DAYS.search(words):
        last = int(match[6] or number)
        begins = _dated(int(match[3] or last), _month(match[2]), int(match[1]))
        return _days(begins, _dated(last, _month(match[5]), int(match[4])))
    if match := _RANGE.search(words):
        first, last = _month(match[1]), _month(match[2])
        return months(number, first, last) if first <= last else None
    if match := _DAY.search(words):
        return _dated(number, _month(match[2]), int(match[1]))
    if match := _TERTIAL.search(words):
        return months(number, 1, 4 * int(match[1]))
    if match := _ONE_MONTH.search(words):
        return months(number, _month(match[1]), _month(match[1]))
    if match := _QUARTER.search(words):
        # a later quarter is itself to one reader, and the year to its end to another
        first_one = (match[1] or match[2] or match[3]).lower() in ("1", "första")
        return months(number, 1, 3) if first_one else None
    return year(number) if found else None


def _dated(number: int, month: int, day: int) -> Period | None:
    try:
        date = dt.date(number, month, day)
    except ValueError:  # 31 April: a misprint that no period can be read from
        return None
    return Period(date, date)


def column_period(words: str, measure: Measure | None, report: Period | None) -> Period | None:
    """The period of a column headed ``words`` in a report on the period ``report``."""
    current = report.end.year if report else None
    words = plain(words)
    if match := _ISO_RANGE.fullmatch(words):
        return _days(*(_dated(*map(int, day)) for day in _ISO.findall(match[1])))
    if len(set(_YEAR.findall(words))) > 1:
        return None  # from one year to the other: a change, or which of them it is stays unsaid
    earlier = _EARLIER.search(words) is not None
    named = _YEAR.search(words) or _YEAR_MONTH.search(words)
    period = stated(words, current - 1 if current and earlier else current)
    if period and not (named and whole(period)):
        return _so_far(period, measure)
    if period:
        return _of_year(period, words, measure, report)
    if report is None or current is None:
        return None
    if earlier or measure is Measure.ACCOUNTS:
        base = report if _SAME.search(words) and not _WHOLE.search(words) else year(current)
        full = _WHOLE.search(words) or _SAME.search(words) or measure is Measure.ACCOUNTS
        return shifted(base, -1) if full else None
    if _WHOLE.search(words) or (measure is Measure.FORECAST and not _SAME.search(words)):
        return year(current)
    return report if _SAME.search(words) else None


def _so_far(period: Period, measure: Measure | None) -> Period:
    """A month means the year to its end, and so does a day where something flows; a balance is
    that of its day."""
    last = calendar.monthrange(period.end.year, period.end.month)[1]
    month = period == Period(period.end.replace(day=1), period.end.replace(day=last))
    flows = period.start == period.end and measure is not None
    return Period(dt.date(period.end.year, 1, 1), period.end) if month or flows else period


def _days(first: Period | None, last: Period | None) -> Period | None:
    if first is None or last is None or last.end < first.start:
        return None
    return Period(first.start, last.end)


def _of_year(
    period: Period, words: str, measure: Measure | None, report: Period | None
) -> Period | None:
    """A column that names only a year: its outturn in an interim report is that of the report's
    period for the report's own year, and unsaid for an earlier one."""
    if measure is Measure.OUTTURN and report and not whole(report) and not _WHOLE.search(words):
        return report if period.start.year == report.end.year else None
    return period

"""What runs through the years of one body: the courses of its main concepts, and how far its
forecasts of the full year were from its accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from audit.model import (
    Concept,
    Course,
    Entry,
    ForecastError,
    Measure,
    Period,
    Printed,
    Role,
)
from audit.scan.forecasts import forecasts
from audit.scan.subjects import FOLLOWED, Said, Subject, age, alike, followed

C = Concept

MOST_COURSES = 12  # of one body
MOST_SOURCES = 4  # reports that are shown to print one thing differently

# What a reader asks for first; other concepts follow in the order of their statements.
MAIN = (
    C.NET_COST, C.YEAR_RESULT, C.OPERATING_INCOME, C.OPERATING_COSTS, C.PERSONNEL_COSTS,
    C.BALANCE_RESULT, C.TAX_AND_GRANTS, C.INVESTMENT_NET, C.EQUITY, C.ASSETS, C.CASH, C.SOLIDITY,
)  # fmt: skip
Figures = Callable[[Sequence[str]], Iterable[Printed]]
Bodies = Iterable[tuple[str, Sequence[Entry]]]


def through_years(
    bodies: Bodies, figures: Figures
) -> tuple[tuple[Course, ...], tuple[ForecastError, ...]]:
    """The courses and forecasts of each body, in the order of ``bodies``: (its name, its reports).

    ``figures`` reads the figures of reports, by their SHA-256; those of one body at a time are in
    memory.
    """
    courses: list[Course] = []
    errors: list[ForecastError] = []
    for name, entries in bodies:
        dated = {one.sha256: one for one in sorted(entries, key=age) if one.period}
        printed = list(figures(list(dated))) if dated else []
        found = followed(printed, dated)
        courses += _courses(name, found)
        errors += forecasts(name, found, printed)
    return tuple(courses), tuple(errors)


def _courses(body: str, said: Iterable[Said]) -> list[Course]:
    """The courses of most interest that have an outturn, and not nothing, in at least two years."""
    subjects: dict[Subject, list[Said]] = defaultdict(list)
    for one in said:
        subjects[one.subject].append(one)
    lasting = [
        (subject, found)
        for subject, found in subjects.items()
        if len({one.period.end.year for one in found if _spent(one)}) > 1
    ]
    lasting.sort(key=lambda pair: _interest(*pair))
    courses: list[Course] = []
    told: list[set[tuple[Measure, Period, Decimal]]] = []
    for _, found in lasting:
        says = {(one.measure, one.period, one.printed.amount.value) for one in found}
        total = found[-1].printed.role is Role.TOTAL
        if not (total and any(says <= other for other in told)):  # the net by another name
            courses.append(_course(body, found))
        told.append(says)
    return courses[:MOST_COURSES]


def _spent(one: Said) -> bool:
    return one.measure is Measure.OUTTURN and bool(one.printed.amount.value)


def _interest(subject: Subject, found: Sequence[Said]) -> tuple[int, int, int, tuple[str, ...]]:
    """Sorts concepts before totals before the rest, those of most years first."""
    years = len({one.period.end.year for one in found})
    if subject.concept in MAIN:
        return (0, MAIN.index(subject.concept), -years, ())
    if subject.concept is not None:
        return (1, list(Concept).index(subject.concept), -years, ())
    total = any(one.printed.role is Role.TOTAL for one in found)
    return (2 if total else 3, -years, 0, subject.words)


def _course(body: str, found: Sequence[Said]) -> Course:
    newest = found[-1].printed
    times: dict[tuple[Period, Measure], list[Said]] = defaultdict(list)
    for one in found:
        times[one.period, one.measure].append(one)
    order = sorted(times, key=lambda key: (key[0].end, key[0].start, FOLLOWED.index(key[1])))
    points = [one.point for key in order for one in _sources(times[key])]
    return Course(body, found[-1].label, newest.title, tuple(points))


def _sources(found: Sequence[Said]) -> list[Said]:
    """The report that printed the figure first, and those that print another."""
    kept = [found[0]]
    for one in found[1:]:
        if not any(alike(one.printed.amount, other.printed.amount) for other in kept):
            kept.append(one)
    return kept[:MOST_SOURCES]

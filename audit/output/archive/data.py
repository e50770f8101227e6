"""The lists of an archive's page as data for its script: rows of plain words and numbers, in which
a report is known by its place among the reports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from audit.language import Words
from audit.model import (
    Amount,
    Archive,
    Course,
    Entry,
    ForecastError,
    Measure,
    Point,
    Unit,
    UnitKind,
)
from audit.output.archive.accuracy import Accuracy, accuracies, better_share
from audit.output.archive.names import Shown, part_of_year, title, unread
from audit.output.archive.told import Told, ToldCell, money, told
from audit.output.plain import clean, digits, with_unit

THOUSANDS = Unit("tkr", 3, UnitKind.MONEY)

Row = list[Any]
Numbered = Mapping[str, int]


def data(archive: Archive, words: Words) -> dict[str, Any]:
    """The rows of each list, in the order that page.js names their columns in."""
    numbered = {one.sha256: place for place, one in enumerate(archive.entries)}
    shown = Shown(archive, words)
    rules: dict[str, tuple[int, str]] = {}
    findings = []
    for report, finding in archive.findings:
        one = told(report, finding, words)
        rule, _ = rules.setdefault(one.code, (len(rules), one.title))
        findings.append(_finding(one, rule, numbered))
    return {
        "reports": [_report(one, shown, words) for one in archive.entries],
        "rules": [[code, said] for code, (_, said) in rules.items()],
        "findings": findings,
        "courses": [_course(one, numbered, words) for one in archive.courses],
        "forecasts": [_accuracy(one, numbered, words) for one in accuracies(archive.forecasts)],
    }


def _report(entry: Entry, shown: Shown, words: Words) -> Row:
    tally, coverage = entry.tally, entry.coverage
    return [
        shown.body(entry),
        title(entry, words),
        entry.period.end.isoformat() if entry.period else "",
        [clean(one) for one in entry.names],
        unread(entry, words),
        entry.pages,
        [entry.errors, entry.warnings, entry.notes, entry.accepted],
        [tally.tested, tally.rounding, tally.differs, tally.undecided],
        [coverage.figures, coverage.verified, coverage.contradicted],
        entry.sha256,
    ]


def _finding(one: Told, rule: int, numbered: Numbered) -> Row:
    return [
        numbered.get(one.report, -1),
        numbered.get(one.other, -1),
        rule,
        one.severity.value,
        one.page,
        one.place,
        one.says,
        one.formula,
        [_cell(cell) for cell in one.cells],
        one.evidence,
        one.cause,
        one.proposed,
        one.reading,
        one.accepted,
    ]  # fmt: skip


def _cell(cell: ToldCell) -> Row:
    marks = (int(cell.other), int(cell.suspect))
    return [cell.role, cell.row, cell.column, cell.text, cell.page, *marks]


def _course(course: Course, numbered: Numbered, words: Words) -> Row:
    """The points in the unit of the newest of them, to be drawn; and as they are printed."""
    unit = course.points[-1].amount.unit
    kinds = {_series(one, words): (_look(one), one.measure.value) for one in course.points}
    names = sorted(kinds, key=lambda said: (kinds[said][0], said))
    points = [
        [
            names.index(_series(one, words)),
            one.period.end.year,
            float(one.amount.value.scaleb(-unit.exponent)),  # where to draw it, no more
            _printed(one.amount, words),
            numbered.get(one.sha256, -1),
            one.box.page,
            _standing(one),
        ]
        for one in course.points
    ]
    return [
        clean(course.organisation),
        clean(course.concept),
        clean(course.title),
        with_unit("", unit).strip(),
        [[said, kinds[said][1], kinds[said][0]] for said in names],
        points,
    ]


def _look(point: Point) -> int:
    """Which of the page's six looks its series has, the same in every chart."""
    if point.measure is Measure.FORECAST:
        return 3
    months = point.period.months
    if point.measure is Measure.BUDGET:
        return 1 if months == 12 else 5
    return {12: 0, 1: 0, 8: 2, 4: 4}.get(months, 5)


def _series(point: Point, words: Words) -> str:
    """ "Utfall jan–aug": the same for each year."""
    names = {
        Measure.OUTTURN: words.say("Outturn"),
        Measure.BUDGET: words.say("Budget"),
        Measure.FORECAST: words.say("Forecast"),
    }
    return f"{names[point.measure]} {part_of_year(point.period, words)}"


def _standing(point: Point) -> str:
    """What bears the figure out, as page.js names it."""
    return "pictured" if point.pictured and not point.sure else point.tested.value


def _printed(amount: Amount, words: Words) -> str:
    return with_unit(words.number(Decimal(digits(amount))), amount.unit)


def _accuracy(one: Accuracy, numbered: Numbered, words: Words) -> Row:
    return [
        clean(one.organisation),
        clean(one.label),
        one.months,
        _drawn(one.share),
        percent(one.share, words),
        _drawn(one.lean),
        percent(one.lean, words, signed=True),
        float(one.apart),
        money(words, one.apart.quantize(Decimal("1E3")), THOUSANDS),
        int(one.sure),
        [_error(error, numbered, words) for error in one.errors],
    ]


def _error(error: ForecastError, numbered: Numbered, words: Words) -> Row:
    return [
        error.year,
        _printed(error.made.amount, words),
        _printed(error.closed.amount, words),
        _deviation(error, words),
        _drawn(better_share(error)),
        percent(error.share if error.rising == 0 else better_share(error), words, signed=True),
        [numbered.get(error.made.sha256, -1), error.made.box.page, _standing(error.made)],
        [numbered.get(error.closed.sha256, -1), error.closed.box.page, _standing(error.closed)],
    ]


def _deviation(error: ForecastError, words: Words) -> str:
    """How far off in the coarser of the two units, and which way that is, where it is known."""
    unit = max(error.made.amount.unit, error.closed.amount.unit, key=lambda one: one.exponent)
    if error.exact:
        return (
            words.say("as forecast, but for rounding")
            if error.deviation
            else words.say("as forecast")
        )
    if error.better is None:
        return money(words, error.deviation, unit, signed=True)
    size = money(words, abs(error.deviation), unit)
    if error.better > 0:
        return words.say("{size} better", size=size)
    return words.say("{size} worse", size=size)


def percent(share: Decimal | None, words: Words, signed: bool = False) -> str:
    """A share that is in percent already, with one decimal; "" for None."""
    if share is None:
        return ""
    rounded = share.quantize(Decimal("0.1"))
    plus = "+" if signed and rounded > 0 else ""
    gap = "\N{NO-BREAK SPACE}" if words.language == "sv" else ""
    return f"{plus}{words.number(rounded or abs(rounded))}{gap}%"


def _drawn(value: Decimal | None) -> float | None:
    """Where to draw or sort it, no more."""
    return None if value is None else float(round(value, 3))

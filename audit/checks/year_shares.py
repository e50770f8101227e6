"""``share-of-year``: the outturn so far as a share of the year's forecast, against last year's.

No settings. Where a table prints the outturn of the same part of two years, and a table the year's
forecast (where there is none, its budget) and last year's accounts, each row has two shares: what
is spent of what is expected, and what was spent of what it came to. A row that strays from its last
year, and from the other rows, is worth a question and no more: the observation says so with its
four figures.

What may be chance is left alone. The shares are compared by what they leave for the rest of the
year: three times as much as last year's course would, or a third of it, is more than seasons,
new tasks and staff do to a row whose neighbours keep their course. Most rows must keep it, the
row must have left it by more than they, and in kronor by a fiftieth of all rows together, which is
what auditors call material (ISA 320: 0.5-2 % of the costs). Within rounding, every doubt is for
the row. Totals, income and results, rows that change sign, and columns where a part exceeds its
whole (the subject of ``part-year``) are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from audit.checks.lines import ZERO, earns
from audit.checks.years import OUTCOMES, labelled_figures, within
from audit.language import message
from audit.model import (
    Amount,
    Aspect,
    Column,
    Figure,
    Grid,
    Measure,
    Observation,
    Report,
    Role,
    Row,
    Rule,
)

OTHER_SHARE = message(
    "{row}: the outturn so far, {part}, is {share} of {whole} ({column}). Last year the same part "
    "was {earlier} of the year ({earlier_part} of {earlier_whole}); of the other rows together it "
    "is {others} this year, {earlier_others} last year."
)

APART = 3  # times what last year's course leaves for the rest of the year, or that part of it
FEW = 3  # rows that must keep last year's course, and three of four must
MATERIAL = Decimal("0.02")  # of all rows together


@dataclass(frozen=True, slots=True)
class Course:
    """A row's figures for part of a year and for all of it."""

    part: Figure
    whole: Figure

    @property
    def rest(self) -> tuple[Decimal, Decimal]:
        """What the part leaves of the whole, in parts of itself: the least and the most that the
        printed digits allow. Not more than nothing where the part may exceed the whole."""
        part, whole = _bounds(self.part.amount), _bounds(self.whole.amount)
        return whole[0] / part[1] - 1, whole[1] / part[0] - 1


@dataclass(frozen=True, slots=True)
class Pace:
    """A row's course this year, and last year's."""

    row: Row
    now: Course
    earlier: Course

    @property
    def change(self) -> tuple[Decimal, Decimal]:
        """How many times last year's rest this year's is, at least and at most."""
        now, earlier = self.now.rest, self.earlier.rest
        return now[0] / earlier[1], now[1] / earlier[0]

    @property
    def keeps(self) -> bool:
        return not self.strays(Decimal(1))

    def strays(self, usual: Decimal) -> bool:
        """Whether the rest is far from ``usual`` times last year's, whatever was rounded."""
        least, most = self.change
        return least > APART * usual or most * APART < usual

    @property
    def amount(self) -> Decimal:
        """How far the year is from what last year's course makes of the part, in kronor."""
        share = self.earlier.whole.amount.value / self.earlier.part.amount.value
        return abs(self.now.whole.amount.value - self.now.part.amount.value * share)


def share_of_year(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name the rows whose outturn so far is another share of the year than last year's was."""
    told: set[tuple[str, int]] = set()
    for paces in _courses(report):
        for pace in _strayed(paces):
            part = pace.now.part
            if (part.table, part.row) not in told:
                told.add((part.table, part.row))
                yield _observation(rule, pace, [other for other in paces if other is not pace])


def _strayed(paces: Sequence[Pace]) -> Iterator[Pace]:
    """The rows that have left last year's course, where the others keep it."""
    keep = sum(pace.keeps for pace in paces)
    if keep < FEW or 4 * keep < 3 * len(paces):
        return
    together = sum((abs(pace.now.whole.amount.value) for pace in paces), ZERO)
    for pace in paces:
        usual = _usual([other for other in paces if other is not pace])
        strays = not pace.keeps and pace.strays(usual)
        if strays and pace.amount >= MATERIAL * together:
            yield pace


def _usual(paces: Sequence[Pace]) -> Decimal:
    """The rest of the year that the rows leave, in times of last year's, at the middle row."""
    return median(sum(pace.change, ZERO) / 2 for pace in paces)


def _courses(report: Report) -> Iterator[list[Pace]]:
    """The rows of each two columns of parts and two of wholes; forecasts before budgets, and the
    parts' own table before others."""
    for grid in report.grids:
        for now in grid.columns:
            for earlier in grid.columns:
                if now.measure is Measure.OUTTURN and _year_before(earlier, now):
                    yield from _beside(report, grid, now, earlier)


def _beside(report: Report, grid: Grid, now: Column, earlier: Column) -> Iterator[list[Pace]]:
    near = sorted(report.grids, key=lambda other: other is not grid)
    for measure in (Measure.FORECAST, Measure.BUDGET):
        found = [
            paces
            for other in near
            for year in _wholes(other, now, frozenset({measure}))
            for before in _wholes(other, earlier, OUTCOMES)
            if (paces := _paces(grid, (now, earlier), other, (year, before)))
        ]
        if found:
            yield from found
            return


def _year_before(earlier: Column, now: Column) -> bool:
    """Whether two columns show the same part of two years that follow on each other."""
    if earlier.measure not in OUTCOMES or earlier.period is None or now.period is None:
        return False
    if earlier.previous or now.previous or _side(earlier) != _side(now):
        return False
    year = now.period.start.year
    first, last = earlier.period, now.period
    same = first.start.month == last.start.month and first.end.month == last.end.month
    return same and first.months == last.months and first.start.year == year - 1


def _wholes(grid: Grid, part: Column, measures: frozenset[Measure]) -> list[Column]:
    """The columns for the whole of the year that ``part`` is of."""
    return [
        column
        for column in grid.columns
        if column.measure in measures and not column.previous
        if _side(column) == _side(part) and within(part, column)
    ]


def _side(column: Column) -> tuple[object, ...]:
    return column.aspect, column.scope


def _paces(
    grid: Grid, parts: tuple[Column, Column], other: Grid, wholes: tuple[Column, Column]
) -> list[Pace]:
    """The rows of cost with all four figures; none where a part exceeds its whole."""
    columns = [
        *(labelled_figures(grid, column) for column in parts),
        *(labelled_figures(other, column) for column in wholes),
    ]
    paces = []
    for label, part in columns[0].items():
        row = grid.row(part.row)
        if row.role is Role.TOTAL or row.aspect in (Aspect.INCOME, Aspect.NET) or earns(row):
            continue
        figures = [column[label] for column in columns if label in column]
        if len(figures) == len(columns) and _clear(figures):
            now, earlier, year, before = figures
            paces.append(Pace(row, Course(now, year), Course(earlier, before)))
    whole = all(min(pace.now.rest[0], pace.earlier.rest[0]) > 0 for pace in paces)
    return paces if whole else []


def _clear(figures: Sequence[Figure]) -> bool:
    """Whether all have one sign, none may be nothing, and no digits are in doubt."""
    above = {figure.amount.value > 0 for figure in figures}
    sure = all(abs(one.amount.value) > one.amount.slack and one.trust == 1 for one in figures)
    return len(above) == 1 and sure


def _bounds(amount: Amount) -> tuple[Decimal, Decimal]:
    return abs(amount.value) - amount.slack, abs(amount.value) + amount.slack


def _observation(rule: Rule, pace: Pace, others: Sequence[Pace]) -> Observation:
    now, earlier = pace.now, pace.earlier
    details = {
        "row": pace.row.label,
        "part": now.part.source.text,
        "whole": now.whole.source.text,
        "column": now.whole.header,
        "share": _share([now]),
        "earlier_part": earlier.part.source.text,
        "earlier_whole": earlier.whole.source.text,
        "earlier": _share([earlier]),
        "others": _share([other.now for other in others]),
        "earlier_others": _share([other.earlier for other in others]),
    }
    evidence = f"{pace.row.label}  {now.part.source.text}"
    box, table = now.part.source.box, now.part.table
    return Observation(rule.code, OTHER_SHARE, details, evidence, box, table)


def _share(courses: Sequence[Course]) -> str:
    """What the parts are of the wholes, in whole percent."""
    parts = sum((abs(course.part.amount.value) for course in courses), ZERO)
    wholes = sum((abs(course.whole.amount.value) for course in courses), ZERO)
    return f"{100 * parts / wholes:.0f} %"

"""What percentages over several years may be made of: the growth of another line of the table from
year to year, or what one line is of others.

The years stand over the columns (then the lines are rows: "Förändring, %" below the figures) or in
the first column (then they are columns). What a percentage is made of must be named by its label,
or stand right before it: a search through all lines would find some that fit by chance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.checks.funding import FUNDING
from audit.checks.lines import DIFFERENCES, NO_ADDENDS, ONE
from audit.checks.percentages.columns import CLOSED, PLAIN, in_percent
from audit.checks.percentages.formulas import CHANGE, SHARE, Formula, Made, divides
from audit.model import Concept, Figure, Grid, Measure, Period, Role, Scope, Term, UnitKind

C = Concept
OTHERS = re.compile(
    r"\bmål|budgetavvik|prognossäkerhet|riket|genomsnitt|jämförbara|procentenhet|invånare"
    r"|\b(?:exkl|inkl)|jämförelsestörande|rensad|justera|fasta? pris|\breal",
    re.I,
)
CHANGES = re.compile(r"förändring|ökning|tillväxt|utveckling|kasvu|muutos", re.I)
# What the lines of percentages may mean; others (solidity) have a check of their own.
RECKONED = (None, C.NET_COST_SHARE, C.RESULT_SHARE)
WORD = re.compile(r"[a-zåäö]{5,}")
EMPTY = ("verksamhetens", "årets", "periodens", "summa", "totala", "procent", "kostnader")
DIGITS = 4.0  # that must agree, beyond those that choosing among formulas could have found


@dataclass(frozen=True, slots=True)
class Time:
    """When and whose; ``name`` as it is printed."""

    period: Period
    measure: Measure | None
    scope: Scope | None
    name: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One thing over the times of a table. ``figures`` are by place: the column's or row's index,
    whichever the times stand in."""

    at: int
    name: str
    figures: Mapping[int, Figure]
    percent: bool
    concept: Concept | None

    @property
    def kind(self) -> str:
        """What percentages of this name are: changes of something, or shares."""
        return CHANGE if CHANGES.search(self.name) else SHARE

    @property
    def stems(self) -> tuple[str, ...]:
        """The beginnings of the words that set it apart, however inflected or compounded."""
        words = (word for word in WORD.findall(self.name.casefold()) if word not in EMPTY)
        return tuple(word[: max(5, len(word) - 3)] for word in words)


@dataclass(frozen=True, slots=True)
class Overview:
    """The lines of a table over its times, in the order of the table."""

    times: Mapping[int, Time]
    strips: tuple[Strip, ...]

    def earlier(self, place: int) -> int | None:
        """Where the same stands of the year before."""
        now = self.times[place]
        found = [
            other
            for other, then in self.times.items()
            if _year_before(now.period, then.period)
            and then.measure in CLOSED
            and then.scope is now.scope
        ]
        return found[0] if len(found) == 1 else None


def over_columns(grid: Grid) -> Overview:
    """The rows of a table whose columns are times."""
    times = {
        column.index: Time(column.period, column.measure, column.scope, column.header)
        for column in grid.columns
        if column.period is not None
        and column.measure not in DIFFERENCES | NO_ADDENDS
        and not column.previous
        and column.aspect is None
        and not in_percent(column)
    }
    by_row: dict[int, dict[int, Figure]] = {}
    for (row, column), figure in grid.figures.items():
        if column in times and not figure.qualifier:
            by_row.setdefault(row, {})[column] = figure
    strips = tuple(
        _strip(row.index, row.label, by_row[row.index], row.concept)
        for row in sorted(grid.rows, key=lambda row: row.index)
        if row.index in by_row and row.role is not Role.OF_WHICH
    )
    return Overview(times, strips)


def over_rows(grid: Grid) -> Overview:
    """The columns of a table whose rows are times."""
    times = {
        row.index: Time(row.period, row.measure, None, row.label)
        for row in grid.rows
        if row.period is not None
    }
    strips = []
    for column in sorted(grid.columns, key=lambda column: column.index):
        held = {
            row: figure
            for (row, at), figure in grid.figures.items()
            if at == column.index and row in times and not figure.qualifier
        }
        if held and column.period is None and column.measure is not Measure.NOTE:
            strips.append(_strip(column.index, column.header, held, column.concept))
    return Overview(times, tuple(strips))


def _strip(at: int, name: str, figures: Mapping[int, Figure], concept: Concept | None) -> Strip:
    percent = all(figure.amount.unit.kind is UnitKind.PERCENT for figure in figures.values())
    return Strip(at, name, figures, percent, concept)


def strip_formulas(overview: Overview, stated: Strip) -> list[Formula]:
    """Every way to reckon the line that words or place speak for."""
    if not overview.times or OTHERS.search(stated.name):
        return []
    lines = [one for one in overview.strips if not one.percent]
    above = [one for one in lines if one.at < stated.at]
    near = above[-1] if above else None
    named = [one for one in lines if _names(stated, one)]
    every = [
        *_growths(overview, stated, near, named),
        *_shares(overview, stated, near, named, lines),
    ]
    tried = math.log10(max(1, len(every)))
    return [one for one in every if one.kind == CHANGE or _digits(one) >= DIGITS + tried]


def _names(stated: Strip, line: Strip) -> bool:
    words = stated.name.casefold()
    return any(stem in words for stem in line.stems)


def _growths(
    overview: Overview, stated: Strip, near: Strip | None, named: Sequence[Strip]
) -> Iterator[Formula]:
    if stated.kind != CHANGE:
        return
    # "Löneökning" below the costs of staff is no growth of theirs, though it may look like it.
    nearest = [near] if near and PLAIN.fullmatch(stated.name) else []
    for line in dict.fromkeys(one.at for one in (*named, *nearest)):
        source = next(one for one in overview.strips if one.at == line)
        made = tuple(_growth(overview, stated, source))
        if made:
            yield Formula(CHANGE, made, 1 + (source in named))


def _growth(overview: Overview, stated: Strip, line: Strip) -> Iterator[Made]:
    for place, figure in stated.figures.items():
        then = overview.earlier(place)
        if then is None or place not in line.figures or then not in line.figures:
            continue
        base = line.figures[then]
        if divides(base):
            names = [f"{line.name} {overview.times[at].name}" for at in (place, then)]
            yield (
                figure,
                (
                    Term(ONE, line.figures[place], names[0]),
                    Term(-ONE, base, names[1]),
                    Term(ONE, base, names[1], below=True),
                ),
            )


def _shares(
    overview: Overview,
    stated: Strip,
    near: Strip | None,
    named: Sequence[Strip],
    lines: Sequence[Strip],
) -> Iterator[Formula]:
    """One line as a share of another, or of taxes and grants together. The label must name the
    first of them, or that must stand right above, and name the second, if it has a name."""
    if stated.kind != SHARE:
        return
    parts = [*named, *([near] if near is not None and near not in named else [])]
    wholes = [*((one,) for one in named), *_funding(lines, stated)]
    if not named and near is not None:
        wholes += [(one,) for one in lines if one is not near]
    for part in parts:
        for whole in wholes:
            if part not in whole:
                for sign in (1, -1):
                    made = tuple(_share(stated, part, whole, sign))
                    if made:
                        yield Formula(SHARE, made, int(part in named) + int(len(whole) > 1))


def _funding(lines: Sequence[Strip], stated: Strip) -> Iterator[tuple[Strip, ...]]:
    if "skatt" not in stated.name.casefold():
        return
    known = {line.concept: line for line in lines if line.concept is not None}
    for concepts in FUNDING:
        if all(concept in known for concept in concepts):
            yield tuple(known[concept] for concept in concepts)


def _share(stated: Strip, part: Strip, whole: Sequence[Strip], sign: int) -> Iterator[Made]:
    for place, figure in stated.figures.items():
        if place in part.figures and all(place in one.figures for one in whole):
            below = [one.figures[place] for one in whole]
            if divides(below[0]) and sum(one.amount.value for one in below) != 0:
                terms = (Term(ONE, one, one.label, below=True) for one in below)
                numerator = part.figures[place]
                yield figure, (Term(sign * ONE, numerator, numerator.label), *terms)


def _digits(formula: Formula) -> float:
    """What it proves that the percentages hold."""
    return sum(
        max(0.0, math.log10(abs(stated.amount.value) / stated.amount.step))
        for stated, _ in formula.made
        if (stated.row, stated.column) in formula.holding and stated.amount.value
    )


def _year_before(now: Period, then: Period) -> bool:
    """Whether ``then`` is the same part of the year before, a leap year's February or not."""
    apart = now.end.year - then.end.year == now.start.year - then.start.year == 1
    return apart and (now.start.month, now.end.month) == (then.start.month, then.end.month)


def percent_strips(overview: Overview) -> Iterator[Strip]:
    """The lines of percentages that something may be reckoned for."""
    return (one for one in overview.strips if one.percent and one.concept in RECKONED)

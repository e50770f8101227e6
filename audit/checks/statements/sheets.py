"""The columns of a report's statements, side by side: what each prints of each concept.

Two columns speak of the same when their period ends on the same day and they show the same body's
accounts, both closed ones or both a forecast. Budgets are left out: one table may print the first
decision, another one a later.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit.checks.lines import figures_by_row
from audit.model import Column, Concept, Figure, Grid, Measure, Period, Report, Scope

CLOSED = frozenset({None, Measure.OUTTURN, Measure.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One column of a statement and its figures by concept; ``forecast`` is false for one of closed
    accounts."""

    grid: Grid
    period: Period
    scope: Scope | None
    forecast: bool
    figures: Mapping[Concept, Figure]

    @property
    def end(self) -> dt.date:
        return self.period.end


def sheets(report: Report) -> list[Sheet]:
    """Every column of closed accounts, and every one that is a table's only forecast of its period,
    that has figures of known concepts, in reading order."""
    return [sheet for grid in report.grids for sheet in _sheets(grid)]


def _sheets(grid: Grid) -> Iterator[Sheet]:
    yield from _years(grid)
    rows: dict[Concept, list[int]] = {}
    for row in grid.rows:
        if row.concept is not None:
            rows.setdefault(row.concept, []).append(row.index)
    if not rows:
        return
    figures = figures_by_row(grid)
    forecasts = Counter(_forecast(column) for column in grid.columns)
    for column in grid.columns:
        forecast = column.measure is Measure.FORECAST and forecasts[_forecast(column)] == 1
        if column.period is None or column.previous:
            continue
        if column.measure not in CLOSED and not forecast:
            continue
        held = {
            concept: figures[indexes[0]][column.index]
            for concept, indexes in rows.items()
            if len(indexes) == 1 and column.index in figures.get(indexes[0], {})
        }
        if held:
            yield Sheet(grid, column.period, column.scope, forecast, held)


def _years(grid: Grid) -> Iterator[Sheet]:
    """The rows of a table whose rows are times and whose columns are concepts."""
    concepts = Counter(column.concept for column in grid.columns)
    columns = [c for c in grid.columns if c.concept is not None and concepts[c.concept] == 1]
    times = Counter((row.period, row.measure) for row in grid.rows)
    for row in grid.rows if columns else ():
        forecast = row.measure is Measure.FORECAST
        if row.period is None or times[row.period, row.measure] > 1:
            continue
        if row.measure in CLOSED or forecast:
            held = {
                column.concept: figure
                for column in columns
                if column.concept is not None
                and (figure := grid.figures.get((row.index, column.index))) is not None
            }
            if held:
                yield Sheet(grid, row.period, None, forecast, held)


def _forecast(column: Column) -> tuple[object, ...]:
    """A forecast's column by what it speaks of: who prints two has made them at different times."""
    return column.measure, column.period, column.scope, column.aspect


def alike(scope: Scope | None, others: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that show the accounts of ``scope``; where that is not said, or is the body's own
    and they do not say, those that do not say or show the body's own."""
    every = list(others)
    exact = [sheet for sheet in every if sheet.scope is scope]
    if exact or scope is Scope.GROUP:
        return exact
    near = Scope.ENTITY if scope is None else None
    return [sheet for sheet in every if sheet.scope is near]

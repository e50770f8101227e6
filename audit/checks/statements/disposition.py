"""``disposition``: the result that a company's meeting disposes of is the income statement's.

No settings. ÅRL (1995:1554) 6 kap. 2 §, ABL (2005:551) 18 kap.: the proposal is the company's own,
in kronor, without a column for the year. It is held only against the income statement of that
body: a column that is called the parent's, or any of a report that speaks of no group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.checks.lines import ONE, equation, figures_by_row
from audit.checks.statements.sheets import sheets
from audit.model import (
    Basis,
    Comparison,
    Concept,
    Figure,
    Grid,
    Report,
    Rule,
    Scope,
    Statement,
    Term,
    UnitKind,
)

_DISPOSED = re.compile(r"balansera[dt]|ansamlad|i ny räkning|fri överkursfond|fritt eget", re.I)
_GROUP = re.compile(r"koncern", re.I)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTHS = 12


def disposition(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the year's result of each proposal with the one that the income statement has."""
    for grid in report.grids:
        stated = _result(grid)
        source = _of_year(grid, report) if stated else None
        if stated and source:
            term = Term(ONE, source, source.label)
            yield equation(rule, stated, (term,), Basis(True, 1, 1))


def _result(grid: Grid) -> Figure | None:
    """The year's result among what a meeting has at its disposal, in a table of one column."""
    figures = figures_by_row(grid)
    columns = {column for row in figures.values() for column in row}
    disposed = any(_DISPOSED.search(row.label) for row in grid.rows if row.index in figures)
    results = [row for row in grid.rows if row.concept is Concept.YEAR_RESULT]
    if grid.statement is not None or len(columns) != 1 or len(results) != 1 or not disposed:
        return None
    (column,) = columns
    if any(one.period for one in grid.columns if one.index == column):
        return None
    found = figures[results[0].index][column]
    return found if found.amount.unit.kind is UnitKind.MONEY else None


def _of_year(grid: Grid, report: Report) -> Figure | None:
    """The result of that year in the only column that can be the company's own."""
    years = {int(year) for year in _YEAR.findall(grid.table.title)}
    if not years and report.period is not None and report.period.months == MONTHS:
        years = {report.period.end.year}
    found = [
        figure
        for sheet in sheets(report)
        if sheet.grid.statement is Statement.INCOME and not sheet.forecast
        if sheet.period.months == MONTHS and {sheet.end.year} == years
        if sheet.scope is Scope.ENTITY or not (sheet.scope or _of_group(report))
        if (figure := sheet.figures.get(Concept.YEAR_RESULT)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _of_group(report: Report) -> bool:
    """Whether the report speaks of a group, whose result is another than the company's."""
    texts = (
        *(passage.text for passage in report.document.passages),
        *(cell.text for table in report.document.tables for cell in table.cells),
    )
    return any(_GROUP.search(text) for text in texts)

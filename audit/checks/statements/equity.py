"""``equity``: equity at the end is equity at the beginning, the year's result and what else moved.

No settings. LKBR 6 kap.; the change of equity stands in the balance sheet, in a note or in a
statement of its own, where components of equity may have a column each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.checks.statements.identity import (
    Identity,
    Row,
    best,
    compare,
    proved,
    statement_rows,
)
from audit.model import Comparison, Concept, Report, Rule

C = Concept
CLOSINGS = frozenset({C.EQUITY_CLOSING, C.EQUITY})


def equity(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare equity at the end with its opening balance and the rows between."""
    for grid in report.grids:
        if not any(row.concept is C.EQUITY_OPENING for row in grid.rows):
            continue
        for opening, between, closing in spans(statement_rows(grid)):
            readings = (proved(identity, grid) for identity in _readings(opening, between, closing))
            if found := best(readings):
                yield from compare(found, rule, grid)


def spans(rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Row, ...], Row]]:
    """Opening equity, the rows between, and closing equity."""
    start: int | None = None
    for at, row in enumerate(rows):
        if row.concept is C.EQUITY_OPENING:
            start = at
        elif start is not None and row.concept in CLOSINGS:
            yield rows[start], tuple(rows[start + 1 : at]), row
            start = None


def _readings(opening: Row, between: tuple[Row, ...], closing: Row) -> Iterator[Identity]:
    results = tuple(row for row in between if row.concept is C.YEAR_RESULT)
    if between:
        whole = len(between) == len(results) == 1
        yield Identity(closing, (opening, *between), opening, known=whole)
    if results and results != between:
        yield Identity(closing, (opening, *results), opening, known=False)

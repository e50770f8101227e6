"""``carried-over``: what a year begins with is what the year before ended with, in one table.

No settings. LKBR 4 kap. 4 §, K3 chapter 2 (the opening balance is the closing one of the year
before): equity that only the result stands between, as beside it reserves may be told apart, and
the opening and closing values of a note. Changed principles, mergers and corrections may part them:
nothing is said where a row names these or a mark may refer to them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from audit.checks.lines import ONE, equation
from audit.checks.statements.equity import spans as equity_spans
from audit.checks.statements.identity import statement_rows
from audit.checks.statements.movements import spans as value_spans
from audit.checks.statements.ties import MARKED
from audit.model import Basis, Cell, Column, Comparison, Figure, Grid, Measure, Report, Rule, Term

_CHANGED = re.compile(r"princip|omräkn|rättel|korrig|justera|fusion", re.I)
_PAST = (Measure.OUTTURN, Measure.ACCOUNTS, None)


def carried_over(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each opening value with the closing one of the column of the year before."""
    for grid in report.grids:
        rows = statement_rows(grid)
        equity = (span for span in equity_spans(rows) if len(span[1]) == 1)
        for opening, between, closing in (*equity, *value_spans(rows)):
            if any(_CHANGED.search(row.line.name) for row in (opening, *between, closing)):
                continue
            for later in grid.columns:
                earlier = _year_before(later, grid.columns)
                stated = opening.line.figures.get(later.index)
                closed = closing.line.figures.get(earlier.index) if earlier else None
                if earlier is None or stated is None or closed is None:
                    continue
                marked = _marked(grid, stated) or _marked(grid, closed)
                yield equation(
                    rule,
                    stated,
                    (Term(ONE, closed, f"{closing.line.name}, {earlier.header}"),),
                    Basis(True, 1, 1),
                    undecided=MARKED if marked else "",
                    group=f"{grid.table.id}:opening{opening.line.key}",
                )


def _year_before(later: Column, columns: Sequence[Column]) -> Column | None:
    """The one column that ends as the year of ``later`` begins, of the same accounts."""
    if later.period is None or later.measure not in _PAST or later.previous:
        return None
    eve = dt.date(later.period.end.year - 1, 12, 31)
    found = [
        one
        for one in columns
        if one.period
        and one.period.end == eve
        and one.measure in _PAST
        and not one.previous
        and (one.scope, one.aspect, one.unit) == (later.scope, later.aspect, later.unit)
    ]
    return found[0] if len(found) == 1 else None


def _marked(grid: Grid, figure: Figure) -> bool:
    own = figure.source.mark if isinstance(figure.source, Cell) else ""
    return bool(own or grid.row(figure.row).marks or "*" in figure.header)

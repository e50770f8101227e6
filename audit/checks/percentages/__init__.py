"""``percentages``: a printed change or share in percent, reckoned again from the table's figures.

Settings of a rule page:

- ``kind``: ``"change"`` (default) takes what is reckoned as the difference of two figures in
  percent of one of them ("Förändring %", "Kasvu %"), ``"share"`` what is one figure in percent of
  another ("Utfall i % av budget", "Nettokostnadens andel av skatter och bidrag") or of the total of
  its column ("Andel").

Percentages stand in a column beside the figures, in a row below them, or in a column of a table
whose rows are years. Which figures they are made of follows from what most of them agree on. A base
that is nought, or negative where the sign is in doubt, decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.lines import choice
from audit.checks.percentages.columns import column_formulas, in_percent
from audit.checks.percentages.formulas import KINDS, compared
from audit.checks.percentages.strips import (
    over_columns,
    over_rows,
    percent_strips,
    strip_formulas,
)
from audit.model import Comparison, Report, Rule


def percentages(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every line of percentages with what most of them show it to be made of."""
    kind = choice(rule, "kind", KINDS)
    for grid in report.grids:
        by_year = over_rows(grid)
        down = {strip.at: strip for strip in percent_strips(by_year)}
        for column in grid.columns:
            if in_percent(column):
                formulas = list(column_formulas(grid, column))
                if column.index in down:
                    formulas += strip_formulas(by_year, down[column.index])
                group = f"{grid.table.id}:column{column.index}"
                yield from compared(formulas, rule, kind, group)
        across = over_columns(grid)
        for strip in percent_strips(across):
            if strip.kind == kind:
                formulas = strip_formulas(across, strip)
                yield from compared(formulas, rule, kind, f"{grid.table.id}:row{strip.at}")

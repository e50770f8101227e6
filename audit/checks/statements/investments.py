"""``investments``: the net of investments, and a project's total against its years.

Settings of a rule page:

- ``identity``: ``"net"`` (default): net investments are expenditure less income, row against rows;
  ``"project"``: a project's total (budget, calculation, expenditure) is what was spent in earlier
  years, each later year's part and what is left, column against columns, project by project.

LKBR 10 kap., RKR R14. Which columns make up a total is what most projects show: two thirds of the
rows, and at least two with different figures. Columns of one measure and period that add up to each
other (``cross-footing``) are no matter of this check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.checks.cross_footing import accusing, believed
from audit.checks.fitting import Fit, Node, fit
from audit.checks.lines import DIFFERENCES, Line, choice, column_lines, equation
from audit.checks.statements.identity import Identity, by_concept, compare, proved, statement_rows
from audit.language import message
from audit.model import Basis, Column, Comparison, Concept, Grid, Report, Rule, Statement

C = Concept
KINDS = ("net", "project")
FEW = message("too few projects bear out which columns make up the total")
UNREAD = message("a part could not be read as a number")

WHOLE = re.compile(
    r"total|projektbudget|projektkalkyl|projektram|hela projektet|slutkostnad|beslutad utgift", re.I
)
LEAST, MOST = 2, 8  # columns that a total is made of


def investments(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare net investments with their sides, or projects' totals with their years."""
    kind = choice(rule, "identity", KINDS)
    for grid in report.grids:
        if kind == "net":
            yield from _net(grid, rule)
        elif grid.statement is Statement.INVESTMENTS:
            yield from _projects(grid, rule)


def _net(grid: Grid, rule: Rule) -> Iterator[Comparison]:
    if not any(row.concept is C.INVESTMENT_NET for row in grid.rows):
        return
    rows = by_concept(statement_rows(grid))
    sides = [rows[side] for side in (C.INVESTMENT_EXPENDITURE, C.INVESTMENT_INCOME) if side in rows]
    if len(sides) == LEAST:
        yield from compare(proved(Identity(rows[C.INVESTMENT_NET], tuple(sides)), grid), rule, grid)


def _projects(grid: Grid, rule: Rule) -> Iterator[Comparison]:
    lines = column_lines(grid)
    columns = [c for c in sorted(grid.columns, key=lambda c: c.index) if c.index in lines]
    for target in columns:
        if WHOLE.search(target.header) and target.measure not in DIFFERENCES:
            reading = _reading(target, columns, lines)
            if reading is not None:
                yield from _compare(reading, grid, rule)


def _reading(target: Column, columns: Sequence[Column], lines: dict[int, Line]) -> Fit | None:
    """The run of columns beside the total that most projects add up to it."""
    at = columns.index(target)
    best: Fit | None = None
    for beside in (columns[at + 1 :], columns[:at][::-1]):
        nodes = [Node(lines[c.index], c.index) for c in beside if c.measure not in DIFFERENCES]
        for start in range(len(nodes)):
            for size in range(LEAST, min(MOST, len(nodes) - start) + 1):
                parts = nodes[start : start + size]
                candidate = fit(lines[target.index], parts, (1,) * size, tried=len(nodes) ** 2)
                if believed(candidate) and (best is None or candidate.rank > best.rank):
                    best = candidate
    several = best is not None and len({_kind(columns, node) for node in best.nodes}) > 1
    return best if several else None


def _kind(columns: Sequence[Column], node: Node) -> tuple[object, object]:
    """What a column shows of when: parts that are all alike are for ``cross-footing``."""
    column = next(c for c in columns if c.index == node.line.key)
    return column.measure, column.period


def _compare(reading: Fit, grid: Grid, rule: Rule) -> Iterator[Comparison]:
    basis = Basis(True, reading.agreeing, reading.siblings)
    for outcome in reading.outcomes:
        doubt = "" if accusing(reading) else FEW
        yield equation(
            rule,
            outcome.stated,
            sorted(outcome.terms, key=lambda term: term.figure.column),
            basis,
            undecided="" if outcome.holds else UNREAD if outcome.unread else doubt,
            group=f"{grid.table.id}:column{reading.target.key}",
        )

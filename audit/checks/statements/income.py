"""``income-statement``: each step of an income statement is the one before and what lies between.

Settings of a rule page:

- ``steps``: the steps that the page speaks of, as names of concepts; default all:
  ``["net-cost", "gross-result", "operating-result", "annual-margin", "result-after-financial",
  "result-before-tax", "year-result", "surplus"]``.

Municipalities (LKBR 5 kap., older layouts without ``operating-result``), groups (with tax and
minority), boards, companies (ÅRL, K3) and Finnish municipalities have the same stairs with other
steps; those of companies that part their costs by function (ÅRL bilaga 3) begin with the gross
result, which is the net sales and all that stands between. Totals inside a step (the financial
net, the costs of the business) stand for their parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from audit.checks.lines import words
from audit.checks.statements.identity import (
    Identity,
    Proved,
    Row,
    best,
    compare,
    proved,
    statement_rows,
)
from audit.model import Comparison, Concept, Grid, Report, Rule, Scope, Statement

C = Concept
STEPS = (
    C.NET_COST,
    C.GROSS_RESULT,
    C.OPERATING_RESULT,
    C.ANNUAL_MARGIN,
    C.RESULT_AFTER_FINANCIAL,
    C.RESULT_BEFORE_TAX,
    C.YEAR_RESULT,
    C.SURPLUS,
)
REVENUE = frozenset({C.OPERATING_INCOME, C.NET_SALES})
SALES = REVENUE | {C.OTHER_OPERATING_INCOME, C.CAPITALISED_WORK, C.INVENTORY_CHANGE}
COSTS = frozenset({C.MATERIALS, C.OTHER_EXTERNAL_COSTS, C.PERSONNEL_COSTS, C.OTHER_OPERATING_COSTS})
FUNCTIONS = frozenset({C.COST_OF_SALES, C.SELLING_COSTS, C.ADMINISTRATIVE_COSTS, C.RESEARCH_COSTS})
FUNDING = frozenset(
    {C.TAX_REVENUE, C.TAX_AND_GRANTS, C.GENERAL_GRANTS, C.EQUALISATION, C.CONTRIBUTIONS}
)
INTEREST = frozenset({C.INTEREST_INCOME, C.INTEREST_COSTS, C.SHARE_RESULTS})
FINANCE = INTEREST | {C.FINANCIAL_INCOME, C.FINANCIAL_COSTS, C.FINANCIAL_NET}
LAST = frozenset({C.EXTRAORDINARY, C.APPROPRIATIONS, C.TAX, C.MINORITY})
ITEMS = SALES | COSTS | FUNCTIONS | FUNDING | FINANCE | LAST
ITEMS |= {C.OPERATING_COSTS, C.NON_RECURRING, C.DEPRECIATION, C.IMPAIRMENT, C.PROPERTY_FEE}

# Totals inside a step, and what cannot be among the parts that stand above them.
TOTALS: Mapping[Concept | None, frozenset[Concept]] = MappingProxyType(
    {
        C.OPERATING_INCOME: frozenset(),
        C.OPERATING_COSTS: SALES | {C.NON_RECURRING},
        C.TAX_AND_GRANTS: ITEMS - FUNDING - {C.PROPERTY_FEE},
        C.FINANCIAL_NET: ITEMS - FINANCE,
    }
)
# What may stand below such a total as a part of it.
DETAILS = (SALES - {C.OPERATING_INCOME}) | COSTS | (FINANCE - {C.FINANCIAL_NET})
MOST = 40  # rows that one step may have
LEAST = 3  # rows that a company's operating result is reckoned from


def income_statement(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every step of an income statement with the step before and the rows between.

    Raises ValueError, with the page's origin, for a step that there is none of.
    """
    chosen = set(words(rule, "steps", STEPS))
    if unknown := sorted(chosen - set(STEPS)):
        raise ValueError(f"{rule.origin}: steps must be among {', '.join(STEPS)}; not {unknown[0]}")
    for grid in report.grids:
        for found in stairs(grid):
            if found.identity.target.concept in chosen:
                yield from compare(found, rule, grid)


def stairs(grid: Grid) -> Iterator[Proved]:
    """The steps of the table, each with the reading that most columns satisfy."""
    if not any(row.concept in STEPS for row in grid.rows):
        return
    before: Row | None = None
    between: list[Row] = []
    for row in statement_rows(grid):
        if row.concept not in STEPS:
            between.append(row)
            continue
        if before is not None and _rank(row) <= _rank(before):
            before = None  # another statement begins
        readings = [proved(identity, grid) for identity in _readings(row, before, between)]
        if before is not None and not between and _last_step(row, before, grid):
            readings = [proved(Identity(row, (before,), before), grid)]
        if found := best(readings):
            yield found
        before, between = row, []


def _last_step(row: Row, before: Row, grid: Grid) -> bool:
    """Whether the two results of a municipality stand below each other, and are the same, for it
    pays no tax; a group's and a company's may leave the tax out of a summary."""
    steps = (before.concept, row.concept) == (C.RESULT_AFTER_FINANCIAL, C.YEAR_RESULT)
    concepts = {line.concept for line in grid.rows}
    funded = C.NET_COST in concepts and bool(concepts & FUNDING)
    alone = all(column.scope is not Scope.GROUP for column in grid.columns)
    return steps and funded and alone and grid.statement is Statement.INCOME


def _rank(row: Row) -> int:
    return STEPS.index(row.concept) if row.concept in STEPS else -1


def _readings(target: Row, before: Row | None, between: Sequence[Row]) -> Iterator[Identity]:
    """What the step may be the sum of: all rows since the one before, those that are left when
    totals stand for their parts above or below them, or only the rows that the norm knows."""
    since = list(between) if before else _from_revenue(between)
    carried = (before,) if before else ()
    some = _totals_last([row for row in since if row.concept in ITEMS])
    every = (since, _totals_last(since), _totals_first(since))
    candidates = {tuple(row.line.key for row in some): (some, False)}
    candidates |= {tuple(row.line.key for row in rows): (rows, True) for rows in every}
    for rows, whole in candidates.values():
        if rows and len(rows) <= MOST:
            known = whole and _promised(target, before, rows)
            yield Identity(target, (*carried, *rows), before, known)


def _from_revenue(rows: Sequence[Row]) -> list[Row]:
    start = next((at for at, row in enumerate(rows) if row.concept in SALES), len(rows))
    return list(rows[start:])


def _totals_last(rows: Sequence[Row]) -> list[Row]:
    """The rows, each total in place of its parts above it."""
    kept: list[Row] = []
    for row in rows:
        if row.concept in TOTALS:
            while kept and kept[-1].concept not in TOTALS[row.concept]:
                kept.pop()
        kept.append(row)
    return kept


def _totals_first(rows: Sequence[Row]) -> list[Row]:
    """The rows, each total in place of its parts below it."""
    kept: list[Row] = []
    below = False
    for row in rows:
        if below and (row.concept is None or row.concept in DETAILS):
            continue
        below = row.concept in TOTALS
        kept.append(row)
    return kept


def _promised(target: Row, before: Row | None, rows: Sequence[Row]) -> bool:
    """Whether the norm makes the step of just these rows."""
    concepts = {row.concept for row in rows}
    if target.concept is C.GROSS_RESULT:
        return rows[0].concept is C.NET_SALES and len(rows) > 1
    if not concepts <= ITEMS:
        return False
    if before is not None:
        return before.concept is not C.NET_COST or bool(concepts & (FUNDING | FINANCE))
    if target.concept is C.NET_COST:
        return concepts >= {C.OPERATING_INCOME, C.OPERATING_COSTS}
    return target.concept is C.OPERATING_RESULT and len(rows) >= LEAST

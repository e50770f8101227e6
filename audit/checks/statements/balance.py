"""``balance-sheet``: the sums of a balance sheet, and that its two sides agree.

Settings of a rule page:

- ``identity``: ``"sides"`` (default): assets are equity, provisions and liabilities together;
  ``"sums"``: assets are fixed and current ones (and grants to infrastructure), the other side is
  equity, provisions and liabilities, with whatever subtotals the layout has; and a subtotal is
  the rows above it, where the norm knows all of them.

LKBR 6 kap., ÅRL appendix 1; the minority and untaxed reserves stand between equity and provisions
in groups and companies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product, takewhile
from types import MappingProxyType

from audit.checks.lines import choice
from audit.checks.statements.identity import (
    Identity,
    Row,
    best,
    by_concept,
    compare,
    proved,
    sections,
)
from audit.model import Comparison, Concept, Grid, Report, Rule

C = Concept
KINDS = ("sides", "sums")
STARTS = frozenset({C.ASSETS, C.FIXED_ASSETS})

Alternatives = tuple[tuple[Concept, ...], ...]
FIXED: Alternatives = (
    (C.FIXED_ASSETS,),
    (C.INTANGIBLE_ASSETS, C.TANGIBLE_ASSETS, C.FINANCIAL_ASSETS),
    (C.TANGIBLE_ASSETS, C.FINANCIAL_ASSETS),
)
CURRENT: Alternatives = ((C.CURRENT_ASSETS,),)
LIABILITIES: Alternatives = ((C.LIABILITIES,), (C.LONG_LIABILITIES, C.SHORT_LIABILITIES))
LIABILITIES += ((C.SHORT_LIABILITIES,),)
PROVISIONS: Alternatives = ((C.PROVISIONS,), (C.PENSION_PROVISIONS, C.OTHER_PROVISIONS))
PROVISIONS += ((C.PENSION_PROVISIONS,), ())
BETWEEN: Alternatives = ((C.MINORITY, C.UNTAXED_RESERVES), (C.MINORITY,), (C.UNTAXED_RESERVES,), ())
GRANTS: Alternatives = ((C.INFRASTRUCTURE_GRANTS,), ())

# Subtotals and the parts that the norm knows of them.
SUBTOTALS: Mapping[Concept, frozenset[Concept]] = MappingProxyType(
    {
        C.FIXED_ASSETS: frozenset({C.INTANGIBLE_ASSETS, C.TANGIBLE_ASSETS, C.FINANCIAL_ASSETS}),
        C.CURRENT_ASSETS: frozenset({C.INVENTORY, C.RECEIVABLES, C.SHORT_INVESTMENTS, C.CASH}),
        C.PROVISIONS: frozenset({C.PENSION_PROVISIONS, C.OTHER_PROVISIONS}),
        C.LIABILITIES: frozenset({C.LONG_LIABILITIES, C.SHORT_LIABILITIES}),
    }
)

ASSETS = (FIXED, GRANTS, CURRENT)
OTHER_SIDE = (((C.EQUITY,),), BETWEEN, PROVISIONS, LIABILITIES)


def balance_sheet(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the two sides of each balance sheet, or each side with its parts."""
    kind = choice(rule, "identity", KINDS)
    for grid in report.grids:
        for section in sections(grid, STARTS):
            rows = by_concept(section)
            if kind == "sides":
                yield from _sides(rows, rule, grid)
            else:
                yield from _sums(rows, rule, grid)
                for identity in _subtotals(section):
                    yield from compare(proved(identity, grid), rule, grid)


def _sides(rows: Mapping[Concept, Row], rule: Rule, grid: Grid) -> Iterator[Comparison]:
    if C.ASSETS in rows and C.EQUITY_AND_LIABILITIES in rows:
        sides = Identity(rows[C.EQUITY_AND_LIABILITIES], (rows[C.ASSETS],), absolute=True)
        yield from compare(proved(sides, grid), rule, grid)


def _sums(rows: Mapping[Concept, Row], rule: Rule, grid: Grid) -> Iterator[Comparison]:
    for target, parts in ((C.ASSETS, ASSETS), (C.EQUITY_AND_LIABILITIES, OTHER_SIDE)):
        if target in rows:
            readings = (
                proved(Identity(rows[target], terms), grid) for terms in _choices(rows, parts)
            )
            if found := best(readings):
                yield from compare(found, rule, grid)


def _subtotals(section: Sequence[Row]) -> Iterator[Identity]:
    """The subtotals above which stand their parts and nothing else, up to a row of another kind."""
    for at, row in enumerate(section):
        members = SUBTOTALS.get(row.concept) if row.concept is not None else None
        if members:
            parts = _last(section[:at], members)
            before = section[at - len(parts) - 1] if len(parts) < at else None
            if len(parts) > 1 and (before is None or before.concept is not None):
                yield Identity(row, parts)


def _last(rows: Sequence[Row], concepts: frozenset[Concept]) -> tuple[Row, ...]:
    """The rows at the end that are all of ``concepts``."""
    return tuple(takewhile(lambda row: row.concept in concepts, reversed(rows)))[::-1]


def _choices(
    rows: Mapping[Concept, Row], parts: tuple[Alternatives, ...]
) -> Iterator[tuple[Row, ...]]:
    """The ways to make up a side of the rows that there are: of each part the fullest that the
    table has, and the minority both as a part of equity and beside it."""
    present = [
        [terms for terms in alternatives if all(term in rows for term in terms)]
        for alternatives in parts
    ]
    for chosen in product(*(found if () in found else found[:1] for found in present)):
        yield tuple(rows[term] for terms in chosen for term in terms)

"""``cash-flow``: the blocks of a cash flow statement, and cash from opening to closing.

Settings of a rule page:

- ``identity``: ``"blocks"`` (default): the year's cash flow is that of operations, investments and
  financing (and of grants to infrastructure); ``"closing"``: cash at the end is cash at the
  beginning and the year's flow.

LKBR 7 kap., RKR R13.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.checks.lines import choice
from audit.checks.statements.identity import (
    Identity,
    Row,
    by_concept,
    compare,
    proved,
    sections,
)
from audit.model import Comparison, Concept, Report, Rule

C = Concept
KINDS = ("blocks", "closing")
STARTS = frozenset({C.CASH_OPERATING, C.CASH_CLOSING})
BLOCKS = (C.CASH_OPERATING, C.CASH_INVESTING, C.CASH_FINANCING)


def cash_flow(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the year's cash flow with its blocks, or cash at the end with what led to it."""
    kind = choice(rule, "identity", KINDS)
    for grid in report.grids:
        for section in sections(grid, STARTS):
            identity = _identity(by_concept(section), kind)
            if identity is not None:
                yield from compare(proved(identity, grid), rule, grid)


def _identity(rows: Mapping[Concept, Row], kind: str) -> Identity | None:
    if kind == "blocks" and all(block in rows for block in (C.CASH_FLOW, *BLOCKS)):
        blocks = [*BLOCKS, C.CASH_INFRASTRUCTURE]
        return Identity(rows[C.CASH_FLOW], tuple(rows[b] for b in blocks if b in rows))
    ends = (C.CASH_OPENING, C.CASH_FLOW)
    if kind == "closing" and all(end in rows for end in (C.CASH_CLOSING, *ends)):
        return Identity(rows[C.CASH_CLOSING], tuple(rows[end] for end in ends))
    return None

"""``cash-flow``: the blocks of a cash flow statement, and cash from opening to closing.

Settings of a rule page:

- ``identity``: ``"blocks"`` (default): the year's cash flow is that of operations, investments and
  financing (and of grants to infrastructure); ``"closing"``: cash at the end is cash at the
  beginning and the year's flow; ``"rows"``: each block is what stands in it, the first from the
  year's result on, or from the result before tax or before financial items.

LKBR 8 kap., RKR R13.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
from audit.model import Comparison, Concept, Report, Rule

C = Concept
KINDS = ("blocks", "closing", "rows")
STARTS = frozenset({C.CASH_OPERATING, C.CASH_CLOSING})
STEPS = frozenset({C.CASH_BEFORE_WORKING_CAPITAL, C.CASH_OPERATING, C.CASH_INVESTING})
STEPS |= {C.CASH_FINANCING}
RESULTS = frozenset({C.YEAR_RESULT, C.RESULT_BEFORE_TAX, C.RESULT_AFTER_FINANCIAL})
RESULTS |= {C.OPERATING_RESULT}
ENDS = (C.CASH_OPENING, C.CASH_FLOW)
BLOCKS = (C.CASH_OPERATING, C.CASH_INVESTING, C.CASH_FINANCING)


def cash_flow(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the year's cash flow with its blocks, or cash at the end with what led to it."""
    kind = choice(rule, "identity", KINDS)
    for grid in report.grids:
        for section in sections(grid, STARTS):
            sums = list(_rows(section)) if kind == "rows" else [_totals(section, kind)]
            for readings in sums:
                if found := best(proved(one, grid) for one in readings):
                    yield from compare(found, rule, grid)


def _totals(section: Sequence[Row], kind: str) -> Iterator[Identity]:
    """The sum of the parts, and that with the rows between them and it, which may be some that
    move cash (differences of rates, bodies bought)."""
    rows = by_concept(section)
    target, needed = (C.CASH_FLOW, BLOCKS) if kind == "blocks" else (C.CASH_CLOSING, ENDS)
    if target not in rows or not all(concept in rows for concept in needed):
        return
    blocks = (*needed, C.CASH_INFRASTRUCTURE) if kind == "blocks" else needed
    parts = tuple(rows[concept] for concept in blocks if concept in rows)
    yield Identity(rows[target], parts)
    last = section.index(max(parts, key=lambda row: row.line.key))
    between = section[last + 1 : section.index(rows[target])]
    if between:
        yield Identity(rows[target], (*parts, *between), known=False)


def _rows(section: Sequence[Row]) -> Iterator[Iterable[Identity]]:
    """Each block's sum. Within the first, cash before the change of working capital stands for
    what leads to it."""
    block: list[Row] | None = None
    for row in section:
        if row.concept in RESULTS and (block is None or (block and block[0].concept in RESULTS)):
            block = [row]
        elif row.concept in STEPS:
            if block:
                first = block[0] if block[0].concept in STEPS else None
                yield [Identity(row, tuple(block), first)]
            block = [row] if row.concept is C.CASH_BEFORE_WORKING_CAPITAL else []
        elif block is not None:
            block.append(row)

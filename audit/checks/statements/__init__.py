"""Identities of the statements in municipal accounts: what must agree whatever the layout.

Rows are matched by what they mean (``Row.concept``), not by where they stand; signs are inferred
from agreement, for statements print costs with and without minus.
"""

from __future__ import annotations

from audit.checks.statements.balance import balance_sheet
from audit.checks.statements.bridge import bridge
from audit.checks.statements.cash_flow import cash_flow
from audit.checks.statements.disposition import disposition
from audit.checks.statements.equity import equity
from audit.checks.statements.income import income_statement
from audit.checks.statements.investments import investments
from audit.checks.statements.key_figures import key_figures
from audit.checks.statements.movements import movements
from audit.checks.statements.openings import carried_over
from audit.checks.statements.requirement import balance_requirement
from audit.checks.statements.ties import statement_ties

__all__ = [
    "balance_requirement",
    "balance_sheet",
    "bridge",
    "carried_over",
    "cash_flow",
    "disposition",
    "equity",
    "income_statement",
    "investments",
    "key_figures",
    "movements",
    "statement_ties",
]

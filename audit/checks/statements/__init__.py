"""Identities of the statements in municipal accounts: what must agree whatever the layout.

Rows are matched by what they mean (``Row.concept``), not by where they stand; signs are inferred
from agreement, for statements print costs with and without minus.
"""

from __future__ import annotations

from audit.checks.statements.income import income_statement

__all__ = ["income_statement"]

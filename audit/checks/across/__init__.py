"""Arithmetic across two reports: what the newer prints of the past against what was printed then.

Each check turns two reports side by side and a rule into comparisons and observations, as the
checks of one report do; the stated figure stands in the newer report, the terms in the older. The
newer one is doubted only where names and places leave one reading of what both mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from audit.checks.across.budgets import budgets
from audit.checks.across.chains import chains
from audit.checks.across.comparatives import comparatives
from audit.checks.across.names import names
from audit.checks.across.openings import openings
from audit.checks.across.parts import parts
from audit.model import AcrossCheck

ACROSS: Mapping[str, AcrossCheck] = MappingProxyType(
    {
        "comparatives": comparatives,
        "openings": openings,
        "budgets": budgets,
        "parts": parts,
        "chains": chains,
        "names": names,
    }
)

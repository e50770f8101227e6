"""Arithmetic over what was read: each check turns a report and a rule into comparisons, or into
observations where nothing is computed.

A check yields every comparison it makes, those that agree too, and says why where it could make
none. It knows nothing of other rooms than ``audit.model``. One file for each kind of check; the
file's own words say what the check is called and which settings a rule page may give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from audit.checks.content import interim_period, required_part
from audit.checks.cross_footing import cross_footing
from audit.checks.deviation import deviation, deviation_convention
from audit.checks.footing import footing
from audit.checks.footnotes import mark_without_note, note_without_mark
from audit.checks.of_which_pair import of_which_pair
from audit.checks.percentages import percentages
from audit.checks.presentation import changing_unit, decimals_of_total, duplicate_rows
from audit.checks.printed_dates import impossible_date, stale_period
from audit.checks.prose import prose, prose_direction, prose_parts, prose_reckoned
from audit.checks.shares_between import shares_between
from audit.checks.statements import (
    balance_requirement,
    balance_sheet,
    bridge,
    carried_over,
    cash_flow,
    disposition,
    equity,
    income_statement,
    investments,
    key_figures,
    movements,
    statement_ties,
)
from audit.checks.ties import note_ties, tie_scope, ties
from audit.checks.year_shares import share_of_year
from audit.checks.years import exchanged_rows, part_year
from audit.model import Check

BUILTIN: Mapping[str, Check] = MappingProxyType(
    {
        "footing": footing,
        "cross-footing": cross_footing,
        "shares-between": shares_between,
        "of-which-pair": of_which_pair,
        "deviation": deviation,
        "deviation-convention": deviation_convention,
        "part-year": part_year,
        "exchanged-rows": exchanged_rows,
        "share-of-year": share_of_year,
        "percentages": percentages,
        "prose": prose,
        "prose-direction": prose_direction,
        "prose-parts": prose_parts,
        "prose-reckoned": prose_reckoned,
        "ties": ties,
        "tie-scope": tie_scope,
        "note-ties": note_ties,
        "income-statement": income_statement,
        "balance-sheet": balance_sheet,
        "equity": equity,
        "cash-flow": cash_flow,
        "balance-requirement": balance_requirement,
        "key-figures": key_figures,
        "statement-ties": statement_ties,
        "investments": investments,
        "movements": movements,
        "carried-over": carried_over,
        "disposition": disposition,
        "bridge": bridge,
        "impossible-date": impossible_date,
        "stale-period": stale_period,
        "mark-without-note": mark_without_note,
        "note-without-mark": note_without_mark,
        "duplicate-rows": duplicate_rows,
        "changing-unit": changing_unit,
        "decimals-of-total": decimals_of_total,
        "required-part": required_part,
        "interim-period": interim_period,
    }
)

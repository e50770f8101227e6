"""A store's contents in columns, for those who go on by themselves: a stream of rows for each kind
of thing that is in it, report by report, so that nothing grows with the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.model import Entry, Finding, Rule

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from audit.store.store import Store

Columns = Mapping[str, type]  # what a column is called, and what its values are where there are any
Rows = Iterator[Sequence[Any]]

REPORT: Columns = {
    "sha256": str, "report": str, "organisation": str, "kind": str, "report_start": dt.date,
    "report_end": dt.date,
}  # fmt: skip
REPORTS: Columns = {
    **REPORT, "names": str, "status": str, "detail": str, "municipality": bool, "pages": int,
    "agrees": int, "rounding": int, "differs": int, "undecided": int, "verified": int,
    "contradicted": int, "uncovered": int, "errors": int, "warnings": int, "notes": int,
    "accepted": int,
}  # fmt: skip
TABLES: Columns = {
    **REPORT, "table": str, "title": str, "unit": str, "statement": str, "pages": str, "rows": int,
    "columns": int, "reader": str, "confidence": Decimal, "verified": int, "contradicted": int,
    "uncovered": int,
}  # fmt: skip
FIGURES: Columns = {
    **REPORT, "table": str, "title": str, "statement": str, "page": int, "x0": float, "top": float,
    "x1": float, "bottom": float, "row": int, "column": int, "label": str, "path": str,
    "role": str, "concept": str, "header": str, "measure": str, "period_start": dt.date,
    "period_end": dt.date, "aspect": str, "scope": str, "previous": bool, "unit": str,
    "value": Decimal, "amount": Decimal, "step": Decimal, "qualifier": str, "text": str,
    "pictured": bool, "coverage": str, "rules": str,
}  # fmt: skip
COMPARISONS: Columns = {
    **REPORT, "against": str, "kinship": str, "rule": str, "verdict": str, "page": int,
    "table": str, "row": int, "column": int, "unit": str, "actual": Decimal, "expected": Decimal,
    "difference": Decimal, "slack": Decimal, "terms": str, "reason": str,
}  # fmt: skip


def head(entry: Entry) -> Sequence[Any]:
    """What REPORT names, of one report."""
    period = entry.period
    return (
        entry.sha256, entry.names[0], entry.organisation, entry.kind,
        period.start if period else None, period.end if period else None,
    )  # fmt: skip


def reports(store: Store) -> Rows:
    """What REPORTS names; ``names`` are all files that hold the report, on a line each."""
    for one in store.entries():
        tally, coverage = one.tally, one.coverage
        yield (
            *head(one), "\n".join(one.names), one.status.value, one.detail, one.municipality,
            one.pages, tally.agrees, tally.rounding, tally.differs, tally.undecided,
            coverage.verified, coverage.contradicted, coverage.uncovered,
            one.errors, one.warnings, one.notes, one.accepted,
        )  # fmt: skip


def tables(store: Store) -> Rows:
    """What TABLES names."""
    for one, (rows,) in _by_report(store, "tables"):
        for row in rows:
            yield (
                *head(one), row["table_id"], row["title"], row["unit"], row["statement"],
                row["pages"], row["row_count"], row["column_count"], row["reader"],
                row["confidence"], row["verified"], row["contradicted"], row["uncovered"],
            )  # fmt: skip


def figures(store: Store) -> Rows:
    """What FIGURES names: ``value`` in the unit printed, ``amount`` and ``step`` (what the last
    printed digit is worth) in base units: kronor, percent, pieces."""
    for one, (tables, rows) in _by_report(store, "tables", "figures"):
        homes = {row["number"]: row for row in tables}
        for row in rows:
            home = homes[row["table_number"]]
            yield (
                *head(one), home["table_id"], home["title"], home["statement"], row["page"],
                row["x0"], row["top"], row["x1"], row["bottom"], row["row_index"],
                row["column_index"], row["label"], row["path"].replace("\n", " / "), row["role"],
                row["concept"], row["header"], row["measure"], row["period_start"],
                row["period_end"], row["aspect"], row["scope"], row["previous"], row["unit"],
                _in_unit(row["amount"], row["exponent"]), row["amount"], row["step"],
                row["qualifier"], row["text"], row["pictured"], row["fate"], row["rules"],
            )  # fmt: skip


def comparisons(store: Store) -> Rows:
    """What COMPARISONS names, with its numbers in the unit printed; ``against`` is the SHA-256 of
    an earlier report, where the terms stand in one."""
    for one, (rows,) in _by_report(store, "comparisons"):
        earlier = store.digests({row["against"] for row in rows if row["against"]})
        for row in rows:
            actual = row["actual"]
            expected = actual if row["verdict"] == "agrees" else row["expected"]
            difference = None if expected is None else actual - expected
            numbers = (actual, expected, difference, row["slack"])
            yield (
                *head(one), earlier.get(row["against"], ""), row["kinship"], row["rule"],
                row["verdict"], row["page"], row["table_id"], row["row_index"],
                row["column_index"], row["unit"],
                *(_in_unit(number, row["exponent"]) for number in numbers),
                row["terms"], row["reason"],
            )  # fmt: skip


def findings(store: Store, rules: Mapping[str, Rule]) -> Iterator[tuple[Entry, Finding]]:
    """Each finding with its report; ``rules`` are by code. Both come in the same order."""
    entries = store.entries()
    one = next(entries, None)
    for sha256, finding in store.findings(rules):
        while one is not None and one.sha256 != sha256:
            one = next(entries, None)
        if one is not None:
            yield one, finding


def _by_report(
    store: Store, *tables: str
) -> Iterator[tuple[Entry, Sequence[Sequence[RowMapping]]]]:
    """Each report with its rows in each of the tables."""
    from audit.store.store import WHOLE, batches  # noqa: PLC0415 - loads SQLAlchemy

    for batch in batches(store.entries(), WHOLE):
        found = [store.rows(table, [one.sha256 for one in batch]) for table in tables]
        for one in batch:
            yield one, [rows[one.sha256] for rows in found]


def _in_unit(amount: Decimal | None, exponent: int) -> Decimal | None:
    """An amount in base units in a unit that is ten to the ``exponent`` of them, without zeros
    that say nothing."""
    if amount is None:
        return None
    scaled = amount.scaleb(-exponent)
    whole = scaled.to_integral_value()
    return whole if whole == scaled else scaled.normalize()

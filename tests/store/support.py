"""What the tests of the store keep in it, and how they look at what is there."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from audit.model import AuditedReport, Edition, Source
from audit.store import codec, opened, schema
from tests.reports import linkoping

NOW = Edition("0.1.0", "rules")
FILE = Source("2021/report.pdf", 100, "a")
LINKOPING = linkoping()
RULES = {finding.rule.code: finding.rule for finding in LINKOPING.findings}


def digest(number: int) -> str:
    return f"{number:064x}"[::-1]


def record(audited: AuditedReport, number: int = 1) -> codec.Record:
    return codec.record(digest(number), audited)


def keep_some(location: str, numbers: list[int]) -> None:
    """Keeps the reports of those numbers, as a scan in a process of its own does."""
    with opened(location) as store:
        for number in numbers:
            source = replace(FILE, name=f"{number}/report.pdf", size=number)
            store.keep(source, record(LINKOPING, number), NOW)


def contents(location: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that says something of reports, in the order of its key."""
    with opened(location, create=False) as store, store._engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in schema.metadata.sorted_tables
            if table is not schema.scans
        }

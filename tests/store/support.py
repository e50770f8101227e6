"""What the tests of the store keep in it."""

from __future__ import annotations

from audit.model import AuditedReport, Edition, Source
from audit.store import codec
from tests.reports import linkoping

NOW = Edition("0.1.0", "rules")
FILE = Source("2021/report.pdf", 100, "a")
LINKOPING = linkoping()
RULES = {finding.rule.code: finding.rule for finding in LINKOPING.findings}


def digest(number: int) -> str:
    return f"{number:064x}"[::-1]


def record(audited: AuditedReport, number: int = 1) -> codec.Record:
    return codec.record(digest(number), audited)

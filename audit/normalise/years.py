"""Tables whose rows are times: "2022", "2023", … or "Bokslut 2024", "Budget 2025" down the side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.model import Column, Period, Role, Row
from audit.normalise.concepts import concept
from audit.normalise.headers import measure
from audit.normalise.numbers import plain
from audit.normalise.periods import column_period

FEWEST = 2  # rows that are times, before the table is one of times
_TIME = re.compile(
    r"(?:(?:bokslut|utfall|redovisat|budget|prognos|plan|delår(?:et|sbokslut)?|helår|år(?:et)?"
    r"|period(?:en)?|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*|per|den|t\.?o\.?m\.?"
    r"|[0-3]?\d|[-–/.])\s*)*(?:19|20)\d\d(?:[-–/. ]*\d{1,2}){0,2}",
    re.I,
)


def by_time(
    lines: Mapping[int, Row], columns: Sequence[Column], report: Period | None
) -> tuple[dict[int, Row], tuple[Column, ...]]:
    """The rows with the times that their labels are, and the columns with what they mean, where
    the table's rows are times; else as they were."""
    named = [row for row in lines.values() if row.role is not Role.HEADING]
    timed = {row.index: row for row in named if _TIME.fullmatch(plain(row.label))}
    apart = len({plain(row.label) for row in timed.values()}) == len(timed) >= FEWEST
    if not apart or 2 * len(timed) <= len(named) or any(column.period for column in columns):
        return dict(lines), tuple(columns)
    found = dict(lines)
    for index, row in timed.items():
        kind = measure(row.label)
        when = column_period(row.label, kind, report)
        found[index] = replace(row, period=when, measure=kind if when else None)
    meant = (replace(column, concept=concept(column.header)) for column in columns)
    return found, tuple(meant)

"""The Parquet file: one row for each cell of a body, exact."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal
from typing import Any

import pytest

from audit.model import AuditedReport, Table
from audit.normalise import normalise
from audit.normalise.frames import COLUMNS
from audit.output.parquet import tables_parquet
from tests import reports, tables

pq = pytest.importorskip("pyarrow.parquet")

MIXED = """
| Mått, tkr | Utfall 2021 | Budget 2021 |
| Skola     | 1 200^4^    | 1 100,55    |
| > Hyra    | I.U.        | −7          |
| Summa     |             | 0           |
"""


def audited(*made: Table) -> AuditedReport:
    return dataclasses.replace(reports.clean(), report=normalise(tables.document(*made)))


def rows(*audits: AuditedReport) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(tables_parquet(audits))).to_pylist()
    return found


def test_one_row_for_each_cell_that_is_no_label() -> None:
    found = rows(audited(tables.table(MIXED, title="Ekonomi")))
    assert [(row["label"], row["header"], row["text"], row["value"]) for row in found] == [
        ("Skola", "Utfall 2021", "1 200", Decimal(1200)),
        ("Skola", "Budget 2021", "1 100,55", Decimal("1100.55")),
        ("Hyra", "Utfall 2021", "I.U.", None),
        ("Hyra", "Budget 2021", "−7", Decimal(-7)),
        ("Summa", "Budget 2021", "0", Decimal(0)),
    ]
    first = found[0]
    assert (first["table"], first["title"], first["unit"], first["mark"]) == (
        "p1t1", "Ekonomi", "tkr", "4"
    )  # fmt: skip
    assert (first["page"], first["x0"], first["measure"]) == (1, 260.0, "outturn")
    assert first["period_end"].year == 2021


def test_the_columns_are_those_of_the_frames_and_a_few_more() -> None:
    names = set(pq.read_schema(io.BytesIO(tables_parquet([reports.linkoping()]))).names)
    assert names == {*COLUMNS, "report", "mark", "coverage", "rules"}


def test_a_number_too_long_for_the_column_is_text_alone() -> None:
    long = "9" * 21
    found = rows(audited(tables.table(f"| Mått | 2021 |\n| a | {long} |\n| b | 0,5 |")))
    assert [(row["text"], row["value"]) for row in found] == [(long, None), ("0,5", Decimal("0.5"))]


def test_several_reports_and_those_that_hold_nothing() -> None:
    found = rows(reports.linkoping(), reports.clean(), reports.unreadable())
    assert {row["report"] for row in found} == {reports.linkoping().path, "clean.pdf"}
    assert rows(reports.unreadable(), reports.without_tables()) == []


def test_what_became_of_figures() -> None:
    table = pq.read_table(io.BytesIO(tables_parquet([reports.marked()])))
    assert table.column("coverage").to_pylist() == ["uncovered", "verified", "contradicted"]
    assert table.column("rules").to_pylist() == ["", "DEV201 SUM101", "SUM101"]

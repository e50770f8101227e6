"""The workbook, read back by another library."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.language import translation
from audit.model import AuditedReport, Table
from audit.normalise import normalise
from audit.output.xlsx import tables_xlsx
from tests import reports, tables

FIRST = 4  # the row of the workbook that a table's first row stands in


def opened(*audits: AuditedReport) -> Workbook:
    return load_workbook(io.BytesIO(tables_xlsx(audits, translation("sv"))), rich_text=False)


def audited(*made: Table) -> AuditedReport:
    return dataclasses.replace(reports.clean(), report=normalise(tables.document(*made)))


def sheet(text: str, **more: object) -> Worksheet:
    return opened(audited(tables.table(text, **more))).worksheets[1]  # type: ignore[arg-type]


def values(found: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in found.iter_rows(min_row=FIRST)]


def test_the_first_sheet_lists_the_tables_and_what_was_not_read() -> None:
    book = opened(reports.linkoping(), reports.unreadable())
    listed = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert book.sheetnames[0] == "Tabeller"
    assert listed[0] == [
        "Rapport", "Tabell", "Titel", "Enhet", "Sidor", "Rader", "Kolumner", "Läsare", "Säkerhet"
    ]  # fmt: skip
    assert [row[1] for row in listed[1:]] == ["p4t1", "p5t1", None]
    assert listed[2][4:] == ["5", 15, 5, "pdfium", 0.98]
    assert "lösenord" in str(listed[3][2])
    assert book.worksheets[0]["B3"].hyperlink.location == f"'{book.sheetnames[2]}'!A1"


def test_numbers_are_numbers_and_show_what_is_printed() -> None:
    found = sheet(
        "| Mått | 2021 |\n| a | 12 842 |\n| b | −0,50 |\n| c | 7,8 % |\n| d | 48^4^ |\n| e | 1382 |"
    )
    shown = [(row[1].value, row[1].number_format) for row in found.iter_rows(min_row=FIRST + 1)]
    assert shown == [
        (12842, "#,##0"), (-0.5, "0.00"), (7.8, '0.0" %"'), (48, '0"⁴"'), (1382, "0")
    ]  # fmt: skip


def test_what_is_no_bare_number_is_text() -> None:
    found = sheet(
        "| Mått | 2021 | 2020 |\n| a | I.U. | 4 |\n| b | 1 940 (per den 1 april) | 5 |\n"
        "| c | - | 7 |\n| d | 98-100 | 8 |"
    )
    assert [row[1] for row in values(found)[1:]] == [
        "I.U.", "1 940 (per den 1 april)", "-", "98-100"
    ]  # fmt: skip


def test_more_digits_than_a_spreadsheet_keeps_are_text() -> None:
    found = sheet("| Mått | 2021 |\n| a | 1234567890123456 |\n| b | 123456789012345 |")
    assert [row[1] for row in values(found)[1:]] == ["1234567890123456", 123456789012345]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_is_exactly_the_printed_one(number: Decimal) -> None:
    found = sheet(f"| Mått | 2021 |\n| a | {number:f} |".replace(".", ","))
    value = values(found)[1][1]
    assert Decimal(repr(value)) == number


RISKY = ["=1+1", "+A1", "-1+1", "@SUM(A1)", '=HYPERLINK("x")', "{=A1}", "http://example.se"]


@pytest.mark.parametrize("text", RISKY)
def test_nothing_is_a_formula_or_a_link(text: str) -> None:
    made = tables.table(f"| Mått | 2021 |\n| {text} | {text} |\n| b | 3 |", title=text)
    data = tables_xlsx([audited(made)], translation("sv"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >]|externalLink", archive.read(name)), name
    found = load_workbook(io.BytesIO(data)).worksheets[1]
    assert {cell.data_type for row in found.iter_rows() for cell in row if cell.value} <= {"s", "n"}
    assert values(found)[1][:2] == [text, text]
    if text[0] in "=+-@":
        assert found.cell(FIRST + 1, 2).quotePrefix


def test_headers_are_bold_spans_merged_and_panes_frozen() -> None:
    found = sheet(
        "| Belopp | Utfall | < |\n| ^ | 2021 | 2020 |\n| Skola | 12 | 30 |", header_rows=2
    )
    assert {str(one) for one in found.merged_cells.ranges} == {"A4:A5", "B4:C4"}
    assert found["B4"].font.bold
    assert found["B5"].font.bold
    assert not found["B6"].font.bold
    assert found.freeze_panes == "B6"


def test_footnotes_stand_below() -> None:
    found = sheet("| Mått | 2021 |\n| a | 3 |", footnotes=[("*", "Avser hela året.")])
    assert values(found)[-1][0] == "* Avser hela året."


NAMES = st.text(max_size=40)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_names_of_sheets_are_legal_and_unique(titles: list[str]) -> None:
    made = [tables.table("| a | b |\n| c | 1 |", title=title) for title in titles]
    book = opened(audited(*made), audited(*made))
    names = [name.casefold() for name in book.sheetnames]
    assert len(set(names)) == len(names) == 1 + 2 * len(titles)
    for name in book.sheetnames:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\']", name)


@given(st.text())
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    made = tables.table("| Mått | 2021 |\n| a | 3 |")
    cells = tuple(dataclasses.replace(cell, text=text or "x") for cell in made.cells)
    opened(audited(dataclasses.replace(made, cells=cells, title=text, unit=text)))


def test_figures_are_marked_and_stay_numbers() -> None:
    found = opened(reports.marked()).worksheets[1]
    cells = [found.cell(FIRST + row, 2) for row in (1, 2, 3)]
    assert [cell.value for cell in cells] == [12, 30, 43]
    assert [cell.number_format for cell in cells] == ['0" ○"', '0" ✓"', '0" ✗"']
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3
    assert [cell.comment.text for cell in cells] == [
        "ej prövat", "stämmer: DEV201, SUM101", "stämmer inte: SUM101"
    ]  # fmt: skip
    below = [row[0] for row in values(found)]
    assert "✗ stämmer inte 1" in below

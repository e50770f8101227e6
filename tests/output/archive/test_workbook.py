"""The archive's workbook, read back by another library."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from audit.language import translation
from audit.model import Archive
from audit.output.archive.workbook import archive_xlsx
from tests import archives


@pytest.fixture(scope="module")
def written(archive: Archive) -> bytes:
    return archive_xlsx(archive, translation("sv"))


@pytest.fixture(scope="module")
def book(written: bytes) -> Workbook:
    return load_workbook(io.BytesIO(written))


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    heads, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def test_each_list_has_its_sheet(archive: Archive, book: Workbook) -> None:
    counts = {name: len(rows(book, name)) for name in book.sheetnames}
    assert counts == {
        "Rapporter": len(archive.entries),
        "Fynd": len(list(archive.findings)),
        "Genom åren": sum(len(one.points) for one in archive.courses),
        "Prognossäkerhet": len(archive.forecasts),
    }


def test_numbers_are_numbers_and_days_are_days(book: Workbook) -> None:
    one = next(row for row in rows(book, "Rapporter") if row["Fil"] == "socialnämnden/2023-08.pdf")
    assert one["Till"] == dt.datetime(2023, 8, 31)  # noqa: DTZ001 - a day, as sheets have it
    assert (one["Fel"], one["Tal"], one["Prövade tal"]) == (1, 20, 20)
    arc = next(row for row in rows(book, "Fynd") if row["Regel"] == "ARC701")
    assert (arc["Tryckt"], arc["Väntat"], arc["Skillnad"]) == (880128, 879228, 900)
    assert arc["Fil"] == "socialnämnden/2023-08.pdf"
    assert arc["Jämförd fil"] == "socialnämnden/2022-12.pdf"
    assert "879 228 (Årsredovisning 2022, sida 3)" in str(arc["Celler"])


def test_forecasts_are_in_kronor_with_and_without_sign(archive: Archive, book: Workbook) -> None:
    for one, row in zip(archive.forecasts, rows(book, "Prognossäkerhet"), strict=True):
        assert row["Bokslut minus prognos, kr"] == one.deviation
        assert row["Utan tecken, kr"] == abs(one.deviation)
        assert row["Bättre än prognosen, kr"] == one.better
        assert one.share is not None
        assert row["Andel, %"] == pytest.approx(float(one.share), abs=0.005)


def test_an_unread_report_says_why(book: Workbook) -> None:
    one = next(row for row in rows(book, "Rapporter") if row["Fil"] == "gammalt/låst.pdf")
    assert one["Läge"] == "encrypted"
    assert "lösenord" in str(one["Orsak"])


def test_no_text_is_a_formula(written: bytes, book: Workbook) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.lstrip()[:1] in {*"=+-@"}:
                    assert cell.quotePrefix


def test_a_number_that_a_spreadsheet_would_round_is_text() -> None:
    archive = archives.archive()
    long = Decimal("1234567890123456789")
    one = archive.forecasts[0]
    made = dataclasses.replace(one.made, amount=dataclasses.replace(one.made.amount, value=long))
    changed = dataclasses.replace(archive, forecasts=(dataclasses.replace(one, made=made),))
    book = load_workbook(io.BytesIO(archive_xlsx(changed, translation("sv"))))
    assert rows(book, "Prognossäkerhet")[0]["Prognos, kr"] == str(long)

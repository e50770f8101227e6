"""Rows written as they come: exact, and no text is a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from audit.output import streamed
from audit.output.streamed import Stream, write_csv, write_parquet, write_xlsx

COLUMNS = {
    "words": str, "count": int, "length": float, "true": bool, "day": dt.date, "money": Decimal,
}  # fmt: skip
ROW = ("Skola", 3, 1.5, True, dt.date(2021, 8, 31), Decimal("-9601.50"))
NOTHING = (None,) * len(COLUMNS)


def bytes_of(write: Callable[..., None], what: Any) -> bytes:
    out = io.BytesIO()
    write(out, what)
    return out.getvalue()


def lines(*rows: Sequence[object]) -> list[list[str]]:
    said = bytes_of(write_csv, Stream("x", COLUMNS, rows)).decode()
    return list(csv.reader(io.StringIO(said)))


def table(*rows: Sequence[object]) -> list[tuple[object, ...]]:
    pq = pytest.importorskip("pyarrow.parquet")
    read = pq.read_table(io.BytesIO(bytes_of(write_parquet, Stream("x", COLUMNS, rows))))
    return [tuple(row.values()) for row in read.to_pylist()]


def cells(*rows: Sequence[object]) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(bytes_of(write_xlsx, [Stream("x", COLUMNS, rows)])))
    return list(book.active.iter_rows(min_row=2, values_only=True))  # type: ignore[union-attr]


def test_csv_has_exact_digits() -> None:
    assert lines(ROW, NOTHING) == [
        list(COLUMNS),
        ["Skola", "3", "1.5", "1", "2021-08-31", "-9601.50"],
        [""] * len(COLUMNS),
    ]


def test_parquet_has_types() -> None:
    assert table(ROW, NOTHING) == [ROW, NOTHING]


def test_a_workbook_has_numbers_and_days() -> None:
    first, _, last = cells(ROW, NOTHING, ("x", *NOTHING[1:]))
    assert first == ("Skola", 3, 1.5, True, dt.datetime(2021, 8, 31), -9601.5)  # noqa: DTZ001
    assert last == ("x", *NOTHING[1:])


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-cmd", "@SUM(1)", "\t=1", "|x", "  =1"])
def test_no_text_is_a_formula(text: str) -> None:
    row = (text, *NOTHING[1:])
    assert lines(row)[1][0].startswith("'")
    ((said, *_),) = cells(row)
    assert isinstance(said, str)
    book = load_workbook(io.BytesIO(bytes_of(write_xlsx, [Stream("x", COLUMNS, [row])])))
    cell = book.worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_more_digits_than_a_spreadsheet_keeps_are_text() -> None:
    long = Decimal("1234567890123456.78")
    assert cells((*NOTHING[:-1], long))[0][-1] == str(long)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("0.123456"), Decimal("0.123456")),
        (Decimal("0.1234567"), None),  # printed, and more than fits
        (Decimal(1) / Decimal(3), Decimal("0.333333")),  # reckoned
        (Decimal("1E+40"), None),
    ],
)
def test_parquet_says_nothing_rather_than_something_else(
    value: Decimal, kept: Decimal | None
) -> None:
    assert table((*NOTHING[:-1], value))[0][-1] == kept


@given(st.text(), st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**20),
                              max_value=10**20))  # fmt: skip
def test_whatever_is_written_is_read(text: str, amount: Decimal) -> None:
    row = (text, *NOTHING[1:-1], amount)
    assert Decimal(lines(row)[1][-1]) == amount
    assert table(row)[0][-1] == amount
    assert len(cells(row)) == 1


def test_rows_are_taken_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(streamed, "BATCH", 10)
    taken: list[int] = []

    def rows() -> Iterator[Sequence[object]]:
        for number in range(35):
            taken.append(number)
            yield ("x", number, *NOTHING[2:])

    class Watched(io.BytesIO):
        """Notes how many rows had been taken when something was first written after the start."""

        seen: int = -1

        def write(self, data: Any, /) -> int:
            if taken and self.seen < 0:
                self.seen = len(taken)
            return super().write(data)

    out = Watched()
    write_parquet(out, Stream("x", COLUMNS, rows()))
    assert out.seen == 10
    taken.clear()
    out = Watched()
    write_csv(out, Stream("x", COLUMNS, rows()))
    assert out.seen <= 2


def test_a_sheet_that_is_full_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed, "ROWS", 4)
    rows = [("x", number, *NOTHING[2:]) for number in range(6)]
    book = load_workbook(io.BytesIO(bytes_of(write_xlsx, [Stream("x", COLUMNS, rows)])))
    assert [sheet.title for sheet in book] == ["x", "x (2)"]
    assert [[row[1] for row in sheet.iter_rows(values_only=True)] for sheet in book] == [
        ["count", 0, 1, 2],
        ["count", 3, 4, 5],
    ]

"""Rows of any number as CSV, Parquet or a workbook: written as they come, never all in memory.

Amounts keep every digit and text is never a formula, as in the other outputs.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from audit.output.csv import RISKY, safe
from audit.output.plain import clean
from audit.output.xlsx import EXACT, LONGEST_TEXT, NONCHARACTERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

BATCH = 10_000  # rows of one Parquet row group
DIGITS, DECIMALS = 38, 6  # of a Parquet decimal
ROWS = 1_048_576  # that a sheet has, its header included


@dataclass(frozen=True, slots=True)
class Stream:
    """``columns`` name what a row holds and its type: str, int, float, bool, date or Decimal; any
    of them may be None."""

    name: str
    columns: Mapping[str, type]
    rows: Iterable[Sequence[Any]]


def write_csv(file: IO[bytes], stream: Stream) -> None:
    """One line for each row; days as 2021-08-31, truth as 1 and 0, nothing for None."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(stream.columns)
    for row in stream.rows:
        writer.writerow([_said(value) for value in row])
    text.detach()


def _said(value: object) -> object:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return int(value) if isinstance(value, bool) else value


def write_parquet(file: IO[bytes], stream: Stream) -> None:
    """Numbers are decimals with 6 places. What is printed with more is null there (its text says
    it all); what was reckoned, as a share, has no end and is rounded.

    Raises ImportError where pyarrow is not installed.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    kinds = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(),
        dt.date: pa.date32(), Decimal: pa.decimal128(DIGITS, DECIMALS),
    }  # fmt: skip
    schema = pa.schema([(name, kinds[kind]) for name, kind in stream.columns.items()])
    rows = iter(stream.rows)
    with ParquetWriter(file, schema) as writer:
        while batch := list(islice(rows, BATCH)):
            columns = [
                pa.array(map(_fitting, values), field.type)
                for values, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))


def _fitting(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, Decimal):
        return value
    if value.adjusted() >= DIGITS - DECIMALS:
        return None
    exponent = value.normalize().as_tuple().exponent
    short = isinstance(exponent, int) and -exponent <= DECIMALS
    if short or len(value.as_tuple().digits) >= ENDLESS:
        return value.quantize(Decimal(1).scaleb(-DECIMALS))
    return None


ENDLESS = 25  # digits, which no printed number has: a quotient


def write_xlsx(file: IO[bytes], streams: Iterable[Stream]) -> None:
    """A sheet for each stream, and further ones where a sheet is full."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who wants a workbook waits for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        for stream in streams:
            _fill(book, stream)


def _fill(book: Workbook, stream: Stream) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    looks = {
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }
    rows = iter(stream.rows)
    for number, first in enumerate(_starts(rows), start=1):
        sheet = book.add_worksheet(stream.name if number == 1 else f"{stream.name} ({number})")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(stream.columns):
            sheet.set_column(column, column, max(10, len(name) + 2))
        sheet.write_row(0, 0, list(stream.columns), bold)
        last = 0
        for at, row in enumerate((*first, *islice(rows, ROWS - 1 - len(first))), start=1):
            for column, value in enumerate(row):
                _cell(sheet, at, column, value, looks)
            last = at
        sheet.autofilter(0, 0, last, len(stream.columns) - 1)


def _starts(rows: Iterator[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    """The first row of each sheet: one sheet at least, and no further one without a row."""
    yield list(islice(rows, 1))
    while first := list(islice(rows, 1)):
        yield first


def _cell(sheet: Worksheet, row: int, column: int, value: object, looks: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        text = clean(value).translate(NONCHARACTERS)[:LONGEST_TEXT]
        if text:
            risky = text.lstrip().startswith(RISKY)
            sheet.write_string(row, column, text, *([looks["quoted"]] if risky else []))
    elif isinstance(value, Decimal):
        if len(value.as_tuple().digits) <= EXACT:
            sheet.write_number(row, column, float(value))
        else:
            sheet.write_string(row, column, f"{value:f}")
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.date):
        moment = dt.datetime.combine(value, dt.time())
        sheet.write_datetime(row, column, moment, looks["day"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)

"""An archive as an Excel workbook: reports, findings, courses through the years, forecasts.

Numbers are numbers, in the unit that stands beside them; everything else is text, and no text is
ever a formula. Rows are written as they come, so that a large archive needs little memory.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.language import Words, message
from audit.model import Amount, Archive, Entry, ForecastError, Measure, Point
from audit.output.archive.accuracy import better_share
from audit.output.archive.names import Shown, file, part_of_year, title, unread
from audit.output.archive.told import ToldCell, told
from audit.output.fates import MARKS
from audit.output.plain import clean, in_unit
from audit.output.xlsx import EXACT, LONGEST_TEXT, NONCHARACTERS, PALE, Style

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576  # in a sheet

MEASURES = {
    Measure.OUTTURN: message("Outturn"),
    Measure.BUDGET: message("Budget"),
    Measure.FORECAST: message("Forecast"),
}

Value = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``columns`` are (header, width in characters)."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]


def archive_xlsx(archive: Archive, words: Words) -> bytes:
    """The workbook. Findings are walked once."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who wants a workbook waits for it

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        writer = _Writer(book)
        shown = Shown(archive, words)
        for sheet in (
            _reports(archive, shown, words),
            _findings(archive, shown, words),
            _courses(archive, shown, words),
            _forecasts(archive, shown, words),
        ):
            writer.write(sheet)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes sheets of ``book``; ``formats`` are those made so far, by their properties."""

    book: Workbook
    formats: dict[Style, Any] = field(default_factory=dict)

    def write(self, sheet: Sheet) -> None:
        made = self.book.add_worksheet(sheet.name)
        head = self.book.add_format({"bold": True, "bg_color": PALE, "bottom": 1})
        for place, (header, width) in enumerate(sheet.columns):
            made.set_column(place, place, width)
            made.write_string(0, place, header, head)
        last = 0
        for last, row in enumerate(sheet.rows, start=1):
            if last == MOST_ROWS:
                break
            for place, value in enumerate(row):
                self._cell(made, last, place, value)
        made.freeze_panes(1, 1)
        made.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.repeat_rows(0)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            risky = value.lstrip()[:1] in {*"=+-@"}  # stays text when it is edited too
            look = self._format(quote_prefix=True) if risky else None
            sheet.write_string(row, column, _text(value), look)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self._format(num_format="yyyy-mm-dd"))
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._format(num_format="0"))
        elif len(value.as_tuple().digits) > EXACT:  # more than a spreadsheet's number keeps
            sheet.write_string(row, column, f"{value:f}")
        else:
            looks = self._format(num_format=_looks(value))
            sheet.write_number(row, column, float(value), looks)

    def _format(self, **properties: object) -> Any:
        style = tuple(sorted(properties.items()))
        if style not in self.formats:
            self.formats[style] = self.book.add_format(properties)
        return self.formats[style]


def _text(value: str) -> str:
    return clean(value).translate(NONCHARACTERS)[:LONGEST_TEXT]


def _looks(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _reports(archive: Archive, shown: Shown, words: Words) -> Sheet:
    say = words.say
    columns = (
        (say("File"), 40), (say("Body"), 36), (say("Report"), 34), (say("From"), 12),
        (say("Until"), 12), (say("Standing"), 12), (say("Reason"), 40), (say("Pages"), 8),
        (say("Errors"), 8), (say("Warnings"), 10), (say("Notes"), 10), (say("Accepted"), 10),
        (say("Tested"), 10), (say("Within rounding"), 10), (say("Differ"), 10),
        (say("Undecided"), 10), (say("Figures"), 10), (say("Figures tested"), 10),
        (say("Contradicted"), 10), (say("Further files"), 40), ("SHA-256", 20),
    )  # fmt: skip

    def row(one: Entry) -> Sequence[Value]:
        tally, coverage, period = one.tally, one.coverage, one.period
        return (
            file(one), shown.body(one), title(one, words),
            period.start if period else None, period.end if period else None,
            one.status.value, unread(one, words), one.pages,
            one.errors, one.warnings, one.notes, one.accepted,
            tally.tested, tally.rounding, tally.differs, tally.undecided,
            coverage.figures, coverage.verified + coverage.contradicted, coverage.contradicted,
            "; ".join(one.names[1:]), one.sha256,
        )  # fmt: skip

    return Sheet(say("Reports"), columns, map(row, archive.entries))


def _findings(archive: Archive, shown: Shown, words: Words) -> Sheet:
    say = words.say
    columns = (
        (say("Severity"), 10), (say("Rule"), 9), (say("Title"), 40), (say("Body"), 36),
        (say("Report"), 34), (say("File"), 36), (say("Page"), 7), (say("Table"), 9),
        (say("Where"), 40), (say("What is wrong"), 60), (say("Printed"), 14),
        (say("Expected"), 14), (say("Difference"), 14), (say("Unit"), 8), (say("Formula"), 40),
        (say("Cells"), 50), (say("Held against"), 40), (say("File held against"), 36),
        (say("Likely cause"), 40), (say("Should be"), 14), (say("Reading"), 30),
        (say("Accepted"), 30), (say("Fingerprint"), 20), ("SHA-256", 20),
    )  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for sha256, finding in archive.findings:
            one = told(sha256, finding, words)
            report, other = shown.entry(sha256), shown.entry(one.other)
            elsewhere = title(other, words) if other else ""
            cells = "; ".join(_cell(cell, elsewhere, words) for cell in one.cells)
            yield (
                say(one.severity.value), one.code, one.title, shown.body(report) if report else "",
                title(report, words) if report else "", file(report) if report else "",
                one.page or None, one.table, one.place, one.says, one.printed, one.expected,
                one.difference, one.unit, one.formula, cells,
                shown.name(other) if other else "", file(other) if other else "",
                one.cause, one.proposed, one.reading, one.accepted, one.fingerprint, one.report,
            )  # fmt: skip

    return Sheet(say("Findings"), columns, rows())


def _cell(cell: ToldCell, elsewhere: str, words: Words) -> str:
    """ "Summa, Utfall: 2 600 (sida 3)"; with the other report where it stands there."""
    where = words.say("page {page}", page=cell.page)
    where = f"{elsewhere}, {where}" if cell.other else where
    return f"{cell.row}, {cell.column}: {cell.text} ({where})"


def _courses(archive: Archive, shown: Shown, words: Words) -> Sheet:
    say = words.say
    columns = (
        (say("Body"), 36), (say("Concept"), 36), (say("Table"), 30), (say("Measure"), 10),
        (say("Part of the year"), 14), (say("Year"), 8), (say("Printed"), 14), (say("Unit"), 8),
        (say("Kronor"), 18), (say("Report"), 34), (say("File"), 36), (say("Page"), 7),
        (say("Standing"), 14),
    )  # fmt: skip

    def rows() -> Iterator[Sequence[Value]]:
        for course in archive.courses:
            for at in course.points:
                amount, where = at.amount, _where(at, shown, words)
                kronor = amount.value if amount.unit.kind.value == "money" else None
                yield (
                    course.organisation, course.concept, course.title, say(MEASURES[at.measure]),
                    part_of_year(at.period, words), at.period.end.year, _printed(amount),
                    amount.unit.symbol, kronor, *where,
                )  # fmt: skip

    return Sheet(say("Through the years"), columns, rows())


def _forecasts(archive: Archive, shown: Shown, words: Words) -> Sheet:
    say = words.say
    columns = (
        (say("Body"), 36), (say("Concept"), 36), (say("Year"), 8), (say("Months"), 8),
        (say("Forecast, kr"), 18), (say("Accounts, kr"), 18),
        (say("Accounts less forecast, kr"), 20),
        (say("Without sign, kr"), 18), (say("Better than foretold, kr"), 20),
        (say("Rounding, kr"), 12), (say("Share of, kr"), 18), (say("Share, %"), 10),
        (say("Better, %"), 10),
        *((f"{said}: {part}", width) for said in (say("Forecast"), say("Accounts"))
          for part, width in ((say("Report"), 34), (say("File"), 36), (say("Page"), 7),
                              (say("Standing"), 14))),
    )  # fmt: skip

    def row(one: ForecastError) -> Sequence[Value]:
        return (
            one.organisation, one.label, one.year, one.months, _whole(one.forecast),
            _whole(one.outturn), _whole(one.deviation), _whole(abs(one.deviation)),
            _whole(one.better), _whole(one.slack), _whole(one.size), _short(one.share),
            _short(better_share(one)), *_where(one.made, shown, words),
            *_where(one.closed, shown, words),
        )  # fmt: skip

    return Sheet(say("Forecast accuracy"), columns, map(row, archive.forecasts))


def _where(at: Point, shown: Shown, words: Words) -> tuple[Value, ...]:
    """The report, its file, the page, and what bears the figure out."""
    entry = shown.entry(at.sha256)
    standing = words.say(MARKS[at.tested].name)
    if at.pictured:
        standing += f", {words.say('read from a picture')}"
    return (
        title(entry, words) if entry else "", file(entry) if entry else "", at.box.page, standing,
    )  # fmt: skip


def _printed(amount: Amount) -> Decimal:
    return in_unit(amount.value, amount.unit, amount.step)


def _whole(value: Decimal | None) -> Decimal | None:
    """An amount in kronor without an exponent."""
    return None if value is None else Decimal(f"{value:f}")


def _short(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(Decimal("0.01"))

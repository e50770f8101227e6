"""Tables as an Excel workbook: a sheet that lists them, then one sheet for each.

Numbers are numbers, shown with the decimals that are printed; everything else is text, and no
text is ever a formula.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.language import Words
from audit.model import AuditedReport, Cell, Figure, Grid, Table
from audit.output.fates import MARKS, Mark, legend, summary, told
from audit.output.plain import RAISED, clean, in_unit, marked
from audit.output.spread import Part, Spot, Spread, grids, share, spread, tables
from audit.output.status import reason

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

EXACT = 15  # significant digits that a spreadsheet's number keeps
LONGEST_TEXT = 32767  # characters in a cell
LONGEST_NAME = 31  # characters in a sheet's name
# In a sheet's name; what lies beyond U+FFFF counts twice in its length, so none of that either.
FORBIDDEN = re.compile("[]\\[:*?/\\\\'\U00010000-\U0010ffff]")
NONCHARACTERS = {0xFFFE: None, 0xFFFF: None}  # XML cannot hold them
GROUPED = re.compile(r"\d[\s.]\d{3}(?!\d)")
AFTER = re.compile(r"\d(\D*)$")  # what stands after the last digit
SIGNS = re.compile(r"[-−–()]")

NARROW, WORDS, WHOLE = 10, 40, 60  # widths of columns, in characters
A4 = 9  # as Excel numbers sizes of paper
LINE = 15  # points that a line of text is high
TOP = 3  # rows over the table: its title, what is known of it, a blank one

BLACK, GREY, PALE = "#1a1a1a", "#595959", "#e8eef4"
Style = tuple[tuple[str, object], ...]


def tables_xlsx(audits: Sequence[AuditedReport], words: Words) -> bytes:
    """The workbook with every table of the reports."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who wants a workbook waits for it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        writer = _Writer(book, words, {})
        listed = book.add_worksheet(words.say("Tables"))
        names = {listed.get_name().casefold()}
        every = [(audited, table) for audited in audits for table in tables(audited)]
        sheets = []
        for audited, table in every:
            sheet = book.add_worksheet(_sheet_name(table, names))
            writer.table(sheet, audited, table, grids(audited).get(table.id))
            sheets.append(sheet.get_name())
        writer.list(listed, audits, dict(zip(map(_key, every), sheets, strict=True)))
    return out.getvalue()


def _key(one: tuple[AuditedReport, Table]) -> tuple[int, str]:
    return id(one[0]), one[1].id


def _sheet_name(table: Table, taken: set[str]) -> str:
    """A name that no sheet has: the table's id and the beginning of its title."""
    base = FORBIDDEN.sub(" ", _text(f"{table.id} {table.title}"))
    name, number = " ".join(base.split())[:LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = base[: LONGEST_NAME - len(tail)].strip() + tail
    taken.add(name.casefold())
    return name


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes sheets of ``book``; ``formats`` are those made so far, by their properties."""

    book: Workbook
    words: Words
    formats: dict[Style, Any]

    def list(
        self,
        sheet: Worksheet,
        audits: Iterable[AuditedReport],
        names: dict[tuple[int, str], str],
    ) -> None:
        """One row for each table, with a link to its sheet, and one for what was not read."""
        say = self.words.say
        heads = (
            say("Report"), say("Table"), say("Title"), say("Unit"), say("Pages"), say("Rows"),
            say("Columns"), say("Reader"), say("Confidence"),
        )  # fmt: skip
        widths = (36, 10, 60, 16, 10, 8, 10, 12, 14)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self._format(bold=True, bg_color=PALE, bottom=1))
        plain, linked = self._format(), self._format(font_color="#0b5394", underline=1)
        row = 0
        for audited in audits:
            if said := reason(audited, self.words):
                row += 1
                sheet.write_string(row, 0, _text(audited.path), plain)
                sheet.write_string(row, 2, _text(said), self._format(italic=True))
            for table in tables(audited):
                row += 1
                shown = spread(table, None, {})
                sheet.write_string(row, 0, _text(audited.path), plain)
                target = names[id(audited), table.id]
                sheet.write_url(row, 1, f"internal:'{target}'!A1", linked, _text(table.id))
                for column, text in (
                    (2, table.title), (3, table.unit), (4, _pages(table)), (7, table.reader),
                ):  # fmt: skip
                    sheet.write_string(row, column, _text(text), plain)
                sheet.write_number(row, 5, len(shown.rows) - shown.head, plain)
                sheet.write_number(row, 6, shown.width, plain)
                sure = float(share(audited, table))
                sheet.write_number(row, 8, sure, self._format(num_format="0 %"))
        sheet.freeze_panes(1, 0)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.autofilter(0, 0, row, len(heads) - 1)

    def table(
        self, sheet: Worksheet, audited: AuditedReport, table: Table, grid: Grid | None
    ) -> None:
        shown = spread(table, grid, audited.fates)
        sheet.write_string(
            0, 0, _text(table.title or table.id), self._format(bold=True, font_size=13)
        )
        sheet.write_string(1, 0, self._about(audited, table), self._format(font_color=GREY))
        widths = _widths(shown)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for index, row in enumerate(shown.rows):
            high = max((_lines(spot, widths) for spot in row), default=1)
            sheet.set_row(TOP + index, LINE * high)
            for spot in row:
                self._spot(sheet, spot, shown.at_right(spot))
        below = TOP + len(shown.rows) + 1
        if audited.fates:
            for number, (mark, said) in enumerate(self._legend(audited, table)):
                filled = self._format(bg_color=_hex(mark.colour))
                sheet.write_string(below + number, 0, f"{mark.sign} {said}", filled)
            below += len(MARKS) + 1
        notes = dict.fromkeys(clean(f"{note.mark} {note.text}") for note in table.footnotes)
        for number, note in enumerate(notes):
            sheet.write_string(below + number, 0, _text(note), self._format(italic=True))
        labels = shown.labels if sum(widths[: shown.labels]) <= WHOLE else 0
        sheet.freeze_panes(TOP + shown.head, labels)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if sum(widths) > 2 * WHOLE:
            sheet.set_landscape()
        if shown.head:
            sheet.repeat_rows(TOP, TOP + shown.head - 1)

    def _about(self, audited: AuditedReport, table: Table) -> str:
        """ "belopp tkr · sida 5 · läsningen 98 % säker"."""
        sure = self.words.percent(share(audited, table))
        known = audited.coverage.get(table.id) if audited.fates else None
        return _text(
            " · ".join(
                part
                for part in (
                    table.unit,
                    self.words.count(
                        "page {pages}", "pages {pages}", len(table.pages), pages=_pages(table)
                    ),
                    self.words.say("reading {share} sure", share=sure),
                    summary(known, self.words) if known else "",
                )
                if part
            )
        )

    def _legend(self, audited: AuditedReport, table: Table) -> Iterable[tuple[Mark, str]]:
        """Each mark with its meaning and how many figures of the table bear it."""
        one = {table.id: audited.coverage[table.id]} if table.id in audited.coverage else {}
        return legend(replace(audited, coverage=one), self.words)

    def _spot(self, sheet: Worksheet, spot: Spot, right: bool) -> None:
        at = (TOP + spot.row, spot.column)
        if spot.cell is None:
            if spot.part is Part.HEADER:
                sheet.write_blank(*at, None, self._look(spot, right, ""))
            return
        value = _number(spot.figure) if spot.figure else None
        shown = _number_format(spot.figure, value) if spot.figure and value is not None else ""
        sign = MARKS[spot.fate.tested].sign if spot.fate else ""
        look = self._look(spot, right, f'{shown}" {sign}"' if shown and sign else shown)
        if spot.rows > 1 or spot.columns > 1:
            last = (at[0] + spot.rows - 1, at[1] + spot.columns - 1)
            sheet.merge_range(*at, *last, "", look)
        if value is None:
            sheet.write_string(*at, _text(f"{marked(spot.cell)} {sign}".rstrip()), look)
        else:
            sheet.write_number(*at, float(value), look)
        if spot.fate:
            sheet.write_comment(*at, told(spot.fate, self.words))

    def _look(self, spot: Spot, right: bool, num_format: str) -> Any:
        cell, header = spot.cell, spot.part is Part.HEADER
        properties: dict[str, object] = {"valign": "top", "text_wrap": True}
        if num_format:
            properties |= {"num_format": num_format, "text_wrap": False}
        if header:
            properties |= {"bold": True, "bg_color": PALE, "bottom": 1, "valign": "bottom"}
        if cell is not None:
            properties |= {"bold": header or cell.style.bold, "italic": cell.style.italic}
            properties["quote_prefix"] = not num_format and cell.text.lstrip()[:1] in {*"=+-@"}
        if spot.fate:
            properties["bg_color"] = _hex(MARKS[spot.fate.tested].colour)
        if spot.level:
            properties["indent"] = min(spot.level, 15)
        if right:
            properties["align"] = "right"
        elif spot.columns > 1:
            properties["align"] = "center"
        return self._format(**properties)

    def _format(self, **properties: object) -> Any:
        style = tuple(sorted(properties.items()))
        if style not in self.formats:
            self.formats[style] = self.book.add_format({"font_color": BLACK, **properties})
        return self.formats[style]


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _text(text: str) -> str:
    """``text`` as a cell can hold it."""
    return clean(text).translate(NONCHARACTERS)[:LONGEST_TEXT]


def _pages(table: Table) -> str:
    return ", ".join(map(str, table.pages))


def _number(figure: Figure) -> Decimal | None:
    """The figure in the unit printed, where a number says all that is printed and a spreadsheet
    keeps each of its digits."""
    amount = figure.amount
    value = in_unit(amount.value, amount.unit, amount.step)
    exact = max(len(value.as_tuple().digits), _decimals(value)) <= EXACT
    return value if exact and not figure.qualifier else None


def _number_format(figure: Figure, value: Decimal) -> str:
    """Shows ``value`` as it is printed: its digit groups, decimals, unit and footnote mark."""
    text = clean(figure.source.text)
    mark = figure.source.mark.translate(RAISED) if isinstance(figure.source, Cell) else ""
    tail = AFTER.search(text)
    after = SIGNS.sub("", tail[1]).rstrip() if tail else ""
    literal = clean(after + mark).replace('"', "")
    decimals = _decimals(value)
    return (
        ("#,##0" if GROUPED.search(text) else "0")
        + ("." + "0" * decimals if decimals else "")
        + (f'"{literal}"' if literal else "")
    )


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _widths(shown: Spread) -> list[int]:
    """As wide as the widest text that is in this column alone, within reason for what it holds;
    headers are wrapped between their words."""
    widths = [NARROW] * shown.width
    for spot in (spot for row in shown.rows for spot in row):
        if spot.cell and spot.columns == 1:
            text = marked(spot.cell)
            parts = text.split() if spot.part is Part.HEADER else [text]
            most = WHOLE if spot.column < shown.labels else WORDS
            longest = min(max(map(len, parts), default=0) + 2, most)
            widths[spot.column] = max(widths[spot.column], longest)
    return widths


def _lines(spot: Spot, widths: Sequence[int]) -> int:
    """How many lines the spot's text takes in its row."""
    if spot.cell is None or spot.rows > 1:
        return 1
    room = sum(widths[spot.column : spot.column + spot.columns]) - 1 - 2 * spot.level
    length = len(marked(spot.cell))
    return 1 if length <= room else math.ceil(1.1 * length / max(room, 1))

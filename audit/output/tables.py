"""The tables of a report on a terminal, as they were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from audit.language import Words
from audit.model import AuditedReport, Cell, Table
from audit.output.layout import GAP, fit, heading, line, paragraph, wrapped
from audit.output.plain import clean

WIDEST = 40
NUMBER = re.compile(r"[-+−–(≥≤]*\s*\d|[-–—]$")


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column is printed: ``width`` in characters, numbers at the right."""

    index: int
    width: int
    numbers: bool


def render(audited: AuditedReport, words: Words, width: int, named: bool) -> RenderableType:
    """Every table of the report, under its file's name when ``named``."""
    report = audited.report
    lines = [line((clean(audited.path), "bold"))] if named else []
    for table in report.document.tables if report else ():
        lines += [line(), *_table(table, words, width)]
    return Group(*lines)


def _table(table: Table, words: Words, width: int) -> Iterator[Text]:
    """The heading, then as many blocks of columns as the width asks for, then the footnotes."""
    pages = words.count(
        "page {pages}",
        "pages {pages}",
        len(table.pages),
        pages=", ".join(str(page) for page in table.pages),
    )
    title = clean(" · ".join(part for part in (table.title, table.unit) if part))
    yield from heading((f"{table.id}  ", "bold"), title, pages, width)
    indices = sorted({cell.column for cell in table.cells})
    columns = [_column(table, index) for index in indices]
    for position, block in enumerate(_blocks(columns, width)):
        if position:
            yield line()
        for row in sorted({cell.row for cell in table.cells}):
            yield from _row([cell for cell in table.cells if cell.row == row], block)
    for note in dict.fromkeys(clean(f"{note.mark} {note.text}") for note in table.footnotes):
        yield from paragraph(note, width, "  ", "italic", hang="  ")


def _column(table: Table, index: int) -> _Column:
    """As wide as its widest cell; a header that is wider is wrapped between its words."""
    single = [cell for cell in table.cells if cell.column == index and cell.columns == 1]
    body = [_text(cell) for cell in single if not cell.header]
    words = [word for cell in single if cell.header for word in _text(cell).split()]
    numbers = sum(bool(NUMBER.match(text)) for text in body) * 2 > len(body)
    longest = max((len(text) for text in (*body, *words)), default=1)
    if not body:
        longest = max((len(_text(cell)) for cell in single), default=longest)
    return _Column(index, max(min(longest, WIDEST), 1), numbers)


def _blocks(columns: Sequence[_Column], width: int) -> Iterator[Sequence[_Column]]:
    """Columns that fit beside each other, the first one repeated in each block."""
    first, *rest = columns
    block, used = [first], first.width
    for column in rest:
        if len(block) > 1 and used + GAP + column.width > width:
            yield block
            block, used = [first], first.width
        block.append(column)
        used += GAP + column.width
    yield block


def _row(cells: Sequence[Cell], block: Sequence[_Column]) -> Iterator[Text]:
    """A row, on several lines where a cell's text is wider than its place."""
    placed: list[tuple[int, bool, list[str]]] = []
    covered = -1
    for position, column in enumerate(block):
        if column.index <= covered:
            continue
        cell = next((cell for cell in cells if cell.column == column.index), None)
        last = column.index + (cell.columns if cell else 1) - 1
        spanned = [other.width for other in block[position:] if other.index <= last]
        width = sum(spanned) + GAP * (len(spanned) - 1)
        covered = last
        single = len(spanned) == 1
        placed.append((width, column.numbers and single, wrapped(_text(cell), width)))
    for number in range(max(len(lines) for _, _, lines in placed)):
        parts = [
            (lines[number] if number < len(lines) else "").rjust(width)
            if right
            else fit(lines[number] if number < len(lines) else "", width)
            for width, right, lines in placed
        ]
        yield line(((" " * GAP).join(parts).rstrip(), _style(cells)))


def _text(cell: Cell | None) -> str:
    return clean(cell.text + cell.mark) if cell else ""


def _style(cells: Sequence[Cell]) -> str:
    if all(cell.header or cell.style.bold for cell in cells):
        return "bold"
    return "italic" if all(cell.style.italic for cell in cells) else ""

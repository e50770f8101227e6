"""The tables of a report on a terminal, as they were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from audit.language import Words
from audit.model import AuditedReport, Cell, Table
from audit.output.layout import GAP, fit, heading, line, wrapped
from audit.output.plain import clean

WIDEST_LABEL = 40
WIDEST_CELL = 26


def render(audited: AuditedReport, words: Words, width: int, named: bool) -> RenderableType:
    """Every table of the report, under its file's name when ``named``."""
    report = audited.report
    lines = [line((clean(audited.path), "bold"))] if named else []
    for table in report.document.tables if report else ():
        lines += [line(), *_table(table, words, width)]
    return Group(*lines)


def _table(table: Table, words: Words, width: int) -> Iterator[Text]:
    """The heading, then as many blocks of columns as the width asks for."""
    pages = words.count(
        "page {pages}",
        "pages {pages}",
        len(table.pages),
        pages=", ".join(str(page) for page in table.pages),
    )
    title = clean(" · ".join(part for part in (table.title, table.unit) if part))
    yield from heading((f"{table.id}  ", "bold"), title, pages, width)
    columns = sorted({cell.column for cell in table.cells})
    texts = {(cell.row, cell.column): clean(cell.text + cell.mark) for cell in table.cells}
    widths = {
        column: min(
            max(len(text) for (_, at), text in texts.items() if at == column),
            WIDEST_CELL if position else WIDEST_LABEL,
        )
        for position, column in enumerate(columns)
    }
    for position, block in enumerate(_blocks(columns, widths, width)):
        if position:
            yield line()
        for row in sorted({cell.row for cell in table.cells}):
            yield from _row(table, row, block, widths, texts)
    for note in table.footnotes:
        yield line(("  ", ""), (clean(f"{note.mark} {note.text}"), "italic"))


def _blocks(
    columns: Sequence[int], widths: dict[int, int], width: int
) -> Iterator[tuple[int, ...]]:
    """Columns that fit beside each other, the first one repeated in each block."""
    first, *rest = columns
    block, used = [first], widths[first]
    for column in rest:
        if len(block) > 1 and used + GAP + widths[column] > width:
            yield tuple(block)
            block, used = [first], widths[first]
        block.append(column)
        used += GAP + widths[column]
    yield tuple(block)


def _row(
    table: Table,
    row: int,
    block: Sequence[int],
    widths: dict[int, int],
    texts: dict[tuple[int, int], str],
) -> Iterator[Text]:
    """A row, on several lines where a cell's text is wider than its column."""
    here = {cell.column: cell for cell in table.cells if cell.row == row}
    shown = {column: wrapped(texts.get((row, column), ""), widths[column]) for column in block}
    for number in range(max(len(lines) for lines in shown.values())):
        parts = []
        for position, column in enumerate(block):
            lines = shown[column]
            text = lines[number] if number < len(lines) else ""
            said = _aligned(text, texts.get((row, column), ""), widths[column])
            parts.append((" " * GAP if position else "") + said)
        yield line(("".join(parts).rstrip(), _style(here)))


def _aligned(text: str, whole: str, width: int) -> str:
    """Numbers stand at the right, words at the left."""
    return text.rjust(width) if re.match(r"[-+−–(]?\s*\d", whole) else fit(text, width)


def _style(cells: dict[int, Cell]) -> str:
    if all(cell.header for cell in cells.values()):
        return "bold"
    if all(cell.style.bold for cell in cells.values()):
        return "bold"
    return "italic" if all(cell.style.italic for cell in cells.values()) else ""

"""Readable tables for tests: a Markdown table becomes the model's Table.

``**bold**`` and ``*italic*`` set a cell's style, each leading ``>`` of a label indents it,
``48^4^`` gives the footnote mark 4. Cells are placed as a page would have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.model import Box, Cell, Document, Footnote, Page, Passage, Style, Table

WIDTH, HEIGHT, LEFT, TOP = 90.0, 14.0, 60.0, 100.0
INDENT = 9.0
_RULE = re.compile(r"^\|[\s:|-]+\|$")
_MARK = re.compile(r"\^([^^]+)\^$")


def table(
    text: str,
    *,
    header_rows: int = 1,
    title: str = "",
    unit: str = "",
    footnotes: Sequence[tuple[str, str]] = (),
    number: int = 1,
) -> Table:
    """The Markdown table ``text`` as the only table of page ``number``; ``footnotes`` are (mark,
    text)."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not _RULE.match(line)
    ]
    cells = tuple(
        _cell(cell, row, column, number, row < header_rows)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell
    )
    bottom = TOP + HEIGHT * len(rows)
    notes = tuple(
        Footnote(mark, note, Box(number, LEFT, bottom + 12 * n, 500, bottom + 12 * n + 10))
        for n, (mark, note) in enumerate(footnotes, start=1)
    )
    return Table(
        id=f"p{number}t1",
        title=title,
        unit=unit,
        cells=cells,
        header_rows=header_rows,
        footnotes=notes,
        regions=(Box.around(cell.box for cell in cells),),
        reader="test",
        confidence=1.0,
    )


def _cell(text: str, row: int, column: int, page: int, header: bool) -> Cell:
    indent = len(text) - len(text.lstrip(">"))
    text = text.lstrip("> ")
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    text = text[2:-2] if bold else text
    italic = not bold and text.startswith("*") and text.endswith("*") and len(text) > 2
    text = text[1:-1] if italic else text
    mark = _MARK.search(text)
    x0 = LEFT + WIDTH * column + INDENT * indent
    top = TOP + HEIGHT * row
    return Cell(
        text=text[: mark.start()] if mark else text,
        row=row,
        column=column,
        box=Box(page, x0, top, LEFT + WIDTH * (column + 1) - 6, top + 10),
        style=Style(9.0, bold, italic),
        header=header,
        mark=mark.group(1) if mark else "",
        indent=INDENT * indent,
    )


def document(*tables: Table, passages: Sequence[Passage] = (), name: str = "test.pdf") -> Document:
    """A document of ``tables``, numbered so that every table has an id of its own."""
    pages = sorted({page for one in tables for page in one.pages} | {1})
    return Document(
        name=name,
        sha256="0" * 64,
        pages=tuple(Page(page, 595.0, 842.0, 1000, 0.0) for page in pages),
        tables=tables,
        passages=tuple(passages),
    )

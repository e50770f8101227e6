"""Tables and documents written as readable text, in the shape that the reader gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from audit.model import (
    Box,
    Cell,
    Document,
    Footnote,
    Page,
    Passage,
    PassageKind,
    Style,
    Table,
)

SIZE = 9.0
INDENT = 12.0  # points that one "> " is worth
LABELS = 200.0  # the first column's width in points, and then that of the others
NUMBERS = 60.0
LEADING = 14.0
LEFT, TOP = 60.0, 100.0

RULE = re.compile(r"[-:| ]+")
MARK = re.compile(r"\^([^^]+)\^$")


def table(
    text: str,
    *,
    header_rows: int = 1,
    title: str = "",
    unit: str = "",
    footnotes: Iterable[tuple[str, str]] = (),
    page: int = 1,
    name: str = "",
) -> Table:
    """A table of Markdown rows, ``| Belopp tkr | Budget |``.

    In a cell ``**x**`` is bold, ``*x*`` italic, ``> `` in front one indent, ``^4^`` at the end a
    raised mark; a lone ``<`` belongs to the cell on its left, a lone ``^`` to the one above.
    ``footnotes`` are (mark, text). Rows of dashes ("|---|---|") are left out.
    """
    lines = [_cells(line) for line in text.strip().splitlines()]
    grid = [line for line in lines if any(line) and not RULE.fullmatch("|".join(line))]
    cells = tuple(
        replace(_cell(text, row, column, grid, page), header=row < header_rows)
        for row, line in enumerate(grid)
        for column, text in enumerate(line)
        if text and text not in {"<", "^"}
    )
    below = TOP + LEADING * (len(grid) + 1)
    return Table(
        id=name or f"p{page}t1",
        title=title,
        unit=unit,
        cells=cells,
        header_rows=header_rows,
        footnotes=tuple(
            Footnote(mark, note, Box(page, LEFT, below + 10 * i, LEFT + 400, below + 10 * i + 8))
            for i, (mark, note) in enumerate(footnotes)
        ),
        regions=(Box.around(cell.box for cell in cells),),
        reader="text",
        confidence=1.0,
    )


def document(*tables: Table, passages: Iterable[str | Passage] = ()) -> Document:
    """A document of ``tables`` renamed "p1t1", "p1t2", "p2t1", … A passage given as text is a
    paragraph on page 1, ``# x`` a heading, ``## x`` one of the second level, ``^1^ x`` a note."""
    seen: dict[int, int] = {}
    named = []
    for each in tables:
        page = each.pages[0]
        seen[page] = seen.get(page, 0) + 1
        named.append(replace(each, id=f"p{page}t{seen[page]}"))
    flowing = tuple(_passage(text, place) for place, text in enumerate(passages))
    last = max([1, *seen, *(passage.box.page for passage in flowing)])
    pages = tuple(Page(number, 595.0, 842.0, 1000, 0.0) for number in range(1, last + 1))
    return Document("report.pdf", "0" * 64, pages, tuple(named), flowing)


def passage(
    text: str, kind: PassageKind = PassageKind.PARAGRAPH, *, page: int = 1, top: float = 50.0
) -> Passage:
    level = 1 if kind is PassageKind.HEADING else 0
    box = Box(page, LEFT, top, LEFT + 5 * len(text), top + 12)
    return Passage(text, box, kind, Style(20.0 if level else 11.0, bold=bool(level)), level)


def _passage(text: str | Passage, place: int) -> Passage:
    if isinstance(text, Passage):
        return text
    level = len(text) - len(text.lstrip("#"))
    kind = PassageKind.HEADING if level else PassageKind.PARAGRAPH
    kind = PassageKind.FOOTNOTE if text.startswith("^") else kind
    made = passage(text.lstrip("# ").replace("^", ""), kind, top=40.0 + 20 * place)
    style = Style(26.0 - 4 * level, bold=True) if level else made.style
    return replace(made, level=level, style=style)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip(" \t") for cell in inner.split("|")]


def _cell(text: str, row: int, column: int, grid: Sequence[Sequence[str]], page: int) -> Cell:
    columns = _run(grid[row][column + 1 :], "<")
    rows = _run([line[column] if column < len(line) else "" for line in grid[row + 1 :]], "^")
    indent = 0.0
    while text.startswith(">"):
        text, indent = text[1:].lstrip(" "), indent + INDENT
    bold = len(text) > 4 and text.startswith("**") and text.endswith("**")
    text = text[2:-2] if bold else text
    italic = len(text) > 2 and text.startswith("*") and text.endswith("*")
    text = text[1:-1] if italic else text
    mark = MARK.search(text)
    left = LEFT if column == 0 else LEFT + LABELS + NUMBERS * (column - 1)
    width = LABELS if column == 0 else NUMBERS
    top = TOP + LEADING * row
    right = left + width + NUMBERS * (columns - 1) - 4
    box = Box(page, left + indent, top, right, top + SIZE + LEADING * (rows - 1))
    return Cell(
        text=MARK.sub("", text),
        row=row,
        column=column,
        box=box,
        style=Style(SIZE, bold, italic),
        rows=rows,
        columns=columns,
        mark=mark[1] if mark else "",
        indent=indent,
    )


def _run(texts: Sequence[str], sign: str) -> int:
    """1 and how many times ``sign`` stands first in ``texts``."""
    length = 1
    for text in texts:
        if text != sign:
            break
        length += 1
    return length

"""Tables as Markdown: what is drawn, and what must be read.

The rows above the line of dashes are the head. ``<`` goes on from the cell on the left, ``^`` from
the cell above; `` / `` breaks a line, a hyphen before ``/`` divides a word; ``**bold**``;
``48[4]`` carries the raised mark 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from audit.model import Table

_MARK = re.compile(r"\[(\w+)\]$")


@dataclass(frozen=True)
class Drawn:
    """A table to draw: ``rows`` as written, the first ``header`` of them its head."""

    rows: tuple[tuple[str, ...], ...]
    header: int

    @property
    def read(self) -> list[list[str]]:
        """The texts that a reader should give, spans as in the Markdown."""
        return [[_printed(cell) for cell in row] for row in self.rows]

    def with_numbers(self, change: dict[str, str]) -> Drawn:
        """The same with some characters of its numbers printed as others."""
        table = str.maketrans(change)

        def changed(cell: str) -> str:
            return cell.translate(table) if re.fullmatch(r"[(+−]?\d[\d ,.]*\)?", cell) else cell

        body = tuple(
            (row[0], *(changed(cell) for cell in row[1:])) for row in self.rows[self.header :]
        )
        return Drawn(self.rows[: self.header] + body, self.header)


def drawn(path: Path) -> Drawn:
    lines = path.read_text("utf-8").splitlines()
    rule = next(i for i, line in enumerate(lines) if set(line) <= set("|-: "))
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.strip()
    ]
    return Drawn(tuple(rows[:rule] + rows[rule + 1 :]), rule)


def _printed(cell: str) -> str:
    text = re.sub(r"(?<=\w)-/(?=\w)", "", cell.replace("**", "")).replace(" / ", " ")
    return re.sub(r"[\u00a0\u2009\u202f]", " ", text)


def as_typst(table: Drawn) -> str:
    """The table in Typst's markup; the look is set by rules before it."""
    cells = [
        [_typst_cell(table, r, c) for c in range(len(row))] for r, row in enumerate(table.rows)
    ]
    head = ", ".join(cell for row in cells[: table.header] for cell in row if cell)
    body = ",\n  ".join(", ".join(cell for cell in row if cell) for row in cells[table.header :])
    return f"#table(columns: {len(table.rows[0])}, table.header({head}),\n  {body})\n"


def lines_and_mark(cell: str) -> tuple[list[str], str]:
    """The lines of a cell as printed, and its raised mark."""
    mark = _MARK.search(cell)
    words = _MARK.sub("", cell).replace("**", "")
    return re.split(r" / |(?<=\w-)/(?=\w)", words), mark.group(1) if mark else ""


def spans(table: Drawn, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns a cell spans."""
    wide = 1 + _run([cell == "<" for cell in table.rows[row][column + 1 :]])
    high = 1 + _run([below[column] == "^" for below in table.rows[row + 1 :]])
    return high, wide


def _typst_cell(table: Drawn, row: int, column: int) -> str:
    text = table.rows[row][column]
    if text in ("<", "^"):
        return ""
    high, wide = spans(table, row, column)
    lines, mark = lines_and_mark(text)
    content = " #linebreak() ".join(f'#"{line}"' for line in lines)
    content += f"#super[{mark}]" if mark else ""
    if text.startswith("**"):
        content = f"*{content}*"
    place = f"x: {column}, y: {row}, colspan: {wide}, rowspan: {high}"
    align = ", align: center" if wide > 1 else ""
    return f"table.cell({place}{align})[{content}]"


def _run(same: list[bool]) -> int:
    return next((i for i, yes in enumerate(same) if not yes), len(same))


def as_read(table: Table) -> list[list[str]]:
    """A table as read, in the same notation, blank where nothing stands."""
    height = max(cell.row + cell.rows for cell in table.cells)
    width = max(cell.column + cell.columns for cell in table.cells)
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = "<" if column > cell.column else "^"
        grid[cell.row][cell.column] = cell.text + (f"[{cell.mark}]" if cell.mark else "")
    return grid

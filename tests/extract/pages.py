"""Small PDFs for the reader's tests: set by Typst, or written operator by operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import typst

from audit.extract import read
from audit.model import Document, Table

PREAMBLE = """
#set page("a4", margin: (x: 20mm, y: 25mm))
#set text(font: "Libertinus Serif", size: 10pt, lang: "sv")
#set super(typographic: false)
#set table(inset: (x: 6pt, y: 3pt), stroke: none, align: (x, _) => if x > 0 { right } else { left })
"""
RULED = "#set table(stroke: 0.5pt)\n"
LINES = "#set table(stroke: (x: none, y: 0.5pt))\n"
SHADED = """#set table(
  fill: (_, y) => if y == 0 { rgb("#9bc2e6") } else if calc.even(y) { rgb("#ddebf7") }
)
"""


def set_typst(path: Path, body: str) -> Document:
    """``body`` (Typst markup) set on pages at ``path``, and read."""
    path.write_bytes(typst.compile((PREAMBLE + body).encode()))
    return read(path)


def typst_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cell texts (markup allowed) as a Typst table; the first is its head."""

    def cells(row: Sequence[str]) -> str:
        return "".join(f"[{cell}]," for cell in row)

    body = "".join(cells(row) for row in rows[1:])
    return f"\n#table(columns: {len(rows[0])}, table.header({cells(rows[0])}), {body})\n"


def printed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Cell texts as Typst prints them: a line break is a space, a hyphen before a digit U+2212."""
    return [
        [re.sub(r"-(?=\d)", "\u2212", cell.replace(" \\ ", " ")) for cell in row] for row in rows
    ]


def texts(table: Table) -> list[list[str]]:
    """The table's texts row by row, blank where nothing stands; a span's text at its start."""
    height = 1 + max(cell.row for cell in table.cells)
    width = 1 + max(cell.column + cell.columns - 1 for cell in table.cells)
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def write_pdf(
    path: Path, content: str, box: str = "[0 0 595 842]", page: str = "", trailer: str = ""
) -> Path:
    """A PDF of one page whose content stream is ``content``, in Helvetica as /F1. ``page`` adds
    entries to the page's dictionary, ``trailer`` to the trailer's."""
    stream = content.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {page} /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>"
        ).encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(bytes(out))
    return path


def shown(text: str, x: float, y: float, size: float = 10) -> str:
    """Operators that show ``text`` at x, y (origin bottom left)."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET\n"

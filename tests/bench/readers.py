"""Table readers behind one face: the path of a PDF to its tables, one page each.

Each reader imports what it needs when it is called, so that only its own weight is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from tests.bench.shapes import BenchCell, BenchTable, Rectangle, around

Reader = Callable[[Path], list[BenchTable]]


def granska(path: Path) -> list[BenchTable]:
    from audit.extract import read  # noqa: PLC0415

    return [part for table in read(path).tables for part in per_page(table)]


def per_page(table: Any) -> Iterator[BenchTable]:
    """A table that goes on over pages as one table a page, the rows of each from 0."""
    for page in table.pages:
        cells = [cell for cell in table.cells if cell.box.page == page and cell.text.strip()]
        if not cells:
            continue
        first = min(cell.row for cell in cells)
        yield BenchTable(
            page=page,
            box=around(cell.box.coordinates for cell in cells),
            cells=tuple(
                BenchCell(
                    cell.row - first,
                    cell.column,
                    cell.row - first + cell.rows - 1,
                    cell.column + cell.columns - 1,
                    cell.text + cell.mark,
                    cell.box.coordinates,
                )
                for cell in cells
            ),
            name=table.id,
        )


def pdfplumber(path: Path) -> list[BenchTable]:
    return list(plumbed(path, "lines"))


def pdfplumber_text(path: Path) -> list[BenchTable]:
    return list(plumbed(path, "text"))


def plumbed(path: Path, strategy: str) -> Iterator[BenchTable]:
    import pdfplumber  # noqa: PLC0415

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.find_tables(settings):
                texts = [text or "" for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                placed = [
                    (box, text) for box, text in zip(boxes, texts, strict=True) if box is not None
                ]
                yield BenchTable(page.page_number, table.bbox, tuple(spanning(placed)))
            page.close()


def spanning(placed: list[tuple[Rectangle, str]]) -> Iterator[BenchCell]:
    """Cells with the rows and columns that their boxes cover."""
    lefts = sorted({box[0] for box, _ in placed})
    tops = sorted({box[1] for box, _ in placed})
    for box, text in placed:
        columns = [index for index, left in enumerate(lefts) if box[0] <= left < box[2] - 0.1]
        rows = [index for index, top in enumerate(tops) if box[1] <= top < box[3] - 0.1]
        if columns and rows:
            yield BenchCell(rows[0], columns[0], rows[-1], columns[-1], text, box)


def camelot(flavor: str) -> Reader:
    def read(path: Path) -> list[BenchTable]:
        from camelot.io import read_pdf  # noqa: PLC0415

        document = pypdfium2.PdfDocument(path)
        heights = [document[index].get_height() for index in range(len(document))]
        document.close()
        tables = read_pdf(str(path), flavor=flavor, pages="all")
        return [from_camelot(table, heights[int(table.page) - 1]) for table in tables]

    return read


def from_camelot(table: Any, height: float) -> BenchTable:
    """Camelot repeats no text in a spanned cell, so every cell is taken as one by one."""
    cells = tuple(
        BenchCell(r, c, r, c, cell.text, (cell.x1, height - cell.y2, cell.x2, height - cell.y1))
        for r, row in enumerate(table.cells)
        for c, cell in enumerate(row)
        if cell.text.strip()
    )
    return BenchTable(int(table.page), around(cell.box for cell in cells if cell.box), cells)


def pymupdf(path: Path) -> list[BenchTable]:
    """PyMuPDF's own finder (AGPL: only where someone has installed it to compare)."""
    import pymupdf as mupdf  # noqa: PLC0415

    found = []
    with mupdf.open(path) as document:
        for number, page in enumerate(document, start=1):
            for table in page.find_tables().tables:
                texts = [text or "" for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                placed = [
                    (tuple(box), text)
                    for box, text in zip(boxes, texts, strict=True)
                    if box is not None
                ]
                found.append(BenchTable(number, tuple(table.bbox), tuple(spanning(placed))))
    return found


def tabula(path: Path) -> list[BenchTable]:
    """tabula-java in stream mode through tabula-py (it needs Java)."""
    import tabula as java  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    numbers = range(1, len(document) + 1)
    document.close()
    found = []
    for number in numbers:
        options = {"pages": number, "stream": True, "silent": True}
        for table in java.read_pdf(str(path), output_format="json", **options):
            cells = tuple(
                BenchCell(r, c, r, c, cell["text"], from_java(cell))
                for r, row in enumerate(table["data"])
                for c, cell in enumerate(row)
                if cell["text"].strip()
            )
            found.append(BenchTable(number, from_java(table), cells))
    return found


def from_java(said: dict[str, float]) -> Rectangle:
    left, top = said["left"], said["top"]
    return (left, top, left + said["width"], top + said["height"])


def img2table(path: Path) -> list[BenchTable]:
    """The text layer's own words in tables found in a picture of the page (200 dots an inch)."""
    from img2table.document import PDF  # noqa: PLC0415

    scale = 72 / 200
    found = []
    pages = PDF(str(path)).extract_tables(borderless_tables=True)
    for index, tables in pages.items():
        for table in tables:
            placed = {
                (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2): cell.value or ""
                for row in table.content.values()
                for cell in row
            }
            cells = tuple(
                spanning(
                    [(tuple(side * scale for side in box), text) for box, text in placed.items()]
                )
            )
            found.append(BenchTable(index + 1, around(cell.box for cell in cells), cells))
    return found


READERS: dict[str, Reader] = {
    "granska": granska,
    "pdfplumber": pdfplumber,
    "pdfplumber-text": pdfplumber_text,
    "camelot-lattice": camelot("lattice"),
    "camelot-stream": camelot("stream"),
    "camelot-network": camelot("network"),
    "camelot-hybrid": camelot("hybrid"),
    "pymupdf": pymupdf,
    "tabula": tabula,
    "img2table": img2table,
}

MODULES = {
    "granska": "audit.extract",
    "pdfplumber": "pdfplumber",
    "camelot": "camelot",
    "pymupdf": "pymupdf",
    "tabula": "tabula",
    "img2table": "img2table.document",
}
"""What a reader imports, by the first part of its name. The last three are no dependencies of
the project: they are measured where they are installed."""

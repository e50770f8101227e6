"""The way of reading, on one screen: sheets, lines, tables, text, a document."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from audit.extract import pdfium, tables, text
from audit.extract.furniture import furnished
from audit.extract.joining import joined
from audit.extract.passages import passages
from audit.extract.pdfium import Sheet
from audit.extract.sideways import with_heads
from audit.model import Box, Document, Page, Status, Table, UnreadableError

READER = "pdfium"
TABLE_PICTURE = 0.04  # a picture smaller than this share of the page holds no table


def read(path: Path, only: Collection[int] | None = None) -> Document:
    """Read the pages ``only`` (from 1; all when None) of the PDF at ``path``.

    Raises UnreadableError with status encrypted, damaged, needs-ocr (pictures and no text) or
    failed (no such file, a folder).
    """
    digest = _digest(path)
    sheets: dict[int, Sheet] = {}
    with pdfium.opened(path) as document:
        for number in range(1, len(document) + 1):
            if only is None or number in only:
                sheets[number] = pdfium.sheet(document, number)
    if not any(sheet.words for sheet in sheets.values()) and any(
        sheet.pictures for sheet in sheets.values()
    ):
        raise UnreadableError(Status.NEEDS_OCR)
    lines = {
        n: with_heads(text.lines(sheet.words, sheet.verticals), sheet.words)
        for n, sheet in sheets.items()
    }
    sorted_out = furnished(lines, {n: sheet.height for n, sheet in sheets.items()})
    found = {n: tables.tables(sheets[n], page.own) for n, page in sorted_out.items()}
    flowing = passages(
        sorted_out, {n: [line for zone in rest for line in zone] for n, (_, rest) in found.items()}
    )
    there = joined({n: tables_of for n, (tables_of, _) in found.items()}, flowing, READER)
    return Document(
        name=path.name,
        sha256=digest,
        pages=tuple(_page(sheet) for sheet in sheets.values()),
        tables=tuple(_displayed(table, sheets) for table in there),
        passages=tuple(
            replace(passage, box=sheets[passage.box.page].displayed(passage.box))
            for passage in flowing
        ),
    )


def _displayed(table: Table, sheets: Mapping[int, Sheet]) -> Table:
    """A table with its boxes as they lie on the displayed page."""
    if not any(sheets[page].turn for page in table.pages):
        return table

    def place(box: Box) -> Box:
        return sheets[box.page].displayed(box)

    return replace(
        table,
        cells=tuple(replace(cell, box=place(cell.box)) for cell in table.cells),
        footnotes=tuple(replace(note, box=place(note.box)) for note in table.footnotes),
        regions=tuple(place(box) for box in table.regions),
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except IsADirectoryError as error:
        raise UnreadableError(Status.FAILED, "folder") from error
    except FileNotFoundError as error:
        raise UnreadableError(Status.FAILED, "missing") from error
    except OSError as error:
        raise UnreadableError(Status.FAILED, error.strerror or "unreadable") from error
    if b"%PDF-" not in head:
        raise UnreadableError(Status.DAMAGED, "not-pdf")
    return digest


def _page(sheet: Sheet) -> Page:
    area = sheet.width * sheet.height
    visible = [
        (max(0.0, x0), max(0.0, top), min(sheet.width, x1), min(sheet.height, bottom))
        for x0, top, x1, bottom in sheet.pictures
    ]
    sizes = [max(0.0, x1 - x0) * max(0.0, bottom - top) for x0, top, x1, bottom in visible]
    return Page(
        sheet.number,
        sheet.height if sheet.turn % 2 else sheet.width,
        sheet.width if sheet.turn % 2 else sheet.height,
        sum(len(word.text) for word in sheet.words),
        min(1.0, sum(sizes) / area) if area else 0.0,
        tuple(
            sheet.displayed(Box(sheet.number, *picture))
            for picture, size in zip(visible, sizes, strict=True)
            if size > TABLE_PICTURE * area
        ),
    )

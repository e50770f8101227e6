"""The way of reading, on one screen: sheets, lines, tables, text, a document."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from audit.extract import pdfium, tables, text
from audit.extract.chunks import Line
from audit.extract.furniture import Furnished, furnished
from audit.extract.joining import joined
from audit.extract.passages import PageText, TextLine, passages
from audit.extract.pdfium import Frame, Sheet
from audit.extract.recognition import recogniser
from audit.extract.scans import recognised
from audit.extract.sideways import with_heads
from audit.extract.tables import Found
from audit.model import Box, Document, Page, Passage, Status, Table, UnreadableError

WINDOW = 32  # pages


def read(path: Path, only: Collection[int] | None = None) -> Document:
    """Read the pages ``only`` (from 1; all when None) of the PDF at ``path``.

    Pages are read one after another; what is kept of each is its tables and its text. Pictures
    are read where an engine for that is installed.

    Raises UnreadableError with status encrypted, damaged, needs-ocr (pictures and nothing that
    reads them) or failed (no such file, a folder).
    """
    digest = _digest(path)
    frames: dict[int, Frame] = {}
    pages: list[Page] = []
    found: dict[int, list[Found]] = {}
    prose: dict[int, PageText] = {}
    for window, due in _windows(_sheets(path, only)):
        lines = {sheet.frame.number: there for sheet, there in window}
        heights = {sheet.frame.number: sheet.frame.height for sheet, _ in window}
        own = furnished(lines, heights)
        for sheet, _ in due:
            number = sheet.frame.number
            frames[number] = sheet.frame
            pages.append(_page(sheet))
            found[number], zones = tables.tables(sheet, own[number].own)
            prose[number] = _prose(own[number], zones)
    blank = not any(page.glyphs for page in pages) and any(page.picture for page in pages)
    if blank and recogniser() is None:
        raise UnreadableError(Status.NEEDS_OCR)
    flowing = passages(prose)
    there = joined(found, flowing)
    return Document(
        name=path.name,
        sha256=digest,
        pages=tuple(pages),
        tables=tuple(_displayed(table, frames) for table in there),
        passages=tuple(_shown(passage, frames) for passage in flowing),
        chosen=only is not None,
    )


Read = tuple[Sheet, list[Line]]  # a page with its lines


def _sheets(path: Path, only: Collection[int] | None) -> Iterator[Read]:
    """The pages of the document, which is opened anew for every WINDOW of them: PDFium keeps what
    it has parsed until the document is closed."""
    with pdfium.opened(path) as document:
        numbers = [n for n in range(1, len(document) + 1) if only is None or n in only]
    for start in range(0, len(numbers), WINDOW):
        with pdfium.opened(path) as document:
            for number in numbers[start : start + WINDOW]:
                sheet = pdfium.sheet(document, number)
                if sheet.pictures:
                    sheet = recognised(document, sheet)
                yield sheet, with_heads(text.lines(sheet.words, sheet.verticals), sheet.words)


def _windows(pages: Iterator[Read]) -> Iterator[tuple[list[Read], list[Read]]]:
    """The pages in turn, some at a time, and with them their neighbours on either side: what
    repeats on the pages around is enough to tell running headers, and memory stays level."""
    before: list[Read] = []
    due = list(islice(pages, WINDOW))
    while due:
        after = list(islice(pages, WINDOW))
        yield [*before, *due, *after], due
        before, due = due, after


def _prose(page: Furnished, zones: Sequence[Sequence[Line]]) -> PageText:
    return PageText(
        tuple(map(TextLine.of, page.header)),
        tuple(tuple(map(TextLine.of, zone)) for zone in zones),
        tuple(map(TextLine.of, page.footer)),
    )


def _displayed(table: Table, frames: Mapping[int, Frame]) -> Table:
    """A table with its boxes as they lie on the displayed page."""
    if not any(frames[page].turn for page in table.pages):
        return table

    def place(box: Box) -> Box:
        return frames[box.page].displayed(box)

    return replace(
        table,
        cells=tuple(replace(cell, box=place(cell.box)) for cell in table.cells),
        footnotes=tuple(replace(note, box=place(note.box)) for note in table.footnotes),
        regions=tuple(place(box) for box in table.regions),
    )


def _shown(passage: Passage, frames: Mapping[int, Frame]) -> Passage:
    """A passage with its boxes as they lie on the displayed page."""
    if not any(frames[box.page].turn for box in (passage.box, *(box for _, box in passage.lines))):
        return passage
    lines = tuple((at, frames[box.page].displayed(box)) for at, box in passage.lines)
    return replace(passage, box=frames[passage.box.page].displayed(passage.box), lines=lines)


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
    frame = sheet.frame
    area = frame.width * frame.height
    covered = sum(
        max(0.0, min(frame.width, x1) - max(0.0, x0))
        * max(0.0, min(frame.height, bottom) - max(0.0, top))
        for x0, top, x1, bottom in sheet.pictures
    )
    unread = [box for box in sheet.large_pictures if box not in sheet.recognised]
    return Page(
        frame.number,
        frame.height if frame.turn % 2 else frame.width,
        frame.width if frame.turn % 2 else frame.height,
        sum(len(word.text) for word in sheet.words),
        min(1.0, covered / area) if area else 0.0,
        tuple(frame.displayed(Box(frame.number, *box)) for box in unread),
    )

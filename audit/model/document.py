"""What stands where: a PDF as it was read, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def coordinates(self) -> tuple[float, float, float, float]:
        return (self.x0, self.top, self.x1, self.bottom)

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of ``boxes``; the page is the first one's.

        Raises ValueError when there are none.
        """
        every = list(boxes)
        if not every:
            raise ValueError("no boxes to go around")
        return cls(
            every[0].page,
            min(box.x0 for box in every),
            min(box.top for box in every),
            max(box.x1 for box in every),
            max(box.bottom for box in every),
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How most of a cell's or passage's glyphs are set. ``size`` is in points."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, its text as printed.

    A wrapped cell's lines are joined with a space, a word hyphenated at the line end without
    its hyphen. ``mark`` is a footnote mark that stood raised or smaller after the text and is
    not part of it ("48" with mark "4"). ``rows`` and ``columns`` are the spans. ``indent`` is
    how far the text starts right of the leftmost text of its column. ``trust`` says how far the
    reader trusts the characters: 1 for text of the PDF, less for what was read from a picture
    and for a number that may be two under each other.
    """

    text: str
    row: int
    column: int
    box: Box
    style: Style
    rows: int = 1
    columns: int = 1
    header: bool = False
    mark: str = ""
    indent: float = 0.0
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note below a table or page. ``mark`` is "*", "4", …"""

    mark: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed; ``regions`` has one box for each page it stands on.

    ``title`` is the heading or caption, ``unit`` the words of a unit said near the table or in
    its corner ("belopp tkr"), both as printed and empty when there is none. ``confidence`` is
    between 0 and 1. Blank cells are left out.
    """

    id: str
    title: str
    unit: str
    cells: tuple[Cell, ...]
    header_rows: int
    footnotes: tuple[Footnote, ...]
    regions: tuple[Box, ...]
    reader: str
    confidence: float

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(box.page for box in self.regions))


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text in reading order. ``level`` counts headings from 1 and is 0 for the rest.
    ``lines`` tells of each printed line at which character of ``text`` it begins, and its box.
    ``trust`` is as a cell's: less than 1 for what was read from a picture."""

    text: str
    box: Box
    kind: PassageKind
    style: Style
    level: int = 0
    lines: tuple[tuple[int, Box], ...] = ()
    trust: float = 1.0

    def around(self, start: int, end: int) -> Box:
        """The box of the lines that hold the characters from ``start`` to ``end``, on the page of
        the first of them; the passage's own where its lines are not known."""
        ends = [*(at for at, _ in self.lines[1:]), len(self.text)]
        held = [
            box
            for (at, box), beyond in zip(self.lines, ends, strict=False)
            if at < end and start < beyond
        ]
        return Box.around(box for box in held if box.page == held[0].page) if held else self.box


@dataclass(frozen=True, slots=True)
class Page:
    """``glyphs`` is the number of visible characters, ``picture`` the share of the page (0–1)
    that images cover, ``unread`` the boxes of images large enough to hold a table."""

    number: int
    width: float
    height: float
    glyphs: int
    picture: float
    unread: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF as it was read. ``sha256`` is the hexadecimal digest of the file, ``chosen`` true when
    only some of its pages were asked for."""

    name: str
    sha256: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    chosen: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of it was read, so that what is not found is not there. A picture on the
        first page is the cover's."""
        return not self.chosen and not any(
            (page.unread and page is not self.pages[0]) or (not page.glyphs and page.picture)
            for page in self.pages
        )


class Status(StrEnum):
    """What became of a report (INTERFACE, ``status``)."""

    AUDITED = "audited"
    NO_TABLES = "no-tables"
    NEEDS_OCR = "needs-ocr"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    FAILED = "failed"


class UnreadableError(Exception):
    """A report that could not be read. ``detail`` says more, in English, for the curious."""

    def __init__(self, status: Status, detail: str = "") -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail

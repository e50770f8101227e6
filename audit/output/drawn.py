"""The reading drawn over the report's own pages: where each table, row, column and cell was found,
and what it was taken for.

Each drawing is a page of its own, as large as the report's page is displayed. It is laid over that
page as a form, turned as the page is, and so is what the page held before: neither can change how
the other is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.language import Words, message
from audit.model import (
    AuditedReport,
    Box,
    Cell,
    Document,
    Ending,
    Fate,
    Grid,
    Page,
    PassageKind,
    Table,
)
from audit.output.plain import clean
from audit.output.spread import Part, grids, part, share

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How something is drawn: its name in the legend, its colour, how opaque its inside is (0-1;
    0 leaves it an outline) and how thick its outline (points; 0 for none)."""

    name: str
    colour: Colour
    inside: float = 0.0
    outline: float = 0.0


TABLE = Look(message("table"), (29, 78, 216), outline=1.2)
BETWEEN = Look(message("between rows and columns"), (29, 78, 216), outline=0.35)
TITLE = Look(message("title"), (190, 24, 93), inside=0.24)
FOOTNOTE = Look(message("footnote"), (146, 64, 14), inside=0.24)
PICTURE = Look(message("picture, not read"), (220, 38, 38), inside=0.12, outline=1.2)
PARTS = {
    Part.HEADER: Look(message("header"), (217, 119, 6), inside=0.32),
    Part.LABEL: Look(message("row label"), (22, 163, 74), inside=0.28),
    Part.NUMBER: Look(message("number"), (37, 99, 235), inside=0.24),
    Part.TEXT: Look(message("other text"), (100, 116, 139), inside=0.28),
}
# In the place of "number" where figures are marked: a figure that agrees keeps its colour, which no
# other part has, and outlines differ for those who do not see the colours apart.
FATES = {
    Ending.VERIFIED: Look(message("agrees"), PARTS[Part.NUMBER].colour, inside=0.24),
    Ending.CONTRADICTED: Look(message("differs"), (220, 38, 38), inside=0.30, outline=1.2),
    Ending.UNCOVERED: Look(message("not covered"), (100, 116, 139), inside=0.10, outline=0.35),
}
PASSAGES = {
    PassageKind.HEADING: Look(message("heading"), (126, 34, 206), outline=0.8),
    PassageKind.PARAGRAPH: Look(message("paragraph"), (100, 116, 139), outline=0.5),
    PassageKind.ITEM: Look(message("list item"), (13, 148, 136), outline=0.5),
    PassageKind.FOOTNOTE: Look(message("footnote"), (146, 64, 14), outline=0.5),
    PassageKind.HEADER: Look(message("page header or footer"), (168, 162, 158), outline=0.5),
    PassageKind.FOOTER: Look(message("page header or footer"), (168, 162, 158), outline=0.5),
}

SMALL = 6.5  # points: type of the legend and of the tags
AROUND = 2.0  # points between a table's letters and its outline
MARGIN = 4.0
SWATCH = 7.0
FONT = "Helvetica"
BLACK = (20, 20, 20)
OUTLINE = 0.86  # how opaque outlines are
GROUND = Look("", (255, 255, 255), inside=0.88)  # under tags and the legend


def drawn_pdf(audits: Iterable[AuditedReport], only_tables: bool, words: Words) -> bytes:
    """The pages of the reports that were read, one report after the other, with the reading drawn
    over them; with ``only_tables`` those pages alone that a table stands on. No bytes where there
    is no page: a PDF of none cannot be opened.

    Raises OSError or pypdf.errors.PyPdfError where a report can no longer be read.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only who wants a drawing waits for it

    writer = PdfWriter()
    for audited in audits:
        if audited.report is None:
            continue
        document = audited.report.document
        there = {number for table in document.tables for number in table.pages}
        pages = [one for one in document.pages if one.number in there or not only_tables]
        overlays = PdfReader(io.BytesIO(_overlays(audited, document, pages, words))).pages
        under = PdfReader(audited.path).pages
        for page, overlay in zip(pages, overlays, strict=bool(pages)):
            _lay(writer, overlay, writer.add_page(under[page.number - 1]))
    if not writer.pages:
        return b""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _overlays(
    audited: AuditedReport, document: Document, pages: Sequence[Page], words: Words
) -> bytes:
    """A PDF of drawings alone, one for each of ``pages``."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - slow to load

    out = io.BytesIO()
    canvas = Canvas(out)
    known = grids(audited)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        drawing = _Drawing(canvas, words, page.width, page.height)
        _passages(drawing, document, page)
        for table in document.tables:
            if page.number in table.pages:
                sure = words.percent(share(audited, table))
                tag = f"{table.id} · {sure}"
                _table(drawing, table, known.get(table.id), audited.fates, page.number, tag)
        drawing.legend(_upper(document, page))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _lay(writer: PdfWriter, overlay: PageObject, page: PageObject) -> None:
    """Draw ``page``, one of ``writer``, as before and then the ``overlay``."""
    from pypdf.generic import (  # noqa: PLC0415 - as above
        DecodedStreamObject,
        DictionaryObject,
        IndirectObject,
        NameObject,
    )

    def form(of: PageObject) -> IndirectObject:
        held, made = of.get_contents(), DecodedStreamObject()
        made.set_data(b"" if held is None else held.get_data())
        made[NameObject("/Type")] = NameObject("/XObject")
        made[NameObject("/Subtype")] = NameObject("/Form")
        made[NameObject("/BBox")] = of.mediabox
        made[NameObject("/Resources")] = of.get("/Resources", DictionaryObject()).clone(writer)
        return writer._add_object(made.flate_encode())

    forms = DictionaryObject()
    forms[NameObject("/Below")] = form(page)
    forms[NameObject("/Above")] = form(overlay)
    both = DecodedStreamObject()
    way = " ".join(f"{float(number):.4f}" for number in _way(page))
    both.set_data(f"/Below Do q {way} cm /Above Do Q".encode())
    page[NameObject("/Contents")] = writer._add_object(both)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})


def _way(page: PageObject) -> tuple[float, ...]:
    """From the displayed page, whose origin is at its bottom left, to the page's own space before
    it is turned: a matrix in PDF's order."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media.left, crop.left), max(media.bottom, crop.bottom)
    right, top = min(media.right, crop.right), min(media.top, crop.top)
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[page.rotation % 360]


def _upper(document: Document, page: Page) -> bool:
    """Whether there is at least as much room over the page's text as under it."""
    boxes = [passage.box for passage in document.passages]
    boxes += [region for table in document.tables for region in table.regions]
    there = [box for box in boxes if box.page == page.number]
    over = min((box.top for box in there), default=0.0)
    return not there or over >= page.height - max(box.bottom for box in there)


def _passages(drawing: _Drawing, document: Document, page: Page) -> None:
    titles = {clean(table.title) for table in document.tables if table.title}
    for passage in document.passages:
        if passage.box.page == page.number:
            title = clean(passage.text) in titles
            drawing.mark(TITLE if title else PASSAGES[passage.kind], passage.box)
    for box in page.unread:
        drawing.mark(PICTURE, box)


def _table(
    drawing: _Drawing,
    table: Table,
    grid: Grid | None,
    fates: Mapping[tuple[str, int, int], Fate],
    number: int,
    tag: str,
) -> None:
    cells = [cell for cell in table.cells if cell.box.page == number]
    for cell in cells:
        fate = fates.get((table.id, cell.row, cell.column))
        drawing.mark(FATES[fate.tested] if fate else PARTS[part(cell, grid)], cell.box)
    for note in table.footnotes:
        if note.box.page == number:
            drawing.mark(FOOTNOTE, note.box)
    for region in table.regions:
        if region.page == number:
            inside = [cell for cell in cells if _within(cell.box, region)]
            for line in _separators(inside, region):
                drawing.mark(BETWEEN, line)
            drawing.mark(TABLE, _wider(region))
            drawing.tag(tag, region, TABLE.colour)


def _wider(box: Box) -> Box:
    """A little more than ``box``, so that its outline crosses no letter."""
    return Box(box.page, box.x0 - AROUND, box.top - AROUND, box.x1 + AROUND, box.bottom + AROUND)


def _within(box: Box, region: Box) -> bool:
    across, down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return region.x0 <= across <= region.x1 and region.top <= down <= region.bottom


def _separators(cells: Sequence[Cell], region: Box) -> Iterator[Box]:
    """Lines halfway between neighbouring rows, and between neighbouring columns."""
    yield from _halfway(_bands([(cell.row, cell.box) for cell in cells if cell.rows == 1]), region)
    alone = [(cell.column, cell.box) for cell in cells if cell.columns == 1]
    yield from _halfway(_bands(alone), region)


def _bands(boxes: Iterable[tuple[int, Box]]) -> list[Box]:
    """The box around each row's or column's cells, in their order."""
    held: dict[int, list[Box]] = {}
    for index, box in boxes:
        held.setdefault(index, []).append(box)
    return [Box.around(held[index]) for index in sorted(held)]


def _halfway(bands: Sequence[Box], region: Box) -> list[Box]:
    """A line in each gap between one band and the next. Which way they follow each other is seen
    from the gaps: on a page with turned text rows stand beside each other."""
    down = [(a.bottom + b.top) / 2 for a, b in pairwise(bands) if a.bottom <= b.top]
    up = [(a.top + b.bottom) / 2 for a, b in pairwise(bands) if b.bottom <= a.top]
    right = [(a.x1 + b.x0) / 2 for a, b in pairwise(bands) if a.x1 <= b.x0]
    left = [(a.x0 + b.x1) / 2 for a, b in pairwise(bands) if b.x1 <= a.x0]
    upright, sideways = max(down, up, key=len), max(right, left, key=len)
    if len(upright) >= len(sideways):
        return [Box(region.page, region.x0, y, region.x1, y) for y in upright]
    return [Box(region.page, x, region.top, x, region.bottom) for x in sideways]


@dataclass(slots=True)
class _Drawing:
    """A page to draw on, in points of the displayed page from its top left. ``used`` are the looks
    that the legend explains."""

    canvas: Canvas
    words: Words
    width: float
    height: float
    used: dict[str, Look] = field(default_factory=dict)

    def mark(self, look: Look, box: Box) -> None:
        """Draw ``box``, a line where it has no height or width."""
        self.used.setdefault(look.name, look)
        self._box(look, box.x0, box.top, box.x1, box.bottom)

    def tag(self, text: str, box: Box, colour: Colour) -> None:
        """``text`` in ``colour`` above the right end of ``box``: titles stand at the left."""
        base = max(box.top - AROUND - 2, SMALL)
        left = max(box.x1 - self._wide(text) - 2, 0.0)
        self._box(GROUND, left, base - SMALL, box.x1, base + 1.5)
        self._text(text, left + 1, base, colour)

    def legend(self, upper: bool) -> None:
        """What the colours mean, on as many lines as it takes along the page's upper or lower
        edge."""
        spots: list[tuple[float, int, Look, str]] = []
        x, row = MARGIN, 0
        for look in self.used.values():
            name = self.words.translate(look.name)
            taken = SWATCH + 2 + self._wide(name) + 8
            if x > MARGIN and x + taken > self.width:
                x, row = MARGIN, row + 1
            spots.append((x, row, look, name))
            x += taken
        if not spots:
            return
        high = (SMALL + 3) * (row + 1) + 2
        top = 0.0 if upper else self.height - high
        self._box(GROUND, 0, top, self.width, top + high)
        for x, row, look, name in spots:
            base = top + (SMALL + 3) * (row + 1) - 1
            middle = base - SMALL / 3
            over, under = (middle, middle) if look is BETWEEN else (base - SMALL + 1.5, base)
            self._box(look, x, over, x + SWATCH, under)
            self._text(name, x + SWATCH + 2, base, BLACK)

    def _box(self, look: Look, x0: float, top: float, x1: float, bottom: float) -> None:
        red, green, blue = (part / 255 for part in look.colour)
        self.canvas.setFillColorRGB(red, green, blue, look.inside)
        self.canvas.setStrokeColorRGB(red, green, blue, OUTLINE)
        self.canvas.setLineWidth(look.outline)
        stroke, fill = int(look.outline > 0), int(look.inside > 0)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke, fill)

    def _text(self, text: str, x: float, base: float, colour: Colour) -> None:
        self.canvas.setFillColorRGB(*(part / 255 for part in colour), 1)
        self.canvas.setFont(FONT, SMALL)
        self.canvas.drawString(x, self.height - base, text)

    def _wide(self, text: str) -> float:
        return float(self.canvas.stringWidth(text, FONT, SMALL))

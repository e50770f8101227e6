"""What PDFium sees on a page: glyphs, rules, shaded areas and pictures.

Coordinates leave this module as the page is displayed: cropped, turned by /Rotate, in points,
origin top left. The raw interface is called glyph by glyph, so this is the hot loop of reading.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from audit.model import Box, Status, UnreadableError

RULE = 3.0  # a filled box thinner than this is drawn as a line, in points
BLANKS = frozenset((0, 9, 10, 13, 32, 160))
ROTATION_TOLERANCE = 0.1  # radians
HYPHEN_MARKERS = frozenset("\ufffe\u00ad\u0002")  # PDFium's word for a line-end hyphen, and others


class Glyph(NamedTuple):
    """One visible character. ``base`` is the y of its baseline, ``size`` the font size."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    spaced: bool  # a space stands before it in the page's text
    turn: int  # quarter turns clockwise; -1 for any other angle


class Stroke(NamedTuple):
    """A straight rule, horizontal or vertical (then ``x0 == x1``)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled area and its colour (red, green, blue)."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as drawn, turned so that most of its text stands upright. ``turn`` counts the
    quarter turns clockwise that the text has on the displayed page (0, 1 or 3)."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[tuple[float, float, float, float], ...]
    turn: int

    def displayed(self, box: Box) -> Box:
        """``box`` of this sheet as it lies on the displayed page."""
        if self.turn == 1:
            return Box(box.page, self.height - box.bottom, box.x0, self.height - box.top, box.x1)
        if self.turn == 3:
            return Box(box.page, box.top, self.width - box.x1, box.bottom, self.width - box.x0)
        return box


Place = Callable[[float, float], tuple[float, float]]


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The document at ``path``, closed afterwards.

    Raises UnreadableError (encrypted, damaged) when PDFium cannot open it.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        status = Status.ENCRYPTED if locked or "assword" in str(error) else Status.DAMAGED
        raise UnreadableError(status, str(error)) from error
    try:
        yield document
    finally:
        document.close()


def sheet(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    """Page ``number`` (from 1) as drawn.

    Raises UnreadableError (damaged) when the page cannot be loaded.
    """
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(Status.DAMAGED, f"page {number}: {error}") from error
    try:
        width, height, place = _placement(page.raw)
        rotation = pdfium.FPDFPage_GetRotation(page.raw)
        glyphs = tuple(_glyphs(page.raw, place, rotation, width, height))
        turn = _turn(glyphs)
        if turn:
            place = _turned(place, turn, width, height)
            width, height = height, width
            glyphs = tuple(_glyphs(page.raw, place, rotation + turn, width, height))
        drawing = _Drawing(place)
        drawing.walk(page.raw, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
        return Sheet(
            number,
            width,
            height,
            glyphs,
            tuple(drawing.horizontals),
            tuple(drawing.verticals),
            tuple(drawing.fills),
            tuple(drawing.pictures),
            turn,
        )
    finally:
        page.close()


def _turn(glyphs: Sequence[Glyph]) -> int:
    """The quarter turn that most glyphs have, 0 when most are upright."""
    turns = Counter(glyph.turn for glyph in glyphs)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if turn in (1, 3) and count * 2 > len(glyphs) else 0


def _turned(place: Place, turn: int, width: float, height: float) -> Place:
    """The way to the sheet on which text turned by ``turn`` on a displayed page is upright."""

    def quarter(x: float, y: float) -> tuple[float, float]:
        across, down = place(x, y)
        return (down, width - across) if turn == 1 else (height - down, across)

    return quarter


def _placement(page: Any) -> tuple[float, float, Place]:
    """Displayed width and height, and the way from PDF user space to the displayed page."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    rotation = pdfium.FPDFPage_GetRotation(page)
    wide, high = right - left, top - bottom
    if rotation == 1:
        return high, wide, lambda x, y: (y - bottom, x - left)
    if rotation == 2:
        return wide, high, lambda x, y: (right - x, y - bottom)
    if rotation == 3:
        return high, wide, lambda x, y: (top - y, right - x)
    return wide, high, lambda x, y: (x - left, top - y)


class _Font(NamedTuple):
    bold: bool
    italic: bool
    em: float  # font size as a share of the loose box's height


def _font(font: Any) -> _Font:
    name_buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name_buffer, 128)
    name = name_buffer.value.decode("utf-8", "replace").lower()
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFFont_GetAscent(font, 1.0, ctypes.byref(ascent))
    pdfium.FPDFFont_GetDescent(font, 1.0, ctypes.byref(descent))
    extent = ascent.value - descent.value
    heavy = any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))
    return _Font(
        bold=heavy or pdfium.FPDFFont_GetWeight(font) >= 600,
        italic="italic" in name or "oblique" in name or angle.value != 0,
        em=1.0 / extent if 0.5 < extent < 2.5 else 0.85,
    )


def _glyphs(page: Any, place: Place, rotation: int, width: float, height: float) -> Iterator[Glyph]:
    """Visible glyphs in the order of the page's content; those off the page are left out."""
    text = pdfium.FPDFText_LoadPage(page)
    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    fonts: dict[int | None, _Font] = {}
    current: int | None = -1
    font = _Font(False, False, 0.85)
    turn, stroked, spaced = 0, False, False
    try:
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code in BLANKS:
                spaced = True
                continue
            owner = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(owner, ctypes.c_void_p).value
            if address != current:
                current = address
                if address is not None:
                    typeface = pdfium.FPDFTextObj_GetFont(owner)
                    key = ctypes.cast(typeface, ctypes.c_void_p).value
                    if key not in fonts:
                        fonts[key] = _font(typeface)
                    font = fonts[key]
                    stroked = pdfium.FPDFTextObj_GetTextRenderMode(owner) == 2
                turn = _quarters(pdfium.FPDFText_GetCharAngle(text, index), rotation)
            pdfium.FPDFText_GetLooseCharBox(text, index, rect_at)
            pdfium.FPDFText_GetCharOrigin(text, index, x_at, y_at)
            ax, ay = place(rect.left, rect.top)
            bx, by = place(rect.right, rect.bottom)
            x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
            top, bottom = (ay, by) if ay <= by else (by, ay)
            if x1 <= 0 or x0 >= width or bottom <= 0 or top >= height or bottom - top <= 0:
                continue
            character = chr(code)
            if character.isspace() and character not in HYPHEN_MARKERS:
                spaced = True
                continue
            if character in HYPHEN_MARKERS:
                character = "\u00ad"
            tall = x1 - x0 if turn in (1, 3) else bottom - top
            yield Glyph(
                character,
                x0,
                top,
                x1,
                bottom,
                place(x.value, y.value)[1],
                tall * font.em,
                font.bold or stroked,
                font.italic,
                spaced,
                turn,
            )
            spaced = False
    finally:
        pdfium.FPDFText_ClosePage(text)


def _quarters(angle: float, rotation: int) -> int:
    """PDFium's angle (radians, clockwise, of the page before /Rotate) as quarter turns
    clockwise on the sheet; -1 when it is none."""
    turns = rotation + angle / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < ROTATION_TOLERANCE else -1


Matrix = tuple[float, float, float, float, float, float]


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


class _Drawing:
    """Collects the straight rules, fills and pictures of a page while walking its objects."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.horizontals: list[Stroke] = []
        self.verticals: list[Stroke] = []
        self.fills: list[Fill] = []
        self.pictures: list[tuple[float, float, float, float]] = []

    def walk(self, page: Any, matrix: Matrix) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._object(pdfium.FPDFPage_GetObject(page, index), matrix, 0)

    def _object(self, item: Any, matrix: Matrix, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, _product(_matrix(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = ((0.0, 0.0), (1.0, 1.0))
            self.pictures.append(self._box(corners, _product(_matrix(item), matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
            inner = _product(_matrix(item), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _box(self, points: Any, matrix: Matrix) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = matrix
        placed = [self.place(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return (min(xs), min(ys), max(xs), max(ys))

    def _path(self, item: Any, matrix: Matrix) -> None:
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill_mode), ctypes.byref(stroke))
        if not fill_mode.value and not stroke.value:
            return
        colour = _colour(item) if fill_mode.value else None
        for points in _subpaths(item):
            x0, top, x1, bottom = self._box(points, matrix)
            if x1 - x0 < RULE and bottom - top < RULE:
                continue
            if bottom - top < RULE:
                middle = (top + bottom) / 2
                if colour is None or not _white(colour) or stroke.value:
                    self.horizontals.append(Stroke(x0, middle, x1, middle))
            elif x1 - x0 < RULE:
                middle = (x0 + x1) / 2
                if colour is None or not _white(colour) or stroke.value:
                    self.verticals.append(Stroke(middle, top, middle, bottom))
            elif len(points) <= 6:
                if colour is not None:
                    self.fills.append(Fill(x0, top, x1, bottom, colour))
                if stroke.value:
                    self.horizontals += [Stroke(x0, top, x1, top), Stroke(x0, bottom, x1, bottom)]
                    self.verticals += [Stroke(x0, top, x0, bottom), Stroke(x1, top, x1, bottom)]


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _colour(item: Any) -> tuple[int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(
        item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    )
    if not known:
        return (128, 128, 128)
    return (red.value, green.value, blue.value) if alpha.value else None


def _white(colour: tuple[int, int, int]) -> bool:
    return min(colour) >= 250


def _subpaths(item: Any) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path; a curve makes it no rule, and ends the walk."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
    if len(points) > 1:
        yield points

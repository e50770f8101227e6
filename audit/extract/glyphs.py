"""The visible characters of a page. The hot loop of reading: PDFium is asked glyph by glyph."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audit.extract.geometry import Matrix

BLANKS = frozenset((0, 9, 10, 13, 32, 160))
ROTATION_TOLERANCE = 0.1  # quarter turns
HYPHENS = frozenset("\ufffe\u00ad\u0002")  # PDFium's word for a line-end hyphen, and others


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


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function of the library with plain addresses for pointers: objects of ctypes for
    every glyph would cost more than the call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise ImportError("PDFium lacks a function that granska needs")
    prototype = ctypes.CFUNCTYPE(result, *arguments)
    return prototype(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_unicode = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_owner = _direct(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_loose_box = _direct(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_origin = _direct(pdfium.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)


def glyphs(page: Any, place: Matrix, rotation: int, width: float, height: float) -> Iterator[Glyph]:
    """Visible glyphs in the order of the page's content; those off the page are left out.

    ``place`` takes user space to the sheet, which is ``rotation`` quarter turns from it.
    """
    loaded = pdfium.FPDFText_LoadPage(page)
    try:
        yield from _read(loaded, place, rotation, width, height)
    finally:
        pdfium.FPDFText_ClosePage(loaded)


def _read(
    loaded: Any, place: Matrix, rotation: int, width: float, height: float
) -> Iterator[Glyph]:
    text = ctypes.cast(loaded, ctypes.c_void_p).value
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.addressof(rect), ctypes.addressof(x), ctypes.addressof(y)
    a, b, c, d, e, f = place
    fonts: dict[int, _Font] = {}
    current: int | None = -1
    font = _Font(False, False)
    turn, size, stroked, spaced = 0, 0.0, False, False
    for index in range(pdfium.FPDFText_CountChars(loaded)):
        code = _unicode(text, index)
        if code in BLANKS:
            spaced = True
            continue
        owner = _owner(text, index)
        if owner != current:
            current = owner
            if owner is not None:
                font, stroked = _look(owner, fonts)
            turn = _quarters(pdfium.FPDFText_GetCharAngle(loaded, index), rotation)
            size = _size(loaded, index)
        _loose_box(text, index, rect_at)
        _origin(text, index, x_at, y_at)
        left, high, right, low = rect.left, rect.top, rect.right, rect.bottom
        x0, x1 = a * left + c * high + e, a * right + c * low + e
        top, bottom = b * left + d * high + f, b * right + d * low + f
        if x0 > x1:
            x0, x1 = x1, x0
        if top > bottom:
            top, bottom = bottom, top
        if x1 <= 0 or x0 >= width or bottom <= 0 or top >= height or bottom == top:
            continue
        character = chr(code)
        if character in HYPHENS:
            character = "\u00ad"
        elif character.isspace():
            spaced = True
            continue
        yield Glyph(
            character,
            x0,
            top,
            x1,
            bottom,
            b * x.value + d * y.value + f,
            size,
            font.bold or stroked,
            font.italic,
            spaced,
            turn,
        )
        spaced = False


class _Font(NamedTuple):
    bold: bool
    italic: bool


def _font(font: Any) -> _Font:
    name_buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name_buffer, 128)
    name = name_buffer.value.decode("utf-8", "replace").lower()
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
    heavy = any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))
    return _Font(
        bold=heavy or pdfium.FPDFFont_GetWeight(font) >= 600,
        italic="italic" in name or "oblique" in name or angle.value != 0,
    )


def _look(owner: int, fonts: dict[int, _Font]) -> tuple[_Font, bool]:
    """The font of a text object, and whether its outlines are stroked to look bold."""
    item = ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT)
    typeface = pdfium.FPDFTextObj_GetFont(item)
    key = ctypes.cast(typeface, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = _font(typeface)
    return fonts[key], pdfium.FPDFTextObj_GetTextRenderMode(item) == 2


def _size(loaded: Any, index: int) -> float:
    """The font size of a character as it is drawn, in points."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(loaded, index, ctypes.byref(matrix))
    nominal: float = pdfium.FPDFText_GetFontSize(loaded, index)
    return nominal * math.hypot(matrix.c, matrix.d)


def _quarters(angle: float, rotation: int) -> int:
    """PDFium's angle (radians, clockwise, of the page before /Rotate) as quarter turns
    clockwise on the sheet; -1 when it is none."""
    turns = rotation + angle / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < ROTATION_TOLERANCE else -1

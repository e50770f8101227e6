"""The words of a page: the hot loop of reading, in which PDFium is asked glyph by glyph.

PDFium keeps the glyphs of one text-showing operator (ISO 32000-1, 9.4.3) as one object with one
font, size, direction and baseline: these are asked once for each object, and a glyph is asked
only what it is and how far it reaches. A word is glyphs that follow each other without a gap.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audit.extract.direct import INT, POINTER, address, direct
from audit.extract.geometry import Matrix, product

# Gaps in ems. A normal space is 0.25-0.32 em; justified prose stretches it to about 0.8.
WORD_GAP = 0.15
SPACED_GAP = 0.03  # where the page's own text has a space
OVERLAP = -0.35
OVERPRINT = 0.08  # words printed again within so much are one
LIGATURE = 0.02  # glyphs whose places differ by less are parts of one drawn sign
NARROWEST, WIDEST = 0.15, 1.2  # what the letters of a word may measure each, on average
EVEN = 0.1  # a font whose letters have one height, as most have, tells it no more differently
LIFT = 0.08  # baselines that differ more, in ems, are no one word
ALIKE = 0.8  # and neither are sizes of which one is less than this share of the other

ROTATION_TOLERANCE = 0.1  # quarter turns
# What a font without a map to Unicode says of its ligatures and dashes, most often the codes of
# TeX's Cork encoding: no text holds control characters.
_CORK = {0x15: "–", 0x16: "—", 0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"}
BLANKS = frozenset({0, *(c for c in range(0x3001) if chr(c).isspace() and c not in _CORK)})
INVISIBLE = 3  # text render mode of the words that a scanner's program laid under its picture
HIDDEN = 0.9  # how far these are trusted: nobody says how sure that program was
STROKED = 2  # text render mode: fill, then stroke (ISO 32000-1, table 106)
DOTS = frozenset(".…_·")  # what leads the eye from a label to its numbers
# Letters up to a blank; dots that may lead to something stand for themselves.
_BLANK, _DOT = (re.escape("".join(sorted(some))) for some in (map(chr, BLANKS), DOTS))
_RUN = re.compile(f"(?:(?![{_DOT}]{{2}})[^{_BLANK}])+|[{_DOT}]{{2,}}")
_MEANT = {0xFFFE: "\u00ad", 0x0002: "\u00ad", **_CORK}  # PDFium's words for a line-end hyphen

# The way from (along the text, up from it) to PDF user space, by quarter turns clockwise.
_DIRECTIONS: tuple[Matrix, ...] = (
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),  # the last one, found at -1: any other angle
)


class Word(NamedTuple):
    """A word on a sheet. ``base`` is the y of its baseline (its x when the word is turned),
    ``size`` the font size, ``turn`` counts quarter turns clockwise (-1: any other angle).
    ``trust`` is below 1 for what was read from a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    spaced: bool = False  # a space is printed before it, however thin
    turn: int = 0
    trust: float = 1.0


def dotted(text: str) -> bool:
    """Whether ``text`` is dots and nothing else."""
    return DOTS.issuperset(text)


def words(page: Any, place: Matrix, rotation: int) -> list[Word]:
    """The words of a page in the order of its content, on the sheet to which ``place`` takes PDF
    user space and which is turned by ``rotation`` quarters."""
    loaded = pdfium.FPDFText_LoadPage(page)
    try:
        places = [product(direction, place) for direction in _DIRECTIONS]
        found = _joined(_Glyphs(loaded).stretches())
        return _once([_word(stretches, places, rotation) for stretches in found])
    finally:
        pdfium.FPDFText_ClosePage(loaded)


def _once(found: list[Word]) -> list[Word]:
    """The words without those that are printed over themselves to look bold."""
    again: set[int] = set()
    bold: set[int] = set()
    order = sorted(range(len(found)), key=lambda index: (found[index].text, found[index].top))
    for position, index in enumerate(order):
        word = found[index]
        for other in islice(order, position + 1, None):
            near, copy = OVERPRINT * word.size, found[other]
            if copy.text != word.text or copy.top - word.top > near:
                break
            if abs(copy.x0 - word.x0) <= near:
                again.add(max(index, other))
                bold.add(min(index, other))
    if not again:
        return found
    return [
        word._replace(bold=True) if index in bold else word
        for index, word in enumerate(found)
        if index not in again
    ]


def turned(word: Word, turn: int, width: float, height: float) -> Word:
    """A word of a sheet of that size, on the same sheet when text turned ``turn`` quarters (1, 2
    or 3) is set upright."""
    now = (word.turn - turn) % 4 if word.turn >= 0 else -1
    if turn == 2:
        return word._replace(
            x0=width - word.x1,
            top=height - word.bottom,
            x1=width - word.x0,
            bottom=height - word.top,
            base=(width if word.turn in (1, 3) else height) - word.base,
            turn=now,
        )

    def across(y: float) -> float:
        return y if turn == 1 else height - y

    def down(x: float) -> float:
        return width - x if turn == 1 else x

    x0, x1 = sorted((across(word.top), across(word.bottom)))
    top, bottom = sorted((down(word.x0), down(word.x1)))
    base = down(word.base) if word.turn in (1, 3) else across(word.base)
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom, base=base, turn=now)


class _Font(NamedTuple):
    bold: bool
    italic: bool


class _Look(NamedTuple):
    """What all glyphs of an object share."""

    size: float
    base: float
    turn: int
    bold: bool
    italic: bool
    trust: float


class _Stretch(NamedTuple):
    """Glyphs of one object without a gap. ``first`` is where the first of them ends, ``last``
    where the last begins."""

    text: str
    start: float
    end: float
    low: float
    high: float
    first: float
    last: float
    spaced: bool
    look: _Look


def _joined(stretches: Iterable[_Stretch]) -> Iterator[list[_Stretch]]:
    """Stretches that make one word though objects divide them (kerning, glyph by glyph)."""
    word: list[_Stretch] = []
    for stretch in stretches:
        if word and not _goes_on(word[-1], stretch):
            yield word
            word = []
        word.append(stretch)
    if word:
        yield word


def _goes_on(last: _Stretch, following: _Stretch) -> bool:
    size, base, turn, *_ = last.look
    other, other_base, other_turn, *_ = following.look
    em = max(size, other, 1.0)
    gap = following.start - last.end
    near = LIGATURE * em
    touches = OVERLAP * em < gap < (SPACED_GAP if following.spaced else WORD_GAP) * em
    if not touches and (
        abs(following.start - last.last) >= near or abs(following.first - last.end) >= near
    ):
        return False
    if abs(base - other_base) >= LIFT * em or turn != other_turn:
        return False
    if min(size, other) <= ALIKE * max(size, other):
        return False
    return not _leads(last.text, following.text)


def _leads(text: str, following: str) -> bool:
    """Whether several dots meet what is none: they may be leaders, which are no part of a word."""
    if text[-1] not in DOTS and following[0] not in DOTS:
        return False
    return dotted(text) != dotted(following) and len(text if dotted(text) else following) > 1


def _word(stretches: Sequence[_Stretch], places: Sequence[Matrix], rotation: int) -> Word:
    text, start, end, low, high, _, _, spaced, look = stretches[0]
    size, base, turn, bold, italic, trust = look
    if len(stretches) > 1:
        text = "".join(stretch.text for stretch in stretches)
        end = max(stretch.end for stretch in stretches)
        low = min(stretch.low for stretch in stretches)
        high = max(stretch.high for stretch in stretches)
        bold = sum(len(one.text) for one in stretches if one.look.bold) * 2 > len(text)
        italic = sum(len(one.text) for one in stretches if one.look.italic) * 2 > len(text)
    a, b, c, d, e, f = places[turn]
    x0, x1 = a * start + c * low + e, a * end + c * high + e
    top, bottom = b * start + d * low + f, b * end + d * high + f
    now = (turn + rotation) % 4 if turn >= 0 else -1
    return Word(
        text.translate(_MEANT),
        x0 if x0 < x1 else x1,
        top if top < bottom else bottom,
        x1 if x0 < x1 else x0,
        bottom if top < bottom else top,
        c * base + e if now in (1, 3) else d * base + f,
        size,
        bold,
        italic,
        spaced,
        now,
        trust,
    )


# --- asking PDFium --------------------------------------------------------------------------


_unicode = direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, POINTER, INT)
_all_text = direct(pdfium.FPDFText_GetText, INT, POINTER, INT, INT, POINTER)
_owner = direct(pdfium.FPDFText_GetTextObject, POINTER, POINTER, INT)
_loose_box = direct(pdfium.FPDFText_GetLooseCharBox, INT, POINTER, INT, POINTER)
_origin = direct(pdfium.FPDFText_GetCharOrigin, INT, POINTER, INT, POINTER, POINTER)
_angle = direct(pdfium.FPDFText_GetCharAngle, ctypes.c_float, POINTER, INT)
_matrix = direct(pdfium.FPDFText_GetMatrix, INT, POINTER, INT, POINTER)
_font_size = direct(pdfium.FPDFText_GetFontSize, ctypes.c_double, POINTER, INT)
_typeface = direct(pdfium.FPDFTextObj_GetFont, POINTER, POINTER)
_render_mode = direct(pdfium.FPDFTextObj_GetTextRenderMode, INT, POINTER)

_four = struct.Struct("4f").unpack_from
_six = struct.Struct("6f").unpack_from


class _Glyphs:
    """The glyphs of a loaded page, and the places into which PDFium writes its answers."""

    def __init__(self, loaded: Any) -> None:
        self._text = address(loaded)
        self._count: int = pdfium.FPDFText_CountChars(loaded)
        self._matrix, self._origin = pdfium.FS_MATRIX(), (ctypes.c_double * 2)()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._x_at = ctypes.addressof(self._origin)
        self._y_at = self._x_at + ctypes.sizeof(ctypes.c_double)
        self._rectangle = pdfium.FS_RECTF()
        self._rectangle_at = ctypes.addressof(self._rectangle)
        self._fonts: dict[int, _Font] = {}

    def stretches(self) -> Iterator[_Stretch]:
        characters = self._characters()
        owner, look, at = None, None, 0
        for match in _RUN.finditer(characters):
            start, end = match.span()
            spaced, at = start > at, end
            while start < end:
                holder = _owner(self._text, start)
                # What no object owns (PDFium's own hyphens) looks as what it follows.
                if look is None or holder not in (None, owner):
                    owner, look = holder, self._look(holder, start)
                # Dots that lead somewhere are often drawn one by one: they are asked no more.
                leads = end - start > 1 and dotted(characters[start : start + 2])
                beyond = end if leads else self._beyond(holder, start, end)
                yield from self._parts(characters[start:beyond], start, look, spaced)
                start, spaced = beyond, False

    def _beyond(self, owner: int | None, start: int, end: int) -> int:
        """Where the glyphs of ``owner``, which stand together, end, but no later than ``end``."""
        text = self._text
        if _owner(text, end - 1) == owner:
            return end
        return bisect_left(range(end), True, start, key=lambda i: _owner(text, i) != owner)

    def _parts(self, letters: str, index: int, look: _Look, spaced: bool) -> list[_Stretch]:
        """Letters without a blank between them: as one where the first and the last of them leave
        no doubt that nothing else is between them, since PDFium puts a blank into every gap from
        about half a space on; else each for itself."""
        start, low, first, high = self._box(index, look.turn)
        if len(letters) == 1:
            return [_Stretch(letters, start, first, low, high, first, start, spaced, look)]
        last, foot, end, head = self._box(index + len(letters) - 1, look.turn)
        em = look.size or 1.0
        even = abs(foot - low) < EVEN * em and abs(head - high) < EVEN * em
        if even and NARROWEST < (end - start) / (em * len(letters)) < WIDEST and last > start:
            low, high = foot if foot < low else low, head if head > high else high
            return [_Stretch(letters, start, end, low, high, first, last, spaced, look)]
        boxes = [self._box(index + place, look.turn) for place in range(len(letters))]
        return [
            _Stretch(letter, start, end, low, high, end, start, spaced and not place, look)
            for place, (letter, (start, low, end, high)) in enumerate(
                zip(letters, boxes, strict=True)
            )
        ]

    def _box(self, index: int, turn: int) -> tuple[float, float, float, float]:
        """Where a glyph starts along the text, its foot, where it ends, and its head."""
        _loose_box(self._text, index, self._rectangle_at)
        left, top, right, bottom = _four(self._rectangle)
        if turn > 0:
            return _upright(turn, left, bottom, right, top)
        return left, bottom, right, top

    def _characters(self) -> str:
        """The character of each glyph: all of them at once, or one by one where that leaves
        some out or takes two units (UTF-16) for one."""
        units = (ctypes.c_ushort * (self._count + 1))()
        told = _all_text(self._text, 0, self._count, ctypes.addressof(units)) - 1
        found = bytes(units)[:-2].decode("utf-16-le", "replace")
        if told == self._count == len(found):
            return found
        return "".join(chr(_unicode(self._text, index)) for index in range(self._count))

    def _look(self, owner: int | None, index: int) -> _Look:
        """What the glyphs of ``owner``, ``index`` among them, look like; outlines that are
        stroked as well as filled look bold."""
        text = self._text
        _matrix(text, index, self._matrix_at)
        _origin(text, index, self._x_at, self._y_at)
        x, y = self._origin
        a, b, c, d, _, _ = _six(self._matrix)
        turn = 0 if b == c == 0.0 < min(a, d) else _quarters(_angle(text, index))
        base = (y, x, -y, -x)[turn] if turn > 0 else y
        size = _font_size(text, index) * math.hypot(c, d)
        typeface = _typeface(owner) if owner else None
        if typeface is None:
            return _Look(size, base, turn, bold=False, italic=False, trust=1.0)
        if typeface not in self._fonts:
            self._fonts[typeface] = _font(ctypes.cast(typeface, pdfium.FPDF_FONT))
        bold, italic = self._fonts[typeface]
        mode = _render_mode(owner)
        trust = HIDDEN if mode == INVISIBLE else 1.0
        return _Look(size, base, turn, bold or mode == STROKED, italic, trust)


def _upright(
    turn: int, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """The box (start, foot, end, head) along and up from text turned ``turn`` quarters."""
    if turn == 1:
        return -top, left, -bottom, right
    if turn == 2:
        return -right, -top, -left, -bottom
    return bottom, -right, top, -left


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


def _quarters(angle: float) -> int:
    """PDFium's angle (radians, clockwise) as quarter turns; -1 when it is none."""
    turns = angle / (math.pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) < ROTATION_TOLERANCE else -1

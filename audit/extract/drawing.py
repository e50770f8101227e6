"""The straight rules, filled areas and pictures of a page."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audit.extract.direct import INT, POINTER, address, direct
from audit.extract.geometry import Matrix, placed, product

UNKNOWN_COLOUR = (128, 128, 128)  # a pattern or gradient: something is drawn
RULE = 3.0  # a filled box thinner than this is drawn as a line, in points
DEEPEST = 8  # forms within forms


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


class Drawing:
    """Collects the rules, fills and pictures of a page, and the boxes around lines that run
    aslant, while walking its objects."""

    def __init__(self) -> None:
        self.horizontals: list[Stroke] = []
        self.verticals: list[Stroke] = []
        self.fills: list[Fill] = []
        self.slants: list[tuple[float, float, float, float]] = []
        self.pictures: list[tuple[float, float, float, float]] = []

    def walk(self, page: Any, matrix: Matrix) -> None:
        self._all(address(page), _count, _object, matrix, 0)

    def _all(self, holder: Any, count: Any, get: Any, matrix: Matrix, depth: int) -> None:
        for index in range(count(holder)):
            item = get(holder, index)
            kind = _kind(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                corners = ((0.0, 0.0), (1.0, 1.0))
                self.pictures.append(placed(corners, product(_matrix(item), matrix)))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = product(_matrix(item), matrix)
                self._all(item, _count_inside, _object_inside, inner, depth + 1)

    def _path(self, item: int, matrix: Matrix) -> None:
        filled, stroked = _mode(item)
        if not filled and not stroked:
            return
        colour = _colour(item) if filled else None
        seen = stroked or colour is None or not _white(colour)
        whole = product(_matrix(item), matrix)
        for points in _subpaths(item):
            x0, top, x1, bottom = placed(points, whole)
            thin, flat = x1 - x0 < RULE, bottom - top < RULE
            if thin and flat:
                continue
            if flat and seen:
                middle = (top + bottom) / 2
                self.horizontals.append(Stroke(x0, middle, x1, middle))
            elif thin and seen:
                middle = (x0 + x1) / 2
                self.verticals.append(Stroke(middle, top, middle, bottom))
            elif not _square(points):
                if stroked and not filled:
                    self.slants.append((x0, top, x1, bottom))
            elif not (thin or flat) and len(points) <= 6:
                if colour is not None:
                    self.fills.append(Fill(x0, top, x1, bottom, colour))
                if stroked:
                    self.horizontals += [Stroke(x0, top, x1, top), Stroke(x0, bottom, x1, bottom)]
                    self.verticals += [Stroke(x0, top, x0, bottom), Stroke(x1, top, x1, bottom)]


_count = direct(pdfium.FPDFPage_CountObjects, INT, POINTER)
_object = direct(pdfium.FPDFPage_GetObject, POINTER, POINTER, INT)
_count_inside = direct(pdfium.FPDFFormObj_CountObjects, INT, POINTER)
_object_inside = direct(pdfium.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
_kind = direct(pdfium.FPDFPageObj_GetType, INT, POINTER)
_get_matrix = direct(pdfium.FPDFPageObj_GetMatrix, INT, POINTER, POINTER)
_draw_mode = direct(pdfium.FPDFPath_GetDrawMode, INT, POINTER, POINTER, POINTER)
_fill_colour = direct(pdfium.FPDFPageObj_GetFillColor, INT, *[POINTER] * 5)
_segments = direct(pdfium.FPDFPath_CountSegments, INT, POINTER)
_segment = direct(pdfium.FPDFPath_GetPathSegment, POINTER, POINTER, INT)
_segment_kind = direct(pdfium.FPDFPathSegment_GetType, INT, POINTER)
_segment_point = direct(pdfium.FPDFPathSegment_GetPoint, INT, POINTER, POINTER, POINTER)

_six = struct.Struct("6f").unpack_from


def _matrix(item: int) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    _get_matrix(item, ctypes.addressof(matrix))
    found: Matrix = _six(matrix)
    return found


def _mode(item: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    _draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
    return fill.value != 0, stroke.value != 0


def _colour(item: int) -> tuple[int, int, int] | None:
    """The colour of a fill, None where it is transparent."""
    parts = (ctypes.c_uint * 4)()
    start, each = ctypes.addressof(parts), ctypes.sizeof(ctypes.c_uint)
    if not _fill_colour(item, *range(start, start + 4 * each, each)):
        return UNKNOWN_COLOUR
    red, green, blue, alpha = parts
    return (red, green, blue) if alpha else None


def _square(points: Sequence[tuple[float, float]]) -> bool:
    """Whether every line from point to point runs level or upright, in the path's own space."""
    return all(
        abs(ax - bx) < RULE or abs(ay - by) < RULE for (ax, ay), (bx, by) in pairwise(points)
    )


def _white(colour: tuple[int, int, int]) -> bool:
    return min(colour) >= 250


def _subpaths(item: int) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path; a curve makes it no rule, and ends the walk."""
    x, y = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    points: list[tuple[float, float]] = []
    for index in range(_segments(item)):
        segment = _segment(item, index)
        kind = _segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points
            points = []
        _segment_point(segment, x_at, y_at)
        points.append((x.value, y.value))
    if len(points) > 1:
        yield points

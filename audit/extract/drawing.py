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
CORNERS = 5  # parts of a path that draws one box: where it starts, and four sides
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
        self._asked = _Answers()

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
                self.pictures.append(placed(corners, product(self._asked.matrix(item), matrix)))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner = product(self._asked.matrix(item), matrix)
                self._all(item, _count_inside, _object_inside, inner, depth + 1)

    def _path(self, item: int, matrix: Matrix) -> None:
        ask = self._asked
        filled, stroked = ask.mode(item)
        if not filled and not stroked:
            return
        if not stroked and _segments(item) <= CORNERS:
            x0, top, x1, bottom = placed(ask.corners(item), matrix)
            if x1 - x0 < RULE or bottom - top < RULE:  # how word processors draw a rule
                self._rule(x0, top, x1, bottom, ask.colour(item))
                return
        colour = ask.colour(item) if filled else None
        whole = product(ask.matrix(item), matrix)
        for points in ask.subpaths(item):
            x0, top, x1, bottom = placed(points, whole)
            if x1 - x0 < RULE or bottom - top < RULE:
                self._rule(x0, top, x1, bottom, None if stroked else colour)
            elif not _square(points):
                if stroked and not filled:
                    self.slants.append((x0, top, x1, bottom))
            elif len(points) <= CORNERS + 1:
                if colour is not None:
                    self.fills.append(Fill(x0, top, x1, bottom, colour))
                if stroked:
                    self.horizontals += [Stroke(x0, top, x1, top), Stroke(x0, bottom, x1, bottom)]
                    self.verticals += [Stroke(x0, top, x0, bottom), Stroke(x1, top, x1, bottom)]

    def _rule(
        self, x0: float, top: float, x1: float, bottom: float, colour: tuple[int, int, int] | None
    ) -> None:
        """What is drawn thinly is a rule, but for dots and what is white."""
        if colour is not None and _white(colour):
            return
        if x1 - x0 >= RULE:
            middle = (top + bottom) / 2
            self.horizontals.append(Stroke(x0, middle, x1, middle))
        elif bottom - top >= RULE:
            middle = (x0 + x1) / 2
            self.verticals.append(Stroke(middle, top, middle, bottom))


_count = direct(pdfium.FPDFPage_CountObjects, INT, POINTER)
_object = direct(pdfium.FPDFPage_GetObject, POINTER, POINTER, INT)
_count_inside = direct(pdfium.FPDFFormObj_CountObjects, INT, POINTER)
_object_inside = direct(pdfium.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
_kind = direct(pdfium.FPDFPageObj_GetType, INT, POINTER)
_get_matrix = direct(pdfium.FPDFPageObj_GetMatrix, INT, POINTER, POINTER)
_get_bounds = direct(pdfium.FPDFPageObj_GetBounds, INT, *[POINTER] * 5)
_draw_mode = direct(pdfium.FPDFPath_GetDrawMode, INT, POINTER, POINTER, POINTER)
_fill_colour = direct(pdfium.FPDFPageObj_GetFillColor, INT, *[POINTER] * 5)
_segments = direct(pdfium.FPDFPath_CountSegments, INT, POINTER)
_segment = direct(pdfium.FPDFPath_GetPathSegment, POINTER, POINTER, INT)
_segment_kind = direct(pdfium.FPDFPathSegment_GetType, INT, POINTER)
_segment_point = direct(pdfium.FPDFPathSegment_GetPoint, INT, POINTER, POINTER, POINTER)

_six = struct.Struct("6f").unpack_from


class _Answers:
    """What PDFium says of an object, and the places into which it writes that: a page of cells
    that are drawn one by one has thousands of them."""

    def __init__(self) -> None:
        self._modes, self._parts = (ctypes.c_int * 2)(), (ctypes.c_uint * 4)()
        self._sides, self._point = (ctypes.c_float * 4)(), (ctypes.c_float * 2)()
        self._matrix = pdfium.FS_MATRIX()
        self._modes_at, self._parts_at = _each(self._modes), _each(self._parts)
        self._sides_at, self._point_at = _each(self._sides), _each(self._point)
        self._matrix_at = ctypes.addressof(self._matrix)

    def matrix(self, item: int) -> Matrix:
        """The way from the object's space to that of what holds it."""
        _get_matrix(item, self._matrix_at)
        found: Matrix = _six(self._matrix)
        return found

    def mode(self, item: int) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked."""
        _draw_mode(item, *self._modes_at)
        fill, stroke = self._modes
        return fill != 0, stroke != 0

    def colour(self, item: int) -> tuple[int, int, int] | None:
        """The colour of a fill, None where it is transparent."""
        if not _fill_colour(item, *self._parts_at):
            return UNKNOWN_COLOUR
        red, green, blue, alpha = self._parts
        return (red, green, blue) if alpha else None

    def corners(self, item: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Two corners of the box around what is filled, in the space of what holds it."""
        _get_bounds(item, *self._sides_at)
        left, bottom, right, top = self._sides
        return (left, bottom), (right, top)

    def subpaths(self, item: int) -> Iterator[list[tuple[float, float]]]:
        """The points of each part of a path; a curve makes it no rule, and ends the walk."""
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
            _segment_point(segment, *self._point_at)
            x, y = self._point
            points.append((x, y))
        if len(points) > 1:
            yield points


def _each(places: Any) -> list[int]:
    """Where each element of an array stands."""
    size = ctypes.sizeof(places) // len(places)
    return [ctypes.addressof(places) + index * size for index in range(len(places))]


def _square(points: Sequence[tuple[float, float]]) -> bool:
    """Whether every line from point to point runs level or upright, in the path's own space."""
    return all(
        abs(ax - bx) < RULE or abs(ay - by) < RULE for (ax, ay), (bx, by) in pairwise(points)
    )


def _white(colour: tuple[int, int, int]) -> bool:
    return min(colour) >= 250

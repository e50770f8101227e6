"""The straight rules, filled areas and pictures of a page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from audit.extract.geometry import Matrix, placed, product

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
    """Collects the straight rules, fills and pictures of a page while walking its objects."""

    def __init__(self) -> None:
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
            self._path(item, product(_matrix(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = ((0.0, 0.0), (1.0, 1.0))
            self.pictures.append(placed(corners, product(_matrix(item), matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = product(_matrix(item), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _path(self, item: Any, matrix: Matrix) -> None:
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill_mode), ctypes.byref(stroke))
        if not fill_mode.value and not stroke.value:
            return
        colour = _colour(item) if fill_mode.value else None
        for points in _subpaths(item):
            x0, top, x1, bottom = placed(points, matrix)
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

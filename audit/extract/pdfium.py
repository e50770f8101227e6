"""A PDF's pages as sheets: what PDFium sees, as the page is displayed.

Coordinates leave this module cropped, turned by /Rotate, in points, origin top left.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from audit.extract.drawing import Drawing, Fill, Stroke
from audit.extract.geometry import Matrix, product
from audit.extract.words import Word, turned, words
from audit.model import Box, Status, UnreadableError

TABLE_PICTURE = 0.04  # a picture smaller than this share of the page holds no table


@dataclass(frozen=True, slots=True)
class Frame:
    """How a sheet lies on the displayed page: ``turn`` counts the quarter turns clockwise that
    its text has there (0 to 3). Width and height are the sheet's."""

    number: int
    width: float
    height: float
    turn: int

    def displayed(self, box: Box) -> Box:
        """``box`` of the sheet as it lies on the displayed page."""
        if self.turn == 1:
            return Box(box.page, self.height - box.bottom, box.x0, self.height - box.top, box.x1)
        if self.turn == 2:
            right, foot = self.width, self.height
            return Box(box.page, right - box.x1, foot - box.bottom, right - box.x0, foot - box.top)
        if self.turn == 3:
            return Box(box.page, box.top, self.width - box.x1, box.bottom, self.width - box.x0)
        return box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as drawn, turned so that most of its text stands upright. ``slants`` are the boxes
    around lines that run neither level nor upright. ``recognised`` are those
    of its pictures whose words were read, by ``engine``."""

    frame: Frame
    words: tuple[Word, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    slants: tuple[tuple[float, float, float, float], ...]
    pictures: tuple[tuple[float, float, float, float], ...]
    recognised: tuple[tuple[float, float, float, float], ...] = ()
    engine: str = ""

    @property
    def large_pictures(self) -> list[tuple[float, float, float, float]]:
        """What is seen of the pictures that are large enough to hold a table."""
        wide, high = self.frame.width, self.frame.height
        shown = [
            (max(0.0, x0), max(0.0, top), min(wide, x1), min(high, bottom))
            for x0, top, x1, bottom in self.pictures
        ]
        return [
            (x0, top, x1, bottom)
            for x0, top, x1, bottom in shown
            if x0 < x1 and top < bottom and (x1 - x0) * (bottom - top) > TABLE_PICTURE * wide * high
        ]


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
        said = words(page.raw, place, rotation)
        turn = _turn(said)
        if turn:
            said = [turned(word, turn, width, height) for word in said]
            place = _turned(place, turn, width, height)
            if turn != 2:
                width, height = height, width
        drawing = Drawing()
        drawing.walk(page.raw, place)
        return Sheet(
            Frame(number, width, height, turn),
            tuple(word for word in said if _visible(word, width, height)),
            tuple(drawing.horizontals),
            tuple(drawing.verticals),
            tuple(drawing.fills),
            tuple(drawing.slants),
            tuple(drawing.pictures),
        )
    finally:
        page.close()


def _turn(said: Sequence[Word]) -> int:
    """The quarter turn that most glyphs have, 0 when most are upright."""
    turns: Counter[int] = Counter()
    for word in said:
        turns[word.turn] += len(word.text)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if turn > 0 and count * 2 > turns.total() else 0


def _visible(word: Word, width: float, height: float) -> bool:
    return (
        word.x1 > 0
        and word.x0 < width
        and word.bottom > max(0.0, word.top)
        and word.top < height
        and word.x1 > word.x0
    )


def _turned(place: Matrix, turn: int, width: float, height: float) -> Matrix:
    """The way to the sheet on which text turned by ``turn`` on a displayed page is upright."""
    if turn == 1:
        return product(place, (0.0, -1.0, 1.0, 0.0, 0.0, width))
    if turn == 2:
        return product(place, (-1.0, 0.0, 0.0, -1.0, width, height))
    return product(place, (0.0, 1.0, -1.0, 0.0, height, 0.0))


def _placement(page: Any) -> tuple[float, float, Matrix]:
    """Displayed width and height, and the way from PDF user space to the displayed page."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    wide, high = right - left, top - bottom
    rotation = pdfium.FPDFPage_GetRotation(page)
    if rotation == 1:
        return high, wide, (0.0, 1.0, 1.0, 0.0, -bottom, -left)
    if rotation == 2:
        return wide, high, (-1.0, 0.0, 0.0, 1.0, right, -bottom)
    if rotation == 3:
        return high, wide, (0.0, -1.0, -1.0, 0.0, top, right)
    return wide, high, (1.0, 0.0, 0.0, -1.0, -left, top)

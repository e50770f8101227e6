"""A page as pdfminer.six (through pdfplumber) sees it, in the coordinates of model.Box."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Rectangle = tuple[float, float, float, float]  # x0, top, x1, bottom
Turn = int  # quarter turns clockwise that text has on the displayed page

# beside its own errors pdfminer lets those of a malformed object through
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError)


class Glyph(NamedTuple):
    """A visible character as it lies when its text is turned upright."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Sheet(NamedTuple):
    """One page: its glyphs by turn, and where the displayed page lies on the paper.

    ``left`` and ``top`` are what the crop box cuts off at the displayed page's left and top,
    ``height`` is that of the whole paper (the media box) as displayed.
    """

    glyphs: Mapping[Turn, list[Glyph]]
    left: float
    top: float
    height: float


def upright(place: Rectangle, turn: Turn) -> Rectangle:
    """``place`` on a displayed page after text of that ``turn`` is turned upright about the
    origin."""
    x0, top, x1, bottom = place
    return [
        (x0, top, x1, bottom),
        (top, -x1, bottom, -x0),
        (-x1, -bottom, -x0, -top),
        (-bottom, x0, -top, x1),
    ][turn]


def sheets(path: Path, numbers: Iterable[int]) -> dict[int, Sheet]:
    """The pages ``numbers`` (from 1) of the PDF at ``path``; those that pdfplumber cannot read
    are missing."""
    import pdfplumber  # noqa: PLC0415 - only needed when a relation fails
    from pdfminer.psexceptions import PSException  # noqa: PLC0415 - the base of all its own
    from pdfplumber.utils.exceptions import (  # noqa: PLC0415
        MalformedPDFException,
        PdfminerException,
    )

    errors = (PSException, PdfminerException, MalformedPDFException, *MALFORMED)
    found: dict[int, Sheet] = {}
    try:
        with pdfplumber.open(path, pages=sorted(set(numbers))) as document:
            for page in document.pages:
                try:
                    found[page.page_number] = _sheet(page)
                except errors:
                    continue  # this page stays unconfirmed
                finally:
                    page.close()
    except errors:
        return found
    return found


def _sheet(page: Any) -> Sheet:
    left, top, height = _cut(page.page_obj)
    # pdfplumber counts from the media box's own corner, which need not be 0, 0
    right, down = page.mediabox[0] + left, page.mediabox[1] + top
    glyphs: dict[Turn, list[Glyph]] = {}
    for char in page.chars:
        if not char["text"].strip():
            continue
        a, b = char["matrix"][:2]
        turn = round(math.atan2(-b, a) / (math.pi / 2)) % 4
        x0, x1 = char["x0"] - right, char["x1"] - right
        place = upright((x0, char["top"] - down, x1, char["bottom"] - down), turn)
        glyphs.setdefault(turn, []).append(Glyph(char["text"], *place))
    return Sheet({turn: list(_once(there)) for turn, there in glyphs.items()}, left, top, height)


def _cut(page: Any) -> tuple[float, float, float]:
    """What is cut off at left and top of the displayed page, and the height before the cut.

    Computed from pdfminer's page: pdfplumber's own crop box does not turn with /Rotate.
    """
    x0, y0, x1, y1 = page.mediabox
    a0, b0, a1, b1 = page.cropbox
    # left, bottom, right, top; nothing outside the media box is displayed
    sides = [max(0, a0 - x0), max(0, b0 - y0), max(0, x1 - a1), max(0, y1 - b1)]
    quarter = page.rotate // 90 % 4
    left, top = [(0, 3), (1, 0), (2, 1), (3, 2)][quarter]
    return sides[left], sides[top], (x1 - x0 if quarter % 2 else y1 - y0)


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Bold type is sometimes made by printing a glyph twice, a hair apart."""
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        column, row = round(glyph.x0), round(glyph.top)
        near = {(glyph.text, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if seen.isdisjoint(near):
            seen.add((glyph.text, column, row))
            yield glyph

"""The independent second reader: were the digits of a failing relation really on the page?

pdfplumber reads them again with another PDF engine (pdfminer.six), from its own characters in its
own geometry. Figures of one row stand on one line, figures of one column over each other; where
that is in doubt, camelot, given the table's area, says in which rows and columns it has them. Only
pages and tables with a failing relation are read, each once.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.model import Box, Cell, Comparison, Confirmation, Figure, Reading, Report, Table

NEAR = 1.5  # points: how far the two engines may place one glyph apart
RAISED = 0.8  # a digit smaller than this share of its neighbours is a footnote mark
TOUCHING = 0.2  # ems: a digit this near to the cell's own belongs to the same number
MINUSES = dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011\u2012"), "-")
DIGITS = "pdfplumber"
STRUCTURE = "pdfplumber, camelot"


def confirm(
    path: Path, report: Report, comparisons: Sequence[Comparison]
) -> Mapping[int, Confirmation]:
    """What the second readers saw of each comparison that differs, by its place in
    ``comparisons``."""
    doubtful = {
        index: _figures(comparison)
        for index, comparison in enumerate(comparisons)
        if not comparison.undecided and not comparison.holds and comparison.remark is None
    }
    if not doubtful:
        return {}
    boxes = {figure.source.box for figures in doubtful.values() for figure in figures}
    seen = _seen(path, boxes)
    first = {index: _digits(figures, seen) for index, figures in doubtful.items()}
    unsure = [
        index
        for index, found in first.items()
        if found.reading is Reading.CONFIRMED and not _in_line(doubtful[index])
    ]
    tables = {figure.table for index in unsure for figure in doubtful[index]}
    structure = _structure(path, [grid.table for grid in report.grids if grid.table.id in tables])
    return first | {index: _placed(doubtful[index], structure, first[index]) for index in unsure}


def _figures(comparison: Comparison) -> tuple[Figure, ...]:
    every = (comparison.stated, *(term.figure for term in comparison.terms))
    return tuple(figure for figure in every if isinstance(figure.source, Cell))


def normal(text: str) -> str:
    """A printed number without spaces and with one kind of minus."""
    return "".join(text.translate(MINUSES).split())


# --- digits: pdfplumber ---------------------------------------------------------------------


def _digits(figures: Sequence[Figure], seen: Mapping[Box, str]) -> Confirmation:
    other = {
        figure.source.box: seen[figure.source.box]
        for figure in figures
        if seen.get(figure.source.box) and seen[figure.source.box] != normal(figure.source.text)
    }
    if other:
        return Confirmation(Reading.MISREAD, DIGITS, other)
    complete = all(seen.get(figure.source.box) for figure in figures)
    return Confirmation(Reading.CONFIRMED if complete else Reading.UNCONFIRMED, DIGITS)


def _seen(path: Path, boxes: Iterable[Box]) -> dict[Box, str]:
    """The text that pdfplumber finds in each box, normalised; no entry where it finds none."""
    import pdfplumber  # noqa: PLC0415 - only needed when a relation fails
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    found: dict[Box, str] = {}
    try:
        with pdfplumber.open(path) as document:
            for number, wanted in by_page.items():
                page = document.pages[number - 1]
                glyphs = _glyphs(page)
                for box in wanted:
                    if text := _text_in(box, glyphs):
                        found[box] = text
                page.close()
    except (PDFException, PdfminerException, ValueError, KeyError, TypeError):
        return found  # what it could not read stays unconfirmed
    return found


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def _glyphs(page: Any) -> list[_Glyph]:
    """The page's characters as it is displayed: cropped, origin top left."""
    left, top, _, _ = page.cropbox
    return [
        _Glyph(
            char["text"],
            char["x0"] - left,
            char["top"] - top,
            char["x1"] - left,
            char["bottom"] - top,
            char["size"],
        )
        for char in page.chars
        if char["text"].strip()
    ]


def _text_in(box: Box, glyphs: Sequence[_Glyph]) -> str:
    """The glyphs in ``box`` from left to right, with those that touch them on their line."""
    middle = (box.top + box.bottom) / 2
    line = sorted(
        (glyph for glyph in glyphs if glyph.top - NEAR <= middle <= glyph.bottom + NEAR),
        key=lambda glyph: glyph.x0,
    )
    inside = [
        index
        for index, glyph in enumerate(line)
        if box.x0 - NEAR <= (glyph.x0 + glyph.x1) / 2 <= box.x1 + NEAR
        and box.top - NEAR <= (glyph.top + glyph.bottom) / 2 <= box.bottom + NEAR
    ]
    if not inside:
        return ""
    size = max(line[index].size for index in inside)
    first, last = inside[0], inside[-1]
    while first > 0 and _same_number(line[first - 1], line[first], size):
        first -= 1
    while last + 1 < len(line) and _same_number(line[last], line[last + 1], size):
        last += 1
    return normal("".join(g.text for g in line[first : last + 1] if g.size >= RAISED * size))


def _same_number(left: _Glyph, right: _Glyph, size: float) -> bool:
    near = right.x0 - left.x1 < TOUCHING * size
    alike = min(left.size, right.size) >= RAISED * size
    digits = left.text[-1:].isdigit() and right.text[:1].isdigit()
    return near and alike and digits


def _in_line(figures: Sequence[Figure]) -> bool:
    """Whether figures of one row (column) of a page's table overlap in height (in width), as the
    confirmed digits stand."""
    for index, figure in enumerate(figures):
        for other in figures[index + 1 :]:
            one, two = figure.source.box, other.source.box
            if figure.table != other.table or one.page != two.page:
                continue
            if figure.row == other.row and not _overlap(one.top, one.bottom, two.top, two.bottom):
                return False
            if figure.column == other.column and not _overlap(one.x0, one.x1, two.x0, two.x1):
                return False
    return True


def _overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Whether two intervals share at least half of the shorter one."""
    shared = min(high, other_high) - max(low, other_low)
    return shared >= 0.5 * min(high - low, other_high - other_low)


# --- structure: camelot ----------------------------------------------------------------------

Place = tuple[int, int, int]  # a table of camelot's, its row, its column


def _structure(path: Path, tables: Sequence[Table]) -> dict[Box, Place]:
    """Where camelot puts the numbers of ``tables``: only those that it has alone in a cell."""
    if not tables:
        return {}
    # a second to load, and only needed when a relation fails
    from camelot.io import read_pdf  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415

    places: dict[Box, Place] = {}
    number = 0
    for table in tables:
        for region in table.regions:
            wanted = [cell for cell in table.cells if cell.box.page == region.page]
            try:
                with _quiet():
                    found = read_pdf(
                        str(path),
                        pages=str(region.page),
                        flavor="stream",
                        table_areas=[_area(path, region)],
                        suppress_stdout=True,
                    )
            except (PDFException, ValueError, IndexError, TypeError, ZeroDivisionError):
                continue  # no opinion on this table
            for other in found:
                number += 1
                places |= _matched(wanted, other, number, _height(path, region.page))
    return places


@contextmanager
def _quiet() -> Iterator[None]:
    """camelot warns where it finds no table; that is an opinion too, and no news."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _height(path: Path, page: int) -> float:
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(path) as document:
        height: float = document[page - 1].get_height()
        return height


def _area(path: Path, region: Box) -> str:
    """camelot's words for a box: left, top, right, bottom with the origin bottom left."""
    height = _height(path, region.page)
    margin = 4.0
    return (
        f"{region.x0 - margin:.1f},{height - region.top + margin:.1f},"
        f"{region.x1 + margin:.1f},{height - region.bottom - margin:.1f}"
    )


def _matched(cells: Sequence[Cell], found: Any, number: int, height: float) -> dict[Box, Place]:
    places: dict[Box, Place] = {}
    for cell in cells:
        x = (cell.box.x0 + cell.box.x1) / 2
        y = height - (cell.box.top + cell.box.bottom) / 2
        for row, line in enumerate(found.cells):
            for column, other in enumerate(line):
                inside = other.x1 <= x <= other.x2 and other.y1 <= y <= other.y2
                if inside and normal(other.text) == normal(cell.text):
                    places[cell.box] = (number, row, column)
    return places


def _placed(
    figures: Sequence[Figure], places: Mapping[Box, Place], digits: Confirmation
) -> Confirmation:
    """Figures of one row (column) of ours must share a row (column) of camelot's, where camelot
    has an opinion on both."""
    known = [
        (figure, places[figure.source.box]) for figure in figures if figure.source.box in places
    ]
    for index, (figure, place) in enumerate(known):
        for other, elsewhere in known[index + 1 :]:
            if figure.table != other.table or place[0] != elsewhere[0]:
                continue
            rows = figure.row == other.row and place[1] != elsewhere[1]
            columns = figure.column == other.column and place[2] != elsewhere[2]
            if rows or columns:
                return Confirmation(Reading.UNCONFIRMED, STRUCTURE)
    return Confirmation(Reading.CONFIRMED, STRUCTURE if len(known) == len(figures) else DIGITS)

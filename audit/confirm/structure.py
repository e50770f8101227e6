"""Whether figures stand in the rows and columns that the first reader says.

The second engine's own geometry decides; camelot is asked about tables that it leaves in doubt.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from audit.confirm.engine import MALFORMED, Rectangle, Sheet, upright
from audit.confirm.numerals import numerals
from audit.confirm.sight import NEAR, SMALL, Sight
from audit.model import Box, Cell, Figure, Table

Place = tuple[int, int, int]  # a table of camelot's, its row, its column
MARGIN = 4.0  # points that camelot is given around a table


def aligned(figures: Sequence[Figure], sights: Mapping[Box, Sight]) -> bool:
    """Whether figures of one row stand level, and those of one column above each other."""
    for one, other in _together(figures):
        a, b = sights[one.source.box], sights[other.source.box]
        across, down = _shared(a.extent, b.extent)
        level = min(a.extent[3] - a.extent[1], b.extent[3] - b.extent[1]) / 2
        if a.turn != b.turn or (one.row == other.row and down < level):
            return False
        if one.column == other.column and across <= 0:
            return False
    return True


def missed(
    figures: Sequence[Figure],
    cells: Sequence[Cell],
    sights: Mapping[Box, Sight],
    pages: Mapping[int, Sheet],
) -> bool:
    """Whether digits stand between figures of one row or column that are in no cell: a number
    that the first reader left out of its table."""
    for one, other in _together(figures):
        a, b = sights[one.source.box], sights[other.source.box]
        if a.turn == b.turn and (one.row == other.row or one.column == other.column):
            taken = [upright(c.box.coordinates, a.turn) for c in cells if _same_page(c, one)]
            area = _around(a.extent, b.extent)
            size = SMALL * min(a.extent[3] - a.extent[1], b.extent[3] - b.extent[1])
            for glyph in pages[one.source.box.page].glyphs[a.turn]:
                point = (glyph.centre, glyph.middle)
                if (
                    glyph.text.isdecimal()
                    and glyph.size >= size
                    and _holds(area, point, -NEAR)
                    and not any(_holds(place, point, NEAR) for place in taken)
                ):
                    return True
    return False


def agrees(figures: Sequence[Figure], places: Mapping[Box, Place]) -> bool:
    """Whether camelot has each figure alone in a cell, those of one row (column) in one of its
    own."""
    if any(figure.source.box not in places for figure in figures):
        return False
    return all(
        (one.row != other.row or a[1] == b[1]) and (one.column != other.column or a[2] == b[2])
        for one, other in _together(figures)
        for a, b in [(places[one.source.box], places[other.source.box])]
        if a[0] == b[0]
    )


def camelot_places(
    path: Path, tables: Sequence[Table], pages: Mapping[int, Sheet]
) -> dict[Box, Place]:
    """Where camelot puts the numbers of ``tables``: those that it has alone in a cell. Nothing
    for a table that it cannot read."""
    # slow to load, and asked only when geometry leaves doubt
    from camelot.io import read_pdf  # noqa: PLC0415
    from playa.exceptions import PDFException  # noqa: PLC0415

    places: dict[Box, Place] = {}
    regions = [(table, box) for table in tables for box in table.regions if box.page in pages]
    for number, (table, region) in enumerate(regions):
        sheet = pages[region.page]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that it finds no table is an opinion too
                found = read_pdf(
                    str(path),
                    pages=str(region.page),
                    flavor="stream",
                    table_areas=[_area(region, sheet)],
                    suppress_stdout=True,
                )
        except (PDFException, RuntimeError, ZeroDivisionError, *MALFORMED):
            continue
        for cell in table.cells:
            if cell.box.page == region.page:
                for row, column in _found(cell, found, sheet):
                    places[cell.box] = (number, row, column)
    return places


def _area(box: Box, sheet: Sheet) -> str:
    """camelot's words for a box: left, top, right, bottom from the paper's bottom left."""
    left, right = box.x0 + sheet.left - MARGIN, box.x1 + sheet.left + MARGIN
    top = sheet.height - (box.top + sheet.top) + MARGIN
    bottom = sheet.height - (box.bottom + sheet.top) - MARGIN
    return f"{left:.1f},{top:.1f},{right:.1f},{bottom:.1f}"


def _found(cell: Cell, found: Any, sheet: Sheet) -> Iterator[tuple[int, int]]:
    x = (cell.box.x0 + cell.box.x1) / 2 + sheet.left
    y = sheet.height - (cell.box.top + cell.box.bottom) / 2 - sheet.top
    for table in found:
        for row, line in enumerate(table.cells):
            for column, other in enumerate(line):
                inside = other.x1 <= x <= other.x2 and other.y1 <= y <= other.y2
                if inside and numerals(other.text) == numerals(cell.text):
                    yield row, column


def _together(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of one table and page: only there do rows and columns run on."""
    for one, other in combinations(figures, 2):
        if one.table == other.table and one.source.box.page == other.source.box.page:
            yield one, other


def _same_page(cell: Cell, figure: Figure) -> bool:
    return cell.box.page == figure.source.box.page


def _shared(a: Rectangle, b: Rectangle) -> tuple[float, float]:
    return min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])


def _around(a: Rectangle, b: Rectangle) -> Rectangle:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _holds(place: Rectangle, point: tuple[float, float], margin: float) -> bool:
    across = place[0] - margin <= point[0] <= place[2] + margin
    return across and place[1] - margin <= point[1] <= place[3] + margin

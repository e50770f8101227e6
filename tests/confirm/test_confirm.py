"""The second reader sees what stands on the page, however the page is turned or cut."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from audit.confirm import confirm, remembered
from audit.confirm.engine import sheets
from audit.confirm.structure import camelot_places
from audit.extract import read
from audit.model import Basis, Box, Cell, Comparison, Figure, Reading, Report, Term
from audit.normalise import normalise
from tests.extract.pages import RULED, set_typst, shown, typst_table, write_pdf

ROWS = [
    ["Post", "Utfall 2021", "Budget 2021"],
    ["Lager", "1 200", "-1 100"],
    ["Kassa", "300", "250"],
    ["Summa", "1 600", "-850"],
]


def _drawn(left: float, top: float) -> str:
    return "".join(
        shown(text, left + 120 * column, top - 20 * row)
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
    )


def _turned(matrix: str, x: float, y: float, across: tuple[int, int], down: tuple[int, int]) -> str:
    return "".join(
        f"BT /F1 10 Tf {matrix} {x + 120 * column * across[0] + 20 * row * down[0]}"
        f" {y + 120 * column * across[1] + 20 * row * down[1]} Tm ({text}) Tj ET\n"
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
    )


UP = _turned("0 1 -1 0", 150, 60, (0, 1), (1, 0))
DOWN = _turned("0 -1 1 0", 300, 600, (0, -1), (-1, 0))
OVER = _turned("-1 0 0 -1", 450, 200, (-1, 0), (0, 1))
CROP = "/CropBox [100 20 500 700]"
PAGES = {
    "upright": (_drawn(60, 700), ""),
    "cropped": (_drawn(160, 600), CROP),
    "turned by 90": (UP, f"/Rotate 90 {CROP}"),
    "turned by 180": (OVER, f"/Rotate 180 {CROP}"),
    "turned by 270": (DOWN, f"/Rotate 270 {CROP}"),
    "text upwards on an upright page": (UP, CROP),
    "text downwards on an upright page": (DOWN, CROP),
}


def _sum(report: Report, column: int) -> Comparison:
    """The stated sum of ``column`` beside its parts."""
    figures = report.grids[0].figures
    parts = tuple(Term(Decimal(1), figures[row, column], "") for row in (1, 2))
    total = sum((term.figure.amount.value for term in parts), Decimal(0))
    stated = figures[3, column]
    return Comparison("SUM101", stated, total, total, Decimal(0), parts, Basis(True, 1, 1))


def _upright(tmp_path: Path) -> tuple[Path, Report, Comparison]:
    path = write_pdf(tmp_path / "a.pdf", _drawn(60, 700))
    report = normalise(read(path))
    return path, report, _sum(report, 1)


def _moved(figure: Figure, text: str, left: float, right: float) -> Figure:
    """``figure`` as a first reader would have it that saw ``text`` between two edges, which are
    given from those of the cell."""
    assert isinstance(figure.source, Cell)
    box = figure.source.box
    box = Box(box.page, box.x0 + left, box.top, box.x1 + right, box.bottom)
    return replace(figure, source=replace(figure.source, text=text, box=box))


def _reading(path: Path, report: Report, comparison: Comparison) -> Reading:
    return confirm(path, report, [comparison])[0].reading


@pytest.mark.parametrize("name", PAGES)
def test_what_both_see_is_confirmed(tmp_path: Path, name: str) -> None:
    content, page = PAGES[name]
    path = write_pdf(tmp_path / "a.pdf", content, page=page)
    report = normalise(read(path))
    comparison = _sum(report, 1)
    assert not comparison.holds
    assert _reading(path, report, comparison) is Reading.CONFIRMED


@pytest.mark.parametrize("name", PAGES)
def test_a_changed_digit_is_seen_however_the_page_lies(tmp_path: Path, name: str) -> None:
    content, page = PAGES[name]
    path = write_pdf(tmp_path / "a.pdf", content, page=page)
    report = normalise(read(path))
    write_pdf(path, content.replace("1 600", "1 500"), page=page)
    confirmation = confirm(path, report, [_sum(report, 1)])[0]
    assert confirmation.reading is Reading.MISREAD
    assert list(confirmation.seen.values()) == ["1 500"]


def test_what_agrees_is_not_read_again(tmp_path: Path) -> None:
    path, report, _ = _upright(tmp_path)
    assert confirm(path, report, [_sum(report, 2)]) == {}


def test_an_undecided_comparison_is_not_read_again(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    assert confirm(path, report, [replace(comparison, undecided="no sign")]) == {}


def test_what_was_seen_once_is_remembered_and_nothing_else(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    seen = confirm(path, report, [comparison])[0]
    figures = (comparison.stated, *(term.figure for term in comparison.terms))
    recall = remembered({tuple(figure.source.box for figure in figures): seen})
    path.unlink()
    other = replace(comparison, terms=comparison.terms[:1], low=Decimal(1), high=Decimal(1))
    recalled = recall(report, [_sum(report, 2), comparison, other])
    assert {place: one.reading for place, one in recalled.items()} == {
        1: Reading.CONFIRMED,
        2: Reading.UNCONFIRMED,
    }
    assert recalled[1] == seen


def test_a_footnote_mark_is_no_digit_for_either(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ["Summa", "1 600#super[4]", "-850"]]
    path = tmp_path / "a.pdf"
    report = normalise(set_typst(path, RULED + typst_table(rows)))
    assert _reading(path, report, _sum(report, 1)) is Reading.CONFIRMED


def test_a_glyph_printed_twice_to_look_bold_is_one(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    write_pdf(path, _drawn(60, 700) + _drawn(60.3, 700))
    assert _reading(path, report, comparison) is Reading.CONFIRMED


def test_a_sign_that_the_first_reader_lost_is_a_misreading(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    write_pdf(path, _drawn(60, 700) + shown("-", 176, 640))
    assert _reading(path, report, comparison) is Reading.MISREAD


def test_digits_that_touch_the_cell_belong_to_its_number(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    lost = _moved(comparison.stated, "600", 8.34, 0)  # "1 " in Helvetica at 10 points
    # a group of digits beside the cell may be the number's or another column's
    assert _reading(path, report, replace(comparison, stated=lost)) is Reading.UNCONFIRMED
    cut = _moved(comparison.stated, "1 60", 0, -5.56)
    assert _reading(path, report, replace(comparison, stated=cut)) is Reading.MISREAD


def test_a_number_that_the_first_reader_left_out_is_noticed(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    write_pdf(path, _drawn(60, 700) + shown("100", 180, 650))
    assert _reading(path, report, comparison) is Reading.UNCONFIRMED


def test_what_the_second_does_not_see_is_unconfirmed(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    write_pdf(path, _drawn(60, 200))
    assert _reading(path, report, comparison) is Reading.UNCONFIRMED


def test_a_file_that_the_second_cannot_open_is_unconfirmed(tmp_path: Path) -> None:
    path, report, comparison = _upright(tmp_path)
    path.write_bytes(b"%PDF-1.7\nnothing follows")
    confirmation = confirm(path, report, [comparison])[0]
    assert (confirmation.reading, confirmation.reader) == (Reading.UNCONFIRMED, "pdfplumber")


@pytest.mark.parametrize("name", ["upright", "cropped", "turned by 90", "turned by 270"])
def test_camelot_settles_what_geometry_leaves_open(tmp_path: Path, name: str) -> None:
    content, page = PAGES[name]
    path = write_pdf(tmp_path / "a.pdf", content, page=page)
    report = normalise(read(path))
    comparison = _sum(report, 1)
    # two figures said to share a row that stand 40 points apart: camelot must deny it
    level = replace(comparison.stated, row=comparison.terms[0].figure.row)
    denied = confirm(path, report, [replace(comparison, stated=level)])[0]
    assert (denied.reading, denied.reader) == (Reading.UNCONFIRMED, "pdfplumber, camelot")
    assert "camelot" in sys.modules


@pytest.mark.parametrize("name", list(PAGES)[:5])
def test_camelot_is_asked_about_the_right_place(tmp_path: Path, name: str) -> None:
    content, page = PAGES[name]
    path = write_pdf(tmp_path / "a.pdf", content, page=page)
    document = read(path)
    places = camelot_places(path, document.tables, sheets(path, [1]))
    cells = [cell for cell in document.tables[0].cells if not cell.header and cell.column]
    rows = {places[cell.box][1] for cell in cells if cell.column == 1}
    columns = {places[cell.box][2] for cell in cells if cell.row == 1}
    assert (len(cells), len(rows), len(columns)) == (6, 3, 2)

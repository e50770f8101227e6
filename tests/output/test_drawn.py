"""The reading drawn over pages, looked at as PDFium shows them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from audit.language import translation
from audit.model import AuditedReport, Box, Document, Page, Passage, PassageKind
from audit.normalise import normalise
from audit.output.drawn import drawn_pdf
from tests import reports, tables
from tests.extract.pages import shown, write_pdf

TEXT = shown("Delårsrapport", 100, 700, 24)
TABLE = """
| Mått     | 2020   | 2021   |
| Skola    | 12     | 14     |
| Vård     | 30     | I.U.   |
"""
WHITE = (255, 255, 255)

Pixel = tuple[int, int, int]


def read(path: Path, document: Document) -> AuditedReport:
    return dataclasses.replace(reports.clean(), path=str(path), report=normalise(document))


def blank(width: float, height: float) -> Document:
    """Pages of nothing."""
    return Document("report.pdf", "0" * 64, (Page(1, width, height, 0, 0.0),), (), ())


def pictures(data: bytes | Path, scale: float = 1) -> list[pypdfium2.PdfBitmap]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=scale) for page in document]
    finally:
        document.close()


def pixels(bitmap: pypdfium2.PdfBitmap, box: Box) -> set[Pixel]:
    """The colours inside ``box``, whose sides are left out."""
    image = bitmap.to_pil().convert("RGB")
    return {
        image.getpixel((x, y))
        for x in range(int(box.x0) + 2, int(box.x1) - 1)
        for y in range(int(box.top) + 2, int(box.bottom) - 1)
    }


def drawn(audits: Sequence[AuditedReport], only_tables: bool = False) -> bytes:
    return drawn_pdf(audits, only_tables, translation("sv"))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["[0 0 595 842]", "[40 30 570 800]", "[-50 -50 570 800]"])
def test_boxes_stand_where_they_were_read(tmp_path: Path, turned: int, crop: str) -> None:
    entries = f"/Rotate {turned} /CropBox {crop}"
    path = write_pdf(tmp_path / "page.pdf", "", page=entries)
    (before,) = pictures(path)
    document = tables.document(tables.table(TABLE))
    page = Page(1, float(before.width), float(before.height), 100, 0.0)
    audited = read(path, dataclasses.replace(document, pages=(page,)))
    (after,) = pictures(drawn([audited]))
    assert (after.width, after.height) == (before.width, before.height)
    for cell in document.tables[0].cells:
        inside = pixels(after, cell.box)
        assert WHITE not in inside, cell.text
        assert len(inside) == 1, cell.text
    numbers = [c.box for c in document.tables[0].cells if c.text.isdigit() and not c.header]
    assert all(blue > red for box in numbers for red, _, blue in pixels(after, box))
    below = Box(1, 60, 200, 400, 260)
    assert pixels(after, below) == {WHITE}


@pytest.mark.parametrize("content", [TEXT, "q 2 0 0 2 9 9 cm q " + TEXT, TEXT + "0 0 1 rg Q Q"])
def test_what_the_page_held_stays_as_it_was(tmp_path: Path, content: str) -> None:
    path = write_pdf(tmp_path / "page.pdf", content, page="/Rotate 90")
    audited = read(path, blank(842, 595))
    ((before,), (after,)) = pictures(path, 2), pictures(drawn([audited]), 2)
    assert before.to_pil().tobytes() == after.to_pil().tobytes()


def test_a_page_that_leaves_its_state_open_does_not_move_the_drawing(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "q 3 0 0 3 50 50 cm 1 0 0 rg q ")
    document = tables.document(tables.table(TABLE))
    (after,) = pictures(drawn([read(path, document)]))
    assert all(WHITE not in pixels(after, cell.box) for cell in document.tables[0].cells)


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_the_legend_explains_what_is_there_and_the_tag_names_the_table(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    document = tables.document(tables.table(TABLE, title="Ekonomi"), passages=["# Ekonomi", "Ord."])
    (said,) = texts(drawn([read(path, document)]))
    for word in (
        "p1t1 · 100 %",
        "kolumnhuvud",
        "radrubrik",
        "tal",
        "titel",
        "stycke",
        "annan text",
    ):
        assert word in said
    assert "fotnot" not in said
    assert "bild, ej läst" not in said


def test_pictures_that_were_not_read_are_marked(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    picture = Box(1, 100, 300, 300, 500)
    page = dataclasses.replace(blank(595, 842).pages[0], unread=(picture,))
    (said,) = texts(drawn([read(path, dataclasses.replace(blank(595, 842), pages=(page,)))]))
    assert "bild, ej läst" in said


def test_the_pages_of_all_reports_or_those_alone_that_tables_stand_on(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    tabled, bare = read(path, tables.document(tables.table(TABLE))), read(path, blank(595, 842))
    assert len(pictures(drawn([tabled, reports.unreadable(), bare]))) == 2
    assert len(pictures(drawn([tabled, bare], only_tables=True))) == 1


def test_text_on_its_side_has_its_rows_beside_each_other(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    table = tables.table(TABLE)
    turned = tuple(
        dataclasses.replace(
            cell, box=Box(1, 500 - cell.box.bottom, cell.box.x0, 500 - cell.box.top, cell.box.x1)
        )
        for cell in table.cells
    )
    region = Box.around(cell.box for cell in turned)
    sideways = dataclasses.replace(table, cells=turned, regions=(region,))
    (after,) = pictures(drawn([read(path, tables.document(sideways))]))
    between = (turned[0].box.x0 + turned[3].box.x1) / 2  # the head's row and the one after it
    line = Box(1, between - 3, region.top + 50, between + 3, region.top + 60)
    assert any(blue > red for red, _, blue in pixels(after, line))


def test_every_kind_of_passage_has_a_look(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    flowing: list[str | Passage] = [
        tables.passage("Ord.", kind, top=100.0 + 30 * place)
        for place, kind in enumerate(PassageKind)
    ]
    document = dataclasses.replace(tables.document(passages=flowing))
    assert len(pictures(drawn([read(path, document)]))) == 1


def test_marked_figures_have_colours_of_their_own(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", "")
    audited = dataclasses.replace(reports.marked(), path=str(path))
    assert audited.report is not None
    (table,) = audited.report.document.tables
    (after,) = pictures(drawn([audited]))
    inside = {cell.text: pixels(after, cell.box) for cell in table.cells}
    ((red, green, blue),) = inside["43"]
    assert red > max(green, blue)
    assert len({frozenset(inside[text]) for text in ("12", "30", "43", "Skola", "Utfall")}) == 5
    (said,) = texts(drawn([audited]))
    assert all(word in said for word in ("stämmer", "stämmer inte", "ej prövat"))

"""Pages as no program should make them, and far more of everything than reports hold."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from pypdf import PdfReader, PdfWriter

from audit.extract import read
from audit.extract.document import WINDOW
from tests.extract.pages import set_typst, shown, texts, typst_table, write_pdf

ROWS = [["Post", "2021", "2020"], ["Lager", "1 200", "1 100"], ["Kassa", "300", "250"]]
TALL = "[0 0 595 14400]"  # points; PDF knows no larger page (ISO 32000-1, annex C)


def drawn(rows: list[list[str]], top: float = 700, pitch: float = 20) -> str:
    return "".join(
        shown(text, 60 + 120 * column, top - pitch * row, pitch / 2)
        for row, texts_of in enumerate(rows)
        for column, text in enumerate(texts_of)
    )


def test_glyphs_without_size_and_off_the_page(tmp_path: Path) -> None:
    content = shown("9 999", 180, 660, 0) + drawn(ROWS)
    content += shown("Utanför", 900, 700) + shown("Under", 60, -400) + shown("Över", 60, 2000)
    content += "60 690 0 0 re f\n-5000 650 20000 0.5 re f\n60 640 m 60 640 l S\n"
    (table,) = read(write_pdf(tmp_path / "a.pdf", content)).tables
    assert texts(table) == ROWS


def test_a_page_of_no_size(tmp_path: Path) -> None:
    document = read(write_pdf(tmp_path / "a.pdf", drawn(ROWS), box="[0 0 0 0]"))
    assert len(document.pages) == 1


def test_a_matrix_that_flattens_all(tmp_path: Path) -> None:
    document = read(write_pdf(tmp_path / "a.pdf", "1 0 0 0 0 0 cm\n" + drawn(ROWS)))
    assert document.tables == ()


def test_a_hundred_thousand_glyphs_in_thousands_of_cells(tmp_path: Path) -> None:
    """Each cell drawn by itself, shaded and ruled: 2 500 rows on one page."""
    body = [[f"Post {n}", str(100_000 + n), str(900_000 - n)] for n in range(2499)]
    rows = [ROWS[0], *body]
    cells = "".join(
        f"0.{8 + row % 2} g {58 + 120 * column} {14290 - 5.6 * row} 119 5.5 re B\n"
        for row in range(len(rows))
        for column in range(3)
    )
    content = "0.2 w\n" + cells + "0 g\n" + drawn(rows, 14291, 5.6) * 3  # drawn thrice: bold
    document = read(write_pdf(tmp_path / "a.pdf", content, box=TALL))
    (table,) = document.tables
    assert len(table.cells) == 7500
    assert texts(table)[-1] == rows[-1]


def test_a_table_of_five_thousand_rows_over_many_pages(tmp_path: Path) -> None:
    body = [[f"Post {n}", str(100_000 + n), str(900_000 - n)] for n in range(5000)]
    rows = [ROWS[0], *body]
    look = "#set page(margin: 20pt)\n#set text(size: 6pt)\n#set table(inset: (x: 5pt, y: 1.5pt))\n"
    (table,) = set_typst(tmp_path / "a.pdf", look + typst_table(rows)).tables
    assert len(table.regions) > 5
    assert texts(table) == rows


def test_a_thousand_pages(tmp_path: Path) -> None:
    """Read in windows, as if all had been seen at once."""
    body = "#set page(header: [Delårsrapport 2021])\n"
    set_typst(
        tmp_path / "one.pdf", body + f"#v(60pt)\n= Ekonomi\n{typst_table(ROWS)}\nLöpande text."
    )
    writer = PdfWriter()
    page = PdfReader(tmp_path / "one.pdf").pages[0]
    for _ in range(1000):
        writer.add_page(page)
    writer.write(tmp_path / "a.pdf")
    document = read(tmp_path / "a.pdf")
    assert len(document.pages) == 1000 > 2 * WINDOW
    assert [texts(table) for table in document.tables] == [ROWS] * 1000
    kinds = [str(passage.kind) for passage in document.passages]
    assert kinds == ["header", "heading", "paragraph"] * 1000


def test_every_page_is_closed(tmp_path: Path) -> None:
    """PDFium counts the pages that are open; a document closes only when there are none."""
    set_typst(tmp_path / "a.pdf", typst_table(ROWS) + "#pagebreak()\nText")
    read(tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert len(document) == 2

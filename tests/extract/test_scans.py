"""Pages and tables that are pictures, read with the engine that is installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageFilter

from audit.extract import read
from audit.extract.recognition import recogniser
from audit.model import Document, Status, UnreadableError
from tests.extract.pages import PREAMBLE, texts, typst_table

needs_engine = pytest.mark.skipif(
    recogniser() is None, reason="Tesseract with Swedish or English is not installed"
)
ROWS = [
    ["Belopp i tkr", "Budget 2026", "Prognos 2026", "Avvikelse"],
    ["Verksamhetens intäkter", "135 221", "138 357", "3 136"],
    ["Personalkostnader", "−717 828", "−709 944", "7 884"],
    ["Lokalhyror", "−155 693", "−155 693", "0"],
    ["Övriga kostnader", "−37 907", "−43 653", "−5 746"],
    ["Summa", "−776 207", "−770 933", "5 274"],
]
LOOK = '#set page(paper: "a4")\n#set text(size: 11pt)\n'
TABLE = LOOK + typst_table(ROWS)


def drawn(body: str) -> Image.Image:
    """A page as a scanner at 200 dots an inch sees it."""
    png = typst.compile((PREAMBLE + body).encode(), format="png", ppi=200)
    return Image.open(io.BytesIO(png)).convert("L")


def scanned(path: Path, image: Image.Image) -> Document:
    image.save(path, "PDF", resolution=200)
    return read(path)


def digits(document: Document) -> list[list[str]]:
    """The numbers of the only table, without the signs that an engine may draw otherwise."""
    (table,) = document.tables
    assert all(0 < cell.trust < 1 for cell in table.cells)
    return [["".join(c for c in cell if c.isdigit()) for cell in row[1:]] for row in texts(table)]


TRUE = [["".join(c for c in cell if c.isdigit()) for cell in row[1:]] for row in ROWS]


@needs_engine
@pytest.mark.parametrize("look", ["clean", "askew", "blurred", "on its side"])
def test_a_scanned_page(tmp_path: Path, look: str) -> None:
    image = drawn(TABLE + "#lorem(60)" if look == "on its side" else TABLE)
    if look == "askew":
        image = image.rotate(1.2, fillcolor=255)
    if look == "blurred":
        image = image.filter(ImageFilter.GaussianBlur(0.8)).point(lambda shade: 20 + shade * 0.9)
    if look == "on its side":
        image = image.rotate(90, expand=True)
    document = scanned(tmp_path / "a.pdf", image)
    assert digits(document) == TRUE
    assert document.tables[0].reader == "tesseract"
    assert not document.pages[0].unread


@needs_engine
def test_a_table_that_is_a_picture_in_a_page_of_text(tmp_path: Path) -> None:
    image = drawn(f"#set page(width: 460pt, height: auto, margin: 4pt)\n{typst_table(ROWS)}")
    image.save(tmp_path / "table.png")
    source = tmp_path / "a.typ"
    source.write_text('Text före.\n#image("table.png", width: 440pt)\nText efter.', "utf-8")
    typst.compile(source, output=tmp_path / "a.pdf")
    document = read(tmp_path / "a.pdf")
    assert digits(document) == TRUE
    assert [passage.text for passage in document.passages] == ["Text före.", "Text efter."]
    box = document.tables[0].regions[0]
    assert 80 < box.top < box.bottom < 260


@needs_engine
def test_a_photograph_holds_no_table(tmp_path: Path) -> None:
    shades = Image.linear_gradient("L").resize((800, 1000))
    assert scanned(tmp_path / "a.pdf", shades).tables == ()


def test_without_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError) as caught:
        scanned(tmp_path / "a.pdf", drawn(TABLE))
    assert caught.value.status is Status.NEEDS_OCR

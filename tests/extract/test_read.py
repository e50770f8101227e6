"""What reading does with a file that is no readable report, and with running text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from audit.extract import read
from audit.model import PassageKind, Status, UnreadableError
from tests.extract.pages import set_typst, shown, typst_table, write_pdf


def _status(path: Path) -> Status:
    with pytest.raises(UnreadableError) as caught:
        read(path)
    return caught.value.status


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert _status(tmp_path / "none.pdf") is Status.FAILED
    assert _status(tmp_path) is Status.FAILED


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("Belopp;tkr\n")
    assert _status(path) is Status.DAMAGED


def test_a_pdf_cut_short(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", shown("Text", 60, 700))
    path.write_bytes(path.read_bytes()[:60])
    assert _status(path) is Status.DAMAGED


def test_a_locked_pdf(tmp_path: Path) -> None:
    key = "00" * 32
    locked = (
        f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"
    )
    path = write_pdf(tmp_path / "a.pdf", shown("Text", 60, 700), trailer=locked)
    assert _status(path) is Status.ENCRYPTED


def test_a_pdf_of_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no engine is installed there
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    bitmap = pypdfium2.PdfBitmap.new_native(60, 80, pypdfium2.raw.FPDFBitmap_BGR)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(500, 700).translate(40, 60))
    page.insert_obj(picture)
    page.gen_content()
    document.save(tmp_path / "a.pdf")
    assert _status(tmp_path / "a.pdf") is Status.NEEDS_OCR


def test_only_the_pages_asked_for(tmp_path: Path) -> None:
    body = "Ett #pagebreak() Två"
    set_typst(tmp_path / "a.pdf", body)
    document = read(tmp_path / "a.pdf", {2})
    assert [page.number for page in document.pages] == [2]
    assert [passage.text for passage in document.passages] == ["Två"]


def test_headings_paragraphs_items_and_furniture(tmp_path: Path) -> None:
    footer = "align(right, context counter(page).display())"
    furniture = f"#set page(header: [Linköpings kommun], footer: {footer})\n"
    page = "= Ekonomi\n== Resultat\nResultatet är ett över- \\ skott.\n- Första punkten\n"
    body = furniture + "#pagebreak()".join([page] * 4)
    document = set_typst(tmp_path / "a.pdf", body)
    first = [passage for passage in document.passages if passage.box.page == 1]
    assert [(passage.kind, passage.level, passage.text) for passage in first] == [
        (PassageKind.HEADER, 0, "Linköpings kommun"),
        (PassageKind.HEADING, 1, "Ekonomi"),
        (PassageKind.HEADING, 2, "Resultat"),
        (PassageKind.PARAGRAPH, 0, "Resultatet är ett överskott."),
        (PassageKind.ITEM, 0, "• Första punkten"),
        (PassageKind.FOOTER, 0, "1"),
    ]


def test_an_amount_above_a_table_is_not_its_unit(tmp_path: Path) -> None:
    rows = [["", "Kvinnor", "Män"], ["Lärare", "389", "375"], ["Chefer", "405", "136"]]
    above = "Investeringarna beräknas uppgå till 437,2 mnkr, mot budgeterade 460,9 mnkr."
    (table,) = set_typst(tmp_path / "a.pdf", f"{above}\n{typst_table(rows)}").tables
    assert table.unit == ""


def test_the_unit_stands_in_the_corner_or_above(tmp_path: Path) -> None:
    rows = [["Post", "2021", "2020"], ["A", "100", "90"], ["B", "20", "10"]]
    corner = [["Belopp i tkr", *rows[0][1:]], *rows[1:]]
    (table,) = set_typst(tmp_path / "a.pdf", typst_table(corner)).tables
    assert "tkr" in table.unit
    (table,) = set_typst(tmp_path / "b.pdf", "== Balans (mnkr)\n" + typst_table(rows)).tables
    assert "mnkr" in table.unit

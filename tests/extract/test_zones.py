"""Text columns and tables beside them: what a gutter divides, and what none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.model import Document
from tests.extract.pages import set_typst, texts, typst_table

ASSETS = [
    ["Tillgångar", "2021", "2020"],
    ["Byggnader", "1 200", "1 100"],
    ["Kassa", "300", "250"],
    ["Summa", "1 500", "1 350"],
]
DEBTS = [
    ["Skulder", "2021", "2020"],
    ["Lån", "900", "800"],
    ["Leverantörer", "400", "350"],
    ["Eget kapital", "200", "200"],
    ["Summa", "1 500", "1 350"],
]
PLAIN = "#set table(stroke: none)\n"
RULED = "#set table(stroke: 0.5pt)\n"


def beside(one: str, other: str) -> str:
    return f"#grid(columns: (1fr, 1fr), gutter: 20pt, [{one}], [{other}])"


def prose(document: Document) -> str:
    return " ".join(passage.text for passage in document.passages)


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    for look in (PLAIN, RULED):
        body = look + beside(typst_table(ASSETS), typst_table(DEBTS))
        left, right = set_typst(tmp_path / "a.pdf", body).tables
        assert (texts(left), texts(right)) == (ASSETS, DEBTS)


OTHER = [
    ["", "Utfall"],
    ["Skola", "120"],
    ["Vård", "145"],
    ["Miljö", "-"],
    ["Kultur", "12"],
    ["Summa", "277"],
]
HEAD_RULES = "#set table(stroke: (_, y) => if y < 2 { (top: 1pt, bottom: 0.5pt) })\n"
SHADED = '#set table(fill: (_, y) => if calc.even(y) { rgb("#ddebf7") })\n'


@pytest.mark.parametrize("look", [PLAIN, HEAD_RULES, SHADED], ids=["plain", "rules", "shaded"])
def test_two_tables_side_by_side_with_heads_of_their_own(tmp_path: Path, look: str) -> None:
    for one, other in ((ASSETS, OTHER), (OTHER, DEBTS)):
        for lower in ("", "#v(5pt)"):
            body = look + beside(typst_table(one), lower + typst_table(other))
            both = sorted(texts(table) for table in set_typst(tmp_path / "a.pdf", body).tables)
            assert both == sorted((one, other))


def test_a_table_under_two_side_by_side(tmp_path: Path) -> None:
    body = PLAIN + beside(typst_table(ASSETS), typst_table(OTHER)) + typst_table(DEBTS)
    tables = set_typst(tmp_path / "a.pdf", body).tables
    assert [texts(table) for table in tables] == [ASSETS, OTHER, DEBTS]


def test_a_second_column_of_words_divides_no_table(tmp_path: Path) -> None:
    rows = [
        ["Land", "Yta", "Huvudstad", "Invånare"],
        ["Sverige", "450", "Stockholm", "10"],
        ["Norge", "385", "Oslo", "5"],
        ["Finland", "338", "Helsingfors", "6"],
        ["Danmark", "43", "Köpenhamn", "6"],
    ]
    (table,) = set_typst(tmp_path / "a.pdf", PLAIN + typst_table(rows)).tables
    assert texts(table) == rows


def test_a_table_beside_running_text(tmp_path: Path) -> None:
    for one, other in (("#lorem(60)", typst_table(ASSETS)), (typst_table(ASSETS), "#lorem(60)")):
        document = set_typst(tmp_path / "a.pdf", PLAIN + beside(one, other))
        (table,) = document.tables
        assert texts(table) == ASSETS
        assert "sit amet, consectetur adipiscing elit, sed do eiusmod" in prose(document)


def test_tables_in_text_columns(tmp_path: Path) -> None:
    columns = "#set page(columns: 2)\n#lorem(80)\n\n{}\n\n#lorem(200)\n\n{}\n\n#lorem(100)"
    body = PLAIN + columns.format(typst_table(ASSETS), typst_table(DEBTS))
    document = set_typst(tmp_path / "a.pdf", body)
    assert [texts(table) for table in document.tables] == [ASSETS, DEBTS]
    assert prose(document).count("Lorem ipsum dolor sit amet, consectetur") == 3


def test_groups_of_columns_are_one_table(tmp_path: Path) -> None:
    rows = [
        ["Post", "2021", "2020", "2021", "2020"],
        ["Byggnader", "1 200", "1 100", "1 900", "1 800"],
        ["Kassa", "300", "250", "400", "350"],
        ["Lager", "100", "150", "200", "250"],
        ["Summa", "1 600", "1 500", "2 500", "2 400"],
    ]
    body = f"{PLAIN}#set table(column-gutter: 14pt)\n{typst_table(rows)}"
    (table,) = set_typst(tmp_path / "a.pdf", body).tables
    assert texts(table) == rows


def test_labels_that_wrap_often_stay_with_their_numbers(tmp_path: Path) -> None:
    label = "Nettokostnad för den samlade verksamheten efter avskrivningar och finansiella poster"
    rows = [["Post", "2021", "2020"], *([f"{label} {n}", "1 200", "900"] for n in "abcd")]
    body = f"{PLAIN}#set table(columns: (90pt, 60pt, 60pt))\n{typst_table(rows)}"
    (table,) = set_typst(tmp_path / "a.pdf", body).tables
    assert texts(table) == rows

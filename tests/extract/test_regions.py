"""Where tables stand: under each other, over pages, and what only looks like one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.extract.pages import LINES, RULED, SHADED, printed, set_typst, texts, typst_table

HEAD_RULES = "#set table(stroke: (_, y) => if y < 2 { (top: 1pt, bottom: 0.5pt) })\n"
LOOKS = {"ruled": RULED, "lines": LINES, "head rules": HEAD_RULES, "shaded": SHADED, "plain": ""}
every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
PROSE = "#lorem(40)\n\n"

BOARDS = [
    ["Nämnd", "Utfall", "Budget"],
    ["Skola", "120", "130"],
    ["Vård", "145", "140"],
    ["Miljö", "12", "14"],
]
MEASURES = [
    ["Nyckeltal", "Mål", "Utfall", "Prognos"],
    ["Nöjda", "80", "78", "79"],
    ["Frånvaro", "5,0", "5,6", "5,4"],
]
TOWNS = [["Kommun", "Invånare", "Yta"], ["Ett", "1 000", "13"], ["Två", "145", "14"]]
ROWS = [["Rad", "2021", "2020"], *([f"Rad {n}", f"{n} 100", f"{n} 200"] for n in range(1, 60))]


def read_texts(path: Path, body: str) -> list[list[list[str]]]:
    return [texts(table) for table in set_typst(path / "a.pdf", body).tables]


@every_look
@pytest.mark.parametrize(
    "between", ["== Rubrik\n", "Tabell 2. Mer\n", "#v(8pt)\n"], ids=["heading", "title", "gap"]
)
def test_tables_under_each_other(tmp_path: Path, look: str, between: str) -> None:
    for other in (MEASURES, TOWNS):
        body = look + typst_table(BOARDS) + between + typst_table(other)
        assert read_texts(tmp_path, body) == [BOARDS, other]


FLOWS = [
    ["Belopp i mnkr", "jan-aug 2020", "2019"],
    ["Periodens resultat", "-18,8", "-4,6"],
    ["Avskrivningar", "19,4", "28,1"],
    ["Kassaflöde", "0,6", "23,5"],
]
ONE_YEAR = [["", "2020"], ["Årets resultat", "1 200"], ["Vinster", "-45"]]


@every_look
@pytest.mark.parametrize("other", [FLOWS, ONE_YEAR], ids=["period and year", "one year"])
def test_a_head_of_years_begins_another_table(
    tmp_path: Path, look: str, other: list[list[str]]
) -> None:
    """Under a heading hardly larger than the text, the columns right where those above are."""
    body = f"#show heading: set text(10pt)\n{look}"
    tables = [
        typst_table(rows).replace(f"columns: {len(rows[0])}", f"columns: (1fr, ..(25mm,) * {n})")
        for rows in (FLOWS, other)
        for n in [len(rows[0]) - 1]
    ]
    read = read_texts(tmp_path, body + "== Kassaflöden\n".join(tables))
    assert read == [printed(FLOWS), printed(other)]


CROWDED = [
    [
        "Verksamhet",
        "Utfall jan-apr 2026",
        "Årsbudget 2026",
        "Helårsprognos 2026",
        "Budgetavvikelse",
    ],
    ["Intäkter", "11 240", "33 800", "35 150", "1 350"],
    ["Personal", "18 930", "57 900", "57 100", "800"],
    ["Lokaler", "7 420", "22 400", "22 150", "250"],
]


@every_look
@pytest.mark.parametrize("aligned", ["right", "left", "center"])
def test_heads_nearer_each_other_than_words_may_be(tmp_path: Path, look: str, aligned: str) -> None:
    """Together they are longer than a line of a head is."""
    align = f"(x, _) => if x > 0 {{ {aligned} }} else {{ left }}"
    body = f"{look}#set table(inset: (x: 3.5pt), align: {align})\n"
    assert read_texts(tmp_path, body + typst_table(CROWDED)) == [CROWDED]


@every_look
def test_a_row_set_apart_is_still_its_table_s(tmp_path: Path, look: str) -> None:
    apart = "#show table.cell.where(y: 3): it => pad(top: 10pt, it)\n"
    assert read_texts(tmp_path, look + apart + typst_table(BOARDS)) == [BOARDS]


@every_look
@pytest.mark.parametrize("inset", [7, 11])
def test_rows_far_apart(tmp_path: Path, look: str, inset: int) -> None:
    wide = f"#set table(inset: (x: 6pt, y: {inset}pt))\n"
    assert read_texts(tmp_path, look + wide + PROSE + typst_table(BOARDS) + PROSE) == [BOARDS]


@every_look
def test_rows_that_fill_different_columns(tmp_path: Path, look: str) -> None:
    rows = [
        ["Projekt", "Ram", "Utfall", "Rest"],
        ["Skola", "", "120", ""],
        ["Väg", "300", "", ""],
        ["Bro", "", "", "45"],
        ["Park", "12", "", ""],
        ["Summa", "312", "120", "45"],
    ]
    assert read_texts(tmp_path, look + PROSE + typst_table(rows)) == [rows]


@pytest.mark.parametrize("look", [RULED, LINES, SHADED], ids=["ruled", "lines", "shaded"])
def test_one_column_of_numbers_without_a_head(tmp_path: Path, look: str) -> None:
    rows = [["Ny skola", "12 000"], ["Ny väg", "3 400"], ["Ny bro", "560"], ["Summa", "15 960"]]
    assert read_texts(tmp_path, look + PROSE + typst_table(rows) + PROSE) == [rows]


@pytest.mark.parametrize("look", [RULED, LINES], ids=["ruled", "lines"])
def test_words_between_rules(tmp_path: Path, look: str) -> None:
    rows = [
        ["Mål", "Ansvarig", "Status"],
        ["Trygg skola", "Rektor", "Pågår enligt plan"],
        ["Bättre miljö och fler träd", "Miljöchef", "Klart"],
        ["Fler bostäder", "Plan", "Ej påbörjat"],
    ]
    for columns in ("3", "(30mm, 30mm, 40mm)"):
        table = typst_table(rows).replace("columns: 3", f"columns: {columns}")
        body = f"{look}#set table(align: left)\n{PROSE}{table}{PROSE}"
        assert read_texts(tmp_path, body) == [rows]


@every_look
@pytest.mark.parametrize("head", ["", "repeat: false, "], ids=["repeated", "once"])
def test_a_table_over_pages(tmp_path: Path, look: str, head: str) -> None:
    page = (
        "#set page(header: [Rapport #h(1fr) Kommunen], footer: context counter(page).display())\n"
    )
    lost = [ROWS[0], *([row[0], "I.U.", "I.U."] for row in ROWS[1:])]
    for rows in (ROWS, lost):
        table = typst_table(rows).replace("table.header(", f"table.header({head}")
        assert read_texts(tmp_path, page + look + table) == [rows]


@every_look
def test_a_table_that_says_that_it_goes_on(tmp_path: Path, look: str) -> None:
    first = f"{PROSE}Tabell 1. Rader\n\n{typst_table(ROWS[:40])}#pagebreak()\n"
    headed = typst_table([ROWS[0], *ROWS[40:]])
    headless = headed.replace(headed[headed.index("table.header") : headed.index("),") + 2], "")
    for rest in (headed, headless):
        for words in ("Tabell 1. Rader, forts.", "Tabell 1. Rader", "Belopp i tkr"):
            assert read_texts(tmp_path, f"{look}{first}{words}\n\n{rest}") == [ROWS]


NOTES = [
    ["Belopp i tkr", "2025", "2024"],
    ["Kundfordringar", "28 085", "26 390"],
    ["Övriga fordringar", "73", "117"],
    ["Eget kapital", "", ""],
    ["Ingående balans", "30 731", "30 946"],
    ["Utgående balans", "26 781", "30 731"],
]


def headless(rows: list[list[str]]) -> str:
    columns = "columns: (60mm, 25mm, 25mm)"
    return re.sub(r"table\.header\((.*?),\), ", r"\1, ", typst_table(rows)).replace(
        "columns: 3", columns
    )


@pytest.mark.parametrize("look", [RULED, LINES, HEAD_RULES], ids=["ruled", "lines", "head rules"])
def test_a_table_that_goes_on_with_a_heading_of_rows(tmp_path: Path, look: str) -> None:
    body = f"{look}{headless(NOTES[:3])}#pagebreak()\n{headless(NOTES[3:])}"
    assert read_texts(tmp_path, body) == [NOTES]


def test_only_a_note_in_small_type_interrupts_a_table(tmp_path: Path) -> None:
    def parted(by: str) -> list[list[list[str]]]:
        body = f"{RULED}{headless(NOTES[:3])}{by}\n#v(28pt)\n{headless(NOTES[3:])}"
        return read_texts(tmp_path, body)

    assert parted("#text(8pt)[_Lånen löper till och med 2027._]") == [NOTES]
    for by in ("Så mycket lånade kommunen.", "== Skulder", ""):
        assert parted(by) == [NOTES[:3], NOTES[3:]]


@every_look
def test_other_tables_on_the_next_page(tmp_path: Path, look: str) -> None:
    other = [["Rad", "Antal", "Andel"], *ROWS[1:20]]
    for one, words, two in ((ROWS[:30], "", other), (ROWS[:30], "== Söder\n", ROWS[:20])):
        body = look + typst_table(one) + "#pagebreak()\n" + words + typst_table(two)
        assert read_texts(tmp_path, body) == [one, two]


CHAPTERS = ["Förord", "1 Inledning", "2 Ekonomi", "2.1 Resultat", "2.2 Balans", "3 Personal"]
PAGES = ["3", "4", "6", "6", "9", "14"]


@pytest.mark.parametrize("fill", ["#h(1fr)", "#box(width: 1fr, repeat[.])"], ids=["space", "dots"])
@pytest.mark.parametrize("head", ["", "Avsnitt #h(1fr) Sida \\ "], ids=["bare", "headed"])
def test_a_list_of_contents_is_no_table(tmp_path: Path, fill: str, head: str) -> None:
    listed = "".join(f"{c} {fill} {p} \\ " for c, p in zip(CHAPTERS, PAGES, strict=True))
    assert read_texts(tmp_path, f"= Innehåll\n{head}{listed}") == []


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_a_list_of_contents_in_a_grid_is_no_table(tmp_path: Path, look: str) -> None:
    chapters = [["Avsnitt", "Sida"], *map(list, zip(CHAPTERS, PAGES, strict=True))]
    assert read_texts(tmp_path, look + typst_table(chapters)) == []


def test_amounts_that_rise_are_no_pages(tmp_path: Path) -> None:
    amounts = [["Projekt", "Antal"], ["Skola", "3"], ["Väg", "4"], ["Bro", "6"], ["Summa", "13"]]
    assert read_texts(tmp_path, PROSE + typst_table(amounts)) == [amounts]
    summed = amounts[1:]
    assert read_texts(tmp_path, RULED + PROSE + typst_table(summed)) == [summed]


NO_TABLES = {
    "addresses": """#grid(columns: (1fr, 1fr, 1fr), [*Postadress* \\ Box 123 \\ 123 45 Ort],
        [*Besök* \\ Storgatan 1 \\ 123 46 Ort], [*Telefon* \\ 0123-61 60 00])""",
    "address rows": """#grid(columns: (40mm, 60mm), row-gutter: 6pt, [Post], [Box 123, 123 45],
        [Telefon], [0123-61 60 00], [Org.nr], [212000-1234], [Bankgiro], [123-1234])""",
    "signatures": """#grid(columns: (1fr, 1fr), row-gutter: 20pt, [Ort 2021-10-04],
        [Ort 2021-10-05], [Ordförande], [Ledamot], [Ort 2021-10-06],
        [Ort 2021-10-07], [Ledamot], [Ledamot])""",
    "dates": """#grid(columns: (30mm, 1fr), row-gutter: 6pt, [2021-02-03], [Nämnden beslutade],
        [2021-03-04], [Fullmäktige antog planen], [2021-04-07], [Rapporten lades till])""",
    "case file": """#grid(columns: (1fr, 1fr, 1fr), row-gutter: 5pt, [Datum], [Dnr], [Sida],
        [2021-10-04], [KS 2021-123], [1 (12)])""",
    "timeline": """#grid(columns: (1fr, 1fr, 1fr, 1fr), row-gutter: 6pt, [2018], [2019], [2020],
        [2021], [Start], [Plan], [Bygge], [Klart])""",
    "calendar": "#grid(columns: (20mm,) * 7, row-gutter: 8pt, [må], [ti], [on], [to], [fr], [lö],"
    + "[sö], [], [], [], ..range(1, 32).map(n => [#n]))",
    "numbered list": "1. Mark för 12 000 kr\n2. Skola för 340 000 kr\n3. Väg för 5 600 kr\n",
    "years": "- 2019: 123 ärenden\n- 2020: 145 ärenden\n- 2021: 167 ärenden\n",
    "formula": "$ x = (a + b) / 2 quad y = 12 / 4 = 3 $\n$ z = 3 dot 4 = 12 $\n",
    "figures": """#grid(columns: (1fr, 1fr, 1fr), align: center, row-gutter: 6pt,
        [#text(24pt)[28,6]], [#text(24pt)[1,2 %]], [#text(24pt)[345]],
        [Resultat, mnkr], [Avvikelse], [Anställda])""",
    "form": "".join(f"{label}: #box(width: 1fr, repeat[\\_]) \\ " for label in ("Namn", "Fax")),
    "agenda": """#grid(columns: (20mm, 1fr), row-gutter: 6pt, [08.30], [Samling], [09.00], [Budget],
        [10.15], [Paus], [10.45], [Beslut])""",
}


@pytest.mark.parametrize("body", NO_TABLES.values(), ids=NO_TABLES.keys())
def test_what_only_looks_like_a_table(tmp_path: Path, body: str) -> None:
    assert read_texts(tmp_path, f"{PROSE}{body}\n\n{PROSE}") == []


def chart(rows: list[list[int]], labels: list[str], axis: bool) -> str:
    """Bars of several parts, each with its number on it."""
    drawn = ""
    for place, (values, label) in enumerate(zip(rows, labels, strict=True)):
        drawn += f"#place(dy: {8 * place + 1}mm)[{label}]"
        x = 30.0
        for value, colour in zip(values, ("blue", "orange", "gray"), strict=True):
            drawn += f"#place(dx: {x}mm, dy: {8 * place}mm)[#rect(width: {value}mm, height: 5mm,"
            drawn += f"fill: {colour}, inset: 0pt, align(center + horizon)[{value}])]"
            x += value
    if axis:
        ticks = "".join(f"#place(dx: {30 + n}mm, dy: 34mm)[{n}]" for n in range(0, 100, 20))
        drawn += ticks
    return f"#box(width: 140mm, height: 40mm)[{drawn}]\n\n"


@pytest.mark.parametrize("axis", [True, False])
@pytest.mark.parametrize("labels", [["Skola", "Vård", "Miljö"], ["2019", "2020", "2021"]])
def test_bars_with_their_numbers_are_no_table(
    tmp_path: Path, axis: bool, labels: list[str]
) -> None:
    bars = chart([[20, 30, 50], [25, 35, 40], [32, 23, 45]], labels, axis)
    assert read_texts(tmp_path, PROSE + bars + PROSE) == []


def test_coloured_cells_are_a_table(tmp_path: Path) -> None:
    colours = (
        "#set table(fill: (x, y) => if x > 0 { (red, yellow, green).at(calc.rem(x + y, 3)) })\n"
    )
    assert read_texts(tmp_path, colours + PROSE + typst_table(BOARDS)) == [BOARDS]

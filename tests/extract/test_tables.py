"""Tables as they are drawn in reports, each look with the cells that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.extract import read
from audit.model import Table
from tests.extract.pages import (
    LINES,
    RULED,
    SHADED,
    printed,
    set_typst,
    shown,
    texts,
    typst_table,
    write_pdf,
)

RESULT = [
    ["Verksamhet", "Utfall 2021", "Budget 2021", "Avvikelse"],
    ["Kommunstyrelsen", "15 555", "17 097", "1 542"],
    ["Kommunledningsstaben", "120 851", "122 028", "1 177"],
    ["Planeringsstaben", "-30 078", "34 465", "-4 387"],
    ["Summa", "106 328", "173 590", "-1 668"],
]


@pytest.mark.parametrize("look", [RULED, LINES, SHADED, ""], ids=["ruled", "lines", "shaded", "no"])
def test_the_same_cells_in_every_look(tmp_path: Path, look: str) -> None:
    document = set_typst(tmp_path / "a.pdf", look + "== Resultat\n" + typst_table(RESULT))
    (table,) = document.tables
    assert texts(table) == printed(RESULT)
    assert table.header_rows == 1
    assert table.title == "Resultat"


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", " "], ids=ascii)
@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"], ids=ascii)
def test_a_number_with_spaces_is_one_number(tmp_path: Path, space: str, minus: str) -> None:
    rows = [
        ["Belopp i tkr", "2021", "2020"],
        ["Intäkter", f"1{space}234{space}567", f"987{space}654"],
        ["Kostnader", f"{minus}1{space}100{space}000", f"{minus} 12{space}345"],
    ]
    (table,) = set_typst(tmp_path / "a.pdf", typst_table(rows)).tables
    digits = ["".join(c for c in text if c.isdigit()) for row in texts(table)[1:] for text in row]
    assert digits == ["", "1234567", "987654", "", "1100000", "12345"]


def test_columns_half_an_em_apart_stay_apart(tmp_path: Path) -> None:
    rows = [["Post", "A", "B"], ["Ett", "123", "456"], ["Två", "789", "123"], ["Tre", "1", "456"]]
    narrow = "#set table(inset: (x: 2.6pt, y: 2pt))\n"
    (table,) = set_typst(tmp_path / "a.pdf", narrow + typst_table(rows)).tables
    assert texts(table) == rows


def test_a_raised_digit_is_a_mark_and_no_digit(tmp_path: Path) -> None:
    rows = [
        ["Indikator", "2020", "2021"],
        ["Andel gröna lån", "44", "48#super[4]"],
        ["Energi per m#super[2]", "148,7", "67,5#super[6]"],
    ]
    body = RULED + typst_table(rows) + "#text(7pt)[#super[4] Utöver obligationerna.]"
    (table,) = set_typst(tmp_path / "a.pdf", body).tables
    marked = {(cell.text, cell.mark) for cell in table.cells if cell.mark}
    assert ("48", "4") in marked
    assert ("67,5", "6") in marked
    assert [note.mark for note in table.footnotes] == ["4"]


def test_labels_that_wrap_are_one_row(tmp_path: Path) -> None:
    rows = [
        ["Nämnd", "Budget", "Prognos"],
        ["Summa skattefinansierad \\ verksamhet", "1 234", "2 345"],
        ["Avfall", "10", "20"],
        ["Reglering mot \\ abonnentkollektivet", "-5", "-6"],
    ]
    for look in (RULED, LINES, SHADED):
        (table,) = set_typst(tmp_path / "a.pdf", look + typst_table(rows)).tables
        assert texts(table) == printed(rows)


def test_a_label_s_second_line_may_run_under_the_numbers(tmp_path: Path) -> None:
    rows = [
        ["Nämnd", "Budget", "Prognos"],
        ["Socialnämnden", "-7 300", "-4 983"],
        ["Barn- och \\ utbildningsnämnden", "-560 200", "-372 844"],
        ["Tekniska nämnden", "-156 400", "-107 482"],
    ]
    narrow = typst_table(rows).replace("columns: 3", "columns: (24mm, 18mm, 24mm)")
    (table,) = set_typst(tmp_path / "a.pdf", LINES + narrow).tables
    places = [(cell.row, cell.column) for cell in table.cells]
    assert len(places) == len(set(places))
    assert texts(table)[2][0] == "Barn- och utbildningsnämnden"


def test_a_hyphenated_head_is_one_word(tmp_path: Path) -> None:
    rows = [
        ["Projekt", "Redovisat \\ jan-aug \\ 2021", "Investe- \\ rings- \\ ram"],
        ["Ny simhall", "209 918", "297 000"],
        ["Säkerhet", "5 975", "43 500"],
    ]
    (table,) = set_typst(tmp_path / "a.pdf", LINES + typst_table(rows)).tables
    assert texts(table)[0] == ["Projekt", "Redovisat jan-aug 2021", "Investeringsram"]


def test_a_spanning_head_keeps_its_span(tmp_path: Path) -> None:
    head = (
        "table.header(table.cell(rowspan: 2)[Tkr], table.cell(colspan: 2, align: center)[Period],"
        "table.cell(colspan: 2, align: center)[Helår], [Utfall], [Budget], [Prognos], [Budget])"
    )
    rows = "[Intäkter], [373,6], [375,7], [1 513,3], [1 506,8],"
    rows += "[Kostnader], [-360,5], [-82,1], [-1 550,7], [9,1]"
    for look in (RULED, LINES, ""):
        document = set_typst(tmp_path / "a.pdf", f"{look}#table(columns: 5, {head}, {rows})")
        _check_spans(document.tables[0])


def _check_spans(table: Table) -> None:
    period = next(cell for cell in table.cells if cell.text == "Period")
    assert (period.row, period.column, period.columns) == (0, 1, 2)
    assert table.header_rows == 2


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    rows = [["Rad", "2021", "2020"]] + [[f"Rad {n}", f"{n} 100", f"{n} 200"] for n in range(1, 60)]
    (table,) = set_typst(tmp_path / "a.pdf", RULED + typst_table(rows)).tables
    assert texts(table) == rows
    assert table.pages == (1, 2)


@pytest.mark.parametrize("noted", [1, 45], ids=["first page", "second page"])
def test_a_column_that_holds_one_note_goes_on_over_the_page(tmp_path: Path, noted: int) -> None:
    """Only one row of a sheet refers to a note: the other page's part has no such column."""
    head = ["", "Not", "2021-12-31", "2020-12-31"]
    rows = [[f"Rad {n} i", "5" if n == noted else "", f"{n} 100", f"{n} 200"] for n in range(1, 70)]
    wide = typst_table([head, *rows]).replace("columns: 4", "columns: (60mm, 30mm, 30mm, 30mm)")
    (table,) = set_typst(tmp_path / "a.pdf", wide).tables
    assert table.pages == (1, 2)
    assert texts(table) == [head, *rows]


def test_a_contents_page_is_no_table(tmp_path: Path) -> None:
    lines = "".join(f"<p>Kapitel {n} {'.' * 60} {n * 3}</p>" for n in range(1, 15))
    assert set_typst(tmp_path / "a.pdf", "<h1>Innehåll</h1>" + lines).tables == ()


def test_running_text_in_two_columns_is_no_table(tmp_path: Path) -> None:
    prose = "Hamnen lades om i maj och kostade då 4,2 mnkr mer än vad som var tänkt. " * 30
    body = f"#set par(justify: true)\n#columns(2)[{prose}]"
    assert set_typst(tmp_path / "a.pdf", body).tables == ()


def test_a_turned_page_reads_like_an_upright_one(tmp_path: Path) -> None:
    upright, turned = "", ""
    rows = [["Post", "2021", "2020"], ["Lager", "1 200", "1 100"], ["Kassa", "300", "250"]]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = 60 + 120 * c, 500 - 20 * r
            upright += shown(text, x, y)
            turned += f"BT /F1 10 Tf 0 1 -1 0 {595 - y} {x} Tm ({text}) Tj ET\n"
    drawn = read(write_pdf(tmp_path / "a.pdf", upright))
    by_rotate = read(write_pdf(tmp_path / "b.pdf", turned, page="/Rotate 90"))
    by_matrix = read(write_pdf(tmp_path / "c.pdf", turned))
    for document in (drawn, by_rotate, by_matrix):
        assert texts(document.tables[0]) == rows
    box = by_matrix.tables[0].cells[0].box
    assert box.height > box.width  # upright on the sheet, turned on the displayed page


def test_a_cropped_page_counts_from_what_is_shown(tmp_path: Path) -> None:
    content = ""
    for r, row in enumerate([["Post", "2021", "2020"], ["A", "100", "90"], ["B", "20", "10"]]):
        for c, text in enumerate(row):
            content += shown(text, 160 + 100 * c, 600 - 20 * r)
    path = write_pdf(tmp_path / "a.pdf", content, page="/CropBox [100 100 500 700]")
    document = read(path)
    assert (document.pages[0].width, document.pages[0].height) == (400, 600)
    first = document.tables[0].cells[0]
    assert first.box.x0 == pytest.approx(60, abs=1.5)
    assert first.box.bottom == pytest.approx(100, abs=4)


def test_a_number_drawn_glyph_by_glyph(tmp_path: Path) -> None:
    content = shown("Post", 60, 700) + shown("2021", 200, 700) + shown("2020", 300, 700)
    for y, label in ((680, "Lager"), (660, "Kassa")):
        content += shown(label, 60, y)
        for x in (200, 300):
            for index, digit in enumerate("1234"):
                content += shown(digit, x + 5.56 * index + (2.8 if index else 0), y)
    (table,) = read(write_pdf(tmp_path / "a.pdf", content)).tables
    assert texts(table)[1:] == [["Lager", "1 234", "1 234"], ["Kassa", "1 234", "1 234"]]


def test_a_sign_at_the_other_side_of_its_cell(tmp_path: Path) -> None:
    def spread(sign: str, number: str) -> str:
        return f'#box(width: 26mm)[#"{sign}" #h(1fr) #"{number}"]'

    rows = [
        ["Belopp i tkr", "Utfall", "Budget"],
        ["Intäkter", spread("", "1 200"), spread("", "987")],
        ["Kostnader", spread("-", "800"), spread("-", "12 345")],
        ["Finansnetto", spread("", "35"), spread("", "40")],
        ["Resultat", spread("$", "435"), spread("", "-")],
    ]
    for look in (RULED, LINES, ""):
        (table,) = set_typst(tmp_path / "a.pdf", look + typst_table(rows)).tables
        assert texts(table)[1:] == [
            ["Intäkter", "1 200", "987"],
            ["Kostnader", "- 800", "- 12 345"],
            ["Finansnetto", "35", "40"],
            ["Resultat", "$ 435", "-"],
        ]


def test_a_head_wider_than_its_numbers_and_labels_around_theirs(tmp_path: Path) -> None:
    rows = [
        ["Post", "Nettokostnad \\ per invånare", "Helår"],
        ["Avsättning till pensioner \\ och liknande", "17", "2"],
        ["Investeringar i mark, \\ byggnader och anläggningar", "939", ".."],
        ["Förändring av kortfristiga \\ fordringar", "730", "8"],
    ]
    amid = "#set table(align: (x, y) => (if y == 0 { bottom + center } else { horizon }))\n"
    (table,) = set_typst(tmp_path / "a.pdf", amid + typst_table(rows)).tables
    assert texts(table) == printed(rows)


CONTENTS = [("1", "Inledning", 3), ("2", "Ekonomi", 5), ("2.1", "Resultat", 6), ("3", "Bilagor", 9)]


def test_contents_with_and_without_leaders_are_no_table(tmp_path: Path) -> None:
    for lead in ("#h(1fr)", "#box(width: 1fr, repeat[.])"):
        for number in (True, False):
            lines = [
                f"{section if number else ''} #h(8pt) {title} {lead} {page} \\"
                for section, title, page in CONTENTS
            ]
            body = "Text före.\n\n" + "\n".join(lines) + "\n\nText efter."
            assert set_typst(tmp_path / "a.pdf", body).tables == ()


def test_a_chart_is_no_table(tmp_path: Path) -> None:
    """Bars with their numbers over an axis in even steps, and curves in frames with names."""
    bars = "".join(
        f"place(dx: 0pt, dy: {24 * row}pt, [{2018 + row}]);"
        f"place(dx: 50pt, dy: {24 * row}pt, rect(width: {wide}pt, height: 12pt, fill: aqua));"
        f"place(dx: {30 + wide / 2}pt, dy: {24 * row}pt, [{wide / 5}]);"
        f"place(dx: {230 + wide / 2}pt, dy: {24 * row}pt, [{90 - wide / 5}]);"
        for row, wide in enumerate((150, 160, 170, 140, 155))
    )
    axis = "".join(f"place(dx: {45 + 40 * n}pt, dy: 130pt, [{10 * n}%]);" for n in range(10))
    body = f"Text före.\n#box(width: 450pt, height: 150pt, {{{bars}{axis}}})\nText efter."
    assert set_typst(tmp_path / "a.pdf", body).tables == ()
    names = ("Skola", "Vård", "Omsorg", "Teknik", "Kultur", "Fritid")
    curve = "#curve(stroke: 1pt, curve.line((20pt, -15pt)), curve.line((40pt, 9pt)))"
    cells = ", ".join(f"[{name} 2{n} #v(20pt) {curve}]" for n, name in enumerate(names))
    panes = f"#table(columns: (90pt, 90pt, 90pt), stroke: 1pt, {cells})"
    assert set_typst(tmp_path / "b.pdf", f"Text före.\n{panes}\nText efter.").tables == ()


def test_labels_may_stand_on_the_right(tmp_path: Path) -> None:
    rows = [
        ["2021", "2020", "Post"],
        ["1 200", "1 100", "Byggnader"],
        ["300", "250", "Kassa"],
        ["1 500", "1 350", "Summa"],
    ]
    for stroke in ("none", "0.5pt"):
        body = f"#set table(stroke: {stroke})\n{typst_table(rows)}"
        (table,) = set_typst(tmp_path / "a.pdf", body).tables
        assert texts(table) == rows


def test_heads_a_narrow_space_apart_end_with_their_columns(tmp_path: Path) -> None:
    rows = [
        ["Verksamhet", "Diff", "Årsbudget", "Årsprognos", "Diff"],
        ["Förskola", "1,1", "177,9", "178,4", "-0,5"],
        ["Grundskola", "-2,0", "210,1", "213,3", "-3,2"],
        ["Fritidshem", "0,6", "47,5", "46,9", "0,6"],
    ]
    narrow = "columns: (9em, 5em, 5em, 5.05em, 4em), inset: (x: 0pt, y: 3pt)"
    body = typst_table(rows).replace("columns: 5", narrow)
    (table,) = set_typst(tmp_path / "t.pdf", body).tables
    assert texts(table) == printed(rows)


def open_at_the_left(rows: list[list[str]], column: str) -> str:
    """A table whose head is a grid, and of whose body only the numbers are."""
    open_side = "(x, y) => if x > 0 or y == 0 { 0.5pt } else { none }"
    stroke = f"table(stroke: {open_side}, columns: {column},"
    return "#set table(inset: (x: 6pt, y: 6pt))\n" + typst_table(rows).replace(
        "table(columns: 3,", stroke, 1
    )


def test_labels_outside_the_grid_are_parted_like_their_numbers(tmp_path: Path) -> None:
    rows = [
        ["", "Utfall 2021", "Budget 2021"],
        ["Hälsonämnden", "-8 220", "-5 322"],
        ["Regionala utvecklingsnämnden", "-215", "-146"],
        ["Kulturnämnden", "-123", "-82"],
        ["Totalt", "-8 558", "-5 550"],
    ]
    drawn = open_at_the_left(rows, "(3cm, 3cm, 3cm)")
    (table,) = set_typst(tmp_path / "a.pdf", drawn).tables
    assert texts(table) == printed(rows)


def test_one_goal_beside_several_indicators_stays_one_cell(tmp_path: Path) -> None:
    text = "Verksamheten ska vara effektiv och rättvis och hålla god standard"
    goal = f"table.cell(rowspan: 3)[{text}],"
    rows = [["Indikator", "2021", "2020"], ["goal", "41,5", "45,8"]]
    drawn = open_at_the_left(rows, "(2.6cm, 3cm, 3cm)").replace("[goal],", goal)
    drawn = drawn.replace("[45,8],", "[45,8],[32,5],[33,5],[21,5],[22,5],")
    (table,) = set_typst(tmp_path / "a.pdf", drawn).tables
    assert texts(table)[1][0] == text

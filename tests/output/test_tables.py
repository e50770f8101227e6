"""Tables on a terminal, as they were read."""

from __future__ import annotations

import dataclasses
import io

import pytest
from rich.console import Console

from audit.language import translation
from audit.model import AuditedReport, Box, Cell, Grid
from audit.normalise import normalise
from audit.output.tables import render
from tests import reports, tables


def shown(audited: AuditedReport, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=300).print(render(audited, translation("sv"), width, named=False))
    return out.getvalue()


def holding(grid: Grid) -> AuditedReport:
    audited = reports.clean()
    report = audited.report
    assert report is not None
    document = dataclasses.replace(report.document, tables=(grid.table,))
    held = dataclasses.replace(report, document=document, grids=(grid,))
    return dataclasses.replace(audited, report=held)


def test_numbers_stand_at_the_right_and_headers_wrap() -> None:
    table = (
        "| Personal | Målvärde helår | Augusti 2021 |\n"
        "| Antal | - | 139 |\n| Frånvaro | 3,2 | 1,8 |\n| [b]Summa | −12 | 1 |"
    )
    lines = shown(holding(reports.grid("p1t1", 1, "Personal", table)), 80).splitlines()
    assert lines[1:] == [
        "p1t1  Personal · belopp tkr".ljust(51) + "sida 1 · läsningen 98\N{NO-BREAK SPACE}% säker",
        "Personal   Målvärde   Augusti",
        "              helår      2021",
        "─────────────────────────────",
        "Antal             -       139",
        "Frånvaro        3,2       1,8",
        "[b]Summa        −12         1",
        "  * Minustecken framför beloppen motsvarar ett positivt resultat.",
    ]


def test_columns_that_do_not_fit_follow_below_with_the_labels() -> None:
    text = shown(reports.linkoping(), 60)
    assert max(len(line) for line in text.splitlines()) <= 60
    assert text.count("Administrativa staben") == 2


def test_a_spanning_header_stands_over_its_columns() -> None:
    grid = reports.grid("p1t1", 1, "Netto", "| | Utgifter och inkomster | |\n| A | 1 000 | 2 000 |")
    cells = [
        dataclasses.replace(cell, columns=2) if cell.text.startswith("Utgifter") else cell
        for cell in grid.table.cells
    ]
    wide: tuple[Cell, ...] = tuple(cells)
    changed = dataclasses.replace(grid, table=dataclasses.replace(grid.table, cells=wide))
    lines = shown(holding(changed), 80).splitlines()
    assert lines[2:6] == [
        "     Utgifter och",
        "      inkomster",
        "─────────────────",
        "A   1 000   2 000",
    ]


LONG = """
| Mål                                  | Indikator                                 | 2020 | Mål 2021 |
| Ett starkt varumärke i hela regionen | Andel som instämmer i att kommunen är bra | 83   | I.U.     |
| Klimatneutral till år 2030           | Växthusgasutsläpp per invånare            | 4,2  | 3,8      |
"""  # noqa: E501 - a table is read best in one piece


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_is_lost_at_the_edge(width: int) -> None:
    table = tables.table(LONG)
    report = normalise(tables.document(table))
    audited = dataclasses.replace(reports.clean(), report=report)
    text = shown(audited, width)
    assert max(len(line) for line in text.splitlines()) <= width
    letters = "".join(text.split())
    for cell in table.cells:
        for word in cell.text.split():
            assert word in letters or any(part in letters for part in (word[:10], word[-10:]))


def test_words_give_way_before_columns_do() -> None:
    report = normalise(tables.document(tables.table(LONG)))
    lines = shown(dataclasses.replace(reports.clean(), report=report), 60).splitlines()
    assert lines[2:] == [
        "Mål                     Indikator               2020    Mål",
        "                                                       2021",
        "───────────────────────────────────────────────────────────",
        "Ett starkt varumärke    Andel som instämmer i     83   I.U.",
        "  i hela regionen         att kommunen är bra",
        "",
        "Klimatneutral till år   Växthusgasutsläpp per    4,2    3,8",
        "  2030                    invånare",
    ]


def understood(markdown: str, header_rows: int = 1) -> AuditedReport:
    document = tables.document(tables.table(markdown, header_rows=header_rows, title="Mål"))
    return dataclasses.replace(reports.clean(), report=normalise(document))


def test_a_line_shows_how_far_a_header_reaches() -> None:
    audited = understood(
        "| | Prognos | < |\n| | Utgifter | Netto |\n| Skola | 1 | 2 |", header_rows=2
    )
    assert shown(audited, 80).splitlines()[3:6] == [
        "        ────────────────",
        "        Utgifter   Netto",
        "────────────────────────",
    ]


def test_a_word_is_not_broken_where_columns_can_follow_below() -> None:
    words = "Polisens trygghetsundersökning och annat som mäts"
    numbers = " | ".join(["40 000"] * 4)
    said = shown(
        understood(f"| Mål | Sätt | A | B | C | D |\n| {words} | {words} | {numbers} |"), 80
    )
    assert said.count("trygghetsundersökning") == 4


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((4,), "sida 4"),
        ((5, 6), "sida 5, 6"),
        ((5, 6, 7, 8), "sida 5–8"),
        ((5, 6, 8), "sida 5, 6, 8"),
    ],
)
def test_pages(pages: tuple[int, ...], said: str) -> None:
    grid = reports.grid("p1t1", 1, "Netto", "| | A |\n| B | 1 |")
    regions = tuple(Box(page, 0, 0, 9, 9) for page in pages)
    changed = dataclasses.replace(grid, table=dataclasses.replace(grid.table, regions=regions))
    assert f"{said} ·" in shown(holding(changed), 80)


def test_a_raised_mark_is_not_a_digit() -> None:
    report = normalise(tables.document(tables.table("| Mått | 2021 |\n| Lån | 48^4^ |")))
    text = shown(dataclasses.replace(reports.clean(), report=report), 60)
    assert "48⁴" in text
    assert "484" not in text


def test_indented_labels_are_indented_and_what_is_wrapped_hangs() -> None:
    rows = "| Mått | 2021 |\n| Sjukfrånvaro | 4,1 |\n| > Män | 3,2 |\n| > Kvinnor | 5,0 |"
    report = normalise(tables.document(tables.table(rows)))
    lines = shown(dataclasses.replace(reports.clean(), report=report), 60).splitlines()
    assert lines[-3:] == ["Sjukfrånvaro    4,1", "  Män           3,2", "  Kvinnor       5,0"]


def test_pictures_that_nobody_read_are_named() -> None:
    audited = reports.clean()
    assert audited.report is not None
    document = audited.report.document
    page = dataclasses.replace(document.pages[0], unread=(Box(1, 0, 0, 200, 200),))
    report = dataclasses.replace(
        audited.report, document=dataclasses.replace(document, pages=(page,))
    )
    text = shown(dataclasses.replace(audited, report=report), 80)
    assert text.rstrip().endswith("Ej läst: en bild som kan innehålla en tabell, sida 1")


def test_nothing_is_shown_of_a_report_that_could_not_be_read() -> None:
    assert shown(reports.unreadable(), 80).strip() == ""


def test_figures_are_marked_with_what_became_of_them() -> None:
    assert shown(reports.marked(), 80).splitlines()[1:] == [
        "✓ stämmer 1   ✗ stämmer inte 1   ○ ej prövat 1",
        "",
        "p1t1  Drift · belopp tkr".ljust(51) + "sida 1 · läsningen 98\N{NO-BREAK SPACE}% säker",
        "2 av 3 tal är prövade (DEV201 1, SUM101 2)",
        "        Utfall",
        "──────────────",
        "Skola     12\N{NO-BREAK SPACE}○",
        "Vård      30\N{NO-BREAK SPACE}✓",
        "Summa     43\N{NO-BREAK SPACE}✗",
        "  * Minustecken framför beloppen motsvarar ett positivt resultat.",
    ]

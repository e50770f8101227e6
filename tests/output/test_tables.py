"""Tables on a terminal, as they were read."""

from __future__ import annotations

import dataclasses
import io

from rich.console import Console

from audit.language import translation
from audit.model import AuditedReport, Cell, Grid
from audit.output.tables import render
from tests import reports


def shown(audited: AuditedReport, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=300).print(render(audited, translation("sv"), width, named=False))
    return out.getvalue()


def holding(grid: Grid) -> AuditedReport:
    audited = reports.clean()
    report = audited.report
    assert report is not None
    document = dataclasses.replace(report.document, tables=(grid.table,))
    return dataclasses.replace(audited, report=dataclasses.replace(report, document=document))


def test_numbers_stand_at_the_right_and_headers_wrap() -> None:
    table = (
        "| Personal | Målvärde helår | Augusti 2021 |\n"
        "| Antal | - | 139 |\n| Frånvaro | 3,2 | 1,8 |\n| [b]Summa | −12 | 1 |"
    )
    lines = shown(holding(reports.grid("p1t1", 1, "Personal", table)), 80).splitlines()
    assert lines[2:] == [
        "Personal   Målvärde   Augusti",
        "              helår      2021",
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
    assert lines[2:5] == ["    Utgifter och", "    inkomster", "A   1 000   2 000"]


def test_nothing_is_shown_of_a_report_that_could_not_be_read() -> None:
    assert shown(reports.unreadable(), 80).strip() == ""

"""Numbers too wide for their cells go on in the line below."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.extract.cells import DOUBT
from audit.model import Table
from tests.extract.pages import LINES, RULED, SHADED, printed, set_typst, texts, typst_table

SPACED = "#set table(inset: (x: 6pt, y: 5pt))\n"  # rows are further apart than lines
TIGHT = "#set table(inset: (x: 6pt, y: 0pt), row-gutter: 0.65em)\n"  # rows are as near as lines
NET = [
    ["Belopp i tkr", "2021", "2020"],
    ["Intäkter", "538 595", "524 373"],
    ["Kostnader", "-87 610", "-85 359"],
    ["Nettokostnader", "-2 056 678", "-2 017 644"],
    ["Skatter", "1 455", "1 423"],
    ["Statsbidrag", "585", "565"],
]


def read(folder: Path, look: str, rows: list[list[str]]) -> Table:
    body = typst_table(rows).replace("columns: 3", "columns: (1fr, 17mm, 17mm)")
    (table,) = set_typst(folder / "a.pdf", f"{SPACED}{look}{body}").tables
    return table


def doubted(table: Table) -> set[str]:
    return {cell.text for cell in table.cells if cell.trust == DOUBT}


@pytest.mark.parametrize("look", [RULED, LINES, SHADED, ""], ids=["ruled", "lines", "shaded", "no"])
def test_a_number_that_wraps_is_one_number(tmp_path: Path, look: str) -> None:
    table = read(tmp_path, look, NET)
    assert texts(table) == printed(NET)
    assert not doubted(table)


def test_its_label_may_wrap_beside_it(tmp_path: Path) -> None:
    rows = [*NET[:3], ["Verksamhetens \\ nettokostnader", *NET[3][1:]], *NET[4:]]
    assert texts(read(tmp_path, "", rows)) == printed(rows)


def test_a_row_of_its_own_below_may_have_a_small_name(tmp_path: Path) -> None:
    """What tells it from a label that wraps is too little to accuse anybody."""
    rows = [*NET[:2], ["Funktionsstöd", "-2 056", "-2 017"], ["varav lokaler", "678", "644"]]
    table = read(tmp_path, TIGHT, rows)
    assert texts(table) == printed(rows)
    assert doubted(table) == {"−2 056", "678", "−2 017", "644"}


def test_no_number_begins_with_a_zero(tmp_path: Path) -> None:
    rows = [*NET[:3], ["Nettokostnader", "-2 056 078", "-2 017 644"], *NET[4:]]
    assert texts(read(tmp_path, TIGHT, rows)) == printed(rows)


def test_what_may_be_a_row_without_a_name_is_not_trusted(tmp_path: Path) -> None:
    table = read(tmp_path, TIGHT, NET)
    assert texts(table) == printed(NET)
    assert doubted(table) == {"−2 056 678", "−2 017 644"}


def test_a_row_without_a_name_whose_numbers_would_fit_is_one(tmp_path: Path) -> None:
    rows = [*NET[:2], ["Netto", "1 234", "2 345"], ["", "678", "644"], *NET[4:]]
    wide = [*rows, ["Summa", "12 345 678", "23 456 789"]]
    body = TIGHT + typst_table(wide)
    (table,) = set_typst(tmp_path / "a.pdf", body).tables
    assert texts(table) == wide
    assert not doubted(table)


def test_two_numbers_in_a_ruled_cell_that_holds_them_beside_each_other(tmp_path: Path) -> None:
    rows = [*NET[:3], ["Platser \\ barn", "1 234 \\ 678", "1 255"], *NET[4:]]
    (table,) = set_typst(
        tmp_path / "a.pdf", RULED + typst_table(rows).replace("columns: 3", "columns: (30mm,) * 3")
    ).tables
    assert doubted(table) == {"1 234 678"}

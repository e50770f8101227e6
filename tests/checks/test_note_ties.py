"""The row of a statement and its note: what ties, what differs, what other rows account for."""

from __future__ import annotations

import pytest

from audit.model import Comparison
from tests.checks.support import differing, money, run
from tests.tables import table

INCOME = """
| Belopp i tkr                 | Not | Utfall 2025-08 | Utfall 2024-08 | Bokslut 2024 |
|---|---|---|---|---|
| Verksamhetens intäkter       | 2   | 402 110    | 389 744    | 611 204    |
| Verksamhetens kostnader      | 3, 4 | -1 801 204 | -1 722 310 | -2 633 110 |
| Avskrivningar                | 5   | -80 210    | -77 905    | -118 203   |
| Verksamhetens nettokostnader |     | -1 479 304 | -1 410 471 | -2 140 109 |
"""
REVENUE = """
| Belopp i tkr          | 2025-08 | 2024-08 | 2024    |
|---|---|---|---|
| Försäljningsintäkter  | 61 204  | 59 110  | 90 204  |
| Taxor och avgifter    | 110 330 | 98 210  | 160 300 |
| Bidrag                | 230 576 | 232 424 | 360 700 |
| Summa                 | 402 110 | 389 744 | 611 204 |
"""
DEPRECIATION = """
| Belopp i tkr     | 2025-08 | 2024-08 | 2024    |
|---|---|---|---|
| Byggnader        | 60 110  | 58 005  | 88 003  |
| Inventarier      | 20 100  | 19 900  | 30 200  |
| Summa            | 80 210  | 77 905  | 118 203 |
"""


def noted(
    note: str,
    title: str = "Not 2 Verksamhetens intäkter",
    statement: str = INCOME,
    unit: str = "tkr",
) -> list[Comparison]:
    source = money(statement, title="Resultaträkning", page=1)
    return run("note-ties", source, table(note, unit=unit, title=title, page=2))


@pytest.mark.parametrize("title", ["Not 2 Verksamhetens intäkter", "NOT 2", "Not 2. Intäkter, tkr"])
def test_the_total_of_a_note(title: str) -> None:
    assert [c.holds for c in noted(REVENUE, title)] == [True] * 3


def test_a_note_without_the_statements_minus() -> None:
    assert [c.holds for c in noted(DEPRECIATION, "Not 5 Avskrivningar")] == [True] * 3


def test_a_correction_that_did_not_reach_the_statement() -> None:
    corrected = REVENUE.replace("230 576", "228 346").replace("402 110", "399 880")
    assert differing(noted(corrected)) == [("Summa", "399880", "402110")]


def test_a_note_in_millions() -> None:
    text = "| Belopp | 2025-08 | 2024-08 |\n|---|---|---|\n| Taxor | 171,5 | 157,3 |\n"
    text += "| Bidrag | 230,6 | 232,4 |\n| Summa | 402,1 | {} |"
    assert [c.holds for c in noted(text.format("389,7"), unit="mnkr")] == [True] * 2
    assert differing(noted(text.format("387,9"), unit="mnkr")) == [("Summa", "387.9", "389.744")]


def test_a_note_under_a_heading_inside_a_table() -> None:
    lines = DEPRECIATION.strip().splitlines()
    inside = "\n".join([*lines[:2], "| Not 5 Avskrivningar | | | |", *lines[2:]])
    found = noted(inside.replace("80 210", "82 010"), "Noter")
    assert differing(found) == [("Summa", "82010", "80210")]


def test_numbers_in_front_of_the_headings_of_a_table_of_notes() -> None:
    notes = """
    |   | Belopp i tkr         | 2025-08 | 2024-08 |
    |---|---|---|---|
    | 2 | Intäkter             |         |         |
    |   | Taxor och avgifter   | 171 534 | 157 320 |
    |   | Bidrag               | 230 576 | 232 424 |
    |   | Summa                | 402 110 | 389 744 |
    | 5 | Avskrivningar        |         |         |
    |   | Byggnader            | 60 110  | 58 005  |
    |   | Inventarier          | 20 100  | 19 900  |
    |   | Summa                | 80 210  | {} |
    """
    assert [c.holds for c in noted(notes.format("77 905"), "Noter")] == [True] * 4
    assert differing(noted(notes.format("79 705"), "Noter")) == [("Summa", "79705", "77905")]


def test_what_a_cash_flow_takes_from_a_note_may_be_more() -> None:
    flow = """
    | Belopp i tkr                                | Not | 2025-08 | 2024-08 |
    |---|---|---|---|
    | Periodens resultat                          |     | 74 455  | 87 956  |
    | Avskrivningar och utrangeringar             | 5   | 80 210  | 79 001  |
    | Kassaflöde från den löpande verksamheten    |     | 154 665 | 166 957 |
    | Kassaflöde från investeringsverksamheten    |     | -90 204 | -80 110 |
    """
    assert noted(DEPRECIATION, "Not 5 Avskrivningar", flow) == []


def test_a_reference_in_the_label() -> None:
    labelled = INCOME.replace(
        "Verksamhetens intäkter       | 2 ", "Verksamhetens intäkter, not 2 | "
    )
    assert [c.holds for c in noted(REVENUE, statement=labelled)] == [True] * 3


@pytest.mark.parametrize("title", ["Not 5 Avskrivningar", "Not 3 Kostnader", "Not 22", "Intäkter"])
def test_another_note_says_nothing_of_the_row(title: str) -> None:
    assert noted(REVENUE, title) == []


def test_the_group_is_not_the_municipality() -> None:
    group = REVENUE.replace("2025-08", "Koncernen 2025-08").replace("402 110", "702 110")
    found = noted(group)
    assert [c.holds for c in found] == [True] * 2


def test_a_row_of_the_note_that_makes_the_difference() -> None:
    """The note goes on to what the statement does not count."""
    wider = REVENUE.replace(
        "| Summa                 | 402 110",
        "| Interna intäkter | 31 400 | 0 | 0 |\n| Summa                 | 433 510",
    )
    assert differing(noted(wider)) == []


def test_a_footnote_may_say_why() -> None:
    marked = REVENUE.replace("Summa  ", "Summa^1^").replace("402 110", "399 880")
    assert differing(noted(marked)) == []


def test_a_note_of_two_tables_that_only_together_make_the_row() -> None:
    first = REVENUE.replace("402 110", "370 710").replace("230 576", "199 176")
    second = """
    | Belopp i tkr         | 2025-08 | 2024-08 | 2024 |
    |---|---|---|---|
    | Periodiserade bidrag | 31 400  | 0       | 0    |
    """
    tables = (
        money(INCOME, title="Resultaträkning", page=1),
        money(first, title="Not 2 Intäkter", page=2),
        money(second, title="Not 2 Periodiserade intäkter", page=3),
    )
    assert differing(run("note-ties", *tables)) == []
    assert differing(run("note-ties", *tables[:2])) == [("Summa", "370710", "402110")]


def test_a_closing_value_that_is_not_the_last_row() -> None:
    note = """
    | Belopp i tkr          | 2025-08 | 2024-08 |
    |---|---|---|
    | Ingående avskrivning  | 0       | 0       |
    | Periodens avskrivning | 80 210  | {} |
    | Utgående avskrivning  | 80 210  | {} |
    | varav leasing         | 4 110   | 3 905   |
    """
    assert [c.holds for c in noted(note.format("77 905", "77 905"), "Not 5")] == [True] * 2
    found = noted(note.format("79 705", "79 705"), "Not 5")
    assert differing(found) == [("Utgående avskrivning", "79705", "77905")]

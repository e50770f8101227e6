"""Part of the year against the whole, and exchanged rows."""

from __future__ import annotations

from audit.model import Table
from tests.checks.support import differing, money, run

PART = """
| Verksamhet          | Redovisat jan-aug 2020 | Redovisat jan-aug 2021 |
|---|---|---|
| Kommunstyrelsen     | 18 936 | 15 555  |
| Kommunledningsstaben | 90 027 | 120 851 |
| Planeringsstaben    | 20 137 | 30 078  |
| Ekonomistaben       | 20 718 | 51 681  |
| HR-staben           | 32 255 | 32 686  |
| Leanlink            | 25 677 | -23 749 |
"""
WHOLE = """
| Verksamhet          | Budget 2021 | Bokslut 2020 |
|---|---|---|
| Kommunstyrelsen     | 25 646  | 153 510 |
| Kommunledningsstaben | 183 043 | 18 936 |
| Planeringsstaben    | 54 412  | 29 317  |
| Ekonomistaben       | 91 586  | 46 015  |
| HR-staben           | 67 753  | 43 991  |
| Leanlink            | 0       | -7 972  |
"""


def pair() -> tuple[Table, Table]:
    return money(PART, page=1), money(WHOLE, page=2)


def test_eight_months_cannot_cost_more_than_twelve() -> None:
    found = run("part-year", *pair())
    assert differing(found) == [("Kommunledningsstaben", "18936", "90027")]
    assert [c.stated.label for c in found if c.undecided] == ["Leanlink"]


def test_the_row_that_it_was_exchanged_with() -> None:
    (found,) = run("exchanged-rows", *pair())
    assert differing([found]) == [("Kommunledningsstaben", "18936", "153510")]
    assert {found.group} == {c.group for c in run("part-year", *pair())}


def test_a_sum_of_costs_and_of_a_surplus_may_be_larger_for_part_of_the_year() -> None:
    text = """
| Belopp           | Budget jan-aug 2025 | Budget 2025 |
|---|---|---|
| Lokalvård        | 79 889  | 94 592  |
| Kulturskola      | -33 699 | -61 740 |
| **Summa kultur** | 46 190  | 32 852  |
| Elevhälsa        | 99 406  | 136 552 |
| Fritid           | 5 161   | 8 838   |
| Hemtjänst        | 90 593  | 119 904 |
| **Summa omsorg** | 195 160 | {}      |
| Gator            | 12 001  | 18 340  |
| Parker           | 7 311   | 11 020  |
"""
    assert differing(run("part-year", money(text.format("265 294")), whole="budget")) == []
    wrong = run("part-year", money(text.format("165 294")), whole="budget")
    assert differing(wrong) == [("Summa omsorg", "165294", "195160")]
    summary = """
| Belopp       | Budget jan-aug 2025 | Budget 2025 |
|---|---|---|
| Summa kultur | 46 190  | 32 852  |
| Summa omsorg | 195 160 | 265 294 |
| Summa teknik | 19 312  | 29 360  |
| Summa skola  | 91 030  | 136 552 |
"""
    assert differing(run("part-year", money(summary), whole="budget")) != []
    both = (money(summary), money(text.format("265 294"), page=2))
    assert differing(run("part-year", *both, whole="budget")) == []


def test_rows_of_one_name_in_the_tables_of_two_units() -> None:
    """Each table has its own forecast, though both are headed alike."""
    table = """
| Drift         | Utfall jan-apr 2026 | Prognos 2026 |
|---|---|---|
| Personal      | {} | {} |
| Material      | 1 015 | 3 650  |
| Entreprenader | {} | {} |
| Kapitalkostnader | 390 | 1 200 |
| Lokaler       | 2 420 | 7 150 |
"""
    roads = money(table.format("18 930", "57 100", "21 480", "51 900"), page=1)
    water = money(table.format("8 240", "24 800", "5 930", "20 100"), page=2)
    assert differing(run("part-year", roads, water, whole="forecast")) == []
    wrong = money(table.format("8 240", "24 800", "25 930", "20 100"), page=2)
    found = differing(run("part-year", roads, wrong, whole="forecast"))
    assert found == [("Entreprenader", "20100", "25930")]

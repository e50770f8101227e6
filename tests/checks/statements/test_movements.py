"""Notes from an opening value to a closing one: what foots, what is wrong, what stays unsaid."""

from __future__ import annotations

from audit.model import Comparison
from tests.checks.support import differing, money, run

NOTE = """
| Belopp i tkr                        | 2025-12-31 | 2024-12-31 |
|---|---|---|
| Ingående anskaffningsvärden         | 120 330 | 111 010 |
| Inköp                               | 16 180  | 13 320  |
| Försäljningar/utrangeringar         | -2 100  | -4 000  |
| Utgående ackumulerade anskaffningsvärden | 134 410 | 120 330 |
| Ingående avskrivningar              | -78 326 | -70 006 |
| Försäljningar/utrangeringar         | 1 900   | 3 500   |
| Årets avskrivningar                 | -11 874 | -11 820 |
| Utgående ackumulerade avskrivningar | -88 300 | -78 326 |
| Redovisat värde                     | 46 110  | 42 004  |
"""
PROVISION = """
| Belopp i tkr                      | 2025   | 2024   |
|---|---|---|
| Redovisat värde vid årets början  | 40 110 | 38 200 |
| Nya avsättningar                  | 5 200  | 4 110  |
| Ianspråktagna avsättningar        | -1 300 | -2 200 |
| Redovisat värde vid årets slut    | 44 010 | 40 110 |
"""


def closing(text: str) -> list[Comparison]:
    return run("movements", money(text))


def carrying(text: str) -> list[Comparison]:
    return run("movements", money(text), identity="carrying")


def test_a_note_that_foots() -> None:
    assert [c.holds for c in closing(NOTE)] == [True] * 4
    assert [c.holds for c in carrying(NOTE)] == [True] * 2


def test_a_movement_that_is_wrong() -> None:
    found = closing(NOTE.replace("16 180", "18 160"))
    assert differing(found) == [("Utgående ackumulerade anskaffningsvärden", "134410", "136390")]


def test_a_carrying_amount_that_was_not_updated() -> None:
    found = carrying(NOTE.replace("46 110", "46 510"))
    assert differing(found) == [("Redovisat värde", "46510", "46110")]


def test_depreciation_printed_without_a_minus() -> None:
    plain = NOTE.replace("-78 326", "78 326").replace("-70 006", "70 006")
    plain = plain.replace("-11 874", "11 874").replace("-11 820", "11 820")
    plain = (
        plain.replace("-88 300", "88 300").replace("1 900 ", "-1 900").replace("3 500", "-3 500")
    )
    assert [c.holds for c in (*closing(plain), *carrying(plain))] == [True] * 6


def test_opening_and_closing_stand_behind_the_name() -> None:
    assert [c.holds for c in closing(PROVISION)] == [True] * 2
    found = closing(PROVISION.replace("5 200", "2 500"))
    assert differing(found) == [("Redovisat värde vid årets slut", "44010", "41310")]


def test_a_row_of_one_column_may_stand_outside_the_sum() -> None:
    inside = PROVISION.replace("| Ianspråk", "| - deponi | 1 204 | |\n| Ianspråk")
    assert differing(closing(inside)) == []


def test_rows_of_one_column_may_all_be_taken_off() -> None:
    """A year in which nothing happened does not show how disposals count."""
    note = """
    | Belopp i tkr               | 2025  | 2024  |
    |---|---|---|
    | Ingående anskaffningsvärde | 8 289 | 8 289 |
    | Försäljningar              | 500   | 0     |
    | Utrangeringar              | 200   | 0     |
    | Utgående anskaffningsvärde | 7 589 | 8 289 |
    """
    assert differing(closing(note)) == []


def test_no_column_proves_the_form() -> None:
    one = "\n".join(line.rsplit("|", 2)[0] + "|" for line in PROVISION.strip().splitlines())
    assert differing(closing(one.replace("5 200", "2 500"))) == []


def test_the_closing_value_of_something_else() -> None:
    other = PROVISION.replace("Redovisat värde vid årets slut", "Utgående låneskuld")
    assert closing(other) == []


def test_equity_and_cash_are_for_others() -> None:
    assert (
        closing(NOTE.replace("anskaffningsvärden", "eget kapital").split("| Ingående av")[0]) == []
    )

"""Sums across columns, and totals that lie between their groups."""

from __future__ import annotations

from tests.checks.support import differing, money, run
from tests.tables import table


def test_departments_make_the_total_column() -> None:
    text = """
    | Belopp i tkr      | Ledning | Funktionsstöd | Individ | Summa   |
    |---|---|---|---|---|
    | Intäkter          | -9 500  | 0             | -2 980  | -12 480 |
    | Personalkostnader | -2 190  | -5 000        | 1 315   | -5 875  |
    | Lokalhyror        | -1 840  |               | 0       | -1 840  |
    | Resultat          | -13 530 | -5 000        | -1 665  | -20 204 |
    """
    assert differing(run("cross-footing", money(text))) == [("Resultat", "-20204", "-20195")]


def test_net_is_expenditure_less_income() -> None:
    text = """
    | Projekt  | Prognos 2021 Utgifter | Prognos 2021 Inkomster | Prognos 2021 Netto | Ram 2021 |
    |---|---|---|---|---|
    | Simhall  | 352 789 | 10 000 | 342 789 | 297 000 |
    | Säkerhet | 43 500  | 2 500  | 41 000  | 43 500  |
    | Gator    | 39 000  | 4 800  | 34 200  | 53 500  |
    | Parker   | 2 698   | 300    | 2 998   | 4 900   |
    """
    assert differing(run("cross-footing", money(text))) == [("Parker", "2998", "2398")]


def test_two_rows_that_changed_places_are_wrong_though_few_others_hold() -> None:
    text = """
    | Antal anställda | Kvinnor | Män | Totalt |
    |---|---|---|---|
    | Förvaltningsledning | 41  | 12  | 53  |
    | Grundskola          | 812 | 223 | 1 035 |
    | Gymnasieskola       | 208 | 58  | 324 |
    | Vuxenutbildning     | 95  | 116 | 153 |
    """
    assert differing(run("cross-footing", table(text))) == [
        ("Gymnasieskola", "324", "266"),
        ("Vuxenutbildning", "153", "211"),
    ]


def test_rows_that_do_not_add_up_for_reasons_of_their_own_are_left_alone() -> None:
    text = """
    | Antal anställda | Kvinnor | Män | Totalt |
    |---|---|---|---|
    | Förvaltningsledning | 41  | 12  | 53  |
    | Grundskola          | 812 | 223 | 1 035 |
    | Gymnasieskola       | 208 | 58  | 300 |
    | Vuxenutbildning     | 95  | 116 | 153 |
    """
    assert differing(run("cross-footing", table(text))) == []


def test_years_are_not_added_to_each_other() -> None:
    text = """
    | Antal | 2025 | 2024 | 2023 |
    |---|---|---|---|
    | A     | 3000 | 1000 | 2000 |
    | B     | 5000 | 1500 | 3500 |
    | C     | 7000 | 4100 | 2900 |
    """
    assert run("cross-footing", table(text)) == []


INDICATORS = """
| Nyckeltal                | 2019  | 2020 | Augusti 2021 |
|---|---|---|---|
| Total sjukfrånvaro, %    | 6,6   | 8,2  | {total}      |
| Män                      | 4,6   | 5,8  | 5,6          |
| Kvinnor                  | 7,1   | 8,9  | 8,2          |
| Andel heltid, %          | 82,0  | 83,3 | 84,0         |
| Män                      | 88,1  | 88,9 | 89,5         |
| Kvinnor                  | 80,4  | 81,9 | 82,5         |
"""


def test_a_share_lies_between_its_groups() -> None:
    assert differing(run("shares-between", table(INDICATORS.format(total="7,6")))) == []
    found = run("shares-between", table(INDICATORS.format(total="9,6")))
    assert [d[1:] for d in differing(found)] == [("9.6", "8.2")]


def test_counts_of_groups_are_not_shares() -> None:
    text = """
    | Anställda | 2020  | 2021  |
    |---|---|---|
    | Kvinnor   | 1 204 | 1 311 |
    | Män       | 402   | 397   |
    | Totalt    | 1 606 | 1 708 |
    """
    assert run("shares-between", table(text)) == []
    assert [c.holds for c in run("footing", table(text))] == [True, True]


def test_a_share_is_not_held_against_money() -> None:
    text = """
    | Indikator                | 2019 | 2020 | 2021 |
    |---|---|---|---|
    | Total sjukfrånvaro, %    | 6,6  | 8,2  | 7,6  |
    | Män (tkr)                | 46   | 58   | 56   |
    | Kvinnor (tkr)            | 71   | 89   | 82   |
    """
    assert run("shares-between", table(text)) == []


def test_months_make_their_sum() -> None:
    text = """
    | Avdelning | Jan 2021 | Feb 2021 | Mar 2021 | Apr 2021 | Summa |
    |---|---|---|---|---|---|
    | Akuten   | 2 125 | 2 068 | 2 284 | 1 971 | 8 448 |
    | Kirurgen | 1 969 | 2 551 | 3 476 | 3 040 | 11 036 |
    | Medicin  | 972   | 833   | 951   | 718   | 3 474 |
    | Rehab    | 412   | 395   | 430   | 401   | 1 683 |
    """
    assert differing(run("cross-footing", money(text))) == [("Rehab", "1683", "1638")]


def test_what_has_run_up_by_month_is_not_added_up() -> None:
    text = """
    | Avdelning | Jan 2021 | Feb 2021 | Mar 2021 | Totalt 2021 |
    |---|---|---|---|---|
    | Akuten   | 2 125 | 4 193 | 6 477  | 24 000 |
    | Kirurgen | 1 969 | 4 520 | 7 996  | 31 000 |
    | Medicin  | 972   | 1 805 | 2 756  | 11 000 |
    """
    assert differing(run("cross-footing", money(text))) == []

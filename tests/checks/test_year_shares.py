"""The outturn so far as a share of the year, against last year's share."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from audit.checks.year_shares import share_of_year
from audit.model import Observation, Table
from tests.checks.support import money, report, rule
from tests.tables import table

PARTS = """
| Verksamhet  | Utfall jan-aug 2021 | Utfall jan-aug 2020 |
|---|---|---|
| Förskola    | 41 870 | 40 312 |
| Grundskola  | 88 415 | 85 220 |
| Gymnasium   | 52 306 | 50 118 |
| Kulturskola | 6 204  | 6 011  |
"""
WHOLES = """
| Verksamhet  | Prognos 2021 | Bokslut 2020 |
|---|---|---|
| Förskola    | 63 200  | 60 951  |
| Grundskola  | 133 700 | 128 630 |
| Gymnasium   | 59 100  | 76 204  |
| Kulturskola | 9 500   | 9 180   |
"""


def noted(*tables: Table) -> list[Observation]:
    found = list(share_of_year(report(*tables), rule("share-of-year")))
    return [one for one in found if isinstance(one, Observation)]


def rows(parts: str = PARTS, wholes: str = WHOLES) -> list[str]:
    return [one.details["row"] for one in noted(money(parts, page=1), money(wholes, page=2))]


def test_it_shows_the_four_figures_the_shares_and_what_the_others_do() -> None:
    (one,) = noted(money(PARTS, page=1), money(WHOLES, page=2))
    assert one.details == {
        "row": "Gymnasium",
        "part": "52 306",
        "whole": "59 100",
        "column": "Prognos 2021",
        "share": "89 %",
        "earlier_part": "50 118",
        "earlier_whole": "76 204",
        "earlier": "66 %",
        "others": "66 %",
        "earlier_others": "66 %",
    }
    assert (one.table, one.box is not None) == ("p1t1", True)


def test_the_budget_counts_where_there_is_no_forecast() -> None:
    assert rows(wholes=WHOLES.replace("Prognos", "Budget")) == ["Gymnasium"]


def test_a_forecast_comes_before_the_budget() -> None:
    budget = WHOLES.replace("Prognos 2021", "Budget 2021")
    forecast = WHOLES.replace("59 100", "79 100")
    assert not noted(money(PARTS, page=1), money(budget, page=2), money(forecast, page=3))


def test_another_part_of_the_year_before_says_nothing() -> None:
    assert not rows(PARTS.replace("jan-aug 2020", "jan-apr 2020"))


def test_few_rows_tell_no_usual_course() -> None:
    assert not rows(PARTS.replace("| Kulturskola | 6 204  | 6 011  |", ""))


def test_columns_where_a_part_exceeds_its_whole_are_for_another_rule() -> None:
    assert not rows(wholes=WHOLES.replace("9 180", "918"))


def test_income_and_totals_go_their_own_way() -> None:
    assert not rows(PARTS.replace("Gymnasium", "Intäkter"), WHOLES.replace("Gymnasium", "Intäkter"))
    assert not rows(PARTS.replace("Gymnasium", "Summa"), WHOLES.replace("Gymnasium", "Summa"))


def test_what_a_coarse_unit_may_hide_is_not_mentioned() -> None:
    parts = """
    | Verksamhet  | Utfall jan-aug 2021 | Utfall jan-aug 2020 |
    |---|---|---|
    | Förskola    | 4 | 4 |
    | Grundskola  | 9 | 9 |
    | Gymnasium   | 5 | 4 |
    | Kulturskola | 6 | 6 |
    """
    wholes = """
    | Verksamhet  | Prognos 2021 | Bokslut 2020 |
    |---|---|---|
    | Förskola    | 6  | 6  |
    | Grundskola  | 13 | 13 |
    | Gymnasium   | 6  | 7  |
    | Kulturskola | 9  | 9  |
    """
    assert not noted(table(parts, unit="mnkr", page=1), table(wholes, unit="mnkr", page=2))


@given(
    st.lists(
        st.tuples(
            st.integers(20_000, 90_000),
            st.decimals(Decimal("0.92"), Decimal("1.08"), places=3),
            st.decimals(Decimal("0.92"), Decimal("1.08"), places=3),
        ),
        min_size=4,
        max_size=9,
    ),
    st.sampled_from([4, 8]),
    st.sampled_from([1, -1]),
)
def test_rows_near_the_calendar_are_never_named(
    drawn: list[tuple[int, Decimal, Decimal]], months: int, sign: int
) -> None:
    until = "apr" if months == 4 else "aug"
    parts = [f"| Verksamhet | Utfall jan-{until} 2021 | Utfall jan-{until} 2020 |"]
    wholes = ["| Verksamhet | Prognos 2021 | Bokslut 2020 |"]
    for place, (year, now, before) in enumerate(drawn):
        name = "Enhet " + chr(ord("A") + place)
        part = [sign * int(year * pace * months / 12) for pace in (now, before)]
        parts.append(f"| {name} | {part[0]} | {part[1]} |")
        wholes.append(f"| {name} | {sign * year} | {sign * year} |")
    assert not rows("\n".join(parts), "\n".join(wholes))

"""Changes and shares in percent: found by what most rows show, exceptions told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from audit.model import Comparison
from tests.checks.support import differing, money, run

GROWTH = """
| Belopp i tkr | Utfall 2021 | Utfall 2020 | {head} |
|---|---|---|---|
| Kommunalskatt    | 142 310 | 138 904 | 2,5  |
| Fastighetsskatt  | 12 870  | 11 960  | 7,6  |
| Samfundsskatt    | 18 455  | 15 210  | {wrong} |
| Källskatt        | 1 204   | 1 251   | -3,8 |
| Summa            | 174 839 | 167 325 | 4,5  |
"""


def test_growth_by_any_name() -> None:
    for head in ("Förändring %", "Kasvu %", "Förändr. i procent", "Tillväxt, %", "%"):
        assert not differing(run("percentages", money(GROWTH.format(head=head, wrong="21,3"))))
        wrong = run("percentages", money(GROWTH.format(head=head, wrong="12,3")))
        assert differing(wrong) == [("Samfundsskatt", "12.3", "21.33")]


def test_the_base_may_be_either_column() -> None:
    text = """
| Belopp i tkr | Budget | Utfall | Avvikelse | Avvikelse % |
|---|---|---|---|---|
| Förskola   | 41 200 | 40 010 | 1 190  | 2,9  |
| Grundskola | 88 400 | 91 790 | -3 390 | -3,8 |
| Fritidshem | 12 900 | 12 455 | 445    | 3,4  |
| Kultur     | 5 120  | 5 204  | -84    | {}   |
"""
    held = run("percentages", money(text.format("-1,6")), kind="share")
    held += run("percentages", money(text.format("-1,6")), kind="change")
    assert len(held) == 4
    assert not differing(held)
    wrong = run("percentages", money(text.format("-6,1")), kind="share")
    wrong += run("percentages", money(text.format("-6,1")), kind="change")
    assert [row for row, _, _ in differing(wrong)] == ["Kultur"]


def test_a_negative_base_decides_nothing() -> None:
    text = """
| Belopp i tkr | Utfall 2021 | Utfall 2020 | Förändring % |
|---|---|---|---|
| Intäkter  | 142 310 | 138 904 | 2,5   |
| Kostnader | 128 700 | 119 600 | 7,6   |
| Bidrag    | 18 455  | 15 210  | 21,3  |
| Resultat  | -2 000  | -1 000  | -100  |
"""
    (doubt,) = [one for one in run("percentages", money(text)) if one.undecided]
    assert doubt.stated.label == "Resultat"


def test_goals_and_indicators_are_left_alone() -> None:
    text = """
| Indikator | 2019 | 2020 | 2021 | Mål, % |
|---|---|---|---|---|
| Andel behöriga, % | 81 | 83 | 84 | 90 |
| Sjukfrånvaro, %   | 7,2 | 8,1 | 6,9 | 6 |
| Andel nöjda, %    | 74 | 71 | 79 | 80 |
"""
    assert not run("percentages", money(text), kind="change")
    assert not run("percentages", money(text), kind="share")


AMOUNTS = st.lists(
    st.tuples(st.integers(200, 99_999), st.integers(200, 99_999)), min_size=4, max_size=9
)


def _percent(value: Decimal, decimals: int) -> str:
    digit = Decimal(1).scaleb(-decimals)
    return f"{value.quantize(digit, ROUND_HALF_UP):f}".replace(".", ",")


def _rows(pairs: list[tuple[int, int]], decimals: int, off: Decimal) -> str:
    lines = ["| Belopp i tkr | Utfall 2021 | Utfall 2020 | Förändring % |", "|---|---|---|---|"]
    for index, (now, then) in enumerate(pairs):
        growth = Decimal(now - then) * 100 / then + (off if index == 0 else 0)
        lines.append(f"| Rad {index} | {now} | {then} | {_percent(growth, decimals)} |")
    return "\n".join(lines)


@given(AMOUNTS, st.integers(0, 2))
def test_what_is_reckoned_and_rounded_always_agrees(
    pairs: list[tuple[int, int]], decimals: int
) -> None:
    assert not differing(run("percentages", money(_rows(pairs, decimals, Decimal(0)))))


@given(AMOUNTS, st.integers(0, 2), st.sampled_from([-11, 7, 30]))
def test_a_wrong_growth_among_right_ones_is_found(
    pairs: list[tuple[int, int]], decimals: int, off: int
) -> None:
    assume(all(abs(now - then) * 20 > then for now, then in pairs))
    now, then = pairs[0]
    assume(then > 2_000 and now < 3 * then)  # else seven points may be rounding
    found = run("percentages", money(_rows(pairs, decimals, Decimal(off))))
    told = [one.stated.label for one in found if not one.holds]
    assert told == ["Rad 0"]


def both(text: str) -> list[Comparison]:
    return [
        one for kind in ("change", "share") for one in run("percentages", money(text), kind=kind)
    ]


OVERVIEW = """
| Belopp i mnkr | 2025 | 2024 | 2023 | 2022 | 2021 |
|---|---|---|---|---|---|
| Skatteintäkter                       | 1 742,3  | 1 688,2  | 1 641,0  | 1 580,4  | 1 501,7  |
| Förändring, %                        | 3,2      | {growth} | 3,8      | 5,2      | 3,1      |
| Generella statsbidrag och utjämning  | 590,1    | 561,9    | 540,8    | 522,6    | 515,0    |
| Verksamhetens nettokostnader         | -2 290,5 | -2 217,7 | -2 124,4 | -2 032,0 | -1 944,1 |
| Förändring, %                        | {cost}   | 4,4      | 4,5      | 4,5      | 2,4      |
| Nettokostnadernas andel av skatter och statsbidrag, % | 98,2 | {share} | 97,4 | 96,6 | 96,4 |
"""


def test_rows_of_growth_and_of_shares_below_the_figures() -> None:
    right = {"growth": "2,9", "cost": "3,3", "share": "98,6"}
    held = both(OVERVIEW.format(**right))
    assert not differing(held)
    assert not [one for one in held if one.undecided]
    assert len(held) == 4 + 4 + 5  # the first year has none before it
    for name, wrong, expected in (
        ("growth", "9,2", "2.88"),
        ("cost", "8,3", "3.28"),
        ("share", "89,6", "98.56"),
    ):
        (told,) = differing(both(OVERVIEW.format(**right | {name: wrong})))
        assert told[1:] == (wrong.replace(",", "."), expected)


def test_a_row_of_growth_that_says_against_what_is_left_alone() -> None:
    """A change in percentage points, against budget or other municipalities is not from year to
    year; nor is one that no other year bears out."""
    for label in ("Förändring, procentenheter", "Budgetavvikelse, %", "Förändring i riket, %"):
        text = OVERVIEW.replace("| Förändring, %  ", f"| {label}  ")
        assert not differing(both(text.format(growth="2,9", cost="3,3", share="98,6")))
    text = """
| Belopp i mnkr | 2025 | 2024 | 2023 |
|---|---|---|---|
| Skatteintäkter   | 1 742,3 | 1 688,2 | 1 641,0 |
| Förändring, %    | 7,1     | 6,4     | 5,9     |
"""
    assert not both(text)


def test_growth_of_something_else_that_looks_like_that_of_the_row_above() -> None:
    text = """
    | Belopp i mnkr | 2025 | 2024 | 2023 | 2022 | 2021 |
    |---|---|---|---|---|---|
    | Personalkostnader | 1 124 | 1 081 | 1 050 | 1 010 | 971 |
    | {label}           | 4     | 3     | 4     | 9     |     |
    """
    assert len(differing(both(text.format(label="Förändring, %")))) == 1
    for label in ("Löneökning, %", "Utveckling exkl. jämförelsestörande poster, %"):
        assert both(text.format(label=label)) == []


YEARS = """
| År | Skatteintäkter, mnkr | Förändring, % | Nettokostnader, mnkr | Förändring, % |
|---|---|---|---|---|
| 2021 | 1 501,7 |         | 1 944,1 |     |
| 2022 | 1 580,4 | 5,2     | 2 032,0 | 4,5 |
| 2023 | 1 641,0 | {wrong} | 2 124,4 | 4,5 |
| 2024 | 1 688,2 | 2,9     | 2 217,7 | 4,4 |
| 2025 | 1 742,3 | 3,2     | 2 290,5 | 3,3 |
"""


def test_columns_of_growth_in_a_table_whose_rows_are_years() -> None:
    assert not differing(both(YEARS.format(wrong="3,8")))
    assert differing(both(YEARS.format(wrong="8,3"))) == [("2023", "8.3", "3.83")]


COSTS = """
| Belopp i tkr | Utfall aug 2025 | Utfall aug 2024 | Förändring % |
|---|---|---|---|
| Verksamhetens intäkter | 402 110    | 389 744    | 3,2     |
| Verksamhetens kostnader | -1 801 204 | -1 722 310 | 4,6     |
| Avskrivningar          | -80 210    | -77 905    | {wrong} |
| Finansiella kostnader  | -8 402     | -9 120     | -7,9    |
"""


def test_costs_printed_with_a_minus_grow_like_others() -> None:
    assert not differing(both(COSTS.format(wrong="3,0")))
    assert differing(both(COSTS.format(wrong="0,3"))) == [("Avskrivningar", "0.3", "2.96")]


def test_growth_in_percent_of_the_size_of_the_base() -> None:
    """A result that falls from minus one to minus two grows by -100 percent to some: several rows
    must say so."""
    text = COSTS.replace("4,6", "-4,6").replace("-7,9", "7,9")
    assert not differing(both(text.format(wrong="-3,0")))
    assert differing(both(text.format(wrong="-0,3"))) == [("Avskrivningar", "-0.3", "-2.96")]
    alone = COSTS.replace("4,6 ", "-4,6 ").replace("-7,9", "8,9").format(wrong="9,9")
    assert not differing(both(alone))


@given(st.lists(st.integers(500, 99_999), min_size=4, max_size=7), st.integers(1, 2))
def test_growth_over_years_reckoned_and_rounded_always_agrees(
    values: list[int], decimals: int
) -> None:
    years = [str(2025 - at) for at in range(len(values))]
    growth = [
        _percent(Decimal(now - then) * 100 / then, decimals) for now, then in pairwise(values)
    ]
    text = "\n".join(
        "| " + " | ".join(line) + " |"
        for line in (
            ["Belopp i tkr", *years],
            ["Skatteintäkter", *map(str, values)],
            ["Förändring, %", *growth, ""],
        )
    )
    assert not differing(both(text))


def test_nothing_spent_of_what_was_budgeted_for() -> None:
    text = """
| Belopp         | Utfall 2025 | Budget 2025 | Avvikelse | Förbrukat % |
|---|---|---|---|---|
| Personal           | 83 754 | 84 614  | 860     | 99,0 |
| Transporter        | -      | 37 280  | 37 280  | 0,0  |
| Köp av verksamhet  | 15 162 | 16 767  | 1 606   | 90,4 |
| Lokaler            | -      | 66 754  | 66 754  | 0,0  |
| Summa kostnader    | 98 916 | 205 416 | 106 500 | 48,2 |
| Övriga intäkter    | -      | 12 630  | -12 630 | 0,0  |
"""
    assert differing(both(text)) == []

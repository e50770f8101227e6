"""Changes and shares in percent: found by what most rows show, exceptions told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

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

"""Deviations, their sign, and what may turn it."""

from __future__ import annotations

import pytest

from tests.checks.support import differing, money, run

FORECAST = """
| Verksamhet              | Prognos helår | Budget 2021 | Avvikelse | Bokslut 2020 |
|---|---|---|---|---|
| Ekonomistaben           | 89 998    | 91 586    | 1 588    | 46 015    |
| HR-staben               | 442 267   | 453 521   | 11 254   | 403 364   |
| Summa nettokostnader    | 532 265   | 545 107   | 12 842   | 449 379   |
| *varav kostnader*       | 622 265   | 625 933   | 3 668    | 156 362   |
| *varav intäkter*        | 90 000    | 80 826    | 9 174    | 605 741   |
| Service^*^              | -8 245    | 0         | -8 245   | -6 773    |
| *varav kostnader*       | 354 881   | 356 658   | 354 881  | 285 265   |
| *varav intäkter*        | -363 126  | -356 658  | -363 126 | -292 038  |
| Leanlink^*^             | -22 100   | 0         | -22 100  | -7 972    |
| *varav kostnader*       | 1 771 421 | 1 744 168 | 27 253   | 1 707 288 |
| *varav intäkter*        | -1 793 521 | -1 744 168 | -49 353 | -1 715 260 |
"""
NOTE = (("*", "Minus är ett överskott."),)


def test_copied_figures_differ_by_the_sign_of_their_own_block() -> None:
    found = run("deviation", money(FORECAST, footnotes=NOTE))
    assert differing(found) == [
        ("varav kostnader", "354881", "-1777"),
        ("varav intäkter", "-363126", "-6468"),
    ]


def test_a_block_with_a_footnote_is_explained_by_it() -> None:
    (found,) = run("deviation-convention", money(FORECAST, footnotes=NOTE))
    assert found.stated.label.startswith("Service")
    assert found.remark is not None
    assert (found.remark.kind, found.remark.text) == ("sign-convention", NOTE[0][1])
    assert found.remark.box is not None


def test_exchanged_of_which_rows() -> None:
    found = run("of-which-pair", money(FORECAST, footnotes=NOTE))
    assert differing(found) == [("Summa nettokostnader", "449379", "-449379")]
    assert len(found) == 12


def test_a_single_turned_sign_is_wrong() -> None:
    text = """
    | Tjänst  | Utfall 2026 | Budget 2026 | Avvikelse |
    |---|---|---|---|
    | Ekonomi | 13 700 | 20 700 | 7 000  |
    | HR      | 34 300 | 36 200 | -1 900 |
    | IT      | 22 100 | 24 600 | 2 500  |
    | Service | 69 800 | 65 300 | -4 500 |
    """
    assert differing(run("deviation", money(text))) == [("HR", "-1900", "1900")]


def test_a_turned_sign_that_the_column_foots_with_is_meant() -> None:
    text = """
    | Tjänst     | Utfall 2026 | Budget 2026 | Avvikelse |
    |---|---|---|---|
    | Ekonomi    | 13 700  | 20 700  | 7 000  |
    | Skatter    | 34 300  | 36 200  | -1 900 |
    | IT         | 22 100  | 24 600  | 2 500  |
    | Service    | 69 800  | 65 300  | -4 500 |
    | Summa      | 139 900 | 146 800 | 3 100  |
    """
    assert differing(run("deviation", money(text))) == [("Summa", "3100", "6900")]


def test_a_column_that_is_no_difference_is_undecided() -> None:
    text = """
    | Tjänst  | Utfall 2026 | Budget 2026 | Avvikelse |
    |---|---|---|---|
    | Ekonomi | 13 700 | 20 700 | 700  |
    | HR      | 34 300 | 36 200 | 311 |
    | IT      | 22 100 | 24 600 | 98  |
    """
    found = run("deviation", money(text))
    assert len(found) == 3
    assert all(c.undecided for c in found)


def test_a_blank_is_not_zero() -> None:
    text = """
    | Tjänst  | Utfall 2026 | Budget 2026 | Avvikelse |
    |---|---|---|---|
    | Ekonomi | 13 700 | 20 700 | 7 000  |
    | HR      | 34 300 | 36 200 | 1 900  |
    | IT      | 22 100 |        | 2 500  |
    | Ränta   | 9      |        | -9     |
    """
    found = run("deviation", money(text))
    assert differing(found) == []
    assert [bool(c.undecided) for c in found] == [False, False, True, False]


def test_half_a_unit_off_on_rows_that_cancel() -> None:
    text = """
    | Tjänst | Utfall intäkter | Utfall kostnader | Resultat | Budget kostnader | Avvikelse |
    |---|---|---|---|---|---|
    | Ekonomi    | 20,5 | -13,7 | 6,8  | -20,7 | 7,0  |
    | HR         | 35,8 | -34,3 | 1,5  | -36,2 | 1,9  |
    | Initiativ  | 9,1  | -7,6  | 1,5  | -9,5  | 2,4  |
    | Tillägg    | 7,6  | -6,9  | 0,7  | -12,0 | 5,1  |
    | Övrigt     | 61,8 | -69,8 | -8,0 | -65,3 | -5,0 |
    | Totalt     | 134,8 | -132,3 | 2,5 | -143,7 | 11,4 |
    """
    assert differing(run("deviation", money(text))) == [
        ("Initiativ", "2.4", "1.9"),
        ("Övrigt", "-5.0", "-4.5"),
    ]
    assert differing(run("footing", money(text))) == []
    assert len(run("cross-footing", money(text))) == 6


DEPARTMENTS = """
| Enhet             | Utfall 2024 | Budget 2024 | Avvikelse | Utfall 2023 |
|---|---|---|---|---|
| Hemtjänst         | 914   | 918   | 4    | 881   |
| *varav kostnader* | 1 120 | 1 074 | -46  | 995   |
| *varav intäkter*  | 206   | 156   | 50   | 114   |
| Boende            | 372   | 394   | 22   | 393   |
| *varav kostnader* | 393   | 510   | 117  | 418   |
| *varav intäkter*  | 21    | 116   | -95  | 25    |
| Bemanning         | 73    | 74    | 1    | 72    |
| *varav kostnader* | 77    | 94    | 17   | 89    |
| *varav intäkter*  | {0}   | {1}   | -16  | 17    |
| Myndighet         | 1 527 | 1 464 | -63  | 1 432 |
| *varav kostnader* | 1 824 | 1 671 | -153 | 1 786 |
| *varav intäkter*  | 297   | 207   | 90   | 354   |
| Summa             | 2 886 | 2 850 | -36  | 2 778 |
"""


def test_income_counts_the_other_way_as_most_of_its_rows_do() -> None:
    assert differing(run("deviation", money(DEPARTMENTS.format(4, 20)))) == []
    exchanged = money(DEPARTMENTS.format(20, 4))
    assert differing(run("deviation", exchanged)) == [("varav intäkter", "-16", "16")]


def test_a_pair_with_few_columns_follows_the_signs_of_the_other_pairs() -> None:
    exchanged = money(DEPARTMENTS.format(20, 4))
    assert differing(run("of-which-pair", exchanged)) == [
        ("Bemanning", "73", "57"),
        ("Bemanning", "74", "90"),
    ]


def test_seven_wrong_cells_that_cancel_are_all_found() -> None:
    rows = []
    wrong = {2: 100, 5: -40, 8: -60, 11: 15, 13: -15, 16: 300, 18: -300}
    for index in range(20):
        budget, outturn = 1_000 + 137 * index, 990 + 141 * index - 13 * (index % 3)
        rows.append(
            f"| Enhet {index} | {budget} | {outturn} | {budget - outturn + wrong.get(index, 0)} |"
        )
    text = "| Belopp tkr | Budget | Utfall | Avvikelse |\n|---|---|---|---|\n" + "\n".join(rows)
    found = differing(run("deviation", money(text)))
    assert [row for row, _, _ in found] == [f"Enhet {index}" for index in wrong]


def test_two_blocks_of_one_table_may_turn_the_sign_without_a_footnote() -> None:
    text = """
| Belopp tkr | Budget | Utfall | Avvikelse |
|---|---|---|---|
| Intäkter         |         |         |        |
| Avgifter         | 12 400  | 12 910  | 510    |
| Hyror            | 8 300   | 8 120   | -180   |
| Bidrag           | 4 150   | 4 420   | 270    |
| Kostnader        |         |         |        |
| Personal         | 60 200  | 61 050  | -850   |
| Lokaler          | 15 900  | 15 420  | 480    |
| Övrigt           | 7 700   | 7 910   | -210   |
"""
    assert not differing(run("deviation", money(text)))
    turned = run("deviation", money(text.replace("| 480    |", "| -480   |")))
    assert [row for row, _, _ in differing(turned)] == ["Lokaler"]


COSTS = """
| Belopp tkr | Utfall 2025 | Budget 2025 | Avvikelse |
|---|---|---|---|
| Lönekostnader | 80 136 | 77 820 | -2 316 |
| Lokalhyror    | 21 177 | 21 865 | 688    |
| Material      | 10 951 | 11 388 | 437    |
| Statsbidrag   | 5 301  | 5 417  | {}     |
| Konsulter     | 3 351  | 3 338  | {}     |
"""


def test_a_lone_row_that_may_be_income_may_turn_its_sign() -> None:
    natural = run("deviation", money(COSTS.format("-116", "-13")))
    assert [(c.stated.label, bool(c.undecided)) for c in natural if not c.holds] == [
        ("Statsbidrag", True)
    ]
    assert differing(run("deviation", money(COSTS.format("116", "13")))) == [
        ("Konsulter", "13", "-13")
    ]


def test_where_the_column_foots_with_the_other_sign_it_is_wrong() -> None:
    text = """
    | Belopp tkr       | Utfall 2025 | Budget 2025 | Avvikelse |
    |---|---|---|---|
    | Skola            | 80 136  | 77 820  | -2 316 |
    | Föreningsbidrag  | 5 301   | 5 417   | {}     |
    | Park             | 10 951  | 11 388  | 437    |
    | Summa            | 96 388  | 94 625  | -1 763 |
    """
    assert differing(run("deviation", money(text.format("116")))) == []
    assert differing(run("deviation", money(text.format("-116")))) == [
        ("Föreningsbidrag", "-116", "116")
    ]


def test_net_cost_is_costs_less_what_earns() -> None:
    total = "| **Nettokostnad** | 110 314 | 108 994 | -1 320 |\n"
    found = run("footing", money(COSTS.format("-116", "-13") + total), kind="implicit")
    assert [c.holds for c in found] == [True, True, True]
    wrong = run(
        "footing", money(COSTS.format("-116", "-13") + total.replace("108", "109")), kind="implicit"
    )
    assert differing(wrong) == [("Nettokostnad", "109994", "108994")]


def test_rows_that_earn_turn_their_sign_together() -> None:
    text = COSTS.format("-116", "-13") + "| Avgifter | 9 149 | 9 417 | {} |\n"
    assert not [c for c in run("deviation", money(text.format("-268"))) if not c.holds]


NET_COST = """
| Belopp i tkr | Utfall aug 2025 | Budget aug 2025 | Avvikelse | Prognos | Budget 2025 | Avvikelse |
|---|---|---|---|---|---|---|
| Avgifter            | 21 640  | 22 300  | -660  | 32 700  | 33 400  | -700  |
| Hyror               | 17 920  | 17 800  | 120   | 26 900  | 26 700  | 200   |
| Statsbidrag         | 24 310  | 19 500  | 4 810 | 35 200  | 29 300  | 5 900 |
| Övriga intäkter     | 2 845   | 2 600   | 245   | 4 100   | 3 900   | 200   |
| **Summa intäkter**  | 66 715  | 62 200  | 4 515 | 98 900  | 93 300  | 5 600 |
| **{}**              | 277 495 | 281 550 | 4 055 | 422 000 | 425 050 | {}    |
"""


def test_a_row_that_turns_in_every_column_is_meant() -> None:
    """A net cost, printed without sign below the income, counts as costs do."""
    table = money(NET_COST.format("Kvar att finansiera", "3 050"))
    assert differing(run("deviation", table)) == []
    assert [c.stated.label for c in run("deviation-convention", table)] == 2 * [
        "Kvar att finansiera"
    ]
    # Once only, nobody can tell: the row is of another side than the income above it.
    once = run("deviation", money(NET_COST.format("Nettokostnad", "-3 050")))
    assert [bool(c.undecided) for c in once if not c.holds] == [True]


def test_a_row_below_zero_may_turn_its_sign() -> None:
    text = """
    | Belopp tkr | Utfall 2025 | Budget 2025 | Avvikelse |
    |---|---|---|---|
    | Skola  | 83 620 | 83 603 | -17  |
    | Vård   | 19 604 | 19 549 | -55  |
    | Park   | 11 568 | 11 065 | -503 |
    | Avfall | -5 320 | -5 386 | 66   |
    | Kultur | 9 645  | 9 650  | 5    |
    """
    assert differing(run("deviation", money(text))) == []
    assert [c.stated.label for c in run("deviation-convention", money(text))] == ["Avfall"]
    total = text.rstrip() + "\n    | Summa | 119 117 | 118 481 | -636 |\n"
    for check in ("deviation", "footing"):
        assert differing(run(check, money(total))) == []
    turned = text.replace("-5 320 | -5 386", " 5 320 |  5 386").replace("| 66 ", "| -66 ")
    assert differing(run("deviation", money(turned))) == [("Avfall", "-66", "66")]


def test_a_row_below_zero_turns_its_sign_in_all_columns_or_in_none() -> None:
    text = """
    | Belopp | Utfall aug 2025 | Budget aug 2025 | Diff | Prognos 2025 | Budget 2025 | Diff |
    |---|---|---|---|---|---|---|
    | Skola  | 83 620  | 83 603  | -17  | 125 420 | 125 400 | -20  |
    | Vård   | 19 604  | 19 549  | -55  | 29 390  | 29 320  | -70  |
    | Park   | 11 568  | 11 065  | -503 | 17 100  | 16 600  | -500 |
    | Avfall | -5 320  | -5 386  | {}   | -7 930  | -8 080  | {}   |
    | Summa  | 109 472 | 108 831 | -641 | 163 980 | 163 240 | -740 |
    """
    assert differing(run("deviation", money(text.format("66", "150")))) == []
    assert differing(run("deviation", money(text.format("-66", "-150")))) == []
    slip = money(text.format("66", "-150"))
    assert differing(run("deviation", slip)) == [("Avfall", "66", "-66")]


def test_rows_of_another_sign_inside_the_summed_ones() -> None:
    text = """
    | Belopp tkr | Utfall 2025 | Budget 2025 | Avvikelse |
    |---|---|---|---|
    | Måltider | -798    | -818    | 20    |
    | Städ     | -254    | -277    | 23    |
    | Skola    | 53 860  | 56 460  | 2 600 |
    | Vård     | 26 880  | 27 536  | 656   |
    | Park     | 7 356   | 7 809   | 453   |
    | Gata     | 22 374  | 22 454  | 80    |
    | Summa    | 109 418 | 113 164 | {}    |
    """
    assert differing(run("footing", money(text.format("3 746")))) == []
    assert differing(run("footing", money(text.format("3 832")))) == []
    assert differing(run("footing", money(text.format("3 764")))) == [("Summa", "3764", "3832")]


def _units(count: int, wrong: dict[int, int], total: bool = True) -> str:
    """``count`` rows whose deviation is budget less outturn, plus what is ``wrong`` in it."""
    rows = [(1_000 + 137 * n, 890 + 171 * n - 113 * (n % 3)) for n in range(count)]
    lines = [
        f"| Enhet {n} | {budget} | {outturn} | {budget - outturn + wrong.get(n, 0)} |"
        for n, (budget, outturn) in enumerate(rows)
    ]
    if total:
        whole, spent = (sum(side) for side in zip(*rows, strict=True))
        lines.append(f"| **Summa** | {whole} | {spent} | {whole - spent + sum(wrong.values())} |")
    return "| Belopp tkr | Budget | Utfall | Avvikelse |\n|---|---|---|---|\n" + "\n".join(lines)


@pytest.mark.parametrize(
    ("count", "wrong"),
    [
        (12, {0: 100, 2: -40, 3: -60, 5: 15, 6: -15, 8: 300, 10: -300}),
        (6, {0: 120, 2: -70, 3: 50, 5: -100}),
        (5, {0: 120, 2: -70, 4: -50}),
        (4, {0: 120, 2: -70, 3: -50}),
    ],
)
def test_most_rows_wrong_but_cancelling(count: int, wrong: dict[int, int]) -> None:
    found = differing(run("deviation", money(_units(count, wrong))))
    assert [row for row, _, _ in found] == [f"Enhet {n}" for n in wrong]


def test_most_rows_wrong_and_nothing_says_that_the_others_are_right() -> None:
    wrong = {0: 100, 2: -40, 3: -60, 5: 15, 6: -15, 8: 300, 10: -300}
    assert not differing(run("deviation", money(_units(12, wrong, total=False))))
    # A forecast that is not printed: only closed projects show their outturn's deviation.
    open_projects = {0: 100, 2: 40, 3: 60, 5: 15, 6: 15, 8: 300, 10: 300}
    assert not differing(run("deviation", money(_units(12, open_projects))))


def test_the_change_since_the_last_forecast() -> None:
    text = """
    | Belopp mnkr | Årsbudget | Årsprognos | Föregående prognos | Förändring |
    |---|---|---|---|---|
    | Barn     | 208,8   | 207,2   | 204,7   | -2,6 |
    | Vuxna    | 136,5   | 134,7   | 133,0   | -1,7 |
    | Stöd     | 300,6   | 294,0   | 305,3   | 14,2 |
    | Äldre    | 416,6   | 408,9   | 406,1   | -5,8 |
    | Summa    | 1 062,5 | 1 044,8 | 1 049,1 | 4,2  |
    """
    assert [row for row, _, _ in differing(run("deviation", money(text)))] == ["Stöd", "Äldre"]


def test_the_change_of_a_deviation() -> None:
    text = """
    | Belopp tkr | Avvikelse april | Avvikelse augusti | Förändring |
    |---|---|---|---|
    | Barn     | 208    | 1 207   | 999    |
    | Vuxna    | -136   | -1 134  | -998   |
    | Stöd     | 300    | 294     | -66    |
    | Äldre    | 416    | -408    | -824   |
    """
    assert differing(run("deviation", money(text))) == [("Stöd", "-66", "-6")]


def test_a_total_over_blocks_with_either_sign_may_follow_either() -> None:
    text = """
| Belopp           | Utfall 2025 | Budget 2025 | Avvikelse |
|---|---|---|---|
| Bibliotek        | 79,6  | 87,4  | 7,8   |
| Gator            | 27,9  | 28,4  | 0,5   |
| Avfall           | 46,9  | 42,7  | -4,2  |
| **Summa kultur** | 154,4 | 158,5 | 4,1   |
| Miljö            | 68,8  | 71,0  | -2,2  |
| Bygglov          | 66,4  | 72,3  | -5,9  |
| Hemtjänst        | 65,9  | 76,8  | -10,9 |
| Elevhälsa        | 38,8  | 49,9  | -11,1 |
| **Summa omsorg** | 239,9 | 270,0 | -30,1 |
| **Totalt**       | 394,3 | 428,5 | {}    |
"""
    for sign in ("", "-"):
        printed = money(text.format(sign + "34,2"))
        assert differing(run("deviation", printed) + run("footing", printed)) == []
    assert differing(run("deviation", money(text.format("43,2")))) == [("Totalt", "43.2", "-34.2")]


def test_a_section_of_which_most_earns_does_not_turn_the_row_that_costs() -> None:
    text = """
| Belopp           | Netto   | Budget netto | Avvikelse |
|---|---|---|---|
| Teknik           |         |         |         |
| Miljö            | 54 289  | 53 331  | -958    |
| Avfall           | 82 163  | 84 004  | 1 841   |
| Gator            | 25 552  | 27 437  | 1 885   |
| **Summa teknik** | 162 004 | 164 772 | 2 768   |
| Kultur           |         |         |         |
| Biograf          | -74 855 | -71 860 | -2 995  |
| Bibliotek        | 38 291  | 38 325  | 34      |
| **Summa kultur** | -36 564 | -33 535 | -3 029  |
| **Totalt**       | 125 440 | 131 237 | 5 797   |
"""
    assert differing(run("deviation", money(text))) == []


def test_a_second_deviation_is_that_of_columns_not_printed() -> None:
    text = """
| Belopp i tkr | Budget aug | Utfall aug | Avvikelse | Avvikelse |
|---|---|---|---|---|
| Förskola     | 11 930 | 11 820 | 110  | -50  |
| Grundskola   | 14 000 | 14 200 | -200 | -200 |
| Fritidshem   | 3 170  | 3 100  | 70   | 70   |
| Elevhälsa    | 1 010  | 990    | 20   | 20   |
"""
    assert differing(run("deviation", money(text))) == []


def test_a_rounded_column_that_foots_with_either_sign_says_nothing_of_it() -> None:
    text = """
    | Belopp mnkr | Prognos april 2025 | Prognos augusti 2025 | Förändring |
    |---|---|---|---|
    | Skola  | 421,2 | 425,2 | 4,0  |
    | Vård   | 388,1 | 384,1 | -4,0 |
    | Park   | 41,0  | 42,1  | 1,1  |
    | Gator  | 12,1  | 15,4  | 3,3  |
    | Miljö  | 8,2   | 8,4   | {}   |
    | Kultur | 37,6  | 37,4  | -0,2 |
    | Summa  | 908,2 | 912,5 | 4,3  |
    """
    assert differing(run("deviation", money(text.format("0,2")))) == []
    assert differing(run("deviation", money(text.format("-0,2")))) == [("Miljö", "-0.2", "0.2")]

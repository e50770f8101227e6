"""Deviations, their sign, and what may turn it."""

from __future__ import annotations

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

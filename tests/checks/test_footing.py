"""Sums of rows: which are found, which are accused, and which are left alone."""

from __future__ import annotations

import pytest

from audit.model import Verdict
from tests.checks.support import differing, money, run
from tests.tables import table

STATEMENT = """
| Belopp i tkr           | Budget 2026 | Prognos 2026 |
|------------------------|-------------|--------------|
| Verksamhetens intäkter | 18 349      | 17 453       |
| Personalkostnader      | -27 251     | -26 380      |
| Köp av tjänster        | -7 969      | -7 985       |
| Övriga kostnader       | -970        | -929         |
| Verksamhetens kostnader| -36 190     | -35 294      |
| Verksamhetens nettokostnader | -17 841 | -17 841     |
| Kommunbidrag           | 17 841      | 17 900       |
| Finansnetto            |             | -9           |
| Årets resultat         | 0           | 50           |
"""


def test_totals_of_totals_are_found_without_words_for_them() -> None:
    found = run("footing", money(STATEMENT), kind="implicit")
    assert {c.stated.label for c in found} == {
        "Verksamhetens kostnader",
        "Verksamhetens nettokostnader",
        "Årets resultat",
    }
    assert differing(found) == []


def test_a_wrong_subtotal_does_not_accuse_the_total_above_it() -> None:
    text = """
    | Nämnd       | Budget 2021 | Utfall 2021 | Prognos 2021 |
    |---|---|---|---|
    | Skolan      | 1 200       | 1 310       | 1 270        |
    | Vården      | 3 405       | 3 390       | 3 555        |
    | Summa skola och vård | 4 605 | 4 790     | 4 825        |
    | Gator       | 711         | 802         | 733          |
    | Parker      | 127         | 138         | 149          |
    | Summa gator och parker | 838 | 940       | 882          |
    | Totalt      | 5 443       | 5 640       | 5 707        |
    """
    assert differing(run("footing", money(text))) == [("Summa skola och vård", "4790", "4700")]


def test_a_sum_of_many_rounded_rows_that_agrees_to_the_digit_is_proof() -> None:
    text = """
    | mnkr                  | Prognos 2026 | Bokslut 2025 |
    |---|---|---|
    | Skolnämnden           | 0,0          | 6,0          |
    | Vårdnämnden           | 0,0          | -3,0         |
    | Kulturnämnden         | 0,0          | 0,6          |
    | Byggnämnden           | 5,0          | 6,0          |
    | Miljönämnden          | 0,0          | 1,3          |
    | Tekniska nämnden      | 0,0          | 0,1          |
    | Kommunstyrelsen       | 0,0          | -5,0         |
    | Valnämnden            | 0,3          | 1,1          |
    | Summa nämnder         | 5,3          | 3,1          |
    """
    assert differing(run("footing", money(text))) == [("Summa nämnder", "3.1", "7.1")]


def test_parts_stand_below_their_parent() -> None:
    text = """
    | Projekt     | Budget 2026 | Prognos 2026 |
    |---|---|---|
    | Expansion   | 34 950      | 34 680       |
    | >Gator      | 20 000      | 19 300       |
    | >Broar      | 7 300       | 6 450        |
    | >Parker     | 7 650       | 8 930        |
    | Förnyelse   | 9 179       | 8 752        |
    | >Inventarier| 6 779       | 7 652        |
    | >Lekplatser | 2 400       | 1 200        |
    | Totala utgifter | 44 129  | 43 532       |
    """
    # The total holds with what Förnyelse should be: only the subtotal is wrong.
    assert differing(run("footing", money(text))) == []
    assert differing(run("footing", money(text), kind="implicit")) == [
        ("Förnyelse", "8752", "8852")
    ]


def test_parts_below_their_parent_need_no_indents() -> None:
    text = """
    | Projekt     | Budget 2026 | Prognos 2026 |
    |---|---|---|
    | Expansion   | 34 950      | 34 680       |
    | Gator       | 20 000      | 19 300       |
    | Broar       | 7 300       | 6 450        |
    | Parker      | 7 650       | 8 930        |
    | Bild        | 1 500       | 900          |
    | Torg        | 1 500       | 900          |
    | Förnyelse   | 9 179       | 8 852        |
    | Inventarier | 6 779       | 7 652        |
    | Lekplatser  | 2 400       | 1 200        |
    | Totala utgifter | 45 629  | 44 432       |
    """
    labelled = run("footing", money(text))
    assert [len(c.terms) for c in labelled] == [3, 3]
    assert all(c.holds for c in labelled)


def test_of_which_rows_stay_out_of_the_sum_unless_they_are_all_there_is() -> None:
    text = """
    | Investering   | Budget 2021 | Utfall 2021 |
    |---|---|---|
    | Simhallen     | 297 000     | 209 918     |
    | varav mark    | 50 000      | 41 000      |
    | Kommunstyrelsen |           |             |
    | varav Säkerhet | 43 500     | 5 975       |
    | varav Leanlink | 4 900      | 938         |
    | Summa         | 345 400     | 216 831     |
    """
    found = run("footing", money(text))
    assert differing(found) == []
    assert [len(c.terms) for c in found] == [3, 3]


def test_of_which_rows_that_make_up_their_parent() -> None:
    text = """
    | Tjänst        | Budget 2021 | Utfall 2021 | Prognos 2021 |
    |---|---|---|---|
    | Lokaler       | 5 310       | 5 222       | 5 444        |
    | varav hyra    | 4 100       | 4 000       | 4 300        |
    | varav el      | 1 210       | 1 222       | 1 154        |
    | Fordon        | 900         | 800         | 700          |
    """
    assert differing(run("footing", money(text), kind="of-which")) == [("Lokaler", "5444", "5454")]


def test_income_less_costs_where_costs_are_printed_without_a_sign() -> None:
    text = """
    | Belopp i tkr  | Utfall 2025 | Budget 2025 | Utfall 2024 |
    |---|---|---|---|
    | Försäljning   | 248 789     | 233 760     | 228 992     |
    | Återbetalning | -16 960     |             | -8 700      |
    | Summa verksamhetens intäkter | 231 829 | 233 760 | 220 292 |
    | Personal      | 30 182      | 34 452      | 29 312      |
    | Lokaler       | 203 471     | 199 308     | 195 317     |
    | Summa verksamhetens kostnader | 233 653 | 233 760 | 224 629 |
    | Årets resultat | -1 824     | 0           | -4 377      |
    """
    found = run("footing", money(text), kind="implicit")
    assert differing(found) == [("Årets resultat", "-4377", "-4337")]


def test_a_block_of_other_rows_after_the_total_is_left_alone() -> None:
    text = """
    | Verksamhet    | Budget 2021 | Utfall 2021 |
    |---|---|---|
    | Ledning       | 17 097      | 15 555      |
    | Ekonomi       | 60 991      | 51 681      |
    | Summa         | 78 088      | 67 236      |
    | Service*      | -1 635      | -11 236     |
    | Leanlink*     | -11 488     | -23 749     |
    """
    found = run("footing", money(text))
    assert len(found) == 2
    assert all(c.holds for c in found)


def test_a_text_among_the_parts_leaves_a_difference_undecided() -> None:
    text = """
    | Nämnd   | Budget 2021 | Utfall 2021 | Prognos 2021 |
    |---|---|---|---|
    | Skolan  | 1 200       | I.U.        | 1 270        |
    | Vården  | 3 405       | 3 390       | 3 555        |
    | Gator   | 711         | -           | 733          |
    | Summa   | 5 316       | 4 790       | 5 558        |
    """
    found = run("footing", money(text))
    assert differing(found) == []
    assert [bool(c.undecided) for c in found] == [False, True, False]


@pytest.mark.parametrize(("total", "expected"), [("600", []), ("610", [("Summa", "610", "600")])])
def test_one_column_of_money_with_one_block(total: str, expected: list[object]) -> None:
    text = f"""
    | Åtgärd | Effekt, tkr |
    |---|---|
    | Hyra   | 100 |
    | Porto  | 200 |
    | Resor  | 300 |
    | Summa  | {total} |
    """
    assert differing(run("footing", money(text))) == expected


def test_one_column_of_results_alone_is_added_up() -> None:
    """As what a meeting has at its disposal; among other rows a result may be made of these."""
    results = """
| | Belopp i kr |
|---|---|
| Balanserat resultat | 68 412 337 |
| Årets resultat | 21 813 771 |
| Summa | 90 262 108 |
"""
    (wrong,) = run("footing", table(results, unit="kr"), kind="labelled")
    assert wrong.verdict.value == "differs"
    mixed = results.replace("Balanserat resultat", "Intäkter")
    (unclear,) = run("footing", table(mixed, unit="kr"), kind="labelled")
    assert unclear.undecided


def test_one_column_that_may_be_read_in_two_ways_is_undecided() -> None:
    text = """
    | Åtgärd | Effekt, tkr |
    |---|---|
    | Hyra   | 100 |
    | >Lokal | 100 |
    | Porto  | 200 |
    | Summa  | 310 |
    """
    found = run("footing", money(text))
    assert differing(found) == []
    assert any(c.undecided for c in found)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        run("footing", money(STATEMENT), kind="other")


@pytest.mark.parametrize("every", [0, 10])
def test_five_thousand_rows(every: int) -> None:
    lines = ["| Rad | Budget 2021 | Utfall 2021 |", "|---|---|---|"]
    for n in range(5000):
        label = f"Summa {n}" if every and n % every == every - 1 else f"Rad {n}"
        lines.append(f"| {label} | {n * 7919 % 99991} | {n * 104729 % 99989} |")
    read = money("\n".join(lines))
    assert differing(run("footing", read)) == []


def test_a_total_before_a_heading_sums_what_stands_above_it() -> None:
    text = """
    | Mnkr                     | 2026-08-31 | 2025-12-31 |
    |---|---|---|
    | Mark, byggnader          | 1 845,7 | 1 799,2 |
    | Inventarier              | 112,3   | 118,8   |
    | Summa anläggningstillgångar | 1 958,0 | 1 918,0 |
    | Fordringar               | 188,2   | 201,7   |
    | Kassa och bank           | 97,5    | 120,3   |
    | Summa omsättningstillgångar | 285,7 | 322,0  |
    | SUMMA TILLGÅNGAR         | 2 243,7 | 2 240,0 |
    | EGET KAPITAL OCH SKULDER |         |         |
    | Eget kapital             | 1 240,5 | 1 201,4 |
    | Långfristiga skulder     | 700,0   | 750,0   |
    | Kortfristiga skulder     | 303,2   | 288,6   |
    | SUMMA EGET KAPITAL OCH SKULDER | 2 243,7 | 2 240,0 |
    """
    found = run("footing", money(text))
    assets = [c for c in found if c.stated.label == "SUMMA TILLGÅNGAR"]
    assert [[term.name for term in c.terms] for c in assets] == [
        ["Summa anläggningstillgångar", "Summa omsättningstillgångar"]
    ] * 2
    assert differing(found) == []


def test_two_columns_exchanged_in_one_row_break_both_sums_of_it() -> None:
    text = """
    | Tillgångar            | 2023-08-31 | 2022-12-31 |
    |---|---|---|
    | Förråd                | 3 412   | 3 120   |
    | Kortfristiga fordringar | 91 833 | 99 746 |
    | Kassa och bank        | 61 440  | 50 219  |
    | Summa omsättningstillgångar | {0} | {1} |
    """
    right, wrong = ("156 685", "153 085"), ("153 085", "156 685")
    assert differing(run("footing", money(text.format(*right)))) == []
    assert differing(run("footing", money(text.format(*wrong)))) == [
        ("Summa omsättningstillgångar", "153085", "156685"),
        ("Summa omsättningstillgångar", "156685", "153085"),
    ]


def test_a_total_that_fits_nowhere_accuses_nobody_without_such_an_exchange() -> None:
    text = """
    | Tillgångar            | 2023-08-31 | 2022-12-31 |
    |---|---|---|
    | Förråd                | 3 412   | 3 120   |
    | Kortfristiga fordringar | 91 833 | 99 746 |
    | Summa omsättningstillgångar | 153 085 | 156 685 |
    """
    found = run("footing", money(text))
    assert differing(found) == []
    assert all(c.undecided for c in found)


def test_rows_of_hours_between_rows_of_money_are_no_part_of_the_total() -> None:
    text = """
    | Äldreomsorg            | Utfall 2025 | Budget 2025 |
    |---|---|---|
    | Hemtjänst              | 84 813  | 85 746  |
    | > Antal utförda timmar | 179 146 | 170 959 |
    | Särskilt boende        | 196 444 | 192 456 |
    | > Antal boendedygn     | 93 425  | 93 696  |
    | Dagverksamhet          | 7 310   | 7 023   |
    | **Summa äldreomsorg**  | 288 567 | {}      |
    """
    assert [c.holds for c in run("footing", money(text.format("285 225")))] == [True, True]
    assert differing(run("footing", money(text.format("285 252")))) == [
        ("Summa äldreomsorg", "285252", "285225")
    ]


UNNAMED = """
| Åtgärd         | Effekt 2016 | Effekt 2017 |
|---|---|---|
| Externa köp    | 1,9 | 2,1 |
| Inköpsstopp    |     | 1,0 |
| Vakanser       | 1,2 | 1,5 |
| Nya avtal      | 0,4 | 0,5 |
|                | {} | {} |
"""


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("3,5", "5,1"), [Verdict.AGREES, Verdict.AGREES]),
        (("7,5", "9,1"), []),
        (("3,5", "9,1"), []),  # two digits of one column may agree by chance
    ],
)
def test_a_last_row_without_a_name_is_a_total_where_it_fits(
    texts: tuple[str, str], expected: list[Verdict]
) -> None:
    found = run("footing", table(UNNAMED.format(*texts), unit="mnkr"), kind="implicit")
    assert [one.verdict for one in found] == expected
    assert not any(one.basis.labelled for one in found)


def test_a_last_row_without_a_name_is_wrong_where_another_column_proves_the_sum() -> None:
    text = """
    | Åtgärd         | Effekt 2016 | Effekt 2017 |
    |---|---|---|
    | Externa köp    | 1 912 | 2 134 |
    | Vakanser       | 1 208 | 1 515 |
    | Nya avtal      | 413   | 520   |
    |                | 3 533 | 4 196 |
    """
    found = run("footing", money(text), kind="implicit")
    assert differing(found) == [("", "4196", "4169")]
    assert {(one.basis.labelled, one.basis.agreeing) for one in found} == {(False, 1)}
    named = text.replace("|                |", "| Annat          |")
    assert run("footing", money(named), kind="implicit") == []


@pytest.mark.parametrize("total", ["", "Summa"])
def test_running_amounts_end_in_their_total(total: str) -> None:
    text = """
    | Månad    | Kostnad | Ackumulerat |
    |---|---|---|
    | Januari  | 12 345  | 12 345 |
    | Februari | 13 411  | 25 756 |
    | Mars     | 11 902  | 37 658 |
    | {total}  | 37 658  | {running} |
    """
    kind = "labelled" if total else "implicit"
    read = money(text.format(total=total, running="37 658"))
    assert differing(run("footing", read, kind=kind)) == []
    other = money(text.format(total=total, running="37 656"))
    assert len(differing(run("footing", other, kind=kind))) == 1


def test_running_amounts_alone() -> None:
    text = """
    | Månad    | Ackumulerat |
    |---|---|
    | Januari  | 12 345 |
    | Februari | 25 756 |
    | Mars     | 37 658 |
    | Summa    | 37 658 |
    """
    assert differing(run("footing", money(text))) == []


def test_what_is_paid_for_one_of_many_is_not_summed() -> None:
    text = """
    | Fastighet  | Hyra   | Styckpris |
    |---|---|---|
    | Skolan     | 12 345 | 1 120 |
    | Badet      | 13 411 | 1 344 |
    | Arkivet    | 11 902 | 990   |
    | Summa      | 37 658 | 1 151 |
    """
    assert differing(run("footing", money(text))) == []

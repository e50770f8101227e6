"""The same figure in two tables: what ties, what is explained, what is doubted, what is left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model import Comparison, Table
from tests.checks.support import differing, money, run
from tests.tables import table

SUMMARY = """
| Verksamhet            | Utfall jan-aug 2021 | Budget jan-aug 2021 | Avvikelse |
|---|---|---|---|
| Planeringsstaben      | 30 078  | 34 465  | 4 387  |
| Digitaliseringsstaben | 11 234  | 12 825  | 1 591  |
| Ekonomistaben         | 51 681  | 60 991  | 9 310  |
| HR-staben             | 32 686  | 36 692  | 4 006  |
| **Summa**             | 125 679 | 144 973 | 19 294 |
"""
ROUNDED = """
| Verksamhet            | Utfall jan-aug 2021 | Budget jan-aug 2021 | Avvikelse |
|---|---|---|---|
| Planeringsstaben      | 30,1  | 34,5  | 4,4  |
| Digitaliseringsstaben | 11,2  | 12,8  | 1,6  |
| Ekonomistaben         | 51,7  | 61,0  | 9,3  |
| HR-staben             | 32,7  | 36,7  | 4,0  |
| **Summa**             | 125,7 | 145,0 | 19,3 |
"""
YEARS = """
| Belopp i tkr          | 2021    | 2020    | 2019    |
|---|---|---|---|
| Verksamhetens intäkter | 241 377 | 230 215 | 226 840 |
| Verksamhetens kostnader | -240 940 | -234 385 | -227 171 |
| Årets resultat        | 437     | -4 170  | -331    |
| Eget kapital          | 32 650  | 32 213  | 36 402  |
"""
STATEMENT = """
| Belopp i tkr          | Bokslut 2021 | Bokslut 2020 |
|---|---|---|
| Verksamhetens intäkter | 241 377 | 230 215 |
| Verksamhetens kostnader | -240 940 | -234 385 |
| Årets resultat        | 437     | -4 170  |
| Eget kapital          | 32 650  | 32 213  |
"""


def both(one: str, other: str, unit: str = "tkr") -> list[Comparison]:
    return run("ties", money(one, page=1), table(other, unit=unit, page=2))


def holding(found: list[Comparison]) -> int:
    return sum(comparison.holds for comparison in found)


# --- what ties -----------------------------------------------------------------------------


def test_a_table_and_its_copy() -> None:
    found = both(SUMMARY, SUMMARY)
    assert holding(found) == len(found) == 15


def test_thousands_against_millions_with_one_decimal() -> None:
    found = both(SUMMARY, ROUNDED, unit="mnkr")
    assert holding(found) == len(found) == 15


def test_key_figures_by_year_against_the_statement() -> None:
    found = both(YEARS, STATEMENT)
    assert holding(found) == len(found) == 8


def test_a_row_of_the_other_sign() -> None:
    found = both(YEARS, STATEMENT.replace("-240 940", "240 940").replace("-234 385", "234 385"))
    assert holding(found) == len(found) == 8


def test_deviations_counted_the_other_way() -> None:
    turned = SUMMARY
    for deviation in ("4 387", "1 591", "9 310", "4 006", "19 294"):
        turned = turned.replace(f"| {deviation}", f"| -{deviation}")
    found = both(SUMMARY, turned)
    assert holding(found) == len(found) == 15


def test_a_total_against_the_net_of_another_name() -> None:
    summary = """
    | Belopp tkr                 | Prognos helår | Budget 2021 | Avvikelse |
    |---|---|---|---|
    | Verksamhetens nettokostnader | 532 265 | 545 107 | 12 842 |
    """
    detail = """
    | Verksamhet           | Prognos helår | Budget 2021 | Avvikelse |
    |---|---|---|---|
    | Kommunledningsstaben | 442 267 | 453 521 | 11 254 |
    | Ekonomistaben        | 89 998  | 91 586  | 1 588  |
    | **Summa nettokostnader, tkr** | 532 265 | 545 107 | 12 842 |
    """
    found = both(summary, detail)
    assert holding(found) == len(found) == 3


def test_a_note_under_its_heading() -> None:
    balance = """
    | Belopp i tkr         | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Likvida medel        | 30 775 | 16 402 |
    | Kortfristiga skulder | 54 864 | 35 848 |
    """
    note = """
    | Not                  | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Kortfristiga skulder |        |        |
    | Leverantörsskulder   | 1 390  | 815    |
    | Övriga skulder       | 53 474 | 35 033 |
    | Summa                | 54 864 | 35 848 |
    """
    found = both(balance, note)
    assert [c.stated.amount.printed for c in found if c.holds] == [54864, 35848]


def test_digits_alike_under_another_unit_are_the_same_figures() -> None:
    found = both(STATEMENT, STATEMENT, unit="mnkr")
    assert holding(found) == len(found) == 8


def test_a_figure_in_three_tables_is_tied_twice() -> None:
    tables = [money(STATEMENT, page=page) for page in (1, 2, 3)]
    assert len(run("ties", *tables)) == 2 * 8


# --- what is doubted -----------------------------------------------------------------------


def test_a_corrected_figure_that_did_not_reach_the_second_table() -> None:
    found = both(SUMMARY, SUMMARY.replace("32 686", "36 286"))
    assert differing(found) == [("HR-staben", "36286", "32686")]


def test_a_corrected_figure_against_the_rounded_table() -> None:
    found = both(SUMMARY, ROUNDED.replace("32,7", "36,2"), unit="mnkr")
    assert differing(found) == [("HR-staben", "36.2", "32.686")]


def test_a_corrected_figure_its_total_and_its_deviation_are_one_difference() -> None:
    other = SUMMARY.replace("32 686", "36 286").replace("4 006", "406")
    other = other.replace("125 679", "129 279").replace("19 294", "15 694")
    found = both(SUMMARY, other)
    assert [label for label, _, _ in differing(found)] == ["HR-staben"] * 2 + ["Summa"] * 2
    assert len({c.group for c in found if not c.holds}) == 1


def test_one_year_of_the_key_figures() -> None:
    found = both(YEARS.replace("32 213", "32 613"), STATEMENT)
    assert differing(found) == [("Eget kapital", "32213", "32613")]


def test_a_sign_that_slipped_in_one_of_many_years() -> None:
    """One year against one: that the row has a minus in all other years says which is the slip."""
    years = YEARS.replace("2019    |", "2019    | 2018 |").replace("| -240 940", "| 240 940")
    for value, before in (
        ("226 840 |", "220 190"),
        ("-227 171 |", "-219 400"),
        ("-331    |", "790"),
        ("36 402  |", "34 081"),
    ):
        years = years.replace(value, f"{value} {before} |")
    statement = STATEMENT.replace("-240 940", "240 940").replace("-234 385", "234 385")
    found = both(years, statement)
    assert differing(found) == [("Verksamhetens kostnader", "240940", "-240940")]
    assert [c.stated.table for c in found if not c.holds] == ["p1t1"]


def test_more_costs_than_other_rows_beside_the_one_that_differs() -> None:
    """Costs without their minus are the rows' sign, not a column's that has most of them."""
    signed = """
    | Belopp i tkr      | Budget 2021 | Prognos 2021 |
    |---|---|---|
    | Intäkter          | 135 010  | 138 200  |
    | Personalkostnader | -465 200 | -466 005 |
    | Lokalkostnader    | -60 000  | -60 100  |
    """
    plain = signed.replace("-", "").replace("||", "|---|---|---|").replace("138 200", "183 200")
    assert differing(both(signed, plain)) == [("Intäkter", "183200", "138200")]


def test_a_sign_that_one_of_two_years_has_stays_unsaid() -> None:
    years = YEARS.replace("| -240 940", "| 240 940")
    statement = STATEMENT.replace("-240 940", "240 940").replace("-234 385", "234 385")
    assert differing(both(years, statement)) == []


def test_a_comparative() -> None:
    one = """
    | Verksamhet | Utfall jan-aug 2021 | Bokslut 2020 |
    |---|---|---|
    | Skolan     | 25 646  | 153 510 |
    | Vården     | 183 043 | 18 936  |
    | Kulturen   | 12 318  | 11 942  |
    | Idrotten   | 31 702  | 29 450  |
    """
    other = one.replace("Utfall jan-aug", "Prognos").replace("18 936", "18 396")
    tables = money(one, page=1), money(other, page=2)
    assert differing(run("ties", *tables, period="earlier")) == [("Vården", "18396", "18936")]
    assert run("ties", *tables, period="own") == []


def test_two_of_three_tables_outvote_the_third() -> None:
    cash_flow = """
    | Belopp i tkr   | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Årets resultat | 473    | -4 170 |
    | Avskrivningar  | 1 635  | 1 702  |
    """
    result = """
    | Belopp i tkr   | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Finansnetto    | -197   | -62    |
    | Årets resultat | 437    | -4 170 |
    """
    balance = result.replace("Finansnetto    | -197   | -62 ", "Avsättningar | 12 441 | 11 030")
    tables = [money(text, page=page) for page, text in enumerate((cash_flow, result, balance), 1)]
    found = run("ties", *tables)
    assert differing(found[-2:]) == [("Årets resultat", "437", "473")] * 2
    assert {c.stated.table for c in found[-2:]} == {"p2t1", "p3t1"}
    two = run("ties", *tables[:2])
    assert differing(two) == []  # one against one


def test_one_result_under_other_names_and_headings() -> None:
    equity = """
    | Belopp i tkr         | 2021-12-31 | 2020-12-31 |
    |---|---|---|
    | Eget kapital och skulder |       |        |
    | Ingående eget kapital | 32 213    | 36 383 |
    | Periodens resultat   | 437        | -4 170 |
    | Summa eget kapital   | 32 650     | 32 213 |
    """
    flow = """
    | Belopp i tkr         | 2021   | 2020   |
    |---|---|---|
    | Den löpande verksamheten |    |        |
    | Årets resultat       | 437    | -4 170 |
    | Justering för avskrivningar | 1 635 | 1 702 |
    """
    found = run("ties", money(equity, page=1), money(flow, page=2))
    assert [c.stated.label for c in found if c.holds] == ["Årets resultat"] * 2


BOARD = """
| Belopp i tkr            | Utfall 2021 | Budget 2021 |
|---|---|---|
| Verksamhetens intäkter  | {} | {} |
| Verksamhetens kostnader | {} | {} |
| Nettokostnad            | {} | {} |
"""
BOARDS = {
    "Socialnämnden": ("12 101", "12 000", "-84 210", "-83 500", "-72 109", "-71 500"),
    "Kulturnämnden": ("4 312", "4 000", "-31 377", "-32 100", "-27 065", "-28 100"),
    "Tekniska nämnden": ("54 801", "55 300", "-93 442", "-95 620", "-38 641", "-40 320"),
    "Byggnadsnämnden": ("8 204", "7 900", "-15 118", "-15 300", "-6 914", "-7 400"),
}
DRIFT = """
| Belopp i tkr     | Utfall 2021 | Budget 2021 |
|---|---|---|
| Socialnämnden    | 72,1 | 71,5 |
| Kulturnämnden    | 27,1 | 28,1 |
| Tekniska nämnden | 38,6 | 40,3 |
| Byggnadsnämnden  | 6,9  | 7,4  |
"""


def boards() -> list[Table]:
    return [
        money(BOARD.format(*numbers), page=page, title=f"{board}, driftredovisning")
        for page, (board, numbers) in enumerate(BOARDS.items(), 2)
    ]


def test_the_boards_own_tables_against_the_summary() -> None:
    summary = table(DRIFT, unit="mnkr", page=1, title="Nettokostnader per nämnd")
    found = run("ties", summary, *boards())
    assert holding(found) == len(found) == 8
    assert {c.stated.label for c in found} == {"Nettokostnad"}


def test_a_board_whose_own_table_says_otherwise() -> None:
    drift = DRIFT.replace("| 38,6 |", "| 36,8 |")
    summary = table(drift, unit="mnkr", page=1, title="Nettokostnader per nämnd")
    found = run("ties", summary, *boards())
    assert differing(found) == [("Nettokostnad", "-38641", "-36800")]


PROJECTS = """
| Projekt      | Total budget | Budget 2021 | Prognos 2021 | Avvikelse |
|---|---|---|---|---|
| Norra skolan | 210 000 | 60 000  | 55 000  | 5 000 |
| Simhallen    | 340 000 | 180 000 | 175 500 | 4 500 |
| Summa        | 550 000 | 240 000 | 230 500 | 9 500 |
"""
PER_BOARD = """
| Nämnd             | Budget 2021 | Prognos 2021 | Avvikelse |
|---|---|---|---|
| Kommunstyrelsen   | 12,0  | 10,0  | 2,0  |
| Tekniska nämnden  | 240,0 | {} | 9,5  |
| Summa investeringar | 252,0 | 240,5 | 11,5 |
"""


def one_board(forecast: str, heading: str) -> list[Comparison]:
    summary = table(PER_BOARD.format(forecast), unit="mnkr", page=1, title="Investeringar")
    return run("ties", summary, money(PROJECTS, page=2, title=heading))


def test_the_only_board_with_a_table_of_its_own() -> None:
    found = one_board("230,5", "Tekniska nämndens investeringar")
    assert holding(found) == len(found) == 3
    wrong = one_board("235,0", "Tekniska nämndens investeringar")
    assert differing(wrong) == [("Summa", "230500", "235000")]


def test_a_heading_that_names_no_row_or_several() -> None:
    for heading in ("Investeringar", "Kommunstyrelsen och tekniska nämnden"):
        assert one_board("235,0", heading) == []


# --- what is explained ---------------------------------------------------------------------

INVESTMENTS = """
| Belopp tkr            | Prognos 2021 | Investeringsram 2021 | Avvikelse |
|---|---|---|---|
| Kommunstyrelsen       | 3 497   | 3 497   | 0       |
| Markförvärv           | 50 000  | 50 000  | 0       |
| Säkerhet              | 43 500  | 43 500  | 0       |
| Servicekontoret       | 39 000  | 53 500  | 14 500  |
| Entreprenad           | 2 698   | 4 900   | 2 202   |
| Simhall               | 352 789 | 297 000 | -55 789 |
| Reserv                | 0       | 6 500   | 6 500   |
| **Summa investeringar** | 491 484 | 458 897 | -32 587 |
"""
NET = """
| Belopp tkr            | Prognos helår 2021 | Budget 2021 | Avvikelse |
|---|---|---|---|
| Investeringar, netto  | 449 786 | 400 497 | -49 289 |
"""


def test_rows_left_out_are_named() -> None:
    tables = money(NET, page=1), money(INVESTMENTS, page=2)
    assert holding(run("ties", *tables)) == len(run("ties", *tables)) == 3
    (note,) = run("tie-scope", *tables)
    assert note.remark is not None
    assert note.remark.kind == "scope"
    assert [term.name for term in note.terms] == [
        "Summa investeringar",
        "Servicekontoret",
        "Entreprenad",
    ]


def test_a_net_that_no_rows_explain_is_left_alone() -> None:
    net = NET.replace("449 786", "449 187").replace("400 497", "400 749")
    tables = money(net, page=1), money(INVESTMENTS, page=2)
    assert [c for c in run("ties", *tables) if not c.holds and not c.undecided] == []
    assert run("tie-scope", *tables) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("449 786", "449 187"), ("400 497", "440 497"), ("-49 289", "-42 989")]
)
def test_rows_that_explain_all_columns_but_one_doubt_that_one(right: str, wrong: str) -> None:
    tables = money(NET.replace(right, wrong), page=1), money(INVESTMENTS, page=2)
    found = run("ties", *tables)
    plain = wrong.replace(" ", ""), right.replace(" ", "")
    assert differing(found) == [("Investeringar, netto", *plain)]
    (doubted,) = [one for one in found if not one.holds]
    assert (doubted.basis.labelled, doubted.basis.agreeing, doubted.basis.siblings) == (False, 2, 3)
    assert len(run("tie-scope", *tables)) == 1


def test_a_deviation_that_counts_the_other_way_is_not_doubted() -> None:
    tables = money(NET.replace("-49 289", "49 289"), page=1), money(INVESTMENTS, page=2)
    assert differing(run("ties", *tables)) == []


def test_a_blank_among_the_rows_that_explain_accuses_nobody() -> None:
    blank = INVESTMENTS.replace("39 000  | 53 500", "39 000  |       ")
    tables = money(NET.replace("400 497", "440 497"), page=1), money(blank, page=2)
    assert differing(run("ties", *tables)) == []


def test_a_row_that_the_other_table_divides() -> None:
    divided = SUMMARY.replace(
        "| HR-staben             | 32 686  | 36 692  | 4 006  |",
        "| HR-staben             | 20 484  | 24 490  | 4 006  |\n"
        "| Lönekontoret          | 12 202  | 12 202  | 0      |",
    )
    tables = money(SUMMARY, page=1), money(divided, page=2)
    assert holding(run("ties", *tables)) == len(run("ties", *tables)) == 12
    (note,) = run("tie-scope", *tables)
    assert [term.name for term in note.terms] == ["HR-staben", "Lönekontoret"]


def test_rows_that_the_table_itself_adds_need_no_naming() -> None:
    statement = """
    | Belopp i tkr            | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Verksamhetens intäkter  | 241 377  | 230 215  |
    | Verksamhetens kostnader | -229 672 | -222 593 |
    | Avskrivningar           | -1 635   | -1 702   |
    """
    notes = """
    | Belopp i tkr                   | Bokslut 2021 | Bokslut 2020 |
    |---|---|---|
    | Verksamhetens intäkter         | 241 377  | 230 215  |
    | Avskrivningar                  | -1 635   | -1 702   |
    | Summa verksamhetens kostnader  | -229 422 | -222 303 |
    | Ersättning för revisorer       | -250     | -290     |
    {}
    """
    total = "| Kostnader i allt               | -229 672 | -222 593 |"
    assert len(run("tie-scope", money(statement, page=1), money(notes.format(""), page=2))) == 1
    assert run("tie-scope", money(statement, page=1), money(notes.format(total), page=2)) == []


# --- what is left alone --------------------------------------------------------------------


def test_rows_of_another_department_are_not_the_same_figures() -> None:
    one = """
    | Drift      | Budget 2021 | Bokslut 2020 |
    |---|---|---|
    | Personal   | 25 646  | 153 510 |
    | Lokaler    | 183 043 | 18 936  |
    """
    other = one.replace("153 510", "53 510").replace("183 043", "83 043").replace("18 936", "8 936")
    assert run("ties", money(one, page=1), money(other, page=2)) == []


def test_the_municipality_is_not_the_group() -> None:
    other = STATEMENT.replace("Bokslut", "Koncernen").replace("241 377", "341 377")
    assert differing(both(STATEMENT.replace("Bokslut", "Kommunen"), other)) == []


def test_the_group_under_the_same_words() -> None:
    """Taxes and grants are the municipality's in the group's statement too; nothing else is."""
    own = """
    | Belopp i mnkr          | Utfall 2021 |
    |---|---|
    | Verksamhetens intäkter | 412,3   |
    | Verksamhetens kostnader | -2 011,9 |
    | Skatteintäkter         | 1 204,4 |
    | Statsbidrag            | 438,2   |
    | Årets resultat         | 43,0    |
    """
    group = own.replace("412,3", "690,1").replace("2 011,9", "2 214,6").replace("43,0", "118,1")
    balance = """
    | Belopp i mnkr  | 2021-12-31 |
    |---|---|
    | Årets resultat | 43,0    |
    | Eget kapital   | 1 020,7 |
    """
    tables = [table(text, unit="mnkr", page=n) for n, text in enumerate((own, group, balance), 1)]
    assert differing(run("ties", *tables)) == []


def test_outturn_so_far_is_not_the_years() -> None:
    """New projects have the same outturn to date as this year's; old ones have more."""
    year = """
    | Projekt     | Utfall 2021 |
    |---|---|
    | Skolan      | 12 410 |
    | Badhuset    | 3 815  |
    | Gator       | 7 223  |
    | Vattenverk  | 11 048 |
    | Lekplatser  | 1 230  |
    """
    so_far = year.replace("Utfall 2021", "Utfall t.o.m. 2021").replace("11 048", "61 207")
    assert differing(both(year, so_far)) == []


def test_gross_and_net_of_one_result() -> None:
    """By kind of cost and by activity: internal sales count in one of the tables only."""
    by_kind = """
    | Belopp i tkr            | Budget 2021 | Prognos 2021 | Avvikelse |
    |---|---|---|---|
    | Verksamhetens intäkter  | 135 221    | 138 357    | 3 136  |
    | Personalkostnader       | -717 828   | -709 944   | 7 884  |
    | Lokalhyror              | -155 693   | -155 693   | 0      |
    | Övriga kostnader        | -392 926   | -398 946   | -6 020 |
    | Verksamhetens kostnader | -1 266 447 | -1 264 583 | 1 864  |
    | Kommunbidrag            | 1 131 226  | 1 131 226  | 0      |
    | Årets resultat          | 0          | 5 000      | 5 000  |
    """
    by_activity = """
    | Belopp i tkr   | Budget 2021 | Prognos 2021 | Avvikelse |
    |---|---|---|---|
    | Intäkter       |            |            |        |
    | Förskola       | 49 033     | 54 240     | 5 207  |
    | Grundskola     | 86 188     | 89 298     | 3 110  |
    | Kommunbidrag   | 1 131 226  | 1 131 226  | 0      |
    | Summa          | 1 266 447  | 1 274 764  | 8 317  |
    | Kostnader      |            |            |        |
    | Förskola       | -390 887   | -389 855   | 1 032  |
    | Grundskola     | -875 560   | -879 909   | -4 349 |
    | Summa          | -1 266 447 | -1 269 764 | -3 317 |
    | Resultat       | 0          | 5 000      | 5 000  |
    """
    assert differing(both(by_kind, by_activity)) == []


def test_what_was_moved_from_one_row_to_another() -> None:
    other = SUMMARY.replace("30 078", "28 078").replace("32 686", "34 686")
    assert differing(both(SUMMARY, other)) == []


def test_rows_that_were_exchanged() -> None:
    other = SUMMARY.replace("30 078", "x").replace("32 686", "30 078").replace("x", "32 686")
    found = both(SUMMARY, other)
    assert {label for label, _, _ in differing(found)} == {"Planeringsstaben", "HR-staben"}


def test_the_rest_depends_on_what_is_listed() -> None:
    one = SUMMARY.replace("HR-staben", "Övriga staber")
    lines = one.replace("| 32 686  | 36 692  |", "| 20 686  | 26 692  |")
    found = both(lines, one.replace("Ekonomistaben         |", "Övrig ekonomi         |"))
    assert differing(found) == []


def test_a_footnote_may_say_why() -> None:
    other = SUMMARY.replace("HR-staben             ", "HR-staben*").replace("32 686", "36 286")
    assert differing(both(SUMMARY, other)) == []


def test_a_forecast_of_another_month() -> None:
    march = SUMMARY.replace("Utfall jan-aug 2021", "Prognos mars 2021")
    august = SUMMARY.replace("Utfall jan-aug 2021", "Prognos augusti 2021")
    assert differing(both(march, august.replace("32 686", "36 286"))) == []


def test_an_original_and_a_revised_budget() -> None:
    other = SUMMARY.replace("Budget jan", "Reviderad budget jan").replace("36 692", "38 692")
    assert differing(both(SUMMARY, other)) == []


def test_eight_months_and_twelve_are_different_periods() -> None:
    whole = SUMMARY.replace("Utfall jan-aug 2021", "Bokslut 2021").replace("32 686", "48 100")
    found = both(SUMMARY.replace("Budget jan-aug 2021", "Budget 2021"), whole)
    assert differing(found) == []


def test_a_share_is_the_same_in_a_table_with_other_signs() -> None:
    text = """
    | Belopp     | Utfall 2025 | Budget 2025 | Avvikelse | Förbrukat % |
    |---|---|---|---|---|
    | Avfall     | {0}75 060 | {0}76 698 | 1 638  | {1} |
    | Vatten     | {0}60 412 | {0}55 380 | -5 032 | 109,1 |
    | **Totalt** | {0}135 472 | {0}132 078 | -3 394 | 102,6 |
    """
    costs = money(text.format("", "97,9"), page=1)
    assert differing(run("ties", costs, money(text.format("-", "97,9"), page=2))) == []
    wrong = run("ties", costs, money(text.format("-", "79,9"), page=2))
    assert [row for row, _, _ in differing(wrong)] == ["Avfall"]


def test_a_total_of_more_rows() -> None:
    other = SUMMARY.replace("| **Summa**", "| Leanlink | 9 100 | 9 900 | 800 |\n| **Summa**")
    other = other.replace("125 679 | 144 973 | 19 294", "134 779 | 154 873 | 20 094")
    one = SUMMARY.replace("Summa", "Summa nettokostnader")
    assert differing(both(one, other.replace("Summa", "Summa nettokostnader"))) == []


# --- what holds always ---------------------------------------------------------------------

LABELS = ("Kansli", "Skola", "Vård", "Park", "Gata", "Bibliotek", "Räddning", "Hamn", "Teater")
figures = st.integers(1_000, 999_999)
bodies = st.lists(st.tuples(figures, figures), min_size=3, max_size=len(LABELS))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _millions(number: int) -> str:
    tenths = (number + 50) // 100
    return f"{tenths // 10},{tenths % 10}"


def _body(rows: list[tuple[int, int]], *, rounded: bool = False, reverse: bool = False) -> str:
    shown = _millions if rounded else _grouped
    lines = [
        f"| {label} | {shown(one)} | {shown(other)} |"
        for label, (one, other) in zip(LABELS, rows, strict=False)
    ]
    lines = lines[::-1] if reverse else lines
    total = " | ".join(shown(sum(column)) for column in zip(*rows, strict=True))
    head = "| Belopp | Utfall 2021 | Bokslut 2020 |\n|---|---|---|"
    return "\n".join([head, *lines, f"| **Summa nettokostnader** | {total} |"])


def _pair(one: str, other: str, unit: str = "tkr") -> tuple[Table, Table]:
    return money(one, page=1), table(other, unit=unit, page=2)


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_a_table_and_its_rounded_copy_always_tie(rows: list[tuple[int, int]]) -> None:
    found = run("ties", *_pair(_body(rows), _body(rows, rounded=True), "mnkr"))
    assert holding(found) == len(found) == 2 * (len(rows) + 1)


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_the_order_of_rows_changes_nothing(rows: list[tuple[int, int]]) -> None:
    one, other = _body(rows), _body(rows).replace("Skola | ", "Skola | 1")
    straight = run("ties", *_pair(one, other))
    turned = run("ties", *_pair(_body(rows, reverse=True), other))
    assert sorted(differing(straight)) == sorted(differing(turned))
    assert holding(straight) == holding(turned)


@settings(max_examples=40, deadline=None)
@given(bodies.filter(lambda rows: len(rows) >= 5), st.integers(1, 2))
def test_dropped_rows_are_named(rows: list[tuple[int, int]], many: int) -> None:
    pair = _pair(_body(rows), _body(rows[:-many]))
    found = run("ties", *pair)
    assert holding(found) == len(found) == 2 * (len(rows) - many + 1)
    (note,) = run("tie-scope", *pair)
    assert [term.name for term in note.terms[1:]] == list(LABELS[len(rows) - many : len(rows)])


@settings(max_examples=40, deadline=None)
@given(bodies, st.data())
def test_dropped_rows_are_never_an_error(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    many = data.draw(st.integers(2, len(rows)))
    found = run("ties", *_pair(_body(rows), _body(rows[:many])))
    assert differing(found) == []

"""Balance sheets, equity, cash flows, balance requirement, key figures, ties, investments: other
layouts and signs than the municipality's of ``accounts``."""

from __future__ import annotations

import pytest

from audit.model import Comparison
from tests.checks.support import differing, money, run


def balance(text: str) -> list[Comparison]:
    sheet = money(text, title="Balansräkning")
    return [one for kind in ("sides", "sums") for one in run("balance-sheet", sheet, identity=kind)]


COMPANY = """
| Belopp i tkr | 2024-12-31 | 2023-12-31 |
|---|---|---|
| Materiella anläggningstillgångar     | 401 512 | 392 330 |
| Finansiella anläggningstillgångar    | 1 200   | 1 200   |
| Summa anläggningstillgångar          | 402 712 | 393 530 |
| Summa omsättningstillgångar          | 41 903  | 38 416  |
| SUMMA TILLGÅNGAR                     | 444 615 | 431 946 |
| Bundet eget kapital                  | 30 000  | 30 000  |
| Fritt eget kapital                   | 88 214  | 82 374  |
| Summa eget kapital                   | 118 214 | 112 374 |
| Obeskattade reserver                 | 12 500  | 10 500  |
| Avsättningar                         | 6 310   | 6 004   |
| Långfristiga skulder                 | 270 000 | 265 000 |
| Kortfristiga skulder                 | {short} | 38 068  |
| SUMMA EGET KAPITAL OCH SKULDER       | 444 615 | 431 946 |
"""

WITH_MINORITY = """
| Mnkr | Koncernen 2024 | Koncernen 2023 | Kommunen 2024 | Kommunen 2023 |
|---|---|---|---|---|
| Anläggningstillgångar | 3 601,5 | 3 480,9 | 1 980,1 | 1 886,0 |
| Bidrag till infrastruktur | 7,0 | 7,0 | 7,0 | 7,0 |
| Omsättningstillgångar | 512,3   | 499,3   | 431,2   | 408,6   |
| Summa tillgångar      | 4 120,8 | {assets} | 2 418,3 | 2 301,6 |
| Eget kapital          | 1 500,4 | 1 468,8 | 1 204,7 | 1 163,2 |
| Minoritetsintresse    | 12,5    | 11,0    |         |         |
| Avsättningar          | 240,3   | 233,1   | 182,4   | 176,0   |
| Skulder               | 2 367,6 | 2 274,3 | 1 031,2 | 962,4   |
| Summa eget kapital, avsättningar och skulder | 4 120,8 | 3 987,2 | 2 418,3 | 2 301,6 |
"""


@pytest.mark.parametrize(
    "text", [COMPANY.format(short="37 591"), WITH_MINORITY.format(assets="3 987,2")]
)
def test_sound_balance_sheets(text: str) -> None:
    comparisons = balance(text)
    assert len(comparisons) >= 6
    assert all(comparison.holds for comparison in comparisons)


def test_wrong_balance_sheets() -> None:
    assert differing(balance(COMPANY.format(short="35 791"))) == [
        ("SUMMA EGET KAPITAL OCH SKULDER", "444615", "442815")
    ]
    assert differing(balance(WITH_MINORITY.format(assets="3 897,2"))) == [
        ("Summa eget kapital, avsättningar och skulder", "3987.2", "3897.2"),
        ("Summa tillgångar", "3897.2", "3987.2"),
    ]


def test_a_part_that_the_norm_does_not_know_decides_nothing() -> None:
    text = COMPANY.format(short="37 591").replace("| Obeskattade", "| Villkorade tillskott och")
    assert differing(balance(text)) == []


def test_two_statements_below_each_other_are_told_apart() -> None:
    text = """
    | Belopp i tkr | 2024 | 2023 |
    |---|---|---|
    | Kommunen | | |
    | Summa tillgångar | 87 514 | 68 062 |
    | Eget kapital | 32 650 | 32 213 |
    | Summa eget kapital och skulder | 87 514 | 68 062 |
    | Koncernen | | |
    | Summa tillgångar | 187 514 | 168 062 |
    | Eget kapital | 60 308 | 59 993 |
    | Summa eget kapital och skulder | 187 514 | 186 062 |
    """
    assert differing(balance(text)) == [
        ("Summa eget kapital och skulder", "186062", "168062"),
    ]


OLD_FLOW = """
| Mkr | Not | 2009 | 2008 |
|---|---|---|---|
| Årets resultat                        |    | 8,1   | 9,9   |
| Justering för avskrivningar           |    | 41,2  | 39,7  |
| Medel från verksamheten före förändring av rörelsekapital | | 49,3 | 49,6 |
| Förändring av kortfristiga fordringar |    | -3,1  | 2,1   |
| Medel från den löpande verksamheten   |    | 46,2  | 51,7  |
| Medel från investeringsverksamheten   |    | -60,3 | -47,2 |
| Medel från finansieringsverksamheten  |    | 10,0  | -2,5  |
| Utbetalning av bidrag till statlig infrastruktur | | -2,0 | 0,0 |
| Förändring av likvida medel           |    | {flow} | 2,0  |
| Likvida medel vid årets början        |    | 31,4  | 29,4  |
| Likvida medel vid årets slut          |    | 25,3  | 31,4  |
"""


def test_an_older_cash_flow_with_grants() -> None:
    def both(flow: str) -> list[tuple[str, str, str]]:
        sheet = money(OLD_FLOW.format(flow=flow), title="Finansieringsanalys")
        return differing(
            [
                one
                for kind in ("blocks", "closing")
                for one in run("cash-flow", sheet, identity=kind)
            ]
        )

    assert both("-6,1") == []
    assert both("-1,6") == [
        ("Förändring av likvida medel", "-1.6", "-6.1"),
        ("Likvida medel vid årets slut", "25.3", "29.8"),
    ]


def test_equity_with_components_in_columns() -> None:
    text = """
    | Belopp i tkr | Bundna fonder | Fritt eget kapital | Summa eget kapital |
    |---|---|---|---|
    | Ingående eget kapital 2024-01-01 | 30 000 | 82 374 | 112 374 |
    | Utdelning                        | 0      | -1 000 | -1 000  |
    | Avsättning till fond             | 500    | -500   | 0       |
    | Årets resultat                   |        | 5 840  | 5 840   |
    | Utgående eget kapital 2024-12-31 | 30 500 | 86 714 | {total} |
    """
    assert differing(run("equity", money(text.format(total="117 214")))) == []
    assert differing(run("equity", money(text.format(total="117 241")))) == [
        ("Utgående eget kapital 2024-12-31", "117241", "117214")
    ]


def test_the_balance_requirement_of_one_year_alone_decides_nothing() -> None:
    text = """
    | Belopp i mnkr | 2024 |
    |---|---|
    | Årets resultat                  | 41,5 |
    | Avgår realisationsvinster       | -6,2 |
    | Synnerliga skäl                 | 4,0  |
    | Årets balanskravsresultat       | 35,3 |
    """
    assert differing(run("balance-requirement", money(text))) == []


def test_what_a_reserve_took_and_gave() -> None:
    text = """
    | Belopp i mnkr | 2024 | 2023 | 2022 |
    |---|---|---|---|
    | Årets resultat enligt resultaträkningen           | -21,5 | 64,8 | 30,2 |
    | Reducering av samtliga realisationsvinster        | 6,2   | 3,4  | 1,0  |
    | Årets resultat efter balanskravsjusteringar       | -27,7 | 61,4 | 29,2 |
    | Reservering av medel till resultatutjämningsreserv | 0,0  | 20,0 | 9,0  |
    | Användning av medel från resultatutjämningsreserv | 27,7  | 0,0  | 0,0  |
    | Balanskravsresultat                               | 0,0   | 41,4 | 22,0 |
    """
    assert differing(run("balance-requirement", money(text))) == [
        ("Balanskravsresultat", "22.0", "20.2")
    ]


def test_a_result_in_the_middle_that_the_last_one_passes_by_is_wrong() -> None:
    text = """
    | Belopp i tkr | Prognos 2025 |
    |---|---|
    | Årets resultat enligt resultaträkningen            | 9 884  |
    | Samtliga realisationsvinster                       | -2 712 |
    | Årets resultat efter balanskravsjusteringar        | {}     |
    | Reservering av medel till resultatutjämningsreserv | -1 000 |
    | Årets balanskravsresultat                          | 6 172  |
    """
    assert differing(run("balance-requirement", money(text.format("7 172")))) == []
    found = differing(run("balance-requirement", money(text.format("7 122"))))
    assert [label for label, _, _ in found] == [
        "Årets resultat efter balanskravsjusteringar",
        "Årets balanskravsresultat",
    ]
    for last in ("6 122", "9 999"):
        other = text.replace("6 172", last).format("7 122" if last == "9 999" else "7 172")
        assert differing(run("balance-requirement", money(other))) == []


DEFICITS = """
| Belopp i mnkr | Prognos 2025 | 2024 | 2023 | 2022 |
|---|---|---|---|---|
| Årets resultat                                   | 45,0 | 41,5    | -12,4  | -20,1 |
| Reducering av samtliga realisationsvinster       | -9,3 | -14,4   | 7,4    | -7,0  |
| Årets balanskravsresultat                        | 35,7 | 27,1    | -5,0   | -27,1 |
| Synnerliga skäl att inte återställa              | 0,0  | 0,0     | {reasons} | 0,0 |
| Balanskravsresultat att reglera från tidigare år | -4,0 | {brought} | -27,1 | 0,0 |
| Balanskravsresultat att återställa               | 0,0  | -4,0    | {left} | -27,1 |
"""


def deficits(reasons: str = "1,0", brought: str = "-31,1", left: str = "-31,1") -> list[str]:
    text = DEFICITS.format(reasons=reasons, brought=brought, left=left)
    return [row for row, _, _ in differing(run("balance-requirement", money(text)))]


def test_deficits_of_earlier_years_and_what_is_left_to_restore() -> None:
    """A surplus above what was to be restored leaves nothing: that is no sum."""
    brought, left = DEFICITS.splitlines()[-2:]
    assert deficits() == []
    assert deficits(reasons="5,0") == [left.split("|")[1].strip()]
    assert deficits(brought="-13,1") == [
        left.split("|")[1].strip(), brought.split("|")[1].strip(),
    ]  # fmt: skip
    assert deficits(left="-37,1") == [left.split("|")[1].strip(), brought.split("|")[1].strip()]


def test_deficits_printed_without_a_minus() -> None:
    text = DEFICITS.format(reasons="1,0", brought="31,1", left="31,1")
    text = text.replace("-27,1 | 0,0", "27,1 | 0,0").replace("| -4,0", "| 4,0")
    text = text.replace("31,1 | -27,1", "31,1 | 27,1")
    assert differing(run("balance-requirement", money(text))) == []


FORECAST = """
| Belopp i mnkr | Utfall aug 2025 | Prognos 2025 | Bokslut 2024 |
|---|---|---|---|
| Verksamhetens resultat         | 70,1 | 44,9 | 32,4 |
| Finansnetto                    | 3,1  | 4,1  | 9,1  |
| Årets resultat                 | 73,2 | 49,0 | 41,5 |
"""
REQUIREMENT = """
| Belopp i mnkr | Prognos 2025 | Bokslut 2024 |
|---|---|---|
| Årets resultat enligt resultaträkningen | {forecast} | {closed} |
| Samtliga realisationsvinster            | -6,0 | -3,4 |
| Årets balanskravsresultat               | 43,0 | 38,1 |
"""


def tied(income: str, **results: str) -> list[tuple[str, str, str]]:
    requirement = money(REQUIREMENT.format(**results), title="Balanskravsutredning")
    tables = (money(income, title="Resultaträkning"), requirement)
    return differing(run("statement-ties", *tables))


def test_a_forecast_of_the_balance_requirement_is_that_of_the_income_statement() -> None:
    label = "Årets resultat enligt resultaträkningen"
    assert tied(FORECAST, forecast="49,0", closed="41,5") == []
    assert tied(FORECAST, forecast="59,0", closed="41,5") == [(label, "59.0", "49")]


def test_a_forecast_is_tied_to_no_outturn_and_to_none_of_several_forecasts() -> None:
    without = FORECAST.replace("Prognos 2025", "Budget 2025")
    assert tied(without, forecast="59,0", closed="41,5") == []
    several = FORECAST.replace("Utfall aug 2025", "Prognos 1 2025").replace(
        "Prognos 2025", "Prognos 2 2025"
    )
    assert tied(several, forecast="59,0", closed="41,5") == []


def test_solidity_of_a_company_counts_untaxed_reserves_after_tax() -> None:
    text = """
    | Belopp i tkr | 2024 | 2023 | 2022 |
    |---|---|---|---|
    | Eget kapital         | 118 214 | 112 374 | 106 800 |
    | Obeskattade reserver | 12 500  | 10 500  | 9 000   |
    | Balansomslutning     | 444 615 | 431 946 | 420 117 |
    | Soliditet (%)        | 28,8    | 27,9    | {last}  |
    """
    good, bad = (money(text.format(last=last)) for last in ("27,1", "21,7"))
    assert differing(run("key-figures", good)) == []
    assert differing(run("key-figures", bad)) == [("Soliditet (%)", "21.7", "27.12")]


def test_a_key_figure_of_another_formula_is_undecided() -> None:
    text = """
    | Belopp i tkr | 2024 | 2023 |
    |---|---|---|
    | Eget kapital     | 118 214 | 112 374 |
    | Summa tillgångar | 444 615 | 431 946 |
    | Soliditet (%)    | 31      | 33      |
    """
    comparisons = run("key-figures", money(text))
    assert [bool(comparison.undecided) for comparison in comparisons] == [True, True]


def test_another_body_is_not_tied() -> None:
    water = """
    | VA-verksamheten | 2024 | 2023 |
    |---|---|---|
    | Verksamhetens nettokostnader | 1 204 | -310 |
    | Finansnetto    | -900 | -870   |
    | Årets resultat | 304  | -1 180 |
    """
    flow = """
    | Belopp i tkr | 2024 | 2023 |
    |---|---|---|
    | Årets resultat | 41 476 | 64 790 |
    | Kassaflöde från den löpande verksamheten   | 158 402 | 171 055 |
    | Kassaflöde från investeringsverksamheten   | -212 377 | -190 648 |
    """
    tables = (money(water, title="Resultaträkning VA"), money(flow, title="Kassaflödesanalys"))
    assert run("statement-ties", *tables) == []


EXCHANGED = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Årets kassaflöde               | 5 407  | -13 975 |
| Likvida medel vid årets början | 88 214 | 82 807 |
| Likvida medel vid årets slut   | 74 239 | 88 214 |
"""


def test_a_row_whose_years_are_exchanged_is_wrong_though_no_column_agrees() -> None:
    flow = money(EXCHANGED, title="Kassaflödesanalys")
    assert len(differing(run("cash-flow", flow, identity="closing"))) == 2


def test_years_that_differ_little_are_exchanged_where_both_fit_to_the_digit() -> None:
    text = """
    | Belopp i tkr | 2024 | 2023 |
    |---|---|---|
    | Årets kassaflöde               | {}     | {}     |
    | Likvida medel vid årets början | 82 807 | 77 453 |
    | Likvida medel vid årets slut   | 88 214 | 82 807 |
    """
    for flows, wrong in ((("5 407", "5 354"), 0), (("5 354", "5 407"), 2), (("5 355", "5 408"), 0)):
        flow = money(text.format(*flows), title="Kassaflödesanalys")
        assert len(differing(run("cash-flow", flow, identity="closing"))) == wrong


def test_two_columns_that_fail_each_in_its_own_way_decide_nothing() -> None:
    text = EXCHANGED.replace("5 407", "6 001")
    flow = money(text, title="Kassaflödesanalys")
    assert differing(run("cash-flow", flow, identity="closing")) == []


def test_a_single_column_is_believed_where_a_figure_is_a_thousandfold() -> None:
    text = """
    | Belopp i tkr | 2024 |
    |---|---|
    | Årets resultat              | 41 476 |
    | Avgår realisationsvinster   | -6 214 |
    | Justerat resultat           | {adjusted} |
    | Årets balanskravsresultat   | 35 262 |
    """
    (adjusted, last) = run("balance-requirement", money(text.format(adjusted="35 262 000")))
    assert not adjusted.undecided
    assert not last.undecided
    other = text.format(adjusted="35 626").replace("35 262", "35 190")
    assert differing(run("balance-requirement", money(other))) == []


INCOME = """
| Belopp i mnkr | Utfall aug 2025 | Prognos 2025 | Bokslut 2024 |
|---|---|---|---|
| Verksamhetens nettokostnader        | -1 500,4 | -2 290,5 | -2 217,7 |
| Skatteintäkter                      | 1 161,5  | 1 742,3  | 1 688,2  |
| Generella statsbidrag och utjämning | 393,4    | 590,1    | 561,9    |
| Årets resultat                      | 54,5     | 41,9     | 32,4     |
"""
GOALS = """
| Finansiella mål | Målvärde | Prognos 2025 | Utfall 2024 |
|---|---|---|---|
| Nettokostnadernas andel av skatter och bidrag, % | 99,0 | {cost} | 98,6 |
| Resultat i relation till skatter och bidrag, %   | 1,0  | 1,8    | {result} |
"""


def goals(income: str = INCOME, cost: str = "98,2", result: str = "1,4") -> list[Comparison]:
    tables = (money(income, title="Resultaträkning"), money(GOALS.format(cost=cost, result=result)))
    return run("key-figures", *tables, figure="funding")


def test_shares_of_taxes_and_grants_are_the_income_statements() -> None:
    assert len(goals()) == 4
    assert differing(goals()) == []
    (cost,) = differing(goals(cost="89,2"))
    assert cost[1:] == ("89.2", "98.2")
    (result,) = differing(goals(result="4,1"))
    assert result[1:] == ("4.1", "1.44")


def test_a_share_that_no_year_bears_out_or_of_another_time_is_undecided() -> None:
    other = goals(INCOME.replace("-2 217,7", "-2 117,7"), cost="97,1")
    assert [one.stated.label for one in other if one.undecided] == [
        "Nettokostnadernas andel av skatter och bidrag, %"
    ] * 2
    outturn_alone = INCOME.replace("Prognos 2025", "Budget 2025")
    assert differing(goals(outturn_alone, cost="89,2")) == []


@pytest.mark.parametrize("grants", ["-1 688,2", "-1 688,1"])
def test_a_share_of_taxes_and_grants_that_cancel_bears_nothing_out(grants: str) -> None:
    cancelling = INCOME.replace("561,9", grants)
    assert differing(goals(cancelling, cost="89,2")) == []
    assert not [one for one in goals(cancelling) if one.stated.header == "Utfall 2024"]


def test_solidity_with_the_tax_on_pensions_in_a_row_of_its_own() -> None:
    text = """
    | Belopp i mnkr | 2025 | 2024 | 2023 |
    |---|---|---|---|
    | Summa tillgångar | 2 540,2 | 2 418,3 | 2 301,6 |
    | Eget kapital     | 1 249,7 | 1 204,7 | 1 163,2 |
    | Ansvarsförbindelse för pensioner | 500,1 | 520,2 | 536,7 |
    | Särskild löneskatt på ansvarsförbindelsen | 121,3 | {tax} | 130,2 |
    | Soliditet inkl. samtliga pensionsförpliktelser, % | 24,7 | 23,1 | 21,6 |
    """
    assert differing(run("key-figures", money(text.format(tax="126,2")))) == []
    (told,) = differing(run("key-figures", money(text.format(tax="216,2"))))
    assert told[1:] == ("23.1", "19.36")


PARTS = """
| Belopp i tkr | 2025-08-31 | 2024-12-31 |
|---|---|---|
| Immateriella anläggningstillgångar | 7 166     | 7 294     |
| Maskiner och inventarier           | 158 454   | 148 517   |
| Summa anläggningstillgångar        | 165 620   | 155 811   |
| Bidrag till statlig infrastruktur  | 40 025    | 40 025    |
| Förråd                             | 58 249    | 58 963    |
| Kortfristiga fordringar            | {claims}  | 211 509   |
| Kassa och bank                     | 265 318   | 263 831   |
| Summa omsättningstillgångar        | 549 684   | 534 303   |
| Summa tillgångar                   | 755 329   | 730 139   |
"""


def test_one_wrong_part_of_a_subtotal_that_the_norm_knows() -> None:
    good, bad = (money(PARTS.format(claims=claims)) for claims in ("226 117", "262 117"))
    assert differing(run("balance-sheet", good, identity="sums")) == []
    assert differing(run("balance-sheet", bad, identity="sums")) == [
        ("Summa omsättningstillgångar", "549684", "585684")
    ]


def test_a_subtotal_with_a_part_that_the_norm_does_not_know_is_left_alone() -> None:
    """Whether a row beside the parts is one of them or says more of one, who knows."""
    text = PARTS.replace("| Förråd    ", "| Spärrkonto").format(claims="262 117")
    labels = [one.stated.label for one in run("balance-sheet", money(text), identity="sums")]
    assert "Summa omsättningstillgångar" not in labels


def test_the_result_within_equity_is_the_income_statements() -> None:
    income = money(
        """
        | Belopp i tkr | Utfall 2025-08 | Bokslut 2024 |
        |---|---|---|
        | Verksamhetens resultat | 9 074  | 32 130 |
        | Finansnetto            | 1 922  | 8 541  |
        | Periodens resultat     | 10 996 | 40 671 |
        """,
        title="Resultaträkning",
    )
    text = """
    | Belopp i tkr | 2025-08-31 | 2024-12-31 |
    |---|---|---|
    | Summa tillgångar              | 3 058 910 | 2 989 979 |
    | Eget kapital                  | 1 320 469 | 1 309 473 |
    | > varav periodens resultat    | {result}  | 40 671    |
    | Summa skulder                 | 1 738 441 | 1 680 506 |
    | Summa eget kapital och skulder | 3 058 910 | 2 989 979 |
    """
    for result, told in (("10 996", []), ("11 296", ["varav periodens resultat"])):
        sheet = money(text.format(result=result), title="Balansräkning")
        found = differing(run("statement-ties", income, sheet))
        assert [row for row, _, _ in found] == told


def test_the_cash_flow_of_a_company_begins_before_tax() -> None:
    text = """
    | Belopp i tkr | 2025 | 2024 |
    |---|---|---|
    | Rörelseresultat                                 | 55 300 | 52 010 |
    | Räntor                                          | -9 200 | -10 760 |
    | Resultat efter finansiella poster               | 46 100 | 41 250 |
    | Justering för ej likviditetspåverkande poster   | 48 200 | {} |
    | Betald skatt                                    | -3 120 | -2 890 |
    | Kassaflöde före förändringar av rörelsekapital  | 91 180 | 85 260 |
    | Förändring av kortfristiga fordringar           | -8 400 | 5 120 |
    | Förändring av kortfristiga skulder              | 3 310  | -9 005 |
    | Kassaflöde från den löpande verksamheten        | 86 090 | 81 375 |
    """
    for printed, wrong in (("46 900", []), ("-46 900", ["85260"])):
        flow = money(text.format(printed), title="Kassaflödesanalys")
        found = differing(run("cash-flow", flow, identity="rows"))
        assert [stated for _, stated, _ in found] == wrong


def test_opening_cash_shows_what_closing_cash_is() -> None:
    sheet = """
    | Belopp i tkr | 2024-12-31 | 2023-12-31 |
    |---|---|---|
    | Kassa och bank                 | 19 673    | 30 168    |
    | Summa tillgångar               | 1 023 420 | 1 004 182 |
    | Summa eget kapital             | 156 635   | 157 077   |
    | Summa skulder                  | 866 785   | 847 105   |
    | Summa eget kapital och skulder | 1 023 420 | 1 004 182 |
    """
    flow = """
    | Belopp i tkr | 2024 |
    |---|---|
    | Årets kassaflöde               | -10 495 |
    | Likvida medel vid årets början | {}      |
    | Likvida medel vid årets slut   | {}      |
    """

    def found(opening: str, closing: str) -> list[str]:
        tables = (
            money(sheet, title="Balansräkning"),
            money(flow.format(opening, closing), title="Kassaflödesanalys"),
        )
        return [row for row, _, _ in differing(run("statement-ties", *tables, tie="cash"))]

    assert found("30 168", "19 673") == []
    assert found("30 168", "91 673") == ["Likvida medel vid årets slut"]
    assert found("30 618", "19 673") == ["Likvida medel vid årets början"]
    assert found("33 918", "23 423") == []  # with an overdraft, or short investments, say

"""Names of accounting concepts, old and new, and what they make of a table."""

from __future__ import annotations

import pytest

from audit.model import Concept, Scope, Statement
from audit.normalise import normalise
from audit.normalise.concepts import concept, scope
from tests.tables import document, table

C = Concept

NAMES = {
    C.OPERATING_INCOME: ["Verksamhetens intäkter", "Summa verksamhetens intäkter 1)", "Intäkter"],
    C.OPERATING_COSTS: ["Verksamhetens kostnader (not 2)", "Summa rörelsens kostnader"],
    C.DEPRECIATION: [
        "Avskrivningar",
        "Av- och nedskrivningar",
        "Justering för av- och nedskrivningar",
        "Avskrivningar av materiella anläggningstillgångar",
    ],
    C.NET_COST: ["Verksamhetens nettokostnader", "VERKSAMHETENS NETTOKOSTNAD", "Verksamhetsbidrag"],
    C.TAX_REVENUE: ["Skatteintäkter", "Skatteinkomster", "Summa skatteintäkter"],
    C.GENERAL_GRANTS: [
        "Generella statsbidrag och utjämning",
        "Generella statsbidrag & utjämning",
        "Statsandelar",
    ],
    C.TAX_AND_GRANTS: [
        "Skatteintäkter, generella statsbidrag och utjämning",
        "Skatteintäkter och statsbidrag",
        "Skatter och utjämning",
    ],
    C.EQUALISATION: ["Kommunalekonomisk utjämning", "Kommunal utjämning", "Utjämningsbidrag"],
    C.GROSS_RESULT: ["Bruttoresultat", "Bruttovinst"],
    C.COST_OF_SALES: ["Kostnad för sålda varor", "Kostnader för sålda tjänster"],
    C.SELLING_COSTS: ["Försäljningskostnader"],
    C.ADMINISTRATIVE_COSTS: ["Administrationskostnader", "Central administration"],
    C.RESEARCH_COSTS: ["Forsknings- och utvecklingskostnader"],
    C.OPERATING_RESULT: ["Verksamhetens resultat", "Rörelseresultat"],
    C.FINANCIAL_NET: ["Finansnetto", "Finansiella poster", "Finansiella poster, netto"],
    C.RESULT_AFTER_FINANCIAL: [
        "Resultat efter finansiella poster",
        "Resultat före extraordinära poster",
        "Resultat före extraord. poster",
        "Resultat före bokslutsdispositioner och skatt",
    ],
    C.EXTRAORDINARY: ["Extraordinära poster", "Extraordinära poster, netto"],
    C.YEAR_RESULT: [
        "Årets resultat",
        "ÅRETS RESULTAT",
        "Periodens resultat",
        "= Årets resultat enligt resultaträkningen",
        "Räkenskapsperiodens resultat",
        "Årets resultat 2024",
        "Delårets resultat",
        "Årets/periodens resultat",
        "Förändring av eget kapital",
    ],
    C.TAX: ["Skatt", "Skatt på årets resultat", "Uppskjuten skatt"],
    C.MINORITY: ["Minoritetens andel", "Minoritetsintresse"],
    C.SHARE_RESULTS: [
        "Resultat från andelar i koncernföretag",
        "Andel i intressebolags resultat",
    ],
    C.NET_SALES: ["Nettoomsättning"],
    C.APPROPRIATIONS: ["Bokslutsdispositioner", "Erhållna koncernbidrag", "Ökning av reserver"],
    C.ASSETS: ["SUMMA TILLGÅNGAR", "Tillgångar", "Balansomslutning", "Totala tillgångar"],
    C.CURRENT_ASSETS: ["Summa omsättningstillgångar", "Rörliga aktiva"],
    C.EQUITY_AND_LIABILITIES: [
        "SUMMA EGET KAPITAL OCH SKULDER",
        "Summa eget kapital, avsättningar och skulder",
        "Summa skulder och eget kapital",
    ],
    C.EQUITY: ["Eget kapital", "Summa eget kapital", "Det egna kapitalet"],
    C.PROVISIONS: ["Avsättningar", "Summa avsättningar"],
    C.PENSION_PROVISIONS: ["Avsättningar för pensioner och liknande förpliktelser"],
    C.LIABILITIES: ["Summa skulder"],
    C.SHORT_LIABILITIES: ["Kortfristiga skulder", "Summa kortfristiga skulder"],
    C.CASH: ["Kassa och bank", "Likvida medel", "Kassa, bank", "Kassa, plusgiro och bank"],
    C.CONTINGENT_PENSIONS: [
        "Pensionsförpliktelser som inte har upptagits bland skulderna eller avsättningarna",
        "Ansvarsförbindelse för pensioner",
    ],
    C.EQUITY_OPENING: ["Ingående eget kapital", "Eget kapital vid årets början"],
    C.EQUITY_CLOSING: ["Utgående eget kapital", "Eget kapital vid periodens slut"],
    C.CASH_OPERATING: [
        "Kassaflöde från den löpande verksamheten",
        "Medel från löpande verksamhet",
        "Verksamhetens kassaflöde",
    ],
    C.CASH_BEFORE_WORKING_CAPITAL: [
        "Medel från verksamheten före förändring av rörelsekapital",
        "Kassaflöde före förändringar av rörelsekapital",
    ],
    C.CASH_INVESTING: ["Kassaflöde från investeringsverksamheten", "Investeringarnas kassaflöde"],
    C.CASH_FINANCING: ["Medel från finansieringsverksamheten"],
    C.CASH_FLOW: ["Årets kassaflöde", "Periodens kassaflöde", "Förändring av likvida medel"],
    C.CASH_OPENING: [
        "Likvida medel vid årets början",
        "Ingående likvida medel",
        "Likvida medel 1.1.",
    ],
    C.CASH_CLOSING: [
        "Likvida medel vid periodens slut",
        "Utgående likvida medel",
        "Likvida medel 31.12.",
    ],
    C.CAPITAL_GAINS: ["- Samtliga realisationsvinster", "Avgår: realisationsvinster"],
    C.CAPITAL_GAINS_EXCEPTED: ["+ Realisationsvinster enligt undantagsmöjlighet"],
    C.CAPITAL_LOSSES_EXCEPTED: ["+ Realisationsförluster enligt undantagsmöjlighet"],
    C.ADJUSTED_RESULT: ["= Årets resultat efter balanskravsjusteringar"],
    C.RESERVE_SET_ASIDE: ["- Reservering av medel till resultatutjämningsreserv"],
    C.RESERVE_USED: [
        "+ Användning av medel från resultatutjämningsreserv",
        "Användning av resultatreserv",
    ],
    C.BALANCE_RESULT: ["= Årets balanskravsresultat", "Balanskravsresultat"],
    C.SPECIAL_REASONS: ["Synnerliga skäl att inte återställa", "Synnerliga skäl"],
    C.DEFICIT_BROUGHT: [
        "Balanskravsunderskott från tidigare år",
        "Ingående balanskravsunderskott",
        "Tidigare års negativa balanskravsresultat",
        "Balanskravsresultat att reglera från tidigare år",
        "Underskott från tidigare år att återställa",
    ],
    C.DEFICIT_LEFT: [
        "Balanskravsresultat att återställa",
        "Utgående balanskravsunderskott",
        "Underskott att återställa inom tre år",
        "Återstående balanskravsunderskott",
    ],
    C.SOLIDITY: ["Soliditet (%)", "Soliditet, %", "Soliditet enligt balansräkningen"],
    C.SOLIDITY_WITH_PENSIONS: [
        "Soliditet inkl. pensionsförpliktelser",
        "Soliditet inklusive ansvarsförbindelse, %",
    ],
    C.CASH_LIQUIDITY: ["Kassalikviditet %"],
    C.LIQUIDITY: ["Likviditet (%)"],
    C.OPERATIONS_NET: [
        "Nettokostnad enligt driftredovisningen",
        "Verksamhetens nettokostnader enl. driftredovisning",
        "Summa nämnder enligt driftsredovisningen",
    ],
    C.CONTINGENT_PENSION_TAX: ["Särskild löneskatt på ansvarsförbindelsen"],
    C.NET_COST_SHARE: [
        "Nettokostnadernas andel av skatteintäkterna",
        "Nettokostnadernas andel av skatter och bidrag, %",
        "Verksamhetens nettokostnader i % av skatteintäkter och statsbidrag",
        "Nettokostnadsandel, %",
    ],
    C.RESULT_SHARE: [
        "Årets resultat i procent av skatteintäkterna",
        "Resultat i relation till skatter och bidrag, %",
        "Resultatets andel av skatteintäkter och generella statsbidrag",
        "Årets resultat i % av skatteintäkter och statsbidrag",
    ],
    C.INVESTMENT_NET: ["Nettoinvesteringar", "Investeringar, netto"],
}

OTHERS = [
    "Verksamhetens nettokostnader före avskrivningar",
    "Verksamhetens och investeringarnas kassaflöde",
    "Skatteintäkter och statsbidrag per invånare",
    "Resultat före avskrivningar",
    "Kundfordringar",
    "Förändring kortfristiga fordringar",
    "Skatteintäkternas utveckling",
    "Kommunstyrelsen",
    "Ekonomistaben",
    "Eget kapital per invånare",
    "Nettokostnadernas andel av kommunens kostnader",
    "Särskild löneskatt",
    "Nettokostnadernas andel av skatter och bidrag exkl. jämförelsestörande poster",
    "Verksamhetens kostnader enligt driftredovisningen",
    "Intäkter från avgifter",
    "",
]


@pytest.mark.parametrize(("label", "meant"), [(n, c) for c, ns in NAMES.items() for n in ns])
def test_a_name_is_its_concept(label: str, meant: Concept) -> None:
    assert concept(label) is meant


@pytest.mark.parametrize("label", OTHERS)
def test_what_says_more_or_less_is_none(label: str) -> None:
    assert concept(label) is None


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Koncernen 2024", Scope.GROUP),
        ("Sammanställd resultaträkning", Scope.GROUP),
        ("Kommunkoncernen", Scope.GROUP),
        ("Kommunen 2024", Scope.ENTITY),
        ("Förbundet (tkr)", Scope.ENTITY),
        ("Moderbolaget", Scope.ENTITY),
        ("Kommunen och koncernen", None),
        ("Utfall 2024", None),
        ("Kommunbidrag", None),
    ],
)
def test_whose_accounts(words: str, whose: Scope | None) -> None:
    assert scope(words) is whose


BALANCE = """
| Belopp i mnkr                      | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 |
|---|---|---|---|
| Anläggningstillgångar              | 80 | 70 | 90 |
| Omsättningstillgångar              | 20 | 20 | 30 |
| Summa tillgångar                   | 100 | 90 | 120 |
| Eget kapital                       | | | |
| Eget kapital                       | 50 | 45 | 55 |
| Årets resultat                     | 10 | 5 | 5 |
| Summa eget kapital                 | 60 | 50 | 60 |
| Skulder                            | 40 | 40 | 60 |
| Summa eget kapital och skulder     | 100 | 90 | 120 |
"""


def test_the_whole_keeps_its_name_from_its_parts() -> None:
    (grid,) = normalise(document(table(BALANCE, title="Tabell 4"))).grids
    assert [row.label for row in grid.rows if row.concept is C.EQUITY] == ["Summa eget kapital"]
    assert grid.statement is Statement.BALANCE
    assert [column.scope for column in grid.columns] == [Scope.ENTITY, Scope.ENTITY, Scope.GROUP]


def test_opening_and_closing_balance_of_equity() -> None:
    text = """
    | Not 14 | 2024 | 2023 |
    |---|---|---|
    | Ingående balans | 50 | 45 |
    | Årets resultat  | 10 | 5 |
    | Utgående balans | 60 | 50 |
    """
    (grid,) = normalise(document(table(text, title="Not 14 Eget kapital"))).grids
    assert [row.concept for row in grid.rows] == [C.EQUITY_OPENING, C.YEAR_RESULT, C.EQUITY_CLOSING]
    (other,) = normalise(document(table(text, title="Not 15 Avsättningar"))).grids
    assert [row.concept for row in other.rows] == [None, C.YEAR_RESULT, None]


def test_a_board_has_no_statement() -> None:
    text = """
    | Verksamhet | Budget | Utfall |
    |---|---|---|
    | Ekonomi    | 50 | 45 |
    | Personal   | 10 | 5 |
    | Summa      | 60 | 50 |
    """
    (grid,) = normalise(document(table(text, title="Resultat per stab"))).grids
    assert grid.statement is None
    assert not any(row.concept for row in grid.rows)

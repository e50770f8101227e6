"""The proposal for the disposition of profits against the company's own income statement."""

from __future__ import annotations

import pytest

from audit.checks import BUILTIN
from audit.normalise import normalise
from tests.checks.support import compared, differing, money, rule
from tests.tables import document, table

OWN = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Rörelseresultat | 9 120  | 8 411 |
| Finansnetto     | -6 561 | 664   |
| Årets resultat  | 2 559  | 9 075 |
"""
PARENT = """
| Belopp i tkr | Koncernen 2024 | Koncernen 2023 | Moderbolaget 2024 | Moderbolaget 2023 |
|---|---|---|---|---|
| Rörelseresultat | 19 120 | 18 411 | 9 120  | 8 411 |
| Finansnetto     | -7 561 | -1 664 | -6 561 | 664   |
| Årets resultat  | 11 559 | 16 747 | 2 559  | 9 075 |
"""
UNSAID = PARENT.replace("Koncernen ", "").replace("Moderbolaget ", "Bolag ")
FOR_2024 = "Förslag till vinstdisposition för 2024"


def found(
    income: str, result: str, *told: str, title: str = FOR_2024, first: str = "Balanserat resultat"
) -> list[tuple[str, str, str]]:
    proposal = f"""
| | Belopp i kr |
|---|---|
| {first} | 124 476 818 |
| Årets resultat | {result} |
| Summa | 127 035 380 |
"""
    read = normalise(
        document(
            money(income, title="Resultaträkning"),
            table(proposal, title=title, unit="kr"),
            passages=told,
        )
    )
    return differing(compared(BUILTIN["disposition"](read, rule("disposition"))))


WRONG = [("Årets resultat", "3558562", "2559000")]


@pytest.mark.parametrize("income", [OWN, PARENT])
def test_kronor_are_held_against_thousands(income: str) -> None:
    assert found(income, "2 558 562") == []
    assert found(income, "3 558 562") == WRONG


def test_the_year_is_the_title_s_or_the_report_s() -> None:
    told = "# Årsredovisning 2024"
    assert found(OWN, "3 558 562", told, title="Vinstdisposition") == WRONG
    assert found(OWN, "9 074 600", title="Förslag till vinstdisposition för 2023") == []
    assert found(OWN, "3 558 562", "# Delårsrapport per den 31 augusti 2024", title="Vinst") == []


def test_whose_result_it_is_must_be_said() -> None:
    assert found(OWN, "3 558 562", "Koncernens resultat ökade.") == []
    assert found(UNSAID, "3 558 562") == []
    assert found(OWN, "3 558 562", first="Personalkostnader") == []

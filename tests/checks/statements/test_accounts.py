"""A municipality's accounts as a whole, through every rule: silent when sound, and of one fault one
story."""

from __future__ import annotations

import pytest

from audit import judge, rulebook
from audit.model import Finding, Severity
from audit.normalise import normalise
from audit.pipeline import compare
from tests.checks.statements.accounts import accounts
from tests.tables import document

RULES = rulebook.load(())
BY_CODE = {rule.code: rule for rule in RULES}


def findings(title: str = "", right: str = "", wrong: str = "") -> list[Finding]:
    report = normalise(document(*accounts(title, right, wrong)))
    found = judge.judge(report, compare(report, RULES), BY_CODE, {})
    return [finding for finding in found if finding.severity is not Severity.NOTE]


def test_sound_accounts_are_silent() -> None:
    assert findings() == []


def test_sound_accounts_are_covered() -> None:
    report = normalise(document(*accounts()))
    comparisons = compare(report, RULES)
    covered = judge.coverage(report, judge.fates(report, comparisons, ()))
    assert sum(one.uncovered for one in covered.values()) <= 4
    codes = {one.rule for one in comparisons if one.rule.startswith("BAL")}
    assert codes >= {f"BAL6{number:02}" for number in (*range(1, 14), 17, 18)}


FAULTS = {
    "cost without its minus": (
        "Resultaträkning", "-2 711 850", "2 711 850", "BAL601", "Verksamhetens kostnader"
    ),
    "digits of the net cost": (
        "Resultaträkning", "-2 124 439", "-2 124 493", "BAL601", "Verksamhetens nettokostnader"
    ),
    "a tax digit": ("Resultaträkning", "1 688 214", "1 688 241", "BAL602", "Skatteintäkter"),
    "depreciation": ("Resultaträkning", "-112 915", "-121 915", "BAL", "Avskrivningar"),
    "the financial income": ("Resultaträkning", "9 812", "9 182", "BAL602", "Finansiella intäkter"),
    "the group's tax": ("Resultaträkning", "-6 310", "-3 610", "BAL602", "Skatt"),
    "fixed assets": (
        "Balansräkning", "1 893 000", "1 839 000", "BAL604", "Summa anläggningstillgångar"
    ),
    "short liabilities": ("Balansräkning", "463 200", "462 300", "BAL604", "Kortfristiga skulder"),
    "total assets": ("Balansräkning", "4 120 860", "4 210 860", "BAL603", "SUMMA TILLGÅNGAR"),
    "cash in the balance sheet": ("Balansräkning", "88 214", "82 814", "BAL", "Kassa och bank"),
    "closing cash": (
        "Kassaflödesanalys", "74 239", "72 439", "BAL", "Likvida medel vid årets slut"
    ),
    "the year's cash flow": ("Kassaflödesanalys", "-13 975", "-13 795", "BAL", "Årets kassaflöde"),
    "a block": (
        "Kassaflödesanalys",
        "-351 903",
        "-315 903",
        "BAL6",
        "Kassaflöde från investeringsverksamheten",
    ),
    "the result that cash begins with": (
        "Kassaflödesanalys", "62 182", "61 282", "BAL", "Årets resultat"
    ),
    "the balance requirement": (
        "Balanskravsutredning", "44 300", "43 400", "BAL609", "= Årets balanskravsresultat"
    ),
    "a gain on sales": (
        "Balanskravsutredning", "-6 214", "-2 614", "BAL609", "- Samtliga realisationsvinster"
    ),
    "opening equity": (
        "Not 16 Eget kapital", "1 479 806", "1 497 806", "BAL", "Ingående eget kapital"
    ),
    "solidity": ("Flerårsöversikt", "49,8", "48,9", "BAL610", "Soliditet (%)"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_one_story(fault: str) -> None:
    title, right, wrong, code, label = FAULTS[fault]
    found = findings(title, right, wrong)
    assert [finding.severity for finding in found] == [Severity.ERROR], [
        (finding.rule.code, finding.comparison.stated.label) for finding in found
    ]
    (finding,) = found
    cause = finding.diagnosis
    suspect = cause.suspect if cause and cause.suspect else finding.comparison.stated
    assert suspect.label == label
    assert finding.rule.code.startswith(code)

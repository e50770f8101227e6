"""What the norm requires of an interim report: headings of many styles are no missing part, and
only a whole municipality or region is asked for any."""

from __future__ import annotations

import pytest

from audit import rulebook
from audit.checks import BUILTIN
from audit.normalise import normalise
from tests.tables import document

RULES = [rule for rule in rulebook.load(()) if rule.code.startswith("REQ")]
TOWN = (
    "# Testby kommun",
    "Skatteintäkter och generella statsbidrag ökar. God ekonomisk hushållning nås.",
)
TITLE = "# Delårsrapport januari-augusti 2025"


def missing(*passages: str) -> list[str]:
    """The codes that name something missing in the report."""
    read = normalise(document(passages=passages))
    return [rule.code for rule in RULES for _ in BUILTIN[rule.check](read, rule)]


STYLES = """
## RESULTATRÄKNING / ## BALANSRÄKNING / ## FÖRVÄNTAD UTVECKLING / ## BALANSKRAVSUTREDNING
## 4.1 Resultaträkning / ## 4.2 Balansräkning / ## 2.5 Förväntad utveckling / ## 2.8 Balanskrav
## Resultat- och balansräkning / ## Prognos för helåret / ## Avstämning av balanskravet
## Resultat- och balansräkningar / ## Framåtblick / ## Resultat efter balanskravsjusteringar
## Kommunens resultaträkning och balansräkning / ## Helårsbedömning / Balanskravet nås.
## R E S U L T A T R Ä K N I N G / ## B A L A N S R Ä K N I N G / ## Utsikter / Balanskrav
## Resultat~räkning / ## Balans~räkning / ## Förväntad ut~veckling / ## Balans~krav
## Resultat- räkning / ## Balans- räkning / ## Förväntad ekonomisk utveckling / ## Balanskrav
## Finansiella rapporter / Årets resultat bedöms bli 12 mnkr. / Lagens krav på ekonomi i balans nås.
Resultat- och balansräkning finns i bilaga 1. / Prognosen är 12 mnkr. / Balanskravet uppnås.
"""


@pytest.mark.parametrize("line", STYLES.strip().splitlines())
def test_no_part_is_missing_whatever_its_heading_looks_like(line: str) -> None:
    """ "~" is a soft hyphen."""
    parts = line.replace("~", "\N{SOFT HYPHEN}").split("/")
    assert missing(TITLE, *TOWN, *(part.strip() for part in parts)) == []


def test_every_part_may_be_missing() -> None:
    assert missing(TITLE, *TOWN) == ["REQ801", "REQ802", "REQ803", "REQ804"]
    assert missing("# Delårsrapport januari-april 2025", *TOWN) == ["REQ805"]


OTHERS = """
# Delårsrapport augusti 2025 / # Socialnämnden / Testby kommun
# Delårsrapport januari-augusti 2025 / # Testby Energi AB / Testby kommun äger bolaget.
# Delårsrapport januari-augusti 2025 / # Testby kommun, utbildningsförvaltningen
# Delårsrapport januari-augusti 2025 / # Kommunalförbundet Svealand / Medlem: Testby kommun
# Delårsrapport 2 2025 Sektor välfärd / # Testby kommun
# Delårsrapport januari-augusti 2025 för VA-verksamheten / # Testby kommun
# Årsredovisning 2025 / # Testby kommun
# Månadsuppföljning augusti 2025 / # Testby kommun
# Uppföljning av intern kontroll januari-augusti 2025 / # Testby kommun
"""


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_nothing_is_asked_of_other_reports(line: str) -> None:
    assert missing(*(part.strip() for part in line.split("/")), TOWN[1]) == []

"""Running text against tables: what agrees, what is contradicted, and what stays uncovered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checks import BUILTIN
from audit.model import Comparison
from audit.normalise import normalise
from tests.checks.support import compared, rule
from tests.tables import document, table

RESULT = table(
    """
| Belopp i tkr | Utfall jan-aug 2021 | Budget jan-aug 2021 | Avvikelse | Utfall jan-aug 2020 |
| Förskola | 41 210 | 42 000 | 790 | 40 100 |
| Grundskola | 88 345 | 87 500 | -845 | 85 900 |
| Personalkostnader | 99 120 | 97 700 | -1 420 | 95 250 |
| Summa nettokostnader | 129 555 | 129 500 | -55 | 126 000 |
""",
    title="Resultat januari-augusti 2021",
    unit="tkr",
)
FORECAST = table(
    """
| Belopp i tkr | Prognos 2021 | Budget 2021 | Avvikelse |
| Förskola | 62 400 | 63 000 | 600 |
| Grundskola | 132 950 | 131 250 | -1 700 |
| Summa nettokostnader | 195 350 | 194 250 | -1 100 |
""",
    title="Prognos för helår 2021",
    unit="tkr",
    page=2,
)
INDICATORS = table(
    """
| Mål | Indikator | 2019 | 2020 | Augusti 2021 | Målvärde |
| God hälsa Alla mår bra. | Total sjukfrånvaro, % | 7,9 | 8,2 | 7,6 | 6,2 |
| Bra miljö Vi kör rent. | Andel elbilar av fordonen, % | 35 | 41 | 48 | 60 |
""",
    title="Mål",
    page=3,
)


def tell(check: str, *passages: str, **settings: object) -> list[Comparison]:
    read = normalise(
        document(
            RESULT,
            FORECAST,
            INDICATORS,
            passages=("# Delårsrapport per den 31 augusti 2021", *passages),
        )
    )
    return compared(BUILTIN[check](read, rule(check, **settings)))


def verdicts(heading: str, sentence: str) -> str:
    found = [
        *tell("prose", heading, sentence),
        *tell("prose", heading, sentence, claim="change"),
        *tell("prose-direction", heading, sentence),
        *tell("prose-parts", heading, sentence),
    ]
    return " ".join(one.verdict.value for one in found)


SENTENCES = """
# Ekonomi    | Nettokostnaderna uppgår till 129,6 mnkr.                                   | rounding
# Ekonomi    | Nettokostnaderna uppgår till 139,6 mnkr.                                   | differs
# Ekonomi    | Nettokostnaderna beräknas till 195,4 mnkr mot budgeterade 194,3 mnkr.      | rounding rounding
# Ekonomi    | Nettokostnaderna beräknas till 195,4 mnkr mot budgeterade 199,3 mnkr.      | rounding differs
# Förskola   | Periodens överskott är 0,8 mnkr och prognosen ett överskott på 0,6 mnkr.   | rounding agrees rounding agrees
# Förskola   | Periodens överskott är 1,8 mnkr.                                           | differs
# Förskola   | Periodens överskott är cirka 1 mnkr.                                       | rounding rounding
# Förskola   | För året väntas ett överskott på 0,8 mnkr.                                 | rounding rounding
# Grundskola | Prognosen är ett underskott på 1,7 mnkr mot budget.                        | agrees agrees
# Grundskola | Prognosen är ett underskott på 2,7 mnkr mot budget.                        | differs
# Ekonomi    | Personalkostnaderna är 1,4 mnkr högre än budgeterat.                       | rounding
# Ekonomi    | Personalkostnaderna är 4,1 mnkr högre än budgeterat.                       | differs
# Ekonomi    | Personalkostnaderna är 3,9 mnkr högre än samma period föregående år.       | rounding rounding
# Ekonomi    | Personalkostnaderna är 9,3 mnkr högre än samma period föregående år.       | differs
# Ekonomi    | Personalkostnaderna är 3,9 mnkr lägre än samma period föregående år.       | rounding differs
# Ekonomi    | Vikarierna står för 0,7 mnkr av personalkostnaderna.                       |
# Ekonomi    | Förskolan fick 3,5 mnkr i statsbidrag.                                     |
# Ekonomi    | Personalkostnaderna för sommarens vikarier uppgår till 2,2 mnkr.           |
# Stadsdel   | Lokalerna kostade 4,4 mnkr.                                                |
# Ekonomi    | Simhallen har haft öppet. Nettokostnaden är 5,0 mnkr, en ökning med 0,4 mnkr. |
# Ekonomi    | Simhallens prognos pekar på ett underskott om 0,3 mnkr. Nettokostnaden är 5,0 mnkr. |
# Ekonomi    | Grundskolans prognos pekar på ett underskott om 1,7 mnkr. Nettokostnaden var 88,3 mnkr till och med augusti. | agrees rounding agrees
# Ekonomi    | Personalkostnaderna överskrider budgeten med 1,4 mnkr.                     | rounding
# Ekonomi    | Personalkostnaderna överskrider budgeten med 2,4 mnkr.                     | differs
# Ekonomi    | Personalkostnaderna blev 1,4 mnkr dyrare än budget.                        | rounding
# Ekonomi    | Personalkostnaderna ökade till 99,1 mnkr, jämfört med 95,3 mnkr samma period föregående år. | rounding rounding
# Ekonomi    | Personalkostnaderna ökade till 91,9 mnkr, jämfört med 95,3 mnkr samma period föregående år. | differs rounding
# God hälsa  | Sjukfrånvaron är 7,6 %.                                                    | agrees
# God hälsa  | Sjukfrånvaron är 6,7 %.                                                    | differs
# God hälsa  | Sjukfrånvaron är fortsatt 8,2 %.                                           | differs
# God hälsa  | Sjukfrånvaron var 8,2 % förra året.                                        | agrees
# God hälsa  | I länet är sjukfrånvaron 9,4 %.                                            |
# God hälsa  | Målet är en sjukfrånvaro på högst 6,2 %.                                   | agrees
# Bra miljö  | Andelen elbilar har ökat från 41 % till 48 %.                              | agrees agrees agrees
# Bra miljö  | Andelen elbilar har ökat från 41 % till 58 %.                              | differs
# Bra miljö  | Andelen elbilar har minskat från 41 % till 48 %.                           | agrees agrees differs
# Bra miljö  | Andelen elbilar är nu 48 %. Det är 7 procentenheter högre än förra året.   | agrees agrees agrees
# Bra miljö  | Andelen elbilar är nu 48 %. Det är 9 procentenheter högre än förra året.   | agrees differs
# Bra miljö  | Andelen har ökat med 7 procentenheter, från 41 % till 48 %.                | agrees agrees agrees agrees agrees agrees
"""  # noqa: E501 - a table reads better


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentences(line: str) -> None:
    heading, sentence, expected = (part.strip() for part in line.split("|"))
    assert verdicts(f"#{heading}", sentence) == expected


def test_a_surplus_that_the_table_calls_a_deficit() -> None:
    (one,) = tell("prose-direction", "## Ekonomi", "Grundskola visar ett överskott på 0,8 mnkr.")
    assert not one.holds
    assert (one.stated.qualifier, one.expected) == ("0,8 mnkr", -845_000)
    (held,) = tell("prose-direction", "## Ekonomi", "Grundskola visar ett underskott på 0,8 mnkr.")
    assert held.holds


def test_what_a_column_s_sign_means_may_follow_from_three_sentences() -> None:
    """Outturn less budget: plus is good of income, bad of costs, and these could be either."""
    either = table(
        """
| Belopp i tkr | Utfall 2021 | Budget 2021 | Avvikelse |
| Torget | 4 210 | 4 000 | 210 |
| Hamnen | 8 345 | 8 900 | -555 |
| Badet | 5 120 | 4 700 | 420 |
| Salen | 3 640 | 3 900 | -260 |
""",
        unit="tkr",
    )

    def directions(*sentences: str) -> list[str]:
        read = normalise(document(either, passages=("# Årsredovisning 2021", *sentences)))
        found = compared(BUILTIN["prose-direction"](read, rule("prose-direction")))
        return [one.stated.source.text[:6] for one in found if not one.holds]

    told = (
        "Torget visar ett överskott på 210 tkr.",
        "Hamnen visar ett underskott på 555 tkr.",
        "Badet visar ett överskott på 420 tkr.",
    )
    wrong = "Salen visar ett överskott på 260 tkr."
    assert directions(*told) == []
    assert directions(*told[:2], wrong) == []
    assert directions(*told, wrong) == ["Salen "]


def test_parts_are_no_more_than_their_whole() -> None:
    (one,) = tell("prose-parts", "Av de 20 uppdragen är 12 genomförda, 7 pågår och 4 är pausade.")
    assert (one.stated.qualifier, one.expected) == ("20", 23)
    assert not tell("prose-parts", "Av de 20 uppdragen är 12 genomförda och 7 pågår.")
    (held,) = tell("prose-parts", "Av de 20 uppdragen är 12 genomförda och 8 pågår.")
    assert held.holds


@given(st.integers(1, 999_999), st.integers(0, 3))
def test_a_rounded_quotation_never_contradicts_its_figure(value: int, decimals: int) -> None:
    quoted = f"{value / 1000:.{decimals}f}".replace(".", ",")
    one = table(
        f"| Belopp i tkr | Utfall 2021 |\n| Lokalkostnader | {value} |\n| Övrigt | 17 |",
        unit="tkr",
    )
    read = normalise(
        document(
            one,
            passages=("# Årsredovisning 2021", f"Lokalkostnaderna uppgår till {quoted} mnkr."),
        )
    )
    assert all(c.holds for c in compared(BUILTIN["prose"](read, rule("prose"))))

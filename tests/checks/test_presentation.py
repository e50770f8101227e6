"""Dates, footnotes, set-up and content: what is observed, and what must stay silent."""

from __future__ import annotations

import pytest

from audit.checks import BUILTIN
from audit.model import Observation, Table
from audit.normalise import normalise
from tests.checks.support import money, rule
from tests.tables import document, passage, table

TITLE = "# Delårsrapport per den 31 augusti 2021"


def seen(
    check: str, *passages: str, tables: tuple[Table, ...] = (), **settings: object
) -> list[str]:
    read = normalise(document(*tables, passages=(TITLE, *passages)))
    found = BUILTIN[check](read, rule(check, **settings))
    return [one.evidence for one in found if isinstance(one, Observation)]


DATES = """
Läget avser den 2021-04-31.                            | impossible
Avtalet gäller till den 31 juni.                        | impossible
Räkenskaperna per 30.2.2021 är klara.                   | impossible
Avtalet gäller till den 29 februari 2024.               |
Beslut fattades den 2021-04-30 (KS 2021-08-24 § 242).   |
Se ärende nr 2021-13-45.                                |
Energianvändning 31 ......... 12                        |
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_dates_that_no_calendar_has(line: str) -> None:
    text, _, expected = (part.strip() for part in line.partition("|"))
    assert bool(seen("impossible-date", text)) is (expected == "impossible")


PERIODS = """
Utfallet redovisas per den 31 mars.                              | stale
Denna rapport avser perioden januari-april 2021.                 | stale
Utfallet redovisas per den 31 augusti.                           |
Utfallet redovisas per 2021-00-31.                               |
Denna rapport avser perioden januari-augusti 2021.               |
Förra året redovisades utfallet per den 31 mars.                 |
Nämnden beslutade den 31 mars att flytta medel.                  |
Statistiken släpps kvartalsvis, och utfallet redovisas per den 30 juni. |
Till och med den 31 augusti 2020 har nämnden förbrukat 38,4 mnkr.       |
Till och med den 31 december 2020 har nämnden förbrukat hela anslaget.  |
Till och med den 30 april 2020 har nämnden förbrukat 38,4 mnkr, 36 procent av årets budget. | stale
Till och med den 30 april 2020 hade nämnden förbrukat 38,4 mnkr.        |
Till och med den 30 juni 2021 har nämnden betalat ut 4 mnkr i bidrag.   |
Till och med den 30 juni 2021 har nämnden förbrukat 38,4 mnkr.          | stale
Till och med juni har 45 bygglov beviljats.                             |
Utfallet redovisas per den 31 juli för skolskjutsar.                    |
Utfallet redovisas per den 31 juli, då skolskjutsar faktureras i efterskott. |
I delårsrapporten per den 30 april redovisades ett underskott.          |
Förändring sedan delårsrapport per den 30 april                         |
Uppföljning av målen redovisas i tertialrapporten per den 30 april.     |
Nästa delårsrapport avser perioden januari-april 2022.                  |
Denna rapport avser perioden 1 september 2020 till 31 augusti 2021.     |
Resultatet per den 31 december 2020 är 33 mnkr.                         |
Resultatet per den 31 augusti 2020 uppgår till 12 mnkr.                 |
Enligt månadsrapporten per 30 april 2021 var utfallet 10 mnkr.          |
Rapporten "Vård på lika villkor" avser 2019.                            |
Revisorernas rapport gäller räkenskapsåret 2020.                        |
"""


@pytest.mark.parametrize("line", PERIODS.strip().splitlines())
def test_periods_left_from_an_earlier_report(line: str) -> None:
    text, _, expected = (part.strip() for part in line.partition("|"))
    assert bool(seen("stale-period", text)) is (expected == "stale")


def test_without_a_title_no_period_is_stale() -> None:
    read = normalise(document(passages=("Utfallet redovisas per den 31 mars.",)))
    assert list(BUILTIN["stale-period"](read, rule("stale-period"))) == []


def test_exponents_are_no_footnote_marks() -> None:
    one = table("| Yta | 2020 | 2021 |\n| Lokaler, m^2^ | 71 | 62 |\n| Elever^1^ | 88 | 91 |")
    assert seen("mark-without-note", tables=(one,)) == ["Elever 1"]
    noted = table(
        "| Yta | 2020 | 2021 |\n| Lokaler | 71 | 62 |\n| Elever^1^ | 88 | 91 |",
        footnotes=[("1", "Heltid.")],
    )
    assert seen("mark-without-note", tables=(noted,)) == []


def test_of_which_rows_may_repeat() -> None:
    rows = """
| Belopp i tkr | Budget | Utfall |
| Förskola | 41 200 | 40 010 |
| varav lokaler | 4 100 | 4 000 |
| Grundskola | 88 400 | 91 790 |
| varav lokaler | 4 100 | 4 000 |
"""
    assert seen("duplicate-rows", tables=(money(rows),)) == []


def test_a_part_of_a_report_lacks_nothing() -> None:
    town = (
        "# Testby kommun",
        "Skatteintäkter och generella statsbidrag ökar. God ekonomisk hushållning nås.",
    )
    wanted = {"headings": ["*balansräkning*"]}
    assert seen("required-part", *town, **wanted) == [""]
    read = normalise(document(passages=(TITLE, *town, passage("Bilaga: balansräkning"))))
    assert list(BUILTIN["required-part"](read, rule("required-part", **wanted))) == []
    assert seen("required-part", "# Socialnämnden, Testby kommun", **wanted) == []


BLOCKS = (
    """
| Belopp i tkr | Budget | Utfall |
| Personal | 4 100 | 4 000 |
| Summa förskola | 4 100 | 4 000 |
| Personal | 4 100 | 4 000 |
| Summa grundskola | 4 100 | 4 000 |
""",
    """
| Belopp i tkr | Budget | Utfall |
| Intäkter | 100 | 100 |
| Kostnader | -900 | -900 |
| Nämnd A | -800 | -800 |
| Intäkter | 100 | 100 |
| Kostnader | -900 | -900 |
| Nämnd B | -800 | -800 |
""",
    """
| Belopp i tkr | Budget | Utfall |
| Förskola | | |
| Personal | 4 100 | 4 000 |
| Grundskola | | |
| Personal | 4 100 | 4 000 |
""",
    """
| Verksamhet | Post | Budget | Utfall |
| Förskola | Personal | 4 100 | 4 000 |
| Grundskola | Personal | 4 100 | 4 000 |
""",
)


@pytest.mark.parametrize("rows", BLOCKS)
def test_equal_rows_of_different_blocks_stand_once_each(rows: str) -> None:
    assert seen("duplicate-rows", tables=(money(rows),)) == []


def test_a_mean_has_other_decimals_than_its_parts() -> None:
    grades = "| Betyg | 2020 | 2021 |\n| A | 4 | 5 |\n| B | 3 | 4 |\n| Totalt | 3,5 | 4,5 |"
    assert seen("decimals-of-total", tables=(table(grades),)) == []
    summed = "| Antal | 2020 | 2021 |\n| A | 4 | 5 |\n| B | 3 | 4 |\n| Totalt | 7,0 | 9,0 |"
    assert seen("decimals-of-total", tables=(table(summed),)) == ["Totalt  7,0"]


UNITS = """
| Belopp i tkr | 2020 | 2021 |
| Nettokostnad | 41 200 | 40 010 |
| Nettokostnad per invånare, kr | 4 120 | 4 001 |
| Soliditet, % | 41 | 42 |
| Antal anställda | 300 | 310 |
"""


def test_other_kinds_of_numbers_are_no_other_unit() -> None:
    assert seen("changing-unit", tables=(money(UNITS),)) == []


NOTED = (
    (
        "| Mått | 2020 | 2021 |\n| Andel* | 4 | 5 |\n| Antal** | 3 | 4 |",
        "* Helår. ** Vartannat år.",
    ),
    ("| Mått | 2020 | 2021 |\n| Andel* | 4 | 5 |\n| *) Avser helår | | |", "Text."),
    ("| Mått | 2020 | 2021 |\n| Antal^2^ | 4 | 5 |", "2. Mäts vartannat år"),
    ("| Mått | Not | 2021 |\n| Intäkter | 1 | 5 |\n| Kostnader | 2 | 5 |", "Text."),
    ("| Mått | 2020 | 2021 |\n| CO^2^ | 4 | 5 |\n| Yta, m^2^ | 4 | 5 |", "Text."),
)


@pytest.mark.parametrize(("rows", "text"), NOTED)
def test_marks_that_have_their_notes_somewhere(rows: str, text: str) -> None:
    assert seen("mark-without-note", text, tables=(table(rows),)) == []

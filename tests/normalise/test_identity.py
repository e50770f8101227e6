"""Whose report it is, of what kind and on which period, as title pages say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from audit.model import PassageKind, Period
from audit.normalise.identity import identity, is_municipality
from tests.tables import document, passage

BODY = "Nettokostnaden är högre än budget, och prognosen för året är ett underskott. " * 3

# First lines | organisation | kind | period ends with
TITLES = """
# Äldrenämndens delårsrapport januari–augusti 2025       | Äldrenämnden                   | delårsrapport         | 2025-08-31
# Månadsuppföljning september 2025 / Miljö- och byggnadsnämnden | Miljö- och byggnadsnämnden | månadsuppföljning    | 2025-09-30
Miljö- och byggnadsnämnden / ## Ekonomi januari–september 2025 | Miljö- och byggnadsnämnden |                      | 2025-09-30
# Verksamhetsberättelse 2025 / ## Utbildningsnämnden      | Utbildningsnämnden             | verksamhetsberättelse | 2025-12-31
# Årsredovisning 2024 / ## Testby kommun                  | Testby kommun                  | årsredovisning        | 2024-12-31
# Servicenämnden / Delårsrapport 2, januari–augusti 2025 / ## Uppföljning av mål | Servicenämnden | delårsrapport | 2025-08-31
# Kommunstyrelsen / ## Budget 2026                        | Kommunstyrelsen                | budget                | 2026-12-31
# Vattenbolaget AB / Delårsrapport 1 januari–31 mars 2025 | Vattenbolaget AB               | delårsrapport         | 2025-03-31
# Räddningsnämnden / ## Delårsrapport 2025-01-01–2025-08-31 | Räddningsnämnden             | delårsrapport         | 2025-08-31
# Tekniska nämndens uppföljning efter april 2026          | Tekniska nämnden               | uppföljning           | 2026-04-30
"""  # noqa: E501 - a table is read best in one piece


@pytest.mark.parametrize("line", TITLES.strip().splitlines())
def test_title_pages(line: str) -> None:
    lines, organisation, kind, end = (part.strip() for part in line.split("|"))
    found = identity(document(passages=[*(one.strip() for one in lines.split("/")), BODY]))
    assert (found.organisation, found.kind) == (organisation, kind)
    assert found.period is not None
    assert found.period.end.isoformat() == end


OWNERS = """
# Norra stadsdelsnämnden / ## Delårsrapport 2025          | Norra stadsdelsnämnden
# Exempelby kommuns socialnämnd / ## Årsbokslut 2024      | Socialnämnden, Exempelby kommun
# Exempelby kommun, tekniska nämnden                      | Tekniska nämnden, Exempelby kommun
# Årsredovisning Exempelby kommun                         | Exempelby kommun
# Exempelby Bostäder AB / ## Årsredovisning 2024 / Ägs av Exempelby kommun | Exempelby Bostäder AB
# Exempelby kommun / ## Årsredovisning 2024 / Tryck: Exempeltryck AB       | Exempelby kommun
# Kommunalförbundet Norr / ## Delårsrapport 2025 / Medlem: Exempelby kommun | Kommunalförbundet Norr
# Räddningstjänstförbundet Norr / Medlem: Exempelby kommun | Räddningstjänstförbundet Norr
# Region Nordmark / ## Årsredovisning 2024                | Region Nordmark
"""


@pytest.mark.parametrize("line", OWNERS.strip().splitlines())
def test_whose_report(line: str) -> None:
    lines, organisation = (part.strip() for part in line.split("|"))
    found = identity(document(passages=[*(one.strip() for one in lines.split("/")), BODY]))
    assert found.organisation == organisation


def test_a_budget_in_running_text_makes_no_report_a_budget() -> None:
    assert identity(document(passages=["# Socialnämnden", BODY])).kind == ""


def test_a_title_goes_on_below_itself_in_its_own_size() -> None:
    title = passage("Delårsrapport januari–augusti", PassageKind.HEADING, top=50)
    below = replace(passage("2025", top=66), style=title.style)
    found = identity(document(passages=[title, below, BODY]))
    assert found.period == Period(dt.date(2025, 1, 1), dt.date(2025, 8, 31))
    far = replace(passage("2025", top=300), style=title.style)
    small = passage("Året var 2025", top=66)
    for other in (far, small):
        assert identity(document(passages=[title, other, BODY])).period is None


def test_an_empty_first_page_is_no_title_page() -> None:
    title = passage("Socialnämnden", page=2)
    assert identity(document(passages=[title, passage(BODY, page=2)])).organisation == (
        "Socialnämnden"
    )


WHOLE = "Skatteintäkter och generella statsbidrag ökar. God ekonomisk hushållning nås."


@pytest.mark.parametrize(
    ("front", "whole"),
    [
        ("# Testby kommun", True),
        ("# Region Nordmark", True),
        ("# Socialnämnden, Testby kommun", False),
        ("# Testby kommun / ## Tekniska förvaltningen", False),
        ("# Testby Bostäder AB / Ägs av Testby kommun", False),
        ("# Räddningstjänstförbundet Norr / Medlem: Testby kommun", False),
        ("# Delårsrapport", False),
    ],
)
def test_only_the_whole_is_a_municipality(front: str, whole: bool) -> None:
    lines = [one.strip() for one in front.split("/")]
    assert is_municipality(document(passages=[*lines, passage(WHOLE * 3, page=2)])) is whole

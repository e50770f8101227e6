"""One body by whatever name, and names that bodies had before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.normalise import normalise
from audit.normalise.organisations import body, rows_of, same, successions
from tests.tables import document, table

PARTS = (
    "socialnämnden",
    "vård- och omsorgsnämnden",
    "barn-, skol- och kulturnämnden",
    "tekniska nämnden",
    "norra stadsdelsnämnden",
    "södra stadsdelsnämnden",
    "kommunstyrelsen",
    "nämnden för intraservice",
)
PLACES = ("Exempelby kommun", "Borås stad", "Upplands Väsby kommun", "Region Nordmark", "")


def indefinite(part: str) -> str:
    return part.replace("nämnden", "nämnd").replace("styrelsen", "styrelse")


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str, str]:
    """A board, its place, and the two as some report writes them."""
    part, place = draw(st.sampled_from(PARTS)), draw(st.sampled_from(PLACES))
    capital = part[0].upper() + part[1:]
    written = [capital, part.upper(), part] if not place else []
    if place:
        written += [f"{capital}, {place}", f"{place}, {part}", f"{place}  {part}"]
        written += [f"{place}s {indefinite(part)}"]
    name = draw(st.sampled_from(written))
    if draw(st.booleans()):
        name = name.replace(" och ", " & ").replace("- och", "-\N{NO-BREAK SPACE}och")
    return part, place, name


@given(spellings(), spellings())
def test_a_body_is_known_by_any_spelling(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    if one[0] != other[0]:
        expected: bool | None = False
    elif one[1] == other[1]:
        expected = True
    else:
        expected = None if "" in (one[1], other[1]) else False
    assert same(body(one[2]), body(other[2])) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Exempelby Bostäder AB", "Exempelby kommun"),
        ("Exempelby Bostäder AB", "Exempelby Energi AB"),
        ("Kommunalförbundet Norr", "Kommunalförbundet Söder"),
        ("Kommunalförbundet Norr", "Exempelby kommun"),
        ("Stadsdelsnämnden Nyhem", "Stadsdelsnämnden Gamlehem"),
        ("Region Nordmark", "Nordmarks kommun"),
        ("Socialnämnden, Exempelby kommun", "Exempelby kommun"),
    ],
)
def test_other_bodies(one: str, other: str) -> None:
    assert same(body(one), body(other)) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB Exempelbybostäder", "Exempelbybostäder AB"),
        ("Kommunalförbundet Norr", "Norrs kommunalförbund"),
        ("Göteborgs Stads nämnd för intraservice", "Nämnden för Intraservice, Göteborgs stad"),
        ("Malmö stad", "Malmö kommun"),
    ],
)
def test_one_body(one: str, other: str) -> None:
    assert same(body(one), body(other)) is True


def test_no_name_is_no_body() -> None:
    assert same(body(""), body("")) is None
    assert same(body(""), body("Socialnämnden")) is False


@pytest.mark.parametrize(
    ("said", "former"),
    [
        ("Från och med 2023 heter fritidsnämnden kultur- och fritidsnämnden.", ["fritidsnämnd"]),
        (
            "Fritidsnämnden bytte den 1 januari namn till kultur- och fritidsnämnden.",
            ["fritidsnämnd"],
        ),
        ("Fritidsnämnden heter sedan 2023 kultur- och fritidsnämnden.", ["fritidsnämnd"]),
        ("Kultur- och fritidsnämnden (tidigare fritidsnämnden) har ansvaret.", ["fritidsnämnd"]),
        ("Nämnden hette till och med 2022 fritidsnämnden.", ["fritidsnämnd"]),
        ("Kultur- och fritidsnämnden (f.d. fritidsnämnden) har ansvaret.", ["fritidsnämnd"]),
        ("Kultur- och fritidsnämnden, f d fritidsnämnden, har ansvaret.", ["fritidsnämnd"]),
        ("Kultur- och fritidsnämnden (före detta fritidsnämnden) leder.", ["fritidsnämnd"]),
        ("Kultur- och fritidsnämnden ersätter den tidigare fritidsnämnden.", ["fritidsnämnd"]),
        ("Fritidsnämnden har ersatts av kultur- och fritidsnämnden.", ["fritidsnämnd"]),
        (
            "Fritidsnämnden och kulturnämnden lades 2023 ihop till kultur- och fritidsnämnden.",
            ["fritidsnämnd", "kulturnämnd"],
        ),
        ("Fritidsnämnden ersattes 2023 av kultur- och fritidsnämnden.", ["fritidsnämnd"]),
        (
            "Fritidsnämnden och kulturnämnden slogs 2023 samman till kultur- och fritidsnämnden.",
            ["fritidsnämnd", "kulturnämnd"],
        ),
        ("Från och med 2023 heter socialnämnden omsorgsnämnden.", []),
        ("Kultur- och fritidsnämnden samarbetar med fritidsnämnden i Grannby.", []),
    ],
)
def test_former_names(said: str, former: list[str]) -> None:
    words = f"Året var gott. {said} Det går bra."
    found = successions(document(passages=[words]), "Kultur- och fritidsnämnden, Exempelby kommun")
    assert [body(one.former).part for one in found] == former
    assert all(one.words == said for one in found)


def test_rows_that_name_a_body() -> None:
    boards = """
    | Belopp i mnkr | Bokslut 2023 |
    | Socialnämnden | 281,3 |
    | varav socialnämndens stab | 2,1 |
    | Tekniska nämnden | 60,2 |
    """
    report = normalise(document(table(boards)))
    assert rows_of(report, "Exempelby kommuns socialnämnd") == {("p1t1", 1)}
    assert rows_of(report, "Exempelby kommun") == frozenset()

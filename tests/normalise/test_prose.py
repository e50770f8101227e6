"""Running text: its numbers, what the words claim of them, and which rows they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Mention, Report
from audit.normalise import normalise
from audit.normalise.prose.quantities import quantities
from audit.normalise.prose.stems import core, stem
from tests.tables import document, table

RESULT = table(
    """
| Belopp i tkr | Utfall jan-aug 2021 | Budget jan-aug 2021 | Avvikelse |
| Förskola | 41 210 | 42 000 | 790 |
| Grundskola | 88 345 | 87 500 | -845 |
| Summa nettokostnader | 129 555 | 129 500 | -55 |
""",
    title="Resultat januari-augusti 2021",
    unit="tkr",
)
GOALS = table(
    """
| Mål | Indikator | 2020 | Augusti 2021 | Målvärde |
| God hälsa Alla mår bra. | Total sjukfrånvaro, % | 8,2 | 7,6 | 6,2 |
| Bra miljö Vi kör rent. | Andel elbilar av förvaltningens fordon, % | 41 | 48 | 60 |
""",
    title="Mål",
)
REPORT = "# Delårsrapport per den 31 augusti 2021"


def read(*passages: str) -> Report:
    return normalise(document(RESULT, GOALS, passages=(REPORT, *passages)))


def only(*passages: str) -> Mention:
    (mention,) = read(*passages).mentions
    return mention


NUMBERS = """
Nettokostnaden är 532,3 mnkr.             | 532,3 mnkr
Det är minus 4 mnkr.                      | minus 4 mnkr
Det är −13,6 % av budgeten.               | -13,6 %
Avgiften är 2 200 kronor.                 | 2 200 kronor
Avvikelsen är 40mnkr.                     | 40mnkr
Lokalhyran ökar med en miljon kronor.     | en miljon kronor
Andelen är tre procentenheter högre.      | tre procentenheter
Från 2019 till 2021 byggdes mycket.       |
Mellan 4-5 mnkr återstår.                 | 4-5 mnkr
Beslutet (KS 2021-08-24 § 242) gäller.    |
Prognosen är 45 tkr (50 tkr).             | 45 tkr
År 2021 var 18 av 20 klara.               |
"""


@pytest.mark.parametrize("line", NUMBERS.strip().splitlines())
def test_numbers_with_a_unit_are_found(line: str) -> None:
    sentence, _, expected = (part.strip() for part in line.partition("|"))
    sentence = sentence.replace("−", "-")
    found = [sentence[one.start : one.end] for one in quantities(sentence)]
    assert found == [words for words in [expected] if words and "4-5" not in words]


def test_from_one_number_to_another() -> None:
    (one,) = quantities("Nöjdheten har ökat från 74 till 78 sedan 2019.")
    assert (one.value, one.since and one.since.value) == (78, 74)


STEMS = """
nettokostnad       | nettokostnaderna nettokostnadens nettokostnader
avskrivning        | avskrivningar avskrivningarna avskrivningarnas
sjukfrånvaro       | sjukfrånvaron sjukfrånvarons
intäkt             | intäkter intäkterna
skattefinansierad  | skattefinansierade
personalkostnader  | personalkostnadernas
"""


@pytest.mark.parametrize("line", STEMS.strip().splitlines())
def test_forms_of_a_word_meet(line: str) -> None:
    word, _, others = line.partition("|")
    assert {stem(other) for other in others.split()} == {stem(word.strip())}


@given(st.text(alphabet="abdefghijklmnoprstuvåäö", min_size=1, max_size=20))
def test_a_stem_begins_its_word_and_is_its_own_stem(word: str) -> None:
    assert word.startswith(stem(word))
    assert stem(stem(word)) == stem(word)


def test_the_core_of_a_label() -> None:
    assert core("Summa nettokostnader, tkr") == core("Nettokostnaden (netto)")
    assert core("E-handelstrohet (%), avser Kommunledningsförvaltningen.") == core(
        "E-handelstrohet"
    )


CLAIMS = """
# Ekonomi | Nettokostnaderna uppgår till 129,6 mnkr.                | value      0 | Summa nettokostnader
# Ekonomi | Grundskolan visar ett underskott på 0,8 mnkr.           | deviation -1 | Grundskola
# Ekonomi | Förskolan 0,8 mnkr                                      | value      0 | Förskola
# Förskola | Resultatet är ett överskott på 0,8 mnkr.               | deviation  1 | Förskola
# Ekonomi | Grundskolans kostnader är 845 tkr högre än budgeterat.  | deviation  1 | Grundskola
# Ekonomi | Förskolan fick ett bidrag varav 3 mnkr gäller lokaler.  | value      0 |
# Ekonomi | Snöröjningen kostade 3 mnkr mer än förra året.          | change     1 |
# God hälsa | Sjukfrånvaron är 7,6 %.                               | value      0 | Total sjukfrånvaro, %
# Bra miljö | Andelen elbilar är nu 48 %.                           | value      0 | Andel elbilar av förvaltningens fordon, %
# Bra miljö | Andelen elbilar har ökat med 7 procentenheter.        | change     1 | Andel elbilar av förvaltningens fordon, %
"""  # noqa: E501 - a table reads better


@pytest.mark.parametrize("line", CLAIMS.strip().splitlines())
def test_what_is_claimed_and_of_which_row(line: str) -> None:
    heading, sentence, claim, label = (part.strip() for part in line.split("|"))
    mention = only(f"#{heading}", sentence)
    labels = {
        grid.row(row).label
        for grid in read().grids
        for name, row in mention.rows
        if grid.table.id == name
    }
    assert f"{mention.meaning.value} {mention.direction}" == " ".join(claim.split())
    assert labels == ({label} if label else set())


def test_a_sentence_may_go_on_about_what_the_one_before_named() -> None:
    first, second = read(
        "## God hälsa", "Sjukfrånvaron är 7,6 %. Det är 0,6 procentenheter lägre än förra året."
    ).mentions
    assert first.rows == second.rows != ()


def test_another_scope_leaves_doubt() -> None:
    assert only("## God hälsa", "Sjukfrånvaron är 7,6 %.").sure
    assert not only("## God hälsa", "I hela kommunen är sjukfrånvaron 9,1 %.").sure


def test_hedges_leave_room() -> None:
    exact, about, over = (
        only("## Ekonomi", f"Förskolan visar ett överskott på {words} mnkr.")
        for words in ("0,8", "cirka 0,8", "drygt 0,8")
    )
    assert exact.high - exact.low < about.high - about.low
    assert over.low == exact.low
    assert (exact.hedged, about.hedged, over.hedged) == (False, True, True)


def test_round_thousands_may_be_rounded() -> None:
    one = only("## Ekonomi", "Förskolan visar ett överskott på 1 300 tkr.")
    assert (one.low, one.high) == (1_250_000, 1_350_000)


def test_a_mention_stands_where_its_line_does() -> None:
    one = only("## Ekonomi", "Allt går bra. Förskolan visar ett överskott på 0,8 mnkr.")
    assert one.figure.source.text == "Förskolan visar ett överskott på 0,8 mnkr."
    assert (one.figure.table, one.figure.row, one.figure.column) == ("", 2, 47)


def test_goals_are_counted_by_what_is_said_of_each() -> None:
    found = read(
        "Av nämndens 3 mål väntas två uppnås helt och ett delvis.",
        "Målet bedöms uppnås. Mycket är gjort.",
        "Målet bedöms delvis uppnås.",
        "Målet bedöms inte uppnås.",
    )
    (counted,) = found.enumerations
    assert [one.value for one, _ in counted.parts] == ["met", "partly"]
    assert [one.standing.value for one in found.judgements] == ["met", "partly", "unmet"]


@pytest.mark.parametrize(
    ("marks", "legend", "read_as"),
    [
        ("● ◐ ○", "● Uppfyllt ◐ Delvis uppfyllt ○ Ej uppfyllt", ["met", "partly", "unmet"]),
        ("Grön Gul Röd", "Grön = uppnås, gul = uppnås delvis, röd = uppnås inte.", None),
        ("✓ ✓ ✗", "✓: målet uppnås; ✗: målet uppnås inte.", ["met", "met", "unmet"]),
        ("● ◐ ○", "Nämnden följer målen under året.", []),
        ("● ● ●", "● Uppfyllt ● Ej uppfyllt", []),
    ],
)
def test_a_mark_stands_for_what_the_report_says(
    marks: str, legend: str, read_as: list[str] | None
) -> None:
    first, second, third = marks.split()
    goals = table(
        f"""
| Mål | Bedömning |
| Trygg skola | {first} |
| Minskad frånvaro | {second} |
| Ekonomi i balans | {third} |
""",
        title="Nämndens mål",
    )
    found = normalise(document(goals, passages=(REPORT, legend))).judgements
    expected = ["met", "partly", "unmet"] if read_as is None else read_as
    assert [one.standing.value for one in found] == expected

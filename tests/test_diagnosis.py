"""Causes: which slip explains a difference, and in which cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import judge, rulebook
from audit.diagnosis.digits import mistyped, strokes, transposed
from audit.diagnosis.relations import key, remainder, solved
from audit.model import (
    Amount,
    Basis,
    Comparison,
    Document,
    Finding,
    Severity,
    Term,
    Unit,
    UnitKind,
)
from audit.normalise import normalise
from audit.pipeline import compare
from tests.tables import document, table

RULES = rulebook.load([])


def findings(text: str, *said: str) -> tuple[Finding, ...]:
    return examined(document(table(text, unit="tkr"), passages=said))


def examined(read: Document) -> tuple[Finding, ...]:
    report = normalise(read)
    by_code = {rule.code: rule for rule in RULES}
    return judge.judge(report, compare(report, RULES), by_code, {})


def cause(finding: Finding) -> tuple[str, str, str, str]:
    """The kind, the suspect's row and column, and what it should print."""
    found = finding.diagnosis
    assert found is not None
    assert found.suspect is not None
    assert found.proposed is not None
    right = found.proposed.scaleb(-found.suspect.amount.unit.exponent).normalize()
    return (found.kind, found.suspect.label, found.suspect.header, f"{right:f}")


SUM = """
| Verksamhet | Utfall 2021 | Budget 2021 | Utfall 2020 |
| Förskola   | 41 210      | 42 000      | 40 118      |
| Grundskola | 88 345      | 87 500      | 85 902      |
| Fritidshem | 12 407      | 12 900      | 12 266      |
| Summa      | {total}     | 142 400     | 138 286     |
"""


@pytest.mark.parametrize(
    ("total", "kind"),
    [
        ("-141 962", "sign-flipped"),
        ("141 692", "transposed-digits"),
        ("941 962", "mistyped-digit"),
        ("129 555", "row-left-out"),
        ("154 369", "row-counted-twice"),
    ],
)
def test_a_total_that_is_off(total: str, kind: str) -> None:
    (finding,) = findings(SUM.format(total=total))
    assert cause(finding) == (kind, "Summa", "Utfall 2021", "141962")


def test_a_slip_that_the_total_or_a_part_may_hold_names_neither() -> None:
    (finding,) = findings(SUM.format(total="142 962"))
    assert finding.diagnosis is None


def test_a_forecast_copied_to_the_deviation() -> None:
    (finding,) = findings(
        """
        | Verksamhet     | Prognos 2021 | Budget 2021 | Avvikelse |
        | Förskola       | 41 210       | 42 000      | 790       |
        | Grundskola     | 88 345       | 87 500      | -845      |
        | Fritidshem     | 12 407       | 12 900      | 12 407    |
        | Gymnasieskola  | 35 118       | 36 250      | 1 132     |
        | Vuxenutbildning | 9 640       | 9 210       | -430      |
        """
    )
    assert cause(finding) == ("copied-neighbour", "Fritidshem", "Avvikelse", "493")


def test_costs_and_income_that_have_changed_places() -> None:
    (finding,) = findings(
        """
        | Verksamhet      | Prognos 2021 | Budget 2021 | Bokslut 2020 |
        | Nettokostnader  | 532 265      | 545 107     | 449 379      |
        | varav kostnader | 622 265      | 625 933     | 156 362      |
        | varav intäkter  | 90 000       | 80 826      | 605 741      |
        """
    )
    assert cause(finding) == ("rows-exchanged", "varav kostnader", "Bokslut 2020", "605741")


def test_a_comparative_that_is_this_year_s_figure() -> None:
    (finding,) = findings(
        """
        | Verksamhet    | Utfall 2021 | Utfall 2020 |
        | Förskola      | 41 210      | 40 118      |
        | Grundskola    | 88 345      | 88 345      |
        | Fritidshem    | 12 407      | 12 266      |
        | Gymnasieskola | 35 118      | 34 871      |
        | Summa         | 177 080     | 173 157     |
        """
    )
    assert cause(finding) == ("copied-neighbour", "Grundskola", "Utfall 2020", "85902")


def test_columns_that_often_print_the_same_show_no_copy() -> None:
    (finding,) = findings(
        """
        | Verksamhet    | Utfall 2021 | Utfall 2020 |
        | Förskola      | 41 210      | 41 210      |
        | Grundskola    | 88 345      | 88 345      |
        | Fritidshem    | 12 407      | 12 407      |
        | Gymnasieskola | 35 118      | 34 871      |
        | Summa         | 177 080     | 173 157     |
        """
    )
    assert finding.diagnosis is None


EXCHANGED = """
| Nämnd            | Budget 2021 | Prognos 2021 | Avvikelse |
| Kommunstyrelsen  | 99 203      | 96 684       | 2 519     |
| Socialnämnden    | {budget}    | {forecast}   | {off}     |
| Tekniska nämnden | 17 603      | 17 667       | -64       |
| Valnämnden       | 3 317       | 3 271        | 46        |
| Summa            | 205 882     | {total}      | {sum}     |
"""


def test_exchanged_columns_though_their_difference_seems_to_hold_the_other_way() -> None:
    """The row's sign is read from the spoilt figures."""
    text = EXCHANGED.format(
        budget="82 944", forecast="85 759", off="2 815", total="200 566", sum="5 316"
    )
    told = {cause(finding) for finding in findings(text)}
    assert told == {("columns-exchanged", "Socialnämnden", "Budget 2021", "85759")}


def test_one_of_two_parts_when_all_else_bears_out_their_sum() -> None:
    """The net is in a sum that holds; what is left may be the cost's fault or the income's."""
    (finding,) = findings(
        """
        | Verksamhet      | Budget 2021 | Utfall 2020 |
        | Förskola        | 362 000     | 361 210     |
        | varav kostnader | 402 915     | 402 402     |
        | varav intäkter  | 40 915      | 41 192      |
        | Grundskola      | 337 126     | 306 310     |
        | varav kostnader | 361 841     | 372 017     |
        | varav intäkter  | 24 715      | 58 931      |
        | Fritidshem      | 99 410      | 98 015      |
        | varav kostnader | 118 730     | 117 940     |
        | varav intäkter  | 19 320      | 19 925      |
        | Summa           | 798 536     | 765 535     |
        """
    )
    found = finding.diagnosis
    assert found is not None
    assert (found.kind, found.suspect) == ("either", None)
    assert [other.label for other in found.others] == ["varav kostnader", "varav intäkter"]


def test_a_total_and_a_part_that_have_changed_places() -> None:
    (finding,) = findings(
        SUM.replace("12 407 ", "{total}")
        .format(total="141 962")
        .replace("| Summa      | 141 962", "| Summa      | 12 407 ")
    )
    assert cause(finding) == ("rows-exchanged", "Summa", "Utfall 2021", "141962")


def test_a_figure_that_has_changed_places_with_nothing() -> None:
    text = EXCHANGED.format(
        budget="0", forecast="85 759", off="85 759", total="117 622", sum="88 260"
    )
    told = {cause(finding) for finding in findings(text)}
    assert told == {("columns-exchanged", "Socialnämnden", "Budget 2021", "85759")}


def test_a_deviation_whose_sign_the_wrong_figure_hides() -> None:
    """Costs deviate as budget less forecast, income the other way: the row that fails shows
    neither, and its budget must satisfy the pair of rows as well."""
    told = findings(
        """
        | Verksamhet      | Budget 2021 | Prognos 2021 | Avvikelse |
        | Förskola        | 362 000     | 361 210      | 790       |
        | varav kostnader | 402 915     | 402 402      | 513       |
        | varav intäkter  | 40 915      | 41 192       | 277       |
        | Grundskola      | 336 920     | 306 310      | 30 610    |
        | varav kostnader | 361 635     | 372 017      | -10 382   |
        | varav intäkter  | 11 444      | 65 707       | 40 992    |
        | Fritidshem      | 99 410      | 98 015       | 1 395     |
        | varav kostnader | 118 730     | 117 940      | 790       |
        | varav intäkter  | 19 320      | 19 925       | 605       |
        """
    )
    assert {cause(finding) for finding in told} == {
        ("unknown", "varav intäkter", "Budget 2021", "24715")
    }


def test_text_that_would_agree_bears_a_cause_out() -> None:
    """Any of four numbers may be mistyped; what the text says tells which."""
    text = """
        | Belopp i tkr  | Utfall jan-aug 2021 | Budget jan-aug 2021 | Utfall jan-aug 2020 |
        | Förskola      | 41 210              | 42 000              | 40 118              |
        | Grundskola    | 89 345              | 87 500              | 85 902              |
        | Fritidshem    | 12 407              | 12 900              | 12 266              |
        | Summa         | 141 962             | 142 400             | 138 286             |
        """
    title = "# Delårsrapport per den 31 augusti 2021"
    (alone,) = findings(text, title)
    assert alone.diagnosis is None
    (finding,) = findings(text, title, "Grundskolans utfall är 88 345 tkr.")
    assert cause(finding) == ("mistyped-digit", "Grundskola", "Utfall jan-aug 2021", "88345")
    assert [one.rule[:3] for one in finding.also] == ["TXT"]


SHARES = """
| År   | Skatter och bidrag, mnkr | Förändring % | Nettokostnader, mnkr | Förändring % | Andel % |
| 2021 | 2 002,8 | 3,1 | 1 990,4 | 3,0 | 99,4 |
| 2022 | 2 120,6 | 5,9 | 2 060,1 | 3,5 | 97,1 |
| 2023 | 2 250,1 | 6,1 | 2 217,7 | 7,6 | 98,6 |
| 2024 | 2 332,4 | 3,7 | 2 290,5 | 3,3 | 98,2 |
"""


@pytest.mark.parametrize(
    ("right", "wrong", "of"),
    [
        ("2 002,8", "6 002,8", ("mistyped-digit", "2021", "Skatter och bidrag, mnkr")),
        ("1 990,4", "1 909,4", ("transposed-digits", "2021", "Nettokostnader, mnkr")),
        ("2 290,5", "2 920,5", ("transposed-digits", "2024", "Nettokostnader, mnkr")),
    ],
)
def test_a_figure_that_several_shares_are_made_of_is_one_finding(
    right: str, wrong: str, of: tuple[str, str, str]
) -> None:
    """A share does not say to the digit what it is made of; a slip that several allow does."""
    read = table(SHARES.replace(right, wrong), title="Nettokostnader", unit="mnkr")
    (finding,) = examined(document(read))
    assert cause(finding) == (*of, right.replace(" ", "").replace(",", "."))
    assert finding.also


def test_an_error_takes_its_cause_from_the_warning_that_is_of_the_same_figure() -> None:
    """The share does not tell the last digit; the unlabelled sum, which may only warn, does."""
    (finding,) = findings(
        """
        | Belopp i tkr                                     | 2024   | 2023   | 2022   |
        | Skatteintäkter                                   | 17 423 | 16 882 | 15 804 |
        | Generella statsbidrag                            | 5 901  | 5 619  | 5 402  |
        | Skatteintäkter och generella statsbidrag         | 23 324 | 22 501 | 21 206 |
        | Verksamhetens nettokostnader                     | -22 905 | -22 177 | -20 605 |
        | Verksamhetens resultat                           | 419    | 324    | 605    |
        | Nettokostnader i andel av skatter och bidrag (%) | 98,2   | 98,6   | 97,147 |
        """
    )
    assert finding.severity is Severity.ERROR
    assert cause(finding) == ("mistyped-digit", "Verksamhetens nettokostnader", "2022", "-20601")
    assert finding.also


def test_a_share_alone_does_not_blame_what_it_is_made_of() -> None:
    text = SHARES.replace("| 98,2 |", "| 89,2 |")
    (finding,) = examined(document(table(text, title="Nettokostnader", unit="mnkr")))
    assert cause(finding) == ("transposed-digits", "2024", "Andel %", "98.2")


def test_a_forecast_below_an_outturn_that_is_wrong_itself_is_no_finding_of_its_own() -> None:
    text = """
        | Verksamhet    | Utfall jan-aug 2021 | Budget jan-aug 2021 | Avvikelse | Prognos 2021 |
        | Förskola      | 41 210              | 42 000              | 790       | 62 100       |
        | Grundskola    | 88 345 000          | 87 500              | -845      | 131 900      |
        | Fritidshem    | 12 407              | 12 900              | 493       | 19 020       |
        | Gymnasieskola | 35 118              | 36 250              | 1 132     | 53 900       |
        """
    (finding,) = findings(text)
    assert cause(finding) == ("scale", "Grundskola", "Utfall jan-aug 2021", "88345")
    assert [one.rule for one in finding.also] == ["YOY304"]


THIS_YEAR = """
| Verksamhet    | Utfall 2021 | Budget 2021 |
| Förskola      | 41 210      | 42 000      |
| Grundskola    | {wrong}     | 87 500      |
| Fritidshem    | 12 407      | 12 900      |
| Gymnasieskola | 35 118      | 36 250      |
| Summa         | 177 080     | 178 650     |
"""
YEAR_BEFORE = """
| Verksamhet    | Utfall 2020 | Utfall 2019 |
| Förskola      | {preschool} | 39 470      |
| Grundskola    | 85 902      | 84 117      |
| Fritidshem    | {leisure}   | 11 980      |
"""


def years(wrong: str, preschool: str = "40 118", leisure: str = "12 266") -> tuple[Finding, ...]:
    now = table(THIS_YEAR.format(wrong=wrong), unit="tkr", page=1)
    before = table(YEAR_BEFORE.format(preschool=preschool, leisure=leisure), unit="tkr", page=2)
    return examined(document(now, before))


def test_the_figure_of_another_year_in_another_table() -> None:
    (finding,) = years("85 902")
    assert cause(finding) == ("another-period", "Grundskola", "Utfall 2021", "88345")
    assert finding.diagnosis is not None
    (source,) = finding.diagnosis.others
    assert (source.table, source.label, source.header) == ("p2t1", "Grundskola", "Utfall 2020")


def test_a_number_that_no_other_table_prints_is_not_another_year_s() -> None:
    (finding,) = years("85 911")
    assert finding.diagnosis is None or finding.diagnosis.kind != "another-period"


def test_years_that_often_print_the_same_show_no_mistaken_year() -> None:
    (finding,) = years("85 902", preschool="41 210", leisure="12 407")
    assert finding.diagnosis is None or finding.diagnosis.kind != "another-period"


@given(st.integers(10, 10**9), st.sampled_from([1, -1]))
def test_strokes_are_the_numbers_one_slip_away(number: int, sign: int) -> None:
    printed = Amount(Decimal(sign * number * 1000), Decimal(1000), Unit("tkr", 3, UnitKind.MONEY))
    for kind, value in strokes(printed):
        assert value * sign > 0
        slipped = transposed if kind == "transposed-digits" else mistyped
        assert slipped(str(number), str(abs(int(value / 1000))))


@given(st.integers(100, 10**6), st.integers(100, 10**6), st.integers(1, 999), st.booleans())
def test_what_a_share_is_made_of_is_solved(above: int, below: int, printed: int, top: bool) -> None:
    """A growth, where the divisor counts above the bar too."""
    grid = normalise(document(table(SUM.format(total="1"), unit="tkr"))).grids[0]
    unit, one = Unit("tkr", 3, UnitKind.MONEY), Decimal(1)
    new, old, stated = (
        replace(grid.figures[1, column], amount=amount)
        for column, amount in (
            (1, Amount(Decimal(above), one, unit)),
            (2, Amount(Decimal(below), one, unit)),
            (3, Amount(Decimal(printed) / 10, one / 10, Unit("%", 0, UnitKind.PERCENT))),
        )
    )
    terms = (Term(one, new, ""), Term(-one, old, ""), Term(one, old, "", below=True))
    growth = Comparison("", stated, one, one, one / 100, terms, Basis(True, 1, 1))
    figure = new if top else old
    found = solved(growth, figure)
    assert found is not None
    value, room = found
    assert room > 0
    assert remainder(growth, {key(figure): value}) < Decimal("1e-9")


@given(st.integers(10, 10**9), st.integers(0, 8))
def test_neighbouring_digits_that_change_places(number: int, at: int) -> None:
    text = str(number)
    at %= len(text) - 1
    turned = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert transposed(text, turned) == (text != turned)
    assert transposed(turned, text) == transposed(text, turned)


@given(st.integers(10, 10**9), st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_digit_that_is_wrong(number: int, at: int, digit: str) -> None:
    text = str(number)
    at %= len(text)
    wrong = text[:at] + digit + text[at + 1 :]
    assert mistyped(text, wrong) == (text != wrong)
    assert not (mistyped(text, wrong) and transposed(text, wrong))

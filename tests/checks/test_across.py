"""Two reports side by side, as their tables and words are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import rulebook
from audit.model import Cell, Comparison, Finding, Kinship, Memory, Observation, Report, Verdict
from audit.normalise import normalise
from audit.pipeline import across, judged
from tests.tables import document, table

RULES = rulebook.load(())
ACROSS = [rule for rule in RULES if rule.code.startswith("ARC")]
Titled = tuple[str, str]  # a table's title and its Markdown


def report(heading: str, *tables: Titled, says: Sequence[str] = (), sha: str = "0") -> Report:
    drawn = [
        table(text, title=title, unit="mnkr" if "mnkr" in text else "tkr", page=page)
        for page, (title, text) in enumerate(tables, start=1)
    ]
    made = document(*drawn, passages=[f"# {heading}", "## Socialnämnden", *says])
    return normalise(replace(made, sha256=sha * 64))


def memory(made: Report) -> Memory:
    return Memory.of(judged("", made, RULES, lambda *_: {}))


def beside(
    older: Report, newer: Report, kinship: Kinship = Kinship.PRECEDING
) -> tuple[tuple[Comparison, ...], tuple[Finding, ...]]:
    return across(memory(replace(older)), memory(newer), kinship, ACROSS)


def told(findings: Sequence[Finding]) -> list[str]:
    """ "ARC701 error Lokaler / Bokslut 2021"."""
    return [f"{one.rule.code} {one.severity} {place(one)}" for one in findings]


def place(finding: Finding) -> str:
    if isinstance(finding.subject, Observation):
        return finding.subject.details.get("rows", "")
    stated = finding.comparison.stated
    return f"{stated.label} / {stated.header}"


ROWS = ("Personal", "Lokaler", "Material", "Köpta tjänster", "Övrigt")
VALUES = (-207_812, -24_758, -8_431, -64_935, -12_307)


def accounts(year: int, values: Sequence[int], before: Sequence[object] | None = None) -> Titled:
    """Costs that foot; ``before`` are the comparatives as printed, with their sum."""
    shown = [*values, sum(values)]
    rows = [*ROWS[: len(values)], "Summa kostnader"]
    last = list(before) if before is not None else [round(value * 0.97) for value in shown[:-1]]
    if len(last) < len(shown):
        last.append(sum(int(str(value)) for value in last))
    head = f"| Belopp i tkr | Bokslut {year} | Bokslut {year - 1} |"
    body = [f"| {row} | {a} | {b} |" for row, a, b in zip(rows, shown, last, strict=True)]
    return "Driftredovisning", "\n".join([head, *body])


EARLIER = report("Årsbokslut 2021", accounts(2021, VALUES), sha="e")
LATER = (-214_390, -25_416, -8_902, -68_247, -11_953)


def newer(before: Sequence[object], says: Sequence[str] = ()) -> Report:
    return report("Årsbokslut 2022", accounts(2022, LATER, before), says=says)


# --- comparatives -------------------------------------------------------------------------------


def test_what_was_printed_is_found() -> None:
    comparisons, findings = beside(EARLIER, newer(VALUES))
    assert told(findings) == []
    agreeing = [one for one in comparisons if one.verdict is Verdict.AGREES]
    assert len(agreeing) == len(VALUES) + 1
    assert {one.against.kind for one in agreeing if one.against} == {"årsredovisning"}


def test_a_misprint_that_the_sum_does_not_follow() -> None:
    wrong = [*VALUES[:1], -24_578, *VALUES[2:], sum(VALUES)]
    _, findings = beside(EARLIER, newer(wrong))
    assert told(findings) == ["ARC701 warning Lokaler / Bokslut 2021"]


def test_an_error_needs_figures_that_are_sure() -> None:
    """Here a second reader has seen the newer figure, and arithmetic bears out the older."""
    exchanged = [-24_758, -207_812, *VALUES[2:]]
    _, findings = beside(EARLIER, newer(exchanged))
    assert told(findings) == ["ARC701 error Personal / Bokslut 2021"]


def test_figures_that_change_together_with_their_sum_are_restated() -> None:
    moved = [VALUES[0] + 3_000, VALUES[1], VALUES[2] - 1_200, *VALUES[3:]]
    _, findings = beside(EARLIER, newer(moved))
    assert [one.split(" ")[:2] for one in told(findings)] == [["ARC702", "warning"]]
    (finding,) = findings
    assert len(finding.also) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Jämförelsetalen för 2021 har räknats om.", "ARC703"),
        ("Jämförelsesiffrorna är omräknade efter en ny princip.", "ARC703"),
        ("Föregående års tal har justerats.", "ARC703"),
        ("2021 års siffror är korrigerade.", "ARC703"),
        ("Uppgifterna för 2021 har uppdaterats efter en ny princip.", "ARC703"),
        ("Jämförelsetalen har räknats fram enligt den nya organisationen.", "ARC703"),
        ("2022 års siffror är korrigerade.", "ARC702"),
        ("Budgeten för 2021 har justerats.", "ARC702"),
        ("Resultatet justerat för jämförelsestörande poster är bättre.", "ARC702"),
        ("Jämförelsetalen har inte räknats om.", "ARC702"),
        ("Jämförelsetalen för 2019 har räknats om.", "ARC702"),
        ("Prognosen har räknats om.", "ARC702"),
    ],
)
def test_words_on_restatement(said: str, code: str) -> None:
    moved = [VALUES[0] + 3_000, VALUES[1] - 3_000, *VALUES[2:]]
    _, findings = beside(EARLIER, newer(moved, says=[f"Året var gott. {said}"]))
    assert [one.rule.code for one in findings] == [code]
    if code == "ARC703":
        assert findings[0].comparison.remark is not None
        assert findings[0].comparison.remark.text == said


def test_costs_without_their_minus_are_the_same() -> None:
    _, findings = beside(EARLIER, newer([-value for value in VALUES]))
    assert told(findings) == []


def test_a_column_in_which_all_differs_is_not_decided() -> None:
    other = [-91_004, -7_302, -3_077, -20_111, -5_640]
    comparisons, findings = beside(EARLIER, newer(other))
    assert told(findings) == []
    assert any(one.undecided for one in comparisons)


def test_a_row_that_was_divided_is_no_contradiction() -> None:
    divided = accounts(2022, LATER, VALUES)[1].replace(
        "| Lokaler | -25416 | -24758 |",
        "| Lokaler | -20400 | -20008 |\n| Lokalvård | -5016 | -4750 |",
    )
    comparisons, findings = beside(
        EARLIER, report("Årsbokslut 2022", ("Driftredovisning", divided))
    )
    assert told(findings) == []
    assert any(one.undecided for one in comparisons)


def test_an_earlier_figure_that_its_own_report_contradicts_accuses_nobody() -> None:
    text = accounts(2021, VALUES)[1].replace("| Lokaler | -24758", "| Lokaler | -24578")
    earlier = report("Årsbokslut 2021", ("Driftredovisning", text), sha="e")
    _, findings = beside(earlier, newer(VALUES))
    assert told(findings) == []


def test_rows_of_one_name_in_several_tables() -> None:
    """Which of the departments the newer table is about no title says."""
    other = [-150_300, -18_200, -5_030, -40_120, -9_240]
    earlier = report(
        "Årsbokslut 2021",
        ("Avdelning ett", accounts(2021, VALUES)[1]),
        ("Avdelning två", accounts(2021, other)[1]),
        sha="e",
    )
    later = report(
        "Årsbokslut 2022", ("Avdelning tre", accounts(2022, LATER, [-1, *VALUES[1:]])[1])
    )
    assert told(beside(earlier, later)[1]) == []


def test_another_half_of_the_year_is_another_figure() -> None:
    text = """
    | Belopp i tkr | Utfall jan-apr 2021 |
    | Personal | -68 000 |
    | Lokaler | -8 250 |
    | Material | -2 810 |
    | Summa kostnader | -79 060 |
    """
    earlier = report("Delårsrapport januari–april 2021", ("Driftredovisning", text), sha="e")
    assert told(beside(earlier, newer(VALUES))[1]) == []


@given(
    st.lists(st.integers(10_000, 900_000), min_size=4, max_size=5, unique=True),
    st.integers(0, 4),
    st.integers(1_000, 90_000),
)
def test_roundings_hold_and_what_is_beyond_them_does_not(
    values: list[int], at: int, off: int
) -> None:
    """The newer report prints millions with one decimal, one row of them wrong by ``off`` in
    thousands, and the sum of the right ones."""
    earlier = report("Årsbokslut 2021", accounts(2021, values), sha="e")
    at %= len(values)
    right = [*values, sum(values)]

    def later(shown: Sequence[int]) -> Report:
        rows = [*ROWS[: len(values)], "Summa kostnader"]
        head = "| Belopp i mnkr | Bokslut 2022 | Bokslut 2021 |"
        body = [
            f"| {row} | {millions(value + 7_000)} | {millions(value)} |"
            for row, value in zip(rows, shown, strict=True)
        ]
        return report("Årsbokslut 2022", ("Driftredovisning", "\n".join([head, *body])))

    assert told(beside(earlier, later(right))[1]) == []
    wrong = [value + off * (place == at) for place, value in enumerate(right)]
    found = told(beside(earlier, later(wrong))[1])
    assert [one.split(" ", 2)[::2] for one in found] == [["ARC701", f"{ROWS[at]} / Bokslut 2021"]]


def millions(thousands: int) -> str:
    return f"{(Decimal(thousands) / 1000).quantize(Decimal('0.1'))}".replace(".", ",")


# --- openings, budgets, parts, chains -----------------------------------------------------------


def equity(year: int, opening: int, result: int) -> Titled:
    return (
        "Eget kapital",
        f"""
    | Belopp i tkr | {year} |
    | Ingående eget kapital | {opening} |
    | Årets resultat | {result} |
    | Utgående eget kapital | {opening + result} |
    """,
    )


def test_a_year_opens_with_what_the_last_one_closed_with() -> None:
    earlier = report("Årsbokslut 2023", equity(2023, 1_832, -2_206), sha="e")
    same = report("Årsbokslut 2024", equity(2024, -374, 295))
    other = report("Årsbokslut 2024", equity(2024, -104, 295))
    said = report(
        "Årsbokslut 2024", equity(2024, -104, 295), says=["Föregående års balans har räknats om."]
    )
    assert told(beside(earlier, same)[1]) == []
    assert told(beside(earlier, other)[1]) == ["ARC704 error Ingående eget kapital / 2024"]
    assert told(beside(earlier, said)[1]) == ["ARC704 note Ingående eget kapital / 2024"]


def test_a_balance_sheet_s_cash_may_be_less_than_what_flows() -> None:
    sheet = """
    | Belopp i tkr | 2023-12-31 | 2022-12-31 |
    | Kundfordringar | 4 120 | 3 870 |
    | Kassa och bank | 9 310 | 8 960 |
    | Summa tillgångar | 13 430 | 12 830 |
    """
    flow = """
    | Belopp i tkr | 2024 |
    | Årets kassaflöde | 1 200 |
    | Likvida medel vid årets början | 11 310 |
    | Likvida medel vid årets slut | 12 510 |
    """
    earlier = report("Årsbokslut 2023", ("Balansräkning", sheet), sha="e")
    later = report("Årsbokslut 2024", ("Kassaflödesanalys", flow))
    comparisons, findings = beside(earlier, later)
    assert told(findings) == []
    assert [bool(one.undecided) for one in comparisons] == [True]


def test_a_year_does_not_open_with_what_an_earlier_one_closed_with() -> None:
    earlier = report("Årsbokslut 2022", equity(2022, 1_832, -2_206), sha="e")
    later = report("Årsbokslut 2024", equity(2024, -104, 295))
    assert beside(earlier, later)[0] == ()


def budget(months: str, values: Sequence[int], name: str = "Budget 2024") -> Titled:
    rows = [
        f"| {row} | {round(value / 3)} | {value} |" for row, value in zip(ROWS, values, strict=True)
    ]
    total = f"| Summa kostnader | {sum(round(v / 3) for v in values)} | {sum(values)} |"
    head = f"| Belopp i tkr | Utfall {months} 2024 | {name} |"
    return "Driftredovisning", "\n".join([head, *rows, total])


def test_a_budget_that_changed_is_one_note() -> None:
    earlier = report("Delårsrapport januari–april 2024", budget("jan-apr", VALUES), sha="e")
    more = [VALUES[0] - 1_200, *VALUES[1:]]
    later = report("Delårsrapport januari–augusti 2024", budget("jan-aug", more))
    (finding,) = beside(earlier, later)[1]
    assert (finding.rule.code, len(finding.also)) == ("ARC705", 1)
    revised = budget("jan-aug", more, "Reviderad budget 2024")
    assert beside(earlier, report("Delårsrapport januari–augusti 2024", revised))[1] == ()


def boards(*rows: str) -> Report:
    head = "| Belopp i mnkr | Bokslut 2021 | Bokslut 2020 | Budget 2021 |"
    text = "\n".join([head, *rows])
    drawn = table(text, title="Resultat per nämnd", unit="mnkr")
    made = document(drawn, passages=["# Årsredovisning 2021", "## Exempelby kommun"])
    return normalise(made)


OWN = """
| Belopp i tkr | Bokslut 2021 | Bokslut 2020 | Budget 2021 |
| Intäkter | 41 280 | 40 115 | 41 000 |
| Kostnader | -212 345 | -205 812 | -213 100 |
| Nettokostnad | -171 065 | -165 697 | -172 100 |
"""


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| Socialnämnden | -171,1 | -165,7 | -172,1 |", []),
        ("| Socialnämnden | 171,1 | 165,7 | 172,1 |", []),  # costs without their minus
        ("| Socialnämnden | -117,1 | -165,7 | -172,1 |", ["Socialnämnden / Bokslut 2021"]),
        ("| Socialnämnden | -171,1 | -156,7 | -172,1 |", []),  # the year before's is not its own
        ("| Socialnämnden | 1,0 | 0,4 | 0,0 |", []),  # what is left, not what was spent
        ("| Tekniska nämnden | -117,1 | -165,7 | -172,1 |", []),
    ],
)
def test_a_board_in_the_municipality_s_report(row: str, found: list[str]) -> None:
    own = report("Årsbokslut 2021", ("Driftredovisning", OWN), sha="e")
    whole = boards(row, "| Byggnadsnämnden | -12,3 | -11,9 | -12,0 |")
    _, findings = beside(own, whole, Kinship.PART)
    assert [place(one) for one in findings] == found


def test_a_row_with_another_name_goes_on() -> None:
    renamed = accounts(2022, LATER, VALUES)[1].replace("Material", "Läromedel")
    assert told(beside(EARLIER, report("Årsbokslut 2022", ("Driftredovisning", renamed)))[1]) == []


def test_a_row_that_is_gone_is_noted() -> None:
    gone = accounts(2022, LATER, VALUES)[1].replace(
        "| Material | -8902 | -8431 |", "| Läromedel | -5300 | -5030 |\n| Resor | -3602 | -3401 |"
    )
    _, findings = beside(EARLIER, report("Årsbokslut 2022", ("Driftredovisning", gone)))
    assert told(findings) == ["ARC707 note Material"]


def test_rows_that_share_a_name_are_not_gone() -> None:
    twice = accounts(2021, VALUES)[1].replace("| Material |", "| Övrigt |")
    earlier = report("Årsbokslut 2021", ("Driftredovisning", twice), sha="e")
    later = accounts(2022, LATER, VALUES)[1].replace("| Material |", "| Övrigt |")
    _, findings = beside(earlier, report("Årsbokslut 2022", ("Driftredovisning", later)))
    assert told(findings) == []


def test_figures_of_the_two_reports_are_never_taken_for_each_other() -> None:
    comparisons, _ = beside(EARLIER, newer(VALUES))
    for one in comparisons:
        assert isinstance(one.stated.source, Cell)
        assert "@" not in one.stated.table
        assert all(term.figure.table.endswith("@eeeeeeee") for term in one.terms)

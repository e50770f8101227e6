"""What overviews over the years repeat of the statements, in columns and in rows."""

from __future__ import annotations

from audit.model import Comparison
from tests.checks.support import differing, run
from tests.tables import table

INCOME = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Verksamhetens intäkter            | 640 010    | 612 404    |
| Verksamhetens kostnader           | -2 930 510 | -2 830 104 |
| Verksamhetens nettokostnader      | -2 290 500 | -2 217 700 |
| Skatteintäkter                    | 1 742 310  | 1 688 200  |
| Generella statsbidrag             | 590 100    | 561 910    |
| Verksamhetens resultat            | 41 910     | 32 410     |
| Resultat efter finansiella poster | 45 010     | 41 510     |
| Årets resultat                    | 45 010     | 41 510     |
"""
OVERVIEW = """
| Belopp i mnkr                     | 2024    | 2023    | 2022    |
|---|---|---|---|
| Skatteintäkter                    | 1 742,3 | 1 688,2 | 1 580,4 |
| Resultat efter finansiella poster | 45,0    | 41,5    | 64,8    |
| Soliditet (%)                     | 49,2    | 49,8    | 50,5    |
"""
YEARS = """
| År   | Skatteintäkter, mnkr | Nettokostnader, mnkr |
|---|---|---|
| 2022 | 1 580,4 | 2 032,0 |
| 2023 | 1 688,2 | 2 217,7 |
| 2024 | 1 742,3 | 2 290,5 |
"""


def tied(overview: str, tie: str = "overview", title: str = "Flerårsöversikt") -> list[Comparison]:
    summary = table(overview, title=title, unit="mnkr", page=1)
    statement = table(INCOME, title="Resultaträkning", unit="tkr", page=2)
    return run("statement-ties", summary, statement, tie=tie)


def test_an_overview_in_millions() -> None:
    assert [c.holds for c in tied(OVERVIEW)] == [True] * 4


def test_a_figure_of_an_earlier_draft() -> None:
    assert differing(tied(OVERVIEW.replace("45,0", "46,9"))) == [
        ("Resultat efter finansiella poster", "46.9", "45.01")
    ]


def test_another_bodys_overview_agrees_in_no_year() -> None:
    other = OVERVIEW.replace("45,0", "91,2").replace("41,5", "12,7")
    assert {c.stated.label for c in tied(other)} == {"Skatteintäkter"}


def test_a_mark_may_say_why() -> None:
    marked = OVERVIEW.replace("1 688,2", "1 701,4").replace(
        "Skatteintäkter   ", "Skatteintäkter^1^"
    )
    assert differing(tied(marked)) == []
    assert differing(tied(OVERVIEW.replace("1 688,2", "1 701,4"))) != []


def test_a_table_whose_rows_are_years() -> None:
    assert [c.holds for c in tied(YEARS, title="Utveckling")] == [True] * 2
    assert [c.holds for c in tied(YEARS, "net-cost", "Utveckling")] == [True] * 2
    wrong = YEARS.replace("2 290,5", "2 299,5")
    assert differing(tied(wrong, "net-cost", "Utveckling")) == [("2024", "2299.5", "2290.5")]


def test_a_forecast_may_be_of_another_month() -> None:
    forecast = OVERVIEW.replace("2022", "Prognos 2025").replace("1 580,4", "1 799,0")
    statement = INCOME.replace("| 2023 |", "| Prognos 2025 |").replace("1 688 200", "1 801 300")
    tables = (
        table(forecast, title="Nyckeltal", unit="mnkr", page=1),
        table(statement, title="Resultaträkning", unit="tkr", page=2),
    )
    assert differing(run("statement-ties", *tables, tie="overview")) == []

"""Tables to a report: units, figures, frames, whose report it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from audit.model import UnitKind
from audit.normalise import normalise
from tests.tables import document, table

TABLE = """
| Förbundet (tkr) | Not | 2025    | 2024    |
|---|---|---|---|
| Intäkter        | 1   | 231 858 | 220 452 |
| Soliditet (%)   |     | 36%     | 47%     |
| Antal anställda |     | 39      | I.U.    |
| Marknadsvärde   | 2   |         | 0,5 mnkr |
"""


def test_units_come_from_the_nearest_words() -> None:
    (grid,) = normalise(document(table(TABLE))).grids
    kinds = {figure.label: figure.amount.unit for figure in grid.figures.values()}
    assert kinds["Intäkter"].symbol == "tkr"
    assert kinds["Soliditet (%)"].kind is UnitKind.PERCENT
    assert kinds["Antal anställda"].kind is UnitKind.COUNT
    assert kinds["Marknadsvärde"].symbol == "mnkr"


def test_amounts_are_in_kronor_with_the_worth_of_their_last_digit() -> None:
    (grid,) = normalise(document(table(TABLE))).grids
    income, market = grid.figures[1, 2].amount, grid.figures[4, 3].amount
    assert (income.value, income.step, income.printed) == (231_858_000, 1000, 231_858)
    assert (market.value, market.step) == (500_000, 100_000)


def test_notes_blanks_and_words_are_no_figures() -> None:
    (grid,) = normalise(document(table(TABLE))).grids
    assert (1, 1) not in grid.figures
    assert (4, 2) not in grid.figures
    assert grid.texts[3, 3] == "I.U."


def test_frames() -> None:
    report = normalise(document(table(TABLE, title="Översikt")))
    figures = report.figures()
    assert list(figures[figures.label == "Intäkter"].value) == [Decimal(231858), Decimal(220452)]
    (frame,) = report.tables()
    assert frame.attrs == {"title": "Översikt", "unit": "tkr", "pages": [1]}
    assert frame.loc["Antal anställda", "2024"] == "I.U."


def test_whose_report_it_is() -> None:
    report = normalise(
        document(
            passages=[
                "# Delårsrapport per den 31 augusti 2021",
                "## Barn- och utbildningsnämnden",
                "Nämnden svarar för skolan i Storå kommun.",
            ]
        )
    )
    assert report.organisation == "Barn- och utbildningsnämnden, Storå kommun"
    assert report.kind == "delårsrapport"
    assert report.period is not None
    assert report.period.end == dt.date(2021, 8, 31)

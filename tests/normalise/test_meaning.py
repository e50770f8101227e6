"""Columns, rows, units and periods of readable tables."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Aspect, Column, Document, Grid, Measure, Period, Role, Table, UnitKind
from audit.normalise import TabularReport, normalise
from tests.tables import document, table

TITLE = ("# Delårsrapport per den 31 augusti 2021", "## Kommunstyrelsen", "Linköpings kommun")


def report(*tables: Table, titles: tuple[str, ...] = TITLE) -> TabularReport:
    return normalise(document(*tables, passages=titles))


def grid(text: str, *, header_rows: int = 1, title: str = "", unit: str = "tkr") -> Grid:
    made = table(text, header_rows=header_rows, title=title, unit=unit)
    return report(made).grids[0]


def column(header: str) -> Column:
    return grid(f"| Verksamhet | {header} |\n| Skola | 12 |").column(1)


def days(start: tuple[int, int, int], end: tuple[int, int, int]) -> Period:
    return Period(dt.date(*start), dt.date(*end))


SO_FAR = days((2021, 1, 1), (2021, 8, 31))
SAME_BEFORE = days((2020, 1, 1), (2020, 8, 31))
YEAR = days((2021, 1, 1), (2021, 12, 31))
YEAR_BEFORE = days((2020, 1, 1), (2020, 12, 31))


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Utfall", Measure.OUTTURN),
        ("Redovisat jan-aug 2021", Measure.OUTTURN),
        ("Investeringsram 2021", Measure.BUDGET),
        ("Investe- rings- ram 2021", Measure.BUDGET),
        ("Prognos helår", Measure.FORECAST),
        ("Avv. prognos/ budget 2026", Measure.DEVIATION),
        ("Avvik else", Measure.DEVIATION),
        ("Budgetav vikelse", Measure.DEVIATION),
        ("Prognosavvikelse mot budget helår", Measure.DEVIATION),
        ("Årsbokslut 2020", Measure.ACCOUNTS),
        ("Mål- värde", Measure.TARGET),
        ("Förändring %", Measure.CHANGE),
        ("Not", Measure.NOTE),
        ("2020", None),
        ("Kulturprogram", None),
        ("Tillväxtstaben", None),
    ],
)
def test_measures(header: str, measure: Measure | None) -> None:
    assert column(header).measure is measure


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Redovisat jan-aug 2021", SO_FAR),
        ("Utfall januari\u2013augusti 2021", SO_FAR),
        ("Redovisat samma period föregående år", SAME_BEFORE),
        ("Prognos helår", YEAR),
        ("Budget 2021", YEAR),
        ("Bokslut 2020", YEAR_BEFORE),
        ("Utfall 202108", SO_FAR),
        ("Utfall T2 2021", SO_FAR),
        ("Utfall 2021-01-01\u20142021-08-31", SO_FAR),
        ("Utfall per den 31 augusti 2021", SO_FAR),
        ("Augusti 2021", SO_FAR),
        ("2020", YEAR_BEFORE),
        ("Förändring 2020/2021", None),
    ],
)
def test_periods(header: str, period: Period | None) -> None:
    assert column(header).period == period


def test_a_spanning_header_stands_over_each_of_its_columns() -> None:
    found = grid(
        """
        | Belopp i mnkr | Period | <     | Helår  | <             |
        | ^             | Utfall | Budget | Fg prognos | Bokslut fg år |
        | Intäkter      | 412,8  | 409,1 | 1 640,2 | 1 588,7       |
        """,
        header_rows=2,
        unit="",
    )
    assert [c.header for c in found.columns][:2] == ["Period Utfall", "Period Budget"]
    assert [c.period for c in found.columns] == [SO_FAR, SO_FAR, YEAR, YEAR_BEFORE]
    assert [c.previous for c in found.columns] == [False, False, True, False]
    assert found.unit.symbol == "mnkr"


def test_sides_of_one_thing_share_what_one_of_them_says() -> None:
    found = grid(
        "| Investeringar | Prognos 2021 Utgifter | Inkomster | Netto |\n| Skola | 5 | 1 | 4 |"
    )
    assert {c.measure for c in found.columns} == {Measure.FORECAST}
    assert [c.aspect for c in found.columns] == [Aspect.COST, Aspect.INCOME, Aspect.NET]


BLOCKS = """
| Driftsammandrag, tkr      | Prognos helår | Budget 2021 |
| Ekonomistaben             | 89 998        | 91 586      |
| **Summa nettokostnader**  | 532 265       | 545 107     |
| > *varav kostnader*       | 622 265       | 625 933     |
| > *varav intäkter*        | 90 000        | 80 826      |
| Leanlink*                 | -22 100       |             |
"""


def test_roles_marks_and_what_a_part_is_part_of() -> None:
    rows = grid(BLOCKS).rows
    assert [row.role for row in rows] == [
        Role.ITEM,
        Role.TOTAL,
        Role.OF_WHICH,
        Role.OF_WHICH,
        Role.ITEM,
    ]
    assert [row.aspect for row in rows][2:4] == [Aspect.COST, Aspect.INCOME]
    assert (rows[4].label, rows[4].marks) == ("Leanlink", ("*",))
    assert [row.level for row in rows] == [0, 0, 1, 1, 0]


def test_an_of_which_row_stands_under_what_it_is_part_of() -> None:
    assert grid(BLOCKS).rows[3].path == ("Summa nettokostnader",)


def test_a_blank_is_no_figure() -> None:
    assert (5, 2) not in grid(BLOCKS).figures


def test_a_total_ends_its_heading() -> None:
    rows = grid(
        """
        | Belopp i tkr  | Bokslut 2020 |
        | Kommunstyrelsen |            |
        | Säkerhet      | 5            |
        | Summa         | 5            |
        | Simhall       | 7            |
        """
    ).rows
    assert rows[0].role is Role.HEADING
    assert [row.path for row in rows[1:3]] == [("Kommunstyrelsen",)] * 2
    assert rows[3].path == ()


def test_labels_left_of_the_label_are_its_path_and_stay_until_changed() -> None:
    rows = grid(
        """
        | Mål     | Indikator        | 2019 | 2020 |
        | Klimat  | Andel solceller, % | 1  | 2    |
        |         | Antal bägare     | 30   | 20   |
        """,
        unit="",
    ).rows
    assert [row.label for row in rows] == ["Andel solceller, %", "Antal bägare"]
    assert [row.path for row in rows] == [("Klimat",), ("Klimat",)]


def test_a_table_of_words_has_one_column_of_labels() -> None:
    found = grid("| Uppdrag | Status |\n| Skola | Pågår |", unit="")
    assert (found.rows[0].label, found.texts) == ("Skola", {(1, 1): "Pågår"})


@pytest.mark.parametrize(
    ("label", "kind", "exponent"),
    [
        ("Hyror", UnitKind.MONEY, 3),
        ("Soliditet (%)", UnitKind.PERCENT, 0),
        ("Antal tolkar", UnitKind.COUNT, 0),
        ("Köpta platser", UnitKind.MONEY, 3),
        ("Kredit på 10 mkr", UnitKind.MONEY, 3),
    ],
)
def test_units_that_a_label_names(label: str, kind: UnitKind, exponent: int) -> None:
    unit = grid(f"| Belopp i tkr | Budget 2021 |\n| {label} | 12 |").figures[1, 1].amount.unit
    assert (unit.kind, unit.exponent) == (kind, exponent)


def test_note_references_are_no_figures() -> None:
    found = grid("| (tkr) | Not | Utfall |\n| Intäkter | 6,7 | 1 234 |\n| Kostnader | 8 | 12 |")
    assert set(found.figures) == {(1, 2), (2, 2)}
    assert found.rows[0].label == "Intäkter"


def test_brackets_are_minus_only_where_nothing_else_is() -> None:
    alone = grid("| tkr | Utfall |\n| Skola | (12) |\n| Vård | 5 |")
    assert alone.figures[1, 1].amount.value == -12000
    beside = grid("| tkr | Utfall |\n| Skola | (12) |\n| Vård | -5 |")
    assert (1, 1) not in beside.figures


def test_years_in_the_first_column_are_labels() -> None:
    found = grid("| År | Antal uppdrag |\n| 2020 | 312 510 |\n| 2019 | 313 533 |", unit="")
    assert [row.label for row in found.rows] == ["2020", "2019"]
    assert found.figures[1, 1].period == YEAR_BEFORE


@given(value=st.integers(-(10**9), 10**9), unit=st.sampled_from([("tkr", 3), ("mnkr", 6)]))
def test_amounts_are_in_crowns_and_print_as_they_were(value: int, unit: tuple[str, int]) -> None:
    symbol, exponent = unit
    found = grid(f"| Belopp i {symbol} | Utfall |\n| Skola | {value} |", unit="")
    amount = found.figures[1, 1].amount
    assert amount.value == Decimal(value).scaleb(exponent)
    assert amount.step == Decimal(1).scaleb(exponent)
    assert amount.printed == value


@pytest.mark.parametrize(
    ("titles", "organisation", "kind", "period"),
    [
        (TITLE, "Kommunstyrelsen, Linköpings kommun", "delårsrapport", SO_FAR),
        (
            ("# Månadsuppföljning Maj 2026", "## Socialnämnden"),
            "Socialnämnden",
            "månadsuppföljning",
            days((2026, 1, 1), (2026, 5, 31)),
        ),
        (
            ("# Delårsrapport januari\u2013april 2026", "## Vård- och omsorgsnämnden"),
            "Vård- och omsorgsnämnden",
            "delårsrapport",
            days((2026, 1, 1), (2026, 4, 30)),
        ),
        (("# Årsredovisning 2025",), "", "årsredovisning", days((2025, 1, 1), (2025, 12, 31))),
        (("# Fördjupad månadsuppföljning 2026",), "", "månadsuppföljning", None),
    ],
)
def test_whose_report_of_what_kind_on_which_period(
    titles: tuple[str, ...], organisation: str, kind: str, period: Period | None
) -> None:
    found = report(titles=titles)
    assert (found.organisation, found.kind, found.period) == (organisation, kind, period)


def test_figures_as_a_frame() -> None:
    frame = report(table(BLOCKS, title="Prognos", unit="tkr")).figures()
    first = frame.iloc[0]
    assert (first.label, first["value"], first.unit, first.text) == (
        "Ekonomistaben",
        Decimal(89998),
        "tkr",
        "89 998",
    )
    assert (first.table, first.page, first.measure) == ("p1t1", 1, Measure.FORECAST)


def test_tables_as_frames() -> None:
    frame = report(table(BLOCKS, title="Prognos", unit="tkr")).tables()[0]
    assert list(frame.columns) == ["Prognos helår", "Budget 2021"]
    assert frame.loc["Leanlink", "Prognos helår"] == Decimal(-22100)
    assert frame.attrs == {"title": "Prognos", "unit": "tkr", "pages": [1]}


def test_a_document_without_anything() -> None:
    assert normalise(Document("x.pdf", "0", (), (), ())).grids == ()


def test_women_and_men_have_the_unit_of_what_they_divide() -> None:
    found = grid(
        "| Indikator | 2020 |\n| Total frånvaro, % | 6,6 |\n| Män | 4,6 |\n| Kvinnor | 7,1 |",
        unit="",
    )
    assert [row.aspect for row in found.rows] == [Aspect.TOTAL, Aspect.MEN, Aspect.WOMEN]
    assert {f.amount.unit.kind for f in found.figures.values()} == {UnitKind.PERCENT}


@pytest.mark.parametrize(
    "part",
    [
        "Andel i intressebolags resultat",
        "Andel av samfundsskatten",
        "Andel av intäkterna från samfundsskatten",
    ],
)
def test_a_share_in_a_company_or_of_a_tax_is_money(part: str) -> None:
    read = grid(f"| Tkr | 2024 |\n| {part} | 12 |\n| Andel flickor | 48 |")
    kinds = [read.figures[row.index, 1].amount.unit.kind for row in read.rows]
    assert kinds == [UnitKind.MONEY, UnitKind.PERCENT]

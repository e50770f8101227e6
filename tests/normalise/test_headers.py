"""What the heads of columns say: measure, period, aspect, unit."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.model import Aspect, Measure, Period
from audit.normalise.headers import column

AUGUST = Period(dt.date(2021, 1, 1), dt.date(2021, 8, 31))
YEAR = Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
QUARTER = Period(dt.date(2021, 1, 1), dt.date(2021, 3, 31))
BEFORE = Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
SAME_BEFORE = Period(dt.date(2020, 1, 1), dt.date(2020, 8, 31))


@pytest.mark.parametrize(
    ("header", "measure", "period"),
    [
        ("Redovisat jan-aug 2021", Measure.OUTTURN, AUGUST),
        ("Budget jan\u2013aug 2021", Measure.BUDGET, AUGUST),
        ("Redovisat samma period föregående år", Measure.OUTTURN, SAME_BEFORE),
        ("Prognos helår", Measure.FORECAST, YEAR),
        ("Budget 2021", Measure.BUDGET, YEAR),
        ("Bokslut 2020", Measure.ACCOUNTS, BEFORE),
        ("Bokslut fg år", Measure.ACCOUNTS, BEFORE),
        ("Avv. prognos/ budget 2021", Measure.DEVIATION, YEAR),
        ("Budgetav vikelse", Measure.DEVIATION, None),
        ("Prognos- avvikelse mot budget helår", Measure.DEVIATION, YEAR),
        ("Investeringsram 2021", Measure.BUDGET, YEAR),
        ("Utfall 202108", Measure.OUTTURN, AUGUST),
        ("Utfall 2021", Measure.OUTTURN, AUGUST),
        ("Utfall 2020", Measure.OUTTURN, None),
        ("Utfall T2", Measure.OUTTURN, AUGUST),
        ("Utfall 1 januari \u2013 31 augusti 2021", Measure.OUTTURN, AUGUST),
        ("Utfall 2021-01-01\u20132021-08-31", Measure.OUTTURN, AUGUST),
        ("Utfall Q1 2021", Measure.OUTTURN, QUARTER),
        ("Utfall kvartal 3 2021", Measure.OUTTURN, None),
        ("Målvärde", Measure.TARGET, None),
        ("Not", Measure.NOTE, None),
        ("2021", None, YEAR),
        ("Förvaltningsledning", None, None),
    ],
)
def test_measure_and_period(header: str, measure: Measure | None, period: Period | None) -> None:
    found = column(1, header, "", AUGUST)
    assert (found.measure, found.period) == (measure, period)


@pytest.mark.parametrize(
    ("header", "aspect"),
    [
        ("Prognos 2021 Utgifter", Aspect.COST),
        ("Utfall intäkter period", Aspect.INCOME),
        ("Nettokostnad", Aspect.NET),
        ("Kvinnor", Aspect.WOMEN),
        ("Män", Aspect.MEN),
        ("Summa", Aspect.TOTAL),
        ("Budget", None),
    ],
)
def test_aspect(header: str, aspect: Aspect | None) -> None:
    assert column(1, header, "", None).aspect is aspect


def test_an_earlier_forecast_is_told_from_the_year_before() -> None:
    assert column(1, "Fg prognos", "", AUGUST).previous
    assert not column(1, "Utfall fg år", "", AUGUST).previous


def test_a_day_that_does_not_exist_is_no_period() -> None:
    assert column(1, "Utfall 2021-04-31", "", None).period is None

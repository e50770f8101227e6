"""Courses and forecasts, from reports written as text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Course, ForecastError, Measure, Printed
from audit.scan.courses import MOST_COURSES, through_years
from tests import archives

Told = tuple[tuple[Course, ...], tuple[ForecastError, ...]]


def told(*reports: tuple[str, str, str]) -> Told:
    """What runs through (heading, title of the table, its Markdown) of one board."""
    done = [
        archives.audited(archives.report(f"{number}.pdf", heading, "Socialnämnden", (title, rows)))
        for number, (heading, title, rows) in enumerate(reports)
    ]
    figures = {
        archives.digest(f"{n}.pdf"): list(archives.printed(one)) for n, one in enumerate(done)
    }

    def of(shas: Sequence[str]) -> list[Printed]:
        return [one for sha in shas for one in figures[sha]]

    return through_years([("Socialnämnden", [archives.entry(one) for one in done])], of)


def interim(year: int, rows: str) -> tuple[str, str, str]:
    return (f"Delårsrapport per 31 augusti {year}", f"Prognos för helår {year}", rows)


def accounts(year: int, rows: str) -> tuple[str, str, str]:
    return (f"Årsredovisning {year}", f"Bokslut {year}", rows)


def net(forecast: str, budget: str, deviation: str, year: int = 2022) -> str:
    return f"""
    | Verksamhet                   | Prognos helår | Budget {year} | Avvikelse   |
    | Verksamhetens nettokostnader | {forecast}    | {budget}      | {deviation} |
    """


def closed(outturn: str, year: int = 2022) -> str:
    return f"""
    | Verksamhet                   | Bokslut {year} |
    | Verksamhetens nettokostnader | {outturn}      |
    """


FORESEEN = pytest.mark.parametrize(
    ("forecast", "budget", "deviation", "outturn", "better", "share"),
    [
        ("500", "490", "-10", "505", -5_000, "1.02"),  # costs, printed above zero
        ("500", "490", "-10", "495", 5_000, "-1.02"),
        ("-500", "-490", "-10", "-505", -5_000, "1.02"),  # and below
        ("500", "500", "0", "500", 0, "0.00"),
    ],
)


@FORESEEN
def test_a_forecast_against_the_accounts(
    forecast: str, budget: str, deviation: str, outturn: str, better: int, share: str
) -> None:
    _, (one,) = told(
        interim(2022, net(forecast, budget, deviation)), accounts(2022, closed(outturn))
    )
    assert (one.year, one.months, one.better) == (2022, 8, better)
    assert one.share is not None
    assert abs(one.share).quantize(Decimal("0.01")) == abs(Decimal(share))


def test_what_differs_by_rounding_is_no_miss() -> None:
    rows = """
    | Belopp i mnkr                | Prognos helår | Budget 2022 |
    | Verksamhetens nettokostnader | 500,3 mnkr    | 490,0 mnkr  |
    """
    _, (one,) = told(interim(2022, rows), accounts(2022, closed("500 341")))
    assert one.deviation == 41_000
    assert one.exact
    _, (other,) = told(interim(2022, rows), accounts(2022, closed("500 351")))
    assert not other.exact


def test_the_year_after_tells_what_the_accounts_were() -> None:
    """Where the accounts are not in the archive; and they themselves go before."""
    after = """
    | Verksamhet                   | Prognos helår | Budget 2023 | Bokslut 2022 |
    | Verksamhetens nettokostnader | 520           | 510         | 507          |
    """
    _, (one,) = told(interim(2022, net("500", "490", "-10")), interim(2023, after))
    assert one.better == -7_000
    assert one.closed.sha256 == archives.digest("1.pdf")
    _, (other,) = told(
        interim(2022, net("500", "490", "-10")),
        interim(2023, after),
        accounts(2022, closed("505")),
    )
    assert other.better == -5_000


def test_reports_that_count_the_other_way_round_are_not_compared() -> None:
    _, forecasts = told(interim(2022, net("500", "490", "-10")), accounts(2022, closed("-505")))
    assert forecasts == ()


def test_a_net_of_nearly_nothing_may_change_its_sign() -> None:
    """Costs and income tell that both reports count alike."""
    made = """
    | Verksamhet                   | Prognos helår | Budget 2022 |
    | Verksamhetens kostnader      | 500           | 480         |
    | Verksamhetens intäkter       | 498           | 480         |
    | Verksamhetens nettokostnader | 2             | 0           |
    """
    done = """
    | Verksamhet                   | Bokslut 2022 |
    | Verksamhetens kostnader      | 500          |
    | Verksamhetens intäkter       | 503          |
    | Verksamhetens nettokostnader | -3           |
    """
    _, forecasts = told(interim(2022, made), accounts(2022, done))
    (one,) = [one for one in forecasts if "netto" in one.label]
    assert one.better == 5_000
    assert one.size == 480_000  # there is no budget of the net: the turnover


def test_a_row_whose_good_way_nothing_tells_has_none() -> None:
    made = "| Enhet | Prognos helår | Budget 2022 |\n| Skola | 3 | 3 |\n| Summa | 3 | 3 |"
    done = "| Enhet | Bokslut 2022 |\n| Skola | 4 |\n| Summa | 4 |"
    _, forecasts = told(interim(2022, made), accounts(2022, done))
    (one,) = [one for one in forecasts if one.label == "Summa"]
    assert (one.rising, one.deviation, one.better) == (0, 1_000, None)


def test_a_course_has_each_period_once_unless_reports_disagree() -> None:
    said = """
    | Verksamhet                   | Bokslut {year} | Bokslut {last} |
    | Verksamhetens nettokostnader | {now}          | {then}         |
    """
    (one,), _ = told(
        accounts(2021, said.format(year=2021, last=2020, now="500", then="490")),
        accounts(2022, said.format(year=2022, last=2021, now="520", then="500")),
        accounts(2023, said.format(year=2023, last=2022, now="530", then="525")),
    )
    points = [
        (at.period.end.year, int(at.amount.printed), at.sha256 == archives.digest("2.pdf"))
        for at in one.points
    ]
    assert points == [
        (2020, 490, False), (2021, 500, False), (2022, 520, False), (2022, 525, True),
        (2023, 530, True),
    ]  # fmt: skip
    assert one.concept == "Verksamhetens nettokostnader"


def test_where_the_whole_is_not_known_nothing_is_joined() -> None:
    """The larger part stands last: perhaps neither is the whole."""
    rows = "| Verksamhet | Bokslut {year} |\n| Verksamhetens nettokostnader | {value} |"
    done = []
    for year in (2021, 2022):
        parts = [("Drift", rows.format(year=year, value=value)) for value in (70, 90)]
        read = archives.report(f"{year}.pdf", f"Årsredovisning {year}", "Socialnämnden", *parts)
        done.append(archives.audited(read))
    figures = [figure for one in done for figure in archives.printed(one)]
    bodies = [("Socialnämnden", [archives.entry(one) for one in done])]
    assert through_years(bodies, lambda _: figures) == ((), ())


def test_parts_of_a_board_are_not_joined_with_the_whole() -> None:
    """Two tables of one title: the first is the board's, the second that of a part."""
    rows = "| Verksamhet | Bokslut {year} |\n| Verksamhetens nettokostnader | {value} |"
    done = []
    for year in (2021, 2022):
        parts = [
            ("Drift", rows.format(year=year, value=str(value + year))) for value in (500, 90, 70)
        ]
        read = archives.report(f"{year}.pdf", f"Årsredovisning {year}", "Socialnämnden", *parts)
        done.append(archives.audited(read))
    entries = [archives.entry(one) for one in done]
    figures = [figure for one in done for figure in archives.printed(one)]
    (course,), _ = through_years([("Socialnämnden", entries)], lambda _: figures)
    assert [int(at.amount.printed) for at in course.points] == [2521, 2522]


def test_a_total_that_is_the_net_by_another_name_is_shown_once() -> None:
    made = """
    | Verksamhet                   | Prognos helår | Budget 2022 |
    | Verksamhetens nettokostnader | 500           | 490         |
    | Skola                        | 300           | 300         |
    | Vård                         | 200           | 190         |
    | Summa                        | 500           | 490         |
    """
    done = """
    | Verksamhet                   | Bokslut 2022 | Bokslut 2021 |
    | Verksamhetens nettokostnader | 505          | 480          |
    | Skola                        | 302          | 290          |
    | Vård                         | 203          | 190          |
    | Summa                        | 505          | 480          |
    """
    read = [interim(2022, made), accounts(2022, done)]
    courses, forecasts = told(*[(heading, "Drift", rows) for heading, _, rows in read])
    assert [one.concept for one in courses] == ["Verksamhetens nettokostnader", "Skola", "Vård"]
    assert [one.label for one in forecasts] == ["Verksamhetens nettokostnader"]


def test_courses_are_bounded_main_ones_first() -> None:
    labels = [f"Enhet {letter}" for letter in "abcdefghijklmnopqrst"]
    rows = [f"| {label} | {{value}} |" for label in labels]
    text = "\n".join(["| Enhet | Bokslut {year} |", *rows, "| Verksamhetens nettokostnader | 9 |"])
    courses, _ = told(
        accounts(2021, text.format(year=2021, value=5)),
        accounts(2022, text.format(year=2022, value=6)),
    )
    assert len(courses) == MOST_COURSES
    assert courses[0].concept == "Verksamhetens nettokostnader"


def test_what_no_arithmetic_bears_out_is_marked() -> None:
    _, (one,) = told(interim(2022, net("500", "490", "-10")), accounts(2022, closed("505")))
    assert one.made.sure
    assert not one.closed.sure
    assert not one.sure


@given(st.integers(1, 10**9), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_kronor_are_exact(budget: int, forecast: int, outturn: int) -> None:
    """Deviations are differences of what is printed, to the last krona."""
    made, done = budget + forecast + 10**7, budget + outturn + 10**7
    _, (one,) = told(
        interim(2022, net(str(made), str(budget), str(budget - made))),
        accounts(2022, closed(str(done))),
    )
    assert one.deviation == (done - made) * 1000
    assert one.made.measure is Measure.FORECAST

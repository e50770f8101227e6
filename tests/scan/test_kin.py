"""Which reports are of one body, and which are held against which."""

from __future__ import annotations

import datetime as dt

from audit.model import Coverage, Entry, Kinship, Pair, Period, Status, Tally
from audit.scan.kin import bodies, pairs

MONTHS = {4: dt.date(1, 4, 30), 8: dt.date(1, 8, 31), 12: dt.date(1, 12, 31)}


def entry(
    organisation: str, year: int, months: int, *former: str, folder: str = "", kind: str = ""
) -> Entry:
    """A report of ``months`` of a year; its SHA-256 is "social-2023-08" and the like."""
    word = next(iter(organisation.lower().split(",")))
    sha = f"{word.removesuffix('nämnden')}-{year}-{months:02}{folder}"
    period = Period(dt.date(year, 1, 1), MONTHS[months].replace(year=year))
    name = f"{folder}/{sha}.pdf" if folder else f"{sha}.pdf"
    kind = kind or ("delårsrapport" if months < 12 else "årsredovisning")
    return Entry(
        sha, (name,), Status.AUDITED, "", organisation, kind, period, False, 1, Tally(),
        Coverage(), former=former,
    )  # fmt: skip


def kin(*entries: Entry) -> set[tuple[str, str, str]]:
    return {(pair.older, pair.newer, pair.kinship.value) for pair in pairs(entries)}


BOARD = "Socialnämnden, Exempelby kommun"


def test_each_report_is_held_against_three() -> None:
    every = [entry(BOARD, year, months) for year in (2022, 2023) for months in (4, 8, 12)]
    assert {pair for pair in kin(*every) if pair[1].startswith("social-2023")} == {
        ("social-2022-12", "social-2023-04", "preceding"),
        ("social-2022-04", "social-2023-04", "year-before"),
        ("social-2023-04", "social-2023-08", "preceding"),
        ("social-2022-08", "social-2023-08", "year-before"),
        ("social-2022-12", "social-2023-08", "accounts"),
        ("social-2023-08", "social-2023-12", "preceding"),
        ("social-2022-12", "social-2023-12", "year-before"),
    }


def test_reports_far_apart_are_not_held_against_each_other() -> None:
    assert kin(entry(BOARD, 2020, 12), entry(BOARD, 2023, 8)) == set()


def test_a_budget_looks_forward() -> None:
    assert kin(entry(BOARD, 2022, 12), entry(BOARD, 2023, 12, kind="budget")) == set()


def test_the_whole_is_held_against_its_boards_of_the_same_period() -> None:
    boards = [entry(BOARD, 2023, 12), entry("Socialnämnden, Grannby kommun", 2022, 12)]
    boards += [entry("Tekniska nämnden, Exempelby kommun", 2023, 8)]
    whole = entry("Exempelby kommun", 2023, 12)
    assert kin(*boards, whole) == {("social-2023-12", "exempelby kommun-2023-12", "part")}


def test_one_board_by_any_name() -> None:
    names = ["Socialnämnden", "Exempelby kommuns socialnämnd", BOARD]
    every = [entry(name, 2021 + at, 12) for at, name in enumerate(names)]
    assert [len(one.entries) for one in bodies(every)] == [3]
    assert bodies(every)[0].name == BOARD


def test_a_renamed_board_goes_on() -> None:
    old = entry("Fritidsnämnden, Exempelby kommun", 2022, 12)
    new = entry("Kulturnämnden, Exempelby kommun", 2023, 12, "fritidsnämnden")
    assert list(pairs([old, new])) == [Pair(old.sha256, new.sha256, Kinship.PRECEDING)]
    untold = entry("Kulturnämnden, Exempelby kommun", 2023, 12)
    assert kin(old, untold) == set()


def test_what_was_put_together_of_two_goes_on_from_neither() -> None:
    old = entry("Fritidsnämnden, Exempelby kommun", 2022, 12)
    new = entry("Kulturnämnden, Exempelby kommun", 2023, 12, "fritidsnämnden", "turistnämnden")
    assert kin(old, new) == set()


def test_names_that_lead_in_a_circle_lead_to_one_body() -> None:
    there = entry("Fritidsnämnden", 2022, 12, "kulturnämnden")
    back = entry("Kulturnämnden", 2023, 12, "fritidsnämnden")
    assert len(bodies([there, back])) == 1


def test_boards_of_one_name_in_an_archive_of_several_municipalities() -> None:
    here = [entry("Socialnämnden", year, 12, folder="exempelby") for year in (2022, 2023)]
    there = [entry("Socialnämnden", year, 12, folder="grannby") for year in (2022, 2023)]
    named = [entry("Exempelby kommun", 2022, 12, folder="exempelby"),
             entry("Grannby kommun", 2022, 12, folder="grannby")]  # fmt: skip
    assert {(a, b) for a, b, kinship in kin(*here, *there, *named) if kinship == "preceding"} == {
        (here[0].sha256, here[1].sha256),
        (there[0].sha256, there[1].sha256),
    }


def test_reports_without_name_or_period_have_no_kin() -> None:
    nameless = [entry("", year, 12) for year in (2022, 2023)]
    assert kin(*nameless) == set()

"""The bench of planted faults is right itself: its reports agree, its faults do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit import rulebook
from tests.bench.faults.ledger import Ledger, Place, Quantity, Sheet, Story, heads, lines
from tests.bench.faults.planting import CANCELLING, EVERY, KINDS, Fault, plant
from tests.bench.faults.reports import story
from tests.bench.faults.scoring import Finder, audited, loud, scored
from tests.bench.faults.setting import markup, perfect

SEEDS = range(1, 9)


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return [story(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def planted(stories: list[Story]) -> list[Fault]:
    return [fault for each in stories for kind in EVERY if (fault := plant(kind, each))]


def test_exact_numbers_agree_exactly_and_printed_ones_within_rounding(
    stories: list[Story],
) -> None:
    for each in stories:
        for relation in each.relations:
            if not relation.quotient and not relation.between:
                terms = (factor * each.quantities[place].exact for factor, place in relation.terms)
                assert sum(terms) == 0
            assert each.holds(relation)


def test_a_seed_always_gives_the_same_report() -> None:
    assert markup(story(3)) == markup(story(3))
    assert markup(story(3)) != markup(story(4))


def test_some_totals_of_rounded_figures_are_a_little_off(stories: list[Story]) -> None:
    def off(each: Story) -> bool:
        return any(
            sum(factor * each.printed(place) for factor, place in relation.terms)
            for relation in each.relations
            if relation.kind == "sum"
        )

    assert all(off(each) for each in stories)


def test_every_fault_breaks_a_relation_by_more_than_rounding(planted: list[Fault]) -> None:
    for fault in planted:
        if fault.kind in KINDS:
            assert fault.broken
            assert all(not fault.story.holds(relation) for relation in fault.broken)
            touched = {place for relation in fault.broken for place in relation.places}
            assert touched & set(fault.planted)


def test_nothing_but_the_planted_places_is_spoilt(planted: list[Fault]) -> None:
    for fault in planted:
        clean = story(fault.story.seed)
        spoilt = {p for p in clean.quantities if fault.story.printed(p) != clean.printed(p)}
        assert spoilt == (set(fault.planted) if fault.kind in KINDS else set())


def test_every_kind_finds_room_in_some_report(planted: list[Fault]) -> None:
    assert {fault.kind for fault in planted} == set(EVERY)


def test_a_deviation_that_cancels_leaves_its_column_footing(planted: list[Fault]) -> None:
    for fault in planted:
        if fault.kind in CANCELLING:
            assert {relation.kind for relation in fault.broken} <= {"across", "of-which", "prose"}


def test_words_and_dates_are_spoilt_on_paper(planted: list[Fault]) -> None:
    for fault in planted:
        if fault.kind in ("prose-direction", "impossible-date"):
            assert markup(fault.story) != markup(story(fault.story.seed))


def test_sheets_are_written_as_lines_with_formulas() -> None:
    ledger = Ledger()
    rows = lines("a | Skola\nb | > varav resor\nsumma | **Summa** | a + b")
    sheet = Sheet(
        "s", "Titel", "tkr", heads("ut = Utfall\nbu = Budget\nav = Avvikelse : bu - ut"), rows
    )
    ledger.add(sheet, lambda line, column: Decimal({"a": 1400, "b": 2300}[line]))
    assert rows[1].look == "of-which"
    assert ledger.quantities[Place("s", "summa", "ut")] == Quantity(Decimal(3700), Decimal(1000))
    assert ledger.quantities[Place("s", "summa", "ut")].printed == 4000
    assert ledger.exact(Place("s", "summa", "av")) == 0
    assert len([relation for relation in ledger.relations if relation.kind == "across"]) == 3


def test_figures_are_found_again_in_what_was_read() -> None:
    each = story(1)
    finder = Finder(each, audited(each, (), paper=False).report)
    for place in each.quantities:
        if place.sheet != "prose" and each.printed(place):
            figure = finder.figure(place)
            assert figure is not None, place
            assert figure.amount.value == each.printed(place)


def test_a_wrong_deviation_is_found_and_pinpointed() -> None:
    rules = rulebook.load(())
    fault = plant("deviation", story(1))
    assert fault is not None
    assert not loud(audited(story(1), rules, paper=False))
    outcome = scored(fault, audited(fault.story, rules, paper=False))
    assert (outcome.found, outcome.pinpointed, outcome.unread) == ("error", True, False)


def test_one_page_is_made_for_each_table() -> None:
    each = story(1)
    assert len(perfect(each).tables) == len(each.sheets)

"""How surely a table was read: alignment, agreement and arithmetic, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import judge, rulebook
from audit.confidence import confidence
from audit.model import Comparison, Confidence, Confirmation, Reading, Report, Verdict
from audit.normalise import normalise
from audit.pipeline import compare
from tests.tables import document, table

RULES = rulebook.load([])

SUM = """
| Verksamhet | Utfall 2021 | Budget 2021 |
| Förskola   | 41,2        | 42,0        |
| Grundskola | 88,3        | 87,5        |
| Fritidshem | 12,4        | 12,9        |
| Summa      | {total}     | 142,4       |
"""
GROWTH = """
| Belopp i mnkr | 2020 | 2021 | Förändring, % |
| Vatten | 41,2 | 44,5 | 8,0 |
| Avfall | 88,3 | 91,8 | 4,0 |
| Gator | 12,4 | 13,1 | 5,6 |
"""
NO_SUM = "| Mått | Utfall |\n| Elever | 12 |\n| Lärare | 3 |"


def read(text: str, alignment: float = 0.8) -> tuple[Report, list[Comparison]]:
    aligned = replace(table(text, unit="mnkr"), confidence=alignment)
    report = normalise(document(aligned))
    return report, compare(report, RULES)


def seen_as(
    reading: Reading, comparisons: Sequence[Comparison], otherwise: Sequence[str] = ()
) -> dict[int, Confirmation]:
    """What a second reader saw of each failing comparison: other digits where ``otherwise``."""
    return {
        index: Confirmation(
            reading,
            "another",
            {figure.source.box: "?" for figure in one.figures if figure.source.text in otherwise},
        )
        for index, one in enumerate(comparisons)
        if one.verdict is Verdict.DIFFERS
    }


def found(
    text: str, reading: Reading | None = None, otherwise: Sequence[str] = (), alignment: float = 0.8
) -> Confidence:
    report, comparisons = read(text, alignment)
    seen = seen_as(reading, comparisons, otherwise) if reading else {}
    settled = judge.settled(comparisons, seen)
    (only,) = confidence(report, settled, seen).values()
    return only


def test_where_nothing_is_tested_the_alignment_speaks() -> None:
    assert found(NO_SUM) == Confidence(Decimal("0.80"), 0.8)


def test_what_only_lines_up_is_never_quite_certain() -> None:
    assert found(NO_SUM, alignment=1.0).share == Decimal("0.99")


def test_columns_that_foot_prove_the_reading() -> None:
    assert found(SUM.format(total="141,9")) == Confidence(Decimal(1), 0.8, tested=2, held=2)


def test_a_percentage_proves_itself_and_not_the_figures_that_it_is_made_of() -> None:
    assert found(GROWTH) == Confidence(Decimal("0.86"), 0.8, tested=3, held=3)


def test_a_fault_of_the_report_takes_nothing_from_the_reading() -> None:
    seen = found(SUM.format(total="152,9"), Reading.CONFIRMED)
    assert seen == Confidence(Decimal(1), 0.8, asked=4, agreed=4, tested=2, held=1)


def test_a_failing_sum_that_nobody_confirms_is_even_odds() -> None:
    seen = found(SUM.format(total="152,9"), Reading.UNCONFIRMED)
    assert seen == Confidence(Decimal("0.75"), 0.8, asked=4, agreed=0, tested=2, held=1)


def test_a_figure_that_the_second_reader_saw_otherwise_counts_nothing() -> None:
    seen = found(SUM.format(total="152,9"), Reading.MISREAD, ["152,9"])
    # four figures foot, three are as sure as they line up, one is wrong
    assert seen == Confidence(Decimal("0.80"), 0.8, asked=4, agreed=0, tested=1, held=1)


def test_a_table_without_figures() -> None:
    assert found("| Uppdrag | Status |\n| Bygga | Pågår |").share == Decimal("0.80")


@pytest.mark.parametrize("reading", list(Reading))
@given(alignment=st.floats(0, 1))
def test_it_is_a_share_and_more_certain_than_its_least_certain_part(
    reading: Reading, alignment: float
) -> None:
    seen = found(SUM.format(total="152,9"), reading, alignment=alignment)
    assert 0 <= seen.share <= 1
    assert found(SUM.format(total="152,9"), Reading.CONFIRMED).share >= seen.share

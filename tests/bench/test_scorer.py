"""The scorer on tables small enough to count by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.bench.scorer import NumberScore, relations, score
from tests.bench.shapes import BenchCell, BenchTable, Rectangle, normalised
from tests.bench.truth import Truth, truths

SAMPLES = Path(__file__).parents[2] / "samples"
BOX = (50.0, 100.0, 300.0, 200.0)
ELSEWHERE = (50.0, 400.0, 300.0, 500.0)
ROWS = (
    ("Mnkr", "Budget", "Utfall"),
    ("Skola", "1 200", "-3,5"),
    ("Vård", "800", ""),
    ("Summa", "2 000", "-3,5"),
)


def table(
    rows: tuple[tuple[str, ...], ...] = ROWS, box: Rectangle = BOX, page: int = 1
) -> BenchTable:
    cells = tuple(
        BenchCell(r, c, r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return BenchTable(page, box, cells, "t", header_rows=1)


def truth(*tables: BenchTable, ignore: tuple[tuple[int, Rectangle], ...] = ()) -> Truth:
    return Truth("report", Path("report.pdf"), (tables,), frozenset({1, 2}), ignore)


def test_truth_against_itself_is_whole() -> None:
    result = score(truth(table()), [table()])
    assert (result.precision, result.recall, result.f1) == (1, 1, 1)
    assert result.numbers == NumberScore(true=5, in_row=5, under_header=5)
    assert (result.false, result.missing, result.pieces, result.remarks) == (0, 0, 0, ())


def test_relations_skip_blanks_and_respect_spans() -> None:
    spanning = BenchTable(
        1,
        BOX,
        (
            BenchCell(0, 1, 0, 2, "2021"),
            BenchCell(1, 1, 1, 1, "a"),
            BenchCell(1, 2, 1, 2, "b"),
            BenchCell(2, 1, 2, 1, " "),
            BenchCell(3, 1, 3, 1, "c"),
        ),
    )
    assert relations(spanning) == {
        ("2021", "a", "below"): 1,
        ("2021", "b", "below"): 1,
        ("a", "b", "right"): 1,
        ("a", "c", "below"): 1,
    }


def test_a_broken_number_costs_relations_and_the_number() -> None:
    broken = (ROWS[0], ("Skola", "1", "200", "-3,5"), *ROWS[2:])
    result = score(truth(table()), [table(broken)])
    assert result.precision < 1
    assert result.recall < 1
    assert result.numbers == NumberScore(true=5, in_row=4, under_header=3)


def test_a_shifted_label_loses_the_row() -> None:
    shifted = (ROWS[0], ("Vård", *ROWS[1][1:]), ("Skola", *ROWS[2][1:]), ROWS[3])
    assert score(truth(table()), [table(shifted)]).numbers.in_row == 2


def test_exchanged_headers_keep_the_row_and_lose_the_header() -> None:
    exchanged = (("Mnkr", "Utfall", "Budget"), *ROWS[1:])
    result = score(truth(table()), [table(exchanged)]).numbers
    assert result == NumberScore(true=5, in_row=5, under_header=0)


def test_a_title_taken_into_the_table_keeps_the_header() -> None:
    titled = (("Resultat i mnkr", "", ""), *ROWS)
    assert score(truth(table()), [table(titled)]).numbers.under_header == 5


@pytest.mark.parametrize(
    ("found", "false", "missing", "pieces"),
    [
        ([], 0, 1, 0),
        ([table(), table(box=ELSEWHERE)], 1, 0, 0),
        ([table(box=ELSEWHERE)], 1, 1, 0),
        ([table(page=2)], 1, 1, 0),
        ([table(page=3)], 0, 1, 0),
        (
            [table(ROWS[:2], (50, 100, 300, 150)), table(ROWS[2:], (50, 150, 300, 200))],
            *(0, 0, 1),
        ),
    ],
    ids=["none", "one too many", "elsewhere", "other page", "page without truth", "in two"],
)
def test_tables_found_and_not(
    found: list[BenchTable], false: int, missing: int, pieces: int
) -> None:
    result = score(truth(table()), found)
    assert (result.false, result.missing, result.pieces) == (false, missing, pieces)


def test_a_false_table_costs_precision_except_where_opinions_differ() -> None:
    found = [table(), table(box=ELSEWHERE)]
    assert score(truth(table()), found).precision == 0.5
    assert score(truth(table(), ignore=((1, ELSEWHERE),)), found).precision == 1


def test_two_tables_of_a_page_are_matched_by_what_they_say() -> None:
    other = table((("Antal", "2021"), ("Kor", "7")), (50, 180, 300, 220))
    result = score(truth(table(), other), [other, table()])
    assert result.f1 == 1


def test_the_nearer_of_two_readings_counts() -> None:
    headless = table(ROWS[1:])
    two = dataclasses.replace(truth(), readings=((table(),), (headless,)))
    assert score(two, [headless]).f1 == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verksam-\nhet", "verksamhet"),
        ("1 200", "1\u00a0200"),
        ("\u2212 3", "-3"),
        ("a\u00adb", "ab"),
    ],
)
def test_texts_that_are_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize("text", ["1 200", "-3,5", "−1 633,7", "85 %", "2021", "(12)", "1,234.5"])
def test_numeric(text: str) -> None:
    assert BenchCell(0, 0, 0, 0, text).numeric


@pytest.mark.parametrize("text", ["Budget 2021", "-", "", "I.U.", "0,2 mnkr", "98-100", "1.1.1"])
def test_not_numeric(text: str) -> None:
    assert not BenchCell(0, 0, 0, 0, text).numeric


def test_a_folder_without_truth_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no truth"):
        list(truths(tmp_path))


def test_the_samples_say_what_is_true_of_them() -> None:
    (sample,) = [one for one in truths(SAMPLES) if one.name == "linkoping-ks-2021-08"]
    (tables,) = sample.readings
    whole = score(sample, tables)
    assert whole.f1 == 1
    assert whole.numbers.true == whole.numbers.under_header > 300
    without_a_row = [
        dataclasses.replace(one, cells=tuple(cell for cell in one.cells if cell.r0 != 2))
        for one in tables
    ]
    assert score(sample, without_a_row).f1 < 1

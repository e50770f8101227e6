"""Tables on their grid: every cell once, spans that cover nothing else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from audit.model import Box, Cell, Style, Table
from audit.normalise import normalise
from audit.output.spread import Part, Spread, spread
from tests.tables import document, table

NESTED = """
| Belopp i tkr | Utfall | <      | Status |
| ^            | 2021   | 2020   | ^      |
| Skola        | 1 200  | 1 100  | Pågår  |
| > varav hyra | -      | 300    | Klart  |
| Summa        | 1 200  | 1 400  |        |
"""


def laid_out(text: str, header_rows: int = 1) -> Spread:
    report = normalise(document(table(text, header_rows=header_rows)))
    return spread(report.document.tables[0], report.grids[0], {})


def test_spans_cover_their_places_and_blanks_are_kept() -> None:
    shown = laid_out(NESTED, 2)
    assert [len(row) for row in shown.rows] == [3, 2, 4, 4, 4]
    assert (shown.head, shown.labels, shown.width) == (2, 1, 4)
    (over,) = [spot for spot in shown.rows[0] if spot.columns > 1]
    assert (over.column, over.columns, over.rows) == (1, 2, 1)


def test_what_each_cell_is() -> None:
    shown = laid_out(NESTED, 2)
    parts = [[spot.part for spot in row] for row in shown.rows]
    number = [Part.LABEL, Part.NUMBER, Part.NUMBER, Part.TEXT]
    assert set(parts[0] + parts[1]) == {Part.HEADER}
    assert parts[2:] == [number, [Part.LABEL, Part.TEXT, Part.NUMBER, Part.TEXT], number]
    assert [row[0].level for row in shown.rows[2:]] == [0, 1, 0]


def test_what_stands_for_a_number_is_set_as_one() -> None:
    shown = laid_out(NESTED, 2)
    assert shown.numeric == {1, 2}
    assert [shown.at_right(spot) for spot in shown.rows[3]] == [False, True, True, False]


def test_no_span_leaves_the_head() -> None:
    shown = laid_out("| Mått | 2021 |\n| ^ | 12 |\n| Skola | 30 |", 1)
    assert shown.rows[0][0].rows == 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.integers(0, 5),
            st.integers(1, 4),
            st.integers(1, 4),
            st.booleans(),
        ),
        max_size=12,
        unique_by=lambda cell: cell[:2],
    )
)
def test_every_cell_is_shown_once_and_every_place_filled_once(
    places: list[tuple[int, int, int, int, bool]],
) -> None:
    cells = tuple(
        Cell("x", row, column, Box(1, 0, 0, 1, 1), Style(9), rows, columns, header)
        for row, column, rows, columns, header in places
    )
    made = Table("p1t1", "", "", cells, 0, (), (Box(1, 0, 0, 1, 1),), "text", 1.0)
    shown = spread(made, None, {})
    held = [spot.cell for row in shown.rows for spot in row if spot.cell]
    assert sorted((cell.row, cell.column) for cell in held) == sorted(place[:2] for place in places)
    covered = [
        (spot.row + down, spot.column + right)
        for row in shown.rows
        for spot in row
        for down in range(spot.rows)
        for right in range(spot.columns)
    ]
    assert len(covered) == len(set(covered)) == len(shown.rows) * shown.width


def test_an_empty_table() -> None:
    empty = replace(table("| a | b |\n| c | 1 |"), cells=())
    assert spread(empty, None, {}).rows == ()

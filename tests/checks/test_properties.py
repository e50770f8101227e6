"""What must hold for every table: built ones foot, a moved total does not, and neither the unit
nor the order of the rows changes a verdict."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model import Comparison, Table
from tests.checks.support import everything, run
from tests.tables import table

LABELS = ("Kansli", "Skola", "Vård", "Park", "Gata", "Bibliotek", "Räddning")
HEAD = ("Utfall 2021", "Budget 2021", "Bokslut 2020")

# Figures of at least three digits: small ones agree by chance, and checks then say nothing.
# Each of at most eight printed figures may be half a unit off.
BEYOND_ROUNDING = st.integers(5, 99_999)

figures = st.integers(100, 99_999)
bodies = st.lists(
    st.tuples(figures, figures, figures), min_size=3, max_size=len(LABELS), unique=True
)


def _printed(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _table(
    rows: list[tuple[int, ...]], total: tuple[int, ...], order: list[int], unit: str
) -> Table:
    lines = ["| Belopp | " + " | ".join(HEAD) + " |"]
    lines += [
        f"| {LABELS[place]} | " + " | ".join(map(_printed, rows[place])) + " |" for place in order
    ]
    lines.append("| **Summa** | " + " | ".join(map(_printed, total)) + " |")
    return table("\n".join(lines), unit=unit)


def _sums(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _verdicts(comparisons: list[Comparison]) -> set[tuple[str, str, bool, bool]]:
    return {(c.stated.label, c.stated.header, c.holds, bool(c.undecided)) for c in comparisons}


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_a_built_table_that_foots_is_exact(rows: list[tuple[int, int, int]]) -> None:
    order = list(range(len(rows)))
    found = run("footing", _table(rows, _sums(rows), order, "tkr"))
    assert {c.stated.header for c in found} == set(HEAD)
    assert all(c.holds and not c.difference for c in found)
    assert all(c.holds or c.undecided for c in everything(_table(rows, _sums(rows), order, "tkr")))


@settings(max_examples=40, deadline=None)
@given(bodies, st.integers(0, 2), BEYOND_ROUNDING)
def test_a_moved_total_differs(rows: list[tuple[int, int, int]], column: int, by: int) -> None:
    total = list(_sums(rows))
    total[column] += by
    found = run("footing", _table(rows, tuple(total), list(range(len(rows))), "tkr"))
    wrong = [c.stated.header for c in found if not c.holds and not c.undecided]
    assert wrong == [HEAD[column]]


@settings(max_examples=30, deadline=None)
@given(bodies, st.data(), st.integers(0, 50))
def test_neither_unit_nor_order_changes_a_verdict(
    rows: list[tuple[int, int, int]], data: st.DataObject, by: int
) -> None:
    order = list(range(len(rows)))
    shuffled = data.draw(st.permutations(order))
    sums = _sums(rows)
    total = (sums[0] + by, *sums[1:])
    first = run("footing", _table(rows, total, order, "tkr"))
    assert _verdicts(first) == _verdicts(run("footing", _table(rows, total, shuffled, "tkr")))
    for unit in ("mnkr", "kr"):
        assert _verdicts(first) == _verdicts(run("footing", _table(rows, total, order, unit)))

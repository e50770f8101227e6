"""Tables of a board as boards print them, right in every figure: nothing in them is an error.

Costs are positive or negative, deviations are good when positive or plain differences, income
stands in a block of its own, as one row or not at all, a total stands below its parts or above, in
thousands or rounded to millions with one decimal.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.checks.support import differing, everything
from tests.tables import table

COSTS = ("Personal", "Lokaler", "Material", "Konsulter", "Övriga kostnader", "Kapitalkostnader")
INCOME = ("Avgifter", "Statsbidrag", "Försäljning", "Hyresintäkter")
UNITS = ("Förskola", "Grundskola", "Gymnasium", "Kulturskola", "Elevhälsa", "Lokalvård")
HEADS = ("Utfall jan-aug 2025", "Budget jan-aug 2025", "Avvikelse", "Prognos 2025", "Budget 2025",
         "Avvikelse")  # fmt: skip

NOTES = frozenset({"deviation-convention"})
# A table that is reported is small already: shrinking it would take minutes.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)

Pair = tuple[int, int, int, int]  # outturn, budget of the period, forecast, budget of the year


def _around(size: int) -> st.SearchStrategy[Pair]:
    """Part of a year and the year, each near its budget."""
    near = st.integers(size // 40, size // 8).flatmap(lambda by: st.sampled_from([by, -by]))
    return st.tuples(near, near, near, near).map(
        lambda by: (size + by[0], size + by[1], size * 3 // 2 + by[2], size * 3 // 2 + by[3])
    )


rows = st.integers(1_000, 90_000).flatmap(_around)


class Printed:
    """The lines of a table, printed in thousands or in millions with one decimal."""

    def __init__(self, millions: bool) -> None:
        self.millions = millions
        self.lines = ["| Belopp | " + " | ".join(HEADS) + " |"]

    def add(self, label: str, exact: Pair, sign: int) -> None:
        outturn, budget, forecast, year = exact
        values = (outturn, budget, sign * (budget - outturn))
        values += (forecast, year, sign * (year - forecast))
        self.lines.append(f"| {label} | " + " | ".join(map(self._text, values)) + " |")

    def _text(self, value: int) -> str:
        if not self.millions:
            return f"{value:,}".replace(",", " ")
        rounded = (Decimal(value) / 1000).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{rounded:,}".replace(",", " ").replace(".", ",")

    def wrong(self) -> list[tuple[str, str, str]]:
        unit = "mnkr" if self.millions else "tkr"
        found = everything(table("\n".join(self.lines), unit=unit))
        return differing([one for one in found if one.rule not in NOTES])


def _sum(some: list[Pair], factor: int = 1) -> Pair:
    outturn, budget, forecast, year = (factor * sum(side) for side in zip(*some, strict=True))
    return outturn, budget, forecast, year


def _minus(exact: Pair) -> Pair:
    return _sum([exact], -1)


@settings(max_examples=40, deadline=None, phases=QUICK, derandomize=True)
@given(
    st.lists(rows, min_size=3, max_size=6), st.sampled_from([1, -1]), st.booleans(), st.booleans()
)
def test_units_and_their_total(units: list[Pair], sign: int, millions: bool, first: bool) -> None:
    printed = Printed(millions)
    if first:
        printed.add("**Nämnden totalt**", _sum(units), sign)
    for label, exact in zip(UNITS, units, strict=False):
        printed.add(label, exact, sign)
    if not first:
        printed.add("**Nämnden totalt**", _sum(units), sign)
    assert printed.wrong() == []


@settings(max_examples=40, deadline=None, phases=QUICK, derandomize=True)
@given(
    st.lists(rows, min_size=2, max_size=6),
    st.lists(rows, min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_costs_and_income(
    costs: list[Pair], income: list[Pair], negative: bool, totals: bool, last: bool, millions: bool
) -> None:
    """Good deviations are positive: with costs positive, income counts the other way."""
    printed = Printed(millions)
    side = -1 if negative else 1

    def block(labels: tuple[str, ...], some: list[Pair], name: str, income: bool) -> None:
        for label, exact in zip(labels, some, strict=False):
            sign = -1 if income or negative else 1
            printed.add(label, exact if income else _sum([exact], side), sign)
        if totals:
            whole = _sum(some, 1 if income else side)
            printed.add(f"**Summa {name}**", whole, -1 if income or negative else 1)

    if not last:
        block(INCOME, income, "intäkter", True)
    block(COSTS, costs, "kostnader", False)
    if last:
        block(INCOME, income, "intäkter", True)
    net = _sum([_sum(costs), _minus(_sum(income))], side)
    printed.add("**Nettokostnad**", net, -1 if negative else 1)
    assert printed.wrong() == []


@settings(max_examples=40, deadline=None, phases=QUICK, derandomize=True)
@given(
    st.lists(rows, min_size=3, max_size=6), rows, st.sampled_from(INCOME), st.booleans(),
    st.integers(0, 6),
)  # fmt: skip
def test_income_without_a_total(
    costs: list[Pair], earned: Pair, label: str, millions: bool, at: int
) -> None:
    """A lone row of income counts the other way, wherever it stands."""
    lines = [(name, exact, 1) for name, exact in zip(COSTS, costs, strict=False)]
    lines.insert(at, (label, earned, -1))
    printed = Printed(millions)
    for line in lines:
        printed.add(*line)
    assert printed.wrong() == []

"""Tables as boards print them, drawn by seed, right in every figure.

A seed draws what the table is of (units, units in groups, costs and income, three rows for each
unit), where its totals stand, the signs of costs, income and deviations, its columns, its unit and
how it writes minus and nothing. To search for false findings among seeds that no test draws::

    python -m tests.checks.boards 1000-1999

prints each table with an error or a warning, and those.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from audit import judge, pipeline, rulebook
from audit.model import Comparison, Observation, Rule, Severity
from tests.checks.support import report
from tests.tables import table

COSTS = ("Personalkostnader", "Lokalkostnader", "Material", "Konsulter", "Övriga kostnader",
         "Kapitalkostnader", "Köp av verksamhet", "Transporter")  # fmt: skip
INCOME = ("Avgifter", "Statsbidrag", "Försäljning", "Hyresintäkter", "Taxor", "Övriga intäkter")
UNITS = ("Förskola", "Grundskola", "Gymnasium", "Kulturskola", "Elevhälsa", "Lokalvård",
         "Bibliotek", "Fritid", "Hemtjänst", "Särskilt boende", "Gator", "Parker", "Vatten",
         "Avfall", "Ledning och stab", "Räddningstjänst", "Bygglov", "Miljö")  # fmt: skip
GROUPS = ("Utbildning", "Omsorg", "Teknik", "Kultur")
PARTS = ("varav Norr", "varav Söder")

Values = Mapping[str, int]  # by period, in kronor: net costs above zero


@dataclass(frozen=True, slots=True)
class Line:
    """``side`` is "cost", "income" or "net"; ``block`` the number of the group it stands in."""

    label: str
    values: Values | None
    side: str = "net"
    total: bool = False
    block: int = 0


@dataclass(frozen=True, slots=True)
class Signs:
    """``costs`` and ``income`` are the signs with which they are printed, ``deviation`` how a
    deviation counts: "good" for the result, "bad", "plain" as budget less outturn, "outturn" the
    other way, "blocks" plain in every other group, "size" the other way for units that earn."""

    costs: int
    income: int
    deviation: str

    def printed(self, line: Line, period: str) -> int:
        value = (line.values or {})[period]
        if line.side == "income":
            return -value * self.income
        return value * self.costs

    def deviating(self, line: Line, period: str, budget: str) -> int:
        values = line.values or {}
        saved = values[budget] - values[period]
        less = self.printed(line, budget) - self.printed(line, period)
        below = not line.total and max(values[budget], values[period]) <= 0
        turned = -1 if line.block % 2 else 1
        return {
            "good": saved, "bad": -saved, "plain": less, "outturn": -less, "blocks": less * turned,
            "size": -saved if below else saved,
        }[self.deviation]  # fmt: skip


# A column: its head, and what it prints of a line; None where the head says per cent of two.
Cell = Callable[[Line, Signs], int]


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    cell: Cell | None = None
    share: tuple[str, str] = ("", "")


def _value(text: str, period: str) -> Head:
    return Head(text, lambda line, signs: signs.printed(line, period))


def _deviation(text: str, period: str, budget: str) -> Head:
    return Head(text, lambda line, signs: signs.deviating(line, period, budget))


def _change(text: str, period: str, before: str) -> Head:
    return Head(text, lambda line, signs: signs.printed(line, period) - signs.printed(line, before))


PERIOD = (
    _value("Utfall jan-aug 2025", "outturn"),
    _value("Budget jan-aug 2025", "budget"),
    _deviation("Avvikelse", "outturn", "budget"),
)
YEAR = (
    _value("Prognos 2025", "forecast"),
    _value("Budget 2025", "year"),
    _deviation("Avvikelse", "forecast", "year"),
)
LEFT = Head("Avvikelse %", None, ("saved", "budget"))
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug")
SPENT = Head("Förbrukat %", None, ("outturn", "budget"))
COLUMNS: tuple[tuple[Head, ...], ...] = (
    (*PERIOD, *YEAR),
    PERIOD,
    (*PERIOD, SPENT),
    (*PERIOD, LEFT),
    (_value("Budget 2025", "year"), _value("Prognos 2025", "forecast"), YEAR[2]),
    (_value("Utfall jan-aug 2024", "before"), *PERIOD, *YEAR),
    (
        _value("Utfall jan-aug 2025", "outturn"),
        _value("Utfall jan-aug 2024", "before"),
        _change("Förändring", "outturn", "before"),
        Head("Förändring %", None, ("change", "before")),
    ),
    (
        *(_value(f"Kv {n} 2025", f"q{n}") for n in (1, 2, 3, 4)),
        _value("Totalt 2025", "quarters"),
    ),
    (*(_value(name, name) for name in MONTHS), _value("Totalt", "months")),
    (
        *(_value(name, name) for name in MONTHS),
        _value("Utfall jan-aug", "months"),
        _value("Budget helår", "year"),
    ),
    (
        _value("Intäkter", "earned"),
        _value("Kostnader", "paid"),
        _value("Netto", "outturn"),
        _value("Budget netto", "budget"),
        _deviation("Avvikelse", "outturn", "budget"),
    ),
)
QUARTERS = ("q1", "q2", "q3", "q4")


Text = tuple[str, str]  # a table as text for ``table``, and its unit


def board(seed: int) -> list[Text]:
    """The table that a seed draws, and now and then a second one of the same rows, or of some of
    them, with other columns, signs and unit."""
    draw = Random(seed)
    costs, income = draw.choice(((1, 1), (1, -1), (-1, 1)))
    of = draw.choice((_units, _groups, _chapters, _costs_and_income, _triples))
    usual = ["good", "good", "plain", "outturn", "bad"]
    special = {_groups: ["blocks", "size"], _units: ["size"]}
    deviation = draw.choice([*usual, *special.get(of, [])])
    costs = 1 if deviation == "size" else costs
    lines = list(of(draw, (costs, income)))
    printed = [_printed(draw, lines, Signs(costs, income, deviation))]
    if of is not _triples and draw.random() < 0.3:
        some = [line for line in lines if line.total or draw.random() < 0.2]
        some = [line for line in some if line.label not in PARTS]
        costs, income = draw.choice(((costs, income), (1, 1), (1, -1), (-1, 1)))
        other = Signs(costs, income, draw.choice(usual))
        printed.append(_printed(draw, draw.choice((lines, some)), other))
    return printed


def _printed(draw: Random, lines: Sequence[Line], signs: Signs) -> Text:
    heads = draw.choice(COLUMNS)
    millions = draw.random() < 0.4
    writer = _Writer(draw, signs, millions)
    text = "\n".join(
        [
            "| Belopp | " + " | ".join(head.text for head in heads) + " |",
            *(writer.line(line, heads) for line in lines),
        ]
    )
    return text, "mnkr" if millions else "tkr"


def _values(draw: Random, side: str, blank: float = 0.05) -> Values:
    size = draw.randint(400, 90_000)
    sign = -1 if side == "income" or (side == "net" and draw.random() < 0.1) else 1
    exact = {
        name: sign * 1000 * (round(size * whole * draw.uniform(0.85, 1.15)))
        + sign * draw.randint(-499, 499)
        for name, whole in (
            ("outturn", 1), ("budget", 1), ("before", 1), ("forecast", 1.5), ("year", 1.5)
        )
    }  # fmt: skip
    exact |= {name: sign * draw.randint(100, size) * 1000 for name in (*QUARTERS, *MONTHS)}
    earned = draw.randint(0, size) * 1000
    for names in (("outturn", "forecast"), ("budget", "year"), ("before",), ("q2",)):
        if draw.random() < blank:
            exact |= dict.fromkeys(names, 0)
    exact |= {"earned": -earned, "paid": exact["outturn"] + earned}
    return exact


def _sum(lines: Sequence[Line]) -> Values:
    parts = [line.values for line in lines if line.values is not None]
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def _total(label: str, lines: Sequence[Line], side: str = "net", block: int = 0) -> Line:
    return Line(label, _sum(lines), side, True, block)


def _placed(total: Line, lines: Sequence[Line], first: bool) -> list[Line]:
    return [total, *lines] if first else [*lines, total]


def _units(draw: Random, signs: tuple[int, int]) -> Iterator[Line]:
    names = draw.sample(UNITS, draw.randint(3, 9))
    lines = [Line(name, _values(draw, "net")) for name in names]
    total = _total(draw.choice(("Nämnden totalt", "Summa", "Totalt")), lines)
    if draw.random() < 0.3:
        lines = [part for line in lines for part in _with_parts(draw, line)]
    yield from _placed(total, lines, draw.random() < 0.3)


def _with_parts(draw: Random, line: Line) -> list[Line]:
    """A row and, now and then, rows of which it consists in part."""
    if draw.random() < 0.6 or line.values is None:
        return [line]
    shares = [draw.uniform(0.1, 0.4) for _ in PARTS[: draw.randint(1, 2)]]
    of_which = [
        replace(
            line,
            label=name,
            values={period: round(value * share) for period, value in line.values.items()},
        )
        for name, share in zip(PARTS, shares, strict=False)
    ]
    return [line, *of_which]


def _groups(draw: Random, signs: tuple[int, int]) -> Iterator[Line]:
    names = iter(draw.sample(UNITS, len(UNITS)))
    first = draw.random() < 0.3
    headed = not first and draw.random() < 0.5
    totals: list[Line] = []
    lines: list[Line] = []
    for at, group in enumerate(draw.sample(GROUPS, draw.randint(2, 3))):
        rows = [
            Line(next(names), _values(draw, "net"), block=at) for _ in range(draw.randint(2, 5))
        ]
        total = _total(group if first else f"Summa {group.lower()}", rows, block=at)
        totals.append(total)
        if headed:
            lines.append(Line(group, None))
        lines += _placed(total, rows, first)
    whole = _total("Totalt", totals)
    yield from _placed(whole, lines, first)


def _chapters(draw: Random, signs: tuple[int, int]) -> Iterator[Line]:
    """Totals of totals of totals, the highest last."""
    names = iter(draw.sample(UNITS, len(UNITS)))
    groups = iter(draw.sample(GROUPS, len(GROUPS)))
    chapters: list[Line] = []
    for chapter in ("förvaltningen", "bolagen"):
        totals: list[Line] = []
        for group in (next(groups), next(groups)):
            rows = [Line(next(names), _values(draw, "net")) for _ in range(draw.randint(2, 4))]
            totals.append(_total(f"Summa {group.lower()}", rows))
            yield from (*rows, totals[-1])
        chapters.append(_total(f"Summa {chapter}", totals))
        yield chapters[-1]
    yield _total("Totalt", chapters)


def _costs_and_income(draw: Random, signs: tuple[int, int]) -> Iterator[Line]:
    """Costs and income, in blocks with totals or one after the other, and what is left."""
    costs = [
        Line(name, _values(draw, "cost"), "cost") for name in draw.sample(COSTS, draw.randint(2, 6))
    ]
    income = [
        Line(name, _values(draw, "income"), "income")
        for name in draw.sample(INCOME, draw.randint(1, 4))
    ]
    name = draw.choice(
        ("Nettokostnad", "Nettokostnader", "Netto") if signs[0] > 0 else ("Resultat", "Netto")
    )
    net = _total(name, [*costs, *income])
    style = draw.choice(("blocks", "totals", "mixed", "none"))
    blocks = [(costs, "Summa kostnader", "cost"), (income, "Summa intäkter", "income")]
    if draw.random() < 0.6:
        blocks.reverse()
    if style in ("blocks", "totals"):
        for rows, name, side in blocks:
            total = _total(name, rows, side)
            if style == "blocks":
                for line in rows:
                    yield from _with_parts(draw, line)
            yield total
    else:
        rows = [*costs]
        for line in income:
            rows.insert(draw.randint(0, len(rows)), line)
        yield from rows
    if style != "none":
        yield net


def _triples(draw: Random, signs: tuple[int, int]) -> Iterator[Line]:
    """For each unit its income, its costs and its net, and the same of all."""
    earned: list[Line] = []
    paid: list[Line] = []
    for name in draw.sample(UNITS, draw.randint(2, 4)):
        income = Line("Intäkter", _values(draw, "income"), "income")
        costs = Line("Kostnader", _values(draw, "cost"), "cost")
        earned.append(income)
        paid.append(costs)
        yield Line(name, None)
        yield from (income, costs, replace(_total("Netto", [income, costs]), total=False))
    yield Line("Totalt", None)
    income, costs = _total("Intäkter", earned, "income"), _total("Kostnader", paid, "cost")
    yield from (income, costs, _total("Netto", [income, costs]))


class _Writer:
    """Prints amounts in thousands, or in millions with one decimal."""

    def __init__(self, draw: Random, signs: Signs, millions: bool) -> None:
        self.signs = signs
        self.millions = millions
        self.minus = draw.choice(("-", "−", "–", "- ", "("))
        self.nothing = draw.choice(("0", "-", ""))
        self.bold = draw.random() < 0.7

    def line(self, line: Line, heads: Sequence[Head]) -> str:
        label = f"**{line.label}**" if line.total and self.bold else line.label
        cells = ["" if line.values is None else self._cell(line, head) for head in heads]
        return f"| {label} | " + " | ".join(cells) + " |"

    def _cell(self, line: Line, head: Head) -> str:
        values = {**(line.values or {})}
        values["quarters"] = sum(values[name] for name in QUARTERS)
        values["months"] = sum(values[name] for name in MONTHS)
        values["saved"] = values["budget"] - values["outturn"]
        values["change"] = values["outturn"] - values["before"]
        line = replace(line, values=values)
        if head.cell is None:
            above, below = (values[name] for name in head.share)
            return self._text(Decimal(100 * above) / below, "0.1") if below else self.nothing
        amount = Decimal(head.cell(line, self.signs))
        if not amount:
            return self.nothing
        if self.millions:
            return self._text(amount / 1_000_000, "0.1")
        return self._text(amount / 1000, "1")

    def _text(self, value: Decimal, digit: str) -> str:
        rounded = value.quantize(Decimal(digit), ROUND_HALF_UP)
        text = f"{abs(rounded):,}".replace(",", " ").replace(".", ",")
        if rounded >= 0:
            return text
        return f"({text})" if self.minus == "(" else f"{self.minus}{text}"


def alarms(rules: Sequence[Rule], printed: Sequence[Text]) -> list[str]:
    """The errors and warnings about tables on pages of their own, in words."""
    tables = [table(text, unit=unit, page=at) for at, (text, unit) in enumerate(printed, start=1)]
    read = report(*tables)
    tested = pipeline.examine(read, rules)
    by_code = {rule.code: rule for rule in rules}
    compared = [one for one in tested if isinstance(one, Comparison)]
    observed = [one for one in tested if isinstance(one, Observation)]
    found = (
        *judge.judge(read, compared, by_code, {}),
        *judge.observed(read, observed, by_code),
    )
    return [
        f"{one.severity}: {one.concept}" + _equation(one.subject)
        for one in found
        if one.severity is not Severity.NOTE
    ]


def _equation(subject: Comparison | Observation) -> str:
    if isinstance(subject, Observation):
        return ""
    return f" {subject.stated.amount.value:f}, not {subject.expected:f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.checks.boards", description=__doc__)
    parser.add_argument("seeds", metavar="A-B")
    first, _, last = parser.parse_args().seeds.partition("-")
    rules = rulebook.load([rulebook.builtin_folder()])
    seeds = range(int(first), int(last or first) + 1)
    loud = 0
    for seed in seeds:
        printed = board(seed)
        found = alarms(rules, printed)
        if found:
            loud += 1
            tables = [f"({unit})\n{text}" for text, unit in printed]
            print(f"--- {seed}", *tables, *found, sep="\n")
    print(f"{loud} of {len(seeds)} seeds with a false error or warning")


if __name__ == "__main__":
    main()

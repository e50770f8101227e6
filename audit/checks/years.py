"""``part-year`` and ``exchanged-rows``: part of a year against the whole year of the same row.

``part-year`` has the setting ``whole``: ``"accounts"`` (default) takes the closed accounts of the
year, ``"forecast"`` its forecast, which the outturn so far is a part of, ``"budget"`` the year's
budget beside that of the period. ``exchanged-rows`` has none.

Outturn of part of a year (January to August 2020) cannot exceed the closed accounts of the year
that it is a part of, for a row of costs with one sign. ``part-year`` compares the whole year's
figure with the part's, which bounds it from below; the bound counts only between two columns where
the other rows keep it. ``exchanged-rows`` looks at the rows that do not: when such a whole-year
figure is, to the digit, the part-year figure of another row, the two rows of the whole-year column
have probably changed places. It compares the failing row's figure with that other row's. Both
belong to one ``group``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from audit.checks.lines import (
    DIFFERENCES,
    ONE,
    RESULT_WORDS,
    TOTAL_WORDS,
    addable,
    choice,
    figures_by_row,
)
from audit.checks.structure import layout, sums
from audit.language import message
from audit.model import (
    Aspect,
    Basis,
    Column,
    Comparison,
    Figure,
    Grid,
    Measure,
    Report,
    Role,
    Rule,
    Term,
    UnitKind,
)

TURNED = message("the row changes sign or is income, so that a part may exceed the whole")
NETTED = message("the row sums amounts of both signs, so that a part may exceed the whole")
FEW_ROWS = message("too few rows keep the part of the year below the whole year")

OUTCOMES = frozenset({Measure.OUTTURN, Measure.ACCOUNTS})
INFINITE = Decimal("Infinity")
# What may be part of what: measures of the part, and of the whole.
WHOLES: Mapping[str, tuple[frozenset[Measure], frozenset[Measure]]] = {
    "accounts": (OUTCOMES, OUTCOMES),
    "forecast": (frozenset({Measure.OUTTURN}), frozenset({Measure.FORECAST})),
    "budget": (frozenset({Measure.BUDGET}), frozenset({Measure.BUDGET})),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A row's figure for part of a year and for all of it."""

    part: Figure
    whole: Figure
    aspect: Aspect | None

    @property
    def value(self) -> tuple[Decimal, Decimal]:
        return self.part.amount.value, self.whole.amount.value

    @property
    def kept(self) -> bool:
        part, whole = self.value
        slack = self.part.amount.slack + self.whole.amount.slack
        return abs(whole) >= abs(part) - slack


@dataclass(frozen=True, slots=True)
class Match:
    """Two columns, and the rows that they share: ``usual`` those whose sign is that of most,
    ``odd`` the others."""

    part: Column
    group: str
    usual: tuple[Span, ...]
    odd: tuple[Span, ...]

    @property
    def kept(self) -> int:
        return sum(span.kept for span in self.usual)

    @property
    def sure(self) -> bool:
        return self.kept >= 3 and 4 * self.kept >= 3 * len(self.usual)

    @property
    def basis(self) -> Basis:
        return Basis(False, self.kept, len(self.usual))


def part_year(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each whole-year figure with that of a part of the same year in the same row."""
    for match in _matches(report, choice(rule, "whole", tuple(WHOLES))):
        for span in match.usual:
            yield _at_least(rule, match, span, "" if span.kept else _doubt(report, match, span))
        for span in match.odd:
            yield _at_least(rule, match, span, TURNED)


def _doubt(report: Report, match: Match, span: Span) -> str:
    if not match.sure:
        return FEW_ROWS
    return NETTED if _nets(report, span.whole.label) else ""


def _nets(report: Report, label: str) -> bool:
    """Whether the row of that name, in any table, is a sum of amounts above zero and below."""
    return any(
        row.label == label and _of_both_signs(grid, row.index)
        for grid in report.grids
        for row in grid.rows
    )


def _of_both_signs(grid: Grid, row: int) -> bool:
    parts = {
        total.fit.target.key: [node.line.key for node in total.fit.nodes]
        for total in sums(layout(grid, TOTAL_WORDS, RESULT_WORDS))
    }
    rows = [row]
    for one in rows:  # grows: the parts of its parts, each once
        rows += [part for part in parts.get(one, ()) if part not in rows]
    signs = {
        (index, figure.amount.value > 0)
        for (at, index), figure in grid.figures.items()
        if at in rows and figure.amount.value and addable(figure)
    }
    amounts = {c.index for c in grid.columns if c.measure not in DIFFERENCES}
    return any({(index, True), (index, False)} <= signs for index in amounts)


def _at_least(rule: Rule, match: Match, span: Span, undecided: str) -> Comparison:
    part = span.part.amount
    low, high = (part.value, INFINITE) if part.value >= 0 else (-INFINITE, part.value)
    terms = (Term(ONE, span.part, match.part.header),)
    return Comparison(
        rule.code,
        span.whole,
        low,
        high,
        part.slack,
        terms,
        match.basis,
        undecided,
        group=match.group,
    )


def exchanged_rows(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Yield the figure that has probably changed places with one that ``part_year`` doubts."""
    for match in _matches(report, "accounts"):
        if not match.sure:
            continue
        for failing in match.usual:
            other = None if failing.kept else _copied_from(failing, match)
            if other is not None:
                whole = other.whole.amount
                yield Comparison(
                    rule.code,
                    failing.whole,
                    whole.value,
                    whole.value,
                    whole.slack,
                    (Term(ONE, other.whole, other.whole.label),),
                    match.basis,
                    group=match.group,
                )


def _copied_from(failing: Span, match: Match) -> Span | None:
    """The one row whose part-year figure is the failing row's whole-year figure, and whose own
    whole-year figure would do for the failing row."""
    found = [
        span
        for span in match.usual
        if span is not failing
        and span.part.amount.value == failing.whole.amount.value
        and abs(span.whole.amount.value) >= abs(failing.part.amount.value)
    ]
    return found[0] if len(found) == 1 else None


def _matches(report: Report, kind: str) -> Iterator[Match]:
    """The columns of parts and wholes, those of different tables only where neither has its like
    beside it: rows of one name may be of other units in another table."""
    small, large = WHOLES[kind]
    columns = [
        (grid, column)
        for grid in report.grids
        for column in grid.columns
        if column.measure in small | large and column.period and not column.previous
    ]
    found = [
        (grid, part, other, whole)
        for grid, part in columns
        for other, whole in columns
        if part.measure in small and whole.measure in large
        if within(part, whole) and part.aspect == whole.aspect
    ]
    beside = [(part, whole) for grid, part, other, whole in found if grid is other]
    own = {id(column) for pair in beside for column in pair}
    for grid, part, other, whole in found:
        if grid is other or not {id(part), id(whole)} & own:
            match = _match(grid, part, other, whole)
            if match is not None:
                yield match


def within(part: Column, whole: Column) -> bool:
    if part.period is None or whole.period is None:
        return False
    return (
        whole.period.months == 12
        and 1 <= part.period.months < 12
        and part.period.start == whole.period.start
        and part.period.start < part.period.end
    )


def _match(grid: Grid, part: Column, other: Grid, whole: Column) -> Match | None:
    parts, wholes = labelled_figures(grid, part), labelled_figures(other, whole)
    spans = [
        Span(figure, wholes[label], grid.row(figure.row).aspect)
        for label, figure in parts.items()
        if label in wholes
    ]
    spans = [span for span in spans if span.part.amount.value or span.whole.amount.value]
    if not spans:
        return None
    up = sum(span.part.amount.value > 0 for span in spans)
    sign = 1 if 2 * up >= len(spans) else -1
    usual = [span for span in spans if _plain(span, sign)]
    odd = [span for span in spans if not _plain(span, sign)]
    group = f"{grid.table.id}:{part.index}-{other.table.id}:{whole.index}"
    return Match(part, group, tuple(usual), tuple(odd))


def _plain(span: Span, sign: int) -> bool:
    """Whether the row has the usual sign in both columns and is no income or result."""
    part, whole = span.value
    same = part * sign >= 0 and whole * sign >= 0
    return same and span.aspect not in (Aspect.INCOME, Aspect.NET)


def labelled_figures(grid: Grid, column: Column) -> dict[str, Figure]:
    """The money figures of a column by label, for labels that only one row has; of-which rows
    are left out."""
    numbers = figures_by_row(grid)
    found: dict[str, Figure] = {}
    seen: set[str] = set()
    for row in grid.rows:
        label = " ".join(row.label.casefold().split())
        figure = numbers.get(row.index, {}).get(column.index)
        if not label or figure is None:
            continue
        if label in seen:
            found.pop(label, None)
        elif row.role is not Role.OF_WHICH and figure.amount.unit.kind is UnitKind.MONEY:
            found[label] = figure
        seen.add(label)
    return found

"""Rows seen across their columns, and columns seen down their rows, as addends.

Everything here reads; nothing decides. A *place* is where a line meets the lines of the other
direction: the column index of a row's figure, the row index of a column's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate
from functools import lru_cache

from audit.model import (
    Aspect,
    Basis,
    Column,
    Comparison,
    Figure,
    Grid,
    Measure,
    Remark,
    Role,
    Row,
    Rule,
    Term,
    UnitKind,
    percentage,
)

TOTAL_WORDS = ("summa*", "total*", "delsumma*", "s:a*")
RESULT_WORDS = ("*resultat*", "*netto*")

NO_ADDENDS = frozenset({Measure.SHARE, Measure.TARGET, Measure.NOTE})
DIFFERENCES = frozenset({Measure.DEVIATION, Measure.CHANGE})

# What earns, though it is not called income; what only sounds so.
_EARNING = re.compile(
    r"avgift|bidrag|försälj|ersättning|skatt|utjämning|\bhyror\b|tax[ao]|utdelning|arrende",
    re.IGNORECASE,
)
_PAYING = re.compile(r"arbetsgivaravgift|sociala avgift|lämnade|\btill\b", re.IGNORECASE)

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a grid. ``unread`` are the places with a text that is neither a
    number nor a dash: something stands there that could not be added. ``closing`` is a last row
    that has no name among rows that have: the place says that it may be their total."""

    key: int
    name: str
    figures: Mapping[int, Figure]
    unread: frozenset[int]
    aspect: Aspect | None = None
    level: int = 0
    bold: bool = False
    total: bool = False
    result: bool = False
    earns: bool = False
    closing: bool = False

    @property
    def worded(self) -> bool:
        """Whether words say that the line is made of others."""
        return self.total or self.result


def words(rule: Rule, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns that a rule page gives under ``key``, in lower case."""
    given = rule.settings.get(key, default)
    if isinstance(given, str):
        return (given.casefold(),)
    if not isinstance(given, Sequence):
        raise ValueError(f"{rule.origin}: {key} must be a list of patterns")
    return tuple(str(word).casefold() for word in given)


def matches(text: str, patterns: tuple[str, ...]) -> bool:
    folded = " ".join(text.casefold().split()).lstrip("-–−• ")
    return _any_of(patterns).match(folded) is not None


@lru_cache(maxsize=256)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What is matched by any of ``patterns``, and nothing if there are none."""
    return re.compile("|".join(map(translate, patterns)) or "(?!)")


def choice(rule: Rule, key: str, allowed: Sequence[str]) -> str:
    """A setting that takes one of ``allowed``, the first one by default.

    Raises ValueError, with the page's origin, when it is none of them.
    """
    given = rule.settings.get(key, allowed[0])
    if given not in allowed:
        raise ValueError(f"{rule.origin}: {key} must be one of {', '.join(allowed)}")
    return str(given)


def addable(figure: Figure) -> bool:
    """Whether adding the figure to another can mean anything: shares do not add up."""
    return figure.amount.unit.kind is not UnitKind.PERCENT and figure.measure not in NO_ADDENDS


def is_dash(text: str) -> bool:
    return not text.strip(" -–—−.*")


def figures_by_row(grid: Grid) -> dict[int, dict[int, Figure]]:
    found: dict[int, dict[int, Figure]] = {}
    for (row, column), figure in grid.figures.items():
        found.setdefault(row, {})[column] = figure
    return found


def _unread_places(grid: Grid, by_row: bool) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for (row, column), text in grid.texts.items():
        if not is_dash(text):
            line, place = (row, column) if by_row else (column, row)
            found.setdefault(line, set()).add(place)
    return found


def row_lines(
    grid: Grid,
    total_words: tuple[str, ...] = TOTAL_WORDS,
    result_words: tuple[str, ...] = RESULT_WORDS,
) -> dict[int, Line]:
    """The rows that hold something addable, by row index, from the top."""
    usable = {c.index for c in grid.columns if c.measure not in NO_ADDENDS}
    unread = _unread_places(grid, by_row=True)
    numbers = figures_by_row(grid)
    closing = _closing(row for row in grid.rows if row.index in numbers)
    lines = {}
    for row in sorted(grid.rows, key=lambda row: row.index):
        figures = {
            column: figure
            for column, figure in sorted(numbers.get(row.index, {}).items())
            if column in usable and addable(figure)
        }
        if figures:
            lines[row.index] = Line(
                row.index,
                row.label,
                figures,
                frozenset(unread.get(row.index, ())),
                row.aspect,
                row.level,
                row.bold,
                is_total(row, total_words),
                matches(row.label, result_words) and row.role is not Role.OF_WHICH,
                earns(row),
                row.index == closing,
            )
    return lines


def _closing(filled: Iterable[Row]) -> int | None:
    """The last row with figures where it is the only one without a label in words."""
    rows = sorted(filled, key=lambda row: row.index)
    unnamed = [row for row in rows if not any(sign.isalpha() for sign in row.label)]
    return rows[-1].index if len(rows) > 1 and unnamed == rows[-1:] else None


def earns(row: Row) -> bool:
    """Whether the row is income, or may be one by its label."""
    if row.aspect is not None:
        return row.aspect is Aspect.INCOME
    return bool(_EARNING.search(row.label)) and not _PAYING.search(row.label)


def is_total(row: Row, total_words: tuple[str, ...]) -> bool:
    if row.role is Role.OF_WHICH:
        return False
    return row.role is Role.TOTAL or matches(row.label, total_words)


def column_lines(grid: Grid, total_words: tuple[str, ...] = TOTAL_WORDS) -> dict[int, Line]:
    """The columns that hold something addable, by column index, from the left."""
    unread = _unread_places(grid, by_row=False)
    numbers: dict[int, dict[int, Figure]] = {}
    for (row, column), figure in sorted(grid.figures.items(), key=lambda item: item[0]):
        if addable(figure):
            numbers.setdefault(column, {})[row] = figure
    return {
        column.index: Line(
            column.index,
            column.header,
            numbers[column.index],
            frozenset(unread.get(column.index, ())),
            column.aspect,
            total=is_total_column(column, total_words),
            result=column.aspect is Aspect.NET,
        )
        for column in sorted(grid.columns, key=lambda column: column.index)
        if column.index in numbers and column.measure not in NO_ADDENDS
    }


def is_total_column(column: Column, total_words: tuple[str, ...]) -> bool:
    if column.aspect is Aspect.TOTAL:
        return True
    return any(matches(word, total_words) for word in column.header.split())


def equation(
    rule: Rule,
    stated: Figure,
    terms: Sequence[Term],
    basis: Basis,
    *,
    undecided: str = "",
    remark: Remark | None = None,
    group: str = "",
) -> Comparison:
    """``stated`` should be the sum of ``terms``."""
    expected = sum((term.factor * term.figure.amount.value for term in terms), ZERO)
    slack = sum((abs(term.factor) * term.figure.amount.slack for term in terms), ZERO)
    return Comparison(
        rule.code, stated, expected, expected, slack, tuple(terms), basis, undecided, remark, group
    )


def share(
    rule: Rule,
    stated: Figure,
    terms: Sequence[Term],
    basis: Basis,
    *,
    undecided: str = "",
    group: str = "",
) -> Comparison:
    """``stated``, in percent, should be the terms above the bar as a share of those below, which
    must not come to nothing. The expectation has one decimal more than what is printed."""
    exact = percentage(terms, lambda figure: figure.amount.value)
    digit = stated.amount.step / 10
    expected = (exact / digit).to_integral_value() * digit
    whole = abs(sum((term.factor * term.figure.amount.value for term in terms if term.below), ZERO))
    parts = [abs(term.factor) * term.figure.amount.slack for term in terms]
    above = sum((half for half, term in zip(parts, terms, strict=True) if not term.below), ZERO)
    below = sum((half for half, term in zip(parts, terms, strict=True) if term.below), ZERO)
    slack = digit / 2 + (100 * above + abs(exact) * below) / whole
    return Comparison(
        rule.code, stated, expected, expected, slack, tuple(terms), basis, undecided, None, group
    )

"""Rows from their labels: role, level, what they stand under, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from audit.model import Aspect, Cell, Role, Row, Table
from audit.normalise.headers import aspect
from audit.normalise.numbers import plain

_OF_WHICH = re.compile(r"^[-–•]?\s*(?:varav|därav|därutav|of which)\b", re.I)
_TOTAL = re.compile(
    r"^[-–]?\s*(?:summa|delsumma|s:a|sum|totalt?|totala|totalsumma|grand total)(?:\b|$)", re.I
)
_STARS = re.compile(r"\s*(\*{1,3})(?=\W*$|[,:]| \()")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
INDENT = 3.0  # points: labels nearer than this stand at one level


def rows(table: Table, labels: Collection[int], filled: Collection[int]) -> tuple[Row, ...]:
    """The body's rows from the top. ``labels`` are the columns that hold labels, ``filled`` the
    rows that hold anything beside them."""
    body = [cell for cell in table.cells if not cell.header]
    height = 1 + max((cell.row + cell.rows - 1 for cell in table.cells), default=-1)
    named = _labels(body, labels, range(table.header_rows, height))
    left = _carried(named)
    stops = _stops([cells[-1] for cells in named.values() if cells])
    found: list[Row] = []
    above: list[Row] = []  # headings and rows that later ones may stand under
    for index, cells in named.items():
        if not cells and index not in filled:
            continue
        row = _row(index, cells, left[index], stops, index in filled, above)
        if is_part(row):
            over = _whole(found)
            row = replace(row, path=row.path if row.path[-1:] == over else row.path + over)
        found.append(row)
        above = [earlier for earlier in above if _over(earlier, row)]
        if row.role is not Role.OF_WHICH:
            above.append(row)
    return tuple(_with_groups(found))


def is_part(row: Row) -> bool:
    """A row that shows a part of the row above: of-which, women, men."""
    return row.role is Role.OF_WHICH or row.aspect in (Aspect.WOMEN, Aspect.MEN)


def _whole(found: Sequence[Row]) -> tuple[str, ...]:
    """The label of the nearest row above that is no such part itself."""
    return next(((row.label,) for row in reversed(found) if not is_part(row)), ())


def _labels(
    body: Iterable[Cell], labels: Collection[int], indexes: Iterable[int]
) -> dict[int, list[Cell]]:
    """The cells of labels in each row, from the left; a merged cell is in all of its rows."""
    named: dict[int, list[Cell]] = {index: [] for index in indexes}
    for cell in sorted(body, key=lambda cell: cell.column):
        if cell.column in labels:
            for row in range(cell.row, cell.row + cell.rows):
                named[row].append(cell)
    return named


def _carried(named: Mapping[int, Sequence[Cell]]) -> dict[int, tuple[str, ...]]:
    """The words left of each row's label. A blank there repeats what stands above, until that
    column, or one left of it, says something else; numbers of notes are not repeated."""
    carried: dict[int, tuple[str, ...]] = {}
    current: dict[int, str] = {}
    for row, cells in named.items():
        for cell in cells[:-1]:
            current = {column: text for column, text in current.items() if column < cell.column}
            current[cell.column] = plain(cell.text)
        own = cells[-1].column if cells else 0
        current = {
            column: text
            for column, text in current.items()
            if column < own and any(sign.isalpha() for sign in text)
        }
        carried[row] = tuple(current.values())
    return carried


def _stops(labels: Sequence[Cell]) -> list[float]:
    """The indents at which labels begin, from the left."""
    stops: list[float] = []
    for indent in sorted(cell.indent for cell in labels):
        if not stops or indent - stops[-1] > INDENT:
            stops.append(indent)
    return stops


def _row(
    index: int,
    cells: Sequence[Cell],
    before: tuple[str, ...],
    stops: Sequence[float],
    filled: bool,
    above: Sequence[Row],
) -> Row:
    label, marks = marked(cells[-1]) if cells else ("", ())
    level = 0
    if cells:
        level = max(0, sum(1 for stop in stops if stop <= cells[-1].indent + 0.1) - 1)
    over = tuple(row.label for row in above if row.role is Role.HEADING or row.level < level)
    return Row(
        index=index,
        label=label,
        role=_role(label, filled),
        level=level,
        aspect=aspect(label),
        marks=marks,
        path=over + before,
        bold=bool(cells) and cells[-1].style.bold,
        italic=bool(cells) and cells[-1].style.italic,
    )


def _role(label: str, filled: bool) -> Role:
    if not filled:
        return Role.HEADING
    if _OF_WHICH.match(label):
        return Role.OF_WHICH
    if _TOTAL.match(label):
        return Role.TOTAL
    return Role.ITEM


def _over(earlier: Row, row: Row) -> bool:
    """Whether what comes after ``row`` still stands under ``earlier``."""
    if earlier.role is Role.HEADING and row.role not in (Role.HEADING, Role.TOTAL):
        return True
    return row.level > earlier.level  # a heading or a total ends what stands at its level


def _with_groups(found: Sequence[Row]) -> list[Row]:
    """A total that is followed or led by women and men is their total."""

    def beside(place: int) -> set[Aspect | None]:
        return {other.aspect for other in found[max(0, place - 2) : place + 3]}

    groups = {Aspect.WOMEN, Aspect.MEN}
    return [
        replace(row, aspect=Aspect.TOTAL)
        if row.role is Role.TOTAL and groups <= beside(place)
        else row
        for place, row in enumerate(found)
    ]


def marked(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """A label without its footnote marks, and the marks."""
    text = plain(cell.text)
    marks = [mark.translate(_DIGITS) for mark in _RAISED.findall(text)]
    text = _RAISED.sub("", text)
    marks += _STARS.findall(text)
    text = plain(_STARS.sub("", text))
    if cell.mark:
        marks.append(cell.mark)
    return text, tuple(marks)

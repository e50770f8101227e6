"""``note-ties``: the row of a statement and the note that it refers to.

"Skatteintäkter, not 5" is the sum of the table under the heading "Not 5". Which row of the note is
the statement's is what the columns of one of them at least show, to the digit: its total, its last
row, or one of the same name. Where the reference is that plain and one column agrees, another that
does not is a difference, unless other rows of the note account for it. No settings.

LKBR 9 kap. and K3 chapter 8 have a note tell what a row is made of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from audit.checks.lines import ONE, equation
from audit.checks.ties.details import headings
from audit.checks.ties.pairs import Tie, meeting, weight
from audit.checks.ties.sheets import Line, RowPair, Sheet, sheet
from audit.checks.ties.slots import Slot, alike
from audit.language import message
from audit.model import Amount, Basis, Comparison, Grid, Measure, Report, Rule, Statement, Term

OTHER_ROWS = message("other rows of the note may account for the difference")
LEAST = 4  # digits by which a row of the note shows that it is the statement's

STATEMENTS = (Statement.INCOME, Statement.BALANCE)

_TITLE = re.compile(r"\W*not(?:er)?\W*(?P<number>\d{1,2}[a-z]?)\b", re.I)
_CLOSING = re.compile(r"utgående|(?:redovisat|bokfört) värde")
_NOTES = re.compile(r"\W*noter\b", re.I)
_ALONE = re.compile(r"(?P<number>\d{1,2}[a-z]?)\W?", re.I)
_REFERENCE = re.compile(r"(?:not\W*)?(?P<number>\d{1,2}[a-z]?)", re.I)
_IN_LABEL = re.compile(r"\bnot (?P<number>\d{1,2}[a-z]?)\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """A table, or the part of one, under the heading of a note."""

    sheet: Sheet
    lines: tuple[Line, ...]


def note_ties(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each row that refers to a note with the row of the note that shows the same."""
    sheets = [one for grid in report.grids if (one := sheet(grid)).lines]
    notes = _notes(report, sheets)
    for statement in sheets if notes else ():
        if statement.grid.statement not in STATEMENTS:
            continue  # a cash flow's row may count more than its note
        refers = _references(statement.grid)
        many = Counter(refers.values())
        for line in statement.lines:
            number = refers.get(line.row.index, "")
            for note in notes.get(number, ()):
                if note.sheet is not statement:
                    meant = _meant(note, line, alone=many[number] == 1)
                    beside = _amounts(other for other in notes[number] if other is not note)
                    yield from _compared(rule, statement, line, note, meant, beside)


def _notes(report: Report, sheets: Sequence[Sheet]) -> dict[str, list[Note]]:
    """The notes by their number, as headings over tables and within them give it."""
    found: dict[str, list[Note]] = defaultdict(list)
    over = headings(report, sheets)
    for one in sheets:
        lines = {line.row.index: line for line in one.lines}
        title = next(iter(over[one.grid.table.id][1:2]), "")
        number = _number(_TITLE.match(one.grid.table.title) or _TITLE.match(title))
        within = _headed(one.grid)
        held: dict[str, list[Line]] = defaultdict(list)
        for row in sorted(lines.keys() | within.keys()):
            number = within.get(row, number)
            if row in lines:
                held[number].append(lines[row])
        for name, inside in held.items():
            if name:
                found[name].append(Note(one, tuple(inside)))
    return found


def _headed(grid: Grid) -> dict[int, str]:
    """The number of the note that begins at a heading within the table, by row: "Not 5 ...", or,
    in a table of notes, a number that stands alone in front."""
    filled = {row for row, _ in grid.figures}
    found = {
        row.index: _number(_TITLE.match(row.label))
        for row in grid.rows
        if row.index not in filled and _TITLE.match(row.label)
    }
    if _NOTES.match(grid.table.title):
        for cell in grid.table.cells:
            number = _number(_ALONE.fullmatch(cell.text.strip()))
            if number and cell.column == 0 and cell.row not in filled:
                found[cell.row] = number
    return found


def _references(grid: Grid) -> dict[int, str]:
    """The number of the one note that each row refers to, by row."""
    columns = {column.index for column in grid.columns if column.measure is Measure.NOTE}
    found = {
        row: _number(_REFERENCE.fullmatch(text.strip()))
        for (row, column), text in grid.texts.items()
        if column in columns
    }
    for row in grid.rows:
        found.setdefault(row.index, _number(_IN_LABEL.search(row.label)))
    return {row: number for row, number in found.items() if number}


def _number(found: re.Match[str] | None) -> str:
    return found["number"].casefold() if found else ""


def _meant(note: Note, line: Line, alone: bool) -> list[Line]:
    """The rows of a note that may be the statement's row: those of its name and, where no other
    row refers to the note, its totals, its closing values and its last row."""
    whole = [
        one
        for one in (note.lines if alone else ())
        if one.total or one is note.lines[-1] or _CLOSING.match(one.name)
    ]
    named = [one for one in note.lines if one.name == line.name]
    return [*named, *(one for one in reversed(whole) if one not in named)]


def _compared(
    rule: Rule,
    statement: Sheet,
    line: Line,
    note: Note,
    meant: Sequence[Line],
    beside: Sequence[Amount],
) -> Iterator[Comparison]:
    """The comparisons with that row of the note which agrees best, if one does."""
    columns = list(_columns(statement, note.sheet))
    readings = [
        (sign, list(_ties(RowPair(line, other, exact=True), columns)))
        for other in meant
        for sign in (1, -1)
    ]

    def agreeing(reading: tuple[int, list[Tie]]) -> int:
        return weight([tie for tie in reading[1] if tie.holds(reading[0])])

    sign, ties = max(readings, key=agreeing, default=(1, []))
    if agreeing((sign, ties)) < LEAST or line.row.marks != ties[0].rows.second.row.marks:
        return
    held = sum(tie.holds(sign) for tie in ties)
    title = statement.grid.table.title
    for tie in ties:
        other = f"{title}, {tie.first.header}" if title else tie.first.header
        yield equation(
            rule,
            tie.second,
            (Term(sign * ONE, tie.first, other),),
            Basis(True, held, len(ties)),
            undecided="" if tie.holds(sign) else _doubt(note, tie, sign, beside),
            group=f"{tie.first.table}-{tie.second.table}:{tie.second.row}",
        )


def _columns(statement: Sheet, note: Sheet) -> Iterator[tuple[Slot, Slot]]:
    """The columns of one period, body and measure, where each table has one such."""
    pairs = [
        (one, other)
        for one in statement.slots
        for other in note.slots
        if one.period is not None and other.period is not None and alike(one, other) is not False
    ]
    ours = Counter(one.column.index for one, _ in pairs)
    theirs = Counter(other.column.index for _, other in pairs)
    for one, other in pairs:
        if ours[one.column.index] == theirs[other.column.index] == 1:
            yield one, other


def _ties(rows: RowPair, columns: Sequence[tuple[Slot, Slot]]) -> Iterator[Tie]:
    for one, other in columns:
        yield from (tie for tie in meeting((rows,), one, other, ONE, sure=True) if tie.scale == ONE)


def _amounts(notes: Iterable[Note]) -> list[Amount]:
    return [
        figure.amount for note in notes for line in note.lines for figure in line.figures.values()
    ]


def _doubt(note: Note, tie: Tie, sign: int, beside: Sequence[Amount]) -> str:
    """Whether another row of the note shows the statement's figure, or one row or two make the
    difference, or one of the note's other tables (``beside``). A sign alone is made by no rows."""
    if tie.holds(-sign):
        return ""
    column, own = tie.second.column, tie.rows.second
    others = [
        line.figures[column].amount
        for line in note.lines
        if line is not own and column in line.figures and line.figures[column].amount.value
    ]
    gap = abs(sign * tie.second.amount.value - tie.first.amount.value)
    pairs = combinations(others, 2)
    explained = (
        any(_near(tie, one, abs(tie.first.amount.value)) for one in others)
        or any(_near(tie, one, gap) for one in (*others, *beside))
        or any(_near(tie, replace(one, value=one.value + two.value), gap) for one, two in pairs)
    )
    return OTHER_ROWS if explained else ""


def _near(tie: Tie, amount: Amount, value: Decimal) -> bool:
    return abs(abs(amount.value) - value) <= tie.tolerance + amount.step

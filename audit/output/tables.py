"""The tables of a report on a terminal, as they were read.

Numbers keep their line; words are wrapped into the room that they leave. Only where even that
is too narrow do further columns follow below, with the labels once more.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from audit.language import NO_BREAK_SPACE, Words
from audit.model import AuditedReport, Table
from audit.output.fates import MARKS, legend, summary
from audit.output.layout import GAP, QUIET, fit, heading, line, paragraph
from audit.output.plain import clean, marked
from audit.output.spread import Part, Spot, Spread, grids, share, spread, tables
from audit.output.status import pictures

WIDEST = 60
LEAST = 24  # characters: longer words may be broken where there is little room, shorter ones not
INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column is printed: ``width`` in characters, which words may lessen to ``least``."""

    index: int
    width: int
    least: int


def render(audited: AuditedReport, words: Words, width: int, named: bool) -> RenderableType:
    """Every table of the report, under its file's name when ``named``, and what was not read; with
    marks on the figures where the report says what became of them."""
    lines = [line((clean(audited.path), "bold"))] if named else []
    if audited.fates:
        lines += [line(), line(*_legend(audited, words))]
    known = grids(audited)
    for table in tables(audited):
        lines += [line(), *_heading(audited, table, words, width)]
        if table.id in audited.coverage:
            lines += paragraph(summary(audited.coverage[table.id], words), width, style=QUIET)
        lines += _table(spread(table, known.get(table.id), audited.fates), table, width)
    if audited.report and (said := pictures(audited.report, words)):
        lines += [line(), *paragraph(said, width, hang=INDENT)]
    return Group(*lines)


def _legend(audited: AuditedReport, words: Words) -> list[tuple[str, str]]:
    parts = [(f"{mark.sign} {said}", mark.style) for mark, said in legend(audited, words)]
    return [piece for part in parts for piece in (part, ("   ", ""))][:-1]


def _heading(audited: AuditedReport, table: Table, words: Words, width: int) -> list[Text]:
    pages = table.pages
    run = len(pages) > 2 and pages == tuple(range(pages[0], pages[-1] + 1))
    named = f"{pages[0]}–{pages[-1]}" if run else ", ".join(map(str, pages))
    where = words.count("page {pages}", "pages {pages}", len(pages), pages=named)
    sure = words.say("reading {share} sure", share=words.percent(share(audited, table)))
    title = clean(" · ".join(part for part in (table.title, table.unit) if part))
    return heading((f"{table.id}  ", "bold"), title, (f"{where} · {sure}", QUIET), width)


def _table(shown: Spread, table: Table, width: int) -> Iterator[Text]:
    """As many blocks of columns as the width asks for, then the footnotes."""
    for position, block in enumerate(_blocks(_columns(shown), shown.labels, width)):
        if position:
            yield line()
        yield from _block(shown, block)
    for note in dict.fromkeys(clean(f"{note.mark} {note.text}") for note in table.footnotes):
        yield from paragraph(note, width, INDENT, "italic", hang=INDENT)


def _columns(shown: Spread) -> list[_Column]:
    """Each as wide as its widest cell; only words, and headers between their words, are wrapped."""
    widths, least = [1] * shown.width, [1] * shown.width
    filled: set[int] = set()
    for spot in (spot for row in shown.rows for spot in row if spot.cell):
        at = spot.column
        filled.add(at)
        if spot.columns > 1:
            continue
        text = _text(spot)
        longest = max(map(cell_len, text.split()), default=1)
        if spot.part is Part.LABEL:
            longest += cell_len(INDENT) * (spot.level + 1)  # its further lines hang
        wraps = spot.part is Part.HEADER or spot.worded or at not in shown.numeric
        whole = longest if spot.part is Part.HEADER else cell_len(text)
        widths[at] = max(widths[at], whole)
        narrow = min(longest, LEAST) if at not in shown.numeric else longest
        least[at] = max(least[at], narrow if wraps else whole)
    return [
        _Column(at, min(widths[at], WIDEST), min(least[at], WIDEST))
        for at in range(shown.width)
        if at in filled
    ]


def _blocks(columns: Sequence[_Column], labels: int, width: int) -> Iterator[list[_Column]]:
    """Columns that fit beside each other in ``width``, those of labels first in each block."""
    names = [column for column in columns if column.index < labels]
    rest = columns[len(names) :]
    room = width * 2 // 3 // max(len(names), 1) - GAP
    names = [replace(name, least=max(1, min(name.least, room))) for name in names]
    block: list[_Column] = []
    for column in rest:
        if block and _taken([*names, *block, column]) > width:
            yield _squeezed([*names, *block], width)
            block = []
        block.append(column)
    yield _squeezed([*names, *block], width)


def _taken(columns: Sequence[_Column]) -> int:
    """The least room that the columns need."""
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)


def _squeezed(columns: Sequence[_Column], width: int) -> list[_Column]:
    """The columns in ``width``: the widest give way first, none below its least; where that is
    still too wide, below it too, for nothing may be lost at the edge."""
    room = width - GAP * (len(columns) - 1)
    floors = [column.least for column in columns]
    if sum(floors) > room:
        floors = [1] * len(columns)
    cap = WIDEST
    while cap > 1 and sum(_within(columns, floors, cap)) > room:
        cap -= 1
    sizes = _within(columns, floors, cap)
    return [replace(column, width=size) for column, size in zip(columns, sizes, strict=True)]


def _within(columns: Sequence[_Column], floors: Sequence[int], cap: int) -> list[int]:
    return [
        min(column.width, max(cap, floor)) for column, floor in zip(columns, floors, strict=True)
    ]


def _block(shown: Spread, block: Sequence[_Column]) -> Iterator[Text]:
    """Its rows, a line below the head, and blank lines between rows where most are wrapped."""
    rows = [list(_row(shown, row, block)) for row in shown.rows]
    body = rows[shown.head :]
    tall = 2 * sum(len(lines) > 1 for lines in body) > len(body)
    width = sum(column.width for column in block) + GAP * (len(block) - 1)
    for number, lines in enumerate(rows[: shown.head], start=1):
        yield from (said for said in lines if said.plain)
        reach = "─" * width if number == shown.head else _reach(shown.rows[number - 1], block)
        if reach:
            yield line((reach, QUIET))
    for number, lines in enumerate(body):
        if tall and number:
            yield line()
        yield from lines


def _row(shown: Spread, row: Sequence[Spot], block: Sequence[_Column]) -> Iterator[Text]:
    """A row, on several lines where a cell's text is wider than its place."""
    placed = [(_lines(shown, spot, width), spot) for spot, width in _places(row, block)]
    height = max((len(lines) for lines, _ in placed), default=1)
    style = _style(row)
    for number in range(height):
        parts: list[tuple[str, str]] = []
        for lines, spot in placed:
            said = lines[number] if number < len(lines) else " " * len(lines[0])
            mark = MARKS[spot.fate.tested].style if spot and spot.fate else ""
            parts += [(" " * GAP, style)] * bool(parts) + [(said, f"{style} {mark}".strip())]
        whole = line(*parts)
        whole.rstrip()
        yield whole


def _reach(row: Sequence[Spot], block: Sequence[_Column]) -> str:
    """Lines under the cells of a row that span columns; "" where none does."""
    parts = [
        ("─" if spot and spot.cell and spot.columns > 1 else " ") * width
        for spot, width in _places(row, block)
    ]
    return (" " * GAP).join(parts).rstrip()


def _places(row: Sequence[Spot], block: Sequence[_Column]) -> Iterator[tuple[Spot | None, int]]:
    """What stands in the block's columns from the left, and how wide its place is."""
    at = {spot.column: spot for spot in row}
    covered = -1
    for position, column in enumerate(block):
        if column.index <= covered:
            continue
        spot = at.get(column.index) or _over(row, column.index)
        covered = spot.column + spot.columns - 1 if spot else column.index
        spanned = [other.width for other in block[position:] if other.index <= covered]
        yield spot, sum(spanned) + GAP * (len(spanned) - 1)


def _over(row: Sequence[Spot], column: int) -> Spot | None:
    """The cell that began left of the block and spans ``column``; None below a span of rows."""
    spans = (spot for spot in row if spot.column < column < spot.column + spot.columns)
    return next(spans, None)


def _lines(shown: Spread, spot: Spot | None, width: int) -> list[str]:
    """The text in lines of exactly ``width``: numbers at the right, what spans in the middle."""
    text = _text(spot) if spot else ""
    indent = INDENT * spot.level if spot else ""
    hang = indent + INDENT if spot and spot.part is Part.LABEL else indent
    room = max(width, len(hang) + 1)
    wrapped = textwrap.wrap(
        text.removeprefix(indent), room, initial_indent=indent, subsequent_indent=hang
    ) or [""]
    if spot and shown.at_right(spot):
        return [" " * (width - cell_len(said)) + said for said in wrapped]
    if spot and spot.part is Part.HEADER and spot.columns > 1:
        return [fit(said.center(width), width) for said in wrapped]
    return [fit(said, width) for said in wrapped]


def _text(spot: Spot) -> str:
    """The cell's text, indented as its label is, with the sign of what became of its figure."""
    said = INDENT * spot.level + marked(spot.cell) if spot.cell else ""
    return f"{said}{NO_BREAK_SPACE}{MARKS[spot.fate.tested].sign}" if spot.fate else said


def _style(row: Sequence[Spot]) -> str:
    cells = [spot.cell for spot in row if spot.cell]
    if all(cell.header or cell.style.bold for cell in cells):
        return "bold"
    return "italic" if all(cell.style.italic for cell in cells) else ""

"""Tables of pages to tables of the document: names, units, footnotes, and those that go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.extract.tables import Found
from audit.extract.titles import LONGEST_TITLE, captions, is_unit, says_on, unit_said
from audit.model import Box, Cell, Footnote, Passage, PassageKind, Table

ABOVE = 90.0  # a table's heading stands at most this far above it, in points
SMALL = 0.95  # of a table's type; notes between its rows are set smaller
BELOW = 40.0  # and its caption or notes begin at most this far below
_NOTE = re.compile(r"^(\*{1,3}|\d{1,2}|[¹²³⁴-⁹]+)\)?[ .:]?\s*(?=\D)(.+)$", re.S)


def joined(found: Mapping[int, Sequence[Found]], passages: Sequence[Passage]) -> tuple[Table, ...]:
    """The document's tables from the first page on."""
    by_page: dict[int, list[Passage]] = {}
    for passage in passages:
        by_page.setdefault(passage.box.page, []).append(passage)
    tables: list[Table] = []
    spans: list[tuple[tuple[float, float], ...]] = []
    for number, there in found.items():
        for index, table in enumerate(there):
            near = [*by_page.get(number - 1, ()), *by_page.get(number, ())]
            made = _table(table, number, index, there, near)
            if tables and _goes_on(tables[-1], spans[-1], made, table, near):
                tables[-1] = _together(tables[-1], spans[-1], made, table.spans)
                spans[-1] = max(table.spans, spans[-1], key=len)
            else:
                tables.append(made)
                spans.append(table.spans)
    return tuple(tables)


def _table(
    table: Found,
    page: int,
    index: int,
    there: Sequence[Found],
    passages: Sequence[Passage],
) -> Table:
    box = Box(page, *table.box)
    ceiling = max((other.box[3] for other in there[:index]), default=0.0)
    floor = min((other.box[1] for other in there[index + 1 :]), default=float("inf"))
    title = _title(box, passages, ceiling, floor)
    return Table(
        id=f"p{page}t{index + 1}",
        title=title,
        unit=_unit(table, box, title, passages, ceiling),
        cells=table.cells,
        header_rows=table.header_rows,
        footnotes=_footnotes(table, box, passages, floor),
        regions=(box,),
        reader=table.reader,
        confidence=table.confidence,
    )


def _title(box: Box, passages: Sequence[Passage], ceiling: float, floor: float) -> str:
    """The caption that names the table, or the nearest heading above it."""
    below = [
        passage
        for passage in passages
        if passage.box.page == box.page
        and -2 <= passage.box.top - box.bottom <= BELOW
        and passage.box.top < floor
        and captions(passage.text)
    ]
    above = [
        passage
        for passage in passages
        if passage.box.page == box.page
        and passage.kind not in (PassageKind.HEADER, PassageKind.FOOTER)
        and ceiling - 2 <= passage.box.bottom <= box.top + 4
        and box.top - passage.box.bottom <= ABOVE
        and passage.box.x0 < box.x1
        and passage.box.x1 > box.x0
    ]
    for passage in reversed(above):
        if passage.kind is PassageKind.HEADING or captions(passage.text):
            return passage.text
    if below:
        return below[0].text
    headings = [
        passage
        for passage in passages
        if passage.kind is PassageKind.HEADING
        and (passage.box.page, passage.box.bottom) <= (box.page, box.top + 4)
        and passage.box.page >= box.page - 1
    ]
    return headings[-1].text if headings else ""


def _unit(table: Found, box: Box, title: str, passages: Sequence[Passage], ceiling: float) -> str:
    """The words that say the unit: in the head, the title or a line just above."""
    head = " ".join(cell.text for cell in table.cells if cell.row < max(1, table.header_rows))
    near = [
        passage.text
        for passage in passages
        if passage.box.page == box.page
        and max(ceiling, box.top - ABOVE) <= passage.box.bottom <= box.top + 4
        and len(passage.text) < 160
    ]
    for words in (head, title, *reversed(near)):
        if said := unit_said(words):
            return said
    return ""


def _footnotes(
    table: Found, box: Box, passages: Sequence[Passage], floor: float
) -> tuple[Footnote, ...]:
    """Notes under the table or at the foot of its page whose mark stands in the table."""
    notes = []
    for passage in passages:
        if passage.box.page != box.page or passage.box.top < box.bottom - 2:
            continue
        match = _NOTE.match(passage.text)
        if not match:
            continue
        mark = match.group(1)
        starred = mark.startswith("*") and any(mark in cell.text for cell in table.cells)
        if starred or mark in table.marks:
            notes.append(Footnote(mark, match.group(2).strip(), passage.box))
    return tuple(notes)


def _goes_on(
    before: Table,
    before_spans: Sequence[tuple[float, float]],
    after: Table,
    found: Found,
    passages: Sequence[Passage],
) -> bool:
    """Whether ``after`` is the rest of ``before``, the table before it: the same columns, nothing
    but furniture between, and its head repeated or absent; on one page absent, and notes in small
    type may stand between. Where the head is repeated, one of them may lack columns that it holds
    nothing in."""
    page = after.regions[0].page
    if not _same_columns(before_spans, found.spans):
        return False
    if len(before_spans) != len(found.spans) and not (
        after.header_rows and _filled(before, before_spans) and _filled(after, found.spans)
    ):
        return False
    if before.regions[-1].page == page:
        return _interrupted(before, after, passages)
    if before.regions[-1].page != page - 1:
        return False
    between = [
        passage
        for passage in passages
        if passage.kind not in (PassageKind.HEADER, PassageKind.FOOTER, PassageKind.FOOTNOTE)
        and (
            (passage.box.page == page - 1 and passage.box.top > before.regions[-1].bottom)
            or (passage.box.page == page and passage.box.bottom < after.regions[0].top)
        )
        and not _repeats(passage, before)
    ]
    if between:
        return False
    return after.header_rows == 0 or _head(before) == _head(after)


def _interrupted(before: Table, after: Table, passages: Sequence[Passage]) -> bool:
    """Whether only notes to the rows above part a table from its rest on the same page."""
    over, under = before.regions[-1], after.regions[0]
    between = [
        passage
        for passage in passages
        if passage.box.page == over.page
        and passage.box.top > over.bottom - 2
        and passage.box.bottom < under.top + 2
    ]
    size = max(cell.style.size for cell in after.cells)
    return (
        before.header_rows > 0
        and after.header_rows == 0
        and bool(between)
        and all(
            passage.kind in (PassageKind.PARAGRAPH, PassageKind.FOOTNOTE)
            and passage.style.size < SMALL * size
            for passage in between
        )
    )


def _repeats(passage: Passage, table: Table) -> bool:
    """Whether words over a table say that it goes on, or again what it is called or counted in."""
    if passage.box.page == table.regions[-1].page or len(passage.text) > LONGEST_TITLE:
        return False
    return is_unit(passage.text) or says_on(passage.text) or passage.text == table.title


def _same_columns(
    before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]]
) -> bool:
    """Whether each column of the one with fewer has one of its own in the other, in order."""
    if len(before) == len(after):
        return all(_meet(one, other) for one, other in zip(before, after, strict=True))
    few, many = sorted((before, after), key=len)
    under = [[at for at, wide in enumerate(many) if _meet(one, wide)] for one in few]
    return all(len(found) == 1 for found in under) and under == sorted(under) and _apart(under)


def _apart(under: Sequence[Sequence[int]]) -> bool:
    return len({at for found in under for at in found}) == len(under)


def _filled(table: Table, spans: Sequence[tuple[float, float]]) -> bool:
    """Whether something stands in the last of the columns: cells count them as they lie."""
    return max(cell.column + cell.columns for cell in table.cells) == len(spans)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0


def _head(table: Table) -> list[str]:
    """The words of the head as they follow on each other, whichever column they stand over."""
    heads = sorted((cell.row, cell.column, cell.text) for cell in table.cells if cell.header)
    return " ".join(text for _, _, text in heads).split()


def _together(
    before: Table,
    before_spans: Sequence[tuple[float, float]],
    after: Table,
    after_spans: Sequence[tuple[float, float]],
) -> Table:
    """One table of both, with the head and the columns of that which has more of them."""
    wider = after if len(after_spans) > len(before_spans) else before
    spans = max(after_spans, before_spans, key=len)
    head = tuple(cell for cell in wider.cells if cell.header)
    above = _body(before, before_spans, spans, wider.header_rows)
    height = 1 + max(cell.row + cell.rows - 1 for cell in (*head, *above))
    return replace(
        before,
        unit=before.unit or after.unit,
        cells=(*head, *above, *_body(after, after_spans, spans, height)),
        header_rows=wider.header_rows,
        footnotes=before.footnotes + after.footnotes,
        regions=before.regions + after.regions,
        confidence=min(before.confidence, after.confidence),
    )


def _body(
    table: Table,
    own: Sequence[tuple[float, float]],
    spans: Sequence[tuple[float, float]],
    first: int,
) -> tuple[Cell, ...]:
    """The cells below the head from row ``first`` on, each in its column of ``spans``."""
    shift = first - table.header_rows
    cells = (replace(cell, row=cell.row + shift) for cell in table.cells if not cell.header)
    if len(own) == len(spans):
        return tuple(cells)
    places = [next(at for at, wide in enumerate(spans) if _meet(one, wide)) for one in own]
    return tuple(
        replace(
            cell,
            column=places[cell.column],
            columns=places[cell.column + cell.columns - 1] - places[cell.column] + 1,
        )
        for cell in cells
    )

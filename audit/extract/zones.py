"""Text columns: where a page's lines are divided before anyone looks for tables or reads on.

Lines run across the page by baseline. Where running text stands beside something else (another
column of text, a table), such a line belongs to both, and the gutter between them divides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from audit.extract.chunks import Chunk, Line, is_number
from audit.extract.pairs import pairs
from audit.extract.ruling import Drawn

LEADING = 1.75  # ems from line to line of one paragraph, at most
SOLID = 5  # so many lines set solid are running text; no label of a table wraps as often
FILLED = 0.6  # of its width: as much fill most lines of running text
NARROWEST = 11.0  # ems; text columns are hardly set narrower
INDENT = 2.6  # ems; first lines and list items stand in by less
EDGE = 0.8  # ems by which lines of one column may begin apart
GUTTER = 0.9  # ems of white between columns, at least
STRETCHED = 1.6  # ems to which justified text in a narrow measure stretches a space, at most
WORDS = 4  # so many in a line are running text
ROWS = 3  # lines of a label and numbers that make a table beside the text

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Column:
    """Running text down a page, and the places of its lines there."""

    chunks: list[Chunk]
    lines: list[int]

    @property
    def size(self) -> float:
        return self.chunks[0].size

    @property
    def x0(self) -> float:
        return min(chunk.x0 for chunk in self.chunks)

    @property
    def x1(self) -> float:
        return max(chunk.x1 for chunk in self.chunks)

    def takes(self, chunk: Chunk) -> bool:
        em, first, last = self.size, self.chunks[0], self.chunks[-1]
        return (
            abs(chunk.size - em) < 0.08 * em
            and -INDENT * em <= chunk.x0 - first.x0 <= INDENT * em
            and 0.5 * em < chunk.base - last.base <= 2 * LEADING * em
        )

    def solid(self) -> int:
        """The most lines that are set solid."""
        run = longest = 1
        for above, below in pairwise(self.chunks):
            run = run + 1 if below.base - above.base <= LEADING * self.size else 1
            longest = max(longest, run)
        return longest

    def set_like(self, other: _Column) -> bool:
        """Whether both are set in one measure."""
        near = EDGE * self.size
        return abs(self.x0 - other.x0) < near and abs(self.x1 - other.x1) < 2 * near

    def is_text(self) -> bool:
        x0, x1 = self.x0, self.x1
        filled = sum(1 for chunk in self.chunks if chunk.x1 - x0 >= FILLED * (x1 - x0))
        return x1 - x0 >= NARROWEST * self.size and filled * 2 > len(self.chunks)


@dataclass(frozen=True, slots=True)
class _Gutter:
    """White round ``x`` down the lines ``first`` to ``last``."""

    x: float
    first: int
    last: int


def zones(lines: Sequence[Line], drawn: Drawn) -> list[list[Line]]:
    """The lines of a page (from the top) in zones in reading order: what stands over text
    columns, each column from the left, what stands under them. Most pages are one zone.

    A horizontal rule (``drawn``) through a gutter ties both sides to one table.
    """
    beside = (_Gutter(*pair) for pair in pairs(lines, drawn))
    gutters = chain(_gutters(lines), _twins(lines), beside, _texts(lines))
    gutter = next((one for one in gutters if not _bridged(one, lines, drawn)), None)
    if gutter is None:
        return [list(lines)]
    left: list[Line] = []
    right: list[Line] = []
    for line in lines[gutter.first : gutter.last + 1]:
        before = [chunk for chunk in line.chunks if chunk.centre < gutter.x]
        after = [chunk for chunk in line.chunks if chunk.centre >= gutter.x]
        left += [Line.of(before)] if before else []
        right += [Line.of(after)] if after else []
    parts = (lines[: gutter.first], left, right, lines[gutter.last + 1 :])
    return [zone for part in parts if part for zone in zones(part, drawn)]


def _gutters(lines: Sequence[Line]) -> Iterator[_Gutter]:
    """The gutters beside running text, those of the longest text first."""
    columns = sorted(_columns(lines), key=lambda column: len(column.lines), reverse=True)
    for column in columns:
        for sign in (1, -1):
            beside = _beside(column, lines, sign)
            if _stands_alone(column, columns, beside, sign):
                alike = [other for other in columns if other.set_like(column)]
                gutter = _gutter(column, lines, beside, sign, alike)
                if gutter is not None:
                    yield gutter


def _columns(lines: Sequence[Line]) -> list[_Column]:
    growing: list[_Column] = []
    done: list[_Column] = []
    for index, line in enumerate(lines):
        for chunk in line.chunks:
            column = next((column for column in growing if column.takes(chunk)), None)
            if column is not None:
                column.chunks.append(chunk)
                column.lines.append(index)
            elif len(_WORD.findall(chunk.text)) > 1:
                growing.append(_Column([chunk], [index]))
        reach = [
            line.base - column.chunks[-1].base <= 2 * LEADING * column.size for column in growing
        ]
        done += [column for column, near in zip(growing, reach, strict=True) if not near]
        growing = [column for column, near in zip(growing, reach, strict=True) if near]
    return [c for c in (*done, *growing) if c.solid() >= ROWS and c.is_text()]


def _beside(column: _Column, lines: Sequence[Line], sign: int) -> list[list[Chunk]]:
    """What stands on the lines of ``column`` right (``sign`` 1) or left (-1) of it, line by line;
    nothing where words cross the column's edge."""
    edge = column.x1 if sign == 1 else column.x0
    found = []
    for line in lines[column.lines[0] : column.lines[-1] + 1]:
        if any(chunk.x0 < edge - 1 < edge + 1 < chunk.x1 for chunk in line.chunks):
            return []
        there = [chunk for chunk in line.chunks if (chunk.centre - edge) * sign > 0]
        if there:
            found.append(there)
    return found


def _stands_alone(
    column: _Column, columns: Sequence[_Column], beside: Sequence[Sequence[Chunk]], sign: int
) -> bool:
    """Whether ``column`` and what is ``beside`` it are two things. A few lines of text could be
    the label of a row, unless more text is set in the same measure or there is nothing but text
    beside them."""
    if max(other.solid() for other in columns if other.set_like(column)) < SOLID:
        return len(beside) >= ROWS and _is_text(beside)
    return _is_text(beside) or _is_table(beside) or _runs(column, columns, beside, sign)


def _runs(
    column: _Column, columns: Sequence[_Column], beside: Sequence[Sequence[Chunk]], sign: int
) -> bool:
    """Whether more running text is beside ``column``."""
    there = {id(chunk) for chunks in beside for chunk in chunks}
    return any(
        sum(1 for chunk in other.chunks if id(chunk) in there) >= ROWS
        for other in columns
        if other is not column and (other.x0 - column.x0) * sign > 0
    )


def _is_text(beside: Sequence[Sequence[Chunk]]) -> bool:
    """Whether what is beside a column are the last lines of its text, and nothing else: words
    that no more than a space parts, however far a narrow measure stretches it."""
    words = [_WORD.findall(" ".join(chunk.text for chunk in chunks)) for chunks in beside]
    spaced = all(
        after.x0 - before.x1 < STRETCHED * after.size
        for chunks in beside
        for before, after in pairwise(chunks)
    )
    return spaced and any(len(found) >= WORDS for found in words)


def _is_table(beside: Sequence[Sequence[Chunk]]) -> bool:
    return sum(1 for chunks in beside if _is_row(chunks)) >= ROWS


def _is_row(chunks: Sequence[Chunk]) -> bool:
    """A label, and numbers after it."""
    if not chunks or not _WORD.search(chunks[0].text):
        return False
    return any(is_number(chunk.text) for chunk in chunks[1:])


def _gutter(
    column: _Column,
    lines: Sequence[Line],
    beside: Sequence[Sequence[Chunk]],
    sign: int,
    alike: Sequence[_Column],
) -> _Gutter | None:
    """The white between ``column`` and what is beside it, as far up and down as it goes on and
    text is set in the same measure (``alike``)."""
    there = [chunk for chunks in beside for chunk in chunks]
    if sign == 1:
        low, high = max(one.x1 for one in alike), min(chunk.x0 for chunk in there)
    else:
        low, high = max(chunk.x1 for chunk in there), min(one.x0 for one in alike)
    if high - low < GUTTER * column.size:
        return None
    return _grown(lines, column.lines[0], column.lines[-1], (low, high), column.size)


def _grown(
    lines: Sequence[Line], first: int, last: int, white: tuple[float, float], em: float
) -> _Gutter:
    """The gutter as far up and down as the white goes on, over gaps to more text that is set in
    one of the measures."""
    low, high = white
    x0 = min(line.x0 for line in lines[first : last + 1])
    measure = [i for i, line in enumerate(lines) if _fills(line, x0, high) or _fills(line, high)]
    highest, lowest = min(measure, default=first), max(measure, default=last)
    near = max(low, high - GUTTER * em / 2)  # ragged lines may reach further than those seen

    def divided(line: Line) -> bool:
        """Whether the line has nothing in the white, and begins where columns begin."""
        if any(chunk.x0 < high - 1 and chunk.x1 > near for chunk in line.chunks):
            return False
        after = [chunk for chunk in line.chunks if chunk.x0 >= high - 1]
        return not after or len(after) == len(line.chunks) or after[0].x0 - high < EDGE * em

    while first > 0 and divided(lines[first - 1]):
        if first <= highest and not _follows(lines, first, em):
            break
        first -= 1
    while last + 1 < len(lines) and divided(lines[last + 1]):
        if last >= lowest and not _near(lines, last, em):
            break
        last += 1
    return _Gutter((low + high) / 2, first, last)


def _texts(lines: Sequence[Line]) -> Iterator[_Gutter]:
    """The gutters between columns of text that are too short to be known by themselves: lines
    without a number of its own, some of which go on after white at the same place. Words that
    stand right over numbers are the head of a table."""
    for wordy, run in groupby(range(len(lines)), key=lambda index: _wordy(lines[index])):
        places = list(run)
        if not wordy or (
            places[-1] + 1 < len(lines) and _near(lines, places[-1], lines[places[-1]].size)
        ):
            continue
        starts = [
            (chunk, index)
            for index in places
            for chunk in lines[index].chunks[1:]
            if _wide(chunk) and _wide(lines[index].chunks[0])
        ]
        for chunk, _ in starts:
            em = chunk.size
            level = [index for one, index in starts if abs(one.x0 - chunk.x0) < EDGE * em]
            within = [part for line in lines[level[0] : level[-1] + 1] for part in line.chunks]
            high = min(part.x0 for part in within if part.x0 > chunk.x0 - EDGE * em)
            low = max(part.x1 for part in within if part.x0 < high)
            if high - low >= GUTTER * em:
                yield _grown(lines, level[0], level[-1], (low, high), em)


def _wide(chunk: Chunk) -> bool:
    """Whether a chunk is a line of running text and not the name of a column."""
    words = len(_WORD.findall(chunk.text))
    return words >= WORDS and chunk.x1 - chunk.x0 >= FILLED * NARROWEST * chunk.size


def _fills(line: Line, x0: float, x1: float = float("inf")) -> bool:
    """Whether a line is text that is set from ``x0`` and ends before ``x1``."""
    begins = abs(line.x0 - x0) < EDGE * line.size and line.x1 < x1
    return begins and len(_WORD.findall(line.text)) >= WORDS


def _wordy(line: Line) -> bool:
    return not any(is_number(chunk.text) for chunk in line.chunks)


def _twins(lines: Sequence[Line]) -> Iterator[_Gutter]:
    """The gutters between two tables beside each other: a head that is said twice, and rows that
    have labels and numbers on either side."""
    for index, head in enumerate(lines):
        left_end = _repeated(head.chunks)
        if left_end is None:
            continue
        edge = left_end + head.size
        low, high, last, rows = left_end, float("inf"), index, 0
        while last + 1 < len(lines) and _near(lines, last, head.size):
            chunks = lines[last + 1].chunks
            left = [chunk for chunk in chunks if chunk.centre <= edge]
            right = [chunk for chunk in chunks if chunk.centre > edge]
            if left and right and is_number(right[0].text):
                break  # one row all across
            low = max([low, *(chunk.x1 for chunk in left)])
            high = min([high, *(chunk.x0 for chunk in right)])
            if high - low < GUTTER * head.size:
                break
            rows += _is_row(left) and _is_row(right)
            last += 1
        if rows >= ROWS:
            yield _grown(lines, index, last, (low, high), head.size)


def _repeated(chunks: Sequence[Chunk]) -> float | None:
    """Where the left half of a head ends whose right half says the same, labels apart."""
    half, odd = divmod(len(chunks), 2)
    texts = [chunk.text.casefold() for chunk in chunks]
    same = texts[:half] == texts[half:] or texts[1:half] == texts[half + 1 :]
    return chunks[half - 1].x1 if half > 1 and not odd and same else None


def _follows(lines: Sequence[Line], index: int, em: float) -> bool:
    """Whether the line at ``index`` is no further from the one above it than that one is from
    what stands above it."""
    gap = lines[index].base - lines[index - 1].base
    above = lines[index - 1].base - lines[index - 2].base if index > 1 else gap
    return gap <= min(above + 1, 2 * LEADING * em)


def _near(lines: Sequence[Line], index: int, em: float) -> bool:
    return lines[index + 1].base - lines[index].base <= 2 * LEADING * em


def _bridged(gutter: _Gutter, lines: Sequence[Line], drawn: Drawn) -> bool:
    top, bottom = lines[gutter.first].top, lines[gutter.last].bottom
    return any(
        rule.x0 < gutter.x < rule.x1 and top < rule.top < bottom
        for rule in drawn.rules(top, bottom)
    )

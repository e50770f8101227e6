"""Tables beside each other without a grid: rows of a label and numbers, and right of them others.

One table may have a second column of words too ("Land", "Yta", "Huvudstad", "Invånare"). So two
are seen only where something besides the words parts them: rules and shading that end on either
side of the white between, rows that stand at other heights or that only one side has, a total on
either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.extract.chunks import Chunk, Line
from audit.extract.regions import is_body, is_value
from audit.extract.ruling import Drawn

LEADING = 2 * 1.75  # ems from row to row, at most
ROWS = 3  # on either side, at least
GUTTER = 0.9  # ems of white between the sides, at least
EDGE = 0.8  # ems by which labels of one column may begin apart
HEAD = 4  # a head has hardly more lines
MORE = 2  # rows that only one side has: a last one may be the total of the whole

_WORD = re.compile(r"[^\W\d_]{2,}")
_TOTAL = re.compile(r"^(?:summa|totalt?|total(?:s|er)?|sum)\b", re.I)


@dataclass(slots=True)
class _Side:
    """The rows of one side: the places of their lines and their labels."""

    lines: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    x0: float = float("inf")
    x1: float = 0.0

    def take(self, chunks: Sequence[Chunk], index: int) -> None:
        self.x0 = min([self.x0, *(chunk.x0 for chunk in chunks)])
        self.x1 = max([self.x1, *(chunk.x1 for chunk in chunks)])
        if _is_row(chunks):
            self.lines.append(index)
            self.labels.append(chunks[0].text)

    def is_table(self) -> bool:
        """Rows enough, and no words that are said again and again, as units are."""
        return len(self.lines) >= ROWS and len(set(self.labels)) * 4 >= len(self.labels) * 3

    def totals(self) -> bool:
        return any(_TOTAL.match(label) for label in self.labels)


def pairs(lines: Sequence[Line], drawn: Drawn) -> Iterator[tuple[float, int, int]]:
    """The white between two tables: where it is from the left, and the places of the first and
    last of the ``lines`` (from the top) that it divides."""
    done: dict[int, float] = {}  # the last line that was looked at for labels at a place
    for index, line in enumerate(lines):
        for x, first in _second_labels(lines, index):
            place = round(x / line.size)
            if done.get(place, -1) >= index:
                continue
            left, right = _Side(), _Side()
            last = _down(lines, first, x, left, right, drawn)
            done[place] = last
            low, high = left.x1, right.x0
            if not (left.is_table() and right.is_table()) or high - low < GUTTER * line.size:
                continue
            if _apart(left, right, lines, drawn):
                rows = max(left.lines[-1], right.lines[-1])
                while last > rows and lines[last].x0 < low and lines[last].x1 > high:
                    last -= 1  # the head of a table under them
                yield (low + high) / 2, _up(lines, first, low, high), last


def _second_labels(lines: Sequence[Line], index: int) -> Iterator[tuple[float, int]]:
    """Where words begin that are followed by a number, right of a row of words and numbers on
    their line or the one before or after it; and the place of the first of these lines."""
    line = lines[index]
    chunks = line.chunks
    if not _is_row(chunks):
        return
    for before, chunk, after in zip(chunks[1:], chunks[2:], chunks[3:], strict=False):
        if is_value(before) and _WORD.search(chunk.text) and is_value(after):
            yield chunk.x0, index
    for near in range(max(0, index - 1), min(len(lines), index + 2)):
        other = lines[near]
        if line.x0 > other.x1 and _is_row(other.chunks):
            yield line.x0, min(near, index)


def _down(
    lines: Sequence[Line], first: int, x: float, left: _Side, right: _Side, drawn: Drawn
) -> int:
    """The last line down to which white divides what is left of ``x`` from what is right."""
    last = first
    em = lines[first].size
    for index in range(first, len(lines)):
        line = lines[index]
        if index > first and line.base - lines[last].base > LEADING * em:
            break
        within = [chunk for chunk in line.chunks if left.x1 < chunk.x0 < chunk.x1 < right.x0]
        if line.size > 1.1 * em or (index > first and within and not _is_row(line.chunks)):
            break
        if any(
            rule.x0 < left.x1 and rule.x1 > x for rule in drawn.rules(lines[last].base, line.base)
        ):
            break
        before = [chunk for chunk in line.chunks if chunk.x0 < x - EDGE * em]
        after = [chunk for chunk in line.chunks if chunk.x0 >= x - EDGE * em]
        if before and after and is_value(after[0]):
            break  # one row all across
        low = max([left.x1, *(chunk.x1 for chunk in before)])
        high = min([right.x0, *(chunk.x0 for chunk in after)])
        if high - low < GUTTER * em:
            break
        left.take(before, index)
        right.take(after, index)
        last = index
    return last


def _up(lines: Sequence[Line], first: int, low: float, high: float) -> int:
    """The first line of the heads over both sides."""
    em, middle = lines[first].size, (low + high) / 2
    low, high = middle - GUTTER * em / 2, middle + GUTTER * em / 2
    for _ in range(HEAD):
        if first == 0 or lines[first].base - lines[first - 1].base > LEADING * em:
            break
        chunks = lines[first - 1].chunks
        if any(chunk.x0 < high and chunk.x1 > low for chunk in chunks):
            break
        after = next((chunk for chunk in chunks if chunk.x0 >= high), None)
        if is_body(lines[first - 1]) and (after is None or is_value(after)):
            break  # a row of a table over them
        first -= 1
    return first


def _apart(left: _Side, right: _Side, lines: Sequence[Line], drawn: Drawn) -> bool:
    first, last = min(left.lines[0], right.lines[0]), max(left.lines[-1], right.lines[-1])
    top, bottom = lines[first].top, lines[last].bottom
    spans = [(rule.x0, rule.x1) for rule in drawn.rules(top, bottom)]
    spans += [(fill.x0, fill.x1) for fill in drawn.grounds(top, bottom)]
    if any(x0 < left.x1 and x1 > right.x0 for x0, x1 in spans):
        return False
    over = drawn.rules(top - HEAD * lines[first].size, bottom + lines[last].size)
    spans += [(rule.x0, rule.x1) for rule in over]
    if any(_under(span, left) for span in spans) and any(_under(span, right) for span in spans):
        return True
    first, last = max(left.lines[0], right.lines[0]), min(left.lines[-1], right.lines[-1])
    if sum(1 for index in (*left.lines, *right.lines) if first <= index <= last) < ROWS:
        return False  # one under the other
    only_left, only_right = set(left.lines) - set(right.lines), set(right.lines) - set(left.lines)
    longer = max(len(only_left), len(only_right)) >= MORE
    return longer or (left.totals() and right.totals())


def _under(span: tuple[float, float], side: _Side) -> bool:
    """Whether a rule or ground runs under all of a side and no further."""
    wide = side.x1 - side.x0
    return min(span[1], side.x1) - max(span[0], side.x0) > 0.9 * wide


def _is_row(chunks: Sequence[Chunk]) -> bool:
    """A label, and numbers after it."""
    if not chunks or not _WORD.search(chunks[0].text):
        return False
    return any(is_value(chunk) for chunk in chunks[1:])

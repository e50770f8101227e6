"""What the second engine's characters say in a place: its own lines, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from audit.confirm.engine import Glyph, Rectangle, Sheet, Turn, upright
from audit.confirm.numerals import Numerals, digits, minus, numerals
from audit.model import Box

NEAR = 1.5  # points: how far the two engines may place one glyph apart
# shares of the type size
TIGHT = 0.2  # a gap narrower than this is none
GROUP = 0.45  # the widest gap between groups of digits that is believed across a cell's edge
SIGN = 0.6  # the widest gap between a minus and its number
SPACE = 0.75  # a wider gap divides numbers; a monospaced blank is 0.6
SMALL = 0.85  # smaller type beside a number may be a footnote mark
RAISED = 0.12  # type whose foot is so far above its line's is raised

_NUMERIC = frozenset("0123456789.,-(")
_GROUP_AFTER = re.compile(r"\d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}$")
_UNREADABLE = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")


class Outcome(StrEnum):
    SAME = "same"
    UNSURE = "unsure"  # the same digits, but perhaps not the same numbers
    OTHER = "other"
    NOTHING = "nothing"


class Sight(NamedTuple):
    """``text`` is what was seen in the place, ``extent`` where, with the text turned upright."""

    outcome: Outcome
    text: str = ""
    extent: Rectangle = (0.0, 0.0, 0.0, 0.0)
    turn: Turn = 0


class Line(NamedTuple):
    """``glued`` says that what stands beside the words may belong to their number."""

    text: str
    extent: Rectangle
    glued: bool


def look(box: Box, expected: Numerals, sheet: Sheet) -> Sight:
    """What stands in ``box``, beside the numbers ``expected`` there."""
    turn, lines = read(box, sheet)
    if not lines:
        return Sight(Outcome.NOTHING)
    x0s, tops, x1s, bottoms = zip(*(line.extent for line in lines), strict=True)
    text = "\t".join(line.text for line in lines)
    found = numerals(text)
    if not found or _UNREADABLE.search(text):
        outcome = Outcome.NOTHING
    elif found == expected:
        outcome = Outcome.UNSURE if any(line.glued for line in lines) else Outcome.SAME
    else:
        outcome = Outcome.UNSURE if digits(found) == digits(expected) else Outcome.OTHER
    extent = (min(x0s), min(tops), max(x1s), max(bottoms))
    return Sight(outcome, " ".join(text.split()), extent, turn)


def read(box: Box, sheet: Sheet) -> tuple[Turn, list[Line]]:
    """The lines of text in ``box``, in the direction in which most of it runs."""
    inside = {turn: list(_inside(box, turn, there)) for turn, there in sheet.glyphs.items()}
    turn = max(inside, key=lambda turn: len(inside[turn]), default=0)
    return turn, [_line(line, sheet.glyphs[turn]) for line in _lines(inside.get(turn, []))]


def _inside(box: Box, turn: Turn, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    x0, top, x1, bottom = upright(box.coordinates, turn)
    for glyph in glyphs:
        across = x0 - NEAR <= glyph.centre <= x1 + NEAR
        if across and top - NEAR <= glyph.middle <= bottom + NEAR:
            yield glyph


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line from the top; raised ones are with the line that they rise from."""
    lines: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if last and glyph.middle - last.middle < 0.5 * max(glyph.size, last.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
        last = glyph
    return lines


def _line(inside: Sequence[Glyph], glyphs: Sequence[Glyph]) -> Line:
    """The words of ``inside``, with the digits and signs that touch them on their line."""
    size = max(glyph.size for glyph in inside)
    large = [glyph for glyph in inside if glyph.size >= SMALL * size]
    base = max(glyph.bottom for glyph in large)
    near = [glyph for glyph in glyphs if abs(base - size / 2 - glyph.middle) < 0.5 * size]
    row = _unmarked(sorted(near, key=lambda glyph: glyph.x0), base, size)
    left, right = min(glyph.x0 for glyph in inside), max(glyph.x1 for glyph in inside)
    within = [index for index, glyph in enumerate(row) if left <= glyph.centre <= right]
    start, end = within[0], within[-1] + 1
    while start > 0 and _touching(row[start - 1], row[start], size):
        start -= 1
    while end < len(row) and _touching(row[end - 1], row[end], size):
        end += 1
    own = row[start:end]
    tops, bottoms = [glyph.top for glyph in own], [glyph.bottom for glyph in own]
    extent = (own[0].x0, min(tops), own[-1].x1, max(bottoms))
    return Line(_text(own, size), extent, _glued(row[:start], own, row[end:], size))


def _unmarked(row: Sequence[Glyph], base: float, size: float) -> list[Glyph]:
    """``row`` without footnote marks: small and raised, or one or two small digits."""
    kept: list[Glyph] = []
    for small, run in groupby(row, lambda glyph: glyph.size < SMALL * size):
        glyphs = list(run)
        raised = max(glyph.bottom for glyph in glyphs) < base - RAISED * size
        short = len(glyphs) <= 2 and all(glyph.text in "0123456789*" for glyph in glyphs)
        if not (small and (raised or short)):
            kept += glyphs
    return kept


def _gap(left: Glyph, right: Glyph, size: float) -> float:
    return (right.x0 - left.x1) / size


def _touching(left: Glyph, right: Glyph, size: float) -> bool:
    ends = {minus(left.text)[-1:], minus(right.text)[:1]}
    return ends <= _NUMERIC and -SPACE < _gap(left, right, size) < TIGHT


def _text(row: Sequence[Glyph], size: float) -> str:
    text = row[0].text
    for left, right in pairwise(row):
        gap = _gap(left, right, size)
        text += ("" if gap < TIGHT else " " if gap < SPACE else "\t") + right.text
    return text


def _glued(
    before: Sequence[Glyph], own: Sequence[Glyph], after: Sequence[Glyph], size: float
) -> bool:
    """Whether a group of digits or a minus stands so near that it may belong to the number."""
    text = _text(own, size)
    if before:
        gap, word = _gap(before[-1], own[0], size), minus(_text(before[-8:], size))
        groups = _GROUP_BEFORE.search(word) and _GROUP_AFTER.match(text)
        sign = word.endswith("-") and not word[-2:-1].strip() and text[0].isdigit()
        if (groups and 0 <= gap < GROUP) or (sign and 0 <= gap < SIGN):
            return True
    if not after or not 0 <= _gap(own[-1], after[0], size) < GROUP:
        return False
    groups = _GROUP_BEFORE.search(text) and _GROUP_AFTER.match(_text(after[:8], size))
    return groups is not None

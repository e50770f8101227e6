"""Words to lines of chunks.

Numbers are made whole here, before anyone looks for columns, so that "545 107" is never two
columns and two columns are never one number.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from audit.extract.chunks import CURRENCIES, MINUS, Line, between, is_number
from audit.extract.drawing import Stroke
from audit.extract.leaders import lead_to_pages, unled
from audit.extract.marks import marked, near, raised
from audit.extract.words import OVERLAP, WORD_GAP, Word

# Gaps in ems. A normal space is 0.25-0.32 em; justified prose stretches it to about 0.8.
DIGIT_GROUP_GAP = 0.46
SIGN_GAP = 0.75
NUMBER_TEXT_GAP = 0.62
TEXT_GAP = 0.95

MOVED = 0.3  # so far may a raised mark push a cell's baseline down
ALIKE = 1.4  # words whose sizes differ more are no one line, though their baselines meet

_SIGNS = re.escape(MINUS)
_GROUPED_END = re.compile(rf"(?:^|[({_SIGNS}+])\d{{1,3}}(?: \d{{3}})*$")
_GROUP_START = re.compile(r"^\d{3}(?!\d)")


def lines(words: Iterable[Word], verticals: Sequence[Stroke]) -> list[Line]:
    """The upright text of a page as lines from top to bottom.

    ``verticals`` are the page's vertical rules: no chunk crosses one.
    """
    upright = [word for word in words if word.turn == 0]
    free, leading = unled(upright)
    if leading:
        found = upright_lines(free, verticals)
        if not lead_to_pages(_led_to(found, leading)):
            return found
    return upright_lines(upright, verticals)


def upright_lines(words: Sequence[Word], verticals: Sequence[Stroke]) -> list[Line]:
    """``words``, all of them upright, as lines from top to bottom."""
    settled, marks = raised(words)
    pitch = _fixed_pitch(settled)
    from_left = sorted(verticals)
    marks.sort(key=lambda mark: mark.base)
    return _level(
        [_line(row, near(row, marks), from_left, _group_gap(row, pitch)) for row in _rows(settled)]
    )


def _level(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with those together that a raised mark in one has moved apart."""
    level: list[Line] = []
    for line in lines:
        if level and _moved(level[-1], line):
            both = sorted([*level[-1].chunks, *line.chunks], key=lambda part: part.x0)
            top, bottom = min(level[-1].top, line.top), max(level[-1].bottom, line.bottom)
            size = max(level[-1].size, line.size)
            level[-1] = Line(tuple(both), level[-1].base, top, bottom, size)
        else:
            level.append(line)
    return level


def _moved(above: Line, line: Line) -> bool:
    return (
        line.base - above.base < MOVED * line.size
        and any(part.mark for part in (*above.chunks, *line.chunks))
        and not any(
            one.x0 < other.x1 + TEXT_GAP * line.size and other.x0 < one.x1 + TEXT_GAP * line.size
            for one in above.chunks
            for other in line.chunks
        )
    )


def _pitch(word: Word) -> float:
    return (word.x1 - word.x0) / len(word.text) / word.size


def _fixed_pitch(words: Sequence[Word]) -> float:
    """The advance (ems) of a typeface with one for all characters, 0 where none is used: many
    words of letters have the same average, which elsewhere is chance."""
    pitches = Counter(
        round(_pitch(word), 2) for word in words if len(word.text) > 3 and word.text.isalpha()
    )
    pitch, count = pitches.most_common(1)[0] if pitches else (0.0, 0)
    return pitch if count >= max(4, 0.25 * pitches.total()) else 0.0


def _group_gap(row: Sequence[Word], pitch: float) -> float:
    """The widest gap (ems) between groups of digits on a line: a space of its typeface."""
    if not pitch:
        return DIGIT_GROUP_GAP
    held = [word for word in row if len(word.text) > 1 and word.text.isalnum()]
    fixed = held and all(abs(_pitch(word) - pitch) < 0.02 * pitch for word in held)
    return max(DIGIT_GROUP_GAP, 1.05 * pitch) if fixed else DIGIT_GROUP_GAP


def _led_to(lines: Sequence[Line], leading: Sequence[Word]) -> list[str]:
    """What stands right of the dots on each line that has some."""
    ends = {round(dots.base): dots.x1 for dots in leading}
    return [
        " ".join(part.text for part in line.chunks if part.x0 >= ends[round(line.base)] - 1)
        for line in lines
        if round(line.base) in ends and line.x1 > ends[round(line.base)] + 1
    ]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words of like size by baseline, from the top; within a row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        size, near = word.size, word.base - max(0.7, 0.18 * word.size)
        for row in rows[-3:]:
            first = row[0]
            if first.base >= near and size <= ALIKE * first.size and first.size <= ALIKE * size:
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.x0)
    return rows


def _line(
    row: Sequence[Word],
    marks: Sequence[Word],
    verticals: Sequence[Stroke],
    group_gap: float,
) -> Line:
    groups: list[list[Word]] = []
    so_far = ""
    for word in row:
        if groups and _joined(groups[-1], so_far, word, verticals, group_gap):
            so_far += between(groups[-1][-1], word) + word.text
            groups[-1].append(word)
        else:
            so_far = word.text
            groups.append([word])
    return Line.of([marked(group, marks) for group in groups])


def _joined(
    group: Sequence[Word],
    so_far: str,
    word: Word,
    verticals: Sequence[Stroke],
    group_gap: float,
) -> bool:
    """Whether ``word`` goes on with the chunk that ``group``, whose text is ``so_far``, began."""
    last = group[-1]
    em = max(last.size, word.size)
    gap = (word.x0 - last.x1) / em
    if gap < OVERLAP or gap > max(TEXT_GAP, SIGN_GAP):
        return False
    if _ruled_apart(last, word, verticals):
        return False
    if gap < WORD_GAP:
        return True
    if _GROUP_START.match(word.text) and is_number(so_far):
        return _one_number(group, so_far, gap, group_gap)
    if so_far[-1:].isdigit() and word.text[:1].isdigit():
        return not is_number(so_far) and gap < NUMBER_TEXT_GAP  # "Q2 2006", "halvår 1 2026"
    if so_far in CURRENCIES:
        return gap < TEXT_GAP
    if so_far in MINUS or so_far in ("+", "±", "<", ">", "≥", "≤"):
        return gap < SIGN_GAP
    number_here = is_number(so_far) or is_number(word.text)
    if number_here and word.text in ("%", ")"):
        return gap < NUMBER_TEXT_GAP
    if word.text in MINUS and is_number(so_far):
        return False
    return gap < (NUMBER_TEXT_GAP if number_here else TEXT_GAP)


def _one_number(group: Sequence[Word], so_far: str, gap: float, widest: float) -> bool:
    """Whether a group of three digits belongs to the number before it. The gap must be one of
    digit groups, and no wider than what follows inside the same number would allow."""
    tail = so_far.rsplit("  ", 1)[-1]
    if not _GROUPED_END.search(tail) or gap > widest:
        return False
    inner = [
        (right.x0 - left.x1) / max(left.size, right.size)
        for left, right in itertools.pairwise(group)
        if left.text[-1:].isdigit() and right.text[:1].isdigit()
    ]
    return not inner or gap <= 1.35 * max(inner) + 0.02


def _ruled_apart(left: Word, right: Word, verticals: Sequence[Stroke]) -> bool:
    """``verticals`` are in order from the left."""
    if not verticals:
        return False
    middle = (left.top + left.bottom) / 2
    low, high = left.x1 - 0.35 * left.size, right.x0 + 0.35 * right.size
    for rule in itertools.islice(verticals, bisect_left(verticals, (low,)), None):
        if rule.x0 > high:
            return False
        if rule.top <= middle <= rule.bottom:
            return True
    return False

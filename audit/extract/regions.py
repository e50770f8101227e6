"""Where tables without a grid stand: runs of lines whose numbers line up, each with its head."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from audit.extract.chunks import Chunk, Line, is_number
from audit.extract.crowded import cut
from audit.extract.geometry import merged
from audit.extract.pieces import LEADING, YEAR, Piece, goes_on
from audit.extract.ruling import Drawn
from audit.extract.titles import is_unit, names_table

LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
LONE_LABELS = 6  # so many lines of labels may stand between a head and the first numbers
AXIS = 5  # so many numbers in even steps are no row of a table
HEAD_LINES = 4  # a head has hardly more
HEAD_GAP = 2.4  # ems from line to line of a head, and from it to the first row
PROSE = 60  # characters: a lone chunk longer than this is running text, not a label


@dataclass(frozen=True, slots=True)
class Region:
    lines: tuple[Line, ...]
    header: int  # so many of them are the head


def is_body(line: Line) -> bool:
    """A line of a table's body: something and a number beside it."""
    if len(line.chunks) < 2 or LEADER.search(line.text):
        return False
    return any(is_value(part) for part in line.chunks[1:]) and not _years(line)


_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_PLACEHOLDER = re.compile(r"^(?:[-–—−.:]|\.{2,3}|…|I\.?U\.?|i\.?u\.?|n\.?/?a\.?|N/?A|\*|x|e/t)$")


def is_value(part: Chunk | Piece) -> bool:
    """A number, or what is printed where there is none."""
    return is_number(part.text) or _PLACEHOLDER.match(part.text) is not None


def regions(lines: Sequence[Line], drawn: Drawn) -> list[Region]:
    """Runs of lines that line up as tables, each with its head."""
    found: list[Region] = []
    index = 0
    floor = 0  # lines before this one are taken
    while index < len(lines):
        if not is_body(lines[index]):
            index += 1
            continue
        end = _run(lines, index, floor, drawn)
        start = _head(lines, index, floor, lines[index : end + 1], drawn)
        run = [
            line
            for line in lines[start : end + 1]
            if line.size <= 1.1 * lines[index].size or not _beside(line, lines[index])
        ]
        found.append(Region(tuple(run), _head_lines(run, drawn)))
        floor = end + 1
        index = end + 1
    return found


def _head_lines(run: Sequence[Line], drawn: Drawn) -> int:
    """How many of a run's first lines are its head: those that have words over the numbers, and
    a label that shares the head's ground. Lone labels under the head are headings of rows."""
    first = next((i for i, line in enumerate(run) if is_body(line)), len(run))
    held = [span for line in run if is_body(line) for span in _numbers(line)]
    left = min(x0 for x0, _ in held)
    over = [i for i in range(first) if any(part.x1 > left for part in run[i].chunks)]
    head = over[-1] + 1 if over else 0
    while 0 < head < first and (
        run[head].base - run[head - 1].base < 0.9 * run[head].size
        or _same_ground(run[head - 1], run[head], drawn)
        or _same_band(run[head - 1], run[head], run[head + 1], drawn)
    ):
        head += 1
    return head


def _same_band(above: Line, line: Line, below: Line, drawn: Drawn) -> bool:
    """Whether a rule closes the head under ``line``, and none parts it from ``above``."""

    def between(upper: Line, lower: Line) -> bool:
        return any(
            rule.x0 <= line.x0 + 2 and rule.x1 >= line.x1
            for rule in drawn.rules(upper.base, lower.base)
        )

    near = line.base - above.base <= LEADING * line.size
    return near and not between(above, line) and between(line, below)


def _same_ground(above: Line, below: Line, drawn: Drawn) -> bool:
    return any(
        fill.top <= above.top + 2
        and below.bottom - 2 <= fill.bottom
        and fill.x0 - 2 <= below.x0
        and fill.x1 >= below.x0
        for fill in drawn.grounds(above.top, below.bottom)
    )


def _years(line: Line) -> bool:
    """A line of column heads: every number on it is a year or a month."""
    numbers = [part for part in line.chunks if is_number(part.text)]
    return (
        bool(numbers)
        and all(YEAR.match(part.text) for part in numbers)
        and (len(numbers) > 1 or not is_number(line.chunks[0].text))
    )


def _numbers(line: Line) -> list[tuple[float, float]]:
    """From where to where a line's numbers stand: so rounded that the rows of a long table have
    many in common."""
    return [(round(part.x0, 1), round(part.x1, 1)) for part in line.chunks[1:] if is_value(part)]


def _aligned(held: Collection[tuple[float, float]], line: Line) -> bool:
    mine = _numbers(line)
    hits = sum(1 for x0, x1 in mine if any(min(x1, b) - max(x0, a) > 0 for a, b in held))
    return hits * 2 >= len(mine)


def _run(lines: Sequence[Line], start: int, floor: int, drawn: Drawn) -> int:
    """The last line of the table whose first line of numbers is ``start``."""
    held = {*_numbers(lines[start]), *_headed(lines, start, floor)}
    pitch = float("inf")  # from row to row, at least
    last = start
    above = lines[start]
    size = above.size
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if _beside(line, above) and line.size > 1.1 * size:
            continue
        gap = line.top - above.bottom
        bridged = _bridged(above, line, drawn)
        if line.size > 1.25 * size or gap > (6.0 if bridged else 2.6) * size or _titles(line):
            break
        if _years(line) and _dated(line, held) >= 2:
            break  # a new head: another table
        if _heads_anew(lines, last, index, held, pitch, drawn):
            break
        if is_body(line):
            if not _aligned(held, line):
                break
            held.update(_numbers(line))
            if index - 1 == last:
                pitch = min(pitch, line.base - above.base)
            last = index
        elif not bridged and (
            _prose(line, held, size) or (_runs_on(above, held) and _runs_on(line, held))
        ):
            break
        elif len(line.chunks) >= 2 and not _inside(line, drawn):
            if index - last > 2:
                break
        elif index - 1 == last and any(
            _wrapped(label, above, line, size) for label in lines[max(start - 1, last - 1) : index]
        ):
            last = index
        above = line
    return last


def _dated(line: Line, held: Collection[tuple[float, float]]) -> int:
    """How many years and periods of a year ("jan-aug 2020", "2020") name columns on a line: those
    that stand where columns of numbers do, or after its first words."""
    left = min(x0 for x0, _ in held)
    return sum(
        1
        for index, part in enumerate(line.chunks)
        if (is_value(part) or _NAMED_YEAR.search(part.text)) and (index > 0 or part.x1 > left)
    )


def _headed(lines: Sequence[Line], first: int, floor: int) -> list[tuple[float, float]]:
    """What stands over the first row of numbers and may be the heads of columns that are empty
    there."""
    found: list[tuple[float, float]] = []
    for index in range(first - 1, max(floor, first - 1 - HEAD_LINES) - 1, -1):
        line, below = lines[index], lines[index + 1]
        if below.base - line.base > HEAD_GAP * line.size or len(line.chunks) < 2:
            break
        if any(len(part.text) > PROSE for part in line.chunks):
            break
        found += [(part.x0, part.x1) for part in line.chunks[1:]]
    return found


def _heads_anew(
    lines: Sequence[Line],
    last: int,
    index: int,
    held: Collection[tuple[float, float]],
    pitch: float,
    drawn: Drawn,
) -> bool:
    """Whether words over the numbers, further below the last row than rows are from each other,
    are the head of another table."""
    chunks = lines[index].chunks
    if index - last > HEAD_LINES:
        return False
    if any(is_value(part) and not YEAR.match(part.text) for part in chunks):
        return False
    left = min(x0 for x0, _ in held)
    following = lines[index + 1 : index + 1 + HEAD_LINES]
    body = next((line for line in following if is_body(line)), None)
    if body is None:
        return False
    if chunks[-1].x1 < left or (len(chunks) == 1 and chunks[0].x0 < body.chunks[0].x1):
        return False
    apart = 1.3 * (pitch if pitch < float("inf") else LEADING * lines[last].size)
    return any(
        (below.base - above.base > apart or below.size > 1.1 * lines[last].size)
        and not _shaded(above, below, drawn)
        for above, below in pairwise(lines[last : index + 1])
    )


def _beside(line: Line, other: Line) -> bool:
    """A line of other text, wholly left or right."""
    return line.x1 < other.x0 - other.size or line.x0 > other.x1 + other.size


def _wrapped(label: Line, above: Line, line: Line, size: float) -> bool:
    """A label's last line, under the last row of numbers, which may stand amid the label."""
    return (
        len(line.chunks) == 1
        and line.base - above.base <= LEADING * size
        and abs(line.x0 - label.x0) < 2 * size
        and goes_on(label.chunks[0].text, line.text)
        and abs(line.size - size) < 0.1 * size
        and len(line.text) < PROSE
    )


def _prose(line: Line, held: Collection[tuple[float, float]], size: float) -> bool:
    """Running text: a chunk that goes on under the numbers as if they were not there."""
    first = min(x0 for x0, _ in held)
    longest = max(line.chunks, key=lambda part: len(part.text))
    return len(longest.text) > PROSE and longest.x1 > first + 2 * size


def _runs_on(line: Line, held: Collection[tuple[float, float]]) -> bool:
    """Whether a line is words that go on under the numbers: two of them are running text."""
    left = min(x0 for x0, _ in held)
    return len(line.chunks) == 1 and line.x0 < left < line.x1


def _inside(line: Line, drawn: Drawn) -> bool:
    middle = (line.top + line.bottom) / 2
    return any(
        fill.top <= middle <= fill.bottom and fill.x0 - 2 <= line.x0 and line.x1 <= fill.x1 + 2
        for fill in drawn.grounds(line.top, line.bottom)
    )


def _bridged(above: Line, below: Line, drawn: Drawn) -> bool:
    """Whether shading or a rule runs on in the gap between two lines."""
    top, bottom = above.bottom - 1, below.top + 1
    x0, x1 = min(above.x0, below.x0), max(above.x1, below.x1)
    parts = [(fill.x0, fill.x1) for fill in drawn.grounds(top, bottom)]
    parts += [(rule.x0, rule.x1) for rule in drawn.rules(top, bottom)]
    covered = sum(max(0.0, min(b, x1) - max(a, x0)) for a, b in parts)
    return covered > 0.5 * (x1 - x0)


def _shaded(above: Line, below: Line, drawn: Drawn) -> bool:
    """Whether one ground runs from a line to the next."""
    grounds = drawn.grounds(above.bottom, below.top)
    return any(
        fill.top <= above.bottom and below.top <= fill.bottom and fill.x1 - fill.x0 > above.size
        for fill in grounds
    )


def _head(
    lines: Sequence[Line],
    first: int,
    floor: int,
    body: Sequence[Line],
    drawn: Drawn,
) -> int:
    """The first line of the head over the body that begins at ``first``."""
    held = [span for line in body if is_body(line) for span in _numbers(line)]
    left = min(x0 for x0, _ in held)
    labels_end = max(
        (line.chunks[0].x1 for line in body if not is_value(line.chunks[0])), default=left
    )
    labels = [(part.x0, part.x1) for part in (line.chunks[0] for line in body) if part.x1 < left]
    unlabelled = [line.x0 for line in body if is_body(line) and line.x0 > labels_end]
    left = min([left, *unlabelled])
    size = lines[first].size
    pitch = 1.1 * _pitch([line.base for line in body if is_body(line)], 5.0 * size)
    start = below = first
    for index in range(first - 1, floor - 1, -1):
        line = lines[index]
        if _beside(line, lines[first]) and line.size > 1.1 * size:
            continue
        gap = lines[below].base - line.base
        bridged = _bridged(line, lines[below], drawn)
        over = [part for part in line.chunks if part.x1 > left]
        larger = 1.3 if len(over) > 1 else 1.2
        if line.size > larger * size or gap > max((5.0 if bridged else HEAD_GAP) * size, pitch):
            break
        crowded = any(_crowded(part, [*labels, *held]) for part in line.chunks)
        prose = not crowded and any(len(part.text) > PROSE for part in line.chunks)
        if LEADER.search(line.text) or prose:
            break
        if _titles(line):
            break
        below = index
        crosses = (
            len(line.chunks) == 1 and line.chunks[0].x0 < min(left, labels_end) and not crowded
        )
        unit = len(line.chunks) == 1 and is_unit(line.text)  # of the head only where amid it
        if over and not unit and (not crosses or _inside(line, drawn)):
            start = index
        elif first - index > LONE_LABELS:
            break
    return start if start < first else _headings_above(lines, first, floor, drawn)


def _crowded(part: Chunk, held: Collection[tuple[float, float]]) -> bool:
    """Whether ``part`` are the heads of several columns (over two that could be chance), each
    over what its own ``held``."""
    under = [(a, b) for a, b in merged(held) if a < part.x1 and b > part.x0]
    over = [(group[0].x0, group[-1].x1) for group in cut(part.words, len(under))]
    return len(over) > 2 and all(
        (x0 < b and a < x1) == (i == j)
        for i, (x0, x1) in enumerate(over)
        for j, (a, b) in enumerate(under)
    )


def _pitch(bases: Sequence[float], most: float) -> float:
    """From row to row, in the middle of all such distances; 0 where that is more than ``most``."""
    steps = sorted(below - above for above, below in pairwise(bases))
    pitch = steps[len(steps) // 2] if steps else 0.0
    return pitch if pitch <= most else 0.0


def _titles(line: Line) -> bool:
    return len(line.chunks) == 1 and names_table(line.text)


def _headings_above(
    lines: Sequence[Line],
    first: int,
    floor: int,
    drawn: Drawn,
) -> int:
    """The first of the lone labels above a headless body that rules or shading tie to it."""
    start = first
    for index in range(first - 1, floor - 1, -1):
        line, below = lines[index], lines[start]
        tied = _bridged(line, below, drawn) and below.base - line.base <= HEAD_GAP * line.size
        said = len(line.text) > PROSE or _titles(line) or is_unit(line.text)
        if not tied or said or line.size > 1.1 * lines[first].size:
            break
        start = index
    return start


def is_axis(line: Line) -> bool:
    """The numbers along a chart: in even steps, of their values and of their places. Years are
    rather the head of a table."""
    if all(YEAR.match(part.text) for part in line.chunks):
        return False
    values = [_plain(part.text) for part in line.chunks]
    known = [value for value in values if value is not None]
    if len(known) < AXIS or len(known) < len(values):
        return False
    steps = {after - before for before, after in pairwise(known)}
    gaps = [right.centre - left.centre for left, right in pairwise(line.chunks)]
    even = max(gaps) - min(gaps) < 0.1 * max(gaps)
    return len(steps) == 1 and steps != {0} and even


def _plain(text: str) -> Decimal | None:
    digits = text.removesuffix("%").strip().replace(" ", "").replace(",", ".")
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None

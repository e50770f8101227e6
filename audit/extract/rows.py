"""Lines of one row brought together: labels that wrap, numbers set at their middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from audit.extract.chunks import Line, is_number
from audit.extract.columns import Columns
from audit.extract.pieces import LEADING, goes_on


def row_groups(lines: Sequence[Line], cols: Columns, seps: Sequence[float]) -> list[list[Line]]:
    """Lines of one row together. Rules and shaded bands decide where each holds one line of
    numbers; else the distance of lines and how their words begin and end."""
    bands: dict[int, list[Line]] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        bands.setdefault(bisect_right(seps, middle), []).append(line)
    singles = sum(1 for band in bands.values() if _number_lines(band, cols) <= 1)
    if len(bands) >= 3 and singles >= 0.6 * len(bands) and singles > 0.3 * len(lines):
        groups = []
        for band in bands.values():
            if _number_lines(band, cols) <= 1 and _close(band):
                groups.append(band)
            else:
                groups += _by_distance(band, cols)
        return groups
    return _by_distance(lines, cols)


def _close(band: Sequence[Line]) -> bool:
    return all(below.base - above.base <= 1.9 * below.size for above, below in pairwise(band))


def has_numbers(line: Line, cols: Columns) -> bool:
    """Whether anything of ``line`` stands in a column of numbers beside the labels."""
    return any(
        cols.numeric[cols.at(part)[0]] and cols.at(part)[0] > 0 for part in line.chunks
    ) or all(is_number(part.text) for part in line.chunks)


def _number_lines(lines: Sequence[Line], cols: Columns) -> int:
    return sum(1 for line in lines if has_numbers(line, cols))


def _by_distance(lines: Sequence[Line], cols: Columns) -> list[list[Line]]:
    pitches = sorted(
        below.base - above.base
        for above, below in pairwise(lines)
        if has_numbers(above, cols) and has_numbers(below, cols)
    )
    pitch = pitches[len(pitches) // 2] if pitches else float("inf")
    groups: list[list[Line]] = []
    pending: list[Line] = []  # label lines that may open the next row
    for line in lines:
        if has_numbers(line, cols):
            if pending and not _opens(pending[-1], line, pitch):
                groups += [[earlier] for earlier in pending]
                pending = []
            groups.append([*pending, line])
            pending = []
        elif groups and not pending and _continues(groups[-1], line, pitch, cols):
            groups[-1].append(line)
        else:
            if pending and not _same_text(pending[-1], line):
                groups += [[earlier] for earlier in pending]
                pending = []
            pending.append(line)
    if pending:
        groups.append(pending)
    return groups


def _label(line: Line) -> str:
    return line.chunks[0].text


def _same_text(above: Line, below: Line) -> bool:
    return below.base - above.base <= LEADING * below.size and (
        goes_on(_label(above), _label(below))
    )


def _continues(group: Sequence[Line], line: Line, pitch: float, cols: Columns) -> bool:
    above = group[-1]
    gap = line.base - above.base
    if abs(line.size - above.size) > 0.12 * above.size:
        return False
    if gap <= 0.8 * line.size:
        return True
    if gap > LEADING * line.size:
        return False
    text = _label(line)
    if goes_on(_label(above), text):
        return True
    return (
        gap < 0.85 * pitch
        and pitch != float("inf")
        and not is_number(text)
        and (cols.at(line.chunks[0])[0] == cols.at(above.chunks[0])[0])
    )


def _opens(label: Line, numbers: Line, pitch: float) -> bool:
    """Whether a line of words is the first line of the label of the row of numbers below."""
    gap = numbers.base - label.base
    if gap <= 0.8 * numbers.size:
        return True
    if gap > LEADING * numbers.size:
        return False
    begins = numbers.chunks[0].text
    if is_number(begins):  # the row of numbers has no label of its own
        return True
    return goes_on(_label(label), begins)

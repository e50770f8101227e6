"""Lines of a table region to rows, columns and cells.

``Piece`` is a cell before it belongs to a document: its place in the grid and its lines of text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit.extract.ruling import Lattice
from audit.extract.text import Chunk, Line, Word, chunk, is_number

YEAR = re.compile(r"^(?:19|20)\d\d(?:[-–/]?(?:0[1-9]|1[0-2])|[-–/]\d{2,4})?$")
LEADING = 1.45  # lines of one wrapped text are at most this many font sizes apart


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell: ``lines`` from the top, each with its chunks from left to right."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[Chunk, ...], ...]

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(part for line in self.lines for part in line)

    @property
    def text(self) -> str:
        text = ""
        for line in self.lines:
            words = " ".join(part.text for part in line)
            if text.endswith("\u00ad") or _broken(text, words):
                text = text[:-1] + words
            elif re.search(r"\w/$", text):
                text += words
            else:
                text = f"{text} {words}" if text else words
        return text.replace("\u00ad", "")

    @property
    def numeric(self) -> bool:
        return is_number(self.text)


def _broken(text: str, following: str) -> bool:
    """A hyphen at the line end that divides a word: "fö-" / "regående", not "kris-" / "och"."""
    return (
        len(text) > 2
        and text[-1] in "-\u2010"
        and text[-2].isalpha()
        and following[:1].islower()
        and following.split(" ", 1)[0] not in ("och", "eller", "samt", "respektive", "and", "or")
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a region as x-intervals, from left to right. ``numeric`` says which hold
    numbers."""

    spans: tuple[tuple[float, float], ...]
    numeric: tuple[bool, ...]

    def at(self, part: Chunk | Word) -> tuple[int, int]:
        """First and last column that ``part`` stands in: those it overlaps, else the nearest."""
        touched = [
            index
            for index, (x0, x1) in enumerate(self.spans)
            if min(part.x1, x1) - max(part.x0, x0) > min(1.5, 0.3 * (part.x1 - part.x0))
        ]
        if touched:
            return touched[0], touched[-1]
        centre = (part.x0 + part.x1) / 2
        nearest = min(
            range(len(self.spans)),
            key=lambda i: max(self.spans[i][0] - centre, centre - self.spans[i][1]),
        )
        return nearest, nearest


def columns(lines: Sequence[Line], verticals: Sequence[float]) -> Columns:
    """The columns that the chunks of body ``lines`` agree on.

    Numbers are narrow and never span, so their overlaps give the columns of numbers; what words
    stand left of, between and right of them is divided at gutters that (nearly) no line crosses.
    """
    numbers = [part for line in lines for part in line.chunks if is_number(part.text)]
    spans = _merged([(part.x0, part.x1) for part in numbers])
    spans = [span for span in spans if _carried(span, numbers, len(lines))]
    words = [
        part
        for line in lines
        for part in line.chunks
        if not any(min(part.x1, x1) - max(part.x0, x0) > 0 for x0, x1 in spans)
    ]
    edges = [float("-inf"), *(edge for span in spans for edge in span), float("inf")]
    found = [(span, True) for span in spans]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        inside = [part for part in words if part.x0 >= low and part.x1 <= high]
        found += [(span, False) for span in _gutters(inside, verticals)]
    found.sort()
    return Columns(tuple(span for span, _ in found), tuple(number for _, number in found))


def _merged(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(intervals):
        if merged and x0 < merged[-1][1] - 0.5:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _carried(span: tuple[float, float], numbers: Sequence[Chunk], rows: int) -> bool:
    """A lone number inside a column of words ("Ålder 16") makes no column of its own."""
    held = sum(1 for part in numbers if part.x0 < span[1] and part.x1 > span[0])
    return held >= 2 or rows <= 3


def _gutters(parts: Sequence[Chunk], verticals: Sequence[float]) -> list[tuple[float, float]]:
    """Intervals of text divided where white space or a vertical rule runs down."""
    if not parts:
        return []
    tolerated = len(parts) // 12  # a heading may run across
    edges = sorted({part.x0 for part in parts})
    spans: list[tuple[float, float]] = []
    start = edges[0]
    for edge in edges[1:]:
        crossing = sum(1 for part in parts if part.x0 < edge - 0.5 and part.x1 > edge + 0.5)
        left = [
            part.x1 for part in parts if start <= part.x0 < edge - 0.5 and part.x1 <= edge + 0.5
        ]
        size = parts[0].size
        starting = sum(1 for part in parts if abs(part.x0 - edge) < 0.5)
        ruled = any(max(left, default=edge) - 2 <= x <= edge + 2 for x in verticals)
        if (
            left
            and crossing <= tolerated
            and (ruled or (edge - max(left) > 0.8 * size and starting >= 2 and len(left) >= 2))
        ):
            spans.append((start, max(left)))
            start = edge
    held = [part.x1 for part in parts if part.x0 >= start]
    spans.append((start, max(held, default=start)))
    return spans


def ruled(lattice: Lattice, lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a fully ruled table, empty rows and columns left out."""
    held: dict[tuple[int, int], list[tuple[float, Chunk]]] = {}
    owner = {
        (r, c): cell
        for cell in lattice.cells
        for r in range(cell[0], cell[0] + cell[2])
        for c in range(cell[1], cell[1] + cell[3])
    }
    for line in lines:
        for part in line.chunks:
            column = _slot(lattice.xs, part.centre)
            row = _slot(lattice.ys, (part.top + part.bottom) / 2)
            cell = owner[(row, column)]
            held.setdefault((cell[0], cell[1]), []).append((line.base, part))
    pieces = []
    for row, column, rows, wide in lattice.cells:
        if (row, column) in held:
            stacked = _stacked(held[(row, column)])
            pieces.append(Piece(row, column, rows, wide, stacked))
    return compact(pieces)


def _slot(edges: Sequence[float], value: float) -> int:
    inside = sum(1 for edge in edges if edge <= value) - 1
    return max(0, min(inside, len(edges) - 2))


def _stacked(parts: Iterable[tuple[float, Chunk]]) -> tuple[tuple[Chunk, ...], ...]:
    rows: list[tuple[float, list[Chunk]]] = []
    for base, part in sorted(parts, key=lambda item: item[0]):
        if rows and base - rows[-1][0] < 0.3 * part.size:
            rows[-1][1].append(part)
        else:
            rows.append((base, [part]))
    return tuple(tuple(sorted(row, key=lambda part: part.x0)) for _, row in rows)


def compact(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces without rows and columns in which nothing starts."""
    rows = sorted({piece.row for piece in pieces})
    cols = sorted({piece.column for piece in pieces})

    def moved(kept: list[int], start: int, span: int) -> tuple[int, int]:
        inside = [index for index, value in enumerate(kept) if start <= value < start + span]
        return inside[0], len(inside)

    result = []
    for piece in pieces:
        row, high = moved(rows, piece.row, piece.rows)
        column, wide = moved(cols, piece.column, piece.columns)
        result.append(replace(piece, row=row, column=column, rows=high, columns=wide))
    return result


Ground = tuple[float, float, float, float]  # x0, top, x1, bottom of what one cell stands on


def open_rows(
    lines: Sequence[Line],
    cols: Columns,
    seps: Sequence[float],
    header: int,
    grounds: Sequence[Ground],
) -> list[Piece]:
    """The pieces of a table without a full grid; the first ``header`` lines are its head, whose
    cells may stand on ``grounds`` of their own."""
    head, body = lines[:header], lines[header:]
    pieces = head_pieces(head, cols, grounds)
    row = 1 + max((piece.row + piece.rows - 1 for piece in pieces), default=-1)
    for group in _row_groups(body, cols, seps):
        held: dict[tuple[int, int], list[tuple[float, Chunk]]] = {}
        for line in group:
            for part in line.chunks:
                for piece_of, place in _divided(part, cols):
                    held.setdefault(place, []).append((line.base, piece_of))
        for (first, last), parts in held.items():
            pieces.append(Piece(row, first, 1, last - first + 1, _stacked(parts)))
        row += 1
    return _disjoint(pieces)


def _disjoint(pieces: Sequence[Piece]) -> list[Piece]:
    """A label that overflows into its neighbour's column spans only up to it."""
    starts: dict[int, list[int]] = {}
    for piece in pieces:
        for row in range(piece.row, piece.row + piece.rows):
            starts.setdefault(row, []).append(piece.column)
    result = []
    for piece in pieces:
        following = [c for c in starts[piece.row] if c > piece.column]
        limit = min(following, default=piece.column + piece.columns)
        result.append(replace(piece, columns=min(piece.columns, limit - piece.column)))
    return result


def _divided(part: Chunk, cols: Columns) -> list[tuple[Chunk, tuple[int, int]]]:
    """A chunk with its columns, cut where its words fill several columns one by one."""
    first, last = cols.at(part)
    if first == last or len(part.words) < 2:
        return [(part, (first, last))]
    groups: list[tuple[int, list[Word]]] = []
    for word in part.words:
        start, end = cols.at(word)
        if start != end:
            return [(part, (first, last))]
        if groups and groups[-1][0] == start:
            groups[-1][1].append(word)
        else:
            groups.append((start, [word]))
    held = [" ".join(word.text for word in words) for _, words in groups[1:]]
    if len(groups) != last - first + 1 or not any(is_number(text) for text in held):
        return [(part, (first, last))]
    return [
        (chunk(words, part.mark if index == len(groups) - 1 else ""), (column, column))
        for index, (column, words) in enumerate(groups)
    ]


def head_pieces(lines: Sequence[Line], cols: Columns, grounds: Sequence[Ground]) -> list[Piece]:
    """Header cells: spanning ones in rows of their own, what stands under them in one row."""
    placed: list[tuple[float, Chunk, int, int]] = []
    for index, line in enumerate(lines):
        parts = [pair for part in line.chunks for pair in _divided_head(part, cols)]
        if index + 1 < len(lines):
            parts = _centred(_grounded(parts, cols, grounds), cols)
        placed += [(line.base, part, first, last) for part, (first, last) in parts]
    spanning = sorted({base for base, _, first, last in placed if last > first})
    levels: dict[float, int] = {}
    for line in lines:
        levels[line.base] = sum(1 for base in spanning if base < line.base - 0.1)
    depth = len(spanning)
    if depth and not any(
        last == first and levels[base] == depth for base, _, first, last in placed
    ):
        depth -= 1
    held: dict[tuple[int, int, int], list[tuple[float, Chunk]]] = {}
    for base, part, first, last in placed:
        level = min(levels[base], depth)
        if first == last and not _covered(first, base, placed):
            level = depth  # nothing spans this column: its lines are one cell at the bottom
        held.setdefault((level, first, last), []).append((base, part))
    return [
        Piece(level, first, 1, last - first + 1, _stacked(parts))
        for (level, first, last), parts in held.items()
    ]


def _grounded(
    parts: list[tuple[Chunk, tuple[int, int]]], cols: Columns, grounds: Sequence[Ground]
) -> list[tuple[Chunk, tuple[int, int]]]:
    """Words whose own ground reaches under several columns span these."""
    return [(part, _under(part, grounds, cols) or place) for part, place in parts]


def _under(part: Chunk, grounds: Sequence[Ground], cols: Columns) -> tuple[int, int] | None:
    middle = (part.top + part.bottom) / 2
    around = [
        ground
        for ground in grounds
        if ground[0] - 1 <= part.x0
        and part.x1 <= ground[2] + 1
        and ground[1] <= middle <= ground[3]
    ]
    if not around:
        return None
    ground = min(around, key=lambda one: one[2] - one[0])
    held = [
        index
        for index, (x0, x1) in enumerate(cols.spans)
        if ground[0] <= (x0 + x1) / 2 <= ground[2]
    ]
    return (held[0], held[-1]) if len(held) > 1 else None


def _centred(
    parts: list[tuple[Chunk, tuple[int, int]]], cols: Columns
) -> list[tuple[Chunk, tuple[int, int]]]:
    """Words of the head that stand over the middle of several columns of numbers span them."""
    taken = {column for _, (first, last) in parts for column in range(first, last + 1)}
    return [
        (part, _spanned(part, place, taken, cols) if cols.numeric[place[0]] else place)
        for part, place in parts
    ]


def _spanned(
    part: Chunk, place: tuple[int, int], taken: set[int], cols: Columns
) -> tuple[int, int]:
    """The widest run of free columns round ``place`` that ``part`` is centred over; ``place``
    itself where it is set flush with its column."""
    own = cols.spans[place[0]]
    flush = min(abs(part.x1 - own[1]), abs(part.x0 - own[0])) < 0.3 * part.size
    if place[0] != place[1] or flush:
        return place

    def free(column: int) -> bool:
        return cols.numeric[column] and (column == place[0] or column not in taken)

    first = last = place[0]
    while first > 0 and free(first - 1):
        first -= 1
    while last + 1 < len(cols.spans) and free(last + 1):
        last += 1
    runs = [
        (left, right)
        for left in range(first, place[0] + 1)
        for right in range(place[0], last + 1)
        if right > left and _over_middle(part, cols.spans[left][0], cols.spans[right][1])
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=place)


def _over_middle(part: Chunk, x0: float, x1: float) -> bool:
    return abs(part.centre - (x0 + x1) / 2) <= max(0.8 * part.size, 0.05 * (x1 - x0))


def _covered(column: int, base: float, placed: Sequence[tuple[float, Chunk, int, int]]) -> bool:
    return any(
        first <= column <= last and first < last and other != base
        for other, _, first, last in placed
    )


def _divided_head(part: Chunk, cols: Columns) -> list[tuple[Chunk, tuple[int, int]]]:
    """As for the body, but crowded headers ("stöd Stöd o service omsorg") are cut too where
    each part fits the column it would fall in."""
    first, last = cols.at(part)
    if first == last or len(part.words) < 2:
        return [(part, (first, last))]
    for assigned in (_by_right_edge(part, cols, first, last), _by_centre(part, cols, first, last)):
        groups: dict[int, list[Word]] = {}
        for word, column in zip(part.words, assigned, strict=True):
            groups.setdefault(column, []).append(word)
        if len(groups) == last - first + 1 and all(
            _fits(words, cols.spans[column], part.size) for column, words in groups.items()
        ):
            return [
                (chunk(words, part.mark if index == last else ""), (index, index))
                for index, words in sorted(groups.items())
            ]
    return [(part, (first, last))]


def _by_right_edge(part: Chunk, cols: Columns, first: int, last: int) -> list[int]:
    return [
        next((i for i in range(first, last) if word.x1 <= cols.spans[i][1] + 0.6 * part.size), last)
        for word in part.words
    ]


def _by_centre(part: Chunk, cols: Columns, first: int, last: int) -> list[int]:
    def distance(index: int, centre: float) -> float:
        return max(cols.spans[index][0] - centre, centre - cols.spans[index][1], 0.0)

    return [
        min(range(first, last + 1), key=lambda i: distance(i, (word.x0 + word.x1) / 2))
        for word in part.words
    ]


def _fits(words: Sequence[Word], span: tuple[float, float], size: float) -> bool:
    """Whether words are set flush left, flush right or centred over a column."""
    x0, x1 = words[0].x0, words[-1].x1
    offsets = (x0 - span[0], x1 - span[1], (x0 + x1 - span[0] - span[1]) / 2)
    return any(abs(offset) < 0.6 * size for offset in offsets)


def _row_groups(lines: Sequence[Line], cols: Columns, seps: Sequence[float]) -> list[list[Line]]:
    """Lines of one row together. Rules and shaded bands decide where each holds one line of
    numbers; else the distance of lines and how their words begin and end."""
    bands: dict[int, list[Line]] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        bands.setdefault(sum(1 for y in seps if y <= middle), []).append(line)
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
    return all(
        below.base - above.base <= 1.9 * below.size for above, below in itertools.pairwise(band)
    )


def _has_numbers(line: Line, cols: Columns) -> bool:
    return any(
        cols.numeric[cols.at(part)[0]] and cols.at(part)[0] > 0 for part in line.chunks
    ) or all(is_number(part.text) for part in line.chunks)


def _number_lines(lines: Sequence[Line], cols: Columns) -> int:
    return sum(1 for line in lines if _has_numbers(line, cols))


def _by_distance(lines: Sequence[Line], cols: Columns) -> list[list[Line]]:
    pitches = sorted(
        below.base - above.base
        for above, below in itertools.pairwise(lines)
        if _has_numbers(above, cols) and _has_numbers(below, cols)
    )
    pitch = pitches[len(pitches) // 2] if pitches else float("inf")
    groups: list[list[Line]] = []
    pending: list[Line] = []  # label lines that may open the next row
    for line in lines:
        if _has_numbers(line, cols):
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


def _unfinished(text: str) -> bool:
    return text.endswith(("-", "\u00ad", ",", " och", " samt", " för", " av", " till", " med"))


def _same_text(above: Line, below: Line) -> bool:
    return below.base - above.base <= LEADING * below.size and (
        _label(below)[:1].islower() or _unfinished(_label(above))
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
    if text[:1].islower() or text[:1] == "(" or _unfinished(_label(above)):
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
    return begins[:1].islower() or _unfinished(_label(label))

"""Lines of a table region, with its columns and rules, to pieces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from audit.extract.chunks import Chunk, Line, chunk, is_number
from audit.extract.columns import Columns, signs
from audit.extract.head import Ground, head_pieces
from audit.extract.pieces import YEAR, Piece, compact, goes_on, stacked
from audit.extract.rows import row_groups
from audit.extract.ruling import Lattice
from audit.extract.words import Word
from audit.extract.wrapped import Wrapped, fits_beside


def ruled(lattice: Lattice, lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a fully ruled table, empty rows and columns left out."""
    lattice = _labelled_by_row(lattice, lines)
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
            stack = stacked(held[(row, column)])
            room = lattice.xs[column + wide] - lattice.xs[column]
            pieces.append(Piece(row, column, rows, wide, stack, fits_beside(stack, room)))
    return compact(pieces)


def _labelled_by_row(lattice: Lattice, lines: Sequence[Line]) -> Lattice:
    """The lattice with its labels divided as the numbers beside them are, where no rule does: they
    stand outside the grid, one or more lines beside each row down to the last."""
    rows = len(lattice.ys) - 1
    tall = [cell for cell in lattice.cells if cell[1] == 0 and cell[2] > 1 and cell[3] == 1]
    if not lattice.open_left or len(tall) != 1 or tall[0][0] + tall[0][2] != rows:
        return lattice
    first = tall[0][0]
    beside = [cell for cell in lattice.cells if cell[1] > 0 and cell[0] + cell[2] > first]
    above: dict[int, str] = {}  # the labels that stand beside each row
    numbered = set()
    for line in lines:
        for part in line.chunks:
            row = _slot(lattice.ys, (part.top + part.bottom) / 2)
            if _slot(lattice.xs, part.centre) > 0:
                counts = is_number(part.text) and not YEAR.match(part.text)
                numbered |= {row} if counts else set()
            elif row >= first:
                above[row] = f"{above.get(row, '')} {part.text}".strip()
    labels = [above[row] for row in sorted(above)]
    running = sum(goes_on(one, other) for one, other in pairwise(labels))
    whole = min(numbered, default=0) >= first and len(labels) == rows - first
    if any(cell[2] > 1 for cell in beside) or not whole or 2 * running > len(labels):
        return lattice
    divided = [(row, 0, 1, 1) for row in range(first, rows)]
    return replace(lattice, cells=(*(cell for cell in lattice.cells if cell != tall[0]), *divided))


def _slot(edges: Sequence[float], value: float) -> int:
    return max(0, min(bisect_right(edges, value) - 1, len(edges) - 2))


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
    before = signs(body)
    wrapped = Wrapped.of(body, cols, seps)
    for group in wrapped.rows(row_groups(body, cols, seps)):
        held: dict[int, list[tuple[float, Chunk]]] = {}
        ends: dict[int, int] = {}  # the last column that a cell reaches into
        for line in group:
            for part in line.chunks:
                alone = id(part) in before
                places = [(part, cols.at(before[id(part)]))] if alone else _divided(part, cols)
                for piece_of, (first, last) in places:
                    held.setdefault(first, []).append((line.base, piece_of))
                    ends[first] = max(ends.get(first, first), last)
        doubtful = any(id(line) in wrapped.doubtful for line in group)
        for first, parts in held.items():
            wide = ends[first] - first + 1
            number = doubtful and cols.numeric[first]
            pieces.append(Piece(row, first, 1, wide, stacked(parts), number))
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
    held = [" ".join(word.text for word in words) for _, words in groups]
    if len(groups) != last - first + 1 or not any(is_number(text) for text in held):
        return [(part, (first, last))]
    return [
        (chunk(words, part.mark if index == len(groups) - 1 else ""), (column, column))
        for index, (column, words) in enumerate(groups)
    ]

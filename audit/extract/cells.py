"""Pieces to cells: their place on the page, their style, how far they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.extract.chunks import Chunk, bounds
from audit.extract.pieces import Piece
from audit.model import Box, Cell, Style

DOUBT = 0.5  # trust in a number that may be two under each other: it accuses nobody


def cells(pieces: Sequence[Piece], page: int, header_rows: int) -> tuple[Cell, ...]:
    """A table's cells row by row; the first ``header_rows`` rows are its head."""
    lefts: dict[int, float] = {}
    for piece in pieces:
        if piece.row >= header_rows:
            x0 = bounds(piece.chunks)[0]
            lefts[piece.column] = min(lefts.get(piece.column, x0), x0)
    return tuple(
        _cell(piece, page, header_rows, lefts)
        for piece in sorted(pieces, key=lambda piece: (piece.row, piece.column))
    )


def _cell(piece: Piece, page: int, header_rows: int, lefts: Mapping[int, float]) -> Cell:
    parts = piece.chunks
    x0, top, x1, bottom = bounds(parts)
    return Cell(
        text=piece.text,
        row=piece.row,
        column=piece.column,
        box=Box(page, x0, top, x1, bottom),
        style=_style(parts),
        rows=piece.rows,
        columns=piece.columns,
        header=piece.row < header_rows,
        trust=DOUBT if piece.doubtful else min(w.trust for part in parts for w in part.words),
        mark="".join(part.mark for part in parts),
        indent=max(0.0, round(x0 - lefts.get(piece.column, x0), 1)),
    )


def _style(parts: Sequence[Chunk]) -> Style:
    if len(parts) == 1:
        return Style(parts[0].size, parts[0].bold, parts[0].italic)
    weight = sum(len(part.text) for part in parts)
    return Style(
        max(part.size for part in parts),
        sum(len(part.text) for part in parts if part.bold) * 2 > weight,
        sum(len(part.text) for part in parts if part.italic) * 2 > weight,
    )

"""Cells before they belong to a document: their place in the grid and their lines of text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit.extract.chunks import Chunk, is_number
from audit.extract.flowing import flowing

YEAR = re.compile(r"^(?:19|20)\d\d(?:[-–/]?(?:0[1-9]|1[0-2])|[-–/]\d{2,4})?$")
LEADING = 1.45  # lines of one wrapped text are at most this many font sizes apart


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell: ``lines`` from the top, each with its chunks from left to right. ``doubtful``
    where a number in it may be two."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[Chunk, ...], ...]
    doubtful: bool = False

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(part for line in self.lines for part in line)

    @property
    def text(self) -> str:
        return flowing(" ".join(part.text for part in line) for line in self.lines)

    @property
    def numeric(self) -> bool:
        return is_number(self.text)


def stacked(parts: Iterable[tuple[float, Chunk]]) -> tuple[tuple[Chunk, ...], ...]:
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
        first = bisect_left(kept, start)
        return first, bisect_left(kept, start + span) - first

    result = []
    for piece in pieces:
        row, high = moved(rows, piece.row, piece.rows)
        column, wide = moved(cols, piece.column, piece.columns)
        result.append(replace(piece, row=row, column=column, rows=high, columns=wide))
    return result


Ground = tuple[float, float, float, float]  # x0, top, x1, bottom of what one cell stands on


_UNFINISHED = re.compile(
    r"(?:[-\u00ad,/&]| (?:och|samt|för|av|till|med|i|på|mot|exkl\.?|inkl\.?))$", re.I
)


def goes_on(text: str, following: str) -> bool:
    """Whether the words of one line ask for those of the next: they break off, or it begins in
    the middle of a phrase."""
    return following[:1].islower() or following[:1] == "(" or _UNFINISHED.search(text) is not None

"""Lists that lead to pages: a table of contents is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extract.pieces import Piece

FEWEST = 4  # so many numbers seldom rise by chance
LARGEST = 2000  # no report has more pages

_PAGE = re.compile(r"^\d{1,4}$")
_PAGES = re.compile(r"^(?:sid(?:a|an|or|nr)?|s|pages?|p)\b\.?$", re.I)
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")


def leads_to_pages(pieces: Sequence[Piece], header: int) -> bool:
    """Whether the last column of a table holds nothing but page numbers: they never fall, each
    stands right of words, beside no other number than that of a chapter, and the head, where
    there is one, says nothing else of them. Under the last, a sum of those above it shows that
    they are amounts."""
    last = max(piece.column for piece in pieces)
    said = [piece.text for piece in pieces if piece.row < header and piece.column == last]
    if any(not _PAGES.match(text) for text in said):
        return False
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.row >= header:
            rows.setdefault(piece.row, []).append(piece)
    numbers = []
    for row in rows.values():
        *before, end = sorted(row, key=lambda piece: piece.column)
        if any(piece.numeric and not _SECTION.match(piece.text) for piece in before):
            return False
        if end.column < last:
            continue
        if not _PAGE.match(end.text) or not any(
            c.isalpha() for piece in before for c in piece.text
        ):
            return False
        numbers.append(int(end.text))
    rising = len(numbers) >= FEWEST and numbers == sorted(numbers) and numbers[-1] <= LARGEST
    return rising and numbers[-1] != sum(numbers[:-1])

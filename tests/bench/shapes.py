"""What truth and readers have in common: tables as cells with spans, on one page each.

Points with the origin at the top left of the page as displayed; pages count from 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

Rectangle = tuple[float, float, float, float]
"""x0, top, x1, bottom"""

NUMBER = re.compile(r"[-+(]{0,2}\d{1,3}(?:[ .,']?\d{3})*(?:[.,]\d+)?%?\)?|[-+]?\d+(?:[.,]\d+)?%?")
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class BenchCell:
    """Rows and columns count from 0, the last ones included."""

    r0: int
    c0: int
    r1: int
    c1: int
    text: str
    box: Rectangle | None = None

    @property
    def key(self) -> str:
        return normalised(self.text)

    @property
    def numeric(self) -> bool:
        return NUMBER.fullmatch(self.key) is not None


@dataclass(frozen=True, slots=True)
class BenchTable:
    """``header_rows`` is None where nobody said how many there are."""

    page: int
    box: Rectangle
    cells: tuple[BenchCell, ...]
    name: str = ""
    header_rows: int | None = None

    @property
    def filled(self) -> tuple[BenchCell, ...]:
        return tuple(cell for cell in self.cells if cell.key)


def normalised(text: str) -> str:
    """``text`` without whitespace, case, soft hyphens and the hyphen at a line's end."""
    text = re.sub(r"(?<=\w)[-\u2010\u00ad]\n", "", text).replace("\u00ad", "")
    text = unicodedata.normalize("NFKC", text).translate(MINUS).casefold()
    return "".join(text.split())


def around(boxes: Iterable[Rectangle]) -> Rectangle:
    """The smallest rectangle round ``boxes``; nothing at the origin when there are none."""
    every = list(boxes) or [(0.0, 0.0, 0.0, 0.0)]
    return (
        min(box[0] for box in every),
        min(box[1] for box in every),
        max(box[2] for box in every),
        max(box[3] for box in every),
    )


def area(box: Rectangle) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def shared_area(one: Rectangle, other: Rectangle) -> float:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return area((left, top, right, bottom))

"""Running headers, footers and page numbers: lines that pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.extract.text import Line

EDGE = 0.13  # furniture stands in this share of a page's height, at either end
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:sid(?:a|an)?\.?\s*)?\d{1,4}\s*(?:\(\d{1,4}\)|(?:av|/)\s*\d{1,4})?$", re.I
)


@dataclass(frozen=True, slots=True)
class Furnished:
    """The lines of a page: its running header, its own text, its footer."""

    header: tuple[Line, ...]
    own: tuple[Line, ...]
    footer: tuple[Line, ...]


def furnished(
    pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float]
) -> dict[int, Furnished]:
    """Each page's lines, sorted out. Furniture is what stands near an edge at the same height
    with the same words (numbers apart) on at least three pages (two of a short report) and a
    sixth of them, and a page number alone."""
    seen: Counter[tuple[str, int]] = Counter()
    for number, lines in pages.items():
        seen.update({_key(line) for line in lines if _near_edge(line, heights[number])})
    enough = max(2 if len(pages) < 4 else 3, len(pages) // 6)
    result = {}
    for number, lines in pages.items():
        height = heights[number]
        header: list[Line] = []
        own: list[Line] = []
        footer: list[Line] = []
        for line in lines:
            repeated = seen[_key(line)] >= enough or _PAGE_NUMBER.match(line.text.strip())
            if _near_edge(line, height) and repeated:
                (header if line.base < height / 2 else footer).append(line)
            else:
                own.append(line)
        result[number] = Furnished(tuple(header), tuple(own), tuple(footer))
    return result


def _near_edge(line: Line, height: float) -> bool:
    return line.bottom < EDGE * height or line.top > (1 - EDGE) * height


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / 4)

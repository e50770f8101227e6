"""Running headers, footers and page numbers: lines that pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.extract.chunks import Line

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
    with the same words (page numbers apart) on at least three pages (two of a short report) and
    a sixth of them, and a page number alone; but not the repeated head of a table."""
    seen: Counter[tuple[str, int]] = Counter()
    for number, lines in pages.items():
        near = [line for line in lines if _near_edge(line, heights[number])]
        seen.update({key for line in near for key in _keys(line, number)})
    enough = max(2 if len(pages) < 4 else 3, len(pages) // 6)

    def runs(line: Line, number: int) -> bool:
        return _near_edge(line, heights[number]) and any(
            seen[key] >= enough for key in _keys(line, number)
        )

    def repeated(line: Line, number: int) -> bool:
        if runs(line, number) or not _near_edge(line, heights[number]):
            return runs(line, number)
        top = line.base < heights[number] / 2
        return _PAGE_NUMBER.match(line.text.strip()) is not None and all(
            runs(other, number)
            for other in pages[number]
            if (other.bottom <= line.top if top else other.top >= line.bottom)
        )

    return {
        number: _sorted_out(lines, [repeated(line, number) for line in lines], heights[number])
        for number, lines in pages.items()
    }


def _sorted_out(lines: Sequence[Line], repeated: Sequence[bool], height: float) -> Furnished:
    header: list[Line] = []
    own: list[Line] = []
    footer: list[Line] = []
    below: Line | None = None  # the page's own line under the one at hand
    for line, again in sorted(
        zip(lines, repeated, strict=True), key=lambda pair: pair[0].base, reverse=True
    ):
        if not again or _heads(line, below):
            own.append(line)
            below = line
        elif line.base < height / 2:
            header.append(line)
        else:
            footer.append(line)
    return Furnished(tuple(header[::-1]), tuple(own[::-1]), tuple(footer[::-1]))


def _heads(line: Line, below: Line | None) -> bool:
    """Whether a line of several words stands over a line of a table like a head."""
    return (
        below is not None
        and len(line.chunks) > 1
        and len(below.chunks) > 1
        and below.base - line.base < 2.4 * line.size
    )


def _near_edge(line: Line, height: float) -> bool:
    return line.bottom < EDGE * height or line.top > (1 - EDGE) * height


def _keys(line: Line, page: int) -> set[tuple[str, int]]:
    """The words and height of a line, as they are and with each number near the page's own taken
    for its number ("7 (16)": either may be the page's)."""
    place = round(line.base / 4)
    keys = {(line.text, place)}
    for match in _DIGITS.finditer(line.text):
        away = int(match.group()) - page
        if abs(away) <= 9:
            keys.add((f"{line.text[: match.start()]}#{away}{line.text[match.end() :]}", place))
    return keys

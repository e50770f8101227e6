"""Dot leaders: the dots that lead the eye from a label to what stands in its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.extract.glyphs import Glyph

DOTS = frozenset(".…_·")
FEWEST = 4  # as many dots lead; "..." stands for something left out
SHORT = 2  # where others lead, so many that end below them are what room a long label left
TO_LABEL = 1.6  # ems; dots further from any words are a cell's placeholder
APART = 1.2  # ems from dot to dot, at most

_PAGE_NUMBER = re.compile(r"^(?:\d{1,4}|[ivxl]{1,6})$", re.I)


def leaders(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Those of ``glyphs`` that lead from the word before them to the right."""
    if sum(1 for glyph in glyphs if glyph.text in DOTS) < FEWEST:
        return []
    runs = list(_runs(glyphs))
    ends = [run[-1].x1 for run in runs if _weight(run) >= FEWEST]

    def leads(run: Sequence[Glyph]) -> bool:
        below = any(abs(run[-1].x1 - end) < 0.8 * run[-1].size for end in ends)
        return _weight(run) >= FEWEST or (_weight(run) >= SHORT and below)

    return [dot for run in runs if leads(run) for dot in run]


def lead_to_pages(last: Sequence[str]) -> bool:
    """Whether what stands last in each led row, from the top, are the pages of a contents list:
    plain numbers that never fall."""
    if not all(_PAGE_NUMBER.match(text) for text in last):
        return False
    numbers = [int(text) for text in last if text.isdigit()]
    return numbers == sorted(numbers)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Dots that follow each other, and words that stand on their line just before them."""
    before: Glyph | None = None
    for is_dot, group in groupby(glyphs, key=lambda glyph: glyph.text in DOTS):
        run: list[Glyph] = []
        led = False
        for glyph in group:
            if is_dot and not (run and _next_to(run[-1], glyph, APART)):
                if led:
                    yield run
                led = not run and before is not None and _next_to(before, glyph, TO_LABEL)
                run = []
            run.append(glyph)
        if led:
            yield run
        before = run[-1]


def _weight(run: Sequence[Glyph]) -> int:
    return sum(2 if dot.text == "…" else 1 for dot in run)


def _next_to(left: Glyph, right: Glyph, ems: float) -> bool:
    em = max(left.size, right.size)
    return abs(left.base - right.base) < 0.1 * em and -0.5 * em < right.x0 - left.x1 < ems * em

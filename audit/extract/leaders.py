"""Dot leaders: the dots that lead the eye from a label to what stands in its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.extract.words import Word, dotted

FEWEST = 4  # as many dots lead; "..." stands for something left out
SHORT = 2  # where others lead, so many that end below them are what room a long label left
TO_LABEL = 1.6  # ems; dots further from any words are a cell's placeholder
APART = 1.2  # ems from dot to dot, at most

_PAGE_NUMBER = re.compile(r"^(?:\d{1,4}|[ivxl]{1,6})$", re.I)


def unled(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """``words`` (in the order of the content) without the dots that lead from one of them to
    the right, and these dots."""
    runs = list(_runs(words))
    ends = [run[-1].x1 for run in runs if _weight(run) >= FEWEST]

    def leads(run: Sequence[Word]) -> bool:
        below = any(abs(run[-1].x1 - end) < 0.8 * run[-1].size for end in ends)
        return _weight(run) >= FEWEST or (_weight(run) >= SHORT and below)

    leading = [dots for run in runs if leads(run) for dots in run]
    ids = {id(dots) for dots in leading}
    return [word for word in words if id(word) not in ids], leading


def lead_to_pages(last: Sequence[str]) -> bool:
    """Whether what stands last in each led row, from the top, are the pages of a contents list:
    plain numbers that never fall."""
    if not all(_PAGE_NUMBER.match(text) for text in last):
        return False
    numbers = [int(text) for text in last if text.isdigit()]
    return numbers == sorted(numbers)


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Dots that follow each other, and words that stand on their line just before them."""
    before: Word | None = None
    for are_dots, group in groupby(words, key=lambda word: dotted(word.text)):
        run: list[Word] = []
        led = False
        for word in group:
            if are_dots and not (run and _next_to(run[-1], word, APART)):
                if led:
                    yield run
                led = not run and before is not None and _next_to(before, word, TO_LABEL)
                run = []
            run.append(word)
        if led:
            yield run
        before = run[-1]


def _weight(run: Sequence[Word]) -> int:
    return sum(len(dots.text) + dots.text.count("…") for dots in run)


def _next_to(left: Word, right: Word, ems: float) -> bool:
    em = max(left.size, right.size)
    return abs(left.base - right.base) < 0.1 * em and -0.5 * em < right.x0 - left.x1 < ems * em

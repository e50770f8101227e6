"""Raised footnote marks, and the words that they belong to."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.extract.chunks import RAISED_DIGITS, Chunk, chunk
from audit.extract.words import Word

LONGEST_MARK = 5  # characters
HOST = 1.2  # a word with a raised mark is so much larger than it
_MARK = re.compile(r"^(?:\d{1,2}(?:,\d{1,2})?|\*{1,3}|[a-e]|[¹²³⁴-⁹⁰]+)[).]?$")
_METRE = re.compile(r"\b[kcdm]?m$")  # its square is a unit: "48⁴" is marked, "kWh per m²" is not


def raised(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Words set on a baseline, and footnote marks: smaller than and raised over the word that
    they touch. Other raised words ("3rd") come down to the line that they belong to."""
    settled: list[Word] = []
    marks: list[Word] = []
    by_place = sorted(words, key=lambda word: word.base)
    hosts: dict[float, _Hosts] = {}  # by the size of the type beside them
    for word in by_place:
        if len(word.text) > LONGEST_MARK:
            settled.append(word)
            continue
        size = round(word.size, 1)
        if size not in hosts:
            hosts[size] = _Hosts.larger(by_place, HOST * size)
        host = hosts[size].beside(word)
        if host is None:
            settled.append(word)
        elif _MARK.match(word.text) and _follows(word, host):
            marks.append(word)
        else:
            settled.append(word._replace(base=host.base, size=host.size))
    return settled, marks


@dataclass(frozen=True, slots=True)
class _Hosts:
    """Words that smaller ones may stand raised beside, by their baselines."""

    words: Sequence[Word]
    largest: float

    @classmethod
    def larger(cls, words: Iterable[Word], size: float) -> _Hosts:
        """Those of ``words`` (in order from the top) that are at least of that size."""
        found = [word for word in words if word.size >= size]
        return cls(found, max((word.size for word in found), default=0.0))

    def beside(self, mark: Word) -> Word | None:
        """The word beside which ``mark`` stands raised, or small on its very baseline."""
        highest = mark.base - 0.06 * self.largest
        first = bisect_left(self.words, highest, key=lambda word: word.base)
        for word in itertools.islice(self.words, first, None):
            lift = word.base - mark.base
            if lift >= 0.75 * self.largest:
                break
            if not -0.06 * word.size <= lift < 0.75 * word.size:
                continue
            before, after = mark.x0 - word.x1, word.x0 - mark.x1
            leads = -0.2 * word.size < after < 0.5 * word.size and lift > 0.1 * word.size
            if leads or -0.2 * word.size < before < 0.3 * word.size:
                return word
        return None


def near(row: Sequence[Word], marks: Sequence[Word]) -> Sequence[Word]:
    """Those of ``marks`` (in order from the top) that may belong to words of ``row``."""
    if not marks:
        return ()
    size = max(word.size for word in row)
    first = bisect_left(marks, row[0].base - size, key=lambda mark: mark.base)
    beyond = bisect_left(marks, row[0].base + size, key=lambda mark: mark.base)
    return marks[first:beyond]


def marked(group: Sequence[Word], marks: Sequence[Word]) -> Chunk:
    """The mark after the last word is the chunk's; one inside it stays in the text, raised."""
    if not marks:
        return chunk(group, "")
    last = group[-1]
    inside = [_with_mark(word, marks) for word in group[:-1]]
    mark = "".join(candidate.text for candidate in marks if _follows(candidate, last))
    if mark in ("2", "3") and _METRE.search(last.text):
        return chunk([*inside, _with_mark(last, marks)], "")
    return chunk([*inside, last], mark)


def _with_mark(word: Word, marks: Sequence[Word]) -> Word:
    own = "".join(mark.text for mark in marks if _follows(mark, word))
    return word._replace(text=word.text + own.translate(RAISED_DIGITS)) if own else word


def _follows(mark: Word, word: Word) -> bool:
    lift = word.base - mark.base
    return (
        -0.2 * word.size < mark.x0 - word.x1 < 0.3 * word.size
        and -0.06 * word.size <= lift < 0.75 * word.size
    )

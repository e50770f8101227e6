"""Heads of columns so near each other that they look like one text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from audit.extract.words import Word

WIDE_SPACE = 0.36  # ems; the space of hardly any typeface is wider
APART = 1.25  # so much wider is the white between two heads than a space in one, at least


def cut(words: Sequence[Word], count: int) -> list[Sequence[Word]]:
    """``words`` of one line cut at the widest white into ``count`` groups; empty where these do
    not stand further apart than the words of each."""
    if not 1 < count <= len(words):
        return []
    white = [right.x0 - left.x1 for left, right in pairwise(words)]
    ends = sorted(sorted(range(len(white)), key=lambda i: -white[i])[: count - 1])
    assigned = [sum(1 for end in ends if end < index) for index in range(len(words))]
    if not apart(words, assigned):
        return []
    return [[w for w, own in zip(words, assigned, strict=True) if own == i] for i in range(count)]


def apart(words: Sequence[Word], assigned: Sequence[int]) -> bool:
    """Whether words that are ``assigned`` to different columns (two at least) stand further apart
    than those of the same."""
    cuts: list[float] = []
    inner = [0.8 * WIDE_SPACE]
    for (left, right), (one, other) in zip(pairwise(words), pairwise(assigned), strict=True):
        gap = (right.x0 - left.x1) / max(left.size, right.size)
        (inner if one == other else cuts).append(gap)
    return min(cuts) >= APART * max(inner)

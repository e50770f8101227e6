"""The lines of one text together, and the words whole that line ends divide."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINE_END_HYPHENS = ("-", "\u2010", "\u00ad")
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_TO_MONTH = re.compile(rf"\b{_MONTH}$", re.I), re.compile(_MONTH, re.I)  # "jan-" and "aug"
_LISTED = ("och", "eller", "samt", "respektive", "and", "or")
_SLASH = re.compile(r"\w/$")  # what a stroke divides goes on without a space


def flowing(lines: Iterable[str]) -> str:
    """Lines of one text together. A word that a hyphen divides at a line's end is whole again; the
    hyphen of "drift- och", "EU-projekt", "jan-aug" and "2021-2022" stays."""
    return flowing_from(lines)[0]


def flowing_from(lines: Iterable[str]) -> tuple[str, list[int]]:
    """The same, and at which character of it each line begins."""
    text, starts = "", []
    for line in lines:
        stem, last = text[:-1], text[-1:]
        if len(stem) < 2 or stem[-1] == " " or last not in _LINE_END_HYPHENS:
            text += line if not text or _SLASH.search(text) else f" {line}"
        elif line.split(" ", 1)[0] in _LISTED:
            text = f"{stem}- {line}"
        else:
            text = stem + ("" if _divides(stem, line) else "-") + line
        starts.append(len(text) - len(line))
    if "\u00ad" in text:
        starts = [start - text.count("\u00ad", 0, start) for start in starts]
    return text.replace("\u00ad", ""), starts


def _divides(stem: str, line: str) -> bool:
    """Whether a hyphen after ``stem`` divides a word only because the line ends there."""
    month, then = _TO_MONTH
    if month.search(stem) and then.match(line):
        return False
    capitals = stem[-2:].isupper()
    return stem[-1].isalpha() and (line[:2].isupper() if capitals else line[:1].islower())

"""Printed numbers, whoever read them: one kind of minus, one kind of space, no footnote marks."""

from __future__ import annotations

import re

Numerals = tuple[str, ...]

_MINUS = dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011\u2012\ufe63\uff0d"), "-")
_MARKS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))  # raised digits are never part of a number
_NUMERAL = re.compile(r"\(?-? ?(?:(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,]\d+)*")
_BLANKS = re.compile(r"[^\S\t]+")


def minus(text: str) -> str:
    """``text`` with one kind of minus, whichever dash was set."""
    return text.translate(_MINUS)


def numerals(text: str) -> Numerals:
    """The numbers in ``text`` from the left, without their spaces: "− 1 633,7" is "-1633,7".

    A tab divides numbers; any other blank may stand between groups of three digits.
    """
    plain = _BLANKS.sub(" ", minus(text).translate(_MARKS))
    return tuple(found.replace(" ", "") for found in _NUMERAL.findall(plain))


def digits(found: Numerals) -> str:
    """All digits and signs of ``found`` in a row, however they were divided."""
    return "".join(found)

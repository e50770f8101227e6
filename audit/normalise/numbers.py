"""Printed numbers: what a cell's text says as a number, and to which digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), " "
)
MINUSES = dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011\u2012\ufe63\uff0d"), "-")

_WHOLE = r"(?:0|[1-9]\d{0,2}(?:(?P<group>[ .])\d{3}(?:(?P=group)\d{3})*)|[1-9]\d*)"
_CORE = rf"{_WHOLE}(?:,\d+)?|(?:0|[1-9]\d*)\.\d+"
_BEFORE = (
    r"(?P<before>(?:19|20)\d\d(?=:)|[<>≥≤±~]|ca\.?|cirka|drygt|minst|högst|max(?:imalt)?|över|under|"
    r"(?:mindre|lägre|färre|mer|högre|fler) än)"
)
_UNIT = r"(?:(?P<unit>%|procent|tkr|kkr|mnkr|mkr|mdkr|kr|kronor|st|åa|msek|tsek|sek)\.?)"
_NUMBER = re.compile(
    rf"^(?:{_BEFORE}:?\s*)?(?P<open>\()?\s*(?P<sign>[-+]?)\s*(?P<digits>{_CORE})\s*"
    rf"(?P<trailing>-)?\s*{_UNIT}?\s*(?P<close>\))?(?:[*⁰¹²³⁴⁵⁶⁷⁸⁹]|\s[⁰¹²³⁴⁵⁶⁷⁸⁹])*"
    r"(?:\s*\((?P<after>[^()]*[^\W\d][^()]*)\))?$",
    re.IGNORECASE,
)
_UNCERTAIN_POINT = re.compile(r"^\d{1,3}\.\d{3}$")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: ``value`` and ``step`` (the worth of its last digit) in the printed
    unit. ``bracketed`` numbers stand in parentheses, which may or may not mean minus."""

    value: Decimal
    step: Decimal
    unit: str
    qualifier: str
    bracketed: bool


def plain(text: str) -> str:
    """``text`` with one kind of space and one kind of minus."""
    return " ".join(text.translate(SPACES).translate(MINUSES).split())


def parse(text: str) -> Printed | None:
    """The number that ``text`` prints, or None when it prints none for certain.

    Digits in groups need groups of three; "1.234" could be either and is no number; a range
    ("98-100") and two numbers in one cell are none.
    """
    match = _NUMBER.match(plain(text))
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    digits = match["digits"]
    if _UNCERTAIN_POINT.match(digits):
        return None
    if "." in digits and match["group"] != ".":
        whole, _, decimals = digits.partition(".")
    else:
        whole, _, decimals = digits.replace(".", "").partition(",")
    value = Decimal(f"{whole.replace(' ', '')}.{decimals}" if decimals else whole.replace(" ", ""))
    if match["sign"] and match["trailing"]:
        return None
    if match["sign"] == "-" or match["trailing"]:
        value = -value
    qualifier = " ".join(part for part in (match["before"], match["after"]) if part)
    return Printed(
        value=value,
        step=Decimal(1).scaleb(-len(decimals)),
        unit=(match["unit"] or "").lower(),
        qualifier=qualifier,
        bracketed=match["open"] is not None,
    )

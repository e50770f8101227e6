"""Printed numbers: what a cell's text says as a number, and to which digit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), " "
)
MINUSES = dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011\u2012\ufe63\uff0d"), "-")
_PLAIN = SPACES | MINUSES

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
_UNCERTAIN = re.compile(r"^\d{1,3}[.,]\d{3}$")
_DECIMALS = {
    mark: re.compile(rf"(?<![\d.,])\d+{re.escape(mark)}\d{{1,2}}(?![\d.,])") for mark in ",."
}

DIGITS = 24  # Decimal reckons with 28: sums of ten thousand numbers of so many digits are exact


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
    return " ".join(text.translate(_PLAIN).split())


def decimal_mark(texts: Iterable[str]) -> str:
    """What the numbers of a table set before decimals, "," or "."; empty where they do not say."""
    every = " ; ".join(texts)
    comma, point = (_DECIMALS[mark].search(every) is not None for mark in (",", "."))
    return "," if comma and not point else "." if point and not comma else ""


def parse(text: str, mark: str = "") -> Printed | None:
    """The number that ``text`` prints, or None when it prints none for certain.

    Digits in groups need groups of three. ``mark`` is what the table sets before decimals: without
    it "1.234" and "1,234" could be either and are no number. A range ("98-100") and two numbers in
    one cell are none.
    """
    match = _NUMBER.match(_grouped(plain(text), mark))
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    digits = match["digits"]
    if _UNCERTAIN.match(digits) and not (mark and mark in digits):
        return None
    if match["sign"] and match["trailing"]:
        return None
    whole, _, decimals = digits.partition("." if "." in digits and match["group"] != "." else ",")
    whole = whole.replace(" ", "").replace(".", "")
    if len(whole) + len(decimals) > DIGITS:
        return None
    value = Decimal(f"{whole}.{decimals}" if decimals else whole)
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


def _grouped(text: str, mark: str) -> str:
    """``text`` with its thousands parted by spaces, where a decimal mark tells which they are."""
    other = {",": r"\.", ".": ","}.get(mark)
    return re.sub(rf"(?<=\d){other}(?=\d{{3}}(?!\d))", " ", text) if other else text

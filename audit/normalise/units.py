"""Units of money, shares and counts, from the words that say them."""

from __future__ import annotations

import re

from audit.model import Unit, UnitKind

UNKNOWN = Unit("", 0, UnitKind.UNKNOWN)
PERCENT = Unit("%", 0, UnitKind.PERCENT)
COUNT = Unit("st", 0, UnitKind.COUNT)

# A number before them, but for a year, makes the words an amount ("kredit på 10 mkr"), no unit.
_APART = r"(?:(?<![0-9])(?<![0-9] )|(?<=\b20[0-9]{2} ))\b"

_MONEY = (
    (
        re.compile(
            _APART + r"(?:tkr|kkr|tsek|ksek|tusen(?:tals?|tal)? ?(?:kr|kronor)\b|1 ?000 kr)",
            re.I,
        ),
        Unit("tkr", 3, UnitKind.MONEY),
    ),
    (
        re.compile(
            _APART + r"(?:mnkr|mkr|msek|mn kr|milj(?:\.|on(?:er)?)? ?(?:kr|kronor)\b|mtkr)", re.I
        ),
        Unit("mnkr", 6, UnitKind.MONEY),
    ),
    (
        re.compile(_APART + r"(?:mdkr|mdr|miljarder(?: kr| kronor)?)\b", re.I),
        Unit("mdkr", 9, UnitKind.MONEY),
    ),
    (re.compile(_APART + r"(?:kr|kronor|sek)\b", re.I), Unit("kr", 0, UnitKind.MONEY)),
)
_PERCENT = re.compile(
    r"%|\bprocent(?:uell\w*)?\b|\bi proc\b"
    # a holding in a company and a municipality's part of the corporate tax are money
    r"|^andel\b(?! (?:i \w*(?:bolag|företag|koncern)|av (?:\w+ (?:av|från) )?samfunds))",
    re.I,
)
_COUNT = re.compile(
    r"(?:^|[(,/] ?)antal(?:et)?\b|\b(?:årsarbetare|åa|årsarbeten|heltider)\b|"
    r"(?:^|[(,] ?)(?:st|styck|personer|timmar|dagar|platser)\b\)?\.?$",
    re.I,
)


def money(words: str) -> Unit | None:
    """The unit of money that ``words`` name, the symbol as the field writes it."""
    found = [(match.start(), unit) for pattern, unit in _MONEY if (match := pattern.search(words))]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def unit(words: str) -> Unit | None:
    """The unit that ``words`` (a header, a label, a heading) name."""
    if _PERCENT.search(words):
        return PERCENT
    return money(words) or (COUNT if _COUNT.search(words) else None)

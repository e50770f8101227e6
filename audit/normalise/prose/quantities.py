"""The numbers of a sentence that have a unit, or that are said to change from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.model import Unit
from audit.normalise import units
from audit.normalise.units import PERCENT

NUMERALS = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "tretton": 13,
    "fjorton": 14,
    "femton": 15,
    "sexton": 16,
    "sjutton": 17,
    "arton": 18,
    "aderton": 18,
    "nitton": 19,
    "tjugo": 20,
}

_DIGITS = r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_UNITS = (
    r"tkr|kkr|tsek|mnkr|mkr|msek|mdkr|tusen (?:kronor|kr)|milj(?:oner|on|\.)? ?(?:kronor|kr)|"
    r"miljarder (?:kronor|kr)|kronor|kr|procentenhet(?:er|ers)?|procent|%(?:-enhet(?:er)?)?"
)
_WORD = "|".join(NUMERALS)


def _number(side: str = "") -> str:
    """A signed number; ``side`` begins the names of its groups."""
    return (
        rf"(?:(?<![\w)])(?P<{side}sign>[-+]|minus |plus ) ?)?"
        rf"(?<![\d,.:/§])(?P<{side}number>{_DIGITS})"
    )


_AMOUNT = re.compile(
    rf"(?:{_number()}|\b(?P<word>{_WORD})\b) ?(?:(?P<unit>{_UNITS})(?!\w)|"
    rf"(?=\([-+]?(?:{_DIGITS})\) ?(?P<later>{_UNITS})(?!\w)))",  # "12,3 (11,8) mnkr"
    re.I,
)
_BESIDE = re.compile(
    rf" ?\((?P<before>(?:[^()\d]*?|(?:19|20)\d\d:? ?)){_number()}(?: ?(?P<unit>{_UNITS})(?!\w))?"
    r"(?P<after>[^()]*)\)",
    re.I,
)
_CHANGE = re.compile(
    rf"\bfrån {_number('a')}(?: ?(?P<aunit>{_UNITS})(?!\w))? till "
    rf"(?:[^\W\d]+ )?{_number('b')}(?: ?(?P<bunit>{_UNITS})(?!\w))?(?!\d|[,:]\d)",
    re.I,
)
_COUNT = re.compile(
    rf"(?<![\w,.:/§-])(?:(\d{{1,3}}(?: \d{{3}})*)|({_WORD}))(?![\w,:/%-]| ?(?:{_UNITS})\b)", re.I
)
_NO_DIGIT = re.compile(r"\D*")
_UNIT = re.compile("kr|procent", re.I)  # of "en miljon kronor", "tre procentenheter"
_RANGE = re.compile(r"\d ?(?:-|till|och|eller) ?$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d$")

Counted = tuple[int, int, Decimal]  # a number without a unit: its start, its end, its value


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number from ``start`` to ``end`` of a sentence: ``value`` and ``step``, the worth of its
    last digit, in base units; ``signed`` when a sign or "minus" is printed. ``points`` are per
    cent of the whole. ``since`` is where "från A till B" begins and the A."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: Unit
    signed: bool
    points: bool = False
    since: Quantity | None = None

    @property
    def coarse_step(self) -> Decimal:
        """The worth of the last digit that is no nought, of a number without decimals that ends in
        two noughts or more: "2 200 tkr" may well be 2 187. Else ``step``."""
        if self.step != Decimal(1).scaleb(self.unit.exponent):
            return self.step
        digits = f"{abs(self.value) / self.step:.0f}"
        noughts = len(digits) - len(digits.rstrip("0"))
        return self.step.scaleb(noughts) if noughts >= 2 else self.step


def quantities(sentence: str) -> list[Quantity]:
    """In the order of the sentence. No ranges ("4-5 mnkr") and nothing in parentheses, where
    another time's numbers stand as a rule."""
    if _NO_DIGIT.fullmatch(sentence) and not _UNIT.search(sentence):
        return []
    changes = [change for match in _CHANGE.finditer(sentence) if (change := _changed(match))]
    taken = [(change.since.start, change.end) for change in changes if change.since]
    plain = [
        _quantity(match, "")
        for match in _AMOUNT.finditer(sentence)
        if not any(start <= match.start() < end for start, end in taken)
        and not _RANGE.search(sentence[: match.start()])
        and not bracketed(sentence, match.start())
    ]
    return sorted([*changes, *plain], key=lambda one: one.start)


def beside(sentence: str, one: Quantity) -> tuple[Quantity, str] | None:
    """The number in parentheses right behind ``one``, if it is of its kind, and the words that
    stand there with it. Without a unit it is a number of as many decimals and two digits."""
    match = _BESIDE.match(sentence, one.end)
    if match is None or one.since or one.points:
        return None
    found = _quantity(match, "", one.unit.symbol)
    if found.unit.kind is not one.unit.kind or found.points:
        return None
    digits = sum(character.isdigit() for character in match["number"])
    if not match["unit"] and (found.step != one.step or digits < 2 or _YEAR.match(match["number"])):
        return None
    return found, f"{match['before']} {match['after']}"


def counts(sentence: str) -> Iterator[Counted]:
    """Whole numbers without a unit, in digits or words."""
    for match in _COUNT.finditer(sentence):
        digits, word = match.groups()
        if digits and _YEAR.match(digits):
            continue
        number = digits.replace(" ", "") if digits else NUMERALS[word.lower()]
        yield match.start(), match.end(), Decimal(number)


def _quantity(match: re.Match[str], side: str, unit: str = "") -> Quantity:
    digits = match[f"{side}number"]
    word = match["word"] if "word" in match.re.groupindex else None
    number = str(NUMERALS[word.lower()]) if word else digits.replace(" ", "").replace(",", ".")
    sign = (match[f"{side}sign"] or "").strip().lower()
    later = match["later"] if "later" in match.re.groupindex else None
    said = (match[f"{side}unit"] or later or unit).lower()
    value, exponent = Decimal(number), _unit(said).exponent
    _, _, decimals = number.partition(".")
    if sign in ("-", "minus"):
        value = -value
    end = match.end(f"{side}unit") if match[f"{side}unit"] else match.end(f"{side}number")
    begins = f"{side}sign" if sign else "word" if word else f"{side}number"
    return Quantity(
        start=match.start(begins),
        end=end,
        value=value.scaleb(exponent),
        step=Decimal(1).scaleb(exponent - len(decimals)),
        unit=_unit(said),
        signed=bool(sign),
        points=said.startswith(("procentenhet", "%-enhet")),
    )


def _changed(match: re.Match[str]) -> Quantity | None:
    """ "från A till B"; None for years."""
    unit = match["bunit"] or match["aunit"] or ""
    if not unit and (_YEAR.match(match["anumber"]) or _YEAR.match(match["bnumber"])):
        return None
    before, after = _quantity(match, "a", unit), _quantity(match, "b", unit)
    return Quantity(
        after.start, after.end, after.value, after.step, after.unit, after.signed, since=before
    )


def _unit(said: str) -> Unit:
    if said.startswith(("procent", "%")):
        return PERCENT
    return (units.money(said) if said else None) or units.UNKNOWN


def bracketed(sentence: str, place: int) -> bool:
    """Whether a parenthesis is open at ``place``."""
    return sentence.count("(", 0, place) > sentence.count(")", 0, place)

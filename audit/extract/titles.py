"""What words beside a table can say of it: its number and name, its unit, that it goes on."""

from __future__ import annotations

import re

LONGEST_TITLE = 200  # characters
UNIT = re.compile(
    r"\b(?:(?:alla\s+)?belopp(?:en)?(?:\s+(?:i|anges i|redovisas i))?\s*:?\s*)?"
    r"\(?\b(tkr|kkr|mnkr|mkr|mdkr|ksek|msek|tsek|tusen(?:tals)?\s+kronor|miljoner\s+kronor|"
    r"miljoner\s+kr|tusental\s+kronor|kronor)\b\)?",
    re.I,
)
_NUMBER = re.compile(r"[0-9]\s?$")
_YEAR = re.compile(r"\b20[0-9]{2}\s$")
_CAPTION = re.compile(r"^(?:tabell|diagram|figur|table)\s*\d*", re.I)
_NUMBERED = re.compile(r"^(?:tabell|table)\s+\d", re.I)
_ON = re.compile(r"\b(?:forts(?:ättning(?:en)?|\.|\b)|cont(?:inued|inuation|\.|['’]d))", re.I)


def captions(text: str) -> bool:
    """Whether words name a table, chart or figure."""
    return _CAPTION.match(text) is not None


def says_on(text: str) -> bool:
    """Whether words say that a table goes on ("Tabell 3, forts.")."""
    return _ON.search(text) is not None


def unit_said(text: str) -> str:
    """The words in ``text`` that say a unit; "460,9 mnkr" is an amount and says none, "2021 tkr"
    does. Empty when there are none."""
    for match in UNIT.finditer(text):
        before = text[: match.start()]
        if not _NUMBER.search(before) or _YEAR.search(before):
            return match.group(0).strip("()")
    return ""


def is_unit(text: str) -> bool:
    """Whether words are a unit and nothing else ("Belopp i tkr")."""
    return UNIT.search(text) is not None and not any(map(str.isalnum, UNIT.sub("", text)))


def names_table(text: str) -> bool:
    """Whether words are the numbered title of a table, or say that one goes on."""
    return _NUMBERED.match(text) is not None or says_on(text)

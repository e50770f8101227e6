"""What a row is called, told strictly and loosely.

Two rows of one *name* say the same words; two of one *core* probably mean the same ("Summa
investeringar" and "Investeringar, netto"). Agreement of figures may rest on the core, an accusation
only on the name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UNIT = re.compile(
    r"[,(]?\s*\b(?:belopp )?(?:i )?(?:tkr|kkr|mnkr|mkr|msek|tsek|kr|kronor|procent)\b\.?\)?"
    r"|\(?\s*%\s*\)?"
)
_NOTE = re.compile(r"\(?\bnot(?:er)? \d+[a-z]?\)?$")
_LEAD = re.compile(
    r"^(?:(?:summa|delsumma|totalsumma|totalt|totala|total|s:a|varav|därav|verksamhetens|årets|"
    r"periodens)\s+)+"
)
_BARE = ("summa", "totalt", "total", "delsumma", "s:a", "netto")
_SUM = re.compile(r"^(?:summa|totalt|totala|total|s:a)\s+")
_OWN = re.compile(
    r"^(?:verksamhetens (?=(?:intäkter|kostnader|nettokostnad(?:er)?)$)"
    r"|(?:årets|periodens) (?=resultat$))"
)
_BY = re.compile(r"\s+(?:enligt|enl\.?) (?:\w*räkning\w*|\w*utredning\w*|\w*analys\w*)$")
_TAIL = re.compile(r"\s+(?:enligt|enl\.?) .*$")
_NET = re.compile(r"^netto(?=\w{4})|[,\s]+netto$|^netto\s+")
_OF_WHICH = re.compile(r"^[-–•\s]*(?:varav|därav)\s+", re.I)
_ENDING = re.compile(r"(?<=\w{4})(?:erna|arna|orna|er|ar|or|en|et|an|s)$")


@lru_cache(maxsize=4096)
def name(label: str) -> str:
    """The label's own words: without case, signs in front, unit, reference to a note, and what says
    that it is a sum, whose it is, and by which statement."""
    words = " ".join(label.casefold().replace("\N{SOFT HYPHEN}", "").split())
    words = _UNIT.sub(" ", words.lstrip("-–−+•*/ "))
    words = " ".join(_NOTE.sub("", words.strip(" ,:.")).split()).strip(" ,:.")
    return _OWN.sub("", _BY.sub("", _SUM.sub("", words)))


def is_bare(label: str) -> bool:
    """Whether a label only says that the row is a sum."""
    return name(label) in _BARE


@lru_cache(maxsize=4096)
def cores(label: str) -> frozenset[str]:
    """What the label may be about: without words of summing, endings and "netto"; none for
    a label that has no words of its own ("Summa", "2021")."""
    words = _TAIL.sub("", name(label))
    if is_bare(label):
        return frozenset()
    core = _LEAD.sub("", words)
    net = _NET.search(core)
    bare = _NET.sub("", core)
    found = {_stem(core)} if net is None else {_stem("netto" + bare)}
    if net is not None and net.start():  # "Investeringar, netto", but not "nettokostnader"
        found.add(_stem(bare))
    return frozenset(core for core in found if any(sign.isalpha() for sign in core))


def whole_name(label: str) -> str:
    """The label without "varav", as it reads in a formula."""
    return _OF_WHICH.sub("", label)


def _stem(words: str) -> str:
    """Each word without its ending, so that definite forms and plurals are one."""
    return " ".join(_ENDING.sub("", word) for word in re.findall(r"[\w%/&]+", words))

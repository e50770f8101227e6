"""Words in the reader's language: gettext catalogues, numbers and dates as they are written there.

Message ids are English and stand in the code, in calls of ``say``, ``count`` and ``message``;
``audit/locale/<language>/LC_MESSAGES/granska.po`` holds the translations. Nothing here is global:
who writes text is handed a ``Words``.
"""

from __future__ import annotations

import datetime as dt
import gettext
import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the model is slow to load, and help needs none of it
    from audit.model import Period

LANGUAGES = ("sv", "en")
LOCALE = Path(__file__).with_name("locale")
DOMAIN = "granska"

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def message(text: str) -> str:
    """Mark ``text`` for the catalogue where it is written; ``Words.say`` translates it later."""
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``say`` and ``count`` fill ``{name}`` in a message by keyword."""

    language: str
    catalogue: gettext.NullTranslations

    def say(self, text: str, /, **values: object) -> str:
        return self.catalogue.gettext(text).format(**values)

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The form of the message for ``n``, which fills ``{n}`` with its digits grouped."""
        return self.catalogue.ngettext(one, many, n).format(n=self.number(Decimal(n)), **values)

    def translate(self, text: str) -> str:
        """``text`` in this language where the catalogue has it, else as it is; nothing is filled
        in, so that braces in a text from elsewhere do no harm."""
        return self.catalogue.gettext(text) if text else ""

    def pick(self, texts: Mapping[str, str]) -> str:
        """The text of this language out of ``texts``, or any that there is, or ""."""
        return texts.get(self.language) or next(iter(texts.values()), "")

    def number(self, value: Decimal) -> str:
        """All digits of ``value``, in groups of three that no line break parts.

        Groups are parted by a space in English too, as they are in the report that stands beside.
        """
        whole, _, decimals = f"{value:f}".lstrip("-").partition(".")
        groups = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
        sign = MINUS if value < 0 else ""
        mark = "," if self.language == "sv" else "."
        return sign + groups + (mark + decimals if decimals else "")

    def percent(self, share: Decimal) -> str:
        """``share`` (0-1) in whole percent, rounded down so that 100 means all."""
        gap = NO_BREAK_SPACE if self.language == "sv" else ""
        return f"{int(share * 100)}{gap}%"

    def date(self, day: dt.date) -> str:
        from babel.dates import format_date  # noqa: PLC0415  Babel's data is slow to load

        return format_date(day, "d MMMM y", locale=self.language)

    def month(self, number: int) -> str:
        """The month from 1 in three letters, as in "jan"."""
        from babel.dates import get_month_names  # noqa: PLC0415

        names = get_month_names("abbreviated", context="stand-alone", locale=self.language)
        return str(names[number])[:3].lower() if self.language == "sv" else str(names[number])[:3]

    def period(self, period: Period) -> str:
        """ "2021" for a whole year, else the day that the period ends on."""
        year = period.end.year
        if (period.start, period.end) == (dt.date(year, 1, 1), dt.date(year, 12, 31)):
            return str(year)
        return self.say("as of {date}", date=self.date(period.end))


def translation(language: str) -> Words:
    """The words of ``language``, one of ``LANGUAGES``; English needs no catalogue.

    Raises FileNotFoundError for a language without one.
    """
    if language == "en":
        return Words("en", gettext.NullTranslations())
    return Words(language, gettext.translation(DOMAIN, LOCALE, [language]))


def default_language(environment: Mapping[str, str] = os.environ) -> str:
    """Swedish where the locale of ``environment`` is Swedish, English everywhere else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "sv" if locale.lower().startswith("sv") else "en"
    return "en"

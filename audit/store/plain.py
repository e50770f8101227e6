"""Values as every database holds them: text, whole numbers, lengths. What has a type of its own in
one database and none in the other (days, exact numbers) is handed over as text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

_AWKWARD = re.compile("[\x00\N{REPLACEMENT CHARACTER}\ud800-\udfff]")
_ESCAPED = re.compile("\N{REPLACEMENT CHARACTER}([0-9a-f]{4})")


def storable(text: str) -> str:
    """``text`` as it may stand in a PDF or a file's name. What a database cannot hold (half a
    surrogate, NUL) becomes U+FFFD and four hexadecimal digits."""
    return text if text.isascii() and "\x00" not in text else _AWKWARD.sub(_escape, text)


def restored(text: str) -> str:
    """The other way round."""
    return text if text.isascii() else _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def exact(value: Decimal | None) -> str | None:
    """All digits of a number; None for what is none, as the percentage of nothing."""
    return f"{value:f}" if value is not None and value.is_finite() else None


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _escape(found: re.Match[str]) -> str:
    return f"\N{REPLACEMENT CHARACTER}{ord(found[0]):04x}"

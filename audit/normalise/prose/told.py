"""A sentence with its numbers, found once for all that read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.normalise.periods import MONTH_NAMES
from audit.normalise.prose.quantities import Counted, Quantity, counts, quantities
from audit.normalise.prose.sentences import Sentence
from audit.normalise.units import COUNT

_MONTH = re.compile(rf"^ ?(?:{MONTH_NAMES})", re.I)
_HEDGED = re.compile(
    r"\b(?:cirka|ca\.?|omkring|ungefär|runt|närmare|nästan|nära|knappt|uppemot|kring|drygt|över|"
    r"under|minst|högst|mer än|fler än|färre än|mindre än|upp till|hälften|vardera)\b\.?\s*"
    r"(?:\w+ )?$",
    re.I,
)
_EACH = re.compile(
    r"\b(?:vardera|per \w+|styck|var och en|ungefär|följande|"
    r"kommande|därefter|årligen|vartdera)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a sentence: ``united`` those with a unit, ``counts`` the whole ones without,
    and ``numbers`` all of them. "En" and "ett" may be mere articles and are kept apart from those:
    where they begin."""

    sentence: Sentence
    united: Sequence[Quantity]
    counts: Sequence[Counted]
    numbers: Sequence[Quantity]
    articles: Sequence[int]

    @classmethod
    def by(cls, sentence: Sentence) -> Told:
        text = sentence.text
        united, whole = quantities(text), tuple(counts(text))
        every = [*united, *(one.since for one in united if one.since)]
        articles = []
        for start, end, value in whole:
            apart = not any(one.start <= start < one.end for one in every)
            if text[start:end].lower() in ("en", "ett"):
                articles.append(start)
            elif apart and not _MONTH.match(text[end:]):
                every.append(Quantity(start, end, value, Decimal(1), COUNT, signed=False))
        return cls(sentence, united, whole, sorted(every, key=lambda one: one.start), articles)

    def between(self, one: Quantity, other: Quantity) -> str:
        return self.sentence.text[one.end : other.start]

    def after(self, one: Quantity) -> str:
        return self.sentence.text[one.end :]

    def before(self, one: Quantity) -> str:
        return self.sentence.text[: one.start]

    def exact(self, *numbers: Quantity) -> bool:
        """Whether none is hedged, signed or counted for each of several."""
        return not any(one.signed or _HEDGED.search(self.before(one)) for one in numbers) and not (
            _EACH.search(self.sentence.text)
        )

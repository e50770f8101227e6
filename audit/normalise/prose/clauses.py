"""What a clause speaks of: its subject, and which side of a thing's accounts that names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model import Aspect
from audit.normalise.prose.stems import stem, telling

VERB = re.compile(
    r"\b(?:är|var|blir|blev|bli|har|hade|visar|visade|redovisar|redovisade|redovisas|"
    r"beräkna[rs]|beräknades|vänta[rs]|väntades|förvänta[rs]|förväntades|bedöm(?:s|er|des|de)|"
    r"prognosti[sc]era[rs]?|prognosti[sc]erades|uppgår|uppgick|avviker|avvek|ökar|ökade|ökat|"
    r"minskar|minskade|minskat|räknar|räknade|ligger|låg|landar|landade|motsvarar|motsvarade|"
    r"(?:under|över)(?:stiger|steg|skrider|skred)|utgör|utgjorde|kommer|ger|gav|får|fick|hamnar|"
    r"hamnade|sjunker|sjönk|stiger|steg|kostar|kostade|fördelas|pekar|pekade|lämnar|lämnade|gör|"
    r"gjorde|går|gick|svarar|svarade|står|stod|fortsätter|fortsatte|försämra[rs]|försämrades|"
    r"förbättra[rs]|förbättrades|når|nådde|innebär|uppskattas|tappar|tappade|växer|växte|kan|ska)\b",
    re.I,
)
_BACK = re.compile(
    r"^(?:det|detta|den|dessa|vilket) (?:är|var|motsvarar|innebär)\b|"
    r"^(?:samma|motsvarande|föregående|förra|år|under|vid|då)\b[^.,]{0,40} (?:var|är|blev|uppgick) "
    r"(?:det|detta|den|motsvarande)\b",
    re.I,
)
# Sides of a thing's accounts, which every thing has: "the costs" are those of what was named.
SIDES = {
    **{stem(word): Aspect.NET for word in ("nettokostnad", "nettoutfall", "netto")},
    **{stem(word): Aspect.COST for word in ("kostnad", "utgift")},
    **{stem(word): Aspect.INCOME for word in ("intäkt", "inkomst")},
}
_FRONTED = re.compile(  # a clause that begins like this has its subject behind the verb
    r"^\W*(?:för|under|till|i|på|fram|vid|sedan|hittills|samtidigt|totalt|sammantaget|sammanlagt|"
    r"per|efter|av|med|inom|hos|jämfört|enligt|därmed|därutöver|dessutom|även|trots|från)\b",
    re.I,
)
_PREDICATE = re.compile(
    r"\b(?:ett|en|på|om|med|till|bli|att|uppgå|ge|visa|\w+(?:at|ats|it|its|erat))\b|\d", re.I
)

# Several parts of the whole, which together are less than it.
_PARTS = re.compile(r"\b(?:(nämnd)er|(förvaltning)ar|(sektor)er|(bolag)en)(?:na)?s?\b", re.I)


def subject_of(before: str) -> str:
    """The words up to the first verb, where a Swedish main clause has its subject, or those
    behind it where the clause begins with a time or the like; all of them where there is no verb
    ("Leanlink 22,1 mnkr")."""
    verb = VERB.search(before)
    if verb is None:
        return before
    front, behind = before[: verb.start()], before[verb.end() :]
    if not _FRONTED.match(front) or telling(front) & set(SIDES):
        return front
    ends = [match.start() for one in (VERB, _PREDICATE) if (match := one.search(behind))]
    return f"{front} {behind[: min(ends, default=len(behind))]}"


def goes_back(sentence: str) -> bool:
    """Whether a sentence says more of what the one before it told ("Det är 2 % lägre än …")."""
    return _BACK.match(sentence) is not None


def side_of(words: Iterable[str]) -> Aspect | None:
    """Which side of the accounts stems speak of; None where they speak of several or none."""
    sides = {SIDES[word] for word in words if word in SIDES}
    return sides.pop() if len(sides) == 1 else None


def compound(word: str) -> tuple[str, Aspect] | None:
    """The thing and the side of a compound: "energikostnad" is a cost of energy."""
    for ending in ("kostnad", "intäkt", "utgift"):
        front = word.removesuffix(ending).rstrip("-")
        if word != ending and word.endswith(ending) and len(front) > 1:
            return stem(front), SIDES[stem(ending)]
    return None


def parts_of(words: str) -> str:
    """What kind of parts of the whole words name in the plural; "" if none."""
    said = _PARTS.search(words)
    return next(filter(None, said.groups())).lower() if said else ""

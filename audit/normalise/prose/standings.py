"""Goals and activities counted by how far they have come, and what is said of each goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.model import Amount, Document, Enumeration, Figure, Judgement, Standing
from audit.normalise.prose.quantities import counts
from audit.normalise.prose.sentences import Sentence
from audit.normalise.units import COUNT

_WHOLE = re.compile(r"^Av (?:\w+ ){0,4}$", re.I)
_REACHED = r"(?:upp(?:nå|fyll)s?\w*|nå(?:s|tts)?\b)"
_PARTLY = re.compile(r"\bdelvis\b", re.I)
_NOT = re.compile(
    rf"\b(?:inte|ej|icke)\b(?:\W+\w+){{0,3}}?\W+{_REACHED}|{_REACHED} (?:inte|ej)\b|"
    r"^\W*(?:inte|ej)\b",
    re.I,
)
_MET = re.compile(rf"\bhelt\b|{_REACHED}", re.I)
_OTHER = re.compile(
    r"genomför|pågå|pågick|paus|kvarst|avsluta|utgå|påbörja|\bklara?\b|färdig|försen|uppfölj", re.I
)
_SAID = re.compile(
    r"^(?:Målet|Nämndmålet|Nämndens mål|Indikatorn?) "
    r"(?:bedöms|väntas|beräknas|förväntas|kommer att|anses)?"
    rf"\s*(?P<how>.{{0,40}}?{_REACHED}(?: (?:delvis|helt|inte|ej))?)",
    re.I,
)


def enumerations(document: Document, told: Sequence[Sentence]) -> Iterator[Enumeration]:
    """Sentences that begin "Av N …" and count parts by how far each has come."""
    for sentence in told:
        found = list(counts(sentence.text))
        if len(found) < 3 or not _WHOLE.match(sentence.text[: found[0][0]]):
            continue
        ends = [start for start, _, _ in found[1:]] + [len(sentence.text)]
        said = [
            sentence.text[end:beyond]
            for (_, end, _), beyond in zip(found[1:], ends[1:], strict=True)
        ]
        standings = [_standing(words) for words in said]
        if all(standings):
            figures = [_figure(document, sentence, *one) for one in found]
            parts = [
                (standing, figure)
                for standing, figure in zip(standings, figures[1:], strict=True)
                if standing
            ]
            yield Enumeration(figures[0], tuple(parts))


def judgements(document: Document, told: Sequence[Sentence]) -> Iterator[Judgement]:
    """What the text says of each goal, in its own sentence."""
    for sentence in told:
        if (match := _SAID.match(sentence.text)) and (standing := _standing(match["how"])):
            one = _figure(document, sentence, match.start("how"), match.end("how"), Decimal(1))
            yield Judgement(standing, one)


def _standing(words: str) -> Standing | None:
    for pattern, standing in (
        (_PARTLY, Standing.PARTLY),
        (_NOT, Standing.UNMET),
        (_MET, Standing.MET),
        (_OTHER, Standing.OTHER),
    ):
        if pattern.search(words):
            return standing
    return None


def _figure(document: Document, sentence: Sentence, start: int, end: int, value: Decimal) -> Figure:
    return Figure(
        amount=Amount(value, Decimal(0), COUNT),
        label=sentence.headings[0] if sentence.headings else "",
        path=(),
        measure=None,
        period=None,
        aspect=None,
        qualifier=sentence.text[start:end],
        source=sentence.source(document.passages[sentence.passage], start, end),
        table="",
        row=sentence.passage,
        column=sentence.offset + start,
    )

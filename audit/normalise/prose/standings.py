"""Goals and activities counted by how far they have come, and what is said of each goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.model import (
    Amount,
    Cell,
    Document,
    Enumeration,
    Figure,
    Grid,
    Judgement,
    Passage,
    PassageKind,
    Role,
    Standing,
    UnitKind,
)
from audit.normalise.prose.quantities import Counted
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import telling
from audit.normalise.prose.told import Told
from audit.normalise.units import COUNT

FEWEST = 3  # goals that make a table of them
BRIEF = 40  # characters of a verdict; more is a comment

_WHOLE = re.compile(r"^Av (?:\w+ ){0,4}$", re.I)
_REACHED = r"(?:upp(?:nå|fyll)s?\w*|nå(?:s|tts)?\b)"
_OF_THOSE = re.compile(r"^Av (?:de|våra|dessa|[\w-]+s) (?P<goals>(?:[\w-]+ ){1,2})målen ", re.I)
_BARE = re.compile(r"^ ((?:(?:var|är|hade|har|blev|vara|helt|inte|ej) )*[^\W\d]+)", re.I)
_SOME_OF = re.compile(r" av (?:de |våra |[\w-]+s )?", re.I)
_GOAL = re.compile(r"\bmål(?!värde)|mål\b|målen\b|måluppfyllelse", re.I)
_VERDICT = re.compile(r"bedöm|måluppfyllelse|uppfyll|uppnå|status", re.I)
_GOALS = re.compile(r"^(?: [\w-]+){0,2} [\w-]*mål(?:en)?\b", re.I)
_PARTLY = re.compile(r"\bdelvis\b|\b(?:inte|ej) (?:helt|fullt ut|till fullo|i sin helhet)\b", re.I)
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
    r"^(?:Målet|Nämndmålet|Nämndens mål|Indikatorn?) (?:(?:att|om) [^,.]{1,90}? )?"
    r"(?:bedöms|väntas|beräknas|förväntas|kommer att|anses)?"
    rf"\s*(?P<how>.{{0,40}}?{_REACHED}(?: (?:delvis|helt|inte|ej))?)",
    re.I,
)


_COLOUR = r"(?:grön|gul|röd)(?:t|a)?|rött"
_EXPLAINED = re.compile(
    rf"(?P<mark>[●◐○◑◒◓✓✔✗✘▲▼■□◆◇]|\b(?:{_COLOUR})(?=\s*[=:–]))\s*[=:–]?\s*"
    rf"(?P<words>[^,.;=:–●◐○◑◒◓✓✔✗✘▲▼■□◆◇]+?)(?=\s*(?:[,.;●◐○◑◒◓✓✔✗✘▲▼■□◆◇]|\b(?:{_COLOUR})\s*[=:–]|$))",
    re.I,
)


def enumerations(
    document: Document, told: Sequence[Told], grids: Sequence[Grid]
) -> Iterator[Enumeration]:
    """Sentences that count parts by how far each has come: "Av N mål …", "Av de finansiella målen
    …" and "… N av M mål"."""
    for before, now in pairwise((None, *told)):
        if now is None:
            continue
        sentence, found = now.sentence, now.counts
        if before and len(found) >= FEWEST and (listed := _listed(document, before, now)):
            yield listed
        elif match := _OF_THOSE.match(sentence.text):
            goals = telling(match["goals"])
            titles = ((grid.table.id, telling(grid.table.title)) for grid in grids)
            tables = tuple(table for table, title in titles if goals and goals <= title)
            if tables and (parts := _parts(document, sentence, found)):
                yield Enumeration(None, parts, tables)
        elif len(found) > 2 and _WHOLE.match(sentence.text[: found[0][0]]):
            if parts := _parts(document, sentence, found[1:]):
                yield Enumeration(_figure(document, sentence, *found[0]), parts)
        elif len(found) == 2 and (parts := _some(document, sentence, *found)):
            yield Enumeration(_figure(document, sentence, *found[1]), parts)


def _listed(document: Document, before: Told, now: Told) -> Enumeration | None:
    """ "Planen har 119 åtgärder. Nu är 22 genomförda, 76 pågår och 21 kvarstår.": numbers without a
    noun of their own are of what the sentence before counts, and nothing else."""
    wholes, numbers, sentence = before.numbers, now.numbers, now.sentence
    if before.sentence.passage != sentence.passage or len(wholes) != 1 or len(numbers) < FEWEST:
        return None
    if any(one.unit.kind is not UnitKind.COUNT for one in (*wholes, *numbers)):
        return None
    bare = [_BARE.match(sentence.text[one.end :]) for one in numbers]
    if not all(match and _standing(match[1]) for match in bare):
        return None
    (whole,) = wholes
    parts = _parts(document, sentence, [(one.start, one.end, one.value) for one in numbers])
    if not parts:
        return None
    stated = _figure(document, before.sentence, whole.start, whole.end, whole.value)
    return Enumeration(stated, parts)


Parts = tuple[tuple[Standing, Figure], ...]


def _parts(document: Document, sentence: Sentence, found: Sequence[Counted]) -> Parts:
    """Each number with the standing that the words up to the next one tell; nothing where one has
    none."""
    ends = [start for start, _, _ in found[1:]] + [len(sentence.text)]
    parts = [
        (_standing(sentence.text[end:beyond]), _figure(document, sentence, start, end, value))
        for (start, end, value), beyond in zip(found, ends, strict=True)
    ]
    told = tuple((standing, figure) for standing, figure in parts if standing)
    return told if len(told) == len(parts) else ()


def _some(document: Document, sentence: Sentence, some: Counted, whole: Counted) -> Parts:
    """ "Fyra av fem mål uppnås": the four. What is said of indicators is no word on the goals."""
    between, after = sentence.text[some[1] : whole[0]], sentence.text[whole[1] :]
    if not _SOME_OF.fullmatch(between) or not _GOALS.match(after):
        return ()
    standing = _standing(sentence.text)
    return ((standing, _figure(document, sentence, *some)),) if standing else ()


def judgements(
    document: Document, told: Sequence[Told], grids: Sequence[Grid]
) -> Iterator[Judgement]:
    """What the text says of each goal, in its own sentence, and a table of goals in each row."""
    for sentence in (one.sentence for one in told):
        if (match := _SAID.match(sentence.text)) and (standing := _standing(match["how"])):
            one = _figure(document, sentence, match.start("how"), match.end("how"), Decimal(1))
            yield Judgement(standing, one)
    marks = _legend(document)
    for grid in grids:
        yield from _judged(grid, marks)


def _legend(document: Document) -> Mapping[str, Standing]:
    """What marks and colours stand for where the report says it ("● uppfyllt ◐ delvis uppfyllt",
    "Grön = uppnås, röd = uppnås inte"): two of them at least in one place, and none twofold."""
    said: dict[str, set[Standing]] = {}
    for passage in document.passages:
        found = [
            (match["mark"].casefold(), standing)
            for match in _EXPLAINED.finditer(passage.text)
            if len(match["words"]) <= BRIEF and (standing := _standing(match["words"]))
        ]
        if len({standing for _, standing in found}) > 1:
            for mark, standing in found:
                said.setdefault(mark, set()).add(standing)
    return {mark: one for mark, (one, *others) in said.items() if not others}


def _judged(grid: Grid, marks: Mapping[str, Standing]) -> Iterator[Judgement]:
    """The rows of a table of goals, where a column judges every one of them, in words or by
    ``marks``."""
    if not _GOAL.search(grid.table.title):
        return
    rows = [row for row in grid.rows if row.label and row.role is not Role.HEADING]
    cells = {(cell.row, cell.column): cell for cell in grid.table.cells}
    for column in grid.columns:
        told = [
            (row, cell, standing)
            for row in rows
            if (cell := cells.get((row.index, column.index)))
            and len(cell.text) <= BRIEF
            and (standing := marks.get(cell.text.casefold()) or _standing(cell.text))
        ]
        if _VERDICT.search(column.header) and len(told) == len(rows) >= FEWEST:
            for row, cell, standing in told:
                yield Judgement(standing, _one_goal(grid, row.label, cell))
            return


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
    return sentence.figure(document, start, end, Amount(value, Decimal(0), COUNT))


def _one_goal(grid: Grid, label: str, cell: Cell) -> Figure:
    return Figure(
        amount=Amount(Decimal(1), Decimal(0), COUNT),
        label=label,
        path=(),
        measure=None,
        period=None,
        aspect=None,
        qualifier=cell.text,
        source=Passage(cell.text, cell.box, PassageKind.ITEM, cell.style, trust=cell.trust),
        table=grid.table.id,
        row=cell.row,
        column=cell.column,
    )

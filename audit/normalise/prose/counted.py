"""Counts of running text ("3 063 anställda, varav 2 410 kvinnor") and the cells they are of.

A number without a unit may be of anything. It is taken for that of a row only where the sentence
says all that the row and what it counts are called, and nothing besides: what is left over ("nya",
"rekryterats", "i Torp") would narrow it to a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.model import Figure, Grid, Period, Role, Row, UnitKind
from audit.normalise.periods import MONTHS
from audit.normalise.prose.quantities import Quantity, bracketed
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import core, stem, stems, telling
from audit.normalise.prose.sums import Told, last_digit

Place = tuple[str, int]  # table, and row or column

_COUNTED = re.compile(r"\bantal|\bpersoner\b|\(st\)", re.I)
_SHARED = re.compile(r"%|\bandel|procent|\bkronor\b|\btkr\b|\bkr\b|\bmnkr\b|index|\bper\b", re.I)
_VERB = re.compile(
    r"\b(?:finns|fanns|har|hade|är|var|blev|uppgår|uppgick|omfattar|omfattade|består|bestod)\b",
    re.I,
)
# Of some that were counted before, or besides them.
_SOME = re.compile(r"\b(?:av|bland) (?:dessa|dem|de|vilka)\b|\bdäri|\bdärut|\bytterligare\b", re.I)
_MONTH = re.compile(
    rf"\b({'|'.join(MONTHS)})(?:uari|s|il|i|usti|t|tember|ober|ember)?(?![a-zåäö])", re.I
)
_ISO = re.compile(r"(?<!\d)\d{4}-(\d\d)(?:-\d\d)?(?!\d)")
_EACH = re.compile(r"\bper \w+", re.I)  # "Kostnad per enhet" is of all of them
_CONTENTS = re.compile(r"\.{4}|…{2}")
# What may stand around a count without saying of what it is.
_LIGHT_WORDS = (
    "finns fanns omfattar omfattade består bestod uppgår uppgick slutet person personer stycken st "
    "antalet sammanlagt fler färre ungefär cirka drygt knappt närmare nästan omkring varav "
    "jämföra jämfört innan fjol"
)
_LIGHT = frozenset(map(stem, _LIGHT_WORDS.split()))
# Headings that say what is told, but not of which part of the organisation.
_TOPICS_WORDS = (
    "delårsrapport delårsbokslut tertialrapport årsredovisning verksamhetsberättelse "
    "förvaltningsberättelse månadsuppföljning uppföljning rapport personal medarbetare volymer "
    "nyckeltal statistik sammanfattning inledning översikt utveckling händelser väsentliga "
    "bakgrund mått ekonomi ekonomisk ekonomiskt organisation driftredovisning drift intäkter "
    "kostnader nettokostnader analys kommentar tabell korthet"
)
_TOPICS = frozenset(map(stem, _TOPICS_WORDS.split()))
# A part of the organisation, which the words of every row pass over.
_PART = re.compile(
    r"\b\w*(?:enhet|avdelning|stab|förvaltning|nämnd|kontor|område|skola|bolag|verksamhet|sektor|"
    r"kommun|förbund|region|distrikt|styrelse)(?:en|et|n|an|ens|ets|ns|ans|s|er|erna)?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number, where the words about it begin and end, and the rows and columns that they
    name."""

    number: Quantity
    begins: int
    ends: int
    rows: tuple[Place, ...]
    columns: tuple[Place, ...]


def counted(
    sentence: Sentence, grids: Sequence[Grid], report: Period | None, organisation: str
) -> Iterator[Count]:
    """The counts of a sentence that are surely those of a row of counts: of the organisation that
    reports, as a whole, and of no other month than that the report ends with."""
    text = sentence.text
    if not _VERB.search(text) or _CONTENTS.search(text):
        return  # a line of the contents, a caption, the numbers of a chart
    if _SOME.search(text) or not _months(text) <= {report.end.month if report else 0}:
        return
    of_all = [stem(word) for word in organisation.split(",", maxsplit=1)[0].split()]
    numbers = [
        one
        for one in Told.by(sentence).numbers
        if one.unit.kind is UnitKind.COUNT and text[one.start].isdigit()  # "två är nya"
    ]
    if not numbers:
        return
    words = _Words.of(sentence, of_all)
    begins = 0
    nexts = [*(one.start for one in numbers), len(text)][1:]
    for number, until in zip(numbers, nexts, strict=True):
        if not bracketed(text, number.start):
            ahead, behind = text[begins : number.start], _clause(text[number.end :])
            near = telling(f"{ahead} {behind}")
            rows = tuple(row for grid in grids for row in _rows(grid, words, of_all))
            columns = tuple(cell for row in rows for cell in _columns(row, near, grids))
            if columns:
                exact = replace(number, step=last_digit(number))
                yield Count(exact, begins, until, rows, columns)
        begins = number.end


def _months(text: str) -> set[int]:
    """The months that are named, by words or as in 2025-08-31."""
    named = {MONTHS.index(match[1].lower()) + 1 for match in _MONTH.finditer(text)}
    return named | {int(match[1]) for match in _ISO.finditer(text)}


def _clause(behind: str) -> str:
    return re.split(r"[,;.:()]|\b(?:och|men|samt|medan|varav)\b", behind)[0]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a sentence tells of (``about``), the headings over it, and the parts of an organisation
    that either names."""

    about: frozenset[str]
    over: frozenset[str]
    parts: frozenset[str]

    @classmethod
    def of(cls, sentence: Sentence, of_all: Sequence[str]) -> _Words:
        parts = {
            stem(part[0])
            for text in (sentence.text, *sentence.headings)
            for part in _PART.finditer(_EACH.sub("", text))
        }
        return cls(
            telling(sentence.text) - _LIGHT,
            frozenset(word for text in sentence.headings for word in telling(text)),
            frozenset(part for part in parts if not any(word.endswith(part) for word in of_all)),
        )


def _rows(grid: Grid, words: _Words, of_all: Sequence[str]) -> Iterator[Place]:
    """The rows of counts whose every word is said, and with them all that is said but what the
    columns tell apart. The headings over the sentence narrow it as its own words do."""
    title = telling(grid.table.title) - _LIGHT
    heads = frozenset(word for column in grid.columns for word in telling(column.header))
    for row in grid.rows:
        name = _name(row, title, grid.table.title)
        known = name | title | heads
        if not name or not name <= words.about <= known or not any(_counts(grid, row)):
            continue
        if words.over <= {*known, *_TOPICS, *of_all} and words.parts <= {
            *stems(f"{grid.table.title} {row.label}")
        }:
            yield grid.table.id, row.index


def _name(row: Row, title: frozenset[str], printed: str) -> frozenset[str]:
    """What must be said of a row for it to be meant; nothing where it counts nothing."""
    if _SHARED.search(row.label) or any(map(_SHARED.search, row.path)):
        return frozenset()
    if _COUNTED.search(row.label):
        return core(row.label) - _LIGHT
    if not _COUNTED.search(printed) or _SHARED.search(printed):
        return frozenset()
    return title if row.role is Role.TOTAL else title | core(row.label)


def _columns(place: Place, near: frozenset[str], grids: Sequence[Grid]) -> Iterator[Place]:
    """The row's columns of counts whose headers are said near the number; else those that tell
    of no part."""
    grid = next(grid for grid in grids if grid.table.id == place[0])
    row = grid.row(place[1])
    named = {
        column.index: telling(column.header) - _LIGHT
        for column in grid.columns
        if column.index in set(_counts(grid, row)) and not _SHARED.search(column.header)
    }
    said = [index for index, words in named.items() if words and words <= near]
    for index in said or [index for index, words in named.items() if not words]:
        yield place[0], index


def _counts(grid: Grid, row: Row) -> Iterator[int]:
    """The columns where a row holds whole numbers that are neither money nor shares."""
    for (at, index), figure in grid.figures.items():
        if at == row.index and _is_count(figure):
            yield index


def _is_count(figure: Figure) -> bool:
    return figure.amount.unit.kind in (UnitKind.COUNT, UnitKind.UNKNOWN) and figure.amount.step == 1

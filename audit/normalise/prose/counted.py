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
from audit.normalise.prose.sections import Place
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import core, stem, stems, telling
from audit.normalise.prose.sums import last_digit
from audit.normalise.prose.told import Told

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


@dataclass(frozen=True, slots=True)
class _Counting:
    """A row of counts: what must be said of it (``name``), what else may be (``known``), all words
    of it and its table, and its columns of counts with what tells each apart."""

    place: Place
    name: frozenset[str]
    known: frozenset[str]
    every: frozenset[str]
    columns: Sequence[tuple[Place, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class CountRows:
    """The rows of counts of a report, and the stems of whose report it is."""

    rows: Sequence[_Counting]
    of_all: Sequence[str]

    @classmethod
    def of(cls, grids: Sequence[Grid], organisation: str) -> CountRows:
        of_all = [stem(word) for word in organisation.split(",", maxsplit=1)[0].split()]
        return cls([row for grid in grids for row in _counting(grid)], of_all)

    def said(self, told: Told, report: Period | None) -> Iterator[Count]:
        """The counts of a sentence that are surely those of a row of counts: of the organisation
        that reports, as a whole, and of no other month than that the report ends with."""
        text = told.sentence.text
        if not _VERB.search(text) or _CONTENTS.search(text):
            return  # a line of the contents, a caption, the numbers of a chart
        if _SOME.search(text) or not _months(text) <= {report.end.month if report else 0}:
            return
        numbers = [
            one
            for one in told.numbers
            if one.unit.kind is UnitKind.COUNT and text[one.start].isdigit()  # "två är nya"
        ]
        if not numbers or not (named := self._named(told.sentence)):
            return
        places = tuple(row.place for row in named)
        begins = 0
        nexts = [*(one.start for one in numbers), len(text)][1:]
        for number, until in zip(numbers, nexts, strict=True):
            if not bracketed(text, number.start):
                ahead, behind = text[begins : number.start], _clause(text[number.end :])
                near = telling(f"{ahead} {behind}")
                columns = tuple(cell for row in named for cell in _columns(row, near))
                if columns:
                    exact = replace(number, step=last_digit(number))
                    yield Count(exact, begins, until, places, columns)
            begins = number.end

    def _named(self, sentence: Sentence) -> list[_Counting]:
        """The rows whose every word is said, and with them all that is said but what the columns
        tell apart. The headings over the sentence narrow it as its own words do."""
        words = _Words.of(sentence, self.of_all)
        return [
            row
            for row in self.rows
            if row.name <= words.about <= row.known
            and words.over <= {*row.known, *_TOPICS, *self.of_all}
            and words.parts <= row.every
        ]


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


def _counting(grid: Grid) -> Iterator[_Counting]:
    """The rows of a table that count something, and hold counts."""
    title = telling(grid.table.title) - _LIGHT
    heads = frozenset(word for column in grid.columns for word in telling(column.header))
    held: dict[int, set[int]] = {}  # columns where a row holds numbers of neither money nor shares
    for (at, column), figure in grid.figures.items():
        if _is_count(figure):
            held.setdefault(at, set()).add(column)
    for row in grid.rows:
        if row.index in held and (name := _name(row, title, grid.table.title)):
            yield _Counting(
                (grid.table.id, row.index),
                name,
                name | title | heads,
                frozenset(stems(f"{grid.table.title} {row.label}")),
                [
                    ((grid.table.id, one.index), telling(one.header) - _LIGHT)
                    for one in grid.columns
                    if one.index in held[row.index] and not _SHARED.search(one.header)
                ],
            )


def _name(row: Row, title: frozenset[str], printed: str) -> frozenset[str]:
    """What must be said of a row for it to be meant; nothing where it counts nothing."""
    if _SHARED.search(row.label) or any(map(_SHARED.search, row.path)):
        return frozenset()
    if _COUNTED.search(row.label):
        return core(row.label) - _LIGHT
    if not _COUNTED.search(printed) or _SHARED.search(printed):
        return frozenset()
    return title if row.role is Role.TOTAL else title | core(row.label)


def _columns(row: _Counting, near: frozenset[str]) -> list[Place]:
    """The row's columns of counts whose headers are said near the number; else those that tell
    of no part."""
    said = [place for place, words in row.columns if words and words <= near]
    return said or [place for place, words in row.columns if not words]


def _is_count(figure: Figure) -> bool:
    return figure.amount.unit.kind in (UnitKind.COUNT, UnitKind.UNKNOWN) and figure.amount.step == 1

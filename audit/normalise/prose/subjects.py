"""Which rows of the report's tables a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.model import Grid, UnitKind
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import GENERAL, among, core, stem, stems, telling

Place = tuple[str, int]  # table, row
FEWEST = 2  # words of a subject that must all stand in a longer label

_VERB = re.compile(
    r"\b(?:är|var|blir|blev|bli|har|hade|visar|redovisar|redovisade|beräknas|beräknades|väntas|"
    r"förväntas|bedöms|prognosti[sc]era[rs]?|prognosti[sc]erades|uppgår|uppgick|avviker|ökar|ökade|ökat|minskar|minskade|"
    r"minskat|räknar|ligger|låg|landar|motsvarar|understiger|överstiger|överskrider|utgör|utgjorde|"
    r"kommer|ger|gav|får|fick|hamnar|sjunker|stiger|steg|sjönk|kostar|kostade|fördelas)\b",
    re.I,
)
_BACK = re.compile(
    r"^(?:det|detta|den|dessa|vilket) (?:är|var|motsvarar|innebär)\b|"
    r"^(?:samma|motsvarande|föregående|förra|år|under|vid|då)\b[^.,]{0,40} (?:var|är|blev|uppgick) "
    r"(?:det|detta|den|motsvarande)\b",
    re.I,
)
# Another scope than that of the report's own tables, where those do not name it.
_ELSEWHERE = re.compile(
    r"\b(?:hela (?:kommunen|landet|länet|riket)|riket|rikets|riks\w+|länet|övriga landet|"
    r"kommunerna|jämförbara|liknande kommuner|snittet|genomsnittet)\b",
    re.I,
)
_EACH = re.compile(r"\bper \w+$", re.I)  # "Resultat per nämnd" is of all of them
_OF = re.compile(r"^(?P<what>.*?)\b(?:för|inom|hos|i) (?P<whom>[^,]+)$", re.I)
_COSTS = frozenset(map(stem, ("nettokostnad", "kostnad", "nettokostnader", "kostnader")))
_UNIT = re.compile(
    r"(?:stab|enhet|avdelning|förvaltning|nämnd|kontor|område|skola|bolag|verksamhet|sektor)"
    r"(?:en|et|n|an)?s?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Label:
    place: Place
    core: frozenset[str]
    every: frozenset[str]
    over: tuple[frozenset[str], ...]  # of the headings it stands under in its table
    percent: bool


@dataclass(frozen=True, slots=True)
class Named:
    """The rows that words name, and whether they leave no doubt that just these are meant.
    ``headed``: the sentence names none, but the heading over it or the sentence before it does;
    ``open``: it tells of nothing that could be a subject."""

    rows: tuple[Place, ...] = ()
    sure: bool = False
    headed: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """The labels of all rows that hold numbers."""

    labels: Sequence[_Label]

    @classmethod
    def of(cls, grids: Iterable[Grid]) -> Subjects:
        found = []
        for grid in grids:
            filled = {row for row, _ in grid.figures}
            kinds = {
                row: grid.figures[row, column].amount.unit.kind for row, column in grid.figures
            }
            found += [
                _Label(
                    (grid.table.id, row.index),
                    core(row.label),
                    frozenset(stems(row.label)),
                    tuple(frozenset(stems(over)) for over in row.path),
                    kinds[row.index] is UnitKind.PERCENT or "%" in row.label,
                )
                for row in grid.rows
                if row.index in filled and row.label
            ]
        return cls(found)

    def named(self, sentence: Sentence, begins: int, ends: int, kind: UnitKind) -> Named:
        """The rows that the words name between ``begins`` (where the clause does) and ``ends`` (at
        the number), else those that the nearest heading names. None where words tell of something
        that no row is about."""
        percent = kind is UnitKind.PERCENT
        before = sentence.text[begins:ends]
        subject = _subject(before) or _subject(sentence.text[:ends])
        words = frozenset(stems(before)) | frozenset(stems(subject))
        about = telling(subject)
        if not stems(sentence.text):
            return Named()  # the numbers of a chart
        elsewhere = _ELSEWHERE.search(sentence.text) is not None
        if (of := _OF.match(subject)) and telling(of["what"]) <= _COSTS:
            whom = self._covered(frozenset(stems(of["whom"])), percent)
            if whom:  # "Nettokostnaden för Valnämnden": the row is the board's
                alone = telling(of["whom"]) <= whom[0].core
                return Named(tuple(label.place for label in whom), alone and not elsewhere)
        if spoken := self._covered(words, percent):
            alone = all(among(one, label.every) for label in spoken for one in about)
            sure = alone and not elsewhere and not _of_a_unit(sentence.headings, spoken)
            return Named(tuple(label.place for label in spoken), sure)
        if len(about) >= FEWEST and (within := self._within(about, percent)):
            return Named(within, not elsewhere)
        if not about and (headed := self._headed(sentence.headings, percent)):
            return Named(headed, not elsewhere, headed=True)
        if not about and (results := self._general(frozenset(stems(subject)))):
            sure = not elsewhere and not _of_a_unit(sentence.headings, results)
            return Named(tuple(label.place for label in results), sure)
        if kind is UnitKind.MONEY:
            return Named(open=not about)
        return Named(self._goal(sentence.headings, about), percent and not elsewhere)

    def _covered(self, words: frozenset[str], percent: bool) -> list[_Label]:
        """The rows whose whole label is said; of several the longest."""
        found = [
            label
            for label in self.labels
            if label.percent == percent
            and label.core - GENERAL
            and all(among(one, words) for one in label.core)
        ]
        most = max((len(label.core) for label in found), default=0)
        return [label for label in found if len(label.core) == most]

    def _general(self, words: frozenset[str]) -> list[_Label]:
        """The rows whose names say nothing but general words ("Periodens resultat"), all of which
        are said."""
        found = [
            label for label in self.labels if len(label.core) >= FEWEST and label.core <= GENERAL
        ]
        return [label for label in found if label.core <= words and not label.percent]

    def _within(self, about: frozenset[str], percent: bool) -> tuple[Place, ...]:
        """The one row whose label says all of the subject, and more."""
        found = [
            label
            for label in self.labels
            if label.percent == percent and all(among(one, label.every) for one in about)
        ]
        cores = {label.core for label in found}
        return tuple(label.place for label in found) if len(cores) == 1 else ()

    def _headed(self, headings: Sequence[str], percent: bool) -> tuple[Place, ...]:
        """The rows called like the nearest heading."""
        name = core(headings[0]) if headings else None
        return tuple(
            label.place for label in self.labels if label.core == name and label.percent == percent
        )

    def _goal(self, headings: Sequence[str], about: frozenset[str]) -> tuple[Place, ...]:
        """The row of the indicator tables that stands under the goal of the nearest heading: the
        one that has most words of the subject, or the only one."""
        if not headings:
            return ()
        goal = frozenset(stems(headings[0]))
        under = [
            label for label in self.labels if any(goal and goal <= over for over in label.over)
        ]
        shared = {label.place: sum(among(one, label.every) for one in about) for label in under}
        most = max(shared.values(), default=0)
        best = [place for place, many in shared.items() if many == most]
        return tuple(best) if len(best) == 1 and (most or len(under) == 1) else ()


def _of_a_unit(headings: Sequence[str], spoken: Sequence[_Label]) -> bool:
    """Whether the nearest heading is an organisation's unit that the rows do not name: "its"
    costs are not the table's."""
    if not headings or not _UNIT.search(headings[0]) or _EACH.search(headings[0]):
        return False
    unit = telling(headings[0])
    return not all(
        any(among(one, words) for words in (label.every, *label.over))
        for label in spoken
        for one in unit
    )


def goes_back(sentence: str) -> bool:
    """Whether a sentence says more of what the one before it told ("Det är 2 % lägre än …")."""
    return _BACK.match(sentence) is not None


def _subject(before: str) -> str:
    """The words up to the first verb, where a Swedish main clause has its subject; all of them
    where there is no verb ("Leanlink 22,1 mnkr")."""
    verb = _VERB.search(before)
    return before[: verb.start()] if verb else before

"""Which rows of the report's tables a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.model import Aspect, Document, Grid, UnitKind
from audit.normalise.prose.clauses import SIDES, VERB, compound, parts_of, side_of, subject_of
from audit.normalise.prose.labels import ANY_BODY, FEWEST, NETS, Label, Labels
from audit.normalise.prose.sections import Place, Sections
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import among, stem, stems, telling

# Another scope than that of the report's own tables, where those do not name it.
_ELSEWHERE = re.compile(
    r"\b(?:hela (?:kommunen|landet|länet|riket)|riket|rikets|riks\w+|länet|övriga landet|"
    r"kommunerna|jämförbara|liknande kommuner|snittet|genomsnittet)\b",
    re.I,
)
_EACH = re.compile(r"\bper \w+$", re.I)  # "Resultat per nämnd" is of all of them
_OF = re.compile(r"^(?P<what>.*?)\b(?:för|inom|hos|i) (?P<whom>[^,]+)$", re.I)
_TIMES = frozenset(map(stem, ("för", "perioden", "året", "helåret", "delåret")))
_RESULT = stem("resultat")
_THAT = re.compile(r"\batt\b", re.I)
_ECONOMY = re.compile(  # stems of headings that single out nothing of the whole
    r"ekonomi|rapp|redovisning|progno|resul|budg|uppfölj|analy|översik|räk|berättels|"
    r"sammanfatt|kort|utfall|utveckl|inledn|drif|finansiel|hushåll|balanskrav|hel|komm$",
    re.I,
)
_CALLED_UNIT = re.compile(
    r"^\W*(staben|kansliet|kontoret|sekretariatet)\b(?! (?:för|inom|i|på|vid|och)\b)", re.I
)
_UNIT = re.compile(
    r"(?:stab|enhet|avdelning|förvaltning|nämnd|kontor|område|skola|bolag|verksamhet|sektor)"
    r"(?:en|et|n|an)?s?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Named:
    """The rows that words name, and whether they leave no doubt that just these are meant.
    ``bare``: they name no thing, only a side or a result of what they do not say ("the costs");
    ``side`` is which side. ``headed``: the heading or what stood before names the thing.
    ``told``: words, of this sentence or those before it in the paragraph, tell of some thing,
    whether a row is about it or not."""

    rows: tuple[Place, ...] = ()
    sure: bool = False
    headed: bool = False
    bare: bool = False
    told: bool = False
    side: Aspect | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """The labels of all rows that hold numbers, and where their tables stand."""

    labels: Labels
    name: frozenset[str]  # of the organisation
    sections: Sections

    @classmethod
    def of(cls, document: Document, grids: Sequence[Grid], organisation: str) -> Subjects:
        sections = Sections.of([grid.table for grid in grids], document.passages)
        return cls(Labels.of(grids, organisation), telling(organisation), sections)

    def nearest_first(self, named: Named, sentence: Sentence) -> Named:
        return replace(named, rows=self.sections.nearest_first(named.rows, sentence))

    def _own(self, sentence: Sentence, side: Aspect | None) -> list[Label]:
        """The rows that say no more than a side, of the tables under the sentence's own heading,
        where that singles out a part of the whole."""
        alike = [
            label
            for label in self.labels.rows
            if label.side is side and not label.over and label.core <= set(SIDES)
        ]
        if side is None or not self._in_sections(alike, sentence):
            return []
        return [label for label in alike if self.sections.own(label.place, sentence)]

    def _in_sections(self, alike: Sequence[Label], sentence: Sentence) -> bool:
        """Whether rows of one name stand under several headings, and the sentence under one that
        singles out a part of the whole and is none of their names."""
        unit = telling(" ".join(sentence.headings[:1]))
        return (
            self.sections.several(label.place for label in alike)
            and not self._singles_out_nothing(sentence.headings)
            and not any(among(word, label.every) for word in unit for label in alike)
        )

    def _of_another(self, found: Sequence[Label], sentence: Sentence) -> bool:
        """Whether all rows found are those of other parts of the whole than the sentence's."""
        if any(self.sections.own(label.place, sentence) for label in found):
            return False
        parts = all(
            not self._singles_out_nothing(self.sections.headings[label.place[0]]) for label in found
        )
        return _of_a_unit(sentence.headings, found) or (
            parts and self._in_sections(found, sentence)
        )

    def named(
        self, sentence: Sentence, begins: int, ends: int, kind: UnitKind, topic: Named
    ) -> Named:
        """The rows that the words name between ``begins`` (where the clause does) and ``ends`` (at
        the number). Where they name no thing, that of ``topic``, which is what was spoken of before
        in the paragraph, else that of the nearest heading, else the whole. None where words tell of
        something that no row is about."""
        if not stems(sentence.text):
            return Named()  # the numbers of a chart
        before = sentence.text[begins:ends]
        subject = subject_of(before) or subject_of(sentence.text[:ends])
        said = telling(subject)
        side = side_of(said)
        elsewhere = _ELSEWHERE.search(sentence.text) is not None
        if (parts := parts_of(subject)) and said <= set(SIDES):
            found = self._sum_of(parts, side)
            return replace(found, sure=found.sure and not elsewhere, told=True, side=side)
        if said - set(SIDES) - self.labels.ours:
            found = self._thing(sentence, subject, before, kind)
            return replace(
                found,
                sure=found.sure and not elsewhere,
                told=True,
                side=found.side or side,
            )
        if (unit := _CALLED_UNIT.match(subject)) and not self._known(unit[1], sentence, topic):
            found = self._unit(stem(unit[1]), sentence)
            return replace(found, sure=found.sure and not elsewhere, told=True, side=side)
        if beside := self._beside(frozenset(stems(subject)), topic):
            found = _named(beside, not elsewhere)
            return replace(found, bare=True, told=True)
        if topic.rows and (topic.told or side in (None, topic.side)):
            sure = topic.sure and not elsewhere
            return replace(
                topic,
                sure=sure,
                headed=topic.headed or (topic.told and not begins),
                bare=topic.bare or not begins,
                side=side or topic.side,
            )
        found = self._bare(sentence, subject, before, kind)
        sure = (
            found.sure
            and not elsewhere
            and (found.headed or kind is UnitKind.PERCENT or not topic.told)
        )
        return replace(found, sure=sure, bare=True, told=topic.told, side=side)

    def _known(self, unit: str, sentence: Sentence, topic: Named) -> bool:
        """Whether a unit called only by its kind ("Staben") is the one that was spoken of before,
        the one that the heading names, or all that the report is on."""
        spoken = [label.core for label in self.labels.rows if label.place in topic.rows]
        names = frozenset().union(
            self.labels.ours, *spoken, telling(" ".join(sentence.headings[:1]))
        )
        return any(name.endswith(stem(unit)) for name in names)

    def _singles_out_nothing(self, headings: Sequence[str]) -> bool:
        """Whether what stands under the nearest heading is on the whole: "Ekonomi", or the name of
        the one whose report it is, not "Bibliotek"."""
        told = telling(" ".join(headings[:1])) - set(SIDES) - self.name
        return all(_ECONOMY.search(word) for word in told)

    def _beside(self, words: frozenset[str], topic: Named) -> list[Label]:
        """The result of the income statement whose rows were spoken of, called by its whole name
        ("Årets resultat") with nothing but a time: it is none of theirs."""
        tables = {table for table, _ in topic.rows}
        said = words - self.labels.ours - _TIMES
        return [
            label
            for label in self.labels.rows
            if label.beside and label.place[0] in tables and label.place not in topic.rows
            if len(label.core) >= FEWEST and label.core <= words and said <= label.core
        ]

    def _sum_of(self, parts: str, side: Aspect | None) -> Named:
        """The totals of "the boards": what they have together is not all that the report is on."""
        found = [label for label in self.labels.rows if label.parts == parts]
        return _named(found, side in NETS)

    def _unit(self, word: str, sentence: Sentence) -> Named:
        """The one row that is called like a unit: "Staben" is "Ledningsstaben", if no other is."""
        found = [
            label
            for label in self.labels.rows
            if len(label.core) == 1 and max(label.core).endswith(word)
        ]
        one = len({label.core for label in found}) == 1
        return _named(found, self._singles_out_nothing(sentence.headings)) if one else Named()

    def _thing(self, sentence: Sentence, subject: str, before: str, kind: UnitKind) -> Named:
        """The rows called like the thing that a clause is about."""
        percent = kind is UnitKind.PERCENT
        about = telling(subject)
        if (of := _OF.match(subject)) and telling(of["what"]) <= set(SIDES):
            whom = self.labels.covered(frozenset(stems(of["whom"])), percent)
            if whom:  # "Nettokostnaden för Valnämnden": the row is the board's
                return _named(whom, telling(of["whom"]) <= whom[0].core)
        if under := self.labels.under(about - set(SIDES), side_of(about) or Aspect.NET):
            return _named(under, True)  # "Bibliotekens kostnader": a row of the library's block
        spoken = self.labels.covered(frozenset(stems(f"{subject} {before}")), percent)
        if found := self.labels.covered(frozenset(stems(subject)), percent):
            whose = [label for label in found if not label.core <= set(SIDES)] or found
            alone = all(among(one, label.every) for label in whose for one in about - set(SIDES))
            if not alone and not percent and len({label.core for label in whose}) > 1:
                return Named()  # the staff costs of a school are neither's row
            that = _THAT.search(before)  # "räknar med att vikarier kostar": another subject
            own = that is None or VERB.search(before, that.end()) is None
            sure = alone and own and not self._of_another(whose, sentence)
            return _named([*whose, *(label for label in spoken if label not in found)], sure)
        if len(about) >= FEWEST and (within := self.labels.within(about, percent)):
            return Named(within, sure=True)
        parts = {word: part for word in about if (part := compound(word))}
        if parts and not spoken:  # "Energikostnaden": of the row "Energi"
            fronts = frozenset(front for front, _ in parts.values())
            found = self.labels.covered(frozenset(stems(subject)) | fronts, percent)
            alone = all(
                among(one, label.every)
                for label in found
                for one in (about - parts.keys() - set(SIDES)) | fronts
            )
            return replace(_named(found, alone), side=next(iter(parts.values()))[1])
        if spoken or kind is UnitKind.MONEY:
            return _named(spoken, False)
        return Named(self.labels.goal(sentence.headings, about), percent)

    def _bare(self, sentence: Sentence, subject: str, before: str, kind: UnitKind) -> Named:
        """The rows called like the heading, else those of what the subject says of the whole."""
        percent = kind is UnitKind.PERCENT
        words = frozenset(stems(subject))
        found = self.labels.covered(words, percent)
        if found and not found[0].core <= set(SIDES):
            return _named(found, True)  # the organisation, by its name
        if own := self._own(sentence, side_of(telling(subject))):
            return _named(own, True)
        if headed := self.labels.headed(sentence.headings, percent):
            return Named(headed, sure=True, headed=True)
        if found := found or self.labels.general(words):
            return _named(found, self._singles_out_nothing(sentence.headings))
        if found := self.labels.covered(frozenset(stems(before)), percent):
            return _named(found, False)
        if kind is UnitKind.MONEY:
            return self._all(sentence, subject, before)
        return Named(self.labels.goal(sentence.headings, telling(subject)), percent)

    def _all(self, sentence: Sentence, subject: str, before: str) -> Named:
        """The rows of the whole, where it is called by its name or nothing else is spoken of."""
        own = frozenset(stems(subject))
        if own & ANY_BODY - self.labels.ours:
            return Named()  # "the municipality" in the report of a board, and the other way
        said = own | frozenset(stems(before))
        side = side_of(said)
        totals = [
            label
            for label in self.labels.rows
            if label.whole and (side is None or label.side in (None, side))
        ]
        if _RESULT in said:
            own_result = [label for label in totals if label.result or label.core == {_RESULT}]
            totals = own_result or totals
        elif side is None:
            totals = [label for label in totals if label.side in (None, Aspect.NET)]
        plain = bool(own & self.labels.ours) or self._singles_out_nothing(sentence.headings)
        return _named(totals, plain)


def _of_a_unit(headings: Sequence[str], spoken: Sequence[Label]) -> bool:
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


def _named(labels: Sequence[Label], sure: bool) -> Named:
    return Named(tuple(label.place for label in labels), sure)

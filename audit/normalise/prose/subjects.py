"""Which rows of the report's tables a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit.model import Aspect, Concept, Document, Grid, Measure, Role, Row, UnitKind
from audit.normalise.prose.sections import Place, Sections
from audit.normalise.prose.sentences import Sentence
from audit.normalise.prose.stems import GENERAL, among, beginnings, core, stem, stems, telling

FEWEST = 2  # words of a subject that must all stand in a longer label

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
# Another scope than that of the report's own tables, where those do not name it.
_ELSEWHERE = re.compile(
    r"\b(?:hela (?:kommunen|landet|länet|riket)|riket|rikets|riks\w+|länet|övriga landet|"
    r"kommunerna|jämförbara|liknande kommuner|snittet|genomsnittet)\b",
    re.I,
)
_EACH = re.compile(r"\bper \w+$", re.I)  # "Resultat per nämnd" is of all of them
_OF = re.compile(r"^(?P<what>.*?)\b(?:för|inom|hos|i) (?P<whom>[^,]+)$", re.I)
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
RESULTS = (Concept.YEAR_RESULT, Concept.SURPLUS)
FLOWS = {Measure.OUTTURN, Measure.FORECAST}
_NETS = (None, Aspect.NET)
_BODY = re.compile(r"(?:nämnd|styrels?|förvaltning|bolag)$")  # a total of one is that of the whole
_TOTAL = set(map(stem, ("summa", "totalt", "total")))
_RESULT = stem("resultat")
_ANY = frozenset(
    map(
        stem,
        ("kommunen", "regionen", "nämnden", "styrelsen", "förbundet", "bolaget", "förvaltningen"),
    )
)
_TAXES = re.compile(r"\bskatteintäkt", re.I)
_INVESTMENT = re.compile(r"invester", re.I)
_THAT = re.compile(r"\batt\b", re.I)
_ECONOMY = re.compile(  # stems of headings that single out nothing of the whole
    r"ekonomi|rapp|redovisning|progno|resul|budg|uppfölj|analy|översik|räk|berättels|"
    r"sammanfatt|kort|utfall|utveckl|inledn|drif|finansiel|hushåll|balanskrav|hel|komm$",
    re.I,
)
_CALLED_UNIT = re.compile(
    r"^\W*(staben|kansliet|kontoret|sekretariatet)\b(?! (?:för|inom|i|på|vid|och)\b)", re.I
)
# Several parts of the whole, which together are less than it.
_PARTS = re.compile(r"\b(?:(nämnd)er|(förvaltning)ar|(sektor)er|(bolag)en)(?:na)?s?\b", re.I)
_UNIT = re.compile(
    r"(?:stab|enhet|avdelning|förvaltning|nämnd|kontor|område|skola|bolag|verksamhet|sektor)"
    r"(?:en|et|n|an)?s?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Label:
    place: Place
    core: frozenset[str]
    begun: frozenset[str]  # how the words of the core begin
    every: frozenset[str]
    all_begun: frozenset[str]
    over: tuple[frozenset[str], ...]  # of the headings it stands under in its table
    percent: bool
    side: Aspect | None  # where the label says nothing else
    result: bool  # of the year or period
    whole: bool  # a total of money for all that the report is on
    parts: str  # what it is the total of ("nämnd"), where the label says nothing else


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
    """The labels of all rows that hold numbers."""

    labels: Sequence[_Label]
    ours: frozenset[str]  # words for all that the report is on
    name: frozenset[str]  # of the organisation
    sections: Sections

    @classmethod
    def of(cls, document: Document, grids: Sequence[Grid], organisation: str) -> Subjects:
        taxed = any(_TAXES.search(row.label) for grid in grids for row in grid.rows)
        ours = frozenset(map(stem, ("kommunen", "regionen"))) if taxed else _ours(organisation)
        found = []
        for grid in grids:
            kinds: dict[int, set[UnitKind]] = {}
            for (index, _), figure in grid.figures.items():
                kinds.setdefault(index, set()).add(figure.amount.unit.kind)
            for row in grid.rows:
                if row.index not in kinds or not row.label:
                    continue
                about, every = core(row.label), frozenset(stems(row.label))
                units = kinds[row.index]
                found.append(
                    _Label(
                        place=(grid.table.id, row.index),
                        core=about,
                        begun=beginnings(about),
                        every=every,
                        all_begun=beginnings(every),
                        over=tuple(frozenset(stems(over)) for over in row.path),
                        percent=units == {UnitKind.PERCENT} or "%" in row.label,
                        side=_side(about),
                        result=row.concept in RESULTS,
                        whole=UnitKind.MONEY in units and _is_whole(grid, row, ours, taxed),
                        parts=_parts_of(grid, row),
                    )
                )
        sections = Sections.of([grid.table for grid in grids], document.passages)
        return cls(found, ours, telling(organisation), sections)

    def nearest_first(self, named: Named, sentence: Sentence) -> Named:
        return replace(named, rows=self.sections.nearest_first(named.rows, sentence))

    def _own(self, sentence: Sentence, side: Aspect | None) -> list[_Label]:
        """The rows that say no more than a side, of the tables under the sentence's own heading,
        where that singles out a part of the whole."""
        alike = [
            label
            for label in self.labels
            if label.side is side and not label.over and label.core <= set(SIDES)
        ]
        if side is None or not self._in_sections(alike, sentence):
            return []
        return [label for label in alike if self.sections.own(label.place, sentence)]

    def _in_sections(self, alike: Sequence[_Label], sentence: Sentence) -> bool:
        """Whether rows of one name stand under several headings, and the sentence under one that
        singles out a part of the whole and is none of their names."""
        unit = telling(" ".join(sentence.headings[:1]))
        return (
            self.sections.several(label.place for label in alike)
            and not self._singles_out_nothing(sentence.headings)
            and not any(among(word, label.every) for word in unit for label in alike)
        )

    def _of_another(self, found: Sequence[_Label], sentence: Sentence) -> bool:
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
        subject = _subject(before) or _subject(sentence.text[:ends])
        said = telling(subject)
        side = _side(said)
        elsewhere = _ELSEWHERE.search(sentence.text) is not None
        if (parts := _parts(subject)) and said <= set(SIDES):
            found = self._sum_of(parts, side)
            return replace(found, sure=found.sure and not elsewhere, told=True, side=side)
        if said - set(SIDES) - self.ours:
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
        spoken = [label.core for label in self.labels if label.place in topic.rows]
        names = frozenset().union(self.ours, *spoken, telling(" ".join(sentence.headings[:1])))
        return any(name.endswith(stem(unit)) for name in names)

    def _singles_out_nothing(self, headings: Sequence[str]) -> bool:
        """Whether what stands under the nearest heading is on the whole: "Ekonomi", or the name of
        the one whose report it is, not "Bibliotek"."""
        told = telling(" ".join(headings[:1])) - set(SIDES) - self.name
        return all(_ECONOMY.search(word) for word in told)

    def _sum_of(self, parts: str, side: Aspect | None) -> Named:
        """The totals of "the boards": what they have together is not all that the report is on."""
        found = [label for label in self.labels if label.parts == parts]
        return _named(found, side in _NETS)

    def _unit(self, word: str, sentence: Sentence) -> Named:
        """The one row that is called like a unit: "Staben" is "Ledningsstaben", if no other is."""
        found = [
            label
            for label in self.labels
            if len(label.core) == 1 and max(label.core).endswith(word)
        ]
        one = len({label.core for label in found}) == 1
        return _named(found, self._singles_out_nothing(sentence.headings)) if one else Named()

    def _thing(self, sentence: Sentence, subject: str, before: str, kind: UnitKind) -> Named:
        """The rows called like the thing that a clause is about."""
        percent = kind is UnitKind.PERCENT
        about = telling(subject)
        if (of := _OF.match(subject)) and telling(of["what"]) <= set(SIDES):
            whom = self._covered(frozenset(stems(of["whom"])), percent)
            if whom:  # "Nettokostnaden för Valnämnden": the row is the board's
                return _named(whom, telling(of["whom"]) <= whom[0].core)
        if under := self._under(about - set(SIDES), _side(about) or Aspect.NET):
            return _named(under, True)  # "Bibliotekens kostnader": a row of the library's block
        spoken = self._covered(frozenset(stems(f"{subject} {before}")), percent)
        if found := self._covered(frozenset(stems(subject)), percent):
            whose = [label for label in found if not label.core <= set(SIDES)] or found
            alone = all(among(one, label.every) for label in whose for one in about - set(SIDES))
            if not alone and not percent and len({label.core for label in whose}) > 1:
                return Named()  # the staff costs of a school are neither's row
            that = _THAT.search(before)  # "räknar med att vikarier kostar": another subject
            own = that is None or VERB.search(before, that.end()) is None
            sure = alone and own and not self._of_another(whose, sentence)
            return _named([*whose, *(label for label in spoken if label not in found)], sure)
        if len(about) >= FEWEST and (within := self._within(about, percent)):
            return Named(within, sure=True)
        parts = {word: part for word in about if (part := _part(word))}
        if parts and not spoken:  # "Energikostnaden": of the row "Energi"
            fronts = frozenset(front for front, _ in parts.values())
            found = self._covered(frozenset(stems(subject)) | fronts, percent)
            alone = all(
                among(one, label.every)
                for label in found
                for one in (about - parts.keys() - set(SIDES)) | fronts
            )
            return replace(_named(found, alone), side=next(iter(parts.values()))[1])
        if spoken or kind is UnitKind.MONEY:
            return _named(spoken, False)
        return Named(self._goal(sentence.headings, about), percent)

    def _bare(self, sentence: Sentence, subject: str, before: str, kind: UnitKind) -> Named:
        """The rows called like the heading, else those of what the subject says of the whole."""
        percent = kind is UnitKind.PERCENT
        words = frozenset(stems(subject))
        found = self._covered(words, percent)
        if found and not found[0].core <= set(SIDES):
            return _named(found, True)  # the organisation, by its name
        if own := self._own(sentence, _side(telling(subject))):
            return _named(own, True)
        if headed := self._headed(sentence.headings, percent):
            return Named(headed, sure=True, headed=True)
        if found := found or self._general(words):
            return _named(found, self._singles_out_nothing(sentence.headings))
        if found := self._covered(frozenset(stems(before)), percent):
            return _named(found, False)
        if kind is UnitKind.MONEY:
            return self._all(sentence, subject, before)
        return Named(self._goal(sentence.headings, telling(subject)), percent)

    def _under(self, things: frozenset[str], side: Aspect) -> list[_Label]:
        """The rows of one side that stand under a heading of their table that is what is said."""
        return [
            label
            for label in self.labels
            if label.side is side and label.over and things and things == label.over[-1] - GENERAL
        ]

    def _all(self, sentence: Sentence, subject: str, before: str) -> Named:
        """The rows of the whole, where it is called by its name or nothing else is spoken of."""
        own = frozenset(stems(subject))
        if own & _ANY - self.ours:
            return Named()  # "the municipality" in the report of a board, and the other way
        said = own | frozenset(stems(before))
        side = _side(said)
        totals = [
            label
            for label in self.labels
            if label.whole and (side is None or label.side in (None, side))
        ]
        if _RESULT in said:
            own_result = [label for label in totals if label.result or label.core == {_RESULT}]
            totals = own_result or totals
        elif side is None:
            totals = [label for label in totals if label.side in (None, Aspect.NET)]
        plain = bool(own & self.ours) or self._singles_out_nothing(sentence.headings)
        return _named(totals, plain)

    def _covered(self, words: frozenset[str], percent: bool) -> list[_Label]:
        """The rows whose whole label is said; of several the longest."""
        begun = beginnings(words)
        found = [
            label
            for label in self.labels
            if label.begun <= begun  # hardly any label is left to be looked at word by word
            and label.percent == percent
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
        begun = beginnings(about)
        found = [
            label
            for label in self.labels
            if label.percent == percent
            and begun <= label.all_begun
            and all(among(one, label.every) for one in about)
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


def _parts(words: str) -> str:
    """What kind of parts of the whole words name in the plural; "" if none."""
    said = _PARTS.search(words)
    return next(filter(None, said.groups())).lower() if said else ""


def _parts_of(grid: Grid, row: Row) -> str:
    """What a row is the total of, by its own name, or by the table's for one called "Total"."""
    if not core(row.label) <= GENERAL | set(SIDES):
        return ""
    of_table = set(stems(row.label)) <= _TOTAL and _side(telling(grid.table.title)) in _NETS
    return _parts(row.label) or (_parts(grid.table.title) if of_table else "")


def _side(words: Iterable[str]) -> Aspect | None:
    """Which side of the accounts stems speak of; None where they speak of several or none."""
    sides = {SIDES[word] for word in words if word in SIDES}
    return sides.pop() if len(sides) == 1 else None


def _part(word: str) -> tuple[str, Aspect] | None:
    """The thing and the side of a compound: "energikostnad" is a cost of energy."""
    for ending in ("kostnad", "intäkt", "utgift"):
        front = word.removesuffix(ending).rstrip("-")
        if word != ending and word.endswith(ending) and len(front) > 1:
            return stem(front), SIDES[stem(ending)]
    return None


def _ours(organisation: str) -> frozenset[str]:
    """Words for a board, company or the like: its name, and what it is."""
    return _ANY - frozenset(map(stem, ("kommunen", "regionen"))) | telling(organisation)


def _is_whole(grid: Grid, row: Row, ours: frozenset[str], taxed: bool) -> bool:
    """Whether a row is the total, or a result, of all that the report is on."""
    result = row.concept in RESULTS or row.concept is Concept.NET_COST
    measures = {column.measure for column in grid.columns}
    total = row.role is Role.TOTAL or row.aspect in (Aspect.NET, Aspect.TOTAL)
    summed = total or _TOTAL & set(stems(row.label))
    compared = Measure.BUDGET in measures and measures & FLOWS
    under = all(_TOTAL & set(stems(over)) for over in row.path)
    if not result and (taxed or not summed or not compared or not under):
        return False
    other = {
        word
        for words in (row.label, *row.path)
        for word in core(words) - GENERAL - set(SIDES) - ours
        if not _BODY.search(word)
    }
    return not other and not _INVESTMENT.search(f"{grid.table.title} {row.label}")


def _named(labels: Sequence[_Label], sure: bool) -> Named:
    return Named(tuple(label.place for label in labels), sure)


def _subject(before: str) -> str:
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

"""The rows of the report's tables by what they are called, and those that words call so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.model import Aspect, Concept, Grid, Measure, Role, Row, Statement, UnitKind
from audit.normalise.prose.clauses import SIDES, parts_of, side_of
from audit.normalise.prose.sections import Place
from audit.normalise.prose.stems import GENERAL, among, beginnings, core, stem, stems, telling

FEWEST = 2  # words of a subject that must all stand in a longer label

RESULTS = (Concept.YEAR_RESULT, Concept.SURPLUS)
FLOWS = {Measure.OUTTURN, Measure.FORECAST}
NETS = (None, Aspect.NET)
_BODY = re.compile(r"(?:nämnd|styrels?|förvaltning|bolag)$")  # a total of one is that of the whole
_TOTAL = set(map(stem, ("summa", "totalt", "total")))
ANY_BODY = frozenset(  # what those who report call themselves, whoever they are
    map(
        stem,
        ("kommunen", "regionen", "nämnden", "styrelsen", "förbundet", "bolaget", "förvaltningen"),
    )
)
_TAXES = re.compile(r"\bskatteintäkt", re.I)
_INVESTMENT = re.compile(r"invester", re.I)


@dataclass(frozen=True, slots=True)
class Label:
    """A row that holds numbers, by the stems of its label."""

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
    beside: bool  # a result of the income statement, beside the rows that it is reckoned from
    parts: str  # what it is the total of ("nämnd"), where the label says nothing else


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of all rows that hold numbers."""

    rows: Sequence[Label]
    ours: frozenset[str]  # words for all that the report is on

    @classmethod
    def of(cls, grids: Sequence[Grid], organisation: str) -> Labels:
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
                    Label(
                        place=(grid.table.id, row.index),
                        core=about,
                        begun=beginnings(about),
                        every=every,
                        all_begun=beginnings(every),
                        over=tuple(frozenset(stems(over)) for over in row.path),
                        percent=units == {UnitKind.PERCENT} or "%" in row.label,
                        side=side_of(about),
                        result=row.concept in RESULTS,
                        whole=UnitKind.MONEY in units and _is_whole(grid, row, ours, taxed),
                        beside=row.concept in RESULTS and grid.statement is Statement.INCOME,
                        parts=_total_of(grid, row),
                    )
                )
        return cls(found, ours)

    def under(self, things: frozenset[str], side: Aspect) -> list[Label]:
        """The rows of one side that stand under a heading of their table that is what is said."""
        return [
            label
            for label in self.rows
            if label.side is side and label.over and things and things == label.over[-1] - GENERAL
        ]

    def covered(self, words: frozenset[str], percent: bool) -> list[Label]:
        """The rows whose whole label is said; of several the longest."""
        begun = beginnings(words)
        found = [
            label
            for label in self.rows
            if label.begun <= begun  # hardly any label is left to be looked at word by word
            and label.percent == percent
            and label.core - GENERAL
            and all(among(one, words) for one in label.core)
        ]
        most = max((len(label.core) for label in found), default=0)
        return [label for label in found if len(label.core) == most]

    def general(self, words: frozenset[str]) -> list[Label]:
        """The rows whose names say nothing but general words ("Periodens resultat"), all of which
        are said."""
        found = [
            label for label in self.rows if len(label.core) >= FEWEST and label.core <= GENERAL
        ]
        return [label for label in found if label.core <= words and not label.percent]

    def within(self, about: frozenset[str], percent: bool) -> tuple[Place, ...]:
        """The one row whose label says all of the subject, and more."""
        begun = beginnings(about)
        found = [
            label
            for label in self.rows
            if label.percent == percent
            and begun <= label.all_begun
            and all(among(one, label.every) for one in about)
        ]
        cores = {label.core for label in found}
        return tuple(label.place for label in found) if len(cores) == 1 else ()

    def headed(self, headings: Sequence[str], percent: bool) -> tuple[Place, ...]:
        """The rows called like the nearest heading."""
        name = core(headings[0]) if headings else None
        return tuple(
            label.place for label in self.rows if label.core == name and label.percent == percent
        )

    def goal(self, headings: Sequence[str], about: frozenset[str]) -> tuple[Place, ...]:
        """The row of the indicator tables that stands under the goal of the nearest heading: the
        one that has most words of the subject, or the only one."""
        if not headings:
            return ()
        goal = frozenset(stems(headings[0]))
        under = [label for label in self.rows if any(goal and goal <= over for over in label.over)]
        shared = {label.place: sum(among(one, label.every) for one in about) for label in under}
        most = max(shared.values(), default=0)
        best = [place for place, many in shared.items() if many == most]
        return tuple(best) if len(best) == 1 and (most or len(under) == 1) else ()


def _total_of(grid: Grid, row: Row) -> str:
    """What a row is the total of, by its own name, or by the table's for one called "Total"."""
    if not core(row.label) <= GENERAL | set(SIDES):
        return ""
    of_table = set(stems(row.label)) <= _TOTAL and side_of(telling(grid.table.title)) in NETS
    return parts_of(row.label) or (parts_of(grid.table.title) if of_table else "")


def _ours(organisation: str) -> frozenset[str]:
    """Words for a board, company or the like: its name, and what it is."""
    return ANY_BODY - frozenset(map(stem, ("kommunen", "regionen"))) | telling(organisation)


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

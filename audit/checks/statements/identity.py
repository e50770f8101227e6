"""An identity of a statement, held against every column.

The formula is the norm's, the signs the report's: costs, and the step carried on from above, count
plus or minus as most columns satisfy. A column that does not satisfy it is called wrong when the
norm knows every row of the formula and some other column satisfies it, or when a single turned
sign explains it to the digit. With rows that the norm does not know, several columns must prove
the formula first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import product

from audit.checks.fitting import Factors, Fit, Node, Outcome, fit
from audit.checks.lines import DIFFERENCES, Line, equation, is_dash, row_lines
from audit.checks.statements.slips import explained
from audit.checks.structure import ACCUSING
from audit.language import message
from audit.model import Aspect, Basis, Comparison, Concept, Grid, Role, Rule, Statement

UNREAD = message("a part could not be read as a number")
BLANK = message("a part of the identity is blank in this column")
RIVAL = message("other rows make this figure in this column, and may be meant")
UNPROVEN = message("too few columns bear out the identity that the labels promise")

COSTS = frozenset(
    {
        Concept.OPERATING_COSTS,
        Concept.DEPRECIATION,
        Concept.IMPAIRMENT,
        Concept.FINANCIAL_COSTS,
        Concept.INTEREST_COSTS,
        Concept.TAX,
        Concept.MATERIALS,
        Concept.OTHER_EXTERNAL_COSTS,
        Concept.PERSONNEL_COSTS,
        Concept.OTHER_OPERATING_COSTS,
        Concept.COST_OF_SALES,
        Concept.SELLING_COSTS,
        Concept.ADMINISTRATIVE_COSTS,
        Concept.RESEARCH_COSTS,
        Concept.CAPITAL_GAINS,
        Concept.RESERVE_SET_ASIDE,
        Concept.INVESTMENT_INCOME,
        Concept.DEFICIT_BROUGHT,
    }
)
LESS = re.compile(r"[-–−](?! ?/)|\./\.|avgår", re.IGNORECASE)  # how a deduction's label begins


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures and what it means."""

    line: Line
    concept: Concept | None

    @property
    def cost(self) -> bool:
        """Whether it may be printed without the minus that it counts with."""
        if self.concept is Concept.INVESTMENT_EXPENDITURE:
            return False  # what the income is taken from
        called = self.concept in COSTS or self.line.aspect is Aspect.COST
        return called or LESS.match(self.line.name) is not None


@dataclass(frozen=True, slots=True)
class Identity:
    """``target`` is the sum of ``parts``, of which ``carried`` is the step before. ``known`` says
    that the norm knows the formula with just these parts, ``absolute`` that no other column need
    bear it out."""

    target: Row
    parts: tuple[Row, ...]
    carried: Row | None = None
    known: bool = True
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Proved:
    """An identity with the signs that most columns satisfy, and the other signs it may have.
    ``elsewhere`` are the columns that satisfy an identity of other rows with the same target."""

    identity: Identity
    fit: Fit
    others: tuple[Fit, ...]
    elsewhere: frozenset[int] = frozenset()

    @property
    def rank(self) -> tuple[int, bool, int]:
        """How well it is borne out: by columns, by the norm, by few parts."""
        return self.fit.agreeing, self.identity.known, -len(self.identity.parts)


def statement_rows(grid: Grid) -> list[Row]:
    """The rows with something addable, from the top, of-which rows left out."""
    concepts = {row.index: row.concept for row in grid.rows}
    parts = {row.index for row in grid.rows if row.role is Role.OF_WHICH}
    return [
        Row(line, concepts[index]) for index, line in row_lines(grid).items() if index not in parts
    ]


def sections(grid: Grid, starts: AbstractSet[Concept]) -> Iterator[list[Row]]:
    """The rows of each statement in the table: one that stands below another begins where a
    concept of ``starts`` comes again."""
    section: list[Row] = []
    seen: set[Concept | None] = set()
    if starts & {row.concept for row in grid.rows}:
        for row in statement_rows(grid):
            if row.concept in starts and row.concept in seen:
                yield section
                section, seen = [], set()
            section.append(row)
            seen.add(row.concept)
        yield section


def by_concept(rows: Iterable[Row]) -> dict[Concept, Row]:
    """The first row of each concept."""
    found: dict[Concept, Row] = {}
    for row in rows:
        if row.concept is not None:
            found.setdefault(row.concept, row)
    return found


def proved(identity: Identity, grid: Grid) -> Proved:
    """The identity with the signs that fit best, plain addition before any other. A single row
    may have a sign of its own, if that is one for all columns."""
    loose = _differences(grid)
    nodes = [Node(part.line, part.line.key) for part in identity.parts]

    def signed(signs: Factors) -> Fit:
        return fit(identity.target.line, nodes, signs, loose)

    fits = [signed(signs) for signs in _signs(identity)]
    chosen = max(fits, key=lambda one: one.agreeing)  # the first of equals
    others = tuple(one for one in fits if one is not chosen)
    if not chosen.exact:
        turned = [signed(_turn(chosen.factors, at)) for at in range(len(nodes))]
        chosen = max([chosen, *turned], key=lambda one: one.agreeing)
    return Proved(identity, chosen, others)


def _turn(factors: Factors, at: int) -> Factors:
    return (*factors[:at], -factors[at], *factors[at + 1 :])


def _differences(grid: Grid) -> frozenset[int]:
    return frozenset(column.index for column in grid.columns if column.measure in DIFFERENCES)


def best(readings: Iterable[Proved]) -> Proved | None:
    """The reading that most columns bear out, if the norm promises it or any column does."""
    every = list(readings)
    chosen = max(every, key=lambda found: found.rank, default=None)
    if chosen is None or not (chosen.identity.known or chosen.fit.agreeing):
        return None
    held = frozenset(
        outcome.place
        for other in every
        if other is not chosen
        for outcome in other.fit.outcomes
        if outcome.holds and outcome.nontrivial
    )
    return replace(chosen, elsewhere=held)


def _signs(identity: Identity) -> Iterator[Factors]:
    """Signs by kind: the step before, costs, the rest; all plus first."""
    kinds = [
        "carried" if part is identity.carried else "cost" if part.cost else "rest"
        for part in identity.parts
    ]
    present = sorted(set(kinds), reverse=True)  # what is left plus longest: the rest
    for signs in product((1, -1), repeat=len(present)):
        by_kind = dict(zip(present, signs, strict=True))
        yield tuple(by_kind[kind] for kind in kinds)


def compare(found: Proved, rule: Rule, grid: Grid) -> Iterator[Comparison]:
    """One comparison for each column of figures. A column of deviations that does not satisfy the
    identity is left to those who know its sign."""
    reading = found.fit
    differences = _differences(grid)
    for outcome in reading.outcomes:
        own = outcome if outcome.holds else _own_signs(found, outcome)
        if not own.holds and outcome.place in differences:
            continue
        lines = [part.line for part in (found.identity.target, *found.identity.parts)]
        slipped = not own.holds and explained(reading, own, lines, known=found.identity.known)
        yield equation(
            rule,
            own.stated,
            sorted(own.terms, key=lambda term: term.figure.row),
            Basis(found.identity.known or slipped, reading.agreeing, reading.siblings),
            undecided="" if own.holds or slipped else _doubt(found, own, grid),
            group=f"{grid.table.id}:row{reading.target.key}",
        )


def _own_signs(found: Proved, outcome: Outcome) -> Outcome:
    """The column with signs of its own: one that prints all its costs the other way is no error,
    one in which a single figure is turned may be."""
    costs = {part.line.key for part in found.identity.parts if part.cost}
    for other in found.others:
        for own in other.outcomes:
            if own.place == outcome.place and own.holds:
                turned = _turned(outcome, own)
                if len(turned) > 1 and turned <= costs:
                    return own
    return outcome


def _turned(outcome: Outcome, own: Outcome) -> set[int]:
    """The rows whose figures, other than zero, count with another sign."""
    return {
        one.figure.row
        for one, other in zip(outcome.terms, own.terms, strict=True)
        if one.factor != other.factor and one.figure.amount.value
    }


def _doubt(found: Proved, outcome: Outcome, grid: Grid) -> str:
    """Why a column that does not satisfy the identity is not called wrong; "" when it is."""
    if outcome.unread:
        return UNREAD
    reading = found.fit
    if any(_unsaid(part.line, outcome.place, reading, grid) for part in found.identity.parts):
        return BLANK
    if outcome.place in found.elsewhere:
        return RIVAL
    failing = sum(
        one.nontrivial and not one.holds and one.place not in _differences(grid)
        for one in reading.outcomes
    )
    agreeing = len(reading.distinct)
    if found.identity.absolute and failing == 1:
        return ""
    if found.identity.known and grid.statement is not Statement.KEY_FIGURES:
        borne_out = agreeing and (failing == 1 or agreeing > failing)
        return "" if borne_out else UNPROVEN
    proof = reading.strong >= 2 and agreeing >= 2 * failing and reading.proof >= ACCUSING
    return "" if proof else UNPROVEN


def _unsaid(line: Line, place: int, reading: Fit, grid: Grid) -> bool:
    """Whether the row is blank there, and no column in which it is blank too shows that this means
    nothing."""

    def blank(at: int) -> bool:
        return at not in line.figures and not is_dash(grid.texts.get((line.key, at), "x"))

    return blank(place) and not any(one.holds and blank(one.place) for one in reading.distinct)

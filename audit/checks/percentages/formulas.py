"""Ways to reckon a line of percentages, and which of them it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.checks.lines import share
from audit.language import message
from audit.model import Basis, Comparison, Figure, Rule, Term

CHANGE, SHARE = "change", "share"
KINDS = (CHANGE, SHARE)
FEWEST = 2  # percentages that must bear a formula out, by more than noughts
WHOLE = 100  # percent

NEGATIVE = message("a share of something negative may be meant either way")
RIVAL = message("other figures of the table make this percentage, and may be meant")

Made = tuple[Figure, tuple[Term, ...]]  # a percentage and what it may be made of
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A way to reckon a line of percentages: for each the terms that it is made of. ``likeness``
    is how well words say so; ``said``, that they leave no other reading."""

    kind: str
    made: tuple[Made, ...]
    likeness: int
    said: bool = False
    holding: frozenset[Place] = field(init=False)

    def __post_init__(self) -> None:
        held = frozenset(place(stated) for stated, terms in self.made if _holds(stated, terms))
        object.__setattr__(self, "holding", held)

    @property
    def proving(self) -> int:
        """Those that hold and would not if the figures were others."""
        return sum(
            place(stated) in self.holding and abs(stated.amount.value) > stated.amount.step
            for stated, _ in self.made
        )

    @property
    def on_negative(self) -> int:
        """Those that hold, and are no noughts, of a base below nought."""
        return sum(
            place(stated) in self.holding and bool(stated.amount.value) and _negative(terms)
            for stated, terms in self.made
        )

    @property
    def rank(self) -> tuple[int, int, int]:
        return len(self.holding), self.likeness, -len(self.made)

    @property
    def believed(self) -> bool:
        """Two in three, and enough of them that it is no chance; or half, where the others have a
        figure in common, or where words leave no other reading."""
        held, every = len(self.holding), len(self.made)
        if self.said and self.proving and 2 * held >= every:
            return True
        most = 3 * held >= 2 * every or (2 * held >= every and self._one_cause())
        return self.proving >= FEWEST and most

    def _one_cause(self) -> bool:
        failing = [
            {place(term.figure) for term in terms}
            for stated, terms in self.made
            if place(stated) not in self.holding
        ]
        return bool(failing) and bool(set.intersection(*failing))


def place(figure: Figure) -> Place:
    return figure.row, figure.column


def divides(figure: Figure) -> bool:
    """Whether a figure is more than its own rounding, so that something can be a share of it."""
    return abs(figure.amount.value) > figure.amount.slack


def compared(
    formulas: Sequence[Formula], rule: Rule, kind: str, group: str
) -> Iterator[Comparison]:
    """A line's percentages against the formula that most of them show, if it is of ``kind``."""
    ranked = sorted(formulas, key=lambda one: one.rank, reverse=True)
    if not ranked:
        return
    best, *others = ranked
    if best.kind != kind or not best.believed:
        return
    rivals = [one for one in others if 2 * len(one.holding) > len(one.made)]
    elsewhere = frozenset(held for one in rivals for held in one.holding)
    basis = Basis(best.likeness > 0, len(best.holding), len(best.made))
    for stated, terms in best.made:
        doubt = "" if place(stated) in best.holding else _doubt(best, stated, terms, elsewhere)
        yield share(rule, stated, terms, basis, undecided=doubt, group=group)


def _doubt(
    best: Formula, stated: Figure, terms: Sequence[Term], elsewhere: frozenset[Place]
) -> str:
    """Why a percentage that does not fit is not called wrong; "" when it is. Costs with a minus
    grow like others; where something turns its sign, who knows what was meant."""
    if place(stated) in elsewhere:
        return RIVAL
    if not _negative(terms):
        return ""
    turned = any(term.figure.amount.value > 0 for term in terms)
    return "" if best.on_negative and not turned else NEGATIVE


def _negative(terms: Sequence[Term]) -> bool:
    return any(term.below and term.figure.amount.value < 0 for term in terms)


def _holds(stated: Figure, terms: Sequence[Term]) -> bool:
    """As ``share`` tests it, but in floating point: only to find the formula."""
    above, base, rounding, halves = 0.0, 0.0, 0.0, 0.0
    for term in terms:
        value = float(term.factor * term.figure.amount.value)
        if term.below:
            base += value
            halves += float(term.figure.amount.slack)
        else:
            above += value
            rounding += float(term.figure.amount.slack)
    if not base:
        return False
    value = WHOLE * above / base
    slack = (WHOLE * rounding + abs(value) * halves) / abs(base)
    off = abs(float(stated.amount.value) - value)
    return off <= slack + float(stated.amount.slack) * 1.1

"""One fault of each kind, planted in a report that is right.

Each kind proposes changes to what is printed; a proposal counts only if it breaks a relation that
held, by more than the rounding of everything printed could explain. Else another one is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.bench.faults.ledger import Place, Relation, Story

TRIES = 300
Changes = Mapping[Place, Decimal]


@dataclass(frozen=True, slots=True)
class Fault:
    """``planted`` are the places that were spoilt (two for an exchange), ``broken`` the relations
    that no longer hold. ``culprits`` are the single places that could be to blame, by all that is
    printed: where they are several, nobody can tell them apart by arithmetic."""

    kind: str
    story: Story
    planted: tuple[Place, ...]
    broken: tuple[Relation, ...]
    culprits: frozenset[Place]
    mention: str = ""

    @property
    def telling(self) -> bool:
        return self.culprits <= set(self.planted)


def plant(kind: str, clean: Story) -> Fault | None:
    """A fault of ``kind`` in ``clean``; None where the report has no room for it."""
    random = Random(f"{clean.seed} {kind}")
    if kind == "prose-direction":
        return _turned(clean, random)
    if kind == "impossible-date":
        return _date(clean)
    for _ in range(TRIES):
        changes = KINDS[kind](clean, random)
        if not changes:
            continue
        changes = {p: value for p, value in changes.items() if value != clean.printed(p)}
        story = clean.with_spoilt(changes)
        broken = tuple(story.broken())
        if broken and changes and _clear(story, broken):
            planted = tuple(changes)
            return Fault(kind, story, planted, broken, _culprits(story, broken))
    return None


def _clear(story: Story, broken: tuple[Relation, ...]) -> bool:
    """Whether a relation breaks by a good deal: what lies just beyond rounding at one place may be
    explained at another."""
    return any(
        min(abs(low), abs(high)) > story.quantities[relation.places[0]].step / 2
        for relation in broken
        for low, high in [story.margin(relation)]
    )


def _culprits(story: Story, broken: tuple[Relation, ...]) -> frozenset[Place]:
    """The places that stand in every broken relation and could be put right so that all that
    they stand in holds."""
    common = set.intersection(*(set(relation.places) for relation in broken))
    return frozenset(place for place in common if _mendable(story, place))


def _mendable(story: Story, place: Place) -> bool:
    """Whether some value at ``place`` makes everything about it hold (bounds of linear relations
    intersected; quotients and shares are tried at the middle)."""
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    others: list[Relation] = []
    for relation in story.about(place):
        if relation.quotient or relation.between:
            others.append(relation)
            continue
        factor = next(factor for factor, other in relation.terms if other == place)
        below, above = story.margin(relation)
        now = story.printed(place)
        ends = sorted((now - below / factor, now - above / factor))
        low, high = max(low, ends[0]), min(high, ends[1])
    if low > high:
        return False
    if not low.is_finite():
        return bool(others)
    mended = story.with_spoilt({place: (low + high) / 2})
    return all(mended.holds(relation) for relation in others)


# --- kinds --------------------------------------------------------------------------------------


def cells(story: Story, kind: str = "", look: str | None = None) -> list[Place]:
    """The places of tables that stand in a relation of ``kind`` and in lines of that look."""
    looks = {(sheet.name, line.key): line.look for sheet in story.sheets for line in sheet.lines}
    found = dict.fromkeys(
        place
        for relation in story.relations
        if not kind or relation.kind == kind
        for place in relation.places
        if place.sheet != "prose" and (look is None or looks[place.sheet, place.line] == look)
    )
    return list(found)


def mistyped(story: Story, random: Random) -> Changes:
    return _digits(story, random.choice(cells(story)), random, swap=False)


def transposed(story: Story, random: Random) -> Changes:
    return _digits(story, random.choice(cells(story)), random, swap=True)


def _digits(story: Story, place: Place, random: Random, *, swap: bool) -> Changes:
    value, step = story.printed(place), story.quantities[place].step
    digits = list(str(abs(int(value / step))))
    if len(digits) < 2:
        return {}
    at = random.randrange(len(digits) - 1)
    if swap:
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        digits[at] = random.choice([d for d in "123456789" if d != digits[at]])
    if digits[0] == "0":
        return {}
    return {place: int("".join(digits)) * step * (-1 if value < 0 else 1)}


def sign_flipped(story: Story, random: Random) -> Changes:
    place = random.choice(cells(story))
    return {place: -story.printed(place)}


def thousandfold(story: Story, random: Random) -> Changes:
    place = random.choice(cells(story))
    value = story.printed(place) * 1000
    return {place: value} if abs(value) < Decimal(10) ** 13 else {}


def copied(story: Story, random: Random) -> Changes:
    """The figure of the column on the left."""
    place = random.choice(cells(story))
    keys = [head.key for head in story.sheet(place.sheet).heads]
    at = keys.index(place.column)
    other = replace(place, column=keys[at - 1])
    if not at or other not in story.quantities or place.column == "andring":
        return {}
    return {place: story.printed(other)}


def rows_exchanged(story: Story, random: Random) -> Changes:
    """Two rows that follow each other, in one column. A sum of both alone does not notice, so it
    takes a column that another one checks."""
    places = cells(story, "across")
    if not places:
        return {}
    place = random.choice(places)
    keys = [line.key for line in story.sheet(place.sheet).lines]
    at = keys.index(place.line)
    if at + 1 == len(keys):
        return {}
    return _exchanged(story, place, replace(place, line=keys[at + 1]))


def columns_exchanged(story: Story, random: Random) -> Changes:
    place = random.choice(cells(story))
    keys = [head.key for head in story.sheet(place.sheet).heads if head.key != "andring"]
    if place.column not in keys[:-1]:
        return {}
    return _exchanged(story, place, replace(place, column=keys[keys.index(place.column) + 1]))


def _exchanged(story: Story, one: Place, other: Place) -> Changes:
    if not {one, other} <= story.quantities.keys():
        return {}
    first, second = story.printed(one), story.printed(other)
    return {one: second, other: first} if first != second else {}


def _total(story: Story, random: Random) -> tuple[Place, list[tuple[int, Place]]]:
    sums = [r for r in story.relations if r.kind == "sum" and len(r.terms) > 3]
    relation = random.choice(sums)
    return relation.terms[0][1], [(-factor, place) for factor, place in relation.terms[1:]]


def left_out(story: Story, random: Random) -> Changes:
    total, parts = _total(story, random)
    factor, place = random.choice(parts)
    return {total: story.printed(total) - factor * story.printed(place)}


def counted_twice(story: Story, random: Random) -> Changes:
    total, parts = _total(story, random)
    factor, place = random.choice(parts)
    return {total: story.printed(total) + factor * story.printed(place)}


def stale_total(story: Story, random: Random) -> Changes:
    """One part was corrected at last, its total was not."""
    total, parts = _total(story, random)
    _, place = random.choice(parts)
    step = story.quantities[total].step
    change = story.printed(place) * Decimal(str(random.uniform(0.03, 0.3)))
    return {total: story.printed(total) - (change / step).quantize(Decimal(1)) * step}


def deviation(story: Story, random: Random) -> Changes:
    """A deviation that is no longer the difference of its columns."""
    places = _deviations(story)
    if not places:
        return {}
    place = random.choice(places)
    return _nudged(story, place, random)


def _deviations(story: Story) -> list[Place]:
    return [place for place in cells(story, "across") if place.column == "avvikelse"]


def _nudged(story: Story, place: Place, random: Random) -> dict[Place, Decimal]:
    step = story.quantities[place].step
    size = max(abs(story.printed(place)), 20 * step)
    steps = int(size / step * Decimal(str(random.uniform(0.1, 0.6)))) or 1
    return {place: story.printed(place) + random.choice([-1, 1]) * steps * step}


def cancelling(story: Story, random: Random) -> Changes:
    """Two deviations of one sum, one as much too high as the other too low: the column foots."""
    sums = _summed_deviations(story, 2)
    return _cancelled(story, random.sample(random.choice(sums), 2), random) if sums else {}


def many_cancelling(story: Story, random: Random) -> Changes:
    """Three deviations or more of one sum, up to two in three, and their column foots."""
    sums = _summed_deviations(story, 5)
    if not sums:
        return {}
    parts = random.choice(sums)
    return _cancelled(story, random.sample(parts, random.randint(3, 2 * len(parts) // 3)), random)


def _summed_deviations(story: Story, least: int) -> list[list[Place]]:
    """The items of each sum of deviations that has at ``least`` so many."""
    items = set(cells(story, "sum", look=""))
    return [
        parts
        for relation in story.relations
        if relation.kind == "sum" and relation.terms[0][1].column == "avvikelse"
        for parts in [[p for factor, p in relation.terms[1:] if factor == -1 and p in items]]
        if len(parts) >= least
    ]


def _cancelled(story: Story, places: list[Place], random: Random) -> Changes:
    """All places changed, the last by what the others were changed by."""
    *others, last = places
    changed: dict[Place, Decimal] = {}
    for place in others:
        changed |= _nudged(story, place, random)
    added = sum((changed[place] - story.printed(place) for place in others), Decimal(0))
    return changed | {last: story.printed(last) - added}


def of_which(story: Story, random: Random) -> Changes:
    places = cells(story, "of-which", look="of-which")
    return _nudged(story, random.choice(places), random) if places else {}


def comparative(story: Story, random: Random) -> Changes:
    """The figure of the right row but of another period."""
    places = [place for place in cells(story) if place.column in ("fjol", "da")]
    if not places:
        return {}
    place = random.choice(places)
    other = replace(place, column={"fjol": "da", "da": "nu"}[place.column])
    if other not in story.quantities:
        other = replace(place, column="nu")
    return {place: story.printed(other)}


def _statement(*names: str) -> Callable[[Story, Random], Changes]:
    """A subtotal or a result of a statement, off by a wrong digit."""

    def change(story: Story, random: Random) -> Changes:
        places = [place for place in cells(story, look="total") if place.sheet in names]
        return _digits(story, random.choice(places), random, swap=False) if places else {}

    return change


def cash(story: Story, random: Random) -> Changes:
    """Cash differs between the balance sheet and the cash flow, each of them right in itself."""
    places = [Place("balans", "kassa", "nu"), Place("kassaflode", "fordringar", "nu")]
    if places[0] not in story.quantities:
        return {}
    place = random.choice(places)
    return _followed(story, place.sheet, _digits(story, place, random, swap=False))


def tie(story: Story, random: Random) -> Changes:
    """A figure that was corrected in one table, in its totals too, but not in another."""
    ties = [place for place in cells(story, "tie") if place.sheet in FREE]
    if not ties:
        return {}
    stated = random.choice(ties)
    below = [
        place for place in cells(story, look="") if place.sheet == stated.sheet
        and place.column == stated.column
    ]  # fmt: skip
    if not below:
        return {}
    place = random.choice(below)
    return _followed(story, place.sheet, _nudged(story, place, random))


FREE = ("drift", "sidor", "skatter", "balanskrav", "kassaflode", "balans")


def _followed(story: Story, sheet: str, changes: Changes) -> Changes:
    """``changes`` and what follows from them in their own sheet."""
    if not changes:
        return {}
    (place,) = changes
    added = changes[place] - story.printed(place)
    moved = dict(changes)
    waiting = [place]
    shift = {place: added}
    while waiting:
        here = waiting.pop(0)
        for relation in story.about(here):
            stated = relation.places[0]
            own = all(p.sheet == sheet for p in relation.places)
            if relation.kind not in ("sum", "of-which", "across") or stated == here or not own:
                continue
            factor = next(-factor for factor, other in relation.terms if other == here)
            if stated in shift:
                return {}  # two ways lead there: too tangled to follow
            shift[stated] = factor * shift[here]
            moved[stated] = story.printed(stated) + shift[stated]
            waiting.append(stated)
    return moved


def prose_number(story: Story, random: Random) -> Changes:
    places = [p for p in story.quantities if p.sheet == "prose"]
    return _digits(story, random.choice(places), random, swap=random.random() < 0.5)


def percentage(story: Story, random: Random) -> Changes:
    stated = [r.places[0] for r in story.relations if r.quotient]
    return _nudged(story, random.choice(stated), random) if stated else {}


def _turned(clean: Story, random: Random) -> Fault | None:
    """'överskott' for 'underskott': of a figure large enough to have a sign."""
    asked = {key for texts in clean.prose.values() for text in texts for key in _asked(text)}
    keys = sorted(k for k in asked if clean.printed(Place("prose", k)))
    if not keys:
        return None
    key = random.choice(keys)
    place = Place("prose", key)
    return Fault(
        "prose-direction",
        replace(clean, turned=frozenset({key})),
        (place,),
        tuple(clean.about(place)),
        frozenset({place}),
    )


def _asked(text: str) -> Iterator[str]:
    for part in text.split("{?")[1:]:
        yield part.partition(":")[0]


def _date(clean: Story) -> Fault | None:
    if not any("{date}" in text for texts in clean.prose.values() for text in texts):
        return None
    date = f"{clean.date[:4]}-" + {"08": "04-31", "12": "11-31"}[clean.date[5:7]]
    story = replace(clean, date=date)
    return Fault("impossible-date", story, (), (), frozenset(), mention=date)


KINDS: Mapping[str, Callable[[Story, Random], Changes]] = {
    "transposed": transposed,
    "mistyped": mistyped,
    "sign": sign_flipped,
    "copied": copied,
    "rows-exchanged": rows_exchanged,
    "columns-exchanged": columns_exchanged,
    "left-out": left_out,
    "counted-twice": counted_twice,
    "stale-total": stale_total,
    "thousandfold": thousandfold,
    "deviation": deviation,
    "cancelling": cancelling,
    "many-cancelling": many_cancelling,
    "of-which": of_which,
    "comparative": comparative,
    "result": _statement("resultat", "balanskrav"),
    "balance": _statement("balans"),
    "cash": cash,
    "tie": tie,
    "prose-number": prose_number,
    "percentage": percentage,
}
CANCELLING = frozenset({"cancelling", "many-cancelling"})
OTHERS = ("prose-direction", "impossible-date")
EVERY = (*KINDS, *OTHERS)

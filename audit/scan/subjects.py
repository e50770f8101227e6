"""What the figures of a body's reports are about, so that one thing can be followed through them.

Figures are joined only where the reports leave no doubt that they are the same thing: of several
rows of one report that could be meant, those that print the same amount count as one, and of others
only the first and largest, which is the whole of what follows it. What stays in doubt is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.model import (
    Amount,
    Aspect,
    Concept,
    Ending,
    Entry,
    Measure,
    Period,
    Point,
    Printed,
    Role,
    Scope,
    UnitKind,
)
from audit.normalise.concepts import simplified

FOLLOWED = (Measure.OUTTURN, Measure.BUDGET, Measure.FORECAST)

# What a title says of time and measure only, so that a table is the same one year after year.
_TIMES = re.compile(
    r"\d+|\b(?:per|den|för|t\.?o\.?m\.?|till och med|jan\w*|feb\w*|mars?|apr\w*|maj|jun\w*|jul\w*"
    r"|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*|tertial|helår\w*|år|utfall|prognos|budget|bokslut"
    r"|redovisat|resultat efter)\b|[^\w ]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about, however its report words it: a concept, or else a label below a
    heading in a table."""

    concept: Concept | None
    words: tuple[str, ...]
    aspect: Aspect | None
    scope: Scope | None
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Said:
    """What one report prints of one subject for one period."""

    subject: Subject
    measure: Measure
    period: Period
    printed: Printed
    entry: Entry

    @property
    def label(self) -> str:
        """The label as it is printed, with what it stands under where that is part of it."""
        one = self.printed
        apart = one.path and len(self.subject.words) > 2
        return f"{one.path[-1]}: {one.label}" if apart else one.label

    @property
    def point(self) -> Point:
        one = self.printed
        return Point(
            one.report, one.box, self.measure, self.period, one.amount, one.tested, one.pictured
        )


Names = Mapping[tuple[str, str], tuple[str, ...]]


def followed(printed: Iterable[Printed], entries: Mapping[str, Entry]) -> list[Said]:
    """What the reports say without doubt, in their order: outturns, budgets and forecasts of
    something for some time. ``entries`` are the reports by SHA-256, each with a period."""
    return list(_unambiguous(_all(printed, entries)))


def alike(one: Amount, other: Amount) -> bool:
    """Whether both may be roundings of one number."""
    return abs(one.value - other.value) <= one.slack + other.slack


def age(entry: Entry) -> tuple[str, str]:
    """Sorts reports by the end of their period."""
    return (entry.period.end.isoformat() if entry.period else "", entry.sha256)


def _all(printed: Iterable[Printed], entries: Mapping[str, Entry]) -> Iterator[Said]:
    """Every figure that says an outturn, a budget or a forecast of something, for some time."""
    told = [
        (one, one.period, measure)
        for one in printed
        if one.period is not None
        and not one.previous
        and one.amount.unit.kind is not UnitKind.UNKNOWN
        and (measure := _measure(one, entries[one.report])) is not None
    ]
    names = _names(one for one, _, _ in told)
    shared = _shared((one for one, _, _ in told), names)
    for one, period, measure in told:
        subject = _subject(one, names, shared)
        yield Said(subject, measure, period, one, entries[one.report])


def _measure(one: Printed, entry: Entry) -> Measure | None:
    """Outturn, also of closed years, budget or forecast; else None. A column that is a time and
    nothing else shows the outturn, where that time is over when the report ends."""
    if one.measure is Measure.ACCOUNTS:
        return Measure.OUTTURN
    if one.measure is not None:
        return one.measure if one.measure in FOLLOWED else None
    over = one.period and entry.period and one.period.end <= entry.period.end
    return Measure.OUTTURN if over else None


def _subject(one: Printed, names: Names, shared: Collection[tuple[str, ...]]) -> Subject:
    """What the figure is of. What a row stands under is part of that where it says of what it is
    a part, or where several rows of a table have its label."""
    kind = one.amount.unit.kind
    if one.concept is not None:
        return Subject(one.concept, (), None, one.scope, kind)
    words = names[one.title, one.label]
    if one.role is Role.OF_WHICH or words in shared:
        words = (*words, *(simplified(part) for part in one.path[-1:]))
    return Subject(None, words, one.aspect, one.scope, kind)


def _names(printed: Iterable[Printed]) -> Names:
    """By title and label as printed: the title of the table, without times, and the label. There
    are far fewer of them than figures."""
    printed_so = {(one.title, one.label) for one in printed if one.concept is None}
    return {
        (title, label): (" ".join(_TIMES.sub(" ", simplified(title)).split()), simplified(label))
        for title, label in printed_so
    }


def _shared(printed: Iterable[Printed], names: Names) -> set[tuple[str, ...]]:
    """What several rows of some table are called."""
    rows: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
    for one in printed:
        if one.concept is None:
            rows[one.report, one.table, names[one.title, one.label]].add(one.row)
    return {words for (_, _, words), found in rows.items() if len(found) > 1}


def _unambiguous(said: Iterable[Said]) -> Iterator[Said]:
    """For each report, subject, measure and period the one figure that is meant, if that is
    clear, in the order of reports."""
    together: dict[tuple[str, Subject, Measure, Period], list[Said]] = defaultdict(list)
    for one in said:
        together[one.printed.report, one.subject, one.measure, one.period].append(one)
    order = sorted(together, key=lambda key: age(together[key][0].entry))
    for key in order:
        if (meant := _meant(together[key])) is not None:
            yield meant


def _meant(candidates: Sequence[Said]) -> Said | None:
    """The most exact of figures that agree; or the first, where it is larger than each other one:
    a whole stands before its parts."""
    first = min(candidates, key=lambda one: (one.printed.box.page, one.printed.box.top))
    amount = first.printed.amount
    if all(alike(amount, one.printed.amount) for one in candidates):
        return min(
            candidates,
            key=lambda one: (one.printed.amount.step, one.printed.tested is not Ending.VERIFIED),
        )
    others = [one for one in candidates if not alike(amount, one.printed.amount)]
    apart = all(one.printed.table != first.printed.table for one in others)
    largest = all(abs(amount.value) > abs(one.printed.amount.value) for one in others)
    return first if apart and largest else None

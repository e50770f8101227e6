"""Which reports are of one body, and which earlier ones a report is held against.

A body is known by its name, by the names that any of the reports says it had before, and by the
municipality: the one that its name says, else the only one that the reports beside it in the
archive are of. Where that leaves a choice, reports are kin only within their folder.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from audit.model import Entry, Kinship, Pair, Period, Status
from audit.normalise.organisations import Body, body

UNKNOWN = "?"  # before the folder of a report of whose municipality nothing tells
NO_OUTCOME = ("budget",)  # kinds of report that look forward only


@dataclass(frozen=True, slots=True)
class Kin:
    """One body and its reports, in the order of their periods. ``name`` is what the last of them
    calls it; ``whole`` says that it is a municipality or region, ``place`` which or whose."""

    name: str
    place: str
    whole: bool
    entries: tuple[Entry, ...]


def bodies(entries: Iterable[Entry]) -> tuple[Kin, ...]:
    """The bodies that the reports are of, by place and name; those that say neither whose they are
    nor on which period are left out."""
    every = [
        one for one in entries if one.status is Status.AUDITED and one.organisation and one.period
    ]
    placed = _placed(every)
    present = _successors(placed)
    groups: dict[Body, list[Entry]] = defaultdict(list)
    for entry, own in placed:
        groups[present.get(own, own)].append(entry)
    found = [_kin(own, sorted(group, key=_order)) for own, group in groups.items()]
    return tuple(sorted(found, key=lambda kin: (kin.place, not kin.whole, kin.name)))


def pairs(entries: Iterable[Entry]) -> Iterator[Pair]:
    """Each report with those that it must agree with, by body and period: the one just before, the
    one of the same part of the year before, and the accounts last closed; then each municipality's
    with those of its boards on the same period. Two reports are paired once."""
    every = bodies(entries)
    for kin in every:
        told = [one for one in kin.entries if one.kind not in NO_OUTCOME]
        for place, newer in enumerate(told):
            for older, kinship in _earlier(newer, told[:place]).items():
                yield Pair(older, newer.sha256, kinship)
    parts: dict[tuple[str, Period | None], list[Entry]] = defaultdict(list)
    for kin in every:
        if not kin.whole:
            for one in kin.entries:
                parts[kin.place, one.period].append(one)
    for kin in every:
        if kin.whole:
            for newer in kin.entries:
                for part in parts[kin.place, newer.period]:
                    yield Pair(part.sha256, newer.sha256, Kinship.PART)


def _earlier(newer: Entry, before: Sequence[Entry]) -> dict[str, Kinship]:
    """The reports of ``before``, in the order of their periods, that ``newer`` speaks of."""
    assert newer.period is not None
    end = newer.period.end
    past = [
        (one.sha256, one.period)
        for one in before
        if one.period and one.period.end < end and one.period.end.year >= end.year - 1
    ]
    last = max((period.end for _, period in past), default=None)
    found = {sha: Kinship.PRECEDING for sha, period in past if period.end == last}
    for sha, period in past:
        if period == _year_before(newer.period):
            found.setdefault(sha, Kinship.YEAR_BEFORE)
    for sha, period in past:
        if period.months == 12 and period.end < newer.period.start:
            found.setdefault(sha, Kinship.ACCOUNTS)
    return found


def _year_before(period: Period) -> Period:
    return Period(*(_back(day) for day in (period.start, period.end)))


def _back(day: dt.date) -> dt.date:
    leap = (day.month, day.day) in ((2, 28), (2, 29))
    if not leap:
        return day.replace(year=day.year - 1)
    return dt.date(day.year - 1, 3, 1) - dt.timedelta(days=1)


def _kin(own: Body, entries: Sequence[Entry]) -> Kin:
    return Kin(entries[-1].organisation, own.place, not own.part, tuple(entries))


def _order(entry: Entry) -> tuple[dt.date, dt.date, str]:
    assert entry.period is not None
    return entry.period.end, entry.period.start, entry.sha256


def _placed(entries: Sequence[Entry]) -> list[tuple[Entry, Body]]:
    """Each report with its body, and the place that the reports around it are of where its own name
    says none."""
    named = [(entry, body(entry.organisation)) for entry in entries]
    around: dict[PurePosixPath, set[str]] = defaultdict(set)
    for entry, own in named:
        if own.place:
            for folder in _folders(entry):
                around[folder].add(own.place)
    return [(entry, _at(entry, own, around)) for entry, own in named]


def _folders(entry: Entry) -> list[PurePosixPath]:
    """The folders that hold the report, from the innermost; a zip is one."""
    if not entry.names:
        return [PurePosixPath(".")]
    return list(PurePosixPath(entry.names[0].replace("!", "/")).parents)


def _at(entry: Entry, own: Body, around: Mapping[PurePosixPath, set[str]]) -> Body:
    if own.place:
        return own
    folders = _folders(entry)
    for inner, folder in pairwise([folders[0], *folders]):
        if places := around.get(folder):
            only = next(iter(places)) if len(places) == 1 else f"{UNKNOWN}{inner}"
            return Body(own.part, only)
    return own


def _successors(placed: Sequence[tuple[Entry, Body]]) -> dict[Body, Body]:
    """The last name of each body that had others. One that was put together of several goes on
    from none of them."""
    to: dict[Body, Body] = {}
    for entry, own in placed:
        former = {Body(body(name).part, own.place) for name in entry.former} - {own}
        if len(former) == 1:
            to.setdefault(former.pop(), own)
    return {former: _last(former, to) for former in to}


def _last(name: Body, to: Mapping[Body, Body]) -> Body:
    """Where the names lead; where they lead in a circle, the least of them."""
    passed = [name]
    while (following := to.get(passed[-1])) is not None:
        if following in passed:
            return min(passed[passed.index(following) :], key=lambda one: one.part)
        passed.append(following)
    return passed[-1]

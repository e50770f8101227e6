"""What there is to show of an archive, read from its store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from audit.model import Archive, Finding, Rule
from audit.scan.courses import through_years
from audit.scan.kin import UNKNOWN, Kin, bodies

if TYPE_CHECKING:
    from audit.store.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of an archive, read from the store each time that they are walked."""

    store: Store
    rules: Mapping[str, Rule]

    def __iter__(self) -> Iterator[tuple[str, Finding]]:
        return self.store.findings(self.rules)


def archive(store: Store, location: str, rules: Mapping[str, Rule]) -> Archive:
    """The reports of the archive at ``location`` by body and period, and their findings; ``rules``
    are by code. The store must stay open while the archive is shown. Raises StoreError."""
    entries = tuple(store.entries())
    names = {one.sha256: called(kin) for kin in bodies(entries) for one in kin.entries}

    def order(place: int) -> tuple[str, str, tuple[str, ...]]:
        one = entries[place]
        end = one.period.end.isoformat() if one.period else ""
        return (names.get(one.sha256, one.organisation), end, one.names)

    ordered = tuple(entries[place] for place in sorted(range(len(entries)), key=order))
    title = PurePosixPath(location.replace("\\", "/")).name or location
    return Archive(title, ordered, Found(store, rules), bodies=names)


def with_courses(shown: Archive, store: Store) -> Archive:
    """The archive with what runs through its years, for which the figures of every report are
    read, one body's at a time. Raises StoreError."""
    kin = bodies(shown.entries)
    courses, forecasts = through_years(((called(one), one.entries) for one in kin), store.figures)
    return replace(shown, courses=courses, forecasts=forecasts)


def called(kin: Kin) -> str:
    """A body's name, with its municipality where the name does not say it."""
    known = kin.place and not kin.place.startswith(UNKNOWN)
    if not known or kin.place.casefold() in kin.name.casefold():
        return kin.name
    return f"{kin.name}, {kin.place}"

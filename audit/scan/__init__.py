"""Many reports: found, audited by some engine, remembered in a store, held against each other.

Workers get plain values and give plain values; only the gatherer, in ``reading`` and ``comparing``,
writes, one transaction for each report. So a scan may end at any moment, and the next one goes on
from what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model import Edition, Rule, Skipped, Source
from audit.scan import sources
from audit.scan.progress import Progress

if TYPE_CHECKING:
    from audit.scan.engine import Engine
    from audit.store.store import Store
    from audit.workers import Done

__all__ = ["Progress", "Scan"]


class Scan:
    """A scan of the archive at ``location`` into ``store`` by ``rules``. ``again`` reads every
    report, whatever is known of it. ``skipped`` are the files that could not be had, ``failed`` the
    comparisons of reports that came to nothing."""

    def __init__(
        self,
        location: str,
        store: Store,
        rules: Sequence[Rule],
        edition: Edition,
        engine: Engine,
        again: bool,
    ) -> None:
        self.location, self.store, self.engine = location, store, engine
        self.rules, self.edition, self.again = tuple(map(_brief, rules)), edition, again
        self.files: tuple[Source, ...] = ()
        self.skipped: list[Skipped] = []
        self.failed: list[Done] = []

    def find(self) -> None:
        """Walk the archive. Raises SourceError where it is not to be had."""
        found = list(sources.found(self.location))
        self.files = tuple(one for one in found if isinstance(one, Source))
        self.skipped = [one for one in found if isinstance(one, Skipped)]

    def run(self) -> Iterator[Progress]:
        """Read and judge the files that were found, then hold reports against each other.

        Raises StoreError and EngineError; what was kept until then is kept.
        """
        from audit.scan.comparing import Comparing  # noqa: PLC0415 - loads the readers
        from audit.scan.reading import Reading  # noqa: PLC0415

        reading = Reading(
            self.location, self.store, self.rules, self.edition, self.engine, self.again
        )
        comparing = Comparing(self.store, self.rules, self.edition, self.engine)
        with self.store.scanning(self.edition):
            yield from reading.run(self.files)
            self.skipped += reading.skipped
            self.store.forget(list(self._gone()))
            for step in comparing.run():
                yield replace(step, findings=step.findings + reading.progress.findings)
            self.failed += comparing.failed

    def _gone(self) -> Iterator[str]:
        """The names that stand in the store and nowhere in the archive, as far as that could be
        walked."""
        here = {source.name for source in self.files}
        hidden = tuple(f"{one.name}{mark}" for one in self.skipped for mark in "/!")
        unread = {one.name for one in self.skipped}
        for name in list(self.store.names()):
            if name not in here and name not in unread and not name.startswith(hidden):
                yield name


def _brief(rule: Rule) -> Rule:
    """Without the prose and examples of its page, which no worker reads: every job carries the
    rules with it, and so much fits into a pipe without waiting for the other end."""
    return replace(rule, why={}, examples=(), source="")

"""Reports are held against the others that they must agree with, unless that was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, starmap
from typing import TYPE_CHECKING

from audit.model import Edition, Pair, Rule
from audit.scan import kin, work
from audit.scan.progress import Progress
from audit.workers import Done, Job

if TYPE_CHECKING:
    from audit.scan.engine import Engine
    from audit.store.store import Store


class Comparing:
    """The comparing of the reports in ``store``; ``failed`` are the jobs that came to nothing, and
    that the next scan tries again."""

    def __init__(
        self, store: Store, rules: Sequence[Rule], edition: Edition, engine: Engine
    ) -> None:
        self.store, self.rules, self.edition, self.engine = store, tuple(rules), edition, engine
        self.failed: list[Done] = []

    def run(self) -> Iterator[Progress]:
        """Compare each report with all of its kin in one job. Raises StoreError and EngineError."""
        self.store.relate(kin.pairs(self.store.entries()))
        progress = Progress(sum(1 for _ in self._waiting()), comparing=True)
        yield progress
        by_newer = groupby(self._waiting(), lambda pair: pair.newer)
        for done in self.engine.run(starmap(self._job, by_newer)):
            found = self._keep(done)
            progress = replace(
                progress,
                done=progress.done + len(done.job.key),
                findings=progress.findings + found,
            )
            yield progress

    def _waiting(self) -> Iterator[Pair]:
        return self.store.uncompared(self.edition)

    def _job(self, newer: str, several: Iterable[Pair]) -> Job:
        pairs = tuple(several)
        others = [(self.store.packed(pair.older), pair.kinship) for pair in pairs]
        return Job(pairs, work.compare, (self.store.packed(newer), others, self.rules))

    def _keep(self, done: Done) -> int:
        """How many findings there were to keep."""
        if done.failure:
            self.failed.append(done)
            return 0
        for pair, (comparisons, findings) in zip(done.job.key, done.result, strict=True):
            self.store.keep_across(pair, self.edition, comparisons, findings)
        return sum(len(findings) for _, findings in done.result)

"""Many reports: found, audited by some engine, remembered in a store, held against each other.

Workers get plain values and give plain values; only the gatherer here writes, one transaction for
each report. So a scan may end at any moment, and the next one goes on from what is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, starmap
from typing import TYPE_CHECKING

from audit.model import (
    AuditedReport,
    Edition,
    Freshness,
    Known,
    Obstacle,
    Pair,
    Rule,
    Skipped,
    Source,
    Status,
)
from audit.scan import sources
from audit.workers import KILLED, MEGABYTE, Done, Job, Limits, memory_of

if TYPE_CHECKING:
    from audit.scan.engine import Engine
    from audit.store.codec import Record
    from audit.store.store import Store

BATCH = 500  # files that the store is asked about at a time


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is: ``done`` of ``total`` files, or pairs of reports once ``comparing``.
    ``known`` of the files needed nothing to be done; in the others ``pages`` were read, and
    ``findings`` made."""

    total: int
    done: int = 0
    known: int = 0
    pages: int = 0
    findings: int = 0
    comparing: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    source: Source


@dataclass(frozen=True, slots=True)
class _Identifying:
    """A report that could not be audited is kept under the SHA-256 of its content too."""

    source: Source
    failure: Status
    detail: str


@dataclass(frozen=True, slots=True)
class _Judging:
    source: Source
    sha256: str


class Scan:
    """A scan of the archive at ``location`` into ``store`` by ``rules``. ``again`` reads every
    report, whatever is known of it."""

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
        self.failed: list[Done] = []  # comparisons of reports, which the next scan tries again
        self.progress = Progress(0)
        self._more: deque[Job] = deque()
        self._judged: set[str] = set()

    def find(self) -> None:
        """Walk the archive. Raises SourceError where it is not to be had."""
        found = list(sources.found(self.location))
        self.files = tuple(one for one in found if isinstance(one, Source))
        self.skipped = [one for one in found if isinstance(one, Skipped)]

    def run(self) -> Iterator[Progress]:
        """Read and judge the files that were found, then hold reports against each other.

        Raises StoreError and EngineError; what was kept until then is kept.
        """
        self.progress = Progress(len(self.files))
        yield self.progress
        with self.store.scanning(self.edition):
            for done in self.engine.run(_Supply(self._jobs(), self._more)):
                self._gather(done)
                yield self.progress
            yield self.progress  # what was known has ended no job
            self.store.forget(list(self._gone()))
            yield from self._compare()

    def _jobs(self) -> Iterator[Job]:
        files = iter(self.files)
        while batch := list(islice(files, BATCH)):
            known = {} if self.again else self.store.lookup(batch, self.edition)
            new = [source for source in batch if source.name not in known]
            alike = {} if self.again else self.store.alike(source.size for source in new)
            for source in batch:
                if source.name not in known:
                    yield self._reading(source, alike.get(source.size, ()))
                elif job := self._job(source, known[source.name]):
                    yield job
                else:
                    self._know()

    def _reading(self, source: Source, known: Collection[str]) -> Job:
        from audit.scan import work  # noqa: PLC0415 - loads the readers

        return Job(_Reading(source), work.read, (self.location, source.name, known, self.rules))

    def _job(self, source: Source, known: Known) -> Job | None:
        """What is left to do about a report that is known; None for nothing."""
        from audit.scan import work  # noqa: PLC0415

        if known.freshness is Freshness.OTHER_PROGRAM or worth_another(known, self.engine.limits):
            return self._reading(source, ())
        if known.freshness is Freshness.CURRENT or known.sha256 in self._judged:
            return None
        self._judged.add(known.sha256)
        packed = self.store.packed(known.sha256)
        return Job(_Judging(source, known.sha256), work.judge, (known.sha256, packed, self.rules))

    def _gather(self, done: Done) -> None:
        match done.job.key:
            case _Reading(source):
                self._read(source, done)
            case _Identifying(source, failure, detail):
                self._identified(source, AuditedReport("", failure, None, detail=detail), done)
            case _Judging(source, _) if done.failure:  # kept by another version: read it anew
                self._more.append(self._reading(source, ()))
            case _Judging():
                self.store.rejudge(done.result, self.edition)
                self._count(done.result)

    def _read(self, source: Source, done: Done) -> None:
        from audit.scan import work  # noqa: PLC0415

        if done.failure:
            key = _Identifying(source, done.failure, done.detail)
            self._more.append(Job(key, work.identify, (self.location, source.name)))
        elif isinstance(done.result, Skipped):
            self._skip(done.result)
        elif done.result.record:
            self._keep(source, done.result.record)
        else:
            self._recognised(source, done.result.sha256)

    def _recognised(self, source: Source, sha256: str) -> None:
        """A file that is new, or was touched or moved, holds a report that is known."""
        known = self.store.known(sha256, self.edition)
        if known is None:  # no more: somebody has emptied the store
            self._more.append(self._reading(source, ()))
            return
        self.store.note(source, sha256)
        if job := self._job(source, known):
            self._more.append(job)
        else:
            self._know()

    def _identified(self, source: Source, audited: AuditedReport, done: Done) -> None:
        from audit.store import codec  # noqa: PLC0415

        if done.failure:
            said = f"{audited.status}: {audited.detail}; {done.failure}: {done.detail}"
            self._skip(Skipped(source.name, Obstacle.UNREADABLE, said))
        elif isinstance(done.result, Skipped):
            self._skip(done.result)
        else:
            self._keep(source, codec.record(done.result, audited))

    def _keep(self, source: Source, record: Record) -> None:
        from audit.store import TwinError  # noqa: PLC0415

        try:
            self.store.keep(source, record, self.edition)
        except TwinError as error:  # it costs only itself
            self._skip(Skipped(source.name, Obstacle.UNREADABLE, str(error)))
        else:
            self._count(record)

    def _skip(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)
        self._count()

    def _know(self) -> None:
        self.progress = replace(self.progress, known=self.progress.known + 1)
        self._count()

    def _count(self, record: Record | None = None) -> None:
        entry = record.entry if record else None
        self.progress = replace(
            self.progress,
            done=self.progress.done + 1,
            pages=self.progress.pages + (entry.pages if entry else 0),
            findings=self.progress.findings
            + (entry.errors + entry.warnings + entry.notes if entry else 0),
        )

    def _gone(self) -> Iterator[str]:
        """The names that stand in the store and nowhere in the archive, as far as that could be
        walked."""
        here = {source.name for source in self.files}
        hidden = tuple(f"{one.name}{mark}" for one in self.skipped for mark in "/!")
        unread = {one.name for one in self.skipped}
        for name in list(self.store.names()):
            if name not in here and name not in unread and not name.startswith(hidden):
                yield name

    def _compare(self) -> Iterator[Progress]:
        """Hold each report against the others that it must agree with, unless that was done."""
        from audit.scan import kin, work  # noqa: PLC0415

        self.store.relate(kin.pairs(self.store.entries()))
        total = sum(1 for _ in self.store.uncompared(self.edition))
        self.progress = replace(self.progress, total=total, done=0, known=0, comparing=True)
        yield self.progress

        def job(newer: str, several: Iterable[Pair]) -> Job:
            pairs = tuple(several)
            others = [(self.store.packed(pair.older), pair.kinship) for pair in pairs]
            return Job(pairs, work.compare, (self.store.packed(newer), others, self.rules))

        by_newer = groupby(self.store.uncompared(self.edition), lambda pair: pair.newer)
        for done in self.engine.run(starmap(job, by_newer)):
            self._compared(done)
            yield self.progress

    def _compared(self, done: Done) -> None:
        if done.failure:
            self.failed.append(done)
        made = done.result or ()
        for pair, (comparisons, findings) in zip(done.job.key, made, strict=not done.failure):
            self.store.keep_across(pair, self.edition, comparisons, findings)
        self.progress = replace(
            self.progress,
            done=self.progress.done + len(done.job.key),
            findings=self.progress.findings + sum(len(findings) for _, findings in made),
        )


def _brief(rule: Rule) -> Rule:
    """Without the prose and examples of its page, which no worker reads: every job carries the
    rules with it, and so much fits into a pipe without waiting for the other end."""
    return replace(rule, why={}, examples=(), source="")


class _Supply:
    """Jobs that others have brought about, then those of the walk: at an end for as long as there
    are none."""

    def __init__(self, walk: Iterator[Job], more: deque[Job]) -> None:
        self._walk, self._more = walk, more

    def __iter__(self) -> Iterator[Job]:
        return self

    def __next__(self) -> Job:
        return self._more.popleft() if self._more else next(self._walk)


def worth_another(known: Known, limits: Limits) -> bool:
    """Whether a report that was given up may fare better now: the limit that it went beyond is
    larger, or it was none of its doing."""
    memory = limits.memory // MEGABYTE
    match known.status:
        case Status.TIMEOUT:
            return limits.timeout > _number(known.detail)
        case Status.TOO_LARGE:
            return memory > _number(known.detail)
        case Status.FAILED:
            within = memory_of(known.detail)
            return known.detail == KILLED or (within is not None and memory > within)
    return False


def _number(limit: str) -> float:
    """A limit as its detail tells it; 0 where that tells none, so that any is larger."""
    try:
        return float(limit)
    except ValueError:
        return 0.0

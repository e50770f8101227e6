"""Reports are read, or recognised, or judged again, and kept.

What is known of a file by its name, size and stamp is used again. A file that is new, touched or
moved is read unless its content turns out to be known. Where only the rules have changed, they
judge what is remembered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from audit.model import (
    AuditedReport,
    Edition,
    Freshness,
    Known,
    Obstacle,
    Rule,
    Skipped,
    Source,
    Status,
)
from audit.scan import work
from audit.scan.progress import Progress
from audit.store import UnkeptError, codec
from audit.workers import KILLED, MEGABYTE, Done, Job, Limits, memory_of

if TYPE_CHECKING:
    from audit.scan.engine import Engine
    from audit.store.codec import Record
    from audit.store.store import Store

BATCH = 500  # files that the store is asked about at a time


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source


@dataclass(frozen=True, slots=True)
class _Identify:
    """A report that could not be audited is kept under the SHA-256 of its content too."""

    source: Source
    failure: Status
    detail: str


@dataclass(frozen=True, slots=True)
class _Judge:
    source: Source
    sha256: str


class Reading:
    """The reading of the archive at ``location``. ``again`` reads every report, whatever is known
    of it. ``skipped`` are the files that could not be had, ``progress`` how far it is."""

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
        self.rules, self.edition, self.again = tuple(rules), edition, again
        self.skipped: list[Skipped] = []
        self.progress = Progress(0)
        self._more: deque[Job] = deque()
        self._judged: set[str] = set()

    def run(self, files: Sequence[Source]) -> Iterator[Progress]:
        """Read what is not known of the files. Raises StoreError and EngineError."""
        self.progress = Progress(len(files))
        yield self.progress
        for done in self.engine.run(_Supply(self._jobs(files), self._more)):
            self._gather(done)
            yield self.progress
        yield self.progress  # what was known has ended no job

    def _jobs(self, files: Sequence[Source]) -> Iterator[Job]:
        left = iter(files)
        while batch := list(islice(left, BATCH)):
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
        return Job(_Read(source), work.read, (self.location, source.name, known, self.rules))

    def _job(self, source: Source, known: Known) -> Job | None:
        """What is left to do about a report that is known; None for nothing."""
        if known.freshness is Freshness.OTHER_PROGRAM or worth_another(known, self.engine.limits):
            return self._reading(source, ())
        if known.freshness is Freshness.CURRENT or known.sha256 in self._judged:
            return None
        self._judged.add(known.sha256)
        packed = self.store.packed(known.sha256)
        return Job(_Judge(source, known.sha256), work.judge, (known.sha256, packed, self.rules))

    def _gather(self, done: Done) -> None:
        match done.job.key:
            case _Read(source):
                self._received(source, done)
            case _Identify(source, failure, detail):
                self._identified(source, AuditedReport("", failure, None, detail=detail), done)
            case _Judge(source, _) if done.failure:  # kept by another version: read it anew
                self._more.append(self._reading(source, ()))
            case _Judge():
                self.store.rejudge(done.result, self.edition)
                self._count(done.result)

    def _received(self, source: Source, done: Done) -> None:
        if done.failure:
            key = _Identify(source, done.failure, done.detail)
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
        try:
            self.store.note(source, sha256)
        except UnkeptError as error:
            self._skip(Skipped(source.name, Obstacle.UNREADABLE, str(error)))
            return
        if job := self._job(source, known):
            self._more.append(job)
        else:
            self._know()

    def _identified(self, source: Source, audited: AuditedReport, done: Done) -> None:
        if done.failure:
            said = f"{audited.status}: {audited.detail}; {done.failure}: {done.detail}"
            self._skip(Skipped(source.name, Obstacle.UNREADABLE, said))
        elif isinstance(done.result, Skipped):
            self._skip(done.result)
        else:
            self._keep(source, codec.record(done.result, audited))

    def _keep(self, source: Source, record: Record) -> None:
        try:
            self.store.keep(source, record, self.edition)
        except UnkeptError as error:  # it costs only itself
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

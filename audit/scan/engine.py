"""Who does the work of a scan: an engine takes jobs and says how each ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from audit import workers
from audit.workers import Done, Job, Limits

# What jobs are going to need, loaded before they begin.
MODULES = ("audit.scan.warm",)


class Engine(Protocol):
    """``limits`` hold for each job wherever it is done; a job that breaks them, or crashes, is
    given up alone."""

    @property
    def limits(self) -> Limits: ...

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """How each job ended, in whatever order they end. Jobs are taken no faster than they are
        done, and a supply that is at an end may have more when something is done."""
        ...


class Local:
    """Processes of this machine, as many at a time as there are ``processes``; with one, reports
    are read one after the other."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self.processes = processes
        self.limits = limits
        workers.prepare(MODULES)

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        return workers.run(jobs, self.processes, self.limits)

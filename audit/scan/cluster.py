"""A Dask cluster, for archives that one machine is too small for.

Each job has a process of its own on the machine that it comes to, with the same limits as anywhere
else: what a report does costs neither the cluster nor the worker. Where a worker is lost, Dask has
another one do its jobs.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any

from audit import workers
from audit.language import Words, message
from audit.model import Status
from audit.scan.engine import MODULES
from audit.workers import Done, Job, Limits

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
PATIENCE = 30  # seconds for a scheduler to answer and for its first worker
AHEAD = 2  # jobs that each thread of the cluster has before it, so that it need not wait

AWAY = message(
    "{address}: no Dask scheduler answers there ({detail}). Check the address, and that "
    "dask scheduler runs."
)
IDLE = message("{address}: the cluster has no workers. Start some: dask worker {address}")
OTHER = message(
    "{address}: a worker there has no granska, or another version ({there}; here {here}). Install "
    "the same one on all machines."
)
LOST = message(
    "{address}: the cluster was lost ({detail}). What was read is kept; the same command goes on."
)


class EngineError(Exception):
    """A cluster that cannot be used; ``said`` tells why and what to do, in a reader's language."""

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence.format(**details))
        self.sentence = sentence
        self.details = details

    def said(self, words: Words) -> str:
        return words.say(self.sentence, **self.details)


class Cluster:
    """The cluster whose scheduler is at ``address``, or one of ``processes`` on this machine, for
    as long as the block lasts, where that is LOCAL. All its workers must run ``program``.

    Raises EngineError.
    """

    def __init__(self, address: str, processes: int, limits: Limits, program: str) -> None:
        self.address, self.limits = address, limits
        self._processes, self._program = processes, program
        self._opened = ExitStack()

    def __enter__(self) -> Cluster:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra, and heavy
        from distributed.comm import get_address_host_port  # noqa: PLC0415

        for name in ("distributed", "distributed.client"):  # the scan tells it in words
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with ExitStack() as opened:
            where: Any = self.address
            if self.address == LOCAL:
                with _deaf():
                    where = LocalCluster(
                        n_workers=self._processes,
                        threads_per_worker=1,
                        memory_limit=None,
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                    )
                opened.enter_context(where)
            try:
                if where is self.address:
                    get_address_host_port(where)  # of a wrong one Client would leave threads behind
                self._client: Client = opened.enter_context(Client(where, timeout=PATIENCE))
            except (OSError, ValueError) as error:
                raise EngineError(AWAY, address=self.address, detail=error) from error
            self._check()
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def _check(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise EngineError(IDLE, address=self.address) from error
        try:
            programs = set(self._client.run(there).values())
        except (ImportError, AttributeError) as error:
            programs = {str(error)}
        if others := programs - {self._program}:
            said = ", ".join(sorted(others))
            raise EngineError(OTHER, address=self.address, there=said, here=self._program)

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        from distributed import as_completed  # noqa: PLC0415

        waiting = iter(jobs)
        running: dict[Any, Job] = {}
        ended = as_completed()

        def fill() -> None:
            threads = sum(self._client.nthreads().values())  # workers come and go
            for job in islice(waiting, max(AHEAD * threads - len(running), 0 if running else 1)):
                future = self._client.submit(apart, job, self.limits, pure=False)
                running[future.key] = job
                ended.add(future)

        fill()
        while running:
            future = next(ended)
            done = self._done(future, running.pop(future.key))
            future.release()
            fill()
            yield done
            if not running:
                fill()

    def _done(self, future: Any, job: Job) -> Done:
        from distributed import KilledWorker  # noqa: PLC0415
        from distributed.client import FutureCancelledError  # noqa: PLC0415

        if future.status == "finished":
            try:
                return Done(job, *future.result())
            except FutureCancelledError as error:  # the scheduler went before its answer was here
                raise EngineError(LOST, address=self.address, detail=str(error)) from error
        if future.status == "error" and isinstance(future.exception(), KilledWorker):
            return Done(job, None, Status.FAILED, workers.KILLED)
        raise EngineError(LOST, address=self.address, detail=future.status)


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that begin meanwhile do not hear Ctrl-C, which a terminal sends to all: whoever has
    begun them ends them, and without a word."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def there() -> str:
    """On a worker: the program that is there."""
    from audit.scan.edition import program  # noqa: PLC0415

    return program()


def apart(job: Job, limits: Limits) -> tuple[Any, Status | None, str]:
    """On a worker: the job in a process of its own. A worker that its nanny has started is a
    daemon, which may have no children; it ends them all the same."""
    multiprocessing.current_process().daemon = False
    workers.prepare(MODULES)  # for the first job of a worker, which may be a new one
    done = workers.alone(job, limits)
    return done.result, done.failure, done.detail

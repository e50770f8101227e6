"""Work in processes of its own, each with a limit of time and of memory.

What is worked on is hostile: what hangs, eats memory or crashes a native library costs only itself.
So each process has one job at a time, and a pipe of its own, so that one that dies in mid-sentence
garbles nobody else's; it has a folder of its own for temporary files, and leads a process group, so
that what it leaves and whom it has started go with it. It is ended with the job that it fails at,
and after JOBS in any case, with whatever the libraries have left lying about in memory. New ones
fork from a server that has loaded the heavy modules once; where there is no such server (Windows),
each process loads them anew.
"""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import pickle
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

from audit.model import Status

MEGABYTE = 1024**2
MEMORY = 4 * 1024 * MEGABYTE  # bytes of address space
PROGRAM = "audit.cli"  # what the main module loads, which multiprocessing runs anew in each process
SERVED = "forkserver" in multiprocessing.get_all_start_methods()
GROUPED = hasattr(os, "killpg")  # not on Windows
KILLED = "worker ended with SIGKILL"  # by the system for want of memory, or by somebody
DAY = 86400.0  # seconds; no system call waits for ever
GRACE = 5.0  # seconds for a process to end after its last word
JOBS = 50  # that one process does: a new one begins with nothing worked out, and costs two reports


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use: ``timeout`` in seconds, ``memory`` in bytes of address space, of
    which the program itself takes some 750 MB."""

    timeout: float
    memory: int = MEMORY


@dataclass(frozen=True, slots=True)
class Job:
    """A call of a module's function with plain values. ``key`` is what the asker knows it by."""

    key: Any
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ended: with a ``result`` and no ``failure``, or given up with the status and the
    detail that say why."""

    job: Job
    result: Any = None
    failure: Status | None = None
    detail: str = ""


@dataclass(slots=True)
class _Worker:
    """A process, this end of its pipe, where its temporary files are, and how many jobs it may
    still be given."""

    process: BaseProcess
    pipe: Connection
    scratch: Path
    left: int = JOBS

    @property
    def at_its_first(self) -> bool:
        return self.left == JOBS - 1


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    worker: _Worker
    deadline: float


def prepare(modules: Sequence[str]) -> None:
    """Start loading what jobs will need, without waiting for it. The first call decides."""
    if SERVED:
        from multiprocessing import forkserver  # noqa: PLC0415 - not on Windows

        forkserver.set_forkserver_preload([PROGRAM, *modules])
        forkserver.ensure_running()


def run(jobs: Iterable[Job], workers: int, limits: Limits) -> Iterator[Done]:
    """Do the jobs, ``workers`` at a time, in whatever order they end.

    A job is taken from ``jobs`` when a worker is free for it, so that an endless supply takes no
    room; a supply that is at an end may have more when something is done. One that fails in a
    process that has done others is done again in a new one: it pays for nothing that they left.
    """
    waiting = iter(jobs)
    running: list[_Running] = []
    idle: list[_Worker] = []

    def fill() -> None:
        for job in islice(waiting, workers - len(running)):
            running.append(_given(job, idle.pop() if idle else _hired(limits), limits))

    fill()
    try:
        while running:
            for one in _finished(running):
                running.remove(one)
                done = _result(one, limits)
                if done.failure is None and one.worker.left:
                    idle.append(one.worker)
                else:
                    _dismiss(one.worker)
                if done.failure not in {None, Status.TIMEOUT} and not one.worker.at_its_first:
                    running.append(_given(one.job, _hired(limits), limits))
                    continue
                fill()  # so that nobody idles while the asker makes use of what is done
                yield done
            fill()
    finally:
        for worker in (*idle, *(one.worker for one in running)):
            _dismiss(worker)


def alone(job: Job, limits: Limits) -> Done:
    """The one job, done."""
    (done,) = run([job], 1, limits)
    return done


def _hired(limits: Limits) -> _Worker:
    pipe, other = multiprocessing.Pipe()
    scratch = Path(tempfile.gettempdir(), f"granska-{uuid4().hex}")
    process = _process(other, limits, scratch)
    process.start()
    other.close()
    return _Worker(process, pipe, scratch)


def _process(pipe: Connection, limits: Limits, scratch: Path) -> BaseProcess:
    given = (pipe, limits, scratch)
    if SERVED:
        server = multiprocessing.get_context("forkserver")
        return server.Process(target=_serve, args=given, daemon=True)
    spawn = multiprocessing.get_context("spawn")
    return spawn.Process(target=_serve, args=given, daemon=True)


def _given(job: Job, worker: _Worker, limits: Limits) -> _Running:
    """The job in the hands of ``worker``, or of a new one where that has died as it waited."""
    if worker.left < JOBS and worker.pipe.poll():  # it says nothing unasked, but that it has ended
        _dismiss(worker)
        worker = _hired(limits)
    worker.left -= 1
    deadline = time.monotonic() + limits.timeout
    with suppress(BrokenPipeError, ConnectionResetError):  # told when it is asked for its answer
        worker.pipe.send((job.work, job.arguments))
    return _Running(job, worker, deadline)


def _dismiss(worker: _Worker) -> None:
    worker.pipe.close()
    _kill(worker.process)
    worker.process.join()
    shutil.rmtree(worker.scratch, ignore_errors=True)


def _kill(process: BaseProcess) -> None:
    """The process, and those that it has started."""
    if GROUPED and process.is_alive():
        with suppress(ProcessLookupError):  # it leads no group yet
            os.killpg(process.pid or 0, signal.SIGKILL)
    process.kill()


def _serve(pipe: Connection, limits: Limits, scratch: Path) -> None:
    """In the process: answer each job with what it gives, until one of them fails."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and decides
    if GROUPED:
        os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, args=(scratch,), daemon=True).start()
    _hush()
    with suppress(OSError):  # where there is no room, the job that needs some is told
        scratch.mkdir(mode=0o700)
        tempfile.tempdir = str(scratch)
    failed = False
    while not failed:
        _limit(limits)
        work, arguments = pipe.recv()
        outcome = _outcome(work, arguments, limits)
        failed = outcome[1] is not None
        pipe.send(outcome)


def _outcome(
    work: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits
) -> tuple[bytes | None, Status | None, str]:
    """What ``work`` gives, pickled here where running out of memory is noticed; or why not."""
    try:
        return pickle.dumps(work(*arguments)), None, ""
    except MemoryError:
        status, detail = Status.TOO_LARGE, ""
    except Exception as error:  # noqa: BLE001 - the process ends here, and its parent is told why
        short = isinstance(error, OSError) and error.errno == errno.ENOMEM
        status = Status.TOO_LARGE if short else Status.FAILED
        detail = f"{type(error).__name__}: {error}"
    return None, status, f"{limits.memory // MEGABYTE}" if status is Status.TOO_LARGE else detail


def _end_with_parent(scratch: Path) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(scratch, ignore_errors=True)
        if GROUPED:
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _hush() -> None:
    """Nothing that a native library says on its end stains what the parent prints."""
    sys.stdout = sys.stderr = io.StringIO()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _limit(limits: Limits) -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    # Only a process that its parent has left behind lives to use all processors for so long.
    seconds = int(spent + min(limits.timeout * (os.cpu_count() or 1) + 1, DAY))
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError):  # a lower limit holds already
            resource.setrlimit(kind, (most, hard))


def _finished(running: Sequence[_Running]) -> list[_Running]:
    """Those that have answered, died or passed their deadline; waits until there is one."""
    first = min(one.deadline for one in running)
    patience = min(max(0.0, first - time.monotonic()), DAY)
    ready = wait([one.worker.pipe for one in running], patience)
    now = time.monotonic()
    return [one for one in running if one.worker.pipe in ready or now >= one.deadline]


def _result(one: _Running, limits: Limits) -> Done:
    pipe, process = one.worker.pipe, one.worker.process
    try:
        if not pipe.poll():
            return Done(one.job, None, Status.TIMEOUT, f"{limits.timeout:g}")
        made, failure, detail = pipe.recv()
        return Done(one.job, pickle.loads(made) if made else None, failure, detail)
    except (EOFError, OSError):  # it died, before its answer or in the middle of it
        process.join(GRACE)
        return Done(one.job, None, Status.FAILED, _end(process.exitcode, limits))


def _end(code: int | None, limits: Limits) -> str:
    """How a process ended, by the name of the signal where that is known. Native libraries that get
    no more memory crash, so that a crash is told with how much there was."""
    said = f"worker ended with {code}"
    if code is not None and code < 0:
        with suppress(ValueError):
            said = f"worker ended with {signal.Signals(-code).name}"
    crashed = code is not None and code < 0 and said != KILLED
    return f"{said} within {limits.memory // MEGABYTE} MB" if crashed else said


def memory_of(crash: str) -> int | None:
    """The limit in MB that a crash happened within, by its detail; None for another end."""
    found = re.fullmatch(r"worker ended with .* within (\d+) MB", crash)
    return int(found[1]) if found else None

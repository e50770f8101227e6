"""Reports audited in worker processes, each with a limit of time and memory.

A PDF is hostile input: what hangs, eats memory or crashes a native library costs only itself.
"""

from __future__ import annotations

import io
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence, Sized
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from audit.model import AuditedReport, Rule, Status

MEMORY = 4 * 1024**3  # bytes of address space for one worker


@dataclass(frozen=True, slots=True)
class _Job:
    index: int
    path: Path
    process: SpawnProcess
    answer: Connection
    deadline: float


def run(
    paths: Sequence[Path],
    rules: Sequence[Rule],
    pages: Collection[int] | None,
    jobs: int,
    timeout: float,
) -> Iterator[AuditedReport]:
    """Audit every path, ``jobs`` at a time, and yield the reports in the order of ``paths``.

    The first workers start at once, before anyone asks for a report. A report that takes longer
    than ``timeout`` seconds, or more than MEMORY, is given up with the status that says so.
    """
    waiting = deque(enumerate(paths))

    def started() -> _Job:
        index, path = waiting.popleft()
        return _started(index, path, rules, pages, timeout)

    first = [started() for _ in range(min(jobs, len(waiting)))]
    return _results(first, waiting, started, timeout)


def _results(
    running: list[_Job], waiting: Sized, started: Callable[[], _Job], timeout: float
) -> Iterator[AuditedReport]:
    done: dict[int, AuditedReport] = {}
    following = 0
    try:
        while running:
            for job in _finished(running):
                running.remove(job)
                if waiting:
                    running.append(started())
                done[job.index] = _result(job, timeout)
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        for job in running:
            job.process.kill()


def _started(
    index: int,
    path: Path,
    rules: Sequence[Rule],
    pages: Collection[int] | None,
    timeout: float,
) -> _Job:
    context = multiprocessing.get_context("spawn")
    answer, question = context.Pipe(duplex=False)
    arguments = (question, path, tuple(rules), pages)
    process = context.Process(target=_work, args=arguments, daemon=True)
    process.start()
    question.close()
    return _Job(index, path, process, answer, time.monotonic() + timeout)


def _work(
    answer: Connection, path: Path, rules: Sequence[Rule], pages: Collection[int] | None
) -> None:
    _limit_memory()
    sys.stderr = io.StringIO()  # what ends a worker is told by its parent, in words
    from audit.pipeline import audit  # noqa: PLC0415 - heavy, and only workers need it

    try:
        answer.send(audit(path, rules, pages))
    except MemoryError:
        answer.send(AuditedReport(str(path), Status.TOO_LARGE, None))
    finally:
        answer.close()


def apart(
    work: Callable[..., bytes], arguments: tuple[object, ...], timeout: float
) -> bytes | None:
    """What ``work`` makes of ``arguments`` in a process of its own, with the limits of a report's;
    None where it fails, or takes longer than ``timeout`` seconds."""
    context = multiprocessing.get_context("spawn")
    answer, question = context.Pipe(duplex=False)
    process = context.Process(target=_work_apart, args=(question, work, arguments), daemon=True)
    process.start()
    question.close()
    try:
        made: bytes | None = answer.recv() if answer.poll(timeout) else None
    except EOFError:
        made = None
    finally:
        answer.close()
        process.kill()
        process.join()
    return made


def _work_apart(
    answer: Connection, work: Callable[..., bytes], arguments: tuple[object, ...]
) -> None:
    _limit_memory()
    sys.stderr = io.StringIO()  # what ends a worker is told by its parent, in words
    answer.send(work(*arguments))
    answer.close()


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _finished(running: Sequence[_Job]) -> list[_Job]:
    """Jobs that have answered, died or passed their deadline; waits until there is one."""
    first = min(job.deadline for job in running)
    ready = wait([job.answer for job in running], max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [job for job in running if job.answer in ready or now >= job.deadline]


def _result(job: _Job, timeout: float) -> AuditedReport:
    try:
        if job.answer.poll():
            report: AuditedReport = job.answer.recv()
            job.process.join()
            return report
    except EOFError:
        job.process.join()
        code = job.process.exitcode
        return AuditedReport(str(job.path), Status.FAILED, None, detail=f"worker ended with {code}")
    finally:
        job.answer.close()
        if job.process.is_alive():
            job.process.kill()
            job.process.join()
    return AuditedReport(str(job.path), Status.TIMEOUT, None, detail=f"{timeout:g}")

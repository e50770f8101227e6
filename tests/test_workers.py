"""What one job does costs only itself: crashes, memory, endless loops, deserted workers."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from audit.model import Status
from audit.workers import JOBS, Done, Job, Limits, alone, run

LIMITS = Limits(timeout=60, memory=1024**3)


def echo(value: int) -> int:
    return value


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def read_nowhere() -> None:
    ctypes.string_at(0)


def loop() -> None:
    while True:
        pass


def match_forever() -> None:
    re.match(r"(a+)+$", "a" * 40 + "b")  # holds the interpreter's lock and hears no signal


def eat() -> None:
    bytearray(4 * 1024**3)


def eat_in_bites() -> list[bytearray]:
    return [bytearray(64 * 1024**2) for _ in count()]


def leave_half_an_answer() -> None:
    """Dies in the middle of what it says, as one does whom the kernel ends for its memory."""
    (answer,) = (one for one in gc.get_objects() if isinstance(one, Connection) and one.writable)
    os.write(answer.fileno(), b"\x00\x10\x00\x00half")
    os._exit(0)


def unspeakable() -> Callable[[], None]:
    return lambda: None


def jobs(*works: Callable[..., object]) -> Iterator[Job]:
    return (Job(work.__name__, work, ()) for work in works)


@pytest.mark.parametrize(
    ("work", "failure", "detail"),
    [
        (os.abort, Status.FAILED, "worker ended with SIGABRT within 1024 MB"),
        (read_nowhere, Status.FAILED, "worker ended with SIGSEGV within 1024 MB"),
        (kill_itself, Status.FAILED, "worker ended with SIGKILL"),
        (leave_half_an_answer, Status.FAILED, "worker ended with 0"),
        (unspeakable, Status.FAILED, "local object"),
        (eat, Status.TOO_LARGE, "1024"),
        (eat_in_bites, Status.TOO_LARGE, "1024"),
    ],
)
def test_what_ends_a_job_costs_only_itself(
    work: Callable[..., object], failure: Status, detail: str, capfd: pytest.CaptureFixture[str]
) -> None:
    todo = [Job(0, echo, (7,)), Job(1, work, ()), Job(2, echo, (8,))]
    done = {one.job.key: one for one in run(todo, 2, LIMITS)}
    assert [done[0].result, done[2].result] == [7, 8]
    assert done[1].failure is failure
    assert detail in done[1].detail
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("work", [loop, match_forever])
def test_a_job_that_never_ends_is_ended(work: Callable[..., object]) -> None:
    todo = [Job(0, work, ()), *(Job(number, echo, (number,)) for number in range(1, 5))]
    done = {one.job.key: one for one in run(todo, 2, Limits(timeout=3))}
    assert (done[0].failure, done[0].detail) == (Status.TIMEOUT, "3")
    assert [done[number].result for number in range(1, 5)] == [1, 2, 3, 4]


def test_jobs_are_taken_when_there_is_a_worker_for_them() -> None:
    taken: list[int] = []

    def supply() -> Iterator[Job]:
        for number in count():
            taken.append(number)
            yield Job(number, echo, (number,))

    running = run(supply(), 2, LIMITS)
    for ended in range(1, 6):
        next(running)
        assert len(taken) <= ended + 2
    running.close()


class Supply:
    """Jobs that may be at an end, and then have more."""

    def __init__(self, todo: list[Job]) -> None:
        self.todo = todo

    def __iter__(self) -> Iterator[Job]:
        return self

    def __next__(self) -> Job:
        if not self.todo:
            raise StopIteration
        return self.todo.pop()


def test_a_job_may_bring_about_another() -> None:
    todo = [Job(3, echo, (3,))]

    seen: list[Done] = []
    for done in run(Supply(todo), 2, LIMITS):
        seen.append(done)
        if done.result:
            todo.append(Job(done.result - 1, echo, (done.result - 1,)))
    assert [one.result for one in seen] == [3, 2, 1, 0]


def test_there_may_be_no_limit_of_time() -> None:
    assert alone(Job(0, echo, (7,)), Limits(timeout=float("inf"))).result == 7


def test_a_process_does_many_jobs_and_is_replaced() -> None:
    todo = [Job(number, os.getpid, ()) for number in range(2 * JOBS + 1)]
    assert len({one.result for one in run(todo, 1, LIMITS)}) == 3


def test_no_job_comes_after_one_that_failed_in_its_process() -> None:
    todo = [Job(0, os.getpid, ()), Job(1, unspeakable, ()), Job(2, os.getpid, ())]
    first, _, last = run(todo, 1, LIMITS)
    assert first.result != last.result


def before(work: Callable[..., object], number: int) -> Iterator[Job]:
    """So many jobs in one process, then ``work``, and one more job."""
    yield from (Job(one, os.getpid, ()) for one in range(number))
    yield Job("last", work, ())
    yield Job("after", os.getpid, ())


@pytest.mark.parametrize(
    ("work", "limits", "failure", "detail"),
    [
        (eat_in_bites, LIMITS, Status.TOO_LARGE, "1024"),
        (match_forever, Limits(timeout=3), Status.TIMEOUT, "3"),
    ],
)
def test_the_limits_hold_for_a_late_job_too(
    work: Callable[..., object], limits: Limits, failure: Status, detail: str
) -> None:
    *early, last, after = run(before(work, 29), 1, limits)
    assert len({one.result for one in early}) == 1
    assert (last.job.key, last.failure, last.detail) == ("last", failure, detail)
    assert after.failure is None
    assert after.result != early[0].result


def processor_time_left() -> float:
    spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    return resource.getrlimit(resource.RLIMIT_CPU)[0] - spent


def test_a_late_job_has_as_much_processor_time_as_an_early_one() -> None:
    """It is a limit of the process, which counts what all its jobs have used."""
    todo = [Job(number, processor_time_left, ()) for number in range(15)]
    left = [one.result for one in run(todo, 1, Limits(10))]
    assert min(left) >= 10 * (os.cpu_count() or 1)


HELD: list[bytearray] = []


def hold() -> int:
    """What a library does that forgets nothing."""
    HELD.append(bytearray(200 * 1024**2))
    return len(HELD)


def test_no_job_pays_for_what_others_have_left_in_memory() -> None:
    done = list(run([Job(number, hold, ()) for number in range(8)], 1, LIMITS))
    assert {one.failure for one in done} == {None}
    assert max(one.result for one in done) < 8, "or nothing was short"


def leave_files_and_a_child(told: str) -> None:
    tempfile.mkdtemp()
    child = subprocess.Popen(["sleep", "600"])
    Path(told).write_text(f"{child.pid} {tempfile.gettempdir()}", "utf-8")
    child.wait()


def test_what_a_job_has_started_and_written_goes_with_it(tmp_path: Path) -> None:
    told = tmp_path / "told"
    done = alone(Job(0, leave_files_and_a_child, (str(told),)), Limits(2))
    assert done.failure is Status.TIMEOUT
    child, folder = told.read_text("utf-8").split()
    assert folder != tempfile.gettempdir()
    assert not Path(folder).exists()
    until(lambda: not alive(int(child)))


def test_a_worker_that_dies_while_it_waits_is_replaced() -> None:
    todo = [Job(0, os.getpid, ())]
    running = run(Supply(todo), 1, LIMITS)
    waiting = next(running).result
    os.kill(waiting, signal.SIGKILL)
    until(lambda: not alive(waiting))
    todo.append(Job(1, os.getpid, ()))
    last = next(running)
    assert last.failure is None
    assert last.result != waiting


def test_a_large_answer_comes_whole() -> None:
    assert alone(Job(0, bytes, (50_000_000,)), LIMITS).result == bytes(50_000_000)


DESERTED = """
import sys, time
from audit.workers import Job, Limits, run
from tests.test_workers import leave_files_and_a_child
next(run([Job(0, leave_files_and_a_child, (sys.argv[1],))], 1, Limits(600)))
"""


def test_nothing_of_a_job_outlives_the_parent(tmp_path: Path) -> None:
    told = tmp_path / "told"
    parent = subprocess.Popen(
        [sys.executable, "-c", DESERTED, str(told)], cwd=Path(__file__).parents[1]
    )
    until(lambda: told.exists() and told.read_text("utf-8"))
    parent.kill()
    parent.wait()
    child, folder = told.read_text("utf-8").split()
    until(lambda: not alive(int(child)))
    until(lambda: not Path(folder).exists())


def alive(pid: int) -> bool:
    """A process is dead, and its pipes shut, when the last of its threads is."""
    try:
        said = Path(f"/proc/{pid}/status").read_text("utf-8")
    except FileNotFoundError:
        return False
    return "State:\tZ" not in said or "Threads:\t1\n" not in said


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)

"""A Dask cluster of processes on this machine: the same results, limits, and lost workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from audit.model import Status
from audit.scan.cluster import AWAY, IDLE, LOST, OTHER, Cluster, EngineError
from audit.scan.edition import program
from audit.workers import Done, Job, Limits
from tests.scan.archives import LIMITS, archive, rows, scanned
from tests.scan.hostile import crash, eat, loop


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("archive"), "2021")


@pytest.fixture(scope="module")
def undisturbed(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    kept = tmp_path_factory.mktemp("store") / "granska.db"
    scanned(place, kept)
    return rows(kept)


@pytest.fixture(scope="module")
def running() -> Iterator[LocalCluster]:
    """A cluster as its users start it: each worker has a nanny, of whom it is a daemon."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=60
    ) as cluster:
        yield cluster


@pytest.fixture
def engine(running: LocalCluster) -> Iterator[Cluster]:
    with Cluster(running.scheduler_address, 2, LIMITS, program()) as engine:
        yield engine


class Losing:
    """An engine that loses a worker when ``after`` jobs are done."""

    def __init__(self, engine: Cluster, running: LocalCluster, after: int) -> None:
        self.engine, self.running, self.after = engine, running, after
        self.limits = engine.limits
        self.lost: list[int] = []

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for number, done in enumerate(self.engine.run(jobs), 1):
            if number == self.after:
                worker = self.running.workers[0].pid
                os.kill(worker, signal.SIGKILL)
                self.lost.append(worker)
            yield done


def test_a_worker_is_killed_in_mid_scan(
    place: Path,
    engine: Cluster,
    running: LocalCluster,
    tmp_path: Path,
    undisturbed: dict[str, Any],
) -> None:
    losing = Losing(engine, running, after=3)
    read = scanned(place, tmp_path / "granska.db", losing).reading
    assert losing.lost
    assert read.done == read.total
    assert rows(tmp_path / "granska.db") == undisturbed


def test_limits_hold_and_workers_live(engine: Cluster, running: LocalCluster) -> None:
    before = {worker.pid for worker in running.workers.values()}
    engine.limits = Limits(timeout=4, memory=1024**3)
    jobs = [Job(work.__name__, work, ()) for work in (loop, eat, crash, os.getpid)]
    done = {one.job.key: one for one in engine.run(jobs)}
    assert {key: (one.failure, one.detail) for key, one in done.items()} == {
        "loop": (Status.TIMEOUT, "4"),
        "eat": (Status.TOO_LARGE, "1024"),
        "crash": (Status.FAILED, "worker ended with SIGABRT within 1024 MB"),
        "getpid": (None, ""),
    }
    assert done["getpid"].result not in before
    assert {worker.pid for worker in running.workers.values()} == before


def test_jobs_are_taken_no_faster_than_they_are_done(engine: Cluster) -> None:
    taken: list[int] = []

    def supply() -> Iterator[Job]:
        for number in range(40):
            taken.append(number)
            yield Job(number, abs, (number,))

    for ended, _ in enumerate(engine.run(supply()), 1):
        assert len(taken) <= ended + 4  # two threads, two jobs each
    assert ended == 40


def test_a_cluster_of_its_own(place: Path, tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    with Cluster("local", 2, LIMITS, program()) as engine:
        scanned(place, tmp_path / "granska.db", engine)
    assert rows(tmp_path / "granska.db") == undisturbed


def test_another_version_on_a_worker(running: LocalCluster) -> None:
    with pytest.raises(EngineError) as caught, Cluster(running.scheduler_address, 2, LIMITS, "9.9"):
        pass
    assert caught.value.sentence == OTHER


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://a:b"])
def test_no_scheduler(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.scan.cluster.PATIENCE", 1)
    with pytest.raises(EngineError) as caught, Cluster(address, 2, LIMITS, program()):
        pass
    assert caught.value.sentence == AWAY


def test_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.scan.cluster.PATIENCE", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=60) as cluster,
        pytest.raises(EngineError) as caught,
        Cluster(cluster.scheduler_address, 2, LIMITS, program()),
    ):
        pass
    assert caught.value.sentence == IDLE


def test_the_scheduler_is_lost(
    place: Path, tmp_path: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """A cluster that its users have started by hand; what was kept until then is kept."""
    with by_hand(tmp_path) as (scheduler, address):
        with (
            pytest.raises(EngineError) as caught,
            Cluster(address, 2, LIMITS, program()) as engine,
        ):
            scanned(place, tmp_path / "granska.db", Ending(engine, scheduler, after=3))
        assert caught.value.sentence == LOST
    assert "Traceback" not in capfd.readouterr().err
    kept = rows(tmp_path / "granska.db")["reports"]
    assert 3 <= len(kept) < len(undisturbed["reports"])
    scanned(place, tmp_path / "granska.db")
    assert rows(tmp_path / "granska.db") == undisturbed


class Ending:
    """An engine whose scheduler ends when ``after`` jobs are done."""

    def __init__(self, engine: Cluster, scheduler: subprocess.Popen[bytes], after: int) -> None:
        self.engine, self.scheduler, self.after = engine, scheduler, after
        self.limits = engine.limits

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for number, done in enumerate(self.engine.run(jobs), 1):
            yield done
            if number == self.after:
                self.scheduler.kill()
                self.scheduler.wait()


@contextmanager
def by_hand(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """``dask scheduler`` and ``dask worker``, and the scheduler's address."""
    told = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(module: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, "--no-dashboard"]
        silent = subprocess.DEVNULL
        started.append(subprocess.Popen(command, stdout=silent, stderr=silent))
        return started[-1]

    try:
        scheduler = start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)
        )
        while not (told.exists() and told.read_text("utf-8")):
            assert scheduler.poll() is None
            time.sleep(0.05)
        address = json.loads(told.read_text("utf-8"))["address"]
        start("dask_worker", address, "--nthreads", "2", "--local-directory", str(folder))
        yield scheduler, address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()

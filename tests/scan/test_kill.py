"""A scan may end at any moment, and two may run at once: nothing is lost, nothing is double."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests import postgres
from tests.scan.archives import archive, rows, scanned


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("archive"), "2021", "2022")


@pytest.fixture(scope="module")
def undisturbed(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the store holds after a scan that nobody disturbed, but for the keys of the archive."""
    kept = tmp_path_factory.mktemp("store") / "granska.db"
    scanned(place, kept)
    return dict(rows(kept))


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    installed = postgres.programs()
    if installed is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running(installed) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/granska.db"
    server: postgres.Server = request.getfixturevalue("server")
    return server.database("kill" if "kill" in request.node.name else "twice")


def start(place: Path, kept: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "audit", "scan", str(place), "--store", kept, "--lang", "en"]
    with heard():
        return subprocess.Popen(
            [*command, "--jobs", "2", "--quiet", "--fail-on", "never", *options],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@contextmanager
def heard() -> Iterator[None]:
    """Tests that run in a shell's background ignore Ctrl-C; what they start meanwhile does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end(scan: subprocess.Popen[str], how: signal.Signals) -> None:
    """The scan and the server that its workers fork from, at once; the workers follow."""
    os.killpg(scan.pid, how)
    scan.communicate()


def reports(kept: str) -> int:
    """How many are kept so far."""
    engine = create_engine(kept)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM reports")).scalar_one())
    except DBAPIError:  # no table yet
        return 0
    finally:
        engine.dispose()


def until(kept: str, more_than: int, scan: subprocess.Popen[str]) -> None:
    while reports(kept) <= more_than and scan.poll() is None:
        time.sleep(0.005)


def test_kill_at_any_moment(place: Path, kept: str, undisturbed: dict[str, object]) -> None:
    moments = random.Random(5)
    before = 0
    for round_ in range(3):
        scan = start(place, kept)
        if round_:  # the first one dies while it starts, or soon after
            until(kept, before, scan)
        time.sleep(moments.uniform(0, 1.0 if not round_ else 0.05))
        end(scan, signal.SIGKILL)
        assert scan.returncode == -signal.SIGKILL, "it was still at it"
        assert reports(kept) >= before, "nothing that was kept is lost"
        before = reports(kept)
    last = start(place, kept)
    _, said = last.communicate()
    assert (last.returncode, said) == (0, "")
    assert rows(kept) == undisturbed


def test_twice_at_once(place: Path, kept: str, undisturbed: dict[str, object]) -> None:
    scans = [start(place, kept) for _ in range(2)]
    for scan in scans:
        _, said = scan.communicate()
        assert (scan.returncode, said) == (0, "")
    assert rows(kept) == undisturbed


@pytest.mark.parametrize("options", [(), ("--dask", "local")], ids=["pool", "dask"])
def test_ctrl_c(
    place: Path, tmp_path: Path, undisturbed: dict[str, object], options: tuple[str, ...]
) -> None:
    kept = f"sqlite:///{tmp_path}/granska.db"
    scan = start(place, kept, *options)
    until(kept, 2, scan)
    os.killpg(scan.pid, signal.SIGINT)  # as a terminal sends it
    _, said = scan.communicate()
    assert scan.returncode == 130
    assert said == "Stopped. What was read is kept; the same command goes on from there.\n"
    assert 2 < reports(kept) < len(list(place.rglob("*.pdf")))
    scanned(place, f"{tmp_path}/granska.db")
    assert rows(kept) == undisturbed

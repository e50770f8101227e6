"""A PostgreSQL of the tests' own: in a folder of its own, reached by a socket there."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

# Nothing here must survive a power cut.
QUICK = "-c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c listen_addresses=''"


@dataclass(frozen=True)
class Server:
    programs: Path  # the folder of initdb and pg_ctl
    home: Path
    uid: int

    def address(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://granska@/{database}?host={self.home}"

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        address = f"host={self.home} user=granska dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.address(name)

    def make(self) -> None:
        self._run("initdb", "-D", str(self._data), "-U", "granska", "--auth=trust", "--no-sync",
                  "--encoding=UTF8", "--no-locale")  # fmt: skip

    def start(self) -> None:
        options = f"{QUICK} -k {self.home}"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.home / "log"),
                  "-o", options, "start")  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    @property
    def _data(self) -> Path:
        return self.home / "data"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            check=True,
            user=self.uid,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def programs() -> Path | None:
    """Where PostgreSQL's server is installed; the newest where there are several."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running(installed: Path) -> Iterator[Server]:
    """A server that runs until the end, under another user where this one is root, which
    PostgreSQL refuses."""
    home = Path(tempfile.mkdtemp(prefix="granska-pg-"))  # short, as a socket's path must be
    uid = os.getuid() or pwd.getpwnam("nobody").pw_uid
    os.chown(home, uid, -1)
    server = Server(installed, home, uid)
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)

"""An archive in a folder, or in one file, of this machine."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from audit.model import Obstacle, Skipped, Source, SourceError
from audit.scan.sources import names

Identity = tuple[int, int]  # device and number of a folder

_OBSTACLES = {
    errno.ENOENT: Obstacle.MISSING,
    errno.ENOTDIR: Obstacle.MISSING,
    errno.EACCES: Obstacle.FORBIDDEN,
    errno.EPERM: Obstacle.FORBIDDEN,
    errno.ENOSPC: Obstacle.NO_SPACE,
    errno.EDQUOT: Obstacle.NO_SPACE,
}


def files(root: Path) -> Iterator[Source | Skipped]:
    """The PDFs and zips below ``root``, folder by folder in the order of their names; or ``root``
    itself, if it is a file. Raises SourceError where ``root`` is not to be had.

    A link to a folder is followed when all else has been walked, and no folder is walked twice:
    whatever stands in the archive itself goes by its own path.
    """
    here = state(root)
    if not stat.S_ISDIR(here.st_mode):
        yield _file(root.name, here)
        return
    try:
        os.scandir(root).close()
    except OSError as error:
        raise failure(error) from error
    walked = {_identity(here)}
    links: deque[str] = deque()
    yield from _below(root, "", walked, links)
    while links:
        link = links.popleft()
        try:
            identity = _identity(state(root / link))
        except SourceError as error:
            yield Skipped(names.spelled(link), error.obstacle, error.detail)
            continue
        if identity in walked:
            yield Skipped(names.spelled(link), Obstacle.LOOP)
        else:
            walked.add(identity)
            yield from _below(root, link, walked, links)


def _below(
    root: Path, top: str, walked: set[Identity], links: deque[str]
) -> Iterator[Source | Skipped]:
    """What stands below the folder ``top``; links to folders are put aside in ``links``."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            yield _skipped(folder, error)
            continue
        folders = []
        for entry in entries:
            if names.hidden(entry.name):
                continue
            name = f"{folder}/{entry.name}" if folder else entry.name
            is_file = names.suffix(name) in names.READ
            try:
                if not (is_file or entry.is_symlink() or entry.is_dir()):
                    continue
                there = entry.stat()
            except OSError as error:  # a link that leads nowhere, or round and round
                yield _skipped(name, error)
                continue
            if not stat.S_ISDIR(there.st_mode):
                if is_file:
                    yield _file(name, there)
            elif entry.is_symlink():
                links.append(name)
            elif _identity(there) in walked:  # mounted a second time
                yield Skipped(names.spelled(name), Obstacle.LOOP)
            else:
                walked.add(_identity(there))
                folders.append(name)
        waiting += reversed(folders)


def _file(name: str, there: os.stat_result) -> Source | Skipped:
    if not stat.S_ISREG(there.st_mode):
        return Skipped(names.spelled(name), Obstacle.SPECIAL)
    return Source(names.spelled(name), there.st_size, str(there.st_mtime_ns))


def _skipped(name: str, error: OSError) -> Skipped:
    reason = failure(error)
    return Skipped(names.spelled(name), reason.obstacle, reason.detail)


def _identity(there: os.stat_result) -> Identity:
    return there.st_dev, there.st_ino


def path(root: Path, name: str) -> Path:
    """Where the file stands that ``files(root)`` calls ``name`` (spelled)."""
    return (root if root.is_dir() else root.parent) / names.original(name)


@contextmanager
def opened(root: Path, name: str) -> Iterator[IO[bytes]]:
    """The file's bytes. Raises SourceError, also while they are read, and for what is no regular
    file."""
    where = path(root, name)
    if not stat.S_ISREG(state(where).st_mode):  # opening a pipe would wait for its writer
        raise SourceError(Obstacle.SPECIAL)
    try:
        with where.open("rb") as file:
            yield file
    except OSError as error:
        raise failure(error) from error


@contextmanager
def unchanged(where: Path) -> Iterator[None]:
    """Raises SourceError after the block if the file changed, or went, while it ran."""
    before = state(where)
    yield
    after = state(where)
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (
        after.st_size,
        after.st_mtime_ns,
        after.st_ino,
    ):
        raise SourceError(Obstacle.CHANGED)


def state(where: Path) -> os.stat_result:
    """Raises SourceError."""
    try:
        return where.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise failure(error) from error


def failure(error: OSError | ValueError) -> SourceError:
    """Why the system refused."""
    if not isinstance(error, OSError):
        return SourceError(Obstacle.UNREADABLE, str(error))
    obstacle = _OBSTACLES.get(error.errno or 0, Obstacle.UNREADABLE)
    said = error.strerror or str(error)
    return SourceError(obstacle, said if obstacle is Obstacle.UNREADABLE else "")

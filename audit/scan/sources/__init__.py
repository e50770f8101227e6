"""Where reports come from: a folder, a zip, one PDF, or a URL that fsspec understands.

``found`` walks, in the process that hands out work; ``fetched`` gets one report, in any process
and for a URL on any machine. Both take plain values and keep nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from audit.model import Obstacle, Skipped, Source, SourceError
from audit.scan.sources import local, names, packed, remote

__all__ = ["fetched", "found", "placed", "title"]


def placed(location: str) -> str:
    """``location`` as every process can find it: a URL as it is, else an absolute path.

    Raises SourceError where there is no such file or folder.
    """
    if remote.is_url(location) and not location.lower().startswith("file://"):
        return location
    path = _path(location).absolute()
    local.state(path)
    return str(path)


def title(location: str) -> str:
    """``location`` to be shown: no password or key of a URL in it."""
    return remote.public(location) if remote.is_url(location) else location


def found(location: str) -> Iterator[Source | Skipped]:
    """Every PDF in the archive at ``location``, zips looked into, and what had to be left out.

    The order is the same each time. Nothing but names is read, and no more than one folder's (one
    zip's) held at a time. Raises SourceError where the archive itself is not to be had.
    """
    files = remote.files(location) if _is_remote(location) else local.files(_path(location))
    for one in files:
        if isinstance(one, Source) and names.suffix(one.name) == names.ZIP:
            yield from _members(location, one.name)
        else:
            yield one


def _members(location: str, name: str) -> Iterator[Source | Skipped]:
    try:
        with _opened(location, name, parts=True) as file:
            yield from packed.members(file, name)
    except SourceError as error:
        yield Skipped(name, error.obstacle, error.detail)


@contextmanager
def fetched(location: str, name: str) -> Iterator[Path]:
    """The report that ``found(location)`` calls ``name``, as a file for as long as the block lasts.

    A file of this machine is that file itself. Raises SourceError: on the way in where it cannot
    be had, on the way out where it changed while it was read.
    """
    file, member = names.parted(name)
    if not member and not _is_remote(location):
        path = local.path(_path(location), file)
        with _opened(location, file, parts=False):
            pass
        with local.unchanged(path):
            yield path
        return
    with ExitStack() as held:
        try:
            scratch = tempfile.TemporaryDirectory(prefix="granska-")
            copy = Path(held.enter_context(scratch), "report.pdf")
            _fetch(location, file, names.original(member), copy)
        except OSError as error:
            raise local.failure(error) from error
        yield copy


def _fetch(location: str, file: str, member: str, copy: Path) -> None:
    with _opened(location, file, parts=bool(member)) as whole:
        if member:
            with packed.opened(whole, member) as content:
                _copy(content, copy)
        else:
            _copy(whole, copy)


def _opened(location: str, name: str, parts: bool) -> AbstractContextManager[IO[bytes]]:
    if _is_remote(location):
        return remote.opened(location, name, parts)
    return local.opened(_path(location), name)


def _copy(content: IO[bytes], path: Path) -> None:
    """Write ``content``, piece by piece. Raises SourceError where it is too large, OSError where
    it does not fit on the disk."""
    size = 0
    with path.open("wb") as file:
        while piece := content.read(remote.CHUNK):
            size += len(piece)
            if size > packed.LARGEST:
                raise SourceError(Obstacle.TOO_LARGE, str(size))
            file.write(piece)


def _is_remote(location: str) -> bool:
    return remote.is_url(location) and not location.lower().startswith("file://")


def _path(location: str) -> Path:
    if location.lower().startswith("file://"):
        return Path(url2pathname(urlsplit(location).path))
    return Path(location)

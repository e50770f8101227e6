"""An archive behind a URL, by whatever protocol fsspec speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from audit.model import Obstacle, Skipped, Source, SourceError
from audit.scan.sources import local, names

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

CHUNK = 4 * 1024**2  # bytes asked of a server at a time
DEEPEST = 64  # folders below one another: a server can make up names for ever
PACKAGES = {
    "http": "aiohttp",
    "https": "aiohttp",
    "s3": "s3fs",
    "s3a": "s3fs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "smb": "smbprotocol",
}
WEB = {"http", "https"}
STAMPS = (
    "etag", "lastmodified", "last-modified", "last_modified", "mtime", "updated", "modify", "sha",
    "created",
)  # fmt: skip
_REFUSALS = {
    401: Obstacle.FORBIDDEN,
    403: Obstacle.FORBIDDEN,
    404: Obstacle.MISSING,
    410: Obstacle.MISSING,
}
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SECRET = re.compile(r"(?<=://)[^/\s@]+@|\?[^\s'\"<>)]*")  # in a URL that an error quotes


def is_url(location: str) -> bool:
    return bool(_URL.match(location))


def public(url: str) -> str:
    """``url`` without what may be secret: user, password, query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def files(url: str) -> Iterator[Source | Skipped]:
    """The PDFs and zips below ``url`` in the order of their names, or what it names itself.

    Raises SourceError where nothing is to be had there.
    """
    system, root = _system(url)
    with _failures():
        system.invalidate_cache()
        here = system.info(root)
        alone = here["type"] == "file" and not _is_page(system, here)
    if alone:
        yield _source(names.spelled(_last(root)), here)
        return
    waiting = [root.rstrip("/")]
    walked = set(waiting)
    while waiting:
        folder = waiting.pop()
        try:
            with _failures():
                entries = sorted(system.ls(folder, detail=True), key=lambda entry: entry["name"])
        except SourceError as error:
            if folder == root.rstrip("/"):
                raise
            yield Skipped(_name(root, folder), error.obstacle, error.detail)
            continue
        folders = []
        for entry in entries:
            where = entry["name"].rstrip("/")
            name = _name(root, where)
            if not where.startswith(_below(root)) or names.hidden(name):
                continue
            if entry["type"] == "directory":
                if where in walked:
                    continue
                walked.add(where)
                if name.count("/") < DEEPEST:
                    folders.append(where)
                else:
                    yield Skipped(name, Obstacle.LOOP)
            elif names.suffix(name) in names.READ:
                yield _known(system, name, entry)
        waiting += reversed(folders)


def _known(system: AbstractFileSystem, name: str, entry: Mapping[str, Any]) -> Source | Skipped:
    """What a listing leaves out is asked for."""
    source = _source(name, entry)
    if source.stamp and entry.get("size") is not None:
        return source
    try:
        with _failures():
            return _source(name, system.info(entry["name"]))
    except SourceError as error:
        return Skipped(name, error.obstacle, error.detail)


def _source(name: str, info: Mapping[str, Any]) -> Source:
    told = {key.lower(): value for key, value in info.items()}
    stamp = next((told[key] for key in STAMPS if told.get(key)), "")
    return Source(name, info.get("size") or 0, str(stamp))


def _is_page(system: AbstractFileSystem, info: Mapping[str, Any]) -> bool:
    """Whether what a web server calls a file is the page that lists a folder."""
    if not WEB & set(_protocols(system)):
        return False
    listed = info.get("mimetype") in {"text/html", None}
    return listed and names.suffix(urlsplit(info["name"]).path) not in names.READ


def _name(root: str, where: str) -> str:
    return names.spelled(where.removeprefix(_below(root)).lstrip("/"))


def _below(root: str) -> str:
    return root.rstrip("/") + "/" if root.strip("/") else root


def _last(root: str) -> str:
    return urlsplit(root).path.rpartition("/")[2] if is_url(root) else root.rpartition("/")[2]


@contextmanager
def opened(url: str, name: str, parts: bool) -> Iterator[IO[bytes]]:
    """The bytes of the file that ``files(url)`` calls ``name``: from the first to the last, or in
    ``parts`` as asked for. Raises SourceError, also while they are read."""
    system, root = _system(url)
    path = names.original(name)
    with _failures():
        # A file alone goes by the last part of its URL, and nothing stands below a file.
        alone = _last(root) == path and (names.suffix(path) in names.READ or system.isfile(root))
        where = root if alone else _below(root) + path
        block = CHUNK
        if WEB & set(_protocols(system)):
            if parts and not _gives_parts(system, where):
                raise SourceError(Obstacle.NO_PARTS)
            block = CHUNK if parts else 0  # one answer, as it comes
        with system.open(where, "rb", block_size=block) as file:
            yield file


def _gives_parts(system: AbstractFileSystem, where: str) -> bool:
    """Whether the web server heeds a range (RFC 9110, 14.2); fsspec takes its word for it."""
    asked = {"Range": "bytes=0-0"}
    with system.open(where, "rb", block_size=0, headers=asked) as file:
        return bool(file.r.status == 206)


def _system(url: str) -> tuple[AbstractFileSystem, str]:
    protocol = url.partition(":")[0].lower()
    package = PACKAGES.get(protocol)
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
    except ImportError as error:
        wanted = " ".join(["'granska[remote]'", *([package] if package else [])])
        raise SourceError(Obstacle.NOT_INSTALLED, f"pip install {wanted}") from error
    try:
        with _failures():
            system, root = url_to_fs(url)
    except SourceError as error:
        if isinstance(error.__cause__, ImportError):
            wanted = f"pip install {package}" if package else str(error.__cause__)
            raise SourceError(Obstacle.NOT_INSTALLED, wanted) from error
        if isinstance(error.__cause__, ValueError) and protocol not in _known_protocols():
            raise SourceError(Obstacle.PROTOCOL, protocol) from error
        raise
    return system, root


def _known_protocols() -> list[str]:
    from fsspec import available_protocols  # noqa: PLC0415 - an extra

    return list(available_protocols())


def _protocols(system: AbstractFileSystem) -> tuple[str, ...]:
    spoken = system.protocol
    return (spoken,) if isinstance(spoken, str) else tuple(spoken)


@contextmanager
def _failures() -> Iterator[None]:
    """Whatever goes wrong inside as a SourceError: each protocol's library raises errors of its
    own, and fsspec has no class for them all."""
    try:
        yield
    except (SourceError, MemoryError):
        raise
    except Exception as error:
        raise _failure(error) from error


def _failure(error: Exception) -> SourceError:
    told = _refusal(error)
    return SourceError(told.obstacle, _SECRET.sub("", told.detail))


def _refusal(error: Exception) -> SourceError:
    # fsspec tells of everything that HTTP refuses as a file that is missing
    answer = error.__cause__ if isinstance(error, FileNotFoundError) else None
    refused = _REFUSALS.get(getattr(answer, "status", None) or 0)
    if refused:
        return SourceError(refused)
    if isinstance(answer, Exception):
        return SourceError(Obstacle.UNREADABLE, str(answer))
    if isinstance(error, FileNotFoundError):  # often without a number
        return SourceError(Obstacle.MISSING)
    if isinstance(error, PermissionError):
        return SourceError(Obstacle.FORBIDDEN)
    if isinstance(error, OSError) and error.errno:
        return local.failure(error)
    return SourceError(Obstacle.UNREADABLE, str(error) or type(error).__name__)

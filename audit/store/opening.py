"""From a location to a database that is there, is a store, and is up to date."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from audit.store import errors
from audit.store.errors import StoreError
from audit.store.schema import APPLICATION, VERSIONS, metadata

MIGRATIONS = Path(__file__).with_name("migrations")
STEPS = frozenset(path.stem for path in (MIGRATIONS / "versions").glob("v*.py"))
HEAD = max(STEPS)  # where the tables of this version are
PATIENCE = 60.0  # seconds to wait for another scan to finish its writing
AGAIN = 0.02  # seconds until what SQLite refused without waiting is tried again
LOCK = int.from_bytes(b"grsk")  # PostgreSQL's advisory lock that one migration at a time takes
READING = "reading"  # the execution option of a transaction that writes nothing

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes at the beginning of an SQLite file
OWNER = slice(68, 72)  # of them, where application_id stands


def connected(location: str | Path, create: bool) -> tuple[Engine, str]:
    """The engine of the store at ``location``, and the store's name without its password.

    Raises StoreError.
    """
    url = _address(location)
    if url.drivername == "sqlite":
        name = url.database or ""
        engine = _sqlite(Path(name), create)
    else:
        name = url.render_as_string(hide_password=True)
        engine = _postgresql(url, name)
    try:
        with told(name):
            _bring_up_to_date(engine, name, create)
    except StoreError:
        engine.dispose()
        raise
    return engine, name


def _address(location: str | Path) -> URL:
    """A file's path as the address of an SQLite database; "postgres://" is PostgreSQL's too."""
    said = str(location)
    if isinstance(location, Path) or "://" not in said:
        return URL.create("sqlite", database=str(Path(location).absolute()))
    try:
        url = make_url(said)
    except (ArgumentError, ValueError) as error:
        raise StoreError(errors.ADDRESS, store=said) from error
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite" and url.database:
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    if kind in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(errors.KIND, store=url.render_as_string(hide_password=True))


# SQLite


def _sqlite(path: Path, create: bool) -> Engine:
    """Transactions that write take the lock at once, so that two scans wait for each other
    instead of failing half-way; readers disturb nobody."""
    if not _is_store(path):
        if not create:
            raise StoreError(errors.MISSING, store=path)
        _claim(path)
    shut = not create and not _writable(path.parent)

    def connect() -> sqlite3.Connection:
        """Beside a store in a folder that is read only SQLite cannot write its notes."""
        return sqlite3.connect(
            f"{path.as_uri()}?{'mode=ro&immutable=1' if shut else 'mode=rw'}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )

    # Without a path in the address SQLAlchemy would give everybody the same connection.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    present = _watch(path)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        present()
        reads = connection.get_execution_options().get(READING)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _writable(folder: Path) -> bool:
    effective = os.access in os.supports_effective_ids  # not on Windows
    return os.access(folder, os.W_OK, effective_ids=effective)


def _is_store(path: Path) -> bool:
    """Whether it is a store, judged by its first bytes, before SQLite touches what may be another
    program's; false where nothing is there yet."""
    if path.is_dir():
        raise StoreError(errors.FOLDER, store=path)
    if not path.parent.is_dir():
        raise StoreError(errors.NO_FOLDER, store=path, folder=path.parent)
    try:
        with path.open("rb") as file:
            head = file.read(HEADER)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(errors.UNREADABLE, store=path, detail=error.strerror) from error
    if head and not head.startswith(MAGIC):
        raise StoreError(errors.NO_DATABASE, store=path)
    if head and head[OWNER] != APPLICATION.to_bytes(4):
        raise StoreError(errors.FOREIGN, store=path)
    return bool(head)


def _claim(path: Path) -> None:
    """Makes an empty file a store's. Whose it is must stand in the file before the write-ahead
    log is used, and both before there is a table in it. SQLite does not wait for another scan that
    does the same at the same time."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            if (
                getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY
                or time.monotonic() > until
            ):
                raise _sqlite_sentence(error, str(path)) from error
            time.sleep(AGAIN)
        else:
            return


def _watch(path: Path) -> Callable[[], None]:
    """A look at whether the file is still the one that was opened: SQLite goes on writing to a
    file that was removed, and does not notice that one was cut off. A store never shrinks."""
    try:
        first = path.stat()
    except OSError as error:
        raise StoreError(errors.UNREADABLE, store=path, detail=error.strerror) from error
    smallest = first.st_size

    def look() -> None:
        nonlocal smallest
        try:
            now = path.stat()
        except OSError as error:
            raise StoreError(errors.LOST, store=path, detail=error.strerror) from error
        if (now.st_dev, now.st_ino) != (first.st_dev, first.st_ino):
            raise StoreError(errors.LOST, store=path, detail="another file is in its place")
        if now.st_size < smallest:
            raise StoreError(errors.DAMAGED, store=path, detail="it was cut off while in use")
        smallest = now.st_size

    return look


# PostgreSQL


def _postgresql(url: URL, name: str) -> Engine:
    """What other users' rights or settings change about a session matters not to a store."""
    try:
        with told(name):
            return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ImportError as error:
        command = "pip install 'granska[postgres]'"
        raise StoreError(errors.DRIVER, store=name, command=command) from error


# The tables


def _bring_up_to_date(engine: Engine, name: str, create: bool) -> None:
    with engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
        found = _version(connection, name)
    if found == HEAD:
        return
    if found is None and not create:
        raise StoreError(errors.MISSING, store=name)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _version(connection, name) != HEAD:  # another scan may have been first
            _migrate(connection)


def _version(connection: Connection, name: str) -> str | None:
    """Which step the tables are at; None in a database that has none of them.

    Raises StoreError where the tables are another program's, or a newer granska's.
    """
    there = set(inspect(connection).get_table_names())
    if VERSIONS not in there:
        if there & set(metadata.tables):
            raise StoreError(errors.FOREIGN, store=name)
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    if found is not None and found not in STEPS:
        raise StoreError(errors.NEWER, store=name, version=found)
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    """The steps from where the tables are to HEAD, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - only a store that is not up to date waits for it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    given: dict[str, Any] = config.attributes
    given["connection"] = connection
    command.upgrade(config, "head")


# What a database says, in sentences


@contextmanager
def told(name: str) -> Iterator[None]:
    """Says as a StoreError what the database of store ``name`` says."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _sqlite_sentence(error.orig, name) from error
        raise _postgresql_sentence(error, name) from error
    except SQLAlchemyError as error:
        raise StoreError(errors.FAULT, store=name, detail=_first_line(error)) from error


# By the beginning of SQLite's name of the error, the longer one first.
_SQLITE = {
    "SQLITE_BUSY": errors.BUSY,
    "SQLITE_LOCKED": errors.BUSY,
    "SQLITE_READONLY_DBMOVED": errors.LOST,
    "SQLITE_READONLY": errors.UNWRITABLE,
    "SQLITE_CANTOPEN": errors.UNWRITABLE,
    "SQLITE_PERM": errors.UNREADABLE,
    "SQLITE_NOTADB": errors.DAMAGED,
    "SQLITE_CORRUPT": errors.DAMAGED,
    "SQLITE_FULL": errors.FULL,
    "SQLITE_IOERR": errors.LOST,
}

# By the beginning of PostgreSQL's SQLSTATE, the longer one first; no state is no answer.
_POSTGRESQL = {
    "08": errors.AWAY,
    "25006": errors.FORBIDDEN,  # read only
    "28": errors.AWAY,
    "3D": errors.AWAY,
    "40": errors.BUSY,  # two transactions that waited for each other
    "42501": errors.FORBIDDEN,
    "42P01": errors.LOST,
    "53100": errors.FULL,
    "53": errors.AWAY,
    "55P03": errors.BUSY,
    "57": errors.AWAY,
}


def _sqlite_sentence(error: sqlite3.Error, name: str) -> StoreError:
    code = getattr(error, "sqlite_errorname", None) or ""
    sentences = (said for start, said in _SQLITE.items() if code.startswith(start))
    detail = _first_line(error)
    fallback = errors.LOST if detail.startswith("no such table") else errors.FAULT
    return StoreError(next(sentences, fallback), store=name, detail=detail)


def _postgresql_sentence(error: DBAPIError, name: str) -> StoreError:
    state = getattr(error.orig, "sqlstate", None) or "08"
    sentences = (said for start, said in _POSTGRESQL.items() if state.startswith(start))
    detail = _first_line(error.orig or error)
    return StoreError(next(sentences, errors.FAULT), store=name, detail=detail)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

"""From a location to a database that is there, is a store, and is up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from audit.store import errors
from audit.store.errors import StoreError
from audit.store.schema import APPLICATION, HEAD, VERSIONS, metadata

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE = 60  # seconds to wait for another scan to finish its writing
LOCK = 0x6772736B  # the number of PostgreSQL's advisory lock that one migration at a time takes
MAGIC = b"SQLite format 3\0"
READING = "reading"  # the execution option of a transaction that writes nothing


def connected(location: str | Path, create: bool) -> tuple[Engine, str]:
    """The engine of the store at ``location``, and the store's name without its password.

    Raises StoreError.
    """
    url = _address(location)
    name = url.database or "" if _is_file(url) else url.render_as_string(hide_password=True)
    if _is_file(url):
        _look(Path(name), create)
    engine = _sqlite(url) if _is_file(url) else _postgresql(url, name)
    try:
        with told(name):
            _bring_up_to_date(engine, name, create)
    except StoreError:
        engine.dispose()
        raise
    return engine, name


@contextmanager
def told(name: str) -> Iterator[None]:
    """Says as a StoreError what the database of store ``name`` says."""
    try:
        yield
    except DBAPIError as error:
        raise _sentence(error, name) from error
    except SQLAlchemyError as error:
        raise StoreError(errors.FAULT, store=name, detail=_first_line(error)) from error


def _sentence(error: DBAPIError, name: str) -> StoreError:
    cause, detail = error.orig, _first_line(error.orig or error)
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorname", "") or ""
        for beginning, sentence in (
            ("SQLITE_BUSY", errors.BUSY),
            ("SQLITE_LOCKED", errors.BUSY),
            ("SQLITE_READONLY_DBMOVED", errors.LOST),
            ("SQLITE_READONLY", errors.UNWRITABLE),
            ("SQLITE_CANTOPEN", errors.UNWRITABLE),
            ("SQLITE_PERM", errors.UNREADABLE),
            ("SQLITE_NOTADB", errors.NO_DATABASE),
            ("SQLITE_CORRUPT", errors.DAMAGED),
            ("SQLITE_FULL", errors.FULL),
            ("SQLITE_IOERR", errors.LOST),
        ):
            if code.startswith(beginning):
                return StoreError(sentence, store=name, detail=detail)
        if detail.startswith("no such table"):
            return StoreError(errors.LOST, store=name, detail=detail)
        return StoreError(errors.FAULT, store=name, detail=detail)
    state = getattr(cause, "sqlstate", None) or ""
    if error.connection_invalidated or state[:2] in {"", "08", "28", "3D", "57"}:
        return StoreError(errors.AWAY, store=name, detail=detail)
    if state.startswith("53"):
        return StoreError(errors.FULL, store=name, detail=detail)
    if state.startswith("42P01"):
        return StoreError(errors.LOST, store=name, detail=detail)
    return StoreError(errors.FAULT, store=name, detail=detail)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _address(location: str | Path) -> URL:
    """A file's path as the address of an SQLite database; "postgres://" is PostgreSQL's too."""
    said = str(location)
    if isinstance(location, Path) or "://" not in said:
        return URL.create("sqlite", database=str(Path(location).absolute()))
    try:
        url = make_url(said)
    except ArgumentError as error:
        raise StoreError(errors.ADDRESS, store=said) from error
    if url.drivername in {"sqlite", "sqlite+pysqlite"} and url.database:
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(errors.KIND, store=url.render_as_string(hide_password=True))


def _is_file(url: URL) -> bool:
    return url.drivername == "sqlite"


def _look(path: Path, create: bool) -> None:
    """Refuses what is no SQLite file before SQLite touches it."""
    if path.is_dir():
        raise StoreError(errors.FOLDER, store=path)
    if not path.parent.is_dir():
        raise StoreError(errors.NO_FOLDER, store=path, folder=path.parent)
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except FileNotFoundError as error:
        if not create:
            raise StoreError(errors.MISSING, store=path) from error
        return
    except OSError as error:
        raise StoreError(errors.UNREADABLE, store=path, detail=error.strerror) from error
    if head not in {b"", MAGIC}:
        raise StoreError(errors.NO_DATABASE, store=path)


def _sqlite(url: URL) -> Engine:
    """Transactions that write take the lock at once, so that two scans wait for each other
    instead of failing half-way; readers disturb nobody."""
    engine = create_engine(url, connect_args={"timeout": PATIENCE, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _: object) -> None:
        for said in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {said}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READING)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, name: str) -> Engine:
    if find_spec("psycopg") is None:
        raise StoreError(errors.DRIVER, store=name, command="pip install 'granska[postgres]'")
    with told(name):
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def _bring_up_to_date(engine: Engine, name: str, create: bool) -> None:
    with engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
        if _version(connection, name) == HEAD:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        found = _version(connection, name)  # another scan may have been first
        if found == HEAD:
            return
        if found is None and not create:
            raise StoreError(errors.MISSING, store=name)
        _migrate(connection)


def _version(connection: Connection, name: str) -> str | None:
    """Which step the tables are at; None in a database that has none of them.

    Raises StoreError where the tables are another program's, or a newer granska's.
    """
    there = set(inspect(connection).get_table_names())
    if VERSIONS not in there:
        if _taken(connection, there):
            raise StoreError(errors.FOREIGN, store=name)
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    if found is not None and str(found) > HEAD:
        raise StoreError(errors.NEWER, store=name, version=found)
    return None if found is None else str(found)


def _taken(connection: Connection, there: set[str]) -> bool:
    """A file belongs to one program; in PostgreSQL others may have tables beside the store's."""
    if connection.dialect.name == "sqlite":
        return bool(there) or _application(connection) not in {0, APPLICATION}
    return bool(there & set(metadata.tables))


def _application(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


def _migrate(connection: Connection) -> None:
    """The steps from where the tables are to HEAD, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - only a store that is not up to date waits for it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    given: dict[str, Any] = config.attributes
    given["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

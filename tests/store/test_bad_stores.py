"""What is wrong with a store is said in a sentence, and what is another's stays as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from audit.language import translation
from audit.store import StoreError, opened, opening
from tests.postgres import Server
from tests.store.support import FILE, LINKOPING, NOW, RULES, record

NOBODY = 65534
SWEDISH = translation("sv")  # loaded by whoever may read the program's files


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may look into; pytest's own is closed to them."""
    with tempfile.TemporaryDirectory(prefix="granska-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may do everything, so a test that must not be let in goes on as nobody."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def refused(location: str | Path, create: bool = True) -> str:
    with pytest.raises(StoreError) as raised, opened(location, create=create):
        pass
    assert raised.value.said(SWEDISH) != str(raised.value)
    return str(raised.value)


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path).startswith(f"{tmp_path} is a folder. Name a file in it")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no folder" in refused(tmp_path / "missing" / "granska.db")


def test_a_folder_that_may_not_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    with without_rights():
        assert "cannot be written here" in refused(folder / "granska.db")
    folder.chmod(0o755)


def test_a_store_that_may_not_be_written(folder: Path) -> None:
    path = folder / "granska.db"
    with opened(path) as store:
        store.keep(FILE, record(LINKOPING), NOW)
    path.chmod(0o444)
    folder.chmod(0o555)
    with without_rights():
        assert "cannot be written here" in refused(path)
        with opened(path, create=False) as store:  # but it may be looked into
            assert len(list(store.entries())) == 1
    folder.chmod(0o755)


def test_a_store_that_may_not_be_read(folder: Path) -> None:
    path = folder / "granska.db"
    with opened(path):
        pass
    path.chmod(0)
    with without_rights():
        assert "cannot be opened (Permission denied)" in refused(path)


def test_no_store_is_made_where_one_is_only_looked_into(tmp_path: Path, postgresql: Server) -> None:
    path = tmp_path / "granska.db"
    assert "there is no store" in refused(path, create=False)
    assert not path.exists()
    assert "there is no store" in refused(postgresql.database(tmp_path.name), create=False)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes on reports.\n" * 10)
    assert "is no database, and is left as it is" in refused(path)
    assert path.read_text().startswith("These are notes")


def test_another_program_s_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE reports (name TEXT)")
        connection.commit()
    before = path.read_bytes()
    assert "is a database of another program" in refused(path)
    assert path.read_bytes() == before
    assert [other.name for other in tmp_path.iterdir()] == ["other.db"]


def test_another_program_s_tables_in_postgresql(tmp_path: Path, postgresql: Server) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    address = postgresql.database(tmp_path.name)
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE reports (name TEXT)")
        assert "is a database of another program" in refused(address)
        connection.execute("ALTER TABLE reports RENAME TO others")  # beside others it may stand
    with opened(address) as store:
        assert list(store.entries()) == []


def test_a_newer_store(location: str) -> None:
    with opened(location) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE granska_version SET version_num = 'v9999'")
    said = refused(location)
    assert "was written by a newer granska (its tables are at v9999). Update granska" in said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("://", "is no address of a store"),
        ("postgresql://host:port/database", "is no address of a store"),
        ("mysql://host/database", "a store is an SQLite file or a PostgreSQL database"),
        ("s3://bucket/granska.db", "a store is an SQLite file or a PostgreSQL database"),
        ("sqlite://", "a store is an SQLite file or a PostgreSQL database"),
    ],
)
def test_an_address_that_is_none(address: str, said: str) -> None:
    assert said in refused(address)


def test_a_password_is_not_said(tmp_path: Path) -> None:
    said = refused(f"postgresql://user:s3cret@/database?host={tmp_path}")
    assert "the database does not answer" in said
    assert "s3cret" not in said


def test_a_driver_that_is_missing() -> None:
    """In a process of its own, for what is loaded cannot be missing."""
    code = """
import sys
sys.modules["psycopg"] = None
from audit.store import StoreError, opened
try:
    with opened("postgresql://host/database"):
        pass
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "postgresql+psycopg://host/database: PostgreSQL needs psycopg; install it with "
        "pip install 'granska[postgres]'.\n"
    )


def test_a_database_that_is_not_there(postgresql: Server) -> None:
    assert 'database "missing" does not exist' in refused(postgresql.address("missing"))


def test_a_user_who_may_only_read(tmp_path: Path, postgresql: Server) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    address = postgresql.database(tmp_path.name)
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{tmp_path.name}" SET default_transaction_read_only=on')
    assert "may not be written by this user" in refused(address)


def test_a_server_that_goes_away_and_comes_back(tmp_path: Path, postgresql: Server) -> None:
    with opened(postgresql.database(tmp_path.name)) as store:
        store.keep(FILE, record(LINKOPING), NOW)
        postgresql.stop()
        try:
            with pytest.raises(StoreError, match="what was kept is kept"):
                store.keep(FILE, record(LINKOPING, 2), NOW)
        finally:
            postgresql.start()
        assert [entry.sha256 for entry in store.entries()] == [record(LINKOPING).entry.sha256]
        store.keep(FILE, record(LINKOPING, 2), NOW)


def test_a_store_that_another_program_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    path = tmp_path / "granska.db"
    with opened(path) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            store.keep(FILE, record(LINKOPING), NOW)
        other.rollback()
        store.keep(FILE, record(LINKOPING), NOW)


def test_a_store_that_is_removed_while_in_use(tmp_path: Path) -> None:
    path = tmp_path / "granska.db"
    with opened(path) as store:
        store.keep(FILE, record(LINKOPING), NOW)
        for file in tmp_path.iterdir():
            file.unlink()
        with pytest.raises(StoreError, match="was lost while it was in use"):
            store.keep(FILE, record(LINKOPING, 2), NOW)
        path.touch()  # another one in its place
        with pytest.raises(StoreError, match="another file is in its place"):
            list(store.entries())
    with opened(path) as store:  # the same command goes on
        store.keep(FILE, record(LINKOPING), NOW)


@pytest.mark.parametrize("left", [0.0, 0.6])
def test_a_store_that_is_cut_off_while_in_use(tmp_path: Path, left: float) -> None:
    path = tmp_path / "granska.db"
    with opened(path) as store:
        store.keep(FILE, record(LINKOPING), NOW)
    with opened(path) as store:
        whole = path.stat().st_size
        os.truncate(path, int(whole * left))
        with pytest.raises(StoreError, match=r"is damaged .* Put it aside"):
            store.keep(FILE, record(LINKOPING, 2), NOW)


def test_a_store_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "granska.db"
    with opened(path) as store:
        store.keep(FILE, record(LINKOPING), NOW)
    os.truncate(path, path.stat().st_size * 6 // 10)
    with pytest.raises(StoreError, match="is damaged"), opened(path) as store:
        list(store.findings(RULES))


def test_what_fails_half_way_leaves_what_was_there(location: str) -> None:
    with opened(location) as store:
        store.keep(FILE, record(LINKOPING), NOW)
        before = list(store.findings(RULES))
        good = record(LINKOPING)
        twice = type(good)(good.entry, good.memory, findings=(good.findings[0],) * 2)
        with pytest.raises(StoreError):
            store.keep(FILE, twice, NOW)
        assert list(store.findings(RULES)) == before

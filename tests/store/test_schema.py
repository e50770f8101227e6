"""One set of tables: in the code, in the steps that make them, and in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from audit.store import opened, opening, schema
from audit.store.store import Store
from tests.store.support import FILE, LINKOPING, NOW, record

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "store.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.DOTALL | re.MULTILINE))
QUERIES = re.findall(r"^```sql\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)


def test_the_steps_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSIONS, "compare_type": False}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_the_steps_make_the_types_that_the_code_knows(store: Store) -> None:
    """Alembic takes an exact number for text, and text of ours for another one."""
    dialect = store._engine.dialect
    with store._engine.connect() as connection:
        found = inspect(connection)
        for table in schema.metadata.sorted_tables:
            made = {column["name"]: column["type"] for column in found.get_columns(table.name)}
            meant = {column.name: column.type for column in table.c}
            assert {name: one.compile(dialect) for name, one in made.items()} == {
                name: one.compile(dialect) for name, one in meant.items()
            }


def test_a_store_is_made_once(location: str) -> None:
    for _ in range(2):
        with opened(location) as store, store._engine.connect() as connection:
            version = connection.exec_driver_sql("SELECT version_num FROM granska_version")
            assert version.scalars().all() == [opening.HEAD]


def test_an_sqlite_store_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "granska.db"
    with opened(path) as store, store._engine.connect() as connection:
        for pragma, value in (
            ("application_id", schema.APPLICATION), ("journal_mode", "wal"), ("foreign_keys", 1),
        ):  # fmt: skip
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_documented_and_no_other(table: schema.Table) -> None:
    described = re.findall(r"^\| (\w+) \|", SECTIONS[table.name], re.MULTILINE)
    assert described[1:] == [column.name for column in table.c]


def test_every_table_is_documented_and_no_other() -> None:
    assert set(SECTIONS) - {"Questions"} == set(schema.metadata.tables)


@pytest.mark.parametrize("query", QUERIES)
def test_the_questions_are_answered(store: Store, query: str) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    with store._engine.connect() as connection:
        rows = connection.exec_driver_sql(query).all()
    assert rows or "concept" in query  # the rows of these tables are no statement's

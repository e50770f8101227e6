"""The tables of a store, as SQLAlchemy knows them; docs/store.md tells what they mean.

``report`` is a whole number made of the beginning of the report's SHA-256, so that the rows of
equal files are equal in every store, and a key is short. The migrations hold the same tables in
steps, from the first version on: whoever changes a table here adds a step there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine

from audit.store.plain import exact, restored, storable

APPLICATION = int.from_bytes(b"GRSK")  # SQLite's application_id: what kind of file this is
VERSIONS = "granska_version"  # where Alembic keeps which step the tables are at


class Words(TypeDecorator[str]):
    """Text that may hold anything (``plain.storable``)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else restored(value)


class Exact(TypeDecorator[Decimal]):
    """A number with all its digits: NUMERIC, and text in SQLite, which has no exact type."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> object:
        return exact(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(str(value))


metadata = MetaData()


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _report() -> Column[int]:
    """The key of the report that a row is of, and goes with."""
    parent = ForeignKey("reports.report", ondelete="CASCADE")
    return Column("report", BigInteger, parent, primary_key=True, autoincrement=False)


def _key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


reports = Table(
    "reports",
    metadata,
    Column("report", BigInteger, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("status", Text, nullable=False),
    _words("detail"),
    _words("organisation"),
    _words("kind"),
    _words("former"),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("municipality", Boolean, nullable=False),
    _count("pages"),
    *map(_count, ("agrees", "rounding", "differs", "undecided")),
    *map(_count, ("verified", "contradicted", "uncovered")),
    _words("by_rule"),
    _words("program"),
    _words("rulebook"),
    Column("memory", LargeBinary),
    # Not unique, for ``report`` follows from it: where two write the same report at once, a second
    # unique index fails the one that should have waited.
    Index("reports_by_sha256", "sha256"),
)

sources = Table(
    "sources",
    metadata,
    Column("archive", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    _words("folder"),
    Column("size", BigInteger, nullable=False),
    _words("stamp"),
    Column("report", BigInteger, ForeignKey("reports.report"), nullable=False),
    Index("sources_of_report", "report"),
    Index("sources_by_size", "size"),
    sqlite_with_rowid=False,
)

tables = Table(
    "tables",
    metadata,
    _report(),
    _key("number"),
    Column("table_id", Text, nullable=False),
    _words("title"),
    _words("unit"),
    Column("statement", Text),
    _words("pages"),
    *map(_count, ("row_count", "column_count")),
    _words("reader"),
    Column("confidence", Exact),
    *map(_count, ("verified", "contradicted", "uncovered")),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    _report(),
    _key("table_number"),
    _key("row_index"),
    _key("column_index"),
    Column("page", Integer, nullable=False),
    *(Column(side, REAL, nullable=False) for side in ("x0", "top", "x1", "bottom")),
    _words("label"),
    _words("path"),
    Column("role", Text),
    Column("concept", Text),
    _words("header"),
    Column("measure", Text),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("aspect", Text),
    Column("scope", Text),
    Column("previous", Boolean, nullable=False),
    Column("amount", Exact, nullable=False),
    Column("step", Exact, nullable=False),
    _words("unit"),
    Column("exponent", Integer, nullable=False),
    Column("unit_kind", Text, nullable=False),
    _words("text"),
    _words("qualifier"),
    Column("pictured", Boolean, nullable=False),
    Column("fate", Text, nullable=False),
    _words("rules"),
    ForeignKeyConstraint(
        ["report", "table_number"], ["tables.report", "tables.number"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)


def _across() -> tuple[Column[Any], ...]:
    """Which earlier report a row holds its report against, and why; 0 and "" for none."""
    return (
        Column("against", BigInteger, primary_key=True, autoincrement=False),
        Column("kinship", Text, primary_key=True),
    )


comparisons = Table(
    "comparisons",
    metadata,
    _report(),
    *_across(),
    _key("number"),
    Column("rule", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("page", Integer, nullable=False),
    _words("table_id"),
    Column("row_index", Integer, nullable=False),
    Column("column_index", Integer, nullable=False),
    Column("actual", Exact, nullable=False),
    Column("expected", Exact),
    Column("slack", Exact),
    _words("unit"),
    Column("exponent", Integer, nullable=False),
    _words("terms"),
    _words("reason"),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    _report(),
    *_across(),
    _key("number"),
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    _words("concept"),
    Column("page", Integer),
    _words("table_id"),
    Column("row_index", Integer),
    Column("column_index", Integer),
    _words("label"),
    _words("header"),
    _words("text"),
    Column("actual", Exact),
    Column("expected", Exact),
    Column("difference", Exact),
    _words("unit"),
    Column("exponent", Integer),
    Column("cause", Text),
    Column("proposed", Exact),
    Column("packed", LargeBinary, nullable=False),
    Index("findings_by_rule", "rule"),
)

across = Table(
    "across",
    metadata,
    _report(),
    Column(
        "against",
        BigInteger,
        ForeignKey("reports.report", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kinship", Text, primary_key=True),
    _words("program"),
    _words("rulebook"),
    Index("across_of_earlier", "against"),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    Column("archive", Words, primary_key=True),
    Column("folder", Words, primary_key=True),
    Column("fingerprint", Words, primary_key=True),
    _words("rule"),
    _words("concept"),
    _words("reason"),
    _words("by"),
    Column("at", Date, nullable=False),
    sqlite_with_rowid=False,
)

scans = Table(
    "scans",
    metadata,
    Column("number", Integer, primary_key=True),
    _words("archive"),
    _words("program"),
    _words("rulebook"),
    Column("started", Text, nullable=False),
    Column("ended", Text),
)

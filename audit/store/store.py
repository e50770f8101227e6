"""What is kept and asked: reports by the SHA-256 of their file, files by their name.

Every method is one transaction or several short ones; what belongs together is written together,
so that a scan may be killed at any moment. What may be long is read page by page.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    RowMapping,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from audit.model import (
    Amount,
    Aspect,
    Box,
    Comparison,
    Concept,
    Coverage,
    Decision,
    Edition,
    Ending,
    Entry,
    Finding,
    Freshness,
    Kinship,
    Known,
    Measure,
    Pair,
    Period,
    Printed,
    Role,
    Rule,
    Scope,
    Severity,
    Source,
    Statement,
    Status,
    Tally,
    Unit,
    UnitKind,
)
from audit.store import codec, errors, schema
from audit.store.codec import CodecError, Record, Row
from audit.store.errors import StoreError, UnkeptError
from audit.store.opening import READING, told

BATCH = 500  # rows or names in one question
WHOLE = 50  # whole reports in one question
LONGEST = 2000  # bytes of a file's name
OWN: tuple[int, str] = (0, "")  # against and kinship of what a report says of itself

T = TypeVar("T")


def key(sha256: str) -> int:
    """The number that stands for a report in every table: the first 63 bits of its SHA-256."""
    return int(sha256[:16], 16) >> 1


def folder(name: str) -> str:
    """Where a source lies, with the mark at its end: "2021/", "years.zip!", and "" for the top."""
    inside = name.casefold().rfind(".zip!")
    return name[: max(name.rfind("/") + 1, inside + len(".zip!") if inside >= 0 else 0)]


class Store:
    """A store that is open. ``archive`` is the archive whose files it is asked about; None for all
    that it holds, to be looked at and not added to.

    Every method raises StoreError where the database fails.
    """

    def __init__(self, engine: Engine, name: str, archive: str | None) -> None:
        self._engine = engine
        self.name = name
        self.archive = archive
        self._mark = "%s" if engine.dialect.name == "postgresql" else "?"

    # What is known

    def lookup(self, sources: Sequence[Source], edition: Edition) -> dict[str, Known]:
        """What is known of those files that have neither another size nor another stamp than when
        they were read, by name. Of a file without a stamp nobody can tell."""
        found: dict[str, Known] = {}
        held, kept = schema.sources, schema.reports
        for batch in batches(sources, BATCH):
            asked = {source.name: source for source in batch}
            query = (
                select(held.c.name, held.c.size, held.c.stamp, *_known_columns)
                .join(kept, kept.c.report == held.c.report)
                .where(self._here(held), held.c.name.in_(list(asked)))
            )
            with self._reading() as connection:
                for row in connection.execute(query).mappings():
                    source = asked[row["name"]]
                    same = (row["size"], row["stamp"]) == (source.size, source.stamp)
                    if same and source.stamp:
                        found[source.name] = _known(row, edition)
        return found

    def known(self, sha256: str, edition: Edition) -> Known | None:
        """What is known of a report by its content, whatever its files are called."""
        query = select(*_known_columns).where(schema.reports.c.sha256 == sha256)
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        return _known(row, edition) if row else None

    def alike(self, sizes: Iterable[int]) -> dict[int, frozenset[str]]:
        """By size, the SHA-256 of every report that was ever kept from a file of that size: what a
        file that is new, or has moved, may turn out to be."""
        held, kept = schema.sources, schema.reports
        found: dict[int, set[str]] = defaultdict(set)
        for batch in batches(dict.fromkeys(sizes), BATCH):
            query = (
                select(held.c.size, kept.c.sha256)
                .join(kept, kept.c.report == held.c.report)
                .where(held.c.size.in_(batch))
            )
            with self._reading() as connection:
                for size, sha256 in connection.execute(query):
                    found[size].add(sha256)
        return {size: frozenset(several) for size, several in found.items()}

    def packed(self, sha256: str) -> bytes:
        """What ``codec.memory`` unpacks: all of a report that checks need.

        Raises StoreError where nothing could be read of it, or it is not in the store.
        """
        query = select(schema.reports.c.memory).where(schema.reports.c.sha256 == sha256)
        with self._reading() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise StoreError(errors.UNKNOWN, store=self.name, report=sha256)
        return bytes(found)

    # What a scan writes

    def keep(self, source: Source, record: Record, edition: Edition) -> None:
        """The report and all its rows, in place of what was kept of it, and its file's name."""
        report = key(record.entry.sha256)
        with self._writing() as connection:
            self._report(connection, report, record, edition)
            self._note(connection, [source], report)

    def rejudge(self, record: Record, edition: Edition) -> None:
        """As ``keep``, of a report whose files were not looked at."""
        with self._writing() as connection:
            self._report(connection, key(record.entry.sha256), record, edition)

    def note(self, source: Source, sha256: str) -> None:
        """Another name or stamp of a report that is kept."""
        with self._writing() as connection:
            self._note(connection, [source], key(sha256))

    def forget(self, names: Iterable[str]) -> None:
        """Files that are gone. A report that no file holds any more is listed no more; what was
        read of it stays, should the file come back."""
        held = schema.sources
        with self._writing() as connection:
            for batch in batches(names, BATCH):
                connection.execute(delete(held).where(self._here(held), held.c.name.in_(batch)))

    def names(self) -> Iterator[str]:
        """The names of all files of the archive that are known, sorted."""
        held = schema.sources
        for row in self._paged(held, (held.c.name,), self._here(held), held.c.name):
            yield row["name"]

    def decide(self, decisions: Mapping[str, Iterable[Decision]]) -> None:
        """What auditors have accepted, in place of what was known of it: by folder as ``folder``
        gives it, for a decision holds for the reports that it lies beside."""
        table = schema.decisions
        rows = {
            (place, one.fingerprint): {
                "archive": self.archive,
                "folder": place,
                "fingerprint": one.fingerprint,
                "rule": one.rule,
                "concept": one.concept,
                "reason": one.reason,
                "by": one.by,
                "at": one.at,
            }
            for place, several in decisions.items()
            for one in several
        }
        with self._writing() as connection:
            connection.execute(delete(table).where(self._here(table)))
            if rows:
                connection.execute(insert(table), list(rows.values()))

    def decisions(self) -> dict[str, tuple[Decision, ...]]:
        """What is accepted, by folder."""
        table = schema.decisions
        query = select(table).where(self._here(table))
        found: dict[str, list[Decision]] = defaultdict(list)
        with self._reading() as connection:
            for row in connection.execute(
                query.order_by(table.c.folder, table.c.fingerprint)
            ).mappings():
                found[row["folder"]].append(_decision(row))
        return {place: tuple(several) for place, several in found.items()}

    @contextmanager
    def scanning(self, edition: Edition) -> Iterator[None]:
        """Notes when a scan began, and when it went through to its end."""
        table = schema.scans
        values = {
            "archive": self.archive,
            "program": edition.program,
            "rulebook": edition.rulebook,
            "started": _now(),
        }
        with self._writing() as connection:
            made = connection.execute(insert(table).values(values).returning(table.c.number))
            number = made.scalar_one()
        yield
        with self._writing() as connection:
            ended = update(table).where(table.c.number == number).values(ended=_now())
            connection.execute(ended)

    # Across reports

    def relate(self, pairs: Iterable[Pair]) -> None:
        """The pairs of the archive's reports that must agree. What was found between two that are
        none any more is dropped; what was found between the others stays."""
        table, wanted = schema.across, _wanted
        ours = select(schema.sources.c.report).where(self._here(schema.sources))
        gone = select(*_pair_columns(table)).where(
            table.c.report.in_(ours), ~exists().where(_same_pair(wanted, table))
        )
        with told(self.name), self._engine.connect() as connection:
            # Who makes the pairs reads the store meanwhile: nothing is locked until they are known.
            with connection.execution_options(**{READING: True}).begin():
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {wanted.name}")
                wanted.create(connection, checkfirst=False)
                for batch in batches(pairs, BATCH):
                    rows = [_pair_row(pair) for pair in batch]
                    connection.execute(self._insert(wanted).on_conflict_do_nothing(), rows)
            with connection.execution_options(**{READING: False}).begin():
                for row in connection.execute(gone).all():
                    self._drop(connection, tuple(row))
                new = self._insert(table).from_select(
                    [column.name for column in wanted.c],
                    select(wanted).where(wanted.c.report != wanted.c.against),
                )
                connection.execute(new.on_conflict_do_nothing())
                wanted.drop(connection)

    def uncompared(self, edition: Edition) -> Iterator[Pair]:
        """The related pairs of the archive that were not compared by this edition since either
        report was last read or judged."""
        table = schema.across
        ours = select(schema.sources.c.report).where(self._here(schema.sources))
        stale = or_(table.c.program != edition.program, table.c.rulebook != edition.rulebook)
        where = and_(table.c.report.in_(ours), stale)
        columns = _pair_columns(table)
        for batch in batches(self._paged(table, columns, where, *columns), BATCH):
            ids = {row[side] for row in batch for side in ("report", "against")}
            digests = self.digests(ids)
            for row in batch:
                yield Pair(digests[row["against"]], digests[row["report"]], Kinship(row["kinship"]))

    def keep_across(
        self,
        pair: Pair,
        edition: Edition,
        comparisons: Sequence[Comparison],
        findings: Sequence[Finding],
    ) -> None:
        """What was compared and found between two reports that are kept, in place of what was."""
        row = _pair_row(pair)
        place = (row["report"], row["against"], row["kinship"])
        done = {"program": edition.program, "rulebook": edition.rulebook}
        kept = schema.reports.c.report
        with self._writing() as connection:
            # Two scans may come with the same pair: the second waits here, then sees the first's.
            connection.execute(select(kept).where(kept == row["report"]).with_for_update())
            self._drop(connection, place)
            connection.execute(insert(schema.across).values(row | done))
            made = codec.across(comparisons, findings)
            self._rows(connection, schema.comparisons, place, made.comparisons)
            self._rows(connection, schema.findings, place, made.findings)

    # What is shown

    def entries(self) -> Iterator[Entry]:
        """The archive's reports, in the order of their SHA-256."""
        kept = schema.reports
        columns = [column for column in kept.c if column.name not in {"memory"}]
        listed = exists().where(self._held_by(kept.c.report))
        for batch in batches(self._paged(kept, columns, listed, kept.c.sha256), BATCH):
            ids = [row["report"] for row in batch]
            names, counts = self._names(ids), self._counts(ids)
            for row in batch:
                yield _entry(row, names[row["report"]], counts[row["report"]])

    def findings(self, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Finding]]:
        """Every finding of the archive with the SHA-256 of its report, that of the newer one for
        what was found across reports, in the order of ``entries``. ``rules`` are by code; of a
        rule that is not among them nothing is known but its code and severity."""
        table = schema.findings
        keys = (table.c.report, table.c.against, table.c.kinship, table.c.number)
        columns = (*keys, table.c.rule, table.c.severity, table.c.fingerprint, table.c.packed)
        listed = exists().where(self._held_by(table.c.report))
        for batch in batches(self._paged(table, columns, listed, *keys), BATCH):
            ids = {row["report"] for row in batch}
            digests, accepted = self.digests(ids), self._accepted(ids)
            for row in batch:
                rule = rules.get(row["rule"]) or _bare(row["rule"], Severity(row["severity"]))
                decision = accepted.get((row["report"], row["fingerprint"]))
                try:
                    yield (
                        digests[row["report"]],
                        codec.finding(row["packed"], rule, decision),
                    )
                except CodecError as error:
                    raise StoreError(
                        errors.PACKED,
                        store=self.name,
                        report=digests[row["report"]],
                        detail=str(error),
                    ) from error

    def figures(self, sha256s: Iterable[str]) -> Iterator[Printed]:
        """The figures of the tables of these reports, report by report, in the order in which they
        stand."""
        for batch in batches(sha256s, WHOLE):
            tables, figures = self.rows("tables", batch), self.rows("figures", batch)
            for sha256 in batch:
                homes = {row["number"]: row for row in tables[sha256]}
                for row in figures[sha256]:
                    yield _printed(sha256, homes[row["table_number"]], row)

    def rows(self, table: str, sha256s: Sequence[str]) -> Mapping[str, Sequence[RowMapping]]:
        """The rows of a few reports in one of the tables that are by report, in the order of its
        key, by SHA-256."""
        asked = schema.metadata.tables[table]
        found: dict[int, list[RowMapping]] = {key(sha256): [] for sha256 in sha256s}
        query = select(asked).where(asked.c.report.in_(list(found))).order_by(*asked.primary_key)
        with self._reading() as connection:
            for row in connection.execute(query).mappings():
                found[row["report"]].append(row)
        return {sha256: found[key(sha256)] for sha256 in sha256s}

    # How it is done

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            told(self.name),
            self._engine.connect().execution_options(**{READING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self.name), self._engine.begin() as connection:
            yield connection

    def _insert(self, table: Table) -> Any:
        """An INSERT that can say what is to happen where the row is there."""
        made = postgresql_insert if self._engine.dialect.name == "postgresql" else sqlite_insert
        return made(table)

    def _upsert(self, connection: Connection, table: Table, rows: Sequence[Any]) -> None:
        statement = self._insert(table)
        keys = [column.name for column in table.primary_key]
        rest = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), rows)

    def _report(
        self, connection: Connection, report: int, record: Record, edition: Edition
    ) -> None:
        kept = schema.reports
        twin = connection.execute(select(kept.c.sha256).where(kept.c.report == report)).scalar()
        if twin not in {None, record.entry.sha256}:
            raise UnkeptError(errors.TWIN, store=self.name, report=record.entry.sha256, other=twin)
        self._upsert(connection, kept, [_report_row(report, record, edition)])
        for table in (schema.figures, schema.tables):
            connection.execute(delete(table).where(table.c.report == report))
        for table in (schema.comparisons, schema.findings):
            own = tuple_(table.c.against, table.c.kinship) == OWN
            connection.execute(delete(table).where(table.c.report == report, own))
        related = or_(schema.across.c.report == report, schema.across.c.against == report)
        again = {"program": "", "rulebook": ""}
        connection.execute(update(schema.across).where(related).values(again))
        self._rows(connection, schema.tables, (report,), record.tables)
        self._rows(connection, schema.figures, (report,), record.figures)
        self._rows(connection, schema.comparisons, (report, *OWN), record.comparisons)
        self._rows(connection, schema.findings, (report, *OWN), record.findings)

    def _rows(self, connection: Connection, table: Table, place: Row, rows: Sequence[Row]) -> None:
        """Adds rows that hold plain values in the order of the columns: they are given to the
        driver as they are, for all else takes longer than the writing."""
        names = ", ".join(column.name for column in table.c)
        marks = ", ".join([self._mark] * len(table.c))
        if rows:
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})",
                [(*place, *row) for row in rows],
            )

    def _note(self, connection: Connection, sources: Sequence[Source], report: int) -> None:
        """Raises UnkeptError for a name that is longer than PostgreSQL can look up."""
        if any(len(source.name.encode("utf-8", "replace")) > LONGEST for source in sources):
            raise UnkeptError(errors.LONG, store=self.name, limit=LONGEST)
        rows = [
            {
                "archive": self.archive,
                "name": source.name,
                "folder": folder(source.name),
                "size": source.size,
                "stamp": source.stamp,
                "report": report,
            }
            for source in sources
        ]
        self._upsert(connection, schema.sources, rows)

    def _drop(self, connection: Connection, place: Row) -> None:
        """All that was kept between two reports."""
        for table in (schema.comparisons, schema.findings, schema.across):
            here = tuple_(table.c.report, table.c.against, table.c.kinship) == place
            connection.execute(delete(table).where(here))

    def _paged(
        self,
        table: Table,
        columns: Sequence[ColumnElement[Any]],
        where: ColumnElement[bool],
        *order: ColumnElement[Any],
    ) -> Iterator[RowMapping]:
        """The rows of a table in the order of columns that tell them apart, each page of them in a
        transaction of its own: a long walk keeps no writer waiting."""
        query = select(*columns).select_from(table).where(where).order_by(*order).limit(BATCH)
        page = query
        while True:
            with self._reading() as connection:
                rows = connection.execute(page).mappings().all()
            yield from rows
            if len(rows) < BATCH:
                return
            last = [rows[-1][column.name] for column in order if column.name is not None]
            page = query.where(tuple_(*order) > last if len(order) > 1 else order[0] > last[0])

    def _here(self, table: Table) -> ColumnElement[bool]:
        """That a row is of the archive."""
        return true() if self.archive is None else table.c.archive == self.archive

    def _held_by(self, report: ColumnElement[int]) -> ColumnElement[bool]:
        """That a file of the archive holds the report."""
        held = schema.sources
        return and_(held.c.report == report, self._here(held))

    def _names(self, reports: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
        held = schema.sources
        query = select(held.c.report, held.c.name).where(
            self._here(held), held.c.report.in_(list(reports))
        )
        found: dict[int, list[str]] = defaultdict(list)
        with self._reading() as connection:
            for report, name in connection.execute(query):
                found[report].append(name)
        return defaultdict(tuple, {report: tuple(sorted(some)) for report, some in found.items()})

    def digests(self, reports: Iterable[int]) -> dict[int, str]:
        """The SHA-256 of reports by their number in the tables."""
        kept = schema.reports
        query = select(kept.c.report, kept.c.sha256).where(kept.c.report.in_(list(reports)))
        with self._reading() as connection:
            return {row.report: row.sha256 for row in connection.execute(query)}

    def _counts(self, reports: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
        """How many findings of each severity nobody has accepted, and how many are accepted."""
        table = schema.findings
        each = (
            select(table.c.report, table.c.severity, self._is_accepted().label("accepted"))
            .where(table.c.report.in_(list(reports)))
            .subquery()
        )
        query = select(*each.c, func.count().label("number")).group_by(*each.c)
        found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        with self._reading() as connection:
            for row in connection.execute(query).mappings():
                ending = "accepted" if row["accepted"] else row["severity"]
                found[row["report"]][ending] += row["number"]
        return found

    def _is_accepted(self) -> ColumnElement[bool]:
        found, held, said = schema.findings, schema.sources, schema.decisions
        return exists().where(
            self._held_by(found.c.report),
            said.c.archive == held.c.archive,
            said.c.folder == held.c.folder,
            said.c.fingerprint == found.c.fingerprint,
        )

    def _accepted(self, reports: Iterable[int]) -> dict[tuple[int, str], Decision]:
        held, said = schema.sources, schema.decisions
        query = (
            select(held.c.report, said)
            .join(said, and_(said.c.archive == held.c.archive, said.c.folder == held.c.folder))
            .where(self._here(held), held.c.report.in_(list(reports)))
            .order_by(held.c.name)
        )
        with self._reading() as connection:
            rows = connection.execute(query).mappings().all()
        return {(row["report"], row["fingerprint"]): _decision(row) for row in rows}


_wanted = Table(
    "wanted",
    MetaData(),
    *(Column(column.name, column.type, primary_key=True) for column in schema.across.primary_key),
    prefixes=["TEMPORARY"],
)
_known_columns = (
    schema.reports.c.sha256,
    schema.reports.c.program,
    schema.reports.c.rulebook,
    schema.reports.c.status,
    schema.reports.c.detail,
    schema.reports.c.memory.is_not(None).label("read"),
)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of that size; the last may be shorter."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _known(row: RowMapping, edition: Edition) -> Known:
    """Other rules change nothing about a report that could not be read."""
    same_rules = row["rulebook"] == edition.rulebook or not row["read"]
    if row["program"] != edition.program:
        freshness = Freshness.OTHER_PROGRAM
    else:
        freshness = Freshness.CURRENT if same_rules else Freshness.OTHER_RULES
    return Known(row["sha256"], freshness, Status(row["status"]), row["detail"])


def _pair_columns(table: Table) -> tuple[ColumnElement[Any], ...]:
    return (table.c.report, table.c.against, table.c.kinship)


def _same_pair(one: Table, other: Table) -> ColumnElement[bool]:
    pairs = zip(_pair_columns(one), _pair_columns(other), strict=True)
    return and_(*(left == right for left, right in pairs))


def _pair_row(pair: Pair) -> dict[str, Any]:
    return {
        "report": key(pair.newer),
        "against": key(pair.older),
        "kinship": pair.kinship.value,
    }


def _report_row(report: int, record: Record, edition: Edition) -> dict[str, Any]:
    entry, period = record.entry, record.entry.period
    tally, coverage = entry.tally, entry.coverage
    return {
        "report": report,
        "sha256": entry.sha256,
        "status": entry.status.value,
        "detail": entry.detail,
        "organisation": entry.organisation,
        "kind": entry.kind,
        "former": json.dumps(entry.former, ensure_ascii=False),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "municipality": entry.municipality,
        "pages": entry.pages,
        "agrees": tally.agrees,
        "rounding": tally.rounding,
        "differs": tally.differs,
        "undecided": tally.undecided,
        "verified": coverage.verified,
        "contradicted": coverage.contradicted,
        "uncovered": coverage.uncovered,
        "by_rule": json.dumps(dict(coverage.by_rule)),
        "program": edition.program,
        "rulebook": edition.rulebook,
        "memory": record.memory,
    }


def _entry(row: RowMapping, names: tuple[str, ...], counts: Mapping[str, int]) -> Entry:
    return Entry(
        sha256=row["sha256"],
        names=names,
        status=Status(row["status"]),
        detail=row["detail"],
        organisation=row["organisation"],
        kind=row["kind"],
        period=_period(row),
        municipality=row["municipality"],
        pages=row["pages"],
        tally=Tally(row["agrees"], row["rounding"], row["differs"], row["undecided"]),
        coverage=Coverage(
            row["verified"], row["contradicted"], row["uncovered"], json.loads(row["by_rule"])
        ),
        errors=counts.get("error", 0),
        warnings=counts.get("warning", 0),
        notes=counts.get("note", 0),
        accepted=counts.get("accepted", 0),
        former=tuple(json.loads(row["former"])),
    )


def _period(row: RowMapping) -> Period | None:
    start, end = row["period_start"], row["period_end"]
    return Period(start, end) if start and end else None


def _printed(sha256: str, home: RowMapping, row: RowMapping) -> Printed:
    unit = Unit(row["unit"], row["exponent"], UnitKind(row["unit_kind"]))
    return Printed(
        report=sha256,
        table=home["table_id"],
        title=home["title"],
        statement=Statement(home["statement"]) if home["statement"] else None,
        row=row["row_index"],
        label=row["label"],
        path=tuple(row["path"].split("\n")) if row["path"] else (),
        role=Role(row["role"]) if row["role"] else Role.ITEM,
        concept=Concept(row["concept"]) if row["concept"] else None,
        aspect=Aspect(row["aspect"]) if row["aspect"] else None,
        scope=Scope(row["scope"]) if row["scope"] else None,
        measure=Measure(row["measure"]) if row["measure"] else None,
        period=_period(row),
        previous=row["previous"],
        amount=Amount(row["amount"], row["step"], unit),
        box=Box(row["page"], row["x0"], row["top"], row["x1"], row["bottom"]),
        tested=Ending(row["fate"]),
        pictured=row["pictured"],
    )


def _decision(row: RowMapping) -> Decision:
    return Decision(
        row["fingerprint"], row["rule"], row["concept"], row["reason"], row["by"], row["at"]
    )


def _bare(code: str, severity: Severity) -> Rule:
    return Rule(code, "", severity, {}, {}, {}, "", (), "", "")

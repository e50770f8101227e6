"""Reports as the store keeps them: plain rows to be asked by SQL, and all that checks need packed.

Packed is JSON, compressed; never pickle, for a store may come from someone else. A worker encodes
and the gatherer only writes.
"""

from __future__ import annotations

import datetime as dt
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from audit.model import (
    AuditedReport,
    Box,
    Comparison,
    Confirmation,
    Coverage,
    Decision,
    Diagnosis,
    Ending,
    Entry,
    Fate,
    Figure,
    Finding,
    Grid,
    Memory,
    Observation,
    Reading,
    Rule,
    Severity,
    Term,
    Verdict,
)
from audit.store.plain import day, exact, storable

if TYPE_CHECKING:
    from cattrs import Converter

PRESET = 1  # of LZMA: half the size of zlib's in the same time; higher ones take ten times as long
LARGEST = 512 * 1024**2  # bytes that something packed may have unpacked
RAREST = 64 * 1024**2  # bytes of working memory that unpacking may take

Row = tuple[Any, ...]
T = TypeVar("T")


class CodecError(Exception):
    """Something packed that this version of the program cannot unpack."""


@dataclass(frozen=True, slots=True)
class Record:
    """A report, ready to be written: ``entry`` in short, the rows of each table in the order of
    its columns but for the keys that say which report they are of, and the packed Memory, None
    where nothing could be read."""

    entry: Entry
    memory: bytes | None
    tables: tuple[Row, ...] = ()
    figures: tuple[Row, ...] = ()
    comparisons: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Across:
    """What two reports say of each other, ready to be written."""

    comparisons: tuple[Row, ...]
    findings: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding but for its rule and whether it is accepted, which others know better."""

    severity: Severity
    comparison: Comparison | None
    observation: Observation | None
    diagnosis: Diagnosis | None
    reading: Reading
    fingerprint: str
    also: tuple[Comparison, ...]
    confirmation: Confirmation | None


def record(
    sha256: str,
    audited: AuditedReport,
    sights: Mapping[tuple[Box, ...], Confirmation] | None = None,
) -> Record:
    """The report whose file has this SHA-256 (hexadecimal), to be kept. ``sights`` are what second
    readers saw of one that is judged again; None where they have just looked."""
    report = audited.report
    entry = Entry(
        sha256=sha256,
        names=(),
        status=audited.status,
        detail=audited.detail,
        organisation=report.organisation if report else "",
        kind=report.kind if report else "",
        period=report.period if report else None,
        municipality=report.municipality if report else False,
        pages=len(report.document.pages) if report else 0,
        tally=audited.tally,
        coverage=_covered(audited.coverage.values()),
        former=tuple(one.former for one in report.successions) if report else (),
    )
    if report is None:
        return Record(entry, None)
    memory = Memory.of(audited)
    severities = Counter(finding.severity for finding in audited.findings)
    return Record(
        replace(
            entry,
            errors=severities[Severity.ERROR],
            warnings=severities[Severity.WARNING],
            notes=severities[Severity.NOTE],
        ),
        packed(memory if sights is None else replace(memory, sights=sights)),
        tuple(_table(number, grid, audited) for number, grid in enumerate(report.grids)),
        tuple(
            row
            for number, grid in enumerate(report.grids)
            for row in _figures(number, grid, audited.fates)
        ),
        _comparisons(audited.comparisons),
        _findings(audited.findings),
    )


def across(comparisons: Sequence[Comparison], findings: Sequence[Finding]) -> Across:
    """What was compared and found between two reports, to be kept."""
    return Across(_comparisons(comparisons), _findings(findings))


def packed(memory: Memory) -> bytes:
    return _pack(memory, Memory)


def memory(packed: bytes) -> Memory:
    """The other way round. Raises CodecError where the bytes are none of this version's."""
    return _unpack(packed, Memory)


def finding(packed: bytes, rule: Rule, accepted: Decision | None) -> Finding:
    """A finding by ``rule`` from what was kept of it. Raises CodecError as ``memory`` does."""
    found = _unpack(packed, _Found)
    subject = found.comparison or found.observation
    if subject is None:
        raise CodecError("a finding about nothing")
    return Finding(
        rule,
        found.severity,
        subject,
        found.diagnosis,
        found.reading,
        found.fingerprint,
        found.also,
        found.confirmation,
        accepted,
    )


def _covered(coverage: Iterable[Coverage]) -> Coverage:
    every = tuple(coverage)
    by_rule: Counter[str] = Counter()
    for one in every:
        by_rule.update(one.by_rule)
    return Coverage(
        sum(one.verified for one in every),
        sum(one.contradicted for one in every),
        sum(one.uncovered for one in every),
        dict(sorted(by_rule.items())),
    )


def _table(number: int, grid: Grid, audited: AuditedReport) -> Row:
    table = grid.table
    known = audited.coverage.get(table.id, Coverage())
    surely = audited.confidence.get(table.id)
    return (
        number,
        table.id,
        storable(table.title),
        storable(grid.unit.symbol),
        grid.statement.value if grid.statement else None,
        " ".join(map(str, table.pages)),
        len(grid.rows),
        len(grid.columns),
        table.reader,
        exact(surely.share) if surely else None,
        known.verified,
        known.contradicted,
        known.uncovered,
    )


def _figures(number: int, grid: Grid, fates: Mapping[tuple[str, int, int], Fate]) -> Iterable[Row]:
    rows = {row.index: row for row in grid.rows}
    columns = {column.index: column for column in grid.columns}
    for (at, across), figure in grid.figures.items():
        row, column = rows.get(at), columns.get(across)
        fate = fates.get((grid.table.id, at, across), Fate(Ending.UNCOVERED))
        box, amount, period = figure.source.box, figure.amount, figure.period
        yield (
            number,
            at,
            across,
            box.page,
            *(round(side, 2) for side in box.coordinates),
            storable(figure.label),
            storable("\n".join(figure.path)),
            row.role.value if row else None,
            row.concept.value if row and row.concept else None,
            storable(figure.header),
            figure.measure.value if figure.measure else None,
            day(period.start) if period else None,
            day(period.end) if period else None,
            figure.aspect.value if figure.aspect else None,
            column.scope.value if column and column.scope else None,
            bool(column and column.previous),
            exact(amount.value),
            exact(amount.step),
            storable(amount.unit.symbol),
            amount.unit.exponent,
            amount.unit.kind.value,
            storable(figure.source.text),
            storable(figure.qualifier),
            figure.trust < 1,
            fate.tested.value,
            " ".join(fate.rules),
        )


def _comparisons(comparisons: Iterable[Comparison]) -> tuple[Row, ...]:
    return tuple(_comparison(number, one) for number, one in enumerate(comparisons))


def _comparison(number: int, comparison: Comparison) -> Row:
    """What agrees to the last digit is told by that alone: its expected value is the stated one."""
    verdict, stated, remark = comparison.verdict, comparison.stated, comparison.remark
    same = verdict is Verdict.AGREES and remark is None
    return (
        number,
        comparison.rule,
        "remark" if remark is not None else verdict.value,
        stated.source.box.page,
        stated.table,
        stated.row,
        stated.column,
        exact(stated.amount.value),
        None if same or comparison.undecided else exact(comparison.expected),
        None if same else exact(comparison.tolerance),
        storable(stated.amount.unit.symbol),
        stated.amount.unit.exponent,
        " ".join(_term(term, stated) for term in comparison.terms),
        storable(comparison.undecided or (remark.kind if remark else "")),
    )


def _term(term: Term, stated: Figure) -> str:
    """ "3/2" for the figure in row 3, column 2 of the stated one's table, "p8t1/3/2" for one of
    another table, "text/…" for one of running text; before it "-" where it is taken away, "0.5*"
    where half of it counts, and "÷" where it stands under a fraction bar."""
    figure, factor = term.figure, term.factor
    times = {Decimal(1): "", Decimal(-1): "-"}.get(factor, f"{factor:f}*")
    table = "" if figure.table == stated.table else f"{figure.table or 'text'}/"
    return f"{'÷' if term.below else ''}{times}{table}{figure.row}/{figure.column}"


def _findings(findings: Iterable[Finding]) -> tuple[Row, ...]:
    return tuple(_finding(number, one) for number, one in enumerate(findings))


def _finding(number: int, finding: Finding) -> Row:
    subject, cause = finding.subject, finding.diagnosis
    about = subject if isinstance(subject, Comparison) else None
    stated = about.stated if about else None
    decided = about if about and not about.undecided else None
    found = _Found(
        finding.severity,
        about,
        subject if isinstance(subject, Observation) else None,
        cause,
        finding.reading,
        finding.fingerprint,
        finding.also,
        finding.confirmation,
    )
    return (
        number,
        finding.rule.code,
        finding.severity.value,
        finding.reading.value,
        finding.fingerprint,
        storable(finding.concept),
        finding.page,
        subject.table,
        stated.row if stated else None,
        stated.column if stated else None,
        storable(stated.label) if stated else "",
        storable(stated.header) if stated else "",
        storable(stated.source.text if stated else getattr(subject, "evidence", "")),
        exact(stated.amount.value) if stated else None,
        exact(decided.expected) if decided else None,
        exact(decided.difference) if decided else None,
        storable(stated.amount.unit.symbol) if stated else "",
        stated.amount.unit.exponent if stated else None,
        cause.kind if cause else None,
        exact(cause.proposed) if cause else None,
        _pack(found, _Found),
    )


def _pack(value: object, kind: type) -> bytes:
    plain = _converter().unstructure(value, kind)
    said = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(said.encode("utf-8", "surrogatepass"), preset=PRESET)


def _unpack(packed: bytes, kind: type[T]) -> T:
    try:
        unpacker = lzma.LZMADecompressor(memlimit=RAREST)
        said = unpacker.decompress(packed, LARGEST).decode("utf-8", "surrogatepass")
        if not unpacker.eof:
            raise CodecError("it is cut off, or too large")
        return _converter().structure(json.loads(said), kind)
    except (lzma.LZMAError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise CodecError(str(error)) from error


@cache
def _converter() -> Converter:
    """Amounts and days as text, keys that are no text as pairs, all else as cattrs does."""
    from cattrs import Converter  # noqa: PLC0415 - only who keeps or recalls waits for it

    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda said, _: Decimal(said))
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_structure_hook(dt.date, lambda said, _: dt.date.fromisoformat(said))
    converter.register_unstructure_hook_func(
        _keyed,
        lambda pairs: [
            [converter.unstructure(key), converter.unstructure(value)]
            for key, value in pairs.items()
        ],
    )
    converter.register_structure_hook_func(
        _keyed,
        lambda pairs, kind: {
            converter.structure(key, get_args(kind)[0]): converter.structure(
                value, get_args(kind)[1]
            )
            for key, value in pairs
        },
    )
    return converter


def _keyed(kind: Any) -> bool:
    """Whether it is a mapping from something that JSON has no keys of."""
    return get_origin(kind) is Mapping and get_args(kind)[0] is not str

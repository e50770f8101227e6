"""What the workers of a scan do: plain values in, plain values out; they know no store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit import pipeline
from audit.confirm import remembered
from audit.model import AuditedReport, Comparison, Finding, Kinship, Rule, Skipped, SourceError
from audit.scan import sources
from audit.store import codec
from audit.store.codec import Record


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: the SHA-256 of its content and, unless that was known, its record."""

    sha256: str
    record: Record | None


def read(location: str, name: str, known: Collection[str], rules: Sequence[Rule]) -> Read | Skipped:
    """Audit the report ``name`` of the archive at ``location``, unless its SHA-256 is ``known``."""
    try:
        with sources.fetched(location, name) as path:
            sha256 = digest(path)
            if sha256 in known:
                return Read(sha256, None)
            audited = _nameless(pipeline.audit(path, rules, None))
            return Read(sha256, codec.record(sha256, audited))
    except SourceError as error:
        return Skipped(name, error.obstacle, error.detail)


def identify(location: str, name: str) -> str | Skipped:
    """The SHA-256 of a report that cannot be audited."""
    try:
        with sources.fetched(location, name) as path:
            return digest(path)
    except SourceError as error:
        return Skipped(name, error.obstacle, error.detail)


def judge(sha256: str, packed: bytes, rules: Sequence[Rule]) -> Record:
    """What ``rules`` find in a report that was read before; its PDF stays shut, so that what no
    second reader has seen stays unconfirmed. Raises CodecError."""
    memory = codec.memory(packed)
    audited = pipeline.judged("", memory.report, rules, remembered(memory.sights))
    return codec.record(sha256, audited, memory.sights)


def compare(
    newer: bytes, others: Sequence[tuple[bytes, Kinship]], rules: Sequence[Rule]
) -> list[tuple[tuple[Comparison, ...], tuple[Finding, ...]]]:
    """What ``rules`` compare and find between a report and each of the others, all of them packed,
    that it must agree with. Raises CodecError."""
    memory = codec.memory(newer)
    return [
        pipeline.across(codec.memory(other), memory, kinship, rules) for other, kinship in others
    ]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nameless(audited: AuditedReport) -> AuditedReport:
    """Without the file's name: one report may lie in an archive under several."""
    report = audited.report
    if report is None:
        return replace(audited, path="")
    nameless = replace(report, document=replace(report.document, name=""))
    return replace(audited, path="", report=nameless)

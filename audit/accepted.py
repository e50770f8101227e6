"""The findings that an auditor has accepted: a TOML file beside the reports, and what it makes of
what was found.

The file is kept as its keepers wrote it, comments and order included; a decision is added at its
end::

    [[accepted]]
    fingerprint = "3f2a9c0d1e4b"
    rule = "DEV201"
    concept = "DEV201: Leanlink / Avvikelse"
    reason = "Omförd i slutversionen"
    by = "…"
    at = 2026-11-24
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from audit.model import AuditedReport, Decision, Finding

FILE = "granska-accepted.toml"
TABLE = "accepted"


class AcceptedError(Exception):
    """A file of accepted findings that cannot be used; the words say where and why."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A decision that no finding of the report bears any more. ``changed``: one of the same
    concept with other figures does."""

    decision: Decision
    changed: bool


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions in the file at ``path``; none where there is no such file.

    Raises AcceptedError, naming the file and what is wrong in it.
    """
    if not path.exists():
        return ()
    entries = _parsed(path).get(TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise AcceptedError(f"{path}: {TABLE} must be tables: [[{TABLE}]].")
    return tuple(_decision(path, number, dict(entry)) for number, entry in enumerate(entries, 1))


def added(path: Path, decisions: Iterable[Decision]) -> str:
    """The text of the file at ``path`` with ``decisions`` at its end.

    Raises AcceptedError as ``load`` does.
    """
    load(path)
    document = _parsed(path) if path.exists() else tomlkit.document()
    entries = document.setdefault(TABLE, tomlkit.aot())
    for decision in decisions:
        entry = tomlkit.table()
        for one in fields(Decision):
            entry.add(one.name, getattr(decision, one.name))
        entries.append(entry)
    return tomlkit.dumps(document)


def carried(
    audited: AuditedReport, decisions: Sequence[Decision]
) -> tuple[AuditedReport, tuple[Lapsed, ...]]:
    """The report with its accepted findings marked, and the decisions that lapsed in it: those on
    concepts that it still finds something about, with other figures, and those on nothing that it
    finds any more."""
    known = {decision.fingerprint: decision for decision in decisions}
    findings = tuple(
        replace(finding, accepted=known.get(finding.fingerprint)) for finding in audited.findings
    )
    borne = {finding.fingerprint for finding in findings}
    open_ones = {finding.concept for finding in findings if not finding.accepted}
    lapsed = tuple(
        Lapsed(decision, decision.concept in open_ones)
        for decision in decisions
        if decision.fingerprint not in borne
    )
    return replace(audited, findings=findings), lapsed


def meant(prefix: str, findings: Iterable[Finding]) -> Finding:
    """The one finding whose fingerprint begins with ``prefix``.

    Raises AcceptedError where there is none, or several.
    """
    by_mark = {one.fingerprint: one for one in findings if one.fingerprint.startswith(prefix)}
    if len(by_mark) == 1:
        return next(iter(by_mark.values()))
    if by_mark:
        raise AcceptedError(f"{prefix} begins several fingerprints: {', '.join(sorted(by_mark))}.")
    raise AcceptedError(f"No finding of these reports has a fingerprint that begins with {prefix}.")


def _parsed(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text("utf-8"))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise AcceptedError(f"{path}: {error}") from error
    except OSError as error:
        raise AcceptedError(f"{path}: {error.strerror or error}") from error


def _decision(path: Path, number: int, entry: dict[str, object]) -> Decision:
    names = [one.name for one in fields(Decision)]
    if set(entry) != set(names):
        wrong = sorted(set(entry) ^ set(names))[0]
        raise AcceptedError(f"{path}: entry {number}: {wrong} is missing or unknown.")
    *texts, at = (entry[name] for name in names)
    if not all(isinstance(text, str) for text in texts) or not isinstance(at, dt.date):
        raise AcceptedError(f"{path}: entry {number}: at must be a date, all else text.")
    fingerprint, rule, concept, reason, by = map(str, texts)
    return Decision(fingerprint, rule, concept, reason, by, dt.date(at.year, at.month, at.day))

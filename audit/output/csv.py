"""Findings and tables as comma-separated values, safe to open in a spreadsheet: a text that a
spreadsheet would take for a formula gets an apostrophe before it, numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from audit.language import Words
from audit.model import AuditedReport, Finding, Grid, Observation, Table
from audit.output import sentences
from audit.output.excerpt import suspects
from audit.output.plain import clean, digits, exact
from audit.output.spread import grids

FINDINGS = (
    "path", "rule", "severity", "page", "table", "row", "column", "title", "message", "formula",
    "actual", "expected", "difference", "unit", "suspect_row", "suspect_column", "cause",
    "proposed", "reading", "fingerprint", "accepted",
)  # fmt: skip
TABLES = (
    "path", "table", "page", "row", "column", "rows", "columns", "header", "text", "mark", "value",
    "unit", "label", "column_header", "coverage", "rules",
)  # fmt: skip

NUMBER = re.compile(r"[-+\N{MINUS SIGN}]?\d[\d\s]*([.,]\d+)?\s?%?")
RISKY = ("=", "+", "-", "@", "\t", "\r", "|")


def findings_csv(audits: Iterable[AuditedReport], words: Words) -> str:
    """One line for each finding; amounts as exact digits in the unit printed."""
    return _written(
        FINDINGS,
        (
            finding_line(audited.path, finding, words)
            for audited in audits
            for finding in audited.findings
        ),
    )


def tables_csv(audits: Iterable[AuditedReport]) -> str:
    """One line for each cell of each table, as printed; where it is a number also its exact digits
    and its unit, what became of it and the rules that say so."""
    return _written(
        TABLES,
        (
            line
            for audited in audits
            if audited.report
            for table in audited.report.document.tables
            for line in _cells(audited, table, grids(audited).get(table.id))
        ),
    )


def safe(text: str) -> str:
    """``text`` as a spreadsheet may have it."""
    said = clean(text)
    risky = said.lstrip().startswith(RISKY) and not NUMBER.fullmatch(said.strip())
    return f"'{said}" if risky else said


def _written(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for line in lines:
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue()


def finding_line(path: str, finding: Finding, words: Words) -> Sequence[object]:
    """What FINDINGS names, of one finding of the report at ``path``."""
    if isinstance(finding.subject, Observation):
        seen = dict.fromkeys(FINDINGS, "") | {
            "path": path,
            "rule": finding.rule.code,
            "severity": finding.severity.value,
            "page": finding.page or "",
            "table": finding.subject.table,
            "title": words.pick(finding.rule.title),
            "message": sentences.sentence(words, finding),
            "reading": finding.reading.value,
            "fingerprint": finding.fingerprint,
            "accepted": finding.accepted.reason if finding.accepted else "",
        }
        return tuple(seen.values())
    comparison, diagnosis = finding.subject, finding.diagnosis
    stated = comparison.stated
    like = stated.amount
    undivided = diagnosis is not None and diagnosis.kind == "either"
    pointed = None if undivided else next(iter(suspects(finding)), None)
    proposed = diagnosis.proposed if diagnosis else None
    decided = not comparison.undecided
    return (
        path,
        finding.rule.code,
        finding.severity.value,
        stated.source.box.page,
        stated.table,
        stated.label,
        stated.header,
        words.pick(finding.rule.title),
        sentences.sentence(words, finding),
        sentences.formula(comparison),
        digits(like),
        exact(comparison.expected, like.unit, like.step) if decided else "",
        exact(comparison.difference, like.unit, like.step) if decided else "",
        like.unit.symbol,
        pointed.label if pointed else "",
        pointed.header if pointed else "",
        sentences.cause(words, finding),
        "" if proposed is None else exact(proposed, (pointed or stated).amount.unit, like.step),
        finding.reading.value,
        finding.fingerprint,
        finding.accepted.reason if finding.accepted else "",
    )


def _cells(audited: AuditedReport, table: Table, grid: Grid | None) -> Iterable[Sequence[object]]:
    labels = {row.index: row.label for row in grid.rows} if grid else {}
    headers = {column.index: column.header for column in grid.columns} if grid else {}
    for cell in table.cells:
        figure = grid.figures.get((cell.row, cell.column)) if grid else None
        fate = audited.fates.get((table.id, cell.row, cell.column))
        yield (
            audited.path, table.id, cell.box.page, cell.row, cell.column, cell.rows, cell.columns,
            int(cell.header), cell.text, cell.mark, digits(figure.amount) if figure else "",
            figure.amount.unit.symbol if figure else "", labels.get(cell.row, ""),
            "" if cell.header else headers.get(cell.column, ""),
            fate.tested.value if fate else "", " ".join(fate.rules) if fate else "",
        )  # fmt: skip

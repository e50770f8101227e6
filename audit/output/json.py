"""JSON as INTERFACE.md has it (schema 1): amounts are exact strings in the unit printed, boxes
``[x0, top, x1, bottom]`` in points rounded to two decimals, pages count from 1."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from audit.language import Words
from audit.model import (
    AuditedReport,
    Box,
    Cell,
    Column,
    Comparison,
    Confidence,
    Coverage,
    Fate,
    Figure,
    Finding,
    Grid,
    Observation,
    Origin,
    Passage,
    Period,
    Row,
    Table,
)
from audit.output import sentences
from audit.output.excerpt import figures
from audit.output.plain import clean, digits, exact, same
from audit.output.status import reason

SCHEMA = 1


def audited_json(audits: Iterable[AuditedReport], words: Words) -> str:
    """What ``granska check`` says of the reports, with messages in the language of ``words``."""
    return _document([_audited(audited, words) for audited in audits])


def tables_json(audits: Iterable[AuditedReport], words: Words) -> str:
    """What ``granska tables`` says: every table as printed and as understood, no checks."""
    return _document(
        [{**_head(audited, words), "tables": _tables(audited, printed=True)} for audited in audits]
    )


def _document(reports: list[dict[str, Any]]) -> str:
    head = {"version": version("granska"), "schema": SCHEMA}
    said = {"granska": head, "reports": reports}
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _audited(audited: AuditedReport, words: Words) -> dict[str, Any]:
    tally = audited.tally
    return {
        **_head(audited, words),
        "tables": _tables(audited),
        "checks": {
            "tested": tally.tested,
            "exact": tally.agrees,
            "rounding": tally.rounding,
            "differs": tally.differs,
            "undecided": tally.undecided,
        },
        "coverage": _coverage(audited.coverage.values()),
        "findings": [finding_json(finding, words) for finding in audited.findings],
    }


def _head(audited: AuditedReport, words: Words) -> dict[str, Any]:
    report = audited.report
    period = report.period if report else None
    return {
        "path": audited.path,
        "sha256": report.document.sha256 if report else None,
        "status": audited.status.value,
        "reason": reason(audited, words) or None,
        "pages": len(report.document.pages) if report else None,
        "organisation": (report.organisation or None) if report else None,
        "kind": (report.kind or None) if report else None,
        "period": _dates(period),
        **({"against": _origin(audited.against)} if audited.against else {}),
    }


def _tables(audited: AuditedReport, printed: bool = False) -> list[dict[str, Any]]:
    """The tables as understood and, when ``printed``, every cell as it stands on the page."""
    if audited.report is None:
        return []
    grids = {grid.table.id: grid for grid in audited.report.grids}
    return [
        {
            **_table(table, grids.get(table.id), audited),
            **_confidence(table, audited.confidence.get(table.id)),
            **(_printed(table) if printed else {}),
        }
        for table in audited.report.document.tables
    ]


def _printed(table: Table) -> dict[str, Any]:
    return {
        "cells": [_cell(cell) for cell in table.cells],
        "regions": [{"page": box.page, "box": _box(box)} for box in table.regions],
    }


def _table(table: Table, grid: Grid | None, audited: AuditedReport) -> dict[str, Any]:
    known = audited.coverage.get(table.id)
    printed = {(cell.row, cell.column): cell for cell in table.cells}
    return {
        "id": table.id,
        "title": table.title,
        "unit": (grid.unit.symbol if grid else table.unit) or None,
        "pages": list(table.pages),
        "reader": table.reader,
        "columns": [_column(column) for column in grid.columns] if grid else [],
        "rows": [_row(grid, row, printed, audited.fates) for row in grid.rows] if grid else [],
        "coverage": _coverage([known]) if known else None,
    }


def _confidence(table: Table, found: Confidence | None) -> dict[str, Any]:
    """How surely the table was read, and the three things that this rests on."""
    if found is None:
        return {"confidence": round(table.confidence, 2)}
    return {
        "confidence": float(found.share),
        "confidence_from": {
            "alignment": round(found.alignment, 2),
            "agreement": {"asked": found.asked, "agreed": found.agreed},
            "arithmetic": {"tested": found.tested, "held": found.held},
        },
    }


def _column(column: Column) -> dict[str, Any]:
    period = column.period
    return {
        "header": column.header,
        "measure": column.measure.value if column.measure else None,
        "period": _period(period.start.isoformat(), period.end.isoformat()) if period else None,
    }


def _period(start: str, end: str) -> str:
    """ "2021" for a whole year, a single day as itself, else "2021-01-01/2021-08-31"."""
    if start[4:] == "-01-01" and end == f"{start[:4]}-12-31":
        return start[:4]
    return start if start == end else f"{start}/{end}"


def _row(
    grid: Grid,
    row: Row,
    printed: Mapping[tuple[int, int], Cell],
    fates: Mapping[tuple[str, int, int], Fate],
) -> dict[str, Any]:
    """Blank cells are left out; ``column`` counts in the table's ``columns``, from 0. A figure has
    what became of it, and the rules that say so."""
    cells = []
    for position, column in enumerate(grid.columns):
        figure = grid.figures.get((row.index, column.index))
        source = figure.source if figure else printed.get((row.index, column.index))
        fate = fates.get((grid.table.id, row.index, column.index))
        if source is None:
            continue
        cells.append(
            {
                "column": position,
                "text": source.text,
                "value": digits(figure.amount) if figure else None,
                "page": source.box.page,
                "box": _box(source.box),
                "coverage": fate.tested.value if fate else None,
                "rules": list(fate.rules) if fate else [],
            }
        )
    return {"label": row.label, "role": row.role.value, "cells": cells}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "rows": cell.rows,
        "columns": cell.columns,
        "text": cell.text,
        "mark": cell.mark or None,
        "header": cell.header,
        "picture": cell.trust < 1,
        "page": cell.box.page,
        "box": _box(cell.box),
    }


def _coverage(coverage: Iterable[Coverage]) -> dict[str, Any]:
    fates = tuple(coverage)
    by_rule: Counter[str] = Counter()
    for fate in fates:
        by_rule.update(fate.by_rule)
    return {
        "figures": sum(fate.figures for fate in fates),
        "verified": sum(fate.verified for fate in fates),
        "contradicted": sum(fate.contradicted for fate in fates),
        "uncovered": sum(fate.uncovered for fate in fates),
        "by_rule": dict(sorted(by_rule.items())),
    }


def finding_json(finding: Finding, words: Words) -> dict[str, Any]:
    return {
        "rule": finding.rule.code,
        "title": clean(words.pick(finding.rule.title)),
        "severity": finding.severity.value,
        "page": finding.page,
        "table": finding.subject.table or None,
        "message": sentences.sentence(words, finding),
        **_about(finding, words),
        "reading": finding.reading.value,
        "fingerprint": finding.fingerprint,
        "accepted": _accepted(finding),
    }


def _accepted(finding: Finding) -> dict[str, str] | None:
    decision = finding.accepted
    if decision is None:
        return None
    return {"reason": decision.reason, "by": decision.by, "at": decision.at.isoformat()}


def _about(finding: Finding, words: Words) -> dict[str, Any]:
    """The figures that a comparison is of, or the words that were observed."""
    if isinstance(finding.subject, Observation):
        nothing = ("formula", "expected", "actual", "difference", "unit")
        seen = finding.subject
        evidence = {"text": seen.evidence, "box": _box(seen.box)} if seen.box else None
        told: dict[str, Any] = {
            **dict.fromkeys(nothing),
            "cells": [],
            "evidence": evidence,
            "diagnosis": None,
        }
        return told | ({"against": _origin(seen.against)} if seen.against else {})
    comparison = finding.subject
    like = comparison.stated.amount
    shown = figures(finding)
    against = {"against": _origin(comparison.against)} if comparison.against else {}
    expected, difference = (
        (None, None)
        if comparison.undecided
        else (
            exact(comparison.expected, like.unit, like.step),
            exact(comparison.difference, like.unit, like.step),
        )
    )
    return {
        "formula": sentences.formula(comparison) or None,
        "expected": expected,
        "actual": digits(like),
        "difference": difference,
        "unit": like.unit.symbol or None,
        **against,
        "cells": [_involved(figure, comparison) for figure in shown],
        "evidence": None,
        "diagnosis": _diagnosis(finding, shown, words),
    }


def _origin(other: Origin) -> dict[str, Any]:
    """The other report that something is held against."""
    return {
        "sha256": other.sha256,
        "organisation": other.organisation or None,
        "kind": other.kind or None,
        "period": _dates(other.period),
    }


def _dates(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _involved(figure: Figure, comparison: Comparison) -> dict[str, Any]:
    """A figure of the finding; ``report`` is the SHA-256 of another report that it stands in."""
    prose = isinstance(figure.source, Passage)
    elsewhere = any(same(figure, term.figure) for term in comparison.terms)
    other = comparison.against if elsewhere else None
    return {
        **({"report": other.sha256} if other else {}),
        "role": _role(figure, comparison),
        "row": figure.label,
        "column": None if prose else figure.header,
        "text": figure.source.text,
        "value": digits(figure.amount),
        "picture": figure.trust < 1,
        "page": figure.source.box.page,
        "box": _box(figure.source.box),
    }


def _role(figure: Figure, comparison: Comparison) -> str:
    """A single figure that the stated one is held against is its counterpart, and so is a figure
    that only the diagnosis speaks of."""
    if isinstance(figure.source, Passage):
        return "mention"
    if same(figure, comparison.stated):
        return "stated"
    among = any(same(figure, term.figure) for term in comparison.terms)
    return "part" if among and len(comparison.terms) > 1 else "counterpart"


def _diagnosis(finding: Finding, shown: Sequence[Figure], words: Words) -> dict[str, Any] | None:
    diagnosis = finding.diagnosis
    if diagnosis is None:
        return None
    suspect = diagnosis.suspect
    like = (suspect or finding.comparison.stated).amount
    places = (index for index, figure in enumerate(shown) if suspect and same(figure, suspect))
    proposed = diagnosis.proposed
    return {
        "kind": diagnosis.kind,
        "message": _capital(sentences.cause(words, finding)) or None,
        "suspect": next(places, None),
        "proposed": None if proposed is None else exact(proposed, like.unit, like.step),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _box(box: Box) -> list[float]:
    return [round(side, 2) for side in box.coordinates]

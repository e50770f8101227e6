"""Tables as one HTML page that needs nothing else: no request leaves it and no script runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audit.language import Words
from audit.model import AuditedReport, Grid, Table
from audit.output.fates import MARKS, legend, summary, told
from audit.output.plain import clean
from audit.output.spread import Part, Spot, grids, share, spread, tables
from audit.output.status import reason

DEEPEST = 6  # indents of labels that the page's style knows


def tables_html(audits: Sequence[AuditedReport], words: Words) -> str:
    """The page with every table of the reports, and why a report was not read."""
    # slow to load, and only this output needs it
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("audit.output", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template("tables.html.jinja")
    shown = [_report(audited, number, words) for number, audited in enumerate(audits, start=1)]
    return page.render(say=words.say, language=words.language, reports=shown)


def _report(audited: AuditedReport, number: int, words: Words) -> dict[str, Any]:
    known = grids(audited)
    report = audited.report
    return {
        "path": clean(audited.path),
        "organisation": clean(report.organisation) if report else "",
        "reason": reason(audited, words),
        "legend": [
            {"sign": mark.sign, "said": said, "looks": ending.value}
            for ending, (mark, said) in zip(MARKS, legend(audited, words), strict=True)
            if audited.fates
        ],
        "tables": [
            _table(table, f"r{number}-{table.id}", known.get(table.id), audited, words)
            for table in tables(audited)
        ],
    }


def _table(
    table: Table, anchor: str, grid: Grid | None, audited: AuditedReport, words: Words
) -> dict[str, Any]:
    shown = spread(table, grid, audited.fates)
    rows = [[_cell(spot, shown.at_right(spot), words) for spot in row] for row in shown.rows]
    pages = words.count(
        "page {pages}", "pages {pages}", len(table.pages), pages=", ".join(map(str, table.pages))
    )
    sure = words.percent(share(audited, table))
    known = audited.coverage.get(table.id) if audited.fates else None
    return {
        "id": table.id,
        "anchor": anchor,
        "title": clean(table.title) or table.id,
        "about": [clean(table.unit)] if table.unit else [],
        "pages": pages,
        "sure": words.say("reading {share} sure", share=sure),
        "tested": summary(known, words) if known else "",
        "head": rows[: shown.head],
        "body": rows[shown.head :],
        "notes": list(_notes(table)),
    }


def _notes(table: Table) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys((clean(note.mark), clean(note.text)) for note in table.footnotes)


def _cell(spot: Spot, right: bool, words: Words) -> dict[str, Any]:
    """What the page needs to know of one place. A header over nothing heads nothing."""
    cell = spot.cell
    kind = spot.part if cell else Part.TEXT
    scopes = {
        Part.HEADER: "colgroup" if spot.columns > 1 else "col",
        Part.LABEL: "rowgroup" if spot.rows > 1 else "row",
    }
    looks = [spot.part.value]
    if right:
        looks.append("right")
    if cell and cell.style.bold:
        looks.append("bold")
    if cell and cell.style.italic:
        looks.append("italic")
    if spot.fate:
        looks.append(spot.fate.tested.value)
    if spot.level:
        looks.append(f"level{min(spot.level, DEEPEST)}")
    return {
        "text": clean(cell.text) if cell else "",
        "mark": clean(cell.mark) if cell else "",
        "scope": scopes.get(kind, ""),
        "looks": " ".join(looks),
        "sign": MARKS[spot.fate.tested].sign if spot.fate else "",
        "told": told(spot.fate, words) if spot.fate else "",
        "rows": spot.rows,
        "columns": spot.columns,
    }

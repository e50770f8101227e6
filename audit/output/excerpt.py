"""The part of a table that a finding is about: the rows and columns involved, suspects marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.language import MINUS
from audit.model import Figure, Finding, Grid, Observation, Passage, Report, Role, Row
from audit.output.plain import clean, same, unique

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of an excerpt. ``involved`` in the relation; ``suspect``: thought wrong."""

    text: str
    involved: bool = False
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``sign`` is "+", "−" or "=" where the rows make up a sum. ``left_out`` rows were
    left out before this one."""

    sign: str
    label: str
    level: int
    spots: tuple[Spot, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``corner`` is the heading or total that all the rows stand under, "" when there is none;
    ``left_out`` rows were left out after the last one."""

    table: str
    title: str
    page: int
    corner: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they are printed: running text that states a figure, or what was observed.
    ``marked`` are those of them that are the figure."""

    page: int
    text: str
    marked: str = ""


def figures(finding: Finding) -> tuple[Figure, ...]:
    """Every figure of the finding once: the stated one, the parts, and those of the cause. An
    observation is about words and has none."""
    if isinstance(finding.subject, Observation):
        return ()
    comparison, diagnosis = finding.subject, finding.diagnosis
    told = (diagnosis.suspect, *diagnosis.others) if diagnosis else ()
    return unique([*comparison.figures, *told])


def suspects(finding: Finding) -> tuple[Figure, ...]:
    """The figures to point at: those read differently, all that changed places, the suspected
    one or two, or else the stated one. An explained relation has none, nor has an observation."""
    if isinstance(finding.subject, Observation):
        return ()
    if finding.confirmation and finding.confirmation.seen:
        seen = finding.confirmation.seen
        return tuple(figure for figure in figures(finding) if figure.source.box in seen)
    diagnosis = finding.diagnosis
    if diagnosis and diagnosis.suspect:
        exchanged = diagnosis.kind.endswith("-exchanged")
        return (diagnosis.suspect, *(diagnosis.others if exchanged else ()))
    if diagnosis and diagnosis.kind == "either":
        return diagnosis.others
    return () if finding.subject.remark else (finding.subject.stated,)


def excerpts(finding: Finding, report: Report) -> tuple[Excerpt | Quote, ...]:
    """One for each table that the finding touches, that of the stated figure first; of an
    observation the words it is about."""
    if isinstance(finding.subject, Observation):
        seen = finding.subject
        return (Quote(seen.box.page, clean(seen.evidence)),) if seen.box and seen.evidence else ()
    grids = {grid.table.id: grid for grid in report.grids}
    involved = figures(finding)
    shown: list[Excerpt | Quote] = [
        Quote(figure.source.box.page, clean(figure.source.text), clean(figure.qualifier))
        for figure in involved
        if isinstance(figure.source, Passage)
    ]
    for table in dict.fromkeys(figure.table for figure in involved):
        if table in grids:
            here = [figure for figure in involved if figure.table == table]
            shown.append(_excerpt(grids[table], here, finding))
    return tuple(shown)


def _excerpt(grid: Grid, involved: Sequence[Figure], finding: Finding) -> Excerpt:
    columns = sorted({figure.column for figure in involved})
    rows = [row for row in grid.rows if any(row.index == figure.row for figure in involved)]
    pointed = suspects(finding)
    signs = _signs(finding, grid) if len(columns) == 1 else {}
    least = min((row.level for row in rows), default=0)
    lines = [
        Line(
            signs.get(row.index, ""),
            clean(row.label),
            row.level - least,
            tuple(_spot(grid, row, column, involved, pointed) for column in columns),
        )
        for row in rows
    ]
    kept = {figure.row for figure in pointed} | {finding.comparison.stated.row}
    shown, left_out = _shortened(lines, [row.index in kept for row in rows])
    return Excerpt(
        grid.table.id,
        clean(grid.table.title),
        involved[0].source.box.page,
        _corner(grid, rows),
        tuple(clean(grid.column(column).header) for column in columns),
        shown,
        left_out,
    )


def _spot(
    grid: Grid, row: Row, column: int, involved: Iterable[Figure], pointed: Iterable[Figure]
) -> Spot:
    figure = grid.figures.get((row.index, column))
    if figure is None:
        return Spot(clean(grid.texts.get((row.index, column), "")))
    return Spot(
        clean(figure.source.text),
        any(same(figure, other) for other in involved),
        any(same(figure, other) for other in pointed),
    )


def _signs(finding: Finding, grid: Grid) -> dict[int, str]:
    """What each row does in the sum, by row."""
    comparison = finding.comparison
    equation = comparison.low == comparison.high and not comparison.quotient
    equation = equation and len(comparison.terms) > 1
    if not equation or comparison.stated.table != grid.table.id:
        return {}
    terms = {
        term.figure.row: MINUS if term.factor < Decimal(0) else "+"
        for term in comparison.terms
        if term.figure.table == grid.table.id
    }
    return {**terms, comparison.stated.row: "="}


def _corner(grid: Grid, rows: Sequence[Row]) -> str:
    """The heading, or the row of an of-which row, that all of ``rows`` stand under, unless it is
    among them."""
    above = {_above(grid, row) for row in rows}
    shared = above.pop() if len(above) == 1 else ""
    return "" if any(row.label == shared for row in rows) else clean(shared)


def _above(grid: Grid, row: Row) -> str:
    if row.role is Role.OF_WHICH:
        wholes = [
            one for one in grid.rows if one.index < row.index and one.role is not Role.OF_WHICH
        ]
        return wholes[-1].label if wholes else ""
    return row.path[-1] if row.path else ""


def _shortened(lines: Sequence[Line], kept: Sequence[bool]) -> tuple[tuple[Line, ...], int]:
    """About ``MOST_LINES`` lines, the first ones and every kept one, and how many are left out
    after the last of them."""
    if len(lines) <= MOST_LINES:
        return tuple(lines), 0
    room = MOST_LINES - sum(kept) - 1
    shown: list[Line] = []
    left_out = 0
    for line, keep in zip(lines, kept, strict=True):
        if keep or room > 0:
            shown.append(Line(line.sign, line.label, line.level, line.spots, left_out))
            left_out = 0
            room -= not keep
        else:
            left_out += 1
    return tuple(shown), left_out

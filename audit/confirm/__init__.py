"""The independent second reader: were the digits of a failing relation really on the page?

pdfplumber reads them again with another PDF engine (pdfminer.six), from its own characters in its
own geometry, joined to numbers in its own way. Only what that leaves in doubt goes to camelot:
loading it takes longer than reading the pages again. Of the first reader nothing is used but
where it says that the cells are. Pages with a failing relation are opened, no others, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from audit.confirm.engine import Sheet, sheets
from audit.confirm.numerals import numerals
from audit.confirm.sight import Outcome, Sight, look, read
from audit.confirm.structure import agrees, aligned, camelot_places, missed
from audit.model import Box, Cell, Comparison, Confirmation, Figure, Reading, Report, Verdict

__all__ = ["confirm", "remembered"]

DIGITS = "pdfplumber"
STRUCTURE = "pdfplumber, camelot"


def confirm(
    path: Path, report: Report, comparisons: Sequence[Comparison]
) -> Mapping[int, Confirmation]:
    """What second readers saw of each comparison that differs, by its place in ``comparisons``.

    CONFIRMED: every figure's digits stand where the first reader says. MISREAD: other digits
    stand there, which ``seen`` keeps. UNCONFIRMED: nothing was seen, or it could be either.
    """
    doubtful = {
        index: comparison.figures
        for index, comparison in enumerate(comparisons)
        if _differs(comparison)
    }
    if not doubtful:
        return {}
    every = {figure.source.box: figure for figures in doubtful.values() for figure in figures}
    pages = sheets(path, {box.page for box in every})
    sights = {box: _sight(figure, pages) for box, figure in every.items()}
    cells = [cell for table in report.document.tables for cell in table.cells]
    first: dict[int, Confirmation] = {}
    unsure: dict[int, tuple[Figure, ...]] = {}
    for index, figures in doubtful.items():
        seen = {figure.source.box: sights[figure.source.box] for figure in figures}
        first[index], asking = _judged(figures, seen, cells, pages)
        if asking:
            unsure[index] = figures
    return first | _asked(path, report, unsure, pages)


def remembered(
    sights: Mapping[tuple[Box, ...], Confirmation],
) -> Callable[[Report, Sequence[Comparison]], Mapping[int, Confirmation]]:
    """As ``confirm``, of a report whose PDF stays shut: ``sights`` are what second readers once
    saw, by the boxes of the figures, the stated one first. What they never looked at is
    UNCONFIRMED."""

    def recall(report: Report, comparisons: Sequence[Comparison]) -> Mapping[int, Confirmation]:
        return {
            index: sights.get(
                tuple(figure.source.box for figure in comparison.figures),
                Confirmation(Reading.UNCONFIRMED, ""),
            )
            for index, comparison in enumerate(comparisons)
            if _differs(comparison)
        }

    return recall


def _differs(comparison: Comparison) -> bool:
    return comparison.verdict is Verdict.DIFFERS and comparison.remark is None


def _sight(figure: Figure, pages: Mapping[int, Sheet]) -> Sight:
    sheet = pages.get(figure.source.box.page)
    if sheet is None:
        return Sight(Outcome.NOTHING)
    if isinstance(figure.source, Cell):
        return look(figure.source.box, numerals(figure.source.text), sheet)
    _, lines = read(figure.source.box, sheet)
    there = {found.lstrip("(-") for line in lines for found in numerals(line.text)}
    return Sight(Outcome.SAME if _printed(figure) in there else Outcome.NOTHING)


def _printed(mention: Figure) -> str:
    """The digits of a figure of running text, without its sign, which may be a word there."""
    amount = mention.amount
    last_digit = amount.step.scaleb(-amount.unit.exponent).normalize()
    return f"{abs(amount.printed.quantize(last_digit)):f}".replace(".", ",")


def _judged(
    figures: Sequence[Figure],
    seen: Mapping[Box, Sight],
    cells: Sequence[Cell],
    pages: Mapping[int, Sheet],
) -> tuple[Confirmation, bool]:
    """What pdfplumber alone says, and whether camelot could settle it."""
    outcomes = {sight.outcome for sight in seen.values()}
    if Outcome.OTHER in outcomes:
        other = {box: sight.text for box, sight in seen.items() if sight.outcome is Outcome.OTHER}
        return Confirmation(Reading.MISREAD, DIGITS, other), False
    in_cells = [figure for figure in figures if isinstance(figure.source, Cell)]
    if Outcome.NOTHING in outcomes or missed(in_cells, cells, seen, pages):
        return Confirmation(Reading.UNCONFIRMED, DIGITS), False
    if Outcome.UNSURE in outcomes or not aligned(in_cells, seen):
        return Confirmation(Reading.UNCONFIRMED, DIGITS), True
    return Confirmation(Reading.CONFIRMED, DIGITS), False


def _asked(
    path: Path,
    report: Report,
    unsure: Mapping[int, tuple[Figure, ...]],
    pages: Mapping[int, Sheet],
) -> dict[int, Confirmation]:
    """What camelot says of the comparisons whose structure is in doubt."""
    if not unsure:
        return {}
    wanted = {figure.table for figures in unsure.values() for figure in figures}
    tables = [table for table in report.document.tables if table.id in wanted]
    places = camelot_places(path, tables, pages)
    return {
        index: Confirmation(
            Reading.CONFIRMED
            if agrees([f for f in figures if isinstance(f.source, Cell)], places)
            else Reading.UNCONFIRMED,
            STRUCTURE,
        )
        for index, figures in unsure.items()
    }

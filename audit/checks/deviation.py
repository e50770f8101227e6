"""``deviation`` and ``deviation-convention``: a deviation is the difference of two columns.

No settings, either of them.

``deviation`` compares each figure of a deviation column with the difference of the two columns
that it is the difference of in most rows, with the sign of its own block of rows.
``deviation-convention`` yields one comparison for each block whose sign is not the table's: its
first row against the table's sign, with a remark of kind ``"sign-convention"`` that carries the
footnote (text and box, empty without one) that explains it.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.differences import differences, stated_deviations
from audit.checks.lines import ONE, equation
from audit.checks.signs import Difference, Entry
from audit.language import message
from audit.model import Basis, Comparison, Figure, Remark, Report, Rule, Term

NO_COLUMNS = message("no two columns were found that this column could be the difference of")
BLANK = message("a part of the difference is blank")
RIVAL = message("two other columns make this difference, and may be meant")
TURNED_ALONE = message("the sign is that of another side of the accounts, and may be meant")


def deviation(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every figure of a deviation column with what its row's other figures make it."""
    for grid in report.grids:
        found = {difference.column.index: difference for difference in differences(grid)}
        for difference in found.values():
            yield from _compare(difference, rule, grid.table.id)
        for column, figures in stated_deviations(grid):
            if column.index not in found:
                yield from (_undecided(figure, rule) for figure in figures)


def _compare(difference: Difference, rule: Rule, table: str) -> Iterator[Comparison]:
    basis = Basis(difference.labelled, difference.agreeing, difference.siblings)
    for entry in difference.entries:
        sign = difference.signs[entry.row.index]
        doubt = "" if entry.sign in (0, sign) else _doubt(difference, entry)
        yield equation(
            rule,
            entry.stated,
            _terms(difference, entry, sign),
            basis,
            undecided=doubt,
            group=f"{table}:column{difference.column.index}",
        )


def _doubt(difference: Difference, entry: Entry) -> str:
    if not entry.whole:
        return BLANK
    if entry.row.index in difference.doubtful:
        return TURNED_ALONE
    return RIVAL if entry.elsewhere else ""


def _terms(difference: Difference, entry: Entry, sign: int) -> tuple[Term, ...]:
    """The two sides, the one that counts plus first."""
    sides = [
        Term(factor * ONE, figure, column.header)
        for factor, figure, column in (
            (sign, entry.first, difference.first),
            (-sign, entry.second, difference.second),
        )
        if figure is not None
    ]
    return tuple(sorted(sides, key=lambda term: -term.factor))


def _undecided(figure: Figure, rule: Rule) -> Comparison:
    return equation(rule, figure, (), Basis(True, 0, 0), undecided=NO_COLUMNS)


def deviation_convention(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Say of each block of rows with a sign of its own what explains it."""
    for grid in report.grids:
        for difference in differences(grid):
            for block in difference.turned:
                first = next(entry for entry in block.entries if entry.sign)
                note = block.footnote
                remark = Remark(
                    "sign-convention", note.text if note else "", note.box if note else None
                )
                same = sum(entry.sign == first.sign for entry in block.entries)
                yield equation(
                    rule,
                    first.stated,
                    _terms(difference, first, difference.sign),
                    Basis(difference.labelled, same, len(block.entries)),
                    remark=remark,
                    group=f"{grid.table.id}:sign{first.row.index}",
                )

"""``footing``: a row is the sum of other rows, column by column.

Settings of a rule page:

- ``kind``: ``"labelled"`` (default) takes totals that words or a total row's looks mark,
  ``"implicit"`` totals that no word marks, ``"of-which"`` of-which rows that together make up the
  row they stand under (pairs of costs and income are for ``of-which-pair``).
- ``total_words``: patterns (``*`` and ``?``, case does not matter) of the labels of totals;
  default ``["summa*", "total*", "delsumma*", "s:a*"]``. Rows that reading took for totals count
  without it.
- ``result_words``: patterns of labels that say a row is reckoned from others without being called
  a total; default ``["*resultat*", "*netto*"]``. They let differences (income less costs) count.

Pages of the kinds ``labelled`` and ``implicit`` should give the same words, so that each sum
belongs to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from audit.checks.differences import turned_rows
from audit.checks.fitting import Fit, Node, Outcome, agree, fit
from audit.checks.lines import (
    ONE,
    RESULT_WORDS,
    TOTAL_WORDS,
    choice,
    equation,
    row_lines,
    words,
)
from audit.checks.structure import BELIEVED, Sum, accusing, layout, of_which_groups, sums
from audit.language import message
from audit.model import Aspect, Basis, Comparison, Grid, Report, Rule, UnitKind

UNREAD_PART = message("a part could not be read as a number")
NO_READING = message("no set of rows that this total could sum was found")

MEAN = message("the total lies between its parts, as a mean would")
RUNNING = message("the parts grow to the total, as running amounts would")

# What is paid for one of something is averaged too.
_MEANS = re.compile(
    r"genomsnitt|medel|snitt|\bper\b|/|\bindex|ålder|mean|average|median|pris\b|\bstyck",
    re.IGNORECASE,
)

KINDS = ("labelled", "implicit", "of-which")


def footing(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every sum of rows, of the rule's kind, with its parts in each column."""
    kind = choice(rule, "kind", KINDS)
    for grid in report.grids:
        if kind == "of-which":
            yield from _of_which(grid, rule)
        else:
            yield from _totals(grid, rule, labelled=kind == "labelled")


def _totals(grid: Grid, rule: Rule, labelled: bool) -> Iterator[Comparison]:
    plan = layout(
        grid,
        words(rule, "total_words", TOTAL_WORDS),
        words(rule, "result_words", RESULT_WORDS),
    )
    if labelled and not any(line.total for line in plan.lines):
        return
    found = [total for total in sums(plan) if total.labelled == labelled]
    failing = {o.place for total in found for o in total.fit.outcomes if not o.holds}
    turned = turned_rows(grid) if failing & plan.loose else {}
    for total in found:
        group = f"{grid.table.id}:row{total.fit.target.key}"
        yield from compare(_with_signs(total, turned), rule, group)


def _with_signs(total: Sum, turned: Mapping[int, Set[int]]) -> Sum:
    """The sum with minus before the rows that count their deviation the other way, where it holds
    with that only."""
    outcomes = []
    for outcome in total.fit.outcomes:
        rows = turned.get(outcome.place, frozenset())
        side = -1 if outcome.stated.row in rows else 1
        terms = tuple(
            replace(term, factor=ONE * (-side if term.figure.row in rows else side))
            for term in outcome.terms
        )
        better = rows and not outcome.holds and agree(outcome.stated, terms)
        outcomes.append(replace(outcome, terms=terms, holds=True) if better else outcome)
    return replace(total, fit=replace(total.fit, outcomes=tuple(outcomes)))


def compare(found: Sum, rule: Rule, group: str) -> Iterator[Comparison]:
    """One comparison for each place of a sum."""
    basis = Basis(found.labelled, found.fit.agreeing, found.fit.siblings)
    for outcome in found.fit.outcomes:
        reason = "" if outcome.holds else _doubt(found, outcome)
        terms = tuple(sorted(outcome.terms, key=lambda term: (term.figure.row, term.figure.column)))
        yield equation(rule, outcome.stated, terms, basis, undecided=reason, group=group)


def _doubt(found: Sum, outcome: Outcome) -> str:
    if outcome.unread:
        return UNREAD_PART
    if _may_be_mean(outcome):
        return MEAN
    if _may_run_up(outcome):
        return RUNNING
    return "" if found.reliable else NO_READING


def _may_be_mean(outcome: Outcome) -> bool:
    """Whether the column averages what the others add up: the total lies between its parts, in a
    column that is no plain money or whose head speaks of a mean."""
    stated = outcome.stated
    parts = [term.factor * term.figure.amount.value for term in outcome.terms]
    plain = stated.amount.unit.kind is UnitKind.MONEY and not _MEANS.search(stated.header)
    between = min(parts) <= stated.amount.value <= max(parts)
    return between and len(parts) > 1 and min(parts) != max(parts) and not plain


def _may_run_up(outcome: Outcome) -> bool:
    """Whether the column runs up what the others add up: no part is less than the one above it, and
    the last is the total."""
    terms = sorted(outcome.terms, key=lambda term: term.figure.row)
    parts = [abs(term.figure.amount.value) for term in terms]
    last = terms[-1].figure.amount.value == outcome.stated.amount.value
    return last and len(parts) > 2 and parts == sorted(parts)


def _of_which(grid: Grid, rule: Rule) -> Iterator[Comparison]:
    lines = row_lines(grid)
    for parent, rows in of_which_groups(grid).items():
        parts = [lines[row] for row in rows if row in lines]
        if parent not in lines or len(parts) < 2:
            continue
        if {part.aspect for part in parts} & {Aspect.COST, Aspect.INCOME}:
            continue
        nodes = [Node(part, part.key) for part in parts]
        reading = fit(lines[parent], nodes, (1,) * len(nodes))
        if _exhausts(reading):
            found = Sum(reading, False, True, True, below=True)
            yield from compare(found, rule, f"{grid.table.id}:row{parent}")


def _exhausts(reading: Fit) -> bool:
    if reading.exact:
        return reading.strong >= 1 and reading.proof >= BELIEVED - 1
    return accusing(reading)

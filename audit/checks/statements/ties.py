"""``statement-ties``: what two statements of one report must both say.

Settings of a rule page:

- ``tie``: ``"result"`` (default): the result that the cash flow statement, the balance requirement,
  the equity and the balance sheet begin with or end in is the income statement's; ``"cash"``: cash
  at the end (at the beginning) of the cash flow statement is that of the balance sheet of the day
  (of the year before), with or without short investments; ``"equity"``: equity at the end (at the
  beginning) of its statement is that of the balance sheet; ``"net-cost"``: the operations' net cost
  is the income statement's; ``"depreciation"``: what the cash flow statement adds back is, with the
  sign turned, the income statement's depreciation; ``"overview"``: what key figures and overviews
  over the years repeat of the income statement and the balance sheet.

A report has income statements of several bodies and parts (a group, waterworks). Two statements are
held to speak of the same when one of their columns at least agrees, and half of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from audit.checks.lines import ONE, choice, equation
from audit.checks.statements.sheets import Sheet, alike, sheets
from audit.language import message
from audit.model import (
    Basis,
    Cell,
    Comparison,
    Concept,
    Figure,
    Report,
    Rule,
    Statement,
    Term,
    Verdict,
)

C = Concept
OTHER_WAY = message("with or without short investments, the figures agree")
MARKED = message("a mark refers to a note, which may say why the figures differ")
KINDS = ("result", "cash", "equity", "net-cost", "depreciation", "overview")


@dataclass(frozen=True, slots=True)
class Tie:
    """``stated`` in one statement (any, if ``inside`` is None) is the sum of one of ``ways`` in
    another, at the end of its period or, ``before``, of the one that ends where its own begins.
    ``signs`` are those that the sum may count with; ``closed``: forecasts are not tied, for tables
    of one report may be of different months."""

    stated: Concept
    ways: tuple[tuple[Concept, ...], ...]
    source: Statement
    before: bool = False
    inside: Statement | None = None
    signs: tuple[Decimal, ...] = (ONE,)
    closed: bool = False


INCOME, BALANCE = Statement.INCOME, Statement.BALANCE
CASH = ((C.CASH,), (C.CASH, C.SHORT_INVESTMENTS))
TIES = {
    "result": (Tie(C.YEAR_RESULT, ((C.YEAR_RESULT,),), INCOME),),
    "cash": (
        Tie(C.CASH_CLOSING, CASH, BALANCE),
        Tie(C.CASH_OPENING, CASH, BALANCE, before=True),
    ),
    "equity": (
        Tie(C.EQUITY_CLOSING, ((C.EQUITY,),), BALANCE),
        Tie(C.EQUITY_OPENING, ((C.EQUITY,),), BALANCE, before=True),
    ),
    "net-cost": (Tie(C.NET_COST, ((C.NET_COST,),), INCOME, signs=(ONE, -ONE)),),
    "depreciation": (
        Tie(
            C.DEPRECIATION,
            ((C.DEPRECIATION,), (C.DEPRECIATION, C.IMPAIRMENT)),
            INCOME,
            inside=Statement.CASH_FLOW,
            signs=(-ONE, ONE),
        ),
    ),
    "overview": tuple(
        Tie(concept, ((concept,),), source, inside=inside, closed=True)
        for source, inside, concepts in (
            (INCOME, None, (C.NET_SALES, C.RESULT_AFTER_FINANCIAL, C.TAX_REVENUE)),
            (BALANCE, None, (C.ASSETS, C.EQUITY)),
            (INCOME, Statement.KEY_FIGURES, (C.OPERATING_RESULT,)),
            (BALANCE, Statement.KEY_FIGURES, (C.LIABILITIES, C.LONG_LIABILITIES)),
        )
        for concept in concepts
    ),
}


def statement_ties(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the figures that two statements share. What the source calls one thing is so at the
    end and at the beginning: either bears the other out."""
    every = sheets(report)
    for _, alike_ones in groupby(TIES[choice(rule, "tie", KINDS)], key=lambda tie: tie.ways):
        of_one = list(alike_ones)
        sources = [sheet for sheet in every if sheet.grid.statement is of_one[0].source]
        for _, columns in groupby(every, key=lambda sheet: sheet.grid.table.id):
            here = list(columns)
            pairs = [pair for tie in of_one for pair in _pairs(tie, here, sources)]
            pairs.sort(key=lambda pair: pair.source.grid.table.id)
            for _, together in groupby(pairs, key=lambda pair: pair.source.grid.table.id):
                yield from _compare(of_one[0], list(together), rule)


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure, and the column of a source that should show the same. ``marked``: a mark refers to
    a note about the one and not the other, which may say why they differ."""

    stated: Figure
    source: Sheet
    marked: bool


def _pairs(tie: Tie, columns: Iterable[Sheet], sources: Sequence[Sheet]) -> list[Pair]:
    """The figures of one table's columns beside the column of each source."""
    found: list[Pair] = []
    for sheet in columns:
        stated = sheet.figures.get(tie.stated)
        statement = sheet.grid.statement
        fits = statement is not tie.source and tie.inside in (None, statement)
        if stated is not None and fits and not (tie.closed and sheet.forecast):
            near = [
                other
                for other in sources
                if other.forecast is sheet.forecast and _same_time(tie, sheet, other)
            ]
            marks = _marks(sheet, stated)
            for source in alike(sheet.scope, near):
                other = source.figures.get(tie.ways[0][0])
                marked = marks != (_marks(source, other) if other else marks)
                found.append(Pair(stated, source, marked))
    return found


def _marks(sheet: Sheet, figure: Figure) -> frozenset[str]:
    own = figure.source.mark if isinstance(figure.source, Cell) else ""
    star = "*" if "*" in figure.header else ""
    return frozenset({*sheet.grid.row(figure.row).marks, own, star} - {""})


def _same_time(tie: Tie, sheet: Sheet, source: Sheet) -> bool:
    """Whether the source's column ends with the sheet's, or where the sheet's begins. What flows
    in a month is not what flows in a year; a balance has no such length."""
    if tie.before:
        whole = sheet.period.months > 1
        first = sheet.period.start if whole else sheet.end.replace(month=1, day=1)
        return source.end == first - dt.timedelta(days=1)
    lengths = {sheet.period.months, source.period.months} - {1}
    return source.end == sheet.end and len(lengths) <= 1


def _compare(tie: Tie, pairs: Sequence[Pair], rule: Rule) -> Iterator[Comparison]:
    """The comparisons of one way, that which most pairs agree on, if any of them does."""
    ways = [list(_equations(way, sign, pairs, rule)) for sign in tie.signs for way in tie.ways]
    best = max(ways, key=lambda way: sum(map(_agrees, way)), default=[])
    agreeing = [one for one in best if _agrees(one)]
    if any(map(_telling, agreeing)) and 2 * len(agreeing) >= len(best):
        held = {_place(one) for way in ways for one in way if _agrees(one)}
        basis = Basis(True, len(agreeing), len(best))
        marked = {(pair.stated.row, pair.stated.column) for pair in pairs if pair.marked}
        for one in best:
            doubt = OTHER_WAY if _place(one) in held else MARKED if _place(one) in marked else ""
            doubt = "" if _agrees(one) else doubt
            yield replace(one, basis=basis, undecided=doubt)


def _equations(
    way: tuple[Concept, ...], sign: Decimal, pairs: Sequence[Pair], rule: Rule
) -> Iterator[Comparison]:
    for pair in pairs:
        stated, source = pair.stated, pair.source
        figures = [source.figures[part] for part in way if part in source.figures]
        if figures and way[0] in source.figures:
            terms = [Term(sign, figure, figure.label) for figure in figures]
            group = f"{stated.table}-{source.grid.table.id}:{stated.row}"
            yield equation(rule, stated, terms, Basis(True, 0, 0), group=group)


def _agrees(comparison: Comparison) -> bool:
    return comparison.verdict is not Verdict.DIFFERS


def _place(comparison: Comparison) -> tuple[int, int]:
    return comparison.stated.row, comparison.stated.column


def _telling(comparison: Comparison) -> bool:
    """Whether agreement is no chance: a figure of three digits at least."""
    amount = comparison.stated.amount
    return abs(amount.value) >= 100 * amount.step

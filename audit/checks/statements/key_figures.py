"""``key-figures``: printed key figures against the statement that they are made of.

Settings of a rule page:

- ``figure``: ``"solidity"`` (default), which is equity as a share of assets, in companies with the
  untaxed reserves less tax, and with pension obligations less those that stand outside the balance
  sheet; ``"liquidity"``, which is current assets, with or without inventory, or cash as a share
  of short liabilities; or ``"funding"``, which is the net cost, or the year's result, as a share of
  taxes and grants.

What a report means by its key figure is the formula that its years agree on: at least one year
must. The figures are those of the same column, or of the balance sheet of the same day, or of the
income statement of the same time; a share of what stands in its own table is for ``percentages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from audit.checks.funding import FUNDING
from audit.checks.lines import ONE, ZERO, choice, share
from audit.checks.statements.sheets import Sheet, alike, sheets
from audit.language import message
from audit.model import (
    Basis,
    Comparison,
    Concept,
    Figure,
    Report,
    Rule,
    Statement,
    Term,
    UnitKind,
    Verdict,
)

C = Concept
KINDS = ("solidity", "liquidity", "funding")
NO_FORMULA = message("no year of the balance sheet bears out how the key figure is reckoned")
NO_SHARE = message("no year of the income statement bears out how the key figure is reckoned")

Formula = tuple[tuple[Decimal, Concept, bool], ...]  # factor, concept, under the bar


def _ratio(*above: tuple[Decimal, Concept], below: Concept | tuple[Concept, ...]) -> Formula:
    parts = (below,) if isinstance(below, Concept) else below
    return (
        *((factor, concept, False) for factor, concept in above),
        *((ONE, part, True) for part in parts),
    )


# Equity's share of the untaxed reserves: what company tax leaves (20,6, 21,4, 22 and 26,3 %).
AFTER_TAX = tuple(map(Decimal, ("0.794", "0.786", "0.78", "0.737")))
SOLIDITY: tuple[Formula, ...] = (
    _ratio((ONE, C.EQUITY), below=C.ASSETS),
    *(_ratio((ONE, C.EQUITY), (rate, C.UNTAXED_RESERVES), below=C.ASSETS) for rate in AFTER_TAX),
    _ratio((ONE, C.EQUITY), below=C.EQUITY_AND_LIABILITIES),
)
WITH_PENSIONS: tuple[Formula, ...] = (
    _ratio((ONE, C.EQUITY), (-ONE, C.CONTINGENT_PENSIONS), below=C.ASSETS),
    _ratio(
        (ONE, C.EQUITY),
        (-ONE, C.CONTINGENT_PENSIONS),
        (-ONE, C.CONTINGENT_PENSION_TAX),
        below=C.ASSETS,
    ),
)
CASH: tuple[Formula, ...] = (
    _ratio((ONE, C.CURRENT_ASSETS), (-ONE, C.INVENTORY), below=C.SHORT_LIABILITIES),
    _ratio((ONE, C.CURRENT_ASSETS), below=C.SHORT_LIABILITIES),
)
BALANCE: tuple[Formula, ...] = (CASH[1],)
ANY: tuple[Formula, ...] = (*reversed(CASH), _ratio((ONE, C.CASH), below=C.SHORT_LIABILITIES))
TAXES = ((C.TAX_REVENUE,), *FUNDING)
NET_COST: tuple[Formula, ...] = tuple(
    _ratio((sign, C.NET_COST), below=below) for sign in (-ONE, ONE) for below in TAXES
)
RESULT: tuple[Formula, ...] = tuple(_ratio((ONE, C.YEAR_RESULT), below=below) for below in TAXES)

FORMULAS: Mapping[str, Mapping[Concept, tuple[Formula, ...]]] = {
    "solidity": {C.SOLIDITY: SOLIDITY, C.SOLIDITY_WITH_PENSIONS: WITH_PENSIONS},
    "liquidity": {C.CASH_LIQUIDITY: CASH, C.BALANCE_LIQUIDITY: BALANCE, C.LIQUIDITY: ANY},
    "funding": {C.NET_COST_SHARE: NET_COST, C.RESULT_SHARE: RESULT},
}
MADE_OF = frozenset({C.NET_COST, C.TAX_REVENUE, C.TAX_AND_GRANTS})


@dataclass(frozen=True, slots=True)
class Stated:
    """A printed key figure and where its parts may stand, the nearest first."""

    figure: Figure
    sources: tuple[Sheet, ...]


def key_figures(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare the printed key figures of a kind with what the statement makes them."""
    kind = choice(rule, "figure", KINDS)
    every = sheets(report)
    flows = kind == "funding"
    stands_in = Statement.INCOME if flows else Statement.BALANCE
    made_of = [sheet for sheet in every if sheet.grid.statement is stands_in]
    for concept, formulas in FORMULAS[kind].items():
        for _, row in groupby(_stated(concept, every, made_of, flows), key=_table):
            stated = list(row)
            readings = [list(_read(stated, formula, rule)) for formula in formulas]
            best = max(readings, key=_agreeing, default=[])  # the first of equals
            yield from _judged(best, kind != "liquidity", NO_SHARE if flows else NO_FORMULA)


def _table(stated: Stated) -> str:
    return stated.figure.table


def _stated(
    concept: Concept, every: Iterable[Sheet], made_of: Sequence[Sheet], flows: bool
) -> Iterator[Stated]:
    for sheet in every:
        figure = sheet.figures.get(concept)
        if figure is None or figure.amount.unit.kind is not UnitKind.PERCENT:
            continue
        beside = alike(sheet.scope, (one for one in made_of if _same_time(sheet, one, flows)))
        one = tuple(beside) if len(beside) == 1 else ()
        if not flows:
            yield Stated(figure, (sheet, *one))
        elif not MADE_OF & sheet.figures.keys():
            yield Stated(figure, one)


def _same_time(stated: Sheet, source: Sheet, flows: bool) -> bool:
    """What flows in a month is not what flows in a year; a balance has no such length."""
    same = stated.end == source.end and stated.forecast is source.forecast
    return same and not (flows and stated.period.months != source.period.months)


def _read(stated: Iterable[Stated], formula: Formula, rule: Rule) -> Iterator[Comparison]:
    for one in stated:
        for source in one.sources:
            if all(concept in source.figures for _, concept, _ in formula):
                terms = [
                    Term(factor, source.figures[concept], source.figures[concept].label, below)
                    for factor, concept, below in formula
                ]
                if _divides([term.figure for term in terms if term.below]):
                    table, row = one.figure.table, one.figure.row
                    group = f"{table}:row{row}"
                    yield share(rule, one.figure, terms, Basis(False, 0, 0), group=group)
                    break


def _divides(below: Iterable[Figure]) -> bool:
    """Whether the figures come to more than their own rounding, so that something can be a share of
    them."""
    amounts = [figure.amount for figure in below]
    whole = sum((one.value for one in amounts), ZERO)
    return abs(whole) > sum((one.slack for one in amounts), ZERO)


def _agreeing(reading: Sequence[Comparison]) -> int:
    return sum(comparison.verdict is not Verdict.DIFFERS for comparison in reading)


def _judged(reading: Sequence[Comparison], named: bool, unproved: str) -> Iterator[Comparison]:
    """The comparisons with what they rest on. ``named``: the name alone says the formula, so that
    one other year is enough; else several years must agree before a difference is an error.
    ``unproved`` says that none does."""
    years = {one.stated.period for one in reading if one.verdict is not Verdict.DIFFERS}
    agreeing = _agreeing(reading)
    basis = Basis(named or len(years) > 1, agreeing, len(reading))
    proved = bool(years) and 2 * agreeing >= len(reading)
    for comparison in reading:
        doubt = unproved if comparison.verdict is Verdict.DIFFERS and not proved else ""
        yield replace(comparison, basis=basis, undecided=doubt)

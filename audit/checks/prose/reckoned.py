"""``prose-reckoned``: a key figure that only running text says, against the statements.

No settings. Solidity is equity as a share of assets, in companies also with the untaxed reserves
less tax; operating margin is the operating result as a share of net sales, or of all income.
Nothing is said where a table has the key figure, where pensions outside the balance sheet may be
counted in, under headings that may single out a part, of other bodies, where the report has
statements of several for that day, or where those of another day bear the number out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.checks.lines import ONE, share
from audit.checks.statements.key_figures import SOLIDITY, Formula
from audit.checks.statements.sheets import Sheet, sheets
from audit.model import (
    Basis,
    Comparison,
    Concept,
    Meaning,
    Measure,
    Mention,
    Passage,
    Period,
    Report,
    Rule,
    Statement,
    Term,
    UnitKind,
)

C = Concept
MARGIN: tuple[Formula, ...] = tuple(
    ((ONE, C.OPERATING_RESULT, False), (ONE, income, True))
    for income in (C.NET_SALES, C.OPERATING_INCOME)
)
_VERB = r" (?:är|var|blev|på|om|uppgår till|uppgick till|låg på|ligger på) $"
_OWN = (
    r"(?:^|[,;] |\b(?:en|och|vår|bolagets|förbundets|kommunens|regionens|föreningens|stiftelsens) )"
)
_OF_ALL = re.compile(  # headings that single out no part of the whole
    r"(?:(?:ekonomi\w*|finansiell\w*|ställning|läge|utveckling|analys|sammanfattning|översikt"
    r"|resultat(?:et)?|(?:balans|resultat)räkning(?:en)?|förvaltningsberättelse|nyckeltal|i korthet"
    r"|vd|har|ordet|(?:delårs|kvartals|tertial)rapport|årsredovisning|och|av|för|per|den|året"
    r"|perioden|utfall|januari|mars|april|juni|augusti|september|december|[tm]n?kr|kr|[\d–-]+)"
    r",?(?: |$))*",
    re.I,
)
_OTHERS = re.compile(r"koncern|moder|dotter|bolagen|sammanställ|bransch|snitt|riket|mål", re.I)
_OTHER_WAY = re.compile(
    r"ansvarsförbindelse|ansvarsåtagande|pensions(?:förpliktelse|åtagande|skuld)|justera[dt]"
    r"|\binkl|\bexkl",
    re.I,
)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure by the words right before its number, its statement and ways to reckon it."""

    name: re.Pattern[str]
    statement: Statement
    formulas: tuple[Formula, ...]


KEY_FIGURES = (
    KeyFigure(re.compile(rf"{_OWN}soliditet(?:en)?{_VERB}", re.I), Statement.BALANCE, SOLIDITY),
    KeyFigure(re.compile(rf"{_OWN}rörelsemarginal(?:en)?{_VERB}", re.I), Statement.INCOME, MARGIN),
)
_IN_TABLES = re.compile(r"soliditet|rörelsemarginal", re.I)


def prose_reckoned(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare each key figure that a sentence names right before its number."""
    if any(_IN_TABLES.search(row.label) for grid in report.grids for row in grid.rows):
        return  # what a row says is what the text is held against
    every = sheets(report)
    words = (
        *(passage.text for passage in report.document.passages),
        *(row.label for grid in report.grids for row in grid.rows),
    )
    pensions = any(_OTHER_WAY.search(one) for one in words)
    for mention in report.mentions:
        for kind in KEY_FIGURES:
            solidity = kind.statement is Statement.BALANCE
            if _says(mention, kind) and not (solidity and pensions):
                own = [sheet for sheet in every if sheet.grid.statement is kind.statement]
                yield from _compared(mention, kind, own, report, rule)


def _says(mention: Mention, kind: KeyFigure) -> bool:
    """Whether a number is said to be the key figure, of the report's own body and as an outturn."""
    figure, source = mention.figure, mention.figure.source
    if not isinstance(source, Passage) or figure.amount.unit.kind is not UnitKind.PERCENT:
        return False
    plain = mention.meaning is Meaning.VALUE and not (
        mention.hedged or mention.target or mention.aside
    )
    outturn = figure.measure not in (Measure.FORECAST, Measure.BUDGET, Measure.TARGET)
    before = source.text.partition(figure.qualifier)[0]
    own = _OF_ALL.fullmatch(figure.label) is not None and not _OTHERS.search(source.text)
    return plain and outturn and own and kind.name.search(before) is not None


def _compared(
    mention: Mention, kind: KeyFigure, every: Sequence[Sheet], report: Report, rule: Rule
) -> Iterator[Comparison]:
    """The way that bears the number out; else, of the only statement of the time that the words
    tell, or of the report's, the first that it has."""
    when = mention.figure.period or report.period
    made = [
        (
            sheet,
            share(rule, mention.figure, terms, Basis(True, 1, 1), group=f"said{mention.sentence}"),
        )
        for sheet in every
        for terms in _terms(sheet, kind.formulas)
    ]
    then = [sheet for sheet in every if when is not None and _of(sheet, when, kind)]
    told = [one for sheet, one in made if sheet in then]
    if holding := [one for one in told if one.holds]:
        yield holding[0]
    elif len(then) == 1 and not any(one.holds for _, one in made):
        yield from told[:1]


def _of(sheet: Sheet, when: Period, kind: KeyFigure) -> bool:
    same = kind.statement is Statement.BALANCE or sheet.period == when
    return same and sheet.end == when.end and not sheet.forecast


def _terms(sheet: Sheet, formulas: Sequence[Formula]) -> Iterator[list[Term]]:
    for formula in formulas:
        if all(concept in sheet.figures for _, concept, _ in formula):
            terms = [
                Term(factor, sheet.figures[concept], sheet.figures[concept].label, below)
                for factor, concept, below in formula
            ]
            if all(term.figure.amount.value for term in terms if term.below):
                yield terms

"""Columns from their headers: measure, period, aspect, unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.model import Aspect, Column, Measure, Period, Table
from audit.normalise.concepts import scope
from audit.normalise.numbers import plain
from audit.normalise.periods import column_period
from audit.normalise.units import unit

# In this order: "budgetavvikelse" is a deviation, "prognosticerat bokslut" a forecast.
_MEASURES = (
    (Measure.DEVIATION, re.compile(r"avvik|^avv|\bavv\b|differens|^diff\b|\bdiff\b|poikkeama")),
    (Measure.CHANGE, re.compile(r"förändring|^förändr|\bökning\b|\btillväxt\b|\bmuutos|\bkasvu")),
    (Measure.SHARE, re.compile(r"^andel|procentavbudget|%avbudget")),
    (Measure.FORECAST, re.compile(r"prognos|^progn\b|ennuste")),
    (Measure.TARGET, re.compile(r"målvärde|målnivå|^mål\b|målsättning")),
    (Measure.ACCOUNTS, re.compile(r"bokslut|tilinpäätös")),
    (
        Measure.OUTTURN,
        re.compile(r"utfall|redovisat|redovisning|förbrukat|upparbetat|ackumulerat|toteuma"),
    ),
    (
        Measure.BUDGET,
        re.compile(r"budget|talousarvio|investeringsram|budgetram|^ram\b|\bram\b|anslag|^plan\b"),
    ),
    (Measure.NOTE, re.compile(r"^not(?:er)?$")),
)
_ASPECTS = (
    (Aspect.NET, re.compile(r"netto|resultat")),
    (Aspect.COST, re.compile(r"utgift|kostnad")),
    (Aspect.INCOME, re.compile(r"inkomst|intäkt")),
    (Aspect.WOMEN, re.compile(r"\bkvinn(?:or|a|lig\w*)\b")),
    (Aspect.MEN, re.compile(r"\bm[äa]n\b|\bmanlig\w*\b")),
    (Aspect.TOTAL, re.compile(r"^(?:summa|totalt?|samtliga)\b")),
)
_PREVIOUS = re.compile(r"\b(?:föreg(?:\.|ående)?|fg\.?|förra|tidigare) (?:prognos|budget)", re.I)


def headers(table: Table) -> dict[int, str]:
    """The text of all header cells over each column, from the top."""
    over: dict[int, list[tuple[int, str]]] = {}
    for cell in sorted((cell for cell in table.cells if cell.header), key=lambda c: c.row):
        for column in range(cell.column, cell.column + cell.columns):
            over.setdefault(column, []).append((cell.row, cell.text))
    width = 1 + max((cell.column + cell.columns - 1 for cell in table.cells), default=-1)
    return {
        column: plain(" ".join(text for _, text in over.get(column, ()))) for column in range(width)
    }


def columns(
    table: Table, over: Mapping[int, str], report: Period | None, labels: Sequence[int]
) -> tuple[Column, ...]:
    """The table's columns, headed as ``over`` says, but for those that hold ``labels``, from the
    left."""
    general = scope(" ".join(over[index] for index in labels if index in over))
    general = general or scope(table.title)
    found = [
        column(index, header, table.title, report)
        for index, header in over.items()
        if index not in labels
    ]
    return _sides_alike([replace(each, scope=scope(each.header) or general) for each in found])


def _sides_alike(found: Sequence[Column]) -> tuple[Column, ...]:
    """Of "Prognos 2021 utgifter | Inkomster | Netto" each is a forecast of the same period."""
    alike = list(found)
    for run in _runs(found):
        said = {(c.measure, c.period, c.previous) for c in run if c.measure}
        if len(said) == 1:
            kind, period, previous = said.pop()
            for column in run:
                if column.measure is None and column.period is None:
                    alike[found.index(column)] = replace(
                        column, measure=kind, period=period, previous=previous
                    )
    return tuple(alike)


def _runs(found: Sequence[Column]) -> list[list[Column]]:
    """Neighbouring columns that show different sides; a side that comes again begins another."""
    runs: list[list[Column]] = [[]]
    for column in found:
        if column.aspect is None or column.aspect in {other.aspect for other in runs[-1]}:
            runs.append([])
        if column.aspect is not None:
            runs[-1].append(column)
    return runs


def column(index: int, header: str, title: str, report: Period | None) -> Column:
    kind = measure(header)
    period = column_period(header, kind, report)
    if period is None and kind in (Measure.BUDGET, Measure.FORECAST, Measure.DEVIATION):
        period = None if not title else _title_period(title, kind, report)
    return Column(
        index=index,
        header=header,
        measure=kind,
        period=period,
        aspect=aspect(header),
        unit=unit(header),
        previous=_PREVIOUS.search(header) is not None,
    )


def _title_period(title: str, kind: Measure | None, report: Period | None) -> Period | None:
    """The period that a heading gives to columns that name none ("Prognos för helår 2021")."""
    if re.search(r"helår|årsprognos", title, re.I):
        return column_period(f"helår {title}", kind, report)
    return None


def measure(header: str) -> Measure | None:
    """What a column headed ``header`` measures; words that a line end broke count as whole."""
    words = plain(header).casefold()
    joined = re.sub(r"[\s\u00ad-]", "", words)
    for kind, pattern in _MEASURES:
        if pattern.search(words) or (kind is not Measure.NOTE and pattern.search(joined)):
            return kind
    return None


def aspect(words: str) -> Aspect | None:
    """Which side of a whole a header or label speaks of."""
    folded = plain(words).casefold()
    for side, pattern in _ASPECTS:
        if pattern.search(folded):
            return side
    return None


def label_columns(numeric: frozenset[int]) -> tuple[int, ...]:
    """The columns that hold labels: the first, and those of words up to the first of numbers."""
    after = sorted(numeric - {0})  # in the first column years and codes are labels too
    if not after:
        return (0,)
    return tuple(range(after[0]))

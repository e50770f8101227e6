"""Document -> Report: what each number means. Knows Swedish and accounting layout, does no
arithmetic between figures."""

from __future__ import annotations

from audit.model import Document
from audit.normalise.dates import dates
from audit.normalise.frames import TabularReport
from audit.normalise.grids import grid
from audit.normalise.identity import general_unit, identity, is_municipality
from audit.normalise.numbers import decimal_mark
from audit.normalise.organisations import successions
from audit.normalise.prose import Told, enumerations, judgements, mentions, reckonings, sentences

__all__ = ["TabularReport", "normalise"]


def normalise(document: Document) -> TabularReport:
    """The report that ``document`` is, every table understood as far as its words go."""
    found = identity(document)
    unit = general_unit(document)
    mark = decimal_mark(cell.text for table in document.tables for cell in table.cells)
    grids = tuple(grid(table, found.period, unit, mark) for table in document.tables)
    prose = tuple(map(Told.by, sentences(document.passages)))
    return TabularReport(
        document=document,
        organisation=found.organisation,
        kind=found.kind,
        period=found.period,
        grids=grids,
        mentions=mentions(document, prose, grids, found.period, found.organisation),
        enumerations=tuple(enumerations(document, prose, grids)),
        judgements=tuple(judgements(document, prose, grids)),
        reckonings=tuple(reckonings(document, prose)),
        dates=dates(document, found.kind),
        municipality=is_municipality(document),
        successions=successions(document, found.organisation),
    )

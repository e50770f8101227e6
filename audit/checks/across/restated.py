"""What a report's own words say of its comparatives: that they are not those printed before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.checks.ties.slots import Slot
from audit.model import Grid, PassageKind, Remark, Report

KIND = "restated"  # of the remark

_RESTATED = re.compile(
    r"\bomräkna\w*|\bräkna(?:t|ts|des)\s+(?:om|fram)\b|\bretroaktiv\w*|\bomklassificera\w*|"
    r"\bomarbeta\w*|\b(?:justera|korrigera|rätta|ändra|anpassa|uppdatera)(?:t|ts|d|de|des)\b",
    re.IGNORECASE,
)
_FIGURES = r"(?:siffr|tal|värde|uppgift|belopp|utfall|bokslut)\w*"
# What the comparatives are called. "Jämförelsestörande" items are an event of the year, not they.
_EARLIER = re.compile(
    r"jämförelse(?!störande)|föregående\s+(?:år|period)|fjolår|tidigare\s+år|historisk"
    rf"|\b\d{{4}}\s+års\s+{_FIGURES}|\b{_FIGURES}\s+(?:för|från|avseende)\s+(?:år(?:et)?\s+)?\d{{4}}\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:inte|ej|inga|ingen)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE = re.compile(r"[^.!?]*(?:\.(?=\d)[^.!?]*)*[.!?]?")


def announced(report: Report, grid: Grid, slot: Slot) -> Remark | None:
    """The words that say that the column's figures are restated: of its header, of the table's
    notes, or of running text about comparatives or the column's year; None where none do."""
    if said := _RESTATED.search(slot.column.header):
        header = [cell for cell in grid.table.cells if cell.header and said[0] in cell.text]
        box = header[0].box if header else grid.table.regions[0]
        return Remark(KIND, slot.column.header, box)
    year = str(slot.period.end.year) if slot.period else ""
    for note in grid.table.footnotes:
        if _RESTATED.search(note.text) and _about(note.text, year, aside=True):
            return Remark(KIND, note.text, note.box)
    for passage in report.document.passages:
        if passage.kind not in (PassageKind.HEADER, PassageKind.FOOTER):
            for said in _sentences(passage.text):
                if _about(said[0].strip(), year, aside=False):
                    return Remark(KIND, said[0].strip(), passage.around(said.start(), said.end()))
    return None


def _about(words: str, year: str, *, aside: bool) -> bool:
    """Whether the words speak of the comparatives of ``year``; what stands below the table need
    not say of what it speaks."""
    years = set(_YEAR.findall(words))
    if _NOT.search(words) or (years and year not in years):
        return False
    return aside or bool(_EARLIER.search(words))


def _sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences that speak of restating."""
    if _RESTATED.search(text):
        yield from (match for match in _SENTENCE.finditer(text) if _RESTATED.search(match[0]))

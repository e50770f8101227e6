"""Totals of tables of one form, each on a subject of its own, as the rows of one table.

A report on ten boards has a table for each board and one that sums them up: the row "Socialnämnden"
of the summary is the total of the table under the heading "Socialnämnden".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from audit.checks.ties.names import cores, name
from audit.checks.ties.sheets import Line, Sheet, with_lines
from audit.model import PassageKind, Report, Role, Table

LONG = 6  # letters of a row's name that are found in a heading by no chance
FEW = 2  # tables of one form before they are read as details of something


def details(report: Report, sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """For each total that tables of one form have, a table of it with a row for each of them."""
    forms: dict[Hashable, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        forms[tuple((slot.column.index, slot.kind, slot.period) for slot in sheet.slots)].append(
            sheet
        )
    groups = [group for group in forms.values() if len(group) >= FEW]
    if not groups:
        return
    over = headings(report, sheets)
    for group in groups:
        subjects = _subjects([over[sheet.grid.table.id] for sheet in group])
        if subjects:
            yield from _totals(group, subjects)


def alone(report: Report, sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Sheet]]:
    """Each table with the bottom line of another, where the heading over that names one of its
    rows: "Tekniska nämndens investeringar" sums up the row "Tekniska nämnden"."""
    over = headings(report, sheets) if len(sheets) > 1 else {}
    names = [_names(sheet) for sheet in sheets]
    for detail in sheets if over else ():
        bottom = detail.lines[-1]
        if not (bottom.total or bottom.unnamed):
            continue
        texts = [_spaced(text) for text in over[detail.grid.table.id]]
        for summary, named in zip(sheets, names, strict=True):
            subject = _subject(named, texts) if summary is not detail else None
            if subject is not None:
                line = _about(bottom, subject.row.label, 0)
                yield summary, with_lines(detail, [line])


def _spaced(text: str) -> str:
    """The words of a heading, each between spaces."""
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def _names(sheet: Sheet) -> list[tuple[Line, str]]:
    """The rows of a table that a heading may name, with a space and the name."""
    return [
        (line, f" {line.name}") for line in sheet.lines if not line.total and len(line.name) >= LONG
    ]


def _subject(names: Sequence[tuple[Line, str]], texts: Sequence[str]) -> Line | None:
    """The one row that the nearest heading with any of the ``names`` names, in the genitive or
    not; ``texts`` are spaced."""
    for words in texts:
        named = [
            line
            for line, name in names
            if name in words and (f"{name} " in words or f"{name}s " in words)
        ]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _totals(group: Sequence[Sheet], subjects: Sequence[str]) -> Iterator[Sheet]:
    found: dict[str, list[Line]] = defaultdict(list)
    for place, (sheet, subject) in enumerate(zip(group, subjects, strict=True)):
        totals = [line for line in sheet.lines if line.total or line is sheet.lines[-1]]
        for said in {line.name for line in totals}:
            named = [line for line in totals if line.name == said]
            if subject and len(named) == 1:
                found[said].append(_about(named[0], subject, place))
    for lines in found.values():
        if len(lines) >= FEW:
            yield with_lines(group[0], lines)


def _about(line: Line, subject: str, place: int) -> Line:
    row = replace(
        line.row, index=place, label=subject, path=(), role=Role.ITEM, aspect=None, concept=None
    )
    return Line(row, name(subject), cores(subject), frozenset(), line.figures)


def headings(report: Report, sheets: Sequence[Sheet]) -> dict[str, list[str]]:
    """The title of each table, and the headings over it from the nearest."""
    headings = deque(one for one in report.document.passages if one.kind is PassageKind.HEADING)
    over: dict[int, str] = {}
    found: dict[str, list[str]] = {}
    for table in sorted((sheet.grid.table for sheet in sheets), key=_place):
        while headings and (headings[0].box.page, headings[0].box.top) <= _place(table):
            heading = headings.popleft()
            over = {level: text for level, text in over.items() if level < heading.level}
            over[heading.level] = heading.text
        found[table.id] = [table.title, *(over[level] for level in sorted(over, reverse=True))]
    return found


def _place(table: Table) -> tuple[int, float]:
    return table.regions[0].page, table.regions[0].top


def _subjects(named: Sequence[Sequence[str]]) -> list[str]:
    """What sets each table's words apart from the others': what is left of its title, or else of
    a heading over it, without the words that most have. "" where nothing does."""
    for level in range(max(len(words) for words in named)):
        texts = [words[level].split() if level < len(words) else [] for words in named]
        many = Counter(word for text in texts for word in {_folded(word) for word in text})
        own = [
            " ".join(word for word in text if 2 * many[_folded(word)] <= len(texts))
            for text in texts
        ]
        own = [text.strip(" -–:,.") for text in own]
        own = [text if own.count(text) == 1 else "" for text in own]
        if len(texts) - own.count("") >= FEW:
            return own
    return []


def _folded(word: str) -> str:
    return word.casefold().strip("-–:,.()")

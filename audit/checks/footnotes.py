"""``mark-without-note`` and ``note-without-mark``: footnote marks and their notes belong together.

No settings, either of them.

Notes may stand pages away, and a reader may miss a raised digit: a mark lacks its note only where
no text of the whole report begins with it, and a note lacks its mark only where marks beside it
were seen. Reports of which only a part was read are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.language import message
from audit.model import Cell, Observation, PassageKind, Report, Rule

NO_NOTE = message("The mark {mark} has no note in the report.")
NO_MARK = message("Nothing in the report bears the mark {mark} of this note.")

_STARS = re.compile(r"(?<=[\w).,%])\s?(\*{1,3})(?=[,:)\s]|$)", re.M)
_RAISED = re.compile(r"(?<=\S)([¹²³⁰⁴-⁹]+)")
_SUNK = re.compile(r"(?<=[^\W\d])(\d{1,2})(?!\w)")  # a mark that lost its rise: "Sjukfrånvaro1"
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(
    r"^\(?(?:not(?:er)?\.? )?(\*{1,3}|\d{1,2}|[¹²³⁰⁴-⁹]+)[).:=]*\s*(?=[^\W\d]|\")", re.I | re.M
)
# A note may follow another in one passage, or say that it is one.
_LATER = re.compile(
    r"(?:^|\s)\(?(\*{1,3})\)?\s?(?=[^\W\d])|\bnot (\d{1,2})\b|[.;] (\d{1,2})[.)]? ?(?=[A-ZÅÄÖ])",
    re.I | re.M,
)
_EXPONENT = re.compile(r"(?:\b[kcd]?m|CO|[A-Z]{1,2}|\b10)$")  # m², CO₂


def mark_without_note(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name the marks of tables that no text of the report begins with, each once a table."""
    if not report.document.whole:
        return
    bearing = [
        (table.id, cell, mark)
        for table in report.document.tables
        for cell in table.cells
        if cell.trust == 1
        for mark in _marks(cell)
    ]
    noted = _noted(report) if bearing else frozenset()
    named: set[tuple[str, str]] = set()
    for table, cell, mark in bearing:
        if mark not in noted and (table, mark) not in named:
            named.add((table, mark))
            text = cell.text if mark in cell.text else f"{cell.text} {mark}"
            yield Observation(rule.code, NO_NOTE, {"mark": mark}, text, cell.box, table)


def note_without_mark(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name the notes whose mark stands nowhere, beside notes whose marks do."""
    notes = [
        (match[1].translate(_PLAIN), passage)
        for passage in report.document.passages
        if passage.kind is PassageKind.FOOTNOTE and passage.trust == 1
        if (match := _NOTE.match(passage.text))
    ]
    if not notes or not report.document.whole:
        return
    borne = _borne(report)
    for mark, note in notes:
        beside = {other for other, one in notes if one.box.page == note.box.page} & borne
        if mark not in borne and _in_series(mark, beside):
            yield Observation(rule.code, NO_MARK, {"mark": mark}, note.text, note.box)


def _in_series(mark: str, beside: set[str]) -> bool:
    """Whether a note with ``mark`` is one of the series ``beside``: numbers are in their order."""
    if mark.startswith("*"):
        return any(other.startswith("*") for other in beside)
    numbers = {int(other) for other in beside if other.isdigit()}
    return bool(numbers & {int(mark) - 1, int(mark) + 1})


def _marks(cell: Cell) -> Iterator[str]:
    """The footnote marks of a cell: raised digits but for exponents, and stars after words."""
    text = cell.text
    if cell.mark and _is_mark(cell.mark) and not _EXPONENT.search(text):
        yield cell.mark
    if "*" in text:
        yield from _STARS.findall(text)
    if not text.isascii():
        for match in _RAISED.finditer(text):
            if not _EXPONENT.search(text[: match.start()]):
                yield match[1].translate(_PLAIN)


def _is_mark(mark: str) -> bool:
    return (mark.isdigit() and len(mark) < 3) or not mark.strip("*")


def _noted(report: Report) -> frozenset[str]:
    """The marks that some text of the report begins with, or that say to be a note's."""
    document = report.document
    passages = "\n".join(passage.text for passage in document.passages)
    cells = "\n".join(cell.text for table in document.tables for cell in table.cells)
    found = {note.mark for table in document.tables for note in table.footnotes}
    found.update(_NOTE.findall(passages), _NOTE.findall(cells))
    found.update(mark for match in _LATER.findall(passages) for mark in match if mark)
    return frozenset(mark.translate(_PLAIN) for mark in found)


def _borne(report: Report) -> frozenset[str]:
    """The marks that stand after something, in tables or text; a note bears none itself."""
    cells = [cell for table in report.document.tables for cell in table.cells]
    texts = [cell.text for cell in cells]
    texts += [p.text for p in report.document.passages if p.kind is not PassageKind.FOOTNOTE]
    words = "\n".join(texts)
    found = {mark for cell in cells if cell.mark for mark in re.findall(r"\d+|\*+", cell.mark)}
    found.update(mark for grid in report.grids for row in grid.rows for mark in row.marks)
    found.update(_STARS.findall(words), _RAISED.findall(words), _SUNK.findall(words))
    return frozenset(mark.translate(_PLAIN) for mark in found)

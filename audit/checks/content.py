"""``required-part`` and ``interim-period``: what the norm requires of an interim report.

``required-part``: ``headings`` and ``rows``, patterns of the headings and of the row labels by
which the part is known (``least`` of the rows in one table), and ``words``, patterns of words
that may stand anywhere. ``interim-period``: ``least`` and ``most``, months.

Only the interim report of a whole municipality or region falls under the norm (RKR R17, LKBR 13
kap.), and of several in a year only the one that covers six to eight months must hold all parts.
Nothing is missed in a report of which a part was not read, or that refers to an annex for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from audit.checks.lines import matches, words
from audit.language import message
from audit.model import Observation, Report, Rule

KIND = "delårsrapport"
LEAST, MOST = 6, 8  # months: from half to two thirds of the year, LKBR 13 kap. 1 §
SHORT = 100  # characters of a line that may be a heading
ANNEX = ("*bilaga*", "*bilagor*", "*bifoga*")

_HYPHENED = re.compile(r"(?<=[a-zåäö])- ?(?=[a-zåäö])(?!(?:och|eller|samt)\b)")
_SPACED = re.compile(r"\b(?:[^\W\d_] ){3,}[^\W\d_]\b")  # "B A L A N S"

MISSING = message("No such part was found in the report. Required by: {norm}.")
MONTHS = message("The report covers {months} months; the norm asks for {least} to {most}.")


def required_part(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name the part when nothing in a report that must have it looks like it."""
    headings = words(rule, "headings", ())
    rows = words(rule, "rows", ())
    phrases = words(rule, "words", ())
    least = _number(rule, "least", 1)
    months = report.period.months if report.period else 0
    if not _applies(report) or not LEAST <= months <= MOST:
        return
    if not (_headed(report, headings) or _listed(report, rows, least) or _said(report, phrases)):
        yield Observation(rule.code, MISSING, {"norm": rule.norm})


def interim_period(report: Report, rule: Rule) -> Iterator[Observation]:
    """Name a period that the norm does not count as an interim report's."""
    least, most = _number(rule, "least", LEAST), _number(rule, "most", MOST)
    if report.period is None or not _applies(report):
        return
    months = report.period.months
    if not least <= months <= most:
        details = {"months": str(months), "least": str(least), "most": str(most)}
        yield Observation(rule.code, MONTHS, details)


def _applies(report: Report) -> bool:
    return report.kind == KIND and report.municipality and report.document.whole


def _headed(report: Report, headings: tuple[str, ...]) -> bool:
    """Whether a heading, a table's title or another short line names the part, or any text says
    that it is in an annex."""
    document = report.document
    texts = [_whole(passage.text) for passage in document.passages]
    lines = [text for text in texts if len(text) < SHORT]
    titles = [_whole(table.title) for table in document.tables]
    if any(matches(text, headings) for text in (*lines, *titles)):
        return True
    return any(matches(text, headings) for text in texts if matches(text, ANNEX))


def _listed(report: Report, rows: Iterable[str], least: int) -> bool:
    """Whether some table has ``least`` of the rows."""
    return any(
        sum(any(matches(row.label, (wanted,)) for row in grid.rows) for wanted in rows) >= least
        for grid in report.grids
    )


def _said(report: Report, phrases: Sequence[str]) -> bool:
    if not phrases:
        return False
    cells = (cell.text for table in report.document.tables for cell in table.cells)
    texts = (passage.text for passage in report.document.passages)
    said = [_whole(text).casefold() for text in (*texts, *cells)]
    return any(fnmatchcase(text, one) for text in said for one in phrases)


def _whole(text: str) -> str:
    """``text`` with its words in one piece: no soft or line-end hyphens, no spaced-out capitals."""
    joined = _HYPHENED.sub("", text.replace("\N{SOFT HYPHEN}", ""))
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), joined)


def _number(rule: Rule, key: str, default: int) -> int:
    """Raises ValueError, with the page's origin, for what is no whole number."""
    given = rule.settings.get(key, default)
    if not isinstance(given, int):
        raise ValueError(f"{rule.origin}: {key} must be a whole number")
    return given

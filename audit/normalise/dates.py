"""The dates of text and cells as printed, whether or not they exist.

Only what can hardly be anything else counts as a date: a page number before a month ("31 April
2021" at the foot of page 31), a reference number and a leader to a page are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model import Cell, Document, Passage, PassageKind, PrintedDate
from audit.normalise.claims import claims
from audit.normalise.identity import first_page
from audit.normalise.numbers import plain
from audit.normalise.periods import MONTHS

_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|jun(?:i)?|jul(?:i)?|aug(?:usti)?|"
    r"sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SURE = r"(?P<sure>\b(?:per|den|till|t\.?o\.?m\.?|från|fr\.?o\.?m\.?|dag) )?"
_WORDS = re.compile(
    _SURE + r"(?<![\d.,:/])(?<!\d )(?P<day>\d{1,2})(?::[ae])? "
    rf"(?P<month>{_MONTH})\b\.?(?: (?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
_DIGITS = (
    re.compile(
        _SURE + r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-]\d)(?!\d)"
    ),
    re.compile(  # as Finland writes
        _SURE + r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(
        r"(?P<sure>\b(?:per|den) )(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])"
        r"(?: (?P<year>20\d\d))?"
    ),
)
_REFERENCE = re.compile(r"(?:\b(?:dnr|diarie\w*|nr|nummer|ärende\w*|id)\b|§)[\s.:]*$", re.I)
_LEADER = re.compile(r"[.…_]{3}\s*$")
_LIKELY = re.compile(r"\d\d-\d\d|\d\.\d\d?\.\d|\d/\d|\d(?::[ae])?\s+[jfmasondJFMASOND]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ•])")


def dates(document: Document, kind: str) -> tuple[PrintedDate, ...]:
    """Every date of the passages and cells, and what they claim of the report, which is a
    ``kind``; digits that were read from a picture are left out."""
    found: list[PrintedDate] = []
    first = first_page(document)
    for passage in document.passages:
        if passage.trust < 1:
            continue
        found += claims(passage, kind, titled=passage.box.page == first)
        found += _dates(passage, "")
    for table in document.tables:
        for cell in table.cells:
            if cell.trust == 1:
                found += _dates(cell, table.id)
    return tuple(found)


def _dates(source: Cell | Passage, table: str) -> Iterator[PrintedDate]:
    if not _LIKELY.search(source.text):
        return
    furniture = isinstance(source, Passage) and source.kind in (
        PassageKind.HEADER,
        PassageKind.FOOTER,
    )
    for sentence in _SENTENCE.split(plain(source.text)):
        for pattern in (_WORDS, *_DIGITS):
            for match in pattern.finditer(sentence):
                if _is_date(match, sentence[: match.start()], furniture):
                    yield _printed(match, sentence, source, table)


def _is_date(match: re.Match[str], before: str, furniture: bool) -> bool:
    """Whether what matched is a date and no number beside a month, page or reference."""
    if _REFERENCE.search(before) or _LEADER.search(before):
        return False
    if match["sure"]:
        return True
    if match["month"].isdigit():
        return int(match["month"]) <= 12 and int(match["day"]) <= 31
    return not furniture and match["month"].islower() and int(match["day"]) <= 31


def _printed(
    match: re.Match[str], sentence: str, source: Cell | Passage, table: str
) -> PrintedDate:
    month = match["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    said = match[0].removeprefix(match["sure"] or "").strip()
    year = int(match["year"]) if match["year"] else None
    return PrintedDate(said, sentence, year, number, int(match["day"]), source, table)

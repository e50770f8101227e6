"""Words that say which day or period the report is about.

Reports name many dates: of decisions, of the year before, of what is to come. Only words that
leave no other reading are claims: a running header with the report's name, "denna rapport avser
perioden …", "utfallet redovisas per den …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model import Claim, Passage, PassageKind, PrintedDate
from audit.normalise.numbers import plain
from audit.normalise.periods import MONTHS

_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"
)
_YEAR = r"(?:(?:19|20)\d\d)(?![\d/])"
# What reports are called, by the kind that they are.
_KINDS = {
    "delårsrapport": (
        r"(?:(?:delårs|tertial|kvartals|halvårs)(?:rapport|bokslut|uppföljning)\w{0,2})"
    ),
    "månadsuppföljning": r"(?:månads(?:rapport|bokslut|uppföljning)\w{0,2})",
    "årsredovisning": r"(?:års(?:redovisning|rapport|bokslut)\w{0,2})",
    "verksamhetsberättelse": r"(?:verksamhetsberättelse\w?)",
}
_REPORT = "(?:" + "|".join(_KINDS.values()) + ")"
# The end of a period, in the ways it is printed: a range ends with its last month.
_RANGE = re.compile(
    rf"(?:\d{{1,2}} )?{_MONTH}(?: {_YEAR})? ?(?:-|till(?: och med)?|t\.?o\.?m\.?) ?"
    rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_THIRD = re.compile(rf"(?P<tertial>[123])\b(?:,? (?P<year>{_YEAR}))?")
_WHOLE_YEAR = re.compile(rf"(?P<year>{_YEAR})(?! ?[-/] ?\d)(?:,? (?P<month>{_MONTH}))?", re.I)
_ENDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)",
        rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
        rf"(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
        rf"(?:tertial|T) ?(?P<tertial>[123])\b(?:,? (?P<year>{_YEAR}))?",
    )
)
_LINK = r"(?:\s|\b(?:för|avseende|perioden|per|den|ekonomi)\b|t\.?o\.?m\.?|till och med)*"
_PER = re.compile(r"(?:\bper(?: den)?|t\.?o\.?m\.?|till och med(?: den)?) $", re.I)

_TITLE = {
    kind: re.compile(rf"\b{name}\b(?:[,:|-]|nr\b|{_LINK})*", re.I) for kind, name in _KINDS.items()
}
_THIS = re.compile(
    r"\b(?:denna|den här|detta|det här|föreliggande) "
    rf"(?:rapport|uppföljning|bokslut|{_REPORT})(?: (?:avser|omfattar|gäller))?(?= ){_LINK}",
    re.I,
)
_ABOUT = re.compile(
    r"^(?:(?:(?:denna|den här|detta|det här|föreliggande) "
    rf"(?:rapport|uppföljning|bokslut|{_REPORT}))|rapporten) (?:avser|omfattar|gäller)"
    rf"(?: (?:hela|tiden|utfallet|utfall|ekonomin|verksamheten|och|från|med|årets|de|första|"
    rf"\w+ månaderna))*{_LINK}",
    re.I,
)
_SHOWN = re.compile(
    r"\b(?:utfall(?:et)?|resultat(?:et)?) (?:redovisas|rapporteras|presenteras|anges|avser)"
    r"(?: \w+){0,6}? per (?:den )?",
    re.I,
)
_STANDS = re.compile(
    r"\b(?:utfall(?:et)?|(?:periodens )?resultat(?:et)?) per (?:den )?"
    rf"(?=\d{{1,2}} {_MONTH}(?: {_YEAR})? (?:är|uppgår|visar)\b|"
    r"\d{4}-\d\d-\d\d (?:är|uppgår|visar)\b)",
    re.I,
)
_COUNTED = re.compile(
    rf"^(?:till och med|t\.?o\.?m\.?) (?:den )?(?=\d{{1,2}} {_MONTH} {_YEAR} har "
    r"(?:\w+(?:nämnden|styrelsen|förvaltningen|förbundet)|nämnden|styrelsen|förvaltningen|bolaget|"
    r"kommunen|regionen|förbundet) (?:förbrukat|redovisat)\b)",
    re.I,
)
_WORDED = (
    (_THIS, Claim.REPORT),
    (_ABOUT, Claim.REPORT),
    (_SHOWN, Claim.OUTTURN),
    (_STANDS, Claim.OUTTURN),
    (_COUNTED, Claim.COUNTED),
)
# Words that tell why another day is meant: another year, a comparison, figures that come late.
_EXCUSED = re.compile(
    r"föregående|förra|fjol|tidigare|motsvarande|jämför|eftersläp|släpar|"
    r"kvartalsvis|publicera|släpps|eftersom|på grund av|p\.? ?g\.? ?a\b|därefter|sedan|medan|"
    r"efterskott|i efterhand|fakturer|nästa",
    re.I,
)
_PLANNED = re.compile(r"prognos|budget", re.I)
# What leads to another report than this: "i delårsrapport 1", "sedan delårsrapporten per april".
_REFERRING = re.compile(
    r"\b(?:i|enligt|sedan|från|till|av|med|mot|än|inför|jämfört)(?: \w+){0,2} $", re.I
)
_PARTLY = re.compile(r" (?:för|avseende|gällande|beträffande|när det gäller|i fråga om)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?:]\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ•])")
_LIKELY = re.compile(
    rf"{_REPORT}|\brapport(?:en)?\b|uppföljning|bokslut|\bper\b|till och med|t\.?o\.?m\.?", re.I
)
_DAYS = re.compile(rf"\b\d{{1,2}} {_MONTH}|\d{{4}}-\d\d-\d\d", re.I)


def claims(passage: Passage, kind: str, titled: bool) -> Iterator[PrintedDate]:
    """What ``passage`` says of the period of its report, which is a ``kind``: in other words
    than those for its kind it speaks of another report. ``titled`` passages stand on the page
    that has the report's title."""
    if not _LIKELY.search(passage.text):
        return
    words = plain(passage.text)
    furniture = passage.kind in (PassageKind.HEADER, PassageKind.FOOTER)
    heading = passage.kind is PassageKind.HEADING
    worded = not furniture and not heading and _SENTENCE_END.search(words)
    if kind in _TITLE and (furniture or (titled and len(words) < 120 and not worded)):
        for match in _TITLE[kind].finditer(words):
            if not _REFERRING.search(words[: match.start()]):
                yield from _claim(words, match, passage, Claim.REPORT, titled=True)
    if furniture or heading:
        return
    for sentence in _SENTENCE.split(words):
        if _EXCUSED.search(sentence):
            continue
        alone = len(_DAYS.findall(sentence)) == 1
        for pattern, claim in _WORDED:
            about = claim is Claim.REPORT or alone
            if about and (claim is Claim.COUNTED or not _PLANNED.search(sentence)):
                for match in pattern.finditer(sentence):
                    yield from _claim(sentence, match, passage, claim)


def _claim(
    words: str, lead: re.Match[str], source: Passage, claim: Claim, titled: bool = False
) -> Iterator[PrintedDate]:
    """The date right after ``lead``. One day without "per" before it is when the report was
    written or decided, and claims nothing; a lone year does so in a title only."""
    thirds = (_THIRD,) if "tertial" in lead[0].lower() else ()
    years = (_WHOLE_YEAR,) if titled else ()
    for pattern in (_RANGE, *_ENDS, *thirds, *years):
        if end := pattern.match(words, lead.end()):
            if claim is Claim.OUTTURN and _PARTLY.match(words, end.end()):
                return  # the day of a part, which comes late
            named = end.groupdict()
            if named.get("day") and pattern is not _RANGE and not _PER.search(words[: end.start()]):
                return
            yield PrintedDate(
                text=end[0].strip(" ,"),
                sentence=words,
                year=int(named["year"]) if named.get("year") else None,
                month=_month(named),
                day=int(named["day"]) if named.get("day") else None,
                source=source,
                claim=claim,
            )
            return


def _month(named: dict[str, str | None]) -> int | None:
    """The month that a period ends with; a third of a year has four."""
    if third := named.get("tertial"):
        return 4 * int(third)
    month = named.get("month")
    if not month:
        return None
    return int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1

"""What the words around a number claim that it is: a figure, a deviation, a change; of when; and
how exactly it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.model import Meaning, Measure, Period, Sense, UnitKind
from audit.normalise.periods import MONTH_NAMES, shifted, stated, whole, year
from audit.normalise.prose.clauses import VERB
from audit.normalise.prose.quantities import Quantity

_HEDGES = ("cirka", "ca", "drygt", "knappt", "omkring", "ungefär", "runt", "nästan", "nära")
_HEDGE = rf"(?: (?:{'|'.join(_HEDGES)}|endast|totalt))?"
AFTER = 60  # characters behind a number that may still speak of it
_STOP = re.compile(
    r"[,;.:()]| (?:och|men|samt|medan|varav|av vilket|av vilka|eftersom|"
    r"vilket|då|där|som|när|trots|tack vare|på grund|till följd|beroende|genom) | (?=[A-ZÅÄÖ])"
)
_THAN = re.compile(
    r"^\W*(?:\w+ )?(?:högre|lägre|mer|mindre|fler|färre|bättre|sämre|dyrare|"
    r"billigare)\b",
    re.I,
)
_BASE = re.compile(  # the number is what something else is compared with
    r"\b(?:jämföra? med|jämföra?s med|jämfört med|i jämförelse med|mot|än|från)"
    rf"{_HEDGE}\s*$",
    re.I,
)
_OTHER_TIME = re.compile(
    r"kvartal|halvår|tidigare|förra|föreg|årsskifte|vid \w*årets (?:ingång|början|start)|"
    r"vid ingången av|i våras|i vintras|i somras|\b(?:19|20)\d\d\b|"
    rf"\b(?:{MONTH_NAMES})\b",
    re.I,
)
_OTHER_YEAR = re.compile(
    r"\b(?:sedan|än|från|mot|med|till) (?:\w+ ){0,2}(?:19|20)\d\d(?:-\d\d-\d\d)?", re.I
)

_THAN_WHAT = re.compile(r"\b(?:än|jämfört med|mot)(?: \w+){1,3}", re.I)
_AND = re.compile(r"\b(?:och|samt|respektive)\b", re.I)
_CALLED = re.compile(r"\b(?:intäkt|kostnad|nettokostnad|resultat|utfall|utgift|inkomst)\w*", re.I)
_LEADS_ON = re.compile(  # from here words speak of another number
    r"[,;(]|\b(?:och|samt|men|medan|respektive|mot|jämfört|från|att jämföra)\b", re.I
)

_GOOD = re.compile(r"\böverskott|\bpositiv|\bbättre\b|\bförbättring", re.I)
_BAD = re.compile(r"\bunderskott|\bnegativ|\bsämre\b|\bförsämring", re.I)
_MORE = re.compile(
    r"\bhögre\b|\böverstig|\böverskrid|\bmer\b|\bfler\b|\bdyrare\b|\böka|\bökning|\bsteg\b|\bstig",
    re.I,
)
_LESS = re.compile(
    r"\blägre\b|\bunderstig|\bunderskrid|\bmindre\b|\bfärre\b|\bbilligare\b|\bminsk|\bsjunk|\bsjönk",
    re.I,
)
_BUDGETED = re.compile(r"budget|\bplan(?:en|erat|erad|erade)?\b|\bram(?:en)?\b|prognos", re.I)
_AGAINST = re.compile(r"avvik|budget|\bän plan|\bram(?:en)?\b", re.I)
_DEVIATES = re.compile(r"avvik|överskott|underskott|\bmot budget", re.I)
_BY = re.compile(r"\b(?:med|om|på)\b")
_TO = re.compile(
    r"\btill(?: (?:cirka|ca|drygt|knappt|omkring|nära|endast|totalt|sammanlagt))? ?$", re.I
)

_WENT_TO = re.compile(
    r"\b(?:(?P<more>öka(?:de|r|t)|steg|stig(?:er|it)|växte|växer|vuxit)|"
    r"minska(?:de|r|t)|sj[öu]nk(?:er|it)?)(?: \w+){0,2} till ?$",
    re.I,
)
_WHOLE = re.compile(r"helår|bokslut", re.I)

_BEHIND = re.compile(r"^ ?\([^()]*\)")
_BUDGET_BESIDE = re.compile(r"\W*(?:periodens |års)?budget(?:en|erat)?\W*", re.I)
_YEAR_BESIDE = re.compile(
    r"\W*(?:i |under )?(?:(?:samma|motsvarande) (?:period|tid)\W*)?(?:i )?(?:år )?"
    r"(?:(?:f(?:öre)?g\.?|föreg\w*\.?|förra) ?år(?:et)?|f\.? ?å\.?|fjolåret|fjol|"
    r"året (?:innan|före)|(?:19|20)\d\d)?\W*",
    re.I,
)

_OF_BUDGET = re.compile(  # that of the whole, or of the thing itself
    r"^ av (?:(?:den|hela|sin|nämndens|periodens|årets|helårets|total\w*) ){0,2}"
    r"(?:års|helårs|netto|period)?budget(?:en)?(?! (?:för (?!året|helåret|perioden)|avseende))\b",
    re.I,
)
_SPENT = re.compile(r"\b(?:förbruka\w*|upparbeta\w*|använt|använts|nyttja\w*)\b", re.I)

_NOW = re.compile(
    r"\bnu\b|\bfortsatt\b|\bfortfarande\b|\bi dag\b|\bidag\b|\bför närvarande\b", re.I
)
_WHOLE_YEAR = re.compile(
    r"prognos|helår|för (?:hela )?året\b|beräkna|vänta|förvänta|vid årets slut|årsbasis|"
    r"kommer att|bedöm|räknar med",
    re.I,
)
_SO_FAR = re.compile(
    r"period(?:en)?s?\b|första \w+ månader(?:na)?\b|till och med|t\.?o\.?m\.?|hittills|per den|"
    r"ackumulera|\btertial|"
    r"\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november)\b",
    re.I,
)
_EARLIER = re.compile(
    r"föreg\w* år|förra året|året (?:innan|före)\b|i fjol|fjolår|samma period|"
    r"motsvarande period|årsskifte|vid \w*årets (?:ingång|början|start)|vid ingången av",
    re.I,
)
_OPENING = re.compile(  # the day before the year began, not the days of the period a year before
    r"årsskifte(?:t|ts)?\b(?! ?(?:19|20)\d\d)|"
    r"\bvid (?:(?:räkenskaps|verksamhets)?årets (?:ingång|början|start)|ingången av)\b",
    re.I,
)
_YEAR_END = re.compile(r"årsskifte", re.I)
_AROUND_IT = re.compile(  # what flows from or to then is no figure of that day
    r"\b(?:sedan|efter|från och med|fr\.?o\.?m\.?|före|innan|inför|kommande|nästa)"
    r" (?:det )?(?:senaste |kommande |nästa )?årsskifte",
    re.I,
)
_SAME = re.compile(r"(?:samma|motsvarande) period", re.I)
_BUDGET_OF = re.compile(
    r"(?:budgeterade?s?|budgeten(?: är| på| om)?|(?<!mot )budget (?:på|om)|ram(?:en)? (?:på|om|är)|"
    r"anslag (?:på|om)|av de budgeterade)(?! med\b)[^.,]{0,12}$",
    re.I,
)
_TARGET_OF = re.compile(
    r"\b(?:mål(?:et|värdet?|nivån?)?|önskat värde|målsättning\w*)\b[^.,]{0,40}$", re.I
)
_OUTTURN_OF = re.compile(
    r"\b(?:utfall\w*|redovisa\w*|förbruka\w*)\b[^.,]{0,60}$|"
    r"\b(?:uppgå\w*|uppgick|ökade?|ökat|minskade?|minskat|sjönk|steg|stig\w*|sjunk\w*)(?: \w+)? "
    rf"till{_HEDGE}\s*$|\b(?:är|var|blev|blir|kosta(?:de|t)?){_HEDGE}\s*$",
    re.I,
)

_ABOUT = re.compile(
    r"\b(?:cirka|ca\.?|omkring|ungefär|runt|närmare|nästan|nära|knappt|uppemot|kring)\s*(?:\w+ )?$",
    re.I,
)
_OVER = re.compile(r"\b(?:drygt|över|mer än|minst|lite mer än)\s*$", re.I)
_UP_TO = re.compile(
    r"\b(?:högst|maximalt|max|upp till|mindre än|lägre än|under|minst|högre än|mer än)\s*$", re.I
)
_PART = re.compile(
    r"\b(?:varav|av vilket|av vilka|av dessa|av detta|däribland|bland annat)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one number. ``part`` when it is a part of the number before it; ``unsaid``
    when a time is spoken of that may not be its own; ``aside`` when it stands in parentheses
    behind another with no words of its own."""

    meaning: Meaning
    direction: int
    sense: Sense | None
    measure: Measure | None
    period: Period | None
    current: bool
    hedged: bool
    low: Decimal
    high: Decimal
    part: bool
    target: bool
    unsaid: bool
    budgeted: bool
    aside: bool = False


def said(
    sentence: str,
    begins: int,
    one: Quantity,
    until: int,
    report: Period | None,
    former: Said | None,
) -> Said:
    """Read the words before ``one`` back to ``begins`` (where the number before it ended), then
    those of the whole sentence, and those right behind it. ``until`` is where the next number
    begins, if there is one: what leads up to that is said of it. ``former`` is what is said of the
    number before: "ett överskott på 2,7 mnkr för perioden och 4,1 mnkr för helåret"."""
    near, whole = sentence[begins : one.start], sentence[: one.start]
    after = _STOP.split(sentence[one.end : one.end + AFTER])[0]
    rest = _BEHIND.sub("", sentence[one.end : until])  # what stands there has a time of its own
    own = whole + (rest if until == len(sentence) else _LEADS_ON.split(rest)[0])
    claim = _claim(near, whole, after, sentence[one.end :], one, former)
    direction, sense = _direction(near, whole, after, claim)
    goes_on = former is not None and claim is Meaning.VALUE and _goes_on(near)
    if former is not None and goes_on:
        claim, direction, sense = former.meaning, former.direction, former.sense
    measure = _measure(near)
    if measure is None and _BASE.search(near) and (_EARLIER.search(near + after)):
        measure = Measure.OUTTURN
    low, high, hedged = _room(near, one)
    now = _NOW.search(sentence) is not None
    either = report is not None and _either_end(near + after, report)
    period = report if now else None if either else _period((after, near, own), report)
    if claim is Meaning.SHARE:
        measure = Measure.OUTTURN if _SPENT.search(whole) else None
        period = _of_budget(sentence[one.end :], report)
    elsewhen = _BASE.search(near) or _OTHER_TIME.search(own)
    vague = _AROUND_IT.search(near + after) is not None
    unsaid = claim is Meaning.VALUE and (vague or (period is None and elsewhen is not None))
    return Said(
        meaning=claim,
        direction=direction,
        sense=sense,
        measure=measure,
        period=period,
        current=now,
        hedged=hedged,
        unsaid=unsaid,
        low=low,
        high=high,
        part=_PART.search(near) is not None,
        budgeted=_AGAINST.search(f"{near} | {after}") is not None
        or (former is not None and goes_on and former.budgeted),
        target=_TARGET_OF.search(near) is not None or _UP_TO.search(near) is not None,
    )


def beside_it(one: Quantity, words: str, of: Said, report: Period | None) -> Said | None:
    """What is said of a number in parentheses behind the one that ``of`` tells of, where ``words``
    are all that stands there with it: the number of the same time a year before, or the budget.
    None where it may be anything else, or where that other number is no plain figure."""
    result = of.sense is Sense.WORTH and of.meaning is Meaning.DEVIATION and not of.budgeted
    plain = of.meaning is Meaning.VALUE and of.measure in (Measure.OUTTURN, Measure.FORECAST)
    time = of.period or report
    if time is None or of.target or of.unsaid or not (plain or result):
        return None
    low, high, _ = _room("", one)
    here = replace(of, hedged=False, low=low, high=high)
    if plain and _BUDGET_BESIDE.fullmatch(words):
        return replace(here, measure=Measure.BUDGET, period=time)
    named = stated(words, None)
    bare, earlier = not words.strip(" .,:;"), _YEAR_BESIDE.fullmatch(words) is not None
    if not earlier or (bare and of.measure is Measure.FORECAST):
        return None  # behind a forecast stands the forecast before it as often as the year before
    if named and named.end.year != time.end.year - 1:
        return None
    return replace(
        here,
        meaning=Meaning.VALUE,
        direction=0,
        sense=None,
        measure=Measure.ACCOUNTS if of.measure is Measure.FORECAST else of.measure,
        period=shifted(time, -1),
        current=False,
        unsaid=named is not None and not _SAME.search(words) and not whole(time),
        aside=bare,
    )


def _of_budget(rest: str, report: Period | None) -> Period | None:
    """The time of the budget that a share is of; None where no word tells it."""
    said = _OF_BUDGET.match(rest)
    if said is None or report is None:
        return None
    if re.search(r"år|period", said[0], re.I) is None:
        return None
    return report if re.search("period", said[0], re.I) else year(report.end.year)


def bracketed_is_earlier(sentence: str) -> bool:
    """Whether a sentence says that numbers in parentheses are those of the year before."""
    return "parentes" in sentence and _EARLIER.search(sentence) is not None


def went(near: str) -> int:
    """Which way words right before a number say that it went there: 1 up, -1 down, 0 neither."""
    to = _WENT_TO.search(near)
    return 0 if to is None else 1 if to["more"] else -1


def from_earlier(sentence: str, one: Quantity, following: Quantity) -> bool:
    """Whether the number that follows ``one`` is that of an earlier time which it is compared
    with ("till 99,1 mnkr, jämfört med 95,3 mnkr föregående år")."""
    between = sentence[one.end : following.start]
    after = _STOP.split(sentence[following.end : following.end + AFTER])[0]
    base = _BASE.search(between)
    if base is None or _STOP.search(between[1 : base.start()]) or following.since:
        return False
    earlier = base[0].lower().startswith("från") or _other_time(between + after)
    other = _BUDGETED.search(between + after) or _WHOLE.search(between + after)
    return earlier and not other and base[0].split()[-1] not in _HEDGES


def _other_time(words: str) -> bool:
    return (_EARLIER.search(words) or _OTHER_TIME.search(words)) is not None


def _goes_on(near: str) -> bool:
    """Whether a number is only added to the one before it, with no words of its own for what it
    is."""
    words = (VERB, _BUDGET_OF, _TARGET_OF, _BASE, _PART, _GOOD, _BAD, _MORE, _LESS, _CALLED)
    return _AND.search(near) is not None and not any(one.search(near) for one in words)


def _claim(
    near: str, whole: str, after: str, rest: str, one: Quantity, former: Said | None
) -> Meaning:
    """What stands right behind the number says most, then what stands before it. "Higher" that
    does not say than what is compared as the next or the last number is."""
    if _BASE.search(near):
        return Meaning.VALUE
    if one.unit.kind is UnitKind.PERCENT and not one.points and _OF_BUDGET.match(rest):
        return Meaning.SHARE
    compared = _THAN.search(after) is not None
    than = _THAN_WHAT.search(rest)
    if compared and _BUDGETED.search(than[0] if than else after):
        return Meaning.DEVIATION
    if compared and than is None and former is not None and former.budgeted:
        return Meaning.DEVIATION
    to = _TO.search(near) is not None
    if one.since or compared or (one.points and not to):
        return Meaning.CHANGE
    if _BUDGET_OF.search(near):
        return Meaning.VALUE
    if _DEVIATES.search(near) or _GOOD.search(near) or _BAD.search(near):
        return Meaning.DEVIATION
    if to:
        return Meaning.DEVIATION if _DEVIATES.search(whole) else Meaning.VALUE
    moved = _MORE.search(near) or _LESS.search(near)
    if moved and _BY.search(near, moved.start()):
        return Meaning.DEVIATION if _BUDGETED.search(near + after) else Meaning.CHANGE
    return Meaning.DEVIATION if _GOOD.search(after) or _BAD.search(after) else Meaning.VALUE


def _direction(near: str, whole: str, after: str, claim: Meaning) -> tuple[int, Sense | None]:
    """The nearest direction word: behind the number, before it, then earlier in the sentence."""
    if claim in (Meaning.VALUE, Meaning.SHARE):
        return 0, None
    for words in (after, near, whole):
        found = [
            (match.start(), direction, sense)
            for pattern, direction, sense in (
                (_GOOD, 1, Sense.WORTH),
                (_BAD, -1, Sense.WORTH),
                (_MORE, 1, Sense.SIZE),
                (_LESS, -1, Sense.SIZE),
            )
            for match in pattern.finditer(words)
        ]
        if found:
            signs = {direction for _, direction, _ in found}
            if len(signs) > 1 and words is whole:
                return 0, None
            nearest = min(found) if words is after else max(found)
            return nearest[1], nearest[2]
    return 0, None


def _measure(near: str) -> Measure | None:
    if _BUDGET_OF.search(near):
        return Measure.BUDGET
    if re.search(r"prognos|beräkna|vänta", near, re.I):
        return Measure.FORECAST
    return Measure.OUTTURN if _OUTTURN_OF.search(near) else None


def _period(words: Iterable[str], report: Period | None) -> Period | None:
    """Of the first words that speak of a time; None where they speak of several."""
    if report is None:
        return None
    found = next((times for said in words if (times := _times(said, report))), set())
    return found.pop() if len(found) == 1 else None


def _times(words: str, report: Period) -> set[Period]:
    """A year that is named goes before what is only called earlier, and that before all else."""
    named = stated(_OTHER_YEAR.sub("", words), None)
    earlier = shifted(report, -1)
    if named and named.end == report.end:
        return {report if named.start == named.end else named}
    if named and named.end.year != report.end.year:
        same = _SAME.search(words) and named.end.year == earlier.end.year
        return {earlier if same else named}
    if _OPENING.search(words):
        return {year(report.end.year - 1)}
    if _YEAR_END.search(words):
        return set()
    if _EARLIER.search(words):
        return {earlier}
    return {
        period
        for pattern, period in ((_WHOLE_YEAR, year(report.end.year)), (_SO_FAR, report))
        if pattern.search(words)
    }


def _either_end(words: str, report: Period) -> bool:
    """Whether "the turn of the year" may be the one that ends the report's year as well as the one
    that began it."""
    ends = report.end == year(report.end.year).end or _WHOLE_YEAR.search(words) is not None
    return ends and _YEAR_END.search(words) is not None and stated(words, None) is None


def _room(near: str, one: Quantity) -> tuple[Decimal, Decimal, bool]:
    """The least and the most that the words leave room for, without sign: half the last digit,
    of money that which is not a round number's nought; a whole one with "cirka", only upwards with
    "drygt"."""
    value = abs(one.value)
    step = one.coarse_step if one.unit.kind is UnitKind.MONEY else one.step
    if _OVER.search(near):
        return value - step / 2, value + step, True
    if _ABOUT.search(near):
        return value - step, value + step, True
    return value - step / 2, value + step / 2, False

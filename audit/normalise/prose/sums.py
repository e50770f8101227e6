"""What a sentence, or two, reckon up: a whole and its parts, or how far apart two numbers are.

Only forms of words that leave little else to be meant. A hedged number ("drygt 40") is in none of
them; and of what can be negative (a result, a deviation, a change) parts may exceed the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.model import Amount, Document, Figure, Link, Reckoning, UnitKind
from audit.normalise.prose.quantities import Quantity
from audit.normalise.prose.stems import stem, stems
from audit.normalise.prose.told import Told

MILLIONS = 6

_NET = re.compile(
    r"över?skott|underskott|avvik|resultat|netto|saldo|effekt|differens|skillnad|förändring|"
    r"\bök(?:a|n)|\bminsk|förbättr|försämr|\bhögre\b|\blägre\b|\bmer\b|\bmindre\b|\bfler\b|"
    r"\bfärre\b|bättre|sämre|\bminus\b|\bplus\b|prognos\w* om",
    re.I,
)
_NOT_ALL = re.compile(
    r"\b(?:bland annat|bl\.? ?a|exempelvis|till exempel|t\.? ?ex|främst|både)\b", re.I
)
_OF_WHICH = re.compile(r",? (?:varav|därav) ", re.I)
_SPREAD = re.compile(
    r",? (?:som )?(?:är |var )?fördela(?:t|de|d|r sig|s) (?:på|mellan|enligt) ", re.I
)
_OF_THE = re.compile(r"^Av (?:\w+ ){0,3}(?=\d)[\d ]+(?:\w+ ){1,3}?(?:är|var) ", re.I)
_REST = re.compile(
    r"\b(?:resterande|övriga|återstående)(?: del(?:en)?)?(?: på| om)? $|"
    r"\bresten,? (?:är |på |om )?$",
    re.I,
)
_STOP = re.compile(
    r"[;:()]|\b(?:men|medan|samt att|och att|varav|därav|vilket|jämfört|mot)\b", re.I
)
_NEXT = re.compile(r", | och | samt | respektive ", re.I)
_ASIDE = re.compile(  # a number behind these is no part, but something about one
    r"\b(?:under|i|per|inom|efter|till|från|mot|än|vid|(?<!står )(?<!stod )(?<!svarar )för|"
    r"åk|årskurs|med|om|på|av|mellan|sedan|före|nr|nummer|punkt|sida|kap)\b",
    re.I,
)
_EXCLUDES = re.compile(  # words by which parts share a whole, and nothing else is said of them
    r"^(?: [^\W\d]+)?? (?P<how>avser|gäller|för|till|inom|hos|i)\b"
    r"(?! (?:[^\W\d]+ )?(?:20\d\d|år\w*|period\w*|månad\w*))",
    re.I,
)
_WITHIN = re.compile(r"^ (?:inom|i|på|för|hos|från|av|vid)\b|^\s*$", re.I)
_HALVES = ({"kvinnor", "män"}, {"flickor", "pojkar"})
_SUMMED = re.compile(
    r"(?:,|\bvilket (?:blir|ger|är|gör)|\bdet vill säga|\balltså|\bblir|\bger)"
    r" (?:totalt|sammanlagt|tillsammans|sammantaget) (?:(?:blir|är|ger) )?$",
    re.I,
)
_SUMMING = re.compile(
    r"^(?:Tillsammans|Sammanlagt|(?P<total>Totalt|Sammantaget)) (?:är|blir|blev|ger|gav|uppgår|"
    r"uppgick|handlar|gör) (?:det|detta|de|dessa|beloppen|summorna|posterna)\b",
    re.I,
)
_NO_MORE = re.compile(
    r"^(?: [^\W\d]+)?(?: (?:för|under|i|på) (?:hela )?(?:året|år|perioden|20\d\d))?\W*$"
)
_COMPARED = re.compile(r"\b(?:jämfört med|mot|än|från|istället för|i stället för|av)\b", re.I)
_CARRIED = re.compile(
    r"\böver från\b|\böverför|\bombudget|\btilläggsbudget|\bförstärk|\butöka|\btillför|\btillskott",
    re.I,
)
_WITH = re.compile(
    r"^(?:Tillsammans )?med [^,.\d]{0,30}(?:ram|budget|anslag)\w*(?: \w+)? på ", re.I
)
_TO_SPEND = re.compile(
    r"^ (?:\w+ ){0,2}(?:är|beräknas|väntas|blir|finns|uppgår|kan|får|ska)(?: \w+){0,4} $", re.I
)
_AGAINST = re.compile(
    r"^(?: \w+)?,? (?:jämfört med|att jämföra med|i jämförelse med|mot|medan budget\w* är)"
    r"(?: en| ett| de| den)?(?: budgeterade?| budget(?:en)?| budgeterat belopp| ram(?:en)?)?"
    r"(?: på| om)? $",
    re.I,
)
_A_GAP = re.compile(
    r"^(?: (?:föregående år|förra året|året innan|året före|samma period \w+(?: \w+)?|i fjol|"
    r"(?:år )?20\d\d|i budget(?:en)?))?,? (?:vilket (?:är|ger|innebär|motsvarar|blir) |alltså |"
    r"det vill säga |och ger |dvs\.? )?(?:en|ett) (?:(?:positiv|negativ|budget)\w* )?"
    r"(?:budgetavvikelse|avvikelse|skillnad|differens|ökning|minskning) (?:på|med|om) $",
    re.I,
)
_OTHER_BASE = re.compile(
    r"^[^.;]{0,25}\b(?:sedan|jämfört|från|än|per (?:år|månad|\w+))\b|^ (?:mot|i) (?!budget)", re.I
)
_SO_MUCH = re.compile(
    r"^(?: \w+){0,2},? (?:vilket (?:är|ger|innebär|motsvarar) |eller |alltså |det vill säga |"
    r"dvs\.? )?(?:(?:en (?:ökning|minskning|uppgång|nedgång) )?(?:på|med|om) |"
    r"(?<=vilket är )|(?<=motsvarar ))$",
    re.I,
)
_OF_ANOTHER = re.compile(  # "procent av budgeten", "per år", "lägre än budget"
    r"^ (?:av|i|inom|för|per|om|årligen|vardera|under|mot|jämfört|sedan)\b|"
    r"^ \w+ än (?!föreg|förra|året|i fjol|samma|20\d\d)",
    re.I,
)
_PLANNED = re.compile(r"budget|prognos|\bplan|\bmål", re.I)
_CHANGED_BY = re.compile(
    r"\b(?:ökat?|ökade|ökar|minskat?|minskade|minskar|ökning|minskning)(?: \w+)? (?:med|på) $", re.I
)
_THEN = re.compile(r"^[^.;\d]{0,25}(?:[^.;]{0,30}(?:20\d\d))?[^.;\d]{0,12},? $", re.I)


def reckonings(document: Document, told: Sequence[Told]) -> Iterator[Reckoning]:
    """The sums and differences of every sentence, and those that it makes with the one before."""
    before: Told | None = None
    for now in told:
        if before is not None and before.sentence.passage != now.sentence.passage:
            before = None
        for link, whole, parts, sure in _found(now, before):
            yield Reckoning(
                link,
                _figure(document, *whole),
                tuple(_figure(document, *part) for part in parts),
                sure,
            )
        before = now


Printed = tuple[Told, Quantity]  # a number, and the sentence that it stands in
Found = tuple[Link, Printed, list[Printed], bool]


def _found(now: Told, before: Told | None) -> Iterator[Found]:
    yield from _apart(now)
    yield from _growth(now)
    yield from _divided(now)
    yield from _summed(now)
    if before is not None:
        yield from _summing(now, before)
        yield from _carried(now, before)


def _apart(told: Told) -> Iterator[Found]:
    """ "532,3 mnkr mot budgeterade 545,1 mnkr, en avvikelse på 12,8 mnkr"."""
    for one, other, gap in zip(told.numbers, told.numbers[1:], told.numbers[2:], strict=False):
        if (
            one.unit.kind == other.unit.kind == gap.unit.kind == UnitKind.MONEY
            and _AGAINST.match(told.between(one, other))
            and _A_GAP.match(told.between(other, gap))
            and not _OTHER_BASE.match(told.after(gap))
            and not re.search(r"överskott|underskott|resultat|\bminus\b", told.before(other), re.I)
            and told.exact(one, other, gap)
        ):
            yield Link.APART, (told, gap), [(told, one), (told, other)], True


def _growth(told: Told) -> Iterator[Found]:
    """ "Minskat från 251 till 214, eller med 15 procent"; "minskat med 93 barn, från 2 505 till
    2 412"."""
    for one in told.numbers:
        if (since := one.since) is None or one.unit.kind is UnitKind.PERCENT:
            continue
        for much in told.numbers:
            if much.start > one.end:
                said = _SO_MUCH.match(told.between(one, much)) and not _OF_ANOTHER.match(
                    told.after(much)
                )
            elif much.end < since.start:
                then = told.between(much, since).removesuffix("från ")
                said = (
                    _CHANGED_BY.search(told.before(much))
                    and _THEN.match(then)
                    and not _PLANNED.search(then)
                )
            else:
                continue
            if not said or much.points or not told.exact(one, since, much):
                continue
            ends: list[Printed] = [(told, since), (told, one)]
            if much.unit.kind is UnitKind.PERCENT:
                yield Link.GROWTH, (told, much), ends, True
            elif much.end < since.start and _same_kind(much, one):
                yield Link.APART, (told, much), ends, True


def _divided(told: Told) -> Iterator[Found]:
    """ "12 mnkr, varav 3 mnkr … och 5 mnkr …"; "7 ärenden, fördelat på 5 … och 2 …"."""
    text = told.sentence.text
    of_the = _OF_THE.finditer(text)
    for marker in (*_OF_WHICH.finditer(text), *_SPREAD.finditer(text), *of_the):
        begins = marker.start() or marker.end()
        ahead = [one for one in told.numbers if one.end <= begins]
        if not ahead or _NET.search(text) or _NOT_ALL.search(text):
            continue
        whole = ahead[-1]
        if any(_same_kind(one, whole) for one in ahead[:-1]):
            continue  # it may be the parts of both
        parts = _parts(told, whole, marker.end())
        if not parts or not told.exact(whole, *parts):
            continue
        spread = _SPREAD.match(marker[0]) is not None
        rest = len(parts) > 1 and _REST.search(told.between(parts[-2], parts[-1])) is not None
        money = whole.unit.kind is UnitKind.MONEY
        alike = money or _alike(told, whole, parts)
        places: list[Printed] = [(told, one) for one in parts]
        if (spread or rest) and len(parts) > 1 and alike:
            yield Link.SUM, (told, whole), places, spread or money
        elif not spread and (alike or (len(parts) == 1 and marker.start())):
            yield Link.WITHIN, (told, whole), places, _apart_from_each_other(told, parts)


def _parts(told: Told, whole: Quantity, begins: int) -> list[Quantity]:
    """The numbers of a list that begins there, one to each item; none where it is no plain list."""
    text = told.sentence.text
    stop = _STOP.search(text, begins)
    ends = stop.start() if stop else len(text)
    found: list[Quantity] = []
    cuts = [begins, *(match.end() for match in _NEXT.finditer(text, begins, ends)), ends]
    for start, end in pairwise(cuts):
        held = [one for one in told.numbers if start <= one.start < end]
        alike = [one for one in held if _same_kind(one, whole)]
        if len(held) > 1 or any(start <= one < end for one in told.articles):
            return []
        if alike and _ASIDE.search(text[start : alike[0].start]):
            return []
        if alike and len(text[start : alike[0].start].split()) <= 4:
            found += alike
    return found


def _apart_from_each_other(told: Told, parts: Sequence[Quantity]) -> bool:
    """Whether nothing is in two of the parts: of loans "200 mnkr är gröna och 150 mnkr har rörlig
    ränta" some may be both."""
    if len(parts) == 1 or {_noun(told, part) for part in parts} in _HALVES:
        return True
    hows = [_EXCLUDES.match(told.after(part)) for part in parts]
    return all(hows) and len({how["how"].lower() for how in hows if how}) == 1


def _noun(told: Told, part: Quantity) -> str:
    following = re.match(r" ([^\W\d]+)", told.after(part))
    return following[1].lower() if following else ""


def _alike(told: Told, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts count what the whole does: the same word, none, or women and men."""
    words = stems(told.after(whole).split(",")[0])
    nouns = frozenset(words[:3])
    if {_noun(told, part) for part in parts} in _HALVES:
        return True
    return all(
        _WITHIN.match(told.after(part)) or stem(_noun(told, part)) in nouns for part in parts
    )


def _summed(told: Told) -> Iterator[Found]:
    """ "1,7 mnkr …, 0,6 mnkr … och 1,2 mnkr …, sammanlagt 3,5 mnkr"."""
    if len(told.numbers) < 3 or told.articles:
        return
    *parts, whole = told.numbers
    if not _SUMMED.search(told.before(whole)) or not _NO_MORE.match(told.after(whole)):
        return
    money = whole.unit.kind is UnitKind.MONEY
    alike = money or _alike(told, parts[0], [*parts[1:], whole])
    if alike and _listed(told, parts, whole) and told.exact(whole):
        yield Link.SUM, (told, whole), [(told, one) for one in parts], True


def _summing(now: Told, before: Told) -> Iterator[Found]:
    """ "… 3 mnkr och … 5 mnkr. Tillsammans blir det 8 mnkr."; a total may be of more than these."""
    said = _SUMMING.match(now.sentence.text)
    if said is None or len(now.numbers) != 1 or before.articles or len(before.numbers) < 2:
        return
    (whole,) = now.numbers
    if not _NO_MORE.match(now.after(whole)):
        return
    if _listed(before, before.numbers, whole) and now.exact(whole):
        parts = [(before, one) for one in before.numbers]
        yield Link.SUM, (now, whole), parts, said["total"] is None


def _listed(told: Told, parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether numbers are of the whole's kind and merely stand beside each other."""
    text = told.sentence.text
    return (
        all(_same_kind(one, whole) and one.since is None for one in parts)
        and told.exact(*parts)
        and not _OF_WHICH.search(text)
        and not _NOT_ALL.search(text)
        and not _NET.search(text)
        and not any(_COMPARED.search(told.between(a, b)) for a, b in pairwise(parts))
    )


def _carried(now: Told, before: Told) -> Iterator[Found]:
    """ "13,5 mnkr fördes över från 2020. Med årets ram på 30 mnkr beräknas 43,5 mnkr användas."."""
    carried = [one for one in before.numbers if one.unit.kind is UnitKind.MONEY]
    if len(carried) != 1 or not _CARRIED.search(before.sentence.text) or len(now.numbers) < 2:
        return
    budget, whole = now.numbers[:2]
    if (
        _WITH.fullmatch(now.before(budget))
        and _TO_SPEND.match(now.between(budget, whole))
        and all(one.unit.kind is UnitKind.MONEY for one in (budget, whole))
        and before.exact(*carried)
        and now.exact(budget, whole)
    ):
        yield Link.SUM, (now, whole), [(before, carried[0]), (now, budget)], False


def _same_kind(one: Quantity, other: Quantity) -> bool:
    counted = (UnitKind.COUNT, UnitKind.UNKNOWN)
    return one.unit.kind is other.unit.kind or {one.unit.kind, other.unit.kind} <= {*counted}


def _figure(document: Document, told: Told, number: Quantity) -> Figure:
    amount = Amount(number.value, last_digit(number), number.unit)
    return told.sentence.figure(document, number.start, number.end, amount)


def last_digit(number: Quantity) -> Decimal:
    """The worth of the last digit; of whole hundreds and thousands, unless of millions, that of the
    last one that is no nought: they may be rounded. A count is exact else."""
    kind = number.unit.kind
    counted = kind in (UnitKind.COUNT, UnitKind.UNKNOWN)
    small = kind is UnitKind.MONEY and number.unit.exponent < MILLIONS
    step = number.coarse_step if small or (counted and abs(number.value) >= 1000) else number.step
    return Decimal(0) if counted and step == 1 else step

"""What a finding says, in the reader's language: its title, formula, message and likely cause."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from audit.language import MINUS, Words, message
from audit.model import (
    Comparison,
    Diagnosis,
    Entry,
    Figure,
    Finding,
    Observation,
    Origin,
    Passage,
    Reading,
    Report,
    Severity,
    Term,
    UnitKind,
    Verdict,
)
from audit.output.plain import clean, number, same, with_unit

MOST_TERMS = 4  # a formula with more terms than this names the first and the last

KINDS: Mapping[str, str] = {
    "delårsrapport": message("interim report"),
    "årsredovisning": message("annual report"),
    "verksamhetsberättelse": message("activity report"),
    "månadsuppföljning": message("monthly report"),
}

CAUSES: Mapping[str, str] = {
    "transposed-digits": message("two digits have changed places ({printed} for {proposed})."),
    "mistyped-digit": message("one digit is wrong ({printed} for {proposed})."),
    "sign-flipped": message("the sign is wrong ({printed} for {proposed})."),
    "rows-exchanged": message("{rows} have changed places in the column {column}."),
    "columns-exchanged": message("{columns} have changed places in the row {row}."),
    "row-left-out": message("{rows} is not counted in."),
    "row-counted-twice": message("{rows} is counted twice."),
    "scale": message("the number is in another unit than the rest ({printed} for {proposed})."),
    "unknown": message("every relation of this cell that fails would hold with the right number."),
    "stale-total": message("the total was not brought up to date when a part was changed."),
    "another-figure": message("it is the number of {columns}."),
    "another-period": message("it is the number of {columns}, which stands in another table."),
    "rounding": message("the parts were rounded before they were put together."),
}

# What a remark's kind says in words; its text is the evidence on the page.
REMARKS: Mapping[str, str] = {
    "sign-convention": message("These rows have their own sign convention."),
    "scope": message("The two figures cover different things: only one of them counts {rows}."),
    "restated": message("It is not what {source} printed; the report says that it is restated."),
}


def kind(words: Words, report: Report | Entry | Origin) -> str:
    """What kind of report it is; a kind that the catalogue lacks as the report has it."""
    return words.say(KINDS[report.kind]) if report.kind in KINDS else clean(report.kind)


def source(words: Words, comparison: Comparison) -> str:
    """ "interim report as of 31 August 2022, page 4": where the terms stand when that is another
    report; "" when it is the same."""
    other = comparison.against
    if other is None or not comparison.terms:
        return ""
    page = comparison.terms[0].figure.source.box.page
    return f"{title(words, other)}, {words.say('page {page}', page=page)}"


def title(words: Words, other: Origin) -> str:
    """What another report is called: "interim report as of 31 August 2022"."""
    period = words.period(other.period) if other.period else ""
    return f"{kind(words, other)} {period}".strip() or words.say("the other report")


def counted(words: Words, severity: Severity, n: int) -> str:
    """ "4 errors"."""
    match severity:
        case Severity.ERROR:
            return words.count("{n} error", "{n} errors", n)
        case Severity.WARNING:
            return words.count("{n} warning", "{n} warnings", n)
        case Severity.NOTE:
            return words.count("{n} note", "{n} notes", n)


def outcome(words: Words, verdict: Verdict, n: int) -> str:
    """ "398 agree"."""
    match verdict:
        case Verdict.AGREES:
            return words.count("{n} agrees", "{n} agree", n)
        case Verdict.ROUNDING:
            return words.count("{n} within rounding", "{n} within rounding", n)
        case Verdict.DIFFERS:
            return words.count("{n} differs", "{n} differ", n)
        case Verdict.UNDECIDED:
            return words.count("{n} undecided", "{n} undecided", n)


def place(figure: Figure) -> str:
    """ "Verksamhetsstöd och service, varav kostnader, Avvikelse"."""
    path = figure.path[-1:] if figure.label not in figure.path else ()
    return ", ".join(clean(part) for part in (*path, figure.label, figure.header) if part)


def formula(comparison: Comparison) -> str:
    """The expected value as names: "Prognos − Budget"; "" when there is nothing to name."""
    return _joined(comparison, [(term, _name(term)) for term in comparison.terms])


def calculation(words: Words, comparison: Comparison) -> str:
    """The formula with its numbers, what it gives, and what is printed."""
    stated = comparison.stated
    printed = number(words, stated.amount.value, stated.amount)
    if comparison.low != comparison.high:
        return _bounds(words, comparison, printed)
    expected = number(words, comparison.expected, stated.amount)
    if not comparison.difference:
        return _equal(words, comparison, expected)
    if isinstance(stated.source, Passage):
        return _contradicted(words, comparison, expected)
    if comparison.remark:
        return words.say(
            "{equation}; printed: {printed}",
            equation=_equal(words, comparison, expected),
            printed=printed,
        )
    return words.say(
        "{equation}, but {printed} is printed (off by {off})",
        equation=_equal(words, comparison, expected),
        printed=printed,
        off=_apart(words, comparison),
    )


def _contradicted(words: Words, comparison: Comparison, expected: str) -> str:
    """What the text says, and what its table does."""
    stated, terms = comparison.stated, comparison.terms
    told = _equal(words, comparison, expected)
    if len(terms) == 1:  # its sign is the words' own ("a deficit of")
        figure = terms[0].figure
        printed = number(words, figure.amount.value, figure.amount)
        name = clean(figure.header or figure.label)
        told = f"{name}: {with_unit(printed, figure.amount.unit)}"
    return words.say(
        "The text says {said}, but {told} (off by {off})",
        said=clean(stated.qualifier),
        told=told,
        off=_apart(words, comparison),
    )


def conclusion(words: Words, comparison: Comparison) -> str:
    """The calculation, or why there is none."""
    return undecided(words, comparison) or calculation(words, comparison)


def sentence(words: Words, finding: Finding) -> str:
    """One line that stands alone: where, and the calculation or its explanation."""
    if isinstance(finding.subject, Observation):
        return observation(words, finding.subject)
    comparison = finding.subject
    explained = second_reader(words, finding) if finding.reading is Reading.MISREAD else ""
    explained = explained or ("" if finding.diagnosis else remark(words, finding))
    return f"{place(comparison.stated)}: {explained or conclusion(words, comparison)}"


def observation(words: Words, seen: Observation) -> str:
    """What is wrong, in a sentence."""
    return words.say(seen.says, **{name: clean(said) for name, said in seen.details.items()})


def remark(words: Words, finding: Finding) -> str:
    """What explains the comparison, with the words on the page; "" without a remark."""
    found = None if isinstance(finding.subject, Observation) else finding.subject.remark
    if found is None:
        return ""
    rows = _listed(words, [_name(term) for term in finding.comparison.terms[1:]])
    earlier = source(words, finding.comparison)
    known = REMARKS.get(found.kind, "")
    said = words.say(known, rows=rows, source=earlier) if known else ""
    quoted = words.say("The page says: “{text}”", text=clean(found.text)) if found.text else ""
    return " ".join(part for part in (said, quoted) if part)


def cause(words: Words, finding: Finding) -> str:
    """The likely cause as a clause that ends with a full stop; "" when none is known."""
    diagnosis = finding.diagnosis
    if diagnosis is None:
        return ""
    if diagnosis.kind == "copied-neighbour":
        return _copied(words, diagnosis)
    if diagnosis.kind == "either":
        return _either(words, diagnosis)
    if diagnosis.kind not in CAUSES:
        return ""
    figures = [figure for figure in (diagnosis.suspect, *diagnosis.others) if figure]
    others = diagnosis.others or figures
    exchanged = diagnosis.kind.endswith("-exchanged")
    named = figures if exchanged else others
    stated = finding.comparison.stated
    suspect = diagnosis.suspect or stated
    proposed = diagnosis.proposed if diagnosis.proposed is not None else finding.comparison.expected
    return words.say(
        CAUSES[diagnosis.kind],
        printed=number(words, suspect.amount.value, suspect.amount),
        proposed=number(words, proposed, suspect.amount),
        rows=_listed(words, [figure.label for figure in named]),
        columns=_listed(words, [figure.header for figure in named]),
        row=clean(suspect.label),
        column=clean(suspect.header),
    )


def second_reader(words: Words, finding: Finding) -> str:
    """What an independent reader saw otherwise; "" when it saw the same or there was none."""
    if finding.confirmation is None or not finding.confirmation.seen:
        return ""
    comparison = finding.comparison
    figures = comparison.figures
    read = {figure.source.box: figure.source.text for figure in figures}
    differing = [
        words.say("“{first}” or “{second}”", first=clean(read.get(box, "?")), second=clean(seen))
        for box, seen in finding.confirmation.seen.items()
    ]
    return words.say("The readers disagree: {differing}.", differing=", ".join(differing))


def undecided(words: Words, comparison: Comparison) -> str:
    return clean(words.translate(comparison.undecided))


def equation(words: Words, comparison: Comparison, replaced: Mapping[Figure, Decimal]) -> str:
    """The relation in numbers alone, as it reads with the figures in ``replaced`` corrected."""
    like = comparison.stated.amount
    values = [(term, _replaced(term.figure, replaced)) for term in comparison.terms]
    stated = _replaced(comparison.stated, replaced)
    if comparison.quotient:
        said = [(term, _bracketed(number(words, at, term.figure.amount))) for term, at in values]
    else:
        said = [(term, _bracketed(number(words, value, like))) for term, value in values]
    left = _joined(comparison, said)
    return f"{left} = {number(words, stated, like)}"


def _replaced(figure: Figure, replaced: Mapping[Figure, Decimal]) -> Decimal:
    values = (value for other, value in replaced.items() if same(other, figure))
    return next(values, figure.amount.value)


def _equal(words: Words, comparison: Comparison, expected: str) -> str:
    terms = comparison.terms
    if not terms:
        return words.say("It should be {expected}", expected=expected)
    plain = not comparison.quotient and all(term.factor == 1 for term in terms)
    if len(terms) > MOST_TERMS and plain:
        return words.count(
            "The {n} part gives {expected}",
            "The {n} parts give {expected}",
            len(terms),
            expected=expected,
        )
    named = formula(comparison)
    if elsewhere := source(words, comparison):
        return f"{named} ({elsewhere}): {_value(words, terms[0], comparison)}"
    if len(terms) == 1 and terms[0].factor == 1:
        return f"{named}: {_value(words, terms[0], comparison)}"
    values = [(term, _bracketed(_value(words, term, comparison))) for term in terms]
    return f"{named}: {_joined(comparison, values)} = {expected}"


def _apart(words: Words, comparison: Comparison) -> str:
    """How far the sides are apart, with the unit; of shares it is the percentage point."""
    amount = comparison.stated.amount
    off = number(words, abs(comparison.difference), amount)
    if amount.unit.kind is UnitKind.PERCENT:
        return words.say("{off} percentage points", off=off)
    return with_unit(off, amount.unit)


def _bounds(words: Words, comparison: Comparison, printed: str) -> str:
    like = comparison.stated.amount
    low, high = (
        number(words, bound, like) if bound.is_finite() else ""
        for bound in (comparison.low, comparison.high)
    )
    of = formula(comparison)
    if not low:
        return words.say(
            "{printed} is printed, but at most {high} is possible ({of})",
            printed=printed,
            high=high,
            of=of,
        )
    if not high:
        return words.say(
            "{printed} is printed, but at least {low} is possible ({of})",
            printed=printed,
            low=low,
            of=of,
        )
    return words.say(
        "{printed} is printed, but must lie between {low} and {high} ({of})",
        printed=printed,
        low=low,
        high=high,
        of=of,
    )


def _value(words: Words, term: Term, comparison: Comparison) -> str:
    """The term's number as printed, with its unit where that is not the stated figure's."""
    amount = term.figure.amount
    text = number(words, amount.value, amount)
    alike = comparison.quotient or amount.unit == comparison.stated.amount.unit
    return text if alike else with_unit(text, amount.unit)


def _name(term: Term) -> str:
    return clean(term.name or term.figure.label)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith(MINUS) else text


def _joined(comparison: Comparison, said: list[tuple[Term, str]]) -> str:
    """The terms' words as a sum, or as a quotient of two."""
    if not comparison.quotient:
        return _sum([(term.factor, text) for term, text in said])
    sides = []
    for below in (False, True):
        side = [(term.factor, text) for term, text in said if term.below is below]
        sides.append(_sum(side) if len(side) == 1 else f"({_sum(side)})")
    return " / ".join(sides)


def _sum(terms: list[tuple[Decimal, str]]) -> str:
    """Terms joined by their signs, the middle of a long sum left out."""
    long = len(terms) > MOST_TERMS
    shown = [*terms[:2], (Decimal(1), "…"), terms[-1]] if long else terms
    text = ""
    for position, (factor, said) in enumerate(shown):
        times = said if abs(factor) == 1 else f"{abs(factor):f} · {said}"
        sign = MINUS if factor < 0 else "+" if position else ""
        gap = " " if position else ""
        text += f"{gap}{sign}{gap}{times}"
    return text


def _either(words: Words, diagnosis: Diagnosis) -> str:
    one, other = diagnosis.others
    return words.say(
        "either {one} or {other} is wrong; nothing else in the report tells which.",
        one=", ".join(clean(name) for name in (one.label, one.header) if name),
        other=", ".join(clean(name) for name in (other.label, other.header) if name),
    )


def _copied(words: Words, diagnosis: Diagnosis) -> str:
    suspect, sources = diagnosis.suspect, diagnosis.others
    if suspect is None or not sources:
        return words.say("the number has been copied from a cell beside it.")
    source = sources[0]
    if suspect.row == source.row:
        return words.say(
            "the number of the column {source} has been copied to the column {target}.",
            source=clean(source.header),
            target=clean(suspect.header),
        )
    return words.say(
        "the number of the row {source} has been copied to the row {target}.",
        source=clean(source.label),
        target=clean(suspect.label),
    )


def _listed(words: Words, names: list[str]) -> str:
    cleaned = list(dict.fromkeys(clean(name) for name in names))
    if len(cleaned) < 2:
        return "".join(cleaned)
    return words.say("{first} and {last}", first=", ".join(cleaned[:-1]), last=cleaned[-1])

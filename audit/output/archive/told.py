"""A finding as the outputs of an archive show it: words and numbers in a reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.language import Words
from audit.model import Amount, Comparison, Figure, Finding, Observation, Reading, Severity, Unit
from audit.output import sentences
from audit.output.excerpt import figures, suspects
from audit.output.plain import clean, in_unit, number, same, with_unit


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A printed cell of a finding. ``role`` is "stated" or "part"; ``other`` says that it stands in
    the other report of a finding across two; ``suspect`` that it is the one thought wrong."""

    role: str
    row: str
    column: str
    text: str
    page: int
    other: bool
    suspect: bool


@dataclass(frozen=True, slots=True)
class Told:
    """``report`` is the SHA-256 of the report it is of, ``other`` that of the earlier report (the
    part's) that it is held against, "" for none. ``printed``, ``expected`` and ``difference`` are
    exact, in ``unit``; None where nothing was reckoned. ``page`` is 0 for what stands nowhere."""

    report: str
    other: str
    code: str
    title: str
    severity: Severity
    page: int
    table: str
    place: str
    says: str
    formula: str
    printed: Decimal | None
    expected: Decimal | None
    difference: Decimal | None
    unit: str
    cells: tuple[ToldCell, ...]
    evidence: str
    cause: str
    proposed: str
    reading: str
    fingerprint: str
    accepted: str


def told(report: str, finding: Finding, words: Words) -> Told:
    """All that is said of ``finding``, which the report of that SHA-256 has."""
    subject = finding.subject
    decision = finding.accepted
    accepted = ""
    if decision:
        accepted = words.say(
            "Accepted by {by} on {at}: {reason}",
            by=clean(decision.by), at=decision.at.isoformat(), reason=clean(decision.reason),
        )  # fmt: skip
    compared = isinstance(subject, Comparison)
    stated = subject.stated if isinstance(subject, Comparison) else None
    low, high = (subject.low, subject.high) if isinstance(subject, Comparison) else (None, None)
    decided = isinstance(subject, Comparison) and not subject.undecided
    return Told(
        report=report,
        other=subject.against.sha256 if subject.against else "",
        code=finding.rule.code,
        title=clean(words.pick(finding.rule.title)),
        severity=finding.severity,
        page=finding.page or 0,
        table=subject.table,
        place=sentences.place(stated) if stated else "",
        says=_says(words, finding),
        formula=sentences.formula(finding.comparison) if compared and low == high else "",
        printed=_printed(stated.amount) if stated else None,
        expected=_like(finding.comparison.expected, stated) if decided and stated else None,
        difference=_like(finding.comparison.difference, stated) if decided and stated else None,
        unit=stated.amount.unit.symbol if stated else "",
        cells=tuple(_cells(finding)),
        evidence=clean(subject.evidence) if isinstance(subject, Observation) else "",
        cause=_capital(sentences.cause(words, finding)),
        proposed=_proposed(words, finding),
        reading=_reading(words, finding),
        fingerprint=finding.fingerprint,
        accepted=accepted,
    )


def _says(words: Words, finding: Finding) -> str:
    """What is wrong, without where: that stands beside it."""
    if isinstance(finding.subject, Observation):
        return sentences.observation(words, finding.subject)
    explained = sentences.remark(words, finding)
    misread = finding.reading is Reading.MISREAD
    reckoned = "" if misread else sentences.conclusion(words, finding.comparison)
    return " ".join(part for part in (reckoned, explained) if part)


def _cells(finding: Finding) -> Iterator[ToldCell]:
    subject = finding.subject
    if isinstance(subject, Observation):
        return
    pointed = suspects(finding)
    for figure in figures(finding):
        stated = same(figure, subject.stated)
        yield ToldCell(
            "stated" if stated else "part",
            clean(figure.label),
            clean(figure.header),
            clean(figure.source.text),
            figure.source.box.page,
            subject.against is not None and "@" in figure.table,
            any(same(figure, other) for other in pointed),
        )


def _proposed(words: Words, finding: Finding) -> str:
    diagnosis = finding.diagnosis
    if diagnosis is None or diagnosis.suspect is None or diagnosis.proposed is None:
        return ""
    like = diagnosis.suspect.amount
    return with_unit(number(words, diagnosis.proposed, like), like.unit)


def _reading(words: Words, finding: Finding) -> str:
    """What readers say of the digits, where that is to be known."""
    if said := sentences.second_reader(words, finding):
        return said
    if finding.pictured:
        return words.say("Read from a picture: look at the digits on the page.")
    if finding.reading is Reading.UNCONFIRMED:
        return words.say("No second reader could confirm the digits; look at the page.")
    return ""


def _printed(amount: Amount) -> Decimal:
    return in_unit(amount.value, amount.unit, amount.step)


def _like(value: Decimal, figure: Figure) -> Decimal | None:
    amount = figure.amount
    return in_unit(value, amount.unit, amount.step) if value.is_finite() else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def money(words: Words, kronor: Decimal, unit: Unit, signed: bool = False) -> str:
    """An amount in kronor as "1 250 tkr", in ``unit`` and with as many digits as it needs."""
    step = Decimal(1).scaleb(unit.exponent)
    said = words.number(in_unit(kronor, unit, step))
    plus = "+" if signed and kronor > 0 else ""
    return with_unit(plus + said, unit)

"""What was tested, and how it ended: rules, comparisons, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from audit.model.document import Box, Status
from audit.model.report import Figure, Period, Report


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Example:
    """A table or text of a rule page and the findings it must give: ``rows`` of cell texts, the
    header row first, and ``suspects`` as (row label, column header) of each stated or suspected
    cell; ``text`` the passages ("# …" a heading), and ``observed`` the words of text that each
    finding about them must show. ``earlier`` are the lines of the page that an earlier report is
    made of, for a rule across reports."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    suspects: tuple[tuple[str, str], ...]
    line: int
    note: str = ""
    text: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One page of the rulebook. ``title`` and ``why`` map a language code to text; ``settings``
    are the page's own words to its check; ``source`` is the page's text."""

    code: str
    check: str
    severity: Severity
    title: Mapping[str, str]
    why: Mapping[str, str]
    settings: Mapping[str, object]
    norm: str
    examples: tuple[Example, ...]
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class Term:
    """One addend: ``factor`` (1 or -1, as a rule) times ``figure``. ``name`` is what the formula
    calls it: a column's header or a row's label. ``below`` says that it stands under a fraction
    bar: the addends above are then a percentage of those below."""

    factor: Decimal
    figure: Figure
    name: str
    below: bool = False


def percentage(terms: Iterable[Term], worth: Callable[[Figure], Decimal]) -> Decimal:
    """What the addends above the bar are in percent of those below; infinite where those are 0."""
    sums = {True: Decimal(0), False: Decimal(0)}
    for term in terms:
        sums[term.below] += term.factor * worth(term.figure)
    return 100 * sums[False] / sums[True] if sums[True] else Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Basis:
    """Why the relation is believed to hold: ``agreeing`` of ``siblings`` relations of the same
    shape hold (the one at hand included), and ``labelled`` says that words confirm it."""

    labelled: bool
    agreeing: int
    siblings: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What explains a convention or a difference, with the words on the page as evidence."""

    kind: str
    text: str = ""
    box: Box | None = None


class Verdict(StrEnum):
    AGREES = "agrees"
    ROUNDING = "rounding"
    DIFFERS = "differs"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Origin:
    """Another report that something is held against: by SHA-256, and what it calls itself."""

    sha256: str
    organisation: str
    kind: str
    period: Period | None

    @classmethod
    def of(cls, report: Report) -> Origin:
        return cls(report.document.sha256, report.organisation, report.kind, report.period)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated figure beside what it should be. ``low`` and ``high`` bound the expected value
    (equal for an equation) in base units; ``terms`` are the figures that the expectation is made
    of; ``slack`` is how far the printing of the parts may move it. ``undecided`` says why no
    comparison was possible, and is empty otherwise. ``against`` is the report in which all of
    ``terms`` stand where that is another one than the stated figure's; the tables of its figures
    are then called "p4t1@" and the beginning of its SHA-256."""

    rule: str
    stated: Figure
    low: Decimal
    high: Decimal
    slack: Decimal
    terms: tuple[Term, ...]
    basis: Basis
    undecided: str = ""
    remark: Remark | None = None
    group: str = ""  # comparisons of one group stand or fall together (a column, a row block)
    against: Origin | None = None

    @property
    def table(self) -> str:
        """The id of the table that the stated figure stands in; "" in running text."""
        return self.stated.table

    @property
    def box(self) -> Box:
        return self.stated.source.box

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The stated figure and those of its terms."""
        return (self.stated, *(term.figure for term in self.terms))

    @property
    def expected(self) -> Decimal:
        """The expected value nearest to the stated one."""
        return min(max(self.stated.amount.value, self.low), self.high)

    @property
    def difference(self) -> Decimal:
        """Stated minus expected, in base units."""
        return self.stated.amount.value - self.expected

    @property
    def tolerance(self) -> Decimal:
        """How far rounding of all printed figures together may part the two sides."""
        return self.slack + self.stated.amount.slack

    @property
    def quotient(self) -> bool:
        """Whether the expectation is a share in percent, not a sum."""
        return any(term.below for term in self.terms)

    def remainder(self, worth: Callable[[Figure], Decimal]) -> Decimal:
        """How far an equation's sides were apart if each figure were ``worth`` something else, in
        base units and without sign."""
        if self.quotient:
            return abs(worth(self.stated) - percentage(self.terms, worth))

        def change(figure: Figure) -> Decimal:
            return worth(figure) - figure.amount.value

        shift = sum((term.factor * change(term.figure) for term in self.terms), Decimal(0))
        return abs(self.difference + change(self.stated) - shift)

    @property
    def holds(self) -> bool:
        return not self.undecided and abs(self.difference) <= self.tolerance

    @property
    def verdict(self) -> Verdict:
        """Equal, apart by no more than rounding, apart, or not decided."""
        if self.undecided:
            return Verdict.UNDECIDED
        if not self.difference:
            return Verdict.AGREES
        return Verdict.ROUNDING if self.holds else Verdict.DIFFERS


@dataclass(frozen=True, slots=True)
class Observation:
    """What is wrong without arithmetic: a date that does not exist, a statement that is missing.

    ``says`` is a message of the catalogue that ``details`` fill; ``evidence`` the words as they
    are printed, ``box`` where, and None for what stands nowhere. ``table`` is the id of the table
    it is in, "" outside tables. ``against`` is the report that it is held against, if any.
    """

    rule: str
    says: str
    details: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    box: Box | None = None
    table: str = ""
    against: Origin | None = None


Check = Callable[[Report, Rule], Iterable[Comparison | Observation]]


class Reading(StrEnum):
    """Whether an independent second reader saw the same digits."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    SINGLE = "single"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the second reader saw of one comparison: its name, and for each differing cell the
    text that it saw instead."""

    reading: Reading
    reader: str
    seen: Mapping[Box, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The likeliest cause. ``suspect`` is the cell thought wrong and ``proposed`` its right value
    in base units; ``others`` are further figures of the story (the cell copied from, the row
    exchanged with). ``confirmed_by`` counts the other relations that the proposal mends."""

    kind: str
    suspect: Figure | None = None
    proposed: Decimal | None = None
    others: tuple[Figure, ...] = ()
    confirmed_by: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """An auditor's word on a finding: accepted, for ``reason``. ``concept`` tells what it is about
    whatever its figures are; ``at`` is a day."""

    fingerprint: str
    rule: str
    concept: str
    reason: str
    by: str
    at: dt.date


@dataclass(frozen=True, slots=True)
class Finding:
    """``also`` are further comparisons that the same cause explains. A finding about an
    observation has no diagnosis, and no second reader looks at it."""

    rule: Rule
    severity: Severity
    subject: Comparison | Observation
    diagnosis: Diagnosis | None
    reading: Reading
    fingerprint: str
    also: tuple[Comparison, ...] = ()
    confirmation: Confirmation | None = None
    accepted: Decision | None = None

    @property
    def concept(self) -> str:
        """What the finding is about, without its figures: rule, row and column, or what is said
        of the words."""
        if isinstance(self.subject, Observation):
            return f"{self.rule.code}: {self.subject.says}"
        stated = self.subject.stated
        place = " / ".join(part for part in (*stated.path, stated.label, stated.header) if part)
        return f"{self.rule.code}: {place}"

    @property
    def comparison(self) -> Comparison:
        """The subject of a finding of arithmetic. Raises TypeError where it is an observation."""
        if isinstance(self.subject, Observation):
            raise TypeError("an observation compares nothing")
        return self.subject

    @property
    def page(self) -> int | None:
        """The page it stands on; None for what stands nowhere."""
        return self.subject.box.page if self.subject.box else None

    @property
    def pictured(self) -> bool:
        """Whether digits that the finding rests on were read from a picture."""
        if isinstance(self.subject, Observation):
            return False
        return any(figure.trust < 1 for figure in self.subject.figures)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comparisons ended in each verdict."""

    agrees: int = 0
    rounding: int = 0
    differs: int = 0
    undecided: int = 0

    @property
    def tested(self) -> int:
        return self.agrees + self.rounding + self.differs


class Ending(StrEnum):
    """What became of a figure."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a figure, and the codes of the rules that say so."""

    tested: Ending
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures ended verified, contradicted and not covered by any comparison, and how
    many each rule, by its code, verified or contradicted."""

    verified: int = 0
    contradicted: int = 0
    uncovered: int = 0
    by_rule: Mapping[str, int] = field(default_factory=dict)

    @property
    def figures(self) -> int:
        return self.verified + self.contradicted + self.uncovered


@dataclass(frozen=True, slots=True)
class Confidence:
    """How surely a table was read, and what that rests on. ``share`` (0-1, two decimals) is the
    share of its figures that are expected to be read right; ``alignment`` what the reader itself
    says, from how its cells line up; ``agreed`` of the ``asked`` figures a second reader saw
    alike; ``held`` of the ``tested`` equations hold."""

    share: Decimal
    alignment: float
    asked: int = 0
    agreed: int = 0
    tested: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """A report with everything that was tested in it. ``fates`` has what became of each figure by
    (table, row, column); ``coverage`` maps a table's id to how many came to what, ``confidence``
    to how surely it was read, ``confirmations`` are what second readers saw of comparisons, by
    their place. ``against`` is the report that it is held against, where that is all that was
    tested. For a report that could not be read ``report`` is None and ``status`` and
    ``detail`` say why."""

    path: str
    status: Status
    report: Report | None
    comparisons: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    tally: Tally = field(default_factory=Tally)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    fates: Mapping[tuple[str, int, int], Fate] = field(default_factory=dict)
    detail: str = ""
    confidence: Mapping[str, Confidence] = field(default_factory=dict)
    confirmations: Mapping[int, Confirmation] = field(default_factory=dict)
    against: Origin | None = None

"""Many reports: what a scan came across, what is remembered of each, what runs through years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from audit.model.document import Box, Status
from audit.model.report import (
    Amount,
    Aspect,
    Concept,
    Measure,
    Period,
    Report,
    Role,
    Scope,
    Statement,
    Succession,
)
from audit.model.testing import (
    AuditedReport,
    Comparison,
    Confirmation,
    Coverage,
    Ending,
    Fate,
    Finding,
    Observation,
    Rule,
    Tally,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be a report. ``name`` is its path within the archive, with slashes, and
    "years.zip!2021/report.pdf" inside a zip; ``size`` in bytes; ``stamp`` changes when the file
    does (a time of change, an entity tag) and is compared, never read; "" where nothing tells.

    The name is text that every format and database holds: what is no text in a file's name is
    spelled with a backslash (``audit.scan.sources.names``)."""

    name: str
    size: int
    stamp: str


class Obstacle(StrEnum):
    """Why a file or folder of an archive could not be had."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    UNREADABLE = "unreadable"  # the system or the server says why
    SPECIAL = "special"  # neither file nor folder: a pipe, a device
    LOOP = "loop"  # a link to a folder that has been walked already
    CHANGED = "changed"  # while it was read
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"  # a zip, or a member of one
    METHOD = "method"  # a member packed in a way that nothing here unpacks
    BOMB = "bomb"  # a member that unpacks to so many times its size
    TOO_LARGE = "too-large"
    NESTED = "nested"  # a zip inside a zip
    DOUBLE = "double"  # two members of a zip by one name
    NO_PARTS = "no-parts"  # a zip on a server that gives whole files only
    NO_SPACE = "no-space"  # on the disk of temporary files
    NOT_INSTALLED = "not-installed"  # the package that speaks the protocol; detail says which
    PROTOCOL = "protocol"  # that nothing speaks


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a scan came across and left out. ``detail`` is what the system said, or how large the
    thing is; "" where there is no more to say. ``name`` is as in ``Source``."""

    name: str
    obstacle: Obstacle
    detail: str = ""


class SourceError(Exception):
    """An archive, or a file in it, that could not be had."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(obstacle, detail)  # both, so that it comes whole out of another process
        self.obstacle = obstacle
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Edition:
    """What a result hangs on beside the file: the ``program`` that reads, by version and by what
    it can read, and the ``rulebook`` that judges, by digest of its pages."""

    program: str
    rulebook: str


class Freshness(StrEnum):
    """How far what is remembered of a report may be used again."""

    CURRENT = "current"
    OTHER_RULES = "other-rules"  # the figures hold, the checks must run again
    OTHER_PROGRAM = "other-program"  # it must be read again


@dataclass(frozen=True, slots=True)
class Known:
    """What a store knows of a file: which report it holds, how far what was read of it may be used
    again, and what became of it. ``detail`` is, of one that took too long or too much memory, the
    limit that it went beyond."""

    sha256: str
    freshness: Freshness
    status: Status
    detail: str


@dataclass(frozen=True, slots=True)
class Memory:
    """All of a report that checks need, so that the PDF can stay shut. ``sights`` are what second
    readers saw, by the boxes of the comparison's figures, the stated one first."""

    report: Report
    fates: Mapping[tuple[str, int, int], Fate]
    sights: Mapping[tuple[Box, ...], Confirmation]

    @classmethod
    def of(cls, audited: AuditedReport) -> Memory:
        """What is to be remembered of a report. Raises ValueError for one that was not read."""
        if audited.report is None:
            raise ValueError(f"{audited.path} was not read")
        sights = {
            tuple(figure.source.box for figure in audited.comparisons[index].figures): seen
            for index, seen in audited.confirmations.items()
        }
        return cls(audited.report, audited.fates, sights)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as an archive lists it. ``names`` are all the files that hold it; ``errors``,
    ``warnings`` and ``notes`` count findings that nobody has accepted. ``former`` are names that
    the report says its body had before."""

    sha256: str
    names: tuple[str, ...]
    status: Status
    detail: str
    organisation: str
    kind: str
    period: Period | None
    municipality: bool
    pages: int
    tally: Tally
    coverage: Coverage
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    accepted: int = 0
    former: tuple[str, ...] = ()


class Kinship(StrEnum):
    """Why a report is held against an earlier one, or a whole's against its part's."""

    PRECEDING = "preceding"  # the report just before of the same body, the same year or the last
    YEAR_BEFORE = "year-before"  # the same part of the year before
    ACCOUNTS = "accounts"  # the last closed year
    PART = "part"  # a board's or company's own report of the period that the municipality's covers


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports, by SHA-256, that must agree: what ``newer`` says of the past (of the part,
    where that is the kinship) stands printed in ``older``."""

    older: str
    newer: str
    kinship: Kinship


@dataclass(frozen=True, slots=True)
class Across:
    """A report beside one that it must agree with, as checks across reports are given them. The
    tables of ``older`` have names that no table of ``newer`` has. ``named`` are the rows of
    ``newer``, as (table, row), that name the body of ``older``; ``succession`` is where ``newer``
    says that its body had that name before."""

    older: Report
    newer: Report
    kinship: Kinship
    named: frozenset[tuple[str, int]] = frozenset()
    succession: Succession | None = None


AcrossCheck = Callable[[Across, Rule], Iterable[Comparison | Observation]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a table as an archive remembers it, with what its row, column and table say.

    ``report`` is the SHA-256 of its report; ``title`` and ``statement`` are the table's, ``label``,
    ``path``, ``role`` and ``concept`` the row's, ``previous`` and ``scope`` the column's.
    ``tested`` is what became of it, ``pictured`` that its digits were read from a picture.
    """

    report: str
    table: str
    title: str
    statement: Statement | None
    row: int
    label: str
    path: tuple[str, ...]
    role: Role
    concept: Concept | None
    aspect: Aspect | None
    scope: Scope | None
    measure: Measure | None
    period: Period | None
    previous: bool
    amount: Amount
    box: Box
    tested: Ending = Ending.UNCOVERED
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One printed figure in the course of a concept: where it stands, what it is (outturn, budget,
    forecast, accounts), for which period, and what became of it in its own report. ``pictured``
    digits were read from a picture."""

    sha256: str
    box: Box
    measure: Measure
    period: Period
    amount: Amount
    tested: Ending
    pictured: bool

    @property
    def sure(self) -> bool:
        """Whether its report bears it out: arithmetic holds with it, so that it was read right."""
        return self.tested is Ending.VERIFIED


@dataclass(frozen=True, slots=True)
class Course:
    """One concept of one body through the years, the earliest period first, and within a period
    the report that printed it first. ``concept`` is the label that the newest report prints,
    ``title`` that of the table it stands in there."""

    organisation: str
    concept: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How far a forecast of the full ``year``, made after ``months`` of it, was from the accounts.

    Money in kronor. ``rising`` is 1 where a higher number is better (a result, income, costs that
    are printed below zero), -1 where it is worse (costs), and 0 where nothing in the reports tells.
    ``size`` is what the deviation is a share of: the budget, or the turnover where the budget is
    none; None where neither is printed.
    """

    organisation: str
    label: str
    year: int
    months: int
    rising: int
    size: Decimal | None
    made: Point
    closed: Point

    @property
    def forecast(self) -> Decimal:
        return self.made.amount.value

    @property
    def outturn(self) -> Decimal:
        return self.closed.amount.value

    @property
    def deviation(self) -> Decimal:
        """Outturn less forecast, as printed."""
        return self.outturn - self.forecast

    @property
    def slack(self) -> Decimal:
        """How far the rounding of both may part them."""
        return self.made.amount.slack + self.closed.amount.slack

    @property
    def exact(self) -> bool:
        """Whether they are the same but for rounding."""
        return abs(self.deviation) <= self.slack

    @property
    def better(self) -> Decimal | None:
        """The deviation, positive where the year ended better than foretold; None where nothing
        tells which way is better."""
        return self.rising * self.deviation if self.rising else None

    @property
    def share(self) -> Decimal | None:
        """The deviation in percent of ``size``."""
        return 100 * self.deviation / abs(self.size) if self.size else None

    @property
    def sure(self) -> bool:
        """Whether both figures are borne out by their reports."""
        return self.made.sure and self.closed.sure


@dataclass(frozen=True, slots=True)
class Archive:
    """What there is to show of an archive. ``findings`` are (SHA-256 of the report, finding), those
    across reports with their newer one; they may be many, are walked again by each output, and need
    not all stand in memory. ``bodies`` has one name for the body of each report, by SHA-256,
    however the reports spell it."""

    title: str
    entries: tuple[Entry, ...]
    findings: Iterable[tuple[str, Finding]] = ()
    courses: tuple[Course, ...] = ()
    forecasts: tuple[ForecastError, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)

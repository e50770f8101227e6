"""Many reports: what a scan came across, what is remembered of each, what runs through years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from audit.model.document import Box, Status
from audit.model.report import Amount, Period, Report
from audit.model.testing import Confirmation, Coverage, Decision, Fate, Finding, Tally


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be a report. ``name`` is its path within the archive, with slashes, and
    "years.zip!2021/report.pdf" inside a zip; ``size`` in bytes; ``stamp`` changes when the file
    does (a time of change, an entity tag) and is compared, never read."""

    name: str
    size: int
    stamp: str


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
class Memory:
    """All of a report that checks need, so that the PDF can stay shut. ``sights`` are what second
    readers saw, by the boxes of the comparison's figures, the stated one first."""

    report: Report
    fates: Mapping[tuple[str, int, int], Fate]
    sights: Mapping[tuple[Box, ...], Confirmation]


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as an archive lists it. ``names`` are all the files that hold it; ``errors``,
    ``warnings`` and ``notes`` count findings that nobody has accepted."""

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
class Point:
    """One printed figure in the course of a concept: where it stands, and for which period."""

    sha256: str
    page: int
    box: Box
    period: Period
    amount: Amount


@dataclass(frozen=True, slots=True)
class Course:
    """One concept of one body through the years, the earliest point first. ``concept`` is the
    label that the newest report prints."""

    organisation: str
    concept: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How far a forecast of the full ``year``, made after ``months`` of it, was from the accounts.

    Money in kronor; ``deviation`` is outturn less forecast, positive where more was left over
    (or less was spent) than foretold. ``size`` is what it is a share of: the budget, or the
    turnover where no budget is printed; None where neither is.
    """

    organisation: str
    label: str
    year: int
    months: int
    forecast: Decimal
    outturn: Decimal
    deviation: Decimal
    size: Decimal | None
    made: Point
    closed: Point

    @property
    def share(self) -> Decimal | None:
        """The deviation in percent of ``size``."""
        return 100 * self.deviation / abs(self.size) if self.size else None


@dataclass(frozen=True, slots=True)
class Archive:
    """What there is to show of an archive. ``findings`` are by the SHA-256 of their report, those
    across reports with their newer one."""

    title: str
    entries: tuple[Entry, ...]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    courses: tuple[Course, ...] = ()
    forecasts: tuple[ForecastError, ...] = ()
    decisions: tuple[Decision, ...] = ()

"""How well each body foretells its year: its forecasts gathered by how early they were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.model import ForecastError


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The forecasts of one thing that one body made after ``months`` of each year, by year.

    Means are of the years that have what they are made of, and None where none has: ``apart`` how
    far off in kronor and ``share`` in percent, without sign; ``better`` and ``lean`` in kronor and
    percent with it, positive where years ended better than foretold.
    """

    organisation: str
    label: str
    months: int
    errors: tuple[ForecastError, ...]

    @property
    def apart(self) -> Decimal:
        return _mean([abs(one.deviation) for one in self.errors]) or Decimal(0)

    @property
    def share(self) -> Decimal | None:
        return _mean([abs(one.share) for one in self.errors if one.share is not None])

    @property
    def better(self) -> Decimal | None:
        return _mean([one.better for one in self.errors if one.better is not None])

    @property
    def lean(self) -> Decimal | None:
        return _mean([said for one in self.errors if (said := better_share(one)) is not None])

    @property
    def sure(self) -> bool:
        return all(one.sure for one in self.errors)


def better_share(error: ForecastError) -> Decimal | None:
    """How much better the year ended than foretold, in percent of the budget or turnover; None
    where either is not known."""
    if error.better is None or not error.size:
        return None
    return 100 * error.better / abs(error.size)


def accuracies(errors: Iterable[ForecastError]) -> list[Accuracy]:
    """Bodies and labels in the order in which they come, earliest forecasts first."""
    groups: dict[tuple[str, str], dict[int, list[ForecastError]]] = {}
    for error in errors:
        by_months = groups.setdefault((error.organisation, error.label), {})
        by_months.setdefault(error.months, []).append(error)
    return [
        Accuracy(organisation, label, months, tuple(sorted(found, key=lambda one: one.year)))
        for (organisation, label), by_months in groups.items()
        for months, found in sorted(by_months.items())
    ]


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None

"""What the tests of the checks share: a table in, what does not hold out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit.checks import BUILTIN
from audit.model import Comparison, Observation, Report, Rule, Severity, Table
from audit.normalise import normalise
from tests.tables import document, table

EVERY: tuple[tuple[str, dict[str, object]], ...] = (
    ("footing", {"kind": "labelled"}),
    ("footing", {"kind": "implicit"}),
    ("footing", {"kind": "of-which"}),
    *((name, {}) for name in BUILTIN if name != "footing"),
)


def rule(check: str, **settings: object) -> Rule:
    return Rule(check, check, Severity.ERROR, {}, {}, settings, "", (), "", "test")


def report(*tables: Table) -> Report:
    return normalise(document(*tables))


def money(text: str, **options: object) -> Table:
    return table(text, unit="tkr", **options)  # type: ignore[arg-type]


def run(check: str, *tables: Table, **settings: object) -> list[Comparison]:
    return compared(BUILTIN[check](report(*tables), rule(check, **settings)))


def compared(subjects: Iterable[Comparison | Observation]) -> list[Comparison]:
    return [one for one in subjects if isinstance(one, Comparison)]


def differing(comparisons: Sequence[Comparison]) -> list[tuple[str, str, str]]:
    """(row label, stated, expected), in the printed unit, of what does not hold."""
    return [
        (
            c.stated.label,
            f"{c.stated.amount.printed:f}",
            f"{c.expected.scaleb(-c.stated.amount.unit.exponent).normalize():f}",
        )
        for c in comparisons
        if not c.holds and not c.undecided
    ]


def everything(*tables: Table) -> list[Comparison]:
    """What all checks, in all their kinds, make of the tables."""
    read = report(*tables)
    return [
        comparison
        for check, settings in EVERY
        for comparison in compared(BUILTIN[check](read, rule(check, **settings)))
    ]

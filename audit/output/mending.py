"""Which other relations hold once the figures thought wrong are put right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from audit.model import AuditedReport, Comparison, Figure, Finding
from audit.output.plain import same


def proposals(audited: AuditedReport) -> Mapping[Figure, Decimal]:
    """The right value, in base units, of every figure that some finding suspects."""
    proposed: dict[Figure, Decimal] = {}
    for finding in audited.findings:
        diagnosis = finding.diagnosis
        if diagnosis is None or diagnosis.suspect is None or diagnosis.proposed is None:
            continue
        proposed[diagnosis.suspect] = diagnosis.proposed
        if diagnosis.kind.endswith("-exchanged") and len(diagnosis.others) == 1:
            proposed[diagnosis.others[0]] = diagnosis.suspect.amount.value
    return proposed


def mended(audited: AuditedReport, finding: Finding) -> tuple[Comparison, ...]:
    """The further relations of the finding's suspect that hold with every proposal of the report
    in place: they bear out the correction."""
    suspect = finding.diagnosis.suspect if finding.diagnosis else None
    if suspect is None:
        return ()
    proposed = proposals(audited)
    return tuple(
        comparison
        for comparison in audited.comparisons
        if comparison != finding.comparison
        and comparison.low == comparison.high
        and not (comparison.undecided or comparison.remark)
        and _involves(comparison, suspect)
        and _holds_with(comparison, proposed)
    )


def _involves(comparison: Comparison, figure: Figure) -> bool:
    figures = comparison.figures
    return any(same(figure, other) for other in figures)


def _holds_with(comparison: Comparison, proposed: Mapping[Figure, Decimal]) -> bool:
    def worth(figure: Figure) -> Decimal:
        values = (value for other, value in proposed.items() if same(other, figure))
        return next(values, figure.amount.value)

    return comparison.remainder(worth) <= comparison.tolerance

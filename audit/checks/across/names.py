"""``names``: that the body of a report had another name in the one just before, with the words that
say so. No settings."""

from __future__ import annotations

from collections.abc import Iterator

from audit.language import message
from audit.model import Across, Kinship, Observation, Origin, Rule

RENAMED = message("{new} was {old} in the report before; its figures are followed on.")


def names(across: Across, rule: Rule) -> Iterator[Observation]:
    """Yield the succession that joins the two reports, once for each body."""
    told = across.succession
    if told is not None and across.kinship is Kinship.PRECEDING:
        details = {"new": across.newer.organisation, "old": across.older.organisation}
        yield Observation(
            rule.code, RENAMED, details, told.words, told.box, against=Origin.of(across.older)
        )

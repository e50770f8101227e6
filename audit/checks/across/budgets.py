"""``budgets``: the budget of a year as one report prints it against another of the same year. No
settings.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks.across.meetings import held, meetings
from audit.checks.ties.slots import Slot
from audit.language import message
from audit.model import Across, Comparison, Kinship, Rule

ANOTHER = message("no budget of the table is that of the earlier report: it may be another one")


def budgets(across: Across, rule: Rule) -> Iterator[Comparison]:
    """Compare the budgets that two reports of one year have in common. What differs in a pair of
    reports is one change."""
    older = across.older.period
    if across.kinship is Kinship.PART or older is None:
        return

    def of_the_year(slot: Slot) -> bool:
        period = slot.period
        return slot.kind == "budget" and period is not None and period.end.year == older.end.year

    for meeting in meetings(across, of_the_year):
        for tie in (*meeting.same, *meeting.apart):
            yield held(
                across,
                rule,
                tie.second,
                tie.first,
                meeting.basis,
                sign=meeting.sign(tie),
                tie=tie,
                undecided="" if meeting.counted else ANOTHER,
                group="budget",
            )

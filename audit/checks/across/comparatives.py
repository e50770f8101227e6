"""``comparatives``: what a report prints of earlier periods against what was printed then.

``says``: ``"contradicted"`` (default) compares them, and doubts single figures where the others of
the column agree and their sum does not follow; ``"restated"`` yields what differs consistently, so
that the table holds together without what was printed before, where no word says so;
``"announced"`` what differs where words do say so, with these as a remark.

A figure is compared only where name and place of its row, measure and period of its column leave
one reading. What differs otherwise is not decided: rows that were divided anew, headers that say
different things, figures that all differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, combinations

from audit.checks.across.meetings import Meeting, held, meetings, total
from audit.checks.across.restated import announced
from audit.checks.lines import ZERO, choice
from audit.checks.ties.pairs import MOST, Tie
from audit.checks.ties.slots import Slot
from audit.language import message
from audit.model import Across, Comparison, Kinship, Remark, Rule

DIVIDED = message("the rows are divided otherwise than in the earlier report")
OTHER_WORDS = message("headers or footnotes say different things of the two figures")
ALL_DIFFER = message("too few figures agree with the earlier report to tell why others do not")

FEW = 3  # figures must agree before one is doubted that no sum tells of
RUN = 60  # rows whose differences are tried as parts of a total's


class Says(StrEnum):
    CONTRADICTED = "contradicted"
    RESTATED = "restated"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure that differs, and by how much, in the earlier report's unit and sign."""

    tie: Tie
    gap: Decimal

    @property
    def total(self) -> bool:
        return total(self.tie.rows.second)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what was printed before. ``cluster`` numbers those of one cause."""

    tie: Tie
    says: Says
    cluster: int = 0
    undecided: str = ""


def comparatives(across: Across, rule: Rule) -> Iterator[Comparison]:
    """Compare what the newer report prints of the earlier one's periods with what was printed."""
    says = Says(choice(rule, "says", tuple(Says)))
    if across.kinship is Kinship.PART:
        return
    for meeting in meetings(across, _outcome):
        differs = meeting.apart or meeting.unclear
        said = announced(across.newer, meeting.newer.grid, meeting.columns[1]) if differs else None
        if says is Says.CONTRADICTED:
            for tie in meeting.same:
                yield _held(across, rule, meeting, tie)
        for one in differences(meeting, said):
            if one.says is says:
                remark = said if says is Says.ANNOUNCED else None
                yield _held(across, rule, meeting, one.tie, one, remark)


def _outcome(slot: Slot) -> bool:
    """Whether the column shows what has been, not what was meant or foreseen."""
    return slot.period is not None and slot.kind in ("", "outcome", "deviation of outcome")


def _held(
    across: Across,
    rule: Rule,
    meeting: Meeting,
    tie: Tie,
    one: Difference | None = None,
    remark: Remark | None = None,
) -> Comparison:
    group = f"{tie.second.table}:{tie.second.column}"
    return held(
        across,
        rule,
        tie.second,
        tie.first,
        meeting.basis,
        sign=meeting.sign(tie),
        tie=tie,
        undecided=one.undecided if one else "",
        remark=remark,
        group=f"{group}:{one.cluster}" if one else group,
    )


def differences(meeting: Meeting, said: Remark | None) -> Iterator[Difference]:
    """What each figure that differs is taken for."""
    if said is not None:
        yield from (Difference(tie, Says.ANNOUNCED) for tie in meeting.apart + meeting.unclear)
        return
    yield from (
        Difference(tie, Says.CONTRADICTED, undecided=OTHER_WORDS) for tie in meeting.unclear
    )
    every = [Apart(tie, _gap(tie, meeting.sign(tie))) for tie in meeting.apart]
    alone = _alone(meeting)
    divided = [one for one in every if not one.total and _is_made_of(one, alone)]
    parts = [one for one in every if not one.total and one not in divided]
    following = [one for one in every if one.total and _follows(one, parts)]
    free = [one for one in every if one.total and one not in following]
    if alone:  # a total may count them
        divided, free = [*divided, *free], []
    yield from (Difference(one.tie, Says.CONTRADICTED, undecided=DIVIDED) for one in divided)
    if parts or free:
        yield from _judged(meeting, parts, free, following)


def _judged(
    meeting: Meeting, parts: Sequence[Apart], free: Sequence[Apart], following: Sequence[Apart]
) -> Iterator[Difference]:
    """What the differences of ``parts`` are, of the totals that differ by what the parts do
    (``following``) and of those that do not (``free``)."""
    single = [*parts, *free]
    support = len(meeting.counted)
    kept = any(total(tie.rows.second) for tie in meeting.counted)  # a sum that did not change
    if _exchanged(parts) and not free and not following:
        yield from _all(parts, Says.CONTRADICTED, support >= 1)
    elif not free and not following and kept and _cancel(parts):
        yield from _all(parts, Says.RESTATED, support >= 1)
    elif parts and (free or following):  # sums that changed too: the table holds together anew
        yield from _all([*single, *following], Says.RESTATED, support >= len(single))
    elif len(single) == 1:
        yield from _all(single, Says.CONTRADICTED, support >= (2 if kept or free else FEW))
    elif kept or free:
        for cluster, one in enumerate(single, 1):
            yield from _all([one], Says.CONTRADICTED, support >= MOST * len(single), cluster)
    else:
        yield from _all(single, Says.RESTATED, support >= MOST * len(single))


def _all(
    every: Sequence[Apart], says: Says, enough: bool, cluster: int = 1
) -> Iterator[Difference]:
    """Differences of one cause, where ``enough`` else agrees to tell it."""
    for one in every:
        if enough:
            yield Difference(one.tie, says, cluster)
        else:
            yield Difference(one.tie, Says.CONTRADICTED, undecided=ALL_DIFFER)


def _gap(tie: Tie, sign: int) -> Decimal:
    one, other = tie.values
    return sign * other - one


def _alone(meeting: Meeting) -> list[Decimal]:
    """What the rows print in the two columns that only one of the tables has."""
    found = []
    for side, sheet in enumerate((meeting.earlier, meeting.newer)):
        paired = {(rows.second if side else rows.first).row.index for rows in meeting.pair.rows}
        column = meeting.columns[side].column.index
        found += [
            line.figures[column].amount.value
            for line in sheet.lines
            if line.row.index not in paired and column in line.figures
        ]
    return [value for value in found if value]


def _is_made_of(one: Apart, alone: Sequence[Decimal]) -> bool:
    """Whether one or two rows that only one of the tables has account for the difference."""
    sums = (sum(some, ZERO) for many in (1, 2) for some in combinations(alone[:RUN], many))
    return any(_near(one.gap, each, one.tie.tolerance) for each in sums)


def _follows(one: Apart, parts: Sequence[Apart]) -> bool:
    """Whether a total differs by what rows that follow upon each other differ by."""
    ordered = sorted(parts, key=lambda part: part.tie.second.row)[:RUN]
    slack = one.tie.tolerance + _slack(ordered)
    return any(
        _near(one.gap, each, slack)
        for start in range(len(ordered))
        for each in accumulate(part.gap for part in ordered[start:])
    )


def _cancel(parts: Sequence[Apart]) -> bool:
    """Whether what some rows have more the others have less: something was moved between them."""
    return len(parts) > 1 and _near(sum((part.gap for part in parts), ZERO), ZERO, _slack(parts))


def _exchanged(parts: Sequence[Apart]) -> bool:
    """Whether two rows have simply changed places."""
    if len(parts) != 2:
        return False
    (one, now_one), (other, now_other) = (part.tie.values for part in parts)
    slack = _slack(parts)
    return _near(one, now_other, slack) and _near(other, now_one, slack)


def _slack(parts: Sequence[Apart]) -> Decimal:
    return sum((part.tie.tolerance for part in parts), ZERO)


def _near(one: Decimal, other: Decimal, slack: Decimal) -> bool:
    """Whether two numbers are one, with whatever sign."""
    return abs(abs(one) - abs(other)) <= slack

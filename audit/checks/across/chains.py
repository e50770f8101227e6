"""``chains``: rows of a table that the earlier report prints and the newer one does not, so that a
concept can be followed no longer. No settings.

A row that has only got another name goes on: its figure stands among the newer report's
comparatives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.checks.across.meetings import Meeting, meetings, total
from audit.checks.ties.sheets import Line
from audit.checks.ties.slots import Slot
from audit.language import message
from audit.model import Across, Kinship, Observation, Origin, Role, Rule

BROKEN = message("{table}: {rows} is not there any more.")
INSTEAD = message("{table}: {rows} is not there any more; new is {others}.")

FEW = 3  # rows that go on make the others missed


def chains(across: Across, rule: Rule) -> Iterator[Observation]:
    """Say which rows a table has lost since the same part of the last year."""
    older, newer = across.older.period, across.newer.period
    if across.kinship is Kinship.PART or older is None or newer is None:
        return
    if older.months != newer.months:
        return  # another kind of report, which divides its tables otherwise
    seen: set[str] = set()
    for meeting in meetings(across, _outcome):
        table = meeting.newer.grid.table
        if table.id not in seen and len(meeting.counted) >= FEW:
            seen.add(table.id)
            yield from _broken(across, rule, meeting)


def _outcome(slot: Slot) -> bool:
    return slot.kind == "outcome" and slot.period is not None


def _broken(across: Across, rule: Rule, meeting: Meeting) -> Iterator[Observation]:
    gone, new = _alone(meeting, 0), _alone(meeting, 1)
    still = {line.name for line in meeting.newer.lines}
    gone = [line for line in gone if line.name not in still]  # several rows share a name
    here, there = (slot.column.index for slot in meeting.columns)
    for line in list(gone):
        same = [one for one in new if _same(line, here, one, there)]
        if len(same) == 1:
            gone.remove(line)
            new.remove(same[0])
    if not gone or len(gone) >= len(meeting.pair.rows):
        return
    table = meeting.newer.grid.table
    details = {"table": table.title or table.id, "rows": _listed(gone)}
    if new:
        details["others"] = _listed(new)
    yield Observation(
        rule.code,
        INSTEAD if new else BROKEN,
        details,
        evidence=table.title,
        box=table.regions[0],
        table=table.id,
        against=Origin.of(across.older),
    )


def _alone(meeting: Meeting, side: int) -> list[Line]:
    """The rows with a figure in the column that only one of the tables has; sums apart, which are
    called now this, now that."""
    sheet = (meeting.earlier, meeting.newer)[side]
    paired = {(rows.first, rows.second)[side].row.index for rows in meeting.pair.rows}
    column = meeting.columns[side].column.index
    return [
        line
        for line in sheet.lines
        if line.row.index not in paired and column in line.figures
        if not total(line) and line.row.role is Role.ITEM
    ]


def _same(line: Line, here: int, other: Line, there: int) -> bool:
    one, two = line.figures[here].amount, other.figures[there].amount
    return abs(abs(one.value) - abs(two.value)) <= one.slack + two.slack and bool(one.value)


def _listed(lines: Sequence[Line]) -> str:
    return ", ".join(line.row.label for line in lines)

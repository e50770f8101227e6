"""Numbers that one slip of the hand makes of another."""

from __future__ import annotations

from decimal import Decimal

from audit.checks.lines import ONE
from audit.model import Amount


def slipped(printed: Amount, right: Decimal, fewest: int = 2) -> bool:
    """Whether ``printed`` is ``right`` (in base units) but for one digit, or for two neighbours
    exchanged; never for a number of less than ``fewest`` digits. Signs are left aside."""
    step = printed.step or ONE  # a count has all its digits
    was, due = (f"{abs(value) / step:.0f}" for value in (printed.value, right))
    if len(was) != len(due) or len(was) < fewest:
        return False
    apart = [place for place in range(len(was)) if was[place] != due[place]]
    return len(apart) == 1 or (
        len(apart) == 2
        and apart[1] - apart[0] == 1
        and [was[place] for place in apart] == [due[place] for place in reversed(apart)]
    )

"""Tables as boards print them, right in every figure: no error and no warning is in them."""

from __future__ import annotations

import pytest

from audit import rulebook
from tests.checks.boards import alarms, board


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_no_false_alarm(first: int) -> None:
    rules = rulebook.load([rulebook.builtin_folder()])
    for seed in range(first, first + 50):
        assert alarms(rules, board(seed)) == [], f"board {seed}"

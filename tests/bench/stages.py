"""``python -m tests.bench stages [PDF…]``: what the rulebook costs beside the reading.

Seconds of processor time within this one process, stage by stage and over again, so that a busy
machine slows every stage alike; the median of the turns counts. Starting and importing are left
out: the first turn, which imports, is not counted.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from audit import judge, rulebook
from audit.extract import read
from audit.model import Comparison, Rule
from audit.normalise import normalise
from audit.pipeline import examine

STAGES = ("reading", "meaning", "rulebook")


def stages(paths: Sequence[Path], times: int) -> None:
    rules = rulebook.load(())
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("report")
    for name in STAGES:
        table.add_column(f"{name}, s", justify="right")
    table.add_column("rulebook of reading", justify="right")
    for path in paths:
        turns = [_turn(path, rules) for _ in range(times + 1)][1:]
        seconds = [statistics.median(each) for each in zip(*turns, strict=True)]
        ratio = seconds[2] / seconds[0]
        table.add_row(path.stem[:40], *(f"{one:.3f}" for one in seconds), f"{ratio:.2f}")
    Console(highlight=False, width=None if sys.stdout.isatty() else 120).print(table)


def _turn(path: Path, rules: Sequence[Rule]) -> tuple[float, float, float]:
    """Seconds of reading the PDF, of understanding it, and of all checks and their judgement. The
    second reader's look at what fails is reading again, and left out."""
    start = time.process_time()
    document = read(path, None)
    was_read = time.process_time()
    report = normalise(document)
    understood = time.process_time()
    subjects = examine(report, rules)
    comparisons = [one for one in subjects if isinstance(one, Comparison)]
    comparisons = judge.settled(comparisons, {})
    findings = judge.judge(report, comparisons, {rule.code: rule for rule in rules}, {})
    judge.coverage(report, judge.fates(report, comparisons, findings))
    judged = time.process_time()
    return was_read - start, understood - was_read, judged - understood

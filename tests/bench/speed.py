"""``python -m tests.bench speed [PDF…]``: the whole audit against two readers of tables alone.

All in one run, one after the other and over again, so that a busy machine slows every one alike.
Seconds are of whole processes, starting and importing included: what a user waits for.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

GRANSKA = str(Path(sys.executable).with_name("granska"))
PDFPLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_tables()
"""
CAMELOT = """
import sys, warnings
from camelot.io import read_pdf
warnings.simplefilter("ignore")
read_pdf(sys.argv[1], flavor="lattice", pages="all")
"""
CONTENDERS = {
    "granska check": [GRANSKA, "check", "--fail-on", "never"],
    "pdfplumber": [sys.executable, "-c", PDFPLUMBER],
    "camelot lattice": [sys.executable, "-c", CAMELOT],
}


def speed(paths: Sequence[Path], times: int) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("report")
    for name in CONTENDERS:
        table.add_column(f"{name}, s", justify="right")
    for name in list(CONTENDERS)[1:]:
        table.add_column(f"of {name}", justify="right")
    for path in paths:
        seconds = medians(path, times)
        ours, *theirs = seconds
        ratios = [f"{ours / other:.2f}" for other in theirs]
        table.add_row(path.stem[:40], *(f"{one:.2f}" for one in seconds), *ratios)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    console.print(table)
    console.print(f"granska --help: {help_seconds(times):.3f} s of CPU (median of {times})")


def medians(path: Path, times: int) -> list[float]:
    """Seconds for each of CONTENDERS, the median of so many turns."""
    turns = [
        [seconds([*command, str(path)]) for command in CONTENDERS.values()] for _ in range(times)
    ]
    return [statistics.median(each) for each in zip(*turns, strict=True)]


def seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def help_seconds(times: int) -> float:
    """CPU time of the whole process, starting Python included; the first start is not counted,
    since it writes what later ones only read."""
    used = []
    for _ in range(times + 1):
        before = children_cpu()
        seconds([GRANSKA, "--help"])
        used.append(children_cpu() - before)
    return statistics.median(used[1:])


def children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system

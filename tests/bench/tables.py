"""``python -m tests.bench tables DIR``: how well readers find the tables of a folder with truth."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.scorer import NumberScore, Score, score
from tests.bench.shapes import BenchCell, BenchTable
from tests.bench.truth import Truth, truths


@dataclass(frozen=True, slots=True)
class Run:
    """One reader on one document; ``memory`` in MiB. ``failure`` is its last words, if it died."""

    score: Score
    seconds: float
    pages: int
    memory: float
    failure: str = ""


def tables(folder: Path, readers: Sequence[str], only: str, *, verbose: bool) -> None:
    chosen = [truth for truth in truths(folder) if only in truth.name]
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    summary = new_table(f"{folder.name}: {len(chosen)} documents", "reader")
    for reader in readers:
        runs = {truth.name: run(reader, truth) for truth in chosen}
        console.print(per_document(reader, runs))
        if verbose:
            for name, one in runs.items():
                for remark in one.score.remarks:
                    console.print(f"{name}: {remark}", markup=False, soft_wrap=True)
        summary.add_row(reader, *columns(runs.values()))
    console.print(summary)


def run(reader: str, truth: Truth) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.worker", reader, str(truth.pdf)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        return Run(score(truth, ()), 0.0, 0, 0.0, last)
    said = json.loads(done.stdout)
    found = [from_json(table) for table in said["tables"]]
    return Run(score(truth, found), said["seconds"], said["pages"], said["memory"])


def from_json(said: dict[str, Any]) -> BenchTable:
    cells = tuple(
        BenchCell(**{**cell, "box": tuple(cell["box"]) if cell["box"] else None})
        for cell in said["cells"]
    )
    return BenchTable(**{**said, "box": tuple(said["box"]), "cells": cells})


def per_document(reader: str, runs: dict[str, Run]) -> Table:
    table = new_table(reader, "document")
    for name, one in runs.items():
        table.add_row(name, *(columns([one]) if not one.failure else [f"[red]{one.failure}"]))
    return table


def new_table(title: str, first: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", header_style="dim", pad_edge=False)
    table.add_column(first)
    for name in (
        *("P", "R", "F1", "numbers", "in row", "under header"),
        *("false", "pieces", "missing", "pages/s", "MiB"),
    ):
        table.add_column(name, justify="right")
    return table


def columns(runs: Iterable[Run]) -> list[str]:
    """Averages over documents; numbers over those documents that have some; tables are counted
    together, and so are the pages of a second. Where the truth counts no header rows (ICDAR), no
    header is asked for."""
    every = list(runs)
    scores = [one.score for one in every]
    numbers = [one.numbers for one in scores if one.numbers.true]
    seconds = sum(one.seconds for one in every)
    return [
        f"{statistics.fmean(one.precision for one in scores):.3f}",
        f"{statistics.fmean(one.recall for one in scores):.3f}",
        f"{statistics.fmean(one.f1 for one in scores):.3f}",
        str(sum(one.true for one in numbers)),
        share(numbers, "in_row"),
        share(numbers, "under_header"),
        str(sum(one.false for one in scores)),
        str(sum(one.pieces for one in scores)),
        str(sum(one.missing for one in scores)),
        f"{sum(one.pages for one in every) / seconds:.1f}" if seconds else "-",
        f"{max(one.memory for one in every):.0f}",
    ]


def share(numbers: Sequence[NumberScore], name: str) -> str:
    if not numbers:
        return "-"
    return f"{statistics.fmean(getattr(one, name) / one.true for one in numbers):.3f}"

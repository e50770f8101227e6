"""How far a scan is, on standard error: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from audit.cli.screen import messages
from audit.language import Words

if TYPE_CHECKING:
    from audit.scan import Progress

EVERY = 10.0  # seconds between two lines


def follow(steps: Iterable[Progress], words: Words, quiet: bool) -> None:
    """Run through ``steps``, the scan, and say how far it is unless that is to be ``quiet``."""
    console = messages()
    if quiet:
        for _ in steps:
            pass
    elif console.is_terminal:
        _bar(steps, words)
    else:
        _lines(steps, words)


def _bar(steps: Iterable[Progress], words: Words) -> None:
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=messages(), transient=True) as bar:
        task = bar.add_task("", total=None)
        for step, said in _told(steps, words):
            bar.update(task, total=step.total, completed=step.done, description=said)


def _lines(steps: Iterable[Progress], words: Words) -> None:
    last = time.monotonic()
    for _, said in _told(steps, words):
        if time.monotonic() - last >= EVERY:
            click.echo(said, err=True)
            last = time.monotonic()


def _told(steps: Iterable[Progress], words: Words) -> Iterator[tuple[Progress, str]]:
    """Each step and how far that is, reckoned from when its stage began."""
    start, comparing = time.monotonic(), False
    for step in steps:
        if step.comparing and not comparing:
            start, comparing = time.monotonic(), True
        yield step, sentence(step, time.monotonic() - start, words)


def sentence(step: Progress, took: float, words: Words) -> str:
    """ "120 of 1 000 reports · 3.4 pages a second · 12 findings · 5 min left", after ``took``
    seconds. What was known takes no time, and says nothing of how long the rest will take."""
    total, done = (words.number(Decimal(n)) for n in (step.total, step.done))
    said = [
        words.say("{done} of {total} pairs of reports compared", done=done, total=total)
        if step.comparing
        else words.say("{done} of {total} reports", done=done, total=total)
    ]
    if step.pages and not step.comparing and took:
        speed = words.number(Decimal(f"{step.pages / took:.1f}"))
        said.append(words.say("{speed} pages a second", speed=speed))
    if step.findings:
        said.append(words.count("{n} finding", "{n} findings", step.findings))
    worked = step.done - step.known
    if worked and (left := took / worked * (step.total - step.done)) >= 1:
        said.append(words.say("{time} left", time=span(left)))
    return " · ".join(said)


def span(seconds: float) -> str:
    """ "3 h 20 min", "20 min", "20 s": the units are the same in both languages."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"

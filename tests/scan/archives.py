"""What the tests of scans share: an archive, a scan in this process, and the rows of a store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

from audit import rulebook, store
from audit.model import Rule
from audit.scan import Progress, Scan, sources
from audit.scan.edition import edition
from audit.scan.engine import Engine, Local
from audit.store.schema import metadata
from audit.workers import Done, Job, Limits

SAMPLES = Path(__file__).parents[2] / "samples" / "archive"
RULES = rulebook.load(())
LIMITS = Limits(timeout=60)


def archive(folder: Path, *years: str) -> Path:
    """A copy of the sample archive's reports of these years."""
    for year in years:
        shutil.copytree(SAMPLES / year, folder / year)
    return folder


@dataclass(frozen=True)
class Ended:
    """A scan at its end, and how far each of its stages came."""

    scan: Scan
    reading: Progress
    comparing: Progress


def scanned(
    place: Path,
    kept: str | Path,
    engine: Engine | None = None,
    rules: tuple[Rule, ...] = RULES,
    again: bool = False,
) -> Ended:
    """The scan of ``place`` into the store at ``kept``."""
    location = sources.placed(str(place))
    with store.opened(kept, location) as opened:
        scan = Scan(location, opened, rules, edition(rules), engine or Local(2, LIMITS), again)
        scan.find()
        steps = list(scan.run())
    return Ended(
        scan,
        [step for step in steps if not step.comparing][-1],
        [step for step in steps if step.comparing][-1],
    )


def rows(kept: str | Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that the store holds, but when it was scanned."""
    engine = create_engine(kept if "://" in str(kept) else f"sqlite:///{kept}")
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name != "scans"
        }
    engine.dispose()
    return found


def spoil(place: Path) -> None:
    """Nobody can read the reports any more, though from outside they are what they were."""
    for path in place.rglob("*.pdf"):
        times = path.stat()
        path.write_bytes(bytes(times.st_size))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


class Counting(Local):
    """An engine that remembers which functions it was asked to call."""

    def __init__(self) -> None:
        super().__init__(2, LIMITS)
        self.asked: list[str] = []

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        def counted() -> Iterator[Job]:
            for job in jobs:
                self.asked.append(job.work.__name__)
                yield job

        return super().run(counted())

"""Two scans write into one store at once, and a scan is killed: what is there belongs there."""

from __future__ import annotations

import multiprocessing
import random
import time
from pathlib import Path
from typing import Any

from audit.store import opened
from tests.store.support import contents, keep_some

CONTEXT = multiprocessing.get_context("spawn")


def together(*tasks: tuple[str, list[int]]) -> None:
    """Each task in a process of its own, at the same time."""
    processes = [CONTEXT.Process(target=keep_some, args=task) for task in tasks]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(tasks)


def test_two_at_once_leave_what_one_would(location: str, tmp_path: Path) -> None:
    """Both make the store, and a third of the reports are met by both, in another order."""
    together((location, list(range(1, 31))), (location, list(range(45, 20, -1))))
    alone = str(tmp_path / "alone.db")
    keep_some(alone, list(range(1, 46)))
    assert contents(location) == contents(alone)


def make(folder: Path, own: str, start: Any) -> None:
    with opened(folder / f"{own}.db"):  # loads what it needs
        pass
    for number in range(40):
        start.wait(timeout=60)
        with opened(folder / f"{number}.db"):
            pass


def test_a_store_is_made_by_several_at_the_same_moment(tmp_path: Path) -> None:
    start = CONTEXT.Barrier(3)
    makers = [CONTEXT.Process(target=make, args=(tmp_path, own, start)) for own in "abc"]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0, 0, 0]


def test_killed_at_any_moment_it_holds_whole_reports(location: str) -> None:
    for seed in range(3):
        process = CONTEXT.Process(target=keep_some, args=(location, list(range(1, 2000))))
        process.start()
        with opened(location) as store:  # waits until it is made, by whom ever
            before = len(list(store.entries()))
            while len(list(store.entries())) < before + 1 + seed and process.is_alive():
                time.sleep(0.005)
        time.sleep(random.Random(seed).random() / 50)
        process.kill()
        process.join()
        found = contents(location)
        kept = [row[0] for row in found["reports"]]
        assert len(kept) > before
        assert {row[5] for row in found["sources"]} == set(kept)
        for table in ("tables", "figures", "comparisons", "findings"):
            each = {key: sum(row[0] == key for row in found[table]) for key in kept}
            assert len(set(each.values())) == 1, table

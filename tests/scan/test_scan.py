"""From an archive to a store: what is read, what need not be, and what a hostile report costs."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from audit import rulebook, store
from audit.model import AuditedReport, Entry, Freshness, Known, Status
from audit.scan.engine import Local
from audit.scan.reading import worth_another
from audit.scan.work import Read
from audit.store import codec
from audit.store import store as tables
from audit.workers import Done, Job, Limits
from tests.scan.archives import LIMITS, RULES, Counting, archive, rows, scanned, spoil
from tests.scan.hostile import bomb, crash, eat, laughs, loop, rest


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("archive"), "2021")


@pytest.fixture
def place(pristine: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pristine, tmp_path / "archive")


def entries(place: Path, kept: Path) -> list[Entry]:
    with store.opened(kept, str(place)) as opened:
        return list(opened.entries())


def test_one_worker_and_several_keep_the_same(place: Path, tmp_path: Path) -> None:
    files = len(list(place.rglob("*.pdf")))
    for name, processes in (("one", 1), ("three", 3)):
        read = scanned(place, tmp_path / name, Local(processes, LIMITS)).reading
        assert (read.total, read.done, read.known, read.pages) == (files, files, 0, files)
    assert rows(tmp_path / "one") == rows(tmp_path / "three")
    assert {entry.status for entry in entries(place, tmp_path / "one")} == {Status.AUDITED}


def test_a_report_made_to_be_taken_for_another_costs_only_itself(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the digests of two reports begin alike the first that comes is kept."""
    monkeypatch.setattr(tables, "key", lambda sha256: 1)
    ended = scanned(place, tmp_path / "store")
    assert ended.reading.done == ended.reading.total
    assert len(ended.scan.skipped) == ended.reading.total - 1
    assert all("cannot be told from report" in one.detail for one in ended.scan.skipped)
    assert len(entries(place, tmp_path / "store")) == 1


def test_what_is_known_is_not_opened_again(place: Path, tmp_path: Path) -> None:
    scanned(place, tmp_path / "store")
    before = rows(tmp_path / "store")
    spoil(place)
    counting = Counting()
    scan = scanned(place, tmp_path / "store", counting).reading
    assert counting.asked == []
    assert scan.known == scan.done == scan.total
    assert rows(tmp_path / "store") == before


def test_other_rules_judge_again_without_the_pdf(place: Path, tmp_path: Path) -> None:
    scanned(place, tmp_path / "store")
    before = rows(tmp_path / "store")
    spoil(place)
    some = rulebook.select(RULES, ("SUM",), ())
    counting = Counting()
    scanned(place, tmp_path / "store", counting, some)
    assert set(counting.asked) == {"judge", "compare"}
    rules = {row[4] for row in rows(tmp_path / "store")["comparisons"]}
    assert rules
    assert all(str(code).startswith("SUM") for code in rules)
    scanned(place, tmp_path / "store")  # what second readers saw was not forgotten in between
    assert rows(tmp_path / "store") == before


def test_rules_that_come_later_find_what_they_would_have_found(place: Path, tmp_path: Path) -> None:
    scanned(place, tmp_path / "store", rules=rulebook.select(RULES, ("SUM",), ()))
    spoil(place)
    scanned(place, tmp_path / "store")
    fresh = archive(tmp_path / "fresh", "2021")
    scanned(fresh, tmp_path / "other")
    found, wanted = (
        [(one.sha256, one.tally, one.coverage.figures) for one in entries(where, tmp_path / kept)]
        for where, kept in ((place, "store"), (fresh, "other"))
    )
    assert found == wanted


def test_files_that_were_touched_or_moved_are_only_identified(place: Path, tmp_path: Path) -> None:
    scanned(place, tmp_path / "store")
    before = {entry.sha256 for entry in entries(place, tmp_path / "store")}
    first, second, third, *_ = sorted(place.rglob("*.pdf"))
    os.utime(first, ns=(1, 1))
    second.rename(second.with_name("renamed.pdf"))
    shutil.copyfile(third, third.with_name("twin.pdf"))
    scan = scanned(place, tmp_path / "store").reading
    assert (scan.pages, scan.known) == (0, scan.total)
    after = entries(place, tmp_path / "store")
    assert {entry.sha256 for entry in after} == before
    names = {name for entry in after for name in entry.names}
    assert names == {path.relative_to(place).as_posix() for path in place.rglob("*.pdf")}
    assert ("2021/" + third.name, "2021/twin.pdf") in [tuple(sorted(e.names)) for e in after]


def test_a_changed_file_is_read_and_its_former_content_no_longer_listed(
    place: Path, tmp_path: Path
) -> None:
    scanned(place, tmp_path / "store")
    first, second, *_ = sorted(place.rglob("*.pdf"))
    first.write_bytes(second.read_bytes() + b"\n")
    scan = scanned(place, tmp_path / "store").reading
    assert scan.pages == 1
    assert len(entries(place, tmp_path / "store")) == scan.total


def test_again_reads_all(place: Path, tmp_path: Path) -> None:
    scanned(place, tmp_path / "store")
    before = rows(tmp_path / "store")
    assert scanned(place, tmp_path / "store", again=True).reading.known == 0
    assert rows(tmp_path / "store") == before


# ── hostile reports ──────────────────────────────────────────────────────────────────────────────


class Sabotaged(Local):
    """An engine in which the auditing of some files runs into ``works``, by their name."""

    def __init__(self, works: dict[str, Callable[..., None]], limits: Limits) -> None:
        super().__init__(2, limits)
        self.works = works

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        return super().run(map(self._sabotaged, jobs))

    def _sabotaged(self, job: Job) -> Job:
        if job.work.__name__ != "read":
            return job
        return Job(job.key, self.works.get(job.key.source.name, job.work), job.arguments)


def test_hostile_reports_cost_only_themselves(place: Path, tmp_path: Path) -> None:
    names = sorted(path.relative_to(place).as_posix() for path in place.rglob("*.pdf"))
    hostile = dict(zip(names[1:4], (loop, eat, crash), strict=True))
    limits = Limits(timeout=5, memory=1024**3)
    scan = scanned(place, tmp_path / "store", Sabotaged(hostile, limits)).reading
    assert scan.done == scan.total == len(names)
    found = {one.names[0]: (one.status, one.detail) for one in entries(place, tmp_path / "store")}
    assert [found[name] for name in names[1:4]] == [
        (Status.TIMEOUT, "5"),
        (Status.TOO_LARGE, "1024"),
        (Status.FAILED, "worker ended with SIGABRT within 1024 MB"),
    ]
    assert {found[name][0] for name in names if name not in hostile} == {Status.AUDITED}

    counting = Counting()  # has more of both
    scanned(place, tmp_path / "store", counting)
    assert counting.asked[:3] == ["read", "read", "read"]
    assert set(counting.asked[3:]) == {"compare"}
    last = {one.status for one in entries(place, tmp_path / "store")}
    assert last == {Status.AUDITED}


def test_limits_that_are_no_larger_change_nothing(place: Path, tmp_path: Path) -> None:
    name = min(path.relative_to(place).as_posix() for path in place.rglob("*.pdf"))
    scanned(place, tmp_path / "store", Sabotaged({name: rest}, Limits(timeout=3)))
    counting = Counting()
    counting.limits = Limits(timeout=3)
    scanned(place, tmp_path / "store", counting)
    assert "read" not in counting.asked


def test_a_pdf_that_draws_without_end(tmp_path: Path) -> None:
    laughs(tmp_path / "laughs.pdf")
    scanned(tmp_path, tmp_path / "store", Local(1, Limits(timeout=2)))
    (entry,) = entries(tmp_path, tmp_path / "store")
    assert (entry.status, entry.detail) == (Status.TIMEOUT, "2")


def test_a_pdf_that_unpacks_to_more_than_there_is(tmp_path: Path) -> None:
    """PDFium crashes where it gets no more memory; with more of it, the report has a chance."""
    bomb(tmp_path / "bomb.pdf")
    limits = Limits(timeout=120, memory=1024**3)
    scanned(tmp_path, tmp_path / "store", Local(1, limits))
    (entry,) = entries(tmp_path, tmp_path / "store")
    assert entry.status in {Status.FAILED, Status.TOO_LARGE}
    known = Known(entry.sha256, Freshness.CURRENT, entry.status, entry.detail)
    assert not worth_another(known, limits)
    assert worth_another(known, Limits(timeout=120, memory=2 * 1024**3))


@pytest.mark.parametrize(
    ("status", "detail", "worth"),
    [
        (Status.TIMEOUT, "60", False),
        (Status.TIMEOUT, "59.5", True),
        (Status.TIMEOUT, "", True),
        (Status.TOO_LARGE, "2048", False),
        (Status.TOO_LARGE, "2047", True),
        (Status.FAILED, "worker ended with SIGSEGV within 2048 MB", False),
        (Status.FAILED, "worker ended with SIGSEGV within 1024 MB", True),
        (Status.FAILED, "worker ended with SIGKILL", True),
        (Status.FAILED, "ValueError: worker", False),
        (Status.DAMAGED, "", False),
        (Status.AUDITED, "", False),
    ],
)
def test_what_is_worth_another_try(status: Status, detail: str, worth: bool) -> None:
    limits = Limits(timeout=60, memory=2 * 1024**3)
    assert worth_another(Known("", Freshness.CURRENT, status, detail), limits) is worth


# ── across reports ───────────────────────────────────────────────────────────────────────────────


class Failing(Local):
    """An engine that is at its end when reports are to be held against each other."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        return super().run(map(self._failing, jobs))

    def _failing(self, job: Job) -> Job:
        return Job(job.key, crash, ()) if job.work.__name__ == "compare" else job


def test_reports_are_held_against_each_other_once(tmp_path: Path) -> None:
    place = archive(tmp_path / "archive", "2021", "2022")
    failing = scanned(place, tmp_path / "store", Failing(2, LIMITS))
    assert failing.scan.failed
    assert not any(row[1] for row in rows(tmp_path / "store")["findings"])
    again = Counting()
    compared = scanned(place, tmp_path / "store", again).comparing
    assert set(again.asked) == {"compare"}
    assert compared.done == compared.total > 0
    with store.opened(tmp_path / "store", str(place)) as opened:
        found = {finding.rule.code for _, finding in opened.findings({r.code: r for r in RULES})}
    assert "ARC701" in found
    idle = Counting()
    scanned(place, tmp_path / "store", idle)
    assert idle.asked == []


# ── memory ───────────────────────────────────────────────────────────────────────────────────────


class Telling:
    """An engine that reads nothing and tells of large reports, no two alike."""

    limits = LIMITS

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for job in jobs:
            sha256 = hashlib.sha256(job.key.source.name.encode()).hexdigest()
            empty = AuditedReport("", Status.NO_TABLES, None)
            record = dataclasses.replace(codec.record(sha256, empty), memory=os.urandom(2_000_000))
            yield Done(job, Read(sha256, record))


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    peaks = []
    for count in (10, 40):
        place = tmp_path / str(count)
        place.mkdir()
        for number in range(count):
            (place / f"{number}.pdf").touch()
        tracemalloc.start()
        scanned(place, tmp_path / f"{count}.db", Telling())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2_000_000, "not one of the thirty more is held"

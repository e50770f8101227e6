"""``python -m tests.bench scan``: what a scan of an archive costs.

Every figure is of whole ``granska scan`` processes, starting and importing included: what a user
waits for. Archives are made for the run (``tests.bench.archives``), and each contender scans the
same one. Core-seconds are the processor time of the scan and of all that it started, which a busy
machine hardly changes, as it does the seconds. Memory is what Linux calls VmHWM, the most that a
process has held, of the scan itself and of the largest process that it started. Both are looked up
in /proc every LOOK seconds. An engine of one core has the whole scan on one, the gatherer too.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from rich.console import Console
from rich.table import Table

from tests.bench.archives import copies, make

GRANSKA = str(Path(sys.executable).with_name("granska"))
LOOK = 0.1
MIB = 1024  # KiB

# A rulebook that judges as the built-in one does, but is another: one page of one's own.
PAGE = Path(__file__).parents[2] / "rules" / "sum" / "SUM101.md"


@dataclass(frozen=True, slots=True)
class Cost:
    """``core`` is processor time in seconds, ``gatherer`` that of the scan's own process among it;
    ``parent`` and ``worker`` are the most memory held, in KiB."""

    seconds: float
    core: float
    gatherer: float
    parent: int
    worker: int


# By name; the number at the end is that of the processes, and of the cores that the scan may use.
ENGINES: Mapping[str, Sequence[str]] = {
    "pool-1": ("--jobs", "1"),
    "pool-2": ("--jobs", "2"),
    "dask-1": ("--dask", "local", "--jobs", "1"),
    "dask-2": ("--dask", "local", "--jobs", "2"),
}
SIZED_BY = "pool-2"  # the engine that archives of several sizes are scanned with


def scan(report: Path | None, sizes: Sequence[int], engines: Sequence[str]) -> None:
    """Scan an archive of the first of ``sizes`` by each of ``engines``; then one of each size by
    SIZED_BY. They are made of small reports, or of copies of ``report``."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    with tempfile.TemporaryDirectory(prefix="granska-bench-") as name:
        room = Path(name)
        archive = _archive(room, report, sizes[0])
        reports, pages = _counted(archive)
        table = _table("engine", "scan")
        stores = [room / f"{number}.db" for number in range(len(engines))]
        for engine, store in zip(engines, stores, strict=True):
            _measure(table, engine, archive, store, ENGINES[engine], reports, pages, room, True)
        console.print(f"{reports} reports, {pages} pages", table, "")
        if len(sizes) > 1:
            table = _table("reports", "scan")
            for size in sizes:
                archive, store = _archive(room, report, size), room / f"{size}-sized.db"
                reports, pages = _counted(archive)
                options = ENGINES[SIZED_BY]
                _measure(table, str(size), archive, store, options, reports, pages, room, False)
            console.print(f"{SIZED_BY}, by the size of the archive", table, "")
            stores.append(store)
        console.print(*_stored(stores[-1], reports))


def _archive(room: Path, report: Path | None, reports: int) -> Path:
    folder = room / f"{reports}"
    if report is None:
        make(folder, reports)
    else:
        copies(folder, report, reports)
    return folder


def _counted(archive: Path) -> tuple[int, int]:
    """Reports and pages."""
    paths = [path for path in archive.rglob("*") if path.suffix.lower() == ".pdf"]
    pages = 0
    for path in paths:
        with closing(pypdfium2.PdfDocument(path)) as document:
            pages += len(document)
    return len(paths), pages


def _table(*first: str) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in first:
        table.add_column(name)
    for name in ("seconds", "reports/s", "pages/s", "times the first"):
        table.add_column(name, justify="right")
    for name in ("core-s/report", "of it gatherer", "parent MiB", "worker MiB"):
        table.add_column(name, justify="right")
    return table


def _measure(
    table: Table,
    name: str,
    archive: Path,
    store: Path,
    options: Sequence[str],
    reports: int,
    pages: int,
    room: Path,
    judged: bool,
) -> None:
    rules = room / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "SUM101.md").write_text(PAGE.read_text("utf-8") + "\n", "utf-8")
    command = [GRANSKA, "scan", str(archive), "--store", str(store), *options, "--quiet"]
    cores = int(options[-1])
    for turn, more in (
        ("first", []),
        ("again, nothing new", []),
        ("again, other rules", ["--rules", str(rules)]),
    )[: 3 if judged else 2]:
        cost = run([*command, "--fail-on", "never", *more], cores)
        table.add_row(
            name,
            turn,
            f"{cost.seconds:.1f}",
            f"{reports / cost.seconds:.1f}",
            f"{pages / cost.seconds:.1f}",
            _times(table, turn, reports / cost.seconds),
            f"{cost.core / reports:.4f}",
            f"{cost.gatherer / reports:.4f}",
            f"{cost.parent / MIB:.0f}",
            f"{cost.worker / MIB:.0f}" if cost.worker else "",
        )


def _times(table: Table, turn: str, speed: float) -> str:
    """How many times the first row of the same turn."""
    for kind, first in zip(table.columns[1].cells, table.columns[3].cells, strict=True):
        if kind == turn:
            return f"{speed / float(str(first)):.2f}"
    return ""


@contextmanager
def confined(cores: int) -> Iterator[None]:
    """What is started meanwhile runs on so many cores."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


def run(command: Sequence[str], cores: int) -> Cost:
    """Run ``command`` to its end. Raises CalledProcessError unless it exits with 0."""
    start = time.perf_counter()
    with (
        confined(cores),
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process,
    ):
        core, gatherer, parent, worker = 0.0, 0.0, 0, 0
        while process.poll() is None:
            there = below(process.pid)
            core = max(core, sum(one.core for one in there.values()))
            own = there.pop(process.pid, NOTHING)
            gatherer, parent = max(gatherer, own.core), max(parent, own.peak)
            worker = max([worker, *(one.peak for one in there.values())])
            time.sleep(LOOK)
        said = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    return Cost(time.perf_counter() - start, core, gatherer, parent, worker)


@dataclass(frozen=True, slots=True)
class Process:
    """``core`` is its processor time and that of its children that have ended, in seconds;
    ``peak`` the most memory that it has held, in KiB."""

    parent: int
    core: float
    peak: int


NOTHING = Process(0, 0.0, 0)
TICKS = os.sysconf("SC_CLK_TCK")  # a second


def below(pid: int) -> dict[int, Process]:
    """``pid`` and every process below it."""
    every = {int(path.name): _process(path) for path in Path("/proc").glob("[0-9]*")}
    found = {pid}
    while more := {one for one, its in every.items() if its.parent in found} - found:
        found |= more
    return {one: every[one] for one in found if one in every}


def _process(path: Path) -> Process:
    """See proc(5); NOTHING of a process that has ended."""
    try:
        stat = (path / "stat").read_text()
        status = (path / "status").read_text()
    except OSError:
        return NOTHING
    fields = stat.rpartition(")")[2].split()  # from the third field on
    ticks = sum(int(field) for field in fields[11:15])
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0")
    return Process(int(fields[1]), ticks / TICKS, int(peak.split()[1]))


def _stored(store: Path, reports: int) -> tuple[str, Table]:
    """What the store holds for each report, by table, its indexes counted in."""
    with closing(sqlite3.connect(store)) as connection:
        sizes = connection.execute(
            "select coalesce(m.tbl_name, s.name), sum(s.pgsize) from dbstat s"
            " left join sqlite_schema m on m.name = s.name group by 1 order by 2 desc"
        ).fetchall()
        rows = {name: _rows(connection, name) for name, _ in sizes}
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("table")
    for name in ("bytes/report", "rows/report", "MiB in all"):
        table.add_column(name, justify="right")
    for name, size in [*sizes, ("in all", sum(size for _, size in sizes))]:
        table.add_row(
            name,
            f"{size / reports:.0f}",
            f"{rows[name] / reports:.1f}" if rows.get(name) else "",
            f"{size / 1024**2:.1f}",
        )
    return f"the store of {reports} reports", table


def _rows(connection: sqlite3.Connection, table: str) -> int:
    """Number of rows; ``table`` is a name that the database itself gave."""
    quoted = table.replace('"', '""')
    return int(connection.execute(f'select count(*) from "{quoted}"').fetchone()[0])

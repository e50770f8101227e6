"""``granska scan`` on archives and stores as they should not be: a clear line for each, the right
exit code, and nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.model import Entry
from audit.scan import Scan
from audit.scan.sources import names
from audit.store import opened
from audit.store.store import Store
from tests.bench.archives import make
from tests.cli.conftest import Granska
from tests.scan.test_sources import ODD


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three small reports of one board, without faults."""
    return make(tmp_path_factory.mktemp("reports"), 3)


@pytest.fixture
def archive(tmp_path: Path, three: list[Path]) -> Path:
    folder = tmp_path / "arkiv"
    folder.mkdir()
    for path in three:
        shutil.copy(path, folder)
    return folder


def entries(archive: Path, store: Path | None = None) -> dict[str, Entry]:
    """What a store (granska.db in the archive) lists of it, by the first name."""
    with opened(store or archive / "granska.db", str(archive), create=False) as kept:
        return {entry.names[0]: entry for entry in kept.entries()}


# ── archives ─────────────────────────────────────────────────────────────────────────────────────


def test_a_clean_archive(granska: Granska, archive: Path) -> None:
    result = granska("scan", archive, "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(entries(archive)) == 3


@pytest.mark.parametrize("files", [[], ["a.txt", "b/c.docx"]])
def test_nothing_to_scan(granska: Granska, tmp_path: Path, files: list[str]) -> None:
    archive = tmp_path / "arkiv"
    archive.mkdir()
    for name in files:
        (archive / name).parent.mkdir(exist_ok=True)
        (archive / name).write_text("")
    result = granska("scan", archive, "--lang", "sv")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "arkiv" in result.stderr
    assert "ingen PDF" in result.stderr


def test_an_archive_that_is_empty_for_once_loses_nothing(granska: Granska, archive: Path) -> None:
    """A disk that is not mounted looks like an empty folder."""
    store = archive.parent / "granska.db"
    assert granska("scan", archive, "--store", store, "--quiet").exit_code == 0
    archive.rename(archive.parent / "away")
    archive.mkdir()
    assert granska("scan", archive, "--store", store, "--quiet").exit_code == 2
    assert len(entries(archive, store)) == 3


def test_no_such_archive(granska: Granska, tmp_path: Path) -> None:
    result = granska("scan", tmp_path / "none", "--lang", "sv")
    assert result.exit_code == 2
    assert f"{tmp_path / 'none'}: Det finns ingen sådan fil eller mapp." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_report_is_an_archive_too(granska: Granska, archive: Path) -> None:
    report = sorted(archive.iterdir())[0]
    result = granska("scan", report, "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(entries(report, archive / "granska.db")) == [report.name]


def test_a_zip_beside_reports(granska: Granska, archive: Path, three: list[Path]) -> None:
    with zipfile.ZipFile(archive / "more.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(three[0], "../../again.pdf")
        packed.writestr("bomb.pdf", bytes(17 * 1024**2))
        packed.writestr("inner.zip", b"")
    result = granska("scan", archive, "--quiet", "--lang", "sv")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("more.zip!bomb.pdf: Blir 17825792 byte uppackad")
    assert lines[1].startswith("more.zip!inner.zip: Är en zip i en zip.")
    kept = entries(archive)
    assert len(kept) == 3
    assert any(entry.names[1:] == ("more.zip!../../again.pdf",) for entry in kept.values())


def test_one_report_by_two_names(granska: Granska, archive: Path, three: list[Path]) -> None:
    shutil.copy(three[0], archive / "a copy.pdf")
    result = granska("scan", archive, "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    kept = entries(archive)
    assert len(kept) == 3
    assert kept["a copy.pdf"].names == ("a copy.pdf", three[0].name)
    (archive / "a copy.pdf").unlink()
    granska("scan", archive, "--quiet")
    assert entries(archive)[three[0].name].names == (three[0].name,)


def test_a_link_loop(granska: Granska, archive: Path) -> None:
    (archive / "loop").symlink_to(archive)
    result = granska("scan", archive, "--quiet")
    assert result.exit_code == 0
    assert result.stderr == (
        "loop: Leads to a folder that was scanned already, and was not followed.\n"
    )
    assert len(entries(archive)) == 3


def test_files_that_are_no_reports(granska: Granska, archive: Path) -> None:
    (archive / "empty.pdf").write_bytes(b"")
    (archive / "text.pdf").write_text("Delårsrapport")
    (archive / "cut.pdf").write_bytes(b"%PDF-1.7\n")
    (archive / "gone.pdf").symlink_to("nowhere.pdf")
    result = granska("scan", archive, "--quiet")
    assert result.exit_code == 2
    assert sorted(line.partition(":")[0] for line in result.stderr.splitlines()) == [
        "cut.pdf",
        "empty.pdf",
        "gone.pdf",
        "text.pdf",
    ]
    again = granska("scan", archive, "--quiet")
    assert again.exit_code == 2
    assert sorted(again.stderr.splitlines()) == sorted(result.stderr.splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_odd_names(granska: Granska, tmp_path: Path, three: list[Path]) -> None:
    for number, name in enumerate(ODD):
        content = three[0].read_bytes() + b"%% %d\n" % number
        (tmp_path / os.fsdecode(name)).write_bytes(content)
    (tmp_path / os.fsdecode(b"no [red]report\xff\n.pdf")).write_bytes(b"")
    shown = [tmp_path / f"out{suffix}" for suffix in (".html", ".xlsx", ".json")]
    result = granska("scan", tmp_path, *(word for path in shown for word in ("-o", path)))
    assert result.exit_code == 2
    assert "no [red]report\\udcff .pdf" in result.output
    assert all(path.stat().st_size for path in shown)
    assert "<script>alert(1)" not in shown[0].read_text("utf-8")
    told = json.loads(shown[2].read_text("utf-8"))["reports"]
    assert {names.original(name) for report in told for name in report["files"]} == {
        os.fsdecode(name) for name in (*ODD, b"no [red]report\xff\n.pdf")
    }
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert len(entries(tmp_path)) == len(ODD) + 1
    for suffix in (".csv", ".xlsx", ".parquet"):
        out = tmp_path / f"export{suffix}"
        assert granska("export", tmp_path / "granska.db", "-o", out).exit_code == 0
        assert out.stat().st_size


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_what_is_accepted_beside_reports_in_an_odd_folder(granska: Granska, tmp_path: Path) -> None:
    (wrong,) = (
        one for one in make(tmp_path / "all", 33) if one.name == "socialnamnden-2022-12.pdf"
    )
    folder = tmp_path / "arkiv" / os.fsdecode(b"b\\\xf6 [x]!")
    folder.mkdir(parents=True)
    shutil.copy(wrong, folder)
    assert granska("scan", tmp_path / "arkiv", "--quiet").exit_code == 1
    told = granska("check", wrong, "--format", "json").stdout
    (finding,) = json.loads(told)["reports"][0]["findings"]
    accept = ("accept", finding["fingerprint"], "--reason", "as agreed", "--report", wrong)
    assert granska(*accept).exit_code == 0
    shutil.move(wrong.parent / "granska-accepted.toml", folder)
    assert granska("scan", tmp_path / "arkiv", "--quiet").exit_code == 0


# ── stores ───────────────────────────────────────────────────────────────────────────────────────


def refused(granska: Granska, archive: Path, store: Path | str) -> str:
    """The one line that refuses a store."""
    result = granska("scan", archive, "--store", store)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    (line,) = result.stderr.splitlines()
    assert str(store) in line
    return line


def test_a_store_that_is_something_else(granska: Granska, archive: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    assert "no database" in refused(granska, archive, notes)
    assert notes.read_text() == "mine"
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("create table mine (a)")
    connection.close()
    before = foreign.read_bytes()
    assert "another program" in refused(granska, archive, foreign)
    assert foreign.read_bytes() == before
    assert "is a folder" in refused(granska, archive, archive)
    assert "no folder" in refused(granska, archive, tmp_path / "none" / "a.db")
    assert "SQLite file or a PostgreSQL" in refused(granska, archive, "mysql://host/database")


def test_a_store_of_a_newer_version(granska: Granska, archive: Path) -> None:
    store = archive / "granska.db"
    assert granska("scan", archive, "--quiet").exit_code == 0
    with sqlite3.connect(store) as connection:
        connection.execute("update granska_version set version_num = 'v9999'")
    connection.close()
    assert "newer granska" in refused(granska, archive, store)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no users here")
def test_a_store_that_may_not_be_written(granska: Granska, archive: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        store = "/proc/granska.db"  # where not even the administrator may write
    else:
        tmp_path.chmod(0o500)
        store = str(tmp_path / "granska.db")
    assert "cannot be" in refused(granska, archive, store)


# ── what happens while it runs ───────────────────────────────────────────────────────────────────


@pytest.fixture
def after_the_walk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """``after_the_walk(happens)``: something happens when the files of an archive have been found
    and none has been read."""

    def arrange(happens: Callable[[], object]) -> None:
        found = Scan.find

        def find(scan: Scan) -> None:
            found(scan)
            happens()

        monkeypatch.setattr(Scan, "find", find)

    return arrange


After = Callable[[Callable[[], object]], None]


def test_a_file_that_vanishes(
    granska: Granska, archive: Path, after_the_walk: After, three: list[Path]
) -> None:
    gone = archive / three[1].name
    after_the_walk(lambda: gone.unlink(missing_ok=True))
    result = granska("scan", archive, "--quiet")
    assert result.exit_code == 2
    assert result.stderr == f"{gone.name}: There is no such file or folder.\n"
    assert len(entries(archive)) == 2
    again = granska("scan", archive, "--quiet")
    assert (again.exit_code, again.stderr) == (0, "")


def test_a_file_that_changes_before_it_is_read(
    granska: Granska, archive: Path, after_the_walk: After, three: list[Path]
) -> None:
    """What is read counts; the next scan sees that the file is another than was walked by."""
    path = archive / three[1].name
    content = path.read_bytes()
    after_the_walk(lambda: path.write_bytes(content + b"%% more\n"))
    assert granska("scan", archive, "--quiet").exit_code == 0
    digest = hashlib.sha256(content + b"%% more\n").hexdigest()
    assert entries(archive)[path.name].sha256 == digest
    path.write_bytes(content)
    after_the_walk(lambda: None)
    assert granska("scan", archive, "--quiet").exit_code == 0


def test_a_store_that_is_lost(granska: Granska, archive: Path, after_the_walk: After) -> None:
    store = archive / "granska.db"
    after_the_walk(lambda: store.unlink(missing_ok=True))
    result = granska("scan", archive, "--quiet")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{store} was lost while it was in use")
    assert len(list(archive.glob("*.pdf"))) == 3


def test_the_scan_after_a_loss_reads_all(
    granska: Granska, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        keep = Store.keep

        def lost(store: Store, *arguments: Any) -> None:
            keep(store, *arguments)
            (archive / "granska.db").unlink()

        patched.setattr(Store, "keep", lost)
        result = granska("scan", archive, "--quiet")
        assert result.exit_code == 2
        assert "Traceback" not in result.output
    assert granska("scan", archive, "--quiet").exit_code == 0
    assert len(entries(archive)) == 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is full soon."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_that_is_full(
    granska: Granska, archive: Path, small_disk: Path, tmp_path: Path
) -> None:
    store = small_disk / "granska.db"
    result = granska("scan", archive, "--store", store, "--quiet")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{store} cannot grow: the disk is full. Make room and give the same command again; what "
        "was kept is kept.\n"
    )

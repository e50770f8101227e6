"""Where reports come from: every kind of archive, with real files, zips and servers."""

from __future__ import annotations

import functools
import http.server
import io
import os
import re
import signal
import stat
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit import workers
from audit.model import Obstacle, Source, SourceError
from audit.scan.engine import MODULES
from audit.scan.sources import fetched, found, names, packed, placed, title
from audit.workers import Job

PDF = b"%PDF-1.7 "

ODD = [
    b"line\nbreak.pdf",
    b"'single' \"double\" `back`.pdf",
    b"[bold red]rich.pdf",
    b"<script>alert(1)<script>.pdf",
    b"=HYPERLINK(1).pdf",
    b"latin-1 f\xf6r.pdf",
    "emoji \N{PAGE FACING UP}.pdf".encode(),
    "right \u202egpj.pdf".encode(),
    b"back\\slash.pdf",
    b"\\u00e5.pdf",
    b"a.zip!b.pdf",
    b"%41{0}{detail}.pdf",
    b" .pdf",
    b"\x1b[2J.pdf",
    b"x" * 251 + b".pdf",
]


def write(folder: Path, *paths: str) -> None:
    """Files at ``paths``, each with content of its own."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(PDF + path.encode(errors="surrogateescape"))


def seen(location: object) -> list[str]:
    """What a scan comes across, in its order: names, and obstacles after those left out."""
    return [
        one.name if isinstance(one, Source) else f"{one.name}: {one.obstacle}"
        for one in found(str(location))
    ]


def read(location: object, name: str) -> bytes:
    with fetched(str(location), name) as path:
        return path.read_bytes()


def zipped(path: Path, contents: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def patched(path: Path, local: int, central: int, value: bytes) -> None:
    """Overwrite a field of the only member, at its place in both headers (APPNOTE 4.3.7, 4.3.12)"""
    data = bytearray(path.read_bytes())
    for start, at in ((data.index(b"PK\3\4"), local), (data.index(b"PK\1\2"), central)):
        data[start + at : start + at + len(value)] = value
    path.write_bytes(data)


# ── folders ──────────────────────────────────────────────────────────────────────────────────────


def test_pdfs_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "b/2.pdf", "b/10.pdf", "a.PDF", "c.Pdf", "a/1.pdf", "notes.txt", "b/x.pdf.part")
    assert seen(tmp_path) == ["a.PDF", "c.Pdf", "a/1.pdf", "b/10.pdf", "b/2.pdf"]


def test_what_programs_hide_or_leave_behind_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, ".a.pdf", "._b.pdf", "~$c.pdf", ".git/d.pdf", "__MACOSX/e.pdf", "f.pdf")
    assert seen(tmp_path) == ["f.pdf"]


def test_an_empty_folder_and_one_without_pdfs(tmp_path: Path) -> None:
    assert seen(tmp_path) == []
    write(tmp_path, "a.txt", "b/c.docx")
    assert seen(tmp_path) == []


def test_a_single_file_whatever_its_suffix(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", "report")
    for name in ("a.pdf", "report"):
        assert seen(tmp_path / name) == [name]
        assert read(tmp_path / name, name) == PDF + name.encode()


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    for location in (tmp_path / "none", tmp_path / "a.pdf" / "b", f"file://{tmp_path}/none"):
        with pytest.raises(SourceError) as caught:
            placed(str(location))
        assert caught.value.obstacle is Obstacle.MISSING
        with pytest.raises(SourceError):
            seen(location)


def test_stamp_and_size_change_with_the_file(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    (before,) = found(str(tmp_path))
    assert list(found(str(tmp_path))) == [before]
    os.utime(tmp_path / "a.pdf", ns=(1, 1))
    assert isinstance(before, Source)
    assert list(found(str(tmp_path))) == [Source("a.pdf", before.size, "1")]


def test_a_file_url_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "å b/a.pdf")
    url = (tmp_path / "å b").as_uri()
    assert placed(url) == str(tmp_path / "å b")
    assert seen(url) == ["a.pdf"]
    assert read(url, "a.pdf").startswith(PDF)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@pytest.mark.parametrize("name", ODD)
def test_odd_names_survive(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(PDF + name)
    (source,) = found(str(tmp_path))
    assert isinstance(source, Source)
    assert source.name.encode().decode() == source.name
    assert read(tmp_path, source.name) == PDF + name


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
@given(st.sets(st.binary(min_size=1, max_size=200), min_size=1, max_size=5))
def test_any_bytes_are_a_name(drawn: set[bytes]) -> None:
    files = {
        os.fsdecode(b"_" + name.translate(None, b"/\0") + b".pdf"): PDF + name for name in drawn
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        sources = list(found(folder))
        assert [names.original(source.name) for source in sources] == sorted(files)
        for source in sources:
            assert read(folder, source.name) == files[names.original(source.name)]


@given(st.text(st.characters()))
@example("\\u00e5")
@example("a.ZIP!b")
@example("\ud800\udcff\0")
def test_names_are_spelled_in_text_and_come_back(name: str) -> None:
    spelled = names.spelled(name)
    assert spelled.encode().decode() == spelled
    assert "\0" not in spelled
    assert names.original(spelled) == name


@given(st.text(st.characters()), st.text(st.characters()))
@example("a.zip!b", "c.zip!d")
def test_a_member_is_parted_from_its_zip(outer: str, member: str) -> None:
    packed_name, inner = names.spelled(outer + ".zip"), names.spelled(member)
    assert names.parted(names.inside(packed_name, inner)) == (packed_name, inner)
    assert names.parted(names.spelled(outer + ".pdf")) == (names.spelled(outer + ".pdf"), "")


# ── links, pipes, permissions ────────────────────────────────────────────────────────────────────


def test_link_loops_are_said_and_end(tmp_path: Path) -> None:
    write(tmp_path, "a/1.pdf")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to("self")
    assert seen(tmp_path) == ["a/1.pdf", "a/self: unreadable", "a/up: loop"]


def test_a_linked_folder_is_walked_once_and_last(tmp_path: Path) -> None:
    write(tmp_path, "archive/z/1.pdf", "outside/2.pdf")
    archive = tmp_path / "archive"
    (archive / "a").symlink_to(archive / "z")
    (archive / "b").symlink_to(tmp_path / "outside")
    (archive / "c").symlink_to(tmp_path / "outside")
    assert seen(archive) == ["z/1.pdf", "a: loop", "b/2.pdf", "c: loop"]


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to("gone.pdf")
    (tmp_path / "b.pdf").symlink_to("b.pdf")
    (tmp_path / "c").symlink_to("gone")
    assert seen(tmp_path) == ["a.pdf: missing", "b.pdf: unreadable", "c: missing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    os.mkfifo(tmp_path / "b.zip")
    assert seen(tmp_path) == ["a.pdf: special", "b.zip: special"]
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.pdf")
    assert caught.value.obstacle is Obstacle.SPECIAL


@pytest.fixture
def nobody() -> Iterator[None]:
    """Not the administrator, to whom nothing is forbidden."""
    if not hasattr(os, "seteuid"):
        pytest.skip("no users here")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_what_may_not_be_read_is_said(nobody: None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "a/1.pdf", "b.pdf", "c.zip")
        for name in ("a", "b.pdf", "c.zip"):
            Path(folder, name).chmod(0)
        assert seen(folder) == ["b.pdf", "c.zip: forbidden", "a: forbidden"]
        with pytest.raises(SourceError) as caught:
            read(folder, "b.pdf")
        assert caught.value.obstacle is Obstacle.FORBIDDEN
        with pytest.raises(SourceError) as caught:
            seen(Path(folder, "a"))
        assert caught.value.obstacle is Obstacle.FORBIDDEN
        Path(folder, "a").chmod(stat.S_IRWXU)


def test_a_file_that_changes_or_goes_while_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    with pytest.raises(SourceError) as caught, fetched(str(tmp_path), "a.pdf") as path:
        path.write_bytes(PDF)
    assert caught.value.obstacle is Obstacle.CHANGED
    with pytest.raises(SourceError) as caught, fetched(str(tmp_path), "a.pdf") as path:
        path.unlink()
    assert caught.value.obstacle is Obstacle.MISSING
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.pdf")
    assert caught.value.obstacle is Obstacle.MISSING


# ── zips ─────────────────────────────────────────────────────────────────────────────────────────


def test_zips_alone_and_in_folders(tmp_path: Path) -> None:
    contents = {"2021/b.pdf": PDF + b"b", "a.PDF": PDF + b"a", "c.txt": b"", "d.pdf/": b""}
    zipped(tmp_path / "years.zip", contents | {"__MACOSX/._a.PDF": b"", ".e.pdf": b""})
    expected = ["years.zip!2021/b.pdf", "years.zip!a.PDF"]
    assert seen(tmp_path) == seen(tmp_path / "years.zip") == expected
    for location in (tmp_path, tmp_path / "years.zip"):
        assert read(location, "years.zip!2021/b.pdf") == PDF + b"b"


def dawdle(location: str, name: str) -> None:
    with fetched(location, name):
        time.sleep(60)


def die(location: str, name: str) -> None:
    with fetched(location, name):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("work", [dawdle, die])
def test_a_copy_goes_with_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[str, str], None]
) -> None:
    zipped(tmp_path / "a.zip", {"a.pdf": PDF})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    workers.prepare(MODULES)  # the server that processes fork from has a folder there too
    job = Job(None, work, (str(tmp_path), "a.zip!a.pdf"))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    assert workers.alone(job, workers.Limits(3)).failure
    assert list(scratch.iterdir()) == []


def test_a_member_keeps_its_stamp_when_the_zip_grows(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.pdf", (2021, 8, 31, 12, 0, 0))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, PDF)
    (before,) = found(str(tmp_path))
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr("b.pdf", PDF)
    assert next(found(str(tmp_path))) == before


def test_names_out_of_the_zip_are_harmless(tmp_path: Path) -> None:
    contents = {"../../up.pdf": PDF + b"1", "/root.pdf": PDF + b"2", "a/../b.pdf": PDF + b"3"}
    zipped(tmp_path / "a.zip", contents)
    assert seen(tmp_path) == [f"a.zip!{name}" for name in sorted(contents)]
    for name, content in contents.items():
        assert read(tmp_path, f"a.zip!{name}") == content
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip"}


def test_names_as_windows_and_macos_write_them(tmp_path: Path) -> None:
    """Code page 437 by the standard; UTF-8 without a mark; backslashes for slashes."""
    path = zipped(tmp_path / "a.zip", {"2021-f_r.pdf": PDF + b"dos", "__r-mac.pdf": PDF + b"mac"})
    data = path.read_bytes().replace(b"2021-f_r", b"2021\\f\x94r").replace(b"__r", "år".encode())
    path.write_bytes(data)
    assert seen(tmp_path) == ["a.zip!2021/för.pdf", "a.zip!år-mac.pdf"]
    assert read(tmp_path, "a.zip!2021/för.pdf") == PDF + b"dos"
    assert read(tmp_path, "a.zip!år-mac.pdf") == PDF + b"mac"


def test_bombs_and_other_members_that_are_left_out(tmp_path: Path) -> None:
    contents = {
        "bomb.pdf": bytes(17 * 1024**2),
        "in.zip": b"",
        "ok.pdf": PDF,
        "small.pdf": b" " * 9999,
    }
    zipped(tmp_path / "a.zip", contents)
    assert seen(tmp_path) == [
        "a.zip!bomb.pdf: bomb",
        "a.zip!in.zip: nested",
        "a.zip!ok.pdf",
        "a.zip!small.pdf",
    ]
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.zip!bomb.pdf")
    assert caught.value.obstacle is Obstacle.BOMB


@pytest.mark.parametrize(
    ("local", "central", "value", "obstacle"),
    [
        (6, 8, b"\1\0", Obstacle.ENCRYPTED),
        (8, 10, b"\x63\0", Obstacle.METHOD),
        (22, 24, (packed.LARGEST + 1).to_bytes(4, "little"), Obstacle.TOO_LARGE),
    ],
)
def test_members_that_cannot_be_unpacked(
    tmp_path: Path, local: int, central: int, value: bytes, obstacle: Obstacle
) -> None:
    patched(zipped(tmp_path / "a.zip", {"a.pdf": PDF}), local, central, value)
    assert seen(tmp_path) == [f"a.zip!a.pdf: {obstacle}"]


def test_a_zip_that_lies_about_sizes(tmp_path: Path) -> None:
    patched(zipped(tmp_path / "a.zip", {"a.pdf": PDF * 99}), 22, 24, (9).to_bytes(4, "little"))
    assert seen(tmp_path) == ["a.zip!a.pdf"]
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.zip!a.pdf")
    assert caught.value.obstacle is Obstacle.DAMAGED


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_by_one_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.pdf", PDF + b"first")
        archive.writestr("a.pdf", PDF + b"last")
    assert seen(tmp_path) == ["a.zip!a.pdf", "a.zip!a.pdf: double"]
    assert read(tmp_path, "a.zip!a.pdf") == PDF + b"last"


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/\\"), min_size=1),
        st.binary(max_size=50),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_is_a_members_name(contents: dict[str, bytes]) -> None:
    written = {f"_{name}.pdf": content for name, content in contents.items()}
    with tempfile.TemporaryDirectory() as folder:
        zipped(Path(folder, "a.zip"), written)
        sources = [one.name for one in found(folder)]
        assert len(sources) == len(written)
        members = {names.original(names.parted(name)[1]): read(folder, name) for name in sources}
        assert members == written


def spoilt(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    changed = bytearray(data[: len(data) - cut % len(data)])
    for at, value in changes:
        changed[at % len(changed)] = value
    return bytes(changed)


@given(
    st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), max_size=6),
    st.one_of(st.just(0), st.integers(0, 9999)),
)
def test_a_spoilt_zip_costs_only_itself(changes: list[tuple[int, int]], cut: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("å.pdf", PDF * 9)
        archive.writestr("b.pdf", PDF)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.zip").write_bytes(spoilt(buffer.getvalue(), changes, cut))
        write(Path(folder), "z.pdf")
        there = list(found(folder))
        assert there[-1].name == "z.pdf"
        for one in there:
            if isinstance(one, Source):
                with suppress(SourceError):
                    read(folder, one.name)


# ── URLs ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def memory() -> Iterator[str]:
    """An archive in fsspec's own store in memory."""
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("d.pdf", PDF + b"d")
    for path, content in {
        "/arkiv/b/2.pdf": PDF + b"2",
        "/arkiv/a.PDF": PDF + b"a",
        "/arkiv/c.zip": buffer.getvalue(),
        "/arkiv/.x.pdf": PDF,
        "/other/y.pdf": PDF,
    }.items():
        system.pipe_file(path, content)
    yield "memory://arkiv"
    system.rm("/arkiv", recursive=True)
    system.rm("/other", recursive=True)


def test_a_url_is_walked_as_a_folder_is(memory: str) -> None:
    assert placed(memory) == memory
    for location in (memory, memory + "/"):
        assert seen(location) == ["a.PDF", "c.zip!d.pdf", "b/2.pdf"]
        assert read(location, "b/2.pdf") == PDF + b"2"
        assert read(location, "c.zip!d.pdf") == PDF + b"d"
    assert all(one.stamp for one in found(memory) if isinstance(one, Source))
    assert "arkiv/a.PDF" in seen("memory://")


def test_a_url_of_one_file(memory: str) -> None:
    assert seen(memory + "/a.PDF") == ["a.PDF"]
    assert read(memory + "/a.PDF", "a.PDF") == PDF + b"a"
    assert seen(memory + "/c.zip") == ["c.zip!d.pdf"]
    assert read(memory + "/c.zip", "c.zip!d.pdf") == PDF + b"d"


def test_a_url_that_leads_nowhere(memory: str) -> None:
    with pytest.raises(SourceError) as caught:
        seen("memory://nowhere")
    assert caught.value.obstacle is Obstacle.MISSING
    with pytest.raises(SourceError) as caught:
        read(memory, "gone.pdf")
    assert caught.value.obstacle is Obstacle.MISSING


def test_what_is_too_large_is_not_fetched(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST", len(PDF))
    with pytest.raises(SourceError) as caught:
        read(memory, "a.PDF")
    assert caught.value.obstacle is Obstacle.TOO_LARGE


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Lists its folders and gives only whole files, but parts of those called "parts"."""

    def do_GET(self) -> None:
        if self.path.startswith("/broken"):
            self.send_error(500)
            return
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked or "parts" not in self.path:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        part = data[int(asked[1]) : int(asked[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Content-Range", f"bytes {asked[1]}-{asked[2]}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)

    def do_HEAD(self) -> None:
        if self.path.startswith("/broken"):
            self.send_error(500)
        else:
            super().do_HEAD()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A web server."""
    pytest.importorskip("aiohttp")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        thread.join()


def test_a_web_servers_folder(server: str, tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", "b/för.pdf", "c.txt")
    assert seen(server) == ["a.pdf", "b/f%C3%B6r.pdf"]
    sources = [one for one in found(server) if isinstance(one, Source)]
    assert [one.size for one in sources] == [len(PDF) + 5, len(PDF) + 10]
    assert all(one.stamp for one in sources)
    assert read(server, "b/f%C3%B6r.pdf") == PDF + "b/för.pdf".encode()
    assert seen(server + "/b/") == ["f%C3%B6r.pdf"]


def test_one_file_of_a_web_server(server: str, tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    url = server + "/a.pdf?key=secret"
    assert seen(url) == ["a.pdf"]
    assert read(url, "a.pdf") == PDF + b"a.pdf"
    assert title(url) == server + "/a.pdf"


def test_a_large_file_of_a_web_server(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF + bytes(9 * 1024**2))
    assert read(server, "a.pdf") == PDF + bytes(9 * 1024**2)


def test_a_zip_of_a_server_that_gives_only_whole_files(server: str, tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"a.pdf": PDF})
    assert seen(server + "/a.zip") == ["a.zip: no-parts"]
    zipped(tmp_path / "parts.zip", {"b.pdf": bytes(9 * 1024**2)}, zipfile.ZIP_STORED)
    assert seen(server) == ["a.zip: no-parts", "parts.zip!b.pdf"]
    assert read(server, "parts.zip!b.pdf") == bytes(9 * 1024**2)


def test_a_server_that_refuses_or_is_not_there(server: str) -> None:
    with pytest.raises(SourceError) as caught:
        seen(server + "/none/")
    assert caught.value.obstacle is Obstacle.MISSING
    with pytest.raises(SourceError) as caught:
        seen("http://127.0.0.1:9/")
    assert caught.value.obstacle is Obstacle.UNREADABLE
    assert "127.0.0.1" in caught.value.detail


@pytest.mark.parametrize(
    ("url", "missing", "detail"),
    [
        ("s3://arkiv", "fsspec", "pip install 'granska[remote]' s3fs"),
        ("https://example.org/", "fsspec", "pip install 'granska[remote]' aiohttp"),
        ("s3://arkiv", "s3fs", "pip install s3fs"),
        ("az://arkiv", "adlfs", "pip install adlfs"),
        ("sftp://user:secret@host/arkiv", "paramiko", "pip install paramiko"),
    ],
)
def test_what_a_protocol_needs_is_named(
    monkeypatch: pytest.MonkeyPatch, url: str, missing: str, detail: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SourceError) as caught:
        seen(url)
    assert (caught.value.obstacle, caught.value.detail) == (Obstacle.NOT_INSTALLED, detail)


def test_a_protocol_that_nothing_speaks() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(SourceError) as caught:
        seen("gopher://host/arkiv")
    assert (caught.value.obstacle, caught.value.detail) == (Obstacle.PROTOCOL, "gopher")


def test_no_password_is_shown(server: str) -> None:
    secret = server.replace("://", "://user:secret@") + "/broken.pdf?key=secret"
    with pytest.raises(SourceError) as caught:
        seen(secret)
    assert caught.value.obstacle is Obstacle.UNREADABLE
    assert "500" in caught.value.detail
    assert "secret" not in caught.value.detail
    assert title("sftp://user:secret@host/arkiv?key=secret") == "sftp://host/arkiv"
    assert title("/home/user@host/arkiv") == "/home/user@host/arkiv"

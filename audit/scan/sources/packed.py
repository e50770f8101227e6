"""Reports inside a zip: listed, and unpacked one at a time.

Nothing is ever written under a member's name, so that "../../report.pdf" is a name like any other.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from audit.model import Obstacle, Skipped, Source, SourceError
from audit.scan.sources import names

LARGEST = 512 * 1024**2  # bytes of one report, unpacked or fetched
RATIO = 100  # unpacked to packed, for what is larger than SMALL: deflate reaches 1 032
SMALL = 16 * 1024**2  # bytes that do no harm, however well they were packed
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
ENCRYPTED = 0x1  # bits of a member's flags (APPNOTE 4.4.4)
UTF8 = 0x800

# What zipfile raises for bytes that are no zip, or that lie about what follows.
MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def members(file: IO[bytes], name: str) -> Iterator[Source | Skipped]:
    """The PDFs in the zip ``file``, in the order of their names; ``name`` is the zip's."""
    try:
        with zipfile.ZipFile(file) as packed:
            infos = packed.infolist()
    except MALFORMED as error:
        yield Skipped(name, Obstacle.DAMAGED, str(error))
        return
    before = ""
    for member, info in sorted(((member_name(info), info) for info in infos), key=_by_name):
        folder = member.endswith("/")
        if folder or names.hidden(member) or names.suffix(member) not in names.READ:
            continue
        whole = names.inside(name, names.spelled(member))
        if member == before:
            yield Skipped(whole, Obstacle.DOUBLE)
        elif skipped := _obstacle(member, info):
            yield Skipped(whole, *skipped)
        else:  # the checksum stands for the content, so that a zip that grows is not read anew
            stamp = f"{info.CRC:08x} {'-'.join(map(str, info.date_time))}"
            yield Source(whole, info.file_size, stamp)
        before = member


def _by_name(member: tuple[str, zipfile.ZipInfo]) -> tuple[str, int]:
    """The last of two by one name first: it is the one that programs unpack."""
    return member[0], -member[1].header_offset


def _obstacle(member: str, info: zipfile.ZipInfo) -> tuple[Obstacle, str] | None:
    if names.suffix(member) == names.ZIP:
        return Obstacle.NESTED, ""
    if info.flag_bits & ENCRYPTED:
        return Obstacle.ENCRYPTED, ""
    if info.compress_type not in METHODS:
        return Obstacle.METHOD, str(info.compress_type)
    if info.file_size > LARGEST:
        return Obstacle.TOO_LARGE, str(info.file_size)
    if info.file_size > max(SMALL, RATIO * info.compress_size):
        return Obstacle.BOMB, str(info.file_size)
    return None


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's path with slashes. A name that is not marked as UTF-8 is code page 437 by the
    standard, but macOS writes UTF-8 all the same; what decodes as that is that."""
    name = info.filename
    if not info.flag_bits & UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


@contextmanager
def opened(file: IO[bytes], member: str) -> Iterator[IO[bytes]]:
    """The content of ``member`` (a path with slashes) of the zip ``file``.

    Raises SourceError, also while it is read: never more comes than the zip says, and what does
    not fit its checksum is damaged.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            same = [info for info in packed.infolist() if member_name(info) == member]
            if not same:
                raise SourceError(Obstacle.MISSING)
            info = max(same, key=lambda info: info.header_offset)
            if skipped := _obstacle(member, info):
                raise SourceError(*skipped)
            with packed.open(info) as content:
                yield content
    except MALFORMED as error:
        raise SourceError(Obstacle.DAMAGED, str(error)) from error

"""Hostile PDFs, and what they may do to the process that reads them. Light to load, for that is
timed."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path


def loop(*_: object) -> None:
    while True:
        pass


def eat(*_: object) -> None:
    bytearray(4 * 1024**3)


def crash(*_: object) -> None:
    os.abort()


def rest(*_: object) -> None:
    time.sleep(60)


FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
TEXT = b"BT /F 9 Tf 9 9 Td (1) Tj ET\n"


def bomb(path: Path) -> None:
    """A page of 200 KB that unpacks to millions of pieces of text."""
    packed = zlib.compress(TEXT * 3_000_000, 9)
    _write(path, FONT, [_stream(b"/Filter/FlateDecode", packed)])


def laughs(path: Path) -> None:
    """A page that draws a form that draws another one thirty times, and so on."""
    forms = [
        _stream(_form(b"<</XObject<</X %d 0 R>>>>" % (6 + level)), b"/X Do\n" * 30)
        for level in range(9)
    ]
    resources = b"<</XObject<</X 5 0 R>>>>"
    _write(path, resources, [_stream(b"", b"/X Do"), *forms, _stream(_form(FONT), TEXT)])


def _form(resources: bytes) -> bytes:
    return b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + resources


def _stream(entries: bytes, content: bytes) -> bytes:
    head = b"<<%s/Length %d>>stream\n" % (entries, len(content))
    return head + content + b"\nendstream"


def _write(path: Path, resources: bytes, others: Sequence[bytes]) -> None:
    """A PDF of one page whose content is the first of the other objects, number 4."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources%s>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % resources,
        *others,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, one)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    written += b"trailer<</Size %d/Root 1 0 R>>startxref %d\n%%%%EOF" % (size, start)
    path.write_bytes(written)

"""File names as text that JSON, databases and Parquet can hold, and back again."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

PDF = ".pdf"
ZIP = ".zip"
INSIDE = "!"  # between a zip and its member
READ = frozenset({PDF, ZIP})

# A lone surrogate is a byte that was no UTF-8 (PEP 383) or half a character (Windows); a NUL is
# what PostgreSQL refuses; a "!" after ".zip" would pass for INSIDE.
_TO_ESCAPE = re.compile(r"[\\\0\ud800-\udfff]|(?<=\.zip)!", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_PARTED = re.compile(r"(.*?\.zip)!(.*)", re.IGNORECASE | re.DOTALL)


def spelled(name: str) -> str:
    """``name`` with what is no text spelled by its code: "f\\udcf6r" for a Latin-1 "för"."""
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", name)


def original(name: str) -> str:
    """The file name that ``spelled`` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


def inside(packed: str, member: str) -> str:
    """The name of a zip's member; ``packed`` is the zip's, both spelled."""
    return packed + INSIDE + member


def parted(name: str) -> tuple[str, str]:
    """A spelled name as the file that is opened and the member in it, "" for a plain file."""
    found = _PARTED.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def suffix(name: str) -> str:
    """ ".pdf" for "REPORT.PDF"."""
    return PurePosixPath(name).suffix.lower()


def hidden(name: str) -> bool:
    """Whether any part of a path is hidden, or something that a program left: "~$report.pdf"."""
    parts = name.split("/")
    return any(
        (
            part.startswith(("~$", "."))  # ".DS_Store", "._report.pdf", ".~lock.report.pdf#"
            and part not in {".", ".."}
        )
        or part in {"__MACOSX", "$RECYCLE.BIN"}
        for part in parts
    )

"""What ``granska scan`` shows of an archive: the summary, and the files that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.language import Words

if TYPE_CHECKING:
    from audit.model import Archive
    from audit.store.store import Store


def show(archive: Archive, words: Words, no_color: bool) -> None:
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.archive.summary import render  # noqa: PLC0415

    console = screen(no_color)
    console.print(render(archive, words, console.width))


def write_all(archive: Archive, store: Store, outputs: Sequence[Path], words: Words) -> bool:
    """Writes each of ``outputs``; False where one could not be written. Raises StoreError."""
    from audit.cli.auditing import write  # noqa: PLC0415
    from audit.scan.archive import with_courses  # noqa: PLC0415

    if not outputs:
        return True
    whole = with_courses(archive, store)
    written = [write(path, _content(path.suffix.lower(), whole, words), words) for path in outputs]
    return all(written)


def _content(suffix: str, archive: Archive, words: Words) -> str | bytes:
    if suffix == ".html":
        from audit.output.archive.page import archive_html  # noqa: PLC0415

        return archive_html(archive, words)
    if suffix == ".xlsx":
        from audit.output.archive.workbook import archive_xlsx  # noqa: PLC0415

        return archive_xlsx(archive, words)
    from audit.output.archive.document import archive_json  # noqa: PLC0415

    return archive_json(archive, words)

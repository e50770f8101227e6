"""What a scan remembers: reports, their figures, what was compared and found, in a database.

Nothing here loads SQLAlchemy before a store is opened: workers only encode.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audit.store.errors import StoreError, UnkeptError

if TYPE_CHECKING:
    from audit.store.store import Store

__all__ = ["StoreError", "UnkeptError", "opened"]


@contextmanager
def opened(location: str | Path, archive: str | None = "", create: bool = True) -> Iterator[Store]:
    """The store at ``location``, a file (SQLite) or the address of a PostgreSQL database, made or
    brought up to date where that is needed; closed at the end.

    ``archive`` names the archive whose files it is asked about, for one store may hold several;
    None is all of them, to be looked at.
    ``create`` says whether a store that is not there is made.

    Raises StoreError, now or from any use of the store, with a sentence that says what to do.
    """
    from audit.store.opening import connected  # noqa: PLC0415 - loads SQLAlchemy
    from audit.store.store import Store  # noqa: PLC0415

    engine, name = connected(location, create)
    try:
        yield Store(engine, name, archive)
    finally:
        engine.dispose()

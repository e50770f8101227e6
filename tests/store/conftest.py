"""A store to keep things in, of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.store import opened
from audit.store.store import Store
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a file, a database."""
    if request.param == "sqlite":
        return str(tmp_path / "granska.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database(tmp_path.name)


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    with opened(location) as store:
        yield store

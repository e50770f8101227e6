"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.postgres import Server

# A busy machine is no fault of the code: workbooks and PDFs take longer than Hypothesis's 200 ms.
settings.register_profile("granska", deadline=None)
settings.load_profile("granska")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One PostgreSQL for all tests; each makes a database of its own."""
    from tests import postgres  # noqa: PLC0415 - psycopg is an extra

    installed = postgres.programs()
    if installed is None:
        pytest.skip("no PostgreSQL server (initdb) is installed here: apt install postgresql")
    with postgres.running(installed) as server:
        yield server

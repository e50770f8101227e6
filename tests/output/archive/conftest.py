"""One archive for all the tests here: making it takes seconds."""

from __future__ import annotations

import pytest

from audit.model import Archive
from tests import archives


@pytest.fixture(scope="session")
def archive() -> Archive:
    return archives.archive()

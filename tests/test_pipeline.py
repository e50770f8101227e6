"""The way through: which status a report ends with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from audit.model import Status
from audit.pipeline import audit


def test_tables_that_are_pictures_need_an_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no engine is installed there
    Image.new("L", (800, 1000), 255).save(tmp_path / "a.pdf", "PDF", resolution=100)
    assert audit(tmp_path / "a.pdf", (), None).status is Status.NEEDS_OCR

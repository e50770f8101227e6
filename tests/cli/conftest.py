"""Commands run in this process, with reports built by hand where the readers would stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit import runner
from audit.cli import main
from audit.model import AuditedReport

Granska = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def granska() -> Granska:
    """Runs the command line and gives its result."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments])

    return run


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file that looks like a PDF from outside."""
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    return path


@pytest.fixture
def gives(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``gives(report, …)``: what the audit of the readable paths is to result in, in order."""

    def give(*audits: AuditedReport) -> None:
        def run(paths: Sequence[Path], *_: Any) -> Iterator[AuditedReport]:
            assert len(paths) == len(audits)
            yield from audits

        monkeypatch.setattr(runner, "run", run)

    return give

"""Workers with limits: what one report does costs only itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.model import Rule, Severity, Status
from audit.runner import apart, run

SAMPLE = Path(__file__).parents[1] / "samples" / "linkoping-ks-2021-08" / "report.pdf"
NONE = frozenset({1})


def test_reports_come_back_in_the_order_asked_for(tmp_path: Path) -> None:
    missing = tmp_path / "none.pdf"
    audits = list(run([SAMPLE, missing, SAMPLE], [], NONE, 2, 60))
    assert [Path(audited.path) for audited in audits] == [SAMPLE, missing, SAMPLE]
    assert [audited.status for audited in audits] == [
        Status.NO_TABLES,
        Status.FAILED,
        Status.NO_TABLES,
    ]


def test_a_report_that_takes_too_long_is_given_up() -> None:
    (audited,) = run([SAMPLE], [], None, 1, 0.01)
    assert audited.status is Status.TIMEOUT
    assert audited.detail == "0.01"


def test_a_fault_of_the_program_is_told_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    broken = Rule("SUM999", "footing", Severity.ERROR, {}, {}, {"kind": "odd"}, "", (), "", "x")
    (audited,) = run([SAMPLE], [broken], None, 1, 60)
    assert audited.status is Status.FAILED
    assert audited.detail.startswith("ValueError: ")
    assert "Traceback" not in capfd.readouterr().err


def test_work_apart_comes_back_whole() -> None:
    assert apart(bytes, ((1, 2, 3),), 60) == b"\x01\x02\x03"


@pytest.mark.parametrize(("work", "arguments"), [(bytes, ("no number",)), (os._exit, (3,))])
def test_work_apart_that_fails_is_nothing(
    work: Callable[..., bytes],
    arguments: tuple[object, ...],
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert apart(work, arguments, 60) is None
    assert "Traceback" not in capfd.readouterr().err


def test_work_apart_that_takes_too_long_is_ended() -> None:
    assert apart(time.sleep, (600,), 0.01) is None

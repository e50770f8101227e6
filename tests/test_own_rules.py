"""The examples of docs/own-rules.md, run as they stand."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from audit import rulebook
from audit.model import Observation
from audit.normalise import normalise
from audit.pipeline import examine
from tests.checks.support import money
from tests.tables import document

GUIDE = (Path(__file__).parents[1] / "docs" / "own-rules.md").read_text("utf-8")


def test_a_page_of_one_s_own(tmp_path: Path) -> None:
    page = GUIDE[GUIDE.index("# OWN101") : GUIDE.index("\n```\n\n`granska explain OWN101")]
    (tmp_path / "OWN101.md").write_text(page + "\n", "utf-8")
    (own,) = [rule for rule in rulebook.load([tmp_path]) if rule.code == "OWN101"]
    rows = "\n".join("|".join(("", *row, "")) for row in own.examples[0].rows)
    found = examine(normalise(document(money(rows))), [own])
    assert sum(not one.holds for one in found if not isinstance(one, Observation)) == 1


def test_a_check_of_one_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = GUIDE[GUIDE.index("# our_checks.py") :].partition("\n```")[0]
    (tmp_path / "our_checks.py").write_text(code + "\n", "utf-8")
    points = re.search(r"^round-totals = \"(.+)\"$", GUIDE, re.MULTILINE)
    assert points is not None
    info = tmp_path / "our_checks-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-checks\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[audit.checks]\nround-totals = {points[1]}\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    rulebook._others.cache_clear()
    try:
        check = rulebook.check("round-totals")
        assert check is not None
        own = next(rule for rule in rulebook.load(()) if rule.code == "SUM101")
        rows = "| Belopp i tkr | Utfall |\n| Förskola | 1 400 |\n| Skola | 600 |\n| Summa | 2 000 |"
        (seen,) = check(normalise(document(money(rows))), own)
    finally:
        rulebook._others.cache_clear()
        sys.modules.pop("our_checks", None)
    assert isinstance(seen, Observation)
    assert seen.details == {"row": "Summa"}

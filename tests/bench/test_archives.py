from __future__ import annotations

import hashlib
from pathlib import Path

from audit import check
from tests.bench.archives import make


def test_every_report_is_one_of_its_own(tmp_path: Path) -> None:
    paths = make(tmp_path, 80)
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in paths}) == 80
    assert len({path.parent for path in paths}) > 1
    assert make(tmp_path, 80) == paths
    first, other = (path for path in paths if path.name == "socialnamnden-2023-08.pdf")
    for path in (first, other):
        audited = check(path)
        assert audited.report is not None
        assert audited.report.organisation == f"Socialnämnden, {path.parent.name} kommun"
        assert audited.tally.tested > 10
        assert audited.findings == ()

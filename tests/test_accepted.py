"""Accepted findings: the file, and what it makes of what was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audit import judge, rulebook
from audit.accepted import AcceptedError, added, carried, load, meant
from audit.model import AuditedReport, Decision, Status
from audit.normalise import normalise
from audit.pipeline import compare
from tests.tables import document, table

RULES = rulebook.load(())
TEXT = """
| Verksamhet | Utfall 2021 | Budget 2021 | Utfall 2020 |
| Förskola   | 41,2        | 42,0        | 40,1        |
| Grundskola | 88,3        | 87,5        | 85,9        |
| Fritidshem | 12,4        | 12,9        | 12,3        |
| Summa      | {total}     | 142,4       | 138,3       |
"""


def audit(total: str, page: int = 1) -> AuditedReport:
    report = normalise(document(table(TEXT.format(total=total), unit="mnkr", page=page)))
    comparisons = compare(report, RULES)
    found = judge.judge(report, comparisons, {rule.code: rule for rule in RULES}, {})
    return AuditedReport("report.pdf", Status.AUDITED, report, tuple(comparisons), found)


def decision(audited: AuditedReport) -> Decision:
    (one,) = audited.findings
    day = dt.date(2026, 11, 24)
    return Decision(one.fingerprint, one.rule.code, one.concept, "Känt", "revisor", day)


def test_a_new_version_keeps_what_was_accepted() -> None:
    known = decision(audit("149,1"))
    moved, lapsed = carried(audit("149,1", page=7), [known])
    assert [one.accepted for one in moved.findings] == [known]
    assert lapsed == ()


def test_other_figures_come_back() -> None:
    changed, (lapsed,) = carried(audit("159,1"), [decision(audit("149,1"))])
    assert [one.accepted for one in changed.findings] == [None]
    assert lapsed.changed


def test_what_is_right_now_is_said_to_be_gone() -> None:
    clean, (lapsed,) = carried(audit("141,9"), [decision(audit("149,1"))])
    assert clean.findings == ()
    assert not lapsed.changed


def test_the_file_keeps_what_its_keepers_wrote(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    known = decision(audit("149,1"))
    path.write_text("# Our decisions\n" + added(path, [known]), "utf-8")
    more = replace(known, fingerprint="0" * 12)
    path.write_text(added(path, [more]), "utf-8")
    assert load(path) == (known, more)
    assert path.read_text("utf-8").startswith("# Our decisions\n")


@pytest.mark.parametrize(
    "text",
    [
        "[[accepted]\n",
        "accepted = 3\n",
        "accepted = [3]\n",
        '[[accepted]]\nreason = "x"\n',
        "[[accepted]]\n",
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(AcceptedError, match=r"accepted\.toml"):
        load(path)


def test_the_first_digits_are_enough() -> None:
    (one,) = audit("149,1").findings
    assert meant(one.fingerprint[:4], [one]) == one
    other = replace(one, fingerprint=one.fingerprint[:4] + "zzzzzzzz")
    with pytest.raises(AcceptedError, match="several"):
        meant(one.fingerprint[:4], [one, other])
    with pytest.raises(AcceptedError, match="No finding"):
        meant("zzzz", [one])

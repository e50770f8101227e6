"""The archive as JSON, and that its page in docs says what it holds."""

from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import audit
from audit.language import translation
from audit.model import Archive, Observation, Origin
from audit.output.archive.document import archive_json

ORIGIN = Origin("", "Socialnämnden", "årsredovisning", None)
PAGE = Path(audit.__file__).parents[1] / "docs" / "archive.md"


@pytest.fixture(scope="module")
def said(archive: Archive) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive_json(archive, translation("sv")))
    return found


def test_every_list_is_whole(archive: Archive, said: dict[str, Any]) -> None:
    assert [one["sha256"] for one in said["reports"]] == [one.sha256 for one in archive.entries]
    assert len(said["findings"]) == len(list(archive.findings))
    assert len(said["courses"]) == len(archive.courses)
    assert len(said["forecasts"]) == len(archive.forecasts)
    assert said["granska"]["schema"] == 1


def test_a_name_that_is_no_text_is_kept(archive: Archive) -> None:
    name = 'nämnd/\udcff"\n\u202e.pdf'
    odd = dataclasses.replace(archive.entries[0], names=(name,))
    text = archive_json(Archive("arkiv\udcff", (odd,)), translation("sv"))
    assert json.loads(text.encode())["reports"][0]["files"] == [name]


def test_what_is_observed_across_reports_names_the_other(archive: Archive) -> None:
    report, other = (one.sha256 for one in archive.entries[:2])
    _, arc = list(archive.findings)[1]
    seen = Observation("ARC708", "x", against=dataclasses.replace(ORIGIN, sha256=other))
    findings = [(report, dataclasses.replace(arc, subject=seen))]
    text = archive_json(dataclasses.replace(archive, findings=findings), translation("sv"))
    (one,) = json.loads(text)["findings"]
    assert (one["report"], one["against"]["sha256"]) == (report, other)


def test_amounts_are_exact_strings(archive: Archive, said: dict[str, Any]) -> None:
    for one, written in zip(archive.forecasts, said["forecasts"], strict=True):
        assert Decimal(written["deviation_kronor"]) == one.outturn - one.forecast
        assert Decimal(written["better_kronor"]) == one.better
        assert "E" not in written["forecast_kronor"]
    point = said["courses"][0]["points"][0]
    assert (point["value"], point["unit"]) == ("812400", "tkr")


def test_reports_that_were_not_read_say_why(said: dict[str, Any]) -> None:
    reasons = {one["status"]: one["reason"] for one in said["reports"]}
    assert reasons["audited"] is None
    assert "lösenord" in reasons["encrypted"]
    assert "--timeout" in reasons["timeout"]


@pytest.mark.parametrize("part", ["reports", "courses", "forecasts"])
def test_each_member_is_documented(said: dict[str, Any], part: str) -> None:
    (section,) = re.findall(
        rf"^## `{part}`\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.S | re.M
    )
    told = set(re.findall(r"`(\w+)`", section))
    members = set(said[part][0])
    if part == "courses":
        members |= set(said[part][0]["points"][0])
    assert members <= told
    tables = re.findall(r"^\| (`.*?) \|", section, re.M)
    assert {name for row in tables for name in re.findall(r"`(\w+)`", row)} <= members

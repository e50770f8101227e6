"""What is shown of an archive, out of a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import rulebook, store
from audit.model import AuditedReport, Edition, Source
from audit.scan.archive import archive, with_courses
from audit.store import codec
from audit.store.store import Store
from tests import archives

EDITION = Edition("1", "a")
RULES = {rule.code: rule for rule in rulebook.load(())}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    with store.opened(tmp_path / "granska.db") as opened:
        yield opened


def keep(into: Store, done: AuditedReport) -> None:
    assert done.report is not None
    record = codec.record(done.report.document.sha256, done)
    into.keep(Source(done.path, 1, "1"), record, EDITION)


def board(name: str) -> list[AuditedReport]:
    size = archives.BOARDS[name]
    return [archives.audited(read) for read in archives.board_reports(name, size)]


def test_a_store_shows_what_its_reports_say(kept: Store) -> None:
    done = board("Socialnämnden")
    for one in done:
        keep(kept, one)
    shown = with_courses(archive(kept, "/srv/rapporter/arkiv", RULES), kept)
    assert shown.title == "arkiv"
    assert [one.names for one in shown.entries] == [(one.path,) for one in done]  # by period
    figures = {archives.digest(one.path): list(archives.printed(one)) for one in done}
    courses, forecasts = archives.through_years(
        [("Socialnämnden, Storå kommun", [archives.entry(one) for one in done])],
        lambda reports: [figure for sha in reports for figure in figures[sha]],
    )
    assert shown.courses == courses
    assert shown.forecasts == forecasts
    assert len(forecasts) == 8


def test_findings_are_walked_as_often_as_they_are_asked_for(kept: Store) -> None:
    wrong = archives.audited(archives.misprinted())
    keep(kept, wrong)
    shown = archive(kept, "arkiv", RULES)
    assert [finding.rule.code for _, finding in shown.findings] == ["SUM101"]
    assert list(shown.findings) == list(shown.findings)


def test_a_body_has_one_name_however_its_reports_spell_it(kept: Store) -> None:
    rows = "| Verksamhet | Bokslut {year} |\n| Verksamhetens nettokostnader | {value} |"
    spellings = {2021: "Socialnämnden, Storå kommun", 2022: "Storå kommuns socialnämnd"}
    for year, name in spellings.items():
        part = (f"Bokslut {year}", rows.format(year=year, value=year))
        read = archives.report(f"{year}.pdf", f"Årsredovisning {year}", name, part)
        keep(kept, archives.audited(read))
    shown = with_courses(archive(kept, "arkiv", RULES), kept)
    assert len(set(shown.bodies.values())) == 1
    (course,) = shown.courses
    assert [at.period.end.year for at in course.points] == [2021, 2022]

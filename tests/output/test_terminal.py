"""What an auditor sees, on consoles of fixed width."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from audit.language import NO_BREAK_SPACE, translation
from audit.model import AuditedReport, Coverage, Reading, Status, Tally
from audit.output.brief import brief
from audit.output.terminal import closing, render, render_all
from tests import reports

GOLDEN = Path(__file__).parent / "golden"


def shown(what: RenderableType, width: int, color: bool = False) -> str:
    """What a terminal of that width gets."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="256" if color else None,
        highlight=False,
    )
    console.print(what)
    return out.getvalue()


def report_text(audited: AuditedReport, width: int, language: str = "sv") -> str:
    return shown(render(audited, translation(language), width), width)


@pytest.mark.parametrize(("width", "language"), [(80, "sv"), (160, "sv"), (80, "en")])
def test_the_whole_picture(width: int, language: str) -> None:
    """On a mismatch look at the new picture; if it is the better one, it becomes the golden."""
    golden = GOLDEN / f"linkoping-{language}-{width}.txt"
    text = report_text(reports.linkoping(), width, language)
    assert text.replace(NO_BREAK_SPACE, " ") == golden.read_text("utf-8")


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, verbose: bool) -> None:
    rendered = render(reports.linkoping(), translation("sv"), width, verbose)
    assert not [line for line in shown(rendered, width=300).splitlines() if len(line) > width]


def test_no_number_is_broken_over_two_lines() -> None:
    for width in range(60, 120, 7):
        text = report_text(reports.linkoping(), width)
        assert f"356{NO_BREAK_SPACE}658" in text
        assert not any(line.endswith(NO_BREAK_SPACE) for line in text.splitlines())


def test_a_pipe_gets_no_colour_and_a_terminal_does() -> None:
    rendered = render(reports.linkoping(), translation("sv"), 80)
    assert "\x1b" not in shown(rendered, 80)
    assert "\x1b" in shown(rendered, 80, color=True)


def test_colours_vanish_on_no_ground() -> None:
    text = shown(render(reports.linkoping(), translation("sv"), 80), 80, color=True)
    for faint in ("\x1b[33m", "\x1b[93m", "\x1b[37m", "\x1b[97m", "\x1b[30m", "\x1b[34m"):
        assert faint not in text


def test_the_suspect_is_pointed_at() -> None:
    lines = report_text(reports.linkoping(), 80).splitlines()
    marks = [index for index, line in enumerate(lines) if set(line.strip()) == {"^"}]
    pointed = [
        lines[index - 1][lines[index].index("^") : lines[index].rindex("^") + 1] for index in marks
    ]
    assert pointed == ["153 510", "18 936", "156 362", "605 741", "354 881", "-363 126"]


def test_markup_and_control_characters_are_text() -> None:
    audited = reports.linkoping()
    report = audited.report
    assert report is not None
    hostile = dataclasses.replace(report, organisation="[red]Nämnd[/red]\x1b[2J\u202e {0}")
    text = report_text(dataclasses.replace(audited, report=hostile), 80)
    assert "[red]Nämnd[/red][2J {0}" in text


def test_a_clean_report_is_one_quiet_panel() -> None:
    text = report_text(reports.clean(), 80)
    assert "1 samband  1 stämmer" in text.replace(NO_BREAK_SPACE, " ")
    assert "explain" not in text
    assert len(text.splitlines()) == 8


def test_a_report_without_tables_says_so() -> None:
    text = report_text(reports.without_tables(), 80)
    assert "Ingen tabell med tal hittades" in text
    assert "stämmer" not in text


def test_undecided_and_rounded_relations_are_listed_when_asked_for() -> None:
    rendered = render(reports.linkoping(), translation("en"), 100, verbose=True)
    text = shown(rendered, 100)
    assert "Undecided\n  SUM102 Kommunstyrelsen, Utfall (page 4): too few rows" in text
    assert "DEV201  2 differ" in text.replace(NO_BREAK_SPACE, " ")


def test_several_reports_stand_worst_first() -> None:
    audits = [reports.clean(), reports.without_tables(), reports.linkoping(), reports.unreadable()]
    text = shown(render_all(audits, translation("sv"), 80), 80)
    heads = [line.split()[:2] for line in text.splitlines() if line[:3] in {" ? ", " ✗ ", " ✓ "}]
    assert [path for _, path in heads[:4]] == [
        "encrypted.pdf",
        "samples/linkoping-ks-2021-08/report.pdf",
        "prose.pdf",
        "clean.pdf",
    ]
    assert heads[2][0] == "?"


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.AUDITED])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_status_says_why_and_what_to_do(status: Status, language: str) -> None:
    text = report_text(reports.unreadable(status), 80, language)
    assert text.startswith(f"{status}.pdf: ")
    assert text.rstrip().endswith((".", ")"))


def test_readings_that_nobody_confirmed_are_counted() -> None:
    audited = reports.linkoping()
    findings = tuple(
        dataclasses.replace(finding, reading=Reading.CONFIRMED) for finding in audited.findings
    )
    agreed = report_text(dataclasses.replace(audited, findings=findings), 80)
    assert "två läsare är eniga om alla tal i fynden" in agreed
    assert "Ingen andra läsare" not in agreed
    assert "1 obekräftat" in report_text(audited, 80).replace(NO_BREAK_SPACE, " ")


def uncovered(titles: dict[str, int], verbose: bool = False) -> str:
    """The line of what was not covered, for tables of these titles."""
    grids = tuple(
        reports.grid(f"p{page}t1", page, title, "| | A |\n| a | 1 |")
        for page, title in enumerate(titles, start=1)
    )
    report = reports.clean().report
    assert report is not None
    audited = dataclasses.replace(
        reports.clean(),
        report=dataclasses.replace(report, grids=grids),
        coverage={
            grid.table.id: Coverage(uncovered=n)
            for grid, n in zip(grids, titles.values(), strict=True)
        },
    )
    text = shown(render(audited, translation("sv"), 300, verbose), 300).replace(NO_BREAK_SPACE, " ")
    return next(one for one in text.splitlines() if one.startswith("Ej prövat"))


def test_what_was_not_covered_is_named_once_for_titles_that_begin_alike() -> None:
    titles = {"Mål: Hållbar ekonomi": 6, "Personal": 9, "Mål: God miljö": 20, "Resultat 2021": 1}
    assert uncovered(titles) == "Ej prövat: 36 tal (Mål 26, Personal 9, Resultat 2021: 1)"
    assert uncovered(titles, verbose=True) == (
        "Ej prövat: 36 tal (Mål 26: God miljö 20, Hållbar ekonomi 6; Personal 9; Resultat 2021: 1)"
    )
    assert uncovered({"Mål: Hållbar ekonomi": 6, "Målvärden": 0}) == (
        "Ej prövat: 6 tal (Mål: Hållbar ekonomi 6)"
    )
    many = {f"Tabell {name}": 2 for name in "ABCDEF"}
    assert uncovered(many).endswith("Tabell D 2, 2 tabeller till)")


def test_the_panel_joins_findings_with_the_relations_that_differ() -> None:
    audited = dataclasses.replace(reports.linkoping(), tally=Tally(agrees=398, differs=5))
    assert "4 om de 5 som inte stämmer (en orsak kan förklara flera) · 1 om annat" in (
        report_text(audited, 100).replace(NO_BREAK_SPACE, " ")
    )
    same = dataclasses.replace(audited, tally=Tally(agrees=398, differs=4))
    assert "4 om det som inte stämmer · 1 om annat" in (
        report_text(same, 100).replace(NO_BREAK_SPACE, " ")
    )
    plain = reports.with_findings(same, audited.findings[:4])
    assert " om " not in report_text(plain, 100).split("╰")[0]


def test_the_closing_line() -> None:
    words = translation("en")
    said = closing([reports.linkoping()], 1, words).plain.replace(NO_BREAK_SPACE, " ")
    assert said == "3 errors · 1 warning · 1 note · exit 1"
    assert closing([reports.clean()], 0, words).plain == "no findings · exit 0"


def test_brief_is_one_line_a_finding() -> None:
    lines = brief(reports.linkoping(), translation("en"))
    assert len(lines) == 5
    assert lines[0].startswith("samples/linkoping-ks-2021-08/report.pdf:5: ✗ SUM104 ")
    assert brief(reports.clean(), translation("en")) == [
        "clean.pdf: 1 relation tested, no findings"
    ]

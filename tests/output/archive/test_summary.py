"""What a scan ends with, on consoles of fixed width."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from rich.console import Console

from audit.language import NO_BREAK_SPACE, translation
from audit.model import Archive, Status
from audit.output.archive.summary import FIRST, MOST_FILES, render
from tests import archives

GOLDEN = Path(__file__).parent / "golden"


def shown(archive: Archive, width: int, language: str = "sv") -> str:
    out = io.StringIO()
    console = Console(file=out, width=max(width, 300), highlight=False, markup=False, emoji=False)
    console.print(render(archive, translation(language), width))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


@pytest.mark.parametrize(("width", "language"), [(80, "sv"), (160, "sv"), (80, "en"), (160, "en")])
def test_the_whole_picture(archive: Archive, width: int, language: str) -> None:
    """On a mismatch look at the new picture; if it is the better one, it becomes the golden."""
    golden = (GOLDEN / f"archive-{language}-{width}.txt").read_text("utf-8")
    assert shown(archive, width, language).replace(NO_BREAK_SPACE, " ") == golden


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_line_is_wider_than_the_terminal(archive: Archive, width: int, language: str) -> None:
    lines = shown(archive, width, language).splitlines()
    assert not [line for line in lines if len(line) > width]


def test_the_worst_report_stands_first_and_says_why(archive: Archive) -> None:
    names = ["nära/a.pdf", "värst/b.pdf", "varnad/c.pdf"]
    sample = archive.entries[0]
    counts = [{"errors": 2}, {"errors": 7}, {"warnings": 9}]
    entries = tuple(
        dataclasses.replace(sample, sha256=archives.digest(name), names=(name,), **count)
        for name, count in zip(names, counts, strict=True)
    )
    _, finding = next(iter(archive.findings))
    findings = [(archives.digest("värst/b.pdf"), finding)] * 7
    text = shown(dataclasses.replace(archive, entries=entries, findings=findings), 80)
    assert sorted(names, key=text.index) == ["värst/b.pdf", "nära/a.pdf", "varnad/c.pdf"]
    assert "SUM101 Summan stämmer inte med sina delar (7)" in text


def test_what_is_too_much_to_name_is_counted(archive: Archive) -> None:
    sample = archive.entries[0]
    wrong = [
        dataclasses.replace(sample, sha256=archives.digest(f"{n}"), names=(f"{n}.pdf",), errors=1)
        for n in range(FIRST + 4)
    ]
    unread = [archives.unread(f"låst{n}.pdf", Status.ENCRYPTED) for n in range(MOST_FILES + 2)]
    text = shown(Archive("arkiv", (*wrong, *unread)), 80)
    assert "… 4 rapporter till med fel eller varningar" in text
    assert f"{MOST_FILES + 2} rapporter: Filen är låst" in text
    assert "… 2 rapporter till" in text


def test_accepted_findings_are_counted_apart(archive: Archive) -> None:
    findings = [(sha, finding) for sha, finding in archive.findings if finding.accepted is not None]
    text = shown(dataclasses.replace(archive, findings=findings), 80)
    assert "Fynd efter regel" not in text
    assert f"1{NO_BREAK_SPACE}godtagen" in text


def test_words_of_reports_steer_no_terminal(archive: Archive) -> None:
    hostile = dataclasses.replace(
        archive.entries[0],
        organisation="Nämnden\x1b[31m\u202e",
        names=("a\x1b]0;x\x07.pdf",),
        errors=1,
    )
    text = shown(dataclasses.replace(archive, entries=(hostile,)), 80)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_an_archive_in_which_all_agrees_is_quiet(archive: Archive) -> None:
    good = tuple(one for one in archive.entries if one.status is Status.AUDITED and not one.errors)
    text = shown(Archive("arkiv", good), 80)
    assert "inga fynd" in text
    assert text.splitlines()[-1].startswith("╰")

"""How far a scan is, in words and as it is said on standard error."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from audit.cli import progress
from audit.cli.progress import follow, sentence, span
from audit.language import NO_BREAK_SPACE, translation
from audit.scan import Progress

ENGLISH, SWEDISH = translation("en"), translation("sv")


@pytest.mark.parametrize(
    ("step", "took", "said"),
    [
        (Progress(10), 0.0, "0 of 10 reports"),
        (
            Progress(1200, done=120, pages=360, findings=1),
            60.0,
            "120 of 1 200 reports · 6.0 pages a second · 1 finding · 9 min left",
        ),
        (Progress(10, done=10, pages=30), 10.0, "10 of 10 reports · 3.0 pages a second"),
        (Progress(10, done=9, known=9), 5.0, "9 of 10 reports"),
        (
            Progress(12, done=10, known=9, pages=2),
            5.0,
            "10 of 12 reports · 0.4 pages a second · 10 s left",
        ),
        (
            Progress(4, done=2, pages=9, findings=3, comparing=True),
            2.0,
            "2 of 4 pairs of reports compared · 3 findings · 2 s left",
        ),
    ],
)
def test_sentences(step: Progress, took: float, said: str) -> None:
    assert sentence(step, took, ENGLISH).replace(NO_BREAK_SPACE, " ") == said


def test_in_swedish() -> None:
    said = sentence(Progress(100, done=50, pages=50, findings=2), 100.0, SWEDISH)
    assert said == "50 av 100 rapporter · 0,5 sidor i sekunden · 2 fynd · 2 min kvar"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1.2, "1 s"), (89, "89 s"), (90, "2 min"), (7100, "118 min"), (7200, "2 h 0 min")],
)
def test_spans(seconds: float, said: str) -> None:
    assert span(seconds) == said


def steps() -> Iterator[Progress]:
    yield from (Progress(2, done=done, pages=done) for done in (0, 1, 2))
    yield from (Progress(3, done=done, comparing=True) for done in (0, 3))


def test_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    follow(steps(), ENGLISH, quiet=False)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" · ")[0] for line in err.splitlines()] == [
        "0 of 2 reports",
        "1 of 2 reports",
        "2 of 2 reports",
        "0 of 3 pairs of reports compared",
        "3 of 3 pairs of reports compared",
    ]


def test_no_more_than_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    follow(steps(), ENGLISH, quiet=False)
    assert capsys.readouterr() == ("", "")


def test_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    left = steps()
    follow(left, ENGLISH, quiet=True)
    assert list(left) == [], "the scan went through all the same"
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    console = Console(file=terminal, force_terminal=True, width=100, color_system=None)
    monkeypatch.setattr(progress, "messages", lambda: console)
    follow(steps(), ENGLISH, quiet=False)
    assert "━" in terminal.getvalue()
    assert "3 of 3 pairs of reports compared" in terminal.getvalue()
    assert capsys.readouterr() == ("", "")

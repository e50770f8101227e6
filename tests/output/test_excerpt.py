"""The part of a table that a finding shows."""

from __future__ import annotations

import dataclasses

from audit.model import Figure, Finding, Grid, Reading
from audit.output.excerpt import Excerpt, excerpts, suspects
from tests import reports


def only(finding: Finding, *grids: Grid) -> Excerpt:
    audited = reports.linkoping()
    assert audited.report is not None
    report = dataclasses.replace(audited.report, grids=grids or audited.report.grids)
    (shown,) = excerpts(finding, report)
    assert isinstance(shown, Excerpt)
    return shown


def test_a_row_stands_under_its_heading() -> None:
    shown = only(reports.linkoping().findings[0])
    assert shown.corner == "Verksamhetsstöd och service"
    assert shown.headers == ("Prognos helår", "Budget 2021", "Avvikelse")
    assert [spot.suspect for spot in shown.lines[0].spots] == [False, False, True]


def test_a_sum_shows_what_each_row_does() -> None:
    shown = only(reports.linkoping().findings[2])
    assert [(line.sign, line.label, line.level) for line in shown.lines] == [
        ("=", "Summa nettokostnader, tkr", 0),
        ("+", "varav kostnader", 1),
        ("−", "varav intäkter", 1),
    ]
    assert all(line.spots[0].suspect for line in shown.lines[1:])


def test_an_explained_relation_has_no_suspect() -> None:
    assert suspects(reports.linkoping().findings[4]) == ()


def test_a_long_sum_is_shortened_around_its_suspects() -> None:
    names = "\n".join(f"| Enhet {number} | {number} |" for number in range(1, 41))
    grid = reports.grid("p1t1", 1, "Lång", f"| Enhet | Utfall |\n{names}\n| Summa | 1 |")
    at = grid.figures
    terms: list[tuple[int, Figure, str]] = [
        (1, at[row, 1], at[row, 1].label) for row in range(1, 41)
    ]
    comparison = reports.equation("SUM101", at[41, 1], *terms)
    finding = Finding(
        reports.DEV201, reports.DEV201.severity, comparison, None, Reading.SINGLE, "f"
    )
    shown = only(finding, grid)
    assert len(shown.lines) <= 12
    assert shown.lines[-1].label == "Summa"
    assert shown.lines[-1].left_out + len(shown.lines) == 41

"""The second reader sees what stands on the page, however the page is turned or cut."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from audit.confirm import confirm, normal
from audit.extract import read
from audit.model import Basis, Comparison, Reading, Term
from audit.normalise import TabularReport, normalise
from tests.extract.pages import RULED, set_typst, shown, typst_table, write_pdf

ROWS = [
    ["Post", "Utfall 2021", "Budget 2021"],
    ["Lager", "1 200", "-1 100"],
    ["Kassa", "300", "250"],
    ["Summa", "1 600", "-850"],
]


def _drawn(left: float, top: float) -> str:
    return "".join(
        shown(text, left + 120 * column, top - 20 * row)
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
    )


def _turned(top: float) -> str:
    return "".join(
        f"BT /F1 10 Tf 0 1 -1 0 {top + 20 * row} {60 + 120 * column} Tm ({text}) Tj ET\n"
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
    )


def _sum(report: TabularReport, column: int) -> Comparison:
    """The stated sum of ``column`` beside its parts."""
    figures = report.grids[0].figures
    parts = tuple(Term(Decimal(1), figures[row, column], "") for row in (1, 2))
    total = sum((term.figure.amount.value for term in parts), Decimal(0))
    stated = figures[3, column]
    return Comparison("SUM101", stated, total, total, Decimal(0), parts, Basis(True, 1, 1))


PAGES = {
    "upright": (_drawn(60, 700), ""),
    "cropped": (_drawn(160, 600), "/CropBox [100 100 560 700]"),
    "turned by /Rotate": (_turned(100), "/Rotate 90"),
    "turned and cropped": (_turned(150), "/Rotate 90 /CropBox [100 20 500 700]"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_both_see_is_confirmed(tmp_path: Path, name: str) -> None:
    content, page = PAGES[name]
    path = write_pdf(tmp_path / "a.pdf", content, page=page)
    report = normalise(read(path))
    comparison = _sum(report, 1)
    assert not comparison.holds
    assert confirm(path, report, [comparison])[0].reading is Reading.CONFIRMED


def test_what_agrees_is_not_read_again(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", _drawn(60, 700))
    report = normalise(read(path))
    assert confirm(path, report, [_sum(report, 2)]) == {}


def test_a_footnote_mark_is_no_digit_for_either(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ["Summa", "1 600#super[4]", "-850"]]
    path = tmp_path / "a.pdf"
    report = normalise(set_typst(path, RULED + typst_table(rows)))
    assert confirm(path, report, [_sum(report, 1)])[0].reading is Reading.CONFIRMED


def test_other_digits_are_a_misreading_with_both_as_evidence(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", _drawn(60, 700))
    report = normalise(read(path))
    write_pdf(path, _drawn(60, 700).replace("1 600", "1 500"))
    confirmation = confirm(path, report, [_sum(report, 1)])[0]
    assert confirmation.reading is Reading.MISREAD
    assert list(confirmation.seen.values()) == ["1500"]


def test_what_the_second_does_not_see_is_unconfirmed(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", _drawn(60, 700))
    report = normalise(read(path))
    write_pdf(path, _drawn(60, 200))
    assert confirm(path, report, [_sum(report, 1)])[0].reading is Reading.UNCONFIRMED


def test_a_minus_of_any_kind_is_the_same() -> None:
    assert normal("\u2212 1\u00a0234") == normal("-1 234")

"""``granska export``: what stands in a store, written for other programs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from audit.model import Kinship, Pair
from audit.store import opened
from tests.store.support import FILE, LINKOPING, NOW, digest, record

Granska = Callable[..., Result]
FIGURES = sum(len(grid.figures) for grid in LINKOPING.report.grids) if LINKOPING.report else 0


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "granska.db"
    with opened(path, archive="somewhere") as store:
        store.keep(FILE, record(LINKOPING), NOW)
    return path


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_figures_are_what_is_written_where_nothing_is_said(granska: Granska, store: Path) -> None:
    out = store.with_name("x.csv")
    result = granska("export", store, "-o", out)
    assert (result.exit_code, result.output) == (0, "")
    found = lines(out)
    assert len(found) == FIGURES
    one = next(row for row in found if row["text"] == "-2 851")
    assert (one["label"], one["header"]) == ("Kommunstyrelsen", "Avvikelse")
    assert (one["value"], one["unit"], one["amount"]) == ("-2851", "tkr", "-2851000")
    assert (one["sha256"], one["report"]) == (digest(1), FILE.name)


def test_findings_say_what_check_says(
    granska: Granska, store: Path, gives: Callable[..., None], pdf: Path
) -> None:
    checked, exported = store.with_name("checked.csv"), store.with_name("exported.csv")
    gives(LINKOPING)
    granska("check", pdf, "-o", checked, "--lang", "sv")
    granska("export", store, "-o", exported, "--what", "findings", "--lang", "sv")
    shared = set(lines(checked)[0]) - {"path", "title"}
    for one, other in zip(lines(checked), lines(exported), strict=True):
        assert {name: one[name] for name in shared} == {name: other[name] for name in shared}


def test_comparisons_have_both_sides(granska: Granska, store: Path) -> None:
    out = store.with_name("x.csv")
    granska("export", store, "-o", out, "--what", "comparisons")
    found = lines(out)
    assert len(found) == len(LINKOPING.comparisons)
    for row, comparison in zip(found, LINKOPING.comparisons, strict=True):
        assert row["rule"] == comparison.rule
        if not comparison.undecided:
            difference = float(
                comparison.difference.scaleb(-comparison.stated.amount.unit.exponent)
            )
            assert float(row["difference"]) == difference


def test_what_was_found_against_an_earlier_report_names_it(granska: Granska, store: Path) -> None:
    with opened(store, archive="somewhere") as kept:
        kept.keep(type(FILE)("older.pdf", 1, "a"), record(LINKOPING, 2), NOW)
        pair = Pair(digest(2), digest(1), Kinship.PRECEDING)
        kept.relate([pair])
        kept.keep_across(pair, NOW, LINKOPING.comparisons[:1], ())
    out = store.with_name("x.csv")
    granska("export", store, "-o", out, "--what", "comparisons")
    (row,) = [row for row in lines(out) if row["against"]]
    assert (row["sha256"], row["against"], row["kinship"]) == (digest(1), digest(2), "preceding")


def test_a_workbook_has_everything(granska: Granska, store: Path) -> None:
    out = store.with_name("x.xlsx")
    assert granska("export", store, "-o", out, "--lang", "sv").exit_code == 0
    book = load_workbook(out)
    assert [sheet.title for sheet in book] == [
        "Tal", "Fynd", "Rapporter", "Jämförelser", "Tabeller",
    ]  # fmt: skip
    assert [sheet.max_row - 1 for sheet in book][:3] == [FIGURES, len(LINKOPING.findings), 1]


def test_parquet_is_read_by_pandas(granska: Granska, store: Path) -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd  # noqa: PLC0415

    out = store.with_name("x.parquet")
    assert granska("export", store, "-o", out).exit_code == 0
    frame = pd.read_parquet(out)
    assert len(frame) == FIGURES
    assert set(frame["unit"]) == {"tkr"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.db", "-o", "x.csv"], "there is no store"),
        (["granska.db", "-o", "x.json"], "the file's suffix must be one of .parquet, .csv, .xlsx"),
        (["granska.db"], "Missing option '-o'"),
        (["granska.db", "-o", "granska.csv/x.csv"], "could not be written"),
        (["mysql://host/x", "-o", "x.csv"], "a store is an SQLite file or a PostgreSQL database"),
    ],
)
def test_what_cannot_be_done(
    granska: Granska, store: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(store.parent)
    result = granska("export", *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert not Path("missing.db").exists()


def test_an_earlier_file_stays_where_the_store_fails(granska: Granska, store: Path) -> None:
    out = store.with_name("x.csv")
    out.write_text("before")
    with store.open("r+b") as file:
        file.truncate(store.stat().st_size // 3)
    result = granska("export", store, "-o", out)
    assert result.exit_code == 2
    assert "is damaged" in result.output
    assert out.read_text() == "before"
    assert sorted(path.name for path in store.parent.iterdir() if path.suffix == ".csv") == [
        "x.csv"
    ]

"""The three kinds of truth: cells as JSON, the XML of the ICDAR 2013 table competition, and what
the project's own samples say of themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.bench.shapes import BenchCell, BenchTable, Rectangle, around

WIDEST_PAGE = 1200.0  # points
LINE = 12.0


@dataclass(frozen=True, slots=True)
class Truth:
    """One document. ``readings`` are the permitted readings, as a rule one: a reader is held
    against the one it comes closest to. ``pages`` were gone through whole, None for all of them;
    in ``ignore`` (page, area) opinions may differ."""

    name: str
    pdf: Path
    readings: tuple[tuple[BenchTable, ...], ...]
    pages: frozenset[int] | None = None
    ignore: tuple[tuple[int, Rectangle], ...] = ()


def truths(folder: Path) -> Iterator[Truth]:
    """Every document with truth in ``folder``, by name.

    Raises FileNotFoundError when there is none.
    """
    samples = sorted(path for path in folder.glob("*/truth.json") if "tables" in told(path))
    found = [from_sample(path) for path in samples]
    written = sorted([*folder.glob("truth/*.json"), *folder.glob("*.json")])
    found += [from_json(path) for path in written]
    stems = sorted({path.name.removesuffix("-str.xml") for path in folder.glob("*-str.xml")})
    pdfs = [folder / f"{stem}.pdf" for stem in stems]
    found += [from_icdar(pdf) for pdf in pdfs if pdf.exists()]
    if not found:
        raise FileNotFoundError(
            f"{folder}: no truth/*.json or *.json, no */truth.json, no *-str.xml with its PDF"
        )
    yield from found


def told(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return said


def from_json(path: Path) -> Truth:
    said = told(path)
    tables = tuple(
        BenchTable(
            page=table["page"],
            box=rectangle(table["bbox"]),
            cells=tuple(
                BenchCell(cell["r0"], cell["c0"], cell["r1"], cell["c1"], cell["text"])
                for cell in table["cells"]
            ),
            name=table["id"],
            header_rows=table["header_rows"],
        )
        for table in said["tables"]
    )
    ignore = tuple((area["page"], rectangle(area["bbox"])) for area in said.get("ignore", ()))
    pdf = path.parent / str(said["pdf"])
    return Truth(path.stem, pdf, (tables,), frozenset(said["pages_done"]), ignore)


def from_sample(path: Path) -> Truth:
    """A sample of the project: rows in order, of which each says its page. A head that a later
    page repeats is no part of the truth there."""
    said = told(path)
    tables = tuple(
        sample_table(table, page, f"p{page}t{number}")
        for number, table in enumerate(said["tables"], start=1)
        for page in table["pages"]
    )
    return Truth(path.parent.name, path.with_name("report.pdf"), (tables,))


def sample_table(said: dict[str, Any], page: int, name: str) -> BenchTable:
    """The rows of one page, in a box as wide as any page that ends a line below the last one."""
    rows = [row for row, there in enumerate(said["row_pages"]) if there == page]
    spans = {(row, column): (high, wide) for row, column, high, wide in said["spans"]}
    marks = {(row, column): mark for row, column, mark in said["marks"]}
    cells = []
    for row in rows:
        for column, text in enumerate(said["rows"][row]):
            high, wide = spans.get((row, column), (1, 1))
            at, last = row - rows[0], min(row + high - 1, rows[-1]) - rows[0]
            whole = text + marks.get((row, column), "")
            cells.append(BenchCell(at, column, last, column + wide - 1, whole))
    tops = [said["row_tops"][row] for row in rows]
    box = (0.0, min(tops), WIDEST_PAGE, max(tops) + LINE)
    head = sum(1 for row in rows if row < said["header_rows"])
    return BenchTable(page, box, tuple(cells), name, head)


def rectangle(numbers: list[float]) -> Rectangle:
    x0, top, x1, bottom = numbers
    return (x0, top, x1, bottom)


def from_icdar(pdf: Path) -> Truth:
    """The competition has two readings of one document, told apart by a letter (9a, 9b)."""
    stem = pdf.stem
    paths = [pdf.with_name(f"{stem}-str.xml")]
    if re.search(r"\da$", stem):
        paths.append(pdf.with_name(f"{stem[:-1]}b-str.xml"))
    readings = tuple(tuple(icdar_tables(path, pdf)) for path in paths if path.exists())
    return Truth(stem, pdf, readings)


def icdar_tables(path: Path, pdf: Path) -> Iterator[BenchTable]:
    import pypdfium2  # noqa: PLC0415 (only this truth needs the page sizes)

    document = pypdfium2.PdfDocument(pdf)
    root = ElementTree.parse(path).getroot()
    for table in root.iter("table"):
        for region in table.iter("region"):
            number = int(region.get("page", "1"))
            height = document[number - 1].get_mediabox()[3]
            cells = tuple(icdar_cell(cell, height) for cell in region.iter("cell"))
            box = around(cell.box for cell in cells if cell.box)
            yield BenchTable(number, box, cells, f"p{number}t{table.get('id')}")
    document.close()


def icdar_cell(element: ElementTree.Element, height: float) -> BenchCell:
    """Left and right are those of the page as displayed, but y is counted down from the height
    that it would have unrotated (``height``), on turned pages too."""

    def place(name: str, default: int = 0) -> int:
        return int(element.get(name, default))

    bounds = element.find("bounding-box")
    box: Rectangle | None = None
    if bounds is not None:
        x1, y1, x2, y2 = (float(bounds.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
        box = (x1, height - y2, x2, height - y1)
    r0, c0 = place("start-row"), place("start-col")
    text = element.findtext("content") or ""
    return BenchCell(r0, c0, place("end-row", r0), place("end-col", c0), text, box)

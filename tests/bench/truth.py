"""The two kinds of truth: cells as JSON, and the XML of the ICDAR 2013 table competition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.bench.shapes import BenchCell, BenchTable, Rectangle, around


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
    found = [from_json(path) for path in sorted(folder.glob("truth/*.json"))]
    stems = sorted({path.name.removesuffix("-str.xml") for path in folder.glob("*-str.xml")})
    pdfs = [folder / f"{stem}.pdf" for stem in stems]
    found += [from_icdar(pdf) for pdf in pdfs if pdf.exists()]
    if not found:
        raise FileNotFoundError(f"{folder}: neither truth/*.json nor *-str.xml with its PDF")
    yield from found


def from_json(path: Path) -> Truth:
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
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

"""Archives as large as wanted, of small reports that all differ.

The reports of samples/archive, as many municipalities as it takes: each report is drawn once, and
the municipality's name, which stands in it letter by letter, is changed for each copy. So every
file has a content, a SHA-256 and a body of its own, and is held against years before.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from samples.archive import build

NAME = b"Exempelby"  # the municipality of the ledger
LEFT, RIGHT, TOP = 70, 525, 770  # points from the page's left and bottom


def make(folder: Path, reports: int) -> list[Path]:
    """So many PDFs below ``folder``, a folder for each municipality; those that are there already
    are left as they are."""
    made = []
    for name, (path, drawn) in zip(*_copies(reports), strict=True):
        place = folder / name / path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(drawn.replace(NAME, name.encode()))
        made.append(place)
    return made


def copies(folder: Path, report: Path, number: int) -> None:
    """So many copies of ``report`` in ``folder``, each with a comment of its own at its end."""
    folder.mkdir(exist_ok=True)
    content = report.read_bytes()
    for one in range(number):
        (folder / f"{one:06}.pdf").write_bytes(content + b"%% copy %d\n" % one)


def _copies(reports: int) -> tuple[list[str], list[tuple[str, bytes]]]:
    templates = [(f"{report.name}.pdf", draw(report)) for report in build.reports()]
    whose, what = [], []
    for name in _names():
        for template in templates:
            if len(whose) == reports:
                return whose, what
            whose.append(name)
            what.append(template)
    raise ValueError("more reports than there are names for")


def _names() -> Iterator[str]:
    """Names as long as NAME: "Aaaaaaaby", …"""
    for first, *rest in product(string.ascii_uppercase, *[string.ascii_lowercase] * 3):
        yield f"{first}{''.join(rest)}kul" + "by"


def draw(report: build.Report) -> bytes:
    """The report on pages of A4, in Helvetica and uncompressed."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    height = TOP

    def line(text: str, size: float, gap: float, bold: bool = False) -> None:
        nonlocal height
        height -= size + gap
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        canvas.drawString(LEFT, height, text)

    def head() -> None:
        nonlocal height
        height = TOP
        line(build.LEDGER["municipality"], 8, 0)

    head()
    line(report.title, 18, 20, bold=True)
    line(report.body, 14, 8, bold=True)
    for text in report.text:
        line(text, 8, 6)
    for table in report.tables:
        if height < 150 + 14 * len(table.rows):
            canvas.showPage()
            head()
        line(table.title, 11, 20, bold=True)
        unit = "mnkr" if table.millions else "tkr"
        rows = [[f"Belopp i {unit}", *table.columns]]
        rows += [
            [row, *(build.printed(column[row], table) for column in table.columns.values())]
            for row in table.rows
        ]
        width = min(75.0, (RIGHT - LEFT - 105) / len(table.columns))
        for number, row in enumerate(rows):
            line(row[0], 8 if number else 6.5, 5, bold=number == 0 or row[0] in table.bold)
            for place, text in enumerate(reversed(row[1:])):
                shown = text.replace("~", "\N{NO-BREAK SPACE}").replace("−", "-")
                canvas.drawRightString(RIGHT - place * width, height, shown)
        if table.note:
            line(table.note, 8, 5)
    canvas.save()
    return buffer.getvalue()

"""A story on paper: set by Typst in one of several looks, or as the tables that a perfect reader
would hand over (for work on the checks alone)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from audit.model import Document, PassageKind, Table
from tests import tables
from tests.bench.faults.ledger import UNITS, Line, Place, Sheet, Story

_SLOT = re.compile(r"\{(\??)(\w+)(?::([^|}]*)\|([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Look:
    """``style`` is Typst's settings for tables, ``blank`` how zero is printed, ``corner`` whether
    the unit stands in the table's corner rather than beside its title."""

    font: str
    size: float
    style: str
    minus: str
    space: str
    blank: str
    corner: bool


NONE = ""
RULED = "#set table(stroke: 0.5pt)"
LINES = "#set table(stroke: (x: none, y: 0.4pt))"
HEAD = "#set table(stroke: (_, y) => if y == 0 { (bottom: 0.8pt) })"
SHADED = """#set table(
  fill: (_, y) => if y == 0 { rgb("#9bc2e6") } else if calc.even(y) { rgb("#eaf2fa") }
)"""


def look(seed: int) -> Look:
    random = Random(-seed)
    font, size = random.choice(
        [("Libertinus Serif", 9.5), ("New Computer Modern", 9), ("DejaVu Sans Mono", 6.5)]
    )
    return Look(
        font=font,
        size=size,
        style=random.choice([NONE, RULED, LINES, HEAD, SHADED]),
        minus=random.choice(["-", "−", "–"]),
        space=random.choice([" ", "\u00a0"]),
        blank=random.choice(["0", "0", "-"]),
        corner=random.choice([True, False]),
    )


# --- words and numbers --------------------------------------------------------------------------


def number(value: Decimal, decimals: int, look: Look) -> str:
    """``value``, in its printed unit, as the report prints it."""
    if not value:
        return look.blank if not decimals else f"{value:.{decimals}f}".replace(".", ",")
    digits = f"{abs(value):,.{decimals}f}".replace(",", look.space).replace(".", ",")
    return (look.minus if value < 0 else "") + digits


def cell(story: Story, sheet: Sheet, place: Place, look: Look) -> str:
    """The text of a cell, blank where there is nothing."""
    if place not in story.quantities:
        return ""
    exponent, decimals = UNITS[sheet.unit], sheet.decimals
    if place.column == "andring":  # the one column of per cent among amounts
        exponent, decimals = 0, 1
    return number(story.printed(place).scaleb(-exponent), decimals, look)


def paragraphs(story: Story, sheet: Sheet, look: Look) -> Iterator[str]:
    """The sentences after a sheet, numbers and words put in."""
    for text in story.prose.get(sheet.name, ()):
        yield _SLOT.sub(lambda match: _said(story, match, look), text)


def _said(story: Story, match: re.Match[str], look: Look) -> str:
    question, key, plus, minus = match.groups()
    if key == "date":
        return story.date
    if question:
        true = story.signs[key] != (key in story.turned)
        return str(plus if true else minus)
    decimals = story.decimals[key]
    mention = Place("prose", key)
    million = 6 if story.quantities[mention].step == 100_000 else 0
    return number(story.printed(mention).scaleb(-million), decimals, look)


def rows(story: Story, sheet: Sheet, look: Look) -> Iterator[tuple[Line, list[str]]]:
    for line in sheet.lines:
        yield line, [cell(story, sheet, sheet.place(line.key, h.key), look) for h in sheet.heads]


def unit_words(sheet: Sheet) -> str:
    return "" if sheet.unit in ("%", "antal") else sheet.unit


def _named(sheet: Sheet, look: Look) -> tuple[str, str]:
    """The heading over a table, and the words in its corner: one of them says its unit."""
    unit = unit_words(sheet)
    if not unit:
        return sheet.title, ""
    return (sheet.title, f"Belopp i {unit}") if look.corner else (f"{sheet.title} ({unit})", "")


# --- paper --------------------------------------------------------------------------------------


def compiled(story: Story) -> bytes:
    """The report as a PDF."""
    import typst  # noqa: PLC0415

    pdf: bytes = typst.compile(markup(story).encode(), ignore_system_fonts=True)
    return pdf


def markup(story: Story) -> str:
    at = look(story.seed)
    preamble = f"""
#set page("a4", margin: (x: 18mm, y: 22mm), footer: align(center, text(8pt, context \
counter(page).display())))
#set text(font: "{at.font}", size: {at.size}pt, lang: "sv")
#set table(
  inset: (x: 3pt, y: 2.5pt), stroke: none, align: (x, _) => if x > 0 {{ right }} else {{ left }}
)
{at.style}
#show heading: set block(above: 16pt, below: 9pt)
#show table: set block(above: 8pt, below: 12pt)
#text({at.size * 2}pt, weight: "bold")[{story.title}]

#text({at.size * 1.5}pt)[{story.organisation}]
"""
    return preamble + "".join(_sheet(story, sheet, at) for sheet in story.sheets)


def _sheet(story: Story, sheet: Sheet, at: Look) -> str:
    title, corner = _named(sheet, at)
    head = ", ".join(_string(text) for text in (corner, *(head.text for head in sheet.heads)))
    body = "".join(
        f"  {_label(line)}, " + ", ".join(_figure(line, text) for text in texts) + ",\n"
        for line, texts in rows(story, sheet, at)
    )
    widths = "1fr, " + "20mm, " * len(sheet.heads)
    table = f"#table(columns: ({widths}), table.header({head}),\n{body})\n"
    prose = "\n".join(f"\n#{_string(text)}\n" for text in paragraphs(story, sheet, at))
    # A table stays on one page: those that go on over pages have a bench of their own.
    return f"\n#block(breakable: false)[\n== {title}\n{table}]\n{prose}\n"


def _label(line: Line) -> str:
    if line.look in ("total", "heading"):
        return f"strong({_string(line.label)})"
    if line.look == "of-which":
        return f"pad(left: 8pt, emph({_string(line.label)}))"
    return _string(line.label)


def _figure(line: Line, text: str) -> str:
    return f"strong({_string(text)})" if line.look == "total" else _string(text)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- without paper ------------------------------------------------------------------------------


def perfect(story: Story) -> Document:
    """What a reader without faults sees: one page to each table."""
    at = look(story.seed)
    found = [_table(story, sheet, at, page) for page, sheet in enumerate(story.sheets, start=1)]
    flowing = [tables.passage(story.title, PassageKind.HEADING, page=1, top=20)]
    flowing.append(tables.passage(story.organisation, PassageKind.HEADING, page=1, top=40))
    for page, sheet in enumerate(story.sheets, start=1):
        heading = tables.passage(_named(sheet, at)[0], PassageKind.HEADING, page=page, top=60)
        flowing.append(heading)
        below = 120 + tables.LEADING * (len(sheet.lines) + 2)
        flowing += [
            tables.passage(text, page=page, top=below + 30 * index)
            for index, text in enumerate(paragraphs(story, sheet, at))
        ]
    return tables.document(*found, passages=flowing)


def _table(story: Story, sheet: Sheet, at: Look, page: int) -> Table:
    title, corner = _named(sheet, at)
    head = [corner, *(head.text for head in sheet.heads)]
    body = [[_marked(line), *texts] for line, texts in rows(story, sheet, at)]
    return tables.table(
        "\n".join("| " + " | ".join(row) + " |" for row in (head, *body)),
        title=title,
        unit=unit_words(sheet),
        page=page,
    )


def _marked(line: Line) -> str:
    if line.look in ("total", "heading"):
        return f"**{line.label}**"
    return f"> *{line.label}*" if line.look == "of-which" else line.label


def write(stories: Sequence[Story], folder: Path) -> list[Path]:
    """The stories as PDFs in ``folder``."""
    paths = []
    for index, story in enumerate(stories):
        path = folder / f"{story.seed}-{index}.pdf"
        path.write_bytes(compiled(story))
        paths.append(path)
    return paths

"""The same tables in many looks: each time every cell, span, mark and header row.

The tables are ``samples/looks/tables/*.md``; a look is some lines of Typst before them. The PDFs
beside them were drawn by other programs (``samples/looks/build.py``).
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pypdfium2
import pytest

from audit.extract import read
from audit.model import Document, Table
from tests.extract.markdown import Drawn, as_read, as_typst, drawn
from tests.extract.pages import set_typst

SAMPLES = Path(__file__).parents[2] / "samples" / "looks"
TABLES = {path.stem: drawn(path) for path in sorted(SAMPLES.glob("tables/*.md"))}
PROSE = "#block(width: 110mm)[Utfallet kommenteras nedan och jämförs med budget och i fjol.]\n"
WIDE = "#set page(width: 260mm)\n"
HEAD_RULES = "#set table(stroke: (_, y) => if y < 2 { (top: 1pt, bottom: 0.5pt) })\n"
SHADED = 'if y == 0 { rgb("#9bc2e6") } else if calc.even(y) { rgb("#ddebf7") }'
ACROSS = "if x > 0 { right } else { left }"
LOOKS = {
    "ruled": "#set table(stroke: 0.5pt)\n",
    "lines": "#set table(stroke: (x: none, y: 0.5pt))\n",
    "shaded": f"#set table(fill: (_, y) => {SHADED})\n",
    "head rules": HEAD_RULES,
    "plain": "",
    "tight": "#set table(inset: (x: 5pt, y: 2pt))\n",
    "narrow": "#set table(inset: (x: 0.55em, y: 3pt))\n#set text(7pt)\n",
    "large": "#set text(12pt)\n",
    "modern": '#set text(font: "New Computer Modern", 8.5pt)\n',
    "fixed pitch": '#set text(font: "DejaVu Sans Mono", 7pt)\n#set table(inset: (x: 0.65em))\n',
    "numbers above": f"#set table(align: (x, _) => top + {ACROSS})\n",
    "numbers below": f"#set table(align: (x, y) => (if y > 1 {{ bottom }}) + {ACROSS})\n",
    "numbers amid": f"#set table(align: (x, y) => (if y > 1 {{ horizon }}) + {ACROSS})\n",
    "centred": "#set table(align: (x, _) => if x > 0 { center } else { left })\n",
    "left": "#set table(align: left)\n",
    "A3": '#set page("a3")\n',
    "A5 landscape": '#set page("a5", flipped: true, margin: 8mm)\n#set text(7pt)\n',
}


def _only(tables: tuple[Table, ...], of: Drawn) -> None:
    (table,) = tables
    assert as_read(table) == of.read
    assert table.header_rows == of.header


@pytest.mark.parametrize(("name", "look"), [*product(TABLES, LOOKS)])
def test_every_cell_in_every_look(tmp_path: Path, name: str, look: str) -> None:
    body = WIDE + LOOKS[look] + PROSE + as_typst(TABLES[name]) + PROSE
    _only(set_typst(tmp_path / "a.pdf", body).tables, TABLES[name])


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", ".", ""], ids=ascii)
@pytest.mark.parametrize("minus", ["-", "\u2013", "\u2011"], ids=ascii)
@pytest.mark.parametrize("look", ["ruled", "plain"])
def test_every_way_to_print_a_number(tmp_path: Path, space: str, minus: str, look: str) -> None:
    table = TABLES["statement"].with_numbers({" ": space, "−": minus})
    _only(set_typst(tmp_path / "a.pdf", LOOKS[look] + as_typst(table)).tables, table)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_rotate_entry(tmp_path: Path, turn: int) -> None:
    set_typst(tmp_path / "a.pdf", LOOKS["plain"] + as_typst(TABLES["tertial"]))
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        document[0].set_rotation(turn)
        document.save(tmp_path / "b.pdf")
    _only(read(tmp_path / "b.pdf").tables, TABLES["tertial"])


@pytest.mark.parametrize("look", ["ruled", "lines", "plain", "shaded", "numbers below"])
@pytest.mark.parametrize("turn", [-90, 90])
def test_a_head_set_sideways(tmp_path: Path, look: str, turn: int) -> None:
    turned = f"if it.x > 0 {{ rotate({turn}deg, reflow: true, it) }} else {{ it }}"
    sideways = f"#show table.cell.where(y: 0): it => {turned}\n"
    body = LOOKS[look] + PROSE + sideways + as_typst(TABLES["investments"]) + PROSE
    _only(set_typst(tmp_path / "a.pdf", body).tables, TABLES["investments"])


PROGRAMS = sorted(path.stem for path in SAMPLES.glob("*.pdf"))


@pytest.fixture(scope="module", params=PROGRAMS)
def printed_by(request: pytest.FixtureRequest) -> Document:
    return read(SAMPLES / f"{request.param}.pdf")


@pytest.mark.parametrize(("page", "name"), list(enumerate(TABLES, start=1)))
def test_every_cell_as_other_programs_draw_it(printed_by: Document, page: int, name: str) -> None:
    _only(tuple(table for table in printed_by.tables if page in table.pages), TABLES[name])

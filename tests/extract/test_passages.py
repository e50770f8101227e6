"""Running text: what is set as one paragraph is read as one, in order, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.extract import read
from audit.model import Document, PassageKind
from tests.extract.pages import set_typst, typst_table

SENTENCES = (
    "Nämnden redovisar ett överskott på 12,5 mnkr mot budget.",
    "Årets nettokostnad beräknas till 532,3 mnkr, vilket är minus 4 mnkr jämfört med planen.",
    "Antalet ansökningar har ökat från 1 214 till 1 388 sedan förra året.",
    "Sjukfrånvaron är 6,2 procent och väntas minska under hösten.",
    "Drift- och investeringsbudgeten följs upp i varje månadsrapport.",
)


def told(document: Document) -> list[tuple[str, int, str]]:
    return [
        (str(passage.kind), passage.level, passage.text)
        for passage in document.passages
        if passage.kind not in (PassageKind.HEADER, PassageKind.FOOTER)
    ]


def test_headings_paragraphs_and_lists(tmp_path: Path) -> None:
    body = f"""
#set heading(numbering: none)
= Ekonomi
{SENTENCES[0]} {SENTENCES[1]}

{SENTENCES[2]}
== Personal
- {SENTENCES[3]}
- {SENTENCES[4]} {SENTENCES[0]} {SENTENCES[1]}
+ Första åtgärden
+ Andra åtgärden
"""
    assert told(set_typst(tmp_path / "a.pdf", body)) == [
        ("heading", 1, "Ekonomi"),
        ("paragraph", 0, f"{SENTENCES[0]} {SENTENCES[1]}"),
        ("paragraph", 0, SENTENCES[2]),
        ("heading", 2, "Personal"),
        ("item", 0, f"• {SENTENCES[3]}"),
        ("item", 0, f"• {SENTENCES[4]} {SENTENCES[0]} {SENTENCES[1]}"),
        ("item", 0, "1. Första åtgärden"),
        ("item", 0, "2. Andra åtgärden"),
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_page(tmp_path: Path) -> None:
    text = " ".join(SENTENCES * 9)
    body = f"#set page(columns: 2, height: 300pt)\n#set par(justify: true)\n{text}\n\nSlut."
    document = set_typst(tmp_path / "a.pdf", body)
    assert len(document.pages) > 1
    assert told(document) == [("paragraph", 0, text), ("paragraph", 0, "Slut.")]


def test_hyphens_at_line_ends(tmp_path: Path) -> None:
    words = "kommunstyrelseförvaltningens verksamhetsuppföljning av kommunikationsavdelningen"
    body = f"""#set text(lang: "sv", hyphenate: true)
#box(width: 95pt, par(justify: true)[{words} drift- \\ och investeringsbudget])"""
    ((_, _, text),) = told(set_typst(tmp_path / "a.pdf", body))
    assert text == f"{words} drift- och investeringsbudget"


def test_footnotes(tmp_path: Path) -> None:
    note = "Exklusive jämförelsestörande poster som redovisas i bilaga och inte här. " * 2
    notes = f"Resultatet#footnote[{note.strip()}] är 12,5 mnkr.#footnote[Preliminärt.]"
    body = f"{' '.join(SENTENCES)} {notes}"
    kinds = [(kind, text) for kind, _, text in told(set_typst(tmp_path / "a.pdf", body))]
    assert kinds[1:] == [("footnote", f"1 {note.strip()}"), ("footnote", "2 Preliminärt.")]


def test_running_headers_are_no_text(tmp_path: Path) -> None:
    body = """#set page(header: [Delårsrapport 2021 #h(1fr) Nämnden],
  footer: context align(center, counter(page).display("1 (1)", both: true)))
"""
    body += "\n#pagebreak()\n".join(SENTENCES[:4])
    document = set_typst(tmp_path / "a.pdf", body)
    assert [text for _, _, text in told(document)] == list(SENTENCES[:4])
    kinds = [passage.kind for passage in document.passages]
    assert kinds.count(PassageKind.HEADER) == kinds.count(PassageKind.FOOTER) == 4


def test_text_above_and_below_a_table(tmp_path: Path) -> None:
    rows = [["Post", "2021", "2020"], ["Byggnader", "1 200", "1 100"], ["Kassa", "300", "250"]]
    body = f"{SENTENCES[0]}\n{typst_table(rows)}\n{SENTENCES[1]}"
    assert [text for _, _, text in told(set_typst(tmp_path / "a.pdf", body))] == [*SENTENCES[:2]]


PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6).map(" ".join),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    paragraphs=PARAGRAPHS,
    # Not three columns (14 em each): justified spaces stretch there as wide as gutters, and a last
    # column of some words looks like what its neighbour's lines go on with.
    look=st.tuples(st.integers(1, 2), st.booleans()),
    table=st.booleans(),
)
def test_nothing_is_lost_or_moved(
    tmp_path: Path, paragraphs: list[str], look: tuple[int, bool], table: bool
) -> None:
    """Every paragraph comes out once, whole and in order, and every visible character of the
    pages is in a cell or a passage."""
    rows = [["Post", "2021"], ["Byggnader", "1 200"], ["Kassa", "300"], ["Summa", "1 500"]]
    blocks = [*paragraphs[:1], *([typst_table(rows)] if table else []), *paragraphs[1:]]
    columns, justify = look
    set_so = f"#set page(width: 600pt, height: 400pt, columns: {columns})\n"
    set_so += f"#set par(justify: {str(justify).lower()}, spacing: 1.4em)\n"
    set_so += "#set text(hyphenate: false)\n"
    path = tmp_path / "a.pdf"
    path.write_bytes(
        typst.compile((set_so + "\n\n".join(blocks)).encode(), ignore_system_fonts=True)
    )
    document = read(path)
    words = " ".join(passage.text for passage in document.passages).split()
    assert words == " ".join(paragraphs).split()
    cells = [cell.text + cell.mark for one in document.tables for cell in one.cells]
    seen = sum(len("".join(text.split())) for text in (*cells, *words))
    assert seen == sum(page.glyphs for page in document.pages)

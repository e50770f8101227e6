"""Draws the tables of ``tables/*.md`` with other programs than Typst, all on the pages of one PDF
for each program: ``python -m samples.looks.build [NAME...]`` from the project's root.

Needs what is drawn with: LibreOffice (soffice), Chromium, a TeX (pdflatex), and the packages
fpdf2, openpyxl, python-docx and reportlab; the reader's tests need none of them.
"""

# ruff: noqa: PLC0415 (each program of its own needs only what it draws with)
from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from tests.extract.markdown import Drawn, drawn, lines_and_mark, spans

HERE = Path(__file__).parent
TABLES = {path.stem: drawn(path) for path in sorted(HERE.glob("tables/*.md"))}
ABOVE = "Utfallet kommenteras nedan och jämförs med budget och i fjol."
BELOW = "Kommentarer lämnas i avsnitten om verksamheterna."
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Placed = tuple[int, int, int, int, list[str], str, bool]
"""row, column, rows, columns, lines of text, mark, bold"""


def placed(table: Drawn) -> Iterator[Placed]:
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            if text not in ("<", "^"):
                lines, mark = lines_and_mark(text)
                high, wide = spans(table, row, column)
                yield row, column, high, wide, lines, mark, text.startswith("**")


def right(table: Drawn, column: int) -> bool:
    """Whether a column holds numbers, which are set flush right."""
    texts = [row[column] for row in table.rows[table.header :]]
    return column > 0 and sum(any(c.isdigit() for c in text) for text in texts) * 2 > len(texts)


# --- HTML, for Chromium and LibreOffice Writer ------------------------------------------------

STYLE = """
@page { size: A4; margin: 20mm }
body { font: 9pt "Liberation Sans" } section { break-after: page }
table { border-collapse: collapse; margin: 12pt 0 } td, th { padding: 2pt 6pt; font-weight: 400 }
th { vertical-align: bottom } th[rowspan="2"] { vertical-align: top } td { vertical-align: top }
.right { text-align: right }
.left { text-align: left } .span { text-align: center } b, .bold { font-weight: 700 }
.ruled td, .ruled th { border: 0.5pt solid } .lines tr { border-bottom: 0.5pt solid }
.shaded tr:nth-child(odd) td { background: #ddebf7 } .shaded th { background: #9bc2e6 }
.head thead { border-top: 1pt solid; border-bottom: 1pt solid }
.cells td, .cells th { border: 2pt solid white; background: #eee }
"""


def as_html(tables: dict[str, Drawn]) -> str:
    looks = ["ruled", "lines", "shaded", "head", "none", "cells"]
    sections = []
    for table, look in zip(tables.values(), cycle(looks), strict=False):
        rows = [""] * len(table.rows)
        for row, column, high, wide, lines, mark, bold in placed(table):
            kind = "th" if row < table.header else "td"
            side = "span" if wide > 1 else "right" if right(table, column) else "left"
            text = "<br>".join(html.escape(line) for line in lines)
            text += f"<sup>{mark}</sup>" if mark else ""
            text = f"<b>{text}</b>" if bold else text
            rows[row] += f'<{kind} class="{side}" align="{side if side != "span" else "center"}"'
            rows[row] += f' rowspan="{high}" colspan="{wide}">{text}</{kind}>'
        head = "".join(f"<tr>{row}</tr>" for row in rows[: table.header])
        body = "".join(f"<tr>{row}</tr>" for row in rows[table.header :])
        drawing = f'<table class="{look}"><thead>{head}</thead><tbody>{body}</tbody></table>'
        sections.append(f"<section><p>{ABOVE}</p>{drawing}<p>{BELOW}</p></section>")
    opening = f'<!doctype html><html lang="sv"><meta charset="utf-8"><style>{STYLE}</style>'
    return opening + "".join(sections) + "</html>"


def chromium(folder: Path, to: Path) -> None:
    source = folder / "a.html"
    source.write_text(as_html(TABLES), "utf-8")
    options = ["--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-pdf-tagging"]
    run("chromium", *options, f"--print-to-pdf={to}", source.as_uri())


# --- LibreOffice --------------------------------------------------------------------------------


def calc(folder: Path, to: Path) -> None:
    """One sheet a table; numbers are numbers where a format can print them so."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    book.remove(book.active)
    thin = Side(style="thin")
    for index, (name, table) in enumerate(TABLES.items()):
        sheet = book.create_sheet(name)
        for row, column, high, wide, lines, mark, bold in placed(table):
            text = "\n".join(lines) + mark.translate(RAISED)
            cell = sheet.cell(row + 1, column + 1)
            cell.value, cell.number_format = valued(text)
            across = "center" if wide > 1 else "right" if right(table, column) else "left"
            cell.alignment = Alignment(
                across, "top" if high > 1 else "bottom", wrap_text="\n" in text
            )
            cell.font = Font("Liberation Sans", 10, bold=bold)
            if index % 3 == 0:
                cell.border = Border(thin, thin, thin, thin)
            elif index % 3 == 1 and row < table.header:
                cell.fill = PatternFill("solid", "9BC2E6")
            if high > 1 or wide > 1:
                sheet.merge_cells(None, row + 1, column + 1, row + high, column + wide)
        for row in range(len(table.rows)):
            deep = max(len(lines_and_mark(cell)[0]) for cell in table.rows[row])
            sheet.row_dimensions[row + 1].height = 14 * deep
        for column in range(len(table.rows[0])):
            longest = max(
                len(line)
                for _, at, _, wide, lines, _, _ in placed(table)
                for line in lines
                if at == column and wide == 1
            )
            sheet.column_dimensions["ABCDEFGH"[column]].width = longest * 1.05 + 2
    book.save(folder / "a.xlsx")
    office(folder / "a.xlsx", to)


def valued(text: str) -> tuple[object, str]:
    """What a cell holds and how it is shown: whole numbers by a format, all else as text."""
    plain = text.replace(" ", "").replace("−", "-")
    if re.fullmatch(r"−?\d{1,3}(?: \d{3})?", text):
        return int(plain), "#\\ ##0;\u2212#\\ ##0;0" if len(plain) > 3 else "0;\u22120"
    return text, "@"


def word(folder: Path, to: Path) -> None:
    """A Word document, printed by LibreOffice Writer."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
    from docx.shared import Mm, Pt

    document = Document()
    document.styles["Normal"].font.name = "Carlito"
    document.styles["Normal"].font.size = Pt(9)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    looks = ["Table Grid", "Light Shading", "Light List", "Medium Shading 1", "Light Grid"]
    for index, table in enumerate(TABLES.values()):
        document.add_paragraph(ABOVE + "\n")
        drawing = document.add_table(len(table.rows), len(table.rows[0]))
        drawing.autofit = False
        drawing.style = document.styles[looks[index % len(looks)]]
        for column in range(len(table.rows[0])):
            width = Mm(22 if column else 160 - 22 * (len(table.rows[0]) - 1))
            drawing.columns[column].width = width
            for cell in drawing.columns[column].cells:
                cell.width = width
        for row, column, high, wide, lines, mark, bold in placed(table):
            cell = drawing.cell(row, column)
            if high > 1 or wide > 1:
                cell = cell.merge(drawing.cell(row + high - 1, column + wide - 1))
            paragraph = cell.paragraphs[0]
            sides = WD_ALIGN_PARAGRAPH
            paragraph.alignment = (
                sides.CENTER if wide > 1 else sides.RIGHT if right(table, column) else sides.LEFT
            )
            for number, line in enumerate(lines):
                if number:
                    paragraph.add_run().add_break(WD_BREAK.LINE)
                paragraph.add_run(line).bold = bold
            if mark:
                paragraph.add_run(mark).font.superscript = True
        paragraph = document.add_paragraph("\n" + BELOW)
        if index + 1 < len(TABLES):
            paragraph.add_run().add_break(WD_BREAK.PAGE)
    document.save(folder / "a.docx")
    office(folder / "a.docx", to)


def office(source: Path, to: Path) -> None:
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", source.parent, source)
    source.with_suffix(".pdf").replace(to)


# --- libraries ----------------------------------------------------------------------------------


def reportlab(_: Path, to: Path) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Serif", font_file("DejaVu Serif")))
    plain = ParagraphStyle("plain", fontName="Serif", fontSize=9, spaceAfter=12)
    story: list[object] = []
    for index, table in enumerate(TABLES.values()):
        texts = [[""] * len(row) for row in table.rows]
        style = [("FONT", (0, 0), (-1, -1), "Serif", 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        style += [("ALIGN", (c, 0), (c, -1), "RIGHT") for c in range(8) if right_at(table, c)]
        for row, column, high, wide, lines, mark, _ in placed(table):
            texts[row][column] = "\n".join(lines) + mark.translate(RAISED)
            if high > 1 or wide > 1:
                style.append(("SPAN", (column, row), (column + wide - 1, row + high - 1)))
            if wide > 1:
                style.append(("ALIGN", (column, row), (column, row), "CENTER"))
        if index % 2:
            style.append(("GRID", (0, 0), (-1, -1), 0.4, colors.black))
        else:
            style.append(("ROWBACKGROUNDS", (0, table.header), (-1, -1), ["#ffffff", "#dddddd"]))
        story += [Paragraph(ABOVE, plain), Table(texts, style=style, spaceAfter=12)]
        story += [Paragraph(BELOW, plain), PageBreak()]
    SimpleDocTemplate(str(to), pagesize=landscape(A4), invariant=True).build(story)


def right_at(table: Drawn, column: int) -> bool:
    return column < len(table.rows[0]) and right(table, column)


def fpdf(_: Path, to: Path) -> None:
    from fpdf import FPDF
    from fpdf.enums import TableBordersLayout, TableSpan

    pdf = FPDF()
    pdf.add_font("Sans", fname=font_file("DejaVu Sans"))
    pdf.set_font("Sans", size=8)
    layouts = [TableBordersLayout.HORIZONTAL_LINES, TableBordersLayout.MINIMAL]
    for index, table in enumerate(TABLES.values()):
        pdf.add_page()
        pdf.multi_cell(0, text=ABOVE)
        pdf.ln(12)
        sides = ["RIGHT" if right(table, c) else "LEFT" for c in range(len(table.rows[0]))]
        widths = [3 if c == 0 else 1 for c in range(len(sides))]
        with pdf.table(
            borders_layout=layouts[index % 2],
            text_align=sides,
            col_widths=widths,
            first_row_as_headings=False,
            line_height=4,
            padding=0.6,
        ) as drawing:
            cells = {(row, column): rest for row, column, *rest in placed(table)}
            for number, texts in enumerate(table.rows):
                row = drawing.row()
                for column, text in enumerate(texts):
                    if text in ("<", "^"):
                        row.cell(TableSpan.COL if text == "<" else TableSpan.ROW)
                    else:
                        _, wide, lines, mark, _ = cells[number, column]
                        shown = "\n".join(lines) + mark.translate(RAISED)
                        row.cell(shown, align="CENTER" if wide > 1 else None)
        pdf.ln(12)
        pdf.multi_cell(0, text=BELOW)
    pdf.output(str(to))


def latex(folder: Path, to: Path) -> None:
    parts = []
    for index, table in enumerate(TABLES.values()):
        wide = len(table.rows[0])
        sides = "".join("r" if right(table, c) else "l" for c in range(wide))
        booktabs = index % 2 == 0
        rows = []
        for number, texts in enumerate(table.rows):
            cells, rules = [], ""
            for column, text in enumerate(texts):
                if text == "<":
                    continue
                lines, mark = lines_and_mark("" if text == "^" else text)
                across = spans(table, number, column)[1]
                shown = " \\\\ ".join(escaped(line) for line in lines)
                if len(lines) > 1:
                    side = "r" if right(table, column) else "l"
                    shown = f"\\begin{{tabular}}[t]{{@{{}}{side}@{{}}}}{shown}\\end{{tabular}}"
                shown += f"\\textsuperscript{{{mark}}}" if mark else ""
                shown = f"\\textbf{{{shown}}}" if text.startswith("**") else shown
                if across > 1:
                    shown = f"\\multicolumn{{{across}}}{{c}}{{{shown}}}"
                    rules += f"\\cmidrule(lr){{{column + 1}-{column + across}}}"
                cells.append(shown)
            rows.append(" & ".join(cells) + " \\\\ " + (rules if booktabs else ""))
            if number == table.header - 1:
                rows[-1] += "\\midrule" if booktabs else "\\hline"
        edges = ("\\toprule", "\\bottomrule") if booktabs else ("\\hline", "\\hline")
        body = "\n".join([edges[0], *rows, edges[1]])
        drawing = f"\\begin{{tabular}}{{{sides}}}\n{body}\n\\end{{tabular}}"
        parts.append(f"{ABOVE}\n\n\\bigskip\\small {drawing}\\normalsize\n\n\\bigskip {BELOW}")
    source = (
        "\\documentclass[a4paper]{article}\\usepackage[margin=15mm]{geometry}"
        "\\usepackage[T1]{fontenc}\\usepackage{textcomp,booktabs,amssymb}\\parindent0pt"
        "\\DeclareUnicodeCharacter{2212}{\\ensuremath{-}}"
        "\\DeclareUnicodeCharacter{2265}{\\ensuremath{\\ge}}"
        "\\begin{document}" + "\n\\newpage\n".join(parts) + "\\end{document}"
    )
    (folder / "a.tex").write_text(source, "utf-8")
    run("pdflatex", "-interaction=batchmode", f"-output-directory={folder}", folder / "a.tex")
    (folder / "a.pdf").replace(to)


def escaped(text: str) -> str:
    return re.sub(r"([%&#$_{}])", r"\\\1", text).replace("²", "\\textsuperscript{2}")


def font_file(name: str) -> str:
    return run("fc-match", "-f", "%{file}", name)


def run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return done.stdout


PROGRAMS: dict[str, Callable[[Path, Path], None]] = {
    "calc": calc,
    "chromium": chromium,
    "fpdf": fpdf,
    "latex": latex,
    "reportlab": reportlab,
    "word": word,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or PROGRAMS:
        with tempfile.TemporaryDirectory() as folder:
            PROGRAMS[name](Path(folder), HERE / f"{name}.pdf")

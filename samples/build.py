"""Sets every sample's report.pdf from its report.typ, and writes what is true of it to truth.json:
``python samples/build.py``.

Only the fonts that come with Typst are used, so that every machine gives the same pages.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pypdfium2
import typst

HERE = Path(__file__).parent


def build(source: Path) -> bytes:
    """The PDF that ``source`` (report.typ) sets."""
    pdf: bytes = typst.compile(source, ignore_system_fonts=True, pdf_tags=False)
    return pdf


def truth(source: Path, pdf: bytes) -> dict[str, Any]:
    """What an auditor finds in the report (findings.toml), with pages, and its tables cell by cell.

    Raises ValueError when a finding's row or words are not in the report exactly once.
    """
    findings = tomllib.loads(source.with_name("findings.toml").read_text("utf-8"))
    printed = _queried(source, "<row>")
    tables = [_table(said, printed) for said in _queried(source, "<table>")]
    pages = page_texts(pdf)
    return {
        "errors": [_placed(error, tables) for error in findings["errors"]],
        "notes": [
            {"page": _placed(note | {"row": note["rows"][0]}, tables)["page"], **note}
            for note in findings["notes"]
        ],
        "prose": [{"page": _page(claim["words"], pages), **claim} for claim in findings["prose"]],
        "presentation": [
            {"page": _page(slip["words"], pages), **slip} for slip in findings["presentation"]
        ],
        "silent": findings["silent"],
        "tables": tables,
    }


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, any run of white space as one space."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def _queried(source: Path, label: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(
        typst.query(source, label, field="value", ignore_system_fonts=True)
    )
    return answer


def _table(said: dict[str, Any], printed: list[dict[str, Any]]) -> dict[str, Any]:
    """One table: ``rows`` are texts as printed, head first; a span's text stands at its start.

    ``row_pages`` is the page of each row, the head's on the first page alone, and ``row_tops``
    how far down in points it begins. ``spans`` are
    [row, column, rows, columns], ``marks`` [row, column, mark] of raised marks, which are not
    in the texts.
    """
    body = [row for row in printed if row["table"] == said["name"]]
    head: list[list[str]] = said["header"]
    pages = [body[0]["page"]] * len(head) + [row["page"] for row in body]
    tops = [said["top"]] * len(head) + [row["top"] for row in body]
    marks = [
        [number, column, mark]
        for number, row in enumerate(body, start=len(head))
        for column, mark in enumerate(row["marks"])
        if mark
    ]
    return {
        "title": said["title"],
        "pages": sorted(set(pages)),
        "unit": said["unit"],
        "look": said["look"],
        "label_column": said["label_column"],
        "header_rows": len(head),
        "spans": said["spans"] + _merged(len(head), body, said["label_column"]),
        "marks": marks,
        "row_pages": pages,
        "row_tops": [round(top, 1) for top in tops],
        "rows": head + [row["texts"] for row in body],
    }


def _merged(start: int, body: list[dict[str, Any]], label_column: int) -> list[list[int]]:
    """The cells left of the labels that hold several rows: down to the next one, or the page's
    end."""
    if label_column == 0:
        return []
    spans: list[list[int]] = []
    for index, row in enumerate(body):
        if row["texts"][0]:
            spans.append([start + index, 0, 1, 1])
        elif row["page"] == body[index - 1]["page"]:
            spans[-1][2] += 1
    return [span for span in spans if span[2] > 1]


def _placed(error: dict[str, Any], tables: list[dict[str, Any]]) -> dict[str, Any]:
    """An error with the page of its row: the first of its label under ``under``."""
    (table,) = [table for table in tables if table["title"] == error["table"]]
    labels = [row[table["label_column"]] for row in table["rows"]]
    start = labels.index(error["under"]) if error.get("under") else 0
    return {"page": table["row_pages"][labels.index(error["row"], start)], **error}


def _page(words: str, pages: list[str]) -> int:
    there = [number for number, text in enumerate(pages, start=1) if words in text]
    if len(there) != 1:
        raise ValueError(f"{words!r} is on pages {there}")
    return there[0]


def written(told: dict[str, Any]) -> str:
    """``told`` as the text of truth.json, one row of a table a line."""
    tables = [
        "  {" + ",\n   ".join(f'"{key}": {_rows(key, value)}' for key, value in table.items()) + "}"
        for table in told["tables"]
    ]
    rest = {key: value for key, value in told.items() if key != "tables"}
    opened = json.dumps(rest, ensure_ascii=False, indent=1).removesuffix("\n}")
    return opened + ',\n "tables": [\n' + ",\n".join(tables) + "\n ]\n}\n"


def _rows(key: str, value: object) -> str:
    if key == "rows" and isinstance(value, list):
        return "[\n    " + ",\n    ".join(json.dumps(r, ensure_ascii=False) for r in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for source in sorted(HERE.glob("*/report.typ")):
        report = build(source)
        source.with_name("report.pdf").write_bytes(report)
        source.with_name("truth.json").write_text(written(truth(source, report)), "utf-8")

"""The page of tables: well formed, self-contained, escaped, and right for a screen reader."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.language import translation
from audit.model import AuditedReport, Table
from audit.normalise import normalise
from audit.output.html import tables_html
from tests import reports, tables

VOID = {"meta", "link", "br"}

Element = tuple[str, dict[str, str], str]


class Elements(HTMLParser):
    """Every element as (tag, attributes, text); raises where tags do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[int] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, ""))
        if tag not in VOID:
            self.open.append(len(self.found) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.found[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for index in self.open:
            name, attributes, text = self.found[index]
            self.found[index] = (name, attributes, text + data)


def audited(*made: Table) -> AuditedReport:
    return dataclasses.replace(reports.clean(), report=normalise(tables.document(*made)))


def page(*audits: AuditedReport, language: str = "sv") -> str:
    return tables_html(audits, translation(language))


def cells(text: str, **more: object) -> list[Element]:
    made = tables.table(text, **more)  # type: ignore[arg-type]
    return [one for one in Elements(page(audited(made))).found if one[0] in {"th", "td"}]


def test_headers_and_labels_have_a_scope_and_spans_are_kept() -> None:
    found = cells(
        "| Belopp | Utfall | < |\n| ^ | 2021 | 2020 |\n| Skola | 12 | 30 |", header_rows=2
    )
    assert [(tag, a.get("scope"), a.get("rowspan"), a.get("colspan"), text)
            for tag, a, text in found] == [
        ("th", "col", "2", None, "Belopp"),
        ("th", "colgroup", None, "2", "Utfall"),
        ("th", "col", None, None, "2021"),
        ("th", "col", None, None, "2020"),
        ("th", "row", None, None, "Skola"),
        ("td", None, None, None, "12"),
        ("td", None, None, None, "30"),
    ]  # fmt: skip


def test_numbers_and_what_stands_for_them_are_at_the_right() -> None:
    found = cells(
        "| Mått | 2021 | Status |\n| a | 12 | Pågår |\n| b | - | Genomfört |\n| c | 3 | |"
    )
    right = {text for _, attributes, text in found if "right" in attributes["class"].split()}
    assert right == {"12", "-", "3", "2021"}


def test_raised_marks_footnotes_pages_and_confidence() -> None:
    made = tables.table(
        "| Lån | 2021 |\n| a | 48^4^ |", title="Lån", unit="mnkr", footnotes=[("4", "Gröna.")]
    )
    found = page(audited(made))
    assert "48<sup>4</sup>" in found
    assert "<sup>4</sup> Gröna." in found
    assert '<span lang="sv">mnkr</span> · sida 1 · läsningen' in found


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    found = page(reports.linkoping(), reports.clean(), reports.unreadable())
    names = {tag for tag, _, _ in Elements(found).found}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not re.search(r"url\(|@import|https?:|\bon\w+=", found)
    assert all(a["href"].startswith("#") for tag, a, _ in Elements(found).found if tag == "a")
    assert '<html lang="sv">' in found


def test_every_id_is_there_once_and_every_link_leads_to_one() -> None:
    found = Elements(page(reports.linkoping(), reports.linkoping())).found
    ids = [attributes["id"] for _, attributes, _ in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a, _ in found if tag == "a"}
    named = {a["aria-labelledby"] for _, a, _ in found if "aria-labelledby" in a}
    assert links | named <= set(ids)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_in_the_language_of_its_reader(language: str) -> None:
    found = page(reports.linkoping(), language=language)
    assert f'<html lang="{language}">' in found
    assert ("läsningen" in found) == (language == "sv")


def test_a_report_that_could_not_be_read_is_said() -> None:
    assert "lösenord" in page(reports.unreadable())


@given(st.text(min_size=1))
def test_no_text_is_markup(text: str) -> None:
    made = tables.table("| Mått | 2021 |\n| a | 3 |", footnotes=[("*", text)])
    held = tuple(dataclasses.replace(cell, text=text, mark=text) for cell in made.cells)
    risky = audited(dataclasses.replace(made, cells=held, title=text, unit=text))
    plain = audited(dataclasses.replace(made, title="x", unit="x"))

    def shape(one: AuditedReport) -> list[str]:
        found = Elements(page(dataclasses.replace(one, path="x.pdf"))).found
        return [tag for tag, _, _ in found if tag not in {"sup", "th", "td"}]

    assert shape(risky) == shape(plain)


def test_figures_are_marked_by_a_sign_that_is_read_out() -> None:
    found = Elements(page(reports.marked())).found
    cells = [(a["class"].split(), text) for tag, a, text in found if tag == "td" and text]
    assert [(looks[-1], text) for looks, text in cells] == [
        ("uncovered", "12 ○"), ("verified", "30 ✓"), ("contradicted", "43 ✗")
    ]  # fmt: skip
    assert [a["aria-label"] for _, a, _ in found if a.get("role") == "img"] == [
        "ej prövat", "stämmer: DEV201, SUM101", "stämmer inte: SUM101"
    ]  # fmt: skip
    legend = [text.strip() for tag, a, text in found if tag == "li" and a.get("class")]
    assert legend == ["✓ stämmer 1", "✗ stämmer inte 1", "○ ej prövat 1"]

"""The rulebook on a terminal."""

from __future__ import annotations

import dataclasses
import io

from rich.console import Console, RenderableType

from audit.language import translation
from audit.model import Example
from audit.output.rules import listing, page
from tests import reports

EXAMPLE = Example(
    "", (("Enhet", "Utfall"), ("A", "1"), ("[b]Summa[/b]", "3")), (("[b]Summa[/b]", "Utfall"),), 1
)


def shown(what: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=80, markup=True).print(what)
    return out.getvalue()


def test_the_list_is_sorted_and_in_the_language() -> None:
    rules = (reports.YOY301, reports.DEV201, reports.DEV202)
    swedish = shown(listing(rules, translation("sv"))).splitlines()
    assert [line.split()[0] for line in swedish] == ["Kod", "DEV201", "DEV202", "YOY301"]
    assert "fel" in swedish[1]
    assert "Part of the year" in shown(listing(rules, translation("en")))


def test_a_rule_page_shows_its_examples_with_the_suspect_marked() -> None:
    rule = dataclasses.replace(reports.DEV201, examples=(EXAMPLE,))
    text = shown(page(rule, translation("sv"), 80))
    assert "Avvikelsen stämmer inte med budget och prognos" in text
    assert "Därför att det ska stämma." in text
    assert "Norm: RKR R17" in text
    assert "[b]Summa[/b]" in text
    assert "▸ 3" in text

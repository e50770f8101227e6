"""Rules on a terminal: the list of all, and one rule's page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from audit.language import Words, message
from audit.model import Example, Rule, Severity
from audit.output.layout import ERROR, NOTE, WARNING, heading, line, paragraph

STYLES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.NOTE: NOTE}
NAMES: Mapping[Severity, str] = {
    Severity.ERROR: message("error"),
    Severity.WARNING: message("warning"),
    Severity.NOTE: message("note"),
}


def listing(rules: Sequence[Rule], words: Words) -> RenderableType:
    """Code, severity and title of every rule, by code."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True)
    table.add_column(words.say("Code"), no_wrap=True)
    table.add_column(words.say("Severity"), no_wrap=True)
    table.add_column(words.say("Title"))
    for rule in sorted(rules, key=lambda rule: rule.code):
        table.add_row(
            Text(rule.code, "bold"),
            Text(words.say(NAMES[rule.severity]), STYLES[rule.severity]),
            Text(words.pick(rule.title)),
        )
    return table


def page(rule: Rule, words: Words, width: int) -> RenderableType:
    """The rule's title, why it matters, its norm and its examples."""
    from rich.markdown import Markdown  # noqa: PLC0415  slow to load

    severity = words.say(NAMES[rule.severity])
    parts: list[RenderableType] = [
        *heading(
            (f"{rule.code}  ", STYLES[rule.severity]), words.pick(rule.title), severity, width
        ),
        line(),
        Markdown(words.pick(rule.why)),
    ]
    if rule.norm:
        parts += [line(), *paragraph(words.say("Norm: {norm}", norm=rule.norm), width)]
    for example in rule.examples:
        parts += [line(), *_example(example, words)]
    return Group(*parts)


def _example(example: Example, words: Words) -> list[RenderableType]:
    """The example's table, its suspects marked."""
    header, *rows = example.rows
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="italic")
    for position, name in enumerate(header):
        table.add_column(Text(name), justify="right" if position else "left")
    for row in rows:
        named = zip(header, row, strict=False)
        suspects = {(bare(label), bare(column)) for label, column in example.suspects}
        table.add_row(
            *(_marked(text, (bare(row[0]), bare(name)) in suspects) for name, text in named)
        )
    title = _half(example.title, words) or words.say("Example")
    gives = words.say("gives a finding") if example.suspects else words.say("gives no finding")
    return [
        line((f"{title}: {gives}", "bold")),
        *([Padding(Text(example.note), (0, 0, 0, 2))] if example.note else []),
        Padding(table, (0, 0, 0, 2)),
    ]


def _half(title: str, words: Words) -> str:
    """The language's half of a title "svenska / English", or all of one that has no halves."""
    swedish, slash, english = title.partition(" / ")
    return words.pick({"sv": swedish, "en": english}) if slash else title


def _marked(text: str, suspect: bool) -> Text:
    if suspect:
        return Text(f"▸ {bare(text)}", ERROR)
    weight = "bold" if text.startswith("**") else "italic" if text.startswith("*") else ""
    return Text(bare(text), weight)


def bare(text: str) -> str:
    """A Markdown cell without the stars that say bold or italic."""
    return re.sub(r"^(\*{1,2})(.+)\1$", r"\2", text.strip())

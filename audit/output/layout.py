"""Lines of styled text for a terminal of a given width. Rich would wrap between the digit groups
of a number and read markup in a report's words; here no break falls on a NO-BREAK SPACE and
words are only ever words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from audit.language import Words
from audit.output.excerpt import Excerpt, Line, Quote

# Each is legible on black and on white.
ERROR = "bold red"
WARNING = "bold dark_orange3"
NOTE = "bold steel_blue"
GOOD = "green4"
QUIET = "grey50"

WIDEST_PROSE = 100
WIDEST_HEADER = 16
WIDEST_WORD = 24
LEAST_LABEL = 16
GAP = 3


def line(*parts: str | tuple[str, str]) -> Text:
    """One line that is never wrapped; a part is text or (text, style)."""
    return Text.assemble(*parts, no_wrap=True, overflow="ignore")


def paragraph(
    text: str, width: int, indent: str = "", style: str = "", hang: str = ""
) -> list[Text]:
    """``text`` wrapped to ``width``; lines after the first are indented by ``hang`` as well."""
    room = max(min(width, WIDEST_PROSE), len(indent) + 20)
    wrapped = textwrap.wrap(
        text,
        room,
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_on_hyphens=False,
    )
    return [line((said, style)) for said in wrapped]


def heading(
    lead: tuple[str, str], title: str, right: str | tuple[str, str], width: int
) -> list[Text]:
    """``lead`` (text, style) and the title at the left, ``right`` at the right edge of the first
    line; a long title goes on below itself."""
    edge = min(width, WIDEST_PROSE)
    taken = cell_len(lead[0]) + cell_len(right if isinstance(right, str) else right[0])
    room = max(edge - taken - 2, 20)
    first, *rest = textwrap.wrap(title, room, break_on_hyphens=False) or [""]
    gap = max(edge - taken - cell_len(first), 2)
    lines = [line(lead, (first, "bold"), " " * gap, right)]
    return lines + [line(" " * cell_len(lead[0]), (more, "bold")) for more in rest]


def excerpt(words: Words, shown: Excerpt, width: int, indent: str) -> list[Text]:
    """The rows and columns involved, with ``^^^`` under each suspect. Where there is little room
    headers get narrower first, then a single row is set upright, then labels are cut."""
    names = max(cell_len(text) for text in (shown.corner, *map(_label, shown.lines)))
    room = width - len(indent) - 2
    widths = _widths(shown, WIDEST_HEADER)
    if names + _taken(widths) > room:
        widths = _widths(shown, 0)
    if LEAST_LABEL + _taken(widths) > room and len(shown.lines) == 1:
        shown = _turned(shown)
        names = max(cell_len(text) for text in (shown.corner, *map(_label, shown.lines)))
        widths = _widths(shown, WIDEST_HEADER)
    label = min(names, max(room - _taken(widths), LEAST_LABEL))
    lines = _head(shown, widths, label, indent)
    for row in shown.lines:
        lines += _left_out(words, row.left_out, indent)
        lines += _row(row, widths, label, indent)
    return lines + _left_out(words, shown.left_out, indent)


def quote(words: Words, shown: Quote, width: int, indent: str) -> list[Text]:
    whole = shown.marked.replace(" ", "\N{NO-BREAK SPACE}")  # marked on one line
    text = shown.text.replace(shown.marked, whole) if whole else shown.text
    lines = paragraph(words.say("“{text}”", text=text), width, indent, "italic")[:6]
    if whole:
        for one in lines:
            one.highlight_words([whole], ERROR)
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width``; [""] for no text."""
    return textwrap.wrap(text, width) or [""]


def bar(share: Decimal, contradicted: Decimal, width: int) -> tuple[tuple[str, str], ...]:
    """A bar ``width`` long: verified, contradicted (at least one cell when there is any), rest."""
    wrong = max(int(contradicted * width), 1) if contradicted else 0
    good = min(int(share * width), width - wrong)
    return (("█" * good, GOOD), ("█" * wrong, "red"), ("░" * (width - good - wrong), QUIET))


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells, cut with "…" when it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"


def _widths(shown: Excerpt, header_width: int) -> list[int]:
    """Each column as wide as its widest number and the widest word of its header, and with the
    whole header on a line as far as ``header_width`` allows."""
    widths = []
    for index, header in enumerate(shown.headers):
        texts = max((cell_len(row.spots[index].text) for row in shown.lines), default=0)
        word = max((cell_len(word) for word in header.split()), default=0)
        whole = min(cell_len(header), header_width)
        widths.append(max(texts, min(word, WIDEST_WORD), whole))
    return widths


def _taken(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * len(widths)


def _head(shown: Excerpt, widths: Sequence[int], label: int, indent: str) -> list[Text]:
    wrapped = [
        textwrap.wrap(header, width, break_on_hyphens=False) if header else []
        for header, width in zip(shown.headers, widths, strict=True)
    ]
    height = max([*(len(lines) for lines in wrapped), 1])
    filled = [[""] * (height - len(lines)) + lines for lines in wrapped]
    head = []
    for number, texts in enumerate(zip(*filled, strict=True), start=1):
        corner = fit(shown.corner if number == height else "", label + 2)
        cells = [" " * GAP + text.rjust(width) for text, width in zip(texts, widths, strict=True)]
        head.append(line(indent, ((corner + "".join(cells)).rstrip(), "italic")))
    return head


def _row(row: Line, widths: Sequence[int], label: int, indent: str) -> list[Text]:
    parts: list[str | tuple[str, str]] = [indent, fit(row.sign or "│", 2), fit(_label(row), label)]
    below = [indent, " " * (label + 2)]
    for spot, width in zip(row.spots, widths, strict=True):
        style = ERROR if spot.suspect else "" if spot.involved else QUIET
        length = cell_len(spot.text)
        parts += [" " * (GAP + width - length), (spot.text, style)]
        below.append(" " * (GAP + width - length) + ("^" if spot.suspect else " ") * length)
    marks = "".join(below).rstrip()
    return [line(*parts), *([line((marks, ERROR))] if marks else [])]


def _label(row: Line) -> str:
    return "  " * row.level + row.label


def _left_out(words: Words, rows: int, indent: str) -> list[Text]:
    if not rows:
        return []
    said = words.count("{n} further row", "{n} further rows", rows)
    return [line(indent, (f"… {said}", QUIET))]


def _turned(shown: Excerpt) -> Excerpt:
    """The single row of ``shown`` set upright: its columns are the lines."""
    row = shown.lines[0]
    lines = tuple(
        Line("", header, 0, (spot,)) for header, spot in zip(shown.headers, row.spots, strict=True)
    )
    return Excerpt(shown.table, shown.title, shown.page, shown.corner, (row.label,), lines)

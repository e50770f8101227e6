"""Lines outside tables to passages: headings with their level, paragraphs, list items, footnotes
and the running headers and footers, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from audit.extract.furniture import Furnished
from audit.extract.text import Line
from audit.model import Box, Passage, PassageKind, Style

_ITEM = re.compile(r"^(?:[•●▪◦‣·\uf0b7\uf0a7○o–—-]|\d{1,2}[.)]|[a-z]\))\s+\S")
_NOTE = re.compile(r"^(?:\*{1,3}|\d{1,2}\)?|[¹²³⁴-⁹]+)\s*\S")


def passages(
    furniture: Mapping[int, Furnished], rest: Mapping[int, Sequence[Line]]
) -> tuple[Passage, ...]:
    """The passages of all pages: header, text, footer of each."""
    sizes = _headings(rest.values())
    body = _body_size(rest.values())
    found: list[Passage] = []
    for number, page in furniture.items():
        found += [_single(line, number, PassageKind.HEADER) for line in page.header]
        found += [_passage(group, number, body, sizes) for group in _paragraphs(rest[number], body)]
        found += [_single(line, number, PassageKind.FOOTER) for line in page.footer]
    return tuple(found)


def _body_size(pages: Iterable[Sequence[Line]]) -> float:
    count: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            count[_size(line)] += len(line.text)
    return count.most_common(1)[0][0] if count else 0.0


def _size(line: Line) -> float:
    return round(line.size * 2) / 2


def _bold(line: Line) -> bool:
    return all(part.bold for part in line.chunks)


def _headings(pages: Iterable[Sequence[Line]]) -> list[float]:
    """The sizes of headings, the largest first: those larger than the body's."""
    every = list(pages)
    body = _body_size(every)
    larger = {_size(line) for lines in every for line in lines if _size(line) > 1.08 * body}
    return sorted(larger, reverse=True)


def _heading(line: Line, body: float) -> bool:
    return _size(line) > 1.08 * body or (_bold(line) and len(line.text) < 120)


def _paragraphs(lines: Sequence[Line], body: float) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Line], line: Line, body: float) -> bool:
    above = group[-1]
    gap = line.base - above.base
    same_look = abs(line.size - above.size) < 0.08 * above.size and _heading(
        above, body
    ) == _heading(line, body)
    return (
        same_look
        and 0 < gap <= 1.55 * max(line.size, above.size)
        and not _ITEM.match(line.text)
        and not (_NOTE.match(line.text) and line.size < 0.93 * body)
    )


def _passage(group: Sequence[Line], number: int, body: float, sizes: Sequence[float]) -> Passage:
    first = group[0]
    text = _flow(group)
    kind, level = PassageKind.PARAGRAPH, 0
    if _heading(first, body) and len(text) < 200:
        kind = PassageKind.HEADING
        level = 1 + sum(1 for size in sizes if size > _size(first))
    elif _ITEM.match(text):
        kind = PassageKind.ITEM
    elif _NOTE.match(text) and (first.size < 0.93 * body or text.startswith("*")):
        kind = PassageKind.FOOTNOTE
    return Passage(text, _box(group, number), kind, _style(first), level)


def _flow(group: Sequence[Line]) -> str:
    text = ""
    for line in group:
        if text.endswith("\u00ad") or (re.search(r"[a-zåäöé]-$", text) and line.text[:1].islower()):
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text.replace("\u00ad", "")


def _single(line: Line, number: int, kind: PassageKind) -> Passage:
    return Passage(line.text, _box([line], number), kind, _style(line))


def _box(group: Sequence[Line], number: int) -> Box:
    return Box(
        number,
        min(line.x0 for line in group),
        min(line.top for line in group),
        max(line.x1 for line in group),
        max(line.bottom for line in group),
    )


def _style(line: Line) -> Style:
    return Style(line.size, _bold(line), all(part.italic for part in line.chunks))

"""Heads of columns that are set sideways, as a line of the upright text below which they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.extract.chunks import Chunk, Line, is_number
from audit.extract.pieces import Piece
from audit.extract.text import upright_lines
from audit.extract.words import Word, turned

REACH = 4.0  # ems; the numbers under a head begin at most this far below it
BESIDE = 3.0  # ems; and it stands at most this far beside them
ROWS = 8  # lines of numbers that show where their columns are

Span = tuple[float, float]  # from left to right


def with_heads(lines: Sequence[Line], words: Sequence[Word]) -> list[Line]:
    """``lines`` of a page and the heads among its ``words`` that are set sideways, by baseline."""
    every = list(lines)
    for turn in {word.turn for word in words} & {1, 3}:
        there = [turned(word, turn, 0.0, 0.0) for word in words if word.turn == turn]
        parts = [part for line in upright_lines(there, ()) for part in line.chunks]
        for group in _groups([(_placed(part, turn), part) for part in parts]):
            below = _below(group, every)
            heads = list(_heads(group, _columns(below)))
            if len(heads) > 1:
                beside, others = _beside(heads, below, every)
                every = [*others, _line([*heads, *_upright(beside)])]
    return sorted(every, key=lambda line: line.base) if len(every) != len(lines) else every


Placed = tuple[Chunk, Chunk]  # a line of text on the sheet, and as it reads upright


def _placed(part: Chunk, turn: int) -> Chunk:
    """``part`` of text that was set upright, on the sheet; its baseline is where it ends below."""
    if turn == 1:
        x0, top, x1, bottom = -part.bottom, part.x0, -part.top, part.x1
    else:
        x0, top, x1, bottom = part.top, -part.x1, part.bottom, -part.x0
    return part._replace(x0=x0, top=top, x1=x1, bottom=bottom, base=bottom)


def _groups(texts: Sequence[Placed]) -> list[list[Placed]]:
    """Texts that stand beside each other together."""
    groups: list[list[Placed]] = []
    for text in sorted(texts, key=lambda text: text[0].top):
        if groups and text[0].top < max(other.bottom for other, _ in groups[-1]):
            groups[-1].append(text)
        else:
            groups.append([text])
    return groups


def _below(group: Sequence[Placed], lines: Sequence[Line]) -> list[Line]:
    """The lines of numbers that begin just below the texts."""
    foot, size = max(part.bottom for part, _ in group), group[0][0].size
    below = [
        line
        for line in lines
        if line.top > foot - size and any(is_number(part.text) for part in line.chunks)
    ][:ROWS]
    return below if below and below[0].top < foot + REACH * size else []


def _columns(lines: Sequence[Line]) -> list[Span]:
    spans: list[Span] = []
    numbers = [part for line in lines for part in line.chunks if is_number(part.text)]
    for part in sorted(numbers, key=lambda part: part.x0):
        if spans and part.x0 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], part.x1))
        else:
            spans.append((part.x0, part.x1))
    return spans


def _beside(
    heads: Sequence[Chunk], below: Sequence[Line], lines: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """The upright lines of the same head, and all others."""
    top, foot = min(head.top for head in heads), max(head.bottom for head in heads)
    x0, x1 = min(line.x0 for line in below), max(line.x1 for line in below)
    size = heads[0].size

    def of_head(line: Line) -> bool:
        within = top - 0.5 * size < (line.top + line.bottom) / 2 < foot + 0.5 * size
        return within and x0 - size < line.x0 and line.x1 < x1 + size

    return [line for line in lines if of_head(line)], [line for line in lines if not of_head(line)]


def _upright(lines: Sequence[Line]) -> list[Chunk]:
    """The texts of lines that stand under each other, each as a whole."""
    texts: list[list[Chunk]] = []
    for part in (part for line in lines for part in line.chunks):
        above = [text for text in texts if text[-1].x0 < part.x1 and part.x0 < text[-1].x1]
        if above:
            above[0].append(part)
        else:
            texts.append([part])
    return [_whole(text, text) for text in texts]


def _heads(group: Sequence[Placed], columns: Sequence[Span]) -> Iterator[Chunk]:
    """One head over each column, of as many lines as stand over it."""
    over: dict[Span, list[Placed]] = {}
    for text in group:
        aside, column = min(
            ((_aside(text[0], span), span) for span in columns), default=(0.0, None)
        )
        if column is not None and aside < BESIDE * text[0].size:
            over.setdefault(column, []).append(text)
    for texts in over.values():
        read = sorted((upright for _, upright in texts), key=lambda part: part.base)
        yield _whole(read, [part for part, _ in texts])


def _whole(read: Sequence[Chunk], parts: Sequence[Chunk]) -> Chunk:
    """The lines ``read`` as one text where ``parts`` stand."""
    text = Piece(0, 0, 1, 1, tuple((part,) for part in read)).text
    x0, x1 = min(part.x0 for part in parts), max(part.x1 for part in parts)
    top, bottom = min(part.top for part in parts), max(part.bottom for part in parts)
    look = (read[0].size, read[0].bold, read[0].italic)
    word = Word(text, x0, top, x1, bottom, bottom, *look)
    return Chunk(text, x0, top, x1, bottom, bottom, *look, read[-1].mark, (word,))


def _aside(part: Chunk, span: Span) -> float:
    return max(span[0] - part.centre, part.centre - span[1], 0.0)


def _line(heads: Sequence[Chunk]) -> Line:
    return Line(
        tuple(sorted(heads, key=lambda head: head.x0)),
        max(head.bottom for head in heads),
        min(head.top for head in heads),
        max(head.bottom for head in heads),
        max(head.size for head in heads),
    )

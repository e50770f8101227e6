"""Words to chunks and lines.

A chunk is what a reader takes for one thing on a line: a label,
a whole number with its spaces and sign, a header word; chunks become cells. Numbers are made
whole here, before anyone looks for columns, so that "545 107" is never two columns and two
columns are never one number.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audit.extract.drawing import Stroke
from audit.extract.leaders import lead_to_pages, unled
from audit.extract.words import OVERLAP, SPACED_GAP, WORD_GAP, Word

# Gaps in ems. A normal space is 0.25-0.32 em; justified prose stretches it to about 0.8.
DIGIT_GROUP_GAP = 0.46
SIGN_GAP = 0.75
NUMBER_TEXT_GAP = 0.62
TEXT_GAP = 0.95

MOVED = 0.3  # so far may a raised mark push a cell's baseline down

LONGEST_MARK = 5  # characters
HOST = 1.2  # a word with a raised mark is so much larger than it
ALIKE = 1.4  # words whose sizes differ more are no one line, though their baselines meet

MINUS = "\u2212\u2013\u2010\u2011\u2012-"
_LINE_END_HYPHENS = ("-", "\u2010", "\u00ad")
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_TO_MONTH = re.compile(rf"\b{_MONTH}$", re.I), re.compile(_MONTH, re.I)  # "jan-" and "aug"
_LISTED = ("och", "eller", "samt", "respektive", "and", "or")
_SLASH = re.compile(r"\w/$")  # what a stroke divides goes on without a space
_SIGNS = re.escape(MINUS)
_GROUPED_END = re.compile(rf"(?:^|[({_SIGNS}+])\d{{1,3}}(?: \d{{3}})*$")
_GROUP_START = re.compile(r"^\d{3}(?!\d)")
CURRENCIES = "$€£"
_NUMBER = re.compile(
    rf"^[({_SIGNS}+<>≥≤±]*\s?(?:[{CURRENCIES}]\s?[({_SIGNS}]*)?"
    rf"\d[\d .,\u00a0\u2009\u202f]*[)%{_SIGNS}]?\s?%?\)?$"
)


_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Chunk(NamedTuple):
    """Words that belong together. ``mark`` is a raised footnote mark that followed them."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    mark: str
    words: tuple[Word, ...]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def numeric(self) -> bool:
        """Whether the chunk is a number as printed, its sign and percent mark included."""
        return is_number(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """Chunks on one baseline, from left to right."""

    chunks: tuple[Chunk, ...]
    base: float
    top: float
    bottom: float
    size: float

    @classmethod
    def of(cls, chunks: Sequence[Chunk]) -> Line:
        """Chunks of one baseline, in order, of which there is at least one."""
        return cls(
            tuple(chunks),
            chunks[0].base,
            min(chunk.top for chunk in chunks),
            max(chunk.bottom for chunk in chunks),
            max(chunk.size for chunk in chunks),
        )

    @property
    def x0(self) -> float:
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        return max(chunk.x1 for chunk in self.chunks)

    @property
    def text(self) -> str:
        """The words as printed, footnote marks raised."""
        return " ".join(chunk.text + chunk.mark.translate(_RAISED_DIGITS) for chunk in self.chunks)


def is_number(text: str) -> bool:
    return _NUMBER.match(text) is not None


def lines(words: Iterable[Word], verticals: Sequence[Stroke]) -> list[Line]:
    """The upright text of a page as lines from top to bottom.

    ``verticals`` are the page's vertical rules: no chunk crosses one.
    """
    upright = [word for word in words if word.turn == 0]
    free, leading = unled(upright)
    if leading:
        found = upright_lines(free, verticals)
        if not lead_to_pages(_led_to(found, leading)):
            return found
    return upright_lines(upright, verticals)


def upright_lines(words: Sequence[Word], verticals: Sequence[Stroke]) -> list[Line]:
    """``words``, all of them upright, as lines from top to bottom."""
    settled, marks = _raised(words)
    pitch = _fixed_pitch(settled)
    from_left = sorted(verticals)
    marks.sort(key=lambda mark: mark.base)
    return _level(
        [
            _line(row, _beside(row, marks), from_left, _group_gap(row, pitch))
            for row in _rows(settled)
        ]
    )


def _level(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with those together that a raised mark in one has moved apart."""
    level: list[Line] = []
    for line in lines:
        if level and _moved(level[-1], line):
            both = sorted([*level[-1].chunks, *line.chunks], key=lambda part: part.x0)
            top, bottom = min(level[-1].top, line.top), max(level[-1].bottom, line.bottom)
            size = max(level[-1].size, line.size)
            level[-1] = Line(tuple(both), level[-1].base, top, bottom, size)
        else:
            level.append(line)
    return level


def _moved(above: Line, line: Line) -> bool:
    return (
        line.base - above.base < MOVED * line.size
        and any(part.mark for part in (*above.chunks, *line.chunks))
        and not any(
            one.x0 < other.x1 + TEXT_GAP * line.size and other.x0 < one.x1 + TEXT_GAP * line.size
            for one in above.chunks
            for other in line.chunks
        )
    )


def _pitch(word: Word) -> float:
    return (word.x1 - word.x0) / len(word.text) / word.size


def _fixed_pitch(words: Sequence[Word]) -> float:
    """The advance (ems) of a typeface with one for all characters, 0 where none is used: many
    words of letters have the same average, which elsewhere is chance."""
    pitches = Counter(
        round(_pitch(word), 2) for word in words if len(word.text) > 3 and word.text.isalpha()
    )
    pitch, count = pitches.most_common(1)[0] if pitches else (0.0, 0)
    return pitch if count >= max(4, 0.25 * pitches.total()) else 0.0


def _group_gap(row: Sequence[Word], pitch: float) -> float:
    """The widest gap (ems) between groups of digits on a line: a space of its typeface."""
    if not pitch:
        return DIGIT_GROUP_GAP
    held = [word for word in row if len(word.text) > 1 and word.text.isalnum()]
    fixed = held and all(abs(_pitch(word) - pitch) < 0.02 * pitch for word in held)
    return max(DIGIT_GROUP_GAP, 1.05 * pitch) if fixed else DIGIT_GROUP_GAP


def _led_to(lines: Sequence[Line], leading: Sequence[Word]) -> list[str]:
    """What stands right of the dots on each line that has some."""
    ends = {round(dots.base): dots.x1 for dots in leading}
    return [
        " ".join(part.text for part in line.chunks if part.x0 >= ends[round(line.base)] - 1)
        for line in lines
        if round(line.base) in ends and line.x1 > ends[round(line.base)] + 1
    ]


def _beside(row: Sequence[Word], marks: Sequence[Word]) -> Sequence[Word]:
    """Those of ``marks`` (in order from the top) that may belong to words of ``row``."""
    if not marks:
        return ()
    size = max(word.size for word in row)
    first = bisect_left(marks, row[0].base - size, key=lambda mark: mark.base)
    beyond = bisect_left(marks, row[0].base + size, key=lambda mark: mark.base)
    return marks[first:beyond]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words of like size by baseline, from the top; within a row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        size, near = word.size, word.base - max(0.7, 0.18 * word.size)
        for row in rows[-3:]:
            first = row[0]
            if first.base >= near and size <= ALIKE * first.size and first.size <= ALIKE * size:
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.x0)
    return rows


_MARK = re.compile(r"^(?:\d{1,2}(?:,\d{1,2})?|\*{1,3}|[a-e]|[¹²³⁴-⁹⁰]+)[).]?$")


def _raised(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Words set on a baseline, and footnote marks: smaller than and raised over the word that
    they touch. Other raised words ("3rd") come down to the line that they belong to."""
    settled: list[Word] = []
    marks: list[Word] = []
    by_place = sorted(words, key=lambda word: word.base)
    hosts: dict[float, _Hosts] = {}  # by the size of the type beside them
    for word in by_place:
        if len(word.text) > LONGEST_MARK:
            settled.append(word)
            continue
        size = round(word.size, 1)
        if size not in hosts:
            hosts[size] = _Hosts.larger(by_place, HOST * size)
        host = hosts[size].beside(word)
        if host is None:
            settled.append(word)
        elif _MARK.match(word.text) and _follows(word, host):
            marks.append(word)
        else:
            settled.append(word._replace(base=host.base, size=host.size))
    return settled, marks


@dataclass(frozen=True, slots=True)
class _Hosts:
    """Words that smaller ones may stand raised beside, by their baselines."""

    words: Sequence[Word]
    largest: float

    @classmethod
    def larger(cls, words: Iterable[Word], size: float) -> _Hosts:
        """Those of ``words`` (in order from the top) that are at least of that size."""
        found = [word for word in words if word.size >= size]
        return cls(found, max((word.size for word in found), default=0.0))

    def beside(self, mark: Word) -> Word | None:
        """The word beside which ``mark`` stands raised, or small on its very baseline."""
        highest = mark.base - 0.06 * self.largest
        first = bisect_left(self.words, highest, key=lambda word: word.base)
        for word in itertools.islice(self.words, first, None):
            lift = word.base - mark.base
            if lift >= 0.75 * self.largest:
                break
            if not -0.06 * word.size <= lift < 0.75 * word.size:
                continue
            before, after = mark.x0 - word.x1, word.x0 - mark.x1
            leads = -0.2 * word.size < after < 0.5 * word.size and lift > 0.1 * word.size
            if leads or -0.2 * word.size < before < 0.3 * word.size:
                return word
        return None


def _line(
    row: Sequence[Word],
    marks: Sequence[Word],
    verticals: Sequence[Stroke],
    group_gap: float,
) -> Line:
    groups: list[list[Word]] = []
    so_far = ""
    for word in row:
        if groups and _joined(groups[-1], so_far, word, verticals, group_gap):
            so_far += _between(groups[-1][-1], word) + word.text
            groups[-1].append(word)
        else:
            so_far = word.text
            groups.append([word])
    return Line.of([_chunk(group, marks) for group in groups])


def _joined(
    group: Sequence[Word],
    so_far: str,
    word: Word,
    verticals: Sequence[Stroke],
    group_gap: float,
) -> bool:
    """Whether ``word`` goes on with the chunk that ``group``, whose text is ``so_far``, began."""
    last = group[-1]
    em = max(last.size, word.size)
    gap = (word.x0 - last.x1) / em
    if gap < OVERLAP or gap > max(TEXT_GAP, SIGN_GAP):
        return False
    if _ruled_apart(last, word, verticals):
        return False
    if gap < WORD_GAP:
        return True
    if _GROUP_START.match(word.text) and is_number(so_far):
        return _one_number(group, so_far, gap, group_gap)
    if so_far[-1:].isdigit() and word.text[:1].isdigit():
        return not is_number(so_far) and gap < NUMBER_TEXT_GAP  # "Q2 2006", "halvår 1 2026"
    if so_far in CURRENCIES:
        return gap < TEXT_GAP
    if so_far in MINUS or so_far in ("+", "±", "<", ">", "≥", "≤"):
        return gap < SIGN_GAP
    number_here = is_number(so_far) or is_number(word.text)
    if number_here and word.text in ("%", ")"):
        return gap < NUMBER_TEXT_GAP
    if word.text in MINUS and is_number(so_far):
        return False
    return gap < (NUMBER_TEXT_GAP if number_here else TEXT_GAP)


def _one_number(group: Sequence[Word], so_far: str, gap: float, widest: float) -> bool:
    """Whether a group of three digits belongs to the number before it. The gap must be one of
    digit groups, and no wider than what follows inside the same number would allow."""
    tail = so_far.rsplit("  ", 1)[-1]
    if not _GROUPED_END.search(tail) or gap > widest:
        return False
    inner = [
        (right.x0 - left.x1) / max(left.size, right.size)
        for left, right in itertools.pairwise(group)
        if left.text[-1:].isdigit() and right.text[:1].isdigit()
    ]
    return not inner or gap <= 1.35 * max(inner) + 0.02


def _ruled_apart(left: Word, right: Word, verticals: Sequence[Stroke]) -> bool:
    """``verticals`` are in order from the left."""
    if not verticals:
        return False
    middle = (left.top + left.bottom) / 2
    low, high = left.x1 - 0.35 * left.size, right.x0 + 0.35 * right.size
    for rule in itertools.islice(verticals, bisect_left(verticals, (low,)), None):
        if rule.x0 > high:
            return False
        if rule.top <= middle <= rule.bottom:
            return True
    return False


def _text(group: Sequence[Word]) -> str:
    text = group[0].text
    for left, right in itertools.pairwise(group):
        text += _between(left, right) + right.text
    return text


def _between(left: Word, right: Word) -> str:
    """A space where one is seen or said between two words of a chunk."""
    gap = right.x0 - left.x1
    apart = SPACED_GAP if right.spaced else WORD_GAP
    return " " if gap >= apart * max(left.size, right.size) else ""


_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _chunk(group: Sequence[Word], marks: Sequence[Word]) -> Chunk:
    """The mark after the last word is the chunk's; one inside it stays in the text, raised."""
    if not marks:
        return chunk(group, "")
    last = group[-1]
    inside = [_with_mark(word, marks) for word in group[:-1]]
    mark = "".join(candidate.text for candidate in marks if _follows(candidate, last))
    if mark in ("2", "3") and _METRE.search(last.text):
        return chunk([*inside, _with_mark(last, marks)], "")
    return chunk([*inside, last], mark)


def _with_mark(word: Word, marks: Sequence[Word]) -> Word:
    raised = "".join(mark.text for mark in marks if _follows(mark, word))
    return word._replace(text=word.text + raised.translate(_RAISED_DIGITS)) if raised else word


def _follows(mark: Word, word: Word) -> bool:
    lift = word.base - mark.base
    return (
        -0.2 * word.size < mark.x0 - word.x1 < 0.3 * word.size
        and -0.06 * word.size <= lift < 0.75 * word.size
    )


_METRE = re.compile(r"\b[kcdm]?m$")  # its square is a unit: "48⁴" is marked, "kWh per m²" is not
_RAISED_END = re.compile(r"(?<=[^⁰¹²³⁴-⁹])(?<!\b[kcdm]m)(?<!\bm)[⁰¹²³⁴-⁹]+$")


def chunk(group: Sequence[Word], mark: str) -> Chunk:
    """Words as one chunk; also for a part of a chunk that columns divide."""
    raised = _RAISED_END.search(group[-1].text)
    if raised:
        last = group[-1]._replace(text=group[-1].text[: raised.start()])
        digits = raised.group().translate(_PLAIN_DIGITS)
        return chunk([*group[:-1], last], digits + mark)
    if len(group) == 1:
        text, x0, top, x1, bottom, base, size, bold, italic, *_ = group[0]
        return Chunk(text, x0, top, x1, bottom, base, size, bold, italic, mark, tuple(group))
    weight = sum(len(word.text) for word in group)
    return Chunk(
        _text(group),
        group[0].x0,
        min(word.top for word in group),
        max(word.x1 for word in group),
        max(word.bottom for word in group),
        group[0].base,
        max(word.size for word in group),
        sum(len(word.text) for word in group if word.bold) * 2 > weight,
        sum(len(word.text) for word in group if word.italic) * 2 > weight,
        mark,
        tuple(group),
    )


def bounds(parts: Sequence[Chunk]) -> tuple[float, float, float, float]:
    """The box (x0, top, x1, bottom) around ``parts``, of which there is at least one."""
    if len(parts) == 1:
        return (parts[0].x0, parts[0].top, parts[0].x1, parts[0].bottom)
    return (
        min(part.x0 for part in parts),
        min(part.top for part in parts),
        max(part.x1 for part in parts),
        max(part.bottom for part in parts),
    )


def flowing(lines: Iterable[str]) -> str:
    """Lines of one text together. A word that a hyphen divides at a line's end is whole again; the
    hyphen of "drift- och", "EU-projekt", "jan-aug" and "2021-2022" stays."""
    return flowing_from(lines)[0]


def flowing_from(lines: Iterable[str]) -> tuple[str, list[int]]:
    """The same, and at which character of it each line begins."""
    text, starts = "", []
    for line in lines:
        stem, last = text[:-1], text[-1:]
        if len(stem) < 2 or stem[-1] == " " or last not in _LINE_END_HYPHENS:
            text += line if not text or _SLASH.search(text) else f" {line}"
        elif line.split(" ", 1)[0] in _LISTED:
            text = f"{stem}- {line}"
        else:
            text = stem + ("" if _divides(stem, line) else "-") + line
        starts.append(len(text) - len(line))
    if "\u00ad" in text:
        starts = [start - text.count("\u00ad", 0, start) for start in starts]
    return text.replace("\u00ad", ""), starts


def _divides(stem: str, line: str) -> bool:
    """Whether a hyphen after ``stem`` divides a word only because the line ends there."""
    month, then = _TO_MONTH
    if month.search(stem) and then.match(line):
        return False
    capitals = stem[-2:].isupper()
    return stem[-1].isalpha() and (line[:2].isupper() if capitals else line[:1].islower())

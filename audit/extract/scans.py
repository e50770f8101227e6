"""Pages and parts of pages that are pictures: their words and rules, as if they were drawn.

A picture is set upright and straight, its rules are taken for what they are and wiped out before
the engine looks for words, and both are put where they stand on the page. What was read so knows
it: its words carry how far the engine trusts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median
from typing import Any

from pypdfium2 import PdfDocument

from audit.extract.drawing import Stroke
from audit.extract.pdfium import Frame, Sheet
from audit.extract.recognition import SURE, Recogniser, Seen, installed, recogniser
from audit.extract.ruling import horizontals, lattices, verticals
from audit.extract.words import Word

GLANCE = 150  # dots an inch at which it is seen whether a picture is worth reading
FRAMED = 0.75  # of a picture of a table so much is within its rules
RESOLUTION = 300  # dots an inch, which Tesseract's makers advise
SHADES = 24  # of 256 shades of grey so many make half of a page or table; noise adds some
UPRIGHT = 0.6  # of the words of an upright page so many are read surely; it may lie on its side
STEEPEST = 3.0  # degrees by which a scan may be askew
RULE_LENGTH = 0.2  # inches; a stroke of a letter is shorter
RULE_WIDTH = 0.05  # inches; what is thicker is no rule
LETTERS = 20  # so many letters at least make a table
LETTER = 0.3  # inches; few letters are higher, and hardly a bar or curve is lower
AROUND = 0.1  # inches; the ground around a stroke
DARKER = 16  # shades of grey

# Heights in ems above and below the baseline, as most typefaces have them.
ASCENDER, X_HEIGHT, DESCENDER = 0.72, 0.52, 0.21
_LOW = frozenset("acemnorsuvwxz")
_DEEP = frozenset("gjpqyç,;()[]{}|")
ALIKE = 1.35  # sizes that differ by less are one size, measured badly

Rectangle = tuple[float, float, float, float]


def recognised(document: PdfDocument, sheet: Sheet) -> Sheet:
    """The sheet with what is read in its pictures, where an engine for that is installed."""
    areas = _areas(sheet)
    if not areas or not installed():
        return sheet
    page = document[sheet.frame.number - 1]
    try:
        if sheet.words:
            glance = _rendered(page, GLANCE)
            areas = [area for area in areas if _is_table(_cut(glance, area, GLANCE))]
        engine = recogniser() if areas else None
        if engine is None:
            return sheet
        image = _rendered(page, RESOLUTION)
    finally:
        page.close()
    if not sheet.words:
        return _page(sheet, image, engine)
    for area in areas:
        sheet = _with(sheet, _cut(image, area, RESOLUTION), area[:2], engine, (area,))
    return sheet


def _rendered(page: Any, resolution: int) -> Any:
    return page.render(scale=resolution / 72, grayscale=True).to_pil()


def _cut(image: Any, area: Rectangle, resolution: int) -> Any:
    return image.crop(tuple(round(side * resolution / 72) for side in area))


def _is_table(image: Any) -> bool:
    """Whether a picture (at GLANCE) is a ruled grid from side to side, or nothing but text. The
    pictures in reports are charts as often as tables; a chart's rules leave room for its names
    and numbers, and its bars and curves are larger than letters."""
    if not _is_paper(image):
        return False
    across, down, clean = _rules(image, GLANCE)
    if not down and _is_text(clean):
        return True
    grids = lattices(
        horizontals(_rule(box, flat=True) for box in across),
        verticals(_rule(box, flat=False) for box in down),
    )
    return any(
        (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1])
        >= FRAMED * image.width * image.height
        and 2 * len(grid.cells) >= (len(grid.xs) - 1) * (len(grid.ys) - 1)
        and min(len(grid.xs), len(grid.ys)) > 2
        for grid in grids
    )


def _areas(sheet: Sheet) -> list[Rectangle]:
    """The large pictures without words over them; none on a page whose text is turned."""
    if sheet.frame.turn:
        return []
    return [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in sheet.large_pictures
        if not any(
            x0 < (word.x0 + word.x1) / 2 < x1 and top < (word.top + word.bottom) / 2 < bottom
            for word in sheet.words
        )
    ]


def _is_text(image: Any) -> bool:
    """Whether all that is drawn in an image (at GLANCE, without rules) is as small as letters."""
    import cv2  # noqa: PLC0415 - heavy, and only pictures need it
    import numpy  # noqa: PLC0415

    _, _, places, _ = cv2.connectedComponentsWithStats(_dark(numpy.array(image), GLANCE))
    letters = [(wide, high) for _, _, wide, high, _ in places[1:].tolist() if high > 2]
    return len(letters) >= LETTERS and all(
        high <= LETTER * GLANCE or wide <= RULE_WIDTH * GLANCE for wide, high in letters
    )


def _dark(grey: Any, resolution: int) -> Any:
    """What is darker than the ground around it, on shaded cells too."""
    import cv2  # noqa: PLC0415

    around = 2 * round(AROUND * resolution / 2) + 1
    method, mode = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return cv2.adaptiveThreshold(grey, 255, method, mode, around, DARKER)


def _page(sheet: Sheet, image: Any, engine: Recogniser) -> Sheet:
    """A page that is nothing but pictures; it may lie on its side."""
    if not _is_paper(image):
        return sheet
    pictures = sheet.large_pictures
    read = _with(sheet, image, (0.0, 0.0), engine, pictures)
    sure = sum(1 for word in read.words if word.trust >= SURE)
    if read.words and sure >= UPRIGHT * len(read.words):
        return read
    turn = engine.turn(image)
    if turn == 0:
        return read
    frame = sheet.frame
    wide, high = (frame.height, frame.width) if turn % 2 else (frame.width, frame.height)
    whole = ((0.0, 0.0, wide, high),)
    upright = replace(sheet, frame=Frame(frame.number, wide, high, turn), pictures=whole)
    return _with(upright, image.rotate(90 * turn, expand=True), (0.0, 0.0), engine, whole)


def _with(
    sheet: Sheet,
    image: Any,
    corner: tuple[float, ...],
    engine: Recogniser,
    pictures: Sequence[Rectangle],
) -> Sheet:
    """The sheet with the words and rules of an upright image whose top left is at ``corner``."""
    straight = _straight(image)
    across, down, clean = _rules(straight, RESOLUTION)
    x, y = corner

    def placed(box: Rectangle) -> Rectangle:
        x0, top, x1, bottom = (side * 72 / RESOLUTION for side in box)
        return (x + x0, y + top, x + x1, y + bottom)

    words = [_word(seen, placed) for seen in _sized(engine.words(clean))]
    return replace(
        sheet,
        words=(*sheet.words, *words),
        horizontals=(*sheet.horizontals, *(_rule(placed(box), flat=True) for box in across)),
        verticals=(*sheet.verticals, *(_rule(placed(box), flat=False) for box in down)),
        recognised=(*sheet.recognised, *pictures),
        engine=engine.name,
    )


def _is_paper(image: Any) -> bool:
    """Whether few shades make most of an image, as on paper and in tables; a photograph has
    many."""
    histogram: list[int] = image.histogram()
    commonest = sorted(histogram, reverse=True)[:SHADES]
    return 2 * sum(commonest) >= sum(histogram)


def _straight(image: Any) -> Any:
    """The image turned so that its lines run level: the angle at which rows of pixels differ the
    most (Postl 1986)."""
    import numpy  # noqa: PLC0415 - heavy, and only pictures need it

    small = image.resize((image.width // 4 or 1, image.height // 4 or 1))

    def unevenness(angle: float) -> float:
        rows = numpy.asarray(small.rotate(angle, fillcolor=255), dtype=float).sum(axis=1)
        return float(numpy.square(numpy.diff(rows)).sum())

    steps = [STEEPEST * step / 15 for step in range(-15, 16)]
    best = max(steps, key=unevenness)
    if best == 0 or unevenness(best) < 1.05 * unevenness(0.0):
        return image
    return image.rotate(best, fillcolor=255)


def _rules(image: Any, resolution: int) -> tuple[list[Rectangle], list[Rectangle], Any]:
    """The rules across and down an image, and the image without them."""
    import cv2  # noqa: PLC0415 - heavy, and only pictures need it
    import numpy  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    grey = numpy.array(image)
    dark = _dark(grey, resolution)
    length, width = round(RULE_LENGTH * resolution), RULE_WIDTH * resolution
    found: list[list[Rectangle]] = []
    for shape in ((length, 1), (1, length)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        _, _, places, _ = cv2.connectedComponentsWithStats(runs)
        boxes: list[Rectangle] = []
        for x, y, wide, high, _ in places[1:].tolist():
            if min(wide, high) <= width:
                boxes.append((x, y, x + wide, y + high))
                grey[max(0, y - 1) : y + high + 1, max(0, x - 1) : x + wide + 1] = 255
        found.append(boxes)
    return found[0], found[1], Image.fromarray(grey)


def _rule(box: Rectangle, *, flat: bool) -> Stroke:
    x0, top, x1, bottom = box
    if flat:
        return Stroke(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    return Stroke((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)


def _sized(words: Sequence[Seen]) -> Iterator[tuple[Seen, float, float]]:
    """Words with their baseline and size of type in pixels. The boxes end where the ink does, so
    each word is measured by its letters, and the words of a line are taken together."""
    measures = {index: _measure(word) for index, word in enumerate(words)}
    sizes = [size for measure in measures.values() if measure is not None for _, size in [measure]]
    usual = median(sizes) if sizes else 0.0
    for _, line in groupby(enumerate(words), key=lambda item: item[1].line):
        there = list(line)
        known = [measure for index, _ in there if (measure := measures[index]) is not None]
        base = median(base for base, _ in known) if known else max(w.bottom for _, w in there)
        size = median(size for _, size in known) if known else usual
        if usual and max(size, usual) < ALIKE * min(size, usual):
            size = usual
        for _, word in there:
            yield word, base, size


def _measure(word: Seen) -> tuple[float, float] | None:
    """Baseline and size of type by the letters of a word; None where they do not tell."""
    letters = [c for c in word.text if c.isalnum()]
    if not letters:
        return None
    up = X_HEIGHT if _LOW.issuperset(letters) else ASCENDER
    down = 0.0 if _DEEP.isdisjoint(word.text) else DESCENDER
    size = (word.bottom - word.top) / (up + down)
    return word.bottom - down * size, size


def _word(measured: tuple[Seen, float, float], placed: Callable[[Rectangle], Rectangle]) -> Word:
    seen, base, size = measured
    x0, top, x1, bottom = placed((seen.x0, seen.top, seen.x1, seen.bottom))
    return Word(
        text=seen.text,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        base=placed((0.0, base, 0.0, base))[1],
        size=size * 72 / RESOLUTION,
        bold=False,
        italic=False,
        trust=seen.trust,
    )

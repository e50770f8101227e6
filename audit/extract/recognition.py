"""Engines that read words in a picture, behind one face. Tesseract is the one there is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

WANTED = ("swe", "eng")  # languages by Tesseract's names; one of them must be there
BLOCK = 6  # Tesseract's page segmentation mode for one block of text: rows stay rows
SPARSE = 11  # and the one that looks for words wherever they are: the second look
SURE = 0.6  # words that are trusted less give way to the second look's
UNSURE = 0.5  # how far a number is trusted that both looks do not read alike


class Seen(NamedTuple):
    """A word in a picture, in its pixels from the top left. ``trust`` is between 0 and 1, ``line``
    the same for words of one line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    trust: float
    line: tuple[int, ...]


class Recogniser(Protocol):
    """What reads pictures. An image is one of Pillow's, grey."""

    @property
    def name(self) -> str: ...

    def words(self, image: Any) -> list[Seen]:
        """The words of an upright image."""
        ...

    def turn(self, image: Any) -> int:
        """The quarter turns clockwise that most of the text of an image has."""
        ...


def installed() -> bool:
    """Whether there is an engine: the extra ``ocr`` and the program. To ask costs little."""
    packages = all(find_spec(name) is not None for name in ("pytesseract", "cv2"))
    return packages and shutil.which("tesseract") is not None


def recogniser() -> Recogniser | None:
    """The engine that is installed, if it knows a language of WANTED; else None."""
    if not installed():
        return None
    import pytesseract  # noqa: PLC0415 - heavy, and only pictures need it

    there = pytesseract.get_languages()
    languages = tuple(language for language in WANTED if language in there)
    return Tesseract(languages) if languages else None


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Tesseract through pytesseract, which looks twice: a number is trusted when it reads the
    same as part of a block and by itself."""

    languages: Sequence[str]

    @property
    def name(self) -> str:
        return "tesseract"

    def words(self, image: Any) -> list[Seen]:
        first, second = self._look(image, BLOCK), self._look(image, SPARSE)
        surer = [word for word in second if word.trust >= SURE]
        kept = [word for word in first if word.trust >= SURE or not _over(word, surer)]
        missed = [word for word in surer if not _over(word, kept)]
        return [
            word if _agreed(word, second) else word._replace(trust=min(word.trust, UNSURE))
            for word in kept
        ] + missed

    def turn(self, image: Any) -> int:
        import pytesseract  # noqa: PLC0415

        try:
            told = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT)
        except pytesseract.TesseractError:  # too few characters to tell, or no data for it
            return 0
        return (360 - int(told["rotate"])) // 90 % 4

    def _look(self, image: Any, mode: int) -> list[Seen]:
        import pytesseract  # noqa: PLC0415

        told = pytesseract.image_to_data(
            image,
            lang="+".join(self.languages),
            config=f"--psm {mode}",
            output_type=pytesseract.Output.DICT,
        )
        rows = zip(
            *(told[name] for name in ("text", "left", "top", "width", "height", "conf")),
            *(told[name] for name in ("block_num", "par_num", "line_num")),
            strict=True,
        )
        return [
            Seen(text.strip(), x, y, x + wide, y + high, float(trust) / 100, line)
            for text, x, y, wide, high, trust, *where in rows
            if text.strip() and float(trust) >= 0
            for line in [tuple(where)]
        ]


def _agreed(word: Seen, others: Sequence[Seen]) -> bool:
    """Whether the digits of ``word`` were read the same at the second look."""
    digits = _digits(word.text)
    there = _over(word, others)
    return (
        not digits
        or any(digits in _digits(other.text) for other in there)
        or _digits("".join(other.text for other in there)) == digits
    )


def _over(word: Seen, others: Sequence[Seen]) -> list[Seen]:
    """Those of ``others`` that stand where ``word`` stands."""
    middle = (word.top + word.bottom) / 2
    return [
        other
        for other in others
        if other.x0 < word.x1 and other.x1 > word.x0 and other.top < middle < other.bottom
    ]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())

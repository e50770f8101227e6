from __future__ import annotations

import pytest

from audit.language import translation
from audit.model import Obstacle, Skipped, SourceError
from audit.output.obstacles import SENTENCES, sentence


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_line_of_its_own(obstacle: Obstacle, language: str) -> None:
    words = translation(language)
    line = sentence(Skipped("a.pdf", obstacle, "så\nhär {0}\x1b"), words)
    assert line == sentence(SourceError(obstacle, "så\nhär {0}\x1b"), words)
    assert line.isprintable()
    assert ("så här {0}" in line) == ("{detail}" in SENTENCES[obstacle])


def test_in_words() -> None:
    words = translation("sv")
    assert sentence(Skipped("a", Obstacle.UNREADABLE, "Fel"), words) == "Kunde inte läsas (Fel)."
    assert sentence(Skipped("a", Obstacle.NESTED), words) == (
        "Är en zip i en zip. Packa upp den och granska innehållet."
    )

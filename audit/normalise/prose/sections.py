"""Which part of the report a table and a sentence stand in, by the headings over both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from audit.model import Passage, PassageKind, Table
from audit.normalise.prose.sentences import Sentence, below, texts

Place = tuple[str, int]  # table, and row or column


@dataclass(frozen=True, slots=True)
class Sections:
    """By the id of a table: the ``headings`` it stands under, the nearest first, and its
    ``pages``."""

    headings: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, tables: Sequence[Table], passages: Sequence[Passage]) -> Sections:
        headings = [one for one in passages if one.kind is PassageKind.HEADING]
        over = {table.id: _over(table, headings) for table in tables}
        return cls(over, {table.id: table.pages for table in tables})

    def own(self, place: Place, sentence: Sentence) -> bool:
        """Whether a row stands under the very heading that the sentence does."""
        return self._shared(place[0], sentence) == len(sentence.headings) > 0

    def several(self, places: Iterable[Place]) -> bool:
        """Whether rows stand under more than one heading."""
        return len({self.headings[table] for table, _ in places}) > 1

    def nearest_first(self, rows: Iterable[Place], sentence: Sentence) -> tuple[Place, ...]:
        """The rows of the sentence's own section first, then those of the nearest page."""

        def far(place: Place) -> tuple[int, int, str]:
            table, _ = place
            pages = min(abs(sentence.page - page) for page in self.pages[table])
            return -self._shared(table, sentence), pages, table

        return tuple(sorted(rows, key=far))

    def _shared(self, table: str, sentence: Sentence) -> int:
        """How many headings a table and a sentence stand under together."""
        both = zip(reversed(self.headings[table]), reversed(sentence.headings), strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))


def _over(table: Table, headings: Sequence[Passage]) -> tuple[str, ...]:
    over: list[Passage] = []
    first = table.regions[0]
    for heading in headings:
        if (heading.box.page, heading.box.top) < (first.page, first.top):
            over = below(over, heading)
    return texts(over)

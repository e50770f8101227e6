"""Which figures of a report are one."""

from __future__ import annotations

from audit.model import Figure

Place = tuple[str, int, int]


class Copies:
    """Figures that were found to be one. What stands in six tables is tied by five comparisons,
    not by fifteen."""

    def __init__(self) -> None:
        self._over: dict[Place, Place] = {}
        self._many: dict[Place, int] = {}

    def join(self, one: Figure, other: Figure) -> bool:
        """Whether the two were not known to be one until now."""
        first, second = self._root(one), self._root(other)
        if first == second:
            return False
        self._many[second] = self._count(first) + self._count(second)
        self._over[first] = second
        return True

    def count(self, figure: Figure) -> int:
        """How many times the figure is printed."""
        return self._count(self._root(figure))

    def _count(self, root: Place) -> int:
        return self._many.get(root, 1)

    def _root(self, figure: Figure) -> Place:
        place = (figure.table, figure.row, figure.column)
        while self._over.get(place, place) != place:
            place = self._over[place]
        return place

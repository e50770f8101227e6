"""Tables as rows with names, and the rows that two of them have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.checks.lines import figures_by_row
from audit.checks.ties.names import cores, is_bare, name
from audit.checks.ties.slots import Slot, slots
from audit.model import Aspect, Concept, Figure, Grid, Role, Row

# Concepts that a report has one of, whatever its table calls it and wherever it stands.
PINNED = frozenset(
    {
        Concept.NET_COST,
        Concept.TAX_REVENUE,
        Concept.OPERATING_RESULT,
        Concept.RESULT_AFTER_FINANCIAL,
        Concept.RESULT_BEFORE_TAX,
        Concept.YEAR_RESULT,
        Concept.ASSETS,
        Concept.FIXED_ASSETS,
        Concept.CURRENT_ASSETS,
        Concept.EQUITY,
        Concept.PROVISIONS,
        Concept.LIABILITIES,
        Concept.LONG_LIABILITIES,
        Concept.SHORT_LIABILITIES,
        Concept.EQUITY_AND_LIABILITIES,
        Concept.CASH_FLOW,
        Concept.CASH_OPENING,
        Concept.CASH_CLOSING,
        Concept.ADJUSTED_RESULT,
        Concept.BALANCE_RESULT,
    }
)
REST = ("övrig", "annat", "annan", "andra", "diverse", "ofördel")
PARTS = (Aspect.WOMEN, Aspect.MEN)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds figures. ``name`` and ``cores`` of a ``bare`` "Summa" are those of the
    heading that it stands under; ``above`` is the row that the row is a part of."""

    row: Row
    name: str
    cores: frozenset[str]
    above: frozenset[str]
    figures: Mapping[int, Figure]
    bare: bool = False

    @property
    def concept(self) -> Concept | None:
        return self.row.concept

    @property
    def total(self) -> bool:
        """Whether the row stands for others: a total, a net, a result."""
        return self.row.role is Role.TOTAL or self.row.aspect in (Aspect.NET, Aspect.TOTAL)

    @property
    def unnamed(self) -> bool:
        """Whether the row is a sum of which no words say of what."""
        return self.row.role is Role.TOTAL and not self.cores

    @property
    def rest(self) -> bool:
        """Whether the row is what no other row of its table is."""
        return self.name.startswith(REST)


Keys = Sequence[tuple[Hashable, ...]]  # for each line what may say that it is another table's


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as this check sees it."""

    grid: Grid
    slots: tuple[Slot, ...]
    lines: tuple[Line, ...]
    by_core: Mapping[str, tuple[Line, ...]]
    keys: tuple[Keys, ...]  # by how strictly a row is told, the strictest first


@dataclass(frozen=True, slots=True)
class RowPair:
    """Two rows that may mean the same; ``exact`` when name and place leave no other reading."""

    first: Line
    second: Line
    exact: bool


def sheet(grid: Grid) -> Sheet:
    numbers = figures_by_row(grid)
    lines = tuple(_line(row, numbers[row.index]) for row in grid.rows if row.index in numbers)
    return Sheet(grid, slots(grid), lines, _indexed(lines), _keys(lines))


def with_lines(sheet: Sheet, lines: Sequence[Line]) -> Sheet:
    """The table with other rows."""
    return replace(sheet, lines=tuple(lines), by_core=_indexed(lines), keys=_keys(lines))


def _keys(lines: Sequence[Line]) -> tuple[Keys, ...]:
    told = (_printed, _meant, _named, _placed, _cored)
    return tuple([tuple(key(line)) for line in lines] for key in told)


def _indexed(lines: Iterable[Line]) -> dict[str, tuple[Line, ...]]:
    """The lines by what they may be about."""
    found: dict[str, tuple[Line, ...]] = {}
    for line in lines:
        meant = {line.concept} if line.concept else set[str]()
        for core in line.cores | meant:
            found[core] = (*found.get(core, ()), line)
    return found


def _line(row: Row, figures: Mapping[int, Figure]) -> Line:
    over = row.path[-1] if row.path else ""
    what = over if row.role is Role.TOTAL and is_bare(row.label) else row.label
    part = row.role is Role.OF_WHICH or row.aspect in PARTS
    above = cores(over) if part else frozenset[str]()
    return Line(row, name(what), cores(what), above, figures, bare=what != row.label)


def row_pairs(first: Sheet, second: Sheet) -> Iterator[RowPair]:
    """Each row at most once, those of one name first. Where several could be meant none is."""
    free = [set(range(len(table.lines))) for table in (first, second)]
    for our_keys, their_keys in zip(first.keys, second.keys, strict=True):
        ours, theirs = _unique(our_keys, free[0]), _unique(their_keys, free[1])
        for what, one in ours.items():
            other = theirs.get(what)
            if other is None or one not in free[0] or other not in free[1]:
                continue
            left, right = first.lines[one], second.lines[other]
            if bool(left.above) != bool(right.above) or left.above.isdisjoint(right.above) != (
                not left.above
            ):
                continue
            free[0].discard(one)
            free[1].discard(other)
            yield RowPair(left, right, _exact(left, right))
    yield from _sums(first, second, free)


def _sums(first: Sheet, second: Sheet, free: list[set[int]]) -> Iterator[RowPair]:
    """The rows that are called no more than "Summa", where all else that the tables have is
    paired: they sum the same rows."""
    if len(free[0]) == len(free[1]) == 1:
        left, right = first.lines[min(free[0])], second.lines[min(free[1])]
        if left.unnamed and right.unnamed:
            yield RowPair(left, right, exact=True)


def _exact(one: Line, other: Line) -> bool:
    if one.concept is not None and one.concept is other.concept and one.concept in PINNED:
        return True
    return one.name == other.name and _same_place(one, other)


def _same_place(one: Line, other: Line) -> bool:
    """Whether no headings say that rows of one name are different things."""
    over = [line.row.path[-1] for line in (one, other) if line.row.path and not line.bare]
    if len(over) < 2 or name(over[0]) == name(over[1]):
        return True
    return not cores(over[0]).isdisjoint(cores(over[1]))


def _printed(line: Line) -> Iterator[Hashable]:
    """The whole label: "Summa eget kapital" is not the row "Eget kapital"."""
    if line.cores and not line.bare:
        yield " ".join(line.row.label.casefold().split()), line.above


def _meant(line: Line) -> Iterator[Hashable]:
    """What the row is in the accounts, by whatever name."""
    if line.concept is not None and line.cores:
        yield line.concept, line.above


def _named(line: Line) -> Iterator[Hashable]:
    """What an unmistakable row is called."""
    if line.cores:
        yield line.name, line.above


def _placed(line: Line) -> Iterator[Hashable]:
    """The name and what it stands under, for rows that share a name with others."""
    if line.cores and line.row.path:
        yield line.name, name(line.row.path[-1])


def _cored(line: Line) -> Iterator[Hashable]:
    yield from ((core, line.above) for core in line.cores)


def _unique(keys: Keys, free: set[int]) -> dict[Hashable, int]:
    """What only one of the ``free`` lines is told by, and which."""
    found = [(what, place) for place in sorted(free) for what in keys[place]]
    many = Counter(what for what, _ in found)
    return {what: place for what, place in found if many[what] == 1}

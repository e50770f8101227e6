"""Found tables against true ones.

Structure is measured by adjacency relations (Göbel, Hassan, Oro, Orsi 2012): each filled cell
with its nearest filled neighbours to the right and below. Since an auditor needs numbers, they
are measured too: whole, in the row of their label, under their header.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.shapes import BenchCell, BenchTable, area, shared_area
from tests.bench.truth import Truth

Relation = tuple[str, str, str]
"""text, neighbour's text, "right" or "below" """


@dataclass(frozen=True, slots=True)
class NumberScore:
    """Numeric cells of the truth, those found in their row, and of these under their header."""

    true: int = 0
    in_row: int = 0
    under_header: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """One document. ``false`` tables lie on no true table, ``missing`` true tables under no found
    one, ``pieces`` share a true table with a found one that fits it better."""

    right: int
    found: int
    true: int
    numbers: NumberScore = NumberScore()
    false: int = 0
    missing: int = 0
    pieces: int = 0
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        both = self.found + self.true
        return 2 * self.right / both if both else 1.0


def relations(table: BenchTable) -> Counter[Relation]:
    """A cell that spans several rows has a right neighbour in each of them, but counts each
    neighbour once; blanks are skipped."""
    filled = table.filled
    rows = nearest(filled, across=True)
    columns = nearest(filled, across=False)
    pairs = [(one, other, "right") for one, other in rows]
    pairs += [(one, other, "below") for one, other in columns]
    return Counter((one.key, other.key, direction) for one, other, direction in pairs)


def nearest(cells: Sequence[BenchCell], *, across: bool) -> set[tuple[BenchCell, BenchCell]]:
    """Neighbours along rows (``across``) or down columns."""
    lines: dict[int, list[BenchCell]] = {}
    for cell in cells:
        first, last = (cell.r0, cell.r1) if across else (cell.c0, cell.c1)
        for line in range(first, last + 1):
            lines.setdefault(line, []).append(cell)
    pairs: set[tuple[BenchCell, BenchCell]] = set()
    for members in lines.values():
        members.sort(key=lambda cell: (cell.c0, cell.r0) if across else (cell.r0, cell.c0))
        pairs.update(itertools.pairwise(members))
    return pairs


def score(truth: Truth, found: Sequence[BenchTable]) -> Score:
    """``found`` against the reading of the truth that it comes closest to."""
    return max((score_reading(truth, tables, found) for tables in truth.readings), key=closeness)


def closeness(result: Score) -> tuple[float, int]:
    return (result.f1, -result.false - result.missing)


def score_reading(
    truth: Truth, tables: Sequence[BenchTable], every_found: Sequence[BenchTable]
) -> Score:
    found = [table for table in every_found if counts(truth, tables, table)]
    matches = dict(matched(tables, found))
    taken = set(matches.values())
    right = total_found = total_true = 0
    remarks: list[str] = []
    for index, table in enumerate(tables):
        wanted = relations(table)
        got = relations(found[matches[index]]) if index in matches else Counter[Relation]()
        right += (wanted & got).total()
        total_true += wanted.total()
        total_found += got.total()
        if index not in matches:
            remarks.append(f"missing table {table.name}")
        else:
            remarks += told(table.name, wanted, got)
    loose = [table for index, table in enumerate(found) if index not in taken]
    total_found += sum(relations(table).total() for table in loose)
    pieces = [table for table in loose if lies_on(table, tables)]
    remarks += [
        f"{'piece' if table in pieces else 'false'} table page {table.page} {whereabouts(table)}"
        for table in loose
    ]
    numbers, lost = score_numbers(tables, found)
    return Score(
        right=right,
        found=total_found,
        true=total_true,
        numbers=numbers,
        false=len(loose) - len(pieces),
        missing=len(tables) - len(matches),
        pieces=len(pieces),
        remarks=(*remarks, *lost),
    )


def counts(truth: Truth, tables: Sequence[BenchTable], found: BenchTable) -> bool:
    """Whether ``found`` is held against the truth: it is on a page that was gone through, has
    neighbours to speak of, and does not lie in an area where opinions may differ."""
    if truth.pages is not None and found.page not in truth.pages:
        return False
    if not relations(found):
        return False
    ignored = sum(shared_area(found.box, box) for page, box in truth.ignore if page == found.page)
    return lies_on(found, tables) or ignored < area(found.box) / 2


def lies_on(found: BenchTable, tables: Sequence[BenchTable]) -> bool:
    """Whether half of ``found`` lies on a true table, or it holds half of one."""
    return any(
        shared_area(found.box, table.box) >= min(area(found.box), area(table.box)) / 2
        for table in tables
        if table.page == found.page
    )


def matched(tables: Sequence[BenchTable], found: Sequence[BenchTable]) -> Iterator[tuple[int, int]]:
    """Pairs of indices, one found table to one true table of its page: the most relations in
    common first, then the largest common area."""
    wanted = [relations(table) for table in tables]
    got = [relations(table) for table in found]
    pairs = [
        ((wanted[one] & got[other]).total(), common, one, other)
        for one, table in enumerate(tables)
        for other, candidate in enumerate(found)
        if table.page == candidate.page
        and (common := shared_area(table.box, candidate.box)) > 0
        and lies_on(candidate, [table])
    ]
    left, taken = set(range(len(tables))), set(range(len(found)))
    for _, _, one, other in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], *pair[2:])):
        if one in left and other in taken:
            left.remove(one)
            taken.remove(other)
            yield one, other


def told(name: str, wanted: Counter[Relation], got: Counter[Relation]) -> Iterator[str]:
    for sign, some in (("-", wanted - got), ("+", got - wanted)):
        for (one, other, direction), count in sorted(some.items()):
            times = f" x{count}" if count > 1 else ""
            yield f"{name} {sign} {one[:40]!r} {direction} {other[:40]!r}{times}"


def whereabouts(table: BenchTable) -> str:
    corner = ", ".join(f"{number:.0f}" for number in table.box)
    words = " | ".join(cell.key[:15] for cell in table.filled[:4])
    return f"[{corner}] {words}"


def score_numbers(
    tables: Sequence[BenchTable], found: Sequence[BenchTable]
) -> tuple[NumberScore, list[str]]:
    """The count, and a remark for each number that is not where it should be."""
    true = in_row = under_header = 0
    remarks: list[str] = []
    unused: dict[int, list[tuple[BenchTable, BenchCell]]] = {}
    for table in found:
        unused.setdefault(table.page, []).extend((table, cell) for cell in table.filled)
    for table in tables:
        for cell in numbers_of(table):
            true += 1
            label, header = label_of(table, cell), header_of(table, cell)
            pool = unused.get(table.page, [])
            near = [
                place for place in pool if place[1].key == cell.key and stands_in_row(place, label)
            ]
            best = next((place for place in near if stands_under(place, header)), None)
            in_row += bool(near)
            under_header += best is not None
            if near:
                pool.remove(best or near[0])
            if best is None:
                fault = "not under" if near else "not found, under"
                remarks.append(
                    f"{table.name} number {cell.text!r} of {label[:40]!r} {fault} {header[:40]!r}"
                )
    return NumberScore(true, in_row, under_header), remarks


def numbers_of(table: BenchTable) -> Iterator[BenchCell]:
    """A year in a header is no number to look for; where nobody counted the header rows, the
    cells of the first row and column are left out."""
    for cell in table.filled:
        heading = (
            cell.r0 < table.header_rows
            if table.header_rows is not None
            else 0 in (cell.r0, cell.c0)
        )
        if cell.numeric and not heading:
            yield cell


def label_of(table: BenchTable, cell: BenchCell) -> str:
    """The first text of the row, else its first cell, else nothing."""
    row = sorted((other for other in table.filled if in_row_of(other, cell)), key=lambda c: c.c0)
    texts = [other for other in row if not other.numeric and other.c0 < cell.c0]
    first = next(iter(texts), row[0])
    return "" if first == cell else first.key


def header_of(table: BenchTable, cell: BenchCell) -> str:
    rows = table.header_rows or 0
    over = [other for other in table.filled if other.r0 < rows and over_column(other, cell)]
    return "".join(other.key for other in sorted(over, key=lambda other: other.r0))


def in_row_of(other: BenchCell, cell: BenchCell) -> bool:
    return other.r0 <= cell.r1 and cell.r0 <= other.r1


def over_column(other: BenchCell, cell: BenchCell) -> bool:
    return other.c0 <= cell.c1 and cell.c0 <= other.c1


def stands_in_row(place: tuple[BenchTable, BenchCell], label: str) -> bool:
    table, cell = place
    return not label or any(
        other.key == label for other in table.filled if in_row_of(other, cell) and other != cell
    )


def stands_under(place: tuple[BenchTable, BenchCell], header: str) -> bool:
    """Whether cells that follow one another over the found cell make up ``header``: what stands
    above them, a title perhaps, does no harm."""
    table, cell = place
    over = sorted(
        (other for other in table.filled if other.r1 < cell.r0 and over_column(other, cell)),
        key=lambda other: other.r0,
    )
    texts = [other.key for other in over]
    return not header or any(
        header == "".join(texts[first:last])
        for first in range(len(texts))
        for last in range(first + 1, len(texts) + 1)
    )

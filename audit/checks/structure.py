"""Which rows of a table are the sums of which others, as far as the figures themselves tell.

Two walks over the rows. From the bottom up: is a row the sum of those just below it (a heading
with an amount, then its parts)? From the top down: is a row the sum of those just above it? What
has been summed up is put aside and its total stands for it, so totals of totals come out of the
same walk. The reading that most columns satisfy wins; words ("summa", "resultat") and layout
confirm it, and only then may a column that does not satisfy it be called wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit.checks.fitting import (
    Fit,
    Node,
    exchanged,
    fit,
    may_fit,
    promising,
    signings,
)
from audit.checks.lines import DIFFERENCES, Line, figures_by_row, row_lines
from audit.model import Aspect, Grid, Role, UnitKind

# How far an unmarked sum is looked for. Marked ones are sought as far as LONGEST rows back.
UNMARKED = 40
LONGEST = 2000

# Digits of agreement that a reading must show to be believed: when it holds everywhere, and when
# it is to prove some figure wrong.
BELIEVED = 3.0
ACCUSING = 5.0
# What is enough below a parent when a marked total then fits and would not without it, and for a
# last row without a name that fits the whole block above it.
SUPPORTED = 1.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A row and the rows that it sums. ``labelled`` says that words mark it as a total,
    ``reliable`` that a column which does not fit is to be called wrong, ``natural`` that the
    parts are a whole block: they begin where the table, a heading or an earlier total ends."""

    fit: Fit
    labelled: bool
    reliable: bool
    natural: bool
    below: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows that may be added, in order, and what stands between them. ``borders`` are
    positions before which a heading without figures stands."""

    lines: tuple[Line, ...]
    borders: frozenset[int]
    loose: frozenset[int]
    money: bool


def of_which_groups(grid: Grid) -> dict[int, tuple[int, ...]]:
    """The of-which rows below each row with figures, by row index. An of-which row below a
    heading without figures is an item like any other and not here."""
    if not any(row.role is Role.OF_WHICH for row in grid.rows):
        return {}
    numbers = figures_by_row(grid)
    groups: dict[int, list[int]] = {}
    parent: int | None = None
    for row in sorted(grid.rows, key=lambda row: row.index):
        if row.role is not Role.OF_WHICH:
            parent = row.index if numbers.get(row.index) else None
        elif parent is not None:
            groups.setdefault(parent, []).append(row.index)
    return {parent: tuple(rows) for parent, rows in groups.items()}


def layout(grid: Grid, total_words: tuple[str, ...], result_words: tuple[str, ...]) -> Layout:
    lines = row_lines(grid, total_words, result_words)
    of_which = {row for rows in of_which_groups(grid).values() for row in rows}
    ordered: list[Line] = []
    borders: set[int] = set()
    for row in sorted(grid.rows, key=lambda row: row.index):
        if row.index in of_which:
            continue
        if row.index in lines:
            ordered.append(lines[row.index])
        elif row.label:
            borders.add(len(ordered))
    loose = frozenset(c.index for c in grid.columns if c.measure in DIFFERENCES)
    money = all(
        figure.amount.unit.kind is UnitKind.MONEY
        for line in ordered
        for figure in line.figures.values()
    )
    return Layout(tuple(ordered), frozenset(borders), loose, money)


def sums(plan: Layout) -> tuple[Sum, ...]:
    """Every sum that is found in the rows of ``plan``, from the top. Where rows of hours or visits
    stand between rows of money, each kind is summed for itself."""
    found = [total for part in _by_kind(plan) for total in _sums(part)]
    return tuple(sorted(found, key=lambda total: total.fit.target.key))


def _by_kind(plan: Layout) -> list[Layout]:
    """The plan for each kind of unit, if each row has one kind only."""
    kinds = [{figure.amount.unit.kind for figure in line.figures.values()} for line in plan.lines]
    if len(set().union(*kinds)) < 2 or any(len(kind) > 1 for kind in kinds):
        return [plan]
    parts: list[Layout] = []
    for kind in sorted(set().union(*kinds)):
        places = [at for at, found in enumerate(kinds) if kind in found]
        borders = {sum(at < border for at in places) for border in plan.borders}
        lines = tuple(plan.lines[at] for at in places)
        parts.append(Layout(lines, frozenset(borders), plan.loose, kind is UnitKind.MONEY))
    return parts


def _sums(plan: Layout) -> list[Sum]:
    found = _totals_last(plan, _parents_first(plan, BELIEVED))
    if any(total.labelled and not total.fit.exact for total in found):
        supported = _totals_last(plan, _parents_first(plan, SUPPORTED))
        if _marked_agreeing(supported) > _marked_agreeing(found):
            found = supported
    return [total for total in found if not _counted_twice(total, found)]


def _counted_twice(total: Sum, found: Iterable[Sum]) -> bool:
    """Whether an unmarked sum with exceptions stands beside a part of its own in another sum that
    has none: then it is a row like its part, and its agreement was chance."""
    if total.labelled or total.fit.exact:
        return False
    parts = {node.line.key for node in total.fit.nodes}
    exact = [{node.line.key for node in other.fit.nodes} for other in found if other.fit.exact]
    return any(total.fit.target.key in held and parts & held for held in exact)


def _marked_agreeing(found: Iterable[Sum]) -> int:
    return sum(total.fit.agreeing for total in found if total.labelled)


# --- a parent above its parts ---------------------------------------------------------------


def _parents_first(plan: Layout, believed: float) -> dict[int, tuple[Sum, int]]:
    """Rows that are the sum of rows below them: position -> (sum, position after its parts)."""
    found: dict[int, tuple[Sum, int]] = {}
    stack: list[tuple[Node, int]] = []  # the nearest last; with the position after it
    lonely: dict[int, tuple[Sum, int]] = {}
    for position in range(len(plan.lines) - 1, -1, -1):
        line = plan.lines[position]
        nodes = [node for node, _ in reversed(stack[-UNMARKED:])]
        # A total that rows lead up to, or a heading follows, has its parts above.
        led = line.total and position > 0 and position not in plan.borders
        ends = led or (line.worded and position + 1 in plan.borders)
        reading = None if ends else _reading_below(line, nodes, plan, believed)
        end = position + 1
        if reading is not None:
            size = len(reading.fit.nodes)
            end = stack[-size][1]
            if size == 1:
                lonely[position] = (reading, end)
                end = position + 1
            else:
                del stack[-size:]
                found[position] = (reading, end)
        stack.append((_node(line, position, reading), end))
    # A parent of a single part is believed only beside others that have several.
    return {**lonely, **found} if found else {}


def _reading_below(line: Line, nodes: Sequence[Node], plan: Layout, believed: float) -> Sum | None:
    best: Sum | None = None
    outlined = _outlined(line, nodes)
    for size in dict.fromkeys(
        [*([outlined] if outlined else []), *promising(line, nodes, UNMARKED)]
    ):
        parts = nodes[:size]
        # "Utgifter, Inkomster, Netto": that a = b + c says no more than c = a - b, and the words
        # say which of the two is meant.
        if parts[-1].line.worded or any(part.line.total for part in parts):
            continue
        # A result among plain rows is reckoned from what stands above it, and is no part of that.
        if 0 < sum(part.line.result for part in parts) < size:
            continue
        if not may_fit(line, parts, (1,) * size, plan.loose):
            continue
        shown = size == outlined
        tried = 1 if shown else min(len(nodes), UNMARKED)
        candidate = fit(line, parts, (1,) * size, plan.loose, tried)
        accepted = _accept_below(candidate, shown, believed)
        if accepted and (best is None or candidate.rank > best.fit.rank):
            best = accepted
    return best


def _outlined(line: Line, nodes: Sequence[Node]) -> int:
    """How many of the rows below are indented under the row, or plain below a bold one."""
    for size, node in enumerate(nodes):
        indented = node.line.level > line.level
        plainer = line.bold and not node.line.bold and node.line.level == line.level
        if not (indented or plainer):
            return size
    return len(nodes)


def _accept_below(candidate: Fit, shown: bool, believed: float) -> Sum | None:
    """Whether the parts below a row are to be believed. ``shown`` says that indents or weight
    show the same parts."""
    if not candidate.agreeing:
        return None
    reading = Sum(candidate, False, True, shown, below=True)
    several = len(candidate.nodes) > 1
    if candidate.exact:
        proved = candidate.strong >= 1 if several else len(candidate.distinct) >= 2
        return reading if proved and candidate.proof >= believed else None
    shows = shown and several and 2 * candidate.agreeing >= candidate.siblings
    if shows and candidate.strong >= 1 and candidate.proof >= BELIEVED - 1:
        return reading
    return reading if several and accusing(candidate) else None


# --- a total below its parts ----------------------------------------------------------------


@dataclass(slots=True)
class _Stacks:
    """What is still to be summed: ``full`` with every sum found so far in place of its parts,
    ``flat`` with only marked totals in place of theirs, should an unmarked one be a chance."""

    full: list[Node]
    flat: list[Node]

    def close(self, start: int, node: Node, marked: bool) -> None:
        _drop(self.full, start)
        self.full.append(node)
        if marked:
            _drop(self.flat, start)
        self.flat.append(node if marked else Node(node.line, node.start))


def _drop(stack: list[Node], start: int) -> None:
    while stack and stack[-1].start >= start:
        stack.pop()


def _totals_last(plan: Layout, parents: Mapping[int, tuple[Sum, int]]) -> list[Sum]:
    found: list[Sum] = []
    stacks = _Stacks([], [])
    covered = 0
    for position, line in enumerate(plan.lines):
        inside = position < covered
        if position in parents and not inside:
            reading, covered = parents[position]
            found.append(reading)
            stacks.full.append(_node(line, position, reading))
            stacks.flat.append(Node(line, position))
            continue
        if position in parents:
            found.append(parents[position][0])
        above = None if inside else _reading_above(line, position, stacks, plan)
        if above is not None:
            found.append(above)
            start = above.fit.nodes[-1].start
            marked = line.total or (above.reliable and line.result)
            stacks.close(start, _node(line, start, above, closed=True), marked)
        else:
            if not inside:
                stacks.full.append(Node(line, position))
            stacks.flat.append(Node(line, position))
    return found


def _node(line: Line, start: int, reading: Sum | None, closed: bool = False) -> Node:
    repaired = {}
    if reading is not None:
        repaired = {o.place: o.terms for o in reading.fit.outcomes if not o.holds}
    return Node(line, start, repaired, closed)


def _reading_above(line: Line, position: int, stacks: _Stacks, plan: Layout) -> Sum | None:
    if not stacks.full:
        return None
    best: Sum | None = None
    for stack in (stacks.full, stacks.flat):
        limit = LONGEST if line.total else UNMARKED
        nodes = list(reversed(stack[-limit:]))
        whole = _whole_block(nodes, position, plan)
        for candidate in _readings(line, nodes, whole, plan, limit):
            accepted = _accept(
                candidate,
                labelled=line.total,
                natural=_begins_block(len(candidate.nodes), nodes, whole, plan),
            )
            if accepted and (best is None or _order(accepted) > _order(best)):
                best = accepted
        if best is not None and best.fit.exact:
            return best
    if best is None and line.total:
        return _unfitting(line, position, stacks, plan)
    return best


def _order(reading: Sum) -> tuple[bool, int, bool, bool, float]:
    """What makes one reading better than another: that it holds throughout, that more columns
    agree, that it takes a whole block, that it only adds, that it proves more."""
    found = reading.fit
    return (found.exact, found.agreeing, reading.natural, min(found.factors) > 0, found.proof)


def _readings(
    line: Line, nodes: Sequence[Node], whole: int, plan: Layout, limit: int
) -> Iterable[Fit]:
    tried = min(len(nodes), limit)
    placed = line.worded or line.closing
    sizes = dict.fromkeys([*([whole] if placed else []), *promising(line, nodes, limit)])
    if line.worded:
        sizes |= dict.fromkeys(range(1, min(len(nodes), 6) + 1))
    for size in sizes:
        if size == 0 or (size == 1 and not line.worded):
            continue
        for factors in signings(line, nodes[:size]):
            if not may_fit(line, nodes[:size], factors, plan.loose):
                continue
            # A marked total, or a last row, and the whole block above it: nothing was chosen.
            chosen = 1 if size == whole and (line.total or line.closing) else tried
            candidate = fit(line, nodes[:size], factors, plan.loose, chosen)
            # What is called a sum subtracts only where that is beyond doubt.
            if min(factors) > 0 or line.result or candidate.exact:
                yield candidate


def _whole_block(nodes: Sequence[Node], position: int, plan: Layout) -> int:
    """How many nodes back the nearest heading or earlier total stands."""
    for size, node in enumerate(nodes):
        if node.closed:
            return size
        if node.start in plan.borders:
            return size + 1
    return len(nodes)


def _begins_block(size: int, nodes: Sequence[Node], whole: int, plan: Layout) -> bool:
    if size in (whole, len(nodes)) or nodes[size - 1].start in plan.borders:
        return True
    return nodes[size].closed or nodes[size].line.total


def _accept(candidate: Fit, labelled: bool, natural: bool) -> Sum | None:
    """Whether a total of the rows above is to be believed, and how far."""
    if not candidate.siblings:
        # Nothing but zeros: true, and proves nothing; only words and a whole block say so.
        return Sum(candidate, labelled, False, natural) if labelled and natural else None
    if candidate.agreeing and candidate.exact:
        plain = candidate.strong >= 1 and candidate.proof >= BELIEVED
        said = candidate.target.result and (candidate.strong >= 1 or len(candidate.distinct) >= 2)
        placed = candidate.target.closing and natural and candidate.strong >= 1
        placed = placed and candidate.proof >= SUPPORTED
        believed = plain or said or placed or labelled
        return Sum(candidate, labelled, True, natural) if believed else None
    half = 2 * candidate.agreeing >= candidate.siblings
    if labelled and candidate.agreeing and half:
        reliable = natural and candidate.proof >= BELIEVED / 2
        return Sum(candidate, labelled, reliable or accusing(candidate), natural)
    if candidate.target.closing and natural and half and _closes(candidate):
        return Sum(candidate, labelled, True, natural)
    repeats = len(candidate.nodes) == 1 and candidate.target.result
    repeated = repeats and len(candidate.distinct) >= 3 and candidate.proof >= ACCUSING
    return Sum(candidate, labelled, True, natural) if accusing(candidate) or repeated else None


def _closes(candidate: Fit) -> bool:
    """Whether a last row without a name sums up money in so many digits of one column that it is
    their total in the others too."""
    money = all(o.stated.amount.unit.kind is UnitKind.MONEY for o in candidate.outcomes)
    return money and candidate.strong >= 1 and candidate.proof >= BELIEVED


def accusing(candidate: Fit) -> bool:
    """Whether the reading is so well proved that what does not fit it is wrong."""
    most = 3 * candidate.agreeing >= 2 * candidate.siblings
    return candidate.strong >= 2 and most and candidate.proof >= ACCUSING


def _unfitting(line: Line, position: int, stacks: _Stacks, plan: Layout) -> Sum | None:
    """A marked total that fits nowhere. With one column of money and one block that it can mean,
    or where it fits once two columns of one row change places, it is wrong; else who knows what it
    sums."""
    nodes = list(reversed(stacks.full))
    size = _whole_block(nodes, position, plan)
    if size < 2:
        return None
    reading = fit(line, nodes[:size], (1,) * size, plan.loose)
    reliable = _only_reading(line, nodes, size, plan) or exchanged(reading)
    return Sum(reading, True, reliable, True)


def _only_reading(line: Line, nodes: Sequence[Node], size: int, plan: Layout) -> bool:
    block = nodes[:size]
    return (
        plan.money
        and len(line.figures) == 1
        and len({place for other in plan.lines for place in other.figures}) == 1
        and len(nodes) == size
        and len({node.line.level for node in block}) == 1
        and not any(node.line.total or node.closed or node.line.bold for node in block)
        and len({node.line.result for node in block}) == 1  # none is reckoned from the others
        and not any(node.line.aspect in (Aspect.COST, Aspect.INCOME) for node in block)
        and all(node.line.figures.keys() == line.figures.keys() for node in block)
    )

"""``movements``: what a note tells from an opening value to a closing one.

Settings of a rule page:

- ``identity``: ``"closing"`` (default): the closing value ("Utgående anskaffningsvärde") is the
  opening one of the same thing and all rows between; ``"carrying"``: the carrying amount
  ("Redovisat värde") is the closing values above it together.

LKBR 6 kap., RKR R4 (tangible assets), R9 (provisions), K3 chapters 17-18. Equity and cash have
checks of their own. A column is called wrong where another of the same block proves the form, and
no row that counts for something in this column alone could stand outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import mul

from audit.checks.lines import ZERO, choice
from audit.checks.statements.identity import Identity, Row, compare, proved, statement_rows
from audit.language import message
from audit.model import Comparison, Concept, Report, Rule, Term, Verdict

KINDS = ("closing", "carrying")
APART = message("no other column shows how a row counts that stands in this one alone")

MOST = 6  # rows of one column alone that are tried for standing outside the sum

_OPENING = re.compile(
    r"(?:ingående|ib) ?(?P<what>.*)"
    r"|(?P<before>.*?) ?vid (?:årets|periodens|räkenskapsårets) (?:början|ingång(?:en)?)"
)
_CLOSING = re.compile(
    r"(?:utgående|ub) ?(?P<what>.*)"
    r"|(?P<before>.*?) ?vid (?:årets|periodens|räkenskapsårets) (?:slut(?:et)?|utgång(?:en)?)"
)
_CARRYING = re.compile(
    r"(?:summa )?(?:(?:utgående|årets) )?(?:redovisat|bokfört|planenligt|nettobokfört|rest)"
    r"(?: ?rest)? ?värden?(?: enligt plan)?(?: vid (?:årets|periodens) slut)?"
)
_IDLE = re.compile(r"\b(?:ackumulerade?|ack\.?|summa|belopp|balans|saldo|värde)\b")
_ENDING = re.compile(r"(?<=\w{4})(?:arna|erna|ens|en|ar|er|a|e|n)$")
_ELSEWHERE = frozenset(
    {Concept.EQUITY_OPENING, Concept.EQUITY_CLOSING, Concept.CASH_OPENING, Concept.CASH_CLOSING}
)


@dataclass(frozen=True, slots=True)
class Block:
    """The rows from an opening value to the closing value of the same thing."""

    opening: Row
    between: tuple[Row, ...]
    closing: Row


def movements(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare closing values with what leads to them, or carrying amounts with closing values."""
    kind = choice(rule, "identity", KINDS)
    for grid in report.grids:
        rows = statement_rows(grid)
        blocks = list(_blocks(rows))
        found = _closings(blocks) if kind == "closing" else _carrying(rows, blocks)
        for identity in found:
            compared = list(compare(proved(identity, grid), rule, grid))
            held = [one for one in compared if one.verdict in (Verdict.AGREES, Verdict.ROUNDING)]
            for one in compared:
                yield replace(one, undecided=one.undecided or _doubt(one, held))


def spans(rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[Row, ...], Row]]:
    """Opening values, the rows between, and the closing values of the same things."""
    for block in _blocks(rows):
        yield block.opening, block.between, block.closing


def _closings(blocks: Sequence[Block]) -> Iterator[Identity]:
    for block in blocks:
        if block.between:
            yield Identity(block.closing, (block.opening, *block.between), block.opening)


def _carrying(rows: Sequence[Row], blocks: Sequence[Block]) -> Iterator[Identity]:
    """Each carrying amount with the closing values since the one before."""
    closings = {block.closing.line.key: block.closing for block in blocks}
    inside = {row.line.key for block in blocks for row in (block.opening, *block.between)}
    parts: list[Row] = []
    for row in rows:
        if row.line.key in closings:
            parts.append(row)
        elif _CARRYING.fullmatch(_words(row)) and row.line.key not in inside:
            if len(parts) > 1:
                yield Identity(row, tuple(parts))
            parts = []


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    start: int | None = None
    for at, row in enumerate(rows):
        if row.concept in _ELSEWHERE:
            start = None
        elif _OPENING.fullmatch(_words(row)):
            start = at
        elif closing := _CLOSING.fullmatch(_words(row)):
            if start is not None:
                opening = _OPENING.fullmatch(_words(rows[start]))
                if opening is not None and _what(opening) == _what(closing):
                    yield Block(rows[start], tuple(rows[start + 1 : at]), row)
            start = None


def _words(row: Row) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", row.line.name.casefold()).split())


def _what(found: re.Match[str]) -> str:
    """What the value is of, without endings: "anskaffningsvärden" are "anskaffningsvärde"."""
    words = _IDLE.sub(" ", found["what"] or found["before"] or "")
    return " ".join(_ENDING.sub("", word) for word in words.split())


def _doubt(comparison: Comparison, held: Sequence[Comparison]) -> str:
    """Whether rows that count for nothing in the columns that hold account for the difference."""
    if comparison.verdict is not Verdict.DIFFERS:
        return ""
    shown = {term.figure.row for other in held for term in other.terms if term.figure.amount.value}
    apart = [term for term in comparison.terms if term.figure.row not in shown]
    return APART if _mended(comparison, apart[:MOST]) else ""


def _mended(comparison: Comparison, apart: Sequence[Term]) -> bool:
    """Whether the equation holds once some of the terms are left out or counted the other way."""
    parts = [term.factor * term.figure.amount.value for term in apart]
    return any(
        abs(comparison.difference + sum(map(mul, parts, times), ZERO)) <= comparison.tolerance
        for times in product((0, 1, 2), repeat=len(parts))
    )

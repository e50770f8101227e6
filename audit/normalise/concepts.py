"""What accounting concept a row's label means, what statement a table is, whose accounts it shows.

A label that says more than a concept's name means something else, and is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from audit.model import Concept, Role, Row, Scope, Statement
from audit.normalise.numbers import plain
from audit.normalise.vocabulary import BEGIN, END, NAMES, YEAR

C = Concept

_ANY = re.compile("|".join(f"(?P<{concept.name}>{names})" for concept, names in NAMES))
_BRACKETS = re.compile(r"\s*\((?![^)]*(?:inkl|exkl|pension|ansvar))[^()]*\)")
_BEFORE = re.compile(r"^(?:[\W\d_]|[a-z]\)|avgår:? |(?:del)?summa:? |totalt? |totala |s:a )+")
_AFTER = re.compile(
    r"(?:[\s,.:;*=%+-]|\b\d{1,2}\)|\b(?:not(?:er)? ?[\d, ]*|i|procent|mnkr|mkr|tkr|kr|m ?m|totalt"
    r"|summa|(?:19|20)\d\d(?:-\d\d-\d\d)?))+$"
)
_TOTAL = re.compile(r"^[\W\d_]*(?:del)?summa\b|^[\W\d_]*total|^s:a|\btotalt$|\bsumma$", re.I)

# Where a label alone says opening or closing, what it stands under says of what.
_OPENING = re.compile(
    rf"(?:{YEAR} )?(?:ingående (?:balans|värde|belopp|saldo)|ib)|"
    rf"(?:belopp|saldo) vid {YEAR} {BEGIN}"
)
_CLOSING = re.compile(
    rf"(?:{YEAR} )?(?:utgående (?:balans|värde|belopp|saldo)|ub)|"
    rf"(?:belopp|saldo) vid {YEAR} {END}"
)
_OF_WHICH = re.compile(r"^\W*(?:därav|varav):?\s+", re.I)
_ABOUT_EQUITY = re.compile(r"(?:eget|egna) kapital", re.I)


def concept(label: str) -> Concept | None:
    """The concept that a row called ``label`` states, by its words alone."""
    found = _ANY.fullmatch(simplified(label))
    return Concept[found.lastgroup] if found and found.lastgroup else None


def simplified(label: str) -> str:
    """A label in lower case without signs, numbers of notes, units and words for a total."""
    words = plain(label).replace("\u00ad", "").casefold().replace("&", "och").replace("samt", "och")
    words = _BRACKETS.sub("", words)
    whole = _BEFORE.sub("", words)
    return _AFTER.sub("", whole) or whole


def with_concepts(rows: Sequence[Row], title: str, filled: Collection[int]) -> tuple[Row, ...]:
    """The rows with their concepts.

    ``filled`` are the rows with figures; others state nothing, and of-which rows only a part, but
    for the year's result, which is the same wherever it stands ("varav årets resultat").
    Where several rows of a table have one name (a part called as its whole) and one alone is
    called its total, that one keeps it.
    """
    found = {
        row.index: said
        for row in rows
        if row.index in filled
        and row.role is not Role.OF_WHICH
        and (said := concept(row.label) or _of_equity(row, title))
    }
    if C.YEAR_RESULT not in found.values():
        found |= {row.index: C.YEAR_RESULT for row in rows if _part_result(row, filled)}
    named = Counter(found.values())
    totals = Counter(
        said for row in rows if (said := found.get(row.index)) and _TOTAL.search(plain(row.label))
    )

    def kept(row: Row) -> Concept | None:
        said = found.get(row.index)
        if said is None or named[said] == 1 or totals[said] != 1:
            return said
        return said if _TOTAL.search(plain(row.label)) else None

    return tuple(replace(row, concept=kept(row)) if row.index in found else row for row in rows)


def _part_result(row: Row, filled: Collection[int]) -> bool:
    """Whether the row is that part of equity which the year's result is."""
    if row.role is not Role.OF_WHICH or row.index not in filled:
        return False
    said = concept(_OF_WHICH.sub("", plain(row.label)))
    return said is C.YEAR_RESULT and any(concept(over) is C.EQUITY for over in row.path[-1:])


def _of_equity(row: Row, title: str) -> Concept | None:
    """ "Ingående balans" and "Belopp vid årets utgång" below words of equity."""
    words = simplified(row.label)
    opening, closing = _OPENING.fullmatch(words), _CLOSING.fullmatch(words)
    if not opening and not closing:
        return None
    over = row.path[-1] if row.path else title
    if not _ABOUT_EQUITY.search(over) or "skulder" in over.casefold():
        return None
    return C.EQUITY_OPENING if opening else C.EQUITY_CLOSING


# --- what a table is ------------------------------------------------------------------------

_TITLES: tuple[tuple[Statement, re.Pattern[str]], ...] = tuple(
    (statement, re.compile(words, re.I))
    for statement, words in (
        (Statement.KEY_FIGURES, r"nyckeltal|flerårs|femårs|fem år|år i sammandrag|översikt över"),
        (Statement.BALANCE_REQUIREMENT, r"balanskrav"),
        (Statement.CASH_FLOW, r"kassaflöde|finansieringsanalys"),
        (Statement.OPERATIONS, r"driftredovisning|driftsredovisning|driftverksamhet"),
        (Statement.INVESTMENTS, r"invester"),
        (Statement.EQUITY, r"(?:förändring|specifikation|rapport)\w* (?:av|i|över) (?:det )?eget"),
        (Statement.INCOME, r"resultaträkning"),
        (Statement.BALANCE, r"balansräkning"),
    )
)
_RATIOS = frozenset(
    {
        C.SOLIDITY,
        C.SOLIDITY_WITH_PENSIONS,
        C.LIQUIDITY,
        C.CASH_LIQUIDITY,
        C.BALANCE_LIQUIDITY,
    }
)
_CASH_FLOW = frozenset({C.CASH_OPERATING, C.CASH_INVESTING, C.CASH_FINANCING, C.CASH_FLOW})
_BALANCE = frozenset({C.ASSETS, C.EQUITY_AND_LIABILITIES})
_STEPS = frozenset(
    {C.NET_COST, C.OPERATING_RESULT, C.ANNUAL_MARGIN, C.RESULT_AFTER_FINANCIAL, C.YEAR_RESULT}
)


def statement(title: str, rows: Iterable[Row]) -> Statement | None:
    """What the table called ``title`` is, by its rows where they are those of one statement, else
    by its title; None for any other table."""
    concepts = {row.concept for row in rows if row.concept}
    if concepts >= _BALANCE | {C.EQUITY, C.CURRENT_ASSETS}:
        return Statement.BALANCE  # some print key figures below
    if concepts & _RATIOS:
        return Statement.KEY_FIGURES
    if len(concepts & _CASH_FLOW) >= 2:
        return Statement.CASH_FLOW
    if concepts >= _BALANCE or (concepts & _BALANCE and C.EQUITY in concepts):
        return Statement.BALANCE
    if C.BALANCE_RESULT in concepts and C.YEAR_RESULT in concepts:
        return Statement.BALANCE_REQUIREMENT
    named = next((kind for kind, words in _TITLES if words.search(title)), None)
    if named is not None:
        return named
    if len(concepts & _STEPS) >= 2 and concepts & {C.YEAR_RESULT, C.SURPLUS}:
        return Statement.INCOME
    if concepts >= {C.EQUITY_OPENING, C.EQUITY_CLOSING}:
        return Statement.EQUITY
    return None


# --- whose accounts -------------------------------------------------------------------------

_GROUP = re.compile(r"koncern|sammanställ[dt]", re.I)
_ENTITY = re.compile(
    r"\b(?:kommun|kommunen|region|regionen|landsting(?:et)?|(?:kommunal)?förbund(?:et)?"
    r"|moderbolag(?:et)?|moderföretag(?:et)?|bolaget|föreningen)\b",
    re.I,
)


def scope(words: str) -> Scope | None:
    """Whose accounts ``words`` (a column's header, a title) speak of: the group's, the body's own,
    or nothing that is said, which they also do when they name both."""
    group, entity = bool(_GROUP.search(words)), bool(_ENTITY.search(words))
    if group == entity:
        return None
    return Scope.GROUP if group else Scope.ENTITY

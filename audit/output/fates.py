"""What became of each figure, as the outputs of tables mark it: never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from audit.language import Words, message
from audit.model import AuditedReport, Coverage, Ending, Fate
from audit.output.layout import ERROR, GOOD, QUIET


@dataclass(frozen=True, slots=True)
class Mark:
    """How an ending is marked: a sign, its name in a legend, a style on terminals, and where cells
    are filled (red, green, blue)."""

    sign: str
    name: str
    style: str
    colour: tuple[int, int, int]


MARKS: Mapping[Ending, Mark] = {
    Ending.VERIFIED: Mark("✓", message("agrees"), GOOD, (200, 230, 201)),
    Ending.CONTRADICTED: Mark("✗", message("differs"), ERROR, (255, 183, 178)),
    Ending.UNCOVERED: Mark("○", message("not covered"), QUIET, (236, 236, 236)),
}


def told(fate: Fate, words: Words) -> str:
    """ "agrees: SUM101, DEV201"."""
    name = words.say(MARKS[fate.tested].name)
    return f"{name}: {', '.join(fate.rules)}" if fate.rules else name


def legend(audited: AuditedReport, words: Words) -> list[tuple[Mark, str]]:
    """Each mark with what it means and how many figures bear it: "agrees 207"."""
    known = total(audited.coverage.values())
    counts = (known.verified, known.contradicted, known.uncovered)
    return [
        (mark, f"{words.say(mark.name)} {words.number(Decimal(count))}")
        for mark, count in zip(MARKS.values(), counts, strict=True)
    ]


def of_figures(coverage: Coverage, words: Words) -> str:
    """ "24 of 26 figures tested"."""
    return words.say(
        "{tested} of {figures} figures tested",
        tested=words.number(Decimal(coverage.verified + coverage.contradicted)),
        figures=words.number(Decimal(coverage.figures)),
    )


def summary(coverage: Coverage, words: Words) -> str:
    """ "24 of 26 figures tested (DEV201 12, SUM101 24)"; a figure counts for each of its rules."""
    rules = ", ".join(f"{rule} {n}" for rule, n in sorted(coverage.by_rule.items()))
    said = of_figures(coverage, words)
    return f"{said} ({rules})" if rules else said


def total(coverage: Iterable[Coverage]) -> Coverage:
    """That of several tables together."""
    every = tuple(coverage)
    rules = dict.fromkeys(rule for one in every for rule in one.by_rule)
    return Coverage(
        sum(one.verified for one in every),
        sum(one.contradicted for one in every),
        sum(one.uncovered for one in every),
        {rule: sum(one.by_rule.get(rule, 0) for one in every) for rule in rules},
    )

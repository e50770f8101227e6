"""``prose``: numbers of running text beside the figures that they are tied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audit.checks.lines import ONE, choice
from audit.checks.prose.ties import Tie, ties
from audit.model import Basis, Comparison, Meaning, Report, Rule

CLAIMS = ("figure", "change")
FEWEST = 2  # numbers in bare parentheses that are the year before's, if another should be


def prose(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every number of running text that is tied to a row with what the row says. One in
    bare parentheses is wrong only where others of the report are the year before's."""
    change = choice(rule, "claim", CLAIMS) == "change"
    claims = (said for said in report.mentions if (said.meaning is Meaning.CHANGE) == change)
    found = list(ties(report, claims))
    agreeing = sum(tie.agrees for tie in found if tie.mention.aside)
    other = sum(not tie.agrees for tie in found if tie.mention.aside)
    borne_out = {tie.mention.sentence for tie in found if tie.agrees}
    for tie in found:
        known = agreeing >= max(FEWEST, 2 * other) and tie.mention.sentence in borne_out
        if tie.agrees or known or not tie.mention.aside:
            yield _comparison(tie, rule)


def _comparison(tie: Tie, rule: Rule) -> Comparison:
    """The number said beside what the table gives. Words like "deficit" and "lower" stand for a
    sign, and which way a deviation counts is the table's own matter; but a number that is printed
    with a minus and is another one anyhow keeps it."""
    mention, found = tie.mention, tie.candidate
    said = mention.figure.amount
    other = (found.value < 0) != (said.value < 0)
    turned = -ONE if other and (tie.agrees or said.value >= 0) else ONE
    expected = turned * found.value
    room = max(mention.high - abs(said.value), abs(said.value) - mention.low) - said.slack
    terms = [
        term if term.below else replace(term, factor=turned * term.factor) for term in found.terms
    ]
    return Comparison(
        rule=rule.code,
        stated=mention.figure,
        low=expected,
        high=expected,
        slack=found.slack + max(room, Decimal(0)),
        terms=tuple(sorted(terms, key=lambda term: (term.below, -term.factor))),
        basis=Basis(labelled=mention.sure, agreeing=1, siblings=1),
        group=f"sentence{mention.sentence}",
    )

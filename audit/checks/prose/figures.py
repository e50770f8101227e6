"""``prose``: numbers of running text beside the figures that they are tied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audit.checks.lines import ONE, choice
from audit.checks.prose.ties import Tie, ties
from audit.model import Basis, Comparison, Meaning, Report, Rule

CLAIMS = ("figure", "change")


def prose(report: Report, rule: Rule) -> Iterator[Comparison]:
    """Compare every number of running text that is tied to a row with what the row says."""
    change = choice(rule, "claim", CLAIMS) == "change"
    claims = (said for said in report.mentions if (said.meaning is Meaning.CHANGE) == change)
    for tie in ties(report, claims):
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

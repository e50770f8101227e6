"""The bench itself: what was found of what was planted, and every false alarm."""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from audit import rulebook
from audit.language import translation
from audit.model import Finding, Observation, Severity
from audit.output.sentences import sentence
from tests.bench.faults.ledger import Place, Story
from tests.bench.faults.planting import EVERY, plant
from tests.bench.faults.reports import story
from tests.bench.faults.scoring import Outcome, audited, loud, scored

WORDS = translation("en")


def faults(seeds: Sequence[int], kinds: Sequence[str], *, paper: bool, verbose: bool) -> None:
    """A clean report of each seed, and one fault of each kind in each of them."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    rules = rulebook.load(())
    alarms: list[str] = []
    covered: list[float] = []
    outcomes: list[Outcome] = []
    for seed in seeds:
        clean = story(seed)
        read = audited(clean, rules, paper=paper)
        alarms += [f"seed {seed}: {told(finding)}" for finding in loud(read)]
        every = [fate for fate in read.coverage.values() if fate.figures]
        if every:
            verified = sum(fate.verified for fate in every)
            covered.append(verified / sum(fate.figures for fate in every))
        for kind in kinds:
            if (fault := plant(kind, clean)) is not None:
                outcomes.append(scored(fault, audited(fault.story, rules, paper=paper)))
    if verbose:
        for outcome in outcomes:
            if outcome.found is None or not outcome.pinpointed or outcome.strays:
                console.print(missed(outcome), markup=False)
    console.print(table(outcomes, kinds))
    console.print(f"Clean reports: {len(seeds)}, false errors and warnings: {len(alarms)}")
    for alarm in alarms:
        console.print(f"  {alarm}", markup=False)
    if covered:
        console.print(
            f"Verified figures of clean reports, median: {statistics.median(covered):.0%}"
        )


def table(outcomes: Iterable[Outcome], kinds: Sequence[str]) -> Table:
    """A line for each kind. ``tellable`` are the faults of which arithmetic can tell which figure
    is wrong; ``pinpointed`` counts among all that were planted, and among those."""
    shown = Table(box=None, header_style="dim", pad_edge=False)
    shown.add_column("fault")
    for name in ("planted", "found", "", "error", "warning", "pinpointed", "", "of tellable", ""):
        shown.add_column(name, justify="right")
    for name in ("unread", "strays"):
        shown.add_column(name, justify="right")
    shown.add_column("rules")
    some = list(outcomes)
    for kind in kinds:
        of_kind = [outcome for outcome in some if outcome.fault.kind == kind]
        if of_kind:
            shown.add_row(kind, *counted(of_kind))
    shown.add_row("all", *counted(some)[:-1], style="bold")
    return shown


def counted(outcomes: Sequence[Outcome]) -> list[str]:
    planted = len(outcomes)
    found = sum(outcome.found is not None for outcome in outcomes)
    right = sum(outcome.pinpointed for outcome in outcomes)
    tellable = [outcome for outcome in outcomes if outcome.fault.telling]
    told_apart = sum(outcome.pinpointed for outcome in tellable)
    rules = Counter(rule for outcome in outcomes for rule in outcome.rules)
    return [
        str(planted),
        str(found),
        share(found, planted),
        str(sum(outcome.found is Severity.ERROR for outcome in outcomes)),
        str(sum(outcome.found is Severity.WARNING for outcome in outcomes)),
        str(right),
        share(right, planted),
        f"{told_apart}/{len(tellable)}",
        share(told_apart, len(tellable)),
        str(sum(outcome.unread for outcome in outcomes)),
        str(sum(len(outcome.strays) for outcome in outcomes)),
        " ".join(f"{rule}:{count}" for rule, count in rules.most_common(4)),
    ]


def share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def told(finding: Finding) -> str:
    if isinstance(finding.subject, Observation):
        return f"{finding.severity} {finding.rule.code} {sentence(WORDS, finding)}"
    stated = finding.comparison.stated
    where = f"{stated.table} {stated.label} / {stated.header}"
    said = sentence(WORDS, finding)
    return f"{finding.severity} {finding.rule.code} {where}: {said}"


def missed(outcome: Outcome) -> str:
    fault = outcome.fault
    fate = "MISSED" if outcome.found is None else "" if outcome.pinpointed else "not pinpointed"
    lines = [f"seed {fault.story.seed} {fault.kind} {fate}{' UNREAD' * outcome.unread}"]
    lines += [f"   planted {described(fault.story, place)}" for place in fault.planted]
    if not outcome.pinpointed:
        lines += [f"   breaks {r.kind}: {' '.join(map(named, r.places))}" for r in fault.broken[:4]]
    if not fault.telling:
        lines.append(f"   as likely {', '.join(map(named, sorted(fault.culprits)))}")
    lines += [f"   found  {told(hit)} [{blamed(hit)}]" for hit in outcome.hits]
    lines += [f"   stray  {told(stray)} [{blamed(stray)}]" for stray in outcome.strays]
    return "\n".join(lines)


def blamed(finding: Finding) -> str:
    cause = finding.diagnosis
    if cause is None or cause.suspect is None:
        return "nobody"
    return f"{cause.kind}: {cause.suspect.label} / {cause.suspect.header}"


def described(told_story: Story, place: Place) -> str:
    right, wrong = told_story.quantities[place].printed, told_story.printed(place)
    return f"{named(place)} {right:f} -> {wrong:f}"


def named(place: Place) -> str:
    return ".".join(part for part in (place.sheet, place.line, place.column) if part)


def chosen(kinds: str) -> list[str]:
    """Raises ValueError for a kind that there is not."""
    if not kinds:
        return list(EVERY)
    unknown = set(kinds.split(",")) - set(EVERY)
    if unknown:
        raise ValueError(f"no fault {', '.join(sorted(unknown))}; there are {', '.join(EVERY)}")
    return kinds.split(",")

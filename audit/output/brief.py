"""Findings as one plain line each, for ``--quiet`` and for grep."""

from __future__ import annotations

from audit.language import Words
from audit.model import AuditedReport
from audit.output import sentences
from audit.output.plain import clean
from audit.output.status import reason
from audit.output.story import SYMBOLS, order


def brief(audited: AuditedReport, words: Words) -> list[str]:
    """One line a finding, "file:page: symbol code sentence", or one line that there is none."""
    path = clean(audited.path)
    if not audited.findings:
        return [f"{path}: {reason(audited, words) or none_differs(audited, words)}"]
    return [
        f"{path}{f':{finding.page}' if finding.page else ''}: "
        + f"{SYMBOLS[finding.severity]} {finding.rule.code} "
        + sentences.sentence(words, finding)
        + (f" ({words.say('read from a picture')})" if finding.pictured else "")
        + (f" ({words.say('accepted')})" if finding.accepted else "")
        for finding in sorted(audited.findings, key=order)
    ]


def none_differs(audited: AuditedReport, words: Words) -> str:
    """ "412 relations tested, no findings"."""
    return words.count(
        "{n} relation tested, no findings",
        "{n} relations tested, no findings",
        audited.tally.tested,
    )

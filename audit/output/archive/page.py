"""An archive as one HTML page that needs nothing else: no request leaves it.

What is short stands in the page as it is; lists that may be long are data, which the page's script
shows as far as they are asked for. The script and the style are named by digest in the page's
security policy, so that nothing else can run, whatever the text of a PDF holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from audit.language import Words
from audit.model import Archive, Entry, Severity, Status, Verdict
from audit.output import sentences
from audit.output.archive.counts import (
    Counted,
    counted,
    first_to_see,
    found_words,
    of_report,
    severities,
    span,
    standing,
    tallied,
)
from audit.output.archive.data import data
from audit.output.archive.names import Shown, by_reason, file
from audit.output.archive.wording import labels
from audit.output.fates import of_figures, total
from audit.output.plain import clean
from audit.output.story import SYMBOLS

FIRST = 10  # reports that are named as those to look at first

Json = dict[str, Any]


def archive_html(archive: Archive, words: Words) -> str:
    """The page. Findings are walked once to be counted and once to be told."""
    # slow to load, and only this output needs it
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("audit.output.archive", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["data"] = script_data
    here = files("audit.output.archive")
    style, script = ((here / part).read_text("utf-8") for part in ("page.css", "page.js"))
    said = labels(words)
    return environment.get_template("page.html.jinja").render(
        style=style,
        script=script,
        policy=_policy(style, script),
        language=words.language,
        version=version("granska"),
        title=clean(archive.title) or words.say("Archive"),
        say=said,
        overview=_overview(archive, counted(archive.findings), words),
        data={"words": said, **data(archive, words)},
    )


def script_data(value: object) -> Markup:
    """``value`` as JSON that may stand in a script element: no text in it can end the element,
    begin a comment or be a line end to a script."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        said = said.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(said)


def _policy(style: str, script: str) -> str:
    """Nothing may load, and only this script and this style may work."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- what is short --------------------------------------------------------------------------


def _overview(archive: Archive, found: Counted, words: Words) -> Json:
    entries, shown = archive.entries, Shown(archive, words)
    numbered = {one.sha256: place for place, one in enumerate(entries)}
    titles = {one.rule.code: clean(words.pick(one.rule.title)) for one in found.rules}
    most = max((one.findings for one in found.rules), default=1)
    return {
        "about": _about(entries, shown, words),
        "facts": _facts(entries, words),
        "first": [
            {
                "number": numbered[one.sha256],
                "sign": SYMBOLS[severity],
                "severity": severity.value,
                "name": shown.name(one),
                "file": file(one),
                "counts": of_report(one, words),
                "why": [
                    {"code": code, "title": titles[code], "n": n}
                    for code, n in found.by_report.get(one.sha256, {}).items()
                ],
            }
            for one in first_to_see(entries)[:FIRST]
            for severity in [Severity.ERROR if one.errors else Severity.WARNING]
        ],
        "more": len(first_to_see(entries)[FIRST:]),
        "rules": [
            {
                "code": one.rule.code,
                "title": titles[one.rule.code],
                "sign": SYMBOLS[one.severity],
                "severity": one.severity.value,
                "kind": sentences.counted(words, one.severity, one.findings),
                "n": one.findings,
                "reports": words.count("in {n} report", "in {n} reports", len(one.reports)),
                "share": round(100 * one.findings / most),
            }
            for one in found.rules
        ],
        "unread": [
            {
                "why": why,
                "n": words.count("{n} report", "{n} reports", len(of)),
                "files": [{"number": numbered[one.sha256], "file": file(one)} for one in of],
            }
            for why, of in by_reason(entries, words).items()
        ],
    }


def _about(entries: Sequence[Entry], shown: Shown, words: Words) -> str:
    bodies = shown.bodies()
    parts = (
        words.count("{n} report", "{n} reports", len(entries)),
        words.count("{n} body", "{n} bodies", len(bodies)) if bodies else "",
        span(entries),
    )
    return " · ".join(part for part in parts if part)


def _facts(entries: Sequence[Entry], words: Words) -> list[Json]:
    """What the summary says in four numbers, each with what it is made of."""
    ended = tallied(entries)
    coverage = total(one.coverage for one in entries)
    accepted = sum(one.accepted for one in entries)
    found = severities(entries)
    by_status = Counter(one.status for one in entries)
    standings = [
        standing(words, status, by_status[status]) for status in Status if by_status[status]
    ]
    tested = sum(ended.values()) - ended[Verdict.UNDECIDED]
    share = (
        Decimal(coverage.verified + coverage.contradicted) / coverage.figures
        if coverage.figures
        else None
    )
    return [
        {
            "name": words.say("Reports"),
            "value": words.number(Decimal(len(entries))),
            "detail": " · ".join(standings),
        },
        {
            "name": words.say("Findings"),
            "value": words.number(Decimal(sum(found.values()))),
            "detail": found_words(found, accepted, words) or words.say("no findings"),
        },
        {
            "name": words.say("Relations tested"),
            "value": words.number(Decimal(tested)),
            "detail": " · ".join(
                sentences.outcome(words, verdict, ended[verdict])
                for verdict in Verdict
                if ended[verdict]
            ),
        },
        {
            "name": words.say("Coverage"),
            "value": words.percent(share) if share is not None else "–",
            "detail": of_figures(coverage, words),
        },
    ]

"""An archive as JSON; docs/archive.md says what its members mean.

Amounts are exact strings, in the unit printed or where their name says so in kronor; reports are
named by SHA-256.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from audit.language import Words
from audit.model import Archive, Course, Entry, ForecastError, Period, Point, Status
from audit.output.archive.accuracy import better_share
from audit.output.archive.names import Shown, unread
from audit.output.json import SCHEMA, finding_json
from audit.output.plain import digits

Json = dict[str, Any]

LONE = re.compile("[\ud800-\udfff]")  # of a file's name that is no text: UTF-8 cannot hold it


def archive_json(archive: Archive, words: Words) -> str:
    """The whole archive, a line for each thing in it, with messages in the language of ``words``.
    Findings are walked once."""
    shown = Shown(archive, words)
    head = {"version": version("granska"), "schema": SCHEMA}
    about = {"title": archive.title, "reports": len(archive.entries)}
    lists: dict[str, Iterable[Json]] = {
        "reports": (_report(one, shown, words) for one in archive.entries),
        "findings": (
            {"report": report, **finding_json(finding, words)}
            for report, finding in archive.findings
        ),
        "courses": map(_course, archive.courses),
        "forecasts": map(_forecast, archive.forecasts),
    }
    members = [f'"granska": {_line(head)}', f'"archive": {_line(about)}']
    members += [f'"{name}": [\n{_lines(found)}]' for name, found in lists.items()]
    return "{" + ",\n".join(members) + "}\n"


def _lines(found: Iterable[Json]) -> str:
    return ",\n".join(map(_line, found))


def _line(value: Json) -> str:
    said = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def _report(entry: Entry, shown: Shown, words: Words) -> Json:
    tally, coverage = entry.tally, entry.coverage
    return {
        "sha256": entry.sha256,
        "files": list(entry.names),
        "status": entry.status.value,
        "reason": None if entry.status is Status.AUDITED else unread(entry, words),
        "organisation": entry.organisation or None,
        "body": shown.body(entry) or None,
        "municipality": entry.municipality,
        "kind": entry.kind or None,
        "period": _period(entry.period),
        "pages": entry.pages,
        "checks": {
            "tested": tally.tested,
            "exact": tally.agrees,
            "rounding": tally.rounding,
            "differs": tally.differs,
            "undecided": tally.undecided,
        },
        "coverage": {
            "figures": coverage.figures,
            "verified": coverage.verified,
            "contradicted": coverage.contradicted,
            "uncovered": coverage.uncovered,
        },
        "findings": {
            "error": entry.errors,
            "warning": entry.warnings,
            "note": entry.notes,
            "accepted": entry.accepted,
        },
    }


def _period(period: Period | None) -> Json | None:
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _course(course: Course) -> Json:
    return {
        "body": course.organisation,
        "concept": course.concept,
        "table": course.title,
        "points": [_point(one) for one in course.points],
    }


def _point(point: Point) -> Json:
    box = point.box
    return {
        "report": point.sha256,
        "page": box.page,
        "box": [round(side, 2) for side in box.coordinates],
        "measure": point.measure.value,
        "period": _period(point.period),
        "value": digits(point.amount),
        "unit": point.amount.unit.symbol or None,
        "coverage": point.tested.value,
        "picture": point.pictured,
    }


def _forecast(error: ForecastError) -> Json:
    """``deviation`` is outturn less forecast; ``better`` is positive where the year ended better
    than foretold, and null where nothing tells which way is better."""
    return {
        "body": error.organisation,
        "label": error.label,
        "year": error.year,
        "months": error.months,
        "forecast_kronor": f"{error.forecast:f}",
        "outturn_kronor": f"{error.outturn:f}",
        "deviation_kronor": f"{error.deviation:f}",
        "better_kronor": None if error.better is None else f"{error.better:f}",
        "rounding_kronor": f"{error.slack:f}",
        "size_kronor": None if error.size is None else f"{error.size:f}",
        "share_percent": None if error.share is None else f"{error.share:.2f}",
        "better_percent": None if (share := better_share(error)) is None else f"{share:.2f}",
        "within_rounding": error.exact,
        "sure": error.sure,
        "forecast": _point(error.made),
        "outturn": _point(error.closed),
    }

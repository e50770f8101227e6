"""The JSON of INTERFACE.md, key by key."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from audit.language import translation
from audit.model import Figure, Passage, PassageKind, Remark, Status
from audit.output.json import audited_json, tables_json
from tests import reports

# The documented example, as the type of each value; a list holds the shape of its members.
CELL = {"text": str, "value": (str, None), "page": int, "box": [float]}
TABLE = {
    "id": str, "title": str, "unit": (str, None), "pages": [int], "reader": str,
    "confidence": float,
    "columns": [{"header": str, "measure": (str, None), "period": (str, None)}],
    "rows": [{"label": str, "role": str, "cells": [CELL]}],
}  # fmt: skip
HEAD = {
    "path": str, "sha256": (str, None), "status": str, "reason": (str, None),
    "pages": (int, None), "organisation": (str, None), "kind": (str, None),
    "period": ({"start": str, "end": str}, None),
}  # fmt: skip
FINDING = {
    "rule": str, "title": str, "severity": str, "page": int, "table": (str, None),
    "message": str, "formula": (str, None), "expected": (str, None), "actual": str,
    "difference": (str, None), "unit": (str, None),
    "cells": [{"role": str, "row": str, "column": (str, None), **CELL}],
    "diagnosis": (
        {"kind": str, "message": (str, None), "suspect": (int, None), "proposed": (str, None)},
        None,
    ),
    "reading": str, "fingerprint": str, "accepted": None,
}  # fmt: skip
CHECKS = dict.fromkeys(("tested", "exact", "rounding", "differs", "undecided"), int)
COVERAGE = dict.fromkeys(("figures", "verified", "contradicted", "uncovered"), int)
REPORT = {
    **HEAD, "tables": [TABLE], "checks": CHECKS, "coverage": COVERAGE, "findings": [FINDING]
}  # fmt: skip
PRINTED = {
    "row": int, "column": int, "rows": int, "columns": int, "text": str, "header": bool,
    "page": int, "box": [float],
}  # fmt: skip


def differences(value: Any, shape: Any, at: str = "$") -> list[str]:
    """Where ``value`` is not of the documented shape; further keys are allowed."""
    if isinstance(shape, tuple):
        return min((differences(value, one, at) for one in shape), key=len)
    if shape is None:
        return [] if value is None else [f"{at}: not null"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at}: no list"]
        return [
            wrong
            for n, one in enumerate(value)
            for wrong in differences(one, shape[0], f"{at}[{n}]")
        ]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{at}: no object"]
        missing = [f"{at}.{key}: missing" for key in shape if key not in value]
        return missing + [
            wrong
            for key, one in shape.items()
            if key in value
            for wrong in differences(value[key], one, f"{at}.{key}")
        ]
    return [] if isinstance(value, shape) else [f"{at}: {value!r} is no {shape.__name__}"]


def said(*audits: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(audited_json(audits, translation("sv")))
    return document


def test_the_shape_is_the_documented_one() -> None:
    audits = (reports.linkoping(), reports.clean(), reports.without_tables(), reports.unreadable())
    document = said(*audits)
    assert document["granska"]["schema"] == 1
    assert differences(document["reports"], [REPORT]) == []


def test_a_finding() -> None:
    (report,) = said(reports.linkoping())["reports"]
    first = report["findings"][0]
    keys = (
        "rule",
        "severity",
        "page",
        "table",
        "formula",
        "expected",
        "actual",
        "difference",
        "unit",
    )
    assert {key: first[key] for key in keys} == {
        "rule": "DEV201",
        "severity": "error",
        "page": 5,
        "table": "p5t1",
        "formula": "Prognos helår − Budget 2021",
        "expected": "-1777",
        "actual": "354881",
        "difference": "356658",
        "unit": "tkr",
    }
    cells = [(cell["role"], cell["column"], cell["text"], cell["value"]) for cell in first["cells"]]
    assert cells == [
        ("stated", "Avvikelse", "354 881", "354881"),
        ("part", "Prognos helår", "354 881", "354881"),
        ("part", "Budget 2021", "356 658", "356658"),
    ]
    assert first["diagnosis"] == {
        "kind": "copied-neighbour",
        "message": "Talet i kolumnen Prognos helår har kopierats till kolumnen Avvikelse.",
        "suspect": 0,
        "proposed": "-1777",
    }


def test_the_suspect_may_be_a_part_and_the_other_side_is_a_counterpart() -> None:
    (report,) = said(reports.linkoping())["reports"]
    _, _, net, months, sign = report["findings"]
    assert net["cells"][net["diagnosis"]["suspect"]]["row"] == "varav kostnader"
    assert [cell["role"] for cell in months["cells"]] == ["stated", "counterpart", "counterpart"]
    assert months["expected"] == "18936"
    assert sign["diagnosis"] is None


def test_a_mention_in_running_text_has_no_column() -> None:
    audited = reports.linkoping()
    finding = audited.findings[0]
    stated = finding.comparison.stated
    passage = Passage(
        "överskott 12,8 mnkr", stated.source.box, PassageKind.PARAGRAPH, reports.STYLE
    )
    mention: Figure = dataclasses.replace(stated, source=passage, table="", row=-1, column=-1)
    comparison = dataclasses.replace(finding.comparison, stated=mention, remark=Remark("other"))
    changed = dataclasses.replace(finding, subject=comparison, diagnosis=None)
    (report,) = said(dataclasses.replace(audited, findings=(changed,)))["reports"]
    (found,) = report["findings"]
    assert found["table"] is None
    assert (found["cells"][0]["role"], found["cells"][0]["column"]) == ("mention", None)


def test_boxes_have_two_decimals() -> None:
    (report,) = said(reports.linkoping())["reports"]
    assert report["tables"][0]["rows"][0]["cells"][0]["box"] == [240.33, 114.0, 290.33, 124.0]


def test_rows_and_columns_belong_together() -> None:
    (report,) = said(reports.linkoping())["reports"]
    table = report["tables"][1]
    row = table["rows"][13]
    headers = [table["columns"][cell["column"]]["header"] for cell in row["cells"]]
    assert (row["label"], row["role"]) == ("varav kostnader", "of-which")
    assert headers == ["Prognos helår", "Budget 2021", "Avvikelse", "Bokslut 2020"]
    assert table["columns"][2]["measure"] == "deviation"


def test_any_status_but_audited_has_a_reason() -> None:
    for status in Status:
        if status is not Status.AUDITED:
            (report,) = said(reports.unreadable(status))["reports"]
            assert report["status"] == status.value
            assert report["reason"]
    assert said(reports.clean())["reports"][0]["reason"] is None


def test_tables_as_printed() -> None:
    document = json.loads(tables_json([reports.linkoping()], translation("en")))
    table = {**TABLE, "cells": [PRINTED], "regions": [{"page": int, "box": [float]}]}
    assert differences(document["reports"], [{**HEAD, "tables": [table]}]) == []
    (report,) = document["reports"]
    assert "findings" not in report
    assert report["tables"][0]["cells"][0] == {
        "row": 0, "column": 0, "rows": 1, "columns": 1, "text": "Verksamhet", "mark": None,
        "picture": False, "header": True, "page": 4, "box": [60.0, 100.0, 110.0, 110.0],
    }  # fmt: skip

"""Whatever a report, a finding, a second reader's word may hold comes back as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import lzma
import pickle
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model import (
    AuditedReport,
    Confirmation,
    Finding,
    Memory,
    Observation,
    Reading,
    Rule,
    Severity,
)
from audit.store import codec
from audit.store.codec import CodecError
from tests.reports import linkoping, unreadable

SEVERAL = 2  # of a kind are enough to tell one from many
LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(), max_size=5),  # halves of surrogates too
    int: st.integers(-(10**9), 10**9),
    float: st.floats(allow_nan=False, width=64),
    bool: st.booleans(),
    Decimal: st.decimals(-(10**24), 10**24),  # no printed number has more digits
    dt.date: st.dates(),
}
SOME_RULE = Rule("SUM101", "", Severity.ERROR, {}, {}, {}, "", (), "", "")


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of any type that the model is made of."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in LEAVES:
        return LEAVES[kind]
    if kind is type(None):
        return st.none()
    if origin in {Union, types.UnionType}:
        return st.one_of([values(one) for one in inner])
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values(inner[0]), max_size=SEVERAL).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inner))
    if origin is Mapping:
        return st.dictionaries(values(inner[0]), values(inner[1]), max_size=SEVERAL)
    if issubclass(kind, enum.Enum):
        return st.sampled_from(kind)
    assert dataclasses.is_dataclass(kind), kind
    hints = get_type_hints(kind)
    made = {field.name: values(hints[field.name]) for field in dataclasses.fields(kind)}
    return st.deferred(lambda: st.builds(kind, **made))


anything = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                           HealthCheck.large_base_example],
)  # fmt: skip


@anything
@given(values(Memory))
def test_a_report_comes_back(memory: Memory) -> None:
    assert codec.memory(codec.packed(memory)) == memory


findings = st.builds(
    Finding,
    rule=st.just(SOME_RULE),
    severity=values(Severity),
    subject=values(get_type_hints(Finding)["subject"]),
    diagnosis=values(get_type_hints(Finding)["diagnosis"]),
    reading=values(Reading),
    fingerprint=values(str),
    also=values(get_type_hints(Finding)["also"]),
    confirmation=values(get_type_hints(Finding)["confirmation"]),
)


@anything
@given(findings)
def test_a_finding_comes_back(finding: Finding) -> None:
    audited = dataclasses.replace(linkoping(), findings=(finding,), comparisons=())
    (row,) = codec.record("ab" * 32, audited).findings
    assert codec.finding(row[-1], SOME_RULE, None) == finding


@given(st.decimals(allow_nan=False))
def test_every_digit_of_an_amount_comes_back(amount: Decimal) -> None:
    """Equal is not enough: 1.50 and 1.5 print otherwise."""
    report = linkoping().report
    assert report is not None
    grid = report.grids[0]
    (place, figure), *_ = grid.figures.items()
    there = dataclasses.replace(figure, amount=dataclasses.replace(figure.amount, value=amount))
    told = dataclasses.replace(report, grids=(dataclasses.replace(grid, figures={place: there}),))
    (back,) = codec.memory(codec.packed(Memory(told, {}, {}))).report.grids[0].figures.values()
    assert back.amount.value.as_tuple() == amount.as_tuple()


def test_the_percentage_of_nothing_comes_back() -> None:
    """It is infinite, which is no number to a database, and no reason to stop."""
    endless = dataclasses.replace(
        linkoping().comparisons[0], low=Decimal("Infinity"), high=Decimal("Infinity")
    )
    finding = dataclasses.replace(linkoping().findings[0], subject=endless)
    audited = dataclasses.replace(linkoping(), findings=(finding,), comparisons=(endless,))
    record = codec.record("ab" * 32, audited)
    assert codec.finding(record.findings[0][-1], finding.rule, None) == finding


def test_second_readers_sights_are_kept_by_the_boxes_of_their_figures() -> None:
    audited = linkoping()
    seen = Confirmation(Reading.CONFIRMED, "pdfplumber")
    record = codec.record("ab" * 32, dataclasses.replace(audited, confirmations={1: seen}))
    assert record.memory is not None
    comparison = audited.comparisons[1]
    figures = (comparison.stated, *(term.figure for term in comparison.terms))
    boxes = tuple(figure.source.box for figure in figures)
    assert codec.memory(record.memory).sights == {boxes: seen}


def test_a_record_travels_between_processes() -> None:
    record = codec.record("ab" * 32, linkoping())
    assert pickle.loads(pickle.dumps(record)) == record


def test_what_could_not_be_read_has_a_status_and_nothing_else() -> None:
    audited: AuditedReport = unreadable()
    record = codec.record("ab" * 32, audited)
    assert (record.entry.status, record.memory, record.figures) == (audited.status, None, ())


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no archive",
        pickle.dumps(linkoping()),
        lzma.compress(b"not JSON"),
        lzma.compress(json.dumps({"report": 1}).encode()),
        lzma.compress(json.dumps([]).encode()),
        codec.packed(Memory(linkoping().report, {}, {}))[:-20],  # type: ignore[arg-type]
    ],
    ids=["nothing", "words", "pickle", "no JSON", "no report", "list", "cut off"],
)
def test_what_is_none_of_ours_is_refused(packed: bytes) -> None:
    with pytest.raises(CodecError):
        codec.memory(packed)


def test_what_unpacks_to_more_than_any_report_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LARGEST", 10_000)
    with pytest.raises(CodecError, match="too large"):
        codec.memory(lzma.compress(b" " * 1_000_000))


def test_observations_and_comparisons_are_told_apart() -> None:
    subject = Observation("PRS901", "{date} does not exist", {"date": "31 juni"}, "den 31 juni")
    finding = dataclasses.replace(linkoping().findings[0], subject=subject, diagnosis=None)
    audited = dataclasses.replace(linkoping(), findings=(finding,))
    (row,) = codec.record("ab" * 32, audited).findings
    assert codec.finding(row[-1], finding.rule, None) == finding

"""What is kept is what comes back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import pytest
from sqlalchemy import select

from audit.model import Box, Decision, Edition, Freshness, Kinship, Pair, Status, Succession
from audit.store import StoreError, UnkeptError, codec, opened, schema
from audit.store.store import Store
from tests.reports import unreadable
from tests.store.support import FILE, LINKOPING, NOW, RULES, digest, record


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    (entry,) = store.entries()
    assert entry.names == (FILE.name,)
    assert (entry.organisation, entry.status) == ("Kommunstyrelsen, Linköpings kommun", "audited")
    assert [found for _, found in store.findings(RULES)] == list(LINKOPING.findings)
    memory = codec.memory(store.packed(digest(1)))
    assert memory.report == LINKOPING.report
    assert memory.fates == LINKOPING.fates


def test_a_body_s_former_names_are_remembered(store: Store) -> None:
    assert LINKOPING.report is not None
    told = Succession("Lokalnämnden", "Styrelsen hette lokalnämnden.", Box(1, 0, 0, 1, 1))
    report = dataclasses.replace(LINKOPING.report, successions=(told,))
    store.keep(FILE, record(dataclasses.replace(LINKOPING, report=report)), NOW)
    (entry,) = store.entries()
    assert entry.former == ("Lokalnämnden",)
    assert codec.memory(store.packed(digest(1))).report.successions == (told,)


def test_a_file_is_known_by_name_size_and_stamp(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    other = dataclasses.replace(FILE, name="2022/report.pdf")
    touched = dataclasses.replace(FILE, stamp="b")
    (known,) = store.lookup([FILE, other], NOW).values()
    assert (known.sha256, known.freshness) == (digest(1), Freshness.CURRENT)
    assert store.lookup([touched], NOW) == {}
    store.note(touched, digest(1))
    assert set(store.lookup([touched], NOW)) == {FILE.name}


def test_a_file_of_which_nothing_tells_whether_it_changed_is_not_known(store: Store) -> None:
    unstamped = dataclasses.replace(FILE, stamp="")
    store.keep(unstamped, record(LINKOPING), NOW)
    assert store.lookup([unstamped], NOW) == {}


@pytest.mark.parametrize(
    ("edition", "freshness"),
    [
        (NOW, Freshness.CURRENT),
        (Edition("0.1.0", "other"), Freshness.OTHER_RULES),
        (Edition("0.2.0", "rules"), Freshness.OTHER_PROGRAM),
    ],
)
def test_what_is_known_hangs_on_program_and_rules(
    store: Store, edition: Edition, freshness: Freshness
) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    known = store.known(digest(1), edition)
    assert known is not None
    assert known.freshness is freshness


def test_other_rules_change_nothing_about_what_cannot_be_read(store: Store) -> None:
    store.keep(FILE, record(unreadable(Status.ENCRYPTED)), NOW)
    known = store.known(digest(1), Edition("0.1.0", "other"))
    assert known is not None
    assert (known.freshness, known.status) == (Freshness.CURRENT, Status.ENCRYPTED)


def test_a_file_that_is_gone_is_listed_no_more_and_its_report_stays(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    store.forget([FILE.name])
    assert list(store.entries()) == []
    assert store.known(digest(1), NOW) is not None


def test_one_report_under_two_names_is_one_entry(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    store.note(dataclasses.replace(FILE, name="copy.pdf"), digest(1))
    (entry,) = store.entries()
    assert entry.names == ("2021/report.pdf", "copy.pdf")


def test_what_is_accepted_holds_beside_the_report(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    finding = LINKOPING.findings[0]
    decision = Decision(
        finding.fingerprint, finding.rule.code, finding.concept, "why", "who", dt.date(2021, 9, 1)
    )
    store.decide({"2022/": [decision]})
    assert [entry.accepted for entry in store.entries()] == [0]
    store.decide({"2021/": [decision]})
    assert [entry.accepted for entry in store.entries()] == [1]
    assert [found.accepted for _, found in store.findings(RULES) if found.accepted] == [decision]


def test_pairs_are_compared_once_and_again_when_a_report_changes(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    store.keep(dataclasses.replace(FILE, name="older.pdf"), record(LINKOPING, 2), NOW)
    pair = Pair(digest(2), digest(1), Kinship.PRECEDING)
    store.relate([pair])
    assert list(store.uncompared(NOW)) == [pair]
    own = list(store.findings(RULES))
    store.keep_across(pair, NOW, LINKOPING.comparisons, LINKOPING.findings[:1])
    assert list(store.uncompared(NOW)) == []
    assert len(list(store.findings(RULES))) == len(own) + 1
    store.keep(FILE, record(LINKOPING), NOW)
    assert list(store.uncompared(NOW)) == [pair]
    store.relate(pair for _ in store.entries() for pair in ())  # made while the store is read
    assert list(store.uncompared(NOW)) == []
    assert list(store.findings(RULES)) == own


def test_pairs_may_be_made_while_the_store_is_read(store: Store) -> None:
    for number in (1, 2):
        source = dataclasses.replace(FILE, name=f"{number}.pdf")
        store.keep(source, record(LINKOPING, number), NOW)
    digests = [entry.sha256 for entry in store.entries()]
    store.relate(
        Pair(older, entry.sha256, Kinship.PRECEDING)
        for entry in store.entries()
        for older in digests
        if older < entry.sha256
    )
    (pair,) = store.uncompared(NOW)
    assert pair.older < pair.newer


def test_a_scan_that_stops_has_no_end(store: Store) -> None:
    with store.scanning(NOW):
        pass
    with pytest.raises(KeyboardInterrupt), store.scanning(NOW):
        raise KeyboardInterrupt
    with store._engine.connect() as connection:
        rows = connection.execute(select(schema.scans)).mappings().all()
    assert [(row["number"], row["ended"] is None) for row in rows] == [(1, False), (2, True)]
    assert all(dt.datetime.fromisoformat(row["started"]).tzinfo for row in rows)


def test_two_archives_in_one_store_know_nothing_of_each_other(location: str) -> None:
    with opened(location, "one") as one, opened(location, "other") as other:
        one.keep(FILE, record(LINKOPING, 1), NOW)
        other.keep(FILE, record(LINKOPING, 2), NOW)
        assert [entry.sha256 for entry in one.entries()] == [digest(1)]
        assert [known.sha256 for known in other.lookup([FILE], NOW).values()] == [digest(2)]
        other.forget(other.names())
        assert len(list(one.entries())) == 1
        other.keep(FILE, record(LINKOPING, 1), NOW)  # the same report in both
        assert [entry.sha256 for entry in other.entries()] == [digest(1)]
    with opened(location, None, create=False) as every:
        assert [entry.names for entry in every.entries()] == [(FILE.name, FILE.name)]


@pytest.mark.parametrize("name", ["å=1+1.pdf", "a\udcff.pdf", "\N{REPLACEMENT CHARACTER}dcff.pdf",
                                  "a\nb'\"%s?.pdf", "🧾.pdf", "x" * 200 + ".pdf"])  # fmt: skip
def test_file_names_with_every_odd_character(store: Store, name: str) -> None:
    source = dataclasses.replace(FILE, name=name)
    store.keep(source, record(LINKOPING), NOW)
    assert list(store.lookup([source], NOW)) == [name]
    assert list(store.names()) == [name]
    store.forget([name])
    assert list(store.names()) == []


def test_a_name_longer_than_can_be_looked_up_is_refused_and_costs_only_itself(store: Store) -> None:
    letters = random.Random(1)
    long = "".join(letters.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(2000))
    kept = dataclasses.replace(FILE, name=long)
    store.keep(kept, record(LINKOPING), NOW)
    assert list(store.lookup([kept], NOW)) == [long]
    with pytest.raises(UnkeptError, match="no file names of more than 2000 bytes"):
        store.note(dataclasses.replace(FILE, name=long + "x"), digest(1))
    assert list(store.names()) == [long]


def test_words_that_a_database_cannot_hold(store: Store) -> None:
    assert LINKOPING.report is not None
    odd = "Nämnd\x00en\ud800"
    report = dataclasses.replace(LINKOPING.report, organisation=odd)
    store.keep(FILE, record(dataclasses.replace(LINKOPING, report=report)), NOW)
    assert [entry.organisation for entry in store.entries()] == [odd]


def test_a_rule_that_is_no_more_has_its_code_and_severity(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    found = [finding for _, finding in store.findings({})]
    assert [(one.rule.code, one.severity) for one in found] == [
        (one.rule.code, one.severity) for one in LINKOPING.findings
    ]


def test_figures_come_back_as_printed(store: Store) -> None:
    store.keep(FILE, record(LINKOPING), NOW)
    assert LINKOPING.report is not None
    figures = [one for grid in LINKOPING.report.grids for one in grid.figures.values()]
    found = list(store.figures([digest(1)]))
    assert [(one.label, one.amount, one.measure, one.path) for one in found] == [
        (one.label, one.amount, one.measure, one.path) for one in figures
    ]
    assert {one.report for one in found} == {digest(1)}


def test_a_report_that_is_made_to_be_taken_for_another_is_refused(store: Store) -> None:
    """The number that stands for a report is made of the beginning of its SHA-256."""
    store.keep(FILE, record(LINKOPING), NOW)
    twin = codec.record(digest(1)[:32] + "f" * 32, LINKOPING)
    with pytest.raises(StoreError, match="cannot be told from report"):
        store.keep(FILE, twin, NOW)
    assert [entry.sha256 for entry in store.entries()] == [digest(1)]

"""What is kept is what comes back."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from audit.model import Box, Decision, Edition, Freshness, Kinship, Pair, Status, Succession
from audit.store import codec
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
    store.relate([])
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

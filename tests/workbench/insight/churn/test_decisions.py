"""What was decided about a light, and for how long it holds (domain 4.1, 4.5)."""

from typing import Any

import pytest

from db.known import light_decisions
from tests.workbench.conftest import SmallBook
from workbench.insight.churn.decisions import Decisions, confirmed_causes, decisions_on, in_words
from workbench.rules.parameters import Rules

RULES = Rules.load()


def decided(small: SmallBook, no: str, kind: str, date: str, **row: Any) -> None:
    if no not in small.ids:
        small.customer(no)
    with small.book.write("light", kind) as writer:
        writer.insert(light_decisions, [{"customer_id": small.ids[no], "kind": kind, "date": date, **row}])


def in_force(small: SmallBook, day: str, *only: str) -> dict[str, Decisions]:
    names = {row_id: no for no, row_id in small.ids.items()}
    with small.book.read() as conn:
        by_id = decisions_on(conn, day, [small.ids[no] for no in only] if only else None)
    return {names[row_id]: decisions for row_id, decisions in by_id.items()}


def test_a_decision_holds_from_its_day_to_its_last(small: SmallBook) -> None:
    decided(small, "1", "mute", "2026-11-02", until="2026-11-20")
    assert in_force(small, "2026-11-01") == {}
    assert in_force(small, "2026-11-20")["1"].muted is not None
    assert in_force(small, "2026-11-21") == {}


def test_what_was_handed_over_or_confirmed_holds_for_good(small: SmallBook) -> None:
    decided(small, "1", "hand_over", "2026-11-02", value="李经理")
    decided(small, "1", "cause", "2026-11-02", value="fault")
    later = in_force(small, "2031-01-01")["1"]
    assert [one.kind for one in later.all()] == ["hand_over", "cause"]


def test_the_newest_of_a_kind_counts_and_ends_the_one_before(small: SmallBook) -> None:
    decided(small, "1", "mute", "2026-11-02", until="2026-12-31")
    decided(small, "1", "mute", "2026-11-10", until="2026-11-12")
    decided(small, "1", "explain", "2026-11-03", value="house", until="2027-02-01")
    on_the_twelfth = in_force(small, "2026-11-12")["1"]
    assert on_the_twelfth.muted is not None
    assert on_the_twelfth.muted.until == "2026-11-12"
    assert on_the_twelfth.explained is not None
    # the shorter pause is over; the longer one does not come back
    assert in_force(small, "2026-11-13")["1"].muted is None


def test_of_two_on_one_day_the_later_one_counts(small: SmallBook) -> None:
    decided(small, "1", "cause", "2026-11-02", value="fault")
    decided(small, "1", "cause", "2026-11-02", value="natural")
    cause = in_force(small, "2026-11-02")["1"].cause
    assert cause is not None
    assert cause.value == "natural"


def test_only_those_looked_for_are_told_of(small: SmallBook) -> None:
    for no in ("1", "2"):
        decided(small, no, "hand_over", "2026-11-02", value="李经理")
    assert set(in_force(small, "2026-11-02", "2")) == {"2"}
    with small.book.read() as conn:
        assert decisions_on(conn, "2026-11-02", []) == {}
        many = decisions_on(conn, "2026-11-02", range(small.ids["2"], small.ids["2"] + 600))
    assert set(many) == {small.ids["2"]}


def test_only_confirmed_causes_are_counted_each_customer_once(small: SmallBook) -> None:
    decided(small, "1", "cause", "2026-10-02", value="natural")
    decided(small, "1", "cause", "2026-11-02", value="fault")
    decided(small, "2", "cause", "2026-11-02", value="unknown")
    decided(small, "3", "explain", "2026-11-02", value="house", until="2027-02-01")
    with small.book.read() as conn:
        assert confirmed_causes(conn) == {"natural": 0, "fault": 1, "competition": 0, "unknown": 1}


@pytest.mark.parametrize(
    ("kind", "row", "sentence"),
    [
        ("explain", {"value": "house", "until": "2027-02-01"}, "2026-11-02说明去向:买房,到2027-02-01"),
        ("mute", {"until": "2026-11-20"}, "2026-11-02起静默,到2026-11-20"),
        ("hand_over", {"value": "李经理"}, "2026-11-02已交给李经理"),
        ("cause", {"value": "fault"}, "2026-11-02确认原因:过失"),
        ("cause", {"value": "unknown"}, "2026-11-02确认原因:问过,不清楚"),
        # a reason that the rules no longer have keeps its code
        ("explain", {"value": "boat", "until": "2027-02-01"}, "2026-11-02说明去向:boat,到2027-02-01"),
    ],
)
def test_each_decision_is_a_sentence(small: SmallBook, kind: str, row: dict[str, Any], sentence: str) -> None:
    decided(small, "1", kind, "2026-11-02", **row)
    (decision,) = in_force(small, "2026-11-02")["1"].all()
    assert in_words(decision, RULES) == sentence

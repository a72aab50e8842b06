"""What eleven checks come to: the gravest decides, what cannot be told weighs only where nothing can be sold without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.products.verdict import (
    ESSENTIAL,
    MARKS,
    Buyer,
    Offered,
    Outcome,
    SuitabilityCheck,
    SuitabilityVerdict,
)

OUTCOMES = st.lists(st.sampled_from(list(MARKS)), min_size=11, max_size=11)


def verdict(*outcomes: Outcome, **others: Outcome) -> SuitabilityVerdict:
    """All passed but the named ones: `c4="warn"`."""
    told = list(outcomes) or ["ok"] * 11
    for key, outcome in others.items():
        told[int(key[1:]) - 1] = outcome
    checks = tuple(SuitabilityCheck(n, f"第{n}项", one, f"{n}:{one}") for n, one in enumerate(told, start=1))
    return SuitabilityVerdict("稳健理财", checks, "2026-10-31")


@pytest.mark.parametrize(
    ("told", "outcome", "may", "reason"),
    [
        ({}, "ok", True, "1:ok"),
        ({"c4": "warn"}, "warn", True, "4:warn"),
        ({"c2": "block"}, "block", False, "2:block"),
        ({"c2": "block", "c1": "warn"}, "block", False, "2:block"),
        ({"c1": "cannot_tell"}, "cannot_tell", False, "1:cannot_tell"),
        ({"c2": "cannot_tell", "c4": "warn"}, "cannot_tell", False, "2:cannot_tell"),
        ({"c3": "cannot_tell"}, "cannot_tell", False, "3:cannot_tell"),
        # beyond the first three what cannot be told is said and hinders nothing
        ({"c4": "cannot_tell"}, "ok", True, "1:ok"),
        ({"c11": "cannot_tell", "c9": "warn"}, "warn", True, "9:warn"),
        ({"c1": "cannot_tell", "c8": "block"}, "block", False, "8:block"),
    ],
)
def test_the_gravest_outcome_that_weighs_decides(
    told: dict[str, Outcome], outcome: Outcome, may: bool, reason: str
) -> None:
    found = verdict(**told)
    assert (found.outcome, found.may_offer, found.reason) == (outcome, may, reason)
    assert found.mark.startswith(MARKS[outcome])


@given(OUTCOMES)
def test_nothing_is_offered_that_a_check_blocks_or_an_essential_one_cannot_tell(told: list[Outcome]) -> None:
    found = verdict(*told)
    barred = "block" in told or any(told[n - 1] == "cannot_tell" for n in ESSENTIAL)
    assert found.may_offer is not barred
    assert len(found.reasons) == told.count("warn") + told.count("block")
    assert len(found.not_looked_at) == told.count("cannot_tell")


@given(OUTCOMES, st.integers(0, 10))
def test_one_check_more_that_blocks_never_makes_it_milder(told: list[Outcome], place: int) -> None:
    worse = [*told[:place], "block", *told[place + 1 :]]
    assert verdict(*worse).outcome == "block"


def test_a_verdict_as_json_keeps_all_eleven_in_order() -> None:
    body = verdict(c4="warn").as_json()
    assert (body["product"], body["on"], body["outcome"], body["reason"]) == (
        "稳健理财",
        "2026-10-31",
        "warn",
        "4:warn",
    )
    assert [one["number"] for one in body["checks"]] == list(range(1, 12))
    assert body["checks"][3] == {"number": 4, "name": "第4项", "outcome": "warn", "reason": "4:warn"}


@pytest.mark.parametrize(
    ("buyer", "tested"),
    [
        (Buyer(risk_class=3, valid_days=0), True),
        (Buyer(risk_class=3, valid_days=1, circumstances_changed=False), True),
        (Buyer(risk_class=3, valid_days=-1), False),
        (Buyer(risk_class=3), False),
        (Buyer(valid_days=100), False),
        (Buyer(risk_class=3, valid_days=100, circumstances_changed=True), False),
        (Buyer(), False),
    ],
)
def test_a_test_counts_when_its_level_and_its_end_are_told_and_nothing_changed(
    buyer: Buyer, tested: bool
) -> None:
    assert buyer.tested is tested


@pytest.mark.parametrize(
    ("issuer", "seller", "risk"),
    [(2, 3, 3), (3, 2, 3), (2, None, 2), (None, 4, 4), (None, None, None), (1, 1, 1)],
)
def test_of_two_ratings_the_higher_counts(issuer: int | None, seller: int | None, risk: int | None) -> None:
    assert Offered("x", "wealth", issuer_risk=issuer, seller_risk=seller).risk == risk

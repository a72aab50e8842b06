"""What eleven checks come to together (domain 8.1): the gravest counts, the unknown only where it is essential."""

from typing import Any

import pytest

from workbench.insight.products.verdict import (
    Buyer,
    Offered,
    Outcome,
    SuitabilityCheck,
    SuitabilityVerdict,
)


def verdict(**outcomes: Outcome) -> SuitabilityVerdict:
    """All checks pass but those named c1..c11."""
    checks = [SuitabilityCheck(n, f"检查{n}", outcomes.get(f"c{n}", "ok"), f"理由{n}") for n in range(1, 12)]
    return SuitabilityVerdict("稳享", tuple(checks), "2026-10-31")


@pytest.mark.parametrize("number", range(1, 12))
def test_an_unknown_check_hinders_an_offer_only_where_it_is_essential(number: int) -> None:
    made = verdict(**{f"c{number}": "cannot_tell"})  # type: ignore[arg-type]
    essential = number in (1, 2, 3)  # a valid test, R against C, the lowest class
    assert made.may_offer is not essential
    assert made.outcome == ("cannot_tell" if essential else "ok")
    assert made.not_looked_at == (f"理由{number}",)
    assert made.reasons == ()


@pytest.mark.parametrize(
    ("outcomes", "outcome", "may", "mark"),
    [
        ({}, "ok", True, "✅ 适合"),
        ({"c6": "warn"}, "warn", True, "⚠️ 留意"),
        ({"c6": "warn", "c2": "cannot_tell"}, "cannot_tell", False, "❔ 无法判断"),
        ({"c2": "cannot_tell", "c8": "block"}, "block", False, "⛔ 不可"),
    ],
)
def test_the_gravest_outcome_decides_and_is_said_in_a_word(
    outcomes: dict[str, Any], outcome: str, may: bool, mark: str
) -> None:
    made = verdict(**outcomes)
    assert (made.outcome, made.may_offer, made.mark) == (outcome, may, mark)


def test_the_reason_is_that_of_the_first_check_that_decided() -> None:
    made = verdict(c4="warn", c8="block", c9="block")
    assert made.reason == "理由8"
    assert made.reasons == ("理由4", "理由8", "理由9")


def test_all_eleven_checks_are_handed_over() -> None:
    body = verdict(c4="warn").as_json()
    assert [check["number"] for check in body["checks"]] == list(range(1, 12))
    assert (body["outcome"], body["reason"], body["on"]) == ("warn", "理由4", "2026-10-31")


def test_of_two_ratings_the_higher_counts_and_none_is_no_level() -> None:
    assert Offered("x", "wealth", issuer_risk=2, seller_risk=3).risk == 3
    assert Offered("x", "wealth", issuer_risk=4, seller_risk=3).risk == 4
    assert Offered("x", "wealth", seller_risk=1).risk == 1
    assert Offered("x", "wealth").risk is None


@pytest.mark.parametrize(
    ("buyer", "tested"),
    [
        (Buyer(risk_class=3, valid_days=0), True),
        (Buyer(risk_class=3, valid_days=-1), False),
        (Buyer(risk_class=3), False),
        (Buyer(valid_days=100), False),
        (Buyer(risk_class=3, valid_days=100, circumstances_changed=True), False),
    ],
)
def test_a_test_counts_until_its_last_day_and_while_nothing_has_changed(buyer: Buyer, tested: bool) -> None:
    assert buyer.tested is tested

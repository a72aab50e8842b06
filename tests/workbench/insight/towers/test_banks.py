"""The bank's own level beside ours (domain 1): what its word may mean, and the likeliest cause of a difference."""

from typing import Any

import pytest

from workbench.insight.towers.banks import understood, why_different
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

RULES = Rules.load()
LADDER = Ladder.of(RULES)
WAN = 1_000_000


def cause(codes: set[str], **values: Any) -> str:
    return why_different(Values(values), frozenset(codes), LADDER)


@pytest.mark.parametrize("word", ["财富", "财富客户", " 财富级别 ", "财富会员等级"])
def test_a_word_is_understood_with_or_without_its_ending(word: str) -> None:
    assert understood(word, RULES) == {"L4"}


def test_a_word_may_stand_for_several_levels() -> None:
    assert understood("大众客户", RULES) == {"L0", "L1"}


def test_a_word_that_nobody_explained_is_not_guessed() -> None:
    assert understood("至尊宝", RULES) is None


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        # the bank goes by the level that this month reaches, ours waits for the watch to end
        ("reached", {"tier_reached": "L4", "average": 10 * WAN, "balance": 25 * WAN}),
        ("balance", {"tier_reached": "L3", "average": 10 * WAN, "balance": 25 * WAN}),
        ("season", {"tier_reached": "L3", "average": 10 * WAN, "balance": 10 * WAN, "aum_quarter_average": 30 * WAN}),
        ("season", {"average": 10 * WAN, "aum_year_average": 20 * WAN}),
        # twenty-five yuan read as twenty-five 万
        ("unit", {"average": 2_500}),
        ("other", {"average": 10 * WAN, "balance": 10 * WAN}),
        ("other", {}),
    ],
)  # fmt: skip
def test_the_first_assumption_under_which_both_agree_is_the_cause(
    expected: str, values: dict[str, Any]
) -> None:
    assert cause({"L4"}, **values) == expected


def test_an_amount_that_is_small_in_any_unit_proves_no_wrong_unit() -> None:
    # six 亿 divided by 10,000 are six 万, the level that the bank tells; sixty 万 divided by it are on the lowest anyway
    assert cause({"L3"}, average=60_000 * WAN) == "unit"
    assert cause({"L1"}, average=60 * WAN) == "other"

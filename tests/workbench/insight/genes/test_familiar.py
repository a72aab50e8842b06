"""Familiarity point by point (domain 2.1): each part at its limits, silence, and the two lines of hysteresis."""

from typing import Any

import pytest

from workbench.insight.genes.familiar import Familiarity, Points, familiarity
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def of(score: int | None = 0, **values: Any) -> Familiarity:
    return familiarity(Values({"familiarity": score, **values}), RULES)


def part(name: str, **values: Any) -> Points:
    """One part of the score; the total is out of reach, so that no silence is taken off."""
    return next(one for one in of(999, **values).parts if one.name == name)


@pytest.mark.parametrize(
    ("name", "values", "points"),
    [
        ("企微好友", {"wecom": 1}, 15),
        ("企微好友", {"wecom": 0}, 0),
        ("企微好友", {"wecom_friend": 1}, 15),
        # what is counted in contacts goes before what a list tells
        ("企微好友", {"wecom": 0, "wecom_friend": 1}, 0),
        ("双向沟通", {}, 0),
        ("双向沟通", {"talks_90": 1}, 10),
        ("双向沟通", {"talks_90": 2}, 25),
        ("面访", {"met_180": 1}, 20),
        ("面访", {"met_180": 5}, 20),
        ("管户时间", {"managed_days": 364}, 0),
        ("管户时间", {"managed_days": 365}, 10),
        ("KYC 完整度", {"kyc": 0.49}, 0),
        ("KYC 完整度", {"kyc": 0.5}, 8),
        ("KYC 完整度", {"kyc": 0.79}, 8),
        ("KYC 完整度", {"kyc": 0.8}, 15),
        ("产品数", {"product_count": 3}, 0),
        ("产品数", {"product_count": 4}, 10),
        ("产品数", {"families": 4}, 10),
        ("产品数", {"product_count": 3, "families": 9}, 0),
        ("家庭爱好", {"family_fields": 2}, 0),
        ("家庭爱好", {"family_fields": 3}, 5),
    ],
)
def test_each_part_gives_its_points_from_its_limit_on(name: str, values: dict[str, Any], points: int) -> None:
    assert part(name, **values).points == points


@pytest.mark.parametrize("name", ["企微好友", "管户时间", "KYC 完整度", "产品数", "家庭爱好"])
def test_a_part_that_no_list_tells_is_unknown_and_not_zero(name: str) -> None:
    made = part(name)
    assert (made.points, made.known, made.reason) == (0, False, "名单里没有这一列")


@pytest.mark.parametrize("name", ["双向沟通", "面访"])
def test_what_the_log_tells_is_known_even_when_it_is_nothing(name: str) -> None:
    made = part(name)
    assert (made.points, made.known) == (0, True)
    assert made.reason.endswith("0 次")


def test_the_parts_can_reach_one_hundred() -> None:
    assert sum(one.most for one in of(999).parts) == 100


def test_without_a_log_there_is_no_score() -> None:
    made = of(None, wecom=1)
    assert (made.score, made.familiar, made.parts) == (None, None, ())


def test_silence_takes_off_what_the_score_lacks_and_says_how_long_it_lasts() -> None:
    assert of(5, wecom=1, days_since_talk=120).parts[-1] == Points(
        "沉默扣分", -10, 0, True, "120 天没有双向沟通"
    )
    assert of(5, wecom=1).parts[-1].reason == "联系记录里没有和他的双向沟通"
    assert [one.name for one in of(15, wecom=1).parts].count("沉默扣分") == 0


def test_who_is_familiar_stays_so_until_the_lower_line() -> None:
    assert of(55, familiar=1).reason == "熟悉度 55 分:已是熟悉,低于 50 分才降下来。"
    assert of(55, familiar=0).reason == "熟悉度 55 分:还不熟悉,达到 60 分才算。"

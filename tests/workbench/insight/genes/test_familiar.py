"""Familiarity 0..100 itemised: each part on both sides of its line, nothing for what no list tells (domain 2.1)."""

from typing import Any

import pytest

from workbench.insight.genes.familiar import Points, familiarity
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
PARTS = ("企微好友", "双向沟通", "面访", "管户时间", "KYC 完整度", "产品数", "家庭爱好")


def parts(score: int = 0, **values: Any) -> dict[str, Points]:
    return {one.name: one for one in familiarity(Values({"familiarity": score, **values}), RULES).parts}


def test_the_parts_are_those_of_the_table_and_make_a_hundred() -> None:
    found = parts()
    assert tuple(found) == PARTS
    assert [one.most for one in found.values()] == [15, 25, 20, 10, 15, 10, 5]
    assert sum(one.most for one in found.values()) == 100


@pytest.mark.parametrize(
    ("values", "part", "points"),
    [
        ({"wecom": 1}, "企微好友", 15),
        ({"wecom": 0}, "企微好友", 0),
        # what was noted by hand goes before what the list tells
        ({"wecom": 0, "wecom_friend": 1}, "企微好友", 0),
        ({"wecom_friend": 1}, "企微好友", 15),
        ({"talks_90": 0}, "双向沟通", 0),
        ({"talks_90": 1}, "双向沟通", 10),
        ({"talks_90": 2}, "双向沟通", 25),
        ({"talks_90": 9}, "双向沟通", 25),
        ({"met_180": 1}, "面访", 20),
        ({"met_180": 5}, "面访", 20),
        ({"managed_days": 364}, "管户时间", 0),
        ({"managed_days": 365}, "管户时间", 10),
        ({"kyc": 0.49}, "KYC 完整度", 0),
        ({"kyc": 0.5}, "KYC 完整度", 8),
        ({"kyc": 0.79}, "KYC 完整度", 8),
        ({"kyc": 0.8}, "KYC 完整度", 15),
        ({"product_count": 3}, "产品数", 0),
        ({"product_count": 4}, "产品数", 10),
        ({"families": 4}, "产品数", 10),
        ({"product_count": 3, "families": 9}, "产品数", 0),
        ({"family_fields": 2}, "家庭爱好", 0),
        ({"family_fields": 3}, "家庭爱好", 5),
    ],
)
def test_each_part_begins_at_its_line(values: dict[str, Any], part: str, points: int) -> None:
    found = parts(points, **values)
    assert (found[part].points, found[part].known) == (points, True)
    assert sum(one.points for one in found.values()) == points


@pytest.mark.parametrize("part", ["企微好友", "管户时间", "KYC 完整度", "产品数", "家庭爱好"])
def test_what_no_list_tells_gives_nothing_and_says_so(part: str) -> None:
    found = parts()[part]
    assert (found.points, found.known, found.reason) == (0, False, "名单里没有这一列")


def test_silence_is_taken_off_and_named() -> None:
    found = parts(5, wecom=1, days_since_talk=100)
    assert found["沉默扣分"] == Points("沉默扣分", -10, 0, True, "100 天没有双向沟通")
    assert parts(5, wecom=1)["沉默扣分"].reason == "联系记录里没有和该客户的双向沟通"
    assert "沉默扣分" not in parts(15, wecom=1)


@pytest.mark.parametrize(
    ("score", "familiar", "words"),
    [
        (60, 1, "熟悉度 60 分:已是熟悉,低于 50 分才降下来。"),
        (50, 1, "熟悉度 50 分:已是熟悉,低于 50 分才降下来。"),
        (59, 0, "熟悉度 59 分:还不熟悉,达到 60 分才算。"),
        (0, 0, "熟悉度 0 分:还不熟悉,达到 60 分才算。"),
    ],
)
def test_who_is_familiar_stays_so_until_a_lower_line(score: int, familiar: int, words: str) -> None:
    found = familiarity(Values({"familiarity": score, "familiar": familiar}), RULES)
    assert (found.score, found.familiar, found.reason) == (score, bool(familiar), words)


def test_without_a_contact_log_nobody_is_a_stranger() -> None:
    found = familiarity(Values({"wecom": 1, "product_count": 9}), RULES)
    assert (found.score, found.familiar, found.parts) == (None, None, ())
    assert "未知" in found.reason

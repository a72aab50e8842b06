"""One tag of one customer explained: hit, no, unknown, with the numbers or with what is missing (domain 11.2)."""

from pathlib import Path
from typing import Any

import pytest

from tests.workbench.insight.tags.test_checks import TAG
from workbench.base.sensitivity import PERSONAL_CLASS, Sensitivity
from workbench.base.terms import Term
from workbench.insight.tags.explain import TagOnCustomer, tag_of, tags_of, value_in_words
from workbench.insight.tags.library import Library
from workbench.insight.tags.picture import Picture
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
NAME = Sensitivity(PERSONAL_CLASS, "name", "name", "name", "name")
INPUTS = (
    Term("average", "资产月日均", "money"),
    Term("watch", "连续未达标月数", "count", unit="个月"),
    Term("employer", "单位", "text", masks=NAME),
)
ENTRY: dict[str, Any] = {
    "group": "20", "layer": 2, "element": "人", "kind": "flag", "definition": "一", "principle": "二",
}  # fmt: skip
WATCH = ENTRY | {
    "code": "V.TIER.WATCH.M0", "name": "价值_层级_关注_当月", "label": "关注客户", "ask": "最近忙什么?",
    "rule": "watch >= 1 and average > 1万 and employer is told",
}  # fmt: skip
BAND = ENTRY | {
    "code": "V.AUM.BAND.M0", "name": "价值_资产_档位_当月", "label": "资产档位", "kind": "enum", "group": "10",
    "values": {"low": "低档", "high": "高档"}, "cases": [["high", "average >= 50万"], ["low", "average < 50万"]],
}  # fmt: skip
HAND = ENTRY | {
    "code": "P.TEA.LIKES.M0",
    "name": "偏好_茶_喜欢_当月",
    "label": "爱喝茶",
    "by": "hand",
    "group": "30",
}
MONTHS = ENTRY | {
    "code": "V.WATCH.MONTHS.M0", "name": "价值_关注_月数_当月", "label": "关注月数", "kind": "count", "rule": "watch",
    "group": "40",
}  # fmt: skip
SECRET = ENTRY | {
    "code": "R.SECRET.HAS.M0", "name": "风险_秘密_有_当月", "label": "暗记", "rule": "watch >= 9", "use": ["filter"],
}  # fmt: skip
FULL = {
    "watch": 2,
    "average": 5_000_000,
    "employer": "张小三工厂",
    "v_tier_watch_m0": 1,
    "v_aum_band_m0": "low",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    entries = [(entry["code"], entry) for entry in (WATCH, BAND, HAND, MONTHS, SECRET)]
    return Library.load(INPUTS, RULES, entries, shipped=tmp_path, user=tmp_path, kept=tmp_path / "kept.json")


def of(library: Library, code: str, **values: Any) -> TagOnCustomer:
    picture = Picture("2026-10", "2026-10-31", "2026-11-05", Values(values))
    return tag_of(library[code], picture, library, RULES)


def test_a_flag_is_hit_or_not_and_any_other_tag_hit_when_it_has_a_value(library: Library) -> None:
    assert of(library, "V.TIER.WATCH.M0", **FULL).state == "hit"
    assert of(library, "V.TIER.WATCH.M0", **FULL | {"v_tier_watch_m0": 0}).state == "no"
    assert of(library, "V.AUM.BAND.M0", **FULL).state == "hit"
    assert of(library, "V.AUM.BAND.M0").state == "unknown"
    assert of(library, "V.WATCH.MONTHS.M0", watch=0, v_watch_months_m0=0).state == "hit", "zero is a value"


def test_the_reason_names_the_date_and_every_input_and_masks_them_as_on_paper(library: Library) -> None:
    reason = of(library, "V.TIER.WATCH.M0", **FULL).reason
    assert reason.startswith("数据日期 2026-10-31")
    assert "资产月日均 5.0万" in reason
    assert "2" in reason
    assert "张小三" not in reason
    assert "张" in reason


def test_an_unknown_tag_names_only_its_missing_inputs_and_the_question(library: Library) -> None:
    tag = of(library, "V.TIER.WATCH.M0", average=5_000_000)
    assert set(tag.missing) == {"连续未达标月数", "单位"}
    assert "缺" in tag.reason
    assert "资产月日均" not in tag.reason
    assert tag.ask == "最近忙什么?"


def test_a_tag_that_is_known_misses_nothing(library: Library) -> None:
    assert of(library, "V.TIER.WATCH.M0", **FULL | {"employer": None}).missing == ()


def test_a_tag_unknown_although_all_inputs_are_there_says_so(library: Library) -> None:
    tag = of(library, "V.AUM.BAND.M0", average=5_000_000)
    assert (tag.state, tag.missing) == ("unknown", ())
    assert "判断不了" in tag.reason


def test_a_tag_by_hand_rests_on_the_manager(library: Library) -> None:
    given, none = (of(library, "P.TEA.LIKES.M0", p_tea_likes_m0=value) for value in (1, None))
    assert given.reason == "由客户经理手工标记。"
    assert none.reason == "没有人手工标记过。"
    assert given.rule == ""


def test_the_rule_reads_in_words_case_by_case(library: Library) -> None:
    assert of(library, "V.AUM.BAND.M0").rule.startswith("高档:资产月日均不少于50万元")
    assert "资产月日均超过1万元" in of(library, "V.TIER.WATCH.M0").rule


def test_tags_for_filters_only_are_not_shown_and_the_others_come_by_group(library: Library) -> None:
    picture = Picture("2026-10", "2026-10-31", "2026-11-05", Values(FULL))
    assert [tag.label for tag in tags_of(picture, library, RULES)] == [
        "资产档位",
        "关注客户",
        "爱喝茶",
        "关注月数",
    ]


def test_programs_get_money_in_yuan_and_flags_as_truth(library: Library) -> None:
    body = of(library, "V.TIER.WATCH.M0", **FULL).as_json()
    assert body["value"] is True
    assert {figure["name"]: figure["value"] for figure in body["inputs"]}["average"] == 50_000


def test_money_is_shown_in_wan_and_other_values_by_their_kind() -> None:
    assert value_in_words(5_000_000, INPUTS[0]) == "5.0万"
    assert value_in_words(None, INPUTS[0]) == "无法判断"
    assert value_in_words(1, TAG.term()) == "是"

"""Figures of a gene card as a person reads them: with unit, money in 万, shares in percent, unknown as a dash."""

from typing import Any

import pytest

from workbench.insight.genes.wording import called, facts, in_yuan, value_of
from workbench.insight.values.values import Values


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("average", 12_345_600, "12.3万"),
        ("average", None, "—"),
        ("demand_share", 0.256, "26%"),
        ("holds_fund", 1, "是"),
        ("holds_fund", 0, "否"),
        ("g_seg_elder_m0", 1, "是"),
        ("g_seg_elder_m0", None, "—"),
        ("light", "red", "红灯"),
        ("occupation", "教师", "教师"),
    ],
)
def test_a_value_is_worded_by_its_kind(name: str, value: Any, words: str) -> None:
    assert value_of(name, value) == words


def test_a_count_has_its_unit() -> None:
    assert value_of("age", 45).split() in (["45"], ["45", "岁"])
    assert value_of("days_since_talk", 30) == "30 天"


@pytest.mark.parametrize(
    ("name", "label"), [("occupation", "职业"), ("g_size_now_m0", "客户大小"), ("g_seg_elder_m0", "老年")]
)
def test_fields_and_tags_have_their_label(name: str, label: str) -> None:
    assert label in called(name)


def test_conditions_state_money_in_yuan_and_nothing_else_changed() -> None:
    assert in_yuan("average", 12_300) == pytest.approx(123)
    assert in_yuan("average", None) is None
    assert in_yuan("age", 45) == 45


def test_facts_leave_out_what_is_not_told() -> None:
    values = Values({"occupation": "教师", "average": 500_000_00})
    assert facts(("occupation", "age", "average"), values) == (
        f"{called('occupation')} 教师", f"{called('average')} 50.0万",
    )  # fmt: skip

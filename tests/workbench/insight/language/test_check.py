"""What a condition may say: known words, like compared with like, values that exist."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.functions import FUNCTIONS
from workbench.insight.language.parse import parse


def checked(text: str, vocabulary: Vocabulary) -> CheckedQuery:
    return check(parse(text), vocabulary)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("资产日均 > 5万", 0, "是不是:资产月日均"),
        ("avarage > 5万", 0, "是不是:average"),
        ("wecom and zzzz", 10, "不认识“zzzz”"),
        ("average between 50万 and 20万", 16, "下限比上限大"),
        ("next_maturity between 2026-12-01 and 2026-01-01", 22, "下限比上限大"),
        ("tier >= L9", 8, "没有“L9”这个取值"),
        ("tier >= '金'", 8, "睡眠(L0)、大众(L1)"),
        ("light > red", 0, "没有高低"),
        ("light = tier", 8, "没有“tier”这个取值"),
        ("wecom > 否", 0, "没有高低"),
        ("average = '五万'", 10, "不能和文字比较"),
        ("occupation = 3", 13, "文字请加引号"),
        ("not average", 4, "请加上比较"),
        ("tier and wecom", 0, "请加上取值"),
        ("wecom and average + 1", 10, "这里要写条件"),
        ("next_maturity > '下月'", 16, "不是日期"),
        ("next_maturity > 2026-02-30", 16, "不是日期"),
        ("next_maturity + 1 > 2", 0, "days_since"),
        ("average > 10%", 10, "不能用“%”"),
        ("share > 5万", 8, "不能用“万”"),
        ("average > 30天", 10, "不能用“天”"),
        ("share contains 'x'", 0, "只用于文字"),
        ("occupation contains 3", 20, "加引号的文字"),
        ("nothing(1) > 2", 0, "可以用:tag"),
        ("top(50) ", 0, "top(50, 数值)"),
        ("top(0, average)", 4, "整数"),
        ("touched('传真', 30)", 8, "可选:电话"),
        ("touched('电话', average)", 14, "整数"),
        ("tag('没有的标签')", 4, "不认识"),
        ("tag(3 + 4)", 4, "加引号的名称"),
        ("wecom top 0 by average", 6, "从 1 起"),
        ("wecom top 5 by occupation", 15, "数值"),
        ("days_since(average) > 3", 11, "日期"),
        ("wecom top 10% by average", 10, "不能用“%”"),
        ("wecom top 50万 by average", 10, "不能用“万”"),
        ("wecom top 5.9 by average", 10, "整数"),
        ("wecom top 99999999999999999999 by average", 10, "最多 10,000,000"),
        ("top(99999999999999999999999, average)", 4, "最多 10,000,000"),
        ("touched('电话', 99999999)", 14, "最多 36,500"),
        ("touched('电话', 3个月)", 14, "单位是“天”"),
        ("days_since(next_maturity) > 2个月", 28, "以“天”计"),
        ("tier between L4 and L3", 13, "下限比上限大"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(
    text: str, position: int, words: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        checked(text, vocabulary)
    assert refused.value.code == "bad_expression"
    assert refused.value.facts["position"] == position
    assert words in refused.value.sentence()


def test_a_word_is_known_by_name_code_label_and_function(vocabulary: Vocabulary) -> None:
    texts = (
        "v_tier_refuse_m0",
        "V.TIER.REFUSE.M0",
        "拒绝营销",
        "tag('拒绝营销')",
        "标签(拒绝营销)",
        "field('拒绝营销')",
    )
    for text in texts:
        assert checked(text, vocabulary).names == {"v_tier_refuse_m0"}, text
    assert checked("信号('S3') >= 2", vocabulary).names == {"S3"}


def test_a_check_tells_what_is_read(vocabulary: Vocabulary) -> None:
    found = checked("tier >= L4 and tag('拒绝营销') and list('名单一') top 5 by average", vocabulary)
    assert found.names == {"tier", "v_tier_refuse_m0", "average"}
    assert found.tags == {"v_tier_refuse_m0"}
    assert found.lists == ("名单一",)
    assert found.days
    assert not checked("tier >= L4", vocabulary).days


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("average - peak", "money"), ("average / peak", "ratio"), ("average * 2", "money"), ("score + 1", "number"),
        ("tier", "enum"), ("occupation", "text"), ("days_since(next_maturity)", "count"), ("5万", "money"),
        ("wecom", "flag"), ("average > 3", "flag"), ("score(wecom, 3)", "number"), ("-share", "ratio"),
        ("or_else(average, 0)", "money"), ("next_maturity", "date"), ("", "flag"),
    ],
)  # fmt: skip
def test_a_value_has_a_kind(text: str, kind: str, vocabulary: Vocabulary) -> None:
    assert checked(text, vocabulary).kind == kind


def test_every_function_says_how_it_is_written() -> None:
    for function in FUNCTIONS:
        assert function.text.startswith(f"{function.name}(")

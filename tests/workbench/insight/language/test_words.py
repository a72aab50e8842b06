"""Conditions in words, and conditions as groups of rows."""

import pytest
from hypothesis import given

from tests.laws import law
from tests.workbench.insight.language.test_compile import _conditions
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Vocabulary
from workbench.insight.language.builder import ConditionGroup, Row, as_groups, of_groups
from workbench.insight.language.check import check
from workbench.insight.language.formatted import formatted
from workbench.insight.language.parse import parse
from workbench.insight.language.words import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "tier>=L4 and days_since_touch>60 and not tag('拒绝营销')",
            "资产层级不低于财富,且距上次联系天数超过60天,且没有标签“拒绝营销”",
        ),
        ("average >= 50000 or average < -100", "资产月日均不少于5万元,或资产月日均少于-100元"),
        ("share between 0.1 and 0.255", "活期占比在10%到25.5%之间"),
        ("next_maturity < 2026-11-30", "最近到期日早于2026-11-30"),
        ("days_until(next_maturity) <= 30天", "距最近到期日的天数不超过30天"),
        (
            "touched('call', 30) and not touched('拒绝营销')",
            "30天内有过“电话”的联系,且没有过“勿扰”的联系",
        ),
        ("职业 not in ('教师','医生')", "职业不属于“教师”、“医生”"),
        ("职业 缺失 and (wecom or 职业 不包含 '师')", "职业没有值,且(企微好友为是,或职业不含“师”)"),
        ("wecom = 否", "企微好友为否"),
        ("light in (red, yellow)", "流失灯属于红灯、黄灯"),
        ("tier <> tier_before", "资产层级不是上月资产层级"),
        (
            "top(50, average) and not list('名单一')",
            "资产月日均在全部客户里最高的 50 位,且不在名单“名单一”里",
        ),
        ("wecom top 20 by average", "企微好友为是,取资产月日均最高的 20 位"),
        ("top 20 by average", "全部客户,取资产月日均最高的 20 位"),
        ("count(wecom, score > 3) >= 1", "[企微好友为是;价值分超过3]成立的个数不少于1"),
        ("not (wecom or wecom)", "并非(企微好友为是,或企微好友为是)"),
        ("", "全部客户"),
    ],
)
def test_a_condition_reads_in_words(text: str, words: str, vocabulary: Vocabulary) -> None:
    assert in_words(check(parse(text), vocabulary)) == words


@law(examples=1_000, few=30)
@given(text=_conditions)
def test_every_condition_has_words_and_groups(text: str, vocabulary: Vocabulary) -> None:
    query = parse(text)
    assert in_words(check(query, vocabulary))
    again = parse(of_groups(as_groups(query)))
    assert as_groups(again) == as_groups(query)
    if "not" not in text:
        assert formatted(again) == formatted(query)


def test_groups_become_a_condition() -> None:
    group = ConditionGroup(
        "all",
        (
            Row("tier", ">=", ("L4",)),
            ConditionGroup("any", (Row("wecom"), Row("职业", "in", ("'教师'", "'医生'")))),
            ConditionGroup("none", (Row("tag('拒绝营销')"), Row("`持有R1-R2理财`", "=", ("是",)))),
            Row("average", "between", ("5万", "")),
            Row("", ">", ("5",)),
        ),
    )
    assert of_groups(group, "top 50 by average") == (
        "tier >= L4 and (wecom or 职业 in ('教师', '医生')) and not (tag('拒绝营销') or `持有R1-R2理财` = 是) top 50 by average"
    )


def test_a_row_written_by_hand_keeps_to_itself() -> None:
    group = ConditionGroup("all", (Row("a or b"), Row("a + b", ">", ("1",))))
    assert of_groups(group) == "(a or b) and a + b > 1"
    with pytest.raises(WorkbenchError):
        of_groups(ConditionGroup("all", (Row("a or"),)))
    assert of_groups(ConditionGroup("any", ())) == ""

"""Names, phones and ids that somebody typed in a condition are masked like the field beside them (domain 17)."""

import pytest

from workbench.base.sensitivity import PERSONAL_CLASS, Sensitivity
from workbench.base.terms import Term, Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.covered import covered
from workbench.insight.language.formatted import formatted
from workbench.insight.language.parse import parse

#: a name may be read on paper, but not in JSON
NAME = Sensitivity(PERSONAL_CLASS, "name", "none", "name", "name")
PHONE = Sensitivity(PERSONAL_CLASS, "phone", "phone", "phone", "phone")
WORDS = Vocabulary(
    (
        Term("name", "姓名", "text", masks=NAME),
        Term("phone", "手机号", "text", masks=PHONE),
        Term("occupation", "职业", "text"),
        Term("employer", "单位", "text", masks=Sensitivity(PERSONAL_CLASS, "none", "none", "none", "none")),
        Term("average", "资产月日均", "money"),
        Term("v_mine", "我的标签", "flag", origin="tag"),
    )
)


def masked(text: str, *, printed: bool = False) -> str:
    return formatted(covered(check(parse(text), WORDS).query, printed=printed))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("name = '张小三'", "name = '张**'"),
        ("'张小三' = name", "'张**' = name"),
        ("name <> '李四' and average > 5万", "name <> '李*' and average > 5万"),
        ("name in ('张三', '李四')", "name in ('张*', '李*')"),
        ("name not in ('张三')", "name not in ('张*')"),
        ("name between '张三' and '李四'", "name between '张*' and '李*'"),
        ("not (name contains '小三')", "name not contains '小*'"),
        ("phone = '13800000001'", "phone = '138****0001'"),
        ("count(name = '张三', average > 1) >= 1", "count(name = '张*', average > 1) >= 1"),
        ("or_else(name, '张三') = name", "or_else(name, '张*') = name"),
        ("or_else(name, '张三') = '李四'", "or_else(name, '张*') = '李*'"),
        ("'李四' = or_else(occupation, name)", "'李*' = or_else(occupation, name)"),
        ("'李四' = or_else(employer, name)", "'李*' = or_else(employer, name)"),
        ("or_else(employer, '张三') = name", "or_else(employer, '张*') = name"),
        ("or_else(occupation, '张三') = name", "or_else(occupation, '张*') = name"),
    ],
)
def test_a_typed_text_is_masked_like_the_field_beside_it(typed: str, shown: str) -> None:
    assert masked(typed) == shown


def test_beside_an_open_field_only_long_numbers_are_masked() -> None:
    assert masked("occupation = '教师'") == "occupation = '教师'"
    assert masked("occupation contains '13800000001'") == "occupation contains '*******0001'"


def test_words_of_tags_lists_and_channels_name_nobody_and_stay() -> None:
    text = "tag('我的标签') and list('13800000001') and touched('call', 30)"
    assert masked(text) == formatted(check(parse(text), WORDS).query)


def test_paper_has_its_own_mask() -> None:
    assert masked("name = '张小三'", printed=True) == "name = '张小三'"


def test_a_masked_query_no_longer_carries_the_typed_text() -> None:
    query = covered(check(parse("name = '张小三'"), WORDS).query)
    assert query.source == ""
    assert "张小三" not in repr(query)


def test_without_a_condition_nothing_changes() -> None:
    query = check(parse("top 5 by average"), WORDS).query
    assert covered(query) is query

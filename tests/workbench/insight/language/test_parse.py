"""How conditions are read: words of both languages, what binds tighter, and faults that point at their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.base.errors import WorkbenchError
from workbench.insight.language.formatted import formatted
from workbench.insight.language.parse import parse
from workbench.insight.language.tree import Query


def refused(text: str) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        parse(text)
    assert caught.value.code == "bad_expression"
    return caught.value


def attempt(text: str) -> tuple[Query, WorkbenchError | None]:
    try:
        return parse(text), None
    except WorkbenchError as error:
        return Query(), error


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("资产月日均>50万且企微好友", "资产月日均 > 50万 and 企微好友"),
        ("甲 或者 乙 并且 非 丙", "甲 or 乙 and not 丙"),
        ("甲 介于 1 到 5", "甲 between 1 and 5"),
        ("甲介于10万至50万", "甲 between 10万元 and 50万元"),
        ("职业 属于 （‘教师’，“医生”）", "职业 in ('教师', \"医生\")"),
        ("职业 不属于 ('教师')", "not 职业 in ('教师')"),
        ("职业 不包含 '师'", "职业 not contains '师'"),
        ("职业 是 缺失", "职业 is missing"),
        ("职业 is not missing", "职业 有值"),
        ("职业 不是 '教师'", "职业 is not '教师'"),
        ("不是 (甲 ≥ 1)", "NOT (甲 >= 1)"),
        ("取前 50 户 按 资产月日均", "top 50 by 资产月日均"),
        ("活期占比 ＞ １０％", "活期占比 > １０%"),
        ("甲 != 3个月", "甲 ≠ 3 个月"),
    ],
)
def test_a_condition_may_be_written_in_chinese_or_in_english(chinese: str, english: str) -> None:
    assert parse(chinese) == parse(english)


def test_and_binds_tighter_than_or_and_not_tighter_than_both() -> None:
    assert formatted(parse("a or b and not c = 1")) == "a or b and not c = 1"
    assert formatted(parse("(a or b) and (not c = 1)")) == "(a or b) and not c = 1"
    assert parse("a or b and c") != parse("(a or b) and c")
    assert (
        formatted(parse("(1 - (2 - 3)) * 4 / (5 / 6) > -(1 + 2)")) == "(1 - (2 - 3)) * 4 / (5 / 6) > -(1 + 2)"
    )


def test_an_empty_condition_means_everybody() -> None:
    assert parse("  ").condition is None
    assert formatted(parse("")) == ""


def test_a_name_may_begin_with_a_digit_or_hold_signs_in_backticks() -> None:
    assert (
        formatted(parse("`30天内到期金额` > 30天 and `持有R1-R2理财`"))
        == "30天内到期金额 > 30天 and `持有R1-R2理财`"
    )
    assert formatted(parse("`is` = `30天` and `非居民` and `取前` and `甲或乙`")) == (
        "`is` = `30天` and `非居民` and `取前` and `甲或乙`"
    )


def test_a_quote_inside_a_text_is_doubled() -> None:
    assert formatted(parse("a = 'it''s'")) == "a = 'it''s'"
    assert formatted(parse("a = “it's”")) == "a = 'it''s'"


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a > ", 4, "没有写完"),
        ("a > > 3", 4, "没有看懂“>”"),
        ("(a > 3", 6, "右括号"),
        ("a > 3)", 5, "右括号多了"),
        ("职业 = '教师", 5, "引号没有成对"),
        ("a in (1, 2", 10, "逗号"),
        ("a ? 3", 2, "没有看懂“?”"),
        ("top 50", 6, "按"),
        ("a b", 2, "且 / 或"),
        ("a between 1", 11, "上限"),
        ("a top x", 2, "没有看懂"),
        ("and", 0, "字段、标签或数值"),
    ],
)
def test_a_fault_points_at_its_character(text: str, position: int, words: str) -> None:
    error = refused(text)
    assert error.facts["position"] == position
    assert words in error.message
    assert f"第 {position + 1} 个字" in error.message
    assert text not in str(error.facts)


def test_the_caret_stands_below_the_character_also_after_wide_ones() -> None:
    lines = refused("职业 = '教师").message.splitlines()
    assert lines[1:] == ["  职业 = '教师", "  \u3000\u3000   ^"]


def test_a_fault_on_a_later_line_names_the_line() -> None:
    error = refused("a > 1\nand b > > 2")
    assert (error.facts["line"], error.facts["column"]) == (2, 9)
    assert "第 2 行第 9 个字" in error.message
    assert error.message.splitlines()[1] == "  and b > > 2"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "a" + ")" * 500,
        "not " * 500 + "a",
        "-" * 500 + "1 > 0",
        "1" + " + 1" * 500 + " > 0",
        " and ".join(["a > 1"] * 400),
        "a" * 7000,
        "score(" * 300 + "a" + ", 1)" * 300,
    ],
    ids=["brackets", "nots", "signs", "sums", "many", "long", "calls"],
)
def test_a_condition_too_long_or_too_deep_is_refused_or_read_but_never_breaks(text: str) -> None:
    read, error = attempt(text)
    if error is None:
        assert text.startswith("((")
        assert formatted(read) == "a"
    else:
        assert "拆成几个名单" in error.message


@law(examples=2_000, few=60)
@given(st.text(alphabet="ab职业且或非不是到按取前 3.5万天%<>=!()（'\"“”`,-+*/\n是否in", max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    read, error = attempt(text)
    if error is None:
        assert parse(formatted(read)) == read
    else:
        assert error.code == "bad_expression"
        assert 0 <= error.facts["position"] <= len(text)


@pytest.mark.parametrize("number", ["9" * 5_900, f"0.{'9' * 5_800}", f"{'9' * 5_800}万", "９" * 5_000])
def test_a_number_longer_than_any_amount_is_refused_where_it_begins(number: str) -> None:
    error = refused(f"a > {number}")
    assert "数字太长" in error.message
    assert error.facts["position"] == 4
    assert len(error.message) < 300, "a sentence, not the whole condition again"


def test_the_longest_number_is_read() -> None:
    assert formatted(parse(f"a > {'9' * 30}")) == f"a > {'9' * 30}"

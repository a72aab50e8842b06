"""Header rows on top of each other become one name per column (domain 16.5, trap 3)."""

import pytest

from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.stacked import HeadingWords, chains, is_unit, joined
from workbench.rules.parameters import Rules


@pytest.fixture(scope="module")
def words() -> HeadingWords:
    return HeadingWords.of(Rules.load())


def test_a_text_spreads_to_the_right_over_blanks_that_have_something_below() -> None:
    lines = [["客户信息", "", "资产", "", ""], ["客户号", "姓名", "余额", "月日均", ""]]
    assert chains(lines, [], 0) == [
        ("客户信息", "客户号"), ("客户信息", "姓名"), ("资产", "余额"), ("资产", "月日均"), (),
    ]  # fmt: skip


def test_with_merged_areas_only_these_spread() -> None:
    lines = [["客户信息", "", "资产", ""], ["客户号", "姓名", "余额", "备注"]]
    assert chains(lines, [(4, 0, 4, 1)], 4) == [
        ("客户信息", "客户号"), ("客户信息", "姓名"), ("资产", "余额"), ("备注",),
    ]  # fmt: skip


def test_an_area_merged_downwards_counts_once() -> None:
    lines = [["客户号", "资产"], ["", "余额"]]
    assert chains(lines, [(0, 0, 1, 0)], 0) == [("客户号",), ("资产", "余额")]


@pytest.mark.parametrize(
    ("stack", "name"),
    [
        (("客户基本信息", "客户号"), "客户号"),
        (("存款", "余额"), "存款余额"),
        (("资产情况", "AUM"), "AUM"),
        (("上月", "存款余额"), "上月-存款余额"),
        (("存款", "余额", "(万元)"), "存款余额(万元)"),
        (("客户号", "KHH_X1"), "客户号"),
        (("甲", "乙"), "甲-乙"),
        (("姓名",), "姓名"),
        ((), ""),
    ],
)
def test_parts_are_left_out_only_where_the_catalogue_knows_the_rest(
    words: HeadingWords, stack: tuple[str, ...], name: str
) -> None:
    assert joined([stack], catalogue(), words) == (name,)


def test_no_shortened_name_may_stand_for_two_columns(words: HeadingWords) -> None:
    stacks = [("本行信息", "客户号"), ("他人信息", "客户号")]
    assert joined(stacks, catalogue(), words) == ("本行信息-客户号", "他人信息-客户号")


@pytest.mark.parametrize(
    ("text", "unit"), [("(万元)", True), ("元", True), ("亿", True), ("余额(元)", False)]
)
def test_a_unit_is_a_unit_and_nothing_else(text: str, unit: bool) -> None:
    assert is_unit(text) is unit

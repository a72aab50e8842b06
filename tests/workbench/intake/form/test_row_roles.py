"""What one row is: in doubt data, for a wrong guess must never lose a customer (domain 16.5, trap 4)."""

import pytest

from workbench.intake.form.row_roles import Role, RowWords, id_like, plain, role
from workbench.rules.parameters import Rules

HEAD = ("客户号", "姓名", "层级", "余额")


@pytest.fixture(scope="module")
def words() -> RowWords:
    return RowWords.of(Rules.load())


@pytest.mark.parametrize(
    ("text", "number"),
    [("0001", True), ("A-1_2/3.4*", True), ("VIP", False), ("合计", False), ("0001户", False), ("", False), ("12 3", False)],
)  # fmt: skip
def test_a_number_has_a_digit_and_no_words(text: str, number: bool) -> None:
    assert id_like(text) is number


def test_words_are_compared_in_half_width_without_spaces() -> None:
    assert plain("合 计　：Ｓｕｍ") == "合计:SUM"
    assert len(plain("长" * 1_000_000)) == 400


@pytest.mark.parametrize(
    ("label", "loose", "expected"),
    [
        ("合计", False, "total"), ("合计:", False, "total"), ("总计(14183户)", False, "total"),
        ("本页小计", True, "subtotal"), ("小计", False, "subtotal"),
        ("城东支行合计", True, "total"), ("(空白) 汇总", True, "total"), ("城东支行合计", False, None),
        ("何合计", False, None), ("合计算错误说明请看附件", True, None), ("SUMMER", True, None), ("张三", True, None),
    ],
)  # fmt: skip
def test_a_label_of_a_total_is_no_name_that_contains_the_word(
    words: RowWords, label: str, loose: bool, expected: Role | None
) -> None:
    assert words.total(plain(label), loose=loose) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("", "", "", ""), "blank"),
        (("客户号", "姓名", "层级", "余额"), "header"),
        (("客户号", "姓名", "层级", "1"), "header"),
        (("月报", "", "", ""), "title"),
        (("----", "====", "", ""), "note"),
        (("合计", "", "", "9"), "total"),
        (("", "合计", "", "9"), "total"),
        (("", "", "本页小计", "9"), "subtotal"),
        (("制表人:张三", "复核:李四", "", ""), "note"),
        (("客户经理:", "王芳", "工号:", "00123"), "note"),
        (("客户经理", "王芳", "工号", "00123"), "note"),
        (("客户经理", "王芳", "金卡", "5"), "data"),
        (("户均", "", "", "9"), "note"),
        (("户均", "张三", "", "9"), "data"),
        (("全行", "5户", "", "9"), "total"),
        (("第1页", "", "", ""), "note"),
        (("注:余额为时点数", "", "", ""), "note"),
        (("以上名单由总行提供", "", "", ""), "note"),
        (("", "张三", "", ""), "data"),
        (("", "张三", "金卡", "5"), "data"),
        (("老客", "何小计", "金卡", "5"), "data"),
    ],
)
def test_rows_without_a_number_are_sorted_by_what_they_say(
    words: RowWords, cells: tuple[str, ...], expected: Role
) -> None:
    assert role(cells, 0, [HEAD], frozenset({"月报"}), words) == expected

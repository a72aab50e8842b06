"""A form is written, filled and read back: headings in any order, refused rows with their reason and row number."""

from collections.abc import Sequence

import pytest

from workbench.base.errors import WorkbenchError
from workbench.sheets.coming_back.grid import ReturnedCell, ReturnedSheet
from workbench.sheets.forms_back.fixed_form import FixedForm, FormColumn, read_form, refuse

FORM = FixedForm(
    "sample",
    "礼遇登记表",
    "一行一项。",
    (
        FormColumn("name", "名称", required=True, most=6),
        FormColumn("level", "层级", "choices", required=True, choices={"L4": "财富", "L5": "贵宾"}),
        FormColumn("cap", "每人次数", "whole", least=1, largest=9),
        FormColumn("budget", "预算(元)", "amount", least=0),
        FormColumn("part", "占比", "share", largest=1),
        FormColumn("day", "起始日", "day"),
        FormColumn("kind", "方式", "choice", choices={"once": "一次", "year": "每年"}),
        FormColumn("on", "可叠加", "flag"),
    ),
)
HEAD = ["名称 *", "层级*", "每人次数", "预算(元)", "占比", "起始日", "方式", "可叠加"]


def grid(*rows: Sequence[ReturnedCell], head: Sequence[ReturnedCell] = HEAD) -> list[ReturnedSheet]:
    """A worksheet with a title above its head, whose first row is row 1."""
    title: tuple[ReturnedCell, ...] = ("礼遇登记表",)
    return [ReturnedSheet("表一", (title, tuple(head), *(tuple(row) for row in rows)))]


def test_values_of_a_row() -> None:
    read = read_form(FORM, grid(["体检", "财富、L5", 2, 12345.67, 0.05, "2026-11-23", "每年", "是"]))
    assert not read.problems
    (row,) = read.rows
    assert (row.sheet, row.row) == ("表一", 3)
    assert dict(row.values) == {
        "name": "体检", "level": ("L4", "L5"), "cap": 2, "budget": 1234567, "part": 0.05, "day": "2026-11-23",
        "kind": "year", "on": True,
    }  # fmt: skip
    assert (row.text("name"), row.several("level"), row.whole("budget")) == ("体检", ("L4", "L5"), 1234567)
    assert (row.share("part"), row.flag("on")) == (0.05, True)


def test_empty_cells_are_absent_not_zero() -> None:
    (row,) = read_form(FORM, grid(["体检", "贵宾", None, "", "", "", "", ""])).rows
    assert "budget" not in row.values
    assert (row.whole("budget"), row.text("day"), row.flag("on"), row.share("part")) == (None, "", None, None)


def test_columns_in_another_order_and_language() -> None:
    head = ["预算(元)", "层级", "名称", "备忘"]
    read = read_form(FORM, grid(["5万", "财富", "体检", "内部"], head=head))
    assert read.rows[0].values == {"budget": 5_000_000, "level": ("L4",), "name": "体检"}
    assert [(one.code, one.level, one.column) for one in read.problems] == [
        ("unknown_column", "info", "备忘")
    ]
    assert not read.refused


def test_refused_rows_say_where_and_why() -> None:
    read = read_form(
        FORM,
        grid(
            ["体检", "财富", 1],
            ["体检名称太长了", "财富", 1],
            ["茶", "钻石", 1],
            ["茶", "", 1],
            ["茶", "财富", 10],
            ["茶", "财富", "两次"],
            ["茶", "财富", 1, "很多", "一半", "明天", "有时", "也许"],
        ),
    )
    assert [row.row for row in read.rows] == [3]
    assert [(one.row, one.column) for one in read.refused] == [
        (4, "名称"), (5, "层级"), (6, "层级"), (7, "每人次数"), (8, "每人次数"), (9, "预算(元)"), (9, "占比"), (9, "起始日"),
        (9, "方式"), (9, "可叠加"),
    ]  # fmt: skip
    messages = [one.message for one in read.refused]
    assert messages[0] == "「表一」第 4 行:「名称」有 7 个字,最多 6 个"
    assert messages[1] == "「表一」第 5 行:「层级」写的“钻石”不在选项里;可以写:财富、贵宾"
    assert messages[2] == "「表一」第 6 行:「层级」没有填"
    assert messages[3] == "「表一」第 7 行:「每人次数」写的是 10,不能大于 9"


def test_a_merged_row_is_nobodys() -> None:
    (sheet,) = grid(["体检", "财富", 1], [None, None, 2])
    merged = ReturnedSheet(sheet.name, sheet.rows, merged=((2, 0, 3, 0),))
    read = read_form(FORM, [merged])
    assert not read.rows
    assert [(one.row, one.code) for one in read.refused] == [(3, "merged_rows"), (4, "merged_rows")]


@pytest.mark.parametrize(
    ("head", "rows", "code"),
    [
        (["客户号", "姓名"], [["1", "2"]], "not_this_form"),
        (["名称", "层级", "名称"], [["茶", "财富", "茶"]], "form_columns"),
        (["名称", "层级"], [["", ""]], "form_empty"),
    ],
)
def test_a_file_that_is_no_such_form(
    head: list[ReturnedCell], rows: list[list[ReturnedCell]], code: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        read_form(FORM, grid(*rows, head=head))
    assert refused.value.code == code
    assert refused.value.hint


def test_a_missing_column_is_named() -> None:
    needed = FixedForm("x", "表", "", (*FORM.columns[:2], FormColumn("who", "负责人", required=True)))
    with pytest.raises(WorkbenchError, match="缺少列 「负责人」"):
        read_form(needed, grid(["茶", "财富"], head=["名称", "层级"]))


def test_a_room_refuses_a_row_in_the_same_words() -> None:
    (row,) = read_form(FORM, grid(["茶", "财富"])).rows
    problem = refuse(row, "red_line", "“返现”不能说", "名称")
    assert problem.message == "「表一」第 3 行:“返现”不能说"
    assert (problem.level, problem.row, problem.column) == ("refuse", 3, "名称")

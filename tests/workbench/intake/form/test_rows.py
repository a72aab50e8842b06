"""Every row is data or has a role; what cannot be a customer's number is looked at, all else is data."""

from typing import Any

import pytest

from workbench.intake.form.layout import Layout
from workbench.intake.form.rows import Rows, blank_rows, odd_cells, sort_rows
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

HEAD = ["客户号", "姓名", "余额"]


def sheet(*rows: list[Any]) -> RawSheet:
    return RawSheet("清单", tuple(zip(*rows, strict=True)))


def sorted_rows(rules: Rules, *rows: list[Any], key: int | None = 0) -> Rows:
    """The roles of rows under a header in row 0."""
    return sort_rows(sheet(HEAD, *rows), Layout(0, tuple(HEAD), ()), key, rules)


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        ((1.0, 2.0, 3), None), (("001", "002"), None), (("A1", "B-2"), None),
        (("001", "", "合计"), {"", "合计"}), (("001", None, 2.0), {None}), (("001", "第1页 共2页"), {"第1页 共2页"}),
        (("a\nb", "001"), {"a\nb"}), (("VIP", "1"), {"VIP"}),
    ],
)  # fmt: skip
def test_only_cells_that_can_be_nobodys_number_are_odd(cells: tuple[Any, ...], odd: set[Any] | None) -> None:
    assert odd_cells(cells) == odd


def test_a_row_is_blank_when_it_is_blank_in_every_column() -> None:
    made = sheet(["", "　", None], ["", "甲", ""], [" ", "", ""])
    assert blank_rows(made, [0, 1, 2]) == [0, 2]
    assert blank_rows(made, [1]) == []


def test_rows_are_counted_by_their_role_and_subtotals_as_totals(rules: Rules) -> None:
    rows = sorted_rows(
        rules, ["001", "甲", 1.0], ["小计", "", 1.0], ["", "", ""], ["002", "乙", 2.0], ["小计", "", 2.0],
        ["合计", "", 3.0], ["制表人:丙", "", ""],
    )  # fmt: skip
    assert rows.data == [1, 4]
    assert rows.not_data == {"header": 1, "total": 3, "blank": 1, "note": 1}
    assert (rows.totals, rows.subtotals) == ([6], [2, 5])
    assert (rows.role(1), rows.role(3), rows.role(6)) == ("data", "blank", "total")


def test_of_several_totals_the_last_sums_up_the_list_unless_it_is_the_last_groups_own(rules: Rules) -> None:
    groups = [["001", "甲", 1.0], ["合计", "", 1.0], ["002", "乙", 2.0], ["合计", "", 2.0]]
    assert sorted_rows(rules, *groups).totals == []
    assert sorted_rows(rules, *groups, ["总计", "", 3.0]).totals == [5]
    other = [
        ["001", "甲", 1.0],
        ["甲组合计", "", 1.0],
        ["002", "乙", 2.0],
        ["合计", "", 2.0],
        ["共计", "", 3.0],
    ]
    assert sorted_rows(rules, *other).totals == [5]


def test_without_a_key_column_the_first_column_of_texts_stands_in(rules: Rules) -> None:
    rows = sorted_rows(rules, ["", "甲", 1.0], ["", "乙", 2.0], ["", "合计", 3.0], key=None)
    assert (rows.data, rows.totals) == ([1, 2], [3])


def test_a_sheet_of_a_header_alone_has_no_data(rules: Rules) -> None:
    rows = sorted_rows(rules)
    assert (rows.data, rows.not_data) == ([], {"header": 1})

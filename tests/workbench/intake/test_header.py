"""The header row is found under title rows, and rows that are not data are named."""

from typing import Any

import pytest

from tests.workbench.intake.conftest import HEADER, ROWS, customers
from workbench.intake.fields import catalogue
from workbench.intake.header import find_header, sort_rows
from workbench.intake.reader import RawSheet
from workbench.rules import Rules


def _sheet(rows: list[list[Any]]) -> RawSheet:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet("客户清单", tuple(zip(*padded, strict=True)))


@pytest.mark.parametrize("above", [0, 1, 2, 5])
def test_the_header_is_found_under_any_number_of_title_rows(rules: Rules, above: int) -> None:
    titles: list[list[Any]] = [
        ["某某支行个人客户资产月报"],
        ["数据日期:2026-10-31", "", "单位:元"],
        [],
        ["内部资料"],
        [],
    ]
    layout = find_header(_sheet([*titles[:above], HEADER, *ROWS]), catalogue(), rules)
    assert layout is not None
    assert layout.header == above
    assert list(layout.names) == HEADER


def test_a_title_that_names_columns_is_not_the_header(rules: Rules) -> None:
    rows = [["客户姓名 金融资产 清单"], ["客户号", "说明:以下客户号为核心客户号"], HEADER, *ROWS]
    layout = find_header(_sheet(rows), catalogue(), rules)
    assert layout is not None
    assert layout.header == 2


def test_a_sheet_without_any_known_heading_has_no_header(rules: Rules) -> None:
    assert (
        find_header(_sheet([["说明"], ["本表仅供内部使用", 1.0], ["abc", 2.0]]), catalogue(), rules) is None
    )


def test_rows_that_are_not_data_are_named(rules: Rules) -> None:
    rows = customers(total=["合计", "3户", "", 657196.25, 638037.5])
    rows[4:4] = [["", "", "", "", ""], ["本页小计", "", "", 1.0, 1.0], HEADER]
    rows += [["制表人:张三", "", "审核:李四"], ["注:余额含理财"]]
    layout = find_header(_sheet(rows), catalogue(), rules)
    assert layout is not None
    found = sort_rows(_sheet(rows), layout, 0, rules)
    assert len(found.data) == 3
    assert found.not_data == {"title": 2, "header": 2, "total": 2, "note": 2, "blank": 1}
    assert len(found.totals) == 1
    assert len(found.data) + sum(found.not_data.values()) == len(rows)


def test_a_total_word_in_the_second_column_is_a_total_too(rules: Rules) -> None:
    rows = customers(total=["", "总计", "", 657196.25, 638037.5])
    layout = find_header(_sheet(rows), catalogue(), rules)
    assert layout is not None
    assert len(sort_rows(_sheet(rows), layout, 0, rules).totals) == 1


def test_a_customer_without_a_number_is_data_not_a_note(rules: Rules) -> None:
    rows = customers([*ROWS, ["", "王小明", "金卡", 1.0, 2.0]])
    layout = find_header(_sheet(rows), catalogue(), rules)
    assert layout is not None
    assert len(sort_rows(_sheet(rows), layout, 0, rules).data) == 4

"""Cells of a header and lines above it as texts."""

import datetime as dt
from typing import Any

import pytest

from workbench.intake.form.layout import Layout, headings, lines_above, one_line
from workbench.intake.reading.reader import RawSheet


@pytest.mark.parametrize(
    ("cell", "heading"),
    [
        ("金融资产\n余额", "金融资产余额"), ("AUM\nbalance", "AUM balance"), (" 客户  号 ", "客户 号"),
        (None, ""), ("", ""), (2026.0, "2026"), (dt.date(2026, 10, 31), "2026-10-31"),
    ],
)  # fmt: skip
def test_a_line_break_inside_a_chinese_heading_is_taken_out(cell: Any, heading: str) -> None:
    assert headings([cell]) == (heading,)


def test_a_heading_is_cut_where_no_heading_goes() -> None:
    assert len(headings(["长" * 1_000_000])[0]) == 400


def test_a_line_above_is_its_filled_cells_and_a_serial_number_after_the_word_date_is_a_date() -> None:
    assert one_line(["数据日期:", "", 46326.0, None, "单位:元"]) == "数据日期:  2026-10-31  单位:元"
    assert one_line(["户数", 46326.0]) == "户数  46326"
    assert one_line(["数据日期:", 12.0]) == "数据日期:  12"


def test_each_row_above_a_header_is_one_text() -> None:
    sheet = RawSheet("清单", (("月报", "", "客户号"), ("", "单位:元", "姓名")))
    assert lines_above(sheet, 2) == ("月报", "单位:元")


def test_the_top_of_a_header_is_its_first_row() -> None:
    assert (Layout(4, (), (), depth=3).top, Layout(4, (), ()).top) == (2, 4)

"""The touches of a year as a workbook: set up to print, with lists to choose from, and a filled row enters a contact."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from db.tables import touches
from tests.books import new_book
from tests.workbench.outreach.made import name_of, put_customers
from tests.workbench.sheets.coming_back.made import columns, fill, grids_of
from tests.workbench.sheets.year_made import sheets_of, touch, year_of
from workbench.base.change import Progress
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.coming_back.room import ComingBack


def planned() -> list[PlannedTouch]:
    """Two customers in March (one by WeCom), one in April."""
    days = ("2026-03-02", "2026-03-12", "2026-04-01")
    return [
        replace(
            touch(n, day, reason=n), customer_id=n + 1, customer_no=f"90000{n + 1:07d}", name=name_of(n + 1)
        )
        for n, day in enumerate(days)
    ]


def test_a_filled_row_enters_a_contact_on_its_day_by_its_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-03-31")
    mine = planned()
    with new_book(tmp_path / "year.book") as book:
        put_customers(book, (1, 2, 3))
        sheets = sheets_of(book, year_of(touches=mine), mine)
        printed = sheets.year_xlsx(2026)
        assert [one.of for one in printed.handed] == ["2026-03", "2026-04"]
        # a month is worked with until its end
        assert [one.destroy_by for one in printed.handed] == ["2026-04-30", "2026-05-30"]
        sheets.save(printed, tmp_path / "year.xlsx")
        back = fill(printed.content, {"2": "已约"}, sheet=2, column="完成(结果)")
        read = grids_of(back)

        def reader(_path: Path, _progress: Progress) -> Sequence[ReturnedSheet]:
            return read

        entering = ComingBack(book, Rules.load(), sheets.handed_out, reader).of_file(Path("back.xlsx"))
        assert entering.problems == ()
        entering.enter()
        with book.read() as conn:
            row = conn.execute(select(touches)).one()
        assert (row.customer_id, row.date, row.channel, row.result) == (
            2,
            "2026-03-12",
            "wecom",
            "appointment",
        )


def test_every_month_is_a_worksheet_set_up_to_print_with_lists_and_its_head_frozen(tmp_path: Path) -> None:
    mine = planned()
    with new_book(tmp_path / "year.book") as book:
        content = sheets_of(book, year_of(touches=mine), mine).year_xlsx(2026).content
    made = openpyxl.load_workbook(io.BytesIO(content))
    assert made.sheetnames == [*(f"{month}月" for month in range(1, 13)), "选项"]
    march = made["3月"]
    head = march.freeze_panes[1:]
    assert march.print_title_rows == f"$1:${int(head) - 1}"
    assert (march.page_setup.orientation, march.page_setup.fitToWidth) == ("landscape", 1)
    place = columns(march)
    assert list(place)[:10] == [
        "序号", "日期", "星期", "节日", "客群", "产品", "个人日期", "客户", "层级", "负责人",
    ]  # fmt: skip
    assert {rule.type for rule in march.data_validations.dataValidation} == {"list", "date", "textLength"}
    first = {name: march.cell(int(head), column).value for name, column in place.items()}
    assert (first["日期"], first["层级"], first["渠道"], first["话术编号"]) == (
        "2026-03-02",
        "贵宾",
        "电话",
        "G-405",
    )
    assert first["客户"] == f"{name_of(1)[0]}** 0001"

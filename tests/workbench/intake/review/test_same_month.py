"""Sheets of one kind in one file do not take one another's customers for vanished, nor their lines for gone."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import tables
from db.engine import Book
from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.report import SheetReport
from workbench.intake.room import Intake

HEADER = ["客户号", "姓名", "AUM余额"]
HELD = ["客户号", "产品代码", "产品名称", "持有份额", "持有金额"]
PAID = ["客户号", "交易日期", "借贷方向", "交易金额", "交易渠道"]


def _list(rows: list[list[Any]], month: str = "09-30", header: list[str] = HEADER) -> list[list[Any]]:
    return [["清单"], [f"数据日期:2026-{month}"], header, *rows]


def _people(first: int, count: int = 12, amount: float = 1000.0) -> list[list[Any]]:
    return [[f"{first + n:06d}", f"客户{chr(0x4E00 + first + n)}", amount + n] for n in range(count)]


def _count(book: Book, table: Any) -> int:
    with book.read() as conn:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def _amounts(book: Book, month: str) -> dict[str, int]:
    with book.read() as conn:
        query = select(tables.customers.c.customer_no, tables.snapshots.c.aum_balance).join(tables.snapshots)
        return {row[0]: row[1] for row in conn.execute(query.where(tables.snapshots.c.month == month))}


def _commit(intake: Intake, path: Path) -> tuple[SheetReport, ...]:
    return intake.read(path).commit().sheets


def test_a_branch_on_a_sheet_of_its_own_has_not_vanished_from_the_others(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    for month in ("09-30", "10-31"):
        east, west = _list(_people(100), month), _list(_people(200), month)
        report = _commit(intake, xlsx(east, f"{month}.xlsx", "城东", [("城西", west)]))
        assert [(sheet.vanished, sheet.questions) for sheet in report] == [(0, ()), (0, ())]
    assert _count(book, tables.snapshots) == 48


def test_who_is_on_none_of_the_sheets_has_vanished_once(intake: Intake, xlsx: Make) -> None:
    _commit(intake, xlsx(_list(_people(100)), "9.xlsx", "城东", [("城西", _list(_people(200)))]))
    east, west = _list(_people(100)[1:], "10-31"), _list(_people(200), "10-31")
    report = _commit(intake, xlsx(east, "10.xlsx", "城东", [("城西", west)]))
    assert [[one.customer_no for one in sheet.movements] for sheet in report] == [["000100"], []]


def test_a_customer_on_two_sheets_of_a_file_is_one_customer_and_reported(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    later = _list([["000101", "客户", 7.0], ["000300", "另一位", 8.0]])
    report = _commit(intake, xlsx(_list(_people(100)), "9.xlsx", "一", [("二", later)]))
    assert [(sheet.new, sheet.changed) for sheet in report] == [(12, 0), (1, 1)]
    assert "on_two_sheets" in [problem.code for problem in report[0].problems]
    assert _amounts(book, "2026-09")["000101"] == 700
    assert _count(book, tables.customers) == 13


def test_a_supplement_to_the_month_is_judged_with_what_the_book_has_of_the_month(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    _commit(intake, xlsx(_list(_people(100)), "9.xlsx"))
    _commit(intake, xlsx(_list(_people(100)[:10], "10-31"), "10.xlsx"))
    (sheet,) = _commit(intake, xlsx(_list(_people(100)[10:], "10-31"), "补.xlsx"))
    assert (sheet.questions, sheet.vanished, sheet.committed) == ((), 0, True)
    assert sheet.quality is not None
    assert sheet.quality.continuity == 1
    assert intake.history()[0].guard is None
    assert len(_amounts(book, "2026-10")) == 12


def test_a_list_that_is_far_too_short_still_asks(intake: Intake, xlsx: Make) -> None:
    _commit(intake, xlsx(_list(_people(100)), "9.xlsx", "城东", [("城西", _list(_people(200)))]))
    report = intake.read(xlsx(_list(_people(100), "10-31"), "10.xlsx")).report().sheets[0]
    assert [question.code for question in report.questions] == ["data_guard"]


def test_two_sheets_of_holdings_keep_one_another_when_they_come_again(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    _commit(intake, xlsx(_list(_people(100)), "9.xlsx"))
    wealth = [["000100", "P1", "甲", 1, 10.0], ["000101", "P1", "甲", 1, 20.0]]
    funds = [["000100", "F1", "乙", 1, 30.0], ["000102", "F1", "乙", 1, 40.0]]

    def file(name: str, second: list[list[Any]]) -> Path:
        more = [("基金持有", _list(second, header=HELD))]
        return xlsx(_list(wealth, header=HELD), name, "理财持有", more)

    _commit(intake, file("持有.xlsx", funds))
    before = book.fingerprint()
    again = _commit(intake, file("持有.xlsx", funds))
    assert book.fingerprint() == before
    assert [sheet.vanished for sheet in again] == [0, 0]
    fewer = _commit(intake, file("持有2.xlsx", funds[:1]))
    assert [sheet.vanished for sheet in fewer] == [1, 0]
    assert _count(book, tables.holdings) == 3


def test_one_day_of_a_customer_on_two_sheets_of_transactions_is_refused_with_a_sentence(
    intake: Intake, book: Book, xlsx: Make
) -> None:
    _commit(intake, xlsx(_list(_people(100)), "9.xlsx"))
    counter = [PAID, ["000100", "2026-09-01", "转出", 10.0, "柜面"]]
    net = [
        PAID,
        ["000100", "2026-09-01", "转出", 20.0, "网银"],
        ["000101", "2026-09-01", "转出", 5.0, "网银"],
    ]
    with pytest.raises(WorkbenchError) as caught:
        _commit(intake, xlsx(counter, "流水.xlsx", "柜面", [("网银", net)]))
    assert caught.value.code == "shared_days"
    assert _count(book, tables.flows) == 0
    _commit(intake, xlsx(counter, "流水.xlsx", "柜面", [("网银", [PAID, net[2]])]))
    assert _count(book, tables.flows) == 2


def test_a_product_on_two_sheets_is_one_product(intake: Intake, book: Book, xlsx: Make) -> None:
    head = ["产品代码", "产品名称", "风险等级"]
    more = [("产品2", [head, ["P1", "甲", "R2"], ["P3", "丙", "R2"]])]
    _commit(intake, xlsx([head, ["P1", "甲", "R1"]], "产品.xlsx", "产品1", more))
    assert _count(book, tables.products) == 2

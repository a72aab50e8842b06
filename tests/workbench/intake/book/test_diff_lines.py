"""Lines of a sheet find their stored lines; what a month's sheet lacks goes, what a person entered stays."""

from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import complaints, holdings, touches
from tests.workbench.intake.people import people, put
from tests.workbench.intake.sheets import Taken, lines, take
from workbench.rules.parameters import Rules

HOLDINGS = ["客户号", "产品代码", "产品名称", "份额", "持有市值", "到期日"]
TOUCHES = ["客户号", "联系日期", "联系方式", "联系结果", "备注"]
ONE = "00000001"


def held(code: str, value: float, ends: str = "") -> list[Any]:
    return [ONE, code, "产品" + code, 1.0, value, ends]


@pytest.fixture
def known(book: Book) -> Book:
    people(book, {"customer_no": ONE, "name": "甲"})
    return book


def month_of(book: Book, rules: Rules, *rows: list[Any]) -> Taken:
    return take(book, [HOLDINGS, *rows], rules, name="持仓明细")


def test_a_sheet_of_the_month_replaces_its_lines_and_leaves_other_months(known: Book, rules: Rules) -> None:
    assert month_of(known, rules, held("A", 5.0), held("B", 6.0)).counts == (2, 0, 0, 0)
    taken = month_of(known, rules, held("A", 5.0), held("C", 7.0))
    assert (taken.counts, len(taken.diff.deletes)) == ((1, 0, 1, 0), 1)
    assert [row[0] for row in lines(known, "holdings", "product_code")] == ["A", "C"]
    later = take(known, [HOLDINGS, held("D", 1.0)], rules, name="持仓明细", as_of="2026-11-30")
    assert later.diff.deletes == []


def test_two_equal_deposits_are_two_lines(known: Book, rules: Rules) -> None:
    assert month_of(known, rules, held("A", 5.0), held("A", 5.0)).counts == (2, 0, 0, 0)
    assert lines(known, "holdings", "line") == [(1,), (2,)]
    assert month_of(known, rules, held("A", 5.0), held("A", 5.0)).counts == (0, 0, 2, 0)
    assert len(month_of(known, rules, held("A", 5.0)).diff.deletes) == 1


def test_a_line_of_the_same_product_and_end_is_changed_not_replaced(known: Book, rules: Rules) -> None:
    month_of(known, rules, held("A", 5.0, "2027-01-31"))
    taken = month_of(known, rules, held("A", 6.0, "2027-01-31"))
    assert (taken.counts, taken.diff.deletes) == ((0, 1, 0, 0), [])
    assert [(one.field, one.old, one.new) for one in taken.diff.changes] == [("amount", "5.00", "6.00")]
    taken = month_of(known, rules, held("A", 6.0, "2027-02-28"))
    assert (taken.counts, len(taken.diff.deletes)) == ((1, 0, 0, 0), 1)


def test_a_line_of_a_customer_whom_the_book_does_not_know_is_a_stranger(known: Book, rules: Rules) -> None:
    taken = month_of(known, rules, ["00000002", *held("A", 5.0)[1:]], held("A", 5.0))
    assert (taken.diff.strangers, taken.counts) == ([0], (1, 0, 0, 1))


def test_contacts_are_added_and_none_goes(known: Book, rules: Rules) -> None:
    call = [ONE, "2026-10-02", "电话", "接通", ""]
    visit = [ONE, "2026-10-09", "面访", "", ""]
    assert take(known, [TOUCHES, call], rules, as_of=None).counts == (1, 0, 0, 0)
    assert take(known, [TOUCHES, visit], rules, as_of=None).counts == (1, 0, 0, 0)
    assert len(lines(known, "touches", "date")) == 2


def test_a_contact_entered_by_hand_is_filled_and_keeps_its_own_words(known: Book, rules: Rules) -> None:
    put(known, touches, {"customer_id": 1, "date": "2026-10-02", "channel": "call", "result": "reached",
                         "initiated_by": "manager"})  # fmt: skip
    taken = take(known, [TOUCHES, [ONE, "2026-10-02", "电话", "接通", "谈了到期"]], rules, as_of=None)
    assert taken.counts == (0, 1, 0, 0)
    taken = take(known, [TOUCHES, [ONE, "2026-10-02", "电话", "未接", "谈了到期"]], rules, as_of=None)
    assert taken.counts == (1, 0, 0, 0)
    assert ("reached", None) in lines(known, "touches", "result", "batch_id")


def test_a_complaint_with_its_number_is_the_same_complaint_whatever_else_changed(
    known: Book, rules: Rules
) -> None:
    header = ["客户号", "投诉编号", "投诉日期", "投诉类别"]
    take(known, [header, [ONE, "T1", "2026-10-02", "排队"]], rules, name="投诉清单", as_of=None)
    taken = take(known, [header, [ONE, "T1", "2026-10-03", "收费"]], rules, name="投诉清单", as_of=None)
    assert taken.counts == (0, 1, 0, 0)
    with known.read() as conn:
        assert len(conn.execute(select(complaints.c.id)).all()) == 1
        assert conn.execute(select(holdings.c.id)).all() == []

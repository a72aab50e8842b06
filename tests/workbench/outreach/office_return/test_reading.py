"""The outcome of a customer in some days: three answers each, and the customers of a list that was imported."""

import pytest

from db.engine import Book
from db.tables import customers
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.contacts import NewContact, log_touch
from workbench.outreach.log.room import ContactLog
from workbench.outreach.office_return.reading import OfficeReturns
from workbench.rules.parameters import Rules


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")


def returns(book: Book) -> OfficeReturns:
    return OfficeReturns(book, Rules.load(), ContactLog(book, Rules.load()))


def log(book: Book, number: str, result: str, day: str, **more: str) -> None:
    log_touch(book, Rules.load(), NewContact(number, "call", result, day, **more))


def test_reached_is_any_contact_and_the_rest_is_the_last(small: SmallBook) -> None:
    for number in ("0001", "0002", "0003"):
        small.customer(number)
    log(small.book, "0002", "no_answer", "2026-11-01")
    log(small.book, "0001", "interested", "2026-11-03", need="养老", amount="5万", note="谈过")
    log(small.book, "0001", "no_answer", "2026-11-09", next_date="2026-11-12")
    of = returns(small.book).outcomes(["0001", "0002", "0003", "9"], "2026-11-01", "2026-11-09")
    assert sorted(of) == ["0001", "0002", "0003"]
    one = of["0001"]
    assert (one.contacted, one.reached, one.times) == (True, True, 2)
    assert one.last is not None
    assert (one.last.result, one.last.next_date) == ("no_answer", "2026-11-12")
    assert (one.need, one.amount, one.note) == ("养老", 5_000_000, "谈过")
    assert (of["0002"].contacted, of["0002"].reached) == (True, False)
    assert (of["0003"].contacted, of["0003"].reached, of["0003"].times) == (False, False, 0)
    before = returns(small.book).outcomes(["0001", "0002", "0003"], "2026-10-15", "2026-11-02")
    assert (before["0003"].contacted, before["0003"].times) == (None, None)
    assert (before["0002"].contacted, before["0002"].times) == (True, 1)


def test_whether_he_refuses_marketing_has_three_answers(small: SmallBook) -> None:
    small.customer("0001", marketing_opt_out=0)
    small.customer("0002", marketing_opt_out=1)
    small.customer("0003")
    small.customer("0004")
    log(small.book, "0004", "refused", "2026-11-03")
    of = returns(small.book).outcomes(["0001", "0002", "0003", "0004"], "2026-11-01", "2026-11-30")
    assert [of[one].opted_out for one in sorted(of)] == [False, True, None, True]


def test_a_list_has_the_customers_whose_newest_data_it_brought_in_its_order(small: SmallBook) -> None:
    batch = small.batch(file="11月名单.xlsx", rows=3)
    small.month("0003", batch=batch, row=5)
    small.month("0001", batch=batch, row=6)
    small.month("0002", batch=batch + 1, row=4)
    room = returns(small.book)
    assert room.of_batch(batch) == ("0003", "0001")
    assert [(one.batch, one.file, one.kind) for one in room.lists()] == [
        (batch, "11月名单.xlsx", "customers")
    ]
    with small.book.write("import", "other") as writer:
        writer.insert(customers, [{"customer_no": "0009"}])
    with pytest.raises(WorkbenchError) as refused:
        room.of_batch(batch + 7)
    assert refused.value.code == "no_such_batch"

"""The gift ledger: its order dates, its cap, what is never given, its stock; every write is undone (issue 16, 9)."""

from collections.abc import Callable

import pytest

from db.engine import Book
from db.tables import customers
from tests.workbench.outreach.made import put_customers
from workbench.base.errors import WorkbenchError
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.gifts.room import Gifts
from workbench.rules.parameters import Rules

NUMBER = "900000000001"
TEA = NewGift(NUMBER, "时令茶叶", "2026-11-03", "生日", amount="200")


@pytest.fixture
def ledger(book: Book, monkeypatch: pytest.MonkeyPatch) -> Gifts:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-21")
    put_customers(book, [1, 2])
    return Gifts(book, Rules.load())


def refused(call: Callable[[], object]) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        call()
    return caught.value


def test_a_gift_is_ordered_thirty_days_before_on_a_workday(ledger: Gifts) -> None:
    ledger.put(TEA)
    ledger.put(NewGift(NUMBER, "书", "2026-09-25", amount="30"))
    made = {one.idea: one.order_by for one in ledger.of(NUMBER)}
    # 30 days before lies in the national holidays, so it is the last workday before them; what is past is ordered now
    assert made == {"时令茶叶": "2026-09-30", "书": "2026-09-21"}


def test_what_goes_over_the_cap_of_a_year_is_refused_with_its_numbers(ledger: Gifts, book: Book) -> None:
    ledger.put(TEA)
    ledger.put(NewGift(NUMBER, "花", "2027-01-10", amount="450"))
    error = refused(lambda: ledger.put(NewGift(NUMBER, "茶具", "2026-12-01", amount="300.5")))
    assert error.code == "over_cap"
    assert all(one in str(error) for one in ("2026", "200", "300.50", "500"))
    tea = ledger.of(NUMBER)[0]
    ledger.drop(tea.id)
    ledger.put(NewGift(NUMBER, "茶具", "2026-12-01", amount="300.5"))
    other = Rules.load("general", {"gift.cap": 1000})
    Gifts(book, other).put(NewGift(NUMBER, "茶叶", "2026-12-01", amount="600"))


@pytest.mark.parametrize(
    "new",
    [
        NewGift(NUMBER, "购物卡", "2026-11-03", amount="100"), NewGift(NUMBER, "200 元现金", "2026-11-03", amount="200"),
        NewGift(NUMBER, "油", "2026-11-03", "存满 5 万就送", amount="50"),
    ],
)  # fmt: skip
def test_no_cash_no_card_and_nothing_for_a_deposit(ledger: Gifts, new: NewGift) -> None:
    assert refused(lambda: ledger.put(new)).code == "forbidden_gift"
    assert refused(lambda: ledger.put_item("超市卡", "100", 3)).code == "forbidden_gift"


def test_giving_takes_one_off_and_an_order_adds(ledger: Gifts, book: Book) -> None:
    ledger.put_item("雨伞", "40", 1)
    item = ledger.ledger(2026).items[0]
    for number in ("1", "2"):
        ledger.put(NewGift(f"90000000000{number}", "", "2026-11-03", item=item.id))
    (short,) = ledger.ledger(2026).short
    assert (short.needed, short.free, short.missing, short.order_by) == (2, 1, 1, "2026-09-30")
    first, second = ledger.ledger(2026).gifts
    # the stock has one for the first: one is ordered
    assert [ledger.ledger(2026).to_order(one) for one in (first, second)] == [False, True]
    assert ledger.orders(2026) == {"2026-09-30": 1}
    given = ledger.give(first.id)
    assert ledger.ledger(2026).items[0].stock == 0
    assert refused(lambda: ledger.give(second.id)).code == "none_left"
    ledger.order(second.id)
    assert (ledger.ledger(2026).items[0].stock, ledger.ledger(2026).short) == (1, ())
    assert (ledger.ledger(2026).spent_fen, ledger.ledger(2026).planned_fen) == (4000, 4000)
    assert ledger.budget(2026) == {"2026-09-21": 4000, "2026-11-03": 4000}
    assert given.undo_id is not None
    book.reverse(given.undo_id)
    assert (ledger.ledger(2026).gifts[0].state, ledger.ledger(2026).items[0].stock) == ("idea", 2)


def test_what_is_counted_is_what_is_on_hand(ledger: Gifts) -> None:
    ledger.put_item("雨伞", "40", 3)
    item = ledger.ledger(2026).items[0]
    ledger.put(NewGift(NUMBER, "", "2026-11-03", item=item.id))
    ledger.give(ledger.of(NUMBER)[0].id)
    ledger.put_item("雨伞", "45", 7, item=item.id)
    assert ledger.ledger(2026).items[0].stock == 7
    assert refused(lambda: ledger.put_item("雨伞", "45", 7)).code == "item_twice"


def test_every_write_of_the_ledger_is_undone(ledger: Gifts, book: Book) -> None:
    def state() -> object:
        return ledger.ledger(2026)

    before, changes = [], []
    steps: list[Callable[[], object]] = [
        lambda: ledger.put_item("雨伞", "40", 0), lambda: ledger.restock(ledger.ledger(2026).items[0].id, 5),
        lambda: ledger.put(NewGift(NUMBER, "", "2026-11-03", item=ledger.ledger(2026).items[0].id)),
        lambda: ledger.order(ledger.of(NUMBER)[0].id), lambda: ledger.give(ledger.of(NUMBER)[0].id),
    ]  # fmt: skip
    for step in steps:
        before.append(state())
        changes.append(step())
    assert refused(lambda: ledger.drop(ledger.of(NUMBER)[0].id)).code == "gift_ended"
    assert refused(lambda: ledger.remove_item(ledger.ledger(2026).items[0].id)).code == "item_used"
    for change, stood in zip(reversed(changes), reversed(before), strict=True):
        book.reverse(change.undo_id)  # type: ignore[attr-defined]
        assert state() == stood


def test_who_refused_everything_is_given_nothing(ledger: Gifts, book: Book) -> None:
    with book.write("import", "customer") as writer:
        writer.update(customers, 1, {"marketing_opt_out": 1})
    error = refused(lambda: ledger.put(TEA))
    assert error.code == "barred"
    assert "拒绝" in str(error) or "勿扰" in str(error)

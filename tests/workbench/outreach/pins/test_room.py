"""Notes on customers: one each, seen until their day, put off, taken off, undone, shown on the list of a day (issue 13)."""

from collections.abc import Callable

import pytest

from db.engine import Book
from tests.workbench.outreach.made import put_customers
from workbench.base.errors import WorkbenchError
from workbench.outreach.pins.pin import pinned
from workbench.outreach.pins.room import Pins
from workbench.rules.parameters import Rules

NUMBER = "900000000001"


@pytest.fixture
def pins(book: Book, monkeypatch: pytest.MonkeyPatch) -> Pins:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-21")
    put_customers(book, [1, 2])
    return Pins(book, Rules.load())


def seen(book: Book, day: str) -> list[str]:
    with book.read() as conn:
        return [pin.text for pin in pinned(conn, range(100), day).values()]


def code(call: Callable[[], object]) -> str:
    with pytest.raises(WorkbenchError) as caught:
        call()
    assert caught.value.sentence()
    return caught.value.code


def test_a_customer_has_one_note_until_its_day(pins: Pins, book: Book) -> None:
    pins.put(NUMBER, " 三点后  才接 ")
    pins.put(NUMBER, "周五前回电", "2026-09-25")
    assert seen(book, "2026-09-25") == ["周五前回电"]
    assert seen(book, "2026-09-26") == []


def test_a_note_that_was_put_off_is_seen_again_on_its_day(pins: Pins, book: Book) -> None:
    pins.put(NUMBER, "问孩子高考")
    pin = pins.on(NUMBER)
    assert pin is not None
    pins.put_off(pin.id)
    assert (seen(book, "2026-09-27"), seen(book, "2026-09-28")) == ([], ["问孩子高考"])
    pins.show(pin.id)
    assert seen(book, "2026-09-21") == ["问孩子高考"]


def test_every_write_is_undone(pins: Pins, book: Book) -> None:
    changes = [pins.put(NUMBER, "一"), pins.put(NUMBER, "二")]
    pin = pins.on(NUMBER)
    assert pin is not None
    changes += [pins.put_off(pin.id, "2026-09-30"), pins.take_off(pin.id)]
    states = []
    for change in reversed(changes):
        assert change.undo_id is not None
        book.reverse(change.undo_id)
        states.append(seen(book, "2026-09-21"))
    assert states == [[], ["二"], ["一"], []]


def test_what_cannot_be_pinned_says_why(pins: Pins) -> None:
    assert code(lambda: pins.put(NUMBER, "  ")) == "no_text"
    assert code(lambda: pins.put(NUMBER, "字" * 61)) == "too_long"
    assert code(lambda: pins.put(NUMBER, "好", "2026-09-20")) == "past_date"
    assert code(lambda: pins.put("7", "好")) == "no_such_customer"
    assert code(lambda: pins.take_off(9)) == "no_such_pin"

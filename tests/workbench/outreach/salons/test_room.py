"""Salons: who is invited and who is not, seats, attendance logged at once, and every write undone (issue 16, 9)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import customers, touches
from tests.workbench.outreach.made import put_customers
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.insight.room import Insight
from workbench.outreach.salons.room import Salons
from workbench.outreach.salons.salon import NewSalon
from workbench.rules.parameters import Rules

TALK = NewSalon("防诈骗讲座", "education", "2026-11-20", "14:30", "二楼", 2, "3000")
NUMBERS = "900000000001 900000000002,900000000003"


@pytest.fixture
def salons(book: Book, monkeypatch: pytest.MonkeyPatch) -> Salons:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    put_customers(book, [1, 2, 3])
    with book.write("import", "customer") as writer:
        writer.update(customers, 3, {"marketing_opt_out": 1})
        log = {"channel": "call", "result": "refused", "initiated_by": "manager"}
        writer.insert(touches, [{"customer_id": 2, "date": "2026-10-12", **log}])
    rules = Rules.load()
    return Salons(book, rules, Insight(book, rules).engine)


def states(salons: Salons, salon: int = 1) -> list[str]:
    return [one.state for one in salons.guests(salon)]


def refused(call: Callable[[], object]) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        call()
    return caught.value


def test_who_must_not_be_marketed_to_is_not_invited_to_a_product_salon(salons: Salons) -> None:
    salons.put(NewSalon("新品品鉴", "product", "2026-11-20"))
    made = salons.list_guests(1, NUMBERS)
    assert (made.done, [one.customer_no[-1] for one in made.left_out]) == (1, ["2", "3"])
    assert all(one.why for one in made.left_out)
    salons.put(TALK)
    talk = salons.list_guests(2, NUMBERS)
    # a talk sells nothing: a refusal of one channel does not matter, one of everything does
    assert (talk.done, [one.customer_no[-1] for one in talk.left_out]) == (2, ["3"])


def test_who_refused_meanwhile_is_not_invited(salons: Salons, book: Book) -> None:
    salons.put(TALK)
    salons.list_guests(1, NUMBERS)
    with book.write("import", "customer") as writer:
        writer.update(customers, 1, {"marketing_opt_out": 1})
    made = salons.invite(1, [1, 2])
    assert (made.done, [one.customer_no[-1] for one in made.left_out]) == (1, ["1"])
    assert states(salons) == ["listed", "invited"]
    assert [bool(one.barred) for one in salons.guests(1)] == [True, False]


def test_guests_come_by_a_condition_too(salons: Salons) -> None:
    salons.put(TALK)
    made = salons.list_guests(1, "balance >= 498万")
    assert (made.done, made.already) == (2, 0)
    assert salons.list_guests(1, NUMBERS).already == 2
    assert refused(lambda: salons.list_guests(1, "7")).code == "no_such_customer"
    assert refused(lambda: salons.list_guests(1, "balance >= 9亿")).code == "nobody"


def test_no_seat_is_given_twice_silently(salons: Salons, book: Book) -> None:
    put_more(book)
    salons.put(TALK)
    assert salons.list_guests(1, "900000000001 900000000002 900000000004").over == 1
    error = refused(lambda: salons.answered(1, [1, 2, 3], comes=True))
    assert error.code == "no_seats"
    assert all(one in str(error) for one in ("2 个座位", "已确认 0 位", "再加 3 位"))
    salons.answered(1, [1, 2], comes=True)
    assert salons.salon(1).free == 0
    salons.answered(1, [1], comes=True)
    assert refused(lambda: salons.answered(1, [3], comes=True)).code == "no_seats"
    assert (
        refused(lambda: salons.put(NewSalon("防诈骗讲座", "education", "2026-11-20", seats=1), 1)).code
        == "no_seats"
    )
    salons.answered(1, [3], comes=True, over=True)
    assert salons.salon(1).free == -1


def put_more(book: Book) -> None:
    put_customers(book, [4])


def test_attendance_is_logged_for_all_at_once(
    salons: Salons, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_more(book)
    salons.put(TALK)
    salons.list_guests(1, f"{NUMBERS} 900000000004")
    salons.invite(1, [1, 2])
    assert refused(lambda: salons.hold(1, [1])).code == "date_in_future"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-21")
    change = salons.hold(1, [1])
    first = salons.guests(1)[0]
    # who was never asked did not stay away
    assert (states(salons), first.follow_up) == (["attended", "absent", "listed"], "2026-11-27")
    with book.read() as conn:
        query = select(touches).where(touches.c.channel == "event")
        (logged,) = conn.execute(query).mappings().all()
    assert (logged["customer_id"], logged["date"], logged["next_date"]) == (1, "2026-11-20", "2026-11-27")
    assert logged["result"] in Rules.load().words("contact.attended")
    assert refused(lambda: salons.hold(1, [1])).code == "salon_ended"
    salons.feedback(1, first.id, "想听养老", "2026-12-01")
    assert (salons.guests(1)[0].feedback, salons.guests(1)[0].follow_up) == ("想听养老", "2026-12-01")
    assert change.undo_id is not None
    book.reverse(change.undo_id, keep_later=True)
    assert (states(salons), salons.salon(1).state) == (["invited", "invited", "listed"], "planned")


def test_every_write_of_a_salon_is_undone(salons: Salons, book: Book) -> None:
    before: list[object] = []
    changes: list[Change] = []
    steps: list[Callable[[], Change]] = [
        lambda: salons.put(TALK), lambda: salons.list_guests(1, NUMBERS).change, lambda: salons.invite(1, [1]).change,
        lambda: salons.answered(1, [1], comes=False), lambda: salons.take_off(1, [2]), lambda: salons.feedback(1, 1, "下次再来"),
        lambda: salons.put(NewSalon("改名", "festival", "2026-11-21"), 1), lambda: salons.cancel(1),
    ]  # fmt: skip
    for step in steps:
        before.append((salons.of(2026), salons.guests(1) if changes else ()))
        changes.append(step())
    assert salons.budget(2026) == {}
    for change, stood in zip(reversed(changes), reversed(before), strict=True):
        assert change.undo_id is not None
        book.reverse(change.undo_id)
        assert (salons.of(2026), salons.guests(1) if salons.of(2026) else ()) == stood

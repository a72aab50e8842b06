"""Picked customers on the week's plan: at the end of a method's list, each once a week, nobody who must be left alone."""

import pytest

from db.engine import Book
from db.tables import touches
from tests.workbench.outreach.made import FULL, many, name_of, put_customers, room
from workbench.base.errors import WorkbenchError
from workbench.outreach.methods import catalogue
from workbench.outreach.picked import Added, add_to_plan, methods
from workbench.outreach.room import Outreach
from workbench.people.customer import CustomerRow


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def outreach(book: Book) -> Outreach:
    put_customers(book, range(1, 200))
    return room(book, many(FULL))


def picked(*numbers: int) -> list[CustomerRow]:
    return [
        CustomerRow(
            n, f"90000{n:07d}", name_of(n), None, "L5", None, 5_000_000, None, None, None, None, None, None, None, None
        )
        for n in numbers
    ]  # fmt: skip


def listed(outreach: Outreach, kind: str) -> list[int]:
    return next(
        [one.customer_id for one in item.customers]
        for item in outreach.plan().quick_wins
        if item.kind == kind
    )


def test_picked_customers_stand_at_the_end_with_their_reason_and_can_be_taken_back(
    outreach: Outreach, book: Book
) -> None:
    kind = methods(outreach)[0][0]
    before = listed(outreach, kind)
    done = add_to_plan(outreach, picked(150, 151), kind, "活动上见过 ")
    assert (done.added, done.already, done.barred) == (2, 0, 0)
    assert listed(outreach, kind) == [*before, 150, 151]
    plan = outreach.plan()
    item = next(one for one in plan.quick_wins if one.kind == kind)
    assert item.customers[-1].reason == "活动上见过"
    assert done.over == max(0, plan.calls - plan.calls_limit)
    assert done.change.undo_id is not None
    book.reverse(done.change.undo_id)
    assert listed(outreach, kind) == before


def test_who_stands_on_the_plan_already_is_not_listed_twice(outreach: Outreach) -> None:
    kinds = [kind for kind, _name in methods(outreach)]
    there = listed(outreach, kinds[1])[0]
    done = add_to_plan(outreach, picked(there, 160), kinds[0], "理由")
    assert (done.added, done.already) == (1, 1)
    assert there not in listed(outreach, kinds[0])
    again = add_to_plan(outreach, picked(there, 160), kinds[0], "理由")
    assert (again.added, again.already, again.change.undo_id) == (0, 2, None)


def test_golden_16_who_refused_by_phone_is_not_put_under_a_method_that_markets(
    outreach: Outreach, book: Book
) -> None:
    markets = {one.kind: one.marketing for one in catalogue().methods}
    row = {
        "customer_id": 170,
        "date": "2026-11-01",
        "channel": "call",
        "result": "refused",
        "initiated_by": "manager",
    }
    with book.write("touch", "call") as writer:
        writer.insert(touches, [row])
    found: dict[bool, Added] = {}
    for kind, _name in methods(outreach):
        if markets[kind] not in found:
            found[markets[kind]] = add_to_plan(outreach, picked(170), kind, "理由")
            if found[markets[kind]].change.undo_id is not None:
                book.reverse(found[markets[kind]].change.undo_id or 0)
    assert (found[True].added, found[True].barred) == (0, 1)
    assert (found[False].added, found[False].barred) == (1, 0)


@pytest.mark.parametrize(
    ("numbers", "kind", "reason", "code"),
    [
        ((150,), "", "理由", "no_such_method"),
        ((150,), "first", " ", "no_reason"),
        (tuple(range(93, 200)), "first", "理由", "over_capacity"),
    ],
)
def test_what_a_week_cannot_hold_is_refused_with_a_sentence(
    outreach: Outreach, numbers: tuple[int, ...], kind: str, reason: str, code: str
) -> None:
    kind = methods(outreach)[0][0] if kind == "first" else "没有这个方法"
    with pytest.raises(WorkbenchError) as caught:
        add_to_plan(outreach, picked(*numbers), kind, reason)
    assert caught.value.code == code
    assert caught.value.hint or code == "no_reason"

"""Writes over many customers at once: each customer once, one change, all or nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.known import tag_marks
from db.tables import customers
from tests.workbench.conftest import SmallBook
from tests.workbench.insight.tags.test_checks import TAG
from workbench.base.errors import WorkbenchError
from workbench.insight.picking import acting
from workbench.insight.tags.definition import Tag

HAND = replace(TAG, by="hand", code="U.OWN.T1.M0")
LEVEL = replace(HAND, kind="enum", values=(("a", "甲"),))


@pytest.fixture
def people(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")
    return [small.customer(no) for no in "ABC"]


def marks(small: SmallBook) -> list[tuple[object, ...]]:
    m = tag_marks.c
    with small.book.read() as conn:
        rows = conn.execute(select(m.customer_id, m.code, m.value, m.reason, m.date).order_by(m.customer_id))
        return [tuple(row) for row in rows]


def test_each_customer_gets_one_mark_however_often_he_is_named(small: SmallBook, people: list[int]) -> None:
    change = acting.give(small.book, HAND, [people[1], people[0], people[1]], " 活动上见过 ", None)
    assert change.count == 2
    assert marks(small) == [(id_, "U.OWN.T1.M0", None, "活动上见过", "2026-11-05") for id_ in people[:2]]


def test_a_new_mark_replaces_the_old_one_and_leaves_other_customers_alone(
    small: SmallBook, people: list[int]
) -> None:
    acting.give(small.book, LEVEL, people, "第一次", "a")
    change = acting.give(small.book, LEVEL, people[:1], "第二次", "a")
    assert [row[3] for row in marks(small)] == ["第二次", "第一次", "第一次"]
    small.book.reverse(change.undo_id or 0)
    assert [row[3] for row in marks(small)] == ["第一次"] * 3


@pytest.mark.parametrize(
    ("tag", "some", "reason", "value", "code"),
    [
        (HAND, True, "  ", None, "no_reason"),
        (HAND, False, "见过", None, "nobody"),
        (LEVEL, True, "见过", "z", "no_such_value"),
        (LEVEL, True, "见过", None, "no_such_value"),
    ],
)
def test_a_mark_that_cannot_be_is_given_to_nobody(
    small: SmallBook, people: list[int], tag: Tag, some: bool, reason: str, value: str | None, code: str
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        acting.give(small.book, tag, people if some else [], reason, value)
    assert caught.value.code == code
    assert marks(small) == []


def test_customers_are_assigned_together_and_undone_together(small: SmallBook, people: list[int]) -> None:
    def managers() -> list[str | None]:
        with small.book.read() as conn:
            return list(conn.execute(select(customers.c.manager_name).order_by(customers.c.id)).scalars())

    change = acting.assign(small.book, people[:2], " 李经理 ")
    assert managers() == ["李经理", "李经理", None]
    small.book.reverse(change.undo_id or 0)
    assert managers() == [None] * 3
    for ids, name, code in ((people, " ", "no_manager"), ([], "李经理", "nobody")):
        with pytest.raises(WorkbenchError) as caught:
            acting.assign(small.book, ids, name)
        assert caught.value.code == code

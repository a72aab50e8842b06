"""The account of a person who was referred puts him into the first stage, once somebody confirms it; undo takes it back."""

import pytest
from sqlalchemy import select

from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.referrals.conftest import PHONE, zhao
from workbench.insight.stages.stays import TAG
from workbench.outreach.referrals.room import Referrals
from workbench.rules.parameters import Rules


def stage(small: SmallBook, number: str) -> str | None:
    """Where a customer stands."""
    engine = small.insight.engine
    engine.ensure()
    with small.book.read() as conn:
        layers = engine.layers(conn)
        query = select(layers.column(TAG)).select_from(layers.source([TAG]))
        stands: str | None = conn.execute(query.where(layers.customer_id == small.ids[number])).scalar_one()
    return stands


def test_a_linked_account_is_a_referred_customer_until_it_is_undone(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    small.flat("giver")
    room = Referrals(small.book, Rules.load(), small.insight.engine)
    room.enter(zhao(giver_no="giver", date="2026-10-20", agreed_at="2026-10-20"))
    (task,) = room.all()
    # the list of the month tells of an account with his telephone, and of no day of opening
    small.customer("new", name="赵一", phone=PHONE, phone_reversed=PHONE[::-1], open_date=None)
    small.month("new", aum_balance=5_000, aum_daily_average=5_000)
    before = stage(small, "new")
    assert before != "J1"
    (proposed,) = room.opened()
    assert proposed.account.customer_no == "new"
    change = room.link(task.id, "new")
    assert stage(small, "new") == "J1"
    assert room.one(task.id).stage == "opened"
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    assert stage(small, "new") == before
    assert room.one(task.id).account_no is None

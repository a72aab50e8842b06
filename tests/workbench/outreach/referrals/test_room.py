"""Referrals entered by hand: numbers, consent on both sides, the order of the days, the account, who declined; all undone."""

from typing import Any

import pytest
from sqlalchemy import select

from db.erasing import kept_rows
from db.journey import prospects
from db.record import journal
from db.tables import customers, referrals
from tests.workbench.outreach.referrals.conftest import PHONE, Made, zhao
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.referrals.room import Referrals


def test_a_referral_has_its_number_and_stands_with_the_persons_without_an_account(
    room: Referrals, workbench: Workbench
) -> None:
    first = room.enter(zhao())
    room.enter(zhao(name="周女士", phone="", agreed="unknown", agreed_way=""))
    assert [one.number for one in room.all()] == ["ZJ-20261120-02", "ZJ-20261120-01"]
    assert {one.name: (one.source, one.referrer_no, one.answer) for one in workbench.prospects.all().open} == {
        "赵先生": ("referral", "A1", "yes"), "周女士": ("referral", "A1", "unknown"),
    }  # fmt: skip
    assert [one.stage for one in room.all()] == ["named", "consented"]
    assert first.undo_id is not None
    workbench.book.reverse(first.undo_id)
    assert [one.name for one in workbench.prospects.all().open] == ["周女士"]
    # its number may stand on paper
    room.enter(zhao(name="吴先生", phone="", agreed="unknown", agreed_way=""))
    assert room.all()[0].number == "ZJ-20261120-03"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"agreed": "unknown", "agreed_way": ""}, "phone_needs_consent"),
        ({"agreed_way": ""}, "no_evidence"),
        ({"agreed": "no"}, "declined_not_kept"),
        ({"giver_agreed": "no"}, "giver_not_agreed"),
        ({"name": " "}, "no_name"),
        ({"need": "身份证 110101199001011234"}, "id_number"),
        ({"agreed_at": "2026-11-19 10:00"}, "out_of_order"),
        ({"date": "2026-12-01"}, "date_in_future"),
        ({"phone": "13900000001"}, "self_referral"),
        ({"giver_no": "nobody"}, "no_such_customer"),
        ({"moment": "开心时"}, "no_such_choice"),
    ],
)
def test_what_may_not_be_kept_is_refused_and_nothing_is_written(
    room: Referrals, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        room.enter(zhao(**facts))
    assert caught.value.code == code
    assert not room.all()


def test_a_referral_is_recorded_step_by_step_in_order_and_each_is_undone(
    room: Referrals, workbench: Workbench
) -> None:
    room.enter(zhao())
    (task,) = room.all()
    for early in (
        lambda: room.meet(task.id, "2026-11-22"),
        lambda: room.feed_back(task.id),
        lambda: room.contact(task.id, "有兴趣", "2026-11-20 09:00"),
        lambda: room.contact(task.id, "有兴趣", "2026-11-25 09:00"),
    ):
        with pytest.raises(WorkbenchError) as caught:
            early()
        assert caught.value.code in ("out_of_order", "date_in_future")
    stages = []
    changes = [
        room.contact(task.id, "有兴趣", "2026-11-21 10:00"),
        room.meet(task.id, "2026-11-22"),
        room.feed_back(task.id, "2026-11-22"),
        room.thank(task.id),
        room.close(task.id, "近期没有需要"),
    ]
    one = room.one(task.id)
    assert (one.stage, one.state, one.feedback, one.thanked) == ("met", "closed", "2026-11-22", "2026-11-23")
    with workbench.book.read() as conn:
        assert conn.execute(select(referrals.c.contact_date)).scalar() == "2026-11-21"
    for change in reversed(changes):
        assert change.undo_id is not None
        workbench.book.reverse(change.undo_id)
        stages.append(room.one(task.id).stage)
    assert stages == ["met", "met", "met", "contacted", "consented"]


def test_nobody_is_contacted_whose_consent_is_not_written_down(room: Referrals, line: Made) -> None:
    told = line(consent=None)
    with pytest.raises(WorkbenchError, match="不能记首触"):
        room.contact(told, "有兴趣", "2026-11-22 10:00")
    room.change(told, {"agreed": "yes", "agreed_way": "电话里说可以", "agreed_at": "2026-11-20"})
    room.contact(told, "有兴趣", "2026-11-22 10:00")
    assert room.one(told).stage == "contacted"


def test_a_referral_ends_with_its_person_and_its_person_with_it(
    room: Referrals, workbench: Workbench
) -> None:
    room.enter(zhao())
    room.enter(zhao(name="周女士", phone="13612340008"))
    other, one = room.all()
    people = workbench.prospects
    people.drop(f"R{one.id}", "已在他行办理")
    assert (room.one(one.id).state, room.one(one.id).close_reason) == ("closed", "已在他行办理")
    # noted beside his line
    people.change(f"R{other.id}", {"note": "下周再打"})
    change = room.close(other.id, "近期没有需要")
    assert not people.all().open
    assert change.undo_id is not None
    workbench.book.reverse(change.undo_id)
    assert [each.name for each in people.all().open] == ["周女士"]


def test_who_declined_is_erased_for_good_and_the_giver_is_thanked(
    room: Referrals, workbench: Workbench
) -> None:
    room.enter(zhao())
    (task,) = room.all()
    room.change(task.id, {"relation": "同事"})
    change = room.decline(task.id)
    one = room.one(task.id)
    assert (one.state, one.erased, one.close_reason) == ("declined", True, "本人不同意联系")
    with workbench.book.read() as conn:
        kept = str(kept_rows(conn, referrals)) + str(
            conn.execute(select(journal.c.before, journal.c.after)).all()
        )
    assert PHONE not in kept
    assert "赵先生" not in kept
    assert not workbench.prospects.all().open
    assert change.undo_id is not None
    workbench.book.reverse(change.undo_id)
    assert room.one(task.id).erased


def test_an_account_is_proposed_by_the_telephone_and_linked_when_confirmed(
    room: Referrals, workbench: Workbench
) -> None:
    room.enter(zhao())
    (task,) = room.all()
    assert not room.opened()
    with workbench.book.write("import", "list") as writer:
        row = {
            "customer_no": "N1",
            "name": "赵一",
            "phone": PHONE,
            "phone_reversed": PHONE[::-1],
            "no_reversed": "1N",
        }
        writer.insert(customers, [{**row, "open_date": "2026-11-22"}])
    (proposed,) = room.opened()
    assert (proposed.referral, proposed.account.customer_no) == (task.id, "N1")
    assert "手机号相同" in proposed.account.evidence
    # proposed is not linked
    assert room.one(task.id).account_no is None
    change = room.link(task.id, "N1")
    assert (room.one(task.id).stage, room.one(task.id).account_no) == ("opened", "N1")
    (person,) = workbench.prospects.all().closed
    assert (person.state, person.customer_no) == ("opened", "N1")
    assert not room.opened()
    with pytest.raises(WorkbenchError, match="已经关联"):
        room.link(task.id, "A2")
    assert change.undo_id is not None
    workbench.book.reverse(change.undo_id)
    assert room.one(task.id).account_no is None
    with workbench.book.read() as conn:
        assert not conn.execute(select(prospects)).all()
    with pytest.raises(WorkbenchError) as caught:
        room.link(task.id, "A1")
    assert caught.value.code == "self_referral"

"""What is owed on referrals: first contacts of a day, the word back to the giver on the week's list."""

from tests.workbench.outreach.referrals.conftest import Made, zhao
from workbench.app import Workbench
from workbench.base.workdays import shipped
from workbench.outreach.case_due import CaseDue
from workbench.outreach.referrals.owed import feedback_due
from workbench.outreach.referrals.room import Referrals
from workbench.rules.parameters import Rules

_RULES = Rules.load()


def _due(workbench: Workbench, last: str = "2026-11-29", only: list[int] | None = None) -> list[CaseDue]:
    with workbench.book.read() as conn:
        return list(feedback_due(conn, _RULES, shipped(), "2026-11-23", last, only))


def test_who_agreed_waits_until_he_is_contacted(room: Referrals) -> None:
    # Friday 16:30: the clock ran out on Saturday
    room.enter(zhao())
    room.enter(zhao(name="周女士", phone="13612340008", agreed_at="2026-11-22 12:00"))
    late, soon = room.first_contacts()
    assert (late.task.name, late.late, soon.late) == ("赵先生", True, False)
    assert late.words == "转介首触已超时:赵**本人同意后一直没有联系(2026-11-21 16:30 到期),请今天联系"
    assert soon.words == "转介首触:联系周**,2026-11-23 12:00 前"
    room.contact(late.task.id, "有兴趣", "2026-11-22 09:00")
    assert [one.task.name for one in room.first_contacts()] == ["周女士"]
    assert not room.first_contacts("2026-11-22")


def test_the_giver_hears_back_once_and_never_of_money(room: Referrals, workbench: Workbench) -> None:
    room.enter(zhao())
    (task,) = room.all()
    assert not _due(workbench)
    room.contact(task.id, "有兴趣", "2026-11-23")
    room.change(task.id, {"product": "稳健理财", "amount_fen": "50万"})
    (due,) = _due(workbench)
    assert (due.customer_id, due.kind, due.due) == (1, "referral_feedback", "2026-11-25")
    assert "稳健理财" not in str(due.words)
    assert "50" not in str(due.words)
    assert not _due(workbench, last="2026-11-24")
    assert not _due(workbench, only=[2])
    assert _due(workbench, only=[1])
    room.feed_back(task.id)
    assert not _due(workbench)


def test_a_list_that_tells_of_no_feedback_asks_for_none(
    room: Referrals, line: Made, workbench: Workbench
) -> None:
    line(consent=1, contact_date="2026-11-20")
    assert not _due(workbench)
    line(consent=1, contact_date="2026-11-19", feedback_date="2026-11-20", referred_name="小陈")
    assert len(_due(workbench)) == 1


def test_the_giver_of_who_declined_is_thanked(room: Referrals, workbench: Workbench) -> None:
    room.enter(zhao())
    (task,) = room.all()
    room.decline(task.id)
    (due,) = _due(workbench)
    assert "谢谢转介人" in str(due.words)
    room.thank(task.id)
    assert not _due(workbench)


def test_nobody_is_urged_to_call_a_giver_who_introduced_himself(room: Referrals, line: Made) -> None:
    line(consent=1, referred_name="王五", referred_phone="13900000001")
    assert not room.first_contacts()
    assert not room.opened()

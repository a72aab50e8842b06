"""The queue of moments, the tag and the asks have one answer; who is kept out is counted with the reason."""

import pytest

from db.known import tag_runs
from db.mgm import referral_asks
from db.tables import complaints, holdings, referrals, touches
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.referrals.conftest import DAY
from workbench.base.dates import days_after
from workbench.base.errors import WorkbenchError
from workbench.base.workdays import workdays_of
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.referrals.asking import Asking, wanted_of
from workbench.outreach.referrals.asks import NewAsk
from workbench.outreach.referrals.due import asks_due
from workbench.outreach.referrals.moments import MomentQueue
from workbench.rules.parameters import Rules

RULES = Rules.load()


def ago(days: int) -> str:
    return days_after(DAY, -days)


def _nobody() -> Playbook:
    raise AssertionError("no words are asked for")


@pytest.fixture
def asking(small: SmallBook) -> Asking:
    """Customers who each have the moment of a deal two days ago, but for 'none', and each something of his own."""
    own = ("free", "none", "asked", "often", "complained", "loss", "refused", "self", "again")
    for no in own:
        small.month(no, aum_balance=8e4, aum_daily_average=8e4)
        small.month(no, back=1, aum_balance=8e4, aum_daily_average=8e4)
    ids = small.ids
    with small.book.write("import", "facts") as writer:
        contact = {"channel": "call", "initiated_by": "manager", "result": "done", "date": ago(2)}
        writer.insert(touches, [{"customer_id": ids[no], **contact} for no in own if no != "none"])
        writer.insert(
            touches, [{**contact, "customer_id": ids["refused"], "result": "refused", "date": ago(40)}]
        )
        asks = [("asked", 89), ("often", 100), ("often", 300), ("again", 90)]
        writer.insert(
            referral_asks,
            [{"customer_id": ids[no], "date": ago(days), "answer": "declined"} for no, days in asks],
        )
        writer.insert(complaints, [{"customer_id": ids["complained"], "date": ago(5), "status": "处理中"}])
        line = {
            "month": "2026-10",
            "as_of": "2026-10-31",
            "batch_id": 1,
            "source_row": 1,
            "kind": "holding",
            "line": 1,
        }
        writer.insert(
            holdings,
            [
                {
                    "customer_id": ids["loss"],
                    "product_name": "基金",
                    "amount": 10**7,
                    "cost": 2 * 10**7,
                    "profit": -(10**7),
                    **line,
                }
            ],
        )
        # the same customer number: he refers himself
        writer.insert(
            referrals,
            [
                {
                    "customer_id": ids["self"],
                    "date": ago(200),
                    "referred_customer_no": "self",
                    "referred_name": "自己",
                }
            ],
        )
    return Asking(small.book, RULES, small.insight.engine, _nobody)


def named(queue: MomentQueue) -> list[str]:
    return [one.customer_no for one in queue.entries]


def test_who_has_a_moment_and_nothing_against_it_is_asked_and_the_others_are_counted(
    small: SmallBook, asking: Asking
) -> None:
    queue = asking.queue()
    assert sorted(named(queue)) == ["again", "free"]
    assert queue.out == {"asked": 1, "often": 1, "complaint": 1, "loss": 1, "opted_out": 1, "flagged": 1}
    assert queue.out_words(RULES).startswith("另有 6 户有良机但现在不请:")
    tagged = small.insight.picking.ids("s_referral_candidate_d31")
    # what the graph says of a line is no column: the tag knows nothing of it
    assert {no for no, id_ in small.ids.items() if id_ in set(tagged)} == {"again", "free", "self"}
    one = next(one for one in queue.entries if one.customer_no == "free")
    assert (one.moment.code, one.moment.what, one.until) == ("deal", f"{ago(2)} 成交", days_after(DAY, 5))
    assert wanted_of(one).of == {"act": "ask"}
    # what the week is told of is the same
    with small.book.read() as conn:
        dues = list(asks_due(conn, RULES, workdays_of(conn), DAY, days_after(DAY, 4)))
        after = list(asks_due(conn, RULES, workdays_of(conn), days_after(DAY, 7), days_after(DAY, 11)))
    assert {due.customer_id for due in dues} == {small.ids["again"], small.ids["free"]}
    assert {due.due for due in dues} == {days_after(DAY, 4)}
    assert str(dues[0].words).startswith("良机“成交满意”:")
    assert after == []

    # an ask is a contact too; then he rests for the pause, and one undo takes both back
    change = asking.note(NewAsk("free", "deal", answer="gave", ground="办成了房贷", giver="loyal"))
    with small.book.read() as conn:
        (logged,) = conn.execute(touches.select().where(touches.c.result == "referral")).mappings()
        (noted,) = conn.execute(referral_asks.select().where(referral_asks.c.answer == "gave")).mappings()
    assert (logged["date"], logged["note"]) == (DAY, "请转介;办成了房贷")
    assert (noted["touch_id"], noted["moment"], noted["giver"]) == (logged["id"], "deal", "loyal")
    with pytest.raises(WorkbenchError) as caught:
        asking.note(NewAsk("free", "deal"))
    assert caught.value.code == "too_soon_to_ask"
    assert days_after(DAY, 90) in caught.value.sentence()
    assert named(asking.queue()) == ["again"]
    assert change.undo_id is not None
    small.book.reverse(change.undo_id, forward=False, keep_later=True)
    assert sorted(named(asking.queue())) == ["again", "free"]
    with small.book.read() as conn:
        assert conn.execute(tag_runs.select()).first() is not None

"""What makes a draft fall behind: figures, decisions and checks, and never what is logged while it is worked off."""

from tests.workbench.conftest import SmallBook
from workbench.outreach.documents import PlanHeader
from workbench.outreach.drafting.standing import stands_on, written_beneath
from workbench.outreach.lights.deciding import Deciding
from workbench.outreach.promises.room import Promises
from workbench.rules.parameters import Rules


def header(small: SmallBook) -> PlanHeader:
    with small.book.read() as conn:
        return {"at": stands_on(conn)}


def behind(small: SmallBook, made: PlanHeader) -> bool:
    with small.book.read() as conn:
        return written_beneath(conn, made)


def test_a_contact_and_a_promise_are_nothing_beneath_a_draft(small: SmallBook) -> None:
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    made = header(small)
    assert not behind(small, made)
    small.touch("1", 0, "reached")
    Promises(small.book).make("1", "送对账单", "2999-01-05")
    assert not behind(small, made)


def test_a_list_a_decision_and_a_check_are(small: SmallBook) -> None:
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    small.insight.check()
    made = header(small)
    small.month("2", aum_balance=3e5, aum_daily_average=3e5)
    assert behind(small, made)
    made = header(small)
    Deciding(small.book, Rules.load()).explain("1", "house")
    assert behind(small, made)
    assert behind(small, {})

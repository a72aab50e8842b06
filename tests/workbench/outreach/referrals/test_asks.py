"""Whether a customer may be asked again: after 89 and 90 days, twice within 365, and while something bars it."""

from typing import Any

import pytest

from db.mgm import referral_asks
from db.tables import complaints, touches
from tests.workbench.outreach.referrals.conftest import DAY, Made
from workbench.app import Workbench
from workbench.base.dates import days_after
from workbench.insight.values.values import Values
from workbench.outreach.referrals.asks import AskVerdict, verdict_of
from workbench.outreach.referrals.room import Referrals
from workbench.rules.parameters import Rules

RULES = Rules.load()


def ago(days: int) -> str:
    return days_after(DAY, -days)


def verdict(workbench: Workbench, **facts: Any) -> AskVerdict:
    with workbench.book.read() as conn:
        return verdict_of(conn, RULES, 1, Values(facts), DAY)


def asked(workbench: Workbench, *days: int) -> None:
    with workbench.book.write("import", "asks") as writer:
        rows = [{"customer_id": 1, "date": ago(one), "answer": "declined"} for one in days]
        writer.insert(referral_asks, rows)


@pytest.mark.parametrize(
    ("days", "allowed", "from_day"),
    [
        ((89,), False, ago(-1)),
        ((90,), True, None),
        ((364, 100), False, ago(-1)),
        ((365, 100), True, None),
        ((364, 89), False, ago(-1)),
        ((300, 40), False, days_after(DAY, 65)),
        ((0,), False, days_after(DAY, 90)),
    ],
)
def test_the_pause_and_the_year_end_on_their_day(
    workbench: Workbench, room: Referrals, days: tuple[int, ...], allowed: bool, from_day: str | None
) -> None:
    asked(workbench, *days)
    assert (verdict(workbench).allowed, verdict(workbench).from_day) == (allowed, from_day)


def test_a_contact_and_a_line_of_today_are_this_ask_and_those_before_count(
    workbench: Workbench, room: Referrals, line: Made
) -> None:
    line(1, date=DAY)
    contact = {"customer_id": 1, "channel": "call", "initiated_by": "manager", "result": "referral"}
    with workbench.book.write("import", "touches") as writer:
        writer.insert(touches, [{**contact, "date": DAY}])
    assert verdict(workbench).allowed
    with workbench.book.write("import", "touches") as writer:
        writer.insert(touches, [{**contact, "date": ago(10)}])
    assert verdict(workbench).from_day == days_after(DAY, 80)


def test_a_light_a_loss_or_a_doubtful_referral_bars_without_a_day(
    workbench: Workbench, room: Referrals, line: Made
) -> None:
    assert verdict(workbench, light="none").allowed
    assert verdict(workbench, light="yellow").why == ("亮灯",)
    assert verdict(workbench, r_loss_floating_m0=1, light="red").why == ("有浮亏", "亮灯")
    assert verdict(workbench, overdue_days=3).why == ("先谈还款",)
    line(1, date=ago(200), referred_phone="13900000001")
    doubtful = verdict(workbench)
    assert (doubtful.why, doubtful.from_day) == (("转介记录有疑点",), None)


def test_an_open_complaint_bars_and_one_closed_bars_until_a_day(
    workbench: Workbench, room: Referrals
) -> None:
    with workbench.book.write("import", "complaints") as writer:
        (one,) = writer.insert(complaints, [{"customer_id": 1, "date": ago(9), "status": "处理中"}])
    assert not verdict(workbench).allowed
    assert verdict(workbench).from_day is None
    with workbench.book.write("import", "complaints") as writer:
        writer.update(complaints, one, {"status": "已办结", "closed_date": ago(4), "satisfaction": 5})
    assert verdict(workbench).from_day == days_after(DAY, 10)

"""Who is on the week's list because of the calendar hears what the calendar has for his touch: one question, one answer."""

import pytest

from db.year import planned_touches
from tests.workbench.conftest import SmallBook
from workbench.outreach.leads.calendar import CARE, SELLS
from workbench.outreach.leads.room import Leads
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.room import Outreach
from workbench.outreach.touch_scripts import touch_scripts
from workbench.rules.parameters import Rules

DAY = "2026-11-16"


@pytest.fixture
def playbook(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Playbook:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)
    small.customer("1", birth_date="1950-01-01")
    small.customer("2", birth_date="1990-01-01", marketing_opt_out=1)
    for number in ("1", "2"):
        small.month(number, aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    rows = [
        ("1", "cadence", "2026-11-18", "care", "call"), ("1", "visit", "2026-11-20", "care", "call"),
        ("2", "product.bond", "2026-11-17", "marketing", "call"), ("2", "review", "2026-11-19", "care", "call"),
    ]  # fmt: skip
    with small.book.derive() as conn:
        for number, reason, day, kind, channel in rows:
            conn.execute(
                planned_touches.insert(),
                {
                    "customer_id": small.ids[number], "year": 2026, "reason": reason, "occurrence": day, "kind": kind,
                    "channel": channel, "priority": 1, "seconds": 60, "first": day, "last": day, "wanted": day, "day": day,
                    "state": "planned",
                },
            )  # fmt: skip
    rules, insight = Rules.load(), small.insight
    leads = Leads(small.book, rules, insight.months, insight.checking, insight.engine)
    return Outreach(small.book, rules, leads, {}).playbook


def test_words_are_those_of_the_first_touch_of_the_week_in_its_kind(
    playbook: Playbook, small: SmallBook
) -> None:
    one, two = small.ids["1"], small.ids["2"]
    with small.book.read() as conn:
        made = touch_scripts(conn, playbook, {one: CARE, two: CARE}, DAY)
        sells = touch_scripts(conn, playbook, {two: SELLS}, DAY)
        none = touch_scripts(conn, playbook, {one: "C3", two: "red"}, DAY)
    first = made[one].best
    assert first is not None
    # an elderly customer's own text of the cadence, which comes before his visit
    assert first.script.id == "G-406"
    second = made[two].best
    assert second is not None
    assert second.script.touches == ("review",)
    # who refused marketing is not told of the bond, and the reason says so
    assert sells[two].best is None
    assert sells[two].withheld[0].code == "opted_out"
    assert none == {}

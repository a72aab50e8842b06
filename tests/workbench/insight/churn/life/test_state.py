"""The life of a light: each state with its sentence, and what never changes the light itself (domain 4.4, 4.5)."""

import datetime as dt
from typing import Any

import pytest

from db.known import light_decisions
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.base.dates import shift_month
from workbench.insight.churn import results
from workbench.insight.churn.life.known import LifeFacts, StoredVerdict
from workbench.insight.churn.life.state import LifeOf
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")


def falling(small: SmallBook, no: str, left: float = 200_000, **told: Any) -> None:
    """A customer of 1,000,000 yuan who has so much left in the newest month."""
    small.months(no, {"aum_balance": [1e6, 1e6, left], "aum_daily_average": [1e6, 1e6, 9e5]}, **told)


def decide(small: SmallBook, no: str, kind: str, until: str | None = None, value: str | None = None) -> None:
    with small.book.write("light", kind) as writer:
        row = {
            "customer_id": small.ids[no],
            "date": "2026-11-01",
            "kind": kind,
            "value": value,
            "until": until,
        }
        writer.insert(light_decisions, [{**row, "note": "当面说过", "touch_id": None}])


def on(small: SmallBook, no: str, day: str) -> CustomerRisk:
    """A customer as of another day."""
    small.insight.checking.run()
    with small.book.read() as conn:
        lit = results.lit(conn, MONTH, RULES, dt.date.fromisoformat(day))
    return next(one for one in lit if one.customer_no == no)


def test_a_light_that_nobody_worked_on_is_new_since_its_month(small: SmallBook) -> None:
    falling(small, "1")
    small.flat("2", 1e6, 3)
    lit, calm = small.risk("1"), small.risk("2")
    assert (lit.state, lit.since, lit.rests) == ("new", MONTH, False)
    assert MONTH in str(lit.state_reason)
    assert "30天" in str(lit.state_reason)
    assert (calm.state, calm.state_reason, calm.since) == (None, None, None)


def test_since_is_the_first_month_of_the_unbroken_run_of_stored_lights(small: SmallBook) -> None:
    small.months(
        "1",
        {"aum_balance": [1e6, 1e6, 2e5, 1e6, 2e5, 2e5], "aum_daily_average": [1e6, 1e6, 9e5, 9e5, 9e5, 6e5]},
    )
    months = [shift_month(MONTH, -back) for back in (3, 2, 1, 0)]
    lights = []
    for month in months:
        small.insight.checking.run(month)
        lights.append(small.risk("1", month).light)
    assert [light is not None for light in lights] == [True, False, True, True]
    assert small.risk("1").since == months[2]


def test_an_attempt_is_handled_and_does_not_rest_and_who_was_reached_rests(small: SmallBook) -> None:
    falling(small, "1")
    small.touch("1", 3, "no_answer")
    small.touch("1", 1, "no_answer")
    tried = small.risk("1")
    assert (tried.state, tried.rests) == ("handling", False)
    assert "2026-10-28起已试2次没有接通,最近2026-10-30" in str(tried.state_reason)
    small.touch("1", 0, "reached")
    reached = small.risk("1")
    assert (reached.state, reached.rests, reached.light) == ("handling", True, tried.light)
    assert "2026-10-31已联系到客户,到2026-11-30前" in str(reached.state_reason)
    assert on(small, "1", "2026-11-29").rests
    assert not on(small, "1", "2026-11-30").rests


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [(1e6, 2e5, "无灯变为"), (5e5, 2e5, "变差"), (2.1e5, 2e5, ""), (2.9e5, 2e5, "变差")],
    ids=["was calm", "higher", "the same", "a further fall"],
)
def test_the_cool_down_ends_when_it_gets_worse(
    small: SmallBook, before: float, now: float, worse: str
) -> None:
    small.months("1", {"aum_balance": [1e6, 1e6, before, now], "aum_daily_average": [1e6, 1e6, 1e6, 1e6]})
    small.insight.checking.run(shift_month(MONTH, -1))
    small.touch("1", 13)
    risk = small.risk("1")
    assert (risk.state, risk.rests) == (("new", False) if worse else ("handling", True))
    assert worse in str(risk.state_reason)
    # a contact after the data date knew all that the figures tell
    small.touch("1", 0)
    assert small.risk("1").state == "handling"


def test_an_explanation_is_told_as_the_state_though_the_light_goes_out(small: SmallBook) -> None:
    falling(small, "1")
    falling(small, "2")
    small.touch("1", -1, "explained")
    small.touch("2", 5, "explained")
    risk = small.risk("1")
    assert (risk.light, risk.state, risk.rests) == (None, "explained", True)
    assert "2027-01-30" in str(risk.state_reason)
    # told before the data came, of one who never had a light: there is nothing to explain
    assert (small.risk("2").light, small.risk("2").state) == (None, None)
    small.insight.checking.run()
    with small.book.read() as conn:
        assert [one.customer_no for one in results.out_of_light(conn, MONTH, RULES)] == ["1"]


def test_what_the_lists_explain_or_somebody_decided_rests_and_leaves_the_light(small: SmallBook) -> None:
    run = {"aum_balance": [1e6, 1e6, 1e6, 2e5], "aum_daily_average": [1e6] * 4}
    small.months("1", {**run, "loan_balance": [9e5, 9e5, 9e5, 1e5]})
    small.months("2", {**run, "loan_balance": [9e5] * 4})
    small.months(
        "3",
        {**run, "loan_balance": [9e5, 9e5, 9e5, 1e5]},
        complaint_count=1,
        last_complaint_date="2026-10-20",
    )
    repaid, plain, complains = (small.risk(no) for no in "123")
    assert (repaid.state, repaid.rests, repaid.light) == ("explained", True, plain.light)
    assert "80.0万" in str(repaid.state_reason)
    assert (plain.state, plain.rests) == ("new", False)
    # where the money went does not settle a complaint
    assert (complains.state, complains.rests) == ("new", False)


@pytest.mark.parametrize(
    ("kind", "until", "value", "words"),
    [("mute", "2026-12-31", None, "2026-12-31"), ("hand_over", None, "李敏", "李敏")],
)
def test_a_mute_and_a_hand_over_are_quiet_and_leave_the_light(
    small: SmallBook, kind: str, until: str | None, value: str | None, words: str
) -> None:
    falling(small, "1")
    light = small.risk("1").light
    decide(small, "1", kind, until, value)
    risk = small.risk("1")
    assert (risk.state, risk.rests, risk.light) == ("quiet", True, light)
    assert words in str(risk.state_reason)


def test_a_mute_that_is_over_mutes_no_longer(small: SmallBook) -> None:
    falling(small, "1")
    decide(small, "1", "mute", "2026-11-01")
    assert small.risk("1").state == "new"


def test_over_nine_tenths_lost_is_gone_and_keeps_its_light(small: SmallBook) -> None:
    falling(small, "1", 100_000)
    falling(small, "2", 99_000)
    assert small.risk("1").state == "new"
    gone = small.risk("2")
    assert (gone.state, gone.rests) == ("gone", True)
    assert gone.light is not None
    assert "9.9万" in str(gone.state_reason)
    assert "90%" in str(gone.state_reason)
    # a contact does not call the money back into the week's list
    small.touch("2", 0, "no_answer")
    assert small.risk("2").state == "gone"


@pytest.mark.parametrize(
    ("low", "now", "back"),
    [(2e5, 1e6, True), (2e5, 4.9e5, False), (2e5, 5e5, True), (6e5, 6.5e5, False), (6e5, 9.2e5, True)],
)
def test_money_that_comes_back_over_the_own_line_is_back(low: float, now: float, back: bool) -> None:
    # the line of a daily average of 90万 is 50万
    yuan = 100
    facts = LifeFacts(
        "2026-11-02", MONTH, AS_OF, False, (("2026-09", "2026-09-30"),),
        {1: (StoredVerdict("2026-09", "orange", 50.0, round(low * yuan)),)},
        balances={1: {"2026-09": round(low * yuan), MONTH: round(now * yuan)}},
        highs={1: {"2026-08": 90_000_000, "2026-09": 80_000_000, MONTH: 500_000_000}},
    )  # fmt: skip
    state = LifeOf(facts, RULES).state(CustomerRisk(1, "1", "甲", 20.0, None, 1, None, None), None)
    assert (state is not None and state.state == "back") is back
    assert "50.0万" in state.reason if state else not back


def test_a_light_that_went_out_because_the_money_came_is_back(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [9e5, 9e5, 2e5, 1e6], "aum_daily_average": [9e5] * 4})
    small.insight.checking.run(shift_month(MONTH, -1))
    risk = small.risk("1")
    assert (risk.light, risk.state, risk.since) == (None, "back", None)
    # by a data guard nobody is lit, which says nothing about the money
    small.batch(guard="合计变动超过 20%")
    assert small.risk("1").state is None


def spring(small: SmallBook, day: str, **told: Any) -> CustomerRisk:
    """A customer whose money went in February 2026, seen on a day; Spring Festival is the 17th."""
    for back, left in ((10, 1e6), (9, 1e6), (8, 2e5)):
        small.month("1", back, aum_balance=left, aum_daily_average=1e6, **(told if back == 8 else {}))
    small.insight.checking.run("2026-02")
    with small.book.read() as conn:
        return results.lit(conn, "2026-02", RULES, dt.date.fromisoformat(day))[0]


@pytest.mark.parametrize(
    ("day", "state"), [("2026-03-02", "quiet"), ("2026-03-15", "quiet"), ("2026-03-16", "new")]
)
def test_cash_that_goes_around_spring_festival_is_quiet_for_a_while(
    small: SmallBook, day: str, state: str
) -> None:
    risk = spring(small, day)
    assert risk.state == state
    assert risk.light is not None
    assert ("02-17" in str(risk.state_reason)) is (state == "quiet")


def test_what_is_no_cash_is_not_quiet_at_spring_festival(small: SmallBook) -> None:
    assert spring(small, "2026-03-02", complaint_count=1, last_complaint_date="2026-02-20").state == "new"

"""The honeymoon in waves: where a newcomer stands, and a funnel whose every figure is exactly its list (domain 10.3)."""

from typing import Any, get_args

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.terms import Term
from workbench.insight.journey.waves import WaveCount, WaveState, current, stands
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
STAGE = Term(
    "s_journey_stage_m0", "旅程阶段", "enum", values=tuple((f"J{n}", f"J{n}") for n in range(6)), origin="tag"
)
WORDS = vocabulary(RULES, [STAGE])


def states(days: int, **values: Any) -> dict[str, WaveState]:
    return {one.wave.code: one.state for one in stands(Values({"opened_days": days, **values}), RULES, WORDS)}


@pytest.mark.parametrize(
    ("days", "average", "state"),
    [(74, 0, "ahead"), (75, 0, "open"), (100, 4_999_999, "open"), (101, 4_999_999, "missed"), (101, 5_000_000, "done"),
     (75, None, "unknown")],
)  # fmt: skip
def test_a_wave_is_ahead_then_open_then_missed_unless_its_goal_is_met(
    days: int, average: int | None, state: WaveState
) -> None:
    assert states(days, average=average)["W6"] == state


def test_the_days_of_the_waves_are_those_of_the_method() -> None:
    reached = [sum(one != "ahead" for one in states(day).values()) for day in (0, 1, 7, 15, 25, 45, 75, 150)]
    assert reached == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"s_journey_stage_m0": "J3"}, "done"),
        ({"s_journey_stage_m0": "J2", "average": 6e6, "families": 3, "kyc": 0.8}, "done"),
        ({"s_journey_stage_m0": "J2", "average": 6e6, "families": 2, "kyc": 0.8}, "open"),
        ({"s_journey_stage_m0": "J2", "average": 6e6, "families": 3}, "unknown"),
    ],
)
def test_the_last_wave_asks_for_nothing_that_the_stages_forbid(
    values: dict[str, Any], state: WaveState
) -> None:
    """Nobody leaves J2 before its 180 days, so that what the stage asks for is enough."""
    assert states(170, **values)["W7"] == state


def test_a_sentence_names_the_goal_and_what_would_tell_it() -> None:
    found = stands(Values({"opened_days": 12, "wecom": 0, "holds_app": 1}), RULES, WORDS)
    at = current(found)
    assert at is not None
    assert (at.wave.code, at.state) == ("W2", "unknown")
    assert "风评日期" in at.sentence
    assert found[0].sentence == "安全感:加了企微,开了手机银行,还没有做到(开户第12天,第0天为限,错过)。"


@pytest.mark.parametrize("days", [None, -1, 181])
def test_nobody_else_is_in_a_honeymoon(days: int | None) -> None:
    assert stands(Values({"opened_days": days}), RULES, WORDS) == ()


@pytest.fixture
def book(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> SmallBook:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")
    facts: list[tuple[str, str, float | None, int | None]] = [
        ("1", "2026-10-20", 2e4, 1), ("2", "2026-10-25", 8e4, 0), ("3", "2026-07-01", 2e6, 1),
        ("4", "2026-06-01", None, None), ("5", "2025-12-01", 3e4, 1), ("6", "2015-01-01", 9e5, 1),
    ]  # fmt: skip
    for no, opened, average, wecom in facts:
        small.customer(no, open_date=opened)
        small.month(no, aum_balance=average, aum_daily_average=average, wecom_friend=wecom, mobile_signed=1)
    return small


def test_every_figure_of_the_funnel_is_exactly_its_list(book: SmallBook) -> None:
    funnel, _breaks = book.insight.honeymoon.of()
    count = book.insight.picking.count
    assert funnel.dated
    assert (funnel.whole.customers, [(one.name, one.customers) for one in funnel.months]) == (
        5, [("2026-10", 2), ("2026-07", 1), ("2026-06", 1), ("2025-12", 1)],
    )  # fmt: skip
    for cohort in (funnel.whole, *funnel.months, *funnel.bands):
        assert count(cohort.words).count == cohort.customers, cohort.words
    for cohort in (funnel.whole, funnel.months[0], funnel.bands[0]):
        for place in range(len(funnel.waves)):
            for state in get_args(WaveState):
                words = funnel.words(cohort, place, state)
                assert count(words).count == getattr(cohort.counts[place], state), words
            assert count(funnel.words(cohort, place)).count == cohort.counts[place].reached


def test_bands_begin_at_their_lines_and_who_is_unknown_is_apart(book: SmallBook) -> None:
    funnel, _breaks = book.insight.honeymoon.of()
    assert [(one.name, one.customers) for one in funnel.bands] == [
        ("不到5万", 2), ("5万至30万", 1), ("30万至100万", 0), ("100万至300万", 1), ("300万以上", 0), ("资产未知", 1),
    ]  # fmt: skip


def test_what_no_column_tells_is_unknown_never_missed(book: SmallBook) -> None:
    funnel, _breaks = book.insight.honeymoon.of()
    w0, w1 = funnel.whole.counts[:2]
    assert w0 == WaveCount(done=3, missed=1, unknown=1)
    assert w1 == WaveCount(unknown=5)
    assert "绑卡" in {wave.code: wave.seen for wave, _n in funnel.unseen}["W1"]
    body = funnel.as_json()
    assert body["cannot_tell"]["W1"]
    assert body["whole"]["waves"]["W1"] == {
        "reached": 5, "ahead": 0, "unknown": 5, "done": 0, "open": 0, "missed": 0,
    }  # fmt: skip


def test_without_a_day_of_opening_nobody_is_a_newcomer_and_that_is_told(small: SmallBook) -> None:
    small.customer("1", open_date=None)
    small.month("1", aum_balance=2e4, aum_daily_average=2e4)
    funnel, breaks = small.insight.honeymoon.of()
    assert (funnel.dated, funnel.whole.customers, funnel.months) == (False, 0, ())
    assert {one.state for one in breaks} == {"nobody"}

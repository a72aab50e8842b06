"""Decisions about a light: each one change that can be undone, bad input one clear sentence (domain 4.1, 4.5)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.known import light_decisions
from db.tables import touches
from tests.workbench.conftest import SmallBook
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.contacts import NewContact, log_touch
from workbench.outreach.lights.deciding import Deciding
from workbench.rules.parameters import Rules


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")


@pytest.fixture
def lights(small: SmallBook) -> Deciding:
    small.customer("1")
    return Deciding(small.book, Rules.load())


def test_an_explanation_holds_90_days_and_takes_a_code_or_its_name(lights: Deciding) -> None:
    lights.explain("1", "买房", "  南城  首付 ")
    first = lights.decisions("1").explained
    assert first is not None
    assert (first.value, first.until, first.note) == ("house", "2027-02-21", "南城 首付")
    lights.explain(" 1 ", "loan")
    second = lights.decisions("1").explained
    assert second is not None
    assert (second.value, second.note) == ("loan", None)


def test_a_pause_ends_when_the_manager_says_or_in_30_days(lights: Deciding) -> None:
    lights.mute("1", "2026-12-01")
    assert [one.until for one in lights.decisions("1").all()] == ["2026-12-01"]
    lights.mute("1")
    assert [one.until for one in lights.decisions("1").all()] == ["2026-12-23"]


def test_who_was_handed_over_and_why_he_leaves_is_kept(lights: Deciding) -> None:
    lights.hand_over("1", " 城东支行  李经理 ")
    lights.confirm_cause("1", "竞争", "利率高半个点")
    standing = lights.decisions("1")
    assert standing.handed_over is not None
    assert standing.handed_over.value == "城东支行 李经理"
    assert standing.cause is not None
    assert (standing.cause.value, standing.cause.note) == ("competition", "利率高半个点")
    assert lights.confirmed_causes()["competition"] == 1


@pytest.mark.parametrize(
    "decide",
    [
        lambda lights: lights.explain("1", "house"),
        lambda lights: lights.mute("1"),
        lambda lights: lights.hand_over("1", "李经理"),
        lambda lights: lights.confirm_cause("1", "unknown"),
    ],
)
def test_each_is_one_change_that_can_be_undone(
    small: SmallBook, lights: Deciding, decide: Callable[[Deciding], Any]
) -> None:
    change = decide(lights)
    assert change.tables == {"light_decisions"}
    assert len(lights.decisions("1").all()) == 1
    Workbench(small.book).undo(change.undo_id)
    assert lights.decisions("1").all() == ()


@pytest.mark.parametrize(
    ("decide", "code", "sentence"),
    [
        (lambda x: x.explain("1", "boat"), "no_such_reason", "没有「boat」这种资金去向。"),
        (lambda x: x.explain("1", "other", " "), "note_needed", "选“其他”时请写一句资金去向。"),
        (lambda x: x.explain("9", "house"), "no_such_customer", "账本里没有客户号为 9 的客户。"),
        (lambda x: x.explain("1", "house", "说" * 201), "note_too_long", "说明超过 200 个字。"),
        (lambda x: x.mute("1", "下周"), "bad_date", "「下周」不是日期。"),
        (lambda x: x.mute("1", "2026-11-22"), "mute_over", "静默到 2026-11-22,已经过了。"),
        (lambda x: x.mute("1", "2027-05-23"), "mute_too_long", "静默最多 180 天。"),
        (lambda x: x.hand_over("1", "  "), "no_receiver", "没有写交给谁。"),
        (lambda x: x.confirm_cause("1", "bad"), "no_such_cause", "没有「bad」这种流失原因。"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_nothing_is_written(
    small: SmallBook, lights: Deciding, decide: Callable[[Deciding], Any], code: str, sentence: str
) -> None:
    before = small.book.revision()
    with pytest.raises(WorkbenchError) as refused:
        decide(lights)
    assert (refused.value.code, refused.value.message) == (code, sentence)
    assert refused.value.hint
    assert small.book.revision() == before


def test_the_last_day_of_the_longest_pause_is_taken(lights: Deciding) -> None:
    lights.mute("1", "2027-05-22")
    assert [one.until for one in lights.decisions("1").all()] == ["2027-05-22"]


def test_the_choices_are_those_of_the_rules_in_their_order(lights: Deciding) -> None:
    assert [name for _code, name in lights.reasons()] == [
        "买房", "学费", "还贷", "投资本行其他产品", "转到家属账户", "其他",
    ]  # fmt: skip
    assert [code for code, _name in lights.causes()] == ["natural", "fault", "competition", "unknown"]


def test_a_cause_named_in_a_contact_is_confirmed_with_it_in_one_change(
    small: SmallBook, lights: Deciding
) -> None:
    change = log_touch(
        small.book, Rules.load(), NewContact("1", "call", "reached", "2026-11-20", cause="fault")
    )
    cause = lights.decisions("1").cause
    assert cause is not None
    assert (cause.value, cause.date) == ("fault", "2026-11-20")
    with small.book.read() as conn:
        row = conn.execute(select(light_decisions.c.touch_id, touches.c.id).select_from(light_decisions).join(
            touches, touches.c.customer_id == light_decisions.c.customer_id
        )).one()  # fmt: skip
    assert row.touch_id == row.id
    assert change.undo_id is not None
    Workbench(small.book).undo(change.undo_id)
    assert lights.decisions("1").all() == ()
    with pytest.raises(WorkbenchError, match="穷"):
        log_touch(small.book, Rules.load(), NewContact("1", "call", "reached", cause="穷"))


def test_only_who_has_a_light_in_the_newest_check_is_lit(small: SmallBook, lights: Deciding) -> None:
    fell = {"aum_balance": [300_000] * 8 + [60_000], "aum_daily_average": [300_000] * 8 + [150_000]}
    small.months("2", fell)
    small.flat("3")
    assert not lights.is_lit("2")
    small.insight.check()
    assert lights.is_lit("2")
    assert not lights.is_lit("3")
    assert not lights.is_lit("1")


def test_customers_are_named_by_their_ids(small: SmallBook, lights: Deciding) -> None:
    named = lights.names([small.ids["1"], 999])
    assert [(one.customer_no, one.name) for one in named.values()] == [("1", "客户1")]

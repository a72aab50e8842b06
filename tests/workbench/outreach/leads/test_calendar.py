"""The touches of the year's plan come into the week that they stand in, each customer once a kind (domain 6.8)."""

import pytest

from db.tables import complaints
from db.year import touch_choices
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.planned import put_plan
from workbench.outreach.leads.calendar import plan_digest
from workbench.outreach.leads.lead import Lead
from workbench.rules.parameters import Rules

WEEK = "2026-W47"
RULES = Rules.load()


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def two(small: SmallBook) -> SmallBook:
    for no in ("1", "2"):
        small.flat(no)
    return small


def led(small: SmallBook) -> list[Lead]:
    found = [lead for lead in small.leads(WEEK) if lead.source == "calendar"]
    return sorted(found, key=lambda lead: (lead.customer_no, lead.kind))


def test_a_touch_of_the_week_is_a_lead_on_its_day_and_one_of_another_week_is_none(two: SmallBook) -> None:
    put_plan(
        two.book, 2026,
        [
            {"customer_id": two.ids["1"], "day": "2026-11-18"},
            {"customer_id": two.ids["1"], "day": "2026-11-19", "reason": "policy", "kind": "service"},
            {"customer_id": two.ids["1"], "day": "2026-11-20", "reason": "anniversary", "channel": "wecom"},
            {"customer_id": two.ids["1"], "day": "2026-11-20", "reason": "payday", "kind": "marketing"},
            {"customer_id": two.ids["2"], "day": "2026-11-23"},
        ],
    )  # fmt: skip
    two.touch("1", 20)
    two.insight.engine.ensure()
    call, note, sells = led(two)
    assert (call.kind, call.due, call.value_fen) == ("calendar", "2026-11-18", 30_000_000)
    # what is to be talked about, both, and since when nobody did
    assert call.reason.startswith("财富客户60天内要联系一次")
    assert "保单11月19日到期" in call.reason
    assert "上次有效联系是2026-10-11,已36天" in call.reason
    assert (note.kind, note.due, "上次有效联系" in note.reason) == ("calendar_note", "2026-11-20", False)
    assert (sells.kind, sells.due) == ("calendar_raise", "2026-11-20")


def test_what_another_source_finds_or_nobody_is_to_be_called_for_is_none(two: SmallBook) -> None:
    one = {"customer_id": two.ids["1"], "day": "2026-11-18"}
    reasons = [{**one, "reason": reason} for reason in ("birthday", "maturity_7", "risk_test")]
    unplaced = {
        **one,
        "reason": "loan",
        "occurrence": "2026-11-18",
        "first": "2026-11-18",
        "last": "2026-11-18",
    }
    unplaced |= {"wanted": "2026-11-18", "day": None, "state": "merged"}
    put_plan(two.book, 2026, [*reasons, {**one, "channel": "group"}, {**one, **unplaced}])
    assert led(two) == []


def test_a_choice_of_the_manager_stands_before_the_plan(two: SmallBook) -> None:
    days = {"1": "2026-11-18", "2": "2026-11-25"}
    put_plan(two.book, 2026, [{"customer_id": two.ids[no], "day": day} for no, day in days.items()])
    with two.book.read() as conn:
        before = plan_digest(conn, WEEK, RULES)
    for no, day in {"1": None, "2": "2026-11-17"}.items():
        with two.book.write("touch", "move") as writer:
            row = {"customer_id": two.ids[no], "reason": "cadence", "occurrence": days[no], "day": day}
            writer.insert(touch_choices, [{**row, "made": "2026-11-16 08:00:00"}])
    assert [(one.customer_no, one.kind, one.due) for one in led(two)] == [("2", "calendar", "2026-11-17")]
    with two.book.read() as conn:
        assert before != plan_digest(conn, WEEK, RULES)


def test_the_touch_of_an_event_names_it(two: SmallBook) -> None:
    touch = {"reason": "festival.mid_autumn", "customer_id": two.ids["1"], "channel": "wecom"}
    put_plan(two.book, 2026, [{**touch, "day": "2026-11-18", "occurrence": "2026-09-25"}])
    (lead,) = led(two)
    assert lead.kind == "calendar_note"
    assert "中秋" in lead.reason


def test_a_node_of_a_segment_says_what_to_do_and_a_talk_that_was_never_logged_is_said(
    two: SmallBook,
) -> None:
    touch = {"customer_id": two.ids["1"], "day": "2026-11-18"}
    node = {**touch, "reason": "segment.owner_quarter.12", "occurrence": "2026-12-20"}
    put_plan(two.book, 2026, [node, {**touch, "customer_id": two.ids["2"]}])
    first, second = led(two)
    assert first.reason == "企业主季末资金:问季末回款和用款,公私账户各归各"
    assert second.reason == "财富客户60天内要联系一次;账本里没有上次通话,先联系一次"


def test_care_of_who_complained_since_the_year_was_planned_is_none_and_what_serves_stays(
    two: SmallBook,
) -> None:
    put_plan(
        two.book, 2026,
        [
            {"customer_id": two.ids["1"], "day": "2026-11-18"},
            {"customer_id": two.ids["1"], "day": "2026-11-19", "reason": "policy", "kind": "service"},
            {"customer_id": two.ids["2"], "day": "2026-11-18"},
        ],
    )  # fmt: skip
    with two.book.write("complaint", "open") as writer:
        row = {
            "customer_id": two.ids["1"],
            "date": "2026-11-13",
            "status": "处理中",
            "batch_id": 1,
            "source_row": 4,
        }
        writer.insert(complaints, [row])
    assert [(one.customer_no, one.due) for one in led(two)] == [("1", "2026-11-19"), ("2", "2026-11-18")]

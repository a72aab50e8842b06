"""What last week left undone comes again for two weeks with its reason, then it is dropped with a note (domain 5)."""

from dataclasses import replace

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, ToldLeads, lead, many, put_customers, room
from workbench.outreach.draft import WeekPlan
from workbench.outreach.editing import own_row, rows
from workbench.outreach.leads.left_over import LeftOver, left_over
from workbench.outreach.room import Outreach
from workbench.rules.parameters import Rules

WEEKS = ("2026-W47", "2026-W48", "2026-W49", "2026-W50")
MONDAYS = ("2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07")
RULES = Rules.load()


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAYS[0])


def left(book: Book, week: str) -> LeftOver:
    with book.read() as conn:
        return left_over(conn, week, RULES)


def planned(book: Book, number: int, leads: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> WeekPlan:
    """The plan of the n-th week, as an insight with these leads drafts it; ticked, so that it was worked with."""
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAYS[number])
    week = WEEKS[number]
    told = ToldLeads([replace(one, due=MONDAYS[number]) for one in many(leads)], left_over=left(book, week))
    outreach = Outreach(book, RULES, told, {})  # type: ignore[arg-type]
    plan = outreach.plan(week)
    outreach.confirm(week)
    return plan


def of_kind(plan: WeekPlan, kind: str) -> list[int]:
    return [one.carried for item in plan.quick_wins if item.kind == kind for one in item.customers]


def test_a_draft_that_nobody_used_leaves_nothing_over(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    put_customers(book, range(1, 93))
    plan = room(book, many(FULL)).plan(WEEK)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    change = room(book, []).log_touch(
        plan.quick_wins[0].customers[0].customer_no, channel="call", result="no_answer"
    )
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAYS[1])
    assert len(left(book, WEEKS[1]).people) == plan.customers_named()
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert left(book, WEEKS[1]) == LeftOver()


def test_who_was_reached_or_ticked_is_not_left_over_and_the_others_are_with_the_reason(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many({"C1": 4}))
    [row] = [item for item in outreach.plan(WEEK).quick_wins if item.kind == "raise_level"]
    assert row.id is not None
    outreach.log_touch(row.customers[0].customer_no, channel="call", result="reached")
    outreach.set_result(row.id, "done", customer_id=row.customers[1].customer_id)
    outreach.set_result(row.id, "missed:no_answer", customer_id=row.customers[2].customer_id)
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAYS[1])
    people = left(book, WEEKS[1]).people
    assert {id_: one.why for id_, one in people.items()} == {3: "no_answer", 4: ""}


def test_people_come_again_for_two_weeks_and_are_dropped_with_a_note(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    given = {"C1": 3, "red": 2}
    plans = [planned(book, number, given, monkeypatch) for number in range(4)]
    assert [of_kind(plan, "raise_level") for plan in plans] == [[0] * 3, [1] * 3, [2] * 3, []]
    [note] = [note for note in plans[3].notes if "不再转结" in note]
    assert note == "第三周不再转结:3 户(名单在上周的计划里)。"
    # lights have a queue that lets them wait by itself
    assert len(of_kind(plans[3], "keep_red")) == 2


def test_a_week_planned_ahead_takes_over_what_is_left_once_the_week_before_is_over(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    planned(book, 0, {"C1": 3}, monkeypatch)

    def ahead() -> list[int]:
        """The weeks that the people of the next plan are carried over for."""
        told = ToldLeads(many({"C1": 3}), left_over=left(book, WEEKS[1]))
        return of_kind(Outreach(book, RULES, told, {}).plan(WEEKS[1]), "raise_level")  # type: ignore[arg-type]

    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-19")
    assert ahead() == [0, 0, 0]
    room(book, []).log_touch("900000000001", channel="call", result="reached", date="2026-11-19")
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-21")
    # who was reached meanwhile rests
    assert ahead() == [1, 1]


def test_a_row_that_was_not_finished_says_so_in_the_next_week(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many({"C1": 3}))
    row = next(item for item in outreach.plan(WEEK).quick_wins if item.kind == "raise_level")
    assert row.id is not None
    outreach.set_result(row.id, "missed:no_time")
    after = planned(book, 1, {"C1": 3}, monkeypatch)
    again = next(item for item in after.quick_wins if item.kind == "raise_level")
    assert (again.carried, again.left_over) == (1, "no_time")


def test_an_own_row_comes_again_in_the_place_of_an_empty_one(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many({"C1": 3}))
    outreach.save(own_row(outreach.plan(WEEK), "5-5", "整理客户资料", done_when="整理 20 户"))
    plans = [planned(book, number, {"C1": 3}, monkeypatch) for number in range(1, 4)]
    own = [[item for item in rows(plan).values() if item.method == "整理客户资料"] for plan in plans]
    assert [[item.carried for item in items] for items in own] == [[1], [2], []]
    assert own[0][0].done_when == "整理 20 户"
    assert any("不再转结" in note and "整理客户资料" in note for note in plans[2].notes)


def test_whom_a_person_put_on_the_plan_comes_again_though_no_list_leads_to_him(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.workbench.outreach.test_picked import picked
    from workbench.outreach.leads.registry import SOURCES
    from workbench.outreach.picked import add_to_plan

    put_customers(book, range(1, 93))
    outreach = room(book, [lead(1, "red")])
    add_to_plan(outreach, picked(90), "keep_red", "活动上见过", WEEK)
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAYS[1])
    over = left(book, WEEKS[1])
    [source] = [one for one in SOURCES if one.code == "carried"]

    class Search:
        rules, left_over = RULES, over
        week = ToldLeads().whole(WEEKS[1]).week

    [again] = source.find(Search())  # type: ignore[arg-type]
    assert (again.customer_id, again.kind, again.reason) == (90, "own", "活动上见过")

"""A manager's edits are functions from plan to plan: nobody twice, the shape kept, capacity told (domain 5)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.laws import law
from tests.workbench.outreach.drafting.test_plan531 import plan_of
from tests.workbench.outreach.made import FULL, WEEK, against, lead, many, name_of, put_customers, room
from workbench.base.errors import WorkbenchError
from workbench.outreach.draft import PlanCustomer, WeekPlan
from workbench.outreach.drafting.shape import check_shape
from workbench.outreach.editing import (
    Room,
    add_people,
    edit_words,
    move_person,
    other_methods,
    own_row,
    remove_people,
    replace_row,
    row_of,
    rows,
    swap_rows,
)
from workbench.outreach.picked import barred, change_method, move_on_plan
from workbench.outreach.store import all_items
from workbench.rules.red_lines import RedLine

PLAN = plan_of(many(FULL))
NAMES = tuple(rows(PLAN))


def person(number: int) -> PlanCustomer:
    return PlanCustomer(number, f"90000{number:07d}", name_of(number), 5_000_000, "活动上见过")


def listed(plan: WeekPlan, row: str) -> list[int]:
    return [one.customer_id for one in rows(plan)[row].customers]


def test_rows_are_named_as_on_paper() -> None:
    assert NAMES == ("5-1", "5-2", "5-3", "5-4", "5-5", "3-1", "3-2", "3-3", "1-1")
    assert row_of(PLAN, "5-2") is PLAN.quick_wins[1]
    assert row_of(PLAN, PLAN.quick_wins[2].kind) is row_of(PLAN, PLAN.quick_wins[2].method)


@st.composite
def edits(draw: st.DrawFn) -> WeekPlan:
    """The plan after some edits."""
    plan = PLAN
    for _number in range(draw(st.integers(1, 8))):
        row, other = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES[:5]))
        ids = sorted({c.customer_id for c in PLAN.quick_wins[0].customers} | {200, 201})
        match draw(st.integers(0, 4)):
            case 0:
                people = draw(st.lists(st.integers(200, 205), max_size=3))
                plan = add_people(plan, row, [person(n) for n in people], reason="活动上见过")
            case 1:
                plan = remove_people(
                    plan, draw(st.sets(st.sampled_from(ids))), draw(st.none() | st.just(row))
                )
            case 2:
                plan = swap_rows(plan, draw(st.sampled_from(NAMES[:5])), other)
            case 3:
                plan = own_row(plan, row, "自己的一行", action="照写的做")
            case _:
                at = [c.customer_id for item in plan.quick_wins for c in item.customers]
                if at:
                    plan = move_person(plan, draw(st.sampled_from(at)), other)
    return plan


@given(edits())
@law(examples=200)
def test_whatever_is_edited_the_plan_can_be_stored(plan: WeekPlan) -> None:
    check_shape(plan)
    named = {c.customer_id for item in all_items(plan) for c in item.customers}
    assert sorted(plan.order) == sorted(named)
    assert sorted(plan.ranks().values()) == list(range(1, len(named) + 1))
    assert plan.calls >= 0


def test_who_is_added_stands_last_with_a_reason_a_day_and_a_call() -> None:
    room_ = Room(("2026-11-19", "2026-11-20"), 15)
    plan = add_people(PLAN, "5-1", [person(200), person(200)], reason="活动上见过", room=room_)
    assert listed(plan, "5-1") == [*listed(PLAN, "5-1"), 200]
    added = rows(plan)["5-1"].customers[-1]
    assert (added.day, added.reasons[0].source, added.reasons[0].sentence) == (
        "2026-11-19",
        "manual",
        "活动上见过",
    )
    assert plan.calls == PLAN.calls + 1
    assert plan.order[-1] == 200
    # on another row of the five already: he stays there
    assert listed(add_people(plan, "5-2", [person(200)]), "5-2") == listed(PLAN, "5-2")


def test_a_day_without_room_is_passed_over() -> None:
    on = {c.customer_id for item in all_items(PLAN) for c in item.customers if c.day == "2026-11-19"}
    full = Room(("2026-11-19", "2026-11-20"), len(on))
    plan = add_people(PLAN, "5-1", [person(200)], reason="活动上见过", room=full)
    assert rows(plan)["5-1"].customers[-1].day == "2026-11-20"


def test_who_is_taken_off_gives_his_call_back_unless_another_row_names_him() -> None:
    only = next(
        c.customer_id
        for c in PLAN.quick_wins[0].customers
        if sum(c in i.customers for i in all_items(PLAN)) == 1
    )
    plan = remove_people(PLAN, [only])
    assert only not in {c.customer_id for item in all_items(plan) for c in item.customers}
    assert plan.calls == PLAN.calls - 1
    assert remove_people(PLAN, [only], "5-2") == PLAN


def test_a_person_is_moved_to_another_row() -> None:
    first = listed(PLAN, "5-1")
    moved = move_person(PLAN, first[0], "5-2")
    assert listed(moved, "5-1") == first[1:]
    assert listed(moved, "5-2")[-1] == first[0]
    with pytest.raises(WorkbenchError) as caught:
        move_person(PLAN, 999, "5-1")
    assert caught.value.code == "no_such_person"


def test_rows_change_places_within_their_block() -> None:
    kinds = [item.kind for item in PLAN.quick_wins]
    assert [item.kind for item in swap_rows(PLAN, "5-1", "5-3").quick_wins][:3] == [
        kinds[2],
        kinds[1],
        kinds[0],
    ]
    with pytest.raises(WorkbenchError) as caught:
        swap_rows(PLAN, "5-1", "3-1")
    assert caught.value.code == "other_block"


def test_words_are_edited_and_nothing_else() -> None:
    plan = edit_words(PLAN, "3-2", resource=" 主管 1 次 ", fallback="电话")
    assert (rows(plan)["3-2"].resource, rows(plan)["3-2"].fallback) == ("主管 1 次", "电话")
    assert (
        replace(rows(plan)["3-2"], resource=rows(PLAN)["3-2"].resource, fallback=rows(PLAN)["3-2"].fallback)
        == rows(PLAN)["3-2"]
    )
    with pytest.raises(WorkbenchError) as caught:
        edit_words(PLAN, "3-2", customers="无")
    assert caught.value.code == "no_such_field"


@pytest.mark.parametrize("field", ["method", "action", "script"])
def test_what_a_customer_may_hear_crosses_no_red_line(field: str) -> None:
    with pytest.raises(WorkbenchError) as refused:
        edit_words(PLAN, "5-1", **{field: "这款保本,您放心"})
    assert refused.value.code == "red_line"
    assert "“保本”不能说" in refused.value.hint
    assert "可以说" in refused.value.hint
    with pytest.raises(WorkbenchError):
        own_row(PLAN, "5-4", "自己的一行", [RedLine("抱团", "", "")], action="一起抱团")
    with pytest.raises(WorkbenchError):
        own_row(PLAN, "5-4", "稳赚大回馈")
    # what is for the office alone is not said to anybody, and what a branch leaves out is allowed
    assert rows(edit_words(PLAN, "3-2", resource="不要再写“保本”"))["3-2"].resource
    assert rows(edit_words(PLAN, "5-1", (), script="这款保本"))["5-1"].script == "这款保本"


def test_an_own_row_has_a_kind_of_its_own_and_needs_a_name() -> None:
    plan = own_row(own_row(PLAN, "5-4", "走访商圈", done_when="走访 10 户"), "5-5", "整理档案")
    assert [item.kind for item in plan.quick_wins[3:]] == ["by_hand_1", "by_hand_2"]
    assert plan.quick_wins[3].done_when == "走访 10 户"
    assert plan.quick_wins[3].customers == ()
    with pytest.raises(WorkbenchError) as caught:
        own_row(PLAN, "5-4", " ")
    assert caught.value.code == "no_text"


def test_a_row_that_takes_a_place_names_nobody_who_stands_on_another() -> None:
    taken = PLAN.quick_wins[0].customers[0]
    row = replace(PLAN.quick_wins[4], kind="by_hand_1", customers=(taken, person(200)), id=7, result="done")
    plan = replace_row(PLAN, "5-5", row)
    assert listed(plan, "5-5") == [200]
    assert (plan.quick_wins[4].id, plan.quick_wins[4].result) == (None, "")


# -- with a book: consent, suitability, undo ------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def test_who_refused_or_has_no_valid_test_is_not_moved_to_a_row_that_markets(book: Book) -> None:
    put_customers(book, range(1, 93))
    leads = [lead(1, "C3"), lead(2, "C3"), lead(3, "C3"), lead(4, "C1"), lead(2, "N1", tested=False)]
    leads += [lead(5, "C1", no_products="gone")]
    outreach = room(book, leads)
    outreach.log_touch("900000000001", channel="call", result="refused")
    plan = outreach.plan(WEEK)
    out = barred(outreach, plan, "raise_level", [1, 2, 3])
    assert (set(out.held), out.unsuitable) == ({1}, frozenset({2}))
    assert out.words(outreach, [1, 2, 3]) == "拒绝营销 1 户、先补适当性 1 户"
    early = barred(outreach, plan, "raise_level", [4, 5])
    assert (early.everyone, early.words(outreach, [4, 5])) == (frozenset({5}), "赢回先恢复联系 1 户")
    assert barred(outreach, plan, "mature", [1, 2, 3]).everyone == frozenset()
    for number in (1, 2):
        with pytest.raises(WorkbenchError) as caught:
            move_on_plan(outreach, plan, number, "raise_level")
        assert caught.value.code == "barred"
    change = move_on_plan(outreach, plan, 3, "raise_level")
    assert [c.customer_id for c in row_of(outreach.plan(WEEK), "raise_level").customers] == [4, 3]
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert outreach.plan(WEEK) == plan
    assert against("opted_out", 1)[1].code == out.held[1].code


def test_another_method_of_the_catalogue_comes_with_whom_it_has(book: Book) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    plan = outreach.plan(WEEK)
    offered = {method.kind for method in other_methods(plan, "5-5")}
    kind = next(one for one in ("hold_level", "birthday", "newcomer") if one in offered)
    change_method(outreach, plan, "5-5", kind)
    row = rows(outreach.plan(WEEK))["5-5"]
    assert row.kind == kind
    assert row.customers
    assert all(one.day and one.reasons for one in row.customers)
    with pytest.raises(WorkbenchError) as caught:
        change_method(outreach, outreach.plan(WEEK), "5-5", "quota")
    assert caught.value.code == "no_such_method"
    for row_name, other in (("3-1", "adviser"), ("1-1", "land_keep")):
        change_method(outreach, outreach.plan(WEEK), row_name, other)

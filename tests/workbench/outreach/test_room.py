"""The week's plan is kept, changed, undone; contacts are logged after a check."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.engine import Book
from tests.workbench.base.notices import notice
from tests.workbench.outreach.made import FULL, WEEK, ToldLeads, many, put_customers, room
from tests.workbench.outreach.planned import put_plan
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import notice_of
from workbench.base.workdays import keep_notice
from workbench.outreach.draft import WeekPlan
from workbench.outreach.room import Outreach
from workbench.rules.parameters import Rules

Made = Callable[..., Outreach]


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def outreach(book: Book) -> Outreach:
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(WorkbenchError) as caught:
        call()
    assert caught.value.sentence()
    return caught.value.code


def test_the_default_week_is_the_week_of_today(outreach: Outreach) -> None:
    assert outreach.plan().week == WEEK


@pytest.mark.parametrize("day", ["2026-11-14", "2026-11-15"])
def test_at_the_weekend_the_plan_is_for_the_coming_week(
    outreach: Outreach, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", day)
    assert outreach.plan().week == "2026-W47"


def test_a_tripped_data_guard_is_told_on_the_plan(book: Book) -> None:
    guarded = ToldLeads(warning="合计变动超过 20%,先核对口径。")
    made = Outreach(book, Rules.load(), guarded, {}).plan(WEEK)  # type: ignore[arg-type]
    assert made.notes[0] == guarded.warning


def test_a_plan_on_old_data_says_so_once_and_runs_against_no_clock(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_customers(book, range(1, 93))
    kept = room(book, many(FULL))
    week = "2026-W51"
    assert kept.plan(week).quick_wins[0].method == "红灯 24 小时回访"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-16")
    old = kept.plan(week)  # nobody has touched it: drafted again without clocks
    assert [note for note in old.notes if "46 天前" in note] == [old.notes[0]]
    assert len(old.quick_wins) == 5
    rows = (*old.quick_wins, *old.needs_resources, *old.this_week)
    # what is said aloud has its own "today": it sets no clock
    words = [text for row in rows for text in (row.method, row.basis, row.action, row.done_when)]
    assert [text for text in words if "小时" in text or "今天" in text or "立即" in text] == []
    assert {row.due for row in old.quick_wins} == {"2026-12-18"}
    assert [row.method for row in old.this_week] == ["导入最新名单"]
    assert old.as_json()["freshness"]["stale"] is True
    kept.save(replace(old, quick_wins=(replace(old.quick_wins[0], method="先打电话"), *old.quick_wins[1:])))
    assert kept.plan(week).notes.count(old.notes[0]) == 1


def test_a_notice_that_comes_in_drafts_the_week_again_and_undo_takes_it_back(book: Book) -> None:
    put_customers(book, range(1, 93))
    kept = room(book, many(FULL))
    week = (
        "2027-W40"  # Monday 2027-10-04; by the notice the holidays last until Thursday and Saturday is worked
    )

    def days() -> set[str]:
        plan = kept.plan(week)
        return {row.due for row in (*plan.quick_wins, *plan.needs_resources, *plan.this_week)}

    assert any("2027 年放假安排未官宣" in note for note in kept.plan(week).notes)
    before = days()
    assert before <= {f"2027-10-{day:02d}" for day in range(4, 9)}
    change = keep_notice(book, notice_of(notice())).undo_id
    assert not any("未官宣" in note for note in kept.plan(week).notes)
    assert days() <= {"2027-10-08", "2027-10-09"}
    assert change is not None
    book.reverse(change, forward=False)
    assert any("未官宣" in note for note in kept.plan(week).notes)
    assert days() == before


def test_an_untouched_draft_of_other_rules_is_made_again(book: Book) -> None:
    put_customers(book, range(1, 93))
    room(book, many(FULL)).plan(WEEK)
    rules = Rules.load("general", {"plan.list_max": 3})
    other = Outreach(book, rules, ToldLeads(many(FULL)), {})  # type: ignore[arg-type]
    assert len(other.plan(WEEK).quick_wins[0].customers) == 3


@pytest.mark.parametrize("week", ["2026-47", "2026-W60", "W47", "2025-W53", "", "next"])
def test_a_week_that_does_not_exist_is_refused(outreach: Outreach, week: str) -> None:
    if week == "":
        assert outreach.plan(week).week == WEEK
    else:
        assert code(lambda: outreach.plan(week)) == "bad_week"


def test_a_draft_is_stored_and_loaded_equal(outreach: Outreach) -> None:
    first = outreach.plan(WEEK)
    assert first.id is not None
    assert first.draft
    assert outreach.plan(WEEK) == first
    assert len(first.quick_wins[0].customers) > 1


def test_settings_bound_the_capacity(book: Book) -> None:
    put_customers(book, range(1, 93))
    plan = room(book, many(FULL), {"calls": 12, "visits": 2}).plan(WEEK)
    assert (plan.calls_limit, plan.visits_limit) == (12, 2)
    assert plan.calls <= 12
    assert plan.visits <= 2


def edited(plan: WeekPlan) -> WeekPlan:
    first, second, *others = plan.quick_wins
    first = replace(first, action="改成我自己的话", customers=first.customers[1:])
    return replace(plan, quick_wins=(second, first, *others))


def test_an_edited_plan_stays_as_edited_and_keeps_its_row_ids(outreach: Outreach) -> None:
    plan = outreach.plan(WEEK)
    wanted = edited(plan)
    change = outreach.save(wanted)
    assert change.undo_id is not None
    assert outreach.plan(WEEK) == wanted
    assert outreach.save(wanted).undo_id is None


def test_save_redraft_and_confirm_can_each_be_undone_and_done_again(outreach: Outreach) -> None:
    book = outreach.book
    plan = outreach.plan(WEEK)
    before = book.fingerprint()
    saved = outreach.save(edited(plan))
    after = book.fingerprint()
    assert saved.undo_id is not None
    book.reverse(saved.undo_id)
    assert book.fingerprint() == before
    book.reverse(saved.undo_id, forward=True)
    assert book.fingerprint() == after
    again = outreach.redraft(WEEK)
    assert [i.kind for i in again.quick_wins] == [i.kind for i in plan.quick_wins]
    confirmed = outreach.confirm(WEEK)
    assert not outreach.plan(WEEK).draft
    assert confirmed.undo_id is not None
    book.reverse(confirmed.undo_id)
    assert outreach.plan(WEEK).draft


def test_a_confirmed_plan_is_not_drafted_again(outreach: Outreach) -> None:
    outreach.confirm(WEEK)
    assert code(lambda: outreach.redraft(WEEK)) == "plan_confirmed"


def test_an_untouched_draft_follows_newer_data_and_an_edited_one_says_it_is_older(book: Book) -> None:
    from sqlalchemy import insert

    from db.record import batches

    put_customers(book, range(1, 20))
    room(book, many({"red": 2})).plan(WEEK)

    def import_again(number: int) -> None:
        with book.derive() as conn:
            row = dict.fromkeys(("rows", "new", "changed", "unchanged", "vanished", "refused"), 0)
            text = dict.fromkeys(
                ("at", "file", "file_hash", "sheet", "kind", "mapping", "totals", "problems"), "-"
            )
            conn.execute(insert(batches), {"id": number, "change_id": 1, **row, **text})

    import_again(1)
    newer = room(book, many({"red": 5}))
    plan = newer.plan(WEEK)
    assert len(plan.quick_wins[0].customers) == 5
    newer.save(replace(plan, quick_wins=(replace(plan.quick_wins[0], action="我的话"), *plan.quick_wins[1:])))
    import_again(2)
    kept = room(book, many({"red": 9})).plan(WEEK)
    assert kept.quick_wins[0].action == "我的话"
    assert "重新起草" in kept.notes[-1]


def test_a_plan_of_another_shape_or_with_a_customer_twice_is_refused(outreach: Outreach) -> None:
    plan = outreach.plan(WEEK)
    assert code(lambda: outreach.save(replace(plan, quick_wins=plan.quick_wins[:4]))) == "not_531"
    first, second, *others = plan.quick_wins
    doubled = replace(second, customers=(*second.customers, first.customers[0]))
    assert code(lambda: outreach.save(replace(plan, quick_wins=(first, doubled, *others)))) == "twice_on_plan"


def test_results_are_ticked_and_reviewed_the_week_after(outreach: Outreach) -> None:
    plan = outreach.plan(WEEK)
    ids = [item.id for item in (*plan.quick_wins, *plan.needs_resources)]
    assert all(ids)
    outreach.set_result(ids[0] or 0, "done")
    outreach.set_result(ids[1] or 0, "half")
    outreach.set_result(ids[2] or 0, "missed:no_answer")
    person = plan.quick_wins[3].customers[0]
    outreach.set_result(ids[3] or 0, "done", customer_id=person.customer_id)
    assert outreach.plan(WEEK).quick_wins[3].customers[0].result == "done"
    found = outreach.review("2026-W48")
    assert found is not None
    assert (found.done, found.half, found.missed, found.unticked) == (1, 1, 1, 6)
    assert found.rate == pytest.approx(1.5 / 9)
    assert found.reasons == (("联系不上", 1),)
    assert outreach.review("2026-W47") is None
    assert code(lambda: outreach.set_result(ids[0] or 0, "perhaps")) == "bad_result"
    assert code(lambda: outreach.set_result(999, "done")) == "no_such_row"


def test_the_book_tells_who_refused_marketing_and_who_lacks_a_phone(book: Book) -> None:
    put_customers(book, range(1, 4), marketing_opt_out=1)
    put_customers(book, range(4, 8), phone=None)
    outreach = room(book, many({"C1": 7}))
    outreach.log_touch("900000000004", channel="call", result="refused")
    outreach.log_touch("900000000005", channel="call", result="complaint")
    plan = outreach.plan(WEEK)
    by_kind = {item.kind: item for item in plan.quick_wins}
    assert {c.customer_id for c in by_kind["raise_level"].customers} == {6, 7}
    assert "拒绝营销 4 户、投诉中 1 户" in by_kind["raise_level"].basis


def test_a_plan_that_stands_names_who_must_no_longer_be_marketed_to(outreach: Outreach) -> None:
    plan = outreach.plan(WEEK)
    [raising] = [item for item in plan.quick_wins if item.kind == "raise_level"]
    refuses, tires = (customer.customer_no for customer in raising.customers[:2])
    assert not any("不宜再营销" in note for note in plan.notes)
    outreach.confirm(WEEK)
    outreach.log_touch(refuses, channel="call", result="refused")
    for _time in range(2):
        outreach.log_touch(tires, channel="call", result="reached")
    note = next(note for note in outreach.plan(WEEK).notes if "不宜再营销" in note)
    assert "拒绝营销 1 户、疲劳 1 户" in note
    assert refuses[-4:] in note
    assert tires[-4:] in note
    assert sum("不宜再营销" in note for note in outreach.plan(WEEK).notes) == 1


def test_a_contact_and_a_promise_never_draft_the_week_anew(book: Book) -> None:
    put_customers(book, range(1, 93))
    first = room(book, many(FULL)).plan(WEEK)
    later = room(book, many({"C1": 3}))
    later.log_touch("900000000057", channel="call", result="reached", date="2026-11-16")
    later.promises.make("900000000058", "送对账单", "2026-11-18")
    held = later.plan(WEEK)
    assert held.quick_wins == first.quick_wins
    assert held.order == first.order


def test_other_touches_of_the_years_plan_draft_the_week_anew_and_the_same_planned_again_do_not(
    book: Book,
) -> None:
    put_customers(book, range(1, 93))
    first = room(book, many(FULL)).plan(WEEK)
    later = room(book, many({"C1": 3}))
    # no plan of the year, or one that has nothing in the week
    put_plan(book, 2026, [{"customer_id": 1, "day": "2026-11-27"}])
    assert later.plan(WEEK).order == first.order
    touches = [{"customer_id": 1, "day": "2026-11-17"}, {"customer_id": 2, "day": "2026-11-27"}]
    put_plan(book, 2026, touches, made="2026-11-16 09:00:00")
    second = later.plan(WEEK)
    assert len(second.order) == 3
    # planned again after a contact: the touches of this week stayed where they were
    touches[1]["day"] = "2026-12-27"
    put_plan(book, 2026, touches, made="2026-11-16 10:00:00")
    assert room(book, many(FULL)).plan(WEEK).order == second.order


def test_a_plan_that_somebody_works_with_is_not_drafted_anew_by_a_new_list(book: Book) -> None:
    put_customers(book, range(1, 93))
    first = room(book, many(FULL)).plan(WEEK)
    other = Rules.load("general", {"plan.list_max": 3})
    contacted = first.quick_wins[0].customers[0].customer_no
    change = room(book, many(FULL)).log_touch(
        contacted, channel="call", result="no_answer", date="2026-11-16"
    )
    kept = Outreach(book, other, ToldLeads(many(FULL)), {})  # type: ignore[arg-type]
    assert kept.plan(WEEK).quick_wins == first.quick_wins
    # the contact taken back, the draft is free again
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert len(kept.plan(WEEK).quick_wins[0].customers) == 3


def test_a_new_draft_keeps_what_was_ticked_and_the_ids_of_its_rows(book: Book) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    plan = outreach.plan(WEEK)
    ticked, other = plan.quick_wins[0], plan.quick_wins[1]
    assert ticked.id is not None
    assert other.id is not None
    outreach.set_result(ticked.id, "half")
    person = other.customers[0].customer_id
    outreach.set_result(other.id, "done", customer_id=person)
    again = outreach.redraft(WEEK)
    assert [(item.id, item.kind) for item in again.quick_wins] == [
        (item.id, item.kind) for item in plan.quick_wins
    ]
    assert again.quick_wins[0].result == "half"
    assert [one.customer_id for one in again.quick_wins[1].customers if one.result == "done"] == [person]
    # a ticked row that is drafted no more takes the place of one that nobody stands on
    fewer = room(book, many({"C1": 3})).redraft(WEEK)
    assert ticked.method in {item.method for item in fewer.quick_wins if item.result == "half"}
    assert len(fewer.quick_wins) == 5


def test_the_week_that_is_over_stays_as_it_was(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    put_customers(book, range(1, 93))
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    kept = room(book, many(FULL))
    before = kept.plan(WEEK)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    assert room(book, many({"C1": 3})).plan(WEEK).quick_wins == before.quick_wins


def test_a_channel_and_a_result_may_be_given_by_name(outreach: Outreach) -> None:
    assert outreach.log_touch("900000000001", channel="电话", result="已联系").count == 1


def test_a_touch_is_logged_and_undone(outreach: Outreach) -> None:
    book = outreach.book
    before = book.fingerprint()
    change = outreach.log_touch(
        "900000000001",
        channel="call",
        result="reached",
        date="2026-11-15",
        next_date="2026-11-20",
        note=" 想买国债 ",
    )
    assert change.tables == {"touches"}
    assert book.count()["touches"] == 1
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert book.fingerprint() == before


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"channel": "pigeon"}, "no_such_channel"),
        ({"result": "great"}, "no_such_result"),
        ({"initiated_by": "boss"}, "no_such_initiator"),
        ({"date": "2026-11-17"}, "date_in_future"),
        ({"date": "昨天"}, "bad_date"),
        ({"next_date": "2026-11-01"}, "next_before_date"),
        ({"customer_no": "123"}, "no_such_customer"),
    ],
)
def test_a_touch_that_makes_no_sense_is_refused_and_nothing_changes(
    outreach: Outreach, wrong: dict[str, str], expected: str
) -> None:
    before = outreach.book.fingerprint()
    given = {"customer_no": "900000000001", "channel": "call", "result": "reached"} | wrong
    number = given.pop("customer_no")
    assert code(lambda: outreach.log_touch(number, **given)) == expected  # type: ignore[arg-type]
    assert outreach.book.fingerprint() == before


def test_every_code_of_the_contact_log_has_a_name(outreach: Outreach) -> None:
    assert ("call", "电话") in outreach.channels()
    assert ("no_answer", "未接") in outreach.results()
    assert dict(outreach.missed())["no_time"]


def test_the_sheet_is_headed_by_the_manager_and_branch_of_most_customers(book: Book) -> None:
    put_customers(book, range(1, 4), manager_name="周敏", branch="临湖支行")
    put_customers(book, range(4, 6), manager_name="李强", branch="东门支行")
    blank = {"manager": "", "branch": ""}
    named = room(book, [], blank).plan(WEEK)
    assert (named.manager, named.branch) == ("周敏", "临湖支行")
    told = room(book, [], blank | {"manager": "王芳"}).redraft(WEEK)
    assert (told.manager, told.branch) == ("王芳", "临湖支行")


def test_a_changed_capacity_reaches_a_draft_that_nobody_edited(book: Book) -> None:
    put_customers(book, range(1, 93))
    leads = many(FULL)
    assert room(book, leads).plan(WEEK).calls > 20
    assert room(book, leads, {"calls": 20}).plan(WEEK).calls <= 20
    edited = room(book, leads, {"calls": 20})
    edited.confirm(WEEK)
    assert room(book, leads, {"calls": 60}).plan(WEEK).calls <= 20, "a confirmed plan stays"

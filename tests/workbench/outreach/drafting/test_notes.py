"""What a plan admits at its foot: rows without leads, who is left out, who waits, never a full number (domain 5, 17)."""

from typing import Any

from tests.workbench.outreach.made import against, lead
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.drafting.groups import ContactReason, MethodGroup
from workbench.outreach.drafting.notes import DraftOutcome, held_since_words, kept_out_words, marketed, notes
from workbench.outreach.methods import catalogue
from workbench.rules.parameters import Rules

RULES = Rules.load()
METHODS = {method.kind: method for method in catalogue().methods}


def item(kind: str, *customers: PlanCustomer) -> PlanItem:
    return PlanItem("quick_win", kind, f"方法{kind}", customers, "", "", "", "", "2026-11-20")


def noted(**parts: Any) -> tuple[str, ...]:
    nothing: dict[str, Any] = {
        "reasons": (), "kept_out": {}, "five": (), "items": (), "notice": "",
    }  # fmt: skip
    return notes(DraftOutcome(**(nothing | parts)), catalogue(), RULES)


def plan(*items: PlanItem) -> WeekPlan:
    return WeekPlan("2026-W47", True, "", "", None, "", 0, 60, 0, 10, items, (), ())


def test_a_plan_that_went_well_admits_nothing() -> None:
    assert noted() == ()


def test_rows_that_nobody_fills_are_named() -> None:
    person = PlanCustomer(1, "900000000001", "王芳", None, "")
    assert noted(items=(item("keep_red", person), item("mature"))) == (
        "本周有 1 行没有符合条件的客户,不凑人数,原因写在行里:方法mature。",
    )


def test_who_is_left_out_is_counted_by_ground_and_told_where_he_is_listed() -> None:
    out = against("opted_out", 2) | against("complaint", 1)
    words = noted(kept_out={"raise_level": out})
    assert words == ("「补足差额即达标」已排除拒绝营销 1 户、投诉中 1 户;逐户在选人页按“营销限制”看。",)


def test_a_task_that_names_nobody_by_its_nature_is_no_row_without_customers() -> None:
    assert noted(items=(item("ask_data"), item("land_fresh"), item("land_none"))) == ()


def test_who_waits_for_the_next_week_is_counted_over_all_lists() -> None:
    five = [MethodGroup(METHODS["keep_red"], [ContactReason(lead(1, "red"))], qualified=4),
            MethodGroup(METHODS["mature"], [ContactReason(lead(2, "C3"))], qualified=1)]  # fmt: skip
    assert noted(five=five) == ("容量所限,另有 3 户排队,下周优先。",)


def test_methods_with_leads_that_found_no_row_are_named() -> None:
    five = [MethodGroup(METHODS["keep_red"], [ContactReason(lead(1, "red"))], qualified=1)]
    waiting = [ContactReason(lead(1, "red")), ContactReason(lead(2, "birthday"))]
    assert noted(five=five, reasons=waiting) == ("未列入五个方法的线索:生日一句问候。",)


def test_a_notice_of_the_calendar_comes_last() -> None:
    assert noted(notice="2028 年放假安排未官宣")[-1] == "2028 年放假安排未官宣。"


def test_only_rows_that_market_count_as_marketing() -> None:
    people = [PlanCustomer(n, f"90000{n:07d}", "王芳", None, "") for n in (1, 2)]
    assert marketed(plan(item("raise_level", people[0]), item("keep_red", people[1]))) == {1: "0001"}


def test_who_must_no_longer_be_marketed_to_is_named_on_a_stored_plan() -> None:
    people = [PlanCustomer(n, f"90000{n:07d}", "王芳", None, "") for n in (1, 2)]
    words = held_since_words(plan(item("raise_level", *people)), against("tired", 2), RULES)
    assert words == "计划之后不宜再营销:疲劳 1 户(客户号尾号 0002),请先划去。"
    assert kept_out_words({}, RULES) == ""

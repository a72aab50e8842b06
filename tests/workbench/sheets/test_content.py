"""What stands on the 531 sheet: typeset, masked, dated once, and last week at its foot (domain 5, 17)."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.base.i18n import use_language
from workbench.insight.measures.freshness import freshness
from workbench.outreach.draft import Milestone, PlanCustomer, PlanItem, WeekPlan, data_dated
from workbench.outreach.review import WeekReview
from workbench.rules.parameters import Rules
from workbench.sheets.content import (
    Imprint,
    counted,
    customer_label,
    footer,
    labels,
    runs,
    sheet,
    spoken,
    typeset,
    week_span,
    weekday,
)

DATE = "2026-10-31"
WANG = PlanCustomer(1, "0001234567", "王小芳", 12_345_600, "")


def item(**facts: Any) -> PlanItem:
    plain: dict[str, Any] = {
        "block": "quick_win", "kind": "keep_red", "method": "红灯回访", "customers": (WANG,),
        "basis": "亮红灯 1 户" + data_dated(DATE), "action": "致电", "script": "您好", "done_when": "接通",
        "due": "2026-11-20",
    }  # fmt: skip
    return PlanItem(**(plain | facts))


def plan(**facts: Any) -> WeekPlan:
    made = WeekPlan(
        "2026-W47", True, "李敏", "城东支行", DATE, "1", 1, 60, 0, 10, (item(),),
        (item(block="resource"),), (item(block="this_week", milestones=(Milestone("2026-11-18", "约好"),)),),
    )  # fmt: skip
    return replace(made, **facts)


def imprint(review: WeekReview | None = None) -> Imprint:
    return Imprint("李敏", "2026-11-16 09:30:00", review)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("客户,您好", "客户，您好"),
        ("合计 1,234 元", "合计1,234元"),
        ("周一:去 3 户;再看?", "周一：去3户；再看？"),
        ("(名单为空)", "（名单为空）"),
        ("(AUM)", "(AUM)"),
        ("余额 12.5% 左右", "余额12.5%左右"),
        ("no Chinese, at all", "no Chinese, at all"),
    ],
)
def test_chinese_punctuation_is_full_width_and_figures_stay(text: str, paper: str) -> None:
    assert typeset(text) == paper


def test_another_language_keeps_its_own_punctuation() -> None:
    use_language("en")
    assert typeset("王芳, hello") == "王芳, hello"


@pytest.mark.parametrize(
    ("script", "said"), [("您好", "“您好”"), ("(不用说话)", "(不用说话)"), ("（备注）", "（备注）"), ("", "")]
)
def test_only_words_to_say_are_quoted(script: str, said: str) -> None:
    assert spoken(script) == said


def test_a_customer_is_named_by_the_first_sign_and_the_tail() -> None:
    assert customer_label(WANG) == "王** 4567"
    assert customer_label(replace(WANG, name="")) == "** 4567"


def test_a_row_counts_its_customers_and_counts_nobody_as_nothing() -> None:
    assert counted(item(customers=(WANG, replace(WANG, customer_id=2)))) == "2户"
    assert counted(item(customers=())) == ""


def test_a_row_names_its_customers_in_the_order_of_the_week() -> None:
    later = PlanCustomer(2, "0001230002", "李四", 1, "")
    row = item(customers=(WANG, later))
    assert sheet(plan(quick_wins=(row,), order=(2, 1)), imprint())["five"][0]["customers"] == [
        "李** 0002", "王** 4567",
    ]  # fmt: skip


def test_a_row_that_was_carried_over_says_for_which_week_and_why() -> None:
    left = plan(quick_wins=(item(carried=2, left_over="no_answer"),))
    assert sheet(left, imprint())["five"][0]["carried"] == "转结第2周：联系不上"
    assert sheet(plan(), imprint())["five"][0]["carried"] == ""


@pytest.mark.parametrize(
    ("numbers", "short"), [([], []), ([4], ["4"]), ([1, 2, 3, 7, 9, 10], ["1-3", "7", "9-10"])]
)
def test_numbers_in_a_row_are_written_as_a_run(numbers: list[int], short: list[str]) -> None:
    assert runs(numbers) == short


def test_the_data_date_is_printed_once_in_the_footer() -> None:
    content = sheet(plan(), imprint())
    row = content["five"][0]
    assert (row["number"], row["count"], row["basis"]) == ("5-1", "1户", "亮红灯1户")
    assert footer(DATE, imprint())[0] == f"数据日期 {DATE}"
    assert str(content).count(DATE) == 1


def test_a_name_or_number_in_any_text_is_masked() -> None:
    content = sheet(plan(notes=("王小芳(0001234567)的电话 13912345678 打不通",)), imprint())
    assert content["notes"] == ["王**(4567)的电话139****5678打不通"]
    assert "王小芳" not in str(content)
    assert "0001234567" not in str(content)


@pytest.mark.parametrize(
    ("result", "ticked"), [("", -1), ("done", 0), ("half", 1), ("missed:busy", 2), ("missed:other", 2)]
)
def test_a_tick_is_printed_where_it_was_made(result: str, ticked: int) -> None:
    assert sheet(plan(quick_wins=(item(result=result),)), imprint())["five"][0]["ticked"] == ticked


def test_the_foot_says_how_last_week_went() -> None:
    ticked = WeekReview("2026-W46", 6, 1, 1, 1, (("客户忙", 1),))
    assert sheet(plan(), imprint())["last_week"] == "上周没有计划"
    content = sheet(plan(), imprint(ticked))
    assert content["last_week"] == "72%（6成1半1未）"
    assert content["carried"] == "客户忙 1"
    assert sheet(plan(), imprint(replace(ticked, done=0, half=0, missed=0, unticked=9)))["last_week"] == (
        "2026-W46 未登记结果"
    )


def test_old_data_are_said_once_and_promise_nothing_quick() -> None:
    fresh = freshness("2026-03-31", Rules.load(), "2026-11-16")
    assert fresh.sentence is not None
    content = sheet(plan(fresh=fresh, notes=(fresh.sentence, "另一句")), imprint())
    assert content["aged"] == typeset(fresh.sentence)
    assert content["notes"] == ["另一句"]
    assert (content["labels"]["five"], labels()["five"]) == ("不要资源的方法", "立即见效的方法")


def test_days_are_named_in_the_week_of_the_plan() -> None:
    assert [weekday(f"2026-11-{day}") for day in (16, 20, 22)] == ["周一", "周五", "周日"]
    content = sheet(plan(), imprint())
    assert content["span"] == "2026-11-16 — 11-20"
    assert content["one"][0]["milestones"] == [{"day": "周三", "date": "11-18", "what": "约好"}]
    assert content["draft"] == "草稿 · 未确认"
    assert sheet(plan(draft=False), imprint())["draft"] == ""


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("2026-W47", "2026-11-16 — 11-20"),
        ("2020-W03", "2020-01-13 — 01-19"),  # the Sunday before 春节 is worked
        ("2026-W40", "2026-09-28 — 10-02"),
        ("2026-W41", "2026-10-05 — 10-10"),
    ],
)
def test_the_head_of_a_sheet_names_the_days_up_to_the_last_that_is_worked(week: str, words: str) -> None:
    assert week_span(week) == words

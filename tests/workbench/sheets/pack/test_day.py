"""The list of a day on paper: why in one whole clause with one amount, the strictest of what not to say, and what is never
said to anybody once (domain 0.1, 8.5)."""

from typing import Any

import pytest

from workbench.outreach.reason import WeekPerson, WeekReason
from workbench.outreach.today.day import DayLine, DayList, LastContact
from workbench.outreach.week.entry import WeekEntry
from workbench.sheets.pack.day import day_part

RED_LINE = "不承诺收益"


def line(sentence: str, amount: str, *limits: str, last: LastContact | None = None) -> DayLine:
    reasons = (
        WeekReason("lights", "red", "红灯", sentence, amount, "2026-11-16"),
        WeekReason("critical", "C2", "临界降级", "另一句", "还差 1.0万", "2026-11-20"),
        WeekReason("critical", "C7", "临界适当性", "又一句", "", "2026-11-20"),
    )
    entry = WeekEntry(1, WeekPerson(1, "0001234567", "王小芳", None), reasons, "2026-11-16", "5-1", ("3-2",))
    return DayLine(entry, "先问王小芳近况", (*limits, RED_LINE), "13812341234", last)


def day(*lines: DayLine) -> DayList:
    return DayList("2026-11-16", "2026-11-16", "2026-W47", "2026-10-31", lines, red_line=RED_LINE)


def paper(*lines: DayLine) -> Any:
    return day_part(day(*lines)).paper


@pytest.mark.parametrize(
    ("sentence", "amount", "why", "shown"),
    [
        ("截至2026-10-31:余额减少150.9万;月日均下降32%。", "比高点少 150.5万", "余额减少150.9万", ""),
        (
            "截至2026-10-31:连续两月没有登录;月日均下降32%。",
            "比高点少 1,200",
            "连续两月没有登录",
            "比高点少1,200",
        ),
        ("11月20日生日", "资产 3.4万", "11月20日生日", "资产3.4万"),
    ],
)
def test_a_row_has_one_whole_clause_and_one_amount(sentence: str, amount: str, why: str, shown: str) -> None:
    [row] = paper(line(sentence, amount))["rows"]
    assert (row["why"].replace(" ", ""), row["amount"].replace(" ", "")) == (why, shown)
    assert row["others"] == "另：临界降级、临界适当性"


def test_the_strictest_limits_are_printed_whole_while_they_fit() -> None:
    [row] = paper(line("句", "", "只谈普通存款和国债", "不点破流水", "不群发" * 12, "不催促"))["rows"]
    assert row["dont"] == "只谈普通存款和国债；不点破流水"
    [row] = paper(line("句", "", "不群发" * 20, "不催促"))["rows"]
    assert row["dont"] == "不群发" * 20


def test_what_nobody_is_told_stands_once_at_the_head() -> None:
    made = paper(line("句", "", "不催促"), line("句", "", "不点破流水"))
    assert made["says"][-1] == f"对每一位都：{RED_LINE}"
    assert not [row for row in made["rows"] if RED_LINE in row["dont"]]


def test_nobody_is_named_and_no_telephone_is_in_full() -> None:
    one = line("句", "", last=LastContact("2026-10-30", "call", "no_answer"))
    part = day_part(day(one))
    assert "王小芳" not in str(part)
    assert "13812341234" not in str(part)
    [row] = paper(one)["rows"]
    assert (row["customer"], row["phone"], row["last"]) == ("王** 4567", "138****1234", "10-30 未接")
    assert "13812341234" in str(day_part(day(one), phones=True).paper)
    assert [(sheet.row, sheet.customer_no) for sheet in part.rows] == [(1, "0001234567")]

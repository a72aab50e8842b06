"""The sheet of a meeting: blanks before it, the record after it; the customer's copy has no word of the bank's own."""

import json

import pytest

from tests.workbench.outreach.meetings.test_preparing import agenda
from workbench.outreach.meetings.meeting import Meeting, MeetingTask
from workbench.rules.parameters import Rules
from workbench.sheets.meeting_sheet import MeetingPaper, meeting_content, meeting_pdf
from workbench.sheets.pdf import pages

RULES = Rules.load()
TASKS = (MeetingTask("manager", "送对账单", "2026-11-27"), MeetingTask("customer", "带证件", ""))
HELD = Meeting(
    1, 1, "2026-11-20", ("学费的时间表", "跟他解释预警和红灯"), (("先留出学费", "明年要用"), ("留住他防流失", "亮红灯")),
    (*TASKS, MeetingTask("manager", "评分再看", "2026-11-28")),
)  # fmt: skip


def paper(held: Meeting | None, *, customer: bool) -> MeetingPaper:
    return meeting_content(
        agenda(), held, RULES, customer=customer, printed_by="周敏", printed_at="2026-11-23 10:00"
    )


def test_before_the_meeting_there_is_room_to_write() -> None:
    made = paper(None, customer=False)
    assert [part["title"] for part in made["parts"] if part["blanks"]] == ["谈了什么", "建议和理由"]
    assert [part["title"] for part in made["parts"] if part["strong"]] == ["这次不要说"]
    assert made["tasks"] == [["", "", "", ""]] * 5
    assert "赵建国甲" not in json.dumps(made, ensure_ascii=False)


@pytest.mark.parametrize("held", [None, HELD])
def test_the_customers_copy_has_no_word_of_the_banks_own(held: Meeting | None) -> None:
    words = json.dumps(paper(held, customer=True), ensure_ascii=False)
    inside = [
        *RULES.words("meeting.internal_words"),
        "亮红灯",
        "弹性",
        "隐性",
        "闲置活期",
        "内部资料",
        "跟不上",
        "9.0万 ",
    ]
    assert [word for word in inside if word in words] == []


def test_the_record_says_who_does_what_by_when() -> None:
    whole, given = paper(HELD, customer=False), paper(HELD, customer=True)
    assert [one[:3] for one in given["tasks"]] == [
        ["客户经理", "送对账单", "2026-11-27"],
        ["客户", "带证件", "—"],
    ]
    assert len(whole["tasks"]) == 3
    assert [line["text"] for line in given["parts"][0]["lines"]] == ["学费的时间表"]
    made = meeting_pdf(agenda(), HELD, RULES, customer=True, printed_by="周敏", printed_at="2026-11-23 10:00")
    assert made.kind.code == "meeting_customer_pdf"
    assert len(pages(made.content, 40)) == 1

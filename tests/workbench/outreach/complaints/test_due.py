"""What complaints ask of a week: by the clock that runs out first, what a contact told of without a file, the follow-up."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.workdays import shipped
from workbench.outreach.case_due import CaseDue
from workbench.outreach.complaints.due import due
from workbench.outreach.complaints.edits import ComplaintEnd
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.room import Complaints
from workbench.rules.parameters import Rules


def of(small: SmallBook, last: str, *who: str) -> list[CaseDue]:
    with small.book.read() as conn:
        only = [small.ids[one] for one in who] or None
        return list(due(conn, Rules.load(), shipped(), "2026-11-16", last, only))


def test_each_complaint_is_due_by_its_first_clock_and_says_both(
    room: Complaints, small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (listed,), (called,) = of(small, "2026-11-20", "listed"), of(small, "2026-11-20", "called")
    # three workdays from Monday November 2 are over before the day of the list
    assert (listed.kind, listed.due) == ("complaint", "2026-11-05")
    assert str(listed.whole) == (
        "投诉 GD-1(四级)超了时限:内部方案 2026-11-05 到期,已超 7 个工作日、法定答复 2026-11-17 前,还有 1 天、"
        "清单时限 2026-11-12 到期,已超 4 天;今天就答复客户"
    )
    # the list says the one clock that matters; the number says nothing to anybody
    assert str(listed.words) == "11-02 的等待投诉(四级):清单时限已超 4 天,法定答复 11-17 前;今天就答复客户"
    assert str(called.words) == "2026-11-13 联系时提出投诉,还没有建档:先建档,时限从那天算起"
    assert of(small, "2026-11-20", "closed") == []
    room.open("steps", NewComplaint(content="排队", owner="王芳", received="2026-11-16 09:50"))
    (one,) = room.named("steps")
    assert [str(case.due) for case in of(small, "2026-11-16", "steps")] == ["2026-11-16"]
    room.answer(one.id)
    assert of(small, "2026-11-18", "steps") == []  # three workdays are over on the 19th
    (next_one,) = of(small, "2026-11-19", "steps")
    assert next_one.evidence["clock"] == "solution"
    room.close(one.id, ComplaintEnd("答复了"))
    assert of(small, "2026-11-22", "steps") == []
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    (after,) = of(small, "2026-11-27", "steps")
    assert str(after.whole).startswith(f"投诉 {one.no} 办结 7 天:回访一次")
    assert str(after.words).endswith("办结 7 天:回访一次,问有没有再碰到,不谈产品")
    assert after.evidence["sop"] == "follow"  # although no other step was noted
    room.take_step(one.id, "follow", "没有再碰到")
    assert of(small, "2026-11-27", "steps") == []

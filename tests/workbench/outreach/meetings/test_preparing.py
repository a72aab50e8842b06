"""The agenda of a meeting comes from what is known, and advises nothing new."""

from workbench.insight.portrait.advice import Action
from workbench.insight.portrait.portrait import HoldingRow, Portrait
from workbench.insight.portrait.unsaid import Never
from workbench.outreach.family_goals.goal import FamilyGoal, course
from workbench.outreach.meetings.meeting import MeetingAgenda
from workbench.outreach.meetings.preparing import agenda_of
from workbench.outreach.needs.judged import CustomerNeeds, judge
from workbench.outreach.needs.need import CustomerNeed, NeedEvidence
from workbench.outreach.needs.proposing import NeedProposal
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-23"
ACT = Action("red", "今天打电话问原因", "亮红灯", "", DAY, 0, False, ())
NEVER = Never("always", "不承诺收益", "合规红线")


def held(name: str, due: str | None) -> HoldingRow:
    return HoldingRow(None, name, None, None, 9_000_000, None, due, "holding", None)


def portrait() -> Portrait:
    holdings = (
        held("定期", "2026-12-20"),
        held("早到期", "2026-11-22"),
        held("很远", "2027-12-01"),
        held("活期", None),
    )
    facts = (("id_expiry_date", "证件到期日", "2026-12-31"), ("risk_expiry_date", "风评到期日", "2028-01-01"))
    return Portrait(
        1, "900000000001", "赵建国甲", "2026-10", "2026-10-31", facts, None, None, None, None, None, None, (), holdings,
        None, (), None, next_actions=(ACT,), do_not_say=(NEVER,),
    )  # fmt: skip


def agenda() -> MeetingAgenda:
    spoken = CustomerNeed(
        1, 1, "换车", "2026-11-01", elastic=True, evidence=(NeedEvidence("said", "2026-11-01"),)
    )
    hidden = CustomerNeed(
        2, 1, "闲置活期的安排", "2026-11-01", scene="idle", evidence=(NeedEvidence("did", "2026-11-01"),)
    )
    false = CustomerNeed(3, 1, "要礼品", "2026-11-01", incentive=True, evidence=spoken.evidence)
    over = CustomerNeed(4, 1, "办卡", "2026-11-01", state="met", ended=DAY, evidence=spoken.evidence)
    judged = tuple(judge(one, (), (), DAY, RULES) for one in (spoken, hidden, false, over))
    proposal = NeedProposal(
        "maturing", "到期资金的安排", "30 天内到期 9.0万", "到期后怎么打算?", "2026-10-31"
    )
    needs = CustomerNeeds("900000000001", judged, (proposal,))
    goal = course(FamilyGoal(1, 1, "学费", "school", 100, "2029-09-01"), DAY, RULES)
    return agenda_of(portrait(), needs, (goal,), [("送对账单", "2026-11-27")], None, DAY, RULES)


def lines(code: str) -> list[str]:
    return [line.text for part in agenda().parts if part.code == code for line in part.lines]


def test_each_part_says_what_is_known() -> None:
    assert lines("promises") == ["送对账单"]
    assert lines("maturities") == ["2026-12-20 定期到期 9.0万"]
    assert lines("goals") == ["学费 · 1 · 2029-09-01 要用"]
    assert lines("needs") == ["换车", "闲置活期的安排", "到期后怎么打算?"]
    assert lines("papers") == ["证件到期日:2026-12-31"]
    assert lines("acts") == ["今天打电话问原因"]
    assert lines("limits") == ["不承诺收益"]
    # advice is what the allocation says, and here nobody computed it
    assert (lines("advice"), agenda().advice) == ([], ())


def test_what_he_never_spoke_of_stays_inside() -> None:
    (needs,) = [part for part in agenda().parts if part.code == "needs"]
    assert [line.inside for line in needs.lines] == [False, True, True]
    assert [part.code for part in agenda().parts if part.inside] == ["acts", "limits"]

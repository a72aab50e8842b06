"""The next step of a referral with which something is wrong, or to be checked."""

from workbench.base.workdays import shipped
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.task_line import TaskLine, task_line
from workbench.people.referring.finding import FindingCode, ReferralFinding
from workbench.rules.parameters import Rules

_RULES = Rules.load()
_TASK = ReferralTask(1, "", "2026-11-02", 1, "A1", "王五", agreed=True, name="小李")


def _line(*codes: FindingCode, task: ReferralTask = _TASK) -> TaskLine:
    wrong = tuple(ReferralFinding(code, True, (1,), "", "") for code in codes)
    return task_line(task, _RULES, shipped(), "2026-11-23 09:00", wrong)


def test_where_nobody_may_be_contacted_no_clock_runs() -> None:
    line = _line("customer", "self")
    assert (line.first, line.late, line.at) == (None, False, "")
    assert line.step == "先核对“自己转介自己”:核对清楚以前不联系、不致谢"


def test_a_doubt_is_checked_before_the_step_that_is_due() -> None:
    line = _line("intermediary")
    assert line.late
    assert line.step == "先核对“疑似中介”,没有问题再办:今天就首触(11-03 23:59 到期)"
    assert _line().step == "今天就首触(11-03 23:59 到期)"

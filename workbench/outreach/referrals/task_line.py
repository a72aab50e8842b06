"""`TaskLine`: a referral with its two clocks and the one step that is next, in words (domain 7). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.outreach.referrals.clocks import ReferralClock, feedback_clock, first_contact_clock
from workbench.outreach.referrals.task import ReferralTask
from workbench.people.prospects.prospect import LikelyAccount
from workbench.people.referring.finding import ReferralFinding, name_of, to_check
from workbench.rules.parameters import Rules

_LAST = "9999"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """`first`: the clock of the first contact, `feedback`: that of the word back to the giver, None where one does not run;
    no clock runs where nobody may be contacted before something is checked; `late`: one of them has run out; `step`: what to
    do next; `findings`: what is wrong or to be checked; `likely`: the account that the person
    probably has by now, to be confirmed."""

    task: ReferralTask
    first: ReferralClock | None
    feedback: ReferralClock | None
    late: bool
    step: str
    findings: tuple[ReferralFinding, ...] = ()
    likely: LikelyAccount | None = None

    @property
    def at(self) -> str:
        """When the earlier clock ends, 'YYYY-MM-DD HH:MM'; '' where none runs."""
        return min((one.at for one in (self.first, self.feedback) if one is not None), default="")


def task_line(
    task: ReferralTask,
    rules: Rules,
    workdays: Workdays,
    moment: str,
    findings: tuple[ReferralFinding, ...] = (),
    likely: LikelyAccount | None = None,
    *,
    owed: bool = True,
) -> TaskLine:
    """A referral as it stands at a moment ('YYYY-MM-DD HH:MM'). `owed`: the word back to the giver is still one to be given."""
    wrong = to_check(findings, rules)
    held = wrong is not None and wrong.refuses(rules)
    first = None if held else first_contact_clock(task, rules, workdays)
    feedback = feedback_clock(task, rules, workdays) if owed and not held else None
    late = any(one is not None and one.late(moment) for one in (first, feedback))
    step = "" if held else _step(task, first, feedback, moment, likely)
    if wrong is not None and task.state == "open":
        name = name_of(wrong.code, rules)
        if held:
            step = _("先核对“{name}”:核对清楚以前不联系、不致谢").format(name=name)
        elif step:
            step = _("先核对“{name}”,没有问题再办:{step}").format(name=name, step=step)
    return TaskLine(task, first, feedback, late, step, findings, likely)


def in_order(lines: Sequence[TaskLine]) -> list[TaskLine]:
    """Who has a clock first, the earliest on top; then those still worked on, then those that ended; each the newest first."""
    newest = sorted(lines, key=lambda one: (one.task.date, one.task.id), reverse=True)
    return sorted(newest, key=lambda one: (one.at or _LAST, one.task.state != "open"))


def _step(
    task: ReferralTask,
    first: ReferralClock | None,
    feedback: ReferralClock | None,
    moment: str,
    likely: LikelyAccount | None,
) -> str:
    """The one step that is next."""
    if feedback is not None:
        if feedback.late(moment):
            return _("今天就告诉转介人:已经联系过({at} 到期)").format(at=feedback.at[5:])
        return _("告诉转介人已经联系过,{until}").format(until=feedback.words)
    # a list does not tell whether givers were thanked
    thanked = task.thanked is not None or (not task.by_hand and task.task_id is None)
    if task.state == "declined":
        return "" if thanked else _("谢谢转介人,不说对方的决定")
    if task.state == "closed":
        return "" if thanked else _("谢谢转介人,不论结果")
    if likely is not None and task.account_no is None:
        return _("可能已经开户:核对后关联账户")
    if task.account_no is not None:
        return "" if thanked else _("谢谢转介人,不说办了什么")
    if first is not None:
        if first.late(moment):
            return _("今天就首触({at} 到期)").format(at=first.at[5:])
        return _("首触,{until}").format(until=first.words)
    if task.agreed is None:
        return _("请转介人先问对方愿不愿意被联系")
    if task.meeting is not None and task.meeting > moment[:10]:
        return _("{day} 见面:只谈对方想谈的事").format(day=task.meeting)
    if task.meeting is not None:
        return _("跟进开户;没有需要就关闭")
    return _("约一次十分钟的见面")

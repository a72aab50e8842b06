"""The two clocks of a referral: the first contact within 24 hours of the consent, the word back to the giver within 48 hours of
that contact (domain 7). They run through nights and days off; what is done when one ends there is said."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.outreach.referrals.task import ReferralTask

MINUTES = "%Y-%m-%d %H:%M"
#: the end of a day of which no time was told
_END = "23:59"


@dataclass(frozen=True, slots=True)
class ReferralClock:
    """A deadline. `at`: 'YYYY-MM-DD HH:MM'; `day`: the day (ISO) on which it is to be done at the latest; `off`: that is a day
    off, since the clock leaves no workday; `early`: it ends on a day off, and `day` is the workday before."""

    at: str
    day: str
    off: bool = False
    early: bool = False

    def late(self, moment: str) -> bool:
        """Whether it has run out at a moment 'YYYY-MM-DD HH:MM'."""
        return moment > self.at

    @property
    def words(self) -> str:
        """Until when, and what follows where that is a day off."""
        if self.early:
            return _("{at} 前(那天休息,请在 {day} 下班前做完)").format(at=self.at, day=self.day)
        if self.off:
            return _("{at} 前(中间没有工作日:当天联系,或请值班同事联系)").format(at=self.at)
        return _("{at} 前").format(at=self.at)


def deadline(start: str, hours: int, workdays: Workdays) -> ReferralClock:
    """The deadline some hours after a moment 'YYYY-MM-DD HH:MM', or after the end of a day (ISO) whose time was not told."""
    at = _after(start, hours)
    begun, ends = dt.date.fromisoformat(start[:10]), dt.date.fromisoformat(at[:10])
    if workdays.is_workday(ends):
        return ReferralClock(at, at[:10])
    before = workdays.last_workday(ends)
    if before < begun:
        return ReferralClock(at, at[:10], off=True)
    return ReferralClock(at, before.isoformat(), early=True)


def first_contact_due(task: "ReferralTask", rules: Rules) -> str | None:
    """Until when ('YYYY-MM-DD HH:MM') the person referred is to be contacted; None while he did not agree. Where nobody
    noted when he agreed, it counts from the day of the referral."""
    if not task.agreed:
        return None
    return _after(task.agreed_at or task.date, rules.whole("referrals.first_hours"))


def first_contact_clock(task: "ReferralTask", rules: Rules, workdays: Workdays) -> ReferralClock | None:
    """The clock of the first contact; None where it does not run: he did not agree, was contacted, or it is over."""
    if not task.agreed or task.contacted is not None or task.state != "open" or task.account_no:
        return None
    return deadline(task.agreed_at or task.date, rules.whole("referrals.first_hours"), workdays)


def feedback_clock(task: "ReferralTask", rules: Rules, workdays: Workdays) -> ReferralClock | None:
    """The clock of the word back to the giver; None where it does not run: nobody was contacted yet, or he was told or thanked.
    Who declined without having been contacted: the giver is thanked within the same hours of the referral."""
    start = task.contacted or (task.date if task.state == "declined" else None)
    if start is None or task.feedback is not None or task.thanked is not None:
        return None
    return deadline(start, rules.whole("referrals.feedback_hours"), workdays)


def _after(start: str, hours: int) -> str:
    whole = start if len(start) > 10 else f"{start} {_END}"
    moment = dt.datetime.strptime(whole[:16], MINUTES) + dt.timedelta(hours=hours)
    return moment.strftime(MINUTES)

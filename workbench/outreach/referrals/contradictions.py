"""What a referral says that contradicts itself, in words: dates decide, words of a list never overrule them."""

from collections.abc import Iterator
from typing import Final, Literal, get_args

from workbench.base.i18n import _
from workbench.outreach.referrals.task import ReferralTask
from workbench.rules.parameters import Rules

#: what a status word of a list means
StatusMeaning = Literal["closed", "contacted", "met", "opened", "funded", "declined"]
MEANINGS: Final[tuple[StatusMeaning, ...]] = get_args(StatusMeaning)


def meaning_of(status: str, rules: Rules) -> StatusMeaning | None:
    """What a status word means; None for a word that is not known."""
    plain = "".join(status.split())
    for meaning in MEANINGS:
        if plain and plain in rules.words(f"referrals.status.{meaning}"):
            return meaning
    return None


def status_words(rules: Rules) -> tuple[tuple[str, ...], ...]:
    """The words of each meaning, the usual one first."""
    return tuple(rules.words(f"referrals.status.{meaning}") for meaning in MEANINGS)


def contradictions(task: ReferralTask, rules: Rules, day: str) -> tuple[str, ...]:
    """The contradictions of a referral on a day (ISO)."""
    return (*_order(task, day), *_consent(task), *_status(task, rules, day))


def _order(task: ReferralTask, day: str) -> Iterator[str]:
    first = task.contacted[:10] if task.contacted else None
    if task.meeting and first is None and task.meeting <= day:
        yield _("见面日期是 {meeting},但没有首触日期").format(meeting=task.meeting)
    if task.meeting and first and task.meeting < first:
        yield _("见面({meeting})早于首触({first})").format(meeting=task.meeting, first=first)
    if first and first < task.date:
        yield _("首触({first})早于转介({date})").format(first=first, date=task.date)
    if task.feedback and first is None:
        yield _("已在 {day} 反馈转介人,但没有首触日期").format(day=task.feedback)
    if task.feedback and first and task.feedback < first:
        yield _("反馈({day})早于首触({first})").format(day=task.feedback, first=first)
    if task.opened and task.opened < task.date:
        yield _("开户({opened})早于转介({date}),可能本来就是客户").format(opened=task.opened, date=task.date)
    if task.amount_fen and not task.account_no:
        yield _("有成交金额,但没有被转介人的客户号")


def _consent(task: ReferralTask) -> Iterator[str]:
    first = task.contacted
    if first and task.agreed is None:
        yield _("{first} 已联系,但没有记本人是否同意").format(first=first[:10])
    if first and task.agreed and task.agreed_at and first[:16] < task.agreed_at[: len(first[:16])]:
        yield _("首触({first})早于本人同意({agreed})").format(first=first, agreed=task.agreed_at)
    if task.agreed is False and task.meeting:
        yield _("本人不同意联系,却有见面日期 {meeting}").format(meeting=task.meeting)


def _status(task: ReferralTask, rules: Rules, day: str) -> Iterator[str]:
    meaning = meaning_of(task.status, rules)
    words = _("状态写“{status}”,但{what}")
    lacking = {
        "contacted": (not task.contacted, _("没有首触日期")),
        "met": (not (task.meeting and task.meeting <= day), _("没有见过面的日期")),
        "opened": (not task.account_no, _("没有被转介人的客户号")),
        "funded": (not task.account_no, _("没有被转介人的客户号")),
        "declined": (bool(task.agreed), _("本人同意联系")),
        "closed": (not task.close_reason, _("没有写关闭原因")),
    }
    if meaning is not None and lacking[meaning][0]:
        yield words.format(status=task.status, what=lacking[meaning][1])

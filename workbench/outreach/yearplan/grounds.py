"""Why a touch is not made, or stands where it does: the code that is stored, and its words."""

import datetime as dt
from collections.abc import Callable

from workbench.base.i18n import _
from workbench.rules.parameters import Rules

#: between a ground and what it is about: 'week:birthday', 'complaint:2027-03-01'
BETWEEN = ":"


def ground_words(why: str, rules: Rules, reason: Callable[[str], str]) -> str:
    """The words of a stored ground; '' for none. `reason`: the name of a reason by its code."""
    if not why:
        return ""
    code, _between, about = why.partition(BETWEEN)
    if code == "chosen":
        return _("客户经理选择不做")
    if code == "week" and about:
        return _("并入同一周的“{reason}”,一周只主动联系一次").format(reason=reason(about))
    plain = _plain().get(code)
    if plain is not None:
        return plain
    name = rules.text(f"consent.{code}.name")
    if not about:
        return name
    return _("{name},{day}起可以").format(name=name, day=day_words(about))


def _plain() -> dict[str, str]:
    return {
        "week": _("同一周已经联系过或另有安排,一周只主动联系一次"),
        "cap": _("近期主动联系已到次数上限"),
        "silent": _("只剩静默日,不营销、不道喜"),
        "channel": _("客户拒绝这个渠道,没有别的渠道可用"),
        "no_workday": _("这几天没有工作日"),
        "over": _("排计划时日子已经过了"),
        "full": _("这几天的工作时间都排满了"),
        "choice": _("客户经理选择不做"),
        "late": _("这段日子排满,晚于应联系的日子"),
        "late_off": _("这几天没有工作日,放到下一个工作日"),
    }


def day_words(day: str) -> str:
    """A day (ISO) in words, without its year."""
    date = dt.date.fromisoformat(day)
    return _("{month}月{day}日").format(month=date.month, day=date.day)

"""The hours in which customers are left in peace (domain 6.5). They bar nothing: who calls is told once."""

import datetime as dt

from workbench.base.i18n import _, commas
from workbench.rules.parameters import Rules


def quiet_words(time: dt.time, rules: Rules) -> str:
    """A line for a time of day within quiet hours, until when they last; '' at any other time."""
    spans = quiet_hours(rules)
    end = next((end for begin, end in spans if _within(time, begin, end)), None)
    if end is None:
        return ""
    words = _("现在是免打扰时段,{end} 以后再主动联系;约好的、客户找来的照常({spans})。")
    every = commas(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in spans)
    return words.format(end=f"{end:%H:%M}", spans=every)


def quiet_hours(rules: Rules) -> tuple[tuple[dt.time, dt.time], ...]:
    """(begin, end) of each span; one that ends earlier than it begins goes over midnight."""
    hours = (map(_time, rules.numbers(f"consent.quiet_{end}")) for end in ("from", "to"))
    return tuple(zip(*hours, strict=True))


def _time(hour: float) -> dt.time:
    """'12.5' is half past twelve; 24 is midnight."""
    minutes = round(hour * 60) % (24 * 60)
    return dt.time(minutes // 60, minutes % 60)


def _within(time: dt.time, begin: dt.time, end: dt.time) -> bool:
    return begin <= time < end if begin < end else time >= begin or time < end

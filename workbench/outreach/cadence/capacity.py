"""What the manager's time has room for, in seconds: of a contact by each channel, of a workday (domain 6.8).

One home: the week's plan, the touch plan of the year and the load of the calendar count by it.
"""

from workbench.base.settings import BookSettings
from workbench.rules.parameters import Rules

#: The channel that reaches many at once, beside those of the contact log.
GROUP = "group"
#: The days over which the calls and visits of a week are spread.
_DAYS = 5


def week_capacity(settings: BookSettings, rules: Rules) -> tuple[int, int]:
    """(calls, visits) that a week allows: the settings of the book, else the rules."""
    calls = settings.get("calls", rules.whole("plan.calls"))
    return int(calls), int(settings.get("visits", rules.whole("plan.visits")))


def channel_seconds(rules: Rules) -> dict[str, int]:
    """Channel -> seconds that contacting one customer by it takes; GROUP: the share of one customer in a group message."""
    seconds = rules.numbers("effort.seconds")
    return dict(zip(rules.words("effort.channels"), map(int, seconds), strict=True))


def workday_seconds(settings: BookSettings, rules: Rules) -> int:
    """What a workday has room for, a worked Saturday too: a fifth of the seconds of the week's calls and visits."""
    seconds = channel_seconds(rules)
    calls, visits = week_capacity(settings, rules)
    return (calls * seconds["call"] + visits * seconds["visit"]) // _DAYS

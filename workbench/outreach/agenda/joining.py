"""The touch plan's sums and the week's list, put together: a customer counts once in a week, on the day of the list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.outreach.week.entry import WeekEntry

#: how a row of the 531 reaches its customers -> the channel whose time that takes
_CHANNELS = {"message": "wecom", "desk": "lobby"}


@dataclass(frozen=True, slots=True)
class PlannedMinutes:
    """A touch of the plan in the week that has a list: whose it is, its day (ISO) and minutes."""

    customer_id: int
    day: str
    minutes: float


def channel_of(entry: WeekEntry) -> str:
    """The channel (code) by which the week's list reaches somebody."""
    return _CHANNELS.get(entry.channel, entry.channel)


def more_minutes(
    listed: Iterable[WeekEntry], planned: Iterable[PlannedMinutes], seconds: Mapping[str, int]
) -> dict[str, float]:
    """Day (ISO) -> minutes that the week's list adds to the plan's load, fewer than 0 where it takes some off.

    Who stands on both is contacted once, on the day of the list: it takes what his touches of the plan take, or a contact by
    the row's channel where that is more. `seconds`: of one contact by each channel (code).
    """
    theirs: dict[int, list[PlannedMinutes]] = {}
    for touch in planned:
        theirs.setdefault(touch.customer_id, []).append(touch)
    more: defaultdict[str, float] = defaultdict(float)
    for entry in listed:
        touches = theirs.get(entry.person.customer_id, [])
        for touch in touches:
            more[touch.day] -= touch.minutes
        own = seconds.get(channel_of(entry), seconds["other"]) / 60
        more[entry.day] += max(own, sum(touch.minutes for touch in touches))
    return dict(more)

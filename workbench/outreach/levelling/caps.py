"""What limits the placing from the start: caps by sort of touch, and the share to which days are filled."""

from workbench.outreach.levelling.board import Cap
from workbench.outreach.levelling.preparing import (
    Prepared,
)

#: a day that is filled to this share needs no levelling
_EASY = 0.6


def caps_of(ready: Prepared) -> tuple[tuple[tuple[Cap, ...], ...], tuple[tuple[Cap, ...], ...]]:
    """By sort of touch (channel and whether it sells) all caps that count it, and those that one touch a week may break."""
    channels = (*ready.channels, "")
    sorts = [(code, sells) for code in channels for sells in (False, True)]

    def counts(what: str, code: str, sells: bool) -> bool:
        channel, _, only = what.partition(".")
        return (what == "any" or channel in (code, "marketing")) and (
            sells or not (only or channel == "marketing")
        )

    every, close = [], []
    for code, sells in sorts:
        mine = tuple(
            (days, most, sum(1 << place for place, sort in enumerate(sorts) if counts(what, *sort)))
            for (what, days), most in sorted(ready.limits.caps.most.items())
            if counts(what, code, sells)
        )
        every.append(mine)
        close.append(tuple(cap for cap in mine if cap[1] < (cap[0] + 5) // 7 + 1))
    return tuple(every), tuple(close)


def level_of(ready: Prepared, capacity: int, used: int = 0) -> float:
    """The share of a day's time that is filled where everything is spread evenly, with something to spare; at most 1."""
    span = max(int(ready.room.days[-1]) - ready.start + 1, 0) if len(ready.room.days) else 0
    chained = ready.interval > 0
    needed = used + int(ready.seconds[ready.a <= ready.b].sum())
    needed += int((ready.cadence_seconds[chained] * span // ready.interval[chained]).sum())
    return min(1.0, max(_EASY, 1.1 * needed / capacity)) if capacity else 1.0

"""Which customers of the week's list are contacted on one day: a filter of it, in its order."""

from dataclasses import dataclass

from workbench.outreach.week.entry import WeekEntry, WeekList
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class DayShare:
    """`listed`: whom to contact on the day; `done`: who was dealt with on it; `moved`: for whom it has no room. Each in the
    order of the week. `planned`: how many the day began with."""

    listed: tuple[WeekEntry, ...]
    done: tuple[WeekEntry, ...]
    moved: tuple[WeekEntry, ...]
    planned: int


def places(rules: Rules) -> tuple[int, int]:
    """(the places of a day, those of them kept for red lights)."""
    return rules.whole("today.most"), rules.whole("today.kept_for_red")


def day_share(week: WeekList, day: str, most: int, kept: int = 0) -> DayShare:
    """The share of a workday (ISO) in the week's list: at most so many customers, of which so many places are `kept` for red
    lights however many files run out. On a silent day those whose row markets wait for the next.

    Who waits at the beginning of the day is cut to the day's room before what was logged on the day is taken off, so that a
    contact never pulls anybody forward, and one who could not be reached waits for the next workday.
    """
    every = [one for one in week.entries if _waits(one, day)]
    waiting = [one for one in every if day not in week.silent or not one.markets or _promised(one, day)]
    first = _first(waiting, most, kept)
    listed = tuple(one for one in first if not _contacted(one, day))
    begun = {one.rank for one in first}
    moved = tuple(one for one in every if one.rank not in begun and not _contacted(one, day))
    done = tuple(one for one in week.entries if _contacted(one, day) or _ticked(one, day))
    return DayShare(listed, done, moved, min(len(waiting), most))


def _first(waiting: list[WeekEntry], most: int, kept: int) -> list[WeekEntry]:
    """Those of the day's places, in the order of the week: the first ones, and red lights instead of the last of them as far as
    places are kept for them."""
    first = waiting[:most]
    lit = sum(map(_red, first))
    late = [one for one in waiting[most:] if _red(one)][: max(0, kept - lit)]
    if not late:
        return first
    give = [one for one in reversed(first) if not _red(one)][: len(late)]
    gone = {one.rank for one in give}
    return [*(one for one in first if one.rank not in gone), *late[: len(give)]]


def _red(one: WeekEntry) -> bool:
    """Whether he has a red light."""
    return any(reason.kind == "red" for reason in one.reasons)


def _waits(one: WeekEntry, day: str) -> bool:
    """Whether he is to be contacted on a day or was on an earlier one, as things stood when the day began."""
    if _promised(one, day):
        return True
    before = [contact for contact in one.contacts if contact.date < day]
    reached = bool(before) and before[-1].reached
    return bool(one.planned) and one.planned <= day and not one.result and not reached


def _promised(one: WeekEntry, day: str) -> bool:
    """Whether a promise to him is due."""
    return bool(one.promised) and one.promised <= day


def _contacted(one: WeekEntry, day: str) -> bool:
    """Whether a contact with him was logged on a day."""
    return any(contact.date == day for contact in one.contacts)


def _ticked(one: WeekEntry, day: str) -> bool:
    """Whether he was planned for a day and his row was ticked for him by hand, with nothing else left to do on it."""
    return bool(one.result) and one.planned == day and not _waits(one, day)

"""Who stands on which day's list: the earliest deadline first, no day over its capacity."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayJob:
    """A customer to be contacted by `due` (ISO); `fixed`: on that very day; `call`: he takes a call of the day; `sells`: on no
    silent day."""

    customer_id: int
    due: str
    call: bool = True
    fixed: bool = False
    sells: bool = False


def spread(
    jobs: Sequence[DayJob],
    days: Sequence[str],
    most: int,
    calls: int,
    silent: Collection[str] = (),
    after: str = "",
) -> Mapping[int, str]:
    """Customer id -> day (ISO, of `days`): at most `most` customers and `calls` calls a day, and nobody after his deadline
    as long as that is possible; where messages of fixed days take the places of calls, another day takes more calls.

    `jobs` stand in working order, which decides among equal deadlines. Who must be contacted on his own day is placed
    first; who finds no day by his deadline takes the first one after it that has room, or the last one. Who is marketed to
    takes no day of `silent`, and where all are silent `after`, the workday after the week.
    """
    people: Counter[str] = Counter()
    called: Counter[str] = Counter()
    placed: dict[int, str] = {}

    def has_room(day: str, job: DayJob) -> bool:
        """Whether a day takes one more."""
        return people[day] < most and (not job.call or called[day] < calls)

    ordered = sorted(enumerate(jobs), key=lambda pair: (not pair[1].fixed, pair[1].due, pair[0]))
    spoken = [day for day in days if day not in silent] or [after or days[-1]]
    for _place, job in ordered:
        free = spoken if job.sells else days
        own = max((day for day in free if day <= job.due), default=free[0])
        wanted = [own] if job.fixed else []
        places = (one for one in free if people[one] < most)
        roomy = (one for one in (*wanted, *free) if has_room(one, job))
        day = next(roomy, None) or next(places, free[-1])
        placed[job.customer_id] = day
        people[day] += 1
        called[day] += job.call
    return placed

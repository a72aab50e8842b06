"""`DayBoard`: what stands on each workday while touches are placed; plain lists and ints, for it is asked millions of times."""

from collections.abc import Sequence

#: what keeps a touch off a day
FREE, IN_WEEK, OVER_CAP, SILENT = range(4)
#: a cap as (days in a row, most, bits of the sorts of touches that it counts)
Cap = tuple[int, int, int]
#: more than there are weeks, so that customer and week are one number
_WEEKS = 1 << 20
#: once a day with room is known, so many more on either side are looked at for one with a low load
_LEVEL_STEPS = 12


class DayBoard:
    """Days by place (0 is the first that may be planned), touches by row.

    Lists by day: `days` ordinals, `week`, `free` seconds, `reserve` seconds that a levelled day keeps free, `silent`, `stuck`
    (bits of the sizes for which moving one touch is known to make no room). By size and day: `on` the rows that stand there,
    `low` and `high` how far these may be moved. Lists by row: `who`, `seconds`, `size` (place of the seconds in `sizes`), `a` and
    `b` the span and `want` the best day as places, `at` its day or -1, `rank` (lower first), `sort` of its caps, and whether it
    is `service`, `capped`, `loose` (may be moved), a `talk`.
    """

    def __init__(
        self,
        days: Sequence[int],
        capacity: Sequence[int],
        reserve: Sequence[int],
        silent: frozenset[int],
        caps: tuple[tuple[Cap, ...], ...],
        close_caps: tuple[tuple[Cap, ...], ...],
        sizes: Sequence[int],
    ) -> None:
        self.days = list(days)
        self.week = [(day - 1) // 7 for day in days]
        self.free = list(capacity)
        self.reserve = list(reserve)
        self.sizes = list(sizes)
        self.on: list[list[list[int]]] = [[[] for _ in days] for _ in sizes]
        self.low = [list(range(len(self.days))) for _ in sizes]
        self.high = [list(range(len(self.days))) for _ in sizes]
        self.stuck = [0] * len(self.days)
        #: how many touches were taken off their days
        self.taken = 0
        self.silent = [day in silent for day in days]
        self.caps, self.close_caps = caps, close_caps
        self.who: list[int] = []
        self.seconds: list[int] = []
        self.size: list[int] = []
        self.a: list[int] = []
        self.b: list[int] = []
        self.want: list[int] = []
        self.at: list[int] = []
        self.rank: list[int] = []
        self.sort: list[int] = []
        self.service: list[bool] = []
        self.capped: list[bool] = []
        self.loose: list[bool] = []
        self.talk: list[bool] = []
        #: customer and week -> the capped touch that holds it
        self.holds: dict[int, int] = {}
        #: customer -> (ordinal, sort, row) of his capped touches, and of logged contacts (row -1)
        self.capped_of: dict[int, list[tuple[int, int, int]]] = {}
        #: customers for whom two touches may stand in one week: logged, or chosen by the manager
        self.closely: set[int] = set()

    def put(self, row: int, day: int) -> None:
        """Place a touch; whether it may stand there is the caller's to know."""
        size = self.size[row]
        self.free[day] -= self.seconds[row]
        self.on[size][day].append(row)
        self.at[row] = day
        if self.loose[row]:
            self.stuck[day] = 0
            if self.a[row] < self.low[size][day]:
                self.low[size][day] = self.a[row]
            if self.b[row] > self.high[size][day]:
                self.high[size][day] = self.b[row]
        if self.capped[row]:
            who = self.who[row]
            self.holds[who * _WEEKS + self.week[day]] = row
            mine = (self.days[day], self.sort[row], row)
            if who in self.capped_of:
                self.capped_of[who].append(mine)
            else:
                self.capped_of[who] = [mine]

    def stand_off(self, row: int, day: int) -> None:
        """Count a capped touch on a day (ordinal) that is not planned: it holds its week."""
        who = self.who[row]
        self.holds[who * _WEEKS + (day - 1) // 7] = row
        self.capped_of.setdefault(who, []).append((day, self.sort[row], row))

    def take(self, row: int) -> int:
        """Take a touch off its day. Returns the day."""
        self.taken += 1
        day = self.at[row]
        self.free[day] += self.seconds[row]
        self.on[self.size[row]][day].remove(row)
        self.at[row] = -1
        if self.capped[row]:
            who = self.who[row]
            key = who * _WEEKS + self.week[day]
            if self.holds.get(key) == row:
                del self.holds[key]
            self.capped_of[who].remove((self.days[day], self.sort[row], row))
        return day

    def holder(self, row: int, day: int) -> int:
        """The capped touch that the customer of a row has in the week of a day, -1 for none or itself."""
        other = self.holds.get(self.who[row] * _WEEKS + self.week[day], -1)
        return -1 if other == row else other

    def bar(self, row: int, day: int) -> int:
        """What keeps a touch off a day beside its load: FREE, IN_WEEK, OVER_CAP or SILENT."""
        if self.silent[day] and not self.service[row]:
            return SILENT
        if not self.capped[row]:
            return FREE
        who = self.who[row]
        mine = self.capped_of.get(who)
        if not mine:
            return FREE
        other = self.holds.get(who * _WEEKS + self.week[day], -1)
        if other >= 0 and other != row:
            return IN_WEEK
        return OVER_CAP if self._over(row, self.days[day], mine) else FREE

    def _over(self, row: int, day: int, mine: list[tuple[int, int, int]]) -> bool:
        caps = self.caps if self.who[row] in self.closely else self.close_caps
        for span, most, sorts in caps[self.sort[row]]:
            near = [
                at
                for at, sort, other in mine
                if sorts >> sort & 1 and -span < at - day < span and other != row
            ]
            if len(near) < most:
                continue
            if most == 1:
                return True
            near = sorted([*near, day])
            for first, last in zip(near, near[most:], strict=False):
                if last - first < span and first <= day <= last:
                    return True
        return False

    def day_for(self, row: int, a: int, b: int) -> int:
        """The day in [a, b] nearest to the wanted one that has room and a low load, else nearest with room; -1 for none."""
        seconds, free = self.seconds[row], self.free
        if a > b or max(free[a : b + 1]) < seconds:
            return -1
        want = min(max(self.want[row], a), b)
        best, best_step = -1, 0
        for step in range(max(want - a, b - want) + 1):
            if best >= 0 and step - best_step > _LEVEL_STEPS:
                break
            for day in (want - step, want + step) if step else (want,):
                left = free[day] - seconds if a <= day <= b else -1
                if left < 0 or (best >= 0 and left < self.reserve[day]) or self.bar(row, day):
                    continue
                if left >= self.reserve[day]:
                    return day
                best, best_step = day, step
        return best

"""`Chains`: what keeps each customer's cadence as touches are placed and moved: his talks, his clock, when he is due."""

from bisect import insort
from collections import defaultdict
from collections.abc import Sequence


class Chains:
    """By customer (place): `interval` days, 0 where he has no cadence; `clock` ordinal from which it runs; `due` the day by
    which he must hear from us, 0 once nothing is due before the end; `meets`: (ordinal, row) of the touches that meet it,
    ascending. `queue`: by due day, the customers; each customer is in it once for each time that it was changed."""

    def __init__(self, interval: Sequence[int], clock: Sequence[int], end: int) -> None:
        self.interval, self.start, self.clock, self.end = list(interval), list(clock), list(clock), end
        self.due = [0] * len(self.interval)
        self.meets: dict[int, list[tuple[int, int]]] = {}
        self.queue: defaultdict[int, list[int]] = defaultdict(list)
        self.who: dict[int, int] = {}
        #: the day whose customers are being placed: nobody may become due before it
        self.now = 0
        self.done = [False] * len(self.interval)

    def met(self, who: int, day: int, row: int) -> None:
        """Count a touch that was placed on a day (ordinal)."""
        if self.interval[who]:
            self.who[row] = who
            insort(self.meets.setdefault(who, []), (day, row))

    def lost(self, row: int, day: int) -> None:
        """Forget a touch that left its day (ordinal)."""
        who = self.who.pop(row, None)
        if who is not None:
            self.meets[who].remove((day, row))

    def schedule(self, who: int, due: int) -> None:
        """Put a customer into the queue, unless nothing is due before the end."""
        if due > self.end:
            self.due[who], self.done[who] = 0, True
        else:
            self.due[who] = due
            self.queue[due].append(who)

    def run_on(self, who: int) -> int:
        """Let the clock run over the touches that meet the cadence. Returns the day (ordinal) by which the next is due."""
        clock, interval = self.clock[who], self.interval[who]
        for day, _ in self.meets.get(who, ()):
            if clock < day <= clock + interval:
                clock = day
        self.clock[who] = clock
        return clock + interval

    def may_move(self, row: int, day: int, to: int) -> bool:
        """Whether the cadence allows a touch on another day: no gap grows beyond the interval, none changes places."""
        who = self.who.get(row)
        if who is None:
            return True
        interval, meets = self.interval[who], self.meets[who]
        place = meets.index((day, row))
        if place:
            before = meets[place - 1][0]
            if to <= before or to - before > max(interval, day - before):
                return False
        elif to > max(day, self.first_due(who)):
            return False
        if place + 1 < len(meets):
            after = meets[place + 1][0]
            return to < after and after - to <= max(interval, after - day)
        after = self.end + 1 if self.done[who] else self.now
        return after - to <= max(interval, after - day)

    def first_due(self, who: int) -> int:
        """The day by which the first touch was due."""
        return self.start[who] + self.interval[who]

    def moved(self, row: int, day: int, to: int) -> None:
        """Tell that a touch was moved."""
        who = self.who.get(row)
        if who is None:
            return
        meets = self.meets[who]
        meets.remove((day, row))
        insort(meets, (to, row))
        if self.clock[who] == day:
            self.clock[who] = to
            if self.due[who]:
                self.schedule(who, to + self.interval[who])

"""`CadenceRows`: each customer followed through the year, from one touch that meets the cadence to the next."""

from bisect import bisect_left, bisect_right

import numpy as np

from workbench.outreach.levelling.given import GivenRows
from workbench.outreach.levelling.placement import (
    BARRED,
    GROUNDS,
    LATE,
)
from workbench.outreach.wishes.kinds import KINDS

_WEEK, _CAP, _SILENT, _NO_WORKDAY, _OVER, _FULL, _CHOICE = (
    GROUNDS.index(code) for code in ("week", "cap", "silent", "no_workday", "over", "full", "choice")
)
_CARE, _MARKETING = KINDS.index("care"), KINDS.index("marketing")


class CadenceRows(GivenRows):
    """The cadences, the earliest deadline first: days are gone through in order, each with those who are due on it."""

    def _cadences(self, heads: bool) -> None:
        """Every customer of the cadence followed through the year, the earliest deadline first."""
        ready, chains = self.ready, self.chains
        mine = np.flatnonzero((ready.interval > 0) & (ready.head == heads))
        for who in mine.tolist():
            if ready.cadence_ground[who]:
                row = self._made(who, chains.clock[who] + chains.interval[who], 0, 0, 0)
                self.state[row], self.ground[row] = BARRED, int(ready.cadence_ground[who])
            else:
                chains.schedule(who, chains.clock[who] + chains.interval[who])
        order = np.empty(len(ready.interval), np.int64)
        order[np.lexsort((ready.customers, ready.owed_since, ready.rank))] = np.arange(len(order))
        earlier = order.tolist()
        rank = self.head_rank if heads else self.cadence_rank
        for due in range(ready.start, self.end + 1):
            chains.now = due
            while chains.queue.get(due):
                for who in sorted(chains.queue.pop(due), key=earlier.__getitem__):
                    if chains.due[who] == due:
                        self._due(who, due, rank)
        chains.now = 0
        for who in mine.tolist():
            chains.done[who] = True
            for row in self.waiting.pop(who, ()):
                self.board.take(row)

    def _due(self, who: int, due: int, rank: int) -> None:
        """The touch by which a customer hears from us by a day; then he waits for the next."""
        chains, board, days = self.chains, self.board, self.days
        chains.due[who] = 0
        later = chains.run_on(who)
        if later > due:
            chains.schedule(who, later)
            return
        clock, interval = chains.clock[who], chains.interval[who]
        soonest = clock + 1 if self.head[who] else clock + max(1, interval // 2)
        first = max(soonest, self.opens[who])
        if clock == chains.start[who]:
            first = max(clock + 1, self.opens[who])
        a, b = bisect_left(days, first), bisect_right(days, due) - 1
        hope = self.hope[who] if clock == chains.start[who] else 0
        wanted = hope or max(first, due - interval // 10)
        row = self._waiting_touch(who, clock, due)
        if row >= 0:
            self._span_known(row, min(first, days[board.at[row]]), due, wanted)
            board.a[row], board.b[row] = min(a, board.at[row]), b
            board.loose[row] = True
        else:
            row = self._pending_touch(who, a, b)
        if row < 0:
            row = self._cadence_touch(who, due, first, wanted, a, b, rank)
        at = board.at[row]
        chains.clock[who] = days[at] if at >= 0 else due
        chains.schedule(who, chains.clock[who] + interval)

    def _cadence_touch(self, who: int, due: int, first: int, wanted: int, a: int, b: int, rank: int) -> int:
        """A new touch for the cadence alone, or what became of it."""
        board, days = self.board, self.days
        row = self._made(who, due, first, due, wanted, rank=rank)
        board.a[row], board.b[row] = a, b
        board.want[row] = max(bisect_right(days, wanted) - 1, min(a, b))
        day = board.day_for(row, a, b)
        if day < 0 and a <= b:
            day = self._make_room(row, a, b, self.head[who])
        if day >= 0:
            board.put(row, day)
            self.chains.met(who, days[day], row)
            return row
        sooner = self._brought_forward(who, a, b)
        if sooner >= 0:
            return sooner
        if self.head[who]:
            late = self._late_waiting_touch(who, due)
            if late >= 0:
                self._span_known(late, first, due, wanted)
                self.closed_rows[late] = self.repairs.closed
                return late
        self._late_or_not(row, self.head[who])
        return row

    def _span_known(self, row: int, first: int, last: int, wanted: int) -> None:
        self.made[row - len(self.ready.order)][1:4] = first, last, wanted

    def _waiting_touch(self, who: int, clock: int, due: int) -> int:
        """The kept touch that meets the cadence and is not needlessly soon; -1 for none."""
        days, at = self.days, self.board.at
        mine = [row for row in self.waiting.get(who, ()) if clock < days[at[row]] <= due]
        if not mine:
            return -1
        soon = clock if clock == self.chains.start[who] else clock + self.chains.interval[who] // 2
        return self._confirmed(who, next((row for row in mine if days[at[row]] >= soon), mine[-1]))

    def _late_waiting_touch(self, who: int, due: int) -> int:
        """The kept touch that is late, as nothing sooner had room; -1 for none."""
        mine = [row for row in self.waiting.get(who, ()) if self.days[self.board.at[row]] > due]
        if not mine:
            return -1
        self.state[mine[0]], self.ground[mine[0]] = LATE, _FULL
        return self._confirmed(who, mine[0])

    def _confirmed(self, who: int, row: int) -> int:
        self.waiting[who].remove(row)
        self.chains.met(who, self.days[self.board.at[row]], row)
        return row

    def _pending_touch(self, who: int, a: int, b: int) -> int:
        """A wish that ranks below the cadence and meets it, placed now; -1 for none."""
        board = self.board
        for row in self.pending.get(who, ()):
            if board.at[row] < 0 and self.state[row] < 0:
                day = board.day_for(row, max(a, board.a[row]), min(b, board.b[row]))
                if day >= 0:
                    board.put(row, day)
                    self.chains.met(who, self.days[day], row)
                    return row
        return -1

    def _brought_forward(self, who: int, a: int, b: int) -> int:
        """A talk of his that stands after [a, b], moved into it within its own span: it keeps a week or cap that is needed.
        -1 for none."""
        board, days = self.board, self.days
        for day, row in self.chains.meets.get(who, ()):
            low = max(a, board.a[row])
            if b < 0 or day <= days[b] or low > b or not board.loose[row] or self.state[row] >= 0:
                continue
            back = board.take(row)
            at = board.day_for(row, low, b)
            board.put(row, at if at >= 0 else back)
            if at >= 0:
                self.chains.moved(row, day, days[at])
                return row
        return -1

    def _prune(self) -> None:
        """Take off the cadence touches that wishes placed after them made superfluous."""
        chains, wishes = self.chains, len(self.ready.order)
        for who in sorted(self.pending):
            before, interval = chains.start[who], chains.interval[who]
            meets = chains.meets.get(who, [])
            after = [*(day for day, _ in meets[1:]), self.end + 1]
            for (day, row), following in zip(list(meets), after, strict=False):
                if row < wishes or not self.board.loose[row] or following - before > interval:
                    before = day
                    continue
                self.board.take(row)
                chains.lost(row, day)

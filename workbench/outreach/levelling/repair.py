"""Room for one touch by moving one other: to another day of its own span, where everything allows it."""

from bisect import bisect_left

from workbench.outreach.levelling.board import FREE, IN_WEEK, DayBoard
from workbench.outreach.levelling.chains import Chains

#: so many touches are looked at before one is given up
_LOOKS = 60
#: the same for a chain of moves, and for all chains of a run
_CHAIN_LOOKS, _ALL_CHAIN_LOOKS = 20_000, 400_000


class Repairs:
    """One-step repairs on a board."""

    def __init__(self, board: DayBoard, chains: Chains) -> None:
        self.board, self.chains = board, chains
        self.closed = (0, -1)
        #: by size of touch: days that chains of moves cannot leave, and what the count of touches taken was then
        self._looks = _ALL_CHAIN_LOOKS
        self._known: dict[int, tuple[int, int, int]] = {}

    def room_for(self, row: int, a: int, b: int) -> int:
        """A day of [a, b] on which a touch may stand after one other was moved away (which it then is); -1 for none."""
        board, free, stuck = self.board, self.board.free, self.board.stuck
        size, seconds, want = board.size[row], board.seconds[row], board.want[row]
        days = [day for day in range(a, b + 1) if not stuck[day] >> size & 1]
        days.sort(key=lambda day: abs(day - want))
        looks = _LOOKS
        for day in days:
            bar = board.bar(row, day)
            short = seconds - free[day]
            if bar == IN_WEEK and short <= 0 and self._freed_week(row, day):
                return day
            if bar != FREE or short <= 0:
                continue
            tried = False
            for other_size in range(bisect_left(board.sizes, short), len(board.sizes)):
                around = free[board.low[other_size][day] : board.high[other_size][day] + 1]
                if max(around) < board.sizes[other_size]:
                    continue
                tried = True
                for other in board.on[other_size][day]:
                    looks -= 1
                    to = self._other_day(other, day) if board.loose[other] else -1
                    if to >= 0:
                        self.move(other, to)
                        stuck[:] = [0] * len(stuck)
                        return day
                    if looks < 0:
                        return -1
            if not tried:
                stuck[day] |= 1 << size
        return -1

    def path_for(self, row: int, a: int, b: int) -> int:
        """A day of [a, b] that a chain of moves, each of one touch to another day, frees for a touch (and has freed); -1: there
        is none, and `closed` holds the first and last day that such chains reach: what stands there must stay there."""
        board, free, seconds = self.board, self.board.free, self.board.seconds
        size = board.size[row]
        known = self._known.get(size)
        if known and known[0] <= a and b <= known[1] and known[2] == board.taken:
            self.closed = known[:2]
            return -1
        coming = {day: seconds[row] for day in range(a, b + 1) if board.bar(row, day) == FREE}
        parent: dict[int, tuple[int, int]] = {}
        looks = min(_CHAIN_LOOKS, self._looks)
        line = sorted(coming, key=lambda day: abs(day - board.want[row]))
        for day in line:
            short = coming[day] - free[day]
            for some in range(bisect_left(board.sizes, short), len(board.sizes)):
                low, high = board.low[some][day], board.high[some][day]
                if all(to in coming for to in range(low, high + 1)):
                    continue
                for other in board.on[some][day]:
                    if not board.loose[other]:
                        continue
                    looks -= board.b[other] - board.a[other] + 1
                    if looks < 0:
                        self._looks -= min(_CHAIN_LOOKS, self._looks)
                        self.closed = (a, b)
                        return -1
                    for to in range(board.a[other], board.b[other] + 1):
                        if to in coming or board.bar(other, to) or not self._chained(other, day, to):
                            continue
                        parent[to] = day, other
                        if free[to] >= seconds[other]:
                            return self._along(parent, to, row)
                        coming[to] = seconds[other]
                        line.append(to)
        self._looks = max(self._looks - _CHAIN_LOOKS + looks, 0)
        self.closed = min(coming, default=a), max(coming, default=b)
        self._known[size] = (*self.closed, board.taken)
        return -1

    def _along(self, parent: dict[int, tuple[int, int]], to: int, row: int) -> int:
        """Move the touches of a chain that ends on a day. Returns the day it frees; -1 where an earlier move bars a later."""
        board = self.board
        while to in parent:
            day, other = parent[to]
            if (
                board.free[to] < board.seconds[other]
                or board.bar(other, to)
                or not self._chained(other, day, to)
            ):
                return -1
            self.move(other, to)
            to = day
        board.stuck[:] = [0] * len(board.stuck)
        return to if board.free[to] >= board.seconds[row] and board.bar(row, to) == FREE else -1

    def _chained(self, row: int, day: int, to: int) -> bool:
        days = self.board.days
        return not self.board.talk[row] or self.chains.may_move(row, days[day], days[to])

    def move(self, row: int, to: int) -> None:
        """Move a touch to another day."""
        day = self.board.take(row)
        self.board.put(row, to)
        if self.board.talk[row]:
            self.chains.moved(row, self.board.days[day], self.board.days[to])

    def _other_day(self, row: int, day: int) -> int:
        board = self.board
        a, b, seconds, free = board.a[row], board.b[row], board.seconds[row], board.free
        if max(free[a : b + 1]) < seconds:
            return -1
        for to in _outward(a, b, day):
            if (
                free[to] >= seconds
                and to != day
                and not board.bar(row, to)
                and (not board.talk[row] or self.chains.may_move(row, board.days[day], board.days[to]))
            ):
                return to
        return -1

    def _freed_week(self, row: int, day: int) -> bool:
        """Whether the touch that holds the week of a day could be moved to another week (which it then is)."""
        board = self.board
        other = board.holder(row, day)
        if other < 0 or not board.loose[other] or board.at[other] < 0:
            return False
        back, week = board.at[other], board.week[day]
        for to in _outward(board.a[other], board.b[other], back):
            if board.week[to] == week or board.free[to] < board.seconds[other] or board.bar(other, to):
                continue
            if board.talk[other] and not self.chains.may_move(other, board.days[back], board.days[to]):
                continue
            self.move(other, to)
            if not board.bar(row, day) and board.free[day] >= board.seconds[row]:
                return True
            self.move(other, back)
        return False


def _outward(a: int, b: int, middle: int) -> list[int]:
    """The days of [a, b], the nearest to one first."""
    return sorted(range(a, b + 1), key=lambda day: abs(day - middle))

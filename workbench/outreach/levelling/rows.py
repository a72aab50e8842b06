"""`TouchRows`: the touches of a run, and what becomes of one that finds no day."""

from collections.abc import Sequence

import numpy as np

from workbench.outreach.levelling.board import FREE, IN_WEEK, OVER_CAP, DayBoard
from workbench.outreach.levelling.caps import caps_of, level_of
from workbench.outreach.levelling.chains import Chains
from workbench.outreach.levelling.placement import (
    BARRED,
    CAPPED,
    GROUNDS,
    LATE,
    MERGED,
    NO_ROOM,
)
from workbench.outreach.levelling.preparing import (
    CADENCES,
    HEAD_CADENCE,
    Prepared,
)
from workbench.outreach.levelling.repair import Repairs
from workbench.outreach.wishes.kinds import KINDS

_WEEK, _CAP, _SILENT, _NO_WORKDAY, _OVER, _FULL, _CHOICE = (
    GROUNDS.index(code) for code in ("week", "cap", "silent", "no_workday", "over", "full", "choice")
)
_CARE, _MARKETING = KINDS.index("care"), KINDS.index("marketing")


class TouchRows:
    """Lists by row: those of the board, and `state`, `ground`, `into`, `day` (ordinal). Rows of wishes stand first, in the order
    in which they are placed, then those made for the cadence."""

    def __init__(self, ready: Prepared, reserve: Sequence[int] | None = None) -> None:
        self.ready = ready
        self.days: list[int] = ready.room.days.tolist()
        self.end = max(ready.room.end, self.days[-1]) if self.days else ready.start - 1
        caps, close_caps = caps_of(ready)
        sizes = np.unique(np.concatenate([ready.seconds, ready.cadence_seconds[ready.interval > 0]]))
        if reserve is None:
            level = level_of(ready, int(ready.room.seconds.sum()))
            reserve = [int(seconds * (1 - level)) for seconds in ready.room.seconds.tolist()]
        self.board = board = DayBoard(
            self.days,
            ready.room.seconds.tolist(),
            reserve,
            ready.limits.silent,
            caps,
            close_caps,
            sizes.tolist(),
        )
        self.chains = Chains(ready.interval.tolist(), ready.clock.tolist(), self.end)
        self.repairs = Repairs(board, self.chains)
        table, order = ready.wishes, ready.order
        kind = table.kind[order]
        board.who, board.seconds = ready.who.tolist(), ready.seconds.tolist()
        board.a, board.b, board.want = ready.a.tolist(), ready.b.tolist(), ready.want.tolist()
        board.at = [-1] * len(order)
        board.rank = list(range(0, 2 * len(order), 2))
        board.sort = (ready.channel * 2 + (kind == _MARKETING)).tolist()
        board.service = (kind == KINDS.index("service")).tolist()
        board.capped = table.capped[order].tolist()
        board.talk = table.talk[order].tolist()
        board.loose = [True] * len(order)
        board.size = np.searchsorted(sizes, ready.seconds).tolist()
        self.cadence_size: list[int] = np.searchsorted(sizes, ready.cadence_seconds).tolist()
        # numbers that are read once a touch: out of numpy
        self.cadence_seconds: list[int] = ready.cadence_seconds.tolist()
        self.cadence_sort: list[int] = (ready.cadence_channel * 2).tolist()
        self.opens: list[int] = ready.opens.tolist()
        self.hope: list[int] = ready.hope.tolist()
        self.keeps = bool((ready.kept > 0).any()) or bool(ready.kept_cadence)
        self.state = [-1] * len(order)
        self.ground = [0] * len(order)
        self.into = [-1] * len(order)
        self.day = [0] * len(order)
        #: of rows made for the cadence: (occurrence, first, last, wanted, kept day, chosen)
        self.made: list[list[int]] = []
        self.head_rank = 2 * int(np.searchsorted(ready.phase, HEAD_CADENCE)) - 1
        self.cadence_rank = 2 * int(np.searchsorted(ready.phase, CADENCES)) - 1
        self.head: list[bool] = ready.head.tolist()
        #: row -> row of the placement, once there is one
        self.place = np.zeros(0, np.int64)
        #: row that failed -> days that chains of moves cannot leave
        self.closed_rows: dict[int, tuple[int, int]] = {}
        #: customer -> occurrences of his cadence touches that are taken
        self.taken: dict[int, set[int]] = {}
        #: customer -> rows of kept cadence touches that are not yet needed
        self.waiting: dict[int, list[int]] = {}
        #: customer -> wishes that rank below the cadence and would meet it
        self.pending: dict[int, list[int]] = {}

    def closed(self) -> dict[int, tuple[int, int]]:
        """Row of the placement -> places of the days that no chain of moves leaves, for what is late or has no day."""
        return {int(self.place[row]): span for row, span in sorted(self.closed_rows.items())}

    def _made(
        self,
        who: int,
        occurrence: int,
        first: int,
        last: int,
        wanted: int,
        *,
        kept: int = 0,
        chosen: bool = False,
        rank: int = 0,
    ) -> int:
        """A new row for the cadence of a customer."""
        board = self.board
        taken = self.taken.setdefault(who, set())
        while occurrence in taken:
            occurrence += 1
        taken.add(occurrence)
        board.who.append(who)
        board.seconds.append(self.cadence_seconds[who])
        board.size.append(self.cadence_size[who])
        board.a.append(0)
        board.b.append(-1)
        board.want.append(0)
        board.at.append(-1)
        board.rank.append(rank)
        board.sort.append(self.cadence_sort[who])
        board.service.append(False)
        board.capped.append(True)
        board.loose.append(True)
        board.talk.append(True)
        self.state.append(-1)
        self.ground.append(0)
        self.into.append(-1)
        self.day.append(0)
        self.made.append([occurrence, first, last, wanted, kept, chosen])
        return len(board.who) - 1

    def _make_room(self, row: int, a: int, b: int, owed: bool) -> int:
        """A day of [a, b] with room after a repair, or after touches that rank lower gave way; -1 for none."""
        day = self.repairs.room_for(row, a, b)
        if day < 0 and owed:
            day = self.repairs.path_for(row, a, b)
        if day < 0 and self.keeps:
            day = self._given_way(row, a, b, owed)
        return day

    def _given_way(self, row: int, a: int, b: int, owed: bool) -> int:
        """A day of [a, b] that kept touches which rank lower have left, those of other customers for what is owed only; they look
        for another day when it is their turn."""
        board, want = self.board, self.board.want[row]
        for day in sorted(range(a, b + 1), key=lambda day: abs(day - want)):
            bar = board.bar(row, day)
            holder = board.holder(row, day) if bar == IN_WEEK else -1
            if bar not in (FREE, IN_WEEK) or (holder >= 0 and not self._gives_way(holder, row)):
                continue
            if holder >= 0:
                own = board.seconds[holder] if board.at[holder] == day else 0
                if board.free[day] + own < board.seconds[row]:
                    continue
                back = board.take(holder)
                if board.bar(row, day) != FREE:
                    board.put(holder, back)
                    continue
                self._gone(holder, self.days[back])
            short = board.seconds[row] - board.free[day]
            if short > 0 and not owed:
                continue
            lower = [other for some in board.on for other in some[day] if self._gives_way(other, row)]
            # one that is long enough, of the lowest rank; else the longest, so that few lose their day
            lower.sort(key=lambda other: (min(board.seconds[other], short), board.rank[other]), reverse=True)
            if sum(board.seconds[other] for other in lower) < short:
                continue
            for other in lower:
                if short <= 0:
                    break
                board.take(other)
                self._gone(other, self.days[day])
                short -= board.seconds[other]
            board.stuck[:] = [0] * len(board.stuck)
            return day
        return -1

    def _gives_way(self, other: int, row: int) -> bool:
        """Whether a kept touch ranks lower than another and no cadence was counted on it yet."""
        board, chains = self.board, self.chains
        if board.rank[other] <= board.rank[row] or board.at[other] < 0 or self.state[other] >= 0:
            return False
        who = chains.who.get(other)
        return who is None or (not chains.done[who] and chains.clock[who] < self.days[board.at[other]])

    def _gone(self, row: int, day: int) -> None:
        """A kept touch lost its day."""
        self.chains.lost(row, day)
        waiting = self.waiting.get(self.board.who[row], [])
        if row in waiting:
            waiting.remove(row)

    def _late_or_not(self, row: int, owed: bool) -> None:
        """A touch without a day in its span: late if it is owed, else merged, over a cap, or without room."""
        board = self.board
        a, b = board.a[row], board.b[row]
        if owed:
            if a <= b:
                self.closed_rows[row] = self.repairs.closed
            board.want[row] = a
            day = board.day_for(row, max(b + 1, a), len(self.days) - 1)
            if day >= 0:
                board.loose[row] = False
                board.put(row, day)
                self.state[row], self.ground[row] = LATE, _FULL if a <= b else _NO_WORKDAY
                if board.talk[row]:
                    self.chains.met(board.who[row], self.days[day], row)
                return
        if a > b:
            self.state[row], self.ground[row] = NO_ROOM, _NO_WORKDAY
            return
        if not board.capped[row] and not any(board.silent[a : b + 1]):
            self.state[row], self.ground[row] = NO_ROOM, _FULL
            return
        bars, week, far = set(), -1, len(self.days)
        for day in range(a, b + 1):
            bar = board.bar(row, day)
            bars.add(bar)
            if bar == IN_WEEK and abs(day - board.want[row]) < far:
                week, far = day, abs(day - board.want[row])
        if week >= 0:
            self.state[row], self.ground[row], self.into[row] = MERGED, _WEEK, board.holder(row, week)
        elif FREE in bars:
            self.state[row], self.ground[row] = NO_ROOM, _FULL
        elif OVER_CAP in bars:
            self.state[row], self.ground[row] = CAPPED, _CAP
        else:
            self.state[row], self.ground[row] = BARRED, _SILENT

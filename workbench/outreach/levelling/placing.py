"""`PlacingRun`: the touches put on the board one after the other, and what became of each."""

import numpy as np

from workbench.outreach.levelling.cadence_rows import CadenceRows
from workbench.outreach.levelling.placement import (
    CADENCE,
    GROUNDS,
    MERGED,
    NO_ROOM,
    PLANNED,
    Placement,
)
from workbench.outreach.levelling.preparing import (
    CADENCES,
    HEAD_CADENCE,
    REST,
    SERVICES,
)
from workbench.outreach.wishes.kinds import KINDS

_WEEK, _CAP, _SILENT, _NO_WORKDAY, _OVER, _FULL, _CHOICE = (
    GROUNDS.index(code) for code in ("week", "cap", "silent", "no_workday", "over", "full", "choice")
)
_CARE, _MARKETING = KINDS.index("care"), KINDS.index("marketing")

#: so many repairs are tried once all has been placed
_TRIES = 5000


class PlacingRun(CadenceRows):
    """One run over what is prepared."""

    def placement(self) -> Placement:
        """Place all of them."""
        self._logged()
        self._choose()
        self._bar()
        self._keep()
        phase = self.ready.phase
        edges = [int(np.searchsorted(phase, step)) for step in range(REST + 2)]
        self._pend(edges[REST], edges[REST + 1])
        self._wishes(edges[SERVICES], edges[HEAD_CADENCE])
        self._cadences(heads=True)
        self._wishes(edges[HEAD_CADENCE], edges[CADENCES])
        self._cadences(heads=False)
        self._wishes(edges[REST], edges[REST + 1])
        self._prune()
        self._once_more(edges[HEAD_CADENCE], edges[REST + 1])
        return self._columns()

    def _pend(self, first: int, end: int) -> None:
        board = self.board
        for row in range(first, end):
            if board.talk[row] and self.state[row] < 0 and self.chains.interval[board.who[row]]:
                self.pending.setdefault(board.who[row], []).append(row)

    def _wishes(self, first: int, end: int) -> None:
        board, at, state, a, b = self.board, self.board.at, self.state, self.board.a, self.board.b
        day_for, put = board.day_for, board.put
        for row in range(first, end):
            if at[row] >= 0 or state[row] >= 0:
                continue
            day = day_for(row, a[row], b[row])
            owed = board.service[row] or (
                board.talk[row] and board.rank[row] < self.head_rank and self.head[board.who[row]]
            )
            if day < 0 and a[row] <= b[row]:
                day = self._make_room(row, a[row], b[row], owed)
            if day >= 0:
                put(row, day)
                if board.talk[row]:
                    self.chains.met(board.who[row], self.days[day], row)
            else:
                self._late_or_not(row, owed)

    def _once_more(self, first: int, end: int) -> None:
        """Wishes that had no room or were merged for want of it, where some has been left since."""
        board, tries = self.board, _TRIES
        for row in range(first, end):
            if self.ground[row] not in (_FULL, _WEEK) or self.state[row] not in (NO_ROOM, MERGED):
                continue
            a, b = board.a[row], board.b[row]
            day = board.day_for(row, a, b)
            if day < 0 and tries:
                tries -= 1
                day = self.repairs.room_for(row, a, b)
            if day >= 0:
                self.state[row], self.ground[row], self.into[row] = -1, 0, -1
                board.put(row, day)
                if board.talk[row]:
                    self.chains.met(board.who[row], self.days[day], row)

    def _columns(self) -> Placement:
        ready, board, table = self.ready, self.board, self.ready.wishes
        days = np.array([*self.days, 0], np.int64)
        at = np.array(board.at, np.int64)
        day = np.where(at >= 0, days[at], np.array(self.day, np.int64))
        state = np.array(self.state, np.int64)
        state = np.where(state >= 0, state, np.where(at >= 0, PLANNED, NO_ROOM))
        wishes = len(ready.order)
        made = np.array(self.made, np.int64).reshape(-1, 6)
        who = np.array(board.who, np.int64)
        # a kept touch that the cadence no longer needs is no touch
        there = np.flatnonzero((np.array(self.state, np.int64) >= 0)[wishes:] | (at[wishes:] >= 0))
        there = there[np.lexsort((made[there, 0], who[wishes:][there]))] + wishes
        rows = np.concatenate([np.argsort(ready.order), there])
        place = np.full(len(who) + 1, -1, np.int64)
        place[rows] = np.arange(len(rows))
        self.place = place
        extra = made[there - wishes]
        cadence = who[there]

        def both(of_wishes: np.ndarray, of_cadence: np.ndarray | int | bool) -> np.ndarray:
            out = np.empty(len(rows), of_wishes.dtype)
            out[:wishes], out[wishes:] = of_wishes, of_cadence
            return out

        reasons = ready.reasons
        order = np.argsort(ready.order)
        return Placement(
            reasons=reasons, channels=ready.channels, grounds=ready.grounds,
            customer=both(table.customer, ready.customers[cadence]),
            reason=both(table.reason, reasons.index(CADENCE)), occurrence=both(table.occurrence, extra[:, 0]),
            kind=both(table.kind, _CARE), channel=np.array(board.sort, np.int64)[rows] // 2,
            priority=both(table.priority, ready.cadence_priority[cadence]),
            seconds=np.array(board.seconds, np.int64)[rows], first=both(table.first, extra[:, 1]),
            last=both(table.last, extra[:, 2]), wanted=both(table.wanted, extra[:, 3]),
            capped=both(table.capped, True), talk=both(table.talk, ready.cadence_talk[cadence]),
            rank=ready.rank[who[rows]], head=ready.head[who[rows]], day=day[rows], state=state[rows],
            ground=np.array(self.ground, np.int64)[rows], into=place[np.array(self.into, np.int64)[rows]],
            standing=both(np.maximum(ready.kept, 0)[order], extra[:, 4]),
            chosen=both(ready.chosen[order] >= 0, extra[:, 5] > 0),
        )  # fmt: skip

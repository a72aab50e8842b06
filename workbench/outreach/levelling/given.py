"""`GivenRows`: what stands before anything is placed: logged contacts, choices, what consent bars, kept days."""

from bisect import bisect_left

import numpy as np

from workbench.outreach.levelling.placement import (
    BARRED,
    GROUNDS,
    LEFT_OUT,
    NO_ROOM,
    PLANNED,
)
from workbench.outreach.levelling.rows import TouchRows
from workbench.outreach.wishes.kinds import KINDS

_WEEK, _CAP, _SILENT, _NO_WORKDAY, _OVER, _FULL, _CHOICE = (
    GROUNDS.index(code) for code in ("week", "cap", "silent", "no_workday", "over", "full", "choice")
)
_CARE, _MARKETING = KINDS.index("care"), KINDS.index("marketing")


class GivenRows(TouchRows):
    """In this order: contacts count, choices stand, the barred are out, kept days are taken while they may be."""

    def _logged(self) -> None:
        """Contacts that were logged count for the caps."""
        channels, board = self.ready.channels, self.board
        places = {id_: place for place, id_ in enumerate(self.ready.customers.tolist())}
        for id_, touches in sorted(self.ready.limits.lately.items()):
            who = places.get(id_)
            if who is None:
                continue
            board.closely.add(who)
            for touch in touches:
                channel = channels.index(touch.channel) if touch.channel in channels else len(channels)
                board.capped_of.setdefault(who, []).append((touch.day, channel * 2 + touch.marketing, -1))

    def _choose(self) -> None:
        """What the manager decided stands, whatever it breaks."""
        chosen = self.ready.chosen
        for row in np.flatnonzero(chosen >= 0).tolist():
            self._set(row, int(chosen[row]))
        for id_, touches in sorted(self.ready.chosen_cadence.items()):
            who = int(np.searchsorted(self.ready.customers, id_))
            if who == len(self.ready.customers) or self.ready.customers[who] != id_:
                continue
            if not self.ready.interval[who]:
                continue
            for day, occurrence in touches:
                row = self._made(who, occurrence, occurrence, occurrence, occurrence, chosen=True)
                self._set(row, day)
                if not day:
                    self.chains.met(who, occurrence, row)

    def _set(self, row: int, day: int) -> None:
        board = self.board
        board.loose[row] = False
        if not day:
            self.state[row], self.ground[row] = LEFT_OUT, _CHOICE
            return
        self.state[row], self.day[row] = PLANNED, day
        if board.capped[row]:
            board.closely.add(board.who[row])
        place = bisect_left(self.days, day)
        if place < len(self.days) and self.days[place] == day:
            board.put(row, place)
        elif board.capped[row]:
            board.stand_off(row, day)
        if board.talk[row]:
            self.chains.met(board.who[row], day, row)

    def _bar(self) -> None:
        """Wishes that consent bars, whose span has no workday or is over."""
        ready, state = self.ready, self.state
        last = ready.wishes.last[ready.order]
        void = (ready.ground > 0) | (ready.a > ready.b)
        for row in np.flatnonzero(void).tolist():
            if state[row] >= 0:
                continue
            if ready.ground[row] or (ready.held[row] and ready.first[row] > last[row]):
                state[row], self.ground[row] = BARRED, int(ready.ground[row] or ready.held[row])
            elif last[row] < ready.start:
                state[row], self.ground[row] = NO_ROOM, _OVER
            elif not self.board.service[row]:
                state[row], self.ground[row] = NO_ROOM, _NO_WORKDAY

    def _keep(self) -> None:
        """The days of the standing plan, for as long as nothing above them needs the room."""
        kept, board = self.ready.kept, self.board
        for row in np.flatnonzero(kept > 0).tolist():
            if self.state[row] < 0:
                day = bisect_left(self.days, int(kept[row]))
                if board.a[row] <= day <= board.b[row] and self.days[day] == kept[row]:
                    self._put_if_free(row, day)
        customers = self.ready.customers
        for id_, touches in sorted(self.ready.kept_cadence.items()):
            who = int(np.searchsorted(customers, id_))
            if who == len(customers) or customers[who] != id_ or not self.ready.interval[who]:
                continue
            if self.ready.cadence_ground[who]:
                continue
            taken = self.taken.setdefault(who, set())
            for at, occurrence in touches:
                day = bisect_left(self.days, at)
                if day == len(self.days) or self.days[day] != at or occurrence in taken:
                    continue
                rank = self.head_rank if self.head[who] else self.cadence_rank
                row = self._made(who, occurrence, at, at, at, kept=at, rank=rank)
                board.a[row] = board.b[row] = board.want[row] = day
                board.loose[row] = False
                if board.free[day] >= board.seconds[row] and not board.bar(row, day):
                    board.put(row, day)
                    self.waiting.setdefault(who, []).append(row)

    def _put_if_free(self, row: int, day: int) -> None:
        board = self.board
        if board.free[day] >= board.seconds[row] and not board.bar(row, day):
            board.put(row, day)
            if board.talk[row]:
                self.chains.met(board.who[row], self.days[day], row)

"""`PlacingRun`: the touches put on the board one after the other, and what became of each."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from workbench.outreach.levelling.board import FREE, IN_WEEK, OVER_CAP, Cap, DayBoard
from workbench.outreach.levelling.chains import Chains
from workbench.outreach.levelling.placement import (
    BARRED,
    CADENCE,
    CAPPED,
    GROUNDS,
    LATE,
    LEFT_OUT,
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
    Prepared,
)
from workbench.outreach.levelling.repair import Repairs
from workbench.outreach.wishes.wish_table import KINDS

_WEEK, _CAP, _SILENT, _NO_WORKDAY, _OVER, _FULL, _CHOICE = (
    GROUNDS.index(code) for code in ("week", "cap", "silent", "no_workday", "over", "full", "choice")
)
_CARE, _MARKETING = KINDS.index("care"), KINDS.index("marketing")


class PlacingRun:
    """One run over what is prepared. Lists by row: those of the board, and `state`, `ground`, `into`, `day` (ordinal), ..."""

    def __init__(self, ready: Prepared, reserve: Sequence[int] | None = None) -> None:
        self.ready = ready
        self.days: list[int] = ready.room.days.tolist()
        self.end = self.days[-1] if self.days else ready.start - 1
        caps, close_caps = _caps(ready)
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
        #: row that failed -> days that chains of moves cannot leave
        self.closed_rows: dict[int, tuple[int, int]] = {}
        #: customer -> occurrences of his cadence touches that are taken
        self.taken: dict[int, set[int]] = {}
        #: customer -> rows of kept cadence touches that are not yet needed
        self.waiting: dict[int, list[int]] = {}
        #: customer -> wishes that rank below the cadence and would meet it
        self.pending: dict[int, list[int]] = {}

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
        if self._pruned():
            self._once_more(edges[REST], edges[REST + 1])
        return self._columns()

    def closed(self) -> dict[int, tuple[int, int]]:
        """Row of the placement -> places of the days that no chain of moves leaves, for what is late or has no day."""
        return {int(self.place[row]): span for row, span in sorted(self.closed_rows.items())}

    # -- what stands before anything is placed ---------------------------------------------------------------------

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

    def _pend(self, first: int, end: int) -> None:
        board = self.board
        for row in range(first, end):
            if board.talk[row] and self.state[row] < 0 and self.chains.interval[board.who[row]]:
                self.pending.setdefault(board.who[row], []).append(row)

    # -- wishes ----------------------------------------------------------------------------------------------------

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

    # -- cadences --------------------------------------------------------------------------------------------------

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
        first = max(soonest, int(self.ready.opens[who]))
        if clock == chains.start[who]:
            first = max(clock + 1, int(self.ready.opens[who]))
        a, b = bisect_left(days, first), bisect_right(days, due) - 1
        hope = int(self.ready.hope[who]) if clock == chains.start[who] else 0
        wanted = hope or max(first, due - interval // 10)
        row = self._waiting_touch(who, clock, due)
        if row >= 0:
            self._span_known(row, first, due, wanted)
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
        board, ready = self.board, self.ready
        taken = self.taken.setdefault(who, set())
        while occurrence in taken:
            occurrence += 1
        taken.add(occurrence)
        board.who.append(who)
        board.seconds.append(int(ready.cadence_seconds[who]))
        board.size.append(self.cadence_size[who])
        board.a.append(0)
        board.b.append(-1)
        board.want.append(0)
        board.at.append(-1)
        board.rank.append(rank)
        board.sort.append(int(ready.cadence_channel[who]) * 2)
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

    def _pruned(self) -> bool:
        """Take off the cadence touches that wishes placed after them made superfluous. Returns whether there were any."""
        chains, wishes, pruned = self.chains, len(self.ready.order), False
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
                pruned = True
        return pruned

    def _once_more(self, first: int, end: int) -> None:
        """Wishes that had no room, where some has been left since."""
        board = self.board
        for row in range(first, end):
            if self.state[row] == NO_ROOM and self.ground[row] == _FULL:
                day = board.day_for(row, board.a[row], board.b[row])
                if day >= 0:
                    self.state[row], self.ground[row] = -1, 0
                    board.put(row, day)

    # -- what came of it -------------------------------------------------------------------------------------------

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


def _caps(ready: Prepared) -> tuple[tuple[tuple[Cap, ...], ...], tuple[tuple[Cap, ...], ...]]:
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
    return min(1.0, 1.1 * needed / capacity + 0.02) if capacity else 1.0

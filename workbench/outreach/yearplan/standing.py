"""What stands of an earlier planning: what is done, what is past, which days should be kept; and the new touches joined to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from workbench.base.dates import ordinal
from workbench.outreach.levelling.placement import TouchDays
from workbench.outreach.wishes.wish_table import Flags, Whole, WishTable
from workbench.outreach.yearplan.choices import TouchKey
from workbench.outreach.yearplan.touch_columns import STATES, TouchColumns, joined, key_of, ordinals

_PLANNED, _LATE, _LEFT_OUT, _DONE = (STATES.index(one) for one in ("planned", "late", "left_out", "done"))
_CHOSEN = "chosen:"


@dataclass(frozen=True, slots=True)
class StoodTouches:
    """The touches of an earlier planning on the eve of a new one that begins on `start` (ordinal). `own`: as the plan had them,
    what was chosen left aside; `done`, `past`: which of them are done, or lay before the start."""

    touches: TouchColumns
    own: TouchColumns
    done: Flags
    past: Flags
    start: int

    @classmethod
    def of(
        cls, touches: TouchColumns, reached: Mapping[int, tuple[int, ...]], start: int, today: int
    ) -> "StoodTouches":
        """`reached`: customer id -> days on which a contact reached him. One within the span of a touch, in the week of its day
        or later, did it."""
        when = touches.day.copy()
        done = touches.state == _DONE
        open_ = touches.state_is("planned", "late") & (touches.first <= today)
        for row in np.flatnonzero(open_ & np.isin(touches.customer, list(reached))).tolist():
            monday = int(touches.day[row]) - (int(touches.day[row]) - 1) % 7
            for day in reached[int(touches.customer[row])]:
                if max(int(touches.first[row]), monday) <= day <= min(int(touches.last[row]), today):
                    when[row], done[row] = day, True
                    break
        touches = replace(
            touches, day=when, state=np.where(done, _DONE, touches.state), why=np.where(done, 0, touches.why)
        )
        past = ~done & (np.where(touches.day > 0, touches.day, touches.wanted) < start)
        return cls(touches, own_of(touches), done, past, start)

    def open_wishes(self, wishes: WishTable, choices: Mapping[TouchKey, str]) -> WishTable:
        """The wishes that are still to be placed: not what is done, nor what was put on a day that is over."""
        reasons = tuple(dict.fromkeys((*self.touches.reasons, *wishes.reasons)))
        settled = self.touches.keys(reasons)[self.done]
        over = [key for key, day in choices.items() if day and ordinal(day) < self.start]
        settled = np.concatenate([settled, _keys(over, reasons)])
        places = {code: place for place, code in enumerate(reasons)}
        known = np.array([places[code] for code in wishes.reasons] or [0], np.int64)
        reason = known[wishes.reason] if len(wishes.reason) else wishes.reason
        keys = key_of(wishes.customer, reason, wishes.occurrence)
        return some_wishes(wishes, ~np.isin(keys, settled))

    def kept(self) -> TouchDays:
        """The days that the new planning should keep."""
        own = self.own
        on = ~self.done & own.state_is("planned", "late") & (own.day >= self.start)
        return TouchDays(own.reasons, own.customer[on], own.reason[on], own.occurrence[on], own.day[on])

    def joined(self, made: TouchColumns, chosen: Flags) -> TouchColumns:
        """What is done and what is past, with the touches that were made; `chosen`: which of them stand as somebody decided."""
        reasons = tuple(dict.fromkeys((*self.touches.reasons, *made.reasons)))
        old, new = self.own.keys(reasons), made.keys(reasons)
        stays = (self.done | self.past) & ~np.isin(old, new)
        made = self._with_the_past(made, chosen, old, new)
        return joined([self.touches.some(stays), made])

    def _with_the_past(self, made: TouchColumns, chosen: Flags, old: Whole, new: Whole) -> TouchColumns:
        """The new touches with what is known of them: when their span began, which day they had."""
        order = np.argsort(old, kind="stable")
        place = np.minimum(np.searchsorted(old[order], new), max(len(old) - 1, 0))
        known = old[order][place] == new if len(old) else np.zeros(len(new), bool)
        at = order[place] if len(old) else place

        def was(name: str, missing: Whole) -> Whole:
            """A column as it stood, for those that stood."""
            return np.where(known, getattr(self.own, name)[at], missing) if len(old) else missing

        first = np.where(
            made.first <= self.start, np.minimum(was("first", made.first), made.first), made.first
        )
        wanted = np.where(
            made.wanted <= self.start, np.minimum(was("wanted", made.wanted), made.wanted), made.wanted
        )
        day = was("day", np.zeros_like(made.day))
        moved = np.where(chosen | (day != made.day) & (made.day > 0), day, 0)
        made = replace(made, first=first, wanted=wanted, moved_from=moved)
        return self._chosen(made, chosen, known, at)

    def _chosen(self, made: TouchColumns, chosen: Flags, known: Flags, at: Whole) -> TouchColumns:
        """Those that somebody decided about, with what the plan would do by itself in their ground."""
        grounds = list(made.grounds)
        why = made.why.copy()
        for row in np.flatnonzero(chosen).tolist():
            state, ground = "planned", ""
            if known[row]:
                state = STATES[int(self.own.state[at[row]])]
                ground = self.own.grounds[int(self.own.why[at[row]])]
            word = f"{_CHOSEN}{state}:{ground}"
            if word not in grounds:
                grounds.append(word)
            why[row] = grounds.index(word)
        state_now = np.where(chosen, np.where(made.day > 0, _PLANNED, _LEFT_OUT), made.state)
        return replace(made, grounds=tuple(grounds), why=why, state=state_now)


def own_of(touches: TouchColumns) -> TouchColumns:
    """The touches as the plan had them, what was chosen left aside."""
    grounds, state, why = list(touches.grounds), touches.state.copy(), touches.why.copy()
    day, moved = touches.day.copy(), touches.moved_from.copy()
    for place, ground in enumerate(touches.grounds):
        if not ground.startswith(_CHOSEN):
            continue
        _word, was, before = ground.split(":", 2)
        rows = (touches.why == place) & (touches.state != _DONE)
        if before not in grounds:
            grounds.append(before)
        state[rows], why[rows] = STATES.index(was), grounds.index(before)
        placed = STATES.index(was) in (_PLANNED, _LATE)
        day[rows] = np.where(moved[rows] > 0, moved[rows], day[rows]) if placed else 0
        moved[rows] = 0
    return replace(touches, grounds=tuple(grounds), state=state, why=why, day=day, moved_from=moved)


def chosen_days(choices: Mapping[TouchKey, str], start: int) -> TouchDays:
    """The choices that a planning from `start` (ordinal) on has to keep to."""
    in_force = sorted((key, day) for key, day in choices.items() if not day or ordinal(day) >= start)
    reasons = tuple(dict.fromkeys(key[1] for key, _day in in_force))
    return TouchDays(
        reasons,
        np.array([key[0] for key, _day in in_force], np.int64),
        np.array([reasons.index(key[1]) for key, _day in in_force], np.int64),
        ordinals(key[2] for key, _day in in_force),
        ordinals(day for _key, day in in_force),
    )


def some_wishes(wishes: WishTable, which: Flags) -> WishTable:
    """The wishes of a mask."""
    columns = {
        name: getattr(wishes, name)[which]
        for name in WishTable.__dataclass_fields__
        if name not in ("reasons", "channels")
    }
    return replace(wishes, **columns)


def _keys(touches: list[TouchKey], reasons: tuple[str, ...]) -> Whole:
    some = [key for key in touches if key[1] in reasons]
    return key_of(
        np.array([key[0] for key in some], np.int64),
        np.array([reasons.index(key[1]) for key in some], np.int64),
        ordinals(key[2] for key in some),
    )

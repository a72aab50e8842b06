"""The fold of the stages: one month of all customers is one step over whole columns (domain 3)."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from workbench.insight.levels.folding import NONE, Flags, LevelStep, Wholes, stepped
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.lines import (
    DEFENCE,
    GROUNDS,
    HONEYMOON,
    NEW,
    ORANGE,
    POOL,
    RED,
    STEADY,
    UNKNOWN,
    WIN_BACK,
    StageLines,
)

#: whether customers, by their places, are ripe for the steady stage: products and KYC known and reached
Ripe = Callable[[Wholes], Flags]


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What a month tells of the customers of a state, in its order; fen (MISSING: not told), days as ordinals (0: none).

    `listed`: the month's list has him; `highs`: the highest daily average of four months; `peaks`: of twelve; `lights`: the
    height of the light, UNKNOWN where the check cannot tell; `gap`: months without a list before it.
    """

    month: str
    day: int
    listed: Flags
    averages: Wholes
    balances: Wholes
    highs: Wholes
    peaks: Wholes
    lights: Wholes
    opened: Wholes
    closed: Wholes
    referred: Wholes
    ripe: Ripe
    gap: int = 0


@dataclass(frozen=True, slots=True)
class StageState:
    """Where customers, by id, stand after a month; what the next step follows from beside its facts.

    `stage` and `line` (the level lost by who stands in J5) as places, NONE: none; `clean`, `back`: months in a row; `peak` fen;
    `fell`: the day on which a level was lost that still counts, 0: none; `closed`: the closing was heeded; `light` of the month;
    `daily`: the list told a daily average; the last four are those of `LevelStep`.
    """

    customers: Wholes
    stage: Wholes
    since: Wholes
    clean: Wholes
    back: Wholes
    line: Wholes
    peak: Wholes
    fell: Wholes
    closed: Wholes
    light: Wholes
    daily: Wholes
    level: Wholes
    watch: Wholes
    best: Wholes
    coming: Wholes

    @classmethod
    def unseen(cls, customers: Wholes) -> "StageState":
        """Before any month."""
        start = dict.fromkeys(COLUMNS, 0) | {
            "stage": NONE, "line": NONE, "peak": MISSING, "light": UNKNOWN, "level": NONE, "coming": NONE,
        }  # fmt: skip
        return cls(customers, **{name: np.full(len(customers), value) for name, value in start.items()})

    def of(self, customers: Wholes) -> "StageState":
        """The same of these customers, in their order; those it does not know as before any month."""
        if len(customers) == len(self.customers) and np.array_equal(customers, self.customers):
            return self
        known = np.isin(customers, self.customers)
        places = np.searchsorted(self.customers, customers[known])
        other = StageState.unseen(customers)
        for name in COLUMNS:
            getattr(other, name)[known] = getattr(self, name)[places]
        return other

    def levels(self) -> LevelStep:
        """The levels after the month."""
        start = LevelStep.unseen(len(self.customers))
        return LevelStep(
            self.level, self.watch, self.best, self.coming, start.before, start.reached, start.entered,
            start.fell, start.rose,
        )  # fmt: skip


#: the columns of a state beside its customers
COLUMNS = tuple(one.name for one in fields(StageState))[1:]


@dataclass(frozen=True, slots=True)
class Moves:
    """Who moved in a month, a row each: stages and grounds by their numbers, `since` as an ordinal, fen (MISSING: none)."""

    month: str
    customers: Wholes
    stage: Wholes
    since: Wholes
    before: Wholes
    ground: Wholes
    average: Wholes
    balance: Wholes
    high: Wholes
    line: Wholes
    light: Wholes


@dataclass(slots=True)
class _Step:
    """The decisions of one step, the first of each customer counting."""

    stage: Wholes
    since: Wholes
    ground: Wholes
    open: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.open = np.ones(len(self.stage), dtype=np.bool_)

    def move(self, some: Flags, stage: Any, ground: str, since: Wholes | int) -> Flags:
        """Moves those of `some` who have not moved yet; returns them."""
        some = some & self.open
        self.stage = np.where(some, stage, self.stage)
        self.since = np.where(some, since, self.since)
        self.ground[some] = GROUNDS.index(ground)
        self.open &= ~some
        return some

    def stay(self, some: Flags) -> None:
        """Nobody of `some` moves in this month."""
        self.open &= ~some


def advanced(state: StageState, facts: MonthFacts, by: StageLines) -> tuple[StageState, Moves]:
    """The state after a month, and who moved in it. Each customer moves once at most; the call to who is red and not gone
    comes first, then J5, J4, J2, J3, J1, J0."""
    lines = np.array(by.ladder.lines)
    day, line = facts.day, by.line
    levels, dropped = state.levels(), np.zeros(len(state.stage), dtype=np.bool_)
    blank = np.full(len(state.stage), MISSING)
    for _month in range(facts.gap):
        levels = stepped(levels, blank, by.ladder, by.policy)
        dropped |= levels.fell
    levels = stepped(levels, facts.averages, by.ladder, by.policy)
    dropped |= levels.fell

    average = facts.averages
    balance = np.where(facts.balances == MISSING, average, facts.balances)
    known, known_balance = average != MISSING, balance != MISSING
    met = known & (average >= line)
    under = known & (average < line)
    left = np.maximum(balance, 0)
    peak = np.maximum(state.peak, average)
    reaches = np.searchsorted(lines, average, side="right") - 1
    reached = np.searchsorted(lines, state.peak, side="right") - 1
    first_at_line = met & (state.peak != MISSING) & (reaches > reached) & (lines[reaches] >= line)
    in_force = levels.level != NONE
    holds_level = in_force & (lines[levels.level] >= line)

    is_closed = (facts.closed > 0) & (facts.closed <= day)
    closing = is_closed & (state.closed == 0) & (peak >= line)
    with np.errstate(divide="ignore", invalid="ignore"):
        lost = (
            known_balance
            & (facts.highs != MISSING)
            & (facts.highs >= line)
            & (1 - left / facts.highs > by.gone)
        )
    fell = np.where(dropped, day, state.fell)
    recently = (fell > 0) & (day - fell <= by.heeded_days)
    fallen = recently & known_balance & (facts.peaks >= line) & (left <= by.fallen * facts.peaks)
    lit = facts.lights >= ORANGE
    call = (facts.lights == RED) & ~lost & ~is_closed

    clean = np.where(lit, 0, state.clean + (facts.lights != UNKNOWN))
    former = np.where(state.line == NONE, 0, lines[np.maximum(state.line, 0)])
    is_back = average >= by.back_share * former
    back = np.where(known, np.where(is_back, state.back + 1, 0), state.back)

    was = state.stage
    lasted = day - state.since
    step = _Step(was.copy(), state.since.copy(), np.full(len(was), NONE))
    acts = facts.listed | closing
    step.stay(~acts)

    # J4 before J5 for the red, then J5
    step.move(call & (was != DEFENCE), DEFENCE, "light", day)
    step.stay(call)
    enters = was != WIN_BACK
    by_lost = step.move(enters & lost, WIN_BACK, "lost", day)
    by_closing = step.move(enters & closing, WIN_BACK, "closed", facts.closed)
    by_fall = step.move(enters & fallen, WIN_BACK, "fallen", day)
    # who is lost again does not leave; who leaves under a light is called first
    home = was == WIN_BACK
    returned = home & ~lost & (back >= by.back_months) & ~is_closed
    over = home & ~lost & (lasted >= by.lapse_days)
    step.move((returned | over) & lit & ~is_closed, DEFENCE, "light", day)
    step.move(returned, NEW, "returned", day)
    step.move(over, np.where(met, STEADY, POOL), "lapsed", day)
    step.stay(home)

    step.move(lit & (was != DEFENCE), DEFENCE, "light", day)
    home = was == DEFENCE
    keeps = met | (~known & holds_level)
    step.move(home & (clean >= by.clean_months), np.where(keeps, STEADY, POOL), "cleared", day)
    step.stay(home)

    # under the line: the honeymoon of who opened lately or was referred, else the pool
    opened_for, referred_for = day - facts.opened, day - facts.referred
    opened = (facts.opened > 0) & (opened_for >= 0)
    honeymoon = opened & (opened_for <= by.honeymoon_days)
    referred = (facts.referred > 0) & (referred_for >= 0) & (referred_for <= by.referred_days)

    def falls(some: Flags, ground: str) -> None:
        """Moves who lost the line."""
        step.move(some & honeymoon & (was != HONEYMOON), HONEYMOON, "opened", facts.opened)
        step.move(some & referred & ~honeymoon & (was != HONEYMOON), HONEYMOON, "referred", facts.referred)
        step.stay(some & (honeymoon | referred))
        step.move(some & (was != POOL), POOL, ground, day)
        step.stay(some)

    home = was == NEW
    holds = met | ~under | holds_level
    falls(home & (average < by.back_share * line) & under & ~holds_level, "below")
    over = home & (lasted >= by.forced_days)
    early = home & ~over & step.open & (lasted >= by.qualified_days)
    ripe = np.zeros(len(was), dtype=np.bool_)
    if early.any():
        places = np.flatnonzero(early)
        ripe[places] = facts.ripe(places)
    step.move(early & ripe & holds, STEADY, "ripe", day)
    step.move(over & holds, STEADY, "immature", day)
    falls((over | (early & ripe)) & ~holds, "below")
    step.stay(home)

    step.move(first_at_line, NEW, "qualified", day)
    home = was == STEADY
    falls(home & under & ~holds_level, "below")
    step.stay(home)
    new = opened & (opened_for <= by.opened_days)
    step.move(met & new, NEW, "opened_met", np.where(was == NONE, facts.opened, day))
    step.move(met, STEADY, "steady", day)
    falls(under & (was == HONEYMOON), "expired")
    falls(under, "pool")

    moved = step.ground != NONE
    since = np.where(moved & (was != NONE), np.maximum(step.since, state.since), step.since)
    high = np.where(by_fall, facts.peaks, np.where(by_closing, peak, facts.highs))
    rung = np.maximum(np.searchsorted(lines, high, side="right") - 1, 0)
    to_win = by_lost | by_closing | by_fall
    leaves = moved & (was == WIN_BACK)
    after = StageState(
        state.customers,
        step.stage,
        since,
        np.where(moved, 0, clean),
        np.where(moved, 0, back),
        np.where(to_win, rung, np.where(leaves, NONE, state.line)),
        peak,
        np.where(to_win | (step.stage == WIN_BACK) | leaves, 0, fell),
        (is_closed & (peak != MISSING)).astype(np.int64),
        facts.lights,
        state.daily,
        levels.level,
        levels.watch,
        levels.best,
        levels.coming,
    )
    some = np.flatnonzero(moved)
    # what he is held against: the line lost, the one reached for the first time, else that of qualifying
    held = np.where(to_win, lines[rung], np.where(leaves & (step.stage == NEW), former, line))
    held = np.where(step.ground == GROUNDS.index("qualified"), lines[np.maximum(reaches, 0)], held)
    return after, Moves(
        facts.month, state.customers[some], step.stage[some], since[some], was[some], step.ground[some],
        average[some], balance[some], high[some], held[some], facts.lights[some],
    )  # fmt: skip

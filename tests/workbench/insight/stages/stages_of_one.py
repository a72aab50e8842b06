"""The stages of one customer month by month, as the handbook tells them: plain steps to hold the fold over columns against."""

from dataclasses import dataclass

from workbench.insight.levels.movement import fold
from workbench.insight.stages.lines import StageLines


@dataclass(frozen=True)
class Month:
    """What a month tells of one customer: fen, ordinals; `light` 0 to 3, None: it cannot tell; `ripe`: products and KYC."""

    day: int
    average: int | None = None
    balance: int | None = None
    high: int | None = None
    light: int | None = None
    ripe: bool = False


class OneCustomer:
    """Where one customer stands; `moves`: (place of the month, stage, since, ground)."""

    def __init__(self, by: StageLines, opened: int = 0, closed: int = 0, referred: int = 0) -> None:
        self.by, self.opened, self.closed, self.referred = by, opened, closed, referred
        self.stage: str | None = None
        self.since = self.clean = self.back = self.former = self.fell = 0
        self.heeded = False
        self.averages: list[int | None] = []
        self.moves: list[tuple[int, str, int, str]] = []

    def step(self, month: Month) -> None:
        """One month further; a month without an average and without a light is one that does not list him."""
        by, earlier = self.by, [one for one in self.averages if one is not None]
        self.averages.append(month.average)
        names = [f"{place:03d}" for place in range(len(self.averages))]
        trail = fold(self.averages, by.ladder, by.policy, names)
        if trail.downgraded == names[-1]:
            self.fell = month.day
        held = bool(trail.tier) and by.ladder.lines[by.ladder.codes.index(trail.tier or "")] >= by.line
        told = [one for one in self.averages if one is not None]
        peak = max(told, default=0)
        is_closed = 0 < self.closed <= month.day
        closing = is_closed and not self.heeded and peak >= by.line
        self.heeded = is_closed and bool(told)
        lit = (month.light or 0) >= 2
        if lit:
            self.clean = 0
        elif month.light is not None:
            self.clean += 1
        if month.average is not None:
            self.back = self.back + 1 if month.average >= by.back_share * self.former else 0
        listed = month.average is not None or month.light is not None
        if listed or closing:
            found = self._next(month, earlier, peak, is_closed=is_closed, closing=closing, held=held)
            if found is not None:
                self._move(month, peak, *found)
        if self.stage == "J5":
            self.fell = 0

    def _move(self, month: Month, peak: int, stage: str, ground: str, since: int) -> None:
        if self.stage is not None:
            since = max(since, self.since)
        if self.stage == "J5":
            self.fell = self.former = 0
        if stage == "J5":
            high = {"lost": month.high, "closed": peak, "fallen": self._peak12()}[ground] or 0
            self.former = self.by.ladder.line(high)
        self.stage, self.since, self.clean, self.back = stage, since, 0, 0
        self.moves.append((len(self.averages) - 1, stage, since, ground))

    def _peak12(self) -> int:
        return max([one for one in self.averages[-12:] if one is not None], default=-1)

    def _next(
        self, month: Month, earlier: list[int], peak: int, *, is_closed: bool, closing: bool, held: bool
    ) -> tuple[str, str, int] | None:
        by, day, average, stage = self.by, month.day, month.average, self.stage
        balance = average if month.balance is None else month.balance
        met = average is not None and average >= by.line
        under = average is not None and average < by.line
        lasted = day - self.since
        lost = (
            balance is not None and month.high is not None and month.high >= by.line
            and 1 - max(balance, 0) / month.high > by.gone
        )  # fmt: skip
        fallen = (
            self.fell > 0 and day - self.fell <= by.heeded_days and balance is not None
            and self._peak12() >= by.line and max(balance, 0) <= by.fallen * self._peak12()
        )  # fmt: skip
        if month.light == 3 and not lost and not is_closed:
            return None if stage == "J4" else ("J4", "light", day)
        if stage != "J5":
            if lost:
                return "J5", "lost", day
            if closing:
                return "J5", "closed", self.closed
            if fallen:
                return "J5", "fallen", day
        if stage == "J5":
            returned = self.back >= by.back_months and not is_closed
            if lost or not (returned or lasted >= by.lapse_days):
                return None
            if (month.light or 0) >= 2 and not is_closed:
                return "J4", "light", day
            return ("J2", "returned", day) if returned else ("J3" if met else "J0", "lapsed", day)
        return self._without_loss(month, earlier, met=met, under=under, held=held)

    def _without_loss(
        self, month: Month, earlier: list[int], *, met: bool, under: bool, held: bool
    ) -> tuple[str, str, int] | None:
        by, day, average, stage = self.by, month.day, month.average, self.stage
        lasted = day - self.since
        if stage == "J4":
            if self.clean >= by.clean_months:
                return "J3" if met or (average is None and held) else "J0", "cleared", day
            return None
        if (month.light or 0) >= 2:
            return "J4", "light", day
        if stage == "J2":
            return self._new_value(month, lasted, under=under, held=held)
        first = met and bool(earlier) and by.ladder.line(average or 0) > by.ladder.line(max(earlier))
        if first and by.ladder.line(average or 0) >= by.line:
            return "J2", "qualified", day
        if stage == "J3":
            return self._below(day, "below") if under and not held else None
        if met and self.opened and 0 <= day - self.opened <= by.opened_days:
            return "J2", "opened_met", self.opened if stage is None else day
        if met:
            return "J3", "steady", day
        return self._below(day, "expired" if stage == "J1" else "pool") if under else None

    def _new_value(
        self, month: Month, lasted: int, *, under: bool, held: bool
    ) -> tuple[str, str, int] | None:
        by = self.by
        if under and not held and (month.average or 0) < by.back_share * by.line:
            return self._below(month.day, "below")
        over = lasted >= by.forced_days
        if not over and not (lasted >= by.qualified_days and month.ripe):
            return None
        if under and not held:
            return self._below(month.day, "below")
        return "J3", "immature" if over else "ripe", month.day

    def _below(self, day: int, ground: str) -> tuple[str, str, int] | None:
        """Where somebody under the line stands."""
        found: tuple[str, str, int] = ("J0", ground, day)
        if self.referred and 0 <= day - self.referred <= self.by.referred_days:
            found = ("J1", "referred", self.referred)
        if self.opened and 0 <= day - self.opened <= self.by.honeymoon_days:
            found = ("J1", "opened", self.opened)
        return None if found[0] == self.stage else found

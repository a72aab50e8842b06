"""The ladder of assets: level, tower, distance to the lines and what to deposit today (domain 1)."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, literal

from workbench.base.expressions import always_null, untold
from workbench.rules.parameters import Rules

#: The level of a sleeping customer stands below the ladder.
ASLEEP = "L0"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Levels from the lowest up, with their lines in fen of the monthly daily average, and the rule of sleep."""

    codes: tuple[str, ...]
    lines: tuple[int, ...]
    towers: tuple[str, ...]
    sleep_below: int
    sleep_days: int

    @classmethod
    def of(cls, rules: Rules) -> "Ladder":
        """The ladder of the rules in force; its lines in fen."""
        return cls(
            rules.words("tiers.codes"),
            tuple(round(line * 100) for line in rules.numbers("tiers.lines")),
            rules.words("tiers.towers"),
            round(rules.number("tiers.sleep_below") * 100),
            rules.whole("tiers.sleep_days"),
        )

    # -- one customer --------------------------------------------------------------------------------------

    def level(
        self, average: int | None, last_active: str | None = None, as_of: str | None = None
    ) -> str | None:
        """The level of a daily average in fen; None when it is not told. Asleep only when inactivity is told."""
        if average is None:
            return None
        if average < self.sleep_below and last_active and as_of and last_active < self.asleep_since(as_of):
            return ASLEEP
        return self.codes[self._place(average)]

    def _place(self, average: int) -> int:
        return max(bisect_right(self.lines, average) - 1, 0)

    def asleep_since(self, as_of: str) -> str:
        """Last active before this date (ISO) counts as inactive for the days of the rule."""
        return (dt.date.fromisoformat(as_of) - dt.timedelta(days=self.sleep_days - 1)).isoformat()

    def line(self, average: int) -> int:
        """The line in fen of the level that a daily average reaches."""
        return self.lines[self._place(average)]

    def next_line(self, average: int) -> int | None:
        """The line of the next level in fen; None at the top."""
        place = self._place(average) + 1
        return self.lines[place] if place < len(self.lines) else None

    def to_upgrade(self, average: int | None) -> int | None:
        """Fen missing to the next line; None when not told or at the top."""
        above = None if average is None else self.next_line(average)
        return None if above is None or average is None else above - average

    def to_keep(self, average: int | None) -> int | None:
        """Fen above the own line; None when not told."""
        return None if average is None else average - self.line(average)

    def tower(self, level: str | None) -> str | None:
        """The tower's key ('base', 'waist_low', ... 'top') of a level; None when unknown."""
        if level is None:
            return None
        return self.towers[self.codes.index(level)] if level in self.codes else self.towers[0]

    # -- all customers -------------------------------------------------------------------------------------

    def level_of(
        self, average: ColumnElement[int], last_active: ColumnElement[str], as_of: str
    ) -> ColumnElement[str | None]:
        """The same level as an SQL expression."""
        asleep = and_(average < self.sleep_below, last_active < self.asleep_since(as_of))
        steps = [(average >= line, literal(code)) for code, line in reversed(self._rungs()[1:])]
        return case(
            (average.is_(None), None), (asleep, literal(ASLEEP)), *steps, else_=literal(self.codes[0])
        )

    def line_of(self, average: ColumnElement[int]) -> ColumnElement[int | None]:
        """The line in fen of the level that a daily average reaches, as an SQL expression."""
        if untold(average):
            return always_null(average)
        steps = [(average >= line, literal(line)) for _code, line in reversed(self._rungs()[1:])]
        return case((average.is_(None), None), *steps, else_=literal(self.lines[0]))

    def _rungs(self) -> list[tuple[str, int]]:
        return list(zip(self.codes, self.lines, strict=True))


def deposit_today(line: int, average: int, balance: int, *, days: int, left: int) -> int:
    """Fen to deposit today so that the month's daily average reaches `line` (domain 1, golden 2); 0 when none.

    `average` is the running average over the `days - left` days so far, `balance` what stands now, `left` the
    days that remain of the month's `days`, today included (at least 1).
    """
    missing = line * days - average * (days - left) - balance * left
    return max(-(-missing // left), 0)

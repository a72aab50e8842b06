"""The movement of a level over the months: up after reaching a line, down only after failing months (domain 1)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a level may fail before it falls.

    Option R1: down to the level of the last failing month. Option R2: under attention (关注) after the first months,
    down after the following ones to the level of the best of all these months.
    """

    option: str
    fail_months: int
    #: per level of the ladder, lowest first: failing months in a row after which it falls in the next month
    limits: tuple[int, ...]

    @classmethod
    def of(cls, rules: Rules) -> "Policy":
        """The policy of the rules. Raises WorkbenchError rule_range when the option is neither R1 nor R2."""
        option = str(rules["tiers.option"])
        if option not in ("R1", "R2"):
            raise WorkbenchError(
                "rule_range",
                _("规则参数 tiers.option 只能是 R1 或 R2,现在是「{option}」。").format(option=option),
                _("请在设置里改成 R1 或 R2。"),
                key="tiers.option",
            )
        fail = rules.whole("tiers.fail_months")
        usual = fail + (rules.whole("tiers.attention_months") if option == "R2" else 0)
        private, months = rules.words("tiers.private"), rules.whole("tiers.private_months")
        limits = tuple(months if code in private else usual for code in rules.words("tiers.codes"))
        return cls(option, fail, limits)

    def attention(self, entered: int, watch: int) -> bool:
        """Whether a month is under attention (关注), by the failing months before it (`entered`) and with it (`watch`).

        From the first failing month in R1, from the month after the third in R2; never once the watch is cleared.
        """
        return watch > 0 and (self.option == "R1" or entered >= self.fail_months)


@dataclass(frozen=True, slots=True)
class Trail:
    """A customer's level after a run of months. Codes of levels; months 'YYYY-MM'; money in fen.

    `tier` is in force in the last month, `before` the month before it, `following` from the next month on where
    that is already known (None: no movement). `reached` is what the last month's average reaches.
    """

    tier: str | None = None
    reached: str | None = None
    before: str | None = None
    following: str | None = None
    watch: int | None = None
    attention: bool | None = None
    #: months until the level falls when every month fails; None on the lowest level
    falls_in: int | None = None
    #: month since which the level is in force (the first one with an average when it never moved)
    since: str | None = None
    upgraded: str | None = None
    downgraded: str | None = None
    fell_from: str | None = None
    months_told: int = 0
    first_month: str | None = None
    peak: int | None = None
    peak_month: str | None = None


def fold(averages: Sequence[int | None], ladder: Ladder, policy: Policy, months: Sequence[str]) -> Trail:
    """The trail after `averages` (fen per month, oldest first) of the calendar months 'YYYY-MM' beside them.

    A level reached is in force from the next month; the first month with an average sets its own level at once. A
    month without one neither fails nor clears: the watch waits, a movement decided before it still takes effect.
    """
    first = next((place for place, average in enumerate(averages) if average is not None), None)
    if first is None:
        return Trail()
    lines, codes, limits = ladder.lines, ladder.codes, policy.limits
    best_counts = policy.option == "R2"
    level = max(bisect_right(lines, averages[first] or 0) - 1, 0)
    before: int | None = None
    coming: int | None = None
    watch = entered = best = month_count = 0
    reached: int | None = None
    since, upgraded, downgraded, fell_from = first, -1, -1, -1
    peak, peak_at = averages[first] or 0, first
    for place in range(first, len(averages)):
        before = level if place > first else None
        if coming is not None:
            if coming > level:
                upgraded = place
            else:
                downgraded, fell_from = place, level
            level, since, watch, coming = coming, place, 0, None
        entered = watch
        average = averages[place]
        if average is None:
            reached = None
            continue
        month_count += 1
        if average > peak:
            peak, peak_at = average, place
        reached = max(bisect_right(lines, average) - 1, 0)
        if reached >= level:
            watch = 0
            coming = reached if reached > level else None
            continue
        best = max(best, reached) if watch else reached
        watch += 1
        if watch >= limits[level]:
            coming = best if best_counts else reached
    return Trail(
        tier=codes[level],
        reached=None if reached is None else codes[reached],
        before=None if before is None else codes[before],
        following=None if coming is None else codes[coming],
        watch=watch,
        attention=policy.attention(entered, watch),
        falls_in=None if level == 0 else max(limits[level] + 1 - watch, 1),
        since=months[since],
        upgraded=None if upgraded < 0 else months[upgraded],
        downgraded=None if downgraded < 0 else months[downgraded],
        fell_from=None if fell_from < 0 else codes[fell_from],
        months_told=month_count,
        first_month=months[first],
        peak=peak,
        peak_month=months[peak_at],
    )

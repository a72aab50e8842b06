"""A goal that a customer saves for, and how it stands on a day: plain arithmetic, no yield assumed."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.i18n import _, bracketed, semicolons
from workbench.base.money import to_yuan, wan
from workbench.rules.parameters import Rules

REACHED, ON, BEHIND, OVER, UNKNOWN = "reached", "on", "behind", "over", "unknown"


@dataclass(frozen=True, slots=True)
class FamilyGoal:
    """A goal. Amounts in fen, days ISO, None where nobody asked; `set_aside` is what was put aside on `set_aside_on`, `monthly`
    what he puts aside a month. `state` 'open', 'reached' or 'dropped'."""

    id: int
    customer_id: int
    name: str
    kind: str
    amount: int | None
    due: str | None
    set_aside: int | None = None
    set_aside_on: str | None = None
    monthly: int | None = None
    state: str = "open"
    ended: str | None = None
    note: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class GoalCourse:
    """How a goal stands: `state` 'reached', 'on', 'behind', 'over' (its day has passed) or 'unknown', with the reason.

    `months`: whole months left; `needed`: fen a month; `share` (0..1, above 1 where more is put aside); None: cannot tell.
    `stale`: that what is put aside was written down long ago, '' else."""

    goal: FamilyGoal
    state: str
    name: str
    reason: str
    months: int | None = None
    missing: int | None = None
    needed: int | None = None
    share: float | None = None
    stale: str = ""

    @property
    def bar(self) -> str:
        """How much is put aside, in words and ten boxes; '' where it cannot be told."""
        if self.share is None:
            return ""
        full = min(int(self.share * 10), 10)
        return "■" * full + "□" * (10 - full) + f" {self.share:.0%}"

    @property
    def words(self) -> str:
        """The goal in one line: what, how much, by when."""
        one = self.goal
        by = _("{date} 要用").format(date=one.due) if one.due else ""
        return " · ".join(filter(None, (one.name, wan(one.amount) if one.amount is not None else "", by)))

    @property
    def line(self) -> str:
        """How it stands in one line."""
        return semicolons(filter(None, (self.reason, self.stale)))

    def as_json(self) -> dict[str, object]:
        """The goal for the command line, money in yuan; no yield is in any figure."""
        one = self.goal
        return {
            "goal": one.id, "goal_name": one.name, "kind": one.kind, "amount": to_yuan(one.amount), "due": one.due,
            "set_aside": to_yuan(one.set_aside), "set_aside_on": one.set_aside_on, "monthly": to_yuan(one.monthly),
            "state": one.state, "course": self.state, "course_name": self.name, "reason": self.line,
            "months_left": self.months, "missing": to_yuan(self.missing), "needed_monthly": to_yuan(self.needed),
            "share": None if self.share is None else round(self.share, 4), "yield_assumed": None,
            "goal_note": one.note or None, "made": one.made,
        }  # fmt: skip


def course(goal: FamilyGoal, day: str, rules: Rules) -> GoalCourse:
    """How a goal stands on a day (ISO)."""
    aside, amount = goal.set_aside, goal.amount
    share = aside / amount if aside is not None and amount else None
    missing = max(amount - aside, 0) if aside is not None and amount is not None else None
    months = months_left(day, goal.due) if goal.due is not None else None
    needed = -(-missing // months) if missing and months and months > 0 else None
    state, key = _state(goal, missing, months, needed)
    short = wan(needed - goal.monthly) if needed is not None and goal.monthly is not None else ""
    reason = rules.text(f"family_goal.{key}").format(
        aside=wan(aside), amount=wan(amount), missing=wan(missing), due=goal.due, months=months, needed=wan(needed),
        monthly=wan(goal.monthly), short=short,
    )  # fmt: skip
    if needed is not None:
        reason = bracketed(reason, rules.text("family_goal.no_yield"))
    name = rules.text(f"family_goal.state.{state}")
    return GoalCourse(goal, state, name, reason, months, missing, needed, share, _stale(goal, day, rules))


def _state(goal: FamilyGoal, missing: int | None, months: int | None, needed: int | None) -> tuple[str, str]:
    """How it stands, and the key of the reason."""
    if goal.amount is None:
        return UNKNOWN, "unknown.amount"
    if missing == 0:
        return REACHED, "why.reached"
    if months is None:
        return UNKNOWN, "unknown.due"
    if months < 0:
        return OVER, "why.over" if missing is not None else "why.over_blind"
    if missing is None:
        return UNKNOWN, "unknown.aside"
    if needed is None:
        return BEHIND, "why.this_month"
    if goal.monthly is None:
        return UNKNOWN, "unknown.monthly"
    return (ON, "why.on") if goal.monthly >= needed else (BEHIND, "why.behind")


def months_left(day: str, due: str) -> int:
    """Whole months from a day to another (ISO); -1 where that is past."""
    first, last = dt.date.fromisoformat(day), dt.date.fromisoformat(due)
    if last < first:
        return -1
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _stale(goal: FamilyGoal, day: str, rules: Rules) -> str:
    if goal.set_aside is None or goal.set_aside_on is None:
        return ""
    old = dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("family_goal.stale_days"))
    return (
        rules.text("family_goal.stale").format(date=goal.set_aside_on)
        if goal.set_aside_on < old.isoformat()
        else ""
    )

"""By when somebody who lost money is spoken to, and when he is followed up: workdays, so that no day stands on a day off."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.workdays import Workdays
from workbench.rules.parameters import Rules


def first_call(since: str, tower: str | None, workdays: Workdays, rules: Rules) -> str:
    """The workday (ISO) by which he is contacted whose loss is known since a day (ISO): at the top within 24 hours, in the waist
    within days that are calendar days, for everybody else within workdays. A deadline on a day off is met before it, but not
    before the loss is known."""
    start = dt.date.fromisoformat(since)
    place = (tower or "").split("_")[0]
    if place in ("top", "waist"):
        days = rules.whole("loss.head_days" if place == "top" else "loss.waist_days")
        return workdays.by(start + dt.timedelta(days=days), start).isoformat()
    return workdays.add(start, rules.whole("loss.base_workdays")).isoformat()


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The workdays (ISO) after an agreement: a week and a month later, and the day agreed upon."""

    week: str
    month: str
    review: str

    @classmethod
    def of(cls, agreed: str, review_on: str | None, workdays: Workdays, rules: Rules) -> "FollowUps":
        """From the day of the agreement (ISO); a day off is followed up on the next workday."""
        start = dt.date.fromisoformat(agreed)

        def after(key: str) -> str:
            return workdays.next_workday(start + dt.timedelta(days=rules.whole(key))).isoformat()

        review = dt.date.fromisoformat(review_on) if review_on else None
        month = after("loss.month_days")
        return cls(
            after("loss.week_days"), month, workdays.next_workday(review).isoformat() if review else month
        )

"""Wishes that come back after an interval: visits and reviews by level (domain 6.5)."""

import numpy as np

from workbench.outreach.wishes.collecting import WishCollector
from workbench.outreach.wishes.packed import UNTOLD, spread
from workbench.outreach.wishes.wish_table import Whole
from workbench.rules.parameters import Rules

#: reason -> days by level, the column of the last time
_RECURRING = {"visit": ("touch.visit_days", "last_met"), "review": ("touch.review_days", "last_review")}


def recurring(wishes: WishCollector, rules: Rules) -> None:
    """Each day on which a visit or a review is due, from the last one on; where that is not known or overdue, from a day of the
    customer's own within one interval, which stays the same."""
    for salt, (code, (param, column)) in enumerate(_RECURRING.items(), 2):
        interval = by_level(rules, param, wishes.people.tier)
        rows = np.flatnonzero(interval > 0)
        every, last = interval[rows], wishes.people[column][rows]
        due = first_due(wishes, rows, every, last, salt)
        reason = wishes.reasons[code]
        while len(rows):
            before = np.minimum(reason.before, every // 3)
            after = np.minimum(reason.after, every // 4)
            wishes.add(code, rows, due, wishes.line.on_or_before(due), first=due - before, last=due + after)
            rows, every, due = (
                rows[due + every <= wishes.ends],
                every[due + every <= wishes.ends],
                due + every,
            )
            due = due[due <= wishes.ends]


def first_due(wishes: WishCollector, rows: Whole, every: Whole, last: Whole, salt: int) -> Whole:
    """The first day in what is planned of the year on which something with an interval is due."""
    customers = wishes.people.customer[rows]
    # in a later year the phase goes on from the last time
    present = wishes.start if wishes.seen >= wishes.begins else wishes.seen
    overdue = (last == UNTOLD) | (last + every < present)
    since = np.where(overdue, spread(customers, every, salt), last)
    begins = np.maximum(max(wishes.start, wishes.begins), since + 1)
    due: Whole = since + -(-(begins - since) // every) * every
    return due


def by_level(rules: Rules, param: str, tier: Whole) -> Whole:
    """Days of a rule by level for each customer; 0 for an unknown level."""
    days = np.zeros(11, dtype=np.int64)
    numbers = rules.numbers(param)[:10]
    days[: len(numbers)] = numbers
    known: Whole = np.where(tier == UNTOLD, 10, tier)
    return days[known]

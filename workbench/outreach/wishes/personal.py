"""Wishes of a customer's own days: birthday, anniversaries, expiry of risk test and identity card, policy (domain 6.6)."""

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.base.birthdays import BEFORE_IT, LEAP_DAY
from workbench.outreach.wishes.collecting import WishCollector, known
from workbench.outreach.wishes.packed import UNTOLD, ordinal_of, spread
from workbench.outreach.wishes.wish_table import Whole
from workbench.rules.parameters import Rules

_LEAP = tuple(map(int, LEAP_DAY.split("-")))
_BEFORE = tuple(map(int, BEFORE_IT.split("-")))


def birthdays(wishes: WishCollector, named: Mapping[int, Sequence[int]]) -> None:
    """A greeting on the day, or on the last workday before. `named`: customer id -> his birthdays in the year (ordinals), of
    those who said which they keep."""
    by_word = np.isin(wishes.people.customer, np.fromiter(named, dtype=np.int64, count=len(named)))
    solar = known(np.where(by_word, UNTOLD, wishes.people["birth_date"]))
    rows, days = _kept(wishes, solar, wishes.people["birth_date"], least=0)
    places = np.flatnonzero(by_word)
    words = [(row, day) for row in places for day in named[int(wishes.people.customer[row])]]
    rows = np.concatenate([rows, np.array([row for row, _day in words], dtype=np.int64)])
    days = np.concatenate([days, np.array([day for _row, day in words], dtype=np.int64)])
    wishes.add("birthday", rows, days, wishes.line.on_or_before(days))


def anniversaries(wishes: WishCollector) -> None:
    """Of the opening of the account, and of the month in which the customer first reached the line that counts."""
    for code, column in (("anniversary", "open_date"), ("qualified", "qualified")):
        since = wishes.people[column]
        rows, days = _kept(wishes, known(since), since, least=1)
        wishes.add(code, rows, days, wishes.line.on_or_before(days))


def expiries(wishes: WishCollector, rules: Rules) -> None:
    """Of risk test and identity card: before they expire; what has expired is made good within days of the start, in the year
    in which that is seen, but for the base."""
    ahead, span = rules.whole("touch.expiry_days"), rules.whole("touch.expired_days")
    valid = wishes.people["risk_valid_days"]
    ends = {"risk_test": np.where(valid == UNTOLD, UNTOLD, wishes.seen + valid)}
    ends["id_expiry"] = wishes.people["id_expiry_date"]
    for code, days in ends.items():
        rows = known(days)
        over = days[rows] < max(wishes.start, wishes.seen)
        coming = rows[~over]
        wishes.add(code, coming, days[coming], wishes.line.on_or_before(days[coming] - ahead))
        if wishes.begins <= wishes.seen <= wishes.ends:
            late = rows[over & (wishes.people.side[rows] > 0)]
            # a day of the customer's own, which stays the same until it has come
            own = spread(wishes.people.customer[late], span)
            wanted = wishes.start + (own - wishes.start) % span
            wishes.add(code, late, days[late], wishes.line.on_or_before(wanted))


def policies(wishes: WishCollector, rules: Rules) -> None:
    """A policy that matures, some days before; none that matured before the data date."""
    days = wishes.people["insurance_maturity_date"]
    rows = known(days)
    rows = rows[days[rows] > dt.date.fromisoformat(wishes.people.as_of).toordinal()]
    wanted = wishes.line.on_or_before(days[rows] - rules.whole("touch.policy_days"))
    wishes.add("policy", rows, days[rows], wanted)


def _kept(wishes: WishCollector, rows: Whole, since: Whole, least: int) -> tuple[Whole, Whole]:
    """(places of customers, day) of each yearly day in the year and at the beginning of the next, whose greeting may fall
    before the turn; at least so many years after `since`."""
    year, month, day = _parts(since[rows])
    leap = (month == _LEAP[0]) & (day == _LEAP[1])
    parts: list[tuple[Whole, Whole]] = []
    for kept_in in (wishes.year, wishes.year + 1):
        common = leap & (ordinal_of(kept_in, 3, np.array([1])) - ordinal_of(kept_in, 2, np.array([1])) == 28)
        days = ordinal_of(kept_in, month, np.where(common, _BEFORE[1], day))
        near = (kept_in - year >= least) & (days <= wishes.ends + wishes.line.reach)
        parts.append((rows[near], days[near]))
    return np.concatenate([one for one, _days in parts]), np.concatenate([days for _rows, days in parts])


def _parts(days: NDArray[np.int64]) -> tuple[Whole, Whole, Whole]:
    """Year, month and day of ordinals."""
    dates = (days - 719_163).astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    day = dates.astype(np.int64) - dates.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + 1
    return months // 12 + 1970, months % 12 + 1, day

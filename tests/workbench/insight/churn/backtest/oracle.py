"""The backtest computed once more, in pandas, from the raw months and the verdicts that the check stores: nothing of the
backtest's own code."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import select

from db.engine import Book
from db.known import light_decisions
from db.record import movements
from db.tables import customers, risks, signals, snapshots, touches
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules

HEIGHT = {"yellow": 1, "orange": 2, "red": 3}
HORIZON, LOOK_BACK = 3, 6


@dataclass(frozen=True)
class Expected:
    """A row a customer and origin of whom it can be told (`base`, `lost`, `lead`, `height`, `risk`, `tier`, `touched`,
    `naive`, `headline`), the signals hit by (customer, month), and the rows of whom it cannot be told."""

    cases: pd.DataFrame
    hits: pd.DataFrame
    untold: pd.DataFrame

    def alerts(self, chosen: pd.Series) -> dict[str, float]:
        """alerts, right, customers, precision, recall, lift and median lead of the rows chosen, among all."""
        return figures(self.cases, chosen)


def figures(cases: pd.DataFrame, chosen: pd.Series) -> dict[str, float]:
    some = cases[chosen]
    base = cases.lost.mean()
    right = some[some.lost]
    return {
        "n": len(cases), "lost": cases.lost.sum(), "alerts": len(some), "right": len(right),
        "customers": some.customer.nunique(), "precision": some.lost.mean(),
        "recall": len(right) / cases.lost.sum() if cases.lost.any() else float("nan"),
        "lift": some.lost.mean() / base if base else float("nan"), "lead": right.lead.median(),
        "touched": some.touched.sum(), "touched_right": (some.touched & some.lost).sum(),
    }  # fmt: skip


def month_no(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def expected(book: Book, rules: Rules) -> Expected:
    """By the rules in force; a check of each month is stored on the way, without what was explained after its data date."""
    then = Insight(book, rules.trying({"explained.after_days": 0}))
    months = months_of(book)
    origins = [
        month
        for month in months
        if month_no(months[-1]) >= month_no(month) + HORIZON
        and sum(0 <= month_no(month) - month_no(one) < LOOK_BACK for one in months) == LOOK_BACK
    ]
    for month in origins:
        then.check(month)
    with book.read() as conn:
        frame = pd.read_sql(
            select(snapshots.c.customer_id, snapshots.c.month, snapshots.c.as_of, snapshots.c.aum_daily_average,
                   snapshots.c.aum_balance), conn,
        )  # fmt: skip
        verdicts = pd.read_sql(select(risks).where(risks.c.month.in_(origins)), conn)
        hits = pd.read_sql(select(signals).where(signals.c.month.in_(origins)), conn)
        opened = pd.read_sql(select(customers.c.id, customers.c.close_date), conn)
        gone = pd.read_sql(select(movements).where(movements.c.cause == "closed"), conn)
        handed = pd.read_sql(select(light_decisions).where(light_decisions.c.kind == "hand_over"), conn)
        spoken = pd.read_sql(select(touches), conn)
    frame["average"] = frame.aum_daily_average.astype(float).fillna(frame.aum_balance.astype(float))
    frame["no"] = frame.month.map(month_no)
    closed = opened.dropna().set_index("id").close_date.to_dict()
    for row in gone[gone.direction == "vanished"].itertuples():
        closed.setdefault(row.customer_id, str(pd.Period(row.month, "M").end_time.date()))
    results = set(rules.words("contact.two_way"))
    spoken = spoken[spoken.result.isin(results) | (spoken.initiated_by == "customer")]
    dates = frame.groupby("month").as_of.max().to_dict()
    average = frame.pivot(index="customer_id", columns="no", values="average")
    listed = frame.assign(on=True).pivot(index="customer_id", columns="no", values="on").notna()
    cases = []
    newest = None
    for month in reversed(origins):
        headline = newest is None or month_no(newest) - month_no(month) >= HORIZON
        newest = month if headline else newest
        end = month_no(month) + HORIZON
        last = max(month_no(one) for one in months if month_no(one) <= end)
        for verdict in verdicts[verdicts.month == month].itertuples():
            who = verdict.customer_id
            own = {no: value for no, value in average.loc[who].items() if value == value}
            before = [own[no] for no in range(month_no(month) - 2, month_no(month) + 1) if no in own]
            after = {no: own[no] for no in range(month_no(month) + 1, end + 1) if no in own}
            base = round(sum(before) / len(before)) if before else None
            day = closed.get(who)
            left = day is not None and dates[month] < day and month_no(day) <= end
            until = str(pd.Period(ordinal=end - 1970 * 12, freq="M").end_time.date())
            over = any(
                row.date <= until and (pd.isna(row.until) or row.until is None or row.until > dates[month])
                for row in handed[handed.customer_id == who].itertuples()
            )
            if base is None or base < 50_000 * 100 or (day is not None and day <= dates[month]):
                why = "small"
            elif left:
                why = "lost"
            elif over or not listed.loc[who].get(last, False) or len(after) < 2:
                why = "censored"
            else:
                why = "lost" if round(sum(after.values()) / len(after)) <= base / 2 else "kept"
            days = (
                [dates[m] for m in months if month_no(m) in after and after[month_no(m)] <= base / 2]
                if base
                else []
            )
            shown = min([*days, *([day] if left else [])], default=None)
            mine = spoken[(spoken.customer_id == who) & (spoken.date > dates[month]) & (spoken.date <= until)]
            now, then_ = own.get(month_no(month)), own.get(month_no(month) - 1)
            cases.append(
                {
                    "customer": who, "month": month, "headline": headline, "why": why, "lost": why == "lost", "base": base,
                    "risk": verdict.risk, "tier": verdict.tier, "height": HEIGHT.get(verdict.light, 0),
                    "touched": len(mine) > 0,
                    "naive": now is not None and then_ is not None and then_ > 0 and now <= 0.8 * then_,
                    "lead": days_between(dates[month], shown) if why == "lost" and shown else float("nan"),
                }
            )  # fmt: skip
    every = pd.DataFrame(cases)
    known = every[every.why.isin(["lost", "kept"])]
    return Expected(known, hits, every[~every.why.isin(["lost", "kept"])])


def months_of(book: Book) -> list[str]:
    with book.read() as conn:
        return sorted(pd.read_sql(select(snapshots.c.month).distinct(), conn).month)


def days_between(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days

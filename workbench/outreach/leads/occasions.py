"""Occasions for a contact besides the lights: the critical classes NEAR_UPGRADE, NEAR_DOWNGRADE and MATURING (domain 4.8),
birthdays, newcomers."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial, reduce
from operator import or_ as or_of
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, and_, func, literal, or_, select

from db.known import trails
from db.tables import customers
from db.values import Json
from workbench.base.dates import month_end, shift_month
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.months import month_before
from workbench.base.rows import named_rows
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.measures import month_averages
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.maturing import maturing
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.measures.scope import Scope, reported_data
from workbench.insight.towers.critical_class import (
    MATURING,
    NEAR_DOWNGRADE,
    NEAR_UPGRADE,
)
from workbench.insight.towers.topup import Goal, TopUp, top_up, within_means
from workbench.insight.values.values import Values
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.week import LeadWeek
from workbench.people.birthdays import GreetedDays, registered_month_day, way_number, with_ways
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence, clause
from workbench.rules.tiers import Ladder

#: so many customers are looked up in one statement
_PART = 5_000


class Occasions:
    """Finds the leads of one week, of all or of a few (`only`, ids). `lights`, `stages`: customer id -> light, journey stage,
    of those who have one."""

    def __init__(
        self,
        conn: Connection,
        week: LeadWeek,
        rules: Rules,
        lights: Mapping[int, str] | None = None,
        stages: Mapping[int, str] | None = None,
        only: Collection[int] | None = None,
    ) -> None:
        self._conn = conn
        self._week = week
        self._rules = rules
        self._lights = lights or {}
        self._stages = stages or {}
        self._only = only
        self._day = week.seen
        self._restored = shift_month(self._day[:7], 1)
        self._fresh = freshness(week.as_of, rules, self._day)
        self._ladder = Ladder.of(rules)
        self._names: dict[str | None, str] = {}
        self._lowest = round(rules.number("C.lowest_line") * 100)
        self._months = tuple(month_before(k) for k in range(4))

    # -- C1 and C2: near a line ----------------------------------------------------------------------------

    def lines(self) -> Iterator[Lead]:
        """NEAR_UPGRADE: 90-100 % of the next line. NEAR_DOWNGRADE: 100-110 % of the own line, or a line lost within three
        months, if a deposit that can be asked for reaches it. The shares are `C1.share` and `C2.share`."""
        near_next, near_own = self._rules.number("C1.share"), self._rules.number("C2.share")
        for row, earlier in self._around_a_line():
            average = round(row.average0)
            own, above = self._ladder.line(average), self._ladder.next_line(average)
            if above is not None and above >= self._lowest and average >= above * near_next:
                watch = _watch(earlier, above)
                yield self._near_next(row, average, above, watched=bool(watch))
                if watch:
                    yield self._watched(row, average, above, watch)
            elif own >= self._lowest and average <= own * near_own:
                margin = average - own
                figures = {
                    "average_fen": average, "line_fen": own, "margin_fen": margin, "tier": self._name(average),
                }  # fmt: skip
                below = row.balance is not None and row.balance < own
                if below:
                    figures["balance_fen"] = row.balance
                yield self._lead(
                    row,
                    NEAR_DOWNGRADE,
                    self._clause("C2.below" if below else "C2.reason", figures),
                    own,
                    self._week.day(5),
                    figures,
                    month_end(self._day[:7]),
                )
            else:
                yield from self._fallen(row, average, earlier)

    def _around_a_line(self) -> Iterator[tuple[Any, list[int | None]]]:
        """(customer, his averages of the three months before) of those near a line, or below one that they had. Of everybody
        they are found in the packed averages, so that the months before are not read."""
        lines = [line for line in self._ladder.lines if line >= self._lowest]
        if not lines:
            return
        shares = self._rules.number("C1.share"), self._rules.number("C2.share")
        if self._only is not None:
            averages = [self._average(k) for k in range(4)]
            query = self._people(*[a.label(f"average{k}") for k, a in enumerate(averages)], back=3)
            known = [func.coalesce(average, MISSING) for average in averages]
            for row in named_rows(self._conn.execute(query.where(_around(lines, shares, *known)))):
                yield row, [row.average1, row.average2, row.average3]
            return
        months = [shift_month(self._week.month, -back) for back in range(4)]
        packed = month_averages.read(self._conn, months)
        people = packed[months[0]].customers if months[0] in packed else np.empty(0, dtype=np.int64)
        nobody = np.full(len(people), MISSING, dtype=np.int64)
        packs = [packed[month].of(people) if month in packed else nobody for month in months]
        found = np.flatnonzero(_around(lines, shares, *packs))
        before = zip(*(one[found].tolist() for one in packs[1:]), strict=True)
        earlier = dict(zip(people[found].tolist(), before, strict=True))
        query = self._people(self._average(0).label("average0"))
        ids = list(earlier)
        for start in range(0, len(ids), _PART):
            part = query.where(customers.c.id.in_(ids[start : start + _PART])).order_by(customers.c.id)
            for row in named_rows(self._conn.execute(part)):
                yield row, [None if one == MISSING else one for one in earlier[row.id]]

    def _fallen(self, row: Any, average: int, earlier: list[int | None]) -> Iterator[Lead]:
        """A line lost within three months that is farther away, as long as a deposit can be asked for."""
        line = self._ladder.line(round(max(before for before in earlier if before is not None)))
        balance = row.balance if row.balance is not None else row.average0
        if not within_means(line - average, balance, self._rules):
            return
        lead = self._watched(row, average, line, _watch(earlier, line))
        if not lead.beyond_reach:
            yield lead

    def _near_next(self, row: Any, average: int, above: int, *, watched: bool) -> Lead:
        gap = above - average
        figures: dict[str, Json] = {
            "average_fen": average, "line_fen": above, "gap_fen": gap, "share": round(average / above, 4),
            "next_tier": self._name(above),
        }  # fmt: skip
        # for a line lost lately the other lead says what to do
        advice = None if watched else self._deposit(row, above, "upgrade", figures)
        text = self._clause("C1.reason", figures, advice)
        friday, ends = self._week.days[4], month_end(self._day[:7])
        if figures.get("topup") == "today":
            return self._lead(row, NEAR_UPGRADE, text, gap, self._week.by(min(friday, ends)), figures, ends)
        # nothing has to come in before the month ends
        return self._lead(row, NEAR_UPGRADE, text, gap, self._week.day(5), figures, max(friday, ends))

    def _watched(self, row: Any, average: int, line: int, watch: int) -> Lead:
        figures: dict[str, Json] = {
            "average_fen": average, "line_fen": line, "gap_fen": line - average, "watch": watch,
            "tier": self._name(line),
        }  # fmt: skip
        text = self._clause("C2.watch", figures, self._deposit(row, line, "keep", figures))
        # the counter runs month by month; the last one in which the line can be reached again is the clock
        last = shift_month(self._week.month, max(0, self._rules.whole("tiers.fail_months") - watch))
        return self._lead(row, NEAR_DOWNGRADE, text, line, self._week.day(5), figures, month_end(last))

    def _clause(self, key: str, figures: Mapping[str, Json], advice: TopUp | None = None) -> Sentence:
        """A clause with its figures, and the advice on a deposit behind it."""
        return Sentence(partial(_worded, self._rules, key, figures, advice))

    def _deposit(self, row: Any, line: int, goal: Goal, figures: dict[str, Json]) -> TopUp | None:
        """The advice on a deposit that is worth a clause, None for none; its kind and amount are added to `figures`."""
        balance = row.balance if row.balance is not None else row.average0
        values = Values({
            "average": row.average0, "balance": balance, "by_balance": row.by_balance,
            "light": self._lights.get(row.id), STAGE: self._stages.get(row.id),
        })  # fmt: skip
        words = {"next": self._name(line), "restored_from": self._restored}
        deposit = top_up(
            line, values, self._rules, goal=goal, as_of=self._week.as_of, day=self._day, words=words
        )
        if deposit is None:
            return None
        figures["topup"] = deposit.kind
        if deposit.fen:
            figures["topup_fen"] = deposit.fen
        return None if deposit.kind == "stale" else deposit  # that is said once for the whole book

    # -- C3: money that matures ----------------------------------------------------------------------------

    def maturities(self) -> Iterator[Lead]:
        """MATURING: money that matures within `C3.days`. 'matured': money that matured after the data date, of which no
        list tells yet where it went. Both only if large enough to matter (see `_weighs`)."""
        rules, month = self._rules, self._week.month
        reported = reported_data(self._conn, month, with_number=False)
        if reported is None:
            return
        scope = Scope(month, self._day, reported)
        coming = maturing(scope, rules.whole("C3.days"))
        wanted = ("matures_30", "next_maturity", "matured_since")
        sums = scope.statement({name: coming[name] for name in wanted}).subquery("maturing")
        least = rules.number("C3.least") * 100
        query = (
            self._people(
                sums.c.matures_30,
                sums.c.next_maturity,
                sums.c.matured_since,
                self._average(0).label("average0"),
            )
            .join(sums, sums.c.customer_id == customers.c.id)
            .where(or_(sums.c.matures_30 >= least, sums.c.matured_since >= least))
        )
        for row in self._conn.execute(query):
            if (row.matures_30 or 0) >= least:
                yield from self._coming(row)
            if (row.matured_since or 0) >= least and not self._fresh.stale:
                yield from self._past(row)

    def _weighs(self, row: Any, amount: int) -> tuple[float | None, int | None]:
        """(share, line): the share of the customer's assets that an amount is, and the line (fen) he falls below without
        it; both None when the amount is too small to matter."""
        aum = row.balance if row.balance is not None else row.average0
        own = None if row.average0 is None else self._ladder.line(round(row.average0))
        drops = bool(aum and own and own >= self._lowest and aum >= own and aum - amount < own)
        part = amount / aum if aum and aum > 0 else None
        if part is not None and part < self._rules.number("C3.share") and not drops:
            part = None
        return None if part is None else round(min(part, 1.0), 4), own if drops else None

    def _coming(self, row: Any) -> Iterator[Lead]:
        rules, week = self._rules, self._week
        part, line = self._weighs(row, row.matures_30)
        if part is None and line is None:
            return
        figures: dict[str, Json] = {"matured_fen": row.matures_30, "first_maturity": row.next_maturity}
        if part is not None:
            figures["share"] = part
        text = clause(rules, "C3.reason", figures)
        if line is not None:
            figures |= {"tier": self._name(line), "line_fen": line}
            text += rules.text("reason.joint") + clause(rules, "C3.line", figures)
        day_before = dt.date.fromisoformat(_plus(row.next_maturity, -1))
        due = week.by(min(day_before, week.days[4]))
        yield self._lead(
            row, MATURING, text, row.matures_30, due, figures, self._next_step(row.next_maturity)
        )

    def _next_step(self, maturity: str) -> dt.date:
        """The next of the days before a maturity on which the customer is contacted (`C3.steps`)."""
        ends, seen = dt.date.fromisoformat(maturity), dt.date.fromisoformat(self._day)
        steps = [ends - dt.timedelta(days=int(days)) for days in self._rules.numbers("C3.steps")]
        return next((day for day in steps if day >= seen), ends)

    def _past(self, row: Any) -> Iterator[Lead]:
        if self._weighs(row, row.matured_since) == (None, None):
            return
        figures = {"matured_fen": row.matured_since, "as_of": self._week.as_of}
        text = clause(self._rules, "matured.reason", figures)
        yield self._lead(row, "matured", text, row.matured_since, self._week.day(2), figures)

    # -- newcomers and birthdays ---------------------------------------------------------------------------

    def newcomers(self) -> Iterator[Lead]:
        """N1 (本系统口径): opened lately, reported for three months, daily average grown by share and by amount."""
        rules = self._rules
        now, before = self._average(0), self._average(2)
        opened = _plus(self._week.as_of, -rules.whole("N1.opened_days"))
        query = self._people(
            now.label("average0"), before.label("before"), customers.c.open_date, back=2
        ).where(
            customers.c.open_date.between(opened, self._week.as_of),
            self._average(1).is_not(None),
            now >= before * (1 + rules.number("N1.growth")),
            now - before >= rules.number("N1.least_growth") * 100,
        )
        for row in self._conn.execute(query):
            figures = {
                "open_date": row.open_date, "average_fen": row.average0, "before_fen": row.before,
                "growth_share": round(row.average0 / row.before - 1, 4) if row.before > 0 else None,
            }  # fmt: skip
            reported = {name: value for name, value in figures.items() if value is not None}
            yield self._lead(
                row,
                "N1",
                clause(rules, "N1.reason", reported),
                row.average0 - row.before,
                self._week.day(5),
                reported,
            )

    def birthdays(self) -> Iterator[Lead]:
        """Birthdays that this week greets, by the calendar by which each customer keeps his (domain 6.6)."""
        dues = dict(self._week.greeted())
        greeted = GreetedDays(dues)
        columns = (registered_month_day().label("registered"), way_number().label("number"))
        query = self._people(self._average(0).label("average0"), *columns, ways=True)
        for row in self._conn.execute(query.where(greeted.condition)):
            day = greeted.day(row.registered, row.number)
            due = dues[day]
            figures = {"birthday": _("{month}月{day}日").format(month=day.month, day=day.day)}
            text = clause(self._rules, "birthday.reason", figures)
            aum = row.balance if row.balance is not None else row.average0
            yield self._lead(row, "birthday", text, aum or 0, due, {"birthday": day.isoformat()})

    # -- parts ---------------------------------------------------------------------------------------------

    def _average(self, back: int) -> Expr:
        month = self._months[back].c
        return func.coalesce(month.aum_daily_average, month.aum_balance)

    def _people(self, *columns: Any, back: int = 0, ways: bool = False) -> Select[Any]:
        """The customers of the month's list, joined with the `back` months before it; `ways`: and how they keep birthdays."""
        newest = self._months[0]
        source: Any = with_ways(customers) if ways else customers
        for k in range(back + 1):
            one, month = self._months[k], shift_month(self._week.month, -k)
            source = source.outerjoin(one, and_(one.c.customer_id == customers.c.id, one.c.month == month))
        source = source.outerjoin(
            trails, and_(trails.c.customer_id == customers.c.id, trails.c.month == self._week.month)
        )
        among = [] if self._only is None else [customers.c.id.in_(self._only)]
        return (
            select(
                customers.c.id, customers.c.customer_no, customers.c.name,
                newest.c.aum_balance.label("balance"), newest.c.aum_daily_average.is_(None).label("by_balance"),
                newest.c.last_txn_date, trails.c.tier, *columns,
            )
            .select_from(source)
            # coalesce makes the planner start from the customers and find each month by its key
            .where(func.coalesce(newest.c.month, literal("")) == self._week.month, *among)
        )  # fmt: skip

    def _name(self, average: int) -> str:
        level = self._ladder.level(average)
        if (name := self._names.get(level)) is None:
            name = self._names[level] = self._rules.text(f"tier.{level}")
        return name

    def _lead(
        self,
        row: Any,
        kind: str,
        reason: str | Sentence,
        value: int,
        due: str,
        evidence: dict[str, Json],
        clock: dt.date | None = None,
    ) -> Lead:
        average = getattr(row, "average0", None)
        # the level in force where levels are computed, else the level that the average reaches
        tier = row.tier or self._ladder.level(
            None if average is None else round(average), row.last_txn_date, self._week.as_of
        )
        return Lead(
            row.id, row.customer_no, row.name or "", kind, reason, value, due,
            row.balance if row.balance is not None else average, tier, {"as_of": self._week.as_of, **evidence},
            self._week.clock(clock) if clock else "",
        )  # fmt: skip


def _worded(rules: Rules, key: str, figures: Mapping[str, Json], advice: TopUp | None) -> str:
    text = clause(rules, key, figures)
    return text if advice is None else text + rules.text("reason.joint") + advice.text


def _around(lines: Sequence[int], shares: tuple[float, float], *averages: Any) -> Any:
    """Whether the first of four averages is near one of the lines, or below one that a later of them reached; of columns or
    of arrays. `shares`: of a line from which and up to which one is near it."""
    now, *before = averages
    near = (((now >= line * shares[0]) & (now <= line * shares[1])) for line in lines)
    lost = ((now < line * shares[0]) & reduce(or_of, (one >= line for one in before)) for line in lines)
    return (now > MISSING) & reduce(or_of, (*near, *lost))


def _watch(earlier: list[int | None], line: int) -> int:
    """Months (1..3) since a line was last reached, by the averages of the months before; 0 if not within three months."""
    for months, average in enumerate(earlier, 1):
        if average is not None and average >= line:
            return months
    return 0


def _plus(date: str, days: int) -> str:
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()

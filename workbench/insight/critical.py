"""Who is worth a contact this week besides the lights: critical classes C1-C3 (domain 4.8), birthdays, newcomers."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, literal, or_, select, union_all

from db.known import trails
from db.tables import customers, holdings, snapshots
from workbench.dates import month_end, shift_month, week_days
from workbench.i18n import _
from workbench.insight.expressions import Expr
from workbench.insight.facts import CustomerRisk, Lead
from workbench.insight.months import month_before
from workbench.insight.sentences import clause
from workbench.insight.tiers import Ladder, deposit_today
from workbench.rules import Rules


@dataclass(frozen=True, slots=True)
class Week:
    """The week asked about, and the month of data that it is judged by."""

    days: tuple[dt.date, ...]
    month: str
    as_of: str

    @classmethod
    def of(cls, week: str, month: str, as_of: str) -> "Week":
        return cls(week_days(week), month, as_of)

    def day(self, weekday: int) -> str:
        """Monday is 1."""
        return self.days[weekday - 1].isoformat()


class Critical:
    """Finds the leads of one week."""

    def __init__(self, conn: Connection, week: Week, rules: Rules) -> None:
        self._conn = conn
        self._week = week
        self._rules = rules
        self._ladder = Ladder.of(rules)
        self._lowest = round(rules.number("C.lowest_line") * 100)
        self._months = tuple(month_before(k) for k in range(4))

    def leads(self) -> list[Lead]:
        """C3, C2, C1, growing newcomers and birthdays, each by what is at stake."""
        found = [*self.maturities(), *self.lines(), *self.newcomers(), *self.birthdays()]
        return sorted(found, key=lambda lead: (_ORDER.index(lead.kind), -lead.value_fen, lead.customer_no))

    # -- C1 and C2: near a line ----------------------------------------------------------------------------

    def lines(self) -> Iterator[Lead]:
        """C1: 90-100 % of the next line. C2: 100-110 % of the own line, or the line lost within three months."""
        near_next, near_own = self._rules.number("C1.share"), self._rules.number("C2.share")
        averages = [self._average(k) for k in range(4)]
        lines = [line for line in self._ladder.lines if line >= self._lowest]
        bands = [averages[0].between(line * near_next, line * near_own) for line in lines]
        asked = self._people(*[a.label(f"average{k}") for k, a in enumerate(averages)], back=3)
        for row in self._conn.execute(asked.where(or_(*bands))):
            average = round(row.average0)
            own, above = self._ladder.line(average), self._ladder.next_line(average)
            if above is not None and above >= self._lowest and average >= above * near_next:
                yield self._near_next(row, average, above)
                watch = _watch([row.average1, row.average2, row.average3], above)
                if watch:
                    yield self._watched(row, average, above, watch)
            elif own >= self._lowest and average <= own * near_own:
                margin = average - own
                figures = {
                    "average_fen": average, "line_fen": own, "margin_fen": margin, "tier": self._name(average),
                }  # fmt: skip
                yield self._lead(
                    row, "C2", clause(self._rules, "C2.reason", figures), own, self._week.day(5), figures
                )

    def _near_next(self, row: Any, average: int, above: int) -> Lead:
        gap = above - average
        figures: dict[str, Any] = {
            "average_fen": average, "line_fen": above, "gap_fen": gap, "share": round(average / above, 4),
            "next_tier": self._name(above),
        }  # fmt: skip
        text = clause(self._rules, "C1.reason", figures)
        today, end = self._week.days[0], month_end(self._week.days[0].isoformat()[:7])
        if row.balance is not None and today.isoformat() > self._week.as_of:
            # the month in course: what stands now is taken for its average so far
            left = (end - today).days + 1
            topup = deposit_today(above, row.balance, row.balance, days=end.day, left=left)
            if topup:
                figures["topup_fen"] = topup
                text += self._rules.text("reason.joint") + clause(self._rules, "C1.today", figures)
        due = min(self._week.day(5), end.isoformat())
        return self._lead(row, "C1", text, gap, due, figures)

    def _watched(self, row: Any, average: int, line: int, watch: int) -> Lead:
        figures = {
            "average_fen": average, "line_fen": line, "gap_fen": line - average, "watch": watch,
            "tier": self._name(line),
        }  # fmt: skip
        return self._lead(
            row, "C2", clause(self._rules, "C2.watch", figures), line, self._week.day(5), figures
        )

    # -- C3: money that matures ----------------------------------------------------------------------------

    def maturities(self) -> Iterator[Lead]:
        """Lines that mature within 30 days of the week (or matured up to seven days before it), large enough."""
        rules, week = self._rules, self._week
        first = max(_plus(week.as_of, 1), _plus(week.days[0].isoformat(), -7))
        last = _plus(max(week.as_of, week.days[0].isoformat()), rules.whole("C3.days"))
        lines = self._maturing(first, last).subquery("lines")
        sums = (
            select(
                lines.c.customer_id,
                func.sum(lines.c.amount).label("matured"),
                func.min(lines.c.date).label("first"),
            )
            .group_by(lines.c.customer_id)
            .subquery("sums")
        )
        asked = self._people(sums.c.matured, sums.c.first, self._average(0).label("average0"))
        asked = asked.join(sums, sums.c.customer_id == customers.c.id)
        for row in self._conn.execute(asked.where(sums.c.matured >= rules.number("C3.least") * 100)):
            aum = row.balance if row.balance is not None else row.average0
            own = None if row.average0 is None else self._ladder.line(round(row.average0))
            drops = bool(aum and own and own >= self._lowest and aum >= own and aum - row.matured < own)
            part = row.matured / aum if aum and aum > 0 else None
            if not drops and (part is None or part < rules.number("C3.share")):
                continue
            figures: dict[str, Any] = {"matured_fen": row.matured, "first_maturity": row.first}
            if part is not None:
                figures["share"] = round(min(part, 1.0), 4)
            text = clause(rules, "C3.reason", figures)
            if drops and own is not None:
                figures |= {"tier": self._name(own), "line_fen": own}
                text += rules.text("reason.joint") + clause(rules, "C3.line", figures)
            due = min(max(_plus(row.first, -1), week.day(1)), week.day(5))
            yield self._lead(row, "C3", text, row.matured, due, figures)

    def _maturing(self, first: str, last: str) -> Select[Any]:
        """Maturities between two dates: from the month's maturity list, else the holdings, else the list of customers."""
        h, s = holdings.c, snapshots.c
        month = self._week.month
        for kind in ("maturity", "holding"):
            there = (
                select(h.id).where(h.month == month, h.kind == kind, h.maturity_date.is_not(None)).limit(1)
            )
            if self._conn.execute(there).first() is not None:
                return select(h.customer_id, h.amount, h.maturity_date.label("date")).where(
                    h.month == month, h.kind == kind, h.maturity_date.between(first, last)
                )
        parts = [
            select(s.customer_id, amount.label("amount"), date.label("date"))
            .select_from(customers.join(snapshots, and_(s.customer_id == customers.c.id, s.month == month)))
            .where(date.between(first, last), amount > 0)
            for amount, date in (
                (s.deposit_maturity_amount, s.deposit_maturity_date),
                (s.wealth_maturity_amount, s.wealth_maturity_date),
            )
        ]
        every = union_all(*parts).subquery("told_maturities")
        return select(every.c.customer_id, every.c.amount, every.c.date)

    # -- newcomers and birthdays ---------------------------------------------------------------------------

    def newcomers(self) -> Iterator[Lead]:
        """N1 (本系统口径): opened lately, told for three months, daily average grown by share and amount."""
        rules = self._rules
        now, before = self._average(0), self._average(2)
        opened = _plus(self._week.as_of, -rules.whole("N1.opened_days"))
        asked = self._people(
            now.label("average0"), before.label("before"), customers.c.open_date, back=2
        ).where(
            customers.c.open_date.between(opened, self._week.as_of),
            self._average(1).is_not(None),
            now >= before * (1 + rules.number("N1.growth")),
            now - before >= rules.number("N1.least_growth") * 100,
        )
        for row in self._conn.execute(asked):
            figures = {
                "open_date": row.open_date, "average_fen": row.average0, "before_fen": row.before,
                "growth_share": round(row.average0 / row.before - 1, 4) if row.before > 0 else None,
            }  # fmt: skip
            told = {name: value for name, value in figures.items() if value is not None}
            yield self._lead(
                row,
                "N1",
                clause(rules, "N1.reason", told),
                row.average0 - row.before,
                self._week.day(5),
                told,
            )

    def birthdays(self) -> Iterator[Lead]:
        """Solar birthdays of the week, the year aside; February 29 is kept on the 28th in common years."""
        days: dict[str, dt.date] = {f"{day:%m-%d}": day for day in self._week.days}
        for day in self._week.days:
            if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
                days["02-29"] = day
        born = func.substr(customers.c.birth_date, 6, 5)
        asked = self._people(self._average(0).label("average0"), born.label("born")).where(
            born.in_(sorted(days))
        )
        for row in self._conn.execute(asked):
            day = days[row.born]
            figures = {"birthday": _("{month}月{day}日").format(month=day.month, day=day.day)}
            text = clause(self._rules, "birthday.reason", figures)
            aum = row.balance if row.balance is not None else row.average0
            yield self._lead(row, "birthday", text, aum or 0, day.isoformat(), {"birthday": day.isoformat()})

    # -- parts ---------------------------------------------------------------------------------------------

    def _average(self, back: int) -> Expr:
        month = self._months[back].c
        return func.coalesce(month.aum_daily_average, month.aum_balance)

    def _people(self, *columns: Any, back: int = 0) -> Select[Any]:
        """Customers told in the month, with `back` months before it beside them."""
        newest = self._months[0]
        source: Any = customers
        for k in range(back + 1):
            one, month = self._months[k], shift_month(self._week.month, -k)
            source = source.outerjoin(one, and_(one.c.customer_id == customers.c.id, one.c.month == month))
        source = source.outerjoin(
            trails, and_(trails.c.customer_id == customers.c.id, trails.c.month == self._week.month)
        )
        return (
            select(
                customers.c.id, customers.c.customer_no, customers.c.name,
                newest.c.aum_balance.label("balance"), newest.c.last_txn_date, trails.c.tier, *columns,
            )
            .select_from(source)
            # asked through coalesce, so that the planner starts from the customers and finds each month by its key
            .where(func.coalesce(newest.c.month, literal("")) == self._week.month)
        )  # fmt: skip

    def _name(self, average: int) -> str:
        return self._rules.text(f"tier.{self._ladder.level(average)}")

    def _lead(self, row: Any, kind: str, reason: str, value: int, due: str, evidence: dict[str, Any]) -> Lead:
        average = getattr(row, "average0", None)
        # the level in force, once the months have been looked through
        tier = row.tier or self._ladder.level(
            None if average is None else round(average), row.last_txn_date, self._week.as_of
        )
        return Lead(
            row.id, row.customer_no, row.name or "", kind, reason, value, due,
            row.balance if row.balance is not None else average, tier, {"as_of": self._week.as_of, **evidence},
        )  # fmt: skip


_ORDER = ("red", "C3", "orange", "C2", "C1", "N1", "yellow", "birthday")


def light_leads(found: list[CustomerRisk], week: Week, rules: Rules) -> list[Lead]:
    """A lead for each light, red first, each light by risk: what was lost (or else what is there) at stake."""
    days = dict(zip(("red", "orange", "yellow"), rules["lead.due"], strict=True))
    leads = []
    for one in found:
        if one.light is None:
            continue
        lost = 0
        for verdict in one.signals:
            if verdict.code == "S3" and verdict.evidence.get("recent_high_fen") is not None:
                lost = verdict.evidence["recent_high_fen"] - (verdict.evidence.get("balance_fen") or 0)
        sentences = [one.hard_rule] if one.hard_rule else []
        sentences += [verdict.reason for verdict in sorted(one.signals, key=lambda v: -v.grade)]
        leads.append(
            Lead(
                one.customer_id, one.customer_no, one.name, one.light, rules.text("reason.joint").join(sentences),
                max(lost, 0) or max(one.aum_fen or 0, 0), week.day(int(days[one.light])), one.aum_fen, one.tier,
                {"risk": round(one.risk, 1), "rank": one.rank, "codes": [verdict.code for verdict in one.signals]},
            )
        )  # fmt: skip
    return sorted(leads, key=lambda lead: _ORDER.index(lead.kind))


def _watch(earlier: list[int | None], line: int) -> int:
    """Months below a line that was reached before: 1..3; 0 when it was not reached within the three months."""
    for months, average in enumerate(earlier, 1):
        if average is not None and average >= line:
            return months
    return 0


def _plus(date: str, days: int) -> str:
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()

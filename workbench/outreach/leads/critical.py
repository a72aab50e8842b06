"""The critical classes that the tag layers answer (domain 4.8) as leads: money gone at the month's end, near sleep, nearly
active, suitability to be put right. The classes around a line and a maturity are in `occasions`."""

import datetime as dt
from collections.abc import Collection, Iterator
from functools import partial
from itertools import groupby

from sqlalchemy import Connection

from db.values import Json
from workbench.base.dates import month_end, shift_month
from workbench.insight.tags.layers import Layers
from workbench.insight.towers.critical_class import (
    NEAR_ACTIVE,
    NEAR_CHURN,
    NEAR_SLEEP,
    SUITABILITY_DUE,
)
from workbench.insight.towers.critical_conditions import CriticalHit, critical_hits
from workbench.insight.towers.topup import top_up, within_means
from workbench.insight.values.values import Values
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.week import LeadWeek
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence, clause
from workbench.rules.tiers import Ladder

#: the classes that are found here
CLASSES = (NEAR_CHURN, NEAR_SLEEP, NEAR_ACTIVE, SUITABILITY_DUE)

#: what a condition comes to: the key of its sentence, the figures in it, and the day by which something is to be done (None:
#: this week)
_Verdict = tuple[str, dict[str, Json], dt.date | None]


class CriticalLeads:
    """Finds them for one week. Dates are counted from the day of the layers, so that the week may be another."""

    def __init__(self, conn: Connection, layers: Layers, week: LeadWeek, rules: Rules) -> None:
        self._conn = conn
        self._layers = layers
        self._week = week
        self._rules = rules
        self._as_of = dt.date.fromisoformat(layers.as_of)
        self._day = dt.date.fromisoformat(layers.day)
        self._month_end = month_end(week.seen[:7])

    def leads(self, only: Collection[int] | None = None) -> list[Lead]:
        """One lead a customer and class, by customer and class; all conditions of a class in one sentence. Of `only` some
        customers (ids), None: of all."""
        hits = critical_hits(self._conn, self._layers, CLASSES, only)
        made = []
        for (_customer, critical), group in groupby(hits, lambda h: (h.customer_id, h.condition.critical)):
            lead = self._lead(critical, list(group))
            if lead is not None:
                made.append(lead)
        return made

    def _lead(self, critical: str, hits: list[CriticalHit]) -> Lead | None:
        rules, week, values = self._rules, self._week, hits[0].values
        clauses: list[tuple[str, dict[str, Json]]] = []
        figures: dict[str, Json] = {}
        days: list[dt.date | None] = []
        codes: list[str] = []
        for hit in hits:
            for key, numbers, day in self._verdicts(hit):
                clauses.append((key, numbers))
                figures |= numbers
                days.append(day)
                codes.append(key.partition(".")[0])
        if not clauses:
            return None
        friday = week.days[4]
        clock = min((day for day in days if day), default=None)
        balance = values.balance if values.balance is not None else values.average
        aum = None if balance is None else round(balance)
        return Lead(
            hits[0].customer_id, str(values.look_up("customer_no") or ""), str(values.look_up("name") or ""), critical,
            Sentence(partial(_joined, rules, clauses)), max(aum or 0, 0), week.by(min(friday, clock or friday)), aum,
            values.tier, {"as_of": week.as_of, "conditions": codes, **figures}, week.clock(clock or friday),
        )  # fmt: skip

    def _verdicts(self, hit: CriticalHit) -> Iterator[_Verdict]:
        values, code = hit.values, hit.condition.code
        match code:
            case "mild":
                yield self._mild(values)
            case "sleep":
                yield self._sleep(values)
            case "second":
                yield self._second(values)
            case "one":
                yield from self._one(values)
            case "test":
                yield self._ends(code, self._day + dt.timedelta(days=values.risk_valid_days or 0))
            case "senior":
                birthday = self._day + dt.timedelta(days=values.older_in or 0)
                yield self._ends(code, birthday, age=self._rules.whole("tag.senior_age"))
            case "id":
                yield self._ends(code, dt.date.fromisoformat(str(values.id_expiry_date)[:10]))
            case "loss":
                limit, points = self._rules.number("tag.loss_share"), self._rules.number("C7.loss_points")
                figures: dict[str, Json] = {
                    "loss_fen": values.loss, "loss_share": values.loss_share, "limit_share": limit, "points": points * 100,
                }  # fmt: skip
                yield "loss.reason", figures, None
            case "exceeded":
                yield (
                    "exceeded.reason",
                    {"held_risk": values.held_risk, "risk_class": values.risk_class},
                    None,
                )

    def _ends(self, code: str, day: dt.date, **figures: Json) -> _Verdict:
        """Something that ends on a day, which is its clock."""
        return f"{code}.reason", {"ends_on": day.isoformat(), **figures}, day

    def _mild(self, values: Values) -> _Verdict:
        """Three days as for an orange light."""
        third = int(self._rules.words("lead.due")[1])
        figures: dict[str, Json] = {
            "average_fen": values.average, "balance_fen": values.balance, "line_fen": values.line_own,
            "tier": self._rules.text(f"tier.{values.tier}"),
        }  # fmt: skip
        return "mild.reason", figures, self._week.days[third - 1]

    def _sleep(self, values: Values) -> _Verdict:
        """The clock ends on the day on which he counts as inactive, or as asleep."""
        rules, idle = self._rules, values.active_days or 0
        near = rules.whole("tag.near_sleep_to")
        limit = near if idle <= near else rules.whole("tiers.sleep_days")
        asleep = self._as_of + dt.timedelta(days=limit - idle)
        figures: dict[str, Json] = {
            "as_of": self._week.as_of, "idle_days": idle, "asleep_on": asleep.isoformat(), "limit_days": limit,
            "fall_fen": -round(values.change or 0),
        }  # fmt: skip
        over = asleep.isoformat() < self._week.seen
        return ("sleep.over" if over else "sleep.reason"), figures, asleep

    def _second(self, values: Values) -> _Verdict:
        rules, days = self._rules, values.opened_days or 0
        opened = self._day - dt.timedelta(days=days)
        first = rules.whole("C6.first_to")
        ends = opened + dt.timedelta(days=first if days <= first else rules.whole("C6.second_to"))
        products = values.families if values.families is not None else values.product_count
        figures: dict[str, Json] = {
            "opened_on": opened.isoformat(), "opened_days": days, "products": products,
        }  # fmt: skip
        return ("second.reason" if products else "second.none"), figures, ends

    def _one(self, values: Values) -> Iterator[_Verdict]:
        """The one condition that is lacking; money only as far as a deposit that can be asked of him reaches it."""
        rules, line = self._rules, round(self._rules.number("C.lowest_line") * 100)
        if not values.holds_app:
            yield "one.app", {}, self._month_end
        elif not (values.payroll_3 or values.utility_autopay):
            yield "one.pay", {}, self._month_end
        else:
            average = round(values.average or 0)
            words = {
                "next": rules.text(f"tier.{Ladder.of(rules).level(line)}"),
                "restored_from": shift_month(self._week.seen[:7], 1),
            }
            deposit = top_up(
                line, values, rules, goal="upgrade", as_of=self._week.as_of, day=self._week.seen, words=words
            )
            if (
                deposit is not None
                and deposit.followable
                and within_means(line - average, values.balance, rules)
            ):
                figures: dict[str, Json] = {
                    "average_fen": average, "line_fen": line, "gap_fen": line - average, "advice": deposit.text,
                }  # fmt: skip
                yield "one.aum", figures, self._month_end


def _joined(rules: Rules, clauses: list[tuple[str, dict[str, Json]]]) -> str:
    return rules.text("reason.joint").join(clause(rules, key, figures) for key, figures in clauses)

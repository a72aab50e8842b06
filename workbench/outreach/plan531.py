"""Draft a week's 531 plan: five methods within capacity, three actions that need a resource, one item to complete
(domain 5)."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.base.workdays import WorkWeek, unannounced_words
from workbench.insight.measures.freshness import Freshness
from workbench.insight.towers.critical_class import MATURING
from workbench.outreach.contact_limits import ContactLimits, Pool
from workbench.outreach.draft import Block, Milestone, PlanCustomer, PlanItem, WeekPlan, data_dated
from workbench.outreach.groups import (
    ContactReason,
    MethodGroup,
    allot,
    choose,
    groups,
    place_of,
    raises,
    reasons,
)
from workbench.outreach.leads.lead import Lead
from workbench.outreach.lights.listed import LIGHTS
from workbench.outreach.methods import Method, MethodCatalogue
from workbench.outreach.notes import DraftOutcome, kept_out_words, notes
from workbench.rules.parameters import Rules

FIVE, THREE = 5, 3
#: Milestones of the one item: the workdays nearest to Monday, Wednesday and Friday.
_MILESTONES = (0, 2, 4)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a draft is made for: week, day, data date, names. `calls`, `visits`: customers that the week allows."""

    work: WorkWeek
    today: dt.date
    data_date: str | None
    manager: str
    branch: str
    calls: int
    visits: int
    #: age of the data
    fresh: Freshness | None = None


def draft(
    brief: Brief, leads: Iterable[Lead], limits: ContactLimits, rules: Rules, offers: MethodCatalogue
) -> WeekPlan:
    """The plan of a week, always with five, three and one rows. Where leads do not suffice, general rows say so; no
    customer is in two of the five methods."""
    return _Drafting(brief, list(leads), limits, rules, offers).plan()


class _Drafting:
    """A draft in the making; `called` and `visited` are the customers engaged so far."""

    def __init__(
        self, brief: Brief, leads: list[Lead], limits: ContactLimits, rules: Rules, offers: MethodCatalogue
    ) -> None:
        self.brief, self.limits, self.rules, self.offers = brief, limits, rules, offers
        self.reasons, self.kept_out = reasons(leads, offers.methods, limits, rules)
        self.tails = {lead.customer_id: lead.customer_no[-4:] for lead in leads}
        self.called: set[int] = set()
        self.visited: set[int] = set()
        self.old = brief.fresh is not None and brief.fresh.stale

    def plan(self) -> WeekPlan:
        """The finished draft. The one item takes its call and visit first, then the five, then the three."""
        brief = self.brief
        best = None if self.old else self._best()
        landing = self._landing(best) if best is not None else self._general_landing()
        five = self._five()
        three = self._flagged()
        for group in five:
            if group.method.visits:
                group.visits = self._visit([reason.customer_id for reason in group.reasons])
        quick = [self._item("quick_win", group) for group in five]
        quick += self._general_five(
            FIVE - len(quick), {c.customer_id for item in quick for c in item.customers}
        )
        needs = [self._item("resource", group) for group in three]
        needs += self._general_three(THREE - len(needs))
        rows = (*quick, *needs, landing)
        notice = unannounced_words(brief.work.unannounced)
        outcome = DraftOutcome(self.reasons, self.kept_out, five, rows, self.tails, notice)
        return WeekPlan(
            week=brief.work.week,
            draft=True,
            manager=brief.manager,
            branch=brief.branch,
            data_date=brief.data_date,
            rule_version=self.rules.version,
            calls=len(self.called),
            calls_limit=brief.calls,
            visits=len(self.visited),
            visits_limit=brief.visits,
            quick_wins=tuple(quick),
            needs_resources=tuple(needs),
            this_week=(landing,),
            notes=notes(outcome, self.offers, self.rules),
            order=self._order(rows),
        )

    def _order(self, rows: Iterable[PlanItem]) -> tuple[int, ...]:
        """The customers of the plan in the order of the week: lights as they are worked on, the others by day and value,
        general lists last."""
        listed = dict.fromkeys(one.customer_id for item in rows for one in item.customers)
        by_customer = {reason.customer_id: reason for reason in self.reasons}

        def standing(customer_id: int) -> tuple[int, int, str, int]:
            """Lights by place, then other reasons by day and value, then who has none."""
            reason = by_customer.get(customer_id)
            if reason is None:
                return 2, 0, "", 0
            lead = reason.lead
            return (0, place_of(reason), "", 0) if lead.kind in LIGHTS else (1, 0, lead.due, -lead.value_fen)

        return tuple(sorted(listed, key=standing))

    # -- capacity ------------------------------------------------------------------------------------------

    def _engage(self, customer_id: int, *, visit: bool) -> None:
        """Count a call (and a visit) to one customer where capacity allows."""
        if len(self.called) < self.brief.calls:
            self.called.add(customer_id)
        if visit:
            self._visit([customer_id])

    def _visit(self, ids: Sequence[int]) -> int:
        """Plan visits to the first of these customers as far as capacity allows; how many of them are visited."""
        for customer_id in ids:
            if len(self.visited) < self.brief.visits:
                self.visited.add(customer_id)
        return len(self.visited.intersection(ids))

    def _can(self, customer_id: int, *, visit: bool) -> bool:
        calls = customer_id in self.called or len(self.called) < self.brief.calls
        visits = not visit or customer_id in self.visited or len(self.visited) < self.brief.visits
        return calls and visits

    # -- the five ------------------------------------------------------------------------------------------

    def _five(self) -> list[MethodGroup]:
        """The methods of the week, their lists cut to capacity; their customers count as called."""
        ranked = groups(self.reasons, self.kept_out, self.offers.methods, self.rules, self.brief.work.days[0])
        chosen = choose(ranked, self.rules, FIVE)
        five: list[MethodGroup] = []
        called = self.called
        # general rows that will fill up get a fair share of the calls too
        general = self.brief.calls // FIVE if len(chosen) < FIVE else 0
        # the customer of the one item is mostly on a list too; only if not, his call is set aside
        for aside in (0, len(self.called)):
            five = allot(chosen, max(0, self.brief.calls - general - aside))
            listed = {r.customer_id for g in five if g.method.channel == "call" for r in g.reasons}
            called = self.called | listed
            if len(called) <= self.brief.calls:
                break
        self.called = called
        return five

    def _item(self, block: Block, group: MethodGroup) -> PlanItem:
        method = group.method
        people = tuple(reason.customer() for reason in group.reasons)
        facts = self._facts(method, people, value=group.value, visits=group.visits)
        basis = method.say("basis", facts, old=self.old)
        cut = group.qualified - len(people)
        if cut > 0 and block == "quick_win":
            basis += _(";容量所限,另有 {n} 户排队").format(n=cut)
        if group.kept_out:
            basis += _(";已排除{who}").format(who=kept_out_words(group.kept_out, self.rules))
        basis += data_dated(self.brief.data_date)
        action = method.say("action_visit", facts, old=self.old) if group.visits else ""
        return PlanItem(
            block=block,
            kind=method.kind,
            method=method.title(old=self.old),
            customers=people,
            basis=basis,
            action=action or method.say("action", facts, old=self.old),
            script=method.say("script", facts, old=self.old),
            done_when=method.say("done_when", facts, old=self.old),
            due=self._due(method),
            resource=method.say("resource", facts, old=self.old),
            fallback=method.say("fallback", facts, old=self.old),
        )

    def _facts(
        self,
        method: Method,
        people: Sequence[PlanCustomer],
        *,
        value: int = 0,
        visits: int = 0,
        total: int = 0,
    ) -> dict[str, str | int]:
        count = len(people)
        return {
            "n": count,
            "value": wan(value),
            "aum": wan(sum(c.aum_fen or 0 for c in people)),
            "visits": visits,
            "total": f"{total:,}",
            "target": max(1, math.ceil(count * method.share)) if count else 0,
        }

    def _due(self, method: Method) -> str:
        """The due day (ISO) of a method; the last of the week where the data are too old for deadlines."""
        day = len(self.brief.work.days) if self.old else method.due
        return self.brief.work.nth(day, today=self.brief.today).isoformat()

    def _general_five(self, count: int, used: set[int]) -> list[PlanItem]:
        """General methods for the rows without leads: those with customers first, then others that say why they have none."""
        items: list[PlanItem] = []
        for with_people in (True, False):
            for method in self.offers.general:
                if len(items) == count or any(item.kind == method.kind for item in items):
                    continue
                pool = self.limits.pools.get(method.pool, Pool())
                people = self._free(method, pool, used)
                if bool(people) == with_people:
                    used |= {c.customer_id for c in people}
                    if method.channel == "call":
                        self.called |= {c.customer_id for c in people}
                    items.append(self._general("quick_win", method, pool, people))
        return items

    def _free(self, method: Method, pool: Pool, used: set[int]) -> tuple[PlanCustomer, ...]:
        """Customers of a general list who are in no other method, as far as the calls suffice."""
        limit = method.limit or 0
        people = [c for c in pool.customers if c.customer_id not in used]
        if method.channel == "call":
            room = self.brief.calls - len(self.called)
            reachable: list[PlanCustomer] = []
            for customer in people:
                if customer.customer_id in self.called or room > 0:
                    room -= customer.customer_id not in self.called
                    reachable.append(customer)
            people = reachable
        return tuple(people[:limit])

    def _general(
        self, block: Block, method: Method, pool: Pool, people: tuple[PlanCustomer, ...]
    ) -> PlanItem:
        facts = self._facts(method, people, total=pool.total)
        all_of_them = 0 < pool.everyone == pool.total and "everyone" in method.texts
        part = "everyone" if all_of_them else "basis" if people else "empty"
        return PlanItem(
            block=block,
            kind=method.kind,
            method=method.title(old=self.old),
            customers=people,
            basis=method.say(part, facts, old=self.old) + data_dated(self.brief.data_date),
            action=method.say("action", facts, old=self.old),
            script=method.say("script", facts, old=self.old),
            done_when=method.say("done_when" if people else "done_empty", facts, old=self.old),
            due=self._due(method),
            resource=method.say("resource", facts, old=self.old),
            fallback=method.say("fallback", facts, old=self.old),
        )

    # -- the three -----------------------------------------------------------------------------------------

    def _flagged(self) -> list[MethodGroup]:
        """Resource actions whose flag is hit, the three with the largest value (domain 5)."""
        ready: list[MethodGroup] = []
        for method in self.offers.resources:
            fits = [reason for reason in self.reasons if raises(method, reason, self.rules)]
            if method.marketing:
                fits = [reason for reason in fits if not reason.no_sale]
            fits.sort(key=lambda r: (r.customer_id not in self.called, -r.lead.value_fen, r.lead.customer_no))
            if fits and len(fits) >= self._need(method, "count", 1):
                ready.append(MethodGroup(method, fits, qualified=len(fits)))
        ready.sort(key=lambda group: -group.value)
        chosen: list[MethodGroup] = []
        for group in ready:
            if len(chosen) == THREE:
                break
            method = group.method
            most = self._need(method, "max", self.rules.whole("plan.list_max"))
            engaged: list[ContactReason] = []
            for reason in group.reasons:
                if len(engaged) < most and self._can(reason.customer_id, visit=method.visits):
                    self._engage(reason.customer_id, visit=method.visits)
                    engaged.append(reason)
            if engaged:
                group.reasons = engaged
                chosen.append(group)
        return chosen

    def _need(self, method: Method, key: str, otherwise: int) -> int:
        return self.rules.whole(method.needs[key]) if key in method.needs else otherwise

    def _general_three(self, count: int) -> list[PlanItem]:
        items: list[PlanItem] = []
        for method in self.offers.general_resources[: max(0, count)]:
            pool = self.limits.pools.get(method.pool, Pool())
            people = tuple(pool.customers[: method.limit or 0])
            items.append(self._general("resource", method, pool, people))
        return items

    # -- the one -------------------------------------------------------------------------------------------

    def _best(self) -> ContactReason | None:
        """The lead with the largest value x certainty among those certain enough (`plan.certain_at`) and within reach; None
        if there is none or no call is left."""
        sure = self.rules.number("plan.certain_at")
        fit = [
            r
            for r in self.reasons
            if self._certainty(r.lead) >= sure and r.lead.value_fen > 0 and not r.lead.beyond_reach
        ]
        if not fit or self.brief.calls < 1:
            return None
        return max(fit, key=lambda r: (r.lead.value_fen * self._certainty(r.lead), r.lead.customer_no))

    def _certainty(self, lead: Lead) -> float:
        due = dt.date.fromisoformat(lead.due[:10])
        if lead.kind == MATURING and self.brief.work.days[0] <= due <= self.brief.work.days[-1]:
            return self.rules.number("plan.certainty.due")
        return self.rules.number(f"plan.certainty.{lead.kind}")

    def _landing(self, reason: ContactReason) -> PlanItem:
        self._engage(reason.customer_id, visit=True)
        # a customer above his line has nothing to deposit: another item fits him
        kind = "C2+" if reason.lead.evidence.get("margin_fen") else reason.lead.kind
        method = next(m for m in self.offers.landings if kind in m.leads)
        person = reason.customer()
        facts = self._facts(method, [person], value=reason.lead.value_fen)
        facts |= {"certainty": f"{self._certainty(reason.lead):.0%}", "reason": reason.lead.reason}
        return self._this_week(method, (person,), facts)

    def _general_landing(self) -> PlanItem:
        """The one item when no lead is certain enough; with old data always to get a new list."""
        for method in self.offers.general_landings:
            if method.when_old != self.old:
                continue
            pool = self.limits.pools.get(method.pool, Pool())
            people = tuple(c for c in pool.customers if self._can(c.customer_id, visit=True))[:1]
            if people or not method.pool:
                for customer in people:
                    self._engage(customer.customer_id, visit=True)
                facts = self._facts(method, people)
                facts["certain_at"] = f"{self.rules.number('plan.certain_at'):.0%}"
                return self._this_week(method, people, facts)
        raise LookupError("outreach.toml has no general landing without a pool")

    def _this_week(
        self, method: Method, people: tuple[PlanCustomer, ...], facts: dict[str, str | int]
    ) -> PlanItem:
        work = self.brief.work
        days = [work.nearest(work.days[n], today=self.brief.today) for n in _MILESTONES]
        return PlanItem(
            block="this_week",
            kind=method.kind,
            method=method.title(old=self.old),
            customers=people,
            basis=method.say("basis", facts, old=self.old) + data_dated(self.brief.data_date),
            action=method.say("action", facts, old=self.old),
            script=method.say("script", facts, old=self.old),
            done_when=method.say("done_when", facts, old=self.old),
            due=days[-1].isoformat(),
            milestones=tuple(
                Milestone(day.isoformat(), _(what)) for day, what in zip(days, method.milestones, strict=True)
            ),
        )

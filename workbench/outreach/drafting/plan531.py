"""Draft a week's 531 plan: five methods within capacity, three actions that need a resource, one item to complete
(domain 5)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.workdays import unannounced_words
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.capacity import WeekCapacity, daily
from workbench.outreach.drafting.carrying import Carrying
from workbench.outreach.drafting.days import DayJob, spread
from workbench.outreach.drafting.groups import (
    ContactReason,
    MethodGroup,
    allot,
    choose,
    groups,
    lead_kinds_that_wait,
    leaving_of,
    place_of,
    raising,
    reasons,
    too_early_of,
    unsuitable_of,
)
from workbench.outreach.drafting.landing import Landing
from workbench.outreach.drafting.notes import DraftOutcome, notes
from workbench.outreach.drafting.rows import RowWriter
from workbench.outreach.drafting.shape import FIVE, THREE
from workbench.outreach.leads.calendar import ON_ITS_DAY
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.offering import grounds
from workbench.outreach.lights.listed import LIGHTS
from workbench.outreach.methods import Method, MethodCatalogue
from workbench.outreach.reason import OWED
from workbench.rules.parameters import Rules


def draft(
    brief: Brief, leads: Iterable[Lead], limits: ContactLimits, rules: Rules, offers: MethodCatalogue
) -> WeekPlan:
    """The plan of a week, always with five, three and one rows. Where leads do not suffice, a row says so and names nobody;
    no customer is in two of the five methods."""
    return _Drafting(brief, list(leads), limits, rules, offers).plan()


def method_row(
    brief: Brief,
    leads: Iterable[Lead],
    limits: ContactLimits,
    rules: Rules,
    offers: MethodCatalogue,
    kind: str,
) -> PlanItem:
    """The row of one method of the catalogue with whom it has in the week, each with his day. Raises WorkbenchError
    no_such_method."""
    return _Drafting(brief, list(leads), limits, rules, offers).row(kind)


class _Drafting:
    """A draft in the making."""

    def __init__(
        self, brief: Brief, leads: list[Lead], limits: ContactLimits, rules: Rules, offers: MethodCatalogue
    ) -> None:
        self.carrying = Carrying(brief.left_over, leads, rules, offers)
        leads = self.carrying.leads
        self.brief, self.leads, self.rules, self.offers = brief, leads, rules, offers
        self.limits = limits
        self.reasons, self.kept_out = reasons(leads, offers.methods, limits, rules)
        self.unsuitable = unsuitable_of(leads, offers.methods)
        self.leaving = leaving_of(leads, offers.methods)
        self.too_early = too_early_of(leads, offers.methods)
        #: customer of the one item -> the day (ISO) of its first step
        self.first_step: dict[int, str] = {}
        self.capacity = WeekCapacity.of(brief, rules)
        every = (*offers.methods, *offers.resources, *offers.landings)
        self.marketing = {method.kind for method in every if method.marketing}
        self.rows = RowWriter(brief, rules)

    def plan(self) -> WeekPlan:
        """The finished draft. What was promised, or has a clock of its own, takes its calls first, then the one item its call and
        visit, then the five, then the three."""
        brief, capacity = self.brief, self.capacity
        for lead in self.leads:
            if lead.kind in OWED and capacity.fits(lead.customer_id, call=True, visit=False):
                capacity.engage(lead.customer_id, call=True, visit=False)
        chooser = Landing(brief, self.rules, self.offers, self.rows)
        best = chooser.best(self.reasons, capacity)
        if best is None:
            landing = chooser.nothing(len(self.leads))
        else:
            visit = capacity.fits(best.customer_id, call=True, visit=True)
            capacity.engage(best.customer_id, call=True, visit=visit)
            landing = chooser.item(best)
            self.first_step[best.customer_id] = landing.milestones[0].day
        five = self._five()
        three = self._flagged()
        for group in five:
            if group.method.visits:
                group.visits = capacity.visit([reason.customer_id for reason in group.reasons])
        quick = [self.rows.item("quick_win", group) for group in five]
        quick += self._empty_five(quick)
        needs = [self.rows.item("resource", group) for group in three]
        needs += self._empty_three(needs)
        rows = (*quick, *needs, landing)
        outcome = DraftOutcome(
            self.reasons, self.kept_out, five, rows, unannounced_words(brief.work.unannounced)
        )
        plan = WeekPlan(
            week=brief.work.week,
            draft=True,
            manager=brief.manager,
            branch=brief.branch,
            data_date=brief.data_date,
            rule_version=self.rules.version,
            calls=len(capacity.called),
            calls_limit=brief.calls,
            visits=len(capacity.visited),
            visits_limit=brief.visits,
            quick_wins=tuple(quick),
            needs_resources=tuple(needs),
            this_week=(landing,),
            notes=notes(outcome, self.offers, self.rules),
            order=self._order(rows),
        )
        return self.carrying.carried(self._with_days(plan))

    def row(self, kind: str) -> PlanItem:
        """See `method_row`."""
        brief, offers, rules = self.brief, self.offers, self.rules
        method = offers.of(kind)
        if method is None:
            raise WorkbenchError("no_such_method", _("没有「{kind}」这个方法。").format(kind=kind))
        if method in offers.landings:
            chooser = Landing(brief, rules, offers, self.rows)
            best = chooser.best(self.reasons, self.capacity, method)
            return self._dated(chooser.item(best) if best else chooser.nothing(len(self.leads)))
        if method in offers.resources:
            chosen = self._flagged([method])
            return self._dated(
                self.rows.item("resource", chosen[0]) if chosen else self._empty("resource", method)
            )
        ranked = groups(
            self.reasons, self.kept_out, [method], rules, brief.work.days[0], self.capacity.visits
        )
        cut = allot(ranked, self.capacity.calls, self.capacity.places)
        return self._dated(self.rows.item("quick_win", cut[0]) if cut else self._empty("quick_win", method))

    def _dated(self, item: PlanItem) -> PlanItem:
        """A row with the days of its customers."""
        order = self._order([item])
        everybody, nobody = set(order), set[int]()
        days = self._days(
            order,
            everybody if self._calls(item.kind) else nobody,
            everybody if item.kind in self.marketing else nobody,
        )
        return replace(
            item, customers=tuple(replace(one, day=days[one.customer_id]) for one in item.customers)
        )

    # -- the order of the week, and its days -------------------------------------------------------------------

    def _order(self, rows: Iterable[PlanItem]) -> tuple[int, ...]:
        """The customers of the plan in the order of the week: what is owed by day, lights as they are worked on, the others by
        due day, priority, value and number."""
        listed = dict.fromkeys(one.customer_id for item in rows for one in item.customers)
        by_customer = {reason.customer_id: reason for reason in self.reasons}
        priority = {kind: place for place, kind in enumerate(self.rules.words("plan.priority"))}
        promised: dict[int, str] = {}
        for lead in self.leads:
            if lead.kind in OWED:
                promised[lead.customer_id] = min(lead.due, promised.get(lead.customer_id, lead.due))

        def standing(customer_id: int) -> tuple[int, str, int, int, str]:
            """See above."""
            lead = by_customer[customer_id].lead
            if customer_id in promised:
                return 0, promised[customer_id], 0, -lead.value_fen, lead.customer_no
            if lead.kind in LIGHTS:
                return 1, "", place_of(by_customer[customer_id]), -lead.value_fen, lead.customer_no
            return (
                2,
                self._due(lead),
                priority.get(lead.kind, len(priority)),
                -lead.value_fen,
                lead.customer_no,
            )

        return tuple(sorted(listed, key=standing))

    def _with_days(self, plan: WeekPlan) -> WeekPlan:
        """The plan with the day of each customer: the same wherever he stands."""
        items = (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
        calls = {one.customer_id for item in items for one in item.customers if self._calls(item.kind)}
        sold = {one.customer_id for item in items for one in item.customers if item.kind in self.marketing}
        days = self._days(plan.order, calls, sold)

        def dated(item: PlanItem) -> PlanItem:
            """A row with the days of its customers."""
            return replace(
                item, customers=tuple(replace(one, day=days[one.customer_id]) for one in item.customers)
            )

        return replace(
            plan,
            quick_wins=tuple(dated(item) for item in plan.quick_wins),
            needs_resources=tuple(dated(item) for item in plan.needs_resources),
            this_week=tuple(dated(item) for item in plan.this_week),
        )

    def _days(self, order: Iterable[int], calls: set[int], sold: set[int]) -> Mapping[int, str]:
        """Customer id -> day (ISO); `calls`: who is called; `sold`: who is marketed to."""
        brief = self.brief
        by_customer = {reason.customer_id: reason for reason in self.reasons}
        promised: dict[int, str] = {}
        for lead in self.leads:
            if lead.kind in OWED:
                promised[lead.customer_id] = min(lead.due, promised.get(lead.customer_id, lead.due))
        last = brief.days[-1].isoformat()
        jobs = []
        for id_ in dict.fromkeys((*promised, *order)):
            if id_ in promised:
                jobs.append(DayJob(id_, promised[id_], fixed=True))
                continue
            lead = by_customer[id_].lead
            jobs.append(
                DayJob(
                    id_,
                    last if brief.old else self._due(lead),
                    id_ in calls,
                    fixed=lead.kind == "birthday" or (lead.kind in ON_ITS_DAY and not brief.old),
                    sells=id_ in sold,
                )
            )
        each = daily(brief.calls, len(brief.work.workdays))
        days, silent = ([day.isoformat() for day in some] for some in (brief.days, brief.silent))
        after = brief.work.after.isoformat()
        return spread(jobs, days, self.capacity.each_day, each, silent, after)

    def _due(self, lead: Lead) -> str:
        """The day (ISO) by which a lead is contacted; of the one item the day of its first step, if that is earlier."""
        return min(lead.due, self.first_step.get(lead.customer_id, lead.due))

    def _calls(self, kind: str) -> bool:
        method = next((one for one in self.offers.methods if one.kind == kind), None)
        return method is None or method.channel == "call"

    # -- the five ----------------------------------------------------------------------------------------------

    def _five(self) -> list[MethodGroup]:
        """The methods of the week, their lists cut to capacity; their customers count as called."""
        capacity, methods = self.capacity, self.offers.methods
        ranked = groups(
            self.reasons, self.kept_out, methods, self.rules, self.brief.work.days[0], capacity.visits
        )
        for group in ranked:
            group.unsuitable = self.unsuitable.get(group.method.kind, frozenset())
            group.leaving = self.leaving.get(group.method.kind, frozenset())
            group.too_early = self.too_early.get(group.method.kind, {})
        chosen = choose(ranked, self.rules, FIVE)
        five: list[MethodGroup] = []
        # who is engaged already is mostly on a list too; only if not, his call and place are set aside
        for calls, places in (
            (capacity.calls, capacity.places),
            (capacity.calls_left, capacity.places_left),
        ):
            five = allot(chosen, calls, places)
            called = {r.customer_id for g in five if g.method.channel == "call" for r in g.reasons}
            listed = {r.customer_id for g in five for r in g.reasons}
            if (
                len(called | capacity.called) <= capacity.calls
                and len(listed | capacity.listed) <= capacity.places
            ):
                break
        for group in five:
            for reason in group.reasons:
                capacity.engage(reason.customer_id, call=group.method.channel == "call", visit=False)
        return five

    def _empty_five(self, quick: list[PlanItem]) -> list[PlanItem]:
        """Rows that nobody stands on: first those of the types that the week must have, then in the order of the file."""
        taken = {item.kind for item in quick}
        have = {method.type for method in self.offers.methods if method.kind in taken}
        must = [kind for kind in self.rules.words("plan.must_types") if kind not in have]
        free = [
            method for method in self.offers.methods if method.kind not in taken and method.texts.get("whom")
        ]
        first = [next((m for m in free if m.type == kind), None) for kind in must]
        ordered = dict.fromkeys([*(m.kind for m in first if m), *(m.kind for m in free)])
        by_kind = {method.kind: method for method in free}
        return [self._empty("quick_win", by_kind[kind]) for kind in list(ordered)[: FIVE - len(quick)]]

    def _empty(self, block: str, method: Method) -> PlanItem:
        limits, markets = self.limits, method.marketing
        held = limits.held if markets else {}
        rested = limits.rested if set(method.leads) & lead_kinds_that_wait(self.rules) else {}
        unsuitable = self.unsuitable.get(method.kind, frozenset())
        out = Counter(grounds(self.leads, method.leads, held, unsuitable, rested))
        return self.rows.empty("resource" if block == "resource" else "quick_win", method, out)

    # -- the three ---------------------------------------------------------------------------------------------

    def _flagged(self, methods: Iterable[Method] | None = None) -> list[MethodGroup]:
        """Resource actions whose flag is hit, the three with the largest value (domain 5); of `methods`, None: of all."""
        capacity = self.capacity
        ready: list[MethodGroup] = []
        for method in methods or self.offers.resources:
            fits = raising(method, self.reasons, self.rules)
            if method.marketing:
                # who is leaving is asked why, not offered something
                fits = [one for one in fits if not one.no_sale and one.lead.kind not in LIGHTS]
            fits.sort(
                key=lambda r: (r.customer_id not in capacity.listed, -r.lead.value_fen, r.lead.customer_no)
            )
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
                id_ = reason.customer_id
                if len(engaged) < most and capacity.fits(id_, call=True, visit=method.visits):
                    capacity.engage(id_, call=True, visit=method.visits)
                    engaged.append(reason)
            if engaged:
                group.reasons = engaged
                chosen.append(group)
        return chosen

    def _need(self, method: Method, key: str, otherwise: int) -> int:
        return self.rules.whole(method.needs[key]) if key in method.needs else otherwise

    def _empty_three(self, needs: list[PlanItem]) -> list[PlanItem]:
        """What a column that no list has would tell is asked for first; then the flags that nothing raised."""
        missing: list[PlanItem] = []
        columns = list(dict.fromkeys(self.brief.unseen.values()))
        if columns and self.brief.looked:
            facts: dict[str, str | int] = {"columns": commas(columns), "n": len(columns)}
            missing = [self.rows.general("resource", one, facts) for one in self.offers.general_resources]
        taken = {item.kind for item in needs}
        free = [method for method in self.offers.resources if method.kind not in taken]
        rows = [*missing, *(self._empty("resource", method) for method in free)]
        return rows[: THREE - len(needs)]

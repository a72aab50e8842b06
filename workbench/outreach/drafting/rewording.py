"""A plan that stands, in another language: the same people, rows, days, ids and ticks, other words."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.groups import ContactReason, MethodGroup
from workbench.outreach.drafting.landing import Landing
from workbench.outreach.drafting.plan531 import draft
from workbench.outreach.drafting.rows import RowWriter
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import MethodCatalogue
from workbench.rules.parameters import Rules


class Rewording:
    """Words a stored plan anew from the leads of its week. What no lead tells any more keeps its words."""

    def __init__(
        self,
        brief: Brief,
        leads: Iterable[Lead],
        limits: ContactLimits,
        rules: Rules,
        offers: MethodCatalogue,
    ) -> None:
        self._offers = offers
        self._held = limits.held
        self._leads: dict[tuple[int, str], Lead] = {}
        listed = list(leads)
        for lead in listed:
            self._leads.setdefault((lead.customer_id, lead.kind), lead)
        self._rows = RowWriter(brief, rules)
        self._landing = Landing(brief, rules, offers, self._rows)
        # who was reached since still stands on the plan that is worded
        fresh = draft(brief, listed, replace(limits, rested={}), rules, offers)
        self._notes = fresh.notes
        self._fresh = {
            (item.block, item.kind): item
            for item in (*fresh.quick_wins, *fresh.needs_resources, *fresh.this_week)
        }

    def of(self, plan: WeekPlan) -> WeekPlan:
        """The plan in the language in use."""
        return replace(
            plan,
            quick_wins=tuple(self._row(item) for item in plan.quick_wins),
            needs_resources=tuple(self._row(item) for item in plan.needs_resources),
            this_week=tuple(self._row(item) for item in plan.this_week),
            notes=self._notes,
        )

    def _row(self, item: PlanItem) -> PlanItem:
        people = tuple(self._person(one) for one in item.customers)
        words = self._fresh.get((item.block, item.kind))
        if words is None or _named(words) != _named(item):
            words = self._worded(item)
        if words is None:
            return replace(item, customers=people)
        steps = zip(item.milestones, words.milestones, strict=False)
        return replace(
            words,
            customers=people,
            due=item.due,
            milestones=tuple(replace(old, what=new.what) for old, new in steps),
            result=item.result,
            id=item.id,
            carried=item.carried,
            left_over=item.left_over,
        )

    def _worded(self, item: PlanItem) -> PlanItem | None:
        """The words of a row for just its people; None where they cannot be made."""
        method = self._offers.of(item.kind)
        reasons = [reason for one in item.customers if (reason := self._reason(one)) is not None]
        if method is None or not reasons or len(reasons) < len(item.customers):
            return None
        if item.block == "this_week":
            return self._landing.item(reasons[0])
        return self._rows.item(item.block, MethodGroup(method, reasons, qualified=len(reasons)))

    def _person(self, one: PlanCustomer) -> PlanCustomer:
        reason = self._reason(one)
        if reason is None:
            return one
        words = self._rows.person(reason)
        pairs = zip(one.reasons, words.reasons, strict=True)
        return replace(
            one, reason=words.reason, reasons=tuple(replace(new, due=old.due) for old, new in pairs)
        )

    def _reason(self, one: PlanCustomer) -> ContactReason | None:
        leads = [self._leads.get((one.customer_id, reason.kind)) for reason in one.reasons]
        every = [lead for lead in leads if lead is not None]
        if not every or len(every) < len(leads):
            return None
        return ContactReason(every[0], tuple(every[1:]), self._held.get(one.customer_id))


def _named(item: PlanItem) -> list[int]:
    return sorted(one.customer_id for one in item.customers)

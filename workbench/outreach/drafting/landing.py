"""The one item that lands this week: the largest value x certainty among what is certain enough (domain 5)."""

import datetime as dt
from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.insight.towers.critical_class import MATURING
from workbench.outreach.draft import Milestone, PlanCustomer, PlanItem, data_dated
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.capacity import WeekCapacity
from workbench.outreach.drafting.groups import ContactReason
from workbench.outreach.drafting.rows import RowFacts, RowWriter
from workbench.outreach.leads.amount import amount_of
from workbench.outreach.leads.lead import Lead
from workbench.outreach.methods import Method, MethodCatalogue
from workbench.rules.parameters import Rules

#: Milestones of the one item: the workdays nearest to Monday, Wednesday and Friday.
_MILESTONES = (0, 2, 4)
#: kinds that are a question about the past, or nothing that lands
_NEVER = frozenset({"matured", "birthday", "promise"})


class Landing:
    """Chooses and words the one item."""

    def __init__(self, brief: Brief, rules: Rules, offers: MethodCatalogue, rows: RowWriter) -> None:
        self._brief, self._rules, self._offers, self._rows = brief, rules, offers, rows
        self._certain_at = rules.number("plan.certain_at")
        self._certainties: dict[str, float] = {}

    def best(
        self, reasons: Sequence[ContactReason], capacity: WeekCapacity, method: Method | None = None
    ) -> ContactReason | None:
        """The reason with the largest value x certainty among those that can land, by one `method` (None: by any); None if
        there is none or no capacity."""
        fit = [
            one
            for one in reasons
            if self._lands(one.lead) and (method is None or _kind(one.lead) in method.leads)
        ]
        fit = [one for one in fit if capacity.fits(one.customer_id, call=True, visit=False)]
        if not fit or self._brief.old:
            return None
        return max(fit, key=lambda r: (self._value(r.lead) * self._certainty(r.lead), r.lead.customer_no))

    def _lands(self, lead: Lead) -> bool:
        """Whether it is certain enough and done by the last workday: nothing beyond reach, no line that is kept anyway, no
        money that matured before."""
        if lead.kind in _NEVER or self._certainty(lead) < self._certain_at:
            return False
        if self._value(lead) <= 0 or lead.beyond_reach:
            return False
        if lead.evidence.get("margin_fen") is not None or lead.evidence.get("topup") == "hold":
            return False
        first = lead.evidence.get("first_maturity")
        return not (isinstance(first, str) and first < self._brief.today.isoformat())

    def _value(self, lead: Lead) -> int:
        """Fen that land: of a line to keep, what is lacking."""
        return amount_of(lead)

    def _certainty(self, lead: Lead) -> float:
        kind = lead.kind
        if kind == MATURING:
            days = self._brief.work.days
            if days[0] <= dt.date.fromisoformat(lead.due[:10]) <= days[-1]:
                kind = "due"
        if (certainty := self._certainties.get(kind)) is None:
            certainty = self._certainties[kind] = self._rules.number(f"plan.certainty.{kind}")
        return certainty

    def item(self, reason: ContactReason) -> PlanItem:
        """The row of a reason."""
        lead = reason.lead
        method = next(m for m in self._offers.landings if _kind(lead) in m.leads)
        person = self._rows.person(reason)
        facts = self._rows.facts(method, [person], value=lead.value_fen)
        facts |= {
            "certainty": f"{self._certainty(lead):.0%}",
            "reason": person.reasons[0].sentence,
            "amount": person.reasons[0].amount,
        }
        return self._made(method, (person,), facts)

    def nothing(self, hits: int) -> PlanItem:
        """The row where nothing is certain enough; with old data always to get a new list. `hits`: leads looked at."""
        empty = not self._brief.looked
        method = next(
            m
            for m in self._offers.general_landings
            if m.when_old == self._brief.old
            and (self._brief.old or (m.when_empty, m.when_nobody) == (empty, not empty and not hits))
        )
        facts: RowFacts = {
            "certain_at": f"{self._rules.number('plan.certain_at'):.0%}",
            "looked": f"{self._brief.looked:,}",
            "hits": f"{hits:,}",
        }
        return self._made(method, (), facts)

    def _made(self, method: Method, people: tuple[PlanCustomer, ...], facts: RowFacts) -> PlanItem:
        brief, old = self._brief, self._brief.old
        days = [brief.work.nearest(brief.work.days[n], today=brief.today) for n in _MILESTONES]
        if method.marketing:
            days = [brief.to_sell(day) for day in days]
        return PlanItem(
            block="this_week",
            kind=method.kind,
            method=method.title(old=old),
            customers=people,
            basis=method.say("basis", facts, old=old) + data_dated(brief.data_date),
            action=method.say("action", facts, old=old),
            script=method.say("script", facts, old=old) if people else "",
            done_when=method.say("done_when", facts, old=old),
            due=days[-1].isoformat(),
            milestones=tuple(
                Milestone(day.isoformat(), _(what)) for day, what in zip(days, method.milestones, strict=True)
            ),
        )


def _kind(lead: Lead) -> str:
    """The kind that a landing takes it by: what only the next month can bring is agreed upon this week."""
    return f"{lead.kind}.next" if lead.evidence.get("topup") == "next" else lead.kind

"""What last week left undone in a new draft: who and what is carried over for which week, and what is dropped (domain 5)."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.base.i18n import _, commas
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.drafting.groups import lead_kinds_that_wait
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.left_over import LeftOver
from workbench.outreach.methods import MethodCatalogue
from workbench.rules.parameters import Rules


class Carrying:
    """What was left over, applied to one draft."""

    def __init__(self, left: LeftOver, leads: Sequence[Lead], rules: Rules, offers: MethodCatalogue) -> None:
        self._left, self._offers = left, offers
        self._most = rules.whole("plan.carry_weeks")
        waits = lead_kinds_that_wait(rules)
        over = {id_ for id_, one in left.people.items() if one.weeks >= self._most}
        self.leads = [lead for lead in leads if lead.customer_id not in over or lead.kind not in waits]
        kept = {lead.customer_id for lead in self.leads}
        #: customers (ids) who are not carried over a third time
        self.dropped = over - kept

    def carried(self, plan: WeekPlan) -> WeekPlan:
        """The plan with what is carried over, and a note on what is not."""
        quick = self._block(plan.quick_wins, "quick_win")
        needs = self._block(plan.needs_resources, "resource")
        landing = self._block(plan.this_week, "this_week")
        notes = (*plan.notes, *filter(None, [self._dropped_words()]))
        return replace(plan, quick_wins=quick, needs_resources=needs, this_week=landing, notes=notes)

    def _block(self, rows: Sequence[PlanItem], block: str) -> tuple[PlanItem, ...]:
        before = {item.kind: item for item in self._left.rows if item.block == block}
        made = [self._row(item, before.get(item.kind)) for item in rows]
        own = [item for kind, item in before.items() if self._by_hand(kind) and item.carried < self._most]
        for item in own:
            at = next((n for n, row in enumerate(made) if not row.customers and not row.carried), None)
            if at is not None:
                again = replace(item, id=None, result="", customers=(), due=made[at].due)
                made[at] = self._row(again, item)
        return tuple(made)

    def _row(self, item: PlanItem, before: PlanItem | None) -> PlanItem:
        people = tuple(self._person(one) for one in item.customers)
        if before is None or before.carried >= self._most:
            return replace(item, customers=people)
        why = before.result.partition(":")[2]
        return replace(item, customers=people, carried=before.carried + 1, left_over=why)

    def _person(self, one: PlanCustomer) -> PlanCustomer:
        left = self._left.people.get(one.customer_id)
        return one if left is None else replace(one, carried=min(left.weeks, self._most - 1) + 1)

    def _by_hand(self, kind: str) -> bool:
        """Whether a person made a row, so that no draft makes it again."""
        return self._offers.of(kind) is None

    def _dropped_words(self) -> str:
        rows = [
            item.method for item in self._left.rows if self._by_hand(item.kind) and item.carried >= self._most
        ]
        parts = list(rows)
        if self.dropped:
            parts.append(_("{n} 户(名单在上周的计划里)").format(n=len(self.dropped)))
        return _("第三周不再转结:{what}。").format(what=commas(parts)) if parts else ""

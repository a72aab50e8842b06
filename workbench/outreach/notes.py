"""What a drafted plan has to admit: rows without leads, customers left out and why, lists cut by capacity."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from workbench.base.i18n import _, commas
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.groups import ContactReason, MethodGroup
from workbench.outreach.methods import MethodCatalogue, catalogue
from workbench.people.consent import Consent, counted
from workbench.rules.parameters import Rules


def notes(
    offers: MethodCatalogue,
    found: Sequence[ContactReason],
    kept_out: Mapping[str, dict[int, Consent]],
    five: Sequence[MethodGroup],
    items: Iterable[PlanItem],
    tails: Mapping[int, str],
    notice: str,
    rules: Rules,
) -> tuple[str, ...]:
    """Sentences for the foot of the plan; customers appear by the tail of their number only. `notice`: what
    is to be said of the calendar."""
    said: list[str] = []
    general = [item.method for item in items if item.kind in offers.general_kinds()]
    if general:
        words = _("本周线索不足以写满 5+3+1,以下 {n} 行是日常工作:{names}。")
        said.append(words.format(n=len(general), names=commas(general)))
    for method in offers.methods:
        if out := kept_out.get(method.kind):
            words = _("「{method}」已排除{who}(客户号尾号 {tails})。")
            shown = commas(tails[customer_id] for customer_id in sorted(out)[:20])
            said.append(words.format(method=_(method.name), who=kept_out_words(out, rules), tails=shown))
    if queued := sum(group.found - len(group.reasons) for group in five):
        said.append(_("容量所限,另有 {n} 户排队,下周优先。").format(n=queued))
    listed = {group.method.kind for group in five}
    kinds = {reason.lead.kind for reason in found}
    if left := [m for m in offers.methods if m.kind not in listed and kinds.intersection(m.leads)]:
        said.append(_("没有排进五个方法的线索:{names}。").format(names=commas(_(m.name) for m in left)))
    if notice:
        said.append(notice + _("。"))
    return tuple(said)


def kept_out_words(out: Mapping[int, Consent], rules: Rules) -> str:
    """'拒绝营销 1 户、投诉中 2 户' for customers that must not be marketed to."""
    return counted(Counter(one.code for one in out.values()), rules)


def marketed(plan: WeekPlan) -> dict[int, str]:
    """Customers whom a plan markets to: their ids, with the tail of the number."""
    offers = catalogue()
    every = (*offers.methods, *offers.general, *offers.resources, *offers.landings)
    kinds = {method.kind for method in every if method.marketing}
    return {
        customer.customer_id: customer.customer_no[-4:]
        for item in (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
        if item.kind in kinds
        for customer in item.customers
    }


def held_since_words(plan: WeekPlan, held: Mapping[int, Consent], rules: Rules) -> str:
    """Of those whom a plan markets to: who must not be any more, by reason and tail of the number."""
    tails = [tail for customer_id, tail in marketed(plan).items() if customer_id in held]
    words = _("计划之后不宜再营销:{who}(客户号尾号 {tails}),请先划去。")
    return words.format(who=kept_out_words(held, rules), tails=commas(sorted(tails)))

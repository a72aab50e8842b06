"""The notes at the foot of a drafted plan: rows without leads, customers left out and why, lists cut by capacity."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _, commas
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.drafting.groups import ContactReason, MethodGroup
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.methods import MethodCatalogue, catalogue
from workbench.people.consent import Consent, counted
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """What a draft came to: the `reasons` for contact, the customers `kept_out` of each method, the groups of the five
    with their lists cut to capacity, and all rows (`items`) of the plan. `notice`: a sentence about the calendar, '' for none.
    """

    reasons: Sequence[ContactReason]
    kept_out: Mapping[str, Mapping[int, Consent]]
    five: Sequence[MethodGroup]
    items: Sequence[PlanItem]
    notice: str


def notes(outcome: DraftOutcome, offers: MethodCatalogue, rules: Rules) -> tuple[str, ...]:
    """The sentences at the foot of a drafted plan; nobody is named."""
    sentences: list[str] = []
    tasks = {one.kind for one in (*offers.general_resources, *offers.general_landings)}
    empty = [item.method for item in outcome.items if not item.customers and item.kind not in tasks]
    if empty:
        words = _("本周有 {n} 行没有符合条件的客户,不凑人数,原因写在行里:{names}。")
        sentences.append(words.format(n=len(empty), names=commas(empty)))
    for method in offers.methods:
        if out := outcome.kept_out.get(method.kind):
            words = _("「{method}」已排除{who};逐户在选人页按“营销限制”看。")
            sentences.append(words.format(method=_(method.name), who=kept_out_words(out, rules)))
    if queued := sum(group.qualified - len(group.reasons) for group in outcome.five):
        sentences.append(_("容量所限,另有 {n} 户排队,下周优先。").format(n=f"{queued:,}"))
    listed = {group.method.kind for group in outcome.five}
    # whoever stands in one of the three or the one is not left out
    placed = {customer.customer_id for item in outcome.items for customer in item.customers}
    kinds = {reason.lead.kind for reason in outcome.reasons if reason.customer_id not in placed}
    if left := [m for m in offers.methods if m.kind not in listed and kinds.intersection(m.leads)]:
        sentences.append(_("未列入五个方法的线索:{names}。").format(names=commas(_(m.name) for m in left)))
    if outcome.notice:
        sentences.append(outcome.notice + _("。"))
    return tuple(sentences)


def queue_words(lights: LightWeek) -> list[str]:
    """The sentence how many lit customers wait behind those of the week, and how many are left to win-back; none for nobody."""
    sentences: list[str] = []
    if lights.waiting:
        sentences.append(
            _("亮灯客户本周处理 {n} 户,另有 {m} 户按顺序排队。").format(
                n=len(lights.working), m=f"{len(lights.waiting):,}"
            )
        )
    if lights.gone:
        sentences.append(_("另有 {n} 户的资金已基本转出,不占本周名额。").format(n=f"{len(lights.gone):,}"))
    return sentences


def kept_out_words(out: Mapping[int, Consent], rules: Rules) -> str:
    """How many customers must not be marketed to, by reason: '拒绝营销 1 户、投诉中 2 户'."""
    return counted(Counter(one.code for one in out.values()), rules)


def marketed(plan: WeekPlan) -> dict[int, str]:
    """Customer id -> tail of the number, of the customers whom a plan markets to."""
    offers = catalogue()
    every = (*offers.methods, *offers.resources, *offers.landings)
    kinds = {method.kind for method in every if method.marketing}
    return {
        customer.customer_id: customer.customer_no[-4:]
        for item in (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
        if item.kind in kinds
        for customer in item.customers
    }


def held_since_words(plan: WeekPlan, held: Mapping[int, Consent], rules: Rules) -> str:
    """The note on customers whom a stored plan markets to and who must no longer be: by reason, with number tails."""
    tails = [tail for customer_id, tail in marketed(plan).items() if customer_id in held]
    words = _("计划之后不宜再营销:{who}(客户号尾号 {tails}),请先划去。")
    return words.format(who=kept_out_words(held, rules), tails=commas(sorted(tails)))

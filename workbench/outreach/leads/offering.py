"""Whom a reason is not acted upon for this week, and why: the one answer of the plan and of the critical queue."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from workbench.base.i18n import _, commas
from workbench.insight.products.barring import counted_bars
from workbench.insight.towers.critical_class import NEAR_UPGRADE
from workbench.outreach.leads.lead import Lead
from workbench.people.consent import Consent, counted
from workbench.rules.parameters import Rules

#: grounds beside those of consent, in the order in which they are told
UNSUITABLE, LOST_LATELY, STALE, LEAVING, REACH, RESTS = (
    "unsuitable", "lost_lately", "stale", "leaving", "reach", "rests",
)  # fmt: skip
OTHERWISE = "otherwise"


def offerable(leads: Sequence[Lead]) -> list[Lead]:
    """A customer's leads without a next level that he is not offered: see `not_offered`."""
    return [lead for lead in leads if not not_offered(lead, leads)]


def not_offered(lead: Lead, leads: Iterable[Lead]) -> str:
    """Why a next level is not offered to a customer with these leads, '' where it is: he lost that line lately, so that it is
    one to win back; or no deposit that he can be asked for reaches it."""
    if lead.kind != NEAR_UPGRADE:
        return ""
    if any(one.evidence.get("watch") for one in leads):
        return LOST_LATELY
    return str(lead.evidence["topup"]) if lead.beyond_reach else ""


def leaving(lead: Lead) -> bool:
    """Whether a line is near for a customer who is about to leave: he is asked why, not what he could deposit."""
    return lead.evidence.get("topup") == LEAVING


def grounds(
    leads: Iterable[Lead],
    kinds: Collection[str],
    held: Mapping[int, Consent],
    unsuitable: Collection[int],
    rested: Collection[int],
) -> Iterator[str]:
    """One ground for each customer with a lead of some kinds, why nobody acts upon it: the code of his consent, or one of
    those above; `OTHERWISE` where it is another. `held`, `unsuitable`, `rested`: customers (ids) who are left out."""
    every = list(leads)
    asked = {lead.customer_id for lead in every if lead.kind in kinds}
    by_customer: dict[int, list[Lead]] = {}
    for lead in every:
        if lead.customer_id in asked:
            by_customer.setdefault(lead.customer_id, []).append(lead)
    for customer, theirs in by_customer.items():
        if customer in held:
            yield held[customer].code
        elif customer in unsuitable:
            yield UNSUITABLE
        elif early := next((one.no_products for one in theirs if one.kind in kinds and one.no_products), ""):
            yield early
        else:
            mine = [lead for lead in theirs if lead.kind in kinds]
            out = [not_offered(lead, theirs) or (LEAVING if leaving(lead) else "") for lead in mine]
            yield out[0] if all(out) else RESTS if customer in rested else OTHERWISE


def why_words(out: Mapping[str, int], rules: Rules) -> str:
    """Customers by their ground, in words: '拒绝营销 1 户、数据太旧,无法算出要补多少 3 户'."""
    names = {
        UNSUITABLE: _("先补适当性 {n} 户"),
        LOST_LATELY: _("最近三个月内降下来的按保级谈 {n} 户"),
        STALE: _("数据太旧,无法算出要补多少 {n} 户"),
        LEAVING: _("正在流失,先问原因 {n} 户"),
        REACH: _("本月和下月都达不到 {n} 户"),
        RESTS: _("刚联系过 {n} 户"),
        OTHERWISE: _("已列在别的行 {n} 户"),
    }
    numbers = Counter(out)
    parts = [counted(numbers, rules), counted_bars(numbers.elements(), rules)]
    parts += [words.format(n=f"{numbers[ground]:,}") for ground, words in names.items() if numbers[ground]]
    return commas(filter(None, parts))


def none_words(who: str, out: Mapping[str, int], rules: Rules) -> str:
    """The sentence that customers are of a class and none of them is listed this week, with how many and why."""
    words = _("{who} {hits} 户,本周都不列:{why}")
    return words.format(who=who, hits=f"{sum(out.values()):,}", why=why_words(out, rules))

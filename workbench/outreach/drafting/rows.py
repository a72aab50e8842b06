"""The rows of a draft: methods with their customers, and rows that have none with the reason why (domain 5)."""

import math
from collections.abc import Mapping, Sequence

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.products.barring import counted_bars
from workbench.outreach.draft import Block, PlanCustomer, PlanItem, data_dated, no_request
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.groups import ContactReason, MethodGroup
from workbench.outreach.drafting.notes import kept_out_words
from workbench.outreach.leads.offering import why_words
from workbench.outreach.methods import Method
from workbench.rules.parameters import Rules

RowFacts = dict[str, str | int]


class RowWriter:
    """Puts rows into words."""

    def __init__(self, brief: Brief, rules: Rules) -> None:
        self._brief, self._rules, self._old = brief, rules, brief.old

    def person(self, reason: ContactReason) -> PlanCustomer:
        """A customer for a row."""
        return reason.customer(self._rules, as_of=self._brief.data_date, old=self._old)

    def item(self, block: Block, group: MethodGroup) -> PlanItem:
        """The row of a method with its customers."""
        method = group.method
        people = tuple(self.person(reason) for reason in group.reasons)
        facts = self.facts(method, people, value=group.value, visits=group.visits)
        basis = method.say("basis", facts, old=self._old)
        cut = group.qualified - len(people)
        if cut > 0 and block == "quick_win":
            basis += _(";容量所限,另有 {n} 户排队").format(n=f"{cut:,}")
        if left_out := self._left_out(group):
            basis += _(";已排除{who}").format(who=left_out)
        action = method.say("action_visit", facts, old=self._old) if group.visits else ""
        action = action or method.say("action", facts, old=self._old)
        sold = (one for reason in group.reasons for one in reason.every if one.kind in method.leads)
        if method.marketing and any(one.tested is None for one in sold):
            action += _(";名单没有风险测评,只谈普通存款和国债")
        return PlanItem(
            block=block,
            kind=method.kind,
            method=method.title(old=self._old),
            customers=people,
            basis=basis + data_dated(self._brief.data_date),
            action=action,
            script=method.say("script", facts, old=self._old),
            done_when=method.say("done_when", facts, old=self._old),
            due=self.due(method),
            resource=method.say("resource", facts, old=self._old),
            fallback=method.say("fallback", facts, old=self._old),
        )

    def _left_out(self, group: MethodGroup) -> str:
        parts = [kept_out_words(group.kept_out, self._rules)] if group.kept_out else []
        if unsuitable := len(group.unsuitable - group.kept_out.keys()):
            parts.append(_("先补适当性 {n} 户").format(n=unsuitable))
        if going := len(group.leaving - group.kept_out.keys() - group.unsuitable):
            parts.append(_("正在流失,先问原因 {n} 户").format(n=f"{going:,}"))
        known = group.kept_out.keys() | group.unsuitable | group.leaving
        early = [why for id_, why in group.too_early.items() if id_ not in known]
        parts += filter(None, [counted_bars(early, self._rules)])
        return commas(parts)

    def facts(
        self, method: Method, people: Sequence[PlanCustomer], *, value: int = 0, visits: int = 0
    ) -> RowFacts:
        """What the texts of a method are filled with."""
        count = len(people)
        return {
            "n": count,
            "value": wan(value),
            "aum": wan(sum(c.aum_fen or 0 for c in people)),
            "visits": visits,
            "target": max(1, math.ceil(count * method.share)) if count else 0,
        }

    def due(self, method: Method) -> str:
        """The due day (ISO) of a method; the last of the week where the data are too old for deadlines, never a silent one
        for what markets."""
        work = self._brief.work
        day = work.nth(len(work.days) if self._old else method.due, today=self._brief.today)
        return (self._brief.to_sell(day) if method.marketing else day).isoformat()

    # -- rows without customers --------------------------------------------------------------------------------

    def empty(self, block: Block, method: Method, out: Mapping[str, int]) -> PlanItem:
        """The row of a method that has nobody this week: what was looked at, how many, by which data, what would fill it.
        `out`: customers with a reason of its kind by the ground why it is not acted upon (`leads/offering`)."""
        resource = block == "resource"
        basis, action, done = self._why_empty(method, out)
        return PlanItem(
            block=block,
            kind=method.kind,
            method=method.title(old=self._old),
            customers=(),
            basis=basis + data_dated(self._brief.data_date),
            action=action,
            script="",
            done_when=done,
            due=self.due(method),
            resource=no_request() if resource else "",
            fallback=_("不影响五个方法") if resource else "",
        )

    def _why_empty(self, method: Method, out: Mapping[str, int]) -> tuple[str, str, str]:
        """(what was looked at and why nobody, what would fill the row, when it is done)."""
        who, hits = method.say("whom", {}, old=self._old), sum(out.values())
        looked = f"{self._brief.looked:,}"
        again = _("导入 1 份最新名单后重新起草")
        if not self._brief.looked:
            return _("账本里还没有客户名单,没有可看的"), _("导入总行名单,符合条件的自动排入"), again
        missing = commas(
            dict.fromkeys(self._brief.unseen[kind] for kind in method.leads if kind in self._brief.unseen)
        )
        if missing and not hits and all(kind in self._brief.unseen for kind in method.leads):
            basis = _("看了 {looked} 户,名单没有「{column}」,看不出谁是{who}客户").format(
                looked=looked, column=missing, who=who
            )
            action = _("请总行提供「{column}」,导入后这一行自动列出客户").format(column=missing)
            return basis, action, _("导入 1 份带「{column}」的名单").format(column=missing)
        action = _("不凑人数;下一份名单或新线索符合条件即排入")
        if not hits:
            return _("看了 {looked} 户,没有{who}客户").format(looked=looked, who=who), action, again
        basis = _("看了 {looked} 户,{who}客户 {hits} 户,本周都不列:{why}").format(
            looked=looked, who=who, hits=f"{hits:,}", why=why_words(out, self._rules)
        )
        return basis, action, again

    def general(self, block: Block, method: Method, facts: RowFacts) -> PlanItem:
        """A task without customers."""
        return PlanItem(
            block=block,
            kind=method.kind,
            method=method.title(old=self._old),
            customers=(),
            basis=method.say("basis", facts, old=self._old) + data_dated(self._brief.data_date),
            action=method.say("action", facts, old=self._old),
            script="",
            done_when=method.say("done_when", facts, old=self._old),
            due=self.due(method),
            resource=method.say("resource", facts, old=self._old),
            fallback=method.say("fallback", facts, old=self._old),
        )

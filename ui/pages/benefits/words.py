"""A rule in sentences: what the customer gets, who it is for, how often, until when, why it is allowed."""

from collections.abc import Sequence

from workbench.base.i18n import _, commas, semicolons, sentences
from workbench.base.money import exact_yuan
from workbench.insight.genes.data import segments
from workbench.outreach.benefits.benefit import BenefitLine, BenefitPerson, BenefitRule
from workbench.outreach.benefits.shipped import benefit_words
from workbench.rules.parameters import Rules


def rule_words(rule: BenefitRule, rules: Rules) -> str:
    """The rule in a few half sentences."""
    words = benefit_words()
    parts = [_(rule.gives), _("触发:{what}").format(what=_(words.triggers[rule.trigger].name))]
    if rule.levels:
        parts.append(_("层级:{names}").format(names=commas(rules.text(f"tier.{one}") for one in rule.levels)))
    if rule.segments:
        named = {one.code: _(one.name) for one in segments()}
        parts.append(_("客群:{names}").format(names=commas(named[one] for one in rule.segments)))
    if rule.threshold_fen is not None:
        how = _("{measure} {yuan} 元以上")
        yuan = exact_yuan(rule.threshold_fen).removesuffix(".00")
        parts.append(how.format(measure=_(words.measures[rule.measure].name), yuan=yuan))
    often = _("每人{per}一份").format(per=_(words.periods[rule.per]))
    often = _("每人只发一次") if rule.per == "once" else often
    if rule.cap is not None:
        often += _(",一年最多 {n} 份").format(n=rule.cap)
    days = rule.days if rule.days is not None else rules.whole("benefit.valid_days")
    parts += [often, _("有效 {n} 天").format(n=days)]
    stack = _(words.stacks[rule.stack])
    parts.append(f"{stack}({_(rule.group)})" if rule.group else stack)
    for head, text in (
        (_("凭证:{text}"), rule.evidence),
        (_("负责人:{text}"), rule.owner),
        (_("合规:{text}"), rule.note),
    ):
        if text:
            parts.append(head.format(text=_(text)))
    if rule.mark == "P":
        parts.append(_("本系统口径的例子,请换成本行的"))
    return semicolons(parts) + _("。")


def line_words(line: BenefitLine) -> str:
    """How it stands, in one line."""
    may = _("可发 {eligible} 位")
    if not line.eligible and line.cannot_tell:  # nobody is known to: that is no zero
        may = _("可发无法判断")
    unused = _("未用 {unused} 份,其中临期 {soon} 份") if line.expiring else _("未用 {unused} 份")
    counts = (
        may.format(eligible=f"{line.eligible:,}"),
        unused.format(unused=f"{line.unused:,}", soon=f"{line.expiring:,}"),
    )
    return sentences((" · ".join((line.rule.title, *counts)),))


def unused_words(unused: Sequence[BenefitPerson]) -> str:
    """What customers have not used, of every rule."""
    soon = sum(one.state == "soon" for one in unused)
    words = _("各项权益没有用的 {n} 份,其中临期 {soon} 份") if soon else _("各项权益没有用的 {n} 份")
    return words.format(n=f"{len(unused):,}", soon=f"{soon:,}")

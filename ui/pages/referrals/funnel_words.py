"""The funnel in words: shares with their intervals, days with how many they are of, health lines with what follows."""

from workbench.base.i18n import _, semicolons, sentences
from workbench.outreach.referrals.funnel import FunnelHealth, FunnelStep, ReferralFunnel


def share_words(step: FunnelStep) -> str:
    """The share of the step before with its interval; what cannot be told is told, never '0 %'."""
    if step.stage == "asked":
        return ""
    untold = _("{n} 件还不能判断").format(n=step.untold) if step.untold else ""
    if step.share is None:
        nobody = _("没有得到答复的开口记录,算不出比例") if step.stage == "named" else _("上一步还没有人")
        return untold or nobody
    low, high = step.interval
    words = _("占上一步 {share}({hits}/{base}),95% 区间 {low}–{high}").format(
        share=f"{step.share:.0%}", hits=step.hits, base=step.base, low=f"{low:.0%}", high=f"{high:.0%}"
    )
    few = _("件数少,只作参考") if step.few else ""
    apart = step.count - step.hits if step.stage != "named" else 0
    skipped = _("另有 {n} 件没有上一步的记录").format(n=apart) if apart else ""
    return semicolons(filter(None, (words, few, untold, skipped)))


def days_words(step: FunnelStep) -> str:
    """The median days from the step before; why there is none where there is none."""
    if step.stage == "asked":
        return ""
    if step.days is None:
        return _("没有记资金到账日") if step.stage == "funded" else _("没有两步日期都记了的")
    words = _("中位 {days} 天({n} 件有日期)")
    return words.format(days=f"{step.days:g}", n=step.pairs)


def health_words(one: FunnelHealth, name: str) -> str:
    """One health line: the share, its line, what follows from both."""
    if one.share is None:
        none = {
            "give": _("还没有得到答复的开口"),
            "meet": _("还没有人同意联系"),
            "convert": _("还没有见过面的"),
        }[one.code]
        return _("{name}:{why},算不出来。").format(name=name, why=none)
    line = _("本行以前的 {line}") if one.own else _("健康线 {line}")
    verdict = {
        "good": _("达到"),
        "bad": _("低于"),
        "unsure": _("还看不出高低,先多积累几件,对照"),
    }[one.verdict if one.verdict != "none" else "unsure"]
    words = _("{name}:{share}({hits}/{base}),{verdict}{line}。").format(
        name=name,
        share=f"{one.share:.0%}",
        hits=one.hits,
        base=one.base,
        verdict=verdict,
        line=line.format(line=f"{one.line:.0%}"),
    )
    few = _("件数少,只作参考。") if one.few else ""
    return sentences((words, few, _todo(one) if one.verdict == "bad" else ""))


def _todo(one: FunnelHealth) -> str:
    """What to do about a share below its line."""
    return {
        "give": _("先挑刚满意的客户开口,并说清要介绍什么样的人。"),
        "meet": _("请转介人先打招呼,见面只谈对方想谈的事。"),
        "convert": _("见面前先问清需求,没有需求的不约。"),
    }[one.code]


def beside_words(of: ReferralFunnel) -> list[str]:
    """What the steps do not say, a sentence each."""
    lines = [
        _("转介过的 {givers} 人里,{again} 人不止一次。").format(givers=of.givers, again=of.again)
        if of.givers
        else "",
        _("{n} 次开口还没有答复,不算在给名率里。").format(n=of.waiting) if of.waiting else "",
        _("{n} 张转介单没有对应的开口记录:算已开口、已给名,不算进给名率。").format(n=of.lines)
        if of.lines
        else "",
        _("{n} 件没有本人同意的记录就联系了,请补上同意的方式,没有同意的停止联系。").format(n=of.unagreed)
        if of.unagreed
        else "",
    ]
    return [line for line in lines if line]

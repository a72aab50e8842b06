"""The sentence about a comparison: what the interval shows, and what it cannot show."""

import math

from workbench.base.i18n import _, sentences
from workbench.outreach.effects.similar import EffectComparison
from workbench.outreach.outcomes.words import interval_verdict


def effect_words(compared: EffectComparison) -> str:
    """'36 户里 89% 没有流失,相近而没联系的 80%;相差 +9 个百分点,95% 区间 -3 到 +19:看不出差别。' or what is missing for it."""
    return sentences(filter(None, [_shown(compared), _left_out(compared)]))


def _shown(compared: EffectComparison) -> str:
    similar, contacted, difference = compared.similar, compared.contacted, compared.difference
    if similar is None or difference is None or contacted.share is None:
        words = _(
            "样本太少,说明不了效果:联系上并有结论的 {n} 户,相近而没联系的 {similar} 户,两边各满 {least} 户才相比。"
        )
        few = words.format(
            n=f"{contacted.n:,}", similar=f"{similar.people if similar else 0:,}", least=f"{compared.least:,}"
        )
        if similar is None or similar.n >= compared.least or similar.people < compared.least:
            return few
        unlike = _("这 {people} 户里各层级各灯的多少和联系上的不同,加权后只相当于 {n} 户。")
        return few + unlike.format(people=f"{similar.people:,}", n=f"{math.floor(similar.n):,}")
    low, high = compared.interval
    words = _(
        "联系上的 {n} 户里 {share} 没有流失,相近而没联系的 {people} 户里 {other};"
        "相差 {difference} 个百分点,95% 区间 {low} 到 {high}:{verdict}。"
    )
    return words.format(
        n=f"{contacted.n:,}", share=f"{contacted.share:.0%}", people=f"{similar.people:,}",
        other=f"{similar.share:.0%}", difference=f"{difference * 100:+.1f}", low=f"{low * 100:+.1f}",
        high=f"{high * 100:+.1f}", verdict=interval_verdict(low, high),
    )  # fmt: skip


def _left_out(compared: EffectComparison) -> str:
    """Whom the figures leave out."""
    parts = [
        _("{n} 户还没看满").format(n=f"{compared.waiting:,}") if compared.waiting else "",
        _("{n} 户说不清").format(n=f"{compared.unknown:,}") if compared.unknown else "",
        _("{n} 户找不到相近的客户").format(n=f"{compared.alone:,}") if compared.alone else "",
    ]
    kept = [one for one in parts if one]
    return _("另有 {what},没有算进去。").format(what=_("、").join(kept)) if kept else ""

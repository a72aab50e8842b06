"""What may be said of figures: nothing is claimed where the interval holds the case that nothing was won."""

from collections import Counter
from collections.abc import Sequence

from workbench.base.i18n import _, commas, sentences
from workbench.insight.churn.backtest.estimate import Estimate, Verdict
from workbench.insight.churn.backtest.report import AlertRow, AlertShare, BacktestOrigin


def percent(share: float | None) -> str:
    """A share of 1 in per cent, with the fewer decimals the larger it is."""
    if share is None:
        return _("无法判断")
    decimals = 0 if share >= 0.0995 or share < 0.00005 else 1 if share >= 0.00095 else 2
    return f"{share:.{decimals}%}"


def interval(one: Estimate, *, times: bool = False) -> str:
    """The interval in words: '52%–67%', or '1.2–3.4' for a number of times; '' without one."""
    if one.low is None or one.high is None:
        return ""
    return f"{one.low:.1f}–{one.high:.1f}" if times else f"{percent(one.low)}–{percent(one.high)}"


def against_lot(claim: Verdict, lift: Estimate, right: int) -> str:
    """Whether alerts name those who leave better than names drawn by lot would; '' where there is nothing to compare.
    `right`: customers named rightly."""
    if lift.value is None:
        return ""
    if claim == "cannot_tell" and lift.above(1):
        return _("预警正确的只有 {n} 户,太少,还不能说明预警有效。").format(n=right)
    verdicts = {
        "better": _("明显好于随机抽取。"),
        "worse": _("还不如随机抽取。"),
        "cannot_tell": _("区间里包含“与随机抽取相当”,还不能说明预警有效。"),
    }
    return verdicts[claim]


def of_row(
    alerts: int, right: int, precision: Estimate, recall: Estimate, lift: Estimate, days: float | None
) -> str:
    """One cut of the alerts."""
    if not alerts:
        return _("没有可以核对的预警。")
    words = _("预警 {alerts} 户次,其中流失 {right} 户次,准确率 {precision}(95% 区间 {between})。")
    parts = [
        words.format(
            alerts=f"{alerts:,}", right=f"{right:,}", precision=percent(precision.value), between=interval(precision)
        )
    ]  # fmt: skip
    if lift.value is not None:
        words = _("是平均的 {lift} 倍(区间 {between})。")
        parts.append(words.format(lift=f"{lift.value:.1f}", between=interval(lift, times=True)))
    if recall.value is not None:
        parts.append(_("流失的客户里事先预警到 {recall}。").format(recall=percent(recall.value)))
    if days is not None:
        parts.append(_("提前天数的中位数 {days} 天。").format(days=round(days)))
    return sentences(parts)


def of_working(share: AlertShare, weekly: int, weeks: int, gone: int) -> str:
    """The first places of the working order."""
    if not share.alerts:
        return _("没有可以核对的预警。")
    words = _(
        "每周 {weekly} 户、{weeks} 周能处理的前 {places} 户里,可核对的 {alerts} 户次,"
        "其中流失 {right} 户次:准确率 {precision}(95% 区间 {between})。"
    )
    sentence = words.format(
        weekly=weekly, weeks=weeks, places=weekly * weeks, alerts=f"{share.alerts:,}", right=f"{share.right:,}",
        precision=percent(share.precision.value), between=interval(share.precision),
    )  # fmt: skip
    if gone:
        words = _("另有 {gone} 户次亮灯时资金已基本转出,不占名额。")
        sentence = sentences([sentence, words.format(gone=f"{gone:,}")])
    return sentence


def headline(
    orange: AlertRow, base: Estimate, months: Sequence[str], horizon: int, right_customers: int
) -> str:
    """How good the warnings were, in one sentence."""
    where = _("回看 {months}:").format(months=commas(months))
    if not orange.n:
        return sentences([where, _("没有一户能核对结果,无法判断准确率。")])
    if not orange.lost:
        words = _("能核对的 {n} 户次里没有流失的,无法判断准确率。")
        return sentences([where, words.format(n=f"{orange.n:,}")])
    if not orange.alerts:
        words = _("能核对的 {n} 户次里流失 {lost} 户次,橙灯和红灯没有预警任何客户。")
        return sentences([where, words.format(n=f"{orange.n:,}", lost=f"{orange.lost:,}")])
    words = _(
        "橙灯和红灯预警的 {alerts} 户次里,之后 {horizon} 个月流失 {right} 户次,准确率 {precision}(95% 区间 {between});"
        "平均流失率 {base},流失的客户里事先预警到 {recall}。"
    )
    sentence = words.format(
        alerts=f"{orange.alerts:,}", horizon=horizon, right=f"{orange.right:,}", precision=percent(orange.precision.value),
        between=interval(orange.precision), base=percent(base.value), recall=percent(orange.recall.value),
    )  # fmt: skip
    return sentences([where, sentence, against_lot(orange.claim, orange.lift, right_customers)])


def of_naive(
    fall: float, naive: AlertShare, check: AlertShare, difference: Estimate, verdict: Verdict, different: int, least: int
) -> str:  # fmt: skip
    """The check against the naive rule."""
    name = _("“月日均比上月下降 {fall}”").format(fall=percent(fall))
    if not naive.alerts:
        return _("简单规则{name}没有预警任何客户,无法比较。").format(name=name)
    words = _(
        "简单规则{name}预警 {alerts} 户次,准确率 {naive};"
        "同样多的名额按本系统的风险分预警,准确率 {check},"
        "相差 {difference} 个百分点(95% 区间 {low} 到 {high})。"
    )
    sentence = words.format(
        name=name, alerts=f"{naive.alerts:,}", naive=percent(naive.precision.value), check=percent(check.precision.value),
        difference=_points(difference.value), low=_points(difference.low), high=_points(difference.high),
    )  # fmt: skip
    if different < least:
        few = _("两种方法只有 {n} 户不同,太少,无法比较优劣。")
        return sentences([sentence, few.format(n=different)])
    verdicts = {
        "better": _("本系统的方法更准。"),
        "worse": _("本系统的方法不如简单规则。"),
        "cannot_tell": _("区间里包含“没有差别”,无法比较优劣。"),
    }
    return sentences([sentence, verdicts[verdict]])


def _points(share: float | None) -> str:
    return _("无法判断") if share is None else f"{share * 100:+.1f}"


def notes(origins: Sequence[BacktestOrigin], doubtful: Sequence[str], horizon: int) -> tuple[str, ...]:
    """What the reader of the figures has to know."""
    headline = [one.month for one in origins if one.headline]
    named = {
        "handed_over": _("移交他人"), "left_list": _("不在名单上、没有销户记录"), "few_months": _("之后的名单太少"),
    }  # fmt: skip
    censored: Counter[str] = Counter()
    for origin in origins:
        censored.update(origin.censored)
    lines = [
        _("流失:之后 {horizon} 个月的平均月日均不到之前的一半,或已销户;只是降级不算。").format(
            horizon=horizon
        ),
        _(
            "黄、橙、红三行和每周名额用互不重叠的时点({months});信号、层级、曲线(只按风险分)和对照用全部 {n} 个时点。"
        ).format(months=commas(headline), n=len(origins)),
        _("联系过的客户更可能留住,准确率会显得偏低,所以联系过的和没联系过的分开列。"),
    ]
    if censored:
        parts = [
            _("{name} {n} 户次").format(name=named[why], n=f"{n:,}") for why, n in sorted(censored.items())
        ]
        lines.append(_("说不清后来怎样、没有算进去的:{parts}。").format(parts=commas(parts)))
    if doubtful:
        lines.append(_("数据存疑、没有用的月份:{months}。").format(months=commas(doubtful)))
    return tuple(lines)

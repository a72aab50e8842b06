"""The eight checks of a tag (domain 11.3): each makes a verdict with its sentence from figures."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas, sentences
from workbench.base.money import round_yuan
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.reviews import Accuracy
from workbench.insight.tags.spread import Spread
from workbench.rules.parameters import Rules

#: show: too weak to act on, for display only; rare: few customers have it; none: the check does not apply
State = Literal["pass", "show", "rare", "watch", "stop", "unknown", "none"]
CHECKS = (
    "coverage", "accuracy", "freshness", "stability", "lift", "consistency", "concentration", "usage",
)  # fmt: skip
#: the number of missing inputs that a sentence names
_NAMED = 5
#: from the gravest; states before "pass" get a line in a check-up
GRAVITY: tuple[State, ...] = ("stop", "watch", "rare", "show", "pass", "unknown", "none")


@dataclass(frozen=True, slots=True)
class TagCheck:
    """One check of one tag: `value` is its figure where it has one, `reason` the sentence with the numbers."""

    code: str
    state: State
    value: float | None
    reason: str

    def as_json(self) -> dict[str, Any]:
        """For programs; the value to four places."""
        value = None if self.value is None else round(self.value, 4)
        return {"code": self.code, "state": self.state, "value": value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Lift:
    """How much more often a target happened with a value than among all.

    `rate` is that of the `group` customers with the value, `overall` that of all with any value.
    """

    target: str
    value: str
    group: int
    rate: float
    overall: float

    @property
    def times(self) -> float:
        """The rate as a multiple of the overall one; 0 without any case."""
        return self.rate / self.overall if self.overall else 0.0


def worst(checks: Sequence[TagCheck]) -> State:
    """The state of a tag: the gravest of its checks; 'unknown' when no customer has a value."""
    if any(check.code == "coverage" and check.state == "unknown" for check in checks):
        return "unknown"
    return min((check.state for check in checks), key=GRAVITY.index, default="unknown")


def noted(checks: Sequence[TagCheck]) -> list[TagCheck]:
    """The checks that need attention, the gravest first."""
    notable = [check for check in checks if GRAVITY.index(check.state) < GRAVITY.index("pass")]
    return sorted(notable, key=lambda check: GRAVITY.index(check.state))


def state_word(state: str) -> str:
    """The word of a state, in the language in use."""
    return {
        "pass": _("合格"), "show": _("仅展示"), "rare": _("稀有"), "watch": _("观察"), "stop": _("停用排查"),
        "unknown": _("无法判断"), "none": _("不适用"),
    }.get(state, state)  # fmt: skip


def coverage(tag: Tag, spread: Spread, unreported: Sequence[str], rules: Rules) -> TagCheck:
    """The share of eligible customers with a value. `unreported`: labels of inputs that nobody has a value of."""
    if not spread.eligible:
        reason = _("没有一位客户符合适用条件“{eligible}”。") if tag.eligible else _("账本里没有客户。")
        return TagCheck("coverage", "unknown", None, reason.format(eligible=tag.eligible))
    kind = "observed" if tag.observed else "fact" if tag.layer == 2 else "model"
    line, low = rules.number(f"tags.coverage.{kind}"), rules.number("tags.coverage.low")
    share = spread.with_value / spread.eligible
    lacks = _("没有这些数据:{names}。").format(names=commas(unreported[:_NAMED])) if unreported else ""
    if not spread.with_value:
        reason = _("应有的 {eligible} 户都无法判断。").format(eligible=f"{spread.eligible:,}")
        return TagCheck("coverage", "unknown", 0.0, reason + lacks)
    sentence = _("{told} 户有值,应有 {eligible} 户,覆盖率 {share}(及格 {line})。").format(
        told=f"{spread.with_value:,}",
        eligible=f"{spread.eligible:,}",
        share=percent(share),
        line=percent(line),
    )
    if share >= line:
        return TagCheck("coverage", "pass", share, sentence)
    if share < low:
        sentence += _("不到 {low},先补数据再用。").format(low=percent(low))
    return TagCheck("coverage", "watch", share, sentence + lacks)


def accuracy(tag: Tag, outcome: Accuracy, rules: Rules) -> TagCheck:
    """The share of right answers; 'stop' when the whole interval lies below the line."""
    line = rules.number(
        "tags.accuracy.fact" if tag.layer == 2 and not tag.observed else "tags.accuracy.model"
    )
    if outcome.share is None:
        reason = _("还没有人核对过;应抽 {n} 户。").format(n=outcome.wanted)
        return TagCheck("accuracy", "unknown", None, reason)
    low, high = outcome.interval
    sentence = _("核对 {checked} 户(应抽 {wanted} 户),{right} 户对,准确率 {share},区间 {low} 到 {high}(及格 {line})。").format(
        checked=outcome.checked, wanted=outcome.wanted, right=outcome.right, share=percent(outcome.share),
        low=percent(low), high=percent(high), line=percent(line),
    )  # fmt: skip
    if high < line:
        return TagCheck("accuracy", "stop", outcome.share, sentence)
    enough = outcome.checked >= outcome.wanted
    return TagCheck(
        "accuracy", "pass" if enough and outcome.share >= line else "watch", outcome.share, sentence
    )


def freshness(tag: Tag, as_of: str, day: str, rules: Rules) -> TagCheck:
    """The age of the data in days against the validity of the tag."""
    age = (dt.date.fromisoformat(day) - dt.date.fromisoformat(as_of)).days
    cycles = age / tag.valid_days
    sentence = _("数据日期 {as_of},距今 {age} 天,有效期 {days} 天。").format(
        as_of=as_of, age=age, days=tag.valid_days
    )
    most = rules.number("tags.fresh.cycles")
    state: State = "pass" if cycles <= most else "watch" if cycles <= most + 1 else "stop"
    return TagCheck(
        "freshness",
        state,
        float(age),
        sentence if state == "pass" else sentences((sentence, _("请导入新的名单。"))),
    )


def stability(spread: Spread, before: Spread | None, month: str, rules: Rules) -> TagCheck:
    """The PSI of the values against the month before; unknown where too few can be compared."""
    if before is None or not before.with_value or not spread.with_value:
        return TagCheck("stability", "unknown", None, _("{month} 没有可比的分布。").format(month=month))
    few, many = sorted((before.with_value, spread.with_value))
    if few < rules.whole("tags.psi.least") or few < many * rules.number("tags.psi.comparable"):
        sentence = _("{month} 有 {before} 户判断得出,本月 {now} 户,比不出稳定性。").format(
            month=month, before=f"{before.with_value:,}", now=f"{spread.with_value:,}"
        )
        return TagCheck("stability", "unknown", None, sentence)
    figure = psi(spread, before, rules.number("tags.psi.floor"))
    watch, stop = rules.number("tags.psi.watch"), rules.number("tags.psi.stop")
    state: State = "pass" if figure < watch else "watch" if figure <= stop else "stop"
    sentence = _("与 {month} 相比 PSI {psi}({watch} 以下稳定,超过 {stop} 停用排查)。").format(
        month=month, psi=f"{figure:.3f}", watch=watch, stop=stop
    )
    return TagCheck("stability", state, figure, sentence)


def psi(spread: Spread, before: Spread, floor: float) -> float:
    """Σ(a−e)·ln(a/e) over the values (domain 11.3)."""
    total = 0.0
    for value in {*spread.values, *before.values}:
        now, then = max(spread.share(value), floor), max(before.share(value), floor)
        total += (now - then) * math.log(now / then)
    return total


def lift(tag: Tag, lifts: Sequence[Lift], months: str, rules: Rules) -> TagCheck:
    """The lift of the strongest value on any target; `lifts` is empty where nothing can be compared."""
    if tag.kind in ("date", "text"):
        return TagCheck("lift", "none", None, _("日期和文字标签不看区分度。"))
    if not lifts:
        return TagCheck("lift", "unknown", None, _("近三个月发生的流失、达标太少,比不出来。"))
    best = max(lifts, key=lambda candidate: candidate.times)
    line = rules.number("tags.lift.pass")
    sentence = _("“{value}”{n} 户,{months}{target} {rate},是全体({overall})的 {times} 倍(及格 {line} 倍)。").format(
        value=value_word(tag, best.value, rules), n=f"{best.group:,}", months=months,
        target=_("流失") if best.target == "lost" else _("新达标"), rate=percent(best.rate),
        overall=percent(best.overall), times=f"{best.times:.1f}", line=line,
    )  # fmt: skip
    if best.times >= line:
        return TagCheck("lift", "pass", best.times, sentence)
    return TagCheck("lift", "show", best.times, sentences((sentence, _("建议只展示,不用来触发。"))))


def consistency(conflicts: Sequence[tuple[str, int]], unjudged: int) -> TagCheck:
    """The customers in contradictions. `conflicts`: sentence and customers of those that concern the tag.

    `unjudged`: how many more could not be judged.
    """
    if not conflicts:
        if unjudged:
            return TagCheck("consistency", "unknown", None, _("对照用的列没有给出,看不出矛盾。"))
        return TagCheck("consistency", "none", None, _("没有与它互斥的说法。"))
    hit = [(text, count) for text, count in conflicts if count]
    total = sum(count for _text, count in hit)
    if not hit:
        return TagCheck(
            "consistency", "pass", 0.0, _("对照 {n} 条互斥说法,没有矛盾。").format(n=len(conflicts))
        )
    sentence = commas(_("{text}({n} 户)").format(text=_(text), n=f"{count:,}") for text, count in hit)
    return TagCheck("consistency", "watch", float(total), _("有矛盾:{said}。").format(said=sentence))


def concentration(tag: Tag, spread: Spread, rules: Rules) -> TagCheck:
    """The share of the most frequent value; a flag that few have is rare, one that nobody has is to be watched."""
    if tag.kind in ("date", "text"):
        return TagCheck("concentration", "none", None, _("日期和文字标签不看集中度。"))
    if not spread.with_value:
        return TagCheck("concentration", "unknown", None, _("还没有一户有值。"))
    top = max(spread.values, key=lambda value: spread.values[value])
    share, line = spread.share(top), rules.number("tags.top.share")
    sentence = _("最多的取值“{value}”占 {share}(上限 {line})。").format(
        value=value_word(tag, top, rules), share=percent(share), line=percent(line)
    )
    if share <= line:
        return TagCheck("concentration", "pass", share, sentence)
    if tag.kind == "flag" and top == "0":
        if spread.hit:
            few = _("命中 {n} 户,属于稀有标签。").format(n=f"{spread.hit:,}")
            return TagCheck("concentration", "rare", share, sentences((sentence, few)))
        return TagCheck("concentration", "watch", share, sentences((sentence, _("目前没有人命中。"))))
    return TagCheck("concentration", "watch", share, sentences((sentence, _("几乎没有区分度。"))))


def usage(times: int, users: Sequence[str], ever: bool, rules: Rules) -> TagCheck:
    """The uses of late; a tag that other live tags read counts as used. `ever`: whether any use was ever counted."""
    days = rules.whole("tags.use.days")
    by = _("另有标签用到它:{names}。").format(names=commas(users)) if users else ""
    if times:
        return TagCheck(
            "usage", "pass", float(times), _("近 {days} 天用了 {n} 次。").format(days=days, n=times) + by
        )
    if users:
        return TagCheck("usage", "pass", 0.0, _("近 {days} 天没有人直接用。").format(days=days) + by)
    if not ever:
        return TagCheck("usage", "unknown", None, _("账本里还没有任何使用记录。"))
    return TagCheck("usage", "watch", 0.0, _("近 {days} 天没有人用,是僵尸标签。").format(days=days))


def value_word(tag: Tag, value: str, rules: Rules) -> str:
    """A value or bin of a spread in words, in the language in use."""
    if tag.kind == "flag":
        return {"1": _("是"), "0": _("否")}.get(value, value)
    if tag.kind == "enum":
        return _(dict(tag.values).get(value, value))
    if not value.startswith("b"):
        return _("有值")
    edges, place = rules.numbers(f"tags.bins.{tag.kind}"), int(value[1:])
    low = None if place == 0 else _edge(tag, edges[place - 1])
    high = None if place == len(edges) else _edge(tag, edges[place])
    if low is None:
        return _("{high} 以下").format(high=high)
    return (
        _("{low} 以上").format(low=low) if high is None else _("{low} 到 {high}").format(low=low, high=high)
    )


def _edge(tag: Tag, edge: float) -> str:
    if tag.kind == "ratio":
        return percent(edge)
    return round_yuan(edge) if tag.kind == "money" else f"{edge:g}"


def percent(share: float) -> str:
    """A share of 1 as a percentage with at most one decimal: 0.125 -> '12.5%', 0.5 -> '50%'."""
    return f"{share:.1%}".replace(".0%", "%")

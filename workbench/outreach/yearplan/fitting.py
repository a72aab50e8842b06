"""What does not fit into the working time, as it is stored and in words: the overfull span, who fills it, the ways out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.tables import customers
from workbench.base.i18n import _, commas
from workbench.base.rows import in_parts
from workbench.outreach.levelling.placement import OverfullSpan, WayOut
from workbench.outreach.yearplan.plan import NotFitting, Remedy
from workbench.rules.parameters import Rules

#: customers that are kept of a span; of those that heads are owed, all
MOST_CUSTOMERS = 500
#: place of the tier L8 among the ranks: higher places are lower tiers
_TOP = 9
_NAMED = 500
_HOUR = 3600
#: seconds of a span that are as good as none
_LITTLE = 360


def proofs_to_store(spans: Sequence[OverfullSpan]) -> tuple[Mapping[str, Any], ...]:
    """The spans as JSON."""
    return tuple(
        {
            "first": dt.date.fromordinal(one.first).isoformat(), "last": dt.date.fromordinal(one.last).isoformat(),
            "needed": one.needed, "available": one.available, "rank": one.rank, "touches": one.touches,
            "customers": list(one.customers if one.heads else one.customers[:MOST_CUSTOMERS]), "heads": one.heads,
            "people": len(one.customers), "proven": one.proven,
            "carries": [list(tier) for tier in one.carries],
            "ways_out": [[way.kind, way.number, way.rank, way.before] for way in one.ways_out],
        }
        for one in spans
    )  # fmt: skip


def not_fitting(
    conn: Connection, stored: Sequence[Mapping[str, Any]], rules: Rules
) -> tuple[NotFitting, ...]:
    """The spans in words."""
    ids = sorted({id_ for one in stored for id_ in one["customers"]})
    numbers: dict[int, str] = {}
    for part in in_parts(ids, _NAMED):
        some = customers.c.id.in_(part)
        numbers |= {
            row[0]: row[1]
            for row in conn.execute(select(customers.c.id, customers.c.customer_no).where(some))
        }
    return tuple(_worded(one, numbers, rules) for one in stored)


def _worded(one: Mapping[str, Any], numbers: Mapping[int, str], rules: Rules) -> NotFitting:
    found = [WayOut(*way) for way in one["ways_out"]]
    ways = _beyond_remedies(one, found) if _beyond(one) else tuple(_remedy(way, rules) for way in found)
    return NotFitting(
        one["first"], one["last"], one["needed"] / 60, one["available"] / 60, tier_of(one["rank"]), one["touches"],
        tuple(numbers[id_] for id_ in one["customers"] if id_ in numbers), _sentence(one, rules), ways,
        one.get("people", len(one["customers"])),
    )  # fmt: skip


def _sentence(one: Mapping[str, Any], rules: Rules) -> str:
    needed, available = one["needed"], one["available"]
    span = span_words(one["first"], one["last"])
    if _beyond(one):
        return _beyond_words(one, span, rules)
    if one["proven"]:
        words = _("{span}要 {needed},只有 {available},差 {short}")
        sentence = words.format(
            span=span,
            needed=duration(needed),
            available=duration(available),
            short=duration(max(needed - available, 0)),
        )
    elif available - needed < _LITTLE:
        sentence = _("{span}各天都排满,放不下 {n} 次联系").format(span=span, n=one["touches"])
    else:
        words = _("{span}还剩 {left},但分散在各天,放不下 {n} 次联系")
        sentence = words.format(span=span, left=duration(available - needed), n=one["touches"])
    tier = _tier_name(one["rank"], rules)
    return _("{proof};占得最多的是{tier}").format(proof=sentence, tier=tier) if tier else sentence


def _beyond(one: Mapping[str, Any]) -> bool:
    """Whether the year is beyond one manager, whatever single remedy he takes."""
    return bool(one["proven"] and one.get("carries"))


def _beyond_words(one: Mapping[str, Any], span: str, rules: Rules) -> str:
    all_words = _("{span}的全部联系要 {needed},只有 {available};按层级从高到低,约能照顾{who}")
    owed = _("{span}光是服务和塔尖客户就要 {needed},只有 {available};按层级从高到低,约能照顾{who}")
    who: list[str] = []
    for rank, fit, n in one["carries"]:
        tier = _tier_name(rank, rules)
        words = _("{tier} {n} 户") if fit == n else _("{tier} {all} 户中的 {n} 户")
        who += [words.format(tier=tier, n=f"{fit:,}", all=f"{n:,}")] if fit or not who else []
        if fit < n:
            break
    return (owed if one["heads"] else all_words).format(
        span=span, needed=duration(one["needed"]), available=duration(one["available"]), who=commas(who)
    )


def _beyond_remedies(one: Mapping[str, Any], ways: Sequence[WayOut]) -> tuple[Remedy, ...]:
    numbers = {way.kind: way.number for way in ways}
    rest = sum(n - fit for _rank, fit, n in one["carries"])
    group = _(
        "先管好这些客户;其余 {n} 户,层级高的分给别的客户经理,其他的由社群和群发维护,有到期、风评等事再单独联系"
    )
    managers = _("都要照顾到,约需 {n} 位客户经理分担(现在按 1 位的时间排)")
    needed = -(-one["needed"] // max(one["available"], 1))
    return (
        Remedy("group", numbers.get("group", one["touches"]), group.format(n=f"{rest:,}")),
        Remedy("hours", numbers.get("hours", 0) / 60, managers.format(n=f"{needed:,}")),
    )


def _remedy(way: WayOut, rules: Rules) -> Remedy:
    if way.kind == "interval":
        words = _("把{tier}的联系间隔从 {before} 天放宽到 {number} 天")
        tier = _tier_name(way.rank, rules) or _("这些客户")
        return Remedy("interval", way.number, words.format(tier=tier, before=way.before, number=way.number))
    if way.kind == "group":
        return Remedy("group", way.number, _("把 {n} 次联系改成群发").format(n=f"{way.number:,}"))
    words = _("每个工作日多留 {time}").format(time=duration(way.number))
    return Remedy("hours", way.number / 60, words)


def tier_of(rank: int) -> str:
    """The tier of a rank ('L8' of the first); '' where none is known."""
    return f"L{_TOP - rank}" if 0 < rank <= _TOP else ""


def _tier_name(rank: int, rules: Rules) -> str:
    tier = tier_of(rank)
    key = f"tier.{tier}"
    return _("{tier}客户").format(tier=rules.text(key)) if tier and rules.has_text(key) else tier


def span_words(first: str, last: str) -> str:
    """A span of days (ISO) by the weeks of its months: '3月第2周到第4周'."""
    one, other = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if (one.month, _week(one), other.month, _week(other)) == (1, 1, 12, 5):
        return _("全年")
    begins = _("{month}月第{n}周").format(month=one.month, n=_week(one))
    if (one.month, _week(one)) == (other.month, _week(other)):
        return begins
    if one.month == other.month:
        return _("{begins}到第{n}周").format(begins=begins, n=_week(other))
    ends = _("{month}月第{n}周").format(month=other.month, n=_week(other))
    return _("{begins}到{ends}").format(begins=begins, ends=ends)


def _week(day: dt.date) -> int:
    return (day.day - 1) // 7 + 1


def duration(seconds: float) -> str:
    """Minutes below an hour, then hours."""
    if 0 < seconds < _HOUR:
        return _("{n} 分钟").format(n=max(round(seconds / 60), 1))
    return _("{n} 小时").format(n=hours(seconds))


def hours(seconds: float) -> str:
    """Hours with at most one digit behind the point; whole ones from a hundred on."""
    digits = 0 if seconds >= 100 * _HOUR else 1
    sentence = f"{seconds / _HOUR:,.{digits}f}".removesuffix(".0")
    return "0.1" if sentence == "0" and seconds > 0 else sentence

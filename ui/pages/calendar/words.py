"""What the calendar says of days and touches."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from ui.words import day_words, tier_word, weekday_word, who
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.wishes.reasons import reason_name
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules

#: the name of a reason by its code
ReasonWord = Callable[[str], str]


def reason_words(rules: Rules) -> ReasonWord:
    """The names of the reasons: those of one group have one name."""
    return lambda code: reason_name(code, rules)


def minutes(value: float) -> str:
    """'1,240': whole minutes; '<1' for a part of one."""
    return "<1" if 0 < value < 0.5 else f"{value:,.0f}"


def load_words(day: AgendaDay) -> str:
    """'96/240 分'; '' where nothing is planned and nothing could be: without capacity, or before today."""
    if day.load <= 0 and (day.capacity <= 0 or day.date < today().isoformat()):
        return ""
    return _("{load}/{capacity} 分").format(load=minutes(day.load), capacity=minutes(day.capacity))


def day_title(day: dt.date) -> str:
    """'6 月 8 日 周二'."""
    return f"{day_words(day)} {weekday_word(day)}"


def top_reasons(day: AgendaDay, word: ReasonWord) -> tuple[str, ...]:
    """The reasons of a day with their number, the most frequent first."""
    counts: Counter[str] = Counter()
    for code, count in day.touches.items():
        counts[word(code)] += count
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(f"{name} {count:,}" for name, count in ranked if count)


def events_of_day(day: AgendaDay) -> tuple[YearDay, ...]:
    """The events that stand for the day itself, festivals before terms before others; then those that begin on it."""
    own = [
        one
        for one in day.events
        if one.date == one.last or (one.stream == "festival" and one.date == day.date)
    ]
    begin = [one for one in day.events if one not in own and one.date == day.date]
    order = {"festival": 0, "term": 1, "segment": 2, "product": 3}
    return (
        *sorted(own, key=lambda one: order[one.stream]),
        *sorted(begin, key=lambda one: order[one.stream]),
    )


def spans_of_day(day: AgendaDay) -> tuple[YearDay, ...]:
    """The events under way on a day, those that end first before others."""
    own = events_of_day(day)
    return tuple(sorted((one for one in day.events if one not in own), key=lambda one: (one.last, one.code)))


def event_words(event: YearDay) -> str:
    """The name of an event; that a day is silent is said."""
    return _("{name}(静默日)").format(name=event.name) if event.silent else event.name


def day_line(day: AgendaDay, word: ReasonWord) -> str:
    """A day in one line: date, lunar date, day off, events, load, reasons."""
    date = dt.date.fromisoformat(day.date)
    parts = [day_title(date), _("农历{lunar}").format(lunar=day.lunar)]
    if day.off:
        parts.append(_("休:{name}").format(name=day.off))
    elif day.workday and date.isoweekday() > 5:
        parts.append(_("调休上班"))
    parts += [event_words(one) for one in events_of_day(day)]
    count = sum(day.touches.values())
    if count or day.capacity > 0:
        parts.append(_("{n} 次联系").format(n=f"{count:,}"))
    if day.done:
        parts.append(_("已联系 {n} 次").format(n=f"{day.done:,}"))
    parts += [*filter(None, [load_words(day)]), *top_reasons(day, word)]
    return " · ".join(parts)


def off_mark(day: AgendaDay) -> str:
    """'休' on a named day off, '班' on a weekend that is worked, else ''."""
    if day.off:
        return _("休")
    return _("班") if day.workday and dt.date.fromisoformat(day.date).isoweekday() > 5 else ""


def state_word(touch: PlannedTouch) -> str:
    """What became of a touch, in a word."""
    words = {
        "planned": _("已排"), "late": _("晚于期限"), "merged": _("并入别的联系"), "barred": _("不宜联系"),
        "capped": _("超过次数"), "left_out": _("不联系"), "no_room": _("排不下"),
    }  # fmt: skip
    word = _("已联系") if touch.done else words[touch.state]
    if touch.drafted and not touch.done:
        word = _("{word},已拟稿").format(word=word)
    return _("{word}(手工)").format(word=word) if touch.chosen else word


def state_line(touch: PlannedTouch) -> str:
    """The state with its ground, and where the last planning took it from."""
    words = state_word(touch)
    if touch.why:
        words = _("{state}:{why}").format(state=words, why=touch.why)
    before = _("原排 {day}").format(day=touch.moved_from[5:]) if touch.moved_from is not None else ""
    return " · ".join(filter(None, (words, before)))


def span_words(touch: PlannedTouch) -> str:
    """The days within which it has to be: '06-01 至 06-08'."""
    if touch.first == touch.last:
        return touch.first[5:]
    return _("{first} 至 {last}").format(first=touch.first[5:], last=touch.last[5:])


def touch_words(touch: PlannedTouch) -> str:
    """'林** 0417 · 生日'."""
    return f"{who(touch.name, touch.customer_no)} · {touch.words}"


def person_words(rules: Rules, touch: PlannedTouch) -> str:
    """Who it is, with the tier."""
    tier = tier_word(rules, touch.tier)
    return (
        f"{who(touch.name, touch.customer_no)} {tier}" if touch.tier else who(touch.name, touch.customer_no)
    )


def year_hint(agenda: AgendaYear) -> str:
    """What is planned for the year and what to do, in one sentence."""
    plan = agenda.plan
    if plan.as_of is None:
        return _("还没有客户数据:导入客户清单后,这里把联系排进每个工作日;节日和产品节奏现在就能看。")
    if not plan.touches:
        return _("{year} 年还没有要安排的联系;节日和产品节奏照常能看。").format(year=agenda.year)
    without = misfits(agenda)
    placed = plan.touches - sum(plan.suppressed.values())
    others = plan.touches - placed - without
    words = _("{year} 年 {n} 次联系,排得下 {placed} 次{others};")
    words += _("排不下的 {without} 次见「排不下」。") if without else _("全部排得下。")
    beside = _(",合并或不联系 {n} 次").format(n=f"{others:,}") if others else ""
    return words.format(
        year=agenda.year, n=f"{plan.touches:,}", placed=f"{placed:,}", without=f"{without:,}", others=beside
    )


def misfits(agenda: AgendaYear) -> int:
    """How many touches found no room."""
    return agenda.plan.suppressed.get("no_room", 0)


def breaks_words(touch: PlannedTouch, day: dt.date, broken: Iterable[str]) -> str:
    """What a move of a touch to a day would break."""
    sentences = tuple(broken)
    lead = _("把「{touch}」改到 {day}").format(touch=touch_words(touch), day=day_title(day))
    if not sentences:
        return _("{lead}:不违反任何规则。").format(lead=lead)
    return _("{lead}:{sentences}").format(lead=lead, sentences=" ".join(sentences))

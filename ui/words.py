"""Words for codes and figures that several pages show: lights, money, weeks, masked names."""

import datetime as dt
from typing import TYPE_CHECKING

from workbench.base.dates import week_days
from workbench.base.i18n import _
from workbench.base.money import exact_yuan, wan
from workbench.base.workdays import shipped
from workbench.insight.churn.sentences import opening
from workbench.outreach.codes import codes
from workbench.outreach.reason import WeekReason
from workbench.people.customer import CustomerHit
from workbench.people.privacy import mask_name, masking, tail
from workbench.rules.parameters import Rules
from workbench.rules.sentences import undated
from workbench.sheets.glyphs import readable

if TYPE_CHECKING:
    from workbench.outreach.callers import CallerBrief
    from workbench.outreach.today.day import LastContact

LIGHTS = ("red", "orange", "yellow")
_SHAPES = {"red": "■", "orange": "●", "yellow": "▲"}


def light_word(light: str | None) -> str:
    """红 / 橙 / 黄, '—' when nothing is lit; the shape is drawn beside it."""
    words = {"red": _("红"), "orange": _("橙"), "yellow": _("黄")}
    return words.get(light or "", "—")


def light_shape(light: str | None) -> str:
    """The word with its shape, for text that cannot carry a drawing: '■红'."""
    return _SHAPES.get(light or "", "") + light_word(light)


def kind_word(rules: Rules, kind: str) -> str:
    """What a lead is about, in one word (domain 4.8): a light's word, or the rules' name of the kind."""
    return light_word(kind) if kind in LIGHTS else rules.text(f"lead.{kind}")


def tier_word(rules: Rules, tier: str | None) -> str:
    """The tier's name, '—' when it cannot be told."""
    return rules.text(f"tier.{tier}") if tier else "—"


def severity_word(severity: int) -> str:
    """轻 / 中 / 重 for 1, 2, 3; '' otherwise."""
    return {1: _("轻"), 2: _("中"), 3: _("重")}.get(severity, "")


def week_title(week: str) -> str:
    """'2026-W47' -> '第 47 周 · 11 月 16 日 – 11 月 20 日'."""
    days = week_days(week)
    return _("第 {number} 周 · {first} – {last}").format(
        number=int(week[-2:]), first=day_words(days[0]), last=day_words(shipped().week(week).last)
    )


def day_words(day: dt.date) -> str:
    """'11 月 16 日' (an English catalogue may order it otherwise)."""
    return _("{month} 月 {day} 日").format(month=day.month, day=day.day)


def weekday_word(day: dt.date) -> str:
    """周一 … 周日."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def who(name: str, customer_no: str) -> str:
    """A customer in a list: masked name (domain 17) and the tail of the number that tells namesakes apart."""
    return f"{masked(name)} {tail(customer_no)}"


def hit_who(hit: CustomerHit) -> str:
    """A customer found by the search, as `who`; with more of the number where others of the same masked name share its end."""
    return f"{masked(hit.name)} {hit.end or tail(hit.customer_no)}"


def hit_words(hit: CustomerHit) -> str:
    """A customer found by the search in one line, with what tells namesakes apart: telephone, year of birth, level, assets,
    branch, as far as the lists tell them."""
    phone = masking("phone", hit.phone, "screen") if hit.phone else ""
    born = _("{age} 岁").format(age=hit.age) if hit.age is not None else ""
    if hit.born is not None:
        born = _("{year} 年生").format(year=hit.born)
    assets = wan(hit.aum_fen) if hit.aum_fen is not None else ""
    return "   ".join(
        filter(None, (hit_who(hit), phone, " · ".join(filter(None, (born, hit.level, assets, hit.branch)))))
    )


def masked(name: str) -> str:
    """A masked name as paper spells it: a character that the font lacks in pinyin, '(ji)**' for 𠮷, never an empty box."""
    return readable(mask_name(name))


def number_tail(customer_no: str) -> str:
    """A customer number in a list, masked to its tail."""
    return "**" + tail(customer_no)


def brief(rules: Rules, as_of: str | None, reason: str) -> str:
    """A reason without 'as of …' before each clause, for a list whose head names the date."""
    return undated(rules, as_of, reason)


def in_brief(rules: Rules, as_of: str | None, reason: WeekReason) -> str:
    """Why somebody is contacted, for a row of a list: of a light the first clause, which has the key figures; 预警 tells the
    rest."""
    words = brief(rules, as_of, reason.sentence)
    return opening(words, rules) if reason.kind in LIGHTS else words


def signed_wan(fen: int | None) -> str:
    """A change in fen with its sign: '+1.2万', '−3.0万'; '—' when it is not known."""
    if fen is None:
        return "—"
    return ("+" if fen > 0 else "−" if fen < 0 else "") + wan(abs(fen))


def exact_assets(fen: int | None) -> str:
    """'资产 4,767,255.44 元', beside an amount that is not his assets; '' where no list tells them."""
    return "" if fen is None else _("资产 {amount}").format(amount=exact(fen))


def exact(fen: int | None) -> str:
    """The tooltip of an amount in fen: the exact yuan, or that the column is missing."""
    return _("没有这一列的数据") if fen is None else _("{yuan} 元").format(yuan=exact_yuan(fen))


def last_words(last: "LastContact | None") -> str:
    """The last contact with its channel and result, as far as they are known."""
    if last is None:
        return _("没有联系记录")
    channels, results = dict(codes("channels")), dict(codes("results"))
    told = (channels.get(last.channel, last.channel), results.get(last.result, last.result))
    return " ".join([_("上次 {date}").format(date=last.date), *filter(None, told)])


def caller_words(brief: "CallerBrief") -> str:
    """What is known of whoever is calling, in one line: row of the week, last contact, note, what was promised."""
    row = _("本周 {row}").format(row=brief.row) if brief.row else _("不在本周名单")
    promised = (_("答应 {date} 前:{text}").format(date=due[5:], text=text) for text, due in brief.promises)
    return " · ".join(filter(None, (row, last_words(brief.last), pinned_words(brief.pin), *promised)))


def pinned_words(line: str) -> str:
    """The note on a customer as lists show it; '' for none."""
    return _("便签:{text}").format(text=line) if line else ""

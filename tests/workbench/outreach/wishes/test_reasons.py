"""What a touch is about, in words that can be followed (domain 6.5, 6.8)."""

import datetime as dt

import pytest

from workbench.outreach.wishes.reasons import TouchFacts, since_words, touch_words
from workbench.rules.parameters import Rules

RULES = Rules.load()
SUNDAY, MONDAY = dt.date(2027, 1, 3), dt.date(2027, 1, 4)


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("cadence", TouchFacts(channel="call", tier="L6"), "钻石客户30天内要联系一次"),
        ("cadence", TouchFacts(channel="call", tier="L6", own=14), "约定每14天联系一次"),
        ("cadence", TouchFacts(channel="group", tier="L1"), "大众客户180天内群发一次服务消息"),
        ("cadence", TouchFacts(channel="call"), "该联系一次了"),
        ("visit", TouchFacts(tier="L7", own=14), "准私行客户91天内要面访一次"),
        ("review", TouchFacts(tier="L4"), "财富客户365天检视一次资产配置"),
        ("review", TouchFacts(tier="L1"), "该检视一次资产配置了"),
        ("risk_test", TouchFacts(day=dt.date(2026, 12, 21)), "风评1月3日到期,先补测评"),
        ("risk_test", TouchFacts(day=MONDAY), "风评1月3日已过期,先补测评"),
        ("id_expiry", TouchFacts(day=dt.date(2027, 9, 1)), "证件2027-01-03已过期,请客户更新"),
        ("maturity_0", TouchFacts(day=SUNDAY), "1月3日到期,当天办好"),
        ("maturity_0", TouchFacts(day=MONDAY), "1月3日到期,1月4日接着办好"),
        ("maturity_0", TouchFacts(day=MONDAY, old=True), "核对到期日和去向"),
        ("maturity_7", TouchFacts(channel="call"), "1月3日到期,商定承接方案,约好当天"),
        ("maturity_7", TouchFacts(channel="sms"), "1月3日到期,短信提醒,请客户来电或到店商量"),
        ("birthday", TouchFacts(channel="group"), "1月3日生日,与同日生日的客户一起群发问候,不谈产品"),
        ("festival.spring", TouchFacts(event="春节", channel="wecom"), "春节问候"),
    ],
)
def test_a_touch_tells_its_figures_and_only_what_can_be_done(
    code: str, facts: TouchFacts, words: str
) -> None:
    assert touch_words(code, SUNDAY, RULES, facts) == words


def test_the_last_talk_is_told_with_its_year_where_it_was_not_this_one() -> None:
    words = "钻石客户30天内要联系一次"
    assert since_words(words, "2027-01-02", MONDAY, RULES) == f"{words},上次有效联系是1月2日"
    assert since_words(words, "2026-10-12", MONDAY, RULES) == f"{words},上次有效联系是2026-10-12"
    assert since_words(words, None, MONDAY, RULES) == f"{words};账本里没有上次通话,先联系一次"

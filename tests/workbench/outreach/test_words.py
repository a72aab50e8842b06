"""The one function that hands out words to say, and what not to say (domain 8.5)."""

from dataclasses import replace

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.leads.room import Leads
from workbench.outreach.methods import catalogue
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice
from workbench.outreach.playbook.gate import Withheld
from workbench.outreach.playbook.script import Script
from workbench.outreach.reason import WeekPerson, WeekReason
from workbench.outreach.room import Outreach
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import Words, method_of, words
from workbench.rules.parameters import Rules


def entry(customer: int, *kinds: str) -> WeekEntry:
    person = WeekPerson(customer, f"{customer:012d}", "王芳", None)
    reasons = tuple(WeekReason(kind, kind, kind, f"{kind} 的理由") for kind in kinds)
    return WeekEntry(1, person, reasons, "2026-11-16", "5-1")


def chosen(text: str, *never: str) -> ScriptChoice:
    script = Script("X-1", "X-1", "week", "mature", text, "service", never=never)
    return ScriptChoice((ChosenScript(script, text, 1.0, "老年客群"),), ())


def test_best_script_is_said_and_without_one_the_text_of_the_method() -> None:
    method = method_of("mature")
    assert method is not None
    assert words(entry(1, "C3", "C1"), None).say == method.to_one("script")
    made = words(entry(1, "C3", "C1"), chosen("到期的那笔怎么放?", "不报收益"), ["不提收益"])
    assert made == Words(
        "到期的那笔怎么放?", method.to_one("action"), ("不提收益",), "X-1", "老年客群", "mature"
    )
    withheld = ScriptChoice((), (Withheld("X-1", "complaint", "有 1 件投诉没有办结"),))
    assert words(entry(1, "C1"), withheld).say == ""
    assert words(entry(1, "C1"), withheld).why == "有 1 件投诉没有办结"
    assert words(entry(1, "unheard"), None, ["不提收益"]) == Words("", "", ("不提收益",))


def test_what_was_promised_is_said_first_and_a_row_in_its_own_words() -> None:
    assert words(entry(1, "promise", "C3"), chosen("别的话")).say == "promise 的理由"
    method = method_of("C3")
    assert method is not None
    edited = replace(entry(1, "C3"), script="我自己的话")
    assert words(edited, chosen("库里的话")).say == "我自己的话"
    shipped = replace(entry(1, "C3"), script=method.to_one("script"))
    assert words(shipped, chosen("库里的话")).say == "库里的话"


@pytest.mark.parametrize("kind", [method.kind for method in catalogue().methods])
def test_no_words_to_one_customer_count_the_row(kind: str) -> None:
    method = method_of(kind)
    assert method is not None
    for old in (False, True):
        assert method.to_one("script", old=old)
        assert "{" not in method.to_one("script", old=old) + method.to_one("action", old=old)


def test_what_not_to_say_is_what_the_portrait_says(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.customer("1", birth_date="1950-01-01", marketing_opt_out=1)
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    one = entry(small.ids["1"], "C3")
    rules, insight = Rules.load(), small.insight
    leads = Leads(small.book, rules, insight.months, insight.checking, insight.engine)
    made = Outreach(small.book, rules, leads, {}).words([one])[small.ids["1"]]
    limits = small.insight.portrait("1").do_not_say
    assert set(made.dont) >= {never.text for never in limits}

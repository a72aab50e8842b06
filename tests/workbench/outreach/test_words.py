"""The one function that hands out words to say, and what not to say (domain 8.5)."""

from dataclasses import replace

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.leads.room import Leads
from workbench.outreach.methods import catalogue
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice
from workbench.outreach.playbook.filling import as_drafted
from workbench.outreach.playbook.gate import Withheld
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script
from workbench.outreach.reason import WeekPerson, WeekReason
from workbench.outreach.room import Outreach
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import Words, kind_of_contact, method_of, words
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


def test_a_row_that_says_what_a_method_says_is_nobodys_own_words_in_any_language() -> None:
    known = catalogue()
    said = chosen("库里的话")
    drafted = {
        text
        for method in (*known.methods, *known.resources, *known.landings)
        for part in ("script", "script_old")
        for text in as_drafted(method.texts.get(part, ""))
        if text
    }
    # a row of the one or of the three says something else than the method of the reason
    assert len(drafted) > 20
    for text in drafted:
        assert words(replace(entry(1, "C1"), script=text), said).say == "库里的话"
    assert words(replace(entry(1, "C1"), script="不是库里的"), said).say == "不是库里的"


@pytest.mark.parametrize("what", ["opted_out", "bereaved"])
def test_no_row_says_to_a_customer_what_his_consent_withholds(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.customer("1", birth_date="1980-01-01", marketing_opt_out=int(what == "opted_out"))
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    rules, insight = Rules.load(), small.insight
    leads = Leads(small.book, rules, insight.months, insight.checking, insight.engine)
    outreach, person = Outreach(small.book, rules, leads, {}), small.ids["1"]
    if what == "bereaved":
        outreach.log_touch("1", channel="call", result="reached", note="父亲去世,在办丧事")
    known = catalogue()
    kept = {"marketing", "care"} if what == "bereaved" else {"marketing"}
    for method in (*known.methods, *known.resources, *known.landings):
        for lead in (one.partition(".")[0] for one in method.leads if one != "promise"):
            kind = kind_of_contact(lead, markets=method.marketing)
            for script in (method.to_one("script"), "我自己写的一句话"):
                row = replace(entry(person, lead), script=script, markets=method.marketing)
                made = outreach.words([row])[person]
                said = library().scripts.get(made.script)
                where = (method.kind, lead, script)
                assert said is None or said.kind not in kept, where
                assert kind not in kept or made.say == "" or said is not None, where
                assert kind in kept or made.say, where
                assert made.say or made.why, where

"""The one function that hands out words to say, and what not to say (domain 8.5)."""

from dataclasses import replace

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.methods import catalogue
from workbench.outreach.reason import WeekPerson, WeekReason
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import Words, method_of, words, words_of
from workbench.rules.parameters import Rules


def entry(customer: int, *kinds: str) -> WeekEntry:
    person = WeekPerson(customer, f"{customer:012d}", "王芳", None)
    reasons = tuple(WeekReason(kind, kind, kind, f"{kind} 的理由") for kind in kinds)
    return WeekEntry(1, person, reasons, "2026-11-16", "5-1")


def test_the_highest_reason_gives_the_words_and_a_scene_others() -> None:
    made = words(entry(1, "C3", "C1"))
    method = method_of("mature")
    assert method is not None
    assert (made.say, made.do) == (method.texts["script"], method.texts["action"])
    assert words(entry(1, "C3", "C1"), "raise_level") == words(entry(1, "C1"))
    assert words(entry(1, "unheard"), dont=["不提收益"]) == Words("", "", ("不提收益",))


def test_what_was_promised_is_said_first_and_a_row_in_its_own_words() -> None:
    assert words(entry(1, "promise", "C3")).say == "promise 的理由"
    edited = replace(entry(1, "C3"), script="我自己的话")
    assert words(edited).say == "我自己的话"
    assert words(edited, "C3").say == words(entry(1, "C3")).say


@pytest.mark.parametrize("kind", [method.kind for method in catalogue().methods])
def test_no_words_to_one_customer_count_the_row(kind: str) -> None:
    for old in (False, True):
        made = words(entry(1, "C3"), kind, old=old)
        assert made.say
        assert "{" not in made.say + made.do


def test_what_not_to_say_is_what_the_portrait_says(small: SmallBook) -> None:
    small.customer("1", birth_date="1950-01-01", marketing_opt_out=1)
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    one = entry(small.ids["1"], "C3")
    rules = Rules.load()
    with small.book.read() as conn:
        layers = small.insight.engine.layers(conn)
        made = words_of(conn, layers, [one], rules)[small.ids["1"]]
        assert words_of(conn, None, [one], rules)[small.ids["1"]].dont == ()
    assert made.say == words(one).say
    limits = small.insight.portrait("1").do_not_say
    assert set(made.dont) <= {never.text for never in limits}
    assert made.dont[0] == limits[0].text

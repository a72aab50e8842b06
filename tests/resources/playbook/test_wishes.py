"""Greetings and a customer's own days: warm, of his life, and without a product (domain 6.6, 8.5)."""

from workbench.outreach.playbook.library import library

WISHES = tuple(one for one in library().scripts.values() if one.library == "greeting")
BIRTHDAYS = tuple(one for one in WISHES if one.scene == "birthday")
OWN_DAYS = tuple(one for one in WISHES if "own_day" in one.of)
SOLD = ("存款", "存单", "理财", "基金", "保险", "国债", "信用卡", "利率", "收益")


def test_birthdays_are_wished_in_words_of_each_walk_of_life() -> None:
    wished = {segment for one in BIRTHDAYS if "birthday" in one.touches for segment in one.segment}
    assert wished == {"owner", "trade", "farm", "elder", "youth", "white", "payroll", "woman"}
    assert any("老历" in one.text and "记错" in one.text for one in BIRTHDAYS)


def test_an_own_day_sells_nothing() -> None:
    for one in (*BIRTHDAYS, *OWN_DAYS):
        assert one.kind == "care", one.id
        assert [word for word in SOLD if word in one.text] == [], one.id


def test_own_days_beside_the_birthday_have_words() -> None:
    assert {one.of["own_day"] for one in OWN_DAYS} == set(library().axes["own_day"])
    first = {reason for one in WISHES for reason in one.touches}
    assert {"anniversary", "qualified"} <= first


def test_silent_days_have_more_than_one_way_to_be_left_alone() -> None:
    silent = [one for one in WISHES if one.quiet]
    assert len(silent) >= 3
    assert all(one.scene == "quiet" and one.kind == "service" for one in silent)


def test_a_node_of_the_year_that_speaks_of_a_product_is_no_greeting() -> None:
    assert {one.id: one.regime for one in WISHES if one.regime} == {
        "G-307": "loan",
        "G-312": "service",
        "G-314": "bond",
    }
    assert all(one.kind == "marketing" for one in WISHES if one.regime)

"""Words for codes and figures that several pages show."""

import datetime as dt

import pytest

from ui.words import (
    brief,
    day_words,
    exact,
    kind_word,
    light_shape,
    light_word,
    number_tail,
    severity_word,
    signed_wan,
    tier_word,
    week_title,
    weekday_word,
    who,
)
from workbench.rules.parameters import Rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


@pytest.mark.parametrize(
    ("light", "word", "shape"),
    [("red", "红", "■红"), ("orange", "橙", "●橙"), ("yellow", "黄", "▲黄"), (None, "—", "—")],
)
def test_a_light_has_a_shape_and_a_word_never_colour_alone(light: str | None, word: str, shape: str) -> None:
    assert light_word(light) == word
    assert light_shape(light) == shape


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (None, "—"), (0, "0"), (1_200_000, "+1.2万"), (-3_000_000, "−3.0万"), (-950_000, "−9,500"), (50_000, "+500"),
        (-20_000_000_000, "−2.00亿"),
    ],
)  # fmt: skip
def test_a_change_has_its_sign(fen: int | None, words: str) -> None:
    assert signed_wan(fen) == words


def test_the_tooltip_of_an_amount_is_exact_to_the_fen() -> None:
    assert exact(123_456_789) == "1,234,567.89 元"
    assert exact(0) == "0.00 元", "nothing is told apart from not told"
    assert exact(None) == "没有这一列的数据"


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [("张丰", "0000100001", "张* 0001"), ("欧阳修文", "12", "欧** 2"), ("", "0000100001", " 0001")],
)
def test_a_customer_in_a_list_is_masked_and_told_apart_by_the_tail(
    name: str, number: str, words: str
) -> None:
    assert who(name, number) == words
    assert number_tail(number) == "**" + words.split()[-1]


def test_a_week_is_named_by_its_workdays() -> None:
    assert week_title("2026-W47") == "第 47 周 · 11 月 16 日 – 11 月 20 日"
    assert week_title("2026-W53") == "第 53 周 · 12 月 28 日 – 1 月 1 日", "over the end of the year"
    assert day_words(dt.date(2026, 3, 9)) == "3 月 9 日"


def test_weekdays_begin_on_monday() -> None:
    monday = dt.date(2026, 11, 16)
    assert [weekday_word(monday + dt.timedelta(days=n)) for n in range(7)] == [
        "周一", "周二", "周三", "周四", "周五", "周六", "周日",
    ]  # fmt: skip


def test_a_reason_leaves_out_the_date_that_the_head_of_the_list_says(rules: Rules) -> None:
    told = "截至2026-10-31:月日均三个月下降 45%。"
    assert brief(rules, "2026-10-31", told) == "月日均三个月下降 45%。"
    assert brief(rules, "2026-09-30", told) == told, "another date is said"
    assert brief(rules, None, told) == told


def test_codes_read_as_words(rules: Rules) -> None:
    assert tier_word(rules, None) == "—"
    assert tier_word(rules, "L3") == rules.text("tier.L3")
    assert [severity_word(n) for n in (1, 2, 3, 0)] == ["轻", "中", "重", ""]
    assert kind_word(rules, "orange") == "橙"
    assert kind_word(rules, "birthday") == rules.text("lead.birthday")


def test_a_surname_that_no_font_has_is_spelt_as_on_paper() -> None:
    assert who("𠮷田一", "0000000001") == "(ji)** 0001"

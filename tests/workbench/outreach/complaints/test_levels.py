"""The level follows from signs and figures, says why, and is never lower than what somebody set."""

import pytest

from workbench.outreach.complaints.levels import LevelFacts, level_of_facts
from workbench.rules.parameters import Rules

RULES = Rules.load()
KNOWN = {"money_fen": 0, "age": 40, "old_from": 60}


@pytest.mark.parametrize(
    ("facts", "code", "why"),
    [
        ({}, "four", "没有要提级的情形"),
        ({"times": 2}, "three", "为这件事找过 2 次,达到 2 次"),
        ({"before": "2026-08-01"}, "three", "2026-08-01 为同一类事投诉过"),
        ({"money_fen": 5_000_000}, "two", "涉及金额 5.0万,达到 5.0万"),
        ({"money_fen": 4_999_999}, "four", "没有要提级的情形"),
        ({"age": 60}, "two", "客户 60 岁,满 60 岁算老年客户"),
        ({"category": "misselling"}, "two", "涉及误导销售"),
        ({"signs": ("elderly",)}, "two", "是老年客户"),
        ({"people": 5}, "one", "5 人一起投诉,达到 5 人"),
        ({"people": 4}, "four", "没有要提级的情形"),
        ({"channel": "regulator"}, "one", "监管已经介入"),
        ({"signs": ("media", "threat"), "times": 3}, "one", "媒体已经介入、扬言过激行为"),
        ({"level_word": "紧急"}, "two", "定级时写的是二级"),
    ],
)  # fmt: skip
def test_each_sign_lifts_the_level_and_says_so(facts: dict[str, object], code: str, why: str) -> None:
    level = level_of_facts(LevelFacts(**{**KNOWN, **facts}), RULES)  # type: ignore[arg-type]
    assert (level.code, level.reason) == (code, why)


def test_what_a_list_or_a_person_set_is_the_least() -> None:
    assert level_of_facts(LevelFacts(level_word="Ⅰ", **KNOWN), RULES).code == "one"  # type: ignore[arg-type]
    facts = LevelFacts(level_word="四级", signs=("regulator",), **KNOWN)  # type: ignore[arg-type]
    assert level_of_facts(facts, RULES).code == "one"


def test_what_is_not_known_is_said_while_it_might_lift_the_level() -> None:
    low = level_of_facts(LevelFacts(level_word="红色"), RULES)
    assert [one.split("(")[0].split(",")[0] for one in low.unknown] == [
        "不知道客户年龄", "没写涉及金额", "清单写的级别“红色”没有认出",
    ]  # fmt: skip
    assert level_of_facts(LevelFacts(signs=("media",)), RULES).unknown == ()

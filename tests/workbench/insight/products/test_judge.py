"""A rule of products is judged with three truths: hit, no, and cannot tell (domain 0)."""

from typing import Any

import pytest

from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.products.judge import holds
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

WORDS = vocabulary(Rules.load())


def judged(text: str, **values: Any) -> bool | None:
    condition = check(parse(text), WORDS).query.condition
    assert condition is not None
    return holds(condition, Values(values))


@pytest.mark.parametrize(
    ("text", "age", "truth"),
    [
        ("age >= 40", 40, True),
        ("age > 40", 40, False),
        ("age < 40", 39, True),
        ("age <= 40", 41, False),
        ("age = 40", 40, True),
        ("age <> 40", 40, False),
        ("age between 30 and 40", 30, True),
        ("age between 30 and 40", 40, True),
        ("age between 30 and 40", 41, False),
        ("age >= 40", None, None),
        ("age between 30 and 40", None, None),
        ("age is missing", None, True),
        ("age is missing", 40, False),
        ("age is told", 40, True),
        ("age is told", None, False),
    ],
)
def test_a_comparison_is_sharp_at_its_limit_and_unknown_without_a_figure(
    text: str, age: int | None, truth: bool | None
) -> None:
    assert judged(text, age=age) is truth


@pytest.mark.parametrize(
    ("families", "both", "either"),
    [(3, None, True), (1, False, None), (None, None, None)],
)
def test_an_unknown_part_decides_only_where_the_other_part_does_not(
    families: int | None, both: bool | None, either: bool | None
) -> None:
    assert judged("age >= 40 and families >= 2", families=families) is both
    assert judged("age >= 40 or families >= 2", families=families) is either
    assert judged("not age >= 40", families=families) is None


def test_money_is_stated_in_yuan_and_stored_in_fen() -> None:
    assert judged("demand >= 5万", demand=5_000_000) is True
    assert judged("demand >= 5万", demand=4_999_999) is False


def test_a_reckoned_figure_is_unknown_when_a_part_is_or_the_divisor_is_nothing() -> None:
    assert judged("demand / balance >= 50%", demand=60_00, balance=100_00) is True
    assert judged("demand / balance >= 50%", demand=40_00, balance=100_00) is False
    assert judged("demand / balance >= 50%", demand=60_00, balance=0) is None
    assert judged("demand / balance >= 50%", balance=100_00) is None
    assert judged("-demand < -50", demand=60_00) is True
    assert judged("-demand < -50") is None
    assert judged("demand + balance > 100 and demand * 2 - balance < 0", demand=40_00, balance=90_00) is True


def test_a_text_contains_a_word_whatever_its_case() -> None:
    assert judged("occupation contains 'it'", occupation="IT工程师") is True
    assert judged("occupation contains '教师'", occupation="医生") is False
    assert judged("occupation contains '教师'") is None


def test_a_flag_by_itself_asks_whether_it_is_set() -> None:
    assert judged("holds_fund", holds_fund=1) is True
    assert judged("holds_fund", holds_fund=0) is False
    assert judged("holds_fund") is None


def test_what_rules_of_products_may_not_use_is_refused_loudly() -> None:
    with pytest.raises(TypeError):
        judged("count(age >= 40, families >= 2) >= 1", age=50, families=1)

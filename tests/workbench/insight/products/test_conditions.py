"""A condition judged for one customer: hit, no, or cannot tell, as three-valued logic has it (domain 0, 11.6)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.products.conditions import holds
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

WORDS = vocabulary(Rules.load())
Truth = bool | None


def judged(condition: str, **values: Any) -> Truth:
    query = check(parse(condition), WORDS).query
    assert query.condition is not None
    return holds(query.condition, Values(values))


@pytest.mark.parametrize(
    ("condition", "values", "truth"),
    [
        # money is written in yuan and kept in fen
        ("average >= 5万", {"average": 5_000_000}, True),
        ("average >= 5万", {"average": 4_999_999}, False),
        ("average >= 5万", {"average": None}, None),
        ("average >= 5万", {}, None),
        ("average > 50000", {"average": 5_000_000}, False),
        ("average = 50000", {"average": 5_000_000}, True),
        ("average <> 50000", {"average": 5_000_000}, False),
        ("average < 0", {"average": -1}, True),
        ("age between 18 and 30", {"age": 18}, True),
        ("age between 18 and 30", {"age": 30}, True),
        ("age between 18 and 30", {"age": 31}, False),
        ("age between 18 and 30", {}, None),
        ("tier = 'L5'", {"tier": "L5"}, True),
        ("tier = 'L5'", {"tier": "L4"}, False),
        ("occupation contains '教师'", {"occupation": "小学教师"}, True),
        ("occupation contains '教师'", {"occupation": "医生"}, False),
        ("occupation contains '教师'", {}, None),
        ("age is missing", {}, True),
        ("age is missing", {"age": 0}, False),
        ("not (age is missing)", {"age": 0}, True),
        ("average - demand >= 1万", {"average": 3_000_000, "demand": 2_000_000}, True),
        ("average - demand >= 1万", {"average": 3_000_000}, None),
        ("demand / average >= 0.5", {"average": 4_000_000, "demand": 2_000_000}, True),
        # nothing is a share of nothing
        ("demand / average >= 0.5", {"average": 0, "demand": 2_000_000}, None),
    ],
)
def test_a_comparison_is_hit_missed_or_not_to_be_told(
    condition: str, values: dict[str, Any], truth: Truth
) -> None:
    assert judged(condition, **values) is truth


#: a condition and the values that make it true, false, untold
PARTS: dict[str, dict[Truth, dict[str, Any]]] = {
    "age >= 60": {True: {"age": 60}, False: {"age": 59}, None: {}},
    "average >= 5万": {True: {"average": 5_000_000}, False: {"average": 0}, None: {}},
}
TRUTHS: tuple[Truth, ...] = (True, False, None)


@pytest.mark.parametrize("one", TRUTHS)
@pytest.mark.parametrize("other", TRUTHS)
def test_and_or_and_not_follow_three_valued_logic(one: Truth, other: Truth) -> None:
    (first, of_first), (second, of_second) = PARTS.items()
    values = of_first[one] | of_second[other]
    both = False if False in (one, other) else None if None in (one, other) else True
    either = True if True in (one, other) else None if None in (one, other) else False
    assert judged(f"{first} and {second}", **values) is both
    assert judged(f"{first} or {second}", **values) is either
    assert judged(f"not ({first})", **values) is (None if one is None else not one)
    # de Morgan
    assert judged(f"not ({first} and {second})", **values) is judged(
        f"not ({first}) or not ({second})", **values
    )


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_exactly_one_of_less_equal_and_more_holds(fen: int, line: int) -> None:
    told = [judged(f"average {sign} {line / 100:.2f}", average=fen) for sign in ("<", "=", ">")]
    assert told.count(True) == 1
    assert judged(f"average <= {line / 100:.2f}", average=fen) is (told[0] or told[1])
    assert judged(f"average >= {line / 100:.2f}", average=fen) is (told[1] or told[2])
    assert judged(f"average <> {line / 100:.2f}", average=fen) is not told[1]


def test_what_the_rules_of_products_may_not_use_is_refused_and_not_guessed() -> None:
    with pytest.raises(TypeError, match="may not use"):
        judged("touched('call', 30)")

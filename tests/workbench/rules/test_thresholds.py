"""One threshold: what follows from its shipped value, and which other values it takes (a rule is data, and checked)."""

import math
from typing import Any

import pytest

from workbench.base.errors import WorkbenchError
from workbench.rules.thresholds import Param, Written, check, read_param

NAMES = ("kind.a", "kind.b", "kind.c.deep", "other.x")


def made(value: Any, **more: Any) -> Param:
    raw: Written = {"value": value, "text": "话", **more}
    return read_param("X.y", raw, NAMES)


def refused(param: Param, value: Any, *, lengths: dict[str, int] | None = None, preset: Any = None) -> str:
    """The sentence that refuses a value, '' when it is taken."""
    written = param.default if preset is None else preset
    try:
        return "" if check(param, value, lengths or {}, written) == value else "another value was taken"
    except WorkbenchError as error:
        named = (error.code, error.facts) == ("rule_range", {"key": "X.y"})
        return error.message if named else repr(error)


@pytest.mark.parametrize(
    ("value", "more", "order", "length", "least"),
    [
        ([1, 2, 3], {}, "rising", 3, 1),
        ([3, 2.5, 1], {}, "falling", 3, 1),
        ([1, 1, 2], {}, "", 3, 1),
        ([5], {}, "", 1, 1),
        ([1, 2, 3], {"order": "any"}, "", 3, 1),
        ([1, 2, 3], {"order": "not_falling"}, "not_falling", 3, 1),
        ([1, 2, 3], {"free": True}, "rising", None, 1),
        ([1, 2, 3], {"beside": "other"}, "rising", None, 1),
        (["a", "b"], {}, "", None, 0),
        (["a", "b"], {"least": 2}, "", None, 2),
        ([True, False], {}, "", None, 0),
        (7, {}, "", None, 0),
    ],
)
def test_what_is_not_written_follows_from_the_shipped_value(
    value: Any, more: dict[str, Any], order: str, length: int | None, least: int
) -> None:
    param = made(value, **more)
    assert (param.order, param.length, param.least) == (order, length, least)
    assert (param.value, param.default, param.mark) == (value, value, "P")


def test_choices_may_be_the_names_below_a_word() -> None:
    assert made(["a"], choices_under="kind").choices == ("a", "b")
    assert made(["a"], choices=["a", "z"]).choices == ("a", "z")
    assert made(["a"]).choices == ()


@pytest.mark.parametrize(
    ("value", "taken"), [(0, True), (10, True), (5.5, True), (-0.1, False), (10.1, False)]
)
def test_a_number_lies_within_its_range_ends_included(value: float, taken: bool) -> None:
    said = refused(made(5, range=(0, 10)), value)
    assert (said == "") is taken
    assert taken or "0 到 10" in said


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_finite_number_is_refused_even_without_a_range(value: float) -> None:
    assert refused(made(5), value) == "规则参数 X.y 的取值不合适,应当像这样:5。"


@pytest.mark.parametrize(
    ("default", "value"),
    [
        (5, True),
        (5, "5"),
        (5, [5]),
        ([5], 5),
        (True, 1),
        (True, "true"),
        ("a", 5),
        (["a"], [5]),
        (["a"], "a"),
        ([1.5], ["x"]),
        (5, None),
    ],
)
def test_a_value_is_of_the_kind_and_shape_of_the_shipped_one(default: Any, value: Any) -> None:
    assert "应当像这样" in refused(made(default), value)


@pytest.mark.parametrize(
    ("default", "value"), [(5, 5.5), (5.5, 5), (True, False), ("a", "b"), (["a"], []), ([1], [2.5])]
)
def test_whole_and_broken_numbers_are_one_kind(default: Any, value: Any) -> None:
    assert refused(made(default), value) == ""


def test_words_are_those_of_the_program() -> None:
    param = made(["a"], choices=["a", "b"])
    assert refused(param, ["b", "a"]) == ""
    assert refused(param, ["a", "c"]) == "规则参数 X.y 只能是:a、b。"
    assert refused(made("a", choices=["a", "b"]), "c") == "规则参数 X.y 只能是:a、b。"


ORDERS: list[tuple[str, list[float], bool]] = [
    ("rising", [1, 2, 3], True), ("rising", [1, 1, 3], False), ("rising", [3, 2, 1], False),
    ("falling", [3, 2, 1], True), ("falling", [3, 3, 1], False), ("falling", [1, 2, 3], False),
    ("not_falling", [1, 1, 3], True), ("not_falling", [1, 3, 2], False),
    ("not_rising", [3, 3, 1], True), ("not_rising", [3, 1, 2], False),
]  # fmt: skip


@pytest.mark.parametrize(("order", "values", "taken"), ORDERS)
def test_a_ladder_climbs_or_falls_as_it_says(order: str, values: list[float], taken: bool) -> None:
    said = refused(
        made([1, 2, 3] if "rising" in order or "not_f" in order else [3, 2, 1], order=order), values
    )
    assert (said == "") is taken, said


def test_the_sentence_of_each_order_is_its_own() -> None:
    wrong = {"rising": [1, 1, 0], "falling": [0, 1, 1], "not_falling": [1, 0, 0], "not_rising": [0, 1, 1]}
    said = {
        order: refused(made([1, 2, 3], order=order, range=(0, 9)), values) for order, values in wrong.items()
    }
    assert len(set(said.values())) == 4
    assert said["rising"].endswith("要从小到大。")
    assert said["falling"].endswith("要从大到小。")
    assert said["not_falling"].endswith("可以相等。")


def test_words_in_an_order_stand_in_the_order_of_the_choices() -> None:
    param = made(["low", "high"], choices=["low", "middle", "high"], order="rising", least=1)
    assert refused(param, ["low", "middle"]) == ""
    assert refused(param, ["high", "low"]) == "规则参数 X.y 要按这个次序:low、middle、high。"
    assert "次序" in refused(param, ["low", "low"])


def test_the_number_of_values() -> None:
    assert refused(made([1, 2, 3]), [1, 2]) == "规则参数 X.y 要有 3 个值。"
    assert refused(made([1, 2, 3]), [1, 2, 3, 4]) == "规则参数 X.y 要有 3 个值。"
    assert refused(made([1, 2, 3], free=True), [1, 2]) == ""
    assert refused(made([1, 2, 3], free=True), []) == "规则参数 X.y 至少要有 1 个值。"
    assert refused(made(["a", "b"], least=2), ["a"]) == "规则参数 X.y 至少要有 2 个值。"


def test_two_lists_that_speak_of_the_same_things_are_of_one_length() -> None:
    param = made([1, 2, 3], beside="Z.lines")
    assert refused(param, [1, 2], lengths={"Z.lines": 2}) == ""
    assert refused(param, [1, 2], lengths={"Z.lines": 3}) == "规则参数 X.y 要有 3 个值,与 Z.lines 一一对应。"


def test_no_value_twice_where_each_may_stand_once() -> None:
    param = made(["a", "b"], distinct=True)
    assert refused(param, ["b", "a"]) == ""
    assert refused(param, ["a", "a"]) == "规则参数 X.y 的值不能重复。"
    assert refused(made(["a", "b"]), ["a", "a"]) == ""


def test_what_the_preset_decides_is_changed_by_the_preset_alone() -> None:
    param = made(["a", "b"], fixed=True)
    assert refused(param, ["a", "b"]) == ""
    assert refused(param, ["b"]) == "规则参数 X.y 由方案决定,不能改;现在是:a、b。"
    assert refused(param, ["b"], preset=["b"]) == ""
    assert refused(made(3, fixed=True), 4) == "规则参数 X.y 由方案决定,不能改;现在是:3。"

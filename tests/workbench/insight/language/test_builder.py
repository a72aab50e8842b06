"""Conditions as nested groups of rows, for the window that builds them by hand (domain 11.4)."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.language.builder import VALUES, ConditionGroup, Row, as_groups, of_groups
from workbench.insight.language.parse import parse


def groups(text: str) -> ConditionGroup:
    return as_groups(parse(text))


def test_no_condition_is_an_empty_group_and_back() -> None:
    assert groups("") == ConditionGroup("all")
    assert of_groups(ConditionGroup("all")) == ""


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("average >= 5万", Row("average", ">=", ("5万",))),
        ("average between 1万 and 5万", Row("average", "between", ("1万", "5万"))),
        ("average not between 1 and 2", Row("average", "not between", ("1", "2"))),
        ("tier in (L1, 'L2')", Row("tier", "in", ("L1", "'L2'"))),
        ("tier not in (L1)", Row("tier", "not in", ("L1",))),
        ("职业 contains '师'", Row("职业", "contains", ("'师'",))),
        ("职业 not contains '师'", Row("职业", "not contains", ("'师'",))),
        ("职业 is missing", Row("职业", "is missing")),
        ("职业 is told", Row("职业", "is told")),
        ("wecom", Row("wecom")),
        ("touched('call', 30)", Row("touched('call', 30)")),
        ("a + b > 3", Row("a + b", ">", ("3",))),
    ],
)
def test_a_single_condition_is_one_row_and_reads_back(text: str, row: Row) -> None:
    assert groups(text) == ConditionGroup("all", (row,))
    assert parse(of_groups(ConditionGroup("all", (row,)))) == parse(text)


def test_and_or_not_are_groups_within_groups() -> None:
    a, b, c = Row("a"), Row("b"), Row("c")
    assert groups("a and (b or c)") == ConditionGroup("all", (a, ConditionGroup("any", (b, c))))
    assert groups("not (a or b)") == ConditionGroup("none", (a, b))
    assert groups("not a") == ConditionGroup("none", (a,))
    assert of_groups(ConditionGroup("none", (a, b))) == "not (a or b)"
    assert of_groups(ConditionGroup("all", (ConditionGroup("any", (a, b)), c))) == "(a or b) and c"


def test_none_of_several_conditions_holds_for_nobody_who_meets_one() -> None:
    """'none' over a group of all: the inner group stays together."""
    inner = ConditionGroup("all", (Row("a"), Row("b")))
    assert parse(of_groups(ConditionGroup("none", (inner,)))) == parse("not (a and b)")


@pytest.mark.parametrize(
    "row",
    [
        Row(" "),
        Row("average", ">="),
        Row("average", ">=", (" ",)),
        Row("average", "between", ("1",)),
        Row("tier", "in", ()),
        Row("", "is missing"),
    ],
)
def test_a_row_that_is_not_filled_in_is_left_out(row: Row) -> None:
    assert of_groups(ConditionGroup("all", (Row("wecom"), row))) == "wecom"
    assert of_groups(ConditionGroup("any", (row,))) == ""


def test_a_text_written_by_hand_keeps_its_brackets_where_it_would_run_into_others() -> None:
    group = ConditionGroup("all", (Row("a or b"), Row("c")))
    assert parse(of_groups(group)) == parse("(a or b) and c")


def test_a_limit_follows_the_condition() -> None:
    group = ConditionGroup("all", (Row("wecom"),))
    assert of_groups(group, "top 20 by average") == "wecom top 20 by average"
    assert groups("wecom top 20 by average") == group


@pytest.mark.parametrize("row", [Row("average", ">", ("5 5",)), Row("average >", "=", ("1",)), Row("(a")])
def test_what_cannot_be_read_is_refused(row: Row) -> None:
    with pytest.raises(WorkbenchError) as caught:
        of_groups(ConditionGroup("all", (row,)))
    assert caught.value.code == "bad_expression"


def test_every_operator_says_how_many_values_it_takes() -> None:
    assert {VALUES[operator] for operator in ("in", "not in")} == {None}
    assert VALUES["between"] == VALUES["not between"] == 2
    assert VALUES["is missing"] == VALUES["is told"] == VALUES[""] == 0

"""The tree of a condition: its amounts, its children, its depth."""

from decimal import Decimal

import pytest

from workbench.insight.language import tree
from workbench.insight.language.parse import parse
from workbench.insight.language.tree import children, quantity, walk, word_of


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [("5", "万", "50000"), ("0.5", "亿", "50000000"), ("10", "%", "0.1"), ("30", "天", "30"), ("7", "", "7")],
)
def test_a_number_amounts_to_its_digits_times_its_unit(text: str, unit: str, amount: str) -> None:
    assert quantity(tree.Number(text, unit)) == Decimal(amount)


def test_every_node_is_met_once_with_its_depth() -> None:
    query = parse("a > 1 and (b between 2 and 3 or c contains 'x') top 5 by -d")
    depths = {word_of(node): depth for node, depth in walk(query) if isinstance(node, tree.Name)}
    assert depths == {"a": 3, "b": 4, "c": 4, "d": 2}
    nodes = [node for node, _depth in walk(query)]
    assert len(nodes) == len({id(node) for node in nodes})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a > b", ["a", "b"]), ("a + b > c", ["c"]), ("a in (b, c)", ["a", "b", "c"]),
        ("a between b and c", ["a", "b", "c"]), ("a is missing", ["a"]), ("a is told", ["a"]), ("not a", ["a"]),
        ("count(a, b)", ["a", "b"]), ("a and b and c", ["a", "b", "c"]), ("a or b", ["a", "b"]), ("a", []),
    ],
)  # fmt: skip
def test_the_children_are_the_nodes_right_below(text: str, names: list[str]) -> None:
    condition = parse(text).condition
    assert condition is not None
    assert [child.word for child in children(condition) if isinstance(child, tree.Name)] == names


def test_trees_are_equal_wherever_they_stand_in_the_text() -> None:
    assert parse("a > 1") == parse("  a   >  1")
    assert parse("a > 1") != parse("a > 2")


def test_only_texts_and_names_have_words() -> None:
    assert (word_of(tree.Text("张三")), word_of(tree.Name("职业"))) == ("张三", "职业")
    assert word_of(tree.Number("5")) == ""

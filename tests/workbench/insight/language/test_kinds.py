"""What kind of value a part of a condition has, and in what it is counted: sums of money, shares, days."""

import pytest

from workbench.base.terms import Vocabulary
from workbench.insight.language import tree
from workbench.insight.language.check import check
from workbench.insight.language.kinds import kind_of, kind_word, unit_of, values_of
from workbench.insight.language.parse import parse


def node(text: str, vocabulary: Vocabulary) -> tree.Node:
    condition = check(parse(text), vocabulary).query.condition
    assert condition is not None
    return condition


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5万", "money"), ("5元", "money"), ("10%", "ratio"), ("7", "number"), ("30天", "count"), ("2026-10-31", "date"),
        ("average", "money"), ("share", "ratio"), ("next_maturity", "date"), ("tier", "enum"), ("wecom", "flag"),
        ("average - peak", "money"), ("average / peak", "ratio"), ("average / 3", "money"), ("3 / average", "number"),
        ("average * 2", "money"), ("share + share", "ratio"), ("share * share", "number"), ("score + share", "number"),
        ("-average", "money"), ("days_since(next_maturity)", "count"), ("month(next_maturity)", "count"),
        ("count(wecom)", "count"), ("score(wecom, 5)", "number"), ("or_else(average, 0)", "money"),
        ("or_else(0, average)", "money"), ("least(average, peak)", "money"), ("most(score, 5)", "number"),
        ("average > 1", "flag"), ("not wecom", "flag"), ("touched('call')", "flag"),
    ],
)  # fmt: skip
def test_the_kind_of_a_value_follows_from_its_parts(text: str, kind: str, vocabulary: Vocabulary) -> None:
    assert kind_of(node(text, vocabulary)) == kind


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("days_since_touch", "天"), ("days_since(next_maturity)", "天"), ("days_until(next_maturity)", "天"),
        ("month(next_maturity)", "个月"), ("average", ""), ("S3", ""), ("score", ""),
    ],
)  # fmt: skip
def test_only_counts_have_a_unit(text: str, unit: str, vocabulary: Vocabulary) -> None:
    assert unit_of(node(text, vocabulary)) == unit


def test_only_an_enumeration_has_values_the_lowest_first(vocabulary: Vocabulary) -> None:
    assert [code for code, _label in values_of(node("tier", vocabulary))] == ["L0", "L1", "L2", "L3", "L4"]
    assert values_of(node("occupation", vocabulary)) == ()
    assert values_of(node("average > 1", vocabulary)) == ()


def test_every_kind_has_a_word() -> None:
    kinds = ("money", "number", "count", "ratio", "date", "text", "flag", "enum")
    assert len({kind_word(kind) for kind in kinds}) == len(kinds)

"""The expressions of a tag, checked and computed: values in fen, first case first, missing as the tag says (domain 11.2)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.pool import StaticPool

from tests.workbench.insight.language.conftest import FACTS, TERMS, Resolver
from tests.workbench.insight.tags.test_checks import TAG
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Vocabulary
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.ruled import ruled
from workbench.rules.parameters import Rules

RULES = Rules.load("general", {"tiers.qualified_line": 50_000})
WORDS = Vocabulary(TERMS)
CASES = (("high", "average >= 50万"), ("low", "average < 50万"))


@pytest.fixture(scope="module")
def table() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as conn:
        FACTS.create(conn)
        yield conn


@pytest.fixture
def one(table: Connection) -> Any:
    """Computes a tag for one customer with these facts."""

    def compute(tag: Tag, **facts: Any) -> Any:
        table.execute(FACTS.delete())
        table.execute(insert(FACTS), [{"customer_id": 1, **facts}])
        return table.execute(select(ruled(tag, WORDS, RULES).expression(Resolver()))).scalar_one()

    return compute


def tag(rule: str = "", **changed: Any) -> Tag:
    return replace(TAG, rule=rule, **changed)


def test_a_flag_is_one_zero_or_unknown(one: Any) -> None:
    rule = tag("score >= 3")
    assert [one(rule, score=score) for score in (3, 2.9, None)] == [1, 0, None]


def test_a_tag_whose_missing_counts_as_no_is_zero_instead_of_unknown(one: Any) -> None:
    assert one(tag("score >= 3", missing="no"), score=None) == 0
    assert one(tag("average", kind="money", missing="no"), average=None) == 0
    assert one(tag("occupation", kind="text", missing="no"), occupation=None) is None


def test_an_amount_is_stored_in_fen(one: Any) -> None:
    assert one(tag("average / 3", kind="money"), average=1_000) == 333
    assert one(tag("average", kind="money"), average=123_456) == 123_456


def test_the_first_case_that_holds_gives_the_value_and_an_unknown_one_leaves_it_open(one: Any) -> None:
    levels = tag(kind="enum", values=(("high", "高"), ("low", "低")), cases=CASES)
    assert [one(levels, average=fen) for fen in (50_000_000, 49_999_999, None)] == ["high", "low", None]
    first = replace(levels, cases=(("high", "score > 1"), ("low", "average > 0")))
    assert one(first, score=None, average=1) is None
    assert one(replace(first, pass_unknown=True), score=None, average=1) == "low"
    assert one(first, score=2, average=1) == "high"


def test_parameters_of_the_rules_are_filled_in(one: Any) -> None:
    qualified = tag("average >= {tiers.qualified_line}")
    assert [one(qualified, average=fen) for fen in (5_000_000, 4_999_999)] == [1, 0]


def test_a_tag_knows_the_columns_it_reads_and_for_whom_it_is() -> None:
    checked = ruled(tag("score > 1", eligible="wecom"), WORDS, RULES)
    assert checked.names == {"score", "wecom"}
    assert checked.for_whom(Resolver()) is not None
    assert ruled(tag("score > 1"), WORDS, RULES).for_whom(Resolver()) is None


@pytest.mark.parametrize(
    ("changed", "code", "key"),
    [
        ({"rule": "scoer > 1"}, "bad_expression", "rule"),
        ({"rule": "score > {no.such}"}, "unknown_param", "rule"),
        ({"rule": "list('名单') and wecom"}, "uses_list", "rule"),
        ({"rule": "average"}, "wrong_kind", "rule"),
        ({"rule": "wecom", "kind": "money"}, "wrong_kind", "rule"),
        ({"rule": "share", "kind": "money"}, "wrong_kind", "rule"),
        ({"rule": "score", "kind": "money"}, "wrong_kind", "rule"),
        ({"rule": "next_maturity", "kind": "count"}, "wrong_kind", "rule"),
        ({"rule": "wecom", "eligible": "average"}, "wrong_kind", "eligible"),
        ({"kind": "enum", "cases": (("high", "average"),)}, "wrong_kind", "cases"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_key(
    changed: dict[str, Any], code: str, key: str
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        ruled(tag(**changed), WORDS, RULES)
    assert (caught.value.code, caught.value.facts["key"]) == (code, key)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [("share", "number"), ("score", "ratio"), ("days_since_touch", "number"), ("tier", "text"),
     ("tier", "enum")],
)  # fmt: skip
def test_figures_of_one_nature_may_stand_for_one_another(rule: str, kind: Any) -> None:
    assert ruled(tag(rule, kind=kind), WORDS, RULES).rule is not None

"""A side of a table cuts all customers into groups; the SQL of a group and its condition name the same (domain 11.9)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer, Text, cast, create_engine, literal, select

from tests.laws import law
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.products.axis import OTHERS, Axis, axis, both, bounds_of, quoted, term_of, written
from workbench.insight.products.conditions import holds
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
WORDS = vocabulary(RULES)


def sql_key(side: Axis, value: Any) -> Any:
    """The group that the database puts a value into."""
    kind = Text if isinstance(value, str) else Integer
    with create_engine("sqlite://").connect() as conn:
        return conn.execute(select(side.key_of(cast(literal(value), kind)))).scalar()


def named_by(side: Axis, value: Any) -> list[Any]:
    """The groups whose condition a customer with this value meets."""
    keys = []
    for group in side.groups:
        condition = check(parse(group.where), WORDS).query.condition
        assert condition is not None
        if holds(condition, Values({side.term.name: value})):
            keys.append(group.key)
    return keys


@given(st.one_of(st.none(), st.integers(-3, 100)))
@law(examples=200)
def test_everybody_of_any_age_is_in_one_group_by_sql_and_by_its_condition(age: int | None) -> None:
    side = axis(WORDS["age"], RULES)
    assert named_by(side, age) == [sql_key(side, age)]


@given(
    st.one_of(
        st.none(),
        st.integers(-1_000, 800_000_000),
        st.sampled_from([int(b * 100) for b in bounds_of(WORDS["balance"], RULES)]),
    )
)
@law(examples=300)
def test_everybody_with_any_balance_is_in_one_band_by_sql_and_by_its_condition(fen: int | None) -> None:
    side = axis(WORDS["balance"], RULES)
    assert named_by(side, fen) == [sql_key(side, fen)]


def test_the_bands_of_money_are_worded_in_wan_and_the_last_one_is_open() -> None:
    labels = [group.label for group in axis(WORDS["balance"], RULES).groups]
    assert labels[:4] == ["0 以下", "0–1万", "1万–5万", "5万–20万"]
    assert labels[-2:] == ["600万 及以上", "无法判断"]


def test_a_band_of_one_count_is_worded_as_that_count() -> None:
    labels = [group.label for group in axis(WORDS["families"], RULES).groups]
    assert labels[1:4] == ["0", "1", "2"]
    assert labels[4] == "3–4"


def test_rarer_texts_are_others_and_no_text_cannot_be_told() -> None:
    side = axis(WORDS["branch"], RULES, ("东支行", "O'Neil"))
    assert [group.label for group in side.groups] == ["东支行", "O'Neil", "其他", "无法判断"]
    assert [sql_key(side, text) for text in ("东支行", "O'Neil", "西支行", None)] == [
        "东支行",
        "O'Neil",
        OTHERS,
        None,
    ]
    assert side.groups[1].where == "branch = 'O''Neil'"
    assert axis(WORDS["branch"], RULES).groups[0].where == "branch is told"


def test_a_flag_has_yes_no_and_cannot_tell() -> None:
    side = axis(WORDS["holds_fund"], RULES)
    assert [(group.key, group.label) for group in side.groups] == [(1, "是"), (0, "否"), (None, "无法判断")]
    for value in (1, 0, None):
        assert named_by(side, value) == [value]


@pytest.mark.parametrize("word", ["没有这个词", "open_date"])
def test_an_unknown_word_and_a_date_are_no_side(word: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        term_of(word, WORDS)
    assert caught.value.code == "no_such_axis"
    assert caught.value.hint


def test_a_word_inside_a_label_is_proposed() -> None:
    with pytest.raises(WorkbenchError) as caught:
        term_of("月日均", WORDS)
    proposed = caught.value.hint.partition(":")[2].split("、")
    assert all("月日均" in label for label in proposed[:3])
    with pytest.raises(WorkbenchError) as caught:
        term_of(" ", WORDS)
    assert caught.value.hint == "请用选人中心里的名称。"


def test_conditions_are_written_so_that_the_language_reads_them_back() -> None:
    assert written(Term("balance", "资产余额", "money")) == "balance"
    assert written(Term("own_车牌", "车牌", "text")) == "`own_车牌`"
    assert quoted("it's") == "'it''s'"
    assert both("", "") == ""
    assert both("a = 1", "") == "a = 1"
    assert both("a = 1 or b = 2", "c = 3") == "(a = 1 or b = 2) and (c = 3)"

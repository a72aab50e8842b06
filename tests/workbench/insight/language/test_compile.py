"""What a condition selects: amounts, enumerations, dates, unknowns, and the agreement with a second evaluator."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select

from tests.laws import law
from tests.workbench.insight.language.conftest import FACTS, LIGHTS, TIERS, Resolver
from tests.workbench.insight.language.evaluator import value as second_opinion
from workbench.base.errors import WorkbenchError
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.compile import value, where
from workbench.insight.language.formatted import formatted
from workbench.insight.language.parse import parse

EMPTY: dict[str, Any] = {column.name: None for column in FACTS.columns if column.name != "customer_id"}


def fill(conn: Connection, *rows: dict[str, Any]) -> None:
    conn.execute(delete(FACTS))
    conn.execute(insert(FACTS), [{"customer_id": n, **EMPTY, **row} for n, row in enumerate(rows, 1)])


def chosen(conn: Connection, vocabulary: Vocabulary, text: str) -> list[int]:
    condition = where(check(parse(text), vocabulary), Resolver())
    return list(
        conn.execute(select(FACTS.c.customer_id).where(condition).order_by(FACTS.c.customer_id)).scalars()
    )


def value_of(conn: Connection, vocabulary: Vocabulary, text: str) -> Any:
    """The value of a text for the only row."""
    return conn.execute(select(value(check(parse(text), vocabulary), Resolver()))).scalar_one()


def test_amounts_are_written_in_yuan_and_lie_in_fen(table: Connection, vocabulary: Vocabulary) -> None:
    fill(table, {"average": 5_000_000}, {"average": 4_999_999}, {"average": None})
    for text in (
        "average >= 50000",
        "资产月日均 >= 5万",
        "5万 <= average",
        "average >= 5万元",
        "average * 2 >= 10万",
    ):
        assert chosen(table, vocabulary, text) == [1], text
    assert chosen(table, vocabulary, "average < 0.0005亿") == [2]
    assert chosen(table, vocabulary, "average > 49999.985") == [1, 2]


def test_a_level_is_compared_by_its_place_and_named_by_code_or_label(
    table: Connection, vocabulary: Vocabulary
) -> None:
    fill(
        table,
        {"tier": "L1"},
        {"tier": "L4", "tier_before": "L3"},
        {"tier": None},
        {"tier": "L3", "tier_before": "L4"},
    )
    assert chosen(table, vocabulary, "tier >= L3") == [2, 4]
    assert chosen(table, vocabulary, "资产层级 不是 大众") == [2, 4]
    assert chosen(table, vocabulary, "'优质' < 资产层级") == [2]
    assert chosen(table, vocabulary, "tier > tier_before") == [2]
    assert chosen(table, vocabulary, "not tier > L4") == [1, 2, 4]
    assert chosen(table, vocabulary, "tag('资产层级') in (L1, 优质)") == [1, 4]
    assert chosen(table, vocabulary, "tier 介于 潜力 到 优质") == [4]


def test_an_unknown_value_is_neither_yes_nor_no(table: Connection, vocabulary: Vocabulary) -> None:
    fill(table, {"wecom": 1}, {"wecom": 0}, {})
    assert chosen(table, vocabulary, "企微好友") == [1]
    assert chosen(table, vocabulary, "非 企微好友") == [2]
    assert chosen(table, vocabulary, "企微好友 = 否") == [2]
    assert chosen(table, vocabulary, "企微好友 缺失") == [3]
    assert chosen(table, vocabulary, "企微好友 或 企微好友 缺失") == [1, 3]
    assert chosen(table, vocabulary, "not known(wecom)") == [3]


def test_a_relative_date_counts_from_the_day(table: Connection, vocabulary: Vocabulary) -> None:
    fill(table, {"next_maturity": "2026-11-30"}, {"next_maturity": "2026-10-01"}, {"next_maturity": None})
    assert chosen(table, vocabulary, "days_until(最近到期日) between 0 and 30天") == [1]
    assert chosen(table, vocabulary, "距今天数(next_maturity) = 30") == [2]
    assert chosen(table, vocabulary, "month(next_maturity) = 11") == [1]
    assert chosen(table, vocabulary, "next_maturity < '2026-10-31'") == [2]
    assert chosen(table, vocabulary, "next_maturity >= 2026-11-30") == [1]


def test_the_first_of_those_that_match_are_not_the_first_of_all(
    table: Connection, vocabulary: Vocabulary
) -> None:
    fill(
        table,
        {"average": 900, "wecom": 0},
        {"average": 500, "wecom": 1},
        {"average": 700, "wecom": 1},
        {"wecom": 1},
    )
    assert chosen(table, vocabulary, "top(2, average) and wecom") == [3]
    assert chosen(table, vocabulary, "wecom top 2 by average") == [2, 3]
    assert chosen(table, vocabulary, "取后 1 按 资产月日均") == [2]
    assert chosen(table, vocabulary, "not top(1, average)") == [2, 3]
    assert chosen(table, vocabulary, "wecom top 2位 by average") == [2, 3]
    for text in ("wecom top 2 by average", "top(2, average)"):
        condition = where(check(parse(text), vocabulary), Resolver())
        unknown = select(FACTS.c.customer_id).where(condition.is_(None))
        assert table.execute(unknown).scalars().all() == [4], "who has no value cannot be told"


def test_text_is_looked_for_without_regard_to_case_and_signs_mean_themselves(
    table: Connection, vocabulary: Vocabulary
) -> None:
    fill(table, {"occupation": "IT工程师"}, {"occupation": "100%控股"}, {})
    assert chosen(table, vocabulary, "职业 包含 'it'") == [1]
    assert chosen(table, vocabulary, "职业 contains '0%'") == [2]
    assert chosen(table, vocabulary, "职业 不包含 '_'") == [1, 2]


def test_points_are_unknown_where_the_condition_is(table: Connection, vocabulary: Vocabulary) -> None:
    fill(table, {"score": 3.0, "wecom": None})
    assert value_of(table, vocabulary, "score(score > 2, 5) + score(score > 9, 7)") == 5
    assert value_of(table, vocabulary, "score(wecom, 5)") is None
    assert value_of(table, vocabulary, "count(wecom, score > 2, score > 9)") == 1
    assert value_of(table, vocabulary, "count(wecom)") is None
    assert value_of(table, vocabulary, "or_else(average, 3万)") == 30000
    assert value_of(table, vocabulary, "score / 0") is None


def test_a_value_is_no_condition(vocabulary: Vocabulary) -> None:
    with pytest.raises(WorkbenchError) as refused:
        where(check(parse("average + 1"), vocabulary), Resolver())
    assert refused.value.code == "bad_expression"


# -- the second evaluator ------------------------------------------------------------------------------------

_numbers = st.sampled_from(["0", "1", "2.5", "3", "10"])


def _range(figure: str, one: str, other: str) -> str:
    low, high = sorted((one, other), key=lambda number: float(number.replace("万", "e4").replace("%", "e-2")))
    return f"{figure} between {low} and {high}"


_figures = st.recursive(
    st.sampled_from(["score", "days_since_touch", "share", "peak", "average / 1万", "S3"]) | _numbers,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("-{}".format, st.sampled_from(["score", "S3", "3"]))
        | st.builds("{}({}, {})".format, st.sampled_from(["least", "most", "or_else"]), inner, inner)
    ),
    max_leaves=4,
)
_signs = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_plain = st.one_of(
    st.builds("{} {} {}".format, _figures, _signs, _figures),
    st.builds("average {} {}".format, _signs, st.sampled_from(["5万", "-1", "300.005"])),
    st.builds("tier {} {}".format, _signs, st.sampled_from(["L0", "财富", "tier_before"])),
    st.builds(
        "light in ({}, '{}')".format, st.sampled_from(["red", "无灯"]), st.sampled_from(["yellow", "red"])
    ),
    st.builds(
        "occupation {} '{}'".format,
        st.sampled_from(["=", "<>", "contains", "not contains"]),
        st.sampled_from(["a", "%"]),
    ),
    st.builds(_range, _figures, _numbers, _numbers),
    st.builds("days_until(next_maturity) > {}".format, st.sampled_from(["0", "30"])),
    st.builds("next_maturity {} 2026-11-05".format, _signs),
    st.builds("{} is missing".format, _figures),
    st.sampled_from(
        ["wecom", "tag('拒绝营销')", "wecom = 否", "wecom = tag('拒绝营销')", "known(score)", "是"]
    ),
)
_conditions = st.recursive(
    _plain,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not {}".format, inner),
        st.builds("score({}, 2) + count({}, {}) > 1".format, inner, inner, inner),
        st.builds("({}) is told".format, inner),
    ),
    max_leaves=6,
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


_codes = st.sampled_from([code for code, _label in TIERS])
_rows = st.fixed_dictionaries(
    {
        "average": maybe(st.integers(-100, 9_000_000)), "peak": maybe(st.sampled_from([0, 300, 5_000_000])),
        "score": maybe(st.sampled_from([0.0, 1.0, 2.5])), "days_since_touch": maybe(st.integers(0, 3)),
        "share": maybe(st.sampled_from([0.0, 0.5, 1.0])), "S3": maybe(st.integers(0, 3)), "holds_low": st.none(),
        "next_maturity": maybe(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)).map(dt.date.isoformat)),
        "occupation": maybe(st.sampled_from(["", "a", "bA", "5%"])), "wecom": maybe(st.integers(0, 1)),
        "v_tier_refuse_m0": maybe(st.integers(0, 1)), "tier": maybe(_codes), "tier_before": maybe(_codes),
        "light": maybe(st.sampled_from([code for code, _label in LIGHTS])),
    }
)  # fmt: skip


@law(examples=1_000, few=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_conditions, rows=st.lists(_rows, min_size=1, max_size=4))
def test_the_compiled_condition_agrees_with_a_second_evaluator(
    table: Connection, vocabulary: Vocabulary, text: str, rows: list[dict[str, Any]]
) -> None:
    fill(table, *rows)
    checked = check(parse(text), vocabulary)
    assert checked.query.condition is not None
    asked = select(FACTS, value(checked, Resolver()).label("verdict")).order_by(FACTS.c.customer_id)
    for row in table.execute(asked).mappings():
        expected = second_opinion(checked.query.condition, row)
        assert row["verdict"] == expected, (text, dict(row))
    yes = [n for n, row in enumerate(rows, 1) if second_opinion(checked.query.condition, row) == 1]
    assert chosen(table, vocabulary, text) == yes


@law(examples=1_000, few=40)
@given(text=_conditions)
def test_the_canonical_text_of_a_condition_means_the_same(text: str) -> None:
    query = parse(text)
    assert parse(formatted(query)) == query
    assert formatted(parse(formatted(query))) == formatted(query)

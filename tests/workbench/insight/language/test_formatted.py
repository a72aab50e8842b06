"""A condition's tree written as text: one canonical form, with brackets only where they are needed."""

import pytest
from hypothesis import given

from tests.laws import law
from tests.workbench.insight.language.test_compile import _conditions
from workbench.insight.language.formatted import SUM, formatted, named, node_text, quoted
from workbench.insight.language.parse import parse


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("average>=5万 且 wecom", "average >= 5万 and wecom"),
        ("(average > 1) or (wecom)", "average > 1 or wecom"),
        ("(a or b) and c", "(a or b) and c"),
        ("a or (b and c)", "a or b and c"),
        ("not (a and b)", "not (a and b)"),
        ("非 a", "not a"),
        ("not a between 1 and 2", "a not between 1 and 2"),
        ("职业 不属于 ('教师')", "职业 not in ('教师')"),
        ("职业 不包含 '师'", "职业 not contains '师'"),
        ("a 缺失", "a is missing"),
        ("a is not missing", "a is told"),
        ("(a - b) - c > 0", "a - b - c > 0"),
        ("a - (b - c) > 0", "a - (b - c) > 0"),
        ("(a + b) * 2 > 0", "(a + b) * 2 > 0"),
        ("-(a + b) > 0", "-(a + b) > 0"),
        ("a = '他说\"好\"'", "a = '他说\"好\"'"),
        ("a = 'it''s'", "a = 'it''s'"),
        ("wecom = true", "wecom = 是"),
        ("next = 2026-1-5", "next = 2026-01-05"),
        ("a > 1 取前 5 按 b", "a > 1 top 5 by b"),
        ("bottom 3 by a + b", "bottom 3 by a + b"),
        ("", ""),
    ],
)
def test_each_condition_has_one_text(typed: str, canonical: str) -> None:
    assert formatted(parse(typed)) == canonical


@law(examples=500, few=30)
@given(text=_conditions)
def test_the_text_read_again_gives_an_equal_query_and_the_same_text(text: str) -> None:
    query = parse(text)
    written = formatted(query)
    assert parse(written) == query
    assert formatted(parse(written)) == written


def test_a_name_stands_in_backticks_where_the_language_would_read_it_otherwise() -> None:
    assert named("资产月日均") == "资产月日均"
    assert named("S3信号级别") == "S3信号级别"
    assert [named(word) for word in ("持有R1-R2理财", "到期 金额", "3个月", "非本行")] == [
        "`持有R1-R2理财`",
        "`到期 金额`",
        "`3个月`",
        "`非本行`",
    ]


def test_quotes_within_a_text_are_doubled() -> None:
    assert quoted("it's") == "'it''s'"


def test_a_node_looser_than_its_place_gets_brackets() -> None:
    condition = parse("a or b").condition
    assert condition is not None
    assert node_text(condition) == "a or b"
    assert node_text(condition, SUM) == "(a or b)"

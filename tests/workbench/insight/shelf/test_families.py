"""Product families: which one a product is of, and a file of families that cannot be read (domain 11.6)."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.shelf.families import REGIMES, families, family_named, family_of, read

FAMILY = """
[[family]]
code = "demand"
column = "holds_demand"
name = "活期"
regime = "deposit"
risk = 0
entry = 0.01
ticket = 10000
"""


@pytest.mark.parametrize(
    ("category", "name", "risk", "code"),
    [
        ("活期存款", None, None, "demand"),
        ("结构性存款", "挂钩黄金", None, "time"),
        ("大额存单", "三年期", None, "cd"),
        ("储蓄国债", None, None, "bond"),
        ("银行理财", "天天盈", 1, "cash"),
        ("银行理财", "天天盈", None, "cash"),
        ("银行理财", "稳健一年", 1, "wealth_low"),
        ("银行理财", "稳健一年", 2, "wealth_low"),
        ("银行理财", "进取一年", 3, "wealth_mid"),
        ("银行理财", "稳健一年", None, None),
        ("货币基金", "任何名称", None, "cash"),
        ("股票型基金", "成长", 4, "fund"),
        ("股票型基金", "成长", None, None),
        (None, "天天盈", 1, None),
        ("纪念币套装", None, None, None),
    ],
)
def test_a_product_is_of_the_first_family_that_fits(
    category: str | None, name: str | None, risk: int | None, code: str | None
) -> None:
    family = family_of(category, name, risk, families())
    assert (family.code if family else None) == code


def test_among_fewer_families_only_these_are_tried() -> None:
    rest = [family for family in families() if family.code != "cash"]
    family = family_of("银行理财", "天天盈", 1, rest)
    assert family is not None
    assert family.code == "wealth_low"


def test_a_family_is_named_by_code_column_or_name() -> None:
    assert {family_named(word).code for word in ("demand", " HOLDS_DEMAND ", "活期")} == {"demand"}
    with pytest.raises(WorkbenchError) as caught:
        family_named("古董")
    assert caught.value.code == "no_such_family"
    assert "活期" in caught.value.sentence()


def test_the_shipped_families_have_codes_columns_and_regimes_of_their_own() -> None:
    shipped = families()
    assert (
        len({family.code for family in shipped}) == len({family.column for family in shipped}) == len(shipped)
    )
    assert {family.regime for family in shipped} <= set(REGIMES)
    ranks = [family.listed.rank for family in shipped if family.listed]
    assert len(set(ranks)) == len(ranks), "two families of one rank would be chosen between by chance"


def test_amounts_are_read_in_yuan_and_kept_in_fen() -> None:
    (family,) = read(FAMILY)
    assert (family.entry, family.ticket, family.held, family.listed) == (1, 1_000_000, (), None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[family]", ""),
        (FAMILY.replace('column = "holds_demand"\n', ""), "第 1 个大类"),
        (FAMILY.replace("risk = 0", 'risk = "低"'), "第 1 个大类"),
        (FAMILY.replace('regime = "deposit"', 'regime = "casino"'), "casino"),
        (FAMILY + FAMILY, "第 2 个大类 demand 重复"),
        (FAMILY + FAMILY.replace('code = "demand"', 'code = "other"'), "第 2 个大类 other 重复"),
    ],
)
def test_a_broken_file_is_refused_and_the_entry_named(text: str, words: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        read(text)
    assert caught.value.code == "families_broken"
    assert words in str(caught.value)

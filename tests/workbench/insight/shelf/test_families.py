"""Which family a product belongs to: by its category first, then by level and name; what cannot be told is of none."""

from importlib.resources import files

import pytest
import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.insight.shelf.families import FILE, families, family_named, family_of, read

SHIPPED = (files("resources") / "products" / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("category", "name", "risk", "code"),
    [
        ("活期存款", "活期", None, "demand"),
        ("定期存款", "三年整存整取", None, "time"),
        ("整存整取", None, None, "time"),
        ("通知存款", "七天通知", None, "time"),
        ("结构性存款", "挂钩黄金", 2, "time"),
        ("大额存单", "2026第3期", None, "cd"),
        ("储蓄国债", "电子式", None, "bond"),
        # a pension account stands before everything that is bought in it
        ("个人养老金理财", "养老稳健", 2, "pension"),
        ("现金管理类理财", "任何名字", None, "cash"),
        ("理财", "天天利", 1, "cash"),
        ("理财", "天天利", None, "cash"),
        ("理财", "稳健一号", 1, "wealth_low"),
        # the name says cash, the level says otherwise: the level counts
        ("理财", "天天利", 2, "wealth_low"),
        ("理财", "天天利", 3, "wealth_mid"),
        ("理财", "稳健一号", 2, "wealth_low"),
        ("理财", "成长一号", 3, "wealth_mid"),
        ("理财", "进取一号", 5, "wealth_mid"),
        ("理财", "没有等级", None, None),
        ("货币基金", "某货币A", 1, "cash"),
        ("公募基金", "某混合", 4, "fund"),
        ("公募基金", "某债券", 2, None),
        ("公募基金", "某混合", None, None),
        ("年金险", "任何名字", None, "annuity"),
        ("保险", "某养老年金", None, "annuity"),
        ("保险", "某重疾险", None, "protection"),
        ("保险", "某重疾年金", None, "protection"),
        ("保险", "名字看不出", None, None),
        ("贵金属", "积存金", None, "gold"),
        ("信托", "某信托计划", 4, None),
        ("", "天天利", 1, None),
        (None, "天天利", 1, None),
    ],
)
def test_a_product_is_of_the_family_that_its_words_tell(
    category: str | None, name: str | None, risk: int | None, code: str | None
) -> None:
    found = family_of(category, name, risk, families())
    assert (found.code if found else None) == code


def test_families_are_named_by_code_column_or_either_language() -> None:
    for family in families():
        for word in (family.code, family.column, family.name, f" {family.code.upper()} "):
            assert family_named(word) == family
    with pytest.raises(WorkbenchError) as refused:
        family_named("比特币")
    assert refused.value.code == "no_such_family"
    assert "大额存单" in refused.value.hint


def test_what_the_shipped_families_say_holds_together() -> None:
    found = families()
    assert len({family.code for family in found}) == len({family.column for family in found}) == len(found)
    for family in found:
        assert family.column == f"holds_{family.code}"
        assert 0 <= family.risk <= 5
        assert family.ticket >= family.entry >= 0
        # only what may lose money has a level of its own
        assert (family.risk > 0) == (family.regime in ("wealth", "fund", "insurance", "gold", "trust")), (
            family.code
        )
    ranks = [family.listed.rank for family in found if family.listed]
    assert len(set(ranks)) == len(ranks)


def test_amounts_are_kept_in_fen() -> None:
    body = {entry["code"]: entry for entry in tomllib.loads(SHIPPED)["family"]}
    for family in families():
        assert (family.entry, family.ticket) == (
            body[family.code]["entry"] * 100,
            body[family.code]["ticket"] * 100,
        )


ONE = 'code="x"\ncolumn="holds_x"\nname="甲"\nregime="deposit"\nrisk=0\nentry=1\nticket=2\n'
OTHER = ONE.replace('code="x"', 'code="y"')


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[family]\n", "families.toml"),
        ("[[family]]\n" + ONE.replace('name="甲"\n', ""), "第 1 个大类写得不全"),
        ("[[family]]\n" + ONE.replace("risk=0", 'risk="低"'), "第 1 个大类写得不全"),
        ("[[family]]\n" + ONE.replace("entry=1", 'entry="一"'), "第 1 个大类写得不全"),
        ("[[family]]\n" + ONE + "[family.listed]\ncategories=['x']\n", "第 1 个大类写得不全"),
        ("[[family]]\n" + ONE.replace("deposit", "bitcoin"), "第 1 个大类 x 的 regime 不认识:bitcoin"),
        (f"[[family]]\n{ONE}[[family]]\n{ONE}", "第 2 个大类 x 重复"),
        (f"[[family]]\n{ONE}[[family]]\n{OTHER}", "第 2 个大类 y 重复"),
    ],
)
def test_a_broken_file_is_refused_by_its_entry(text: str, named: str) -> None:
    with pytest.raises(WorkbenchError) as refused:
        read(text)
    assert refused.value.code == "families_broken"
    assert named in refused.value.message


def test_an_empty_file_has_no_families() -> None:
    assert read("") == ()
    (family,) = read("[[family]]\n" + ONE)
    assert (family.entry, family.ticket, family.held, family.none, family.listed) == (100, 200, (), (), None)

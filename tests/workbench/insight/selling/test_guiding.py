"""The guide of hook products: whom each suits by risk class, which segments want it, what to look at first (domain 3, 8.1)."""

from typing import Any

import pytest

from db.tables import products
from tests.workbench.conftest import AS_OF, SmallBook
from workbench.insight.selling.guide import GuideEntry

SHELF: dict[str, dict[str, Any]] = {
    "cash": {"product_name": "天天盈", "category": "现金管理", "product_risk": "R1", "min_amount": 1_00},
    "d90": {"product_name": "三个月", "category": "定期", "term_days": 90, "min_amount": 50_00, "benchmark": 0.008},
    "w91": {"product_name": "稳享91天", "category": "理财", "product_risk": "R2", "term_days": 91, "min_amount": 10_000_00},
    "w546": {"product_name": "进取", "category": "理财", "product_risk": "R3", "term_days": 546, "min_amount": 10_000_00},
    "sold": {"product_name": "卖完了", "category": "理财", "product_risk": "R2", "term_days": 91, "quota": 0},
    "gone": {"product_name": "过了期", "category": "理财", "product_risk": "R2", "term_days": 91, "maturity_date": AS_OF},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


def guide(small: SmallBook) -> dict[str, GuideEntry]:
    with small.book.write("import", "products") as writer:
        for code, row in SHELF.items():
            writer.insert(products, [{"product_code": code, **row}])
    return {one.hook.offered.product_code: one for one in small.insight.selling.guide().entries}


def test_what_is_sold_out_or_has_matured_is_not_in_it(small: SmallBook) -> None:
    assert set(guide(small)) == {"cash", "d90", "w91", "w546"}


def test_a_list_of_products_alone_has_a_guide_without_customers(small: SmallBook) -> None:
    one = guide(small)["w91"]
    assert (one.suitable, one.segments, one.people) == (None, (), "")
    assert one.as_json()["suitable"] is None


def test_what_the_list_does_not_tell_is_looked_at_first(small: SmallBook) -> None:
    made = guide(small)
    assert made["w91"].checks == (
        "客户的风险测评在有效期内,等级不低于 R2", "额度清单没有写,当天在系统里看还有没有",
        "可买到哪天清单没有写,先查募集期或开放日", "这笔钱 91 天里用不到",
    )  # fmt: skip
    assert made["d90"].checks == ("这笔钱 90 天里用不到",)
    assert "快速赎回每天有限额,金额大的先查限额" in made["cash"].checks
    assert "风险等级高于 R2,不拿它敲门,客户问起再讲" in made["w546"].checks


def test_the_parts_say_what_cannot_be_told(small: SmallBook) -> None:
    assert dict(guide(small)["cash"].parts) == {"门槛": "1.0", "灵活": "1.0", "优势": "看不出", "易懂": "1.0"}


def test_what_is_said_of_it_is_handed_in(small: SmallBook) -> None:
    guide(small)
    made = small.insight.selling.guide(lambda hook, segments: f"说说{hook.offered.name}{len(segments)}")
    assert made.entries[0].script == f"说说{made.entries[0].hook.offered.name}0"


def test_customers_are_counted_by_risk_class(small: SmallBook) -> None:
    told = (
        ("C1", "2027-06-30"),
        ("C2", "2027-06-30"),
        ("C2", "2026-01-01"),
        ("C3", "2027-06-30"),
        (None, None),
    )
    for number, (level, until) in enumerate(told):
        small.month(
            f"{number:04d}", aum_balance=80_000, aum_daily_average=80_000, risk_level=level, risk_expiry_date=until
        )  # fmt: skip
    made = guide(small)
    # the second C2 was tested too long ago
    assert made["w91"].suitable == (0, 1, 1, 0, 0)
    assert made["w91"].people == "C2 1 户、C3 1 户;1 户没有有效测评"
    assert made["cash"].suitable == (1, 1, 1, 0, 0)
    assert made["w546"].suitable == (0, 0, 1, 0, 0)
    assert made["d90"].people == "不看风险测评,客户都可以"

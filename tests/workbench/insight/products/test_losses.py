"""What was lost with each product: lines of one product together, deposits and R1 aside, what is not told stays so."""

from db.tables import products
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.products.losses import products_of, untold
from workbench.rules.parameters import Rules

RULES = Rules.load()
FUND = {"product_code": "F1", "product_name": "进取一号", "category": "基金", "product_risk": "R3"}


def test_products_are_summed_by_code_and_not_set_off_against_each_other(small: SmallBook) -> None:
    small.month("A", aum_balance=500_000)
    with small.book.write("import", "product") as writer:
        writer.insert(
            products, [{"product_code": "F1", "product_risk": "R4", "term_days": 90, "batch_id": 1}]
        )
    small.hold("A", amount=60_000, cost=70_000, profit=-10_000, nav=0.9, **FUND)
    small.hold("A", amount=45_000, profit=-5_000, nav=0.9, line=2, **FUND)
    gain = {"product_code": "F2", "product_name": "二号", "category": "基金", "product_risk": "R2"}
    small.hold("A", amount=90_000, cost=50_000, profit=40_000, **gain)
    small.hold("A", amount=90_000, cost=99_000, profit=-9_000, product_code="D", category="定期存款")
    small.hold(
        "A", amount=90_000, cost=99_000, profit=-9_000, product_code="M", category="理财", product_risk="R1"
    )
    half = {"product_code": "F3", "product_name": "三号", "category": "基金"}
    small.hold("A", amount=10_000, cost=12_000, profit=-2_000, **half)
    small.hold("A", amount=10_000, line=2, **half)
    with small.book.read() as conn:
        held = {one.key: one for one in products_of(conn, small.ids["A"], MONTH, RULES)}
        missing = untold(conn, MONTH, RULES)
    assert sorted(held) == ["F1", "F2", "F3"]
    first = held["F1"]
    # the higher level of issuer and seller counts; what was paid is told, or follows from what is held and the profit
    assert (first.risk, first.term_days, first.nav) == (4, 90, 0.9)
    assert (first.cost, first.amount, first.loss, first.value) == (
        12_000_000,
        10_500_000,
        1_500_000,
        10_500_000,
    )
    assert first.share == 0.125
    assert held["F2"].loss == 0
    assert (held["F3"].loss, held["F3"].share, held["F3"].risk) == (None, None, None)
    assert (missing.products, missing.no_profit, missing.no_share, missing.no_risk) == (5, 1, 0, 1)

"""S5, what is held no longer fits the level of risk: excess, expiry, concentration, loss (domain 4.3)."""

from tests.workbench.conftest import SmallBook


def test_s5_a_product_riskier_than_the_customer_may_hold(small: SmallBook) -> None:
    for no, level in (("1", "C2"), ("2", "C2"), ("3", "C3"), ("4", None)):
        small.flat(no, risk_level=level)
    small.hold("1", amount=1e5, product_risk="R4", product_name="甲")
    small.hold("2", amount=1e5, product_risk="R3", product_name="乙")
    small.hold("3", amount=1e5, product_risk="R3", product_name="乙")
    small.hold("4", amount=1e5, product_risk="R5", product_name="丙")
    assert [small.severity(no, "S5") for no in "1234"] == [3, 2, 0, 0]


def test_s5_must_last_two_of_three_months_where_several_are_told(small: SmallBook) -> None:
    for no in "12":
        small.flat(no, risk_level="C2")
        small.hold(no, 1, amount=1e5, product_risk="R4" if no == "1" else "R2", product_name="甲")
        small.hold(no, 0, amount=1e5, product_risk="R4", product_name="甲")
    assert [small.severity(no, "S5") for no in "12"] == [3, 0]


def test_s5_an_expired_risk_test(small: SmallBook) -> None:
    small.flat("1", risk_expiry_date="2026-10-20")
    small.flat("2", risk_expiry_date="2026-06-20")
    small.flat("3", risk_expiry_date="2027-06-20")
    small.flat("4")
    assert [small.severity(no, "S5") for no in "1234"] == [1, 2, 0, 0]
    assert [small.unknown(no, "S5") for no in "1234"] == [False, False, False, True]


def test_s5_concentration_and_floating_loss(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no, 300_000)
    small.hold("1", amount=160_000, product_name="甲基金", category="基金")
    small.hold("2", amount=160_000, product_name="三年定期", category="定期存款")
    small.hold("3", amount=92_000, cost=100_000, profit=-8_000, product_name="乙", category="基金")
    small.hold("4", amount=88_000, cost=100_000, profit=-12_000, product_name="丙", category="基金")
    assert [small.severity(no, "S5") for no in "1234"] == [1, 0, 2, 3]

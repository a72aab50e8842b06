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


def test_s5_all_that_is_held_is_a_level_too_risky_by_amount(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no, 300_000, risk_level="C2")
    small.hold("1", amount=3e5, product_risk="R3", product_name="甲")
    small.hold("2", amount=2.9e5, product_risk="R3", product_name="甲")  # the rest is in deposits
    small.hold("3", amount=3e5, product_risk="R2", product_name="甲")
    small.hold("4", amount=3e5, product_name="定期", category="定期存款")
    assert [small.severity(no, "S5") for no in "123"] == [3, 2, 1]
    found = small.verdict("1", "S5")
    assert found.evidence["causes"] == ["excess", "weighted", "concentration"]
    assert "全部资产按金额加权的风险约3级,高出客户风险等级C2约1级" in found.reason
    assert small.unknown("4", "S5") is False


def test_s5_concentration_and_loss_must_last_as_well(small: SmallBook) -> None:
    lines = {
        "lasts": [(2e5, -3e4), (2e5, -3e4)], "new": [(1e5, 0), (2e5, -3e4)], "over": [(2e5, -3e4), (1e5, 0)],
    }  # fmt: skip
    for no, told in lines.items():
        small.flat(no, 300_000)
        for back, (amount, profit) in zip((1, 0), told, strict=True):
            cost = amount - profit
            small.hold(no, back, amount=amount, cost=cost, profit=profit, product_name="甲", category="基金")
    assert {no: small.severity(no, "S5") for no in lines} == {"lasts": 3, "new": 0, "over": 0}
    assert small.verdict("lasts", "S5").evidence["causes"] == ["concentration", "loss"]
    assert "亏损率13%" in small.verdict("lasts", "S5").reason


def test_s5_without_a_list_of_the_newest_month_what_is_held_cannot_be_judged(small: SmallBook) -> None:
    small.flat("1", risk_level="C1")
    small.hold("1", 1, amount=1e5, product_risk="R5", product_name="甲")
    assert small.unknown("1", "S5")

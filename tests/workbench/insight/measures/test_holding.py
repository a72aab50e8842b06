"""What a customer holds (domain 11.6): by the columns of the list, by lines of the holdings list, else cannot tell."""

from typing import Any

import pytest

from db.tables import products
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.measures.holding import columns
from workbench.insight.measures.scope import Scope, reported_data
from workbench.insight.shelf.families import families
from workbench.insight.tags.vocabulary import sections
from workbench.rules.parameters import Rules


def holding(small: SmallBook, no: str, day: str = AS_OF, only: bool = False) -> dict[str, Any]:
    with small.book.read() as conn:
        told = reported_data(conn, MONTH)
        assert told is not None
        scope = Scope(MONTH, day, told, [small.ids[no]] if only else None)
        found = conn.execute(scope.statement(columns(scope, Rules.load()))).mappings()
        return next(dict(row) for row in found if row["customer_id"] == small.ids[no])


def test_the_section_gives_exactly_the_measures_listed(small: SmallBook) -> None:
    small.flat("1", 300_000, 1)
    assert set(holding(small, "1")) - {"customer_id"} == set(sections()["holding"])
    assert {family.column for family in families()} <= set(sections()["holding"])


def test_without_columns_and_lists_nothing_is_known_of_any_family(small: SmallBook) -> None:
    small.flat("1", 300_000, 1)
    found = holding(small, "1")
    assert all(found[family.column] is None for family in families())
    assert found["families"] is None
    assert found["held_lines"] is None
    assert found["matures_30"] is None


def test_a_balance_above_zero_says_held_and_zero_says_not(small: SmallBook) -> None:
    small.month("1", aum_balance=10, time_deposit_balance=100, large_cd_balance=0, wealth_balance=0)
    figures = holding(small, "1")
    assert figures["holds_time"] == 1
    assert figures["holds_cd"] == 0
    assert figures["holds_wealth_low"] == 0
    assert figures["holds_wealth_mid"] == 0
    assert figures["families"] == 1


def test_wealth_in_the_list_of_customers_alone_does_not_tell_which_family(small: SmallBook) -> None:
    small.month("1", aum_balance=10, wealth_balance=50_000)
    found = holding(small, "1")
    assert found["holds_wealth_low"] is None
    assert found["holds_cash"] is None


def test_a_line_of_the_holdings_list_says_the_family_and_others_of_its_kind_are_not_held(
    small: SmallBook,
) -> None:
    for no in ("1", "2"):
        small.month(no, aum_balance=100_000)
    small.hold("1", category="理财", product_name="稳享90天", product_risk="R2", amount=50_000)
    figures, other = holding(small, "1"), holding(small, "2")
    assert figures["holds_wealth_low"] == 1
    assert figures["holds_wealth_mid"] == 0
    assert figures["holds_cash"] == 0
    assert other["holds_wealth_low"] == 0
    assert other["held_lines"] == 0
    assert other["held_risk"] == 0
    # the list tells of no fund of anybody: it may be a list of wealth products only
    assert figures["holds_fund"] is None
    assert other["holds_fund"] is None


def test_a_list_of_holdings_says_nothing_of_demand_deposits_by_its_silence(small: SmallBook) -> None:
    for no in ("1", "2"):
        small.month(no, aum_balance=100_000)
    small.hold("1", category="活期", amount=50_000)
    assert holding(small, "1")["holds_demand"] == 1
    assert holding(small, "2")["holds_demand"] is None


def test_a_line_without_its_risk_leaves_the_family_open(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", category="理财", product_name="某产品", amount=50_000)
    found = holding(small, "1")
    assert found["holds_wealth_low"] is None
    assert found["holds_wealth_mid"] is None
    assert found["held_risk"] is None
    assert found["held_lines"] == 1


def test_the_product_sheet_tells_category_and_risk_where_the_line_does_not(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    with small.book.write("import", "products") as writer:
        row = {"product_code": "F1", "product_name": "沪深300", "category": "基金", "product_risk": "R4"}
        writer.insert(products, [row])
    small.hold("1", product_code="F1", product_risk="R3", amount=50_000, category="基金")
    found = holding(small, "1")
    # issuer and seller differ: the higher counts
    assert found["holds_fund"] == 1
    assert found["held_risk"] == 4


def test_flags_and_amounts_of_services_count(small: SmallBook) -> None:
    small.month("1", aum_balance=1, is_payroll=1, mobile_logins=0, has_credit_card=0, card_limit=5_000)
    found = holding(small, "1")
    assert found["holds_payroll"] == 1
    assert found["holds_app"] == 0
    assert found["holds_card"] == 1


def test_no_loan_at_all_says_that_no_kind_of_loan_is_held(small: SmallBook) -> None:
    small.month("1", aum_balance=1, loan_balance=0)
    small.month("2", aum_balance=1, loan_balance=100)
    small.month("3", aum_balance=1, loan_balance=100, mortgage_balance=100)
    assert holding(small, "1")["holds_mortgage"] == 0
    assert holding(small, "2")["holds_mortgage"] is None
    assert holding(small, "3")["holds_mortgage"] == 1


def test_the_largest_product_leaves_deposits_aside(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", category="定期", product_name="定期", product_risk="R1", amount=80_000)
    small.hold("1", category="理财", product_code="A", product_risk="R2", amount=10_000)
    small.hold("1", category="理财", product_code="A", product_risk="R2", amount=5_000, line=2)
    assert holding(small, "1")["top_share"] == pytest.approx(0.15)


def test_a_loss_is_the_fall_below_cost_of_all_lines(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", category="基金", product_risk="R4", amount=9_000, cost=10_000, profit=-1_000)
    found = holding(small, "1")
    assert found["loss"] == 100_000
    assert found["loss_share"] == pytest.approx(0.1)


def test_the_test_of_risk_ends_at_its_own_date_or_a_year_after_it_was_made(small: SmallBook) -> None:
    small.customer("1", risk_assessed_date="2025-11-10")
    small.month("1", aum_balance=1, risk_level="稳健型", risk_expiry_date="2027-05-01")
    small.month("2", aum_balance=1, risk_level="C9", risk_expiry_date="2026-10-01")
    small.month("3", aum_balance=1)
    first, second, third = (holding(small, no) for no in "123")
    assert first["risk_class"] == 2
    assert first["risk_valid_days"] == 10
    assert second["risk_class"] is None
    assert second["risk_valid_days"] == -30
    assert third["risk_class"] is None
    assert third["risk_valid_days"] is None


def test_one_customer_alone_gets_the_same_figures_as_among_all(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000, wealth_balance=0)
    small.month("2", aum_balance=100_000)
    small.hold("2", category="基金", product_risk="R4", amount=9_000, cost=10_000, profit=-1_000)
    for no in "12":
        assert holding(small, no) == holding(small, no, only=True)

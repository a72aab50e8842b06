"""Hook products: four parts by their steps, what cannot be told weighs nothing, nothing unsuitable (domain 3, 8.1)."""

import datetime as dt
from typing import Any

import pytest

from db.tables import products
from tests.workbench.conftest import SmallBook
from tests.workbench.insight.products.test_offers import SAVER
from workbench.insight.products.hooks import Hook, SuitableHook, best_hook
from workbench.insight.products.room import Matrix
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 5)
#: a cash product, deposits of three terms, wealth of three and one still on issue
SHELF: dict[str, dict[str, Any]] = {
    "cash": {"product_name": "天天盈", "category": "现金管理", "product_risk": "R1", "min_amount": 1_00, "benchmark": 0.018},
    "d90": {"product_name": "三个月", "category": "定期", "term_days": 90, "min_amount": 50_00, "benchmark": 0.010},
    "d365": {"product_name": "一年", "category": "定期", "term_days": 365, "min_amount": 50_00, "benchmark": 0.014},
    "w91": {"product_name": "稳享91天", "category": "理财", "product_risk": "R2", "term_days": 91, "min_amount": 10_000_00,
            "benchmark": 0.024},
    "w365": {"product_name": "增利一年", "category": "理财", "product_risk": "R2", "term_days": 365, "min_amount": 10_000_00,
             "benchmark": 0.029, "start_date": "2026-11-11", "maturity_date": "2027-11-11", "quota": 5_000_000_00},
    "w546": {"product_name": "进取", "category": "理财", "product_risk": "R3", "term_days": 546, "min_amount": 50_001_00,
             "benchmark": 0.033},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY.isoformat())


def shelf(small: SmallBook, **changed: dict[str, Any] | None) -> dict[str, Hook]:
    """The hooks of `SHELF` with some products changed (None: not on it), by code, in their order."""
    rows = {code: {**SHELF.get(code, {}), **(changed.get(code) or {})} for code in {**SHELF, **changed}}
    with small.book.write("import", "products") as writer:
        for code, row in rows.items():
            if code not in changed or changed[code] is not None:
                writer.insert(products, [{"product_code": code, **row}])
    return {one.offered.product_code: one for one in matrix(small).hooks()}


def matrix(small: SmallBook) -> Matrix:
    return small.insight.matrix


def test_each_part_follows_its_steps(small: SmallBook) -> None:
    found = shelf(small)
    parts = {
        code: (one.parts["entry"], one.parts["liquidity"], one.parts["easy"]) for code, one in found.items()
    }
    assert parts == {
        "cash": (1, 1, 1), "d90": (1, 0.4, 1), "d365": (1, 0, 1), "w91": (0.7, 0, 1), "w365": (0.7, 0, 1),
        "w546": (0, 0, 0),
    }  # fmt: skip


def test_the_score_is_the_weighted_sum(small: SmallBook) -> None:
    one = shelf(small)["w91"]
    # 1.4 points over the 90-day deposit: as good as three of the five that can be compared
    assert one.above == pytest.approx(0.014)
    assert one.parts["advantage"] == pytest.approx(3 / 5)
    assert one.score == pytest.approx(0.3 * 0.7 + 0.3 * 0 + 0.2 * 0.6 + 0.2 * 1)


def test_what_cannot_be_told_is_named_and_weighs_nothing(small: SmallBook) -> None:
    cash = shelf(small)["cash"]
    assert (cash.parts["advantage"], cash.unknown, cash.score) == (None, ("同期限利率",), 1.0)


@pytest.mark.parametrize(("term", "above"), [(546, 0.019), (548, None)])
def test_a_term_without_a_deposit_like_it_is_not_compared(
    small: SmallBook, term: int, above: float | None
) -> None:
    """The deposit nearest to it is of 365 days; up to 1.5 times is alike."""
    assert shelf(small, w546={"term_days": term})["w546"].above == pytest.approx(above)


def test_too_few_to_compare_gives_no_place(small: SmallBook) -> None:
    found = shelf(small, d365=None, w365=None, w546=None)
    assert found["w91"].above is not None
    assert found["w91"].parts["advantage"] is None


def test_who_is_known_too_little_has_no_score_and_stands_last(small: SmallBook) -> None:
    found = shelf(small, bare={"product_name": "某产品", "category": "理财", "product_risk": "R2"})
    assert found["bare"].score is None
    assert list(found)[-1] == "bare"


@pytest.mark.parametrize(
    ("changed", "there"),
    [
        ({"start_date": "2026-11-05"}, True),
        ({"start_date": "2026-11-04"}, False),
        ({"start_date": "2026-11-04", "open_date": "2026-12-01"}, True),
        ({"quota": 0}, False),
    ],
)
def test_what_is_sold_out_or_closed_is_no_hook(
    small: SmallBook, changed: dict[str, Any], there: bool
) -> None:
    assert ("w365" in shelf(small, w365=changed)) is there


def test_quota_and_last_day_are_told_or_asked_for(small: SmallBook) -> None:
    found = shelf(small)
    assert found["w365"].terms == "R2、1.0万元起、期限365天、额度500.0万、2026-11-11前可买"
    assert found["cash"].terms == "R1、1元起、快速赎回每天有限额、先核对额度、可买到哪天"


def test_what_is_no_deposit_is_never_called_safe(small: SmallBook) -> None:
    found = shelf(small, w91={"product_name": "保本稳享91天"}, d90={"product_name": "保本三个月"})
    assert found["w91"].offered.name == "稳享91天"
    assert found["d90"].offered.name == "保本三个月"


def best(small: SmallBook, **changed: Any) -> SuitableHook | None:
    return best_hook(
        Values({**SAVER, "holds_time": 0, "families": 1, **changed}), matrix(small).hooks(), RULES, DAY
    )


def test_the_best_for_a_customer_is_what_he_may_buy_can_pay_and_has_not(small: SmallBook) -> None:
    shelf(small)

    def code(**changed: Any) -> str | None:
        one = best(small, **changed)
        return one.hook.offered.product_code if one else None

    assert code() == "cash"
    assert code(holds_cash=1) == "d90"
    assert code(holds_cash=1, holds_time=1) == "w365"
    # without a valid test only deposits and bonds
    assert code(risk_valid_days=-1) == code(risk_class=None, risk_level=None) == "d90"
    assert code(holds_cash=1, holds_time=1, risk_valid_days=-1) is None
    assert code(holds_cash=1, holds_time=1, demand=9_000_00) is None
    assert code(barred="complaint") is code(barred="opted_out") is None


def test_a_suitable_hook_carries_all_checks_and_its_terms(small: SmallBook) -> None:
    shelf(small)
    one = best(small, holds_cash=1, holds_time=1)
    assert one is not None
    assert len(one.verdict.checks) == 11
    assert one.sentence.startswith("增利一年(R2、1.0万元起")


def test_a_newcomers_card_names_the_hook(small: SmallBook) -> None:
    shelf(small)
    small.customer("1", open_date="2026-10-20")
    small.month("1", aum_balance=2e4, aum_daily_average=2e4, demand_balance=2e4)
    card = small.insight.portrait("1").stage
    assert card is not None
    assert {one.code: one.detail for one in card.tasks}["hook"].startswith("三个月(")


def test_without_a_sheet_there_is_none(small: SmallBook) -> None:
    assert matrix(small).hooks() == ()
    assert best(small) is None

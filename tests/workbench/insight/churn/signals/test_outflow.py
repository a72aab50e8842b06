"""S3, assets that leave: by balances, by the way to other banks, by outflow that speeds up (domain 4.3)."""

import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.signals.lines import flow


def test_s3_the_grade_stands_exactly_at_each_threshold(small: SmallBook) -> None:
    grades = {85: 0.34, 70: 0.67, 50: 1.0}
    small.flat("1", 1_000_000, months=4)
    for balance in grades:
        run = [1e6, 1e6, 1e6, balance * 1e4]
        small.months(str(balance), {"aum_balance": run, "aum_daily_average": [1e6] * 4})
    for balance, grade in grades.items():
        found = small.verdict(str(balance), "S3")
        assert found is not None
        assert found.grade == pytest.approx(grade, abs=1e-12)
    assert small.severity("1", "S3") == 0


def test_s3_looks_at_the_newest_balance_and_at_the_averages_month_on_month(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1e6, 1e6, 1e6, 4e5], "aum_daily_average": [1e6] * 4})
    small.months("2", {"aum_balance": [1e6] * 4, "aum_daily_average": [1e6, 1e6, 1e6, 6e5]})
    small.months("3", {"aum_balance": [1e6] * 4, "aum_daily_average": [1e6, 1e6, 8.4e5, 7e5]})
    assert small.verdict("1", "S3").evidence["causes"] == ["recent"]
    assert small.verdict("2", "S3").evidence["causes"] == ["month"]
    assert small.severity("2", "S3") == 2
    assert "two_months" in small.verdict("3", "S3").evidence["causes"]
    assert small.severity("3", "S3") == 2


def test_s3_beyond_half_the_grade_rises_to_the_whole_loss(small: SmallBook) -> None:
    grades = {5e5: 1.0, 2.5e5: 1.45, 1e5: 1.72, 0.0: 1.9, -1e5: 1.9}
    for left in grades:
        small.months(str(left), {"aum_balance": [1e6, 1e6, 1e6, left], "aum_daily_average": [1e6] * 4})
    for left, grade in grades.items():
        found = small.verdict(str(left), "S3")
        assert found is not None
        assert found.grade == pytest.approx(grade)
        assert small.risk(str(left)).risk == pytest.approx(45 * grade)
        assert small.risk(str(left)).light == ("red" if grade > 1.44 else "orange")


def test_s3_an_average_that_fell_while_the_balance_did_not_never_counts_beyond_the_third_severity(
    small: SmallBook,
) -> None:
    small.months("1", {"aum_balance": [1e6] * 4, "aum_daily_average": [1e6, 1e6, 1e6, 1e5]})
    found = small.verdict("1", "S3")
    assert found is not None
    assert found.grade == pytest.approx(1.0)


@pytest.mark.parametrize(("balance", "named"), [(1.1e5, True), (1.2e5, False)])
def test_s3_severe_churn_is_a_clause_from_a_fall_of_half(
    small: SmallBook, balance: float, named: bool
) -> None:
    run = [2.2e5, 2.2e5, 2.2e5]
    small.months("1", {"aum_balance": [*run, balance], "aum_daily_average": [*run, 1.9e5]})
    found = small.verdict("1", "S3")
    assert found is not None
    assert ("heavy" in found.evidence["causes"]) is named


def test_s3_money_that_goes_to_other_banks(small: SmallBook) -> None:
    flows = {"interbank_outflow": [0, 0, 0, 3.2e5], "outflow": [0, 0, 0, 3.2e5], "inflow": [0, 0, 0, 2.5e5]}
    small.months("1", {"aum_balance": [1e6, 1e6, 1e6, 9.3e5], "aum_daily_average": [1e6] * 4, **flows})
    back = {**flows, "inflow": [0, 0, 0, 4e5]}
    small.months("2", {"aum_balance": [1e6, 1e6, 1e6, 1.08e6], "aum_daily_average": [1e6] * 4, **back})
    assert small.verdict("1", "S3").evidence["causes"] == ["interbank"]
    assert small.severity("1", "S3") == 2
    assert small.severity("2", "S3") == 0


def test_s3_outflow_that_speeds_up(small: SmallBook) -> None:
    small.months(
        "1",
        {
            "aum_balance": [1e6, 1e6, 1e6, 8.8e5],
            "aum_daily_average": [1e6] * 4,
            "outflow": [5e4, 5e4, 5e4, 1.2e5],
        },
        inflow=50_000,
    )
    assert small.verdict("1", "S3").evidence["causes"] == ["faster"]
    assert small.severity("1", "S3") == 1
    assert "余额比近期最高" in small.verdict("1", "S3").reason


def test_s3_a_clause_beside_others_does_not_tell_their_figures_again(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [6e5, 6e5, 1e5], "aum_daily_average": [6e5, 6e5, 2e5]})
    sentence = small.verdict("1", "S3").reason
    assert "重度流失" not in sentence, "the fact beside it says so"
    assert sentence.count("20.0万") == 1


def test_s3_small_assets_are_ranked_but_never_hit_and_without_a_balance_nothing_can_be_told(
    small: SmallBook,
) -> None:
    small.months("1", {"aum_balance": [4e4, 4e4, 100], "aum_daily_average": [4e4] * 3})
    small.month("2", complaint_count=0)
    small.flat("3", 4e4)
    assert small.severity("1", "S3") == 0
    assert small.risk("1").risk > small.risk("3").risk
    assert small.unknown("2", "S3")


def test_s3_the_common_fall_of_a_level_can_be_subtracted(small: SmallBook) -> None:
    for number in range(9):
        small.months(str(number), {"aum_balance": [1.5e6, 1.2e6], "aum_daily_average": [1.5e6, 1.2e6]})
    assert small.severity("1", "S3") == 1
    calm = small.ruled(S3__net_of_peers=True, S3__least_peers=5)
    assert all(not one.signals for one in calm.ranking())


def test_s3_money_that_goes_to_other_banks_is_seen_in_the_transactions(small: SmallBook) -> None:
    left = {"aum_balance": [1e6, 1e6, 1e6, 9.3e5], "aum_daily_average": [1e6] * 4}
    for no in "12":
        small.months(no, left)
        elsewhere = 320_000 if no == "1" else 0
        flow(small, no, 0, outflow=320_000, inflow=250_000, interbank_outflow=elsewhere)
    assert small.verdict("1", "S3").evidence["causes"] == ["interbank"]
    assert "32.0万" in small.verdict("1", "S3").reason
    assert small.severity("2", "S3") == 0

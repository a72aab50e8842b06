"""Stored results of a check read back: windows of the ranking, lights counted, why there is no light (domain 4.5)."""

import pytest

from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.dates import shift_month
from workbench.insight.churn import results
from workbench.insight.churn.assessing import version
from workbench.insight.churn.life.state import stakes
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.fixture
def checked(small: SmallBook) -> SmallBook:
    """1 lost nearly all, 2 about half, 3 nothing, 4 lost all but is new, 5 has little and complained."""
    small.months("1", {"aum_balance": [1e6, 1e6, 1e4], "aum_daily_average": [1e6, 1e6, 5e5]})
    small.months("2", {"aum_balance": [1e6, 1e6, 5e5], "aum_daily_average": [1e6, 1e6, 9e5]})
    small.flat("3", 1e6, 3)
    small.customer("4", open_date="2026-09-20")
    small.months("4", {"aum_balance": [1e6, 1e4], "aum_daily_average": [1e6, 5e5]})
    small.flat("5", 4e3, 3, complaint_count=1, last_complaint_date="2026-10-20")
    small.insight.checking.run()
    return small


def ranking(
    small: SmallBook, light: str | None = None, offset: int = 0, limit: int | None = None
) -> list[CustomerRisk]:
    with small.book.read() as conn:
        return results.ranking(conn, MONTH, RULES, light=light, offset=offset, limit=limit)


def test_a_window_of_the_ranking_is_the_same_stretch_of_the_whole(checked: SmallBook) -> None:
    whole = ranking(checked)
    assert [one.rank for one in whole] == [1, 2, 3, 4, 5]
    assert ranking(checked, offset=1, limit=2) == whole[1:3]
    assert ranking(checked, offset=3) == whole[3:]
    assert ranking(checked, limit=0) == []


def test_only_those_with_a_light_are_listed_by_it_and_counted(checked: SmallBook) -> None:
    whole = ranking(checked)
    lit = [one for one in whole if one.light]
    assert {one.customer_no for one in lit} == {"1", "2"}
    with checked.book.read() as conn:
        assert results.worded(conn, MONTH, results.lit(conn, MONTH, RULES), RULES) == lit
        number, lights = results.lights(conn, MONTH)
    assert number == 5
    assert sum(lights.values()) == len(lit)
    for light, count in lights.items():
        assert len(ranking(checked, light)) == count


def test_one_customer_reads_as_in_the_ranking_and_an_unchecked_one_as_none(checked: SmallBook) -> None:
    stranger = checked.customer("9")
    with checked.book.read() as conn:
        found = results.of_customer(conn, MONTH, checked.ids["2"], RULES)
        assert results.of_customer(conn, MONTH, stranger, RULES) is None
    assert found == next(one for one in ranking(checked) if one.customer_no == "2")


def test_a_high_risk_without_a_light_says_why(checked: SmallBook) -> None:
    reasons = {one.customer_no: one.no_light for one in ranking(checked)}
    assert reasons["1"] is None, "who has a light needs no reason"
    assert reasons["3"] is None, "nor who is calm"
    assert "90" in (reasons["4"] or "")
    assert reasons["4"] != reasons["5"]
    assert reasons["5"] is not None


def test_the_data_guard_is_the_reason_before_all_others(checked: SmallBook) -> None:
    checked.batch(guard="四分之一的客户跌了三成以上")
    checked.insight.checking.run()
    reasons = {one.customer_no: one.no_light for one in ranking(checked)}
    assert {one.light for one in ranking(checked)} == {None}
    assert len({reasons["1"], reasons["4"], reasons["5"]}) == 1


def test_results_stand_for_one_revision_and_one_set_of_rules(checked: SmallBook) -> None:
    by = version(RULES)
    with checked.book.read() as conn:
        at = results.standing_at(conn, MONTH, by)
        assert at is not None
        assert results.is_current(conn, MONTH, at, by)
        assert not results.is_current(conn, MONTH, at + 1, by)
        assert results.standing_at(conn, MONTH, "other rules") is None
        assert results.standing_at(conn, shift_month(MONTH, -1), by) is None


def test_results_of_a_month_whose_data_date_moved_or_that_is_guarded_are_of_other_data(
    checked: SmallBook,
) -> None:
    with checked.book.read() as conn:
        assert results.same_data(conn, MONTH)
        assert not results.same_data(conn, shift_month(MONTH, -1)), "never checked"
    checked.batch(guard="可疑")
    with checked.book.read() as conn:
        assert not results.same_data(conn, MONTH)


def test_signals_that_nobody_can_be_judged_by_are_named(checked: SmallBook) -> None:
    with checked.book.read() as conn:
        off = results.never_judged(conn, MONTH)
    assert {"S4", "S7"} <= set(off)
    assert "S3" not in off
    assert list(off) == sorted(off)


def test_a_signal_that_one_customer_can_be_judged_by_is_not_off(checked: SmallBook) -> None:
    checked.flat("6", 1e6, 4, payroll_amount=5e3)
    checked.insight.checking.run()
    with checked.book.read() as conn:
        off = results.never_judged(conn, MONTH)
    assert "S7" not in off
    assert "S4" in off


def test_a_brief_reading_carries_what_the_order_needs_and_no_sentence_of_the_evidence(
    checked: SmallBook,
) -> None:
    lit = [one for one in ranking(checked) if one.light]
    with checked.book.read() as conn:
        brief = results.lit(conn, MONTH, RULES)
    assert [stakes(one) for one in brief] == [stakes(one) for one in lit]
    assert [one.state_reason for one in brief] == [one.state_reason for one in lit]
    assert [[hit.code for hit in one.signals] for one in brief] == [
        [hit.code for hit in one.signals] for one in lit
    ]
    assert not any(hit.reason for one in brief for hit in one.signals)

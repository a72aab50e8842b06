"""Golden moments, asks and the persons referred, told or not; several facts on one small book."""

from typing import Any

from db.mgm import referral_asks, referral_tasks
from db.tables import holdings, referrals, touches
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.measures.test_service import add, ago, measured

ASKED = ("days_since_ask", "asks_year")


def touch(small: SmallBook, no: str, days: int, result: str = "reached", note: str | None = None) -> None:
    add(small, touches, no, date=ago(days), channel="call", result=result, initiated_by="manager", note=note)


def of(found: dict[str, dict[str, Any]], name: str, among: str) -> list[Any]:
    return [found[no][name] for no in among]


def test_the_log_tells_deals_praise_and_money_saved_and_a_complaint_is_no_praise(small: SmallBook) -> None:
    for no in "abcdefg":
        small.month(no, aum_balance=1e5)
    touch(small, "a", 30, "done")
    touch(small, "a", 6, "done")
    touch(small, "b", 2, note="客户表扬大堂,说很满意")
    touch(small, "c", 2, note="谢谢,但对等待时间不满意")
    touch(small, "d", 2, "complaint", "谢谢你们还肯听")
    touch(small, "e", 4, note="转账限额的事已解决")
    touch(small, "f", 5, note="手续费减免到账")
    touch(small, "g", 1, "no_answer", "发了感谢短信")
    found = measured(small)
    assert of(found, "deal_days", "abcdefg") == [6, None, None, None, None, None, None]
    assert of(found, "praised_days", "abcdefg") == [None, 2, None, None, 4, None, None]
    assert of(found, "gained_days", "abcdefg") == [None, None, None, None, None, 5, None]


def test_what_matured_with_a_gain_or_as_agreed_is_a_moment_and_a_loss_is_none(small: SmallBook) -> None:
    def line(no: str, days: int, **facts: Any) -> None:
        row = {
            "month": MONTH,
            "as_of": f"{MONTH}-31",
            "batch_id": 1,
            "source_row": 1,
            "kind": "maturity",
            "line": 1,
        }
        add(small, holdings, no, **{**row, "maturity_date": ago(days), "amount": 100, **facts})

    for no in "abcd":
        small.month(no, aum_balance=1e5)
    line("a", 3, category="理财", product_name="稳健一号", profit=500)
    line("b", 3, category="理财", product_name="稳健一号", profit=-500)
    line("c", 3, category="定期存款", product_name="整存整取")
    line("d", -3, category="定期存款", product_name="整存整取")
    assert of(measured(small), "gained_days", "abcd") == [3, None, 3, None]


def test_a_first_product_is_one_that_the_month_before_told_as_none(small: SmallBook) -> None:
    small.month("a", aum_balance=1e5, fund_balance=2e4)
    small.month("a", back=1, aum_balance=1e5, fund_balance=0)
    small.month("b", aum_balance=1e5, fund_balance=2e4)
    small.month("b", back=1, aum_balance=1e5)
    small.month("c", aum_balance=1e5, fund_balance=2e4)
    small.month("c", back=1, aum_balance=1e5, fund_balance=0)
    small.month("c", back=3, aum_balance=1e5, fund_balance=3e4)
    small.month("d", aum_balance=1e5, fund_balance=2e4)
    small.month("d", back=1, aum_balance=1e5, fund_balance=1e4)
    # nobody knows of b, whose month before is blank
    assert of(measured(small), "new_family", "abcd") == ["fund", None, "none", "none"]


def test_asks_of_one_day_are_one_and_a_referral_of_a_noted_ask_is_none_of_its_own(small: SmallBook) -> None:
    for no in "abc":
        small.month(no, aum_balance=1e5)
    add(small, referral_asks, "a", date=ago(89), answer="gave")
    touch(small, "a", 89, "referral")
    add(small, referrals, "a", date=ago(80), referred_name="小李")
    add(small, referral_tasks, "a", referral_id=1, ask_id=1)
    add(small, referrals, "b", date=ago(20), referred_name="小孙")
    touch(small, "b", 364, "referral")
    touch(small, "b", 365, "referral")
    found = measured(small)
    assert [[found[no][name] for name in ASKED] for no in "abc"] == [[89, 1], [20, 2], [None, 0]]


def test_without_any_list_nobody_can_tell_of_asks(small: SmallBook) -> None:
    small.month("a", aum_balance=1e5)
    found = measured(small)["a"]
    assert [found[name] for name in (*ASKED, "referred_met", "deal_days")] == [None] * 4


def test_of_those_referred_the_met_and_the_opened_are_counted(small: SmallBook) -> None:
    for no in "ab":
        small.month(no, aum_balance=1e5)
    add(
        small,
        referrals,
        "a",
        date=ago(20),
        referred_name="小李",
        meeting_date=ago(10),
        referred_customer_no="b",
    )
    add(
        small,
        referrals,
        "a",
        date=ago(19),
        referred_name="小孙",
        meeting_date=ago(-5),
        referred_customer_no="zzz",
    )
    found = measured(small)
    assert [[found[no][n] for n in ("referred_met", "referred_opened")] for no in "ab"] == [[1, 1], [0, 0]]

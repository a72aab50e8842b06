"""S4, the own rhythm of contact broken, nobody answers, or the customer said so (domain 4.3)."""

import datetime as dt

import pytest

from db.tables import touches
from tests.workbench.conftest import AS_OF, SmallBook


def test_s4_the_own_rhythm_of_contact_is_broken(small: SmallBook) -> None:
    for no in "123":
        small.flat(no)
    for days in (170, 200, 230):  # came every 30 days, then not for 170
        small.touch("1", days, initiated_by="customer")
    for days in (20, 50, 80):
        small.touch("2", days, initiated_by="customer")
    small.touch("3", 200, initiated_by="customer")
    assert small.severity("1", "S4") == 2
    assert small.severity("2", "S4") == 0
    assert not small.unknown("2", "S4")
    assert small.unknown("3", "S4")  # one contact makes no rhythm
    assert "170" in small.verdict("1", "S4").reason


def test_s4_three_unanswered_calls_and_a_refusal(small: SmallBook) -> None:
    for no in "1234":
        small.flat(no)
    for days in (5, 10, 15):
        small.touch("1", days, "no_answer")
        small.touch("2", days, "no_answer")
    small.touch("2", 3)  # answered since
    small.touch("3", 3, "refused")
    assert [small.severity(no, "S4") for no in "1234"] == [2, 0, 3, 0]
    assert small.unknown("4", "S4")


def test_s4_removed_as_a_friend_or_told_not_to_call(small: SmallBook) -> None:
    small.months("1", {"wecom_friend": [1, 1, 0]}, aum_balance=300_000)
    small.months("2", {"marketing_opt_out": [0, 0, 1]}, aum_balance=300_000)
    small.months("3", {"wecom_friend": [1, 1, 1]}, aum_balance=300_000)
    assert [small.severity(no, "S4") for no in "123"] == [3, 3, 0]
    assert small.unknown("3", "S4")


@pytest.mark.parametrize(
    ("quiet", "severity"),
    # the gap of 40 days is passed at 60 (1.5 times) and at 100 (2.5 times), and has to last another 30 days; besides more
    # than 90 days have to be over
    [(95, 0), (120, 0), (121, 1), (130, 1), (131, 2), (140, 2)],
)
def test_s4_a_gap_must_last_a_month_beyond_its_line(small: SmallBook, quiet: int, severity: int) -> None:
    small.flat("1")
    for days in (0, 40, 80):
        small.touch("1", quiet + days, initiated_by="customer")
    assert small.severity("1", "S4") == severity
    if severity:
        assert small.verdict("1", "S4").reason == f"截至2026-10-31:已{quiet}天没有主动联系,惯常间隔约40天。"


@pytest.mark.parametrize(
    ("note", "days", "severity"), [("客户说别再打了", 3, 3), ("客户说别再打了", 100, 0), ("约好再打", 3, 0)]
)
def test_s4_the_customer_said_not_to_call_again(
    small: SmallBook, note: str, days: int, severity: int
) -> None:
    small.flat("1")
    date = (dt.date.fromisoformat(AS_OF) - dt.timedelta(days=days)).isoformat()
    with small.book.write("touch", "touch") as writer:
        row = {"date": date, "channel": "call", "result": "reached", "initiated_by": "manager", "note": note}
        writer.insert(touches, [{"customer_id": small.ids["1"], **row}])
    assert small.severity("1", "S4") == severity


def test_s4_two_unanswered_calls_are_no_sign(small: SmallBook) -> None:
    small.flat("1")
    for days in (5, 10):
        small.touch("1", days, "no_answer")
    assert small.severity("1", "S4") == 0

"""S6, a complaint by its age and whether it is still open; without any list nobody can tell (domain 4.3)."""

from typing import Any

from db.tables import complaints
from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.signals.lines import line


def test_s6_a_complaint_weighs_by_its_age(small: SmallBook) -> None:
    for no, date in (("1", "2026-10-20"), ("2", "2026-09-10"), ("3", "2026-08-10"), ("4", "2026-05-01")):
        small.flat(no, complaint_count=1, last_complaint_date=date)
    small.flat("5", complaint_count=0)
    small.flat("6")
    assert [small.severity(no, "S6") for no in "123456"] == [3, 2, 1, 0, 0, 0]
    assert [small.unknown(no, "S6") for no in "123456"] == [False] * 5 + [True]


def test_s6_without_a_date_only_a_grown_count_can_be_told(small: SmallBook) -> None:
    small.months("1", {"complaint_count": [1, 2]}, aum_balance=300_000)
    small.months("2", {"complaint_count": [1, 1]}, aum_balance=300_000)
    assert small.severity("1", "S6") == 3
    assert small.unknown("2", "S6")


def test_s6_the_complaints_list_tells_what_is_still_open(small: SmallBook) -> None:
    told: dict[str, dict[str, Any]] = {
        "1": {"date": "2026-08-05"},
        "2": {"date": "2026-10-15", "closed_date": "2026-10-20"},
        "3": {"date": "2026-09-10", "status": "已办结"},
        "4": {"date": "2026-08-01"},  # 91 days ago
        "5": {"date": "2026-11-02"},  # after the data date
        "6": {"date": "2026-10-15", "closed_date": "2026-11-02"},
    }
    for no, row in told.items():
        small.flat(no)
        line(small, complaints, no, **row)
    small.flat("7")
    assert [small.severity(no, "S6") for no in "1234567"] == [3, 2, 1, 0, 0, 3, 0]
    assert not small.unknown("7", "S6")
    assert small.verdict("1", "S6").reason == "截至2026-10-31:87天前(2026-08-05)的投诉还没有办结。"
    assert "已办结" in small.verdict("3", "S6").reason


def test_s6_without_any_list_of_complaints_nobody_can_tell(small: SmallBook) -> None:
    small.flat("1")
    assert small.unknown("1", "S6")


def test_an_open_complaint_of_the_list_lights_orange_when_money_leaves(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 2.9e5], "aum_daily_average": [3e5, 3e5]})
    small.months("2", {"aum_balance": [3e5, 3e5], "aum_daily_average": [3e5, 3e5]})
    for no in "12":
        line(small, complaints, no, "2026-10-05")
    assert (small.risk("1").light, small.risk("2").light) == ("orange", "yellow")

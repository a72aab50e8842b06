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
        # the status is of the day of the list: on the data date it was open
        "8": {"date": "2026-10-15", "closed_date": "2026-11-02", "status": "已办结"},
    }
    for no, row in told.items():
        small.flat(no)
        line(small, complaints, no, **row)
    small.flat("7")
    assert [small.severity(no, "S6") for no in "12345678"] == [3, 2, 1, 0, 0, 3, 0, 3]
    assert not small.unknown("7", "S6")
    assert small.verdict("1", "S6").reason == "截至2026-10-31:2026-08-05的投诉还没有办结,已87天。"
    assert "已办结" in small.verdict("3", "S6").reason


def test_s6_without_any_list_of_complaints_nobody_can_tell(small: SmallBook) -> None:
    small.flat("1")
    assert small.unknown("1", "S6")
    # what came later tells nothing of the month
    line(small, complaints, "1", date="2026-11-02")
    event(small, "bank", start="2026-11-02")
    assert small.unknown("1", "S6")


def test_an_open_complaint_of_the_list_lights_orange_when_money_leaves(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 2.9e5], "aum_daily_average": [3e5, 3e5]})
    small.months("2", {"aum_balance": [3e5, 3e5], "aum_daily_average": [3e5, 3e5]})
    for no in "12":
        line(small, complaints, no, "2026-10-05")
    assert (small.risk("1").light, small.risk("2").light) == ("orange", "yellow")


def event(small: SmallBook, scope: str, target: str = "", start: str = "2026-10-01", **more: Any) -> None:
    small.insight.events.add(f"{scope}的事", scope, target, start, **more)


def test_s6_an_event_concerns_everybody_or_those_it_is_about(small: SmallBook) -> None:
    facts: dict[str, dict[str, Any]] = {
        "bank": {"branch": "东湖支行", "residence_city": "宁波市"},
        "branch": {"branch": "西湖支行", "residence_city": "宁波市"},
        "city": {"branch": "东湖支行", "residence_city": "杭州市"},
        "address": {"branch": "东湖支行", "residence_address": "浙江省杭州市文一路1号"},
        "holder": {"branch": "东湖支行", "residence_city": "宁波市"},
    }
    for no, told in facts.items():
        small.flat(no, complaint_count=0, **told)
    small.hold("holder", amount=50_000, product_name="甲理财")
    small.hold("bank", 1, amount=50_000, product_name="甲理财")  # not held any more
    event(small, "branch", "西湖支行、南湖支行")
    event(small, "product", "甲理财")
    event(small, "region", "杭州")
    assert {no: small.severity(no, "S6") for no in facts} == {
        "bank": 0, "branch": 2, "city": 2, "address": 2, "holder": 2
    }  # fmt: skip
    assert small.verdict("holder", "S6").evidence["causes"] == ["event_product"]
    event(small, "bank", start="2026-10-20")
    assert small.severity("bank", "S6") == 1
    assert small.severity("branch", "S6") == 2
    assert (
        small.verdict("bank", "S6").reason == "截至2026-10-31:全行不利事件“bank的事”,2026-10-20起,按60天计。"
    )


def test_s6_an_event_counts_from_its_start_for_its_days(small: SmallBook) -> None:
    small.flat("1", complaint_count=0, branch="甲")
    for start, days in (("2026-11-01", None), ("2026-09-01", None), ("2026-10-22", 9)):
        event(small, "branch", "甲", start, days=days)
    # not begun; 60 days end on October 30; 9 days end on October 30
    assert small.severity("1", "S6") == 0
    event(small, "branch", "甲", "2026-09-02")
    assert small.severity("1", "S6") == 2
    assert "2026-09-02起,按60天计" in small.verdict("1", "S6").reason


def test_s6_what_the_lists_do_not_tell_cannot_be_joined_and_events_alone_do_not_acquit(
    small: SmallBook,
) -> None:
    small.flat("1", branch="甲")
    small.flat("2")
    event(small, "branch", "乙")
    event(small, "product", "甲理财")
    # nobody knows whether they complained
    assert small.unknown("1", "S6")
    assert small.unknown("2", "S6")
    event(small, "branch", "甲")
    assert (small.severity("1", "S6"), small.unknown("2", "S6")) == (2, True)


def test_s6_own_complaints_outweigh_events_and_only_they_light_by_the_hard_rule(small: SmallBook) -> None:
    for no, complaint in (("1", {"complaint_count": 1, "last_complaint_date": "2026-10-20"}), ("2", {})):
        small.months(
            no, {"aum_balance": [3e5, 2.9e5], "aum_daily_average": [3e5, 3e5]}, branch="甲", **complaint
        )
    event(small, "branch", "甲")
    assert (small.severity("1", "S6"), small.severity("2", "S6")) == (3, 2)
    assert (small.risk("1").light, small.risk("2").light) == ("orange", None)


def test_s6_a_new_event_is_checked_for_everybody_and_a_removed_one_as_well(small: SmallBook) -> None:
    for no in "12":
        small.flat(no, branch="甲", complaint_count=0)
    assert small.severity("1", "S6") == 0
    event(small, "branch", "甲")
    assert [small.severity(no, "S6") for no in "12"] == [2, 2]
    (one,) = small.insight.events.all()
    small.insight.events.remove(one.id)
    assert [small.severity(no, "S6") for no in "12"] == [0, 0]

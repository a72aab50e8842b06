"""What a plan needs beside the leads: the general lists, who must not be called, whose list it is (domain 5, 6.5)."""

import datetime as dt
from typing import Any

from tests.workbench.conftest import SmallBook
from workbench.outreach.contact_limits import ContactLimits, contact_limits, last_import, whose
from workbench.rules.parameters import Rules

DAY = dt.date(2026, 11, 2)


def limits(small: SmallBook, day: dt.date = DAY) -> ContactLimits:
    with small.book.read() as conn:
        return contact_limits(conn, day, Rules.load())


def named(small: SmallBook, pool: str) -> list[str]:
    return [customer.customer_no for customer in limits(small).pools[pool].customers]


def filled(small: SmallBook, **months: dict[str, Any]) -> SmallBook:
    for no, facts in months.items():
        small.month(no, **facts)
    return small


def test_the_general_lists_count_all_and_name_the_largest_first(small: SmallBook) -> None:
    small.customer("full", phone="13800001234", birth_date="1980-01-01")
    small.customer("bare", phone="")
    filled(small, full={"aum_balance": 9}, bare={"aum_balance": 5}, rich={"aum_daily_average": 7})
    assert named(small, "largest") == ["full", "rich", "bare"]
    assert named(small, "no_phone") == ["rich", "bare"]
    assert named(small, "no_birthday") == ["rich", "bare"]
    pool = limits(small).pools["no_phone"]
    assert (pool.total, pool.everyone) == (2, 3)
    assert {one.reason for one in pool.customers} == {"缺手机号"}


def test_a_birthday_by_the_identity_number_is_not_missing(small: SmallBook) -> None:
    small.customer("known", id_no="11010519491231002X")
    filled(small, known={"aum_balance": 9})
    assert named(small, "no_birthday") == []


def test_a_risk_test_is_due_within_thirty_days_and_over_ones_count(small: SmallBook) -> None:
    for no, date in (("over", "2026-10-01"), ("last", "2026-12-02"), ("later", "2026-12-03")):
        filled(small, **{no: {"aum_balance": 5, "risk_expiry_date": date}})
    filled(small, none={"aum_balance": 5})
    pool = limits(small).pools["risk_test"]
    assert {one.customer_no for one in pool.customers} == {"over", "last"}
    assert (pool.total, pool.everyone) == (2, 4)
    assert "风险测评 2026-12-02 到期" in {one.reason for one in pool.customers}


def test_without_any_test_date_the_list_counts_everybody_and_names_nobody(small: SmallBook) -> None:
    filled(small, a={"aum_balance": 1}, b={"aum_balance": 2})
    pool = limits(small).pools["risk_test"]
    assert (pool.total, pool.everyone, pool.customers) == (2, 2, ())


def test_who_was_not_contacted_for_long_comes_first_by_list_and_log(small: SmallBook) -> None:
    filled(small, never={"aum_balance": 1}, listed={"aum_balance": 2, "last_contact_date": "2026-08-01"},
           logged={"aum_balance": 3, "last_contact_date": "2026-07-01"}, lately={"aum_balance": 4})  # fmt: skip
    filled(
        small,
        edge={"aum_balance": 5, "last_contact_date": "2026-10-03"},
        day={"last_contact_date": "2026-10-04"},
    )
    small.touch("logged", 40)
    small.touch("lately", 10)
    pool = limits(small).pools["untouched"].customers
    assert [one.customer_no for one in pool] == ["never", "listed", "logged", "edge"]
    assert [one.reason for one in pool[:3]] == ["没有联系记录", "上次联系 2026-08-01", "上次联系 2026-09-21"]


def test_nobody_who_refused_is_on_a_list_that_is_called_for_no_reason(small: SmallBook) -> None:
    filled(
        small, no={"aum_balance": 9, "marketing_opt_out": 1}, yes={"aum_balance": 5, "marketing_opt_out": 0}
    )
    made = limits(small)
    assert list(made.held) == [small.ids["no"]]
    for pool in ("largest", "untouched"):
        assert named(small, pool) == ["yes"]
    assert named(small, "no_phone") == ["no", "yes"], "a list of gaps in the data markets to nobody"


def test_nobody_is_judged_on_a_day_before_the_data(small: SmallBook) -> None:
    filled(small, often={"aum_balance": 9})
    for days in range(5):
        small.touch("often", days)
    assert limits(small, dt.date(2026, 9, 1)).held[small.ids["often"]].code == "tired"


def test_half_of_the_customers_is_no_majority(small: SmallBook) -> None:
    filled(small, a={"aum_balance": 1, "manager_name": "李敏"}, b={"aum_balance": 1, "manager_name": "王强"})
    with small.book.read() as conn:
        assert whose(conn) == ("", "")


def test_manager_and_branch_are_those_of_most_customers_or_nobodys(small: SmallBook) -> None:
    for no, manager, branch in (("1", "李敏", "东支行"), ("2", "李敏", "西支行"), ("3", "王强", "南支行")):
        filled(small, **{no: {"aum_balance": 1, "manager_name": manager, "branch": branch}})
    with small.book.read() as conn:
        assert whose(conn) == ("李敏", "")


def test_the_last_import_is_the_newest_that_is_in_force(small: SmallBook) -> None:
    with small.book.read() as conn:
        assert last_import(conn) == 0
    batch = small.batch()
    with small.book.read() as conn:
        assert last_import(conn) == batch

"""The general lists a plan falls back on, and whose week it is: what no list tells stands on no list (domain 5)."""

import datetime as dt
from typing import Any

import pytest

from db.engine import Book
from db.tables import touches
from tests.workbench.conftest import SmallBook
from workbench.outreach.contact_limits import Pool, contact_limits, held_on, last_import, whose
from workbench.rules.parameters import Rules

DAY = dt.date(2026, 11, 16)


def ago(days: int) -> str:
    return (DAY - dt.timedelta(days=days)).isoformat()


def pool(small: SmallBook, name: str, **overrides: Any) -> Pool:
    rules = Rules.load(overrides={key.replace("__", "."): value for key, value in overrides.items()})
    with small.book.read() as conn:
        return contact_limits(conn, DAY, rules).pools[name]


def numbers(found: Pool) -> list[str]:
    return [one.customer_no for one in found.customers]


@pytest.mark.parametrize(
    ("until", "listed"),
    [
        (ago(400), True),
        (ago(1), True),
        (ago(0), True),
        (ago(-30), True),
        (ago(-31), False),
        (ago(-300), False),
    ],
)
def test_a_test_of_risk_that_ends_within_thirty_days_is_to_be_made_up(
    small: SmallBook, until: str, listed: bool
) -> None:
    small.month("1", aum_balance=1e5, risk_expiry_date=until)
    found = pool(small, "risk_test")
    assert numbers(found) == (["1"] if listed else [])
    assert found.total == int(listed)
    if listed:
        assert until in found.customers[0].reason


def test_how_many_days_is_a_rule(small: SmallBook) -> None:
    small.month("1", aum_balance=1e5, risk_expiry_date=ago(-31))
    assert numbers(pool(small, "risk_test", plan__test_days=31)) == ["1"]
    assert numbers(pool(small, "risk_test", plan__test_days=30)) == []


def test_the_months_date_goes_before_the_customers_own(small: SmallBook) -> None:
    small.customer("1", risk_expiry_date=ago(10))
    small.month("1", aum_balance=1e5, risk_expiry_date=ago(-300))
    small.customer("2", risk_expiry_date=ago(10))
    small.month("2", aum_balance=1e5)
    assert numbers(pool(small, "risk_test")) == ["2"]


def test_where_nobody_s_date_is_told_all_are_counted_and_none_is_named(small: SmallBook) -> None:
    for no in "123":
        small.month(no, aum_balance=1e5)
    assert pool(small, "risk_test") == Pool(3, 3)


def test_what_is_missing_is_asked_for_the_largest_first(small: SmallBook) -> None:
    told: dict[str, dict[str, Any]] = {
        "blank": {"phone": ""},
        "none": {"phone": None},
        "told": {"phone": "13912345678"},
        "born": {"phone": "13912345678", "birth_date": "1980-01-01"},
        "numbered": {"phone": "13912345678", "id_no": "11010519491231002X"},
    }
    for place, (no, facts) in enumerate(told.items(), start=1):
        small.customer(no, **facts)
        small.month(no, aum_balance=1e5 * place)
    phone, birthday = pool(small, "no_phone"), pool(small, "no_birthday")
    assert (numbers(phone), phone.total, phone.everyone) == (["none", "blank"], 2, 5)
    # an identity number tells a birthday as well as its column does
    assert numbers(birthday) == ["told", "none", "blank"]


def test_the_largest_by_balance_else_average_else_deposits_and_untold_last(small: SmallBook) -> None:
    small.month("deposits", deposit_balance=3e5)
    small.month("untold")
    small.month("balance", aum_balance=2e5, aum_daily_average=9e5)
    small.month("average", aum_daily_average=2.5e5)
    found = pool(small, "largest")
    assert numbers(found) == ["deposits", "average", "balance", "untold"]
    assert [one.aum_fen for one in found.customers] == [30_000_000, 25_000_000, 20_000_000, None]


def test_who_was_not_touched_lately_by_whatever_tells_it_the_longest_silence_first(small: SmallBook) -> None:
    for no, listed in {
        "never": None,
        "list": ago(90),
        "log": ago(90),
        "lately": ago(10),
        "edge": ago(30),
        "in": ago(29),
    }.items():
        small.month(no, aum_balance=1e5, last_contact_date=listed)
    with small.book.write("touch", "touch") as writer:
        row = {"channel": "phone", "result": "reached", "initiated_by": "manager"}
        writer.insert(touches, [{"customer_id": small.ids["log"], "date": ago(40), **row}])
        writer.insert(touches, [{"customer_id": small.ids["list"], "date": ago(200), **row}])
    found = pool(small, "untouched")
    assert numbers(found) == ["never", "list", "log", "edge"]
    reasons = {one.customer_no: one.reason for one in found.customers}
    assert reasons["never"] == "没有联系记录"
    assert reasons["list"].endswith(ago(90))
    assert reasons["log"].endswith(ago(40))
    assert numbers(pool(small, "untouched", plan__untouched_days=100)) == ["never"]


def test_nobody_who_must_not_be_marketed_to_is_called_without_a_reason_of_his_own(small: SmallBook) -> None:
    for no in ("free", "opted"):
        small.customer(no, birth_date="1980-01-01", marketing_opt_out=int(no == "opted"))
        small.month(no, aum_balance=1e5, risk_expiry_date=ago(3))
    for name in ("largest", "untouched"):
        assert numbers(pool(small, name)) == ["free"], name
    # a missing phone or a test of risk is service, and stays to be asked for
    assert (
        set(numbers(pool(small, "no_phone"))) == set(numbers(pool(small, "risk_test"))) == {"free", "opted"}
    )
    with small.book.read() as conn:
        rules = Rules.load()
        assert set(contact_limits(conn, DAY, rules).held) == {small.ids["opted"]}
        assert held_on(conn, DAY, rules, [small.ids["free"]]) == held_on(conn, DAY, rules, []) == {}


def test_grounds_are_looked_at_on_the_day_of_the_data_at_the_earliest(small: SmallBook) -> None:
    small.customer("1", birth_date="1980-01-01")
    small.month("1", aum_balance=1e5)
    small.touch("1", 0, "reached")
    small.touch("1", 1, "reached")
    with small.book.read() as conn:
        # the two contacts of the last days before 2026-10-31 count, although the day asked for lies before them
        found = held_on(conn, dt.date(2026, 10, 1), Rules.load())
    assert {one.code for one in found.values()} == {"tired"}


@pytest.mark.parametrize(
    ("managers", "whose_it_is"),
    [
        (["李敏", "李敏", "王强"], "李敏"),
        (["李敏", "王强"], ""),
        (["李敏", None], ""),
        ([None, None, "李敏"], ""),
        (["李敏"], "李敏"),
        ([], ""),
    ],
)
def test_the_plan_is_the_managers_whom_most_of_the_newest_list_names(
    small: SmallBook, managers: list[str | None], whose_it_is: str
) -> None:
    for number, manager in enumerate(managers):
        small.month(str(number), aum_balance=1e5, manager_name=manager, branch="城东支行")
        small.month(str(number), 1, aum_balance=1e5, manager_name="前任")
    with small.book.read() as conn:
        assert whose(conn) == (whose_it_is, "城东支行" if managers else "")


def test_the_newest_import_in_force(small: SmallBook) -> None:
    with small.book.read() as conn:
        assert last_import(conn) == 0
    first, second = small.batch(), small.batch()
    with small.book.read() as conn:
        assert last_import(conn) == max(first, second)


def test_an_empty_book_has_empty_lists(book: Book) -> None:
    with book.read() as conn:
        found = contact_limits(conn, DAY, Rules.load())
        assert whose(conn) == ("", "")
    assert found.held == {}
    assert set(found.pools.values()) == {Pool(0, 0)}

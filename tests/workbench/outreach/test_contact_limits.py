"""Whom a plan leaves out, and whose week it is (domain 5, 6.5)."""

import datetime as dt
import re
from pathlib import Path

import pytest

from db.engine import Book
from tests.workbench.conftest import SmallBook
from workbench.outreach import contact_limits as limits
from workbench.outreach.contact_limits import contact_limits, held_on, last_import, whose
from workbench.rules.parameters import Rules

DAY = dt.date(2026, 11, 16)


def test_who_must_not_be_marketed_to_and_who_rests(small: SmallBook) -> None:
    for no in ("free", "opted"):
        small.customer(no, birth_date="1980-01-01", marketing_opt_out=int(no == "opted"))
        small.month(no, aum_balance=1e5)
    small.touch("free", 0, "reached")
    rules = Rules.load()
    with small.book.read() as conn:
        made = contact_limits(conn, dt.date(2026, 11, 2), rules)
        assert set(made.held) == {small.ids["opted"]}
        assert set(made.rested) == {small.ids["free"]}
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


def test_an_empty_book_holds_nobody(book: Book) -> None:
    with book.read() as conn:
        made = contact_limits(conn, DAY, Rules.load())
        assert whose(conn) == ("", "")
    assert made.held == made.rested == {}


@pytest.mark.parametrize("old_town", [14, 15, 29])
def test_a_sample_of_a_long_list_tells_whose_it_is_and_what_is_close_is_counted(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, old_town: int
) -> None:
    for number in range(30):
        branch = "城东支行" if number < old_town else "城西支行"
        small.month(str(number), aum_balance=1e5, manager_name="王芳" if number else "李敏", branch=branch)
    monkeypatch.setattr(limits, "_SAMPLE", 10)
    with small.book.read() as conn:
        assert whose(conn) == ("王芳", {14: "城西支行", 15: "", 29: "城东支行"}[old_town])


def test_only_one_place_tells_which_month_is_the_newest() -> None:
    files = Path("workbench/outreach").rglob("*.py")
    own = re.compile(r"func\.max\((snapshots\.c|s)\.month\)|months\[-1\]")
    assert [str(file) for file in files if own.search(file.read_text("utf-8"))] == []

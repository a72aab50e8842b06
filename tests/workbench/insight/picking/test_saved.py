"""Saved lists (domain 11.4): numbers of the day, names of their own, ninety days, and what refers to them."""

import datetime as dt

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.picking import saved
from workbench.insight.picking.facts import SavedList
from workbench.insight.picking.saved import LONGEST_NAME, NewList
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.fixture(autouse=True)
def _fifth_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


def save(
    small: SmallBook, name: str, expression: str = "average > 0", members: list[int] | None = None
) -> SavedList:
    saved.save(small.book, RULES, NewList(name, expression, "marketing", "", members, "2026-10-31"))
    return one(small, name)


def one(small: SmallBook, word: str) -> SavedList:
    with small.book.read() as conn:
        return saved.one(conn, RULES, word)


def code_of(call: pytest.ExceptionInfo[WorkbenchError]) -> str:
    return call.value.code


def test_a_list_expires_after_ninety_days(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    made = save(small, "十月回访")
    assert made.expires == (dt.date(2026, 11, 5) + dt.timedelta(days=90)).isoformat()
    monkeypatch.setenv("WORKBENCH_TODAY", made.expires)
    assert one(small, "十月回访").expired is False
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-02-04")
    assert one(small, "十月回访").expired is True


def test_a_rule_has_no_date_and_no_count_a_frozen_list_both(small: SmallBook) -> None:
    ids = [small.customer(no) for no in "AB"]
    rule, frozen = save(small, "规则"), save(small, "固定", members=[ids[1], ids[0]])
    assert (rule.kind, rule.as_of, rule.count) == ("rule", None, None)
    assert (frozen.kind, frozen.as_of, frozen.count) == ("frozen", "2026-10-31", 2)
    assert save(small, "空名单", members=[]).count == 0, "nobody is a frozen list too"


def test_numbers_run_through_the_day_and_start_again_the_next(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [save(small, name).number for name in "甲乙"] == ["L20261105-01", "L20261105-02"]
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-06")
    assert save(small, "丙").number == "L20261106-01"


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "no_name"), ("  ", "no_name"), ("长" * (LONGEST_NAME + 1), "no_name"), ("甲", "name_taken"),
     (" 甲 ", "name_taken"), ("L20261105-01", "name_taken")],
)  # fmt: skip
def test_a_name_must_be_new_and_of_a_sensible_length(small: SmallBook, name: str, code: str) -> None:
    save(small, "甲")
    with pytest.raises(WorkbenchError) as caught:
        save(small, name)
    assert code_of(caught) == code
    assert save(small, "长" * LONGEST_NAME).name == "长" * LONGEST_NAME


def test_a_list_is_renamed_once_and_the_same_name_is_no_change(small: SmallBook) -> None:
    number = save(small, "甲").number
    assert saved.rename(small.book, "甲", "甲").count == 0
    saved.rename(small.book, number, " 乙 ")
    assert one(small, number).name == "乙"
    with pytest.raises(WorkbenchError) as caught:
        one(small, "甲")
    assert code_of(caught) == "no_such_list"


@pytest.mark.parametrize(
    "reference", ["list('甲')", "not 清单('甲') and wecom", "count(LIST('甲'), wecom) >= 1"]
)
def test_a_list_that_another_refers_to_by_name_is_neither_renamed_nor_deleted(
    small: SmallBook, reference: str
) -> None:
    save(small, "甲")
    save(small, "乙", reference)
    for change in (lambda: saved.rename(small.book, "甲", "丙"), lambda: saved.delete(small.book, "甲")):
        with pytest.raises(WorkbenchError) as caught:
            change()
        assert code_of(caught) == "list_in_use"
    saved.delete(small.book, "乙")
    saved.delete(small.book, "甲")


def test_a_list_referred_to_by_number_may_change_its_name_but_stays(small: SmallBook) -> None:
    number = save(small, "甲").number
    save(small, "乙", f"list('{number}')")
    saved.rename(small.book, "甲", "丙")
    with pytest.raises(WorkbenchError) as caught:
        saved.delete(small.book, "丙")
    assert code_of(caught) == "list_in_use"

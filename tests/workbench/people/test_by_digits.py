"""Who is calling: the newest contact first, masked numbers without certainty, nobody missed who came later (issue 13)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.people.by_digits import DigitSearch


def person(small: SmallBook, number: str, phone: str) -> None:
    small.customer(number, phone=phone, phone_reversed=phone[::-1])


@pytest.fixture
def callers(small: SmallBook) -> SmallBook:
    person(small, "100001", "13812340003")
    person(small, "100002", "13999123400")
    person(small, "100003", "138****0003")
    small.month("100002", last_contact_date="2026-10-02")
    small.touch("100001", 60)
    return small


def found(small: SmallBook, text: str) -> list[tuple[str, str]]:
    return [(hit.customer_no, hit.matched) for hit in small.insight.search(text)]


def test_whoever_was_contacted_last_stands_first(callers: SmallBook) -> None:
    assert found(callers, "1234") == [("100002", "phone"), ("100001", "phone")]
    callers.touch("100001", 28)
    assert found(callers, "1234") == [("100001", "phone"), ("100002", "phone")]


def test_a_number_itself_stands_before_a_newer_contact(callers: SmallBook) -> None:
    person(callers, "1234", "")
    assert found(callers, "1234")[0] == ("1234", "number")


@pytest.mark.parametrize("text", ["13812340003", "12340003", "40003", "138 1234 0003"])
def test_a_masked_number_may_be_meant_and_says_so_last(callers: SmallBook, text: str) -> None:
    assert found(callers, text) == [("100001", "phone"), ("100003", "phone_masked")]


def test_a_masked_number_that_differs_in_a_visible_digit_is_not_meant(callers: SmallBook) -> None:
    assert found(callers, "13912340003") == []
    assert found(callers, "13812340013") == []


def test_a_number_may_be_typed_with_its_mask(callers: SmallBook) -> None:
    assert {number for number, _by in found(callers, "138****0003")} == {"100001", "100003"}


def test_customers_of_a_later_list_are_found(callers: SmallBook) -> None:
    assert found(callers, "7777") == []
    person(callers, "100004", "13077771111")
    assert found(callers, "7777") == [("100004", "phone")]


@pytest.mark.parametrize("text", ["123", "12a4", "", "张", "+", "***"])
def test_what_is_no_number_is_left_to_the_other_ways(text: str) -> None:
    assert DigitSearch().meant(text) is None

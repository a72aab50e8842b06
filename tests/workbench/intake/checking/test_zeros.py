"""Numbers that are equal but for leading zeros are one customer; zeros that a column lost are doubted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.intake.by_hand import Looked, look
from workbench.intake.checking.checks import BookFacts
from workbench.intake.checking.known_numbers import KnownNumbers

HEAD = ["客户号", "姓名", "存款余额"]


def sheet(*numbers: Any, known: tuple[str, ...] = (), fixes: tuple[str, ...] = ()) -> Looked:
    rows = [[number, f"客{n}", float(n)] for n, number in enumerate(numbers)]
    return look(HEAD, rows, facts=BookFacts(known=KnownNumbers(known)), fixes=fixes)


@pytest.mark.parametrize(
    "number",
    ["10000001", 10000001.0, "0010000001", "000010000001", "１０００００01", "00 1000 0001", "'10000001"],
)
@pytest.mark.parametrize("known", ["0010000001", "10000001"])
def test_a_number_is_written_as_the_book_has_it(number: Any, known: str) -> None:
    assert sheet(number, "0020000002", known=(known,)).checked.keys == [known, "0020000002"]


def test_the_same_number_twice_in_a_sheet_is_one_customer_with_the_longest_spelling() -> None:
    seen = look(HEAD, [[10000001.0, "甲", 5.0], ["0010000001", "甲", 5.0], ["0020000002", "乙", 1.0]])
    assert (seen.checked.keys, seen.checked.doubles) == (["0010000001", "0020000002"], 1)
    unlike = look(HEAD, [[10000001.0, "甲", 5.0], ["0010000001", "甲", 6.0]])
    assert (unlike.checked.keys, unlike.checked.conflicts) == ([], ("2、3",))


def test_several_known_numbers_are_not_chosen_from() -> None:
    seen = sheet("001", "01", known=("1", "01"))
    assert (seen.checked.keys, seen.one("zeros_unclear").row) == (["01"], 2)


def test_they_are_told_apart_only_when_a_person_says_so() -> None:
    seen = sheet("10000001", known=("0010000001",))
    assert (seen.one("zeros_differ").level, seen.fix("as_written").applied) == ("info", False)
    assert sheet("10000001", known=("0010000001",), fixes=("as_written",)).checked.keys == ["10000001"]


@law(examples=60, few=10)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=3))
def test_zeros_at_the_front_change_nothing(zeros: list[int]) -> None:
    known = ("0010000001", "20000002", "0003")
    written = ["0" * more + number.lstrip("0") for more, number in zip(zeros, known, strict=True)]
    assert sheet(*written, known=known).checked.keys == list(known)


@pytest.mark.parametrize(("lost", "whole"), [(12, 8), (8, 12), (1, 1)])
def test_new_numbers_beside_some_with_zeros_are_doubted(lost: int, whole: int) -> None:
    numbers = [10000000.0 + n for n in range(lost)] + [f"00200000{n:02d}" for n in range(whole)]
    seen = sheet(*numbers).checked.lost_zeros
    assert seen is not None
    assert (seen.count, seen.digits, seen.sure, seen.padded) == (lost, 10, True, False)
    padded = sheet(*numbers, fixes=("zeros",)).checked
    assert padded.lost_zeros is not None
    assert padded.lost_zeros.padded
    assert {len(key) for key in padded.keys} == {10}


def test_numbers_that_the_book_has_and_columns_without_zeros_raise_no_doubt() -> None:
    assert sheet("0000000001", "12345", known=("12345",)).checked.lost_zeros is None
    assert sheet("10000001", "10000002").checked.lost_zeros is None
    short = sheet("1000000001", "1000000002", 12345.0).checked.lost_zeros
    assert short is not None
    assert not short.sure

"""The same row of a list that was read again: equal first, then about the same thing, then about the same customer."""

from dataclasses import dataclass

from ui.widgets.table_same import number_of, place_of


@dataclass(frozen=True)
class Paid:
    customer_no: str
    amount: int


@dataclass(frozen=True)
class Kept:
    id: int
    person: Paid


def test_whom_a_row_is_about() -> None:
    assert number_of(Paid("1", 5)) == number_of(Kept(7, Paid("1", 5))) == "1"
    assert number_of("1") is None


def test_an_equal_row_goes_before_another_of_the_same_customer() -> None:
    rows = [Paid("1", 4), Paid("2", 5), Paid("1", 5)]
    assert place_of(Paid("1", 5), enumerate(rows)) == 2
    assert place_of(Paid("1", 9), enumerate(rows)) == 0, "changed since"
    assert place_of(Paid("3", 5), enumerate(rows)) == -1


def test_a_row_that_has_a_number_of_its_own_is_known_by_it() -> None:
    rows = [Kept(1, Paid("2", 5)), Kept(2, Paid("1", 6))]
    assert place_of(Kept(1, Paid("1", 5)), enumerate(rows)) == 0

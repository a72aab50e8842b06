"""A known number is found with more or fewer leading zeros, and by nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.checking.known_numbers import KnownNumbers, bare

DIGITS = st.text("0123456789", min_size=1, max_size=10)


@given(DIGITS, st.integers(0, 4))
def test_a_number_is_found_however_many_zeros_it_begins_with(number: str, more: int) -> None:
    known = KnownNumbers([number, "A01"])
    assert known.like("0" * more + number) == (number,)
    assert known.like(bare(number) or "") == (number,)
    assert known.like("1" + number) == ()


def test_letters_keep_their_zeros() -> None:
    known = KnownNumbers(["A01", "1A"])
    assert (bare("01A"), known.like("01A"), known.like("00A01")) == (None, (), ())


def test_numbers_that_differ_by_zeros_only_are_both_found() -> None:
    assert sorted(KnownNumbers(["1", "01", "2"]).like("001")) == ["01", "1"]


def test_what_would_be_written_otherwise() -> None:
    known = KnownNumbers(["0010", "7"])
    assert known.respells(["0010", "007"])
    assert not known.respells(["0010", "7", "8", "A"])
    assert known.also(["008"]).respells(["8"])


def test_zeros_at_the_front_are_told_by_length() -> None:
    assert [KnownNumbers(["0010", "777"]).led(length) for length in (4, 3)] == [True, False]

"""A reversal takes back the latest transaction of the same customer, direction and amount (domain 10.5)."""

from collections.abc import Sequence

import numpy as np
import pytest

from workbench.intake.book.reversals import cancelled

#: customer, day, whether the money went, fen, whether it is a reversal
Row = tuple[int, int, bool, int, bool]


def gone(*rows: Row) -> list[int]:
    """Indices of the rows that cancel out."""
    who, day, out, amount, back = (list(column) for column in zip(*rows, strict=True))
    marks = cancelled(
        np.array(who), np.array(day), np.array(out, dtype=bool), np.array(amount), np.array(back, dtype=bool)
    )
    return [index for index, mark in enumerate(marks.tolist()) if mark]


def test_a_reversal_goes_with_the_latest_earlier_transaction_alike() -> None:
    assert gone((1, 1, True, 500, False), (1, 2, True, 500, False), (1, 3, True, -500, True)) == [1, 2]


@pytest.mark.parametrize(
    "original",
    [(2, 1, True, 500, False), (1, 1, False, 500, False), (1, 1, True, 501, False), (1, 4, True, 500, False)],
    ids=["another customer", "the other direction", "another amount", "a later day"],
)
def test_a_reversal_without_its_original_stays(original: Row) -> None:
    assert gone(original, (1, 3, True, -500, True)) == []


def test_each_transaction_is_taken_back_once() -> None:
    rows: Sequence[Row] = [(1, 1, True, 500, False), (1, 1, True, -500, True), (1, 2, True, -500, True)]
    assert gone(*rows) == [0, 1]


def test_rows_of_the_same_day_count_in_any_order_of_the_sheet() -> None:
    assert gone((1, 1, True, -500, True), (1, 1, True, 500, False)) == [0, 1]


def test_two_reversals_take_back_two_transactions() -> None:
    rows: Sequence[Row] = [
        (1, 1, True, 500, False), (1, 2, True, 500, False), (1, 2, True, -500, True), (1, 3, True, -500, True),
    ]  # fmt: skip
    assert gone(*rows) == [0, 1, 2, 3]


def test_a_transaction_marked_as_reversal_is_no_original() -> None:
    assert gone((1, 1, True, 500, True), (1, 2, True, -500, True)) == []

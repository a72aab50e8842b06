"""A debit told in a column of its own makes the deposit beside it negative, as it does when it stands with the amount."""

import pytest

from tests.workbench.intake.by_hand import look

BASE = ["客户号", "姓名"]


def _column(words: list[str], field: str = "存款余额", key: str = "deposit_balance") -> list[object]:
    rows = [[f"{row:06d}", f"甲{row}", word, 100.0] for row, word in enumerate(words, 1)]
    return look([*BASE, "余额方向", field], rows).column(key)


@pytest.mark.parametrize("words", [["贷", "借", ""], ["CR", "DR", "CR"], ["贷方", "借方", "贷方"]])
def test_a_debit_is_overdrawn(words: list[str]) -> None:
    assert _column(words) == [10_000, -10_000, 10_000]


def test_of_loans_and_of_other_words_nothing_is_guessed() -> None:
    assert _column(["贷", "借"], "贷款余额", "loan_balance") == [10_000, 10_000]
    assert _column(["贷", "借", "平"]) == [10_000, 10_000, 10_000]


def test_the_nearest_balance_is_meant() -> None:
    sheet = look([*BASE, "AUM余额", "存款余额", "余额方向"], [["000001", "甲", 5.0, 1.0, "借"]])
    assert (sheet.column("aum_balance"), sheet.column("deposit_balance")) == ([500], [-100])
    assert sheet.one("negative_balance").row == 2

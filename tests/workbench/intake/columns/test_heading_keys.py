"""Dialects know a heading by what stays the same in it from month to month, and never by a value."""

import pytest

from workbench.intake.columns.heading_keys import keys


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("金融资产 余额(万元)", "金融资产余额"), ("2026年10月AUM", "某月AUM"), ("AUM_202610", "AUM某月"),
        ("AUM20261031", "AUM某月"), ("10月末资产", "某月资产"), ("近3月交易笔数", "近3月交易笔数"),
        ("3月日均", "3月日均"), ("", ""), ("13812345678", ""), ("张*", ""), ("622848****1234", ""),
    ],
)  # fmt: skip
def test_a_heading_is_known_without_its_unit_and_its_month_and_never_with_a_value(
    written: str, key: str
) -> None:
    assert keys([written]) == [key]


def test_of_months_beside_each_other_the_newest_is_first_wherever_it_stands() -> None:
    assert keys(["2026年9月AUM", "2026年10月AUM", "2025年12月AUM"]) == ["某月AUM#2", "某月AUM", "某月AUM#3"]
    assert keys(["2026年11月AUM", "2026年10月AUM"]) == ["某月AUM", "某月AUM#2"]


def test_equal_headings_are_kept_apart_from_left_to_right() -> None:
    assert keys(["余额", "备注", "余额 ", "备注"]) == ["余额", "备注", "余额#2", "备注#2"]

"""Fen below, yuan in documents, 万 and 亿 on the screen only; not told is never zero (domain 0)."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.i18n import use_language
from workbench.base.money import exact_yuan, round_yuan, to_fen, to_yuan, wan


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use_language("zh")


FEN = st.integers(-(10**15), 10**15)
SIZES = {"亿": 100_000_000, "万": 10_000}


@pytest.mark.parametrize(
    ("fen", "short", "exact"),
    [
        (None, "—", "—"),
        (0, "0", "0.00"),
        (49, "0", "0.49"),
        (51, "1", "0.51"),
        (123_456, "1,235", "1,234.56"),
        (-123_456, "-1,235", "-1,234.56"),
        # 9,999.5 yuan would be written 10,000: from there the unit is 万
        (999_949, "9,999", "9,999.49"),
        (999_950, "1.0万", "9,999.50"),
        (-999_950, "-1.0万", "-9,999.50"),
        (1_000_000, "1.0万", "10,000.00"),
        (12_345_678, "12.3万", "123,456.78"),
        (123_456_789_00, "1.23亿", "123,456,789.00"),
        # 9,999.5万 is the last figure in 万
        (99_994_999_99, "9,999.5万", "99,994,999.99"),
        (99_995_000_00, "1.00亿", "99,995,000.00"),
        (-99_995_000_00, "-1.00亿", "-99,995,000.00"),
        (1_234_567_890_123_45, "12,345.68亿", "1,234,567,890,123.45"),
    ],
)
def test_the_short_form_for_the_screen_and_the_exact_one_beside_it(
    fen: int | None, short: str, exact: str
) -> None:
    assert (wan(fen), exact_yuan(fen)) == (short, exact)


@given(FEN)
def test_yuan_are_exact_to_the_fen(fen: int) -> None:
    yuan = to_yuan(fen)
    assert isinstance(yuan, Decimal)
    assert yuan * 100 == fen


def test_what_is_not_told_is_no_amount() -> None:
    assert to_yuan(None) is None
    assert to_yuan(0) == Decimal(0)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("50000", 50_000_00), ("5万", 50_000_00), ("1.2亿元", 120_000_000_00), ("1,000.5", 1_000_50), ("5 千", None),
        ("50k", 50_000_00), ("1.2 M", 1_200_000_00),
        ("92233720368547758.07", 2**63 - 1), ("92233720368547758.08", None), ("9" * 30, None), ("-" + "9" * 30 + "亿", None),
    ],
)  # fmt: skip
def test_a_written_amount_is_one_that_a_book_can_hold(text: str, fen: int | None) -> None:
    assert to_fen(text) == fen


@given(FEN)
def test_the_short_form_lies_within_half_of_its_last_digit(fen: int) -> None:
    text = wan(fen)
    unit = SIZES.get(text[-1], 1)
    digits = text.rstrip("万亿").replace(",", "")
    step = {1: 1, 10_000: 1_000, 100_000_000: 1_000_000}[unit]
    assert abs(Decimal(digits) * unit - Decimal(fen) / 100) <= Decimal(step) / 2


@given(FEN)
def test_the_sign_is_that_of_the_amount_and_sizes_are_symmetrical(fen: int) -> None:
    assert wan(-fen).lstrip("-") == wan(fen).lstrip("-")
    assert exact_yuan(-fen).lstrip("-") == exact_yuan(fen).lstrip("-")
    if fen >= 0:
        assert not wan(fen).startswith("-")


@pytest.mark.parametrize(
    ("yuan", "short"),
    [
        ("9999.49", "9,999"),
        ("9999.50", "10k"),
        ("123456.78", "123k"),
        ("999499", "999k"),
        ("999500", "1.00m"),
        ("-4767000", "-4.77m"),
        ("999995000", "1.00bn"),
        ("12345678901", "12.35bn"),
    ],
)
def test_english_counts_in_thousands_and_millions(yuan: str, short: str) -> None:
    use_language("en")
    assert wan(round(Decimal(yuan) * 100)) == short
    assert wan(None) == "—"


def test_a_round_amount_keeps_all_its_digits() -> None:
    edges = (5_000, 50_000, 12_500, 3_000_000)
    assert [round_yuan(edge) for edge in edges] == ["5000", "5万", "1.25万", "300万"]
    use_language("en")
    assert [round_yuan(edge) for edge in edges] == ["5000", "50k", "12.5k", "3m"]
